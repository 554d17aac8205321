#include "app/engine/resources/resource_load.h"

#include <algorithm>
#include <map>
#include <numeric>

#include "app/model/months.h"

namespace pmo::engine {

namespace {

// Of a step that is counted in months; 0: it is not.
int months_of(LoadStep step) {
  switch (step) {
    case LoadStep::month: return 1;
    case LoadStep::quarter: return 3;
    case LoadStep::year: return 12;
    default: return 0;
  }
}

WorkMinutes rounded(std::int64_t minutes_x_permille) { return {(minutes_x_permille + 500) / 1000}; }

struct Change {
  Minute at;
  std::int64_t demand, offer;  // permille more (less) from here on
};

// Minutes x permille, rounded to whole minutes only when a period is complete.
struct LoadSums {
  std::int64_t load = 0, available = 0, overload = 0, idle = 0, peak = 0;
};

LoadPeriod period_of(Day first, const LoadSums& sums) {
  return {first, rounded(sums.load), rounded(sums.available), rounded(sums.overload), rounded(sums.idle),
          Permille{static_cast<std::int32_t>(sums.peak)}};
}

}  // namespace

Day first_of_period(LoadStep step, Day day) {
  if (const int months = months_of(step)) return block_of_months(day, months);
  return step == LoadStep::week ? day - day.weekday() : day;
}

Day next_period(LoadStep step, Day first) {
  if (const int months = months_of(step)) return months_later(first, months);
  return first + (step == LoadStep::week ? 7 : 1);
}

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

  Day first = first_of_period(step, changes.front().at.day());
  Minute period_end = Minute::at(next_period(step, first));
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
      first = period_end.day();
      period_end = Minute::at(next_period(step, first));
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

std::vector<LoadPeriod> joined_load(std::vector<LoadPeriod> periods) {
  std::ranges::stable_sort(periods, {}, &LoadPeriod::first);
  std::vector<LoadPeriod> joined;
  for (auto from = periods.begin(); from != periods.end();) {
    const auto to = std::find_if(from, periods.end(), [&](const LoadPeriod& period) { return period.first != from->first; });
    joined.push_back(total_load({from, to}));
    from = to;
  }
  return joined;
}

std::vector<TaskLoad> load_by_task(std::span<const LoadPiece> demand, std::span<const LoadPiece> offer, Minute from, Minute to) {
  struct Piece {  // within the span; what is offered counts against what is asked for
    Minute start, finish;
    std::int64_t units;
    int task;
    bool asked;
  };
  std::vector<Piece> pieces;
  std::vector<Minute> edges;
  const auto add = [&](std::span<const LoadPiece> list, bool asked) {
    for (const LoadPiece& piece : list) {
      const Minute start = std::max(piece.start, from), finish = std::min(piece.finish, to);
      if (finish <= start) continue;
      pieces.push_back({start, finish, asked ? piece.units.value : -piece.units.value, piece.task, asked});
      edges.push_back(start);
      edges.push_back(finish);
    }
  };
  add(demand, true);
  add(offer, false);
  std::ranges::sort(pieces, {}, &Piece::start);
  std::ranges::sort(edges);
  edges.erase(std::unique(edges.begin(), edges.end()), edges.end());

  struct Sum {
    std::int64_t load = 0;
    bool overloads = false;
  };
  std::map<int, Sum> sums;
  std::vector<Piece> running;
  std::size_t next = 0;
  for (std::size_t i = 0; i + 1 < edges.size(); ++i) {
    std::erase_if(running, [&](const Piece& piece) { return piece.finish <= edges[i]; });
    for (; next < pieces.size() && pieces[next].start <= edges[i]; ++next) running.push_back(pieces[next]);
    std::int64_t excess = 0;
    for (const Piece& piece : running) excess += piece.units;
    for (const Piece& piece : running) {
      if (!piece.asked) continue;
      Sum& sum = sums[piece.task];
      sum.load += (edges[i + 1] - edges[i]) * piece.units;
      sum.overloads = sum.overloads || excess > 0;
    }
  }
  std::vector<TaskLoad> list;
  for (const auto& [task, sum] : sums) list.push_back({task, rounded(sum.load), sum.overloads});
  std::ranges::stable_sort(list, std::ranges::greater{}, &TaskLoad::load);
  return list;
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
