// Reading the small texts that the product itself writes: settings, saved views, phases. "12/30=500;…" taken apart.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace pmo {

// What stands before the separator, which is taken off with it; without one all of the text.
std::string_view take_until(std::string_view& text, char separator);

// Digits with at most a minus before them and nothing else.
std::optional<std::int64_t> whole_number(std::string_view text);

// Whether one of the words, which spaces separate, is this one.
bool has_word(std::string_view words, std::string_view word);

}  // namespace pmo
