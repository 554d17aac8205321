// The description of one field of a register: everything generic (SQL, JSON, CSV, validation, change log, undo,
// merge, tables and forms) works on it and on Value, never on a particular record.
#pragma once

#include <array>
#include <concepts>
#include <limits>
#include <span>
#include <type_traits>
#include <variant>

#include "app/model/record.h"
#include "app/model/type_names.h"
#include "app/words/error.h"

namespace pmo {

// The value of any field. monostate is "no value" (an empty optional, an empty reference).
//   bool          boolean
//   int64         integer, permille, number, money, day, minute, work
//   string        text, choice (its name), structured (its canonical text)
//   Id            reference
//   vector<Id>    references, in order
using Value = std::variant<std::monostate, bool, std::int64_t, std::string, Id, std::vector<Id>>;

enum class Kind : unsigned char {
  boolean, integer, permille, number, money, day, minute, work, text, choice, structured, reference, references
};

// How a field is described beyond its type. Small, because descriptions are code: bits are set by one instruction.
struct FieldOptions {
  bool required : 1 = false;      // empty text, no value and empty reference are refused
  bool title : 1 = false;         // names the record to a person: lists, links, search results
  bool owner : 1 = false;         // reference to the record this one is part of: deleted with it, shown inside it
  bool lines : 1 = false;         // text of several lines
  bool markdown : 1 = false;      // text of several lines with headings, lists and tables
  bool confidential : 1 = false;  // left out of an export that is not confidential
  bool level : 1 = false;         // of a choice: how confidential the record is, with all that is part of it
  bool sealed : 1 = false;        // a text that is kept as ciphertext where its record is locked: app/model/sealing.h
  bool address : 1 = false;       // SHA-256 of a content beside the project, which is kept as ciphertext there likewise
  bool unlogged : 1 = false;      // its values stay out of the change log
  bool due : 1 = false;           // the day by which the record asks for something
  bool responsible : 1 = false;   // the person of whom it asks it
  bool ends : 1 = false;          // of a register without status: the day on which it was done; with it nothing is left to do
  // Of a status: the choices, with spaces between them, with which nothing is left to do; the usual one first.
  std::string_view closed = {};
  // Of a status: choices with which a record is open and yet asks nothing of anybody, unless it has a day: what is in force.
  std::string_view at_rest = {};
  bool hours : 1 = false;         // work counted in hours, however long a working day is
  bool currency : 1 = false;      // of a text: the currency of the record's sums; empty: the project's own
  bool rate_day : 1 = false;      // of a day: by its exchange rate the record's sums count; of several the first that is filled in
  bool per_unit : 1 = false;      // of a sum: what one unit costs, which nothing adds up
  bool hidden : 1 = false;        // not offered as a column or form line (order keys, internal marks)
  bool searched : 1 = false;      // of a hidden text: what the search looks into all the same
  std::int64_t minimum = std::numeric_limits<std::int64_t>::min();
  std::int64_t maximum = std::numeric_limits<std::int64_t>::max();
};

// The product's choice that a stored choice is or counts as: "technical" of "technical.0198...".
inline std::string_view base_choice(std::string_view choice) { return choice.substr(0, choice.find('.')); }

class Project;

struct FieldInfo;

// What follows of a field's description from its type: a constant for each type (shape_of).
struct FieldShape {
  Kind kind = Kind::text;
  bool optional = false;                           // may be "no value"
  std::string_view target = {};                    // references: name of the register, empty for any
  std::span<const std::string_view> choices = {};  // choice: the names, in order
  std::string_view choice_labels = {};             // choice: catalogue keys are "<choice_labels>.<name>"

  Value (*read_member)(const void* member, const FieldInfo&) = nullptr;
  void (*write_member)(void* member, const Value&, const FieldInfo&) = nullptr;
  bool (*accepts_text)(std::string_view text) = nullptr;  // structured: whether the text is a value
};

struct FieldInfo : FieldShape {
  std::string_view name = {};  // SQL column, JSON member
  std::string label = {};      // catalogue key: "task.early_start"
  FieldOptions options = {};
  std::uint16_t index = 0;     // in the register's description
  std::ptrdiff_t offset = 0;   // of the member in its record

