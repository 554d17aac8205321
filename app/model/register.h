// A register: one kind of record and the description of its fields. Describe it once, in the record's header:
//
//   struct Risk : Record {
//     std::string title;
//     Ref<Person> owner;
//     Permille probability;
//   };
//
//   template <> struct Describe<Risk> {
//     static RegisterInfo make() {
//       return Describer<Risk>("R", Desk::risk)
//           .field("title", &Risk::title, {.required = true, .title = true})
//           .field("owner", &Risk::owner)
//           .field("probability", &Risk::probability, {.minimum = 0, .maximum = 1000});
//     }
//   };
//
// and list it in app/model/product.cpp. Its texts are keys that follow from the names: "register.risk" (the
// register), "record.risk" (one record), "register.risk.about" (what it is for), "risk.title" (a field),
// "risk_status.assessed" (a choice). docs/registers.md shows a worked example.
#pragma once

#include <algorithm>
#include <bit>
#include <cassert>
#include <deque>

#include "app/model/field.h"
#include "app/model/table.h"

namespace pmo {

// The desks, in the order of the rail.
enum class Desk : unsigned char {
  manager, coordinator, controller, risk, quality, finance, resources, communications, procurement, change,
  documents, training, administrator
};

class Project;
struct Change;

// What must hold between the fields of one record: checked when it is created and when one of these fields is written,
// so that a record that came in wrong can still be edited elsewhere.
struct RecordRule {
  std::vector<std::uint16_t> fields;  // indexes
  Result<void> (*holds)(const Record&) = nullptr;
};
// What must hold across records: checked before each commit that touches the register. It sees the project as it would
// be. Imports and merges are let through, because both sides were right for themselves; analyses bear with what results.
using Rule = Result<void> (*)(const Project&, const std::vector<Change>&);

struct RegisterInfo {
  std::string name;    // SQL table, JSON member, part of every label: "agenda_item"
  std::string prefix;  // of record numbers: "R" for R-12; empty when the register shows no numbers
  Desk desk = Desk::manager;
  std::deque<FieldInfo> fields;  // a deque, so that references to fields stay valid while describing
  std::vector<RecordRule> record_rules;
  std::vector<Rule> rules;
  std::string label, one_label, about_label;
  OwnedRecord (*make_record)() = nullptr;

  // What every description does stands once, outside of the template that the descriptions use.
  RegisterInfo(std::string_view type, std::string_view record_prefix, Desk of, OwnedRecord (*make)());
  RegisterInfo(RegisterInfo&&) noexcept;
  ~RegisterInfo();
  void add_rule(std::initializer_list<std::ptrdiff_t> offsets, Result<void> (*holds)(const Record&));
  void add(const FieldShape& shape, std::string_view field_name, std::ptrdiff_t offset);
  void add(const FieldShape& shape, std::string_view field_name, std::ptrdiff_t offset, const FieldOptions& options);

  const FieldInfo* find(std::string_view field_name) const;
  const FieldInfo* title() const;         // the field that names a record, if any
  const FieldInfo* owner() const;         // the field that says what the record is part of, if any
  const FieldInfo* ending() const;
  const FieldInfo* due() const;           // these, and the one above, say what is left to do, if any: see app/model/open_work.h
  const FieldInfo* responsible() const;
  const FieldInfo* status() const;
  const FieldInfo* currency() const;      // the field that names the currency of its sums, if any: app/engine/control/exchange.h
  Key label_key() const { return {label}; }
  Key one_key() const { return {one_label}; }
  Key about_key() const { return {about_label}; }
};

template <class R>
struct Describe;  // static RegisterInfo make()

// What Describer::in_order and Describer::needs ask of a record.
Result<void> check_order(const Record& record, const FieldInfo& earlier, const FieldInfo& later);
Result<void> check_needed(const Record& record, const FieldInfo& status, std::string_view value,
                          std::initializer_list<const FieldInfo*> needed);
template <class R, auto earlier, auto later>
Result<void> holds_in_order(const Record& record);
template <class R, auto status, auto value, auto... needed>
Result<void> holds_needed(const Record& record);

template <class R>
class Describer {
 public:
  Describer(std::string_view prefix, Desk desk)
      : info_(type_name<R>(), prefix, desk, [] { return OwnedRecord(new R, [](Record* record) { delete static_cast<R*>(record); }); }) {}

