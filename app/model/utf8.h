// Texts are UTF-8; whoever cuts one does it between characters. Half a character is no text: JSON cannot hold it.
#pragma once

#include <cstddef>
#include <string_view>

namespace pmo {

// Whether the byte goes on with a character that another byte began.
constexpr bool continues_character(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

// As much of the beginning as fits into so many bytes, in whole characters. What is no UTF-8 is cut anywhere, so that
// whoever goes on with the rest always gets on.
constexpr std::string_view cut_to_bytes(std::string_view text, std::size_t most) {
  if (text.size() <= most) return text;
  constexpr std::size_t longest_character = 4;
  for (std::size_t back = 0; back < longest_character && back < most; ++back)
    if (!continues_character(text[most - back])) return text.substr(0, most - back);
  return text.substr(0, most);
}

}  // namespace pmo
