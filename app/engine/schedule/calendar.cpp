#include "app/engine/schedule/calendar.h"

#include <algorithm>
#include <cstring>
#include <map>
#include <unordered_map>

namespace pmo::engine {
namespace {

constexpr std::int32_t day_count = WorkTime::end_day - WorkTime::first_day;
constexpr Minute first_moment = Minute::at(WorkTime::first_day);
constexpr Minute end_moment = Minute::at(WorkTime::end_day);

constexpr std::int32_t week_minutes = 7 * 1440;
constexpr std::int32_t week_count = day_count / 7 + 1;  // the last holds the end, too
constexpr int step_bits = 10;  // of working minutes for which the week is noted: half an ordinary week
constexpr std::int64_t longest = 1LL << 40;             // minutes that anything is moved by

constexpr Minute clamped(Minute moment) { return std::clamp(moment, first_moment, end_moment); }

// Minutes since the first moment: a number that 32 bits hold, whose division by a week is cheap.
constexpr std::uint32_t offset_of(Minute moment) { return static_cast<std::uint32_t>(clamped(moment) - first_moment); }

// How many of the values are below a minute of a week. Written for the processor's vectors: left to itself the compiler of the
// page compares one by one.
constexpr std::size_t lanes = 8;             // compared at a time
constexpr std::uint16_t above_all = 0xffff;  // no minute of a week
typedef std::uint16_t Lanes __attribute__((vector_size(2 * lanes)));
int count_below(const std::uint16_t* values, std::size_t size, int minute) {
  const auto limit = static_cast<std::uint16_t>(minute);
  Lanes count{};
  for (std::size_t at = 0; at < size; at += lanes) {
    Lanes some;
    std::memcpy(&some, values + at, sizeof some);
    count -= reinterpret_cast<Lanes>(some < limit);  // -1 where it is
  }
  return __builtin_reduce_add(count);
}

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
  for (std::size_t pattern = 0; pattern < day_patterns_.size(); ++pattern)
    if (std::ranges::equal(shifts_of(static_cast<PatternIndex>(pattern)), shifts)) return static_cast<PatternIndex>(pattern);
  if (day_patterns_.size() == std::numeric_limits<PatternIndex>::max()) return 0;
  day_patterns_.push_back({static_cast<std::uint32_t>(shifts_.size()), static_cast<std::uint32_t>(shifts.size())});
  shifts_.insert(shifts_.end(), shifts.begin(), shifts.end());
  return static_cast<PatternIndex>(day_patterns_.size() - 1);
}

void WorkTime::list_shifts(WeekPattern& pattern) {
  pattern.first = static_cast<std::uint32_t>(shift_starts_.size());
  for (int day = 0; day < 7; ++day)
    for (const auto& shift : shifts_of(pattern.days[day])) {
      shift_starts_.push_back(static_cast<std::uint16_t>(day * 1440 + shift.start));
      worked_before_.push_back(pattern.minutes);
      pattern.minutes = static_cast<std::uint16_t>(pattern.minutes + shift.finish - shift.start);
      ++pattern.shifts;
    }
  pattern.size = (pattern.shifts + lanes) / lanes * lanes;  // at least one more, which says what was worked in all
  shift_starts_.resize(pattern.first + pattern.size, above_all);
  worked_before_.push_back(pattern.minutes);
  worked_before_.resize(pattern.first + pattern.size, above_all);
}

void WorkTime::fold(const std::vector<PatternIndex>& days) {
  std::map<std::array<PatternIndex, 7>, PatternIndex> known;
  std::array<PatternIndex, 7> last{};
  PatternIndex pattern = 0;
  weeks_.reserve(week_count + 1);
  for (std::int32_t week = 0; week < week_count; ++week) {
    std::array<PatternIndex, 7> seven;
    std::copy_n(days.begin() + 7 * week, 7, seven.begin());
    if (week == 0 || seven != last) {
      const auto [at, fresh] = known.try_emplace(seven, static_cast<PatternIndex>(week_patterns_.size()));
      pattern = at->second;
      last = seven;
      if (fresh) list_shifts(week_patterns_.emplace_back(WeekPattern{.days = seven}));
    }
    weeks_.push_back({static_cast<std::int32_t>(total_), pattern});
    total_ += week_patterns_[pattern].minutes;
  }
  continuous_ = total_ == day_count * Minute::per_day;
  weeks_.push_back({std::numeric_limits<std::int32_t>::max(), 0});
  std::uint16_t week = 0;
  for (std::int64_t work = 0; work < total_; work += 1 << step_bits) {
    while (weeks_[week + 1].before <= work) ++week;
    week_at_.push_back(week);
  }
}

WorkTime WorkTime::compile(std::span<const CalendarDefinition> calendars, Index index) {
  WorkTime time;
  time.intern({});
  std::array<PatternIndex, 7> week{};
  std::vector<PatternIndex> days(7 * week_count, 0);
  const auto chain = chain_of(calendars, index);
  for (const auto* calendar : chain) {  // W4, W3, W2
    for (int weekday = 0; weekday < 7; ++weekday) {
      if (!calendar->week[weekday]) continue;
      week[weekday] = time.intern(calendar->week[weekday]->list);
      const int first = (weekday - first_day.weekday() + 7) % 7;
      for (std::int32_t day = first; day < day_count; day += 7) days[day] = week[weekday];
    }
    for (auto work_week = calendar->work_weeks.rbegin(); work_week != calendar->work_weeks.rend(); ++work_week) {
      const auto last = std::min(work_week->last, end_day - 1);
      for (auto day = std::max(work_week->first, first_day); day <= last; day = day + 1)
        if (const auto& shifts = work_week->days[day.weekday()]) days[day - first_day] = time.intern(shifts->list);
    }
  }
  for (const auto* calendar : chain)  // W1
    for (const auto* exception : weakest_first(calendar->exceptions)) {
      const auto pattern = time.intern(exception->shifts.list);
      for (const auto day : days_of(*exception)) days[day - first_day] = pattern;
    }
  time.fold(days);
  return time;
}

WorkTime WorkTime::intersect(const WorkTime& a, const WorkTime& b) {
  if (a.continuous_) return b;
  if (b.continuous_) return a;
  WorkTime time;
  time.intern({});
  std::vector<PatternIndex> days(7 * week_count, 0);
  std::unordered_map<std::uint32_t, PatternIndex> known;  // of two patterns
  for (std::int32_t day = 0; day < day_count; ++day) {
    const auto of_a = a.week_patterns_[a.weeks_[day / 7].pattern].days[day % 7];
    const auto of_b = b.week_patterns_[b.weeks_[day / 7].pattern].days[day % 7];
    const auto [pattern, fresh] = known.try_emplace(static_cast<std::uint32_t>(of_a) << 16 | of_b);
    if (fresh) {
      std::vector<Shift> shifts;
      for (const auto& x : a.shifts_of(of_a))
        for (const auto& y : b.shifts_of(of_b))
          if (const Shift both{std::max(x.start, y.start), std::min(x.finish, y.finish)}; both.start < both.finish)
            shifts.push_back(both);
      pattern->second = time.intern(shifts);
    }
    days[day] = pattern->second;
  }
  time.fold(days);
  return time;
}

std::span<const Shift> WorkTime::shifts(Day day) const {
  static constexpr Shift whole_day{0, 1440};
  if (continuous_) return {&whole_day, 1};
  if (day < first_day || day >= end_day) return {};
  const auto at = day - first_day;
  return shifts_of(week_patterns_[weeks_[at / 7].pattern].days[at % 7]);
}

std::int64_t WorkTime::work_before(Minute moment) const {
  const auto offset = offset_of(moment);
  return continuous_ ? offset : work_at(offset);
}

// The last shift of a week that begins before a minute of it.
struct WorkTime::Shiftwork {
  Shiftwork(const WorkTime& time, std::uint32_t week_number, int minute)
      : week(time.weeks_[week_number]),
        pattern(time.week_patterns_[week.pattern]),
        starts(time.shift_starts_.data() + pattern.first),
        before(time.worked_before_.data() + pattern.first),
        begun(count_below(starts, pattern.size, minute)) {}

