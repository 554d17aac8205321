#include "app/engine/control/schedule_quality.h"

#include <algorithm>

#include "app/engine/schedule/plan_calendars.h"
#include "app/model/text_parts.h"

namespace pmo::engine {
namespace {

class QualityAssessment {
 public:
  QualityAssessment(const QualityInput& input, const QualityLimits& limits) : in_(input), limits_(limits) {}

  std::vector<QualityFinding> run() {
    for (std::size_t t = 0; t < in_.plan.tasks.size(); ++t) {
      const PlanTask& task = in_.plan.tasks[t];
      if (task.summary || !task.active) continue;
      all_.push_back(static_cast<Index>(t));
      if (!finished(static_cast<Index>(t))) open_.push_back(static_cast<Index>(t));
    }
    logic();
    links();
    constraints();
    floats();
    durations();
    dates();
    resources();
    missed();
    critical_path_test();
    critical_path_length();
    execution();
    std::ranges::sort(findings_, {}, &QualityFinding::point);
    return std::move(findings_);
  }

 private:
  const PlanTask& task(Index t) const { return in_.plan.tasks[t]; }
  bool finished(Index t) const { return task(t).actual_finish || task(t).percent >= 1000; }
  bool works(Index t) const { return !task(t).milestone && task(t).duration > 0; }
  // A task that is not active binds nothing.
  bool counts(const PlanLink& link) const {
    const auto takes_part = [&](Index t) { return task(t).summary || task(t).active; };
    return takes_part(link.from) && takes_part(link.to);
  }
  std::int64_t long_minutes() const { return limits_.long_days * in_.minutes_per_day; }

  void add(QualityPoint point, std::vector<Index> tasks, std::size_t of) {
    std::optional<double> value;
    if (of > 0) value = static_cast<double>(tasks.size()) / static_cast<double>(of);
    judge({.point = point, .found = static_cast<int>(tasks.size()), .of = static_cast<int>(of), .value = value, .passed = {}, .tasks = std::move(tasks)});
  }
  void judge(QualityFinding finding) {
    finding.limit = limits_.limit[static_cast<int>(finding.point)] / 1000.0;
    constexpr double rounding = 1e-9;
    if (finding.value)
      finding.passed = finding.at_least ? *finding.value >= finding.limit - rounding : *finding.value <= finding.limit + rounding;
    findings_.push_back(std::move(finding));
  }
  template <class Breaks>
  std::vector<Index> among(const std::vector<Index>& tasks, Breaks breaks) const {
    std::vector<Index> found;
    std::ranges::copy_if(tasks, std::back_inserter(found), breaks);
    return found;
  }

  // A link of a summary task counts for the tasks below it. The first and the last of the project may stay open.
  void logic() {
    std::vector<std::uint8_t> before(in_.plan.tasks.size()), after(in_.plan.tasks.size());
    for (const PlanLink& link : in_.plan.links) {
      if (!counts(link)) continue;
      for (std::size_t t = static_cast<std::size_t>(link.to); t < in_.outline[static_cast<std::size_t>(link.to)].end; ++t) before[t] = 1;
      for (std::size_t t = static_cast<std::size_t>(link.from); t < in_.outline[static_cast<std::size_t>(link.from)].end; ++t) after[t] = 1;
    }
    auto loose = among(open_, [&](Index t) { return !before[t] || !after[t]; });
    const auto excuse = [&](auto&& is_end) {
      if (const auto end = std::ranges::find_if(loose, is_end); end != loose.end()) loose.erase(end);
    };
    excuse([&](Index t) { return before[t] && !after[t] && in_.schedule.finish[t] == in_.schedule.project_finish; });
    excuse([&](Index t) { return !before[t] && after[t] && in_.schedule.start[t] == in_.schedule.project_start; });
    add(QualityPoint::logic, std::move(loose), open_.size());
  }

