#include "app/model/circles.h"

#include "app/model/describe_record.h"

namespace pmo {

Result<void> no_circle_along(const Project& project, const std::vector<Change>& changes, const RegisterInfo& info, const FieldInfo& reference, Key message) {
  const Table& table = project.table(info);
  const auto next = [&](const Record* record) {
    const Value value = reference.get(*record);
    const auto* id = std::get_if<Id>(&value);
    return id ? table.find(*id) : nullptr;
  };
  const auto comes_round = [&](const Record* first) {
    std::size_t steps = 0;
    const Record* at = first ? next(first) : nullptr;
    for (; at && at != first && steps <= table.size(); ++steps) at = next(at);
    return at && at == first;
  };
  for (const Change& change : changes) {
    const bool written = change.field == &reference || (change.action == Action::create && change.info == &info);
    const Record* first = written ? table.find(change.record) : nullptr;
    if (!comes_round(first)) continue;
    constexpr int most_named = 20;
    std::string way = record_title(project, info, *first);
    const Record* at = next(first);
    for (int named = 1; at != first && named < most_named; ++named, at = next(at)) way += " → " + record_title(project, info, *at);
    return fail(message, {way + (at == first ? " → " + record_title(project, info, *first) : " → …")});
  }
  return {};
}

}  // namespace pmo
