#include "app/model/format.h"

#include <algorithm>
#include <cmath>
#include <format>
#include <limits>

#include "app/model/letters.h"
#include "app/model/project.h"
#include "app/model/records/project_settings.h"

namespace pmo {
namespace {

constexpr Key weekdays[] = {"format.weekday.0"_key, "format.weekday.1"_key, "format.weekday.2"_key,
                            "format.weekday.3"_key, "format.weekday.4"_key, "format.weekday.5"_key,
                            "format.weekday.6"_key};
constexpr Key full_weekdays[] = {"format.weekday_full.0"_key, "format.weekday_full.1"_key,
                                 "format.weekday_full.2"_key, "format.weekday_full.3"_key,
                                 "format.weekday_full.4"_key, "format.weekday_full.5"_key,
                                 "format.weekday_full.6"_key};
constexpr Key weekday_initials[] = {"format.weekday_initial.0"_key, "format.weekday_initial.1"_key,
                                    "format.weekday_initial.2"_key, "format.weekday_initial.3"_key,
                                    "format.weekday_initial.4"_key, "format.weekday_initial.5"_key,
                                    "format.weekday_initial.6"_key};
constexpr Key months[] = {"format.month.1"_key, "format.month.2"_key,  "format.month.3"_key,  "format.month.4"_key,
                          "format.month.5"_key, "format.month.6"_key,  "format.month.7"_key,  "format.month.8"_key,
                          "format.month.9"_key, "format.month.10"_key, "format.month.11"_key, "format.month.12"_key};
constexpr Key full_months[] = {"format.month_full.1"_key,  "format.month_full.2"_key,  "format.month_full.3"_key,
                               "format.month_full.4"_key,  "format.month_full.5"_key,  "format.month_full.6"_key,
                               "format.month_full.7"_key,  "format.month_full.8"_key,  "format.month_full.9"_key,
                               "format.month_full.10"_key, "format.month_full.11"_key, "format.month_full.12"_key};

std::string say(Key key, std::initializer_list<std::string> arguments, Language language) {
  return phrase(key, std::vector<std::string>(arguments), language);
}

bool take(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

bool take_any(std::string_view& text, std::initializer_list<std::string_view> prefixes) {
  return std::ranges::any_of(prefixes, [&](std::string_view prefix) { return take(text, prefix); });
}

void skip_spaces(std::string_view& text) {
  while (take(text, " ")) {}
}

// ---- Days ------------------------------------------------------------------------------------------------------------

bool leap(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

int days_in(int year, int month) {
  constexpr int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && leap(year) ? 29 : lengths[month - 1];
}

bool valid(int year, int month, int day) {
  return month >= 1 && month <= 12 && day >= 1 && day <= days_in(year, month);
}

// A date as written: numbers, the month if it was named, and whether month and day were marked as such.
struct WrittenDate {
  struct Part {
    int value = 0;
    int digits = 0;
  };
  std::vector<Part> numbers;
  int named_month = 0;
  bool marked = false;  // 3月5日
  int dots = 0;         // 5.3.2024
  int time_at = -1;     // where the text goes on with a time of day
};

int month_of_name(std::string_view name) {
  if (name.size() < 3) return 0;
  for (int month = 1; month <= 12; ++month) {
    const std::string full = lower(std::string(word(full_months[month - 1], Language::english)));
    if (full.starts_with(name) || (name == "sept" && month == 9)) return month;
  }
  return 0;
}

std::optional<WrittenDate::Part> take_number(std::string_view& text) {
  WrittenDate::Part part;
  while (!text.empty() && is_digit(text.front())) {
    if (++part.digits > 8) return std::nullopt;
    part.value = part.value * 10 + (text.front() - '0');
    text.remove_prefix(1);
  }
  if (part.digits == 0) return std::nullopt;
  return part;
}

std::string_view take_word(std::string_view& text) {
  std::size_t length = 0;
  while (length < text.size() && is_letter(text[length])) ++length;
  const auto found = text.substr(0, length);
  text.remove_prefix(length);
  return found;
}

std::optional<WrittenDate> read_date(std::string_view text) {
  WrittenDate date;
  while (!text.empty()) {
    date.dots += text.front() == '.';
    if (take_any(text, {" ", "-", "/", ".", ","})) continue;
    if (is_digit(text.front())) {
      const auto number = take_number(text);
      if (!number || date.numbers.size() == 3) return std::nullopt;
      date.numbers.push_back(*number);
      if (take_any(text, {"st", "nd", "rd", "th"})) continue;
      if (take_any(text, {"年", "日", "号"})) continue;
      if (take(text, "月")) date.marked = true;
      continue;
    }
    const auto name = take_word(text);
    const int month = month_of_name(name);
    if (month == 0 || date.named_month != 0) return std::nullopt;
    date.named_month = month;
  }
  return date;
}

Result<Day> checked(int year, int month, int day, std::string_view text) {
  if (!valid(year, month, day)) return fail("error.format.day"_key, {std::string(text)});
  if (year < first_year || year > last_year)
    return fail("error.format.day_range"_key, {std::string(text), std::to_string(first_year), std::to_string(last_year)});
  return Day::of(year, month, day);
}

// The year that brings month and day nearest to today.
Result<Day> nearest(int month, int day, Day today, std::string_view text) {
  std::optional<Day> best;
  const int this_year = civil(today).year;
  for (int year = this_year - 1; year <= this_year + 1; ++year) {
    if (!valid(year, month, day)) continue;
    const Day candidate = Day::of(year, month, day);
    if (!best || std::abs(candidate - today) < std::abs(*best - today)) best = candidate;
  }
  if (!best) return fail("error.format.day"_key, {std::string(text)});
  return *best;
}

Result<Day> day_of_pair(int first, int second, std::optional<int> year, Language language, Day today,
                        std::string_view text) {
  const auto dated = [&](int month, int day) {
    return year ? checked(*year, month, day, text) : nearest(month, day, today, text);
  };
  if (language == Language::chinese || second > 12 || first == second) return dated(first, second);
  if (first > 12) return dated(second, first);
  const auto one = dated(first, second), other = dated(second, first);
  if (!one || !other) return fail("error.format.day"_key, {std::string(text)});
  return fail("error.format.day_ambiguous"_key,
              {std::string(text), format_day(*other, language), format_day(*one, language)});
}

Result<Day> day_of(const WrittenDate& date, Language language, Day today, std::string_view text) {
  const auto& n = date.numbers;
  const auto wrong = [&] { return fail("error.format.day"_key, {std::string(text)}); };
  if (date.named_month != 0) {
    if (n.size() == 1 && n[0].digits <= 2) return nearest(date.named_month, n[0].value, today, text);
    if (n.size() != 2) return wrong();
    const bool year_first = n[0].digits == 4;
    if (n[year_first ? 0 : 1].digits != 4) return wrong();
    return checked(n[year_first ? 0 : 1].value, date.named_month, n[year_first ? 1 : 0].value, text);
  }
  if (n.size() == 1 && n[0].digits == 8)
    return checked(n[0].value / 10000, n[0].value / 100 % 100, n[0].value % 100, text);
  if (n.size() == 3 && n[0].digits == 4) return checked(n[0].value, n[1].value, n[2].value, text);
  if (n.size() == 3 && n[2].digits == 4 && date.dots == 2) return checked(n[2].value, n[1].value, n[0].value, text);
  if (n.size() == 3 && n[2].digits == 4)
    return day_of_pair(n[0].value, n[1].value, n[2].value, language, today, text);
  if (n.size() != 2 || n[0].digits > 2 || n[1].digits > 2) return wrong();
  if (date.marked) return nearest(n[0].value, n[1].value, today, text);
  return day_of_pair(n[0].value, n[1].value, std::nullopt, language, today, text);
}

std::optional<int> weekday_of(std::string_view text) {
  if (take_any(text, {"周", "星期", "礼拜"})) {
    constexpr std::string_view digits[] = {"一", "二", "三", "四", "五", "六", "日"};
    for (int day = 0; day < 7; ++day)
      if (text == digits[day]) return day;
    if (text == "天") return 6;
    return std::nullopt;
  }
  if (text.size() < 3) return std::nullopt;
  for (int day = 0; day < 7; ++day)
    if (lower(std::string(word(full_weekdays[day], Language::english))).starts_with(text)) return day;
  return std::nullopt;
}

// "+3d", "-2 weeks", "+3天"
std::optional<Day> offset_of(std::string_view text, Day today) {
  const bool back = text.starts_with("-");
  if (!take_any(text, {"+", "-"})) return std::nullopt;
  skip_spaces(text);
  const auto count = take_number(text);
  if (!count || count->digits > 5) return std::nullopt;
  skip_spaces(text);
  int unit = 0;
  if (text.empty() || text == "d" || text == "day" || text == "days" || text == "天" || text == "日") unit = 1;
  if (text == "w" || text == "week" || text == "weeks" || text == "周") unit = 7;
  if (unit == 0) return std::nullopt;
  return today + (back ? -1 : 1) * count->value * unit;
}

std::optional<Day> day_by_name(std::string_view text, Day today) {
  if (text == "today" || text == "今天" || text == "今日") return today;
  if (text == "tomorrow" || text == "明天" || text == "明日") return today + 1;
  if (text == "yesterday" || text == "昨天" || text == "昨日") return today - 1;
  if (text == "后天") return today + 2;
  if (text == "前天") return today - 2;
  if (const auto day = offset_of(text, today)) return day;
  const bool next = take_any(text, {"next ", "下"});
  const bool this_week = !next && take_any(text, {"this ", "本"});
  const auto weekday = weekday_of(text);
  if (!weekday) return std::nullopt;
  if (next) return week_start(today) + 7 + *weekday;
  if (this_week) return week_start(today) + *weekday;
  return today + (*weekday - today.weekday() + 7) % 7;  // the coming one, today included
}

}  // namespace

std::string format_day(Day day, Language language, DayStyle style) {
  constexpr Key patterns[] = {"format.day.standard"_key, "format.day.brief"_key, "format.day.weekday"_key,
                              "format.day.full"_key};
  const auto [year, month, number] = civil(day);
  const bool full = style == DayStyle::full;
  return say(patterns[static_cast<int>(style)],
             {std::to_string(year), std::format("{:02}", month), std::format("{:02}", number),
              std::string(word((full ? full_months : months)[month - 1], language)), std::to_string(number),
              std::string(word((full ? full_weekdays : weekdays)[day.weekday()], language))},
             language);
}

std::string format_time_of_day(int minute_of_day) {
  return std::format("{:02}:{:02}", minute_of_day / 60, minute_of_day % 60);
}

std::string format_minute(Minute moment, Language language, DayStyle style) {
  return format_day(moment.day(), language, style) + ' ' + format_time_of_day(moment.minute_of_day());
}

std::string format_month(Day day, Language language) {
  const auto date = civil(day);
  return say("format.month_of_year"_key,
             {std::to_string(date.year), std::string(word(full_months[date.month - 1], language))}, language);
}

std::string format_quarter(Day day, Language language) {
  const auto date = civil(day);
  return say("format.quarter"_key, {std::to_string(date.year), std::to_string((date.month + 2) / 3)}, language);
}

std::string_view weekday_name(int weekday, Language language) { return word(weekdays[weekday], language); }
std::string_view weekday_initial(int weekday, Language language) { return word(weekday_initials[weekday], language); }
std::string_view month_name(int month, Language language) { return word(months[month - 1], language); }

Day week_start(Day day) { return day - day.weekday(); }

int week_number(Day day) {
  const Day thursday = week_start(day) + 3;  // decides to which year the week belongs
  return (thursday - Day::of(civil(thursday).year, 1, 1)) / 7 + 1;
}

std::string format_ago(std::uint64_t then, std::uint64_t now, Language language) {
  constexpr std::uint64_t minute = 60'000, hour = 60 * minute, day = 24 * hour;
  const std::uint64_t passed = now > then ? now - then : 0;
  if (passed < minute) return std::string(word("format.ago.now"_key, language));
  if (passed < 2 * minute) return std::string(word("format.ago.minute"_key, language));
  if (passed < hour) return say("format.ago.minutes"_key, {std::to_string(passed / minute)}, language);
  if (passed < 2 * hour) return std::string(word("format.ago.hour"_key, language));
  if (passed < day) return say("format.ago.hours"_key, {std::to_string(passed / hour)}, language);
  if (passed < 2 * day) return std::string(word("format.ago.yesterday"_key, language));
  if (passed < 14 * day) return say("format.ago.days"_key, {std::to_string(passed / day)}, language);
  return format_day(Day{static_cast<std::int32_t>(then / day)}, language);
}

Result<Day> parse_day(std::string_view text, Language language, Day today) {
  const std::string plain = lower(plain_text(text));
  if (const auto named = day_by_name(plain, today)) {
    const int year = civil(*named).year;
    if (year < first_year || year > last_year) return checked(year, 1, 1, text);
    return *named;
  }
  const auto written = read_date(plain);
  if (!written) return fail("error.format.day"_key, {std::string(text)});
  return day_of(*written, language, today, text);
}

std::optional<int> parse_time_of_day(std::string_view text) {
  const std::string plain = lower(plain_text(text));
  std::string_view rest = plain;
  const bool afternoon = take(rest, "下午") || take(rest, "晚上");
  if (!afternoon) take(rest, "上午");
  const auto first = take_number(rest);
  if (!first) return std::nullopt;
  int hour = first->value, minute = 0;
  if (take_any(rest, {":", "点", "时"})) {
    if (take(rest, "半")) minute = 30;
    else if (const auto second = take_number(rest)) minute = second->value;
    take(rest, "分");
  } else if (first->digits >= 3) {
    if (first->digits > 4) return std::nullopt;
    hour = first->value / 100;
    minute = first->value % 100;
  }
  skip_spaces(rest);
  const bool pm = take_any(rest, {"pm", "p.m."});
  const bool am = !pm && take_any(rest, {"am", "a.m."});
  if ((pm || afternoon) && hour < 12) hour += 12;
  if (am && hour == 12) hour = 0;
  if (!rest.empty() || hour > 24 || minute > 59 || hour * 60 + minute > 24 * 60) return std::nullopt;
  return hour * 60 + minute;
}

Result<Minute> parse_minute(std::string_view text, Language language, Day today, int minute_of_day) {
  std::string plain = plain_text(text);
  // The time is what stands after the last space, or after the T of the ISO form, when it has a colon.
  auto cut = plain.find_last_of(" T");
  if (cut != std::string::npos && plain.find(':', cut) != std::string::npos) {
    if (const auto time = parse_time_of_day(std::string_view(plain).substr(cut + 1))) {
      minute_of_day = *time;
      plain.resize(cut);
    } else {
      return fail("error.format.time"_key, {plain.substr(cut + 1)});
    }
  }
  const Day day = PMO_TRY(parse_day(plain, language, today));
  return Minute::at(day, minute_of_day);
}

// ---- Durations -------------------------------------------------------------------------------------------------------
namespace {

// At most two decimals, without trailing zeros.
std::string short_decimal(double value) {
  std::string text = std::format("{:.2f}", value);
  while (text.ends_with('0')) text.pop_back();
  if (text.ends_with('.')) text.pop_back();
  return text;
}

struct DurationWords {
  Key days, hours, minutes;
};
constexpr DurationWords working_words{"format.duration.days"_key, "format.duration.hours"_key,
                                      "format.duration.minutes"_key};
constexpr DurationWords elapsed_words{"format.elapsed.days"_key, "format.elapsed.hours"_key,
                                      "format.elapsed.minutes"_key};

std::string grouped_duration(std::int64_t minutes, std::int64_t per_day, const DurationWords& words,
                             Language language) {
  const bool negative = minutes < 0;
  minutes = negative ? -minutes : minutes;
  std::string text;
  const auto add = [&](std::int64_t count, Key unit) {
    if (count == 0) return;
    if (!text.empty() && language == Language::english) text += ' ';
    text += say(unit, {std::to_string(count)}, language);
  };
  add(minutes / per_day, words.days);
  add(minutes % per_day / 60, words.hours);
  add(minutes % per_day % 60, words.minutes);
  if (text.empty()) text = say(words.days, {"0"}, language);
  return negative ? "-" + text : text;
}

struct Unit {
  std::int64_t working = 0;
  std::int64_t elapsed = 0;
};

std::optional<Unit> take_unit(std::string_view& text, const Scales& scales) {
  constexpr std::int64_t day = 24 * 60;
  const auto month = scales.minutes_per_day * scales.days_per_month;
  if (take_any(text, {"个月", "月", "months", "month", "mons", "mon", "mo"})) return Unit{month, 30 * day};
  if (take_any(text, {"分钟", "分", "minutes", "minute", "mins", "min", "m"})) return Unit{1, 1};
  if (take_any(text, {"小时", "工时", "时", "hours", "hour", "hrs", "hr", "h"})) return Unit{60, 60};
  if (take_any(text, {"个工作日", "工作日", "天", "日", "days", "day", "dy", "d"}))
    return Unit{scales.minutes_per_day, day};
  if (take_any(text, {"个星期", "星期", "周", "weeks", "week", "wks", "wk", "w"}))
    return Unit{scales.minutes_per_week, 7 * day};
  return std::nullopt;
}

// "1,234": the comma of spreadsheets, between groups of three digits.
bool separates_thousands(std::string_view text) {
  return text.size() > 3 && text[0] == ',' && is_digit(text[1]) && is_digit(text[2]) && is_digit(text[3]) &&
         (text.size() == 4 || !is_digit(text[4]));
}

// Digits with at most one point; by hand, because the library's from_chars for doubles is not everywhere.
std::optional<double> take_decimal(std::string_view& text) {
  double value = 0, place = 0;
  int digits = 0;
  for (; !text.empty(); text.remove_prefix(1)) {
    const char c = text.front();
    if (c == '.' && place == 0) { place = 1; continue; }
    if (digits > 0 && place == 0 && separates_thousands(text)) continue;
    if (!is_digit(c)) break;
    if (++digits > 15) return std::nullopt;
    value = value * 10 + (c - '0');
    place *= 10;
  }
  if (digits == 0) return std::nullopt;
  return place > 0 ? value / place : value;
}

// Removes "(连续)" in the forms it is written, and says whether it was there.
bool take_elapsed_marks(std::string& text) {
  bool found = false;
  for (const std::string_view mark : {"(连续)", "连续"}) {
    for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark)) {
      text.erase(at, mark.size());
      found = true;
    }
  }
  return found;
}

}  // namespace

std::string format_duration(WorkMinutes duration, const Scales& scales, Language language) {
  return grouped_duration(duration.value, std::max<std::int64_t>(scales.minutes_per_day, 1), working_words, language);
}

std::string format_elapsed(WorkMinutes duration, Language language) {
  return grouped_duration(duration.value, 24 * 60, elapsed_words, language);
}

Result<Duration> parse_duration(std::string_view text, const Scales& scales) {
  std::string plain = lower(plain_text(text));
  const auto wrong = [&] { return fail("error.format.duration"_key, {std::string(text)}); };
  Duration duration;
  if (plain.ends_with('?')) {
    duration.estimated = true;
    plain.pop_back();
  }
  const bool marked = take_elapsed_marks(plain);
  std::string_view rest = plain;
  skip_spaces(rest);
  const bool negative = take(rest, "-");
  double total = 0;
  int parts = 0;
  bool elapsed = marked;
  for (; !rest.empty(); ++parts) {
    const auto amount = take_decimal(rest);
    if (!amount) return wrong();
    skip_spaces(rest);
    const bool mark = rest.size() > 1 && rest[0] == 'e' && take(rest, "e");
    if (parts > 0 && mark != elapsed && !marked) return wrong();
    elapsed = elapsed || mark;
    const bool bare = rest.empty() && parts == 0;
    const auto unit = bare ? Unit{scales.minutes_per_day, 24 * 60} : take_unit(rest, scales).value_or(Unit{});
    if (unit.working == 0) return wrong();
    total += *amount * static_cast<double>(elapsed ? unit.elapsed : unit.working);
    while (take_any(rest, {" ", ",", "零", "又"})) {}
  }
  constexpr double longest = 60.0 * 24 * 366 * 300;
  if (parts == 0 || total > longest) return wrong();
  duration.minutes.value = std::llround(negative ? -total : total);
  duration.elapsed = elapsed;
  return duration;
}

// ---- Numbers ---------------------------------------------------------------------------------------------------------
namespace {

std::string with_separators(std::string digits) {
  for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3)
    digits.insert(static_cast<std::size_t>(at), ",");
  return digits;
}

std::uint64_t magnitude(std::int64_t value) {
  return value < 0 ? 0 - static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value);
}

