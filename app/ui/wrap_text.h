// Breaks a text into lines that fit a width, by the rules of Chinese as well as Latin typography: a line may
// end between any two ideographs, but never before closing or after opening punctuation; words stay whole
// when they fit on a line.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

namespace pmo::ui {

// Width of one character, in the unit of the line's width.
using CharacterWidth = std::function<float(char32_t)>;

// Views into the text, without the blanks and line ends at their end. An empty text is one empty line.
std::vector<std::string_view> wrap_text(std::string_view text, float width,
                                        const CharacterWidth& character_width);

// With the current font.
std::vector<std::string_view> wrap_text(std::string_view text, float width);

}  // namespace pmo::ui
