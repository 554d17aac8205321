#include <doctest/doctest.h>

#include <algorithm>
#include <map>

#include "app/model/records/meeting.h"
#include "app/model/records/project_settings.h"
#include "app/model/transaction.h"
#include "storage/interchange/ics.h"
#include "storage/open_file.h"

using namespace pmo;

namespace {

struct House {
  FixedSurroundings surroundings;
  Project project{product_schema(), Id{1, 1}, surroundings};

  template <class R, class Fill>
  const R& add(Fill&& fill) {
    Transaction change(project, "transaction.test"_key);
    const R& record = change.create<R>(fill);
    REQUIRE(change.commit().has_value());
    return record;
  }
  std::string ics() { return storage::write_ics(project, 1772443380000, Language::english); }  // 2026-03-02 09:23 UTC
};

}  // namespace

TEST_CASE("milestones, meetings and what is due become events that keep their identity") {
  House house;
  house.add<ProjectSettings>([](ProjectSettings& s) { s.name = "House; garden", s.start = *Minute::parse("2026-03-02T08:00"); });
  const auto& milestone = house.add<Task>([](Task& t) { t.name = "Roof on", t.milestone = true, t.duration = {0}; });
  house.add<Task>([](Task& t) { t.name = "Walls"; });
  house.add<Meeting>([](Meeting& m) { m.title = "Kick-off, all", m.start = *Minute::parse("2026-03-03T23:30"), m.length = 60, m.place = "Hall\nground floor"; });
  house.add<Meeting>([](Meeting& m) { m.title = "Off", m.start = *Minute::parse("2026-03-04T09:00"), m.status = MeetingStatus::cancelled; });
  const auto& person = house.add<Person>([](Person& p) { p.name = "王芳"; });
  house.add<ActionItem>([&](ActionItem& a) { a.title = "Order bricks", a.due = Day::of(2026, 12, 31), a.owner = {person.id}; });
  const std::string text = house.ics();
  const auto has = [&](std::string_view line) { return text.contains(std::string(line) + "\r\n"); };
  CHECK(text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"));
  CHECK(text.ends_with("END:VCALENDAR\r\n"));
  CHECK(has("X-WR-CALNAME:House\\; garden"));
  CHECK(has("UID:" + milestone.id.text() + "@pmo-desk"));
  CHECK(has("DTSTAMP:20260302T092300Z"));
  CHECK(has("SUMMARY:Roof on"));
  CHECK_FALSE(text.contains("Walls"));
  CHECK(has("SUMMARY:Kick-off\\, all"));
  CHECK(has("DTSTART:20260303T233000"));
  CHECK(has("DTEND:20260304T003000"));
  CHECK(has("LOCATION:Hall\\nground floor"));
  CHECK_FALSE(text.contains("SUMMARY:Off"));
  CHECK(text.contains("Order bricks"));
  CHECK(has("DTSTART;VALUE=DATE:20261231"));
  CHECK(has("DTEND;VALUE=DATE:20270101"));
  CHECK(has("DESCRIPTION:Responsible: 王芳"));
}

TEST_CASE("long lines are folded between characters, and unfold to what they were") {
  House house;
  std::string name;
  for (int i = 0; i < 60; ++i) name += "项目x";
  house.add<ProjectSettings>([&](ProjectSettings& s) { s.name = name; });
  const std::string text = house.ics();
  for (std::size_t from = 0; from < text.size();) {
    const auto end = text.find("\r\n", from);
    CHECK(end - from <= 75);
    CHECK((static_cast<unsigned char>(text[from]) & 0xC0) != 0x80);
    from = end + 2;
  }
  std::string unfolded = text;
  for (std::size_t at; (at = unfolded.find("\r\n ")) != std::string::npos;) unfolded.erase(at, 3);
  CHECK(unfolded.contains("X-WR-CALNAME:" + name + "\r\n"));
}

// ---- Reading ----

namespace {

std::string calendar(std::string_view body) { return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + std::string(body) + "END:VCALENDAR\r\n"; }

Result<storage::OpenedFile> open_calendar(std::string_view text) {
  static FixedSurroundings surroundings;
  return storage::open_file("site.ics", text, product_schema(), Id{1, 1}, surroundings);
}

std::string refusal(std::string_view text) {
  const auto opened = open_calendar(text);
  return opened ? "none" : std::string(opened.error().message.name) + " " + opened.error().place;
}

}  // namespace

TEST_CASE("a calendar file becomes a project: events keep their dates, to-dos have deadlines") {
  const auto opened = open_calendar(calendar(
      "X-WR-CALNAME:Site\\, north\r\n"
      "BEGIN:VTODO\r\nSUMMARY:Order bricks\r\nDUE;VALUE=DATE:20260320\r\nPERCENT-COMPLETE:40\r\nEND:VTODO\r\n"
      "BEGIN:VEVENT\r\nSUMMARY:Kick-off\\, a\r\n ll of us\r\nDTSTART:20260303T233000\r\nDURATION:PT1H30M\r\nLOCATION:Hall\r\n"
      "BEGIN:VALARM\r\nSUMMARY:not this\r\nEND:VALARM\r\nEND:VEVENT\r\n"
      "BEGIN:VEVENT\r\nSUMMARY:春节\r\nDTSTART;VALUE=DATE:20260216\r\nDTEND;VALUE=DATE:20260224\r\nEND:VEVENT\r\n"
      "BEGIN:VEVENT\r\nSUMMARY:Handover\r\nDTSTART:20260401T100000Z\r\nRRULE:FREQ=WEEKLY\r\nEND:VEVENT\r\n"
      "BEGIN:VEVENT\r\nSUMMARY:Off\r\nSTATUS:CANCELLED\r\nDTSTART:20260401T100000\r\nEND:VEVENT\r\n"));
  REQUIRE(opened.has_value());
  CHECK(opened->kind == storage::FileKind::ics);
  const auto& project = *opened->project;
  CHECK(project.all<ProjectSettings>().at(0).name == "Site, north");
  CHECK(project.all<ProjectSettings>().at(0).start == *Minute::parse("2026-02-16T08:00"));
  REQUIRE(project.all<Task>().size() == 4);
  const Task &holiday = project.all<Task>().at(0), &kick_off = project.all<Task>().at(1), &bricks = project.all<Task>().at(2), &handover = project.all<Task>().at(3);
  CHECK(holiday.name == "春节");
  CHECK((holiday.manual && holiday.manual_start == Minute::parse("2026-02-16T08:00") && holiday.manual_finish == Minute::parse("2026-02-23T17:00")));
  CHECK(kick_off.name == "Kick-off, all of us");
  CHECK((kick_off.manual_start == Minute::parse("2026-03-03T23:30") && kick_off.manual_finish == Minute::parse("2026-03-04T01:00")));
  CHECK(kick_off.notes == "Hall");
  CHECK((!bricks.manual && bricks.deadline == Minute::parse("2026-03-20T17:00") && bricks.percent_complete == Permille{400}));
  CHECK(handover.milestone);
  REQUIRE(opened->notes.size() == 3);
  CHECK(opened->notes[0].message == "ics.note.recurring"_key);
}

TEST_CASE("lines that another program folded inside of a character are put together again") {
  const std::string name = "地下室防水";
  for (std::size_t cut = 1; cut < name.size(); ++cut) {
    const auto opened = open_calendar(calendar("BEGIN:VEVENT\r\nSUMMARY:" + name.substr(0, cut) + "\r\n " + name.substr(cut) + "\r\nDTSTART:20260303\r\nEND:VEVENT\r\n"));
    REQUIRE(opened.has_value());
    CHECK(opened->project->all<Task>().at(0).name == name);
    CHECK(opened->notes.empty());
  }
  CHECK(refusal(calendar("BEGIN:VEVENT\r\nSUMMARY:a\r\n b\r\n\tc\r\nDTSTART:x\r\nEND:VEVENT\r\n")) == "error.ics.date site.ics: 7");
}

TEST_CASE("calendar files that are not what they should be are refused with their line") {
  const std::string event = "BEGIN:VEVENT\r\nSUMMARY:A\r\nDTSTART:20260303\r\nEND:VEVENT\r\n";
  CHECK(refusal(calendar(event)) == "none");
  CHECK(refusal(calendar("")) == "error.ics.no_entries site.ics");
  CHECK(refusal("BEGIN:VCALENDAR\r\n" + event) == "error.ics.truncated site.ics: 5");
  CHECK(refusal(calendar("BEGIN:VEVENT\r\nnonsense\r\nEND:VEVENT\r\n")) == "error.ics.shape site.ics: 4");
  CHECK(refusal(calendar("BEGIN:VEVENT\r\nEND:VTODO\r\n")) == "error.ics.shape site.ics: 4");
  CHECK(refusal(calendar("END:VEVENT\r\n")) == "error.ics.shape site.ics: 3");
  CHECK(refusal(calendar(event) + "SUMMARY:behind\r\n") == "error.ics.shape site.ics: 8");
  for (const auto* date : {"20260230", "0000", "20260303X", "20260303T2560", "-2026030", "99991231"})
    CHECK(refusal(calendar("BEGIN:VEVENT\r\nDTSTART:" + std::string(date) + "\r\nEND:VEVENT\r\n")) == "error.ics.date site.ics: 4");
  CHECK(refusal(calendar("BEGIN:VEVENT\r\nDTSTART:20260303\r\nDURATION:1 hour\r\nEND:VEVENT\r\n")) == "error.ics.duration site.ics: 5");
  CHECK(refusal(calendar("BEGIN:VEVENT\r\nDTSTART:20260303\r\nDURATION:P9999999W\r\nEND:VEVENT\r\n")) == "error.ics.duration site.ics: 5");
  const auto wide = open_calendar(calendar("BEGIN:VEVENT\r\nDTSTART:" + std::string(79, '1') + "月月\r\nEND:VEVENT\r\n"));
  REQUIRE(!wide);
  CHECK((wide.error().arguments == std::vector{std::string(79, '1')}));  // no half character
  std::string deep;
  for (int level = 0; level < 50; ++level) deep += "BEGIN:VEVENT\r\n";
  CHECK(refusal(calendar(deep)).starts_with("error.ics.shape"));
}

TEST_CASE("what is written as a calendar file can be read") {
  House house;
  house.add<ProjectSettings>([](ProjectSettings& s) { s.name = "House", s.start = *Minute::parse("2026-03-02T08:00"); });
  house.add<Task>([](Task& t) { t.name = "Roof on", t.milestone = true, t.duration = {0}; });
  house.add<Meeting>([](Meeting& m) { m.title = "Kick-off", m.start = *Minute::parse("2026-03-03T09:30"), m.length = 60; });
  const auto opened = open_calendar(house.ics());
  REQUIRE(opened.has_value());
  CHECK(opened->project->all<Task>().size() == 2);
}

// ---- Repetitions and time zones ----

namespace {

std::string zone(std::string_view name, std::string_view winter, std::string_view summer) {
  return "BEGIN:VTIMEZONE\r\nTZID:" + std::string(name) + "\r\nBEGIN:STANDARD\r\nDTSTART:19961027T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:" + std::string(winter) +
         "\r\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\nEND:STANDARD\r\n" +
         (summer.empty() ? "" : "BEGIN:DAYLIGHT\r\nDTSTART:19810329T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:" + std::string(summer) +
                                    "\r\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\nEND:DAYLIGHT\r\n") +
         "END:VTIMEZONE\r\n";
}

std::string event(std::string_view summary, std::string_view lines) {
  return "BEGIN:VEVENT\r\nSUMMARY:" + std::string(summary) + "\r\n" + std::string(lines) + "\r\nEND:VEVENT\r\n";
}

}  // namespace

TEST_CASE("times become those of the calendar's time zone, with its summer time") {
  const auto opened = open_calendar(calendar("X-WR-TIMEZONE:Europe/Berlin\r\n" + zone("Europe/Berlin", "+0100", "+0200") + zone("Asia/Shanghai", "+0800", "") +
                                    event("winter", "DTSTART:20260328T230000Z") + event("summer", "DTSTART:20260329T230000Z") +
                                    event("shanghai", "DTSTART;TZID=Asia/Shanghai:20260701T090000") + event("here", "DTSTART;TZID=Europe/Berlin:20260701T090000") +
                                    event("nowhere", "DTSTART;TZID=Mars:20260701T090000")));
  REQUIRE(opened.has_value());
  std::map<std::string, std::string> starts;
  for (const auto& task : opened->project->all<Task>()) starts[task.name] = task.manual_start->text();
  CHECK(starts == std::map<std::string, std::string>{{"winter", "2026-03-29T00:00"}, {"summer", "2026-03-30T01:00"}, {"shanghai", "2026-07-01T03:00"},
                                                     {"here", "2026-07-01T09:00"}, {"nowhere", "2026-07-01T09:00"}});
  std::vector<std::string> notes;
  for (const auto& note : opened->notes) notes.push_back(describe(note, Language::english));
  CHECK(notes == std::vector<std::string>{"Times that were converted to the time zone Europe/Berlin: 3", "Times in time zones that the file does not describe, taken as they are: 1"});
}

TEST_CASE("summer time ends with the last year of its rule, and there are no more zones than may be") {
  const auto observance = [](std::string_view kind, std::string_view offset, std::string_view begin, std::string_view rule) {
    return "BEGIN:" + std::string(kind) + "\r\nDTSTART:" + std::string(begin) + "\r\nTZOFFSETTO:" + std::string(offset) + "\r\nRRULE:FREQ=YEARLY;" + std::string(rule) + "\r\nEND:" + std::string(kind) + "\r\n";
  };
  const std::string shanghai = "BEGIN:VTIMEZONE\r\nTZID:Asia/Shanghai\r\n" + observance("DAYLIGHT", "+0900", "19860504T020000", "UNTIL=19910413T180000Z;BYMONTH=4;BYDAY=2SU") +
                               observance("STANDARD", "+0800", "19860914T020000", "UNTIL=19910914T170000Z;BYMONTH=9;BYDAY=2SU") + "END:VTIMEZONE\r\n";
  const std::string new_york = "BEGIN:VTIMEZONE\r\nTZID:America/New_York\r\n" + observance("STANDARD", "-0500", "19671029T020000", "UNTIL=20061029T060000Z;BYMONTH=10;BYDAY=-1SU") +
                               observance("DAYLIGHT", "-0400", "20070311T020000", "BYMONTH=3;BYDAY=2SU") + observance("STANDARD", "-0500", "20071104T020000", "BYMONTH=11;BYDAY=1SU") + "END:VTIMEZONE\r\n";
  std::string many;
  for (int i = 0; i < 60; ++i) many += zone("Z" + std::to_string(i), "+0100", "+0200");
  const auto opened = open_calendar(calendar("X-WR-TIMEZONE:Asia/Shanghai\r\n" + shanghai + new_york + many + event("october", "DTSTART;TZID=America/New_York:20261028T090000") +
                                             event("november", "DTSTART;TZID=America/New_York:20261103T090000") + event("last", "DTSTART;TZID=Z47:20260701T090000") +
                                             event("beyond", "DTSTART;TZID=Z48:20260701T090000")));
  REQUIRE(opened.has_value());
  std::map<std::string, std::string> starts;
  for (const auto& task : opened->project->all<Task>()) starts[task.name] = task.manual_start->text();
  CHECK(starts == std::map<std::string, std::string>{{"october", "2026-10-28T21:00"}, {"november", "2026-11-03T22:00"}, {"last", "2026-07-01T15:00"}, {"beyond", "2026-07-01T09:00"}});
}

TEST_CASE("whole days that are repeated become days off of the working calendar") {
  const std::string file = calendar(
      event("Labour day", "DTSTART;VALUE=DATE:20260501\r\nRRULE:FREQ=YEARLY") + event("Site closed", "DTSTART;VALUE=DATE:20260302\r\nRRULE:FREQ=WEEKLY;COUNT=4;BYDAY=MO\r\nEXDATE;VALUE=DATE:20260309,20260316") +
      event("Thanksgiving", "DTSTART;VALUE=DATE:20261126\r\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH;UNTIL=20281231") +
      event("Fair", "DTSTART;VALUE=DATE:20260610\r\nDTEND;VALUE=DATE:20260612\r\nRRULE:FREQ=YEARLY;COUNT=2") +
      event("Stand-up", "DTSTART:20260302T090000\r\nRRULE:FREQ=DAILY") + event("Odd", "DTSTART;VALUE=DATE:20260401\r\nRRULE:FREQ=MONTHLY;BYSETPOS=1;BYDAY=MO"));
  const auto opened = open_calendar(file);
  REQUIRE(opened.has_value());
  CHECK(opened->project->all<Task>().size() == 2);  // Stand-up and Odd, once
  std::vector<std::string> days;
  for (const auto& e : opened->project->all<CalendarException>())
    days.push_back(e.name + " " + e.first.text() + (e.recurrence == Recurrence::none ? " " + e.last.text() : " " + std::string(enum_name(e.recurrence))));
  CHECK(days == std::vector<std::string>{"Labour day 2026-05-01 yearly_by_day", "Site closed 2026-03-02 2026-03-02", "Site closed 2026-03-23 2026-03-23",
                                         "Thanksgiving 2026-11-26 yearly_by_position", "Fair 2026-06-10 2026-06-11", "Fair 2027-06-10 2027-06-11"});

  const auto off = storage::read_days_off("holidays.ics", calendar(event("春节", "DTSTART;VALUE=DATE:20260215\r\nDTEND;VALUE=DATE:20260224") +
                                                                   event("春节 补班", "DTSTART;VALUE=DATE:20260214") + event("Call", "DTSTART:20260302T090000")));
  REQUIRE(off.has_value());
  REQUIRE(off->exceptions.size() == 2);
  CHECK(off->name == "holidays");
  CHECK(off->exceptions[0].last.text() == "2026-02-23");
  CHECK_FALSE(off->exceptions[0].shifts.working());
  CHECK(off->exceptions[1].shifts.working());
  CHECK(off->left_out == 1);
  CHECK(storage::read_days_off("x.ics", "hello").error().message == "error.ics.format"_key);
  CHECK(storage::read_days_off("x.ics", calendar(event("Call", "DTSTART:20260302T090000"))).error().message == "error.ics.no_days"_key);
}

TEST_CASE("repetitions that mean more days than a calendar may have are refused") {
  std::string fairs;
  for (int i = 0; i < 30; ++i) fairs += event("Fair", "DTSTART;VALUE=DATE:20260105\r\nDTEND;VALUE=DATE:20260107\r\nRRULE:FREQ=DAILY;INTERVAL=3");
  CHECK(refusal(calendar(fairs)) == "error.ics.too_many site.ics");
  CHECK(storage::read_days_off("x.ics", calendar(fairs)).error().message == "error.ics.too_many"_key);
}

TEST_CASE("a meeting is sent as a request to those who have an address") {
  FixedSurroundings surroundings;
  Project project(product_schema(), Id{1, 1}, surroundings);
  const Meeting* meeting = nullptr;
  Transaction change(project, "transaction.test"_key);
  const auto person = [&](const char* name, const char* email) { return Ref<Person>{change.create<Person>([&](Person& p) { p.name = name; p.email = email; }).id}; };
  const auto chair = person("Li \"Q\"", "li@example.org"), guest = person("Wu", "wu@example.org"), nobody = person("Xu", ""), forged = person("Eve", "a@b\r\nX-EVIL:1");
  meeting = &change.create<Meeting>([&](Meeting& m) {
    m.title = "Site meeting";
    m.start = Minute::at(Day::of(2026, 5, 18), 14 * 60);
    m.length = 90;
    m.chair = chair;
    m.invited = {guest, nobody, forged};
  });
  REQUIRE(change.commit());
  const std::string file = storage::write_invitation(project, *meeting, 1'700'000'000'000, Language::english);
  CHECK(file.contains("METHOD:REQUEST\r\n"));
  CHECK(file.contains("DTSTART:20260518T140000\r\n"));
  CHECK(file.contains("DTEND:20260518T153000\r\n"));
  CHECK(file.contains("ORGANIZER;CN=\"Li Q\":mailto:li@example.org\r\n"));
  CHECK(file.contains("ATTENDEE;CN=\"Wu\";RSVP=TRUE:mailto:wu@example.org\r\n"));
  CHECK_FALSE(file.contains("Xu"));
  CHECK_FALSE(file.contains("EVIL"));
}
