#include "app/model/numbering.h"

#include <algorithm>
#include <format>

#include "app/model/project.h"
#include "app/words/words.h"

namespace pmo {

const Numbering* numbering_of(const Project& project, const RegisterInfo& info) {
  const Numbering* first = nullptr;
  if (!project.schema().find(register_of<Numbering>().name)) return first;
  for (const Numbering& own : project.all<Numbering>())
    if (own.numbered == info.name && (!first || own.id < first->id)) first = &own;
  return first;
}

NumberForm number_form(const Project& project, const RegisterInfo& info) {
  const Numbering* own = numbering_of(project, info);
  if (!own || own->prefix.empty()) return {info.prefix};
  return {own->prefix, own->digits};
}

std::string NumberForm::text(std::int64_t number) const {
  return std::format("{}-{:0{}}", prefix, number, std::clamp<std::int64_t>(digits, 1, 6));
}

// A number must tell which register it is of. Only what a person writes is asked: two copies that were merged may clash.
Result<void> prefix_is_free(const Project& project, const std::vector<Change>& changes) {
  for (const Change& change : changes) {
    if (change.info != &register_of<Numbering>()) continue;
    const auto* own = project.all<Numbering>().find(change.record);
    if (!own) continue;
    for (const auto* info : project.schema().registers())
      if (!info->prefix.empty() && info->name != own->numbered && number_form(project, *info).prefix == own->prefix)
        return fail("error.numbering.taken"_key, {own->prefix, argument_of(info->label_key())});
  }
  return {};
}

}  // namespace pmo
