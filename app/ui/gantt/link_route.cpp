#include "app/ui/gantt/link_route.h"

#include <algorithm>
#include <cmath>

namespace pmo::ui {
namespace {

constexpr float stub = 9;  // how far a line leaves a bar before it turns

float distance(ImVec2 a, ImVec2 b, ImVec2 point) {
  const ImVec2 low(std::min(a.x, b.x), std::min(a.y, b.y)), high(std::max(a.x, b.x), std::max(a.y, b.y));
  return std::hypot(point.x - std::clamp(point.x, low.x, high.x), point.y - std::clamp(point.y, low.y, high.y));
}

}  // namespace

std::vector<ImVec2> route_link(LinkType type, const BarBox& from, const BarBox& to, float row_height) {
  const bool leaves_finish = type == LinkType::finish_to_start || type == LinkType::finish_to_finish;
  const bool enters_start = type == LinkType::finish_to_start || type == LinkType::start_to_start;
  const ImVec2 begin(leaves_finish ? from.right : from.left, from.middle());
  const ImVec2 end(enters_start ? to.left : to.right, to.middle());
  const bool down = end.y > begin.y;
  if (type == LinkType::finish_to_start && begin.y != end.y) {
    const float x = to.entry(), meets = down ? to.top : to.bottom;
    if (x >= begin.x) return {begin, {x, begin.y}, {x, meets}};
    if (x >= from.exit()) return {{x, begin.y}, {x, meets}};  // out of the milestone, straight down
  }
  const ImVec2 out(begin.x + (leaves_finish ? stub : -stub), begin.y);
  const ImVec2 in(end.x + (enters_start ? -stub : stub), end.y);
  const bool same_side = leaves_finish != enters_start;  // both ends at the left, or both at the right
  if (same_side) {
    const float x = leaves_finish ? std::max(out.x, in.x) : std::min(out.x, in.x);
    return {begin, {x, begin.y}, {x, end.y}, end};
  }
  const bool room = leaves_finish ? out.x <= in.x : in.x <= out.x;
  if (room) return {begin, {in.x, begin.y}, {in.x, end.y}, end};
  const float gap = begin.y + (down ? row_height / 2 : -row_height / 2);
  return {begin, out, {out.x, gap}, {in.x, gap}, in, end};
}

bool link_drives(const engine::Schedule& schedule, const engine::PlanLink& link) {
  const engine::Reason &reason = schedule.start_reason[static_cast<std::size_t>(link.to)], &before = schedule.start_reason[static_cast<std::size_t>(link.from)];
  return (reason.kind == engine::ReasonKind::link && reason.task == link.from) ||
         (before.kind == engine::ReasonKind::successor && before.task == link.to);
}

float distance_to(const std::vector<ImVec2>& way, ImVec2 point) {
  float nearest = 1e9f;
  for (std::size_t i = 0; i + 1 < way.size(); ++i) nearest = std::min(nearest, distance(way[i], way[i + 1], point));
  return nearest;
}

}  // namespace pmo::ui
