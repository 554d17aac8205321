#include "app/engine/change/change_impact.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "app/engine/schedule/plan_of_project.h"
#include "app/model/describe_record.h"
#include "app/model/merge.h"

namespace pmo::engine {
namespace {

Money money(double amount) { return {std::llround(amount)}; }

// What moved between two schedules, by task id: a change may add and take away tasks.
void compare_tasks(ChangeImpact& impact, const ProjectState& before, const ProjectState& after) {
  std::map<Id, std::size_t> then;
  for (std::size_t i = 0; i < before.plan.tasks.size(); ++i) then[before.plan.tasks[i].id] = i;
  for (std::size_t i = 0; i < after.plan.tasks.size(); ++i) {
    const auto found = then.find(after.plan.tasks[i].id);
    if (found == then.end() || !is_to_do(after, i) || !is_to_do(before, found->second)) continue;
    const Id task = found->first;
    const TaskMove move{task, before.schedule.finish[found->second], after.schedule.finish[i]};
    if (move.before != move.after) (after.plan.tasks[i].milestone ? impact.milestones : impact.tasks).push_back(move);
    const bool was = before.schedule.critical[found->second], is = after.schedule.critical[i];
    if (is && !was) impact.newly_critical.push_back(task);
    if (was && !is) impact.no_longer_critical.push_back(task);
  }
}

// What each task will cost more or less; what only one of the plans has costs nothing in the other.
void compare_costs(ChangeImpact& impact, const ProjectState& before, const ProjectState& after) {
  std::map<Id, Money> then;
  for (std::size_t i = 0; i < before.plan.tasks.size(); ++i) then[before.plan.tasks[i].id] = money(before.costs[i].total());
  for (std::size_t i = 0; i < after.plan.tasks.size(); ++i) {
    const Id task = after.plan.tasks[i].id;
    const Money was = then[task], is = money(after.costs[i].total());
    if (is != was) impact.costs.push_back({task, is - was});
    then.erase(task);
  }
  for (const auto& [task, was] : then)
    if (was != Money{0}) impact.costs.push_back({task, Money{} - was});
}

// Names are looked up in the state that has the task.
void compare_outlines(ChangeImpact& impact, const Project& project, const ProjectState& before, const Project& changed, const ProjectState& after) {
  std::set<Id> then, now;
  for (const PlanTask& task : before.plan.tasks) then.insert(task.id);
  for (std::size_t i = 0; i < after.plan.tasks.size(); ++i) {
    const Id id = after.plan.tasks[i].id;
    now.insert(id);
    const Task* task = then.contains(id) ? nullptr : changed.find(Ref<Task>{id});
    if (task) impact.added.push_back({task->name, after.schedule.start[i], after.schedule.finish[i]});
  }
  for (const Id id : then)
    if (const Task* task = now.contains(id) ? nullptr : project.find(Ref<Task>{id})) impact.removed.push_back(task->name);
}

// What would hold of the whole no longer: a circle of links.
void check_rules(std::vector<Error>& faults, const Project& changed, const std::vector<Change>& changes) {
  std::set<const RegisterInfo*> touched;
  for (const Change& change : changes) touched.insert(change.info);
  for (const RegisterInfo* info : touched)
    for (const Rule rule : info->rules)
      if (auto holds = rule(changed, changes); !holds && std::ranges::find(faults, holds.error().message, &Error::message) == faults.end()) faults.push_back(holds.error());
}

void compare_cash(ChangeImpact& impact, const ProjectState& before, const ProjectState& after) {
  std::map<Day, CashMove> months;
  const auto leaves = [](const CashMonth& month) { return money(month.paid + month.due + month.to_go); };
  for (const CashMonth& month : before.cash) months[month.month].before = leaves(month);
  for (const CashMonth& month : after.cash) months[month.month].after = leaves(month);
  for (auto& [month, move] : months) {
    move.month = month;
    if (move.before != move.after) impact.cash.push_back(move);
  }
}

void add_once(std::vector<Id>& list, Id id) {
  if (id && std::ranges::find(list, id) == list.end()) list.push_back(id);
}

void find_affected(ChangeImpact& impact, const Project& project, const ChangeRequest& request) {
  std::set<Id> touched;
  for (const TaskMove& move : impact.tasks) touched.insert(move.task);
  for (const TaskMove& move : impact.milestones) touched.insert(move.task);
  for (const auto* edit : edits_of(project, request)) touched.insert(edit->target.id);
  for (const auto document : request.documents) add_once(impact.documents, document.id);
  for (const auto contract : request.contracts) add_once(impact.contracts, contract.id);
  for (const Delivery& delivery : project.all<Delivery>())
    if (touched.contains(delivery.task.id)) add_once(impact.contracts, delivery.contract.id);
  for (const QualityPlanItem& item : project.all<QualityPlanItem>())
    if (std::ranges::any_of(item.tasks, [&](const auto& task) { return touched.contains(task.id); })) add_once(impact.documents, item.document.id);
}

}  // namespace

ChangeImpact impact_between(const ProjectState& before, const ProjectState& after) {
  ChangeImpact impact{.before = before.figures, .after = after.figures};
  compare_tasks(impact, before, after);
  compare_costs(impact, before, after);
  compare_cash(impact, before, after);
  return impact;
}

Steps find_impact(const Project& project, const ChangeRequest& request, Day today, ChangeImpact& impact) {
  FixedSurroundings surroundings;
  Project copy(project.schema(), project.actor(), surroundings);
  copy_records(project, copy);
  co_yield 0.1f;
  Transaction edits(copy, "transaction.approve_change"_key, {request.title});
  std::vector<Error> faults;
  const auto proposed = open_edits_of(copy, request);
  for (const auto* edit : proposed)
    if (auto checked = check_edit(project, *edit); !checked) faults.push_back(checked.error());
  (void)make_edits(edits, proposed);  // what cannot be made is told by the check
  check_rules(faults, copy, edits.changes());
  ProjectState before, after;
  co_yield PartOfWork{compute_state(project, today, before), 0.1f, 0.5f};
  co_yield PartOfWork{compute_state(copy, today, after, &before), 0.5f, 0.95f};
  impact = impact_between(before, after);
  compare_outlines(impact, project, before, copy, after);
  impact.edits = static_cast<int>(proposed.size());
  impact.faults = std::move(faults);
  find_affected(impact, project, request);
}

ChangeImpact impact_of(const Project& project, const ChangeRequest& request, Day today) {
  ChangeImpact impact;
  find_impact(project, request, today, impact).run();
  return impact;
}

void keep_impact(Transaction& transaction, const ChangeRequest& request, const ChangeImpact& impact, Day today) {
  using R = ChangeRequest;
  transaction.set(request, &R::assessed_on, std::optional(today));
  transaction.set(request, &R::finish_before, std::optional(impact.before.finish));
  transaction.set(request, &R::finish_after, std::optional(impact.after.finish));
  // Costs that no edit shows, a new order for example, were entered by hand and stay.
  if (impact.after.cost != impact.before.cost) transaction.set(request, &R::cost_effect, std::optional(impact.after.cost - impact.before.cost));
}

}  // namespace pmo::engine
