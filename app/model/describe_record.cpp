#include "app/model/describe_record.h"

#include "app/model/numbering.h"
#include "app/words/words.h"

namespace pmo {
namespace {

// Two letters or digits without look-alikes: 1 in 1,024 that two makers share them.
std::string actor_mark(Id actor) {
  constexpr std::string_view alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  const auto hash = (actor.high ^ actor.low) * 0x9E3779B97F4A7C15ull;
  return {alphabet[hash >> 59], alphabet[(hash >> 54) & 31]};
}

// The founder's copy made the first record of all.
Id founder(const Project& project) {
  const auto& first_table = project.table(*project.schema().registers().front());
  return first_table.empty() ? project.actor() : first_table.at(0).created.actor;
}

bool refers_to(const Record& record, const FieldInfo& field, Id target) {
  if (field.kind == Kind::reference) return field.get(record) == Value{target};
  if (field.kind != Kind::references) return false;
  const auto value = field.get(record);
  const auto& ids = std::get<std::vector<Id>>(value);
  return std::ranges::find(ids, target) != ids.end();
}

bool refers_to_any(const Record& record, const FieldInfo& field, const std::set<Id>& targets) {
  const auto value = field.get(record);
  if (const auto* id = std::get_if<Id>(&value)) return targets.contains(*id);
  const auto* ids = std::get_if<std::vector<Id>>(&value);
  return ids && std::ranges::any_of(*ids, [&](Id id) { return targets.contains(id); });
}

template <class Visit>
void for_each_reference(const Project& project, Id target, Visit&& visit) {
  for (const auto* info : project.schema().registers())
    for (const auto& field : info->fields) {
      if (field.kind != Kind::reference && field.kind != Kind::references) continue;
      for (const auto* record : project.table(*info).records())
        if (refers_to(*record, field, target)) visit(RecordPointer{info, record}, field);
    }
}

std::string own_title(const RegisterInfo& info, const Record& record) {
  const auto* title = info.title();
  if (!title) return {};
  const auto value = title->get(record);
  const auto* text = std::get_if<std::string>(&value);
  return text ? *text : std::string();
}

// What stands between two records is called after them: the attendance of a person in a class, the need of a position for
// a competency.
std::string title_by_references(const Project& project, const RegisterInfo& info, const Record& record) {
  std::string title;
  int named = 0;
  for (const auto& field : info.fields) {
    if (field.kind != Kind::reference || named == 2) continue;
    const auto value = field.get(record);
    const auto* id = std::get_if<Id>(&value);
    if (!id) continue;
    const auto [of, other] = project.find_any(*id);
    if (!other) continue;
    if (const auto name = own_title(*of, *other); !name.empty()) {
      title += (title.empty() ? "" : " • ") + name;
      ++named;
    }
  }
  return title;
}

}  // namespace

bool has_own_title(const RegisterInfo& info, const Record& record) { return !own_title(info, record).empty(); }

std::string record_number(const Project& project, const RegisterInfo& info, const Record& record) {
  if (info.prefix.empty()) return {};
  auto text = number_form(project, info).text(record.number);
  const auto maker = record.created.actor;
  if (maker && maker != founder(project)) text += "·" + actor_mark(maker);
  return text;
}

std::string record_title(const Project& project, const RegisterInfo& info, const Record& record) {
  if (auto own = own_title(info, record); !own.empty()) return own;
  if (auto between = title_by_references(project, info, record); !between.empty()) return between;
  return record_number(project, info, record);
}

std::vector<RecordPointer> parts_of(const Project& project, Id owner) {
  std::vector<RecordPointer> parts;
  for (const auto* info : project.schema().registers())
    for (const Record* part : project.table(*info).parts_of(owner)) parts.push_back({info, part});
  return parts;
}

std::vector<Use> uses_of(const Project& project, Id record) {
  std::vector<Use> uses;
  for_each_reference(project, record, [&](RecordPointer user, const FieldInfo& field) { uses.push_back({user, &field}); });
  return uses;
}

std::size_t count_users(const Project& project, const std::set<Id>& records) {
  std::size_t users = 0;
  for (const auto* info : project.schema().registers()) {
    std::vector<const FieldInfo*> references;
    for (const auto& field : info->fields)
      if (!field.options.owner && (field.kind == Kind::reference || field.kind == Kind::references)) references.push_back(&field);
    for (const auto* record : project.table(*info).records())
      users += std::ranges::any_of(references, [&](const FieldInfo* field) { return refers_to_any(*record, *field, records); });
  }
  return users;
}

RecordPointer find_deleted(const Project& project, Id record) {
  for (const auto* info : project.schema().registers())
    if (const Record* found = project.table(*info).find_any(record); found && found->deleted()) return {info, found};
  return {nullptr, nullptr};
}

Result<void> check_references(const Project& project, const FieldInfo& field, const Value& value) {
  const auto check = [&](Id id) -> Result<void> {
    const auto* target = project.schema().find(field.target);
    const bool found = target ? project.table(*target).find(id) != nullptr : project.find_any(id).second != nullptr;
    if (!found) return fail("error.field.reference"_key, {argument_of(field.label_key())});
    return {};
  };
  if (const auto* id = std::get_if<Id>(&value)) return check(*id);
  if (const auto* ids = std::get_if<std::vector<Id>>(&value))
    for (const auto& id : *ids) PMO_TRY_VOID(check(id));
  return {};
}

}  // namespace pmo
