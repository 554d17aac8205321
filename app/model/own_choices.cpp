#include "app/model/own_choices.h"

#include "app/model/records/lists.h"

namespace pmo {
namespace {

// None in projects that word nothing of their own, which most do not.
std::vector<const OwnChoice*> own_choices(const Project& project, const FieldInfo& field) {
  std::vector<const OwnChoice*> found;
  if (!project.schema().find(register_of<OwnChoice>().name)) return found;
  for (const OwnChoice& own : project.all<OwnChoice>())
    if (own.list == field.choice_labels) found.push_back(&own);
  return found;
}

// How the project words one of the product's choices; null: as the product does.
const OwnChoice* wording_of(const std::vector<const OwnChoice*>& own, std::string_view choice) {
  for (const OwnChoice* one : own)
    if (!one->added && one->base == choice) return one;
  return nullptr;
}

std::string product_label(const std::vector<const OwnChoice*>& own, const FieldInfo& field, std::string_view choice, Language language) {
  const OwnChoice* wording = wording_of(own, choice);
  return wording && !wording->name.empty() ? wording->name : std::string(word(field.choice_key(choice), language));
}

}  // namespace

std::string choice_label(const Project& project, const FieldInfo& field, std::string_view choice, Language language) {
  if (is_newer_choice(field, std::string(choice))) {
    const std::string arguments[] = {std::string(choice)};
    return phrase("choice.newer"_key, arguments, language);
  }
  const auto own = own_choices(project, field);
  const auto base = base_choice(choice);
  if (base != choice)
    for (const OwnChoice* one : own)
      if (one->added && one->id.text() == choice.substr(base.size() + 1)) return one->name;
  return product_label(own, field, base, language);
}

std::vector<NamedChoice> all_choices(const Project& project, const FieldInfo& field, Language language) {
  const auto own = own_choices(project, field);
  std::vector<NamedChoice> list;
  for (const auto choice : field.choices) {
    list.push_back({std::string(choice), product_label(own, field, choice, language)});
    for (const OwnChoice* one : own)
      if (one->added && one->base == choice) list.push_back({one->base + "." + one->id.text(), one->name});
  }
  return list;
}

std::vector<NamedChoice> offered_choices(const Project& project, const FieldInfo& field, Language language, std::string_view now) {
  const auto own = own_choices(project, field);
  auto list = all_choices(project, field, language);
  std::erase_if(list, [&](const NamedChoice& choice) {
    if (choice.name == now) return false;
    const auto id = Id::parse(std::string_view(choice.name).substr(std::min(base_choice(choice.name).size() + 1, choice.name.size())));
    for (const OwnChoice* one : own)
      if (one->added ? id == one->id : !id && one->base == choice.name) return !one->offered;
    return false;
  });
  if (is_newer_choice(field, std::string(now))) list.push_back({std::string(now), choice_label(project, field, now, language)});
  return list;
}

}  // namespace pmo