std::uint64_t power_of_ten(int digits) {
  std::uint64_t power = 1;
  while (digits-- > 0) power *= 10;
  return power;
}

// A value scaled by 10^digits, with separators; trims zeros after the point when asked.
std::string scaled(std::int64_t value, int digits, bool trim) {
  const std::uint64_t scale = power_of_ten(digits), size = magnitude(value);
  std::string text = with_separators(std::to_string(size / scale));
  if (digits > 0) {
    std::string fraction = std::format("{:0{}}", size % scale, digits);
    while (trim && fraction.ends_with('0')) fraction.pop_back();
    if (!fraction.empty()) text += '.' + fraction;
  }
  return value < 0 ? "-" + text : text;
}

std::string_view symbol_of(std::string_view currency) {
  if (currency == "CNY" || currency == "JPY") return "¥";
  if (currency == "USD") return "$";
  if (currency == "EUR") return "€";
  if (currency == "GBP") return "£";
  if (currency == "HKD") return "HK$";
  return {};
}

std::string with_symbol(std::string amount, const Scales& scales) {
  const auto symbol = symbol_of(scales.currency);
  const bool negative = amount.starts_with('-');
  if (negative) amount.erase(0, 1);
  const std::string sign = negative ? "-" : "";
  if (symbol.empty()) return scales.currency.empty() ? sign + amount : scales.currency + ' ' + sign + amount;
  return sign + std::string(symbol) + amount;
}

