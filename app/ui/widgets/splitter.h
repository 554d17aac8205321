// A line between two panels that can be dragged.
#pragma once

namespace pmo::ui {

// Vertical line at the cursor, as high as the window. Changes size by the dragged distance; grows: +1 when dragging to
// the right makes the panel larger, -1 when it makes it smaller. Returns true while it is dragged. A double click
// brings back the usual size.
bool vertical_splitter(const char* id, float& size, float smallest, float largest, float usual, int grows = 1);
// The same between an upper and a lower panel.
bool horizontal_splitter(const char* id, float& size, float smallest, float largest, float usual, int grows = 1);

}  // namespace pmo::ui
