// Small marks: status chips, count badges, dots, people.
#pragma once

#include <cstdint>
#include <string_view>

#include "app/ui/theme.h"

namespace pmo::ui {

// A tinted pill with a text: "In review". The icon tells the status to those who do not see the colour.
void chip(std::string_view text, Tone tone, const char* icon = "");
ImVec2 chip_size(std::string_view text, const char* icon = "");
// Without an item, for tables and charts. Cut at width when that is not 0.
void draw_chip(ImDrawList& list, ImVec2 position, std::string_view text, Tone tone, const char* icon = "", float width = 0);

// A pill that is switched on and off: quick filters.
bool filter_chip(std::string_view label, bool on, const char* icon = "");

// A number in a filled circle: "3" waiting.
void draw_badge(ImDrawList& list, ImVec2 center, std::int64_t count, Tone tone);

void dot(Tone tone);

// The initials of a name in a circle whose colour follows from the name.
void avatar(std::string_view name, float size = 24);
void draw_avatar(ImDrawList& list, ImVec2 position, std::string_view name, float size);

// A thin bar of progress, 0..1.
void draw_progress(ImDrawList& list, ImVec2 from, ImVec2 to, float share, Tone tone);

}  // namespace pmo::ui