// An exact decimal: integer and up to `digits` places behind the point, scaled by 10^digits; further places round.
Result<std::int64_t> parse_scaled(std::string_view original, std::string_view text, int digits) {
  const auto wrong = [&] { return fail("error.format.number"_key, {std::string(original)}); };
  const auto large = [&] { return fail("error.format.too_large"_key, {std::string(original)}); };
  const bool negative = text.starts_with('-');
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) text.remove_prefix(1);
  std::int64_t value = 0;
  int places = -1;  // behind the point
  bool any = false;
  for (; !text.empty(); text.remove_prefix(1)) {
    const char c = text.front();
    if (places < 0 && any && separates_thousands(text)) continue;
    if (c == '.' && places < 0) { places = 0; continue; }
    if (!is_digit(c)) return wrong();
    any = true;
    if (places >= digits) {
      if (places++ == digits && c >= '5' && __builtin_add_overflow(value, 1, &value)) return large();
      continue;
    }
    if (places >= 0) ++places;
    if (__builtin_mul_overflow(value, 10, &value) || __builtin_add_overflow(value, c - '0', &value)) return large();
  }
  if (!any) return wrong();
  for (int place = std::max(places, 0); place < digits; ++place)
    if (__builtin_mul_overflow(value, 10, &value)) return large();
  return negative ? -value : value;
}

