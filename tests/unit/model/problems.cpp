// What copies that were right for themselves make together.
#include "app/model/problems.h"

#include <doctest/doctest.h>

#include "app/model/merge.h"
#include "app/model/records/change_request.h"
#include "app/model/records/document.h"
#include "app/model/records/task.h"

using namespace pmo;

namespace {

struct PlanCopy {
  explicit PlanCopy(std::uint64_t number) : surroundings(number), project(product_schema(), Id{number, number}, surroundings) {}

  template <class Edit>
  void edit(Edit&& edit) {
    Transaction change(project, "transaction.test"_key);
    edit(change);
    REQUIRE(change.commit().has_value());
  }
  const Task& task(Id id) const { return *project.all<Task>().find(id); }

  FixedSurroundings surroundings;
  Project project;
};

}  // namespace

TEST_CASE("circles, orphans and dates in the wrong order that a merge makes are told, before it and after") {
  PlanCopy anna(1), bo(2);
  Id first, second, third, fourth, summary, request;
  anna.edit([&](Transaction& change) {
    const auto add = [&](const char* name) { return change.create<Task>([&](Task& t) { t.name = name; }).id; };
    first = add("Dig"), second = add("Pour"), third = add("Design"), fourth = add("Drawings"), summary = add("Site");
    request = change.create<ChangeRequest>([](ChangeRequest& r) { r.title = "Wider bridge"; r.requested_on = Day{20'000}; r.decided_on = Day{20'010}; }).id;
  });
  REQUIRE(merge(bo.project, anna.project, "transaction.import"_key).has_value());
  CHECK(problems_of(anna.project).empty());
  const auto link = [](Transaction& change, Id from, Id to) { change.create<Link>([&](Link& l) { l.predecessor = {from}; l.successor = {to}; }); };
  anna.edit([&](Transaction& change) {
    link(change, first, second);
    change.set(anna.task(third), &Task::parent, Ref<Task>{fourth});
    change.erase(anna.task(summary));
    change.set(*anna.project.all<ChangeRequest>().find(request), &ChangeRequest::requested_on, Day{20'005});
  });
  bo.edit([&](Transaction& change) {
    link(change, second, first);
    change.set(bo.task(fourth), &Task::parent, Ref<Task>{third});
    change.create<Task>([&](Task& t) { t.name = "Fence"; t.parent = {summary}; });
    change.set(*bo.project.all<ChangeRequest>().find(request), &ChangeRequest::decided_on, Day{20'003});
  });
  CHECK(problems_of(anna.project).empty());
  CHECK(problems_of(bo.project).empty());
  const auto foreseen = problems_after_merge(anna.project, bo.project, plan_merge(anna.project, bo.project));
  CHECK(problems_of(anna.project).empty());
  REQUIRE(merge(anna.project, bo.project, "transaction.import"_key).has_value());
  const auto problems = problems_of(anna.project);
  CHECK(problems.size() == foreseen.size());
  for (const auto& problem : problems) CHECK(std::ranges::contains(foreseen, problem));
  const auto find = [&](Key message) { return std::ranges::find(problems, message, &Error::message); };
  CHECK(find("error.link.circle"_key) != problems.end());
  CHECK(find("error.outline.below_itself"_key) != problems.end());
  const auto orphan = find("problem.outline.orphan"_key);
  REQUIRE(orphan != problems.end());
  CHECK(orphan->arguments == std::vector<std::string>{"Fence"});
  const auto order = find("error.field.before"_key);
  REQUIRE(order != problems.end());
  CHECK(order->place.starts_with("CR-1"));
  CHECK(new_problems(anna.project, problems).empty());
}

TEST_CASE("what was added to something that the other copy deleted is told, for no page shows it") {
  PlanCopy anna(1), bo(2);
  anna.edit([](Transaction& change) { change.create<Document>([](Document& d) { d.title = "Manual"; }); });
  REQUIRE(merge(bo.project, anna.project, "transaction.import"_key).has_value());
  anna.edit([&](Transaction& change) { change.erase(anna.project.all<Document>().at(0)); });
  bo.edit([&](Transaction& change) {
    change.create<DocumentVersion>([&](DocumentVersion& v) { v.document = {bo.project.all<Document>().at(0).id}; v.version = "2.0"; });
  });
  const auto foreseen = problems_after_merge(anna.project, bo.project, plan_merge(anna.project, bo.project));
  REQUIRE(foreseen.size() == 1);
  CHECK(foreseen[0].message == "problem.part.orphan"_key);
  CHECK(foreseen[0].arguments.front() == "2.0");
  CHECK(foreseen[0].arguments.back() == "Manual");
  REQUIRE(merge(anna.project, bo.project, "transaction.import"_key).has_value());
  REQUIRE(merge(bo.project, anna.project, "transaction.import"_key).has_value());
  CHECK(problems_of(anna.project) == foreseen);
  CHECK(problems_of(bo.project) == foreseen);
}
