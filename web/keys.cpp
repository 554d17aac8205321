#include "web/keys.h"

#include <algorithm>

namespace pmo::web {
namespace {

struct Named {
  std::string_view name;
  ImGuiKey key;
};

constexpr Named named_keys[] = {
    {"Tab", ImGuiKey_Tab},
    {"ArrowLeft", ImGuiKey_LeftArrow},
    {"ArrowRight", ImGuiKey_RightArrow},
    {"ArrowUp", ImGuiKey_UpArrow},
    {"ArrowDown", ImGuiKey_DownArrow},
    {"PageUp", ImGuiKey_PageUp},
    {"PageDown", ImGuiKey_PageDown},
    {"Home", ImGuiKey_Home},
    {"End", ImGuiKey_End},
    {"Insert", ImGuiKey_Insert},
    {"Delete", ImGuiKey_Delete},
    {"Backspace", ImGuiKey_Backspace},
    {"Space", ImGuiKey_Space},
    {"Enter", ImGuiKey_Enter},
    {"Escape", ImGuiKey_Escape},
    {"ContextMenu", ImGuiKey_Menu},
    {"Quote", ImGuiKey_Apostrophe},
    {"Comma", ImGuiKey_Comma},
    {"Minus", ImGuiKey_Minus},
    {"Period", ImGuiKey_Period},
    {"Slash", ImGuiKey_Slash},
    {"Semicolon", ImGuiKey_Semicolon},
    {"Equal", ImGuiKey_Equal},
    {"BracketLeft", ImGuiKey_LeftBracket},
    {"Backslash", ImGuiKey_Backslash},
    {"BracketRight", ImGuiKey_RightBracket},
    {"Backquote", ImGuiKey_GraveAccent},
    {"NumpadDecimal", ImGuiKey_KeypadDecimal},
    {"NumpadDivide", ImGuiKey_KeypadDivide},
    {"NumpadMultiply", ImGuiKey_KeypadMultiply},
    {"NumpadSubtract", ImGuiKey_KeypadSubtract},
    {"NumpadAdd", ImGuiKey_KeypadAdd},
    {"NumpadEnter", ImGuiKey_KeypadEnter},
    {"NumpadEqual", ImGuiKey_KeypadEqual},
};

// "KeyA".."KeyZ", "Digit0".."Digit9", "Numpad0".."Numpad9": a row of keys that follow each other.
ImGuiKey in_row(std::string_view name, std::string_view prefix, char first, int count, ImGuiKey key) {
  if (!name.starts_with(prefix) || name.size() != prefix.size() + 1) return ImGuiKey_None;
  const int index = name.back() - first;
  return index >= 0 && index < count ? static_cast<ImGuiKey>(key + index) : ImGuiKey_None;
}

ImGuiKey function_key(std::string_view name) {
  if (name.size() < 2 || name.size() > 3 || name[0] != 'F') return ImGuiKey_None;
  int number = 0;
  for (const char c : name.substr(1)) {
    if (c < '0' || c > '9') return ImGuiKey_None;
    number = number * 10 + (c - '0');
  }
  return number >= 1 && number <= 24 ? static_cast<ImGuiKey>(ImGuiKey_F1 + number - 1) : ImGuiKey_None;
}

}  // namespace

ImGuiKey key_named(std::string_view name) {
  const auto* found = std::ranges::find(named_keys, name, &Named::name);
  if (found != std::end(named_keys)) return found->key;
  for (const ImGuiKey key :
       {in_row(name, "Key", 'A', 26, ImGuiKey_A), in_row(name, "Digit", '0', 10, ImGuiKey_0),
        in_row(name, "Numpad", '0', 10, ImGuiKey_Keypad0)})
    if (key != ImGuiKey_None) return key;
  return function_key(name);
}

}  // namespace pmo::web
