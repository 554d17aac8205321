// The arrows between bars: drawn below the bars, found by the pointer, and edited where they are pressed.
#include <algorithm>
#include <cmath>

#include "app/ui/annotate.h"
#include "app/ui/gantt/gantt_chart.h"
#include "app/ui/text_field.h"
#include "app/ui/widgets/widgets.h"

namespace pmo::ui {
namespace {

// A line with rounded corners and an arrow head at its end.
void draw_way(ImDrawList& list, const std::vector<ImVec2>& way, ImU32 color, float thick) {
  constexpr float corner = 4, head = 4.5f;
  list.PathLineTo(way.front());
  for (std::size_t i = 1; i + 1 < way.size(); ++i) {
    const auto towards = [&](ImVec2 other) {
      const float length = std::hypot(other.x - way[i].x, other.y - way[i].y);
      const float share = length > 0 ? std::min(corner, length / 2) / length : 0;
      return ImVec2(way[i].x + (other.x - way[i].x) * share, way[i].y + (other.y - way[i].y) * share);
    };
    list.PathLineTo(towards(way[i - 1]));
    list.PathBezierQuadraticCurveTo(way[i], towards(way[i + 1]), 4);
  }
  const ImVec2 end = way.back(), before = way[way.size() - 2];
  const ImVec2 step(end.x > before.x ? 1.0f : end.x < before.x ? -1.0f : 0.0f, end.y > before.y ? 1.0f : end.y < before.y ? -1.0f : 0.0f);
  list.PathLineTo({end.x - step.x * head, end.y - step.y * head});
  list.PathStroke(color, 0, thick);
  const ImVec2 base(end.x - step.x * (head + 2), end.y - step.y * (head + 2)), side(step.y * head * 0.8f, step.x * head * 0.8f);
  list.AddTriangleFilled(end, {base.x + side.x, base.y + side.y}, {base.x - side.x, base.y - side.y}, color);
}

}  // namespace

// The ways of the links that can be seen, nearest rows only: the others are not even routed.
void GanttChart::find_links(const Frame& frame) {
  links_.clear();
  const auto low = static_cast<std::int32_t>(frame.first), high = static_cast<std::int32_t>(frame.last);
  const auto& links = frame.editing.plan.plan.links;
  for (std::size_t i = 0; i < links.size(); ++i) {
    const engine::PlanLink& link = links[i];
    if (link.from < 0 || link.to < 0) continue;
    const auto from = static_cast<std::size_t>(link.from), to = static_cast<std::size_t>(link.to);
    const std::int32_t a = places_[from], b = places_[to];
    if (a < 0 || b < 0 || std::max(a, b) < low || std::min(a, b) > high) continue;
    if (!frame.schedule->scheduled[from] || !frame.schedule->scheduled[to]) continue;
    const BarBox begin = box_of(frame, static_cast<std::size_t>(a), from), end = box_of(frame, static_cast<std::size_t>(b), to);
    if (!frame.shows(std::min(begin.left, end.left) - 24, std::max(begin.right, end.right) + 24)) continue;
    links_.push_back({static_cast<engine::Index>(i), route_link(link.type, begin, end, row_height)});
  }
}

void GanttChart::draw_links(const Frame& frame) {
  find_links(frame);
  const Theme& t = frame.context.theme;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const Selection& selection = frame.context.selection;
  for (const ShownLink& shown : links_) {
    const engine::PlanLink& link = frame.editing.plan.plan.links[static_cast<std::size_t>(shown.link)];
    const auto from = static_cast<std::size_t>(link.from), to = static_cast<std::size_t>(link.to);
    const Id first = frame.editing.outline[from].task->id, second = frame.editing.outline[to].task->id;
    const bool near = (selection.info == &frame.table.info() && (selection.current == first || selection.current == second)) ||
                      hovered_ == first || hovered_ == second;
    const ImU32 color = link_drives(*frame.schedule, link) && is_critical(frame, from) && is_critical(frame, to) ? t.link_critical : t.link;
    if (hovered_link_ == link.id) draw_way(list, shown.way, t.accent, 2.2f);
    else draw_way(list, shown.way, near ? color : with_alpha(color, 0.65f), near ? 1.8f : 1.2f);
  }
}

// The link below the pointer, when no bar is there.
void GanttChart::take_links(const Frame& frame) {
  const Id before = std::exchange(hovered_link_, {});
  const ImVec2 pointer = ImGui::GetMousePos();
  const bool free = options.links && !dragging() && !panning_ && !hovered_ && ImGui::IsWindowHovered(ImGuiHoveredFlags_AllowWhenBlockedByActiveItem) &&
                    pointer.y > frame.from.y && pointer.y < frame.to.y && pointer.x < frame.to.x;
  constexpr float reach = 5;
  float nearest = reach;
  for (const ShownLink& shown : links_) {
    if (!free) break;
    const float distance = distance_to(shown.way, pointer);
    if (distance >= nearest) continue;
    nearest = distance;
    hovered_link_ = frame.editing.plan.plan.links[static_cast<std::size_t>(shown.link)].id;
  }
  if (hovered_link_) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  if (hovered_link_ != before) frame.context.platform.request_frame();
}

void GanttChart::open_link(const Frame& frame, Id link) {
  const Link* record = frame.context.project.find(Ref<Link>{link});
  if (!record) return;
  edited_link_ = link;
  link_at_ = ImGui::GetMousePos();
  lag_ = lag_text(record->lag, record->lag_unit, scales_of(frame.context.project));
  ImGui::OpenPopup("link.edit");
}

// Type and lag of a link, and its end.
void GanttChart::draw_link_popover(Frame& frame) {
  Context& context = frame.context;
  const Link* link = context.project.find(Ref<Link>{edited_link_});
  if (!link || !ImGui::IsPopupOpen("link.edit")) return;
  ImGui::SetCursorScreenPos(link_at_);
  ImGui::Dummy({1, 1});
  constexpr float width = 320;
  if (!begin_popover("link.edit", width)) return;
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(8, 8));
  const auto name_of = [&](Ref<Task> ref) {
    const Task* task = context.project.find(ref);
    return task ? task->name : std::string();
  };
  text_cut(Type::strong, name_of(link->predecessor), width - 32);
  text_cut(Type::strong, std::string(icon::arrow_right) + " " + name_of(link->successor), width - 32);
  std::vector<Choice> choices;
  for (const LinkType type : {LinkType::finish_to_start, LinkType::start_to_start, LinkType::finish_to_finish, LinkType::start_to_finish})
    choices.push_back({labelled(link_type_text(type), "type." + std::string(enum_name(type)))});
  int type = static_cast<int>(link->type);
  if (segments("type", choices, type, true))
    context.change("transaction.link_type"_key, {std::string(link_type_text(static_cast<LinkType>(type)))},
                   [&](Transaction& change) { change.set(*link, &Link::type, static_cast<LinkType>(type)); });
  text(Type::caption, context.text("link.lag"_key), context.theme.ink_soft);
  const Scales scales = scales_of(context.project);
  const auto events = input_text("###lag", lag_, {.width = width - 32, .label = context.text("link.lag"_key), .placeholder = context.text("gantt.lag_example"_key),
                                                  .invalid = !parse_lag(lag_, scales)});
  if (events.committed) {
    if (const auto lag = parse_lag(lag_, scales); !lag) {
      context.messages.error(lag.error());
    } else if (lag->size != link->lag || lag->unit != link->lag_unit) {
      context.change("transaction.link_lag"_key, {lag_}, [&](Transaction& change) {
        change.set(*link, &Link::lag, lag->size);
        change.set(*link, &Link::lag_unit, lag->unit);
      });
    }
    if (events.end == TextEntryEnd::enter) ImGui::CloseCurrentPopup();
  }
  if (button(labelled(context.text("gantt.link_remove"_key), "link.remove"), {.icon = icon::unlink, .emphasis = Emphasis::danger, .small = true})) {
    context.change("transaction.unlink_tasks"_key, {"1"}, [&](Transaction& change) { change.erase(*link); });
    ImGui::CloseCurrentPopup();
  }
  ImGui::PopStyleVar();
  end_popover();
}

}  // namespace pmo::ui