  template <class T, class Owner>
  Describer&& field(std::string_view name, T Owner::* member) && {
    static_assert(std::is_base_of_v<Owner, R>);
    info_.add(shape_of<T>, name, offset_of(member));
    return std::move(*this);
  }
  template <class T, class Owner>
  Describer&& field(std::string_view name, T Owner::* member, const FieldOptions& options) && {
    static_assert(std::is_base_of_v<Owner, R>);
    info_.add(shape_of<T>, name, offset_of(member), options);
    return std::move(*this);
  }

  // .check<dates_in_order>(&Course::start, &Course::finish), after the fields:
  // Result<void> dates_in_order(const Course&) tells what is wrong between them.
  template <Result<void> (*holds)(const R&), class... Members>
  Describer&& check(Members... members) && {
    info_.add_rule({offset_of(members)...}, [](const Record& record) { return holds(static_cast<const R&>(record)); });
    return std::move(*this);
  }
  // .in_order<&Course::start, &Course::finish>(), after both fields: the later is not before (or less than) the earlier,
  // where both have a value.
  template <auto earlier, auto later>
  Describer&& in_order() && {
    info_.add_rule({offset_of(earlier), offset_of(later)}, &holds_in_order<R, earlier, later>);
    return std::move(*this);
  }
  // .needs<&Audit::status, AuditStatus::closed, &Audit::result, &Audit::held_on>(), after the fields: a record may have
  // this status only when the others are filled in.
  template <auto status, auto value, auto... needed>
  Describer&& needs() && {
    info_.add_rule({offset_of(status), offset_of(needed)...}, &holds_needed<R, status, value, needed...>);
    return std::move(*this);
  }
  Describer&& rule(Rule rule) && {
    info_.rules.push_back(rule);
    return std::move(*this);
  }

  operator RegisterInfo() && { return std::move(info_); }

  // Where a member lies in its record. In the C++ ABI of both targets a pointer to a data member is that offset.
  template <class T, class Owner>
  static std::ptrdiff_t offset_of(T Owner::* member) { return std::bit_cast<std::ptrdiff_t>(member); }

 private:
  RegisterInfo info_;
};

// The one description of R; the same object for the life of the program. Where a schema is listed makes it:
// app/model/list_registers.h.
template <class R>
const RegisterInfo& register_of();

// The field of a member: field_of(&Risk::title).
template <class R, class T, class Owner>
const FieldInfo& field_of(T Owner::* member) {
  const auto offset = Describer<R>::offset_of(member);
  for (const auto& field : register_of<R>().fields)
    if (field.offset == offset) return field;
  __builtin_unreachable();
}

template <class R, auto earlier, auto later>
Result<void> holds_in_order(const Record& record) {
  return check_order(record, field_of<R>(earlier), field_of<R>(later));
}
template <class R, auto status, auto value, auto... needed>
Result<void> holds_needed(const Record& record) {
  return check_needed(record, field_of<R>(status), enum_name(value), {&field_of<R>(needed)...});
}

// Which registers a project has. Tests make their own.
class Schema {
 public:
  Schema(std::initializer_list<const RegisterInfo*> registers) : registers_(registers) {}
  const std::vector<const RegisterInfo*>& registers() const { return registers_; }
  const RegisterInfo* find(std::string_view name) const;
  std::size_t index_of(const RegisterInfo& info) const;  // must be one of the schema's

 private:
  std::vector<const RegisterInfo*> registers_;
};

// The schema of the product (app/model/product.cpp).
const Schema& product_schema();

}  // namespace pmo