std::string without_spaces(std::string text) {
  std::erase(text, ' ');
  return text;
}

}  // namespace

std::string format_integer(std::int64_t value) { return scaled(value, 0, false); }
std::string format_number(Number value) { return scaled(value.value, 6, true); }
std::string format_percent(Permille value) { return scaled(value.value, 1, true) + '%'; }
std::string format_share(double share) { return format_percent({static_cast<std::int32_t>(std::lround(share * 1000))}); }
std::string format_amount(Money value, const Scales& scales) {
  return scaled(value.value, scales.currency_digits, false);
}
std::string format_money(Money value, const Scales& scales) { return with_symbol(format_amount(value, scales), scales); }

std::string format_money_short(Money value, const Scales& scales, Language language) {
  const double amount = static_cast<double>(value.value) / static_cast<double>(power_of_ten(scales.currency_digits));
  const double size = std::abs(amount);
  struct Step { double from; double unit; Key key; };
  static constexpr Step english[] = {{1e6, 1e6, "format.million"_key}, {1e4, 1e3, "format.thousand"_key}};
  static constexpr Step chinese[] = {{1e8, 1e8, "format.hundred_million"_key}, {1e4, 1e4, "format.ten_thousand"_key}};
  for (const Step& step : language == Language::chinese ? chinese : english) {
    if (size < step.from) continue;
    const double shown = amount / step.unit;
    return with_symbol(say(step.key, {short_decimal(std::round(shown * 10) / 10)}, language), scales);
  }
  return with_symbol(scaled(std::llround(amount), 0, false), scales);
}

