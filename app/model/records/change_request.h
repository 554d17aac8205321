// Change requests: the edits they propose, what these would do, the board's votes, the decision, and what came of it.
#pragma once

#include "app/model/records/baseline.h"
#include "app/model/records/document.h"
#include "app/model/records/issue.h"

namespace pmo {

struct Contract;

enum class ChangeStatus : unsigned char {
  draft, submitted, in_assessment, waiting, approved, conditional, implementing, implemented, verified, rejected, deferred,
  withdrawn
};
enum class ChangeCategory : unsigned char { scope, schedule, cost, quality, resource, contract, document, other };
enum class Feasibility : unsigned char { not_assessed, feasible, with_conditions, not_feasible };

struct ChangeRequest : Record {
  std::string title;
  ChangeStatus status = ChangeStatus::draft;
  ChangeCategory category = ChangeCategory::scope;
  Priority priority = Priority::medium, urgency = Priority::medium;
  Ref<Person> requester, owner;
  std::optional<Day> requested_on, due;
  std::string description, reason, if_not_done, alternatives;
  // impact
  Feasibility feasibility = Feasibility::not_assessed;
  std::optional<Day> assessed_on;
  std::optional<Minute> finish_before, finish_after;
  std::optional<Money> cost_effect;
  std::string impact, response;
  // decision
  std::optional<Day> decided_on;
  std::string conditions, decision_reason;
  // implementation and monitoring
  std::optional<Day> implemented_on, verified_on;
  Ref<Person> verified_by;
  std::string verification, planned_effect, actual_effect, follow_up;
  Ref<Baseline> baseline;
  Ref<Issue> issue;
  Ref<Risk> risk;
  Refs<Task> tasks;
  Refs<Document> documents;
  Refs<Contract> contracts;
};

template <>
struct Describe<ChangeRequest> {
  static RegisterInfo make() {
    using R = ChangeRequest;
    return Describer<R>("CR", Desk::change)
        .field("title", &R::title, {.required = true, .title = true})
        .field("status", &R::status, {.closed = "verified rejected deferred withdrawn"})
        .field("category", &R::category)
        .field("priority", &R::priority)
        .field("urgency", &R::urgency)
        .field("requester", &R::requester)
        .field("owner", &R::owner, {.responsible = true})
        .field("requested_on", &R::requested_on)
        .field("due", &R::due, {.due = true})
        .field("decided_on", &R::decided_on)
        .field("cost_effect", &R::cost_effect)
        .field("feasibility", &R::feasibility)
        .field("assessed_on", &R::assessed_on)
        .field("finish_before", &R::finish_before)
        .field("finish_after", &R::finish_after)
        .field("implemented_on", &R::implemented_on)
        .field("verified_by", &R::verified_by)
        .field("verified_on", &R::verified_on)
        .field("baseline", &R::baseline)
        .field("issue", &R::issue)
        .field("risk", &R::risk)
        .field("tasks", &R::tasks)
        .field("documents", &R::documents)
        .field("contracts", &R::contracts)
        .field("description", &R::description, {.lines = true})
        .field("reason", &R::reason, {.lines = true})
        .field("if_not_done", &R::if_not_done, {.lines = true})
        .field("alternatives", &R::alternatives, {.lines = true})
        .field("impact", &R::impact, {.lines = true})
        .field("response", &R::response, {.lines = true})
        .field("conditions", &R::conditions, {.lines = true})
        .field("decision_reason", &R::decision_reason, {.lines = true})
        .field("planned_effect", &R::planned_effect, {.lines = true})
        .field("actual_effect", &R::actual_effect, {.lines = true})
        .field("verification", &R::verification, {.lines = true})
        .field("follow_up", &R::follow_up, {.lines = true})
        .in_order<&R::requested_on, &R::decided_on>()
        .in_order<&R::decided_on, &R::implemented_on>()
        .in_order<&R::implemented_on, &R::verified_on>()
        .needs<&R::status, ChangeStatus::submitted, &R::description, &R::reason, &R::requester>()
        .needs<&R::status, ChangeStatus::waiting, &R::description, &R::reason, &R::requester, &R::assessed_on>()
        .needs<&R::status, ChangeStatus::approved, &R::description, &R::reason, &R::requester, &R::decided_on>()
        .needs<&R::status, ChangeStatus::conditional, &R::description, &R::reason, &R::requester, &R::decided_on, &R::conditions>()
        .needs<&R::status, ChangeStatus::rejected, &R::decided_on, &R::decision_reason>()
        .needs<&R::status, ChangeStatus::deferred, &R::decided_on, &R::decision_reason>()
        .needs<&R::status, ChangeStatus::implemented, &R::implemented_on>()
        .needs<&R::status, ChangeStatus::verified, &R::verified_by, &R::verified_on, &R::actual_effect>();
  }
};

enum class EditKind : unsigned char { write, create, erase };

// One field of one record that the change would write, one record that it would make or delete: see
// app/engine/change/proposed_edits.h.
struct ProposedEdit : Record {
  Ref<ChangeRequest> change_request;
  EditKind kind = EditKind::write;
  std::string register_name;  // of a record to be made or deleted
  std::string title;
  AnyRef target;              // a record, or the proposal of one
  std::string field_name;
  std::string new_value;  // canonical text
  std::string old_value;  // when it was proposed
  bool applied = false;
};

template <>
struct Describe<ProposedEdit> {
  static RegisterInfo make() {
    using R = ProposedEdit;
    return Describer<R>("", Desk::change)
        .field("change_request", &R::change_request, {.required = true, .owner = true})
        .field("kind", &R::kind)
        .field("register_name", &R::register_name)
        .field("title", &R::title, {.title = true})
        .field("target", &R::target)
        .field("field_name", &R::field_name)
        .field("new_value", &R::new_value)
        .field("old_value", &R::old_value)
        .field("applied", &R::applied);
  }
};

enum class Vote : unsigned char { pending, approve, reject, defer, abstain };

// What a member of the change control board says to a request.
struct BoardVote : Record {
  Ref<ChangeRequest> change_request;
  Ref<Person> member;
  Vote vote = Vote::pending;
  std::optional<Day> voted_on;
  std::string comment;
};

template <>
struct Describe<BoardVote> {
  static RegisterInfo make() {
    using R = BoardVote;
    return Describer<R>("", Desk::change)
        .field("change_request", &R::change_request, {.required = true, .owner = true})
        .field("member", &R::member)
        .field("vote", &R::vote)
        .field("voted_on", &R::voted_on)
        .field("comment", &R::comment, {.title = true});
  }
};

enum class ChangeTaskStatus : unsigned char { open, in_progress, done, cancelled };

// What must be done so that an approved change takes effect.
struct ChangeTask : Record {
  Ref<ChangeRequest> change_request;
  std::string title;
  ChangeTaskStatus status = ChangeTaskStatus::open;
  Ref<Person> owner;
  std::optional<Day> due, done_on;
  std::string result;
};

template <>
struct Describe<ChangeTask> {
  static RegisterInfo make() {
    using R = ChangeTask;
    return Describer<R>("", Desk::change)
        .field("change_request", &R::change_request, {.required = true, .owner = true})
        .field("title", &R::title, {.required = true, .title = true})
        .field("status", &R::status, {.closed = "done cancelled"})
        .field("owner", &R::owner, {.responsible = true})
        .field("due", &R::due, {.due = true})
        .field("done_on", &R::done_on)
        .field("result", &R::result, {.lines = true});
  }
};

}  // namespace pmo
