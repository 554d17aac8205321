#include "app/model/record.h"

#include <tuple>

namespace pmo {
namespace {

auto position_of(auto& list, std::uint16_t field) {
  return std::ranges::lower_bound(list, field, {}, &FieldStamp::field);
}

}  // namespace

const Stamp* FieldStamps::find(std::uint16_t field) const {
  const auto at = position_of(list_, field);
  return at != list_.end() && at->field == field ? &at->stamp : nullptr;
}

bool FieldStamps::is_told(std::uint16_t field) const {
  const auto* stamp = find(field);
  return !stamp || *stamp != Stamp{};
}

void FieldStamps::put(std::uint16_t field, const Stamp& stamp) {
  const auto at = position_of(list_, field);
  if (at != list_.end() && at->field == field) at->stamp = stamp;
  else list_.insert(at, {field, stamp});
}

void FieldStamps::drop(std::uint16_t field) {
  const auto at = position_of(list_, field);
  if (at != list_.end() && at->field == field) list_.erase(at);
}

void FieldStamps::join(const FieldStamps& other) {
  for (const auto& [field, stamp] : other.list_) {
    if (stamp == Stamp{}) continue;
    const auto* mine = find(field);
    if (!mine || *mine < stamp) put(field, stamp);
  }
}

FieldStamps FieldStamps::told() const {
  FieldStamps told = *this;
  std::erase_if(told.list_, [](const FieldStamp& field) { return field.stamp == Stamp{}; });
  return told;
}

bool join(UnknownFields& mine, const UnknownFields& theirs) {
  bool grown = false;
  for (const auto& [name, other] : theirs) {
    if (other.withheld && !mine.contains(name)) continue;  // R3
    const auto [at, added] = mine.try_emplace(name, other);
    grown |= added;
    auto& field = at->second;
    if (field.withheld && !other.withheld) {
      field = {other.value, other.stamp, field.deletion_seen};
      grown = true;
    }
    if (!other.withheld && std::tie(field.stamp, field.value) < std::tie(other.stamp, other.value)) {
      field.stamp = other.stamp;
      field.value = other.value;
      grown = true;
    }
    if (field.deletion_seen < other.deletion_seen) {
      field.deletion_seen = other.deletion_seen;
      grown = true;
    }
  }
  return grown;
}

const Stamp& Record::stamp_of(std::uint16_t field) const {
  const auto* stamp = written.find(field);
  return stamp ? *stamp : created;
}

Stamp Record::last_written() const {
  auto last = created;
  for (const auto& field : written.list()) last = std::max(last, field.stamp);
  for (const auto& [name, field] : unknown) last = std::max(last, field.stamp);
  if (deletion) last = std::max(last, deletion->stamp);
  return last;
}

bool Record::deleted() const {
  if (!deletion) return false;
  const auto was_seen = [&](const FieldStamp& field) {
    const auto* seen = deletion->seen.find(field.field);
    return field.stamp == Stamp{} || (seen && field.stamp <= *seen);
  };
  return std::ranges::all_of(written.list(), was_seen) && std::ranges::all_of(unknown, [](const auto& field) {
    return field.second.stamp <= field.second.deletion_seen;
  });
}

}  // namespace pmo