std::string format_bytes(std::uint64_t bytes) {
  constexpr std::string_view units[] = {"B", "KB", "MB", "GB", "TB"};
  double amount = static_cast<double>(bytes);
  std::size_t unit = 0;
  while (amount >= 999.5 && unit + 1 < std::size(units)) {
    amount /= 1024;
    ++unit;
  }
  return std::format("{:.{}f} {}", amount, unit == 0 || amount >= 10 ? 0 : 1, units[unit]);
}

std::string format_pair(std::string_view name, std::string_view value, Language language) {
  return phrase("format.pair"_key, std::vector{std::string(name), std::string(value)}, language);
}

std::string format_change(std::string_view before, std::string_view after) {
  constexpr std::string_view nothing = "–";
  return std::format("{} → {}", before.empty() ? nothing : before, after.empty() ? nothing : after);
}

Result<std::int64_t> parse_integer(std::string_view text) {
  const std::string plain = without_spaces(plain_text(text));
  if (plain.contains('.')) return fail("error.format.number"_key, {std::string(text)});
  return parse_scaled(text, plain, 0);
}

Result<Number> parse_number(std::string_view text) {
  return Number{PMO_TRY(parse_scaled(text, without_spaces(plain_text(text)), 6))};
}

Result<Permille> parse_percent(std::string_view text) {
  std::string plain = without_spaces(plain_text(text));
  if (plain.ends_with('%')) plain.pop_back();
  const std::int64_t value = PMO_TRY(parse_scaled(text, plain, 1));
  if (std::abs(value) > std::numeric_limits<std::int32_t>::max()) return fail("error.format.too_large"_key, {plain});
  return Permille{static_cast<std::int32_t>(value)};
}

