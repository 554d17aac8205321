// The files attached to one record, in its form: add, download, remove.
#pragma once

#include "app/ui/attached_files.h"
#include "app/ui/context.h"
#include "app/ui/platform.h"

namespace pmo::ui {

void draw_attachments(Context& context, AttachedFiles& files, Id record);

// Attaches what the user has chosen or dropped, and tells how that went.
void attach_files(Context& context, AttachedFiles& kept, Id record, const std::vector<File>& files);

}  // namespace pmo::ui
