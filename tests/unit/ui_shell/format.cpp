#include "app/model/format.h"

#include <doctest/doctest.h>

using namespace pmo;

namespace {

constexpr Language en = Language::english, zh = Language::chinese;
constexpr Day today = Day::of(2024, 3, 5);  // a Tuesday
const Scales scales;

std::string day(std::string_view text, Language language = en) {
  const auto parsed = parse_day(text, language, today);
  return parsed ? parsed->text() : std::string(parsed.error().message.name);
}

std::int64_t minutes(std::string_view text) {
  const auto parsed = parse_duration(text, scales);
  return parsed ? parsed->minutes.value : -1;
}

std::int64_t money(std::string_view text) {
  const auto parsed = parse_money(text, scales);
  return parsed ? parsed->value : -999;
}

}  // namespace

TEST_CASE("a day is written as the language does") {
  CHECK(format_day(today, en) == "5 Mar 2024");
  CHECK(format_day(today, zh) == "2024-03-05");
  CHECK(format_day(today, en, DayStyle::weekday) == "Tue 5 Mar");
  CHECK(format_day(today, zh, DayStyle::weekday) == "3月5日 周二");
  CHECK(format_day(today, en, DayStyle::full) == "Tuesday 5 March 2024");
  CHECK(format_day(today, zh, DayStyle::full) == "2024年3月5日 星期二");
  CHECK(format_minute(Minute::at(today, 8 * 60 + 5), en, DayStyle::brief) == "5 Mar 08:05");
  CHECK(format_month(today, zh) == "2024年3月");
  CHECK(format_quarter(Day::of(2024, 12, 1), en) == "Q4 2024");
}

TEST_CASE("weeks start on Monday and are numbered by ISO 8601") {
  CHECK(week_start(Day::of(2024, 3, 10)) == Day::of(2024, 3, 4));
  CHECK(week_start(Day::of(2024, 3, 4)) == Day::of(2024, 3, 4));
  CHECK(week_number(Day::of(2024, 12, 30)) == 1);  // belongs to 2025
  CHECK(week_number(Day::of(2021, 1, 3)) == 53);   // belongs to 2020
}

TEST_CASE("a day is read in every form that people write") {
  for (const char* text : {"2024-03-09", "2024/3/9", "2024.3.9", "20240309", "9 Mar 2024", "9 march", "March 9th, 2024",
                           "2024年3月9日", "3月9日", "3月9号", "２０２４－０３－０９", "sat", "Saturday", "周六", "+4", "+4天"})
    CHECK_MESSAGE(day(text) == "2024-03-09", text);
  CHECK(day("today") == "2024-03-05");
  CHECK(day("明天", zh) == "2024-03-06");
  CHECK(day("下周一", zh) == "2024-03-11");
  CHECK(day("next mon") == "2024-03-11");
  CHECK(day("12-28") == "2023-12-28");  // nearer than the coming one
}

TEST_CASE("month and day in digits mean the same to writer and reader, or are refused") {
  CHECK(day("3/9", zh) == "2024-03-09");
  CHECK(day("3/9") == "error.format.day_ambiguous");
  CHECK(day("3/9/2024") == "error.format.day_ambiguous");
  CHECK(day("25/3") == "2024-03-25");
  CHECK(day("3/25/2024") == "2024-03-25");
  for (const Language language : all_languages) CHECK(day("9.3.2024", language) == "2024-03-09");  // with dots the day goes first
  CHECK(day("25.13.2024") == "error.format.day");
}

TEST_CASE("what is no date is refused") {
  for (const char* text : {"", "abc", "2024-02-30", "2024-13-01", "1 2 3 4", "99999999999", "周八", "32"})
    CHECK_MESSAGE(day(text, zh) == "error.format.day", text);
  CHECK(day("1850-01-01") == "error.format.day_range");
  CHECK(day("2300-01-01") == "error.format.day_range");
}

TEST_CASE("a moment takes the given time when none is written") {
  CHECK(parse_minute("2024-03-05 14:30", en, today, 480)->text() == "2024-03-05T14:30");
  CHECK(parse_minute("2024-03-05T09:15", en, today, 480)->text() == "2024-03-05T09:15");
  CHECK(parse_minute("5 Mar 2024", en, today, 480)->text() == "2024-03-05T08:00");
  CHECK(!parse_minute("2024-03-05 25:30", en, today, 480));
  CHECK(parse_time_of_day("8pm") == 20 * 60);
  CHECK(parse_time_of_day("下午3点半") == 15 * 60 + 30);
  CHECK(parse_time_of_day("0830") == 8 * 60 + 30);
  CHECK(!parse_time_of_day("24:01"));
}

TEST_CASE("a duration is written in the project's days") {
  CHECK(format_duration({480 * 12 + 240}, scales, en) == "12d 4h");
  CHECK(format_duration({480 * 12 + 240}, scales, zh) == "12天4小时");
  CHECK(format_duration({0}, scales, en) == "0d");
  CHECK(format_duration({-90}, scales, en) == "-1h 30min");
  CHECK(format_elapsed({3 * 1440}, en) == "3ed");
}

