#include <doctest/doctest.h>

#include <algorithm>

#include "app/engine/schedule/plan_of_project.h"
#include "app/engine/schedule/schedule.h"
#include "app/model/records/baseline.h"
#include "tests/unit/mspdi/reading.h"

using namespace pmo;

namespace {

std::string plan(std::string_view inside_task) {
  return "<?xml version=\"1.0\"?>\n<Project xmlns=\"http://schemas.microsoft.com/project\"><Name>桥</Name>"
         "<StartDate>2024-01-01T08:00:00</StartDate><CalendarUID>1</CalendarUID>"
         "<ExtendedAttributes><ExtendedAttribute/><ExtendedAttribute/></ExtendedAttributes>"
         "<Calendars><Calendar><UID>1</UID><Name>Six days</Name><WeekDays>"
         "<WeekDay><DayType>7</DayType><DayWorking>1</DayWorking><WorkingTimes><WorkingTime><FromTime>22:00:00</FromTime>"
         "<ToTime>00:00:00</ToTime></WorkingTime></WorkingTimes></WeekDay></WeekDays>"
         "<Exceptions><Exception><TimePeriod><FromDate>2024-01-01T00:00:00</FromDate><ToDate>2024-12-31T23:59:00</ToDate>"
         "</TimePeriod><Type>3</Type><Month>4</Month><MonthPosition>4</MonthPosition><MonthItem>4</MonthItem>"
         "<DayWorking>0</DayWorking></Exception></Exceptions></Calendar></Calendars>"
         "<Tasks><Task><UID>7</UID><Name>Pour &amp; cure</Name><OutlineLevel>1</OutlineLevel><Duration>PT1H30M0S</Duration>" +
         std::string(inside_task) +
         "</Task><Task><UID>9</UID><Name>Part</Name><OutlineLevel>2</OutlineLevel><Duration>PT48H0M0S</Duration>"
         "<DurationFormat>8</DurationFormat><PredecessorLink><PredecessorUID>404</PredecessorUID></PredecessorLink></Task>"
         "</Tasks></Project>";
}

}  // namespace

TEST_CASE("a project is called by its title, or after its file") {
  const auto called = [](std::string_view names) {
    return read("<?xml version=\"1.0\"?><Project xmlns=\"http://schemas.microsoft.com/project\">" + std::string(names) + "<Tasks><Task><UID>1</UID><Name>Dig</Name></Task></Tasks></Project>").project->all<ProjectSettings>().at(0).name;
  };
  CHECK(called("<Name>bridge.mpp</Name><Title>The bridge</Title>") == "The bridge");
  CHECK(called("<Name>bridge.mpp</Name>") == "bridge");
  CHECK(called("<Name>桥.xml</Name>") == "桥");
  CHECK(called("<Name>.xml</Name>") == "Project");
}

TEST_CASE("a plan is read with outline, units, calendar and notes of what was left out") {
  const auto result = try_to_read(plan("<Baseline><Number>0</Number><Start>2024-01-02T08:00:00</Start>"
                                "<Finish>2024-01-02T09:30:00</Finish><Cost>12345</Cost></Baseline>"
                                "<ConstraintType>4</ConstraintType><ConstraintDate>2024-01-03T08:00:00</ConstraintDate>"));
  REQUIRE(result.has_value());
  const auto& project = *result->project;
  const auto& tasks = project.all<Task>();
  REQUIRE(tasks.size() == 2);
  CHECK(tasks.at(0).name == "Pour & cure");
  CHECK(tasks.at(0).duration.value == 90);
  CHECK(tasks.at(0).constraint == ConstraintType::start_no_earlier_than);
  CHECK(tasks.at(0).source_uid == 7);
  CHECK(tasks.at(1).parent.id == tasks.at(0).id);
  CHECK(tasks.at(1).elapsed_duration);
  const auto& calendar = project.all<Calendar>().at(0);
  CHECK(to_text(*calendar.saturday) == "22:00-24:00");
  CHECK(!calendar.monday);
  const auto& exception = project.all<CalendarException>().at(0);
  CHECK(exception.recurrence == Recurrence::yearly_by_position);
  CHECK(exception.month == 5);
  CHECK(exception.position == 5);
  CHECK(exception.weekday == 0);
  CHECK(project.all<BaselineTask>().at(0).cost.value == 12345);
  const auto noted = [&](Key key) { return std::ranges::contains(result->notes, key, &Error::message); };
  CHECK(noted("mspdi.note.custom_fields"_key));
  CHECK(noted("mspdi.note.external_links"_key));
  CHECK(engine::schedule(engine::plan_of(project)).scheduled[1]);
}

