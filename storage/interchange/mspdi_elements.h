// What becomes of each element of an MSPDI file, and the order in which Microsoft's schema wants them. Internal to its
// reader and writer.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace pmo::storage::mspdi {

enum class Fate : unsigned char {
  ours,      // a field of ours: read from it, written from it
  kept,      // given back as it came
  tied,      // given back while the plan around it is as it came: costs, time-phased work
  shown,     // the unit that a duration is shown in: given back where it fits the value
  computed,  // MS Project computes it when it opens the file
};

struct Element {
  std::string_view name;
  Fate fate = Fate::ours;
  std::string_view usual = {};  // a value that says nothing and is not kept; "0" and empty ones never say anything of `tied`
};

// In the order of the schema. What a list does not name is kept, and stands at the end.
struct Elements {
  std::span<const Element> list;

  const Element* find(std::string_view name) const;
  std::size_t place(std::string_view name) const;
};

extern const Elements project_elements, calendar_elements, task_elements, link_elements, baseline_elements, resource_elements,
    assignment_elements, custom_field_elements, custom_value_elements;

}  // namespace pmo::storage::mspdi
