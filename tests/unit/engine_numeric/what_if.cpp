#include "app/engine/change/what_if.h"

#include <doctest/doctest.h>

#include "app/engine/resources/resource_load_of_project.h"
#include "app/engine/schedule/plan_of_project.h"
#include "app/model/records/resource_use.h"
#include "tests/unit/engine_numeric/january.h"

using namespace pmo;
using namespace pmo::engine;

namespace {

// Two tasks of a week each for one mason, at the same time.
struct Site {
  FixedSurroundings surroundings;
  Project project{product_schema(), Id{1, 1}, surroundings};
  Id mason, leave;
  std::vector<Id> tasks;

  Site() {
    Transaction change(project, "transaction.sample"_key);
    change.create<ProjectSettings>([](ProjectSettings& s) {
      s.name = "Site";
      s.start = at(0, 8);
    });
    mason = change.create<Resource>([](Resource& r) { r.name = "Mason"; }).id;
    leave = change.create<Absence>([&](Absence& a) {
      a.title = "Leave";
      a.resource = {mason};
      a.first = monday + 7;
      a.last = monday + 11;
    }).id;
    for (int t = 0; t < 2; ++t) {
      tasks.push_back(*insert_task(change, {}, {}, [](Task& task) {
        task.name = "Wall";
        task.duration = {5 * 480};
      }));
      change.create<Assignment>([&](Assignment& a) {
        a.task = {tasks.back()};
        a.resource = {mason};
      });
    }
    REQUIRE(change.commit());
  }
  Minute finish() const { return schedule(plan_of(project)).project_finish; }
  std::string text() const {
    std::string all;
    for (const auto& task : project.all<Task>()) all += std::to_string(task.levelling_delay.value) + " ";
    for (const auto& resource : project.all<Resource>()) all += std::to_string(resource.maximum_units.value) + " ";
    for (const auto& absence : project.all<Absence>()) all += std::to_string(static_cast<int>(absence.status)) + " ";
    return all;
  }
};

}  // namespace

TEST_CASE("an approved absence is time off for its resource; one that is only asked for is not") {
  Site site;
  const auto finish = [&] { return site.finish(); };
  const auto decide = [&](AbsenceStatus status, int first) {
    Transaction change(site.project, "transaction.sample"_key);
    const auto& leave = *site.project.find(Ref<Absence>{site.leave});
    change.set(leave, &Absence::status, status);
    change.set(leave, &Absence::first, std::optional(monday + first));
    change.set(leave, &Absence::last, std::optional(monday + first + 1));
    REQUIRE(change.commit());
  };
  CHECK(finish() == at(4, 17));
  decide(AbsenceStatus::requested, 2);
  CHECK(finish() == at(4, 17));
  decide(AbsenceStatus::approved, 2);  // Wednesday and Thursday
  CHECK(finish() == at(8, 17));
  const Plan plan = plan_of(site.project);
  const auto demand = resource_demand(plan, schedule(plan));
  WorkMinutes offered;
  for (const auto& piece : demand[0].offer) offered += WorkMinutes{piece.finish - piece.start};
  CHECK(offered.value == 5 * 480);
}

TEST_CASE("one more mason, after levelling on both sides; the project is not touched") {
  Site site;
  const std::string before = site.text();
  const WhatIf what_if{.edits = {{site.mason, "maximum_units", Value{std::int64_t{2000}}}}};
  const auto result = try_out(site.project, what_if, monday);
  CHECK(result.faults.empty());
  CHECK(result.now.figures.finish == at(4, 17));
  CHECK(result.now.overloads == 1);
  CHECK(result.without.figures.finish == at(11, 17));
  CHECK(result.without.overloads == 0);
  CHECK(result.with.figures.finish == at(4, 17));
  CHECK(result.with.overloads == 0);
  REQUIRE(result.tasks.size() == 1);
  CHECK(result.tasks[0].before == at(11, 17));
  CHECK(result.tasks[0].after == at(4, 17));
  CHECK(site.text() == before);
  const auto plain = try_out(site.project, {.edits = what_if.edits, .level = false}, monday);
  CHECK(plain.without.overloads == 1);
  CHECK(plain.with.overloads == 0);
  CHECK(plain.tasks.empty());
}

TEST_CASE("a leave granted, and later: made for good it is one step, and one undo") {
  Site site;
  const std::string before = site.text();
  WhatIf granted{.edits = {{site.leave, "status", Value{std::string("approved")}}}};
  CHECK(try_out(site.project, granted, monday).with.figures.finish == at(18, 17));  // the second wall waits out the leave
  granted.edits.push_back({site.leave, "last", Value{std::int64_t{(monday + 30).value}}});
  granted.edits.push_back({site.leave, "first", Value{std::int64_t{(monday + 26).value}}});
  const auto shifted = try_out(site.project, granted, monday);
  CHECK(shifted.with.figures.finish == at(11, 17));
  CHECK(shifted.faults.empty());
  Transaction change(site.project, "transaction.what_if"_key, {"3"});
  REQUIRE(make_for_good(change, granted, shifted));
  REQUIRE(change.commit());
  CHECK(site.finish() == at(11, 17));
  // What holds the second wall stays with it, and is the reason of its date.
  const Task& second = *site.project.find(Ref<Task>{site.tasks[1]});
  CHECK(second.levelling_resource.id == site.mason);
  CHECK(second.levelling_holder.id == site.tasks[0]);
  CHECK_FALSE(site.project.find(Ref<Task>{site.tasks[0]})->levelling_resource);
  const auto reason = schedule(plan_of(site.project)).start_reason[1];
  CHECK(reason.kind == ReasonKind::levelling);
  CHECK(reason.task == 0);
  CHECK(site.text() != before);
  REQUIRE(site.project.undo());
  CHECK(site.text() == before);
}

TEST_CASE("an edit that cannot be made is told and left out") {
  Site site;
  const auto result = try_out(site.project, {.edits = {{Id{9, 9}, "maximum_units", Value{std::int64_t{1}}}, {site.mason, "nonsense", Value{}}}}, monday);
  CHECK(result.faults.size() == 2);
  CHECK(result.with.figures.finish == result.without.figures.finish);
  Transaction change(site.project, "transaction.what_if"_key, {"1"});
  CHECK_FALSE(make_for_good(change, {.edits = {{site.mason, "maximum_units", Value{std::int64_t{-5}}}}}, {}));
}
