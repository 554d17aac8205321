#include "app/ui/annotate.h"

#include "imgui.h"
#include "imgui_internal.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace pmo::ui {
namespace {

WidgetMap* map_of(const ImGuiContext& context) { return static_cast<WidgetMap*>(context.TestEngine); }

ImVec4 to_box(const ImRect& rect) { return {rect.Min.x, rect.Min.y, rect.Max.x, rect.Max.y}; }

ImVec4 clipped(const ImVec4& box, const ImRect& clip) {
  const ImVec4 left{std::max(box.x, clip.Min.x), std::max(box.y, clip.Min.y), std::min(box.z, clip.Max.x),
                    std::min(box.w, clip.Max.y)};
  return left.x < left.z && left.y < left.w ? left : ImVec4{};
}

// Icons are characters between U+E000 and U+E3FF: three bytes that begin with EE 80 to EE 8F.
bool begins_with_icon(std::string_view text) {
  return text.size() >= 3 && text[0] == '\xEE' && static_cast<unsigned char>(text[1]) < 0x90;
}

// "Save###file.save" is shown and spoken as "Save", and an icon before it is not spoken.
std::string_view spoken_part(std::string_view label) {
  label = label.substr(0, label.find("##"));
  while (begins_with_icon(label) || label.starts_with(' ')) label.remove_prefix(label[0] == ' ' ? 1 : 3);
  return label;
}

// ImGui names a child window after its parents, with a number: "main/list_1A2B3C4D" is the "list".
std::string_view window_label(const ImGuiWindow& window, std::string_view label) {
  if (!(window.Flags & ImGuiWindowFlags_ChildWindow)) return label;
  label.remove_prefix(label.rfind('/') + 1);
  const std::size_t number = label.size() - std::min<std::size_t>(label.size(), 9);
  return number > 0 && label[number] == '_' ? label.substr(0, number) : std::string_view{};
}

// What a window is cut by. ImGui's own OuterRectClipped is still that of the last frame when it names the window.
ImRect host_of(const ImGuiWindow& window) {
  const bool is_inside = (window.Flags & ImGuiWindowFlags_ChildWindow) && !(window.Flags & ImGuiWindowFlags_Popup);
  return is_inside ? window.ParentWindow->ClipRect : ImRect(ImVec2(0, 0), ImGui::GetIO().DisplaySize);
}

Role role_of_window(const ImGuiWindow& window) {
  if (window.Flags & ImGuiWindowFlags_Tooltip) return Role::tooltip;
  if (window.Flags & ImGuiWindowFlags_Modal) return Role::dialog;
  if (window.Flags & ImGuiWindowFlags_Popup) return Role::menu;
  return Role::region;
}

Role role_of_item(int status) {
  if (status & ImGuiItemStatusFlags_Checkable) return Role::checkbox;
  if (status & ImGuiItemStatusFlags_Inputable) return Role::text_box;
  if (status & ImGuiItemStatusFlags_Openable) return Role::tree_item;
  return Role::button;
}

Flag flag(int status, int applies, int set) {
  if (!(status & applies)) return Flag::unset;
  return status & set ? Flag::yes : Flag::no;
}

void append_quoted(std::string& out, std::string_view text) {
  out += '"';
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      std::array<char, 8> escaped{};
      std::snprintf(escaped.data(), escaped.size(), "\\u%04x", static_cast<unsigned>(c));
      out += escaped.data();
    } else {
      out += c;
    }
  }
  out += '"';
}

void append_text(std::string& out, std::string_view key, std::string_view text) {
  if (text.empty()) return;
  out += ",\"";
  out += key;
  out += "\":";
  append_quoted(out, text);
}

void append_box(std::string& out, std::string_view key, const ImVec4& box) {
  out += ",\"";
  out += key;
  out += "\":[";
  const float values[] = {box.x, box.y, box.z - box.x, box.w - box.y};
  for (int i = 0; i < 4; ++i) {
    std::array<char, 24> number{};
    std::snprintf(number.data(), number.size(), "%s%.2f", i ? "," : "", static_cast<double>(values[i]));
    out += number.data();
  }
  out += ']';
}

