// Where the user guide (docs/guide) speaks of what is on the screen.
#pragma once

#include <string>

#include "app/ui/page.h"

namespace pmo::ui {

// "guide/en/risk.html#simulation": the guide's page of the desk, at the place that has the page's name. Pages of all desks
// are explained together; without a project (no page) the first steps. For Platform::open_link.
std::string guide_address(const Page* page, Language language);

}  // namespace pmo::ui
