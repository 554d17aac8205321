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
  for (const Change& change : changes) {
    if (change.field != &reference) continue;
    const Record* first = table.find(change.record);
    if (!first) continue;
    std::string way = record_title(project, info, *first);
    std::size_t steps = 0;
    for (const Record* at = next(first); at && steps <= table.size(); at = next(at), ++steps) {
      if (steps < 20) way += " → " + record_title(project, info, *at);
      if (at == first) return fail(message, {way});
    }
  }
  return {};
}

}  // namespace pmo
