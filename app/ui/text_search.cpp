#include "app/ui/text_search.h"

#include <algorithm>

#include "app/model/utf8.h"

namespace pmo::ui {
namespace {

char lower_letter(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace

std::size_t find_text(std::string_view text, std::string_view part, std::size_t from) {
  if (from > text.size()) return std::string_view::npos;
  const auto at = std::search(text.begin() + static_cast<std::ptrdiff_t>(from), text.end(), part.begin(), part.end(),
                              [](char a, char b) { return lower_letter(a) == lower_letter(b); });
  return at == text.end() && !part.empty() ? std::string_view::npos : static_cast<std::size_t>(at - text.begin());
}

std::string excerpt(std::string_view text, std::size_t at, std::size_t length, std::size_t before, std::size_t after) {
  const auto inside_character = [&](std::size_t i) { return i < text.size() && continues_character(text[i]); };
  std::size_t from = at > before ? at - before : 0, to = std::min(text.size(), at + length + after);
  while (inside_character(from)) ++from;
  while (inside_character(to)) ++to;
  std::string part = (from > 0 ? "…" : "") + std::string(text.substr(from, to - from)) + (to < text.size() ? "…" : "");
  std::ranges::replace(part, '\n', ' ');
  return part;
}

}  // namespace pmo::ui
