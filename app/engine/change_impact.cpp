#include "app/engine/change_impact.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "app/engine/baselines.h"
#include "app/engine/plan_of_project.h"
#include "app/model/describe_record.h"
#include "app/model/merge.h"
#include "app/model/records/budget.h"
#include "app/model/records/communication.h"
#include "app/model/value_text.h"
#include "app/words/words.h"

namespace pmo::engine {
namespace {

Money money(double amount) { return {std::llround(amount)}; }

std::vector<const ProposedEdit*> edits_of(const Project& project, const ChangeRequest& request) {
  std::vector<const ProposedEdit*> edits;
  for (const ProposedEdit& edit : project.all<ProposedEdit>())
    if (edit.change_request.id == request.id) edits.push_back(&edit);
  return edits;
}

Result<void> make_edit(Transaction& transaction, const ProposedEdit& edit) {
  const auto [info, record] = transaction.project().find_any(edit.target.id);
  if (!record) return fail("error.change.no_record"_key, {edit.title});
  const FieldInfo* field = info->find(edit.field_name);
  if (!field) return fail("error.change.no_field"_key, {edit.title, edit.field_name});
  auto value = PMO_TRY(read_value_text(*field, edit.new_value));
  return transaction.set(*record, *info, *field, std::move(value));
}

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

void draft_budget(Transaction& transaction, const ChangeRequest& request, Ref<Baseline> baseline, Day today) {
  const BudgetVersion* current = nullptr;
  for (const BudgetVersion& version : transaction.project().all<BudgetVersion>())
    if (version.status == BudgetStatus::approved) current = &version;
  const Money reserve = current ? current->management_reserve : Money{0};
  const Id from = current ? current->id : Id{};
  const Id made = transaction.create<BudgetVersion>([&](BudgetVersion& version) {
    version.title = request.title;
    version.made_on = today;
    version.owner = request.owner;
    version.management_reserve = reserve;
    version.baseline = baseline;
    version.change_request = {request.id};
    version.reason = request.reason;
  }).id;
  std::vector<BudgetEntry> entries;
  for (const BudgetEntry& entry : transaction.project().all<BudgetEntry>())
    if (from && entry.version.id == from) entries.push_back(entry);
  for (const BudgetEntry& entry : entries)
    transaction.create<BudgetEntry>([&](BudgetEntry& copy) {
      copy.version = {made};
      copy.title = entry.title;
      copy.account = entry.account;
      copy.task = entry.task;
      copy.period = entry.period;
      copy.amount = entry.amount;
      copy.contingency = entry.contingency;
      copy.basis = entry.basis;
      copy.confidence = entry.confidence;
      copy.assumptions = entry.assumptions;
    });
}

void tell_stakeholders(Transaction& transaction, const ChangeRequest& request, Day today) {
  constexpr int days_to_tell = 3;
  transaction.create<Communication>([&](Communication& communication) {
    communication.title = request.title;
    communication.due = today + days_to_tell;
    communication.sender = request.owner;
    communication.source = {request.id};
    if (request.requester) communication.recipients.push_back(request.requester);
  });
}

}  // namespace

ChangeImpact impact_between(const ProjectState& before, const ProjectState& after) {
  ChangeImpact impact{.before = before.figures, .after = after.figures};
  compare_tasks(impact, before, after);
  compare_cash(impact, before, after);
  return impact;
}

Steps find_impact(const Project& project, const ChangeRequest& request, ChangeImpact& impact) {
  FixedSurroundings surroundings;
  Project copy(project.schema(), project.actor(), surroundings);
  copy_records(project, copy);
  co_yield 0.1f;
  Transaction edits(copy, "transaction.approve_change"_key, {request.title});
  std::vector<Error> faults;
  const auto proposed = edits_of(copy, request);
  for (const auto* edit : proposed)
    if (auto made = make_edit(edits, *edit); !made) faults.push_back(made.error());
  ProjectState before, after;
  co_yield PartOfWork{compute_state(project, before), 0.1f, 0.5f};
  co_yield PartOfWork{compute_state(copy, after, &before), 0.5f, 0.95f};
  impact = impact_between(before, after);
  impact.edits = static_cast<int>(proposed.size());
  impact.faults = std::move(faults);
  find_affected(impact, project, request);
}

ChangeImpact impact_of(const Project& project, const ChangeRequest& request) {
  ChangeImpact impact;
  find_impact(project, request, impact).run();
  return impact;
}

Result<void> propose_edit(Transaction& transaction, const ChangeRequest& request, const RegisterInfo& info, const Record& record,
                          const FieldInfo& field, const Value& value) {
  PMO_TRY_VOID(check_value(field, value));
  const ProposedEdit* same = nullptr;
  for (const auto* edit : edits_of(transaction.project(), request))
    if (edit->target.id == record.id && edit->field_name == field.name) same = edit;
  if (same) {
    transaction.set(*same, &ProposedEdit::new_value, value_text(value));
    return {};
  }
  const std::string title = record_title(transaction.project(), info, record);
  transaction.create<ProposedEdit>([&](ProposedEdit& edit) {
    edit.change_request = {request.id};
    edit.title = title;
    edit.target = {record.id};
    edit.field_name = field.name;
    edit.new_value = value_text(value);
    edit.old_value = value_text(field.get(record));
  });
  return {};
}

void keep_impact(Transaction& transaction, const ChangeRequest& request, const ChangeImpact& impact, Day today) {
  using R = ChangeRequest;
  transaction.set(request, &R::assessed_on, std::optional(today));
  transaction.set(request, &R::finish_before, std::optional(impact.before.finish));
  transaction.set(request, &R::finish_after, std::optional(impact.after.finish));
  // Costs that no edit shows, a new order for example, were entered by hand and stay.
  if (impact.after.cost != impact.before.cost) transaction.set(request, &R::cost_effect, std::optional(impact.after.cost - impact.before.cost));
}

Result<void> approve_change(Transaction& transaction, const ChangeRequest& request, Day today) {
  if (request.status >= ChangeStatus::approved) return fail("error.change.decided"_key, {request.title});
  keep_impact(transaction, request, impact_of(transaction.project(), request), today);
  for (const auto* edit : edits_of(transaction.project(), request)) {
    PMO_TRY_VOID(make_edit(transaction, *edit));
    transaction.set(*edit, &ProposedEdit::applied, true);
  }
  const Outline outline(transaction.project());
  const Plan plan = plan_of(transaction.project(), outline);
  const auto number = record_number(transaction.project(), register_of<ChangeRequest>(), request);
  const Id baseline = take_baseline(transaction, outline, plan, schedule(plan),
                                    {.name = number + " " + request.title, .taken = Minute::at(today), .reason = request.reason});
  transaction.set(request, &ChangeRequest::status, ChangeStatus::approved);
  transaction.set(request, &ChangeRequest::decided_on, std::optional(today));
  transaction.set(request, &ChangeRequest::baseline, Ref<Baseline>{baseline});
  draft_budget(transaction, request, {baseline}, today);
  tell_stakeholders(transaction, request, today);
  return {};
}

}  // namespace pmo::engine