Result<Money> parse_money(std::string_view text, const Scales& scales) {
  const std::string plain = lower(without_spaces(plain_text(text)));
  std::string_view rest = plain;
  bool negative = rest.starts_with('(') && rest.ends_with(')');  // as accountants write it
  if (negative) rest = rest.substr(1, rest.size() - 2);
  if (take(rest, "-")) negative = !negative;
  const std::string code = lower(scales.currency);
  constexpr std::string_view symbols[] = {"¥", "hk$", "$", "€", "£"};
  for (const auto symbol : symbols)
    if (take(rest, symbol)) break;
  take(rest, code);
  const auto drop_end = [&](std::string_view end) {
    if (!rest.ends_with(end)) return false;
    rest.remove_suffix(end.size());
    return true;
  };
  drop_end("元") || (!code.empty() && drop_end(code)) || std::ranges::any_of(symbols, drop_end);
  int zeros = 0;
  if (drop_end("万")) zeros = 4;
  else if (drop_end("亿")) zeros = 8;
  else if (drop_end("k")) zeros = 3;
  else if (drop_end("m")) zeros = 6;
  if (rest.starts_with('-') || rest.starts_with('+')) return fail("error.format.number"_key, {std::string(text)});
  const std::int64_t value = PMO_TRY(parse_scaled(text, rest, scales.currency_digits + zeros));
  return Money{negative ? -value : value};
}

