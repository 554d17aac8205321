#include "app/ui/text_field.h"

#include "app/model/utf8.h"
#include "app/ui/annotate.h"
#include "app/ui/wrap_text.h"
#include "imgui.h"
#include "imgui_internal.h"

#include <algorithm>
#include <cmath>

namespace pmo::ui {
namespace {

constexpr ImU32 invalid_edge = IM_COL32(217, 45, 32, 255);  // seen on light and on dark paper

// Where a field and its text lie.
struct Layout {
  ImRect frame;
  ImRect text;
  float line = 0;  // height of a line
};

Layout lay_out(const InputOptions& options) {
  const ImGuiStyle& style = ImGui::GetStyle();
  const ImVec2 padding = options.frameless ? ImVec2{} : style.FramePadding;
  const float line = ImGui::GetFontSize();
  const float natural = options.width == 0 ? ImGui::CalcItemWidth() : options.width;
  const float height = line * static_cast<float>(std::max(1, options.lines)) + 2 * padding.y;
  const ImVec2 size = ImGui::CalcItemSize({natural, 0}, 0, height);
  const ImVec2 corner = ImGui::GetCurrentWindow()->DC.CursorPos;
  const ImRect frame{corner.x, corner.y, corner.x + size.x, corner.y + height};
  const float icon = options.icon ? icon_size_of(line) + style.ItemInnerSpacing.x : 0;
  const ImRect text{frame.Min.x + padding.x + icon, frame.Min.y + padding.y, frame.Max.x - padding.x,
                    frame.Max.y - padding.y};
  return {frame, text, line};
}

void draw_frame(const Layout& layout, const InputOptions& options, bool lit, bool hovered) {
  if (options.frameless) return;
  const ImGuiStyle& style = ImGui::GetStyle();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImGuiCol fill = hovered && !lit && !options.read_only ? ImGuiCol_FrameBgHovered : ImGuiCol_FrameBg;
  list.AddRectFilled(layout.frame.Min, layout.frame.Max, ImGui::GetColorU32(fill), style.FrameRounding);
  const ImU32 edge = options.invalid ? invalid_edge
                     : lit           ? ImGui::GetColorU32(ImGuiCol_NavCursor)
                                     : ImGui::GetColorU32(ImGuiCol_Border);
  list.AddRect(layout.frame.Min, layout.frame.Max, edge, style.FrameRounding, 0,
               lit || options.invalid ? 1.5f : 1.0f);
}

void draw_icon(const Layout& layout, const InputOptions& options) {
  if (!options.icon) return;
  const float padding = options.frameless ? 0 : ImGui::GetStyle().FramePadding.x;
  ImGui::GetWindowDrawList()->AddText({layout.frame.Min.x + padding, layout.text.Min.y},
                                      ImGui::GetColorU32(ImGuiCol_TextDisabled), options.icon);
}

float start_of_line(const Layout& layout, TextAlign align, float width) {
  const float room = layout.text.GetWidth() - width;
  if (room <= 0 || align == TextAlign::left) return layout.text.Min.x;
  return layout.text.Min.x + (align == TextAlign::right ? room : std::floor(room / 2));
}

void draw_line(const Layout& layout, const InputOptions& options, std::string_view text, float y, ImU32 ink) {
  const char* end = text.data() + text.size();
  const float x = start_of_line(layout, options.align, ImGui::CalcTextSize(text.data(), end).x);
  ImGui::GetWindowDrawList()->AddText({x, y}, ink, text.data(), end);
}

// The text at rest: several lines are broken as the browser breaks them.
void draw_text(const Layout& layout, const InputOptions& options, std::string_view text) {
  const bool empty = text.empty();
  const ImU32 ink = ImGui::GetColorU32(empty ? ImGuiCol_TextDisabled : ImGuiCol_Text);
  std::string hidden;
  if (options.password && !empty) {
    for (const char c : text)
      if (!continues_character(c)) hidden += "•";
    text = hidden;
  }
  const std::string_view shown = empty ? options.placeholder : text;
  if (shown.empty()) return;
  ImGui::PushClipRect(layout.text.Min, {layout.text.Max.x, layout.frame.Max.y}, true);
  if (options.lines > 1) {
    float y = layout.text.Min.y;
    for (const std::string_view line : wrap_text(shown, layout.text.GetWidth())) {
      if (y >= layout.frame.Max.y) break;
      draw_line(layout, options, line, y, ink);
      y += layout.line;
    }
  } else {
    draw_line(layout, options, shown, layout.text.Min.y, ink);
  }
  ImGui::PopClipRect();
}

TextEntryRequest request_for(ImGuiID id, TextEntryMode mode, const Layout& layout, std::string_view text,
                             const InputOptions& options, TextSelection selection) {
  const ImRect& place = layout.text;
  const ImRect& frame = layout.frame;
  const ImRect clip = ImGui::GetCurrentWindow()->ClipRect;
  const ImGuiCol paper = options.frameless ? ImGuiCol_WindowBg : ImGuiCol_FrameBg;
  return {.id = id,
          .mode = mode,
          .position = place.Min,
          .size = place.GetSize(),
          .margin = {place.Min.x - frame.Min.x, place.Min.y - frame.Min.y, frame.Max.x - place.Max.x,
                     frame.Max.y - place.Max.y},
          .clip = {clip.Min.x, clip.Min.y, clip.Max.x, clip.Max.y},
          .text = text,
          .text_width = ImGui::CalcTextSize(text.data(), text.data() + text.size()).x,
          .label = options.label,
          .placeholder = options.placeholder,
          .face = options.face,
          .font_size = ImGui::GetFontSize(),
          .ink = ImGui::GetColorU32(ImGuiCol_Text),
          .paper = ImGui::GetColorU32(paper) | IM_COL32_A_MASK,
          .placeholder_ink = ImGui::GetColorU32(ImGuiCol_TextDisabled),
          .align = options.align,
          .kind = options.kind,
          .selection = selection,
          .max_length = options.max_length,
          .multiline = options.lines > 1,
          .list_keys = options.list_keys,
          .password = options.password,
          .spell_check = options.spell_check};
}

bool asked_by_keyboard(ImGuiID id) {
  const ImGuiContext& g = *ImGui::GetCurrentContext();
  return g.NavActivateId == id && ((g.NavActivateFlags & ImGuiActivateFlags_PreferInput) != 0 ||
                                   g.NavInputSource == ImGuiInputSource_Keyboard);
}

void begin_editing(Platform& platform, ImGuiID id, const std::string& text, TextSelection selection) {
  ImGuiWindow* window = ImGui::GetCurrentWindow();
  platform.edited = {.id = id,
                     .original = text,
                     .draft = text,
                     .selection = selection,
                     .frame = ImGui::GetFrameCount(),
                     .left = platform.edited.id};
  ImGui::SetActiveID(id, window);
  ImGui::SetFocusID(id, window);
  ImGui::FocusWindow(window);
}

// The field was left by Tab: ImGui's own tabbing goes on from here, as if it had seen the key.
void move_on(TextEntryEnd end) {
  ImGuiIO& io = ImGui::GetIO();
  const bool back = end == TextEntryEnd::back_tab;
  ImGui::SetNavCursorVisible(true);  // with it hidden, ImGui would take the first Tab to show it
  if (back) io.AddKeyEvent(ImGuiMod_Shift, true);
  io.AddKeyEvent(ImGuiKey_Tab, true);
  io.AddKeyEvent(ImGuiKey_Tab, false);
  if (back) io.AddKeyEvent(ImGuiMod_Shift, false);
}

void end_editing(Platform& platform, ImGuiID id, TextEntryEnd end, std::string& text,
                 const InputOptions& options, InputEvents& events) {
  events.end = end;
  events.cancelled = end == TextEntryEnd::escape;
  events.committed = !events.cancelled;
  if (events.cancelled && text != platform.edited.original) {
    text = platform.edited.original;
    events.changed = true;
  }
  if (platform.edited.id == id) platform.edited = {};
  if (ImGui::GetActiveID() == id) ImGui::ClearActiveID();
  if (!options.keeps_tab && (end == TextEntryEnd::tab || end == TextEntryEnd::back_tab)) move_on(end);
}

// What the browser's element has said becomes the text and the events of this frame.
InputEvents take_answer(Platform& platform, ImGuiID id, std::string& text, const InputOptions& options) {
  InputEvents events;
  TextEntryAnswer answer = platform.take_text(id);
  if (answer.began && platform.edited.id != id && !options.read_only)
    begin_editing(platform, id, text, TextSelection::kept);
  // Something else was activated meanwhile (a button, another field): that is leaving too.
  const bool replaced = platform.edited.left == id;
  const bool edited = platform.edited.id == id;
  const bool stolen = edited && ImGui::GetActiveID() != id;
  if (replaced) platform.edited.left = 0;
  if (!edited && !replaced) return events;
  const bool tells = answer.changed || answer.composing || answer.end != TextEntryEnd::none;
  const bool composed = edited && platform.edited.composing;
  if (edited && tells) platform.edited.composing = answer.composing;
  events.composing = edited && platform.edited.composing;
  // Letters that the input method leaves as they were typed are the user's word only now.
  events.changed = composed && !events.composing;
  if (answer.changed && answer.text != text) {
    text = std::move(answer.text);
    events.changed = true;
  }
  if (answer.end != TextEntryEnd::none && !replaced)
    end_editing(platform, id, answer.end, text, options, events);
  else if (replaced || stolen)
    end_editing(platform, id, TextEntryEnd::left, text, options, events);
  return events;
}

}  // namespace

InputEvents input_text(const char* id_text, std::string& text, const InputOptions& options) {
  ImGuiWindow* window = ImGui::GetCurrentWindow();
  if (window->SkipItems) return {};
  Platform& platform = current_platform();
  const ImGuiID id = window->GetID(id_text);
  ImGui::PushFont(platform.fonts()[options.face], 0);
  const Layout layout = lay_out(options);
  ImGui::ItemSize(layout.frame, options.frameless ? 0 : ImGui::GetStyle().FramePadding.y);
  if (!ImGui::ItemAdd(layout.frame, id, &layout.frame, ImGuiItemFlags_Inputable)) {
    ImGui::PopFont();
    return {};
  }
  ImGuiContext& g = *ImGui::GetCurrentContext();
  IMGUI_TEST_ENGINE_ITEM_INFO(id, id_text, g.LastItemData.StatusFlags | ImGuiItemStatusFlags_Inputable);
  const bool hovered = ImGui::ItemHoverable(layout.frame, id, g.LastItemData.ItemFlags);
  if (hovered && !options.read_only) ImGui::SetMouseCursor(ImGuiMouseCursor_TextInput);

  InputEvents events = take_answer(platform, id, text, options);
  const bool clicked = hovered && ImGui::IsMouseClicked(ImGuiMouseButton_Left);
  const bool wanted = clicked || options.start || asked_by_keyboard(id);
  if (wanted && !options.read_only && platform.edited.id != id)
    begin_editing(platform, id, text, clicked ? TextSelection::kept : options.start_selection);

  events.editing = platform.edited.id == id;
  if (events.editing) {
    g.ActiveIdUsingNavDirMask |= ~0u;
    g.ActiveIdAllowOverlap = !g.IO.MouseDown[0];  // as in ImGui's own fields: the pointer finds everything else
    platform.edited.frame = ImGui::GetFrameCount();
    platform.edited.draft = text;
    platform.text_entry(
        request_for(id, TextEntryMode::editing, layout, text, options, platform.edited.selection));
  } else if (hovered && !options.read_only && !g.IO.MouseDown[0]) {
    platform.text_entry(request_for(id, TextEntryMode::hovered, layout, text, options, TextSelection::kept));
  }

  draw_frame(layout, options, events.editing || (g.NavId == id && g.NavCursorVisible), hovered);
  draw_icon(layout, options);
  if (!events.editing) draw_text(layout, options, text);
  if (events.changed) ImGui::MarkItemEdited(id);
  annotate(Role::text_box, options.label, options.password ? std::string_view{} : std::string_view{text},
           {.disabled = options.read_only, .invalid = options.invalid});
  ImGui::PopFont();
  return events;
}

bool somebody_edits() {
  const EditedField& edited = current_platform().edited;
  return edited.id != 0 && edited.frame >= ImGui::GetFrameCount() - 1;
}

std::string draft_or(const char* id, std::string text) {
  const EditedField& edited = current_platform().edited;
  return edited.id != 0 && edited.id == ImGui::GetID(id) ? edited.draft : text;
}

bool input_begins(const char* id_text, ImVec2 position, ImVec2 size, std::string& text,
                  const InputOptions& options) {
  Platform& platform = current_platform();
  const ImGuiID id = ImGui::GetID(id_text);
  if (somebody_edits()) return false;
  TextEntryAnswer answer = platform.take_text(id);
  ImGui::PushFont(platform.fonts()[options.face], 0);
  const ImRect place{position.x, position.y, position.x + size.x, position.y + size.y};
  platform.text_entry(
      request_for(id, TextEntryMode::waiting, {place, place}, answer.text, options, TextSelection::kept));
  ImGui::PopFont();
  if (!answer.began) return false;
  text = std::move(answer.text);
  return true;
}

}  // namespace pmo::ui
