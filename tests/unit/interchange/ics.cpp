#include <doctest/doctest.h>

#include <algorithm>

#include "app/model/records/meeting.h"
#include "app/model/records/project_settings.h"
#include "app/model/transaction.h"
#include "storage/interchange/ics.h"

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