Scales scales_of(const Project& project) {
  Scales scales;
  if (!project.schema().find("project_settings") || project.all<ProjectSettings>().empty()) return scales;
  const ProjectSettings& settings = project.all<ProjectSettings>().at(0);
  scales.minutes_per_day = settings.minutes_per_day.value;
  scales.minutes_per_week = settings.minutes_per_week.value;
  scales.days_per_month = settings.days_per_month;
  scales.currency = settings.currency;
  scales.currency_digits = static_cast<int>(settings.currency_digits);
  return scales;
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

std::string plain_text(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size();) {
    const auto rest = text.substr(i);
    // U+FF01..U+FF5E in UTF-8 are EF BC 81 .. EF BD 9E: the printable ASCII characters, wide.
    if (rest.size() >= 3 && rest[0] == '\xEF' && (rest[1] == '\xBC' || rest[1] == '\xBD')) {
      const int low = static_cast<unsigned char>(rest[2]) - 0x80 + (rest[1] == '\xBD' ? 0x40 : 0);
      if (low >= 1 && low <= 0x5E) {
        plain += static_cast<char>(0x20 + low);
        i += 3;
        continue;
      }
    }
    if (rest.starts_with("￥")) { plain += "¥"; i += std::string_view("￥").size(); continue; }
    if (rest.starts_with("　")) { plain += ' '; i += std::string_view("　").size(); continue; }
    if (rest.starts_with("\u00a0")) { plain += ' '; i += 2; continue; }
    if (rest.starts_with("\u202f")) { plain += ' '; i += 3; continue; }
    plain += rest[0] == '\t' || rest[0] == '\n' || rest[0] == '\r' ? ' ' : rest[0];
    ++i;
  }
  const auto first = plain.find_first_not_of(' ');
  if (first == std::string::npos) return {};
  return plain.substr(first, plain.find_last_not_of(' ') - first + 1);
}

}  // namespace pmo
