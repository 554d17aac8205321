// The header of a table: sorting, filters, the order and choice of columns.
#include <algorithm>
#include <cmath>

#include "imgui_internal.h"

#include "app/model/own_choices.h"
#include "app/ui/table/cell_drawing.h"
#include "app/ui/table/record_table.h"
#include "app/ui/text_field.h"
#include "app/ui/widgets/pressable.h"
#include "app/ui/widgets/widgets.h"

namespace pmo::ui {

// ---- header -------------------------------------------------------------------------------------------------------

namespace {

constexpr float narrowest_column = 48;

Key label_of(const Column& column) { return column.field ? column.field->label_key() : "table.number"_key; }

}  // namespace

void RecordTable::draw_header(Context& context, float width) {
  const Theme& t = context.theme;
  ImGui::BeginChild("head", {width, header_height}, 0, ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse);
  const ImVec2 origin = ImGui::GetCursorScreenPos();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(origin, {origin.x + width, origin.y + header_height}, t.sunken);
  for (const bool frozen : {false, true}) {
    const float from = frozen ? origin.x : origin.x + frozen_width_;
    ImGui::PushClipRect({from, origin.y}, {frozen ? origin.x + frozen_width_ : origin.x + width, origin.y + header_height}, true);
    for (const Place& place : places_) {
      if (place.frozen != frozen) continue;
      const float shift = frozen ? 0 : scroll_x_;
      draw_header_cell(context, place, {origin.x + place.left - shift, origin.y},
                       {origin.x + place.right - shift, origin.y + header_height});
    }
    ImGui::PopClipRect();
  }
  list.AddLine({origin.x, origin.y + header_height - 0.5f}, {origin.x + width, origin.y + header_height - 0.5f}, t.line);
  ImGui::EndChild();
}

void RecordTable::draw_header_cell(Context& context, const Place& place, ImVec2 from, ImVec2 to) {
  const Theme& t = context.theme;
  Column& column = view.columns[place.column];
  const std::string name = column.field ? std::string(column.field->name) : "number";
  const std::string label(context.text(label_of(column)));
  ImGui::SetCursorScreenPos(from);
  const Press press = pressable(label + "###column." + name, {std::max(8.0f, to.x - from.x - 8), header_height}, true,
                                Role::column_header, {}, {}, 0);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  if (const ImU32 ground = veil(press)) list.AddRectFilled(from, to, ground);
  const float y = middle(from.y, header_height, size_of(Type::caption));
  const bool right = column.field && is_number_kind(column.field->kind);
  const SortKey* sorted = view.find_sort(column.field);
  const Filter* filter = column.field ? view.find_filter(*column.field) : nullptr;
  std::string marks;
  if (sorted) marks += sorted->descending ? icon::arrow_down : icon::arrow_up;
  if (filter && filter->active()) marks += icon::filter;
  if (column.field && view.group == column.field) marks += icon::group;
  const float marks_width = marks.empty() ? 0 : measure(Type::caption, marks).x + 6;
  const float room = to.x - from.x - 2 * cell_padding - marks_width;
  const float size = std::min(room, measure(Type::caption, label).x);
  const float x = right ? to.x - cell_padding - marks_width - size : from.x + cell_padding;
  draw_text_cut(list, {x, y}, room, Type::caption, t.ink_soft, label);
  if (!marks.empty()) draw_text(list, {x + size + 6, y}, Type::caption, t.accent, marks);
  if (ImGui::IsItemActive() && std::abs(ImGui::GetMouseDragDelta(0, 6).x) > 6 && !place.frozen) {
    // Dragged over a neighbour's middle: they change places.
    const float pointer = ImGui::GetMousePos().x;
    for (const Place& other : places_) {
      if (other.frozen || other.column == place.column) continue;
      const float left = from.x - place.left + other.left, width = other.right - other.left;
      const bool passed = other.column > place.column ? pointer > left + width / 2 && pointer < left + width
                                                      : pointer < left + width / 2 && pointer > left;
      if (!passed) continue;
      std::swap(view.columns[place.column], view.columns[other.column]);
      view.changed();
      break;
    }
  } else if (press.clicked && !ImGui::IsMouseDragPastThreshold(0, 6)) {
    view.toggle_sort(column.field, ImGui::GetIO().KeyShift);
  }
  const std::string menu = "menu." + name;
  if (press.hovered && ImGui::IsMouseReleased(ImGuiMouseButton_Right)) ImGui::OpenPopup(menu.c_str());
  if (press.hovered) tooltip(label);
  if (begin_menu(menu.c_str(), false)) {
    draw_header_menu(context, column);
    end_menu();
  }
  const std::string filtering = "filter." + name;
  if (header_menu_ && header_menu_ == column.field) {
    ImGui::OpenPopup(filtering.c_str());
    header_menu_ = nullptr;
  }
  if (column.field) draw_filter(context, filtering.c_str(), *column.field);
  draw_resize_handle(place, to.x, from.y, header_height);
}

void RecordTable::draw_resize_handle(const Place& place, float right, float top, float height) {
  Column& column = view.columns[place.column];
  ImGui::SetCursorScreenPos({right - 8, top});
  ImGui::PushID(static_cast<int>(place.column));
  ImGui::InvisibleButton("###resize", {8, height});
  ImGui::PopID();
  const bool active = ImGui::IsItemActive();
  if (active || ImGui::IsItemHovered()) ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
  const Theme& t = current_theme();
  ImGui::GetWindowDrawList()->AddLine({right - 0.5f, top + 9}, {right - 0.5f, top + height - 9},
                                      active ? t.accent : ImGui::IsItemHovered() ? t.line_strong : t.line);
  if (active) column.width = std::max(narrowest_column, column.width + ImGui::GetIO().MouseDelta.x);
}

void RecordTable::draw_header_menu(Context& context, const Column& column) {
  const FieldInfo* field = column.field;
  const auto sort = [&](bool descending) {
    view.sort = {{field, descending}};
    view.changed();
  };
  if (menu_item(labelled(context.text("table.sort_up"_key), "sort_up"), {.icon = icon::sort_up})) sort(false);
  if (menu_item(labelled(context.text("table.sort_down"_key), "sort_down"), {.icon = icon::sort_down})) sort(true);
  if (!field) return;
  menu_line();
  if (menu_item(labelled(context.text("table.filter"_key), "filter"), {.icon = icon::filter})) header_menu_ = field;
  const bool grouped = view.group == field;
  if (menu_item(labelled(context.text("table.group_by"_key), "group"), {.icon = icon::group, .checked = grouped})) {
    view.group = grouped ? nullptr : field;
    view.changed();
  }
  if (field != leading_field(info_) && menu_item(labelled(context.text("table.hide"_key), "hide"), {.icon = icon::eye_off})) {
    view.find_column(field)->shown = false;
    view.changed();
  }
}

// ---- filters and columns ------------------------------------------------------------------------------------------

void RecordTable::draw_filter(Context& context, const char* id, const FieldInfo& field) {
  if (!begin_popover(id, 280)) return;
  Filter& filter = view.filter_of(field);
  bool changed = false;
  text(Type::strong, context.text(field.label_key()));
  const auto tick = [&](const std::string& label, const std::string& name) {
    bool on = filter.choices.contains(name);
    if (!checkbox(label, on)) return;
    changed = true;
    if (on) filter.choices.insert(name);
    else filter.choices.erase(name);
  };
  const CellTexts texts = texts_of(context);
  if (field.kind == Kind::choice) {
    for (const auto& [name, label] : all_choices(context.project, field, context.language)) tick(labelled(label, name), name);
  } else if (field.kind == Kind::boolean) {
    tick(labelled(context.text("value.yes"_key), "true"), "true");
    tick(labelled(context.text("value.no"_key), "false"), "false");
  } else if (field.kind == Kind::reference || field.kind == Kind::references) {
    ImGui::BeginChild("targets", {0, 240});
    for (const RecordPointer& target : find_targets(context.project, field, {}, 200)) {
      const auto name = target.record->id.text();
      tick(labelled(record_title(context.project, *target.info, *target.record), name), name);
    }
    ImGui::EndChild();
  } else if (field.kind == Kind::text || field.kind == Kind::structured) {
    changed |= search_box("text", filter.text, context.text("table.contains"_key), {.width = 248, .clear_name = context.text("field.clear"_key)});
  } else {
    // A range: the same text forms as in the cells.
    FieldInfo bound = field;
    if (field.kind == Kind::minute) bound.kind = Kind::day;
    bound.optional = true;
    bound.options = {};
    const auto limit = [&](const char* name, Key label, std::optional<std::int64_t>& value) {
      std::string shown = draft_or(name, value ? texts.typed(bound, Value{*value}) : std::string());
      text(Type::caption, context.text(label), context.theme.ink_soft);
      if (!input_text(name, shown, {.width = 248, .label = context.text(label)}).committed) return;
      const auto parsed = texts.read(bound, shown);
      if (!parsed) return context.messages.error(parsed.error());
      const auto* number = std::get_if<std::int64_t>(&*parsed);
      value = number && !plain_text(shown).empty() ? std::optional(*number) : std::nullopt;
      changed = true;
    };
    limit("###from", "table.from"_key, filter.from);
    limit("###to", "table.to"_key, filter.to);
  }
  gap(0.5f);
  changed |= checkbox(labelled(context.text("table.only_empty"_key), "only_empty"), filter.only_empty);
  if (filter.active()) {
    if (button(labelled(context.text("table.clear_filter"_key), "clear"), {.icon = icon::filter_off, .emphasis = Emphasis::quiet, .small = true})) {
      filter = {.field = &field};
      changed = true;
    }
  }
  if (changed) view.changed();
  end_popover();
}

void RecordTable::draw_filter_chips(Context& context) {
  if (!view.filtered()) return;
  const CellTexts texts = texts_of(context);
  for (const Filter& filter : view.filters) {
    if (!filter.active()) continue;
    const std::string label = format_pair(context.text(filter.field->label_key()), filter_text(filter, texts), context.language);
    if (filter_chip(labelled(label, "chip." + std::string(filter.field->name)), true, icon::x)) {
      view.filter_of(*filter.field) = {.field = filter.field};
      view.changed();
      return;
    }
    ImGui::SameLine(0, 6);
  }
  if (text_link(labelled(context.text("table.clear_filters"_key), "clear_filters"))) view.clear_filters();
}

void RecordTable::draw_column_chooser(Context& context, const char* id) {
  if (!begin_popover(id, 280)) return;
  text(Type::strong, context.text("table.columns"_key));
  ImGui::BeginChild("columns", {0, std::min(420.0f, 30.0f * static_cast<float>(view.columns.size()))});
  for (Column& column : view.columns) {
    if (!column.field || column.field == leading_field(info_)) continue;
    if (checkbox(labelled(context.text(column.field->label_key()), column.field->name), column.shown)) view.changed();
  }
  ImGui::EndChild();
  if (button(labelled(context.text("table.usual"_key), "usual"), {.icon = icon::reset, .emphasis = Emphasis::quiet, .small = true})) {
    auto usual = usual_view(info_);
    view.columns = usual_columns.empty() ? std::move(usual.columns) : usual_columns;
    view.changed();
  }
  end_popover();
}

}  // namespace pmo::ui
