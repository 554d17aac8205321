// Random plans against a naive reference.
#include <doctest/doctest.h>

#include <algorithm>

#include "app/engine/schedule.h"
#include "app/model/project.h"

using namespace pmo;
using namespace pmo::engine;

namespace {

const Minute first_monday = Minute::at(Day::of(2024, 1, 1), 8 * 60);

}  // namespace

// --- a naive reference -------------------------------------------------------------------------------------------
// The same rules in working minutes since the project's start, by repeating every inequality until nothing moves. One
// calendar, so that a date is a number; the network is as random as the rules allow.

namespace {

struct Reference {
  explicit Reference(const Plan& plan, const WorkTime& time)
      : plan_(plan), time_(time), zero_(time.work_before(plan.start)), start(plan.tasks.size()), late_finish(start) {
    forward();
    for (std::size_t t = 0; t < start.size(); ++t) end = std::max(end, finish(t));
    backward();
  }

  std::int64_t duration(std::size_t t) const {
    const auto& task = plan_.tasks[t];
    return task.actual_finish ? number(*task.actual_finish) - number(*task.actual_start) : task.duration;
  }
  std::int64_t finish(std::size_t t) const { return start[t] + duration(t); }
  std::int64_t total_float(std::size_t t) const { return late_finish[t] - finish(t); }
  std::int64_t free_float(std::size_t t) const {
    if (done(t)) return 0;
    std::optional<std::int64_t> least;
    for (const auto& link : plan_.links) {
      const auto from = static_cast<std::size_t>(link.from), to = static_cast<std::size_t>(link.to);
      if (from != t || done(to)) continue;
      const auto gap = (enters_start(link) ? start[to] : finish(to)) - link.lag - (leaves_start(link) ? start[t] : finish(t));
      least = std::min(least.value_or(gap), gap);
    }
    return least.value_or(total_float(t));
  }
  std::int64_t number(Minute moment) const { return time_.work_before(moment) - zero_; }

 private:
  static bool leaves_start(const PlanLink& link) {
    return link.type == LinkType::start_to_start || link.type == LinkType::start_to_finish;
  }
  static bool enters_start(const PlanLink& link) {
    return link.type == LinkType::start_to_start || link.type == LinkType::finish_to_start;
  }
  bool done(std::size_t t) const { return plan_.tasks[t].actual_finish.has_value(); }

  void forward() {
    for (bool moved = true; moved;) {
      moved = false;
      for (std::size_t t = 0; t < start.size(); ++t) {
        const auto value = early(t);
        moved |= value != start[t];
        start[t] = value;
      }
    }
  }
  std::int64_t early(std::size_t t) const {
    const auto& task = plan_.tasks[t];
    if (done(t)) return number(*task.actual_start);
    std::int64_t bound = 0;
    bool has_predecessor = false;
    for (const auto& link : plan_.links) {
      if (static_cast<std::size_t>(link.to) != t) continue;
      const auto from = static_cast<std::size_t>(link.from);
      has_predecessor = true;
      bound = std::max(bound, (leaves_start(link) ? start[from] : finish(from)) + link.lag - (enters_start(link) ? 0 : task.duration));
    }
    if (!task.constraint_date) return bound;
    const auto date = number(*task.constraint_date);
    switch (task.constraint) {
      case ConstraintType::start_no_earlier_than: return has_predecessor ? std::max(bound, date) : date;
      case ConstraintType::finish_no_earlier_than: return has_predecessor ? std::max(bound, date - task.duration) : date - task.duration;
      case ConstraintType::start_no_later_than: return std::min(bound, date);
      case ConstraintType::finish_no_later_than: return std::min(bound, date - task.duration);
      case ConstraintType::must_start_on: return date;
      case ConstraintType::must_finish_on: return date - task.duration;
      default: return bound;
    }
  }

