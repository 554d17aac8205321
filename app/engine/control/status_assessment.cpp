#include "app/engine/control/status_assessment.h"

#include <algorithm>
#include <cmath>
#include <format>
#include <set>

#include "app/engine/control/index_limits.h"
#include "app/engine/risk/risk.h"
#include "app/model/open_work.h"
#include "app/model/records/change_request.h"
#include "app/model/records/quality.h"
#include "app/model/records/risk.h"

namespace pmo::engine {
namespace {

std::string two_digits(double value) { return std::format("{:.2f}", value); }

Assessment of_schedule(const Project& project, const Outline& outline, const Schedule& schedule, const ProjectEarnedValue& value) {
  const Baseline* baseline = reference_baseline(project);
  if (!baseline || outline.size() == 0) return {.reason = "status.reason.no_baseline"_key};
  std::optional<Day> start, finish;
  for (const BaselineTask* part : parts_of(project, outline, {baseline->id})) {
    if (!part) continue;
    start = std::min(start.value_or(part->start.day()), part->start.day());
    finish = std::max(finish.value_or(part->finish.day()), part->finish.day());
  }
  if (!finish) return {.reason = "status.reason.no_baseline"_key};
  const int late = schedule.project_finish.day() - *finish, duration = std::max(1, *finish - *start);
  const auto pace = value.schedule.schedule_performance_index;
  const auto health = health_of_index(pace, index_limits_of(project).schedule);
  const bool red = late * 10 > duration || health == Health::bad, amber = late > 0 || health == Health::warning;
  return {red ? Light::red : amber ? Light::amber : Light::green, late > 0 ? "status.reason.late"_key : "status.reason.on_time"_key,
          {std::to_string(std::abs(late)), pace ? two_digits(*pace) : "–"}};
}

Assessment of_cost(const Project& project, const ProjectEarnedValue& value) {
  const AccountFinance all = sum_of(account_finances(project, value));
  const auto index = earned_value(value.total).cost_performance_index;
  if (all.budget <= 0 && !index) return {.reason = "status.reason.no_budget"_key};
  const bool exceeds = all.budget > 0 && all.over_budget();
  const double over = all.budget > 0 ? all.forecast / all.budget - 1 : 0;
  const auto health = health_of_index(index, index_limits_of(project).cost);
  const bool red = over > 0.05 || health == Health::bad, amber = exceeds || health == Health::warning;
  return {red ? Light::red : amber ? Light::amber : Light::green, exceeds ? "status.reason.over_budget"_key : "status.reason.in_budget"_key,
          {std::format("{:.1f} %", std::abs(over) * 100), index ? two_digits(*index) : "–"}};
}

Assessment of_risk(const Project& project, const ProjectEarnedValue& value) {
  if (project.all<Risk>().empty()) return {.reason = "status.reason.no_risks"_key};
  int extreme = 0, high = 0;
  const RiskScale scale = risk_scale_of(project);
  for (const Risk& risk : project.all<Risk>()) {
    if (!is_open(register_of<Risk>(), risk)) continue;
    const RiskLevel level = risk_level(risk_score(risk), scale);
    extreme += level == RiskLevel::extreme;
    high += level == RiskLevel::high;
  }
  const ReserveFigures reserve = reserve_of(project, ReserveKind::contingency, value);
  const auto exposure = static_cast<double>(risk_exposure(project).expected_cost.value);
  if (reserve.reserve > 0 && exposure > reserve.reserve - reserve.drawn) return {Light::red, "status.reason.exposure"_key, {}};
  return {extreme > 0 ? Light::red : high > 0 ? Light::amber : Light::green, "status.reason.high_risks"_key, {std::to_string(extreme), std::to_string(high)}};
}

// The last of those that test one thing again and again decides: a retest that failed may have been repeated.
bool failed_and_not_retested(const Project& project, const Inspection& inspection) {
  if (inspection.result != InspectionResult::failed) return false;
  std::set<Id> tried{inspection.id};
  for (std::size_t before = 0; before != tried.size();) {
    before = tried.size();
    for (const Inspection& retest : project.all<Inspection>()) {
      if (!tried.contains(retest.retest_of.id)) continue;
      if (retest.result == InspectionResult::passed || retest.result == InspectionResult::passed_with_remarks) return false;
      tried.insert(retest.id);
    }
  }
  return true;
}

Assessment of_quality(const Project& project, Day today) {
  int bad = 0, doubtful = 0;
  for (const Nonconformity& found : project.all<Nonconformity>()) {
    if (!is_open(register_of<Nonconformity>(), found)) continue;
    const bool serious = found.severity == NonconformitySeverity::critical || is_late(register_of<Nonconformity>(), found, today);
    bad += serious;
    doubtful += !serious && found.severity == NonconformitySeverity::major;
  }
  for (const QualityGate& gate : project.all<QualityGate>()) bad += gate.status == GateStatus::failed;
  for (const Inspection& inspection : project.all<Inspection>()) doubtful += failed_and_not_retested(project, inspection);
  if (project.all<Nonconformity>().empty() && project.all<Inspection>().empty() && project.all<QualityGate>().empty())
    return {.reason = "status.reason.no_quality"_key};
  return {bad > 0 ? Light::red : doubtful > 0 ? Light::amber : Light::green, "status.reason.quality"_key, {std::to_string(bad), std::to_string(doubtful)}};
}

Assessment of_scope(const Project& project, Day today) {
  int waiting = 0, late = 0;
  for (const ChangeRequest& request : project.all<ChangeRequest>()) {
    if (request.category != ChangeCategory::scope || request.status >= ChangeStatus::approved || request.status == ChangeStatus::draft) continue;
    ++waiting;
    late += is_late(register_of<ChangeRequest>(), request, today);
  }
  return {late > 0 ? Light::red : waiting > 0 ? Light::amber : Light::green, "status.reason.scope"_key, {std::to_string(waiting), std::to_string(late)}};
}

Light overall_of(const StatusAssessment& of) {
  const Light lights[] = {of.schedule.light, of.cost.light, of.scope.light, of.risk.light, of.quality.light};
  const auto red = std::ranges::count(lights, Light::red);
  if (red >= 2 || lights[0] == Light::red || lights[1] == Light::red) return Light::red;
  return red > 0 ? Light::amber : *std::ranges::max_element(lights);
}

}  // namespace

StatusAssessment assess_status(const Project& project, const Outline& outline, const Schedule& schedule, const ProjectEarnedValue& value, Day today) {
  StatusAssessment assessment{.scope = of_scope(project, today), .schedule = of_schedule(project, outline, schedule, value), .cost = of_cost(project, value),
                              .risk = of_risk(project, value), .quality = of_quality(project, today)};
  assessment.overall = overall_of(assessment);
  return assessment;
}

std::vector<std::size_t> late_tasks(const Outline& outline, const Schedule& schedule, Day status) {
  std::vector<std::size_t> rows;
  for (std::size_t row = 0; row < outline.size(); ++row) {
    const Task& task = *outline[row].task;
    const bool to_do = !outline[row].summary && task.active && !task.actual_finish && task.percent_complete.value < 1000;
    if (to_do && schedule.finish[row].day() < status) rows.push_back(row);
  }
  return rows;
}

}  // namespace pmo::engine
