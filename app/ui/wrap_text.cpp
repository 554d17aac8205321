#include "app/ui/wrap_text.h"

#include "imgui.h"
#include "imgui_internal.h"

#include <algorithm>

namespace pmo::ui {
namespace {

// Every one of these stands for a whole character; UTF-32 so that searching is exact.
constexpr std::u32string_view never_first = U",.;:!?)]}%，。、；：！？）》〉」』】〕〗〛”’…—·・％‰℃～ー々";
constexpr std::u32string_view never_last = U"([{（《〈「『【〔〖〘“‘￥＄£$¥";

bool is_ideographic(char32_t c) {
  return (c >= 0x2E80 && c <= 0xA4CF) || (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0xF900 && c <= 0xFAFF) ||
         (c >= 0xFE30 && c <= 0xFE4F) || (c >= 0xFF00 && c <= 0xFFEF) || (c >= 0x20000 && c <= 0x3FFFF);
}

bool is_blank(char32_t c) { return c == ' ' || c == '\t'; }
bool contains(std::u32string_view set, char32_t c) { return set.find(c) != std::u32string_view::npos; }

bool may_break_between(char32_t before, char32_t after) {
  if (is_blank(after)) return false;  // blanks stay at the end of their line
  if (is_blank(before)) return true;
  if (contains(never_first, after) || contains(never_last, before)) return false;
  if (before == '-' || before == '/') return true;
  return is_ideographic(before) || is_ideographic(after);
}

struct Character {
  char32_t code = 0;
  std::size_t length = 0;
};

Character first_character(std::string_view text) {
  unsigned code = 0;
  const int length = ImTextCharFromUtf8(&code, text.data(), text.data() + text.size());
  return {code, static_cast<std::size_t>(std::max(1, length))};
}

std::string_view without_blanks_at_end(std::string_view line) {
  while (!line.empty() && (line.back() == ' ' || line.back() == '\t' || line.back() == '\r'))
    line.remove_suffix(1);
  return line;
}

// How much of a paragraph (a text without line ends) goes on its first line.
std::size_t first_line(std::string_view paragraph, float width, const CharacterWidth& character_width) {
  float used = 0;
  std::size_t at = 0, last_break = 0;
  char32_t before = 0;
  while (at < paragraph.size()) {
    const Character character = first_character(paragraph.substr(at));
    if (before && may_break_between(before, character.code)) last_break = at;
    used += character_width(character.code);
    if (used > width && !is_blank(character.code) && at > 0) return last_break ? last_break : at;
    before = character.code;
    at += character.length;
  }
  return paragraph.size();
}

}  // namespace

std::vector<std::string_view> wrap_text(std::string_view text, float width,
                                        const CharacterWidth& character_width) {
  std::vector<std::string_view> lines;
  for (;;) {
    const std::size_t end = text.find('\n');
    std::string_view paragraph = text.substr(0, end);
    do {
      const std::size_t length = first_line(paragraph, width, character_width);
      lines.push_back(without_blanks_at_end(paragraph.substr(0, length)));
      paragraph.remove_prefix(length);
    } while (!paragraph.empty());
    if (end == std::string_view::npos) return lines;
    text.remove_prefix(end + 1);
  }
}

std::vector<std::string_view> wrap_text(std::string_view text, float width) {
  ImFontBaked* font = ImGui::GetFontBaked();
  return wrap_text(text, width, [font](char32_t c) { return c == '\r' ? 0 : font->GetCharAdvance(c); });
}

}  // namespace pmo::ui