TEST_CASE("a manual task without its scheduled dates has those that were typed") {
  const auto result = try_to_read(plan("<Manual>1</Manual><ManualStart>2024-01-05T08:00:00</ManualStart>"
                                       "<ManualFinish>2024-01-05T12:00:00</ManualFinish>"));
  REQUIRE(result.has_value());
  const auto& task = result->project->all<Task>().at(0);
  CHECK(task.manual_start == Minute::at(Day::of(2024, 1, 5), 8 * 60));
  CHECK(task.manual_finish == Minute::at(Day::of(2024, 1, 5), 12 * 60));
}

// A working week of Monday to Friday; 5 January 2024 is a Friday.
TEST_CASE("levelling delays around the clock there, and by working time here") {
  std::string week;
  for (int day = 1; day <= 7; ++day) week += std::format("<WeekDay><DayType>{}</DayType><DayWorking>{}</DayWorking></WeekDay>", day, day > 1 && day < 7 ? 1 : 0);
  const auto task = [](int uid, std::string_view start, std::string_view delay) {
    return std::format("<Task><UID>{0}</UID><Name>T{0}</Name><OutlineLevel>1</OutlineLevel><Start>{1}</Start><Duration>PT8H0M0S</Duration>{2}</Task>", uid, start, delay);
  };
  const auto text = "<Project xmlns=\"http://schemas.microsoft.com/project\"><StartDate>2024-01-05T08:00:00</StartDate><CalendarUID>1</CalendarUID>"
                    "<Calendars><Calendar><UID>1</UID><Name>Week</Name><WeekDays>" + week + "</WeekDays></Calendar></Calendars><Tasks>" +
                    task(1, "2024-01-08T08:00:00", "<LevelingDelay>14400</LevelingDelay><LevelingDelayFormat>8</LevelingDelayFormat><PreLeveledStart>2024-01-05T08:00:00</PreLeveledStart>") +
                    task(2, "2024-01-10T08:00:00", "<LevelingDelay>28800</LevelingDelay>") + task(3, "2024-01-08T08:00:00", "<LevelingDelay>4800</LevelingDelay><LevelingDelayFormat>7</LevelingDelayFormat>") +
                    "</Tasks></Project>";
  const auto delays = [](const Project& project) {
    std::vector<std::int64_t> list;
    for (const auto& one : project.all<Task>()) list.push_back(one.levelling_delay.value);
    return list;
  };
  const auto project = read(text).project;
  CHECK(delays(*project) == std::vector<std::int64_t>{480, 960, 480});
  const auto written = storage::write_mspdi(*project).bytes;
  CHECK(written.contains("<LevelingDelay>43200</LevelingDelay><LevelingDelayFormat>8</LevelingDelayFormat>"));  // Friday to Monday
  CHECK(delays(*read(written).project) == delays(*project));
}

TEST_CASE("assignments to the whole project are told") {
  std::string text = plan("");
  text.insert(text.rfind("</Project>"), "<Resources><Resource><UID>1</UID><Name>Budget</Name></Resource></Resources><Assignments>"
                                        "<Assignment><TaskUID>0</TaskUID><ResourceUID>1</ResourceUID><BudgetCost>500</BudgetCost></Assignment>"
                                        "<Assignment><TaskUID>7</TaskUID><ResourceUID>-65535</ResourceUID></Assignment></Assignments>");
  const auto result = try_to_read(text);
  REQUIRE(result.has_value());
  CHECK(std::ranges::count(result->notes, "mspdi.note.whole_project"_key, &Error::message) == 1);
}

