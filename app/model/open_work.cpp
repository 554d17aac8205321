#include "app/model/open_work.h"

#include <algorithm>

#include "app/model/records/common.h"
#include "app/model/text_parts.h"

namespace pmo {

namespace {

// Whether the record's status is one of these choices of its description.
bool stands_at(const RegisterInfo& info, const Record& record, std::string_view FieldOptions::* choices) {
  const FieldInfo* status = info.status();
  if (!status) return false;
  const Value value = status->get(record);
  const auto* choice = std::get_if<std::string>(&value);
  return choice && !choice->empty() && has_word(status->options.*choices, base_choice(*choice));
}

}  // namespace

bool is_open(const RegisterInfo& info, const Record& record) {
  if (info.status()) return !stands_at(info, record, &FieldOptions::closed);
  const FieldInfo* end = info.ending();
  return !end || std::holds_alternative<std::monostate>(end->get(record));
}

bool asks_work(const RegisterInfo& info, const Record& record) {
  return is_open(info, record) && (due_on(info, record) || !stands_at(info, record, &FieldOptions::at_rest));
}

std::optional<Day> due_on(const RegisterInfo& info, const Record& record) {
  const FieldInfo* due = info.due();
  if (!due) return {};
  const Value value = due->get(record);
  const auto* number = std::get_if<std::int64_t>(&value);
  if (!number) return {};
  return due->kind == Kind::minute ? Minute{*number}.day() : Day{static_cast<std::int32_t>(*number)};
}

Ref<Person> responsible_for(const RegisterInfo& info, const Record& record) {
  const FieldInfo* responsible = info.responsible();
  if (!responsible) return {};
  const Value value = responsible->get(record);
  const auto* person = std::get_if<Id>(&value);
  return {person ? *person : Id{}};
}

Ref<Person> own_person(const Project& project) {
  if (!project.schema().find(register_of<Installation>().name)) return {};
  const auto* own = project.all<Installation>().find(project.actor());
  return own && project.find(own->person) ? own->person : Ref<Person>{};
}

Result<void> set_own_person(Transaction& transaction, Ref<Person> person) {
  const auto& project = transaction.project();
  const auto* own = project.all<Installation>().find(project.actor());
  if (!own) own = static_cast<const Installation*>(&transaction.create_record(register_of<Installation>(), project.actor()));
  transaction.set(*own, &Installation::person, person);
  return {};
}

std::int64_t days_without_update(const Record& record, std::uint64_t utc_milliseconds) {
  const std::uint64_t written = record.last_written().milliseconds();
  constexpr std::uint64_t day = 86'400'000;
  return utc_milliseconds > written ? static_cast<std::int64_t>((utc_milliseconds - written) / day) : 0;
}

bool is_late(const RegisterInfo& info, const Record& record, Day today) {
  const auto due = due_on(info, record);
  return due && *due < today && is_open(info, record);
}

}  // namespace pmo
