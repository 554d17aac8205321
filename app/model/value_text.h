// Any field's value as text that reads the same in every language, and back: for edits that are proposed before they are
// made.
//   numbers, days, moments as integers; "true" and "false"; texts and choices as they are; ids with spaces between;
//   nothing for no value
#pragma once

#include "app/model/field.h"

namespace pmo {

std::string value_text(const Value& value);
// The value that the text means for the field, checked (check_value).
Result<Value> read_value_text(const FieldInfo& field, std::string_view text);

}  // namespace pmo