  void links() {
    std::vector<Index> leads, lags, finish_to_start;
    std::vector<Index> others;
    std::size_t count = 0;
    for (const PlanLink& link : in_.plan.links) {
      if (!counts(link) || (finished(link.to) && !task(link.to).summary)) continue;
      ++count;
      if (link.lag < 0) leads.push_back(link.to);
      if (link.lag > 0) lags.push_back(link.to);
      (link.type == LinkType::finish_to_start ? finish_to_start : others).push_back(link.to);
    }
    add(QualityPoint::leads, std::move(leads), count);
    add(QualityPoint::lags, std::move(lags), count);
    QualityFinding types{.point = QualityPoint::link_types, .found = static_cast<int>(finish_to_start.size()),
                         .of = static_cast<int>(count), .value = {}, .at_least = true, .passed = {}, .tasks = std::move(others)};
    if (count > 0) types.value = static_cast<double>(finish_to_start.size()) / static_cast<double>(count);
    judge(std::move(types));
  }

  void constraints() {
    add(QualityPoint::hard_constraints, among(open_, [&](Index t) { return is_hard_constraint(task(t)); }), open_.size());
  }

  void floats() {
    add(QualityPoint::high_float, among(open_, [&](Index t) { return in_.schedule.total_float[t] > long_minutes(); }), open_.size());
    add(QualityPoint::negative_float, among(open_, [&](Index t) { return in_.schedule.total_float[t] < 0; }), open_.size());
  }

  void durations() {
    add(QualityPoint::high_duration, among(open_, [&](Index t) { return task(t).duration > long_minutes(); }), open_.size());
  }

  void dates() {
    const Minute end = Minute::at(in_.status + 1), begin = Minute::at(in_.status);
    add(QualityPoint::invalid_dates, among(all_, [&](Index t) {
          const PlanTask& one = task(t);
          const bool in_future = (one.actual_start && *one.actual_start >= end) || (one.actual_finish && *one.actual_finish >= end);
          const bool not_started = !one.actual_start && !finished(t) && one.percent == 0;
          const bool in_past = (not_started && in_.schedule.start[t] < begin) || (!finished(t) && in_.schedule.finish[t] < begin);
          return in_future || in_past;
        }), all_.size());
  }

  void resources() {
    std::vector<std::uint8_t> assigned(in_.plan.tasks.size());
    for (const PlanAssignment& assignment : in_.plan.assignments) assigned[assignment.task] = 1;
    const auto working = among(open_, [&](Index t) { return works(t); });
    const auto paid = [&](Index t) { return std::cmp_less(t, in_.cost.size()) && in_.cost[t] > 0; };
    add(QualityPoint::resources, among(working, [&](Index t) { return !assigned[t] && !paid(t); }), working.size());
  }

  std::vector<Index> due() const {
    if (in_.baseline.empty()) return {};
    return among(all_, [&](Index t) { return in_.baseline[t] && in_.baseline[t]->finish.day() <= in_.status; });
  }

  void missed() {
    const auto planned = due();
    add(QualityPoint::missed_tasks, among(planned, [&](Index t) {
          return !finished(t) || in_.schedule.finish[t].day() > in_.baseline[t]->finish.day();
        }), planned.size());
  }

