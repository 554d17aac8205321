#include "app/engine/control/milestone_trend.h"

#include <algorithm>
#include <map>

#include "app/model/sort_stably.h"

namespace pmo::engine {
namespace {

bool reached(const Task& task) { return task.actual_finish || task.percent_complete.value >= 1000; }

bool counts(const Outline& outline, const Schedule& schedule, std::size_t row) {
  const Task& task = *outline[row].task;
  return task.milestone && task.active && schedule.scheduled[row];
}

// Later kinds are put in later and replace what the day has (rule M1).
using Reports = std::map<Day, Day>;
std::map<Id, Reports> earlier_reports(const Project& project) {
  std::map<Id, Reports> reports;
  for (const BaselineTask& part : project.all<BaselineTask>())
    if (const Baseline* baseline = project.find(part.baseline)) reports[part.task.id][baseline->taken.day()] = part.finish.day();
  for (const MilestoneForecast& forecast : project.all<MilestoneForecast>()) reports[forecast.task.id][forecast.reported_on] = forecast.finish;
  return reports;
}

}  // namespace

std::vector<MilestoneTrend> milestone_trends(const Project& project, const Outline& outline, const Schedule& schedule, Day status) {
  auto earlier = earlier_reports(project);
  std::vector<MilestoneTrend> trends;
  for (std::size_t row = 0; row < outline.size(); ++row) {
    if (!counts(outline, schedule, row)) continue;
    const Task& task = *outline[row].task;
    const Day finish = schedule.finish[row].day();
    MilestoneTrend trend{.task = task.id, .points = {}, .reached = reached(task)};
    Reports& reports = earlier[task.id];
    const Day now = trend.reached ? finish : status;  // rule M2
    reports.erase(reports.lower_bound(now), reports.end());
    reports[now] = finish;
    for (const auto& [reported, expected] : reports) trend.points.push_back({reported, expected});
    trends.push_back(std::move(trend));
  }
  sort_stably(trends, {}, [](const MilestoneTrend& trend) { return trend.points.back().finish; });
  return trends;
}

int record_forecasts(Transaction& transaction, const Outline& outline, const Schedule& schedule, Day day) {
  std::vector<const MilestoneForecast*> replaced;
  for (const MilestoneForecast& forecast : transaction.project().all<MilestoneForecast>())
    if (forecast.reported_on == day) replaced.push_back(&forecast);
  for (const MilestoneForecast* forecast : replaced) transaction.erase(*forecast);
  int recorded = 0;
  for (std::size_t row = 0; row < outline.size(); ++row) {
    if (!counts(outline, schedule, row) || reached(*outline[row].task)) continue;
    transaction.create<MilestoneForecast>([&](MilestoneForecast& forecast) {
      forecast.task = {outline[row].task->id};
      forecast.reported_on = day;
      forecast.finish = schedule.finish[row].day();
    });
    ++recorded;
  }
  return recorded;
}

}  // namespace pmo::engine
