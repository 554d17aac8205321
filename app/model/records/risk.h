// The risk register: threats and opportunities, their assessment before and after response, and what is done.
#pragma once

#include "app/model/records/task.h"

namespace pmo {

enum class RiskKind : unsigned char { threat, opportunity };
enum class RiskStatus : unsigned char { identified, assessed, planned, monitored, occurred, closed };
enum class RiskStrategy : unsigned char { undecided, avoid, mitigate, transfer, accept, escalate, exploit, enhance, share };
enum class RiskCategory : unsigned char { technical, external, organisational, project_management, commercial, safety };
enum class RiskProximity : unsigned char { imminent, this_stage, later_stage, after_project };

// A branch of the risk breakdown structure: where risks come from, as this project divides it.
struct RiskBreakdown : Record {
  std::string code, name;
  Ref<RiskBreakdown> parent;
  RiskCategory category = RiskCategory::technical;
  std::string description;
  Ref<Person> owner;  // who keeps the entry
  EntryStatus status = EntryStatus::in_use;
};

template <>
struct Describe<RiskBreakdown> {
  static RegisterInfo make() {
    using R = RiskBreakdown;
    return Describer<R>("RB", Desk::risk)
        .field("code", &R::code)
        .field("name", &R::name, {.required = true, .title = true})
        .field("parent", &R::parent)
        .field("category", &R::category)
        .field("owner", &R::owner)
        .field("status", &R::status)
        .field("description", &R::description, {.lines = true});
  }
};

struct Risk;
// A risk is assessed when its probability and an impact are; its response is planned when there is a strategy.
Result<void> risk_has_what_its_status_says(const Risk& risk);

struct Risk : Record {
  std::string title;
  RiskKind kind = RiskKind::threat;
  RiskStatus status = RiskStatus::identified;
  RiskCategory category = RiskCategory::technical;
  Ref<RiskBreakdown> breakdown;
  Ref<Risk> arises_from;  // a secondary risk: whose response brings it about
  std::string cause, event, effect;
  std::int64_t probability = 0;  // 1..5 on the project's scale, 0 = not assessed
  std::int64_t impact_time = 0, impact_cost = 0, impact_scope = 0, impact_quality = 0;
  std::optional<Permille> probability_percent;  // for expected value and simulation
  std::optional<Money> cost_effect;             // if it occurs
  std::optional<WorkMinutes> delay_effect;
  std::optional<Money> cost_effect_low, cost_effect_high;         // both effects by three points: the ones above are the likely ones
  std::optional<WorkMinutes> delay_effect_low, delay_effect_high;
  RiskProximity proximity = RiskProximity::this_stage;
  std::string trigger;
  RiskStrategy strategy = RiskStrategy::undecided;
  std::string preventive_actions, contingency_plan;
  Ref<Person> owner, actionee;
  std::int64_t residual_probability = 0, residual_impact = 0;
  std::optional<Permille> residual_percent;   // the same two figures with the responses in place
  std::optional<Money> residual_cost_effect;
  std::string secondary_risks;
  Money reserve;
  Money response_cost, response_cost_actual;  // of the preventive actions: planned, spent
  std::optional<Day> identified_on, next_review, occurred_on, closed_on;
  Refs<Task> tasks;
};

template <>
struct Describe<Risk> {
  static RegisterInfo make() {
    return Describer<Risk>("R", Desk::risk)
        .field("title", &Risk::title, {.required = true, .title = true})
        .field("kind", &Risk::kind)
        .field("status", &Risk::status, {.closed = "closed occurred"})
        .field("category", &Risk::category)
        .field("breakdown", &Risk::breakdown)
        .field("cause", &Risk::cause, {.lines = true})
        .field("event", &Risk::event, {.lines = true})
        .field("effect", &Risk::effect, {.lines = true})
        .field("probability", &Risk::probability, {.minimum = 0, .maximum = 5})
        .field("impact_time", &Risk::impact_time, {.minimum = 0, .maximum = 5})
        .field("impact_cost", &Risk::impact_cost, {.minimum = 0, .maximum = 5})
        .field("impact_scope", &Risk::impact_scope, {.minimum = 0, .maximum = 5})
        .field("impact_quality", &Risk::impact_quality, {.minimum = 0, .maximum = 5})
        .field("probability_percent", &Risk::probability_percent, {.minimum = 0, .maximum = 1000})
        .field("cost_effect", &Risk::cost_effect)
        .field("cost_effect_low", &Risk::cost_effect_low)
        .field("cost_effect_high", &Risk::cost_effect_high)
        .field("delay_effect", &Risk::delay_effect)
        .field("delay_effect_low", &Risk::delay_effect_low, {.minimum = 0})
        .field("delay_effect_high", &Risk::delay_effect_high, {.minimum = 0})
        .field("proximity", &Risk::proximity)
        .field("trigger", &Risk::trigger, {.lines = true})
        .field("strategy", &Risk::strategy)
        .field("preventive_actions", &Risk::preventive_actions, {.lines = true})
        .field("contingency_plan", &Risk::contingency_plan, {.lines = true})
        .field("owner", &Risk::owner, {.responsible = true})
        .field("actionee", &Risk::actionee)
        .field("residual_probability", &Risk::residual_probability, {.minimum = 0, .maximum = 5})
        .field("residual_impact", &Risk::residual_impact, {.minimum = 0, .maximum = 5})
        .field("residual_percent", &Risk::residual_percent, {.minimum = 0, .maximum = 1000})
        .field("residual_cost_effect", &Risk::residual_cost_effect)
        .field("secondary_risks", &Risk::secondary_risks, {.lines = true})
        .field("arises_from", &Risk::arises_from)
        .field("reserve", &Risk::reserve, {.minimum = 0})
        .field("response_cost", &Risk::response_cost, {.minimum = 0})
        .field("response_cost_actual", &Risk::response_cost_actual, {.minimum = 0})
        .field("identified_on", &Risk::identified_on)
        .field("next_review", &Risk::next_review, {.due = true})
        .field("occurred_on", &Risk::occurred_on)
        .field("closed_on", &Risk::closed_on)
        .field("tasks", &Risk::tasks)
        .in_order<&Risk::cost_effect_low, &Risk::cost_effect>()
        .in_order<&Risk::cost_effect, &Risk::cost_effect_high>()
        .in_order<&Risk::cost_effect_low, &Risk::cost_effect_high>()
        .in_order<&Risk::delay_effect_low, &Risk::delay_effect>()
        .in_order<&Risk::delay_effect, &Risk::delay_effect_high>()
        .in_order<&Risk::delay_effect_low, &Risk::delay_effect_high>()
        .in_order<&Risk::identified_on, &Risk::occurred_on>()
        .in_order<&Risk::identified_on, &Risk::closed_on>()
        .needs<&Risk::status, RiskStatus::planned, &Risk::owner>()
        .needs<&Risk::status, RiskStatus::monitored, &Risk::owner>()
        .check<risk_has_what_its_status_says>(&Risk::status, &Risk::probability, &Risk::impact_time, &Risk::impact_cost,
                                              &Risk::impact_scope, &Risk::impact_quality, &Risk::strategy);
  }
};

}  // namespace pmo
