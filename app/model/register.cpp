#include "app/model/register.h"

#include <cassert>
#include <set>

namespace pmo {
namespace {

template <class Wanted>
const FieldInfo* first_with(const RegisterInfo& info, Wanted&& wanted) {
  const auto at = std::ranges::find_if(info.fields, wanted, &FieldInfo::options);
  return at == info.fields.end() ? nullptr : &*at;
}

}  // namespace

Key FieldInfo::choice_key(std::string_view choice) const {
  // Keys point at text that lives for ever; the few hundred choice labels are formed once.
  static std::set<std::string, std::less<>> labels;
  return {*labels.insert(std::string(choice_labels) + "." + std::string(choice)).first};
}

Value read_choice(const void* member, const FieldInfo& field) {
  return std::string(field.choices[*static_cast<const unsigned char*>(member)]);
}

void write_choice(void* member, const Value& value, const FieldInfo& field) {
  const auto* choice = std::get_if<std::string>(&value);
  const auto at = choice ? std::ranges::find(field.choices, *choice) : field.choices.end();
  *static_cast<unsigned char*>(member) = static_cast<unsigned char>(at == field.choices.end() ? 0 : at - field.choices.begin());
}

Value read_reference(const void* member, const FieldInfo&) {
  const auto id = *static_cast<const Id*>(member);
  return id ? Value{id} : Value{};
}

void write_reference(void* member, const Value& value, const FieldInfo&) {
  const auto* id = std::get_if<Id>(&value);
  *static_cast<Id*>(member) = id ? *id : Id{};
}

void FieldInfo::set_choice(Record& record, const Value& value) const {
  char* member = reinterpret_cast<char*>(&record) + offset;
  record.own_choices.erase(index);
  const auto* choice = std::get_if<std::string>(&value);
  const bool newer = is_newer_choice(*this, value);
  if (!choice || (base_choice(*choice) == *choice && !newer)) return write_member(member, value, *this);
  write_member(member, newer && optional ? Value{} : Value(std::string(base_choice(*choice))), *this);
  record.own_choices[index] = *choice;
}

RegisterInfo::RegisterInfo(std::string_view type, std::string_view record_prefix, Desk of, OwnedRecord (*make)())
    : name(type),
      prefix(record_prefix),
      desk(of),
      label("register." + name),
      one_label("record." + name),
      about_label(label + ".about"),
      make_record(make) {}
RegisterInfo::RegisterInfo(RegisterInfo&&) noexcept = default;
RegisterInfo::~RegisterInfo() = default;

void RegisterInfo::add(const FieldShape& shape, std::string_view field_name, std::ptrdiff_t offset) {
  FieldInfo& field = fields.emplace_back(shape);
  field.name = field_name;
  field.label = name + "." + std::string(field_name);
  field.offset = offset;
  field.index = static_cast<std::uint16_t>(fields.size() - 1);
}

void RegisterInfo::add(const FieldShape& shape, std::string_view field_name, std::ptrdiff_t offset, const FieldOptions& options) {
  add(shape, field_name, offset);
  fields.back().options = options;
}

void RegisterInfo::add_rule(std::initializer_list<std::ptrdiff_t> offsets, Result<void> (*holds)(const Record&)) {
  RecordRule rule{.fields = {}, .holds = holds};
  for (const auto offset : offsets) {
    const auto at = std::ranges::find(fields, offset, &FieldInfo::offset);
    assert(at != fields.end() && "describe the fields before the rules between them");
    rule.fields.push_back(at->index);
  }
  record_rules.push_back(std::move(rule));
}

const FieldInfo* RegisterInfo::find(std::string_view field_name) const {
  const auto at = std::ranges::find(fields, field_name, &FieldInfo::name);
  return at == fields.end() ? nullptr : &*at;
}

const FieldInfo* RegisterInfo::title() const { return first_with(*this, [](const FieldOptions& options) { return options.title; }); }
const FieldInfo* RegisterInfo::owner() const { return first_with(*this, [](const FieldOptions& options) { return options.owner; }); }
const FieldInfo* RegisterInfo::due() const { return first_with(*this, [](const FieldOptions& options) { return options.due; }); }
const FieldInfo* RegisterInfo::ending() const { return first_with(*this, [](const FieldOptions& options) { return options.ends; }); }
const FieldInfo* RegisterInfo::responsible() const { return first_with(*this, [](const FieldOptions& options) { return options.responsible; }); }
const FieldInfo* RegisterInfo::currency() const { return first_with(*this, [](const FieldOptions& options) { return options.currency; }); }
const FieldInfo* RegisterInfo::status() const { return first_with(*this, [](const FieldOptions& options) { return !options.closed.empty(); }); }

const RegisterInfo* Schema::find(std::string_view name) const {
  const auto at = std::ranges::find(registers_, name, [](const auto* info) -> std::string_view { return info->name; });
  return at == registers_.end() ? nullptr : *at;
}

std::size_t Schema::index_of(const RegisterInfo& info) const {
  const auto at = std::ranges::find(registers_, &info);
  assert(at != registers_.end());
  return static_cast<std::size_t>(at - registers_.begin());
}

}  // namespace pmo