  Value (*derived)(const Project&, const Record&) = nullptr;  // computed and never stored: app/engine/derived_fields.h

  Value get(const Record& record) const {
    if (kind == Kind::choice)
      if (const auto own = record.own_choices.find(index); own != record.own_choices.end()) return own->second;
    return read_member(reinterpret_cast<const char*>(&record) + offset, *this);
  }
  Key label_key() const { return {label}; }
  bool is_long() const { return options.lines || options.markdown; }  // text of several lines
  Key choice_key(std::string_view choice) const;  // label of a choice; lives as long as the program

 private:
  friend class Transaction;
  friend class RecordWriter;
  void set(Record& record, const Value& value) const {
    if (kind == Kind::choice) return set_choice(record, value);
    write_member(reinterpret_cast<char*>(&record) + offset, value, *this);
  }
  void set_choice(Record& record, const Value& value) const;
};

// Whether the value has the right shape for the field: type, range, known choice, required. Says what is wrong
// with the field's label as first argument ("error.field.required", "error.field.range", ...); no look at other records.
Result<void> check_value(const FieldInfo& field, const Value& value);

// Whether it can be a choice that only a newer version of the product knows. A record keeps it as it is (own_choices); its
// member holds no value, or the first choice where there must be one.
bool is_newer_choice(const FieldInfo& field, const Value& value);
// As check_value, for what files and databases hold: choices of a newer version are let through.
Result<void> check_stored_value(const FieldInfo& field, const Value& value);

// --- how C++ types become fields -----------------------------------------------------------------------------

// A type with a canonical text form: encode it with to_text(value), read it with T::parse(text) -> optional<T>.
template <class T>
concept Structured = requires(const T& value, std::string_view text) {
  { to_text(value) } -> std::convertible_to<std::string>;
  { T::parse(text) } -> std::convertible_to<std::optional<T>>;
};

template <class T>
struct FieldType;  // kind, optional, read(const T&) -> Value, write(T&, const Value&); the shape of enums and references below

template <class T, Kind K>
struct IntegerField {
  static constexpr Kind kind = K;
  static constexpr bool optional = false;
  static Value read(const T& member) {
    if constexpr (std::is_integral_v<T>) return static_cast<std::int64_t>(member);
    else return static_cast<std::int64_t>(member.value);
  }
  static void write(T& member, const Value& value) {
    const auto* number = std::get_if<std::int64_t>(&value);
    const auto stored = number ? *number : 0;
    if constexpr (std::is_integral_v<T>) member = static_cast<T>(stored);
    else member.value = static_cast<decltype(member.value)>(stored);
  }
};

template <> struct FieldType<std::int64_t> : IntegerField<std::int64_t, Kind::integer> {};
template <> struct FieldType<Permille> : IntegerField<Permille, Kind::permille> {};
template <> struct FieldType<Number> : IntegerField<Number, Kind::number> {};
template <> struct FieldType<Money> : IntegerField<Money, Kind::money> {};
template <> struct FieldType<Day> : IntegerField<Day, Kind::day> {};
template <> struct FieldType<Minute> : IntegerField<Minute, Kind::minute> {};
template <> struct FieldType<WorkMinutes> : IntegerField<WorkMinutes, Kind::work> {};

template <>
struct FieldType<bool> {
  static constexpr Kind kind = Kind::boolean;
  static constexpr bool optional = false;
  static Value read(const bool& member) { return member; }
  static void write(bool& member, const Value& value) {
    const auto* flag = std::get_if<bool>(&value);
    member = flag && *flag;
  }
};

template <>
struct FieldType<std::string> {
  static constexpr Kind kind = Kind::text;
  static constexpr bool optional = false;
  static Value read(const std::string& member) { return member; }
  static void write(std::string& member, const Value& value) {
    const auto* text = std::get_if<std::string>(&value);
    member = text ? *text : std::string();
  }
};

template <class E>
  requires std::is_enum_v<E>
struct FieldType<E> {
  static constexpr Kind kind = Kind::choice;
  static constexpr bool optional = false;
  static Value read(const E& member) { return std::string(enum_name(member)); }
  static void write(E& member, const Value& value) {
    const auto* text = std::get_if<std::string>(&value);
    const auto all = enum_names<E>();
    const auto at = text ? std::ranges::find(all, *text) : all.begin();
    member = static_cast<E>(at == all.end() ? 0 : at - all.begin());
  }
};

template <Structured T>
struct FieldType<T> {
  static constexpr Kind kind = Kind::structured;
  static constexpr bool optional = false;
  static Value read(const T& member) { return std::string(to_text(member)); }
  static void write(T& member, const Value& value) {
    const auto* text = std::get_if<std::string>(&value);
    auto parsed = text ? T::parse(*text) : std::optional<T>{};
    member = parsed ? std::move(*parsed) : T{};
  }
};

template <class T>
struct FieldType<std::optional<T>> {
  static constexpr Kind kind = FieldType<T>::kind;
  static constexpr bool optional = true;
  static Value read(const std::optional<T>& member) { return member ? FieldType<T>::read(*member) : Value{}; }
  static void write(std::optional<T>& member, const Value& value) {
    if (std::holds_alternative<std::monostate>(value)) return member.reset();
    FieldType<T>::write(member.emplace(), value);
  }
};

template <class R>
struct FieldType<Ref<R>> {
  static constexpr Kind kind = Kind::reference;
  static constexpr bool optional = true;
  static Value read(const Ref<R>& member) { return member ? Value{member.id} : Value{}; }
};

template <class R>
struct FieldType<Refs<R>> {
  static constexpr Kind kind = Kind::references;
  static constexpr bool optional = false;
  static Value read(const Refs<R>& member) {
    std::vector<Id> ids;
    for (const auto& ref : member) ids.push_back(ref.id);
    return ids;
  }
  static void write(Refs<R>& member, const Value& value) {
    member.clear();
    if (const auto* ids = std::get_if<std::vector<Id>>(&value))
      for (const auto& id : *ids) member.push_back({id});
  }
};

namespace fields {

template <class T> struct Bare { using type = T; };
template <class T> struct Bare<std::optional<T>> { using type = T; };
template <class T> struct Target { static constexpr std::string_view name = {}; };
template <class R> struct Target<Ref<R>> { static constexpr std::string_view name = type_name<R>(); };
template <class R> struct Target<Refs<R>> { static constexpr std::string_view name = type_name<R>(); };
template <> struct Target<AnyRef> { static constexpr std::string_view name = {}; };
template <> struct Target<Refs<Record>> { static constexpr std::string_view name = {}; };

template <class T> inline constexpr bool is_reference = false;
template <class R> inline constexpr bool is_reference<Ref<R>> = true;

}  // namespace fields

// All enums of records are one byte, and all references one id: what reads and writes them stands once.
Value read_choice(const void* member, const FieldInfo& field);
void write_choice(void* member, const Value& value, const FieldInfo& field);
Value read_reference(const void* member, const FieldInfo&);
void write_reference(void* member, const Value& value, const FieldInfo&);

template <class T>
consteval FieldShape make_shape() {
  using Type = FieldType<T>;
  using Bare = typename fields::Bare<T>::type;
  FieldShape shape{.kind = Type::kind, .optional = Type::optional, .target = fields::Target<T>::name};
  if constexpr (std::is_enum_v<Bare>) {
    shape.choices = enum_names<Bare>();
    shape.choice_labels = type_name<Bare>();
  }
  if constexpr (Type::kind == Kind::structured)
    shape.accepts_text = [](std::string_view text) { return Bare::parse(text).has_value(); };
  if constexpr (std::is_enum_v<T>) {
    static_assert(sizeof(T) == 1, "enum class Status : unsigned char");
    shape.read_member = &read_choice;
    shape.write_member = &write_choice;
  } else if constexpr (fields::is_reference<T>) {
    static_assert(std::is_standard_layout_v<T> && sizeof(T) == sizeof(Id));
    shape.read_member = &read_reference;
    shape.write_member = &write_reference;
  } else {
    shape.read_member = [](const void* member, const FieldInfo&) { return Type::read(*static_cast<const T*>(member)); };
    shape.write_member = [](void* member, const Value& value, const FieldInfo&) { Type::write(*static_cast<T*>(member), value); };
  }
  return shape;
}

template <class T>
inline constexpr FieldShape shape_of = make_shape<T>();

}  // namespace pmo
