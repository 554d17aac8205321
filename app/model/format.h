// Values as people read and write them, in both languages. What is formatted here can be parsed here.
//
//   kind        English                     中文
//   day         5 Mar 2024, Tue 5 Mar       2024-03-05, 3月5日 周二
//   duration    3d 4h                       3天4小时
//   money       ¥1,234.50, ¥1.2M            ¥1,234.50, ¥120万
//
// A day counts the project's working minutes (usually 480), a week and a month likewise. Weeks start on Monday.
#pragma once

#include "app/model/values.h"
#include "app/words/words.h"

namespace pmo {

class Project;

// What the project says about its units.
struct Scales {
  std::int64_t minutes_per_day = 480;
  std::int64_t minutes_per_week = 2400;
  std::int64_t days_per_month = 20;
  std::string currency = "CNY";
  int currency_digits = 2;
};
// The usual ones without settings.
Scales scales_of(const Project& project);

// ---- Days and times --------------------------------------------------------------------------------------------------

enum class DayStyle : unsigned char {
  standard,  // 5 Mar 2024 | 2024-03-05
  brief,     // 5 Mar | 3月5日
  weekday,   // Tue 5 Mar | 3月5日 周二
  full,      // Tuesday 5 March 2024 | 2024年3月5日 星期二
};

std::string format_day(Day day, Language language, DayStyle style = DayStyle::standard);
std::string format_time_of_day(int minute_of_day);                      // 08:00
std::string format_minute(Minute moment, Language language, DayStyle style = DayStyle::standard);  // day and time
std::string format_month(Day day, Language language);                   // March 2024 | 2024年3月
std::string format_quarter(Day day, Language language);                 // Q1 2024 | 2024年第1季度
std::string_view weekday_name(int weekday, Language language);          // 0 = Monday: Mon | 周一
std::string_view weekday_initial(int weekday, Language language);       // M | 一
std::string_view month_name(int month, Language language);              // 1..12: Jan | 1月

Day week_start(Day day);  // the Monday of its week
int week_number(Day day);  // ISO 8601

// How long ago, seen from now (both milliseconds since 1970, UTC): "just now", "5 minutes ago", "yesterday", a day.
std::string format_ago(std::uint64_t then, std::uint64_t now, Language language);

// Accepts 2024-03-05, 2024/3/5, 20240305, 3月5日, 5 Mar, March 5 2024, today, tomorrow, +3d, Mon, 下周一 ...
// A date without year is the one nearest to today. "3/5" is month and day in Chinese; in English it is refused as
// ambiguous unless one of the two can only be a day.
Result<Day> parse_day(std::string_view text, Language language, Day today);
// A day, then optionally a time; without one, minute_of_day is taken.
Result<Minute> parse_minute(std::string_view text, Language language, Day today, int minute_of_day);
std::optional<int> parse_time_of_day(std::string_view text);  // 8, 8:30, 0830, 8pm

// ---- Durations -------------------------------------------------------------------------------------------------------

std::string format_duration(WorkMinutes duration, const Scales& scales, Language language);  // 12d 4h
// An elapsed duration counts around the clock: 3ed | 3天（连续）
std::string format_elapsed(WorkMinutes duration, Language language);

struct Duration {
  WorkMinutes minutes;
  bool elapsed = false;    // 3ed, 3连续天
  bool estimated = false;  // a question mark at the end
  friend bool operator==(const Duration&, const Duration&) = default;
};
// "3d 2w 5h", "1.5d", "3天2周", "2ew?"; a bare number counts days.
Result<Duration> parse_duration(std::string_view text, const Scales& scales);

// ---- Numbers ---------------------------------------------------------------------------------------------------------

std::string format_integer(std::int64_t value);  // 12,345
std::string format_number(Number value);         // 12,345.678
std::string format_percent(Permille value);      // 45%, 45.5%
std::string format_share(double share);          // the same of a part of one: 0.455
std::string format_money(Money value, const Scales& scales);          // ¥1,234.50
std::string format_amount(Money value, const Scales& scales);         // 1,234.50: where the column names the currency
std::string format_money_short(Money value, const Scales& scales, Language language);  // ¥1.2M | ¥120万
std::string format_bytes(std::uint64_t bytes);   // 12 KB

// ---- What is said of something ---------------------------------------------------------------------------------------

std::string format_pair(std::string_view name, std::string_view value, Language language);  // "Status: open" | "状态：未关闭"
std::string format_change(std::string_view before, std::string_view after);                 // "9d → 13d"; nothing is shown as –

Result<std::int64_t> parse_integer(std::string_view text);
Result<Number> parse_number(std::string_view text);
Result<Permille> parse_percent(std::string_view text);  // "45", "45.5%"
Result<Money> parse_money(std::string_view text, const Scales& scales);  // "¥1,234.5", "12万", "1.2m", "(50)"

// Full-width forms that a Chinese keyboard gives (１２：３０，￥) in their plain shape; ends trimmed.
std::string plain_text(std::string_view text);

// Letters a-z without case; others as they are.
std::string lower(std::string_view text);

}  // namespace pmo
