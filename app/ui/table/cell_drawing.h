// How values stand in the cells of tables: chips, people, ticks, numbers at the right. And the measures of a table.
#pragma once

#include "app/ui/context.h"
#include "app/ui/table/cell_text.h"
#include "app/ui/theme.h"

namespace pmo::ui {

inline constexpr float row_height = Theme::row, cell_padding = 10;

bool opens_picker(const FieldInfo& field);  // is chosen, not written
bool has_picker(const FieldInfo& field);    // something opens below the cell

void draw_value(Context& context, const CellTexts& texts, const FieldInfo& field, const Value& value, ImVec2 from, ImVec2 to,
                Type type = Type::body, const Record* record = nullptr);

}  // namespace pmo::ui
