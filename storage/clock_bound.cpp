#include "storage/clock_bound.h"

namespace pmo::storage {
namespace {

constexpr std::uint64_t day_milliseconds = 24ull * 60 * 60 * 1000;
constexpr std::uint64_t year = 365 * day_milliseconds;

std::string day_text(std::uint64_t milliseconds) { return Day{static_cast<std::int32_t>(milliseconds / day_milliseconds)}.text(); }

}  // namespace

Result<void> ClockBound::check(const Stamp& stamp, const std::string& place) const {
  if (stamp.milliseconds() <= now_ + year) return {};
  return fail("error.bundle.future"_key, {day_text(stamp.milliseconds()), day_text(now_)}, place);
}

Result<void> ClockBound::check(const VersionVector& vector, const std::string& place) const {
  for (const auto& [actor, clock] : vector.clocks()) PMO_TRY_VOID(check(Stamp{clock, actor}, place + "." + actor.text()));
  return {};
}

Result<void> ClockBound::check(const Commit& commit, const std::string& place) const {
  PMO_TRY_VOID(check(commit.stamp, place));
  for (const auto& change : commit.changes) PMO_TRY_VOID(check(change.stamp, place));
  return {};
}

Result<void> ClockBound::check(const Record& record, const std::string& place) const {
  auto latest = record.last_written();
  if (record.deletion)
    for (const auto& field : record.deletion->seen.list()) latest = std::max(latest, field.stamp);
  for (const auto& [name, field] : record.unknown) latest = std::max(latest, field.deletion_seen);
  return check(latest, place);
}

}  // namespace pmo::storage