TEST_CASE("bad files say what is wrong and where") {
  const auto broken = try_to_read("<Project>\n<Tasks><Task></Tasks>");
  REQUIRE(!broken);
  CHECK(broken.error().message == "error.mspdi.xml"_key);
  CHECK(broken.error().place.starts_with("2:"));
  CHECK(try_to_read("<html><body/></html>").error().message == "error.mspdi.format"_key);
  for (const auto* wrong : {"<Start>soon</Start><Manual>1</Manual>", "<Deadline>2024-13-45T08:00:00</Deadline>", "<Priority>5000</Priority>",
                            "<Milestone>maybe</Milestone>", "<ConstraintType>12</ConstraintType>", "<Work>PT9E99H</Work>"}) {
    const auto result = try_to_read(plan(wrong));
    CAPTURE(wrong);
    REQUIRE(!result);
    CHECK(result.error().message == "error.mspdi.value"_key);
    CHECK(result.error().place.starts_with("Task 7: "));
  }
}

TEST_CASE("parts of seconds and time zones of dates are passed over") {
  for (const auto* date : {"2024-01-03T08:30:00", "2024-01-03T08:30:00.000", "2024-01-03T08:30:00Z", "2024-01-03T08:30:59.5+08:00"}) {
    const auto result = try_to_read(plan("<Deadline>" + std::string(date) + "</Deadline>"));
    REQUIRE(result.has_value());
    CHECK(result->project->all<Task>().at(0).deadline == Minute::parse("2024-01-03T08:30"));
  }
}

TEST_CASE("a lag that no plan has is refused") {
  for (const auto* lag : {"9223372036854775807", "-9223372036854775807"}) {
    const auto result = try_to_read(plan("<PredecessorLink><PredecessorUID>9</PredecessorUID><LinkLag>" + std::string(lag) + "</LinkLag><LagFormat>19</LagFormat></PredecessorLink>"));
    REQUIRE(!result);
    CHECK(result.error().message == "error.mspdi.value"_key);
  }
}

TEST_CASE("a file in another encoding than it declares is read, and what is no text is refused") {
  const auto called = [](std::string_view head, std::string_view name) {
    return try_to_read(std::string(head) + "<Project xmlns=\"http://schemas.microsoft.com/project\"><Title>" + std::string(name) + "</Title><Tasks><Task><UID>1</UID><Name>Dig</Name></Task></Tasks></Project>");
  };
  const auto name_of = [&](std::string_view head, std::string_view name) {
    const auto result = called(head, name);
    return result ? result->project->all<ProjectSettings>().at(0).name : std::string(result.error().message.name);
  };
  for (const auto* head : {"", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "<?xml version='1.0' encoding='windows-1252'?>"}) {
    CHECK(name_of(head, "Br\xFC" "cke") == "Brücke");
    CHECK(name_of(head, "桥") == "桥");
    CHECK(called(head, "桥")->notes.empty());
    REQUIRE(called(head, "Br\xFC" "cke")->notes.size() == 1);
    CHECK(called(head, "Br\xFC" "cke")->notes[0].message == "encoding.note"_key);
    for (const auto* no_text : {"&#xD800;", "&#xDC00;&#xD800;", "&#x110000;"}) CHECK(name_of(head, no_text) == "error.mspdi.xml");
  }
  CHECK(name_of("<?xml version=\"1.0\" encoding=\"GB2312\"?>", "\xBB\xF9\xB4\xA1") == "基础");
  CHECK(name_of("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>", "Br\xFC" "cke") == "Brücke");
}

TEST_CASE("no truncated file is read half or crashes") {
  const auto whole = plan("");
  for (std::size_t length = 0; length < whole.size(); length += 7) CHECK(!try_to_read(std::string_view(whole).substr(0, length)));
}
