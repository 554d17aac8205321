#include "app/ui/shortcut.h"

#include <utility>

namespace pmo::ui {
namespace {

struct NamedKey {
  std::string_view name;
  ImGuiKey key;
  std::string_view apple;
};

constexpr NamedKey named_keys[] = {
    {"Left", ImGuiKey_LeftArrow, "←"},  {"Right", ImGuiKey_RightArrow, "→"}, {"Up", ImGuiKey_UpArrow, "↑"},
    {"Down", ImGuiKey_DownArrow, "↓"},  {"Enter", ImGuiKey_Enter, "↩"},      {"Escape", ImGuiKey_Escape, "⎋"},
    {"Delete", ImGuiKey_Delete, "⌦"},   {"Insert", ImGuiKey_Insert, "Ins"},  {"Home", ImGuiKey_Home, "↖"},
    {"End", ImGuiKey_End, "↘"},         {"Tab", ImGuiKey_Tab, "⇥"},          {"Space", ImGuiKey_Space, "␣"},
    {"PageUp", ImGuiKey_PageUp, "⇞"},   {"PageDown", ImGuiKey_PageDown, "⇟"}, {"[", ImGuiKey_LeftBracket, "["},
    {"]", ImGuiKey_RightBracket, "]"},  {"/", ImGuiKey_Slash, "/"},          {".", ImGuiKey_Period, "."},
    {"+", ImGuiKey_Equal, "+"},         {"-", ImGuiKey_Minus, "-"}};

constexpr std::pair<std::string_view, ImGuiKey> modifiers[] = {
    {"Ctrl+", ImGuiMod_Ctrl}, {"Alt+", ImGuiMod_Alt}, {"Shift+", ImGuiMod_Shift}};
constexpr std::string_view apple_modifiers[] = {"⌘", "⌥", "⇧"};

// Takes the modifiers off the front; answers which were there, as bits of the table above.
int take_modifiers(std::string_view& text) {
  int found = 0;
  for (bool again = true; again;) {
    again = false;
    for (int i = 0; i < 3; ++i) {
      if (!text.starts_with(modifiers[i].first)) continue;
      text.remove_prefix(modifiers[i].first.size());
      found |= 1 << i;
      again = true;
    }
  }
  return found;
}

ImGuiKey key_of(std::string_view name) {
  if (name.size() == 1 && name[0] >= 'A' && name[0] <= 'Z') return static_cast<ImGuiKey>(ImGuiKey_A + (name[0] - 'A'));
  if (name.size() == 1 && name[0] >= '0' && name[0] <= '9') return static_cast<ImGuiKey>(ImGuiKey_0 + (name[0] - '0'));
  if (name.size() == 2 && name[0] == 'F' && name[1] >= '1' && name[1] <= '9')
    return static_cast<ImGuiKey>(ImGuiKey_F1 + (name[1] - '1'));
  for (const auto& named : named_keys)
    if (named.name == name) return named.key;
  return ImGuiKey_None;
}

}  // namespace

ImGuiKeyChord chord_of(std::string_view shortcut) {
  const int found = take_modifiers(shortcut);
  const ImGuiKey key = key_of(shortcut);
  if (key == ImGuiKey_None) return 0;
  ImGuiKeyChord chord = key;
  for (int i = 0; i < 3; ++i)
    if (found & (1 << i)) chord |= modifiers[i].second;
  return chord;
}

std::string shortcut_text(std::string_view shortcut, bool apple) {
  if (!apple) return std::string(shortcut);
  const int found = take_modifiers(shortcut);
  std::string shown;
  for (const int i : {1, 2, 0})
    if (found & (1 << i)) shown += apple_modifiers[i];
  for (const auto& named : named_keys)
    if (named.name == shortcut) return shown += named.apple;
  return shown += shortcut;
}

}  // namespace pmo::ui
