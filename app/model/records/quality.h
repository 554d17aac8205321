// Quality: objectives, the quality plan with its characteristics and measurements, stage gates with checklists,
// inspections with findings, nonconformities with cause and correction, the cost of quality.
#pragma once

#include "app/model/records/document.h"
#include "app/model/records/task.h"

namespace pmo {

enum class ObjectiveStatus : unsigned char { open, on_track, at_risk, met, missed };

struct QualityObjective : Record {
  std::string title;
  std::string metric, target, actual;
  ObjectiveStatus status = ObjectiveStatus::open;
  Ref<Person> owner;
  std::optional<Day> due;
  std::string description;
};

template <>
struct Describe<QualityObjective> {
  static RegisterInfo make() {
    using R = QualityObjective;
    return Describer<R>("QO", Desk::quality)
        .field("title", &R::title, {.required = true, .title = true})
        .field("status", &R::status, {.closed = "met missed"})
        .field("metric", &R::metric)
        .field("target", &R::target)
        .field("actual", &R::actual)
        .field("owner", &R::owner, {.responsible = true})
        .field("due", &R::due, {.due = true})
        .field("description", &R::description, {.lines = true})
        .needs<&R::status, ObjectiveStatus::met, &R::actual>();
  }
};

enum class GateStatus : unsigned char { planned, in_progress, passed, conditional, failed };

// A gate is passed when each question of its checklist is fulfilled or does not apply; with conditions, when each is
// answered.
Result<void> decided_gates_are_answered(const Project& project, const std::vector<Change>& changes);

// The decision between two stages, with the questions that must be answered first.
struct QualityGate : Record {
  std::string title;
  std::string stage;
  GateStatus status = GateStatus::planned;
  Ref<Task> milestone;
  std::optional<Day> due, held_on;
  Ref<Person> owner;
  Refs<Person> decided_by;
  std::string conditions;
};

template <>
struct Describe<QualityGate> {
  static RegisterInfo make() {
    using R = QualityGate;
    return Describer<R>("QG", Desk::quality)
        .field("title", &R::title, {.required = true, .title = true})
        .field("stage", &R::stage)
        .field("status", &R::status, {.closed = "passed conditional failed"})
        .field("due", &R::due, {.due = true})
        .field("held_on", &R::held_on)
        .field("milestone", &R::milestone)
        .field("owner", &R::owner, {.responsible = true})
        .field("decided_by", &R::decided_by)
        .field("conditions", &R::conditions, {.lines = true})
        .needs<&R::status, GateStatus::passed, &R::held_on, &R::decided_by>()
        .needs<&R::status, GateStatus::conditional, &R::held_on, &R::decided_by, &R::conditions>()
        .rule(decided_gates_are_answered);
  }
};

enum class ChecklistAnswer : unsigned char { open, fulfilled, not_fulfilled, not_applicable };

struct ChecklistItem : Record {
  Ref<QualityGate> gate;
  std::string question;
  ChecklistAnswer answer = ChecklistAnswer::open;
  Ref<Person> responsible;
  std::string evidence;
};

template <>
struct Describe<ChecklistItem> {
  static RegisterInfo make() {
    using R = ChecklistItem;
    return Describer<R>("", Desk::quality)
        .field("gate", &R::gate, {.required = true, .owner = true})
        .field("question", &R::question, {.required = true, .title = true})
        .field("answer", &R::answer)
        .field("responsible", &R::responsible)
        .field("evidence", &R::evidence, {.lines = true})
        .rule(decided_gates_are_answered);
  }
};

enum class ControlChartKind : unsigned char { individuals, mean_range, mean_deviation, p, np, c, u };
enum class PlanItemStatus : unsigned char { draft, approved, in_force, ended };

// One characteristic of a deliverable that is controlled: against what, how, how often, by whom.
struct QualityPlanItem : Record {
  std::string title;        // the deliverable
  std::string metric, unit;
  PlanItemStatus status = PlanItemStatus::draft;
  std::string standard, acceptance_criteria;
  std::optional<Number> target, lower_limit, upper_limit;
  std::string method, frequency;
  std::int64_t sample_size = 1;
  ControlChartKind chart = ControlChartKind::individuals;
  Ref<Person> responsible, reviewer, approver;
  Ref<QualityObjective> objective;
  Ref<QualityGate> gate;
  Ref<Document> document;
  Refs<Task> tasks;
};

template <>
struct Describe<QualityPlanItem> {
  static RegisterInfo make() {
    using R = QualityPlanItem;
    return Describer<R>("QP", Desk::quality)
        .field("title", &R::title, {.required = true, .title = true})
        .field("metric", &R::metric)
        .field("unit", &R::unit)
        .field("status", &R::status, {.closed = "ended", .at_rest = "approved in_force"})
        .field("standard", &R::standard)
        .field("target", &R::target)
        .field("lower_limit", &R::lower_limit)
        .field("upper_limit", &R::upper_limit)
        .field("method", &R::method)
        .field("frequency", &R::frequency)
        .field("sample_size", &R::sample_size, {.minimum = 1, .maximum = 1'000'000})
        .field("chart", &R::chart)
        .field("responsible", &R::responsible, {.responsible = true})
        .field("reviewer", &R::reviewer)
        .field("approver", &R::approver)
        .field("objective", &R::objective)
        .field("gate", &R::gate)
        .field("document", &R::document)
        .field("tasks", &R::tasks)
        .field("acceptance_criteria", &R::acceptance_criteria, {.lines = true})
        .in_order<&R::lower_limit, &R::upper_limit>()
        .in_order<&R::lower_limit, &R::target>()
        .in_order<&R::target, &R::upper_limit>()
        .needs<&R::status, PlanItemStatus::approved, &R::acceptance_criteria, &R::approver>();
  }
};

enum class InspectionKind : unsigned char { inspection, test, audit, review };
enum class InspectionStatus : unsigned char { planned, done, cancelled };
enum class InspectionResult : unsigned char { open, passed, passed_with_remarks, failed };

// A check that was planned, and what came of it. A retest is an inspection of its own that names the one before.
struct Inspection : Record {
  std::string title;
  InspectionKind kind = InspectionKind::inspection;
  InspectionStatus status = InspectionStatus::planned;
  InspectionResult result = InspectionResult::open;
  std::optional<Day> due, carried_out;
  Ref<Person> inspector;
  std::string place;
  std::int64_t units_inspected = 0, units_rejected = 0;
  Ref<QualityPlanItem> plan_item;
  Ref<QualityGate> gate;
  Ref<Inspection> retest_of;
  Refs<Task> tasks;
  std::string summary;
};

template <>
struct Describe<Inspection> {
  static RegisterInfo make() {
    using R = Inspection;
    return Describer<R>("QI", Desk::quality)
        .field("title", &R::title, {.required = true, .title = true})
        .field("kind", &R::kind)
        .field("status", &R::status, {.closed = "done cancelled"})
        .field("result", &R::result)
        .field("due", &R::due, {.due = true})
        .field("carried_out", &R::carried_out)
        .field("inspector", &R::inspector, {.responsible = true})
        .field("units_inspected", &R::units_inspected, {.minimum = 0})
        .field("units_rejected", &R::units_rejected, {.minimum = 0})
        .field("place", &R::place)
        .field("plan_item", &R::plan_item)
        .field("gate", &R::gate)
        .field("retest_of", &R::retest_of)
        .field("tasks", &R::tasks)
        .field("summary", &R::summary, {.lines = true})
        .in_order<&R::units_rejected, &R::units_inspected>()
        .needs<&R::status, InspectionStatus::done, &R::carried_out>();
  }
};

enum class FindingSeverity : unsigned char { observation, minor, major };
enum class FindingStatus : unsigned char { open, in_progress, closed };

struct Finding : Record {
  Ref<Inspection> inspection;
  std::string title;
  FindingSeverity severity = FindingSeverity::minor;
  FindingStatus status = FindingStatus::open;
  std::string requirement, evidence;
  Ref<Person> owner;
  std::optional<Day> due;
};

template <>
struct Describe<Finding> {
  static RegisterInfo make() {
    using R = Finding;
    return Describer<R>("", Desk::quality)
        .field("inspection", &R::inspection, {.required = true, .owner = true})
        .field("title", &R::title, {.required = true, .title = true})
        .field("severity", &R::severity)
        .field("status", &R::status, {.closed = "closed"})
        .field("owner", &R::owner, {.responsible = true})
        .field("due", &R::due, {.due = true})
        .field("requirement", &R::requirement, {.lines = true})
        .field("evidence", &R::evidence, {.lines = true});
  }
};

enum class MeasurementStatus : unsigned char { valid, in_doubt, excluded };

// One value of a controlled characteristic. Values of the same sample number belong together in mean charts.
struct Measurement : Record {
  MeasurementStatus status = MeasurementStatus::valid;  // an excluded one is in no chart
  Ref<QualityPlanItem> plan_item;
  std::int64_t sample = 1;
  std::optional<Day> measured_on;
  Number value;              // measured, or counted units or defects
  std::int64_t size = 0;     // attribute charts: units examined
  Ref<Inspection> inspection;
  Ref<Person> measured_by;
  std::string remark;
};

template <>
struct Describe<Measurement> {
  static RegisterInfo make() {
    using R = Measurement;
    return Describer<R>("QM", Desk::quality)
        .field("plan_item", &R::plan_item, {.owner = true})
        .field("sample", &R::sample, {.minimum = 1})
        .field("value", &R::value)
        .field("size", &R::size, {.minimum = 0})
        .field("measured_on", &R::measured_on)
        .field("measured_by", &R::measured_by, {.responsible = true})
        .field("status", &R::status, {.closed = "valid excluded"})
        .field("inspection", &R::inspection)
        .field("remark", &R::remark);
  }
};

enum class NonconformityStatus : unsigned char { reported, contained, analysed, in_progress, done, verified, closed };
enum class NonconformitySeverity : unsigned char { minor, major, critical };
enum class Disposition : unsigned char { undecided, use_as_is, rework, repair, regrade, return_to_vendor, scrap };
enum class Effectiveness : unsigned char { not_checked, effective, not_effective };

struct Nonconformity : Record {
  std::string title;
  NonconformityStatus status = NonconformityStatus::reported;
  NonconformitySeverity severity = NonconformitySeverity::minor;
  std::string defect_type;
  std::optional<Day> found_on, due, completed_on, verified_on;
  Ref<Person> found_by, owner, verified_by;
  Number quantity = whole(1);
  Disposition disposition = Disposition::undecided;
  Money cost;
  Effectiveness effectiveness = Effectiveness::not_checked;
  std::string description, containment;
  std::string why_1, why_2, why_3, why_4, why_5, root_cause;
  std::string corrective_action, preventive_action, verification;
  Ref<Inspection> inspection;
  Refs<Task> tasks;
};

template <>
struct Describe<Nonconformity> {
  static RegisterInfo make() {
    using R = Nonconformity;
    return Describer<R>("NC", Desk::quality)
        .field("title", &R::title, {.required = true, .title = true})
        .field("status", &R::status, {.closed = "closed verified"})
        .field("severity", &R::severity)
        .field("defect_type", &R::defect_type)
        .field("owner", &R::owner, {.responsible = true})
        .field("due", &R::due, {.due = true})
        .field("found_on", &R::found_on)
        .field("disposition", &R::disposition)
        .field("cost", &R::cost, {.minimum = 0})
        .field("effectiveness", &R::effectiveness)
        .field("quantity", &R::quantity, {.minimum = 0})
        .field("found_by", &R::found_by)
        .field("completed_on", &R::completed_on)
        .field("verified_by", &R::verified_by)
        .field("verified_on", &R::verified_on)
        .field("inspection", &R::inspection)
        .field("tasks", &R::tasks)
        .field("description", &R::description, {.lines = true})
        .field("containment", &R::containment, {.lines = true})
        .field("why_1", &R::why_1, {.lines = true})
        .field("why_2", &R::why_2, {.lines = true})
        .field("why_3", &R::why_3, {.lines = true})
        .field("why_4", &R::why_4, {.lines = true})
        .field("why_5", &R::why_5, {.lines = true})
        .field("root_cause", &R::root_cause, {.lines = true})
        .field("corrective_action", &R::corrective_action, {.lines = true})
        .field("preventive_action", &R::preventive_action, {.lines = true})
        .field("verification", &R::verification, {.lines = true})
        .in_order<&R::found_on, &R::completed_on>()
        .in_order<&R::completed_on, &R::verified_on>()
        .needs<&R::status, NonconformityStatus::analysed, &R::root_cause>()
        .needs<&R::status, NonconformityStatus::done, &R::corrective_action, &R::completed_on>()
        .needs<&R::status, NonconformityStatus::verified, &R::corrective_action, &R::verified_by, &R::verified_on>()
        .needs<&R::status, NonconformityStatus::closed, &R::root_cause, &R::corrective_action, &R::verified_by, &R::verified_on>();
  }
};

enum class QualityCostKind : unsigned char { prevention, appraisal, internal_failure, external_failure };

struct QualityCost : Record {
  std::string title;
  QualityCostKind kind = QualityCostKind::prevention;
  std::optional<Day> date;
  Money amount;
  Ref<Task> task;
  Ref<Nonconformity> nonconformity;
  CheckStatus status = CheckStatus::recorded;
  Ref<Person> owner;
  std::string remark;
};

template <>
struct Describe<QualityCost> {
  static RegisterInfo make() {
    using R = QualityCost;
    return Describer<R>("QC", Desk::quality)
        .field("title", &R::title, {.required = true, .title = true})
        .field("kind", &R::kind)
        .field("date", &R::date)
        .field("amount", &R::amount, {.minimum = 0})
        .field("task", &R::task)
        .field("nonconformity", &R::nonconformity)
        .field("status", &R::status, {.closed = "checked recorded"})
        .field("owner", &R::owner, {.responsible = true})
        .field("remark", &R::remark, {.lines = true});
  }
};

}  // namespace pmo
