#include "app/engine/schedule/schedule_passes.h"

namespace pmo::engine {
namespace {

class PathFinder {
 public:
  PathFinder(const Passes& passes, const Schedule& dates, Index target)
      : passes_(passes), dates_(dates), room_(dates.start.size(), far), next_(dates.start.size(), -1) {
    found_.number.resize(dates.start.size());
    found_.room.resize(dates.start.size());
    reach(target);
  }

  FloatPaths number(std::int32_t most) {
    std::ranges::stable_sort(reached_, {}, [&](Index t) { return room_[t]; });  // the target comes first: nothing leads on from it
    std::int32_t count = 0;
    for (const auto first : reached_) {
      if (found_.number[first] != 0 || (passes_.is_join(first) && tightest(first) < 0)) continue;
      if (++count > most) break;
      for (auto t = first; t >= 0; t = tightest(t)) {
        found_.number[t] = count;
        found_.room[t] = room_[t];
      }
    }
    return std::move(found_);
  }

 private:
  static constexpr auto far = std::numeric_limits<std::int64_t>::max();

  // Every task that leads to the target, with its room and the successor through which it has the least.
  void reach(Index target) {
    room_[target] = 0;
    const auto& order = passes_.network().order;
    for (auto t = order.rbegin(); t != order.rend(); ++t) {
      if (room_[*t] == far) continue;
      reached_.push_back(*t);
      for (const auto& edge : passes_.network().into(*t)) {
        if (passes_.activities().is(edge.from, Activity::finished)) continue;
        if (const auto sum = room_[*t] + room_of(edge, *t); sum < room_[edge.from]) room_[edge.from] = sum, next_[edge.from] = *t;
      }
    }
  }

  // How far the predecessor may move before this link moves the successor.
  std::int64_t room_of(const Edge& edge, Index to) const {
    const auto from = edge.leaves_start() ? dates_.start[edge.from] : dates_.finish[edge.from];
    const auto limit = passes_.with_lag(edge, to, edge.enters_start() ? dates_.start[to] : dates_.finish[to], true);
    const auto& activity = passes_.activities()[passes_.is_join(edge.from) ? to : edge.from];
    return std::max<std::int64_t>(0, activity.time->between(from, limit));
  }

  // The predecessor that leads here with the least room, among those on no path.
  Index tightest(Index t) const {
    Index best = -1;
    for (const auto& edge : passes_.network().into(t)) {
      const auto p = edge.from;
      if (next_[p] == t && found_.number[p] == 0 && (best < 0 || room_[p] < room_[best])) best = p;
    }
    return best;
  }

  const Passes& passes_;
  const Schedule& dates_;
  FloatPaths found_;
  std::vector<std::int64_t> room_;
  std::vector<Index> next_, reached_;
};

// The last in the plan of those that finish last.
Index last_task(const Passes& passes, const Schedule& dates) {
  Index last = -1;
  for (const auto t : passes.network().order) {
    if (passes.is_join(t) || passes.activities().is(t, Activity::finished)) continue;
    if (last < 0 || std::pair(dates.finish[t], t) > std::pair(dates.finish[last], last)) last = t;
  }
  return last;
}

}  // namespace

FloatPaths float_paths(const Plan& plan, Index target, std::int32_t most) {
  Schedule dates;
  Passes passes(plan, dates);
  passes.run();
  if (target < 0) target = last_task(passes, dates);
  else if (passes.activities().is(target, Activity::summary))
    target = std::ranges::max(passes.leaves(target), {}, [&](Index t) { return dates.finish[t]; });
  FloatPaths paths;
  if (target >= 0) paths = PathFinder(passes, dates, target).number(most);
  paths.number.resize(plan.tasks.size());
  paths.room.resize(plan.tasks.size());
  return paths;
}

}  // namespace pmo::engine
