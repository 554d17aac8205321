// What a project words in its own way: the levels of its scales, the choices of its lists, and the numbers of its records.
#pragma once

#include "app/model/records/person.h"

namespace pmo {

enum class Scale : unsigned char { probability, impact_time, impact_cost, impact_scope, impact_quality, severity, power, interest };

// What a level (1..5) of a scale means here: "4, likely: 50 to 70 %".
struct ScaleLevel : Record {
  Scale scale = Scale::probability;
  std::int64_t level = 1;
  std::string name, meaning;
  Ref<Person> owner;  // who keeps the entry
  EntryStatus status = EntryStatus::in_use;
};

template <>
struct Describe<ScaleLevel> {
  static RegisterInfo make() {
    using R = ScaleLevel;
    return Describer<R>("SL", Desk::administrator)
        .field("name", &R::name, {.required = true, .title = true})
        .field("scale", &R::scale)
        .field("level", &R::level, {.minimum = 1, .maximum = 5})
        .field("meaning", &R::meaning)
        .field("owner", &R::owner)
        .field("status", &R::status);
  }
};

// A choice of a list as this project has it: app/model/own_choices.h. One of the product's under another name, or not
// offered here; or one of its own, which counts as the product's choice `base` in every rule and analysis.
struct OwnChoice : Record {
  std::string name;      // empty: as the product calls it
  std::string list;      // "risk_category"
  std::string base;      // "technical"
  bool added = false;    // one more choice, rather than the product's own
  bool offered = true;
};

template <>
struct Describe<OwnChoice> {
  static RegisterInfo make() {
    using R = OwnChoice;
    return Describer<R>("", Desk::administrator)
        .field("name", &R::name, {.title = true})
        .field("list", &R::list, {.required = true})
        .field("base", &R::base, {.required = true})
        .field("added", &R::added)
        .field("offered", &R::offered);
  }
};

// How the records of one register are numbered here: "NCR-007" instead of "NC-7". Nothing of it is stored with the records:
// their numbers count on as before.
struct Numbering : Record {
  std::string numbered;     // the register: "nonconformity"
  std::string prefix;
  std::int64_t digits = 1;  // at least so many, filled up with zeros
};

Result<void> prefix_is_free(const Project& project, const std::vector<Change>& changes);

template <>
struct Describe<Numbering> {
  static RegisterInfo make() {
    using R = Numbering;
    return Describer<R>("", Desk::administrator)
        .field("prefix", &R::prefix, {.required = true, .title = true})
        .field("numbered", &R::numbered, {.required = true})
        .field("digits", &R::digits, {.minimum = 1, .maximum = 6})
        .rule(prefix_is_free);
  }
};

}  // namespace pmo
