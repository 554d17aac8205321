// The choices of a list as a project has them: the product's, under names of its own or left out, and choices that it has
// added (register own_choice). An added one is stored as the product's choice that it counts as and the id of its record,
// "technical.0198...": rules, analyses and colours go by what stands before the dot.
#pragma once

#include "app/model/project.h"
#include "app/words/words.h"

namespace pmo {

struct NamedChoice {
  std::string name;   // as stored
  std::string label;
};

// What the project calls a choice. An added one whose record is gone is called what it counts as.
std::string choice_label(const Project& project, const FieldInfo& field, std::string_view choice, Language language);

// The product's choices in their order, each followed by those that count as it; with those not offered any more.
std::vector<NamedChoice> all_choices(const Project& project, const FieldInfo& field, Language language);
// Those to choose from, and the one that is chosen now.
std::vector<NamedChoice> offered_choices(const Project& project, const FieldInfo& field, Language language, std::string_view now = {});

}  // namespace pmo
