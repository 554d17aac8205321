// The way of a link's arrow: lines along the axes from one bar to another. Pure: no drawing.
#pragma once

#include <vector>

#include "app/engine/schedule/schedule.h"
#include "imgui.h"

namespace pmo::ui {

// Where a bar lies: of a milestone, its diamond around the moment.
struct BarBox {
  float left = 0, right = 0, top = 0, bottom = 0;
  bool milestone = false;
  // Where an arrow from above or below comes in, and from where on one can leave downwards.
  float entry() const { return milestone ? (left + right) / 2 : left + (right - left < 12 ? (right - left) / 2 : 6); }
  float exit() const { return milestone ? (left + right) / 2 : right; }
  float middle() const { return (top + bottom) / 2; }
};

// The corners from bar to bar; the arrow head is at the last one and points on from the one before it.
//
//   finish to start, the successor behind:   out of the finish, then down (up) into the successor's beginning
//   any other that has room:                 one line across between the rows
//   else:                                    around, through the gap between the predecessor's row and the next
std::vector<ImVec2> route_link(LinkType type, const BarBox& from, const BarBox& to, float row_height);

// Whether the link is what one of its two tasks has its dates from.
bool link_drives(const engine::Schedule& schedule, const engine::PlanLink& link);

// The distance of a point to the nearest of the lines.
float distance_to(const std::vector<ImVec2>& way, ImVec2 point);

}  // namespace pmo::ui
