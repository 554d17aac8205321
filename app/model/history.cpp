#include "app/model/history.h"

#include <set>

#include "app/model/describe_record.h"

namespace pmo {
namespace {

bool is_part_of_any(const RecordPointer& part, const std::set<Id>& owners) {
  return std::ranges::any_of(part.info->fields, [&](const FieldInfo& field) {
    const Value value = field.options.owner ? field.get(*part.record) : Value{};
    const auto* id = std::get_if<Id>(&value);
    return id && owners.contains(*id);
  });
}

bool refers_to_live_ones(const Project& project, const RecordPointer& part) {
  return std::ranges::all_of(part.info->fields, [&](const FieldInfo& field) {
    return check_references(project, field, field.get(*part.record)).has_value();
  });
}

// With its parts that were deleted along with it, as far as all is there that they refer to.
void bring_back(Transaction& transaction, const RegisterInfo& info, const Record& record) {
  const Project& project = transaction.project();
  std::vector<RecordPointer> gone_with_it;
  for (const auto* of : project.schema().registers())
    for (const auto* other : project.table(*of).deleted())
      if (other->deletion->stamp == record.deletion->stamp) gone_with_it.push_back({of, other});
  transaction.revive(info, record);
  std::set<Id> back{record.id};
  for (std::size_t before = 0; before < back.size();) {
    before = back.size();
    for (const auto& part : gone_with_it)
      if (part.record->deleted() && is_part_of_any(part, back) && refers_to_live_ones(project, part)) {
        transaction.revive(*part.info, *part.record);
        back.insert(part.record->id);
      }
  }
}

// What is kept although it was deleted somewhere else is part of something, which is there again, too.
void bring_back_owners(Transaction& transaction, const RegisterInfo& info, const Record& record) {
  for (const FieldInfo& field : info.fields) {
    const Value value = field.options.owner ? field.get(record) : Value{};
    const auto* id = std::get_if<Id>(&value);
    const auto [of, owner] = id ? find_deleted(transaction.project(), *id) : RecordPointer{};
    if (!owner) continue;
    bring_back(transaction, *of, *owner);
    bring_back_owners(transaction, *of, *owner);
  }
}

}  // namespace

Value value_before(std::span<const Commit> history, const Record& record, const FieldInfo& field, const Stamp& moment) {
  const Change *last = nullptr, *first = nullptr;
  for (const Commit& commit : history)
    for (const Change& change : commit.changes) {
      if (change.record != record.id || change.field != &field || lacks_values(change)) continue;
      if (change.stamp < moment && (!last || last->stamp < change.stamp)) last = &change;
      if (change.action == Action::write && (!first || change.stamp < first->stamp)) first = &change;
    }
  if (last) return last->after;
  return first ? first->before : field.get(record);  // as it was created
}

Result<void> restore_record(Transaction& transaction, std::span<const Commit> history, const RegisterInfo& info,
                            const Record& record, const Stamp& moment, const FieldInfo* only) {
  if (record.deleted()) bring_back(transaction, info, record);
  for (const FieldInfo& field : info.fields)
    if (!only || only == &field)
      PMO_TRY_VOID(transaction.set_back(record, info, field, value_before(history, record, field, moment)));
  return {};
}

Result<void> decide(Transaction& transaction, const Conflict& conflict, const Value& value, bool keep) {
  const Record* record = transaction.project().table(*conflict.info).find(conflict.record);
  if (!record) return fail("error.history.missing"_key);
  if (!conflict.field) {
    if (!keep) return transaction.erase(*conflict.info, *record), Result<void>{};
    bring_back_owners(transaction, *conflict.info, *record);
    transaction.confirm(*record, *conflict.info, conflict.info->fields.front());
    return {};
  }
  if (conflict.field->get(*record) != value) return transaction.set_back(*record, *conflict.info, *conflict.field, value);
  transaction.confirm(*record, *conflict.info, *conflict.field);
  return {};
}

}  // namespace pmo
