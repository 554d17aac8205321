#include "app/model/history.h"

namespace pmo {

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
  if (record.deleted()) transaction.revive(info, record);
  for (const FieldInfo& field : info.fields)
    if (!only || only == &field)
      PMO_TRY_VOID(transaction.set_back(record, info, field, value_before(history, record, field, moment)));
  return {};
}

Result<void> decide(Transaction& transaction, const Conflict& conflict, const Value& value, bool keep) {
  const Record* record = transaction.project().table(*conflict.info).find(conflict.record);
  if (!record) return fail("error.history.missing"_key);
  if (!conflict.field) {
    if (keep) transaction.confirm(*record, *conflict.info, conflict.info->fields.front());
    else transaction.erase(*conflict.info, *record);
    return {};
  }
  if (conflict.field->get(*record) != value) return transaction.set_back(*record, *conflict.info, *conflict.field, value);
  transaction.confirm(*record, *conflict.info, *conflict.field);
  return {};
}

}  // namespace pmo
