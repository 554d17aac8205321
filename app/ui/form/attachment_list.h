// The files attached to one record, in its form: add, download, remove.
#pragma once

#include "app/ui/context.h"
#include "app/ui/platform.h"

namespace pmo::ui {

// Nothing where nothing can be attached and nothing is.
void draw_attachments(Context& context, const Record& record);

// Attaches what the user has chosen or dropped, and tells how that went.
void attach_files(Context& context, Id record, const std::vector<File>& files);

}  // namespace pmo::ui
