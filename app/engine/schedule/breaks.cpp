// The work of a task: how much is done, and the breaks of split ones, as text, as lists, and in a plan.
#include <algorithm>
#include <charconv>
#include <format>

#include "app/engine/schedule/plan.h"

namespace pmo::engine {
namespace {

constexpr std::int64_t longest_break = 60LL * 24 * 366 * 100;

}  // namespace

bool bounds_from_above(ConstraintType constraint) {
  switch (constraint) {
    case ConstraintType::must_start_on:
    case ConstraintType::must_finish_on:
    case ConstraintType::start_no_later_than:
    case ConstraintType::finish_no_later_than: return true;
    default: return false;
  }
}

bool is_hard_constraint(const PlanTask& task) { return task.constraint_date && !task.constraint_gives_way && bounds_from_above(task.constraint); }

std::int64_t remaining_of(const PlanTask& task) {
  if (task.remaining_duration) return std::clamp<std::int64_t>(*task.remaining_duration, 0, 1LL << 36);
  const auto duration = std::max<std::int64_t>(0, task.duration);
  return duration - duration * std::clamp(task.percent, 0, 1000) / 1000;
}

std::int64_t done_of(const PlanTask& task) {
  return std::max<std::int64_t>(0, task.actual_duration ? *task.actual_duration : task.duration - remaining_of(task));
}

std::vector<Break> list_breaks(std::string_view splits) {
  std::vector<Break> list;
  while (!splits.empty()) {
    const auto end = std::min(splits.find(';'), splits.size());
    const auto part = splits.substr(0, end);
    splits.remove_prefix(std::min(end + 1, splits.size()));
    const auto slash = part.find('/');
    if (slash == std::string_view::npos) continue;
    std::int64_t from = 0, to = 0;
    std::from_chars(part.data(), part.data() + slash, from);
    std::from_chars(part.data() + slash + 1, part.data() + part.size(), to);
    if (from >= 0 && to > from && to <= longest_break) list.push_back({from, to});
  }
  return list;
}

std::vector<Break> breaks_within(std::vector<Break> breaks, std::int64_t work) {
  std::ranges::sort(breaks, {}, &Break::from);
  std::vector<Break> kept;
  std::int64_t rested = 0;
  for (const auto& rest : breaks) {
    if (!kept.empty() && rest.from <= kept.back().to) {
      rested += std::max<std::int64_t>(0, rest.to - kept.back().to);
      kept.back().to = std::max(kept.back().to, rest.to);
      continue;
    }
    if (rest.from - rested >= work) break;
    kept.push_back(rest);
    rested += rest.to - rest.from;
  }
  return kept;
}

std::string splits_text(std::span<const Break> breaks) {
  std::string text;
  for (const auto& rest : breaks) text += std::format("{}{}/{}", text.empty() ? "" : ";", rest.from, rest.to);
  return text;
}

std::span<const TaskBreak> breaks_of(const Plan& plan, Index task) {
  const auto found = std::ranges::equal_range(plan.breaks, task, {}, &TaskBreak::task);
  return {found.begin(), found.end()};
}

std::int64_t with_breaks(std::span<const TaskBreak> breaks, std::int64_t work, bool after) {
  for (const auto& [task, rest] : breaks) {
    if (after ? rest.from > work : rest.from >= work) break;
    work += rest.to - rest.from;
  }
  return work;
}

std::vector<TaskBreak> breaks_ahead(std::span<const TaskBreak> breaks, std::int64_t done) {
  const auto passed = with_breaks(breaks, done, true);
  std::vector<TaskBreak> ahead;
  for (const auto& [task, rest] : breaks)
    if (rest.from > passed) ahead.push_back({task, {rest.from - passed, rest.to - passed}});
  return ahead;
}

void set_breaks(Plan& plan, Index task, std::span<const Break> breaks) {
  const auto before = std::ranges::equal_range(plan.breaks, task, {}, &TaskBreak::task);
  auto at = plan.breaks.erase(before.begin(), before.end());
  auto& sum = plan.tasks[task].breaks = 0;
  for (const auto& rest : breaks) {
    at = plan.breaks.insert(at, {task, rest}) + 1;
    sum += rest.to - rest.from;
  }
}

}  // namespace pmo::engine
