// How the change control board has voted: beside the decision on a request, wherever that is made.
#pragma once

#include "app/model/records/change_request.h"
#include "app/ui/context.h"

namespace pmo::desks {

// Nothing while nobody was asked. A vote that is not cast, and a board that is against it, are marked.
void draw_votes(ui::Context& context, const ChangeRequest& request);

}  // namespace pmo::desks
