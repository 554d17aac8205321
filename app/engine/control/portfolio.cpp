#include "app/engine/control/portfolio.h"

#include <algorithm>
#include <cmath>

#include "app/engine/control/earned_value_of_project.h"
#include "app/engine/control/exchange.h"
#include "app/engine/control/status_assessment.h"
#include "app/engine/resources/resource_load_of_project.h"
#include "app/engine/schedule/plan_calendars.h"
#include "app/engine/schedule/plan_of_project.h"
#include "app/engine/schedule/schedule.h"
#include "app/model/months.h"
#include "app/model/open_work.h"
#include "app/model/records/budget.h"
#include "app/model/records/issue.h"
#include "app/model/records/project_settings.h"
#include "app/model/records/resource.h"
#include "app/model/sort_stably.h"

namespace pmo::engine {
namespace {

std::string lower_case(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

// Summary tasks and finished work wait for nobody.
void count_open_work(const Project& project, const Outline& outline, const Schedule& schedule, ProjectSummary& summary) {
  for (std::size_t row = 0; row < outline.size(); ++row) {
    const Task& task = *outline[row].task;
    if (outline[row].summary || !task.active || task.actual_finish || task.percent_complete.value >= 1000) continue;
    ++summary.open_work;
  }
  summary.late_work += std::ssize(late_tasks(outline, schedule, summary.status));
  for (const auto* info : project.schema().registers()) {
    if (!info->due() || info == &register_of<Task>()) continue;
    for (const Record* record : project.table(*info).records()) {
      if (!is_open(*info, *record)) continue;
      ++summary.open_work;
      summary.late_work += is_late(*info, *record, summary.status);
    }
  }
}

Health health_of_work(const ProjectSummary& summary) {
  if (summary.open_work == 0) return Health::unknown;
  const double late = static_cast<double>(summary.late_work) / summary.open_work;
  return late > 1.0 / 3 ? Health::bad : late > 0.1 ? Health::warning : Health::good;
}

void add_dates(const Project& project, const Outline& outline, const Schedule& schedule, ProjectSummary& summary) {
  if (outline.size() == 0) return;
  summary.start = schedule.project_start.day();
  summary.finish = schedule.project_finish.day();
  const auto* baseline = reference_baseline(project);
  if (!baseline) return;
  std::optional<Day> agreed;
  for (const auto* part : parts_of(project, outline, {baseline->id}))
    if (part) agreed = std::max(agreed.value_or(part->finish.day()), part->finish.day());
  if (agreed) summary.days_late = *summary.finish - *agreed;
}

void add_cost(const Project& project, const Outline& outline, const Plan& plan, const Schedule& schedule, ProjectSummary& summary) {
  const auto* baseline = reference_baseline(project);
  const auto value = earned_value_of(project, outline, plan, schedule, {summary.status, baseline ? Ref<Baseline>{baseline->id} : Ref<Baseline>{}});
  const auto figures = earned_value(value.total);
  summary.budget = value.total.budget_at_completion;
  summary.actual = value.total.actual_cost;
  summary.forecast = figures.estimate_typical;
  summary.progress = figures.percent_complete;
  summary.schedule_index = figures.schedule_performance_index;
  summary.cost_index = figures.cost_performance_index;
}

// What there is in the months of the project, in whole months: another project may ask for the days before and after it.
std::vector<LoadPiece> monthly_offer(const ResourceDemand& demand, const PlanResource& resource, const WorkTime& time) {
  Minute first = demand.demand.front().start, last = demand.demand.front().finish;
  for (const auto* pieces : {&demand.demand, &demand.offer})
    for (const LoadPiece& piece : *pieces) first = std::min(first, piece.start), last = std::max(last, piece.finish);
  return resource_offer(resource, time, Minute::at(month_of(first.day())), Minute::at(months_later(month_of((last - 1).day()), 1)));
}

void add_resources(const Project& project, const Plan& plan, const Schedule& schedule, ProjectSummary& summary) {
  PlanCalendars calendars(plan);
  for (const auto& demand : resource_demand(plan, schedule)) {
    if (demand.demand.empty()) continue;
    const PlanResource& planned = plan.resources[static_cast<std::size_t>(demand.resource)];
    const auto* resource = project.find(Ref<Resource>{planned.id});
    if (!resource) continue;
    const auto* person = project.find(resource->person);
    const std::string identity = person && !person->email.empty() ? person->email : resource->name;
    ResourceShare share{.identity = lower_case(identity), .name = person ? person->name : resource->name, .months = {}};
    for (const LoadPeriod& month : resource_load(demand.demand, monthly_offer(demand, planned, *calendars.of(planned.calendar)), LoadStep::month))
      share.months[month.first] = {month.load, month.available};
    summary.resources.push_back(std::move(share));
  }
}

void add_experience(const Project& project, ProjectSummary& summary) {
  for (const LessonLearned& lesson : project.all<LessonLearned>())
    if (lesson.status != LessonStatus::not_taken)
      summary.lessons.push_back({lesson.id, lesson.title, lesson.situation, lesson.cause, lesson.recommendation, lesson.area});
  for (const VendorScore& score : vendor_scores(project, summary.status))
    if (score.ordered > Money{0} || score.deliveries > 0 || score.evaluation) summary.vendors.push_back({project.find(Ref<Vendor>{score.vendor})->name, score});
}

}  // namespace

ProjectSummary summarise(const Project& project, Day today) {
  ProjectSummary summary{.status = status_day(project, today)};
  if (const auto& all = project.all<ProjectSettings>(); !all.empty()) {
    const ProjectSettings& settings = all.at(0);
    summary.project = settings.id;
    summary.name = settings.name;
    summary.code = settings.code;
    summary.currency = settings.currency;
    summary.currency_digits = settings.currency_digits;
    if (const auto* manager = project.find(settings.manager)) summary.manager = manager->name;
  }
  const Outline outline(project);
  const Plan plan = plan_of(project, outline);
  const Schedule schedule = engine::schedule(plan);
  add_dates(project, outline, schedule, summary);
  add_cost(project, outline, plan, schedule, summary);
  add_resources(project, plan, schedule, summary);
  summary.rates = ExchangeRates(project).on(summary.status);
  add_experience(project, summary);
  count_open_work(project, outline, schedule, summary);
  for (const Risk& risk : project.all<Risk>())
    summary.high_risks += is_open(register_of<Risk>(), risk) && risk_level(risk_score(risk), risk_scale_of(project)) >= RiskLevel::high;
  summary.exposure = risk_exposure(project);
  for (const Issue& issue : project.all<Issue>()) summary.open_issues += is_open(register_of<Issue>(), issue);
  summary.index_limits = index_limits_of(project);
  summary.health = std::max({health_of_index(summary.schedule_index, summary.index_limits.schedule), health_of_index(summary.cost_index, summary.index_limits.cost), health_of_work(summary)});
  return summary;
}

std::optional<double> SharedMonth::utilisation() const {
  if (available.value == 0) return std::nullopt;
  return static_cast<double>(load.value) / static_cast<double>(available.value);
}

std::vector<SharedResource> shared_resources(const std::vector<ProjectSummary>& projects) {
  std::map<std::string, SharedResource> by_identity;
  for (std::size_t place = 0; place < projects.size(); ++place)
    for (const auto& share : projects[place].resources) {
      auto& shared = by_identity[share.identity];
      shared.name = share.name;
      if (shared.projects.empty() || shared.projects.back() != place) shared.projects.push_back(place);
      for (const auto& [month, load] : share.months) {
        auto& sum = shared.months[month];
        sum.load += load.load;
        sum.available = std::max(sum.available, load.available);
      }
    }
  std::vector<SharedResource> found;
  for (auto& [identity, shared] : by_identity)
    if (shared.projects.size() > 1) found.push_back(std::move(shared));
  const auto greatest = [](const SharedResource& shared) {
    double most = 0;
    for (const auto& [day, month] : shared.months) most = std::max(most, month.utilisation().value_or(0));
    return -most;
  };
  sort_stably(found, {}, greatest);
  return found;
}

std::optional<double> conversion(const ProjectSummary& into, const ProjectSummary& from) {
  const double digits = std::pow(10.0, static_cast<double>(into.currency_digits - from.currency_digits));
  if (into.currency == from.currency) return digits;
  if (const auto rate = into.rates.find(from.currency); rate != into.rates.end()) return rate->second * digits;
  if (const auto rate = from.rates.find(into.currency); rate != from.rates.end() && rate->second > 0) return digits / rate->second;
  return std::nullopt;
}

PortfolioTotals portfolio_totals(const std::vector<ProjectSummary>& projects) {
  PortfolioTotals totals{.forecast = 0.0};
  if (projects.empty()) return totals;
  totals.currency = projects.front().currency;
  totals.currency_digits = projects.front().currency_digits;
  for (const ProjectSummary& project : projects) {
    const auto factor = conversion(projects.front(), project);
    if (!factor) {
      if (!std::ranges::contains(totals.without_rate, project.currency)) totals.without_rate.push_back(project.currency);
      continue;
    }
    totals.budget += project.budget * *factor;
    totals.actual += project.actual * *factor;
    totals.exposure += static_cast<double>(project.exposure.expected_cost.value) * *factor;
    if (project.forecast && totals.forecast) *totals.forecast += *project.forecast * *factor;
    else if (project.budget > 0) totals.forecast.reset();
  }
  return totals;
}

}  // namespace pmo::engine
