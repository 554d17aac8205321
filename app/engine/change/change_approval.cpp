#include "app/engine/change/change_approval.h"

#include <algorithm>
#include <map>
#include <set>

#include "app/engine/change/change_impact.h"
#include "app/engine/control/baselines.h"
#include "app/engine/control/budget_of_project.h"
#include "app/engine/control/cost_of_project.h"
#include "app/engine/control/finance_of_project.h"
#include "app/engine/schedule/plan_of_project.h"
#include "app/model/communicating.h"
#include "app/model/describe_record.h"
#include "app/model/records/budget.h"
#include "app/model/records/resource.h"

namespace pmo::engine {
namespace {

// A draft of the budget as approved, to which the effect of the change is put.
class BudgetDraft {
 public:
  BudgetDraft(Transaction& transaction, const BudgetVersion& current, const ChangeRequest& request, Day today)
      : transaction_(transaction), request_(request), number_(record_number(transaction.project(), register_of<ChangeRequest>(), request)) {
    version_.id = transaction.create<BudgetVersion>([&](BudgetVersion& version) {
      version.title = number_ + " " + request.title;
      version.made_on = today;
      version.owner = request.owner;
      version.management_reserve = current.management_reserve;
      version.baseline = request.baseline;
      version.change_request = {request.id};
      version.reason = request.reason;
    }).id;
    copy_entries(current);
  }

  void add(Money more, Ref<Task> task, Ref<CostAccount> account) {
    if (more > Money{0}) return add_entry(more, task, account);
    Money left{-more.value};
    // Nothing is granted less than zero: what a work package saves is taken from its entries first, then from its account's.
    take(left, [&](const BudgetEntry& entry) { return task && entry.task == task; });
    take(left, [&](const BudgetEntry& entry) { return account && entry.account == account; });
  }

 private:
  void copy_entries(const BudgetVersion& current) {
    const Project& project = transaction_.project();
    std::vector<const BudgetEntry*> entries;
    for (const BudgetEntry& entry : project.all<BudgetEntry>())
      if (entry.version.id == current.id && entry.status == EntryStatus::in_use) entries.push_back(&entry);  // others grant nothing
    for (const BudgetEntry* entry : entries)
      entries_.push_back(&transaction_.create<BudgetEntry>([&](BudgetEntry& copy) {
        copy.version = version_;
        copy.title = entry->title;
        copy.account = entry->account;
        if (project.find(entry->task)) copy.task = entry->task;  // the change may delete it
        copy.period = entry->period;
        copy.amount = entry->amount;
        copy.contingency = entry->contingency;
        copy.basis = entry->basis;
        copy.confidence = entry->confidence;
        copy.assumptions = entry->assumptions;
      }));
  }
  void add_entry(Money amount, Ref<Task> task, Ref<CostAccount> account) {
    const Task* of = transaction_.project().find(task);
    transaction_.create<BudgetEntry>([&](BudgetEntry& entry) {
      entry.version = version_;
      entry.title = number_ + " " + (of ? of->name : request_.title);
      entry.account = account;
      entry.task = task;
      entry.amount = amount;
      entry.assumptions = request_.title;
    });
  }
  template <class Test>
  void take(Money& left, Test&& test) {
    for (const BudgetEntry* entry : entries_) {
      if (left <= Money{0} || !test(*entry)) continue;
      const Money taken = std::min(left, entry->amount);
      transaction_.set(*entry, &BudgetEntry::amount, entry->amount - taken);
      left = left - taken;
    }
  }

