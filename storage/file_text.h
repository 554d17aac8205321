// The text inside a file, so that the search finds it: plain text, Markdown, tables, JSON, and XML and HTML without their
// marks. Nothing of a file is run or fetched.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace pmo::storage {

inline constexpr std::uint64_t largest_text_file = 1 << 20;   // bytes; of a larger file nothing is searched
inline constexpr std::size_t longest_kept_text = 200'000;     // bytes; what stands behind is not searched

// By its name (.txt, .md, .csv, .tsv, .log, .json, .xml, .html, .htm), else by its media type.
bool is_text_file(std::string_view name, std::string_view media_type);
// UTF-8, cut between characters. Empty when the bytes are no text in any encoding that is known.
std::string text_in_file(std::string_view name, std::string_view media_type, std::string_view bytes);

}  // namespace pmo::storage