void append_flag(std::string& out, std::string_view key, Flag value) {
  if (value == Flag::unset) return;
  out += ",\"";
  out += key;
  out += value == Flag::yes ? "\":true" : "\":false";
}

void append_number(std::string& out, std::string_view key, std::uint64_t value) {
  if (value == 0) return;
  out += ",\"";
  out += key;
  out += "\":" + std::to_string(value);
}

Flag yes_or_unset(bool value) { return value ? Flag::yes : Flag::unset; }

void append_widget(std::string& out, const Widget& widget) {
  out += "{\"id\":" + std::to_string(widget.id) + ",\"role\":";
  append_quoted(out, role_name(widget.role));
  append_number(out, "window", widget.window);
  append_text(out, "label", widget.label);
  append_text(out, "name", widget.name);
  append_text(out, "value", widget.value);
  append_box(out, "box", widget.box);
  if (widget.visible.z > widget.visible.x) append_box(out, "visible", widget.visible);
  const WidgetState& state = widget.state;
  append_flag(out, "selected", state.selected);
  append_flag(out, "expanded", state.expanded);
  append_flag(out, "checked", state.checked);
  append_flag(out, "disabled", yes_or_unset(state.disabled));
  append_flag(out, "invalid", yes_or_unset(state.invalid));
  append_flag(out, "current", yes_or_unset(state.current));
  append_flag(out, "focused", yes_or_unset(widget.focused));
  append_number(out, "level", static_cast<std::uint64_t>(state.level));
  append_number(out, "position", static_cast<std::uint64_t>(state.position));
  append_number(out, "count", static_cast<std::uint64_t>(state.count));
  out += '}';
}

}  // namespace

std::string_view role_name(Role role) {
  static constexpr std::string_view names[] = {
      "generic",   "alert",   "bar",       "button",  "cell",        "checkbox", "columnheader",
      "combobox",  "dialog",  "grid",      "heading", "img",         "link",     "list",
      "listitem",  "menu",    "menuitem",  "option",  "progressbar", "region",   "row",
      "scrollbar", "slider",  "separator", "status",  "switch",      "tab",      "tablist",
      "text",      "textbox", "toolbar",   "tooltip", "treegrid",    "treeitem"};
  return names[static_cast<int>(role)];
}

void WidgetMap::attach(ImGuiContext& context) {
  context.TestEngine = this;
  context.TestEngineHookItems = true;
}

void WidgetMap::begin_frame() {
  drawing_.entries.clear();
  drawing_.text.clear();
}

void WidgetMap::end_frame() { std::swap(drawing_, shown_); }

WidgetMap::Text WidgetMap::keep(std::string_view text) {
  const Text kept{static_cast<std::uint32_t>(drawing_.text.size()), static_cast<std::uint32_t>(text.size())};
  drawing_.text += text;
  return kept;
}

WidgetMap::Entry* WidgetMap::find(ImGuiID id) {
  // What is described was added a moment ago, so from the back.
  const auto found = std::ranges::find(drawing_.entries.rbegin(), drawing_.entries.rend(), id,
                                       [](const Entry& entry) { return entry.widget.id; });
  return found == drawing_.entries.rend() ? nullptr : &*found;
}

void WidgetMap::add(const Widget& widget) { drawing_.entries.push_back({widget, {}, {}, {}}); }

void WidgetMap::label(ImGuiID id, std::string_view label, Role role, const WidgetState& state) {
  Entry* entry = find(id);
  if (!entry) return;
  entry->label = keep(label);
  if (entry->widget.annotated) return;
  if (entry->widget.role == Role::generic) entry->widget.role = role;
  entry->widget.state.expanded = state.expanded;
  entry->widget.state.checked = state.checked;
}

void WidgetMap::describe(ImGuiID id, Role role, std::string_view name, std::string_view value,
                         const WidgetState& state) {
  Entry* entry = find(id);
  if (!entry) return;
  const bool disabled = entry->widget.state.disabled || state.disabled;
  entry->widget.annotated = true;
  entry->widget.role = role;
  entry->widget.state = state;
  entry->widget.state.disabled = disabled;
  if (!name.empty()) entry->name = keep(name);
  entry->value = keep(value);
}