  Transaction& transaction_;
  const ChangeRequest& request_;
  std::string number_;
  Ref<BudgetVersion> version_;
  std::vector<const BudgetEntry*> entries_;
};

// The cost account of each task, or of the nearest summary task that has one.
std::map<Id, Id> task_accounts(const Outline& outline) {
  std::map<Id, Id> accounts;
  const auto of_rows = accounts_of(outline);
  for (std::size_t row = 0; row < of_rows.size(); ++row) accounts[outline[row].task->id] = of_rows[row];
  return accounts;
}

// By the tasks that the plan shows to cost another sum; a cost that no edit shows was entered by hand, for the request's
// first task.
void draft_budget(Transaction& transaction, const ChangeRequest& request, const ChangeImpact& impact, const std::map<Id, Id>& accounts, Day today) {
  const BudgetVersion* current = approved_budget(transaction.project());
  if (!current) return;
  BudgetDraft draft(transaction, *current, request, today);
  const auto add = [&](Money more, Id task) {
    const auto account = accounts.find(task);
    draft.add(more, {task}, {account == accounts.end() ? Id{} : account->second});
  };
  for (const CostMove& move : impact.costs) add(move.more, move.task);
  if (impact.costs.empty() && request.cost_effect && *request.cost_effect != Money{0}) add(*request.cost_effect, request.tasks.empty() ? Id{} : request.tasks.front().id);
}

// Who asked and answers for it, who carries it out, who voted, and who works on the tasks that it touches.
Refs<Person> affected_by(const Project& project, const ChangeRequest& request, const ChangeImpact& impact) {
  Refs<Person> persons;
  const auto add = [&](Ref<Person> person) { add_person(project, persons, person); };
  add(request.requester);
  add(request.owner);
  for (const ChangeTask& task : project.all<ChangeTask>())
    if (task.change_request.id == request.id) add(task.owner);
  for (const BoardVote& vote : project.all<BoardVote>())
    if (vote.change_request.id == request.id) add(vote.member);
  std::set<Id> tasks;
  for (const auto task : request.tasks) tasks.insert(task.id);
  for (const TaskMove& move : impact.tasks) tasks.insert(move.task);
  for (const auto* edit : edits_of(project, request))
    if (const Record* record = target_of(project, *edit).record) tasks.insert(record->id);
  for (const Id id : tasks)
    if (const Task* task = project.find(Ref<Task>{id})) add(task->responsible);
  for (const Assignment& assignment : project.all<Assignment>())
    if (const Resource* resource = tasks.contains(assignment.task.id) ? project.find(assignment.resource) : nullptr) add(resource->person);
  return persons;
}

bool is_refused(ChangeStatus status) {
  return status == ChangeStatus::rejected || status == ChangeStatus::deferred || status == ChangeStatus::withdrawn;
}

}  // namespace

VoteTally votes_of(const Project& project, const ChangeRequest& request) {
  VoteTally tally;
  for (const BoardVote& vote : project.all<BoardVote>()) {
    if (vote.change_request.id != request.id) continue;
    switch (vote.vote) {
      case Vote::approve: ++tally.approve; break;
      case Vote::reject: ++tally.reject; break;
      case Vote::defer: ++tally.defer; break;
      case Vote::abstain: ++tally.abstain; break;
      case Vote::pending: ++tally.pending; break;
    }
  }
  return tally;
}

bool is_approved(ChangeStatus status) {
  return status == ChangeStatus::approved || status == ChangeStatus::implementing || status == ChangeStatus::implemented || status == ChangeStatus::verified;
}

bool can_be_approved(const Project& project, const ChangeRequest& request) {
  if (is_refused(request.status)) return false;
  return !is_approved(request.status) || !open_edits_of(project, request).empty();
}

Result<void> carry_out_change(Transaction& transaction, const ChangeRequest& request, Day today) {
  const auto edits = open_edits_of(transaction.project(), request);
  if (edits.empty() && transaction.project().find(request.baseline)) return {};
  for (const auto* edit : edits) PMO_TRY_VOID(check_edit(transaction.project(), *edit));
  const ChangeImpact impact = impact_of(transaction.project(), request, today);
  keep_impact(transaction, request, impact, today);
  const auto accounts_before = task_accounts(Outline(transaction.project()));
  PMO_TRY_VOID(make_edits(transaction, edits));
  if (!request.decided_on) transaction.set(request, &ChangeRequest::decided_on, std::optional(today));
  const Outline outline(transaction.project());
  const Plan plan = plan_of(transaction.project(), outline);
  const auto number = record_number(transaction.project(), register_of<ChangeRequest>(), request);
  const Id baseline = take_baseline(transaction, outline, plan, schedule(plan),
                                    {.name = number + " " + request.title, .taken = Minute::at(today), .reason = request.reason});
  transaction.set(request, &ChangeRequest::baseline, Ref<Baseline>{baseline});
  auto accounts = task_accounts(outline);
  accounts.insert(accounts_before.begin(), accounts_before.end());  // of tasks that are no longer there
  draft_budget(transaction, request, impact, accounts, today);
  tell_of(transaction, CommunicationEvent::change_approved,
          {.title = request.title, .content = request.description, .source = {request.id}, .sender = request.owner, .affected = affected_by(transaction.project(), request, impact)}, today);
  return {};
}

Result<void> approve_change(Transaction& transaction, const ChangeRequest& request, Day today) {
  if (!can_be_approved(transaction.project(), request)) return fail("error.change.decided"_key, {request.title});
  PMO_TRY_VOID(carry_out_change(transaction, request, today));
  if (!is_approved(request.status)) transaction.set(request, &ChangeRequest::status, ChangeStatus::approved);
  return {};
}

}  // namespace pmo::engine
