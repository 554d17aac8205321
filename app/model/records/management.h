// What the project's management keeps beside plan and logs: charter, publications of the plan, recognition, lessons,
// status reports, work handed out, escalations, corrective actions, risk reviews, and which documents there must be.
#pragma once

#include "app/model/records/baseline.h"
#include "app/model/records/budget.h"
#include "app/model/records/meeting.h"

namespace pmo {

enum class CharterStatus : unsigned char { draft, in_review, approved, superseded };

struct Charter : Record {
  std::string title;
  CharterStatus status = CharterStatus::draft;
  std::string version;
  Ref<Person> sponsor, manager, approved_by;
  std::optional<Day> approved_on;
  Money budget;
  std::optional<Day> start, finish;
  std::string goals, scope_in, scope_out, success_criteria, milestones, constraints, assumptions;
};

template <>
struct Describe<Charter> {
  static RegisterInfo make() {
    using R = Charter;
    return Describer<R>("CH", Desk::manager)
        .field("title", &R::title, {.required = true, .title = true})
        .field("status", &R::status, {.closed = "approved superseded"})
        .field("version", &R::version)
        .field("sponsor", &R::sponsor)
        .field("manager", &R::manager, {.responsible = true})
        .field("budget", &R::budget, {.confidential = true, .minimum = 0})
        .field("start", &R::start)
        .field("finish", &R::finish)
        .field("approved_by", &R::approved_by)
        .field("approved_on", &R::approved_on)
        .field("goals", &R::goals, {.lines = true})
        .field("scope_in", &R::scope_in, {.lines = true})
        .field("scope_out", &R::scope_out, {.lines = true})
        .field("success_criteria", &R::success_criteria, {.lines = true})
        .field("milestones", &R::milestones, {.lines = true})
        .field("constraints", &R::constraints, {.lines = true})
        .field("assumptions", &R::assumptions, {.lines = true})
        .in_order<&R::start, &R::finish>()
        .needs<&R::status, CharterStatus::approved, &R::goals, &R::approved_by, &R::approved_on>();
  }
};

// A version of the plan that was made known. Who has read it: acknowledgements.
enum class PublicationStatus : unsigned char { draft, published, withdrawn };

struct PlanPublication : Record {
  std::string title;
  PublicationStatus status = PublicationStatus::draft;
  std::string version;
  std::optional<Day> published_on;
  Ref<Person> published_by;
  Ref<Baseline> baseline;
  Refs<Person> audience;
  std::string changes;
};

template <>
struct Describe<PlanPublication> {
  static RegisterInfo make() {
    using R = PlanPublication;
    return Describer<R>("PP", Desk::manager)
        .field("title", &R::title, {.required = true, .title = true})
        .field("status", &R::status, {.closed = "published withdrawn"})
        .field("version", &R::version)
        .field("published_on", &R::published_on)
        .field("published_by", &R::published_by, {.responsible = true})
        .field("audience", &R::audience)
        .field("baseline", &R::baseline)
        .field("changes", &R::changes, {.lines = true})
        .needs<&R::status, PublicationStatus::published, &R::published_on>();
  }
};

enum class RecognitionKind : unsigned char { praise, award, bonus, opportunity };

enum class RecognitionStatus : unsigned char { given, proposed, approved, dropped };

struct Recognition : Record {
  std::string title;
  RecognitionKind kind = RecognitionKind::praise;
  RecognitionStatus status = RecognitionStatus::given;
  Refs<Person> persons;
  Ref<Person> given_by;
  std::optional<Day> given_on;
  Money amount;
  std::string reason;
};

template <>
struct Describe<Recognition> {
  static RegisterInfo make() {
    using R = Recognition;
    return Describer<R>("RG", Desk::manager)
        .field("title", &R::title, {.required = true, .title = true})
        .field("kind", &R::kind)
        .field("status", &R::status, {.closed = "given dropped"})
        .field("persons", &R::persons)
        .field("given_by", &R::given_by, {.responsible = true})
        .field("given_on", &R::given_on)
        .field("amount", &R::amount, {.confidential = true, .minimum = 0})
        .field("reason", &R::reason, {.lines = true});
  }
};

enum class LessonKind : unsigned char { keep, improve, avoid };
enum class LessonArea : unsigned char { planning, design, procurement, execution, quality, people, communication, customer };

enum class LessonStatus : unsigned char { noted, agreed, applied, not_taken };

struct LessonLearned : Record {
  std::string title;
  LessonStatus status = LessonStatus::noted;
  LessonKind kind = LessonKind::improve;
  LessonArea area = LessonArea::execution;
  std::optional<Day> noted_on, due;
  Ref<Person> raised_by, owner;  // who sees that it is applied
  Ref<Risk> risk;
  Ref<Issue> issue;
  Refs<Task> tasks;
  std::string situation, cause, recommendation;
};

template <>
struct Describe<LessonLearned> {
  static RegisterInfo make() {
    using R = LessonLearned;
    return Describer<R>("LL", Desk::manager)
        .field("title", &R::title, {.required = true, .title = true})
        .field("kind", &R::kind)
        .field("area", &R::area)
        .field("status", &R::status, {.closed = "applied not_taken"})
        .field("noted_on", &R::noted_on)
        .field("raised_by", &R::raised_by)
        .field("owner", &R::owner, {.responsible = true})
        .field("due", &R::due, {.due = true})
        .field("risk", &R::risk)
        .field("issue", &R::issue)
        .field("tasks", &R::tasks)
        .field("situation", &R::situation, {.lines = true})
        .field("cause", &R::cause, {.lines = true})
        .field("recommendation", &R::recommendation, {.lines = true});
  }
};

enum class Health : unsigned char { not_rated, green, amber, red };

struct StatusReport : Record {
  std::string title;
  ReportStatus status = ReportStatus::draft;
  std::optional<Day> period_from, period_to, issued_on;
  Ref<Person> owner;
  Health overall = Health::not_rated, scope = Health::not_rated, schedule = Health::not_rated, cost = Health::not_rated,
         risk = Health::not_rated, quality = Health::not_rated;
  std::string summary, done, next, decisions_needed;
  Refs<Person> recipients;
};

template <>
struct Describe<StatusReport> {
  static RegisterInfo make() {
    using R = StatusReport;
    return Describer<R>("SR", Desk::manager)
        .field("title", &R::title, {.required = true, .title = true})
        .field("status", &R::status, {.closed = "issued"})
        .field("period_from", &R::period_from)
        .field("period_to", &R::period_to)
        .field("overall", &R::overall)
        .field("scope", &R::scope)
        .field("schedule", &R::schedule)
        .field("cost", &R::cost)
        .field("risk", &R::risk)
        .field("quality", &R::quality)
        .field("owner", &R::owner, {.responsible = true})
        .field("issued_on", &R::issued_on)
        .field("recipients", &R::recipients)
        .field("summary", &R::summary, {.markdown = true})
        .field("done", &R::done, {.markdown = true})
        .field("next", &R::next, {.markdown = true})
        .field("decisions_needed", &R::decisions_needed, {.lines = true})
        .in_order<&R::period_from, &R::period_to>()
        .needs<&R::status, ReportStatus::issued, &R::issued_on>();
  }
};

enum class WorkOrderStatus : unsigned char { assigned, accepted, declined, in_progress, blocked, done, cancelled };

// A part of a task that is handed to one member. The interface calls it a work item.
struct WorkOrder : Record {
  std::string title;
  WorkOrderStatus status = WorkOrderStatus::assigned;
  Priority priority = Priority::medium;
  Ref<Task> task;
  Ref<Person> assignee, assigned_by;
  std::optional<Day> due, done_on;
  Permille progress;
  std::optional<WorkMinutes> work;
  Ref<ActionItem> action_item;
  std::string description, answer, evidence;
};

template <>
struct Describe<WorkOrder> {
  static RegisterInfo make() {
    using R = WorkOrder;
    return Describer<R>("WO", Desk::coordinator)
        .field("title", &R::title, {.required = true, .title = true})
        .field("status", &R::status, {.closed = "done cancelled declined"})
        .field("priority", &R::priority)
        .field("assignee", &R::assignee, {.responsible = true})
        .field("due", &R::due, {.due = true})
        .field("progress", &R::progress, {.minimum = 0, .maximum = 1000})
        .field("task", &R::task)
        .field("work", &R::work, {.minimum = 0})
        .field("assigned_by", &R::assigned_by)
        .field("done_on", &R::done_on)
        .field("action_item", &R::action_item)
        .field("description", &R::description, {.lines = true})
        .field("answer", &R::answer, {.lines = true})
        .field("evidence", &R::evidence, {.lines = true})
        .needs<&R::status, WorkOrderStatus::declined, &R::answer>()
        .needs<&R::status, WorkOrderStatus::blocked, &R::answer>();
  }
};

enum class EscalationStatus : unsigned char { open, in_progress, decided, withdrawn };

struct Escalation : Record {
  std::string title;
  EscalationStatus status = EscalationStatus::open;
  AnyRef record;
  Ref<Person> raised_by, escalated_to;
  std::optional<Day> raised_on, due, decided_on;
  std::string reason, decision_needed, decision;
};

template <>
struct Describe<Escalation> {
  static RegisterInfo make() {
    using R = Escalation;
    return Describer<R>("ES", Desk::coordinator)
        .field("title", &R::title, {.required = true, .title = true})
        .field("status", &R::status, {.closed = "decided withdrawn"})
        .field("record", &R::record)
        .field("raised_by", &R::raised_by)
        .field("escalated_to", &R::escalated_to, {.responsible = true})
        .field("raised_on", &R::raised_on)
        .field("due", &R::due, {.due = true})
        .field("decided_on", &R::decided_on)
        .field("reason", &R::reason, {.lines = true})
        .field("decision_needed", &R::decision_needed, {.lines = true})
        .field("decision", &R::decision, {.lines = true})
        .in_order<&R::raised_on, &R::decided_on>()
        .needs<&R::status, EscalationStatus::decided, &R::decision, &R::decided_on>();
  }
};

enum class CorrectiveStatus : unsigned char { open, in_progress, done, verified, cancelled };

// The index of earned value that an action is to bring back.
enum class Indicator : unsigned char { none, schedule_index, schedule_index_time, cost_index };

struct CorrectiveAction : Record {
  std::string title;
  CorrectiveStatus status = CorrectiveStatus::open;
  Indicator indicator = Indicator::none;
  Ref<Task> task;
  Ref<CostAccount> account;
  Ref<Person> owner;
  std::optional<Day> raised_on, due, done_on;
  std::string deviation, cause, action, expected_effect, actual_effect;
};

template <>
struct Describe<CorrectiveAction> {
  static RegisterInfo make() {
    using R = CorrectiveAction;
    return Describer<R>("CX", Desk::controller)
        .field("title", &R::title, {.required = true, .title = true})
        .field("status", &R::status, {.closed = "done verified cancelled"})
        .field("owner", &R::owner, {.responsible = true})
        .field("due", &R::due, {.due = true})
        .field("indicator", &R::indicator)
        .field("task", &R::task)
        .field("account", &R::account)
        .field("raised_on", &R::raised_on)
        .field("done_on", &R::done_on)
        .field("deviation", &R::deviation, {.lines = true})
        .field("cause", &R::cause, {.lines = true})
        .field("action", &R::action, {.lines = true})
        .field("expected_effect", &R::expected_effect, {.lines = true})
        .field("actual_effect", &R::actual_effect, {.lines = true})
        .in_order<&R::raised_on, &R::done_on>()
        .needs<&R::status, CorrectiveStatus::verified, &R::actual_effect>();
  }
};

struct RiskReview : Record {
  std::string title;
  ReviewStatus status = ReviewStatus::open;
  std::optional<Day> due, held_on;
  // The register as the review left it: how the exposure changes over time is read from these.
  std::optional<std::int64_t> open_risks, high_risks;
  std::optional<Money> exposure, reserve;
  Ref<Person> owner;
  Refs<Person> participants;
  Refs<Risk> risks;
  std::string findings;
};

template <>
struct Describe<RiskReview> {
  static RegisterInfo make() {
    using R = RiskReview;
    return Describer<R>("RW", Desk::risk)
        .field("title", &R::title, {.required = true, .title = true})
        .field("status", &R::status, {.closed = "done"})
        .field("due", &R::due, {.due = true})
        .field("held_on", &R::held_on)
        .field("owner", &R::owner, {.responsible = true})
        .field("open_risks", &R::open_risks, {.minimum = 0})
        .field("high_risks", &R::high_risks, {.minimum = 0})
        .field("exposure", &R::exposure)
        .field("reserve", &R::reserve, {.minimum = 0})
        .field("participants", &R::participants)
        .field("risks", &R::risks)
        .field("findings", &R::findings, {.lines = true})
        .needs<&R::status, ReviewStatus::done, &R::held_on>();
  }
};

enum class PromptAnswer : unsigned char { open, no_risk, risk_found };

// A question of a risk checklist, by category of the risk breakdown structure.
struct RiskPrompt : Record {
  std::string question;
  RiskCategory category = RiskCategory::technical;
  PromptAnswer answer = PromptAnswer::open;
  Ref<RiskBreakdown> breakdown;
  Ref<Person> owner;
  Ref<Risk> risk;
  std::string remark;
};

template <>
struct Describe<RiskPrompt> {
  static RegisterInfo make() {
    using R = RiskPrompt;
    return Describer<R>("RP", Desk::risk)
        .field("question", &R::question, {.required = true, .title = true})
        .field("category", &R::category)
        .field("answer", &R::answer, {.closed = "no_risk risk_found"})
        .field("breakdown", &R::breakdown)
        .field("owner", &R::owner, {.responsible = true})
        .field("risk", &R::risk)
        .field("remark", &R::remark);
  }
};

enum class RequiredStatus : unsigned char { missing, in_progress, present, not_needed };

// A document that the project must have.
struct RequiredDocument : Record {
  std::string title;
  RequiredStatus status = RequiredStatus::missing;
  DocumentType type = DocumentType::plan;
  std::string stage;
  Ref<Document> document;
  std::optional<Day> due;
  Ref<Person> owner;
};

template <>
struct Describe<RequiredDocument> {
  static RegisterInfo make() {
    using R = RequiredDocument;
    return Describer<R>("DQ", Desk::documents)
        .field("title", &R::title, {.required = true, .title = true})
        .field("status", &R::status, {.closed = "present not_needed"})
        .field("type", &R::type)
        .field("stage", &R::stage)
        .field("document", &R::document)
        .field("due", &R::due, {.due = true})
        .field("owner", &R::owner, {.responsible = true})
        .needs<&R::status, RequiredStatus::present, &R::document>();
  }
};

enum class AccessEvent : unsigned char { opened, exported, unlocked, unlock_failed, passphrase_set, passphrase_changed };

// Who opened a confidential document when and why; and what happened to the vault as a whole.
struct DocumentAccess : Record {
  Ref<Document> document;  // none: all of them
  AccessEvent event = AccessEvent::opened;
  Ref<Person> person;
  std::optional<Minute> opened_at;
  std::string purpose;
};

template <>
struct Describe<DocumentAccess> {
  static RegisterInfo make() {
    using R = DocumentAccess;
    return Describer<R>("DA", Desk::documents)
        .field("document", &R::document, {.owner = true})
        .field("event", &R::event)
        .field("person", &R::person)
        .field("opened_at", &R::opened_at)
        .field("purpose", &R::purpose, {.title = true});
  }
};

}  // namespace pmo
