// What was made from the project and is kept between frames holds as long as these are the same.
#pragma once

#include "app/ui/context.h"

namespace pmo::ui {

struct LookedAt {
  const Project* project = nullptr;
  std::uint64_t revision = 0;
  Day today;
  Language language = Language::english;

  static LookedAt now(const Context& context) { return {&context.project, context.project.revision(), context.today, context.language}; }
  friend bool operator==(const LookedAt&, const LookedAt&) = default;
};

}  // namespace pmo::ui