Widget WidgetMap::with_texts(const Entry& entry) const {
  const auto text = [this](Text piece) {
    return std::string_view(shown_.text).substr(piece.start, piece.length);
  };
  Widget widget = entry.widget;
  widget.label = text(entry.label);
  widget.name = entry.name.length ? text(entry.name) : spoken_part(widget.label);
  widget.value = text(entry.value);
  return widget;
}

std::vector<Widget> WidgetMap::widgets() const {
  std::vector<Widget> all;
  all.reserve(shown_.entries.size());
  for (const Entry& entry : shown_.entries) all.push_back(with_texts(entry));
  return all;
}

std::string WidgetMap::json() const {
  std::string out = "[";
  for (const Entry& entry : shown_.entries) {
    if (out.size() > 1) out += ",\n";
    append_widget(out, with_texts(entry));
  }
  return out + "]";
}

const WidgetState* WidgetMap::state_of(ImGuiID id) const {
  const auto found =
      std::ranges::find(shown_.entries, id, [](const Entry& entry) { return entry.widget.id; });
  return found == shown_.entries.end() ? nullptr : &found->widget.state;
}

void annotate(Role role, std::string_view name, std::string_view value, const WidgetState& state) {
  const ImGuiContext& context = *ImGui::GetCurrentContext();
  if (WidgetMap* map = map_of(context)) map->describe(context.LastItemData.ID, role, name, value, state);
}

void annotate_area(const char* key, const ImVec4& box, Role role, std::string_view name,
                   std::string_view value, const WidgetState& state) {
  const ImGuiContext& context = *ImGui::GetCurrentContext();
  WidgetMap* map = map_of(context);
  if (!map) return;
  const ImGuiWindow& window = *context.CurrentWindow;
  const ImGuiID id = ImGui::GetID(key);
  map->add({.id = id, .window = window.ID, .box = box, .visible = clipped(box, window.ClipRect)});
  map->label(id, key, role, {});
  map->describe(id, role, name, value, state);
}

}  // namespace pmo::ui

// ---- What ImGui calls (declared in imgui_internal.h)
// -------------------------------------------------------------------

void ImGuiTestEngineHook_ItemAdd(ImGuiContext* context, ImGuiID id, const ImRect& rect,
                                 const ImGuiLastItemData* item) {
  using namespace pmo::ui;
  const ImGuiWindow& window = *context->CurrentWindow;
  if (window.IsFallbackWindow) return;  // ImGui's own, never seen
  const bool is_window = item == nullptr;
  Widget widget{.id = id, .window = window.ID, .box = to_box(rect)};
  if (is_window) {
    widget.role = role_of_window(window);
    widget.window = window.ParentWindow ? window.ParentWindow->ID : 0;
    widget.visible = clipped(widget.box, host_of(window));
  } else {
    widget.visible = clipped(widget.box, window.ClipRect);
    widget.state.disabled = (item->ItemFlags & ImGuiItemFlags_Disabled) != 0;
    widget.focused = context->NavId == id && context->NavCursorVisible;
  }
  map_of(*context)->add(widget);
}

void ImGuiTestEngineHook_ItemInfo(ImGuiContext* context, ImGuiID id, const char* label,
                                  ImGuiItemStatusFlags status) {
  using namespace pmo::ui;
  WidgetState state;
  state.expanded = flag(status, ImGuiItemStatusFlags_Openable, ImGuiItemStatusFlags_Opened);
  state.checked = flag(status, ImGuiItemStatusFlags_Checkable, ImGuiItemStatusFlags_Checked);
  const ImGuiWindow& window = *context->CurrentWindow;
  const std::string_view given = label ? label : "";
  map_of(*context)->label(id, id == window.ID ? window_label(window, given) : given, role_of_item(status), state);
}

void ImGuiTestEngineHook_Log(ImGuiContext*, const char*, ...) {}

const char* ImGuiTestEngine_FindItemDebugLabel(ImGuiContext*, ImGuiID) { return nullptr; }
