#include "app/engine/calendar.h"

#include <algorithm>

namespace pmo::engine {
namespace {

constexpr std::int32_t day_count = WorkTime::end_day - WorkTime::first_day;
constexpr Minute first_moment = Minute::at(WorkTime::first_day);
constexpr Minute end_moment = Minute::at(WorkTime::end_day);

constexpr Minute clamped(Minute moment) { return std::clamp(moment, first_moment, end_moment); }

// The calendar after its bases, nearest last.
std::vector<const CalendarDefinition*> chain_of(std::span<const CalendarDefinition> calendars, Index index) {
  std::vector<const CalendarDefinition*> chain;
  while (index >= 0 && index < std::ssize(calendars) && !std::ranges::contains(chain, &calendars[index])) {
    chain.push_back(&calendars[index]);
    index = calendars[index].base;
  }
  std::ranges::reverse(chain);
  return chain;
}

// Rule W5: the higher rank is applied first and overwritten by lower ones.
int rank(const ExceptionDefinition& exception) {
  switch (exception.recurrence) {
    case Recurrence::none: return 0;
    case Recurrence::daily: return 1;
    case Recurrence::weekly: return 2;
    case Recurrence::monthly_by_day:
    case Recurrence::monthly_by_position: return 3;
    default: return 4;
  }
}

std::vector<const ExceptionDefinition*> weakest_first(const std::vector<ExceptionDefinition>& exceptions) {
  std::vector<const ExceptionDefinition*> sorted;
  for (const auto& exception : exceptions) sorted.push_back(&exception);
  std::ranges::reverse(sorted);  // the first in the list is applied last
  std::ranges::stable_sort(sorted, std::greater{}, [](const auto* exception) { return rank(*exception); });
  return sorted;
}

}  // namespace

WorkTime::PatternIndex WorkTime::intern(const std::vector<Shift>& shifts) {
  const auto found = std::ranges::find(patterns_, shifts, &Pattern::shifts);
  if (found != patterns_.end()) return static_cast<PatternIndex>(found - patterns_.begin());
  if (patterns_.size() == std::numeric_limits<PatternIndex>::max()) return 0;
  Pattern pattern{.shifts = shifts};
  for (const auto& shift : shifts) {
    pattern.before.push_back(pattern.minutes);
    pattern.minutes += shift.finish - shift.start;
  }
  patterns_.push_back(std::move(pattern));
  return static_cast<PatternIndex>(patterns_.size() - 1);
}

void WorkTime::sum_up() {
  before_.resize(days_.size() + 1);
  std::int32_t sum = 0;
  for (std::size_t day = 0; day < days_.size(); ++day) {
    before_[day] = sum;
    sum += patterns_[days_[day]].minutes;
  }
  before_[days_.size()] = sum;
  total_ = sum;
  continuous_ = sum == day_count * Minute::per_day;
}

WorkTime WorkTime::compile(std::span<const CalendarDefinition> calendars, Index index) {
  WorkTime time;
  time.intern({});
  std::array<PatternIndex, 7> week{};
  time.days_.assign(day_count, 0);
  const auto chain = chain_of(calendars, index);
  for (const auto* calendar : chain) {  // W4, W3, W2
    for (int weekday = 0; weekday < 7; ++weekday) {
      if (!calendar->week[weekday]) continue;
      week[weekday] = time.intern(calendar->week[weekday]->list);
      const int first = (weekday - first_day.weekday() + 7) % 7;
      for (std::int32_t day = first; day < day_count; day += 7) time.days_[day] = week[weekday];
    }
    for (auto work_week = calendar->work_weeks.rbegin(); work_week != calendar->work_weeks.rend(); ++work_week) {
      const auto last = std::min(work_week->last, end_day - 1);
      for (auto day = std::max(work_week->first, first_day); day <= last; day = day + 1)
        if (const auto& shifts = work_week->days[day.weekday()]) time.days_[day - first_day] = time.intern(shifts->list);
    }
  }
  for (const auto* calendar : chain)  // W1
    for (const auto* exception : weakest_first(calendar->exceptions)) {
      const auto pattern = time.intern(exception->shifts.list);
      for (const auto day : days_of(*exception)) time.days_[day - first_day] = pattern;
    }
  time.sum_up();
  return time;
}

WorkTime WorkTime::intersect(const WorkTime& a, const WorkTime& b) {
  if (a.continuous_) return b;
  if (b.continuous_) return a;
  WorkTime time;
  time.intern({});
  time.days_.resize(day_count);
  std::vector<std::int32_t> known(a.patterns_.size() * b.patterns_.size(), -1);
  for (std::int32_t day = 0; day < day_count; ++day) {
    auto& pattern = known[a.days_[day] * b.patterns_.size() + b.days_[day]];
    if (pattern < 0) {
      std::vector<Shift> shifts;
      for (const auto& x : a.patterns_[a.days_[day]].shifts)
        for (const auto& y : b.patterns_[b.days_[day]].shifts)
          if (const Shift both{std::max(x.start, y.start), std::min(x.finish, y.finish)}; both.start < both.finish)
            shifts.push_back(both);
      pattern = time.intern(shifts);
    }
    time.days_[day] = static_cast<PatternIndex>(pattern);
  }
  time.sum_up();
  return time;
}

std::int32_t WorkTime::day_index(Minute moment) { return moment.day() - first_day; }

std::span<const Shift> WorkTime::shifts(Day day) const {
  static constexpr Shift whole_day{0, 1440};
  if (continuous_) return {&whole_day, 1};
  if (day < first_day || day >= end_day) return {};
  return patterns_[days_[day - first_day]].shifts;
}

std::int64_t WorkTime::work_before(Minute moment) const {
  moment = clamped(moment);
  if (continuous_) return moment - first_moment;
  const auto day = day_index(moment);
  if (day >= day_count) return total_;
  const auto& pattern = patterns_[days_[day]];
  const int minute = moment.minute_of_day();
  std::int64_t work = before_[day];
  for (const auto& shift : pattern.shifts) {
    if (minute <= shift.start) break;
    work += std::min(minute, shift.finish) - shift.start;
  }
  return work;
}

// The day in which the minute before (finish) or after (start) the given amount of work lies: galloping from a day
// that is probably near.
std::int32_t WorkTime::find_day(std::int64_t work, std::int32_t hint, bool finish) const {
  // the last day with before_[day] < work (finish) or <= work (start)
  const auto below = [&](std::int32_t day) { return finish ? before_[day] < work : before_[day] <= work; };
  std::int32_t low = std::clamp(hint, 0, day_count - 1), high = low;
  std::int32_t step = 1;
  while (low > 0 && !below(low)) { high = low; low = std::max(0, low - step); step *= 2; }
  step = 1;
  if (high <= low) high = low + 1;
  while (high < day_count && below(high)) { low = high; high = std::min(day_count, high + step); step *= 2; }
  while (high - low > 1) {
    const auto middle = low + (high - low) / 2;
    (below(middle) ? low : high) = middle;
  }
  return low;
}

Minute WorkTime::moment_of(std::int64_t work, std::int32_t hint_day, bool finish) const {
  if (work < 0 || (finish && work == 0)) return first_moment;
  if (work > total_ || (!finish && work == total_)) return end_moment;
  const auto day = find_day(work, hint_day, finish);
  const auto& pattern = patterns_[days_[day]];
  const auto in_day = static_cast<int>(work - before_[day]);
  std::size_t at = pattern.shifts.size() - 1;
  while (at > 0 && (finish ? pattern.before[at] >= in_day : pattern.before[at] > in_day)) --at;
  return Minute::at(first_day + day, pattern.shifts[at].start + in_day - pattern.before[at]);
}

Minute WorkTime::add(Minute moment, std::int64_t work) const {
  if (work == 0) return moment;
  moment = clamped(moment);
  if (continuous_) return clamped(moment + std::clamp<std::int64_t>(work, -(1LL << 40), 1LL << 40));
  return moment_of(work_before(moment) + work, day_index(moment), work > 0);
}

Minute WorkTime::next_start(Minute moment) const {
  if (continuous_) return moment;
  moment = clamped(moment);
  const auto day = day_index(moment);
  if (day < day_count) {
    const int minute = moment.minute_of_day();
    for (const auto& shift : patterns_[days_[day]].shifts)
      if (minute < shift.finish) return minute >= shift.start ? moment : Minute::at(moment.day(), shift.start);
  }
  return moment_of(work_before(moment), day, false);
}

Minute WorkTime::previous_finish(Minute moment) const {
  if (continuous_) return moment;
  moment = clamped(moment);
  const auto day = day_index(moment);
  if (day < day_count) {
    const int minute = moment.minute_of_day();
    const auto& shifts = patterns_[days_[day]].shifts;
    for (auto shift = shifts.rbegin(); shift != shifts.rend(); ++shift)
      if (minute > shift->start) return minute <= shift->finish ? moment : Minute::at(moment.day(), shift->finish);
  }
  return moment_of(work_before(moment), day, true);
}

}  // namespace pmo::engine
