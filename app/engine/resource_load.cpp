#include "app/engine/resource_load.h"

#include <algorithm>
#include <numeric>

namespace pmo::engine {

namespace {

struct Change {
  Minute at;
  std::int64_t demand, offer;  // permille more (less) from here on
};

// Minutes x permille, rounded to whole minutes only when a period is complete.
struct LoadSums {
  std::int64_t load = 0, available = 0, overload = 0, idle = 0, peak = 0;
};

LoadPeriod period_of(Day first, const LoadSums& sums) {
  const auto minutes = [](std::int64_t value) { return WorkMinutes{(value + 500) / 1000}; };
  return {first, minutes(sums.load), minutes(sums.available), minutes(sums.overload), minutes(sums.idle),
          Permille{static_cast<std::int32_t>(sums.peak)}};
}

}  // namespace

std::vector<LoadPeriod> resource_load(std::span<const LoadPiece> demand, std::span<const LoadPiece> offer, LoadStep step) {
  std::vector<Change> changes;
  const auto add = [&](std::span<const LoadPiece> pieces, std::int64_t Change::*kind) {
    for (const LoadPiece& piece : pieces) {
      if (piece.finish <= piece.start) continue;
      Change up{piece.start, 0, 0}, down{piece.finish, 0, 0};
      up.*kind = piece.units.value;
      down.*kind = -piece.units.value;
      changes.push_back(up);
      changes.push_back(down);
    }
  };
  add(demand, &Change::demand);
  add(offer, &Change::offer);
  if (changes.empty()) return {};
  std::ranges::sort(changes, {}, &Change::at);

  const int days = step == LoadStep::day ? 1 : 7;
  Day first = changes.front().at.day();
  if (step == LoadStep::week) first = first - first.weekday();
  std::vector<LoadPeriod> periods;
  LoadSums sums;
  std::int64_t demanded = 0, offered = 0;
  std::size_t next = 0;
  Minute now = Minute::at(first);
  while (true) {
    while (next < changes.size() && changes[next].at <= now) {
      demanded += changes[next].demand;
      offered += changes[next].offer;
      ++next;
    }
    if (next == changes.size()) break;
    const Minute period_end = Minute::at(first + days);
    const Minute until = std::min(changes[next].at, period_end);
    const std::int64_t minutes = until - now;
    sums.load += minutes * demanded;
    sums.available += minutes * offered;
    sums.overload += minutes * std::max<std::int64_t>(0, demanded - offered);
    sums.idle += minutes * std::max<std::int64_t>(0, offered - demanded);
    if (minutes > 0) sums.peak = std::max(sums.peak, demanded);
    now = until;
    if (now == period_end) {
      periods.push_back(period_of(first, sums));
      sums = {};
      first = first + days;
    }
  }
  if (now > Minute::at(first)) periods.push_back(period_of(first, sums));
  return periods;
}

LoadPeriod total_load(std::span<const LoadPeriod> periods) {
  LoadPeriod total{};
  if (!periods.empty()) total.first = periods.front().first;
  for (const LoadPeriod& period : periods) {
    total.load += period.load;
    total.available += period.available;
    total.overload += period.overload;
    total.idle += period.idle;
    total.peak = std::max(total.peak, period.peak);
  }
  return total;
}

std::vector<int> rank_bottlenecks(std::span<const LoadPeriod> totals) {
  std::vector<int> order(totals.size());
  std::iota(order.begin(), order.end(), 0);
  std::ranges::stable_sort(order, [&](int a, int b) {
    if (totals[a].overload != totals[b].overload) return totals[a].overload > totals[b].overload;
    return totals[a].utilisation().value_or(0) > totals[b].utilisation().value_or(0);
  });
  return order;
}

}  // namespace pmo::engine
