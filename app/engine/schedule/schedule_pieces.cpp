// Split tasks piece by piece.
#include <algorithm>

#include "app/engine/schedule/schedule_passes.h"

namespace pmo::engine {
namespace {

void add_stretch(std::vector<WorkedStretch>& list, Minute start, Minute finish) {
  if (start < finish) list.push_back({start, finish});
}

}  // namespace

std::span<const Piece> pieces_of(const Schedule& schedule, Index task) {
  const auto found = std::ranges::equal_range(schedule.pieces, task, {}, &Piece::task);
  return {found.begin(), found.end()};
}

std::vector<WorkedStretch> stretches_of(const Schedule& schedule, Index task) {
  std::vector<WorkedStretch> list;
  for (const auto& piece : pieces_of(schedule, task)) list.push_back({piece.start, piece.finish});
  if (list.empty()) list.push_back({schedule.start[task], schedule.finish[task]});
  return list;
}

std::vector<WorkedStretch> stretches_of(const WorkTime& time, Minute start, Minute finish, std::span<const TaskBreak> breaks) {
  std::vector<WorkedStretch> list;
  auto from = start;
  for (const auto& [task, rest] : breaks) {
    add_stretch(list, from, std::min(finish, time.add(start, rest.from)));
    from = time.next_start(time.add(start, rest.to));
  }
  if (from < finish) add_stretch(list, from, finish);
  else if (!list.empty()) list.back().finish = finish;  // it ended before its last break was over
  return list;
}

// After a started task was moved (S4): up to where it stands, then what is still to come.
std::vector<WorkedStretch> Passes::pieces_of(const Interruption& interruption) const {
  const auto& [t, stopped, goes_on, ahead] = interruption;
  const auto& time = *activities_[t].only.time;
  const auto breaks = breaks_of(plan_, t);
  auto pieces = stretches_of(time, result_.start[t], stopped, breaks.first(breaks.size() - ahead.size()));
  auto later = stretches_of(time, time.next_start(goes_on), result_.finish[t], ahead);
  if (!pieces.empty() && !later.empty() && time.between(pieces.back().finish, later.front().start) == 0) {
    later.front().start = pieces.back().start;
    pieces.pop_back();
  }
  pieces.insert(pieces.end(), later.begin(), later.end());
  return pieces;
}

void Passes::find_pieces() {
  const auto add = [&](Index t, const std::vector<WorkedStretch>& pieces) {
    const bool whole = pieces.size() == 1 && pieces[0].start == result_.start[t] && pieces[0].finish == result_.finish[t];
    if (whole) return;
    for (const auto& [start, finish] : pieces) result_.pieces.push_back({t, start, finish});
  };
  std::ranges::sort(interrupted_, {}, &Interruption::task);
  for (const auto& interruption : interrupted_) add(interruption.task, pieces_of(interruption));
  for (std::size_t i = 0; i < plan_.breaks.size();) {
    const auto t = plan_.breaks[i].task;
    const auto breaks = breaks_of(plan_, t);
    i += breaks.size();
    if (!result_.scheduled[t] || activities_.is(t, Activity::summary)) continue;
    if (std::ranges::binary_search(interrupted_, t, {}, &Interruption::task)) continue;
    add(t, stretches_of(*activities_[t].only.time, result_.start[t], result_.finish[t], breaks));
  }
  std::ranges::stable_sort(result_.pieces, {}, &Piece::task);
}

}  // namespace pmo::engine
