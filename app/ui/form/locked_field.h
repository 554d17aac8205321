// A field of a locked record in a form: what it says where the passphrase was given, otherwise that it is locked.
#pragma once

#include "app/ui/context.h"

namespace pmo::ui {

// What the editor shows: the value as it is, or opened. Nothing when it is locked: then this has drawn so, with the way to
// unlock it. The first look at something sealed goes into the access log.
std::optional<Value> value_or_lock(Context& context, const RegisterInfo& info, const Record& record, const FieldInfo& field, float width);

}  // namespace pmo::ui
