// What a table shows of its records. A register is shown as described: each field is a column, the records stand in the
// order in which they were added. A page with more to say derives from this: columns that are computed or kept in other
// records, an outline, texts of its own, another way of writing.
#pragma once

#include <span>

#include "app/model/describe_record.h"
#include "app/model/sealing.h"
#include "app/model/transaction.h"
#include "app/words/words.h"

namespace pmo::ui {

struct CellTexts;

// A record's place in an outline.
struct OutlinePlace {
  const Record* record = nullptr;
  int level = 0;         // 0: at the top
  bool summary = false;  // the places that follow with a greater level are its parts
};

class CellSource {
 public:
  virtual ~CellSource() = default;

  // Columns beyond the register's fields. They have no member in the record: the source answers for them.
  virtual std::vector<const FieldInfo*> further_fields() const { return {}; }
  virtual Value get(const FieldInfo& field, const Record& record) const { return field.derived ? Value{} : field.get(record); }
  // What the first column shows: the record's number.
  virtual std::string number(const Project& project, const RegisterInfo& info, const Record& record) const {
    return record_number(project, info, record);
  }
  // Another text than the usual one of the field's kind; without a record: of a sum, a group, a pasted value.
  virtual std::optional<std::string> shown(const CellTexts&, const FieldInfo&, const Value&, const Record*) const { return {}; }
  // Why a cell cannot be edited; no value: it can.
  virtual std::optional<Error> locked(const FieldInfo& field, const Record& record) const {
    if (field.derived) return Error{"error.cell.derived"_key, {argument_of(field.label_key())}};
    if (field.options.sealed && holds_sealed(field.get(record))) return Error{"error.vault.in_form"_key, {}};
    return {};
  }
  // What a text typed into a cell means; by default what the field's kind says.
  virtual Result<Value> read(const CellTexts& texts, const FieldInfo& field, const Record* record, std::string_view text) const;
  virtual Result<void> write(Transaction& change, const RegisterInfo& info, const Record& record, const FieldInfo& field,
                             const Value& value) const {
    return change.set(record, info, field, value);
  }
  // What a record that was just added needs beside its fields: its place in the outline.
  virtual void added(Transaction&, const Record&) const {}
  // The records in outline order; empty: the register has no outline.
  virtual std::span<const OutlinePlace> outline() const { return {}; }
  // Grows when something changed that is not in the register: then rows are built anew.
  virtual std::uint64_t version() const { return 0; }
};

// The source of a table without one of its own.
const CellSource& plain_source();

}  // namespace pmo::ui
