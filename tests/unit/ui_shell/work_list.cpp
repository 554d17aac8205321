#include "app/ui/work_list.h"

#include <doctest/doctest.h>

#include "app/model/records/common.h"
#include "app/model/records/meeting.h"
#include "app/model/records/project_settings.h"
#include "app/model/records/resource.h"

using namespace pmo;
using namespace pmo::ui;

TEST_CASE("what is open, due and late follows from the register's description") {
  FixedSurroundings surroundings;
  Project project(product_schema(), Id{1, 1}, surroundings);
  Transaction change(project, "transaction.test"_key);
  const Day today{20'000};
  const auto& anna = change.create<Person>([](Person& p) { p.name = "Anna"; });
  const auto& late = change.create<ActionItem>([&](ActionItem& a) { a.title = "Late"; a.due = today - 1; a.owner = {anna.id}; });
  const auto& done = change.create<ActionItem>([&](ActionItem& a) { a.title = "Done"; a.due = today - 1; a.status = ActionStatus::done; });
  const auto& meeting = change.create<Meeting>([&](Meeting& m) { m.title = "Now"; m.start = Minute::at(today, 600); });
  const auto& action_info = register_of<ActionItem>();
  CHECK(is_late(action_info, late, today));
  CHECK_FALSE(is_late(action_info, done, today));
  CHECK_FALSE(is_open(action_info, done));
  CHECK(due_on(register_of<Meeting>(), meeting) == today);
  CHECK(responsible_for(action_info, late).id == anna.id);
  REQUIRE(change.commit());
}

TEST_CASE("choices that close a record exist") {
  for (const auto* info : product_schema().registers())
    for (const auto& field : info->fields)
      for (const auto choice : field.options.closed) CHECK((choice.empty() || std::ranges::contains(field.choices, choice)));
}

TEST_CASE("the work list has records and unfinished tasks, by day, for everybody who works on them") {
  FixedSurroundings surroundings;
  Project project(product_schema(), Id{1, 1}, surroundings);
  Transaction change(project, "transaction.test"_key);
  const auto& anna = change.create<Person>([](Person& p) { p.name = "Anna"; });
  const auto& bo = change.create<Person>([](Person& p) { p.name = "Bo"; });
  change.create<ProjectSettings>([](ProjectSettings& s) { s.name = "P"; s.start = Minute::at(Day{20'000}, 480); });
  const auto& task = change.create<Task>([](Task& t) { t.name = "Dig"; });
  const auto& finished = change.create<Task>([](Task& t) { t.name = "Plan"; t.percent_complete = {1000}; });
  for (const auto* person : {&anna, &bo}) {
    const auto& resource = change.create<Resource>([&](Resource& r) { r.name = person->name; r.person = {person->id}; });
    change.create<Assignment>([&](Assignment& a) { a.task = {task.id}; a.resource = {resource.id}; });
  }
  change.create<ActionItem>([&](ActionItem& a) { a.title = "Call"; a.due = Day{19'000}; });
  change.create<ActionItem>([&](ActionItem& a) { a.title = "Some day"; a.owner = {bo.id}; });
  REQUIRE(set_own_person(change, {bo.id}));
  REQUIRE(change.commit());
  CHECK(own_person(project).id == bo.id);
  Analyses analyses(project);
  const auto& work = analyses.of<WorkListOf>();
  REQUIRE(work.size() == 4);
  CHECK(work[0].due == Day{19'000});
  CHECK(work[1].record == task.id);
  CHECK(work[2].record == task.id);
  CHECK(work[1].responsible != work[2].responsible);
  CHECK_FALSE(work[3].due);
  for (const auto& item : work) CHECK(item.record != finished.id);
}

TEST_CASE("a day in words, seen from today") {
  CHECK(format_due(Day{10}, Day{10}, Language::english) == "today");
  CHECK(format_due(Day{9}, Day{10}, Language::english) == "1 day late");
  CHECK(format_due(Day{5}, Day{10}, Language::chinese) == "逾期 5 天");
  CHECK(format_due(Day{13}, Day{10}, Language::english) == "in 3 days");
}