  void backward() {
    late_finish.assign(start.size(), end);
    for (bool moved = true; moved;) {
      moved = false;
      for (std::size_t t = 0; t < start.size(); ++t) {
        const auto value = late(t);
        moved |= value != late_finish[t];
        late_finish[t] = value;
      }
    }
  }
  std::int64_t late(std::size_t t) const {
    const auto& task = plan_.tasks[t];
    if (done(t)) return finish(t);
    std::int64_t bound = end;
    for (const auto& link : plan_.links) {
      const auto to = static_cast<std::size_t>(link.to);
      if (static_cast<std::size_t>(link.from) != t || done(to)) continue;
      const auto date = late_finish[to] - (enters_start(link) ? plan_.tasks[to].duration : 0) - link.lag;
      bound = std::min(bound, date + (leaves_start(link) ? task.duration : 0));
    }
    if (task.constraint_date) {
      const auto date = number(*task.constraint_date);
      switch (task.constraint) {
        case ConstraintType::start_no_later_than: bound = std::min(bound, date + task.duration); break;
        case ConstraintType::finish_no_later_than: bound = std::min(bound, date); break;
        case ConstraintType::must_start_on: bound = date + task.duration; break;
        case ConstraintType::must_finish_on: bound = date; break;
        default: break;
      }
    }
    return task.deadline ? std::min(bound, number(*task.deadline)) : bound;
  }

  const Plan& plan_;
  const WorkTime& time_;
  std::int64_t zero_;

 public:
  std::vector<std::int64_t> start, late_finish;
  std::int64_t end = 0;
};

Plan random_plan(FixedSurroundings& random, const WorkTime& time) {
  const auto below = [&](std::uint64_t n) { return static_cast<Index>(random.random() % n); };
  const auto moment = [&](std::int64_t hours) { return time.add(first_monday, 60 * hours); };
  Plan plan;
  plan.start = first_monday;
  const int count = 3 + below(30);
  for (int t = 0; t < count; ++t) {
    PlanTask task;
    task.duration = 60 * (1 + below(40));
    if (below(4) == 0) {
      task.constraint = static_cast<ConstraintType>(below(8));
      if (task.constraint != ConstraintType::as_late_as_possible) task.constraint_date = moment(1 + below(200));
      else task.constraint = ConstraintType::as_soon_as_possible;
    }
    if (below(6) == 0) task.deadline = moment(1 + below(200));
    if (below(12) == 0) {
      const auto begin = below(60);
      task.actual_start = moment(begin);
      task.actual_finish = moment(begin + 1 + below(30));
    }
    plan.tasks.push_back(task);
  }
  for (int l = 0; l < 2 * count; ++l) {
    const Index to = 1 + below(static_cast<std::uint64_t>(count - 1)), from = below(static_cast<std::uint64_t>(to));
    plan.links.push_back({{}, from, to, static_cast<LinkType>(below(4)), LagUnit::working, 60 * (below(9) - 2)});
  }
  return plan;
}

}  // namespace

TEST_CASE("2,000 random networks agree with the naive reference in every date and float") {
  FixedSurroundings random(11);
  const auto standard = standard_calendar();
  const auto time = WorkTime::compile(std::span(&standard, 1), 0);
  for (int round = 0; round < 2000; ++round) {
    const auto plan = random_plan(random, time);
    const auto result = schedule(plan);
    const Reference naive(plan, time);
    for (std::size_t t = 0; t < plan.tasks.size(); ++t) {
      const bool same = naive.number(result.early_start[t]) == naive.start[t] &&
                        naive.number(result.early_finish[t]) == naive.finish(t) &&
                        naive.number(result.late_finish[t]) == naive.late_finish[t] &&
                        naive.number(result.late_start[t]) == naive.late_finish[t] - naive.duration(t) &&
                        result.total_float[t] == naive.total_float(t) && result.free_float[t] == naive.free_float(t);
      if (same) continue;
      CAPTURE(round);
      CAPTURE(t);
      CHECK(naive.number(result.early_start[t]) == naive.start[t]);
      CHECK(naive.number(result.early_finish[t]) == naive.finish(t));
      CHECK(naive.number(result.late_finish[t]) == naive.late_finish[t]);
      CHECK(naive.number(result.late_start[t]) == naive.late_finish[t] - naive.duration(t));
      CHECK(result.total_float[t] == naive.total_float(t));
      CHECK(result.free_float[t] == naive.free_float(t));
      return;  // one is enough to look at
    }
  }
}