  const Week& week;
  const WeekPattern& pattern;
  const std::uint16_t *starts, *before;
  int begun;  // so many shifts

  int length() const { return before[begun] - before[begun - 1]; }
  int since(int minute) const { return minute - starts[begun - 1]; }
};

// Working minutes before a minute counted from the first moment.
std::int32_t WorkTime::work_at(std::uint32_t offset) const {
  const int minute = static_cast<int>(offset % week_minutes);
  const Shiftwork at(*this, offset / week_minutes, minute);
  if (at.begun == 0) return at.week.before;
  return at.week.before + at.before[at.begun - 1] + std::min(at.since(minute), at.length());
}

// Where a minute of work begins, counted from 0; there must be so many.
Minute WorkTime::working_minute(std::int32_t number) const {
  auto at = week_at_[static_cast<std::size_t>(number >> step_bits)];
  while (weeks_[at + 1].before <= number) ++at;
  const auto& pattern = week_patterns_[weeks_[at].pattern];
  const auto left = number - weeks_[at].before;
  const auto shift = pattern.first + static_cast<std::uint32_t>(count_below(worked_before_.data() + pattern.first, pattern.size, left + 1) - 1);
  return first_moment + (at * week_minutes + shift_starts_[shift] + left - worked_before_[shift]);
}

WorkTime::Position WorkTime::start_after(std::int64_t work) const {
  if (continuous_) return {clamped(first_moment + work), work};
  if (work < 0) return {first_moment, 0};
  if (work >= total_) return {end_moment, total_};
  return {working_minute(static_cast<std::int32_t>(work)), work};
}

WorkTime::Position WorkTime::finish_after(std::int64_t work) const {
  if (continuous_) return {clamped(first_moment + work), work};
  if (work <= 0) return {first_moment, 0};
  if (work > total_) return {end_moment, total_};
  return {working_minute(static_cast<std::int32_t>(work) - 1) + 1, work};
}

Minute WorkTime::add_from(const Position& from, std::int64_t work) const {
  if (work == 0) return from.moment;
  const auto wanted = from.work + std::clamp<std::int64_t>(work, -longest, longest);
  return (work > 0 ? finish_after(wanted) : start_after(wanted)).moment;
}

WorkTime::Position WorkTime::start_at(Minute moment) const {
  const auto offset = offset_of(moment);
  if (continuous_) return {moment, offset};
  const int minute = static_cast<int>(offset % week_minutes);
  const Shiftwork at(*this, offset / week_minutes, minute + 1);
  if (at.begun > 0 && at.since(minute) < at.length())
    return {first_moment + offset, at.week.before + at.before[at.begun - 1] + at.since(minute)};
  const auto work = at.week.before + at.before[at.begun];
  if (at.begun < at.pattern.shifts) return {first_moment + (offset - minute + at.starts[at.begun]), work};
  return start_after(work);
}

WorkTime::Position WorkTime::finish_at(Minute moment) const {
  const auto offset = offset_of(moment);
  if (continuous_) return {moment, offset};
  const int minute = static_cast<int>(offset % week_minutes);
  const Shiftwork at(*this, offset / week_minutes, minute);
  if (at.begun == 0) return finish_after(at.week.before);
  const auto worked = std::min(at.since(minute), at.length());
  return {first_moment + (offset - minute + at.starts[at.begun - 1] + worked), at.week.before + at.before[at.begun - 1] + worked};
}

}  // namespace pmo::engine
