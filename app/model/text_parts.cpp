#include "app/model/text_parts.h"

#include <algorithm>
#include <charconv>

namespace pmo {

std::string_view take_until(std::string_view& text, char separator) {
  const auto end = std::min(text.find(separator), text.size());
  const auto part = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return part;
}

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return {};
  return value;
}

bool has_word(std::string_view words, std::string_view word) {
  while (!words.empty())
    if (take_until(words, ' ') == word) return true;
  return false;
}

}  // namespace pmo