TEST_CASE("a duration is read in both languages") {
  CHECK(minutes("3d 2w 5h") == 3 * 480 + 2 * 2400 + 300);
  CHECK(minutes("3天") == 3 * 480);
  CHECK(minutes("2周3天5小时") == 2 * 2400 + 3 * 480 + 300);
  CHECK(minutes("1.5d") == 720);
  CHECK(minutes("2") == 960);
  CHECK(minutes("1mo") == 20 * 480);
  CHECK(minutes("１个月") == 20 * 480);
  CHECK(minutes("90min") == 90);
  CHECK(parse_duration("3ed", scales) == Duration{{3 * 1440}, true, false});
  CHECK(parse_duration("2d?", scales) == Duration{{960}, false, true});
  for (const char* text : {"", "d", "3x", "abc", "-", "3d -2h", "1e9d9", "99999999999999w", "nan", "inf"})
    CHECK_MESSAGE(!parse_duration(text, scales), text);
}

TEST_CASE("what is formatted as a duration is read back") {
  for (const Language language : all_languages)
    for (const std::int64_t value : {0L, 1L, 59L, 60L, 479L, 480L, 481L, 5000L, 100'000L}) {
      CHECK(minutes(format_duration({value}, scales, language)) == value);
      const auto elapsed = parse_duration(format_elapsed({value + 1}, language), scales);
      REQUIRE(elapsed);
      CHECK(elapsed->minutes.value == value + 1);
      CHECK(elapsed->elapsed);
    }
}

TEST_CASE("numbers are grouped and exact") {
  CHECK(format_integer(-1234567) == "-1,234,567");
  CHECK(format_number({1'234'500'000}) == "1,234.5");
  CHECK(format_percent({455}) == "45.5%");
  CHECK(format_share(0.065) == "6.5%");
  CHECK(format_share(1) == "100%");
  CHECK(format_percent({1000}) == "100%");
  CHECK(parse_number("1,234.5")->value == 1'234'500'000);
  CHECK(*parse_integer("１２") == 12);
  CHECK(parse_percent("45.5 %")->value == 455);
  CHECK(!parse_integer("1.5"));
  CHECK(!parse_number("1.2.3"));
  for (const char* text : {"1234,56", "1,5", "1,2345", "12,34,567", "1,", "1,234,5"}) CHECK_MESSAGE(!parse_number(text), text);
  CHECK(!parse_number("99999999999999999999"));
}

TEST_CASE("money is written with its symbol and read with whatever surrounds it") {
  CHECK(format_money({123450}, scales) == "¥1,234.50");
  CHECK(format_money({-5}, scales) == "-¥0.05");
  CHECK(format_money({100}, {.currency = "CHF"}) == "CHF 1.00");
  CHECK(format_money_short({123'456'789'00}, scales, en) == "¥123.5M");
  CHECK(format_money_short({123'456'789'00}, scales, zh) == "¥1.2亿");
  CHECK(format_money_short({1'200'000'00}, scales, zh) == "¥120万");
  CHECK(format_money_short({950'00}, scales, zh) == "¥950");
  CHECK(money("¥1,234.5") == 123450);
  CHECK(money("￥１２万") == 12'000'000);
  CHECK(money("1.2m") == 120'000'000);
  CHECK(money("(50)") == -5000);
  CHECK(money("-50元") == -5000);
  CHECK(money("12 cny") == 1200);
  CHECK(money("-1 234.50 €") == -123450);
  CHECK(money("1\u202f234.50 HK$") == 123450);
  CHECK(money("0.005") == 1);
  CHECK(money("abc") == -999);
}

TEST_CASE("how long ago") {
  constexpr std::uint64_t now = 1'709'600'000'000;
  CHECK(format_ago(now + 5, now, en) == "just now");
  CHECK(format_ago(now - 60'000, now, en) == "1 minute ago");
  CHECK(format_ago(now - 3 * 3'600'000, now, zh) == "3 小时前");
  CHECK(format_ago(now - 30 * 86'400'000ull, now, zh) == "2024-02-04");
}

TEST_CASE("sizes of files") {
  CHECK(format_bytes(0) == "0 B");
  CHECK(format_bytes(1536) == "1.5 KB");
  CHECK(format_bytes(200u << 20) == "200 MB");
}

TEST_CASE("what is said of something stands behind the colon of the language, what was and is beside an arrow") {
  CHECK(format_pair("Status", "Open", Language::english) == "Status: Open");
  CHECK(format_pair("状态", "未关闭", Language::chinese) == "状态：未关闭");
  CHECK(format_change("9d", "13d") == "9d → 13d");
  CHECK(format_change("", "13d") == "– → 13d");
  CHECK(format_change("9d", "") == "9d → –");
}