  // The delay is put on the first unfinished critical task. Measured in its calendar.
  void critical_path_test() {
    const auto critical = among(open_, [&](Index t) { return in_.schedule.critical[t] && !task(t).manual; });
    QualityFinding finding{.point = QualityPoint::critical_path_test, .value = {}, .at_least = true, .passed = {}, .tasks = {}};
    if (!critical.empty()) {
      const Index first = *std::ranges::min_element(critical, {}, [&](Index t) { return in_.schedule.start[t]; });
      constexpr std::int64_t days = 600;
      Plan delayed = in_.plan;
      delayed.tasks[first].duration += days * in_.minutes_per_day;
      if (const auto& one = task(first); one.actual_start || one.remaining_duration)  // all of it in what is still to do
        delayed.tasks[first].remaining_duration = remaining_of(one) + days * in_.minutes_per_day;
      const Schedule later = schedule(delayed);
      PlanCalendars calendars(in_.plan);
      const WorkTime& time = *calendars.of_task(first);
      const bool from_finish = in_.plan.from == ScheduleFrom::finish && in_.plan.finish;  // it has to begin earlier instead
      const auto arrived = from_finish ? time.between(later.project_start, in_.schedule.project_start)
                                       : time.between(in_.schedule.project_finish, later.project_finish);
      // The calendars of the tasks that follow may differ by holidays: nine tenths count as arrived.
      const bool whole = arrived * 10 >= days * in_.minutes_per_day * 9;
      finding.value = whole ? 1 : 0;
      if (!whole) finding.tasks = {first};
    }
    judge(std::move(finding));
  }

  void critical_path_length() {
    QualityFinding finding{.point = QualityPoint::critical_path_length_index, .value = {}, .at_least = true, .passed = {}, .tasks = {}};
    PlanCalendars calendars(in_.plan);
    const Minute from = Minute::at(in_.status);
    const auto length = calendars.project()->between(from, in_.schedule.project_finish);
    // The float of the project's finish is that of the task that finishes last, against deadlines and constraints.
    const auto last = std::ranges::max_element(open_, {}, [&](Index t) { return std::pair(in_.schedule.finish[t], -in_.schedule.total_float[t]); });
    if (length > 0 && last != open_.end()) finding.value = static_cast<double>(length + in_.schedule.total_float[*last]) / static_cast<double>(length);
    judge(std::move(finding));
  }

  void execution() {
    QualityFinding finding{.point = QualityPoint::baseline_execution_index, .value = {}, .at_least = true, .passed = {}, .tasks = {}};
    auto planned = due();
    if (!in_.baseline.empty()) std::ranges::copy_if(all_, std::back_inserter(planned), [&](Index t) { return !in_.baseline[t]; });
    if (!planned.empty()) {
      const auto done = std::ranges::count_if(all_, [&](Index t) { return finished(t) && in_.schedule.finish[t].day() <= in_.status; });
      finding.found = static_cast<int>(done);
      finding.of = static_cast<int>(planned.size());
      finding.value = static_cast<double>(done) / static_cast<double>(planned.size());
      finding.tasks = among(planned, [&](Index t) { return !finished(t); });
    }
    judge(std::move(finding));
  }

  const QualityInput& in_;
  const QualityLimits& limits_;
  std::vector<Index> all_, open_;
  std::vector<QualityFinding> findings_;
};

}  // namespace

QualityLimits quality_limits(std::string_view text) {
  QualityLimits limits;
  while (!text.empty()) {
    auto part = take_until(text, ';');
    const auto name = take_until(part, '=');
    const auto number = whole_number(part);
    if (!number || *number < 0 || *number > 100'000) continue;
    const auto value = static_cast<std::int32_t>(*number);
    if (name == "long_days") limits.long_days = value;
    const auto& names = enum_names<QualityPoint>();
    if (const auto at = std::ranges::find(names, name); at != names.end()) limits.limit[at - names.begin()] = value;
  }
  return limits;
}

std::string text_of(const QualityLimits& limits) {
  const QualityLimits usual;
  std::string text;
  const auto put = [&](std::string_view name, std::int32_t value) {
    if (!text.empty()) text += ';';
    text += std::string(name) + "=" + std::to_string(value);
  };
  for (int i = 0; i < enum_size<QualityPoint>; ++i)
    if (limits.limit[i] != usual.limit[i]) put(enum_names<QualityPoint>()[static_cast<std::size_t>(i)], limits.limit[i]);
  if (limits.long_days != usual.long_days) put("long_days", limits.long_days);
  return text;
}

std::vector<QualityFinding> assess_schedule(const QualityInput& input, const QualityLimits& limits) {
  return QualityAssessment(input, limits).run();
}

}  // namespace pmo::engine
