// The widget map: what is on the screen, for tests and for assistive technology.
//
// ImGui reports every item through its test-engine hooks; annotate() adds what ImGui does not know (role,
// spoken name, value, selection, place in a tree). One map feeds window.pmo.items() in browser tests, the
// accessibility mirror, and native tests. It is rebuilt with every frame; nothing in it outlives the frame.
#pragma once

#include "imgui.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pmo::ui {

// The names are those of ARIA; role_name() gives them.
enum class Role : std::uint8_t {
  generic,
  alert,
  bar,
  button,
  cell,
  checkbox,
  column_header,
  combo_box,
  dialog,
  grid,
  heading,
  image,
  link,
  list,
  list_item,
  menu,
  menu_item,
  option,
  progress,
  region,
  row,
  scrollbar,
  slider,
  splitter,
  status,
  switch_button,
  tab,
  tab_list,
  text,
  text_box,
  toolbar,
  tooltip,
  tree_grid,
  tree_item,
};
std::string_view role_name(Role role);

// Three-valued where absence means "does not apply".
enum class Flag : std::uint8_t { unset, no, yes };

struct WidgetState {
  Flag selected = Flag::unset;
  Flag expanded = Flag::unset;
  Flag checked = Flag::unset;
  bool disabled = false;
  bool invalid = false;
  bool current = false;    // the page or step where the user is
  bool draggable = false;  // a finger that starts here drags it instead of scrolling the page
  int level = 0;           // in a tree, from 1
  int position = 0;        // in its list, from 1
  int count = 0;           // of the list
};

struct Widget {
  ImGuiID id = 0;
  ImGuiID window = 0;
  Role role = Role::generic;
  ImVec4 box;      // left, top, right, bottom in logical pixels
  ImVec4 visible;  // what is left of it after clipping; empty when scrolled out of sight
  WidgetState state;
  bool annotated = false;
  bool focused = false;    // has the keyboard navigation
  std::string_view label;  // as given to ImGui, with its ###stable-id
  std::string_view name;   // spoken; the visible part of the label when nobody said otherwise
  std::string_view value;
};

class WidgetMap {
 public:
  // Makes ImGui report into this map. The map must outlive the context.
  void attach(ImGuiContext& context);

  void begin_frame();
  void end_frame();

  // The last complete frame, windows and items in the order in which they were drawn.
  std::vector<Widget> widgets() const;
  std::string json() const;
  const WidgetState* state_of(ImGuiID id) const;  // nullptr when it is not there

  // Called by the hooks and by annotate() while a frame is drawn. The texts of the widget are ignored by
  // add().
  void add(const Widget& widget);
  void label(ImGuiID id, std::string_view label, Role role, const WidgetState& state);
  void describe(ImGuiID id, Role role, std::string_view name, std::string_view value,
                const WidgetState& state);

 private:
  struct Text {  // a piece of the frame's text: views would break while it grows
    std::uint32_t start = 0;
    std::uint32_t length = 0;
  };
  struct Entry {
    Widget widget;
    Text label, name, value;
  };
  struct Frame {
    std::vector<Entry> entries;
    std::string text;
  };
  Text keep(std::string_view text);
  Entry* find(ImGuiID id);
  Widget with_texts(const Entry& entry) const;

  Frame drawing_;
  Frame shown_;
};

// Describes the item submitted last. A name given here replaces the label.
void annotate(Role role, std::string_view name = {}, std::string_view value = {},
              const WidgetState& state = {});
// Describes something drawn without an item: a text, a picture. The key tells it from its siblings.
void annotate_area(const char* key, const ImVec4& box, Role role, std::string_view name,
                   std::string_view value = {}, const WidgetState& state = {});

}  // namespace pmo::ui