TEST_CASE("a link between summaries means what the links between all their tasks mean") {
  FixedSurroundings random(12);
  const auto standard = standard_calendar();
  const auto time = WorkTime::compile(std::span(&standard, 1), 0);
  const auto below = [&](std::uint64_t n) { return static_cast<Index>(random.random() % n); };
  for (int round = 0; round < 1000; ++round) {
    auto written_out = random_plan(random, time);
    // The summaries stand first; each has the next few tasks.
    const auto summaries = 2 + below(4), tasks = static_cast<Index>(written_out.tasks.size());
    for (auto& link : written_out.links) link.from += summaries, link.to += summaries;
    for (Index t = 0; t < tasks; ++t) written_out.tasks[t].parent = t * summaries / tasks;
    PlanTask summary;
    summary.summary = true;
    written_out.tasks.insert(written_out.tasks.begin(), static_cast<std::size_t>(summaries), summary);
    if (below(3) == 0) written_out.tasks[summaries + below(static_cast<std::uint64_t>(tasks))].active = false;
    auto between = written_out;
    for (int l = 0; l < 3; ++l) {
      const auto to = 1 + below(static_cast<std::uint64_t>(summaries - 1)), from = below(static_cast<std::uint64_t>(to));
      const auto type = below(2) ? LinkType::finish_to_start : LinkType::finish_to_finish;
      const PlanLink link{{}, from, to, type, static_cast<LagUnit>(below(3)), 60 * (below(9) - 2)};
      between.links.push_back(link);
      for (Index f = summaries; f < std::ssize(between.tasks); ++f)
        for (Index t = summaries; t < std::ssize(between.tasks); ++t)
          if (between.tasks[f].parent == from && between.tasks[t].parent == to) {
            written_out.links.push_back(link);
            written_out.links.back().from = f;
            written_out.links.back().to = t;
          }
    }
    const auto one = schedule(between), other = schedule(written_out);
    CAPTURE(round);
    REQUIRE(one.early_start.size() == between.tasks.size());
    CHECK(one.project_start == other.project_start);
    CHECK(one.project_finish == other.project_finish);
    for (std::size_t t = 0; t < between.tasks.size(); ++t) {
      CAPTURE(t);
      const bool same = one.early_start[t] == other.early_start[t] && one.early_finish[t] == other.early_finish[t] &&
                        one.late_start[t] == other.late_start[t] && one.late_finish[t] == other.late_finish[t] &&
                        one.total_float[t] == other.total_float[t] && one.free_float[t] == other.free_float[t] &&
                        one.critical[t] == other.critical[t] && one.longest_path[t] == other.longest_path[t];
      REQUIRE(same);
      const auto reason = one.start_reason[t];
      if (reason.kind == ReasonKind::link) CHECK(reason.task < std::ssize(between.tasks));
    }
  }
}

TEST_CASE("a link between two summaries of 2,000 tasks each costs their sum") {
  Plan plan;
  plan.start = first_monday;
  PlanTask task, summary;
  summary.summary = true;
  plan.tasks = {summary, summary};
  for (Index t = 0; t < 4000; ++t) {
    task.parent = t / 2000;
    task.duration = 60 * (1 + t % 40);
    plan.tasks.push_back(task);
  }
  for (int l = 0; l < 200; ++l) plan.links.push_back({{}, 0, 1});  // their product would be 800 million links
  const auto result = schedule(plan);
  CHECK(result.early_finish[0].text() == "2024-01-05T17:00");
  CHECK(result.early_start[1].text() == "2024-01-08T08:00");
}
