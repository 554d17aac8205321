// The first page of a desk that brings none of its own: its registers with what is open and late in them, what
// is due, and what was changed lately.
#pragma once

#include "app/ui/page.h"

namespace pmo::ui {

// Adds the first pages that are missing ("desk.risk") and sorts: desks in the order of the rail, in each its first page,
// then the others as they came. The added pages look into `pages`, which must stay where it is.
void complete_desks(Pages& pages, const Schema& schema);

}  // namespace pmo::ui
