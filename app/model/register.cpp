#include "app/model/register.h"

#include <cassert>
#include <set>

namespace pmo {
namespace {

const FieldInfo* first_with(const RegisterInfo& info, bool FieldOptions::* option) {
  for (const auto& field : info.fields)
    if (field.options.*option) return &field;
  return nullptr;
}

}  // namespace

Key FieldInfo::choice_key(std::string_view choice) const {
  // Keys point at text that lives for ever; the few hundred choice labels are formed once.
  static std::set<std::string, std::less<>> labels;
  return {*labels.insert(choice_labels + "." + std::string(choice)).first};
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

void RegisterInfo::add(FieldInfo (*of_type)(), std::string_view field_name, std::ptrdiff_t offset, const FieldOptions& options) {
  FieldInfo field = of_type();
  field.name = field_name;
  field.label = name + "." + std::string(field_name);
  field.options = options;
  field.offset = offset;
  field.index = static_cast<std::uint16_t>(fields.size());
  fields.push_back(std::move(field));
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

const FieldInfo* RegisterInfo::title() const { return first_with(*this, &FieldOptions::title); }
const FieldInfo* RegisterInfo::owner() const { return first_with(*this, &FieldOptions::owner); }
const FieldInfo* RegisterInfo::due() const { return first_with(*this, &FieldOptions::due); }
const FieldInfo* RegisterInfo::responsible() const { return first_with(*this, &FieldOptions::responsible); }
const FieldInfo* RegisterInfo::currency() const { return first_with(*this, &FieldOptions::currency); }
const FieldInfo* RegisterInfo::status() const {
  const auto at = std::ranges::find_if(fields, [](const FieldInfo& field) { return !field.options.closed.front().empty(); });
  return at == fields.end() ? nullptr : &*at;
}

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
