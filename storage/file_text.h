// The text inside a file, so that the search finds it: plain text, Markdown, tables, JSON, XML and HTML without their marks,
// and office files (office_text.h). Nothing of a file is run or fetched.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "app/model/content.h"

namespace pmo::storage {

inline constexpr std::uint64_t largest_text_file = 1 << 20;   // bytes; of a larger text file nothing is searched
inline constexpr std::size_t longest_kept_text = 200'000;     // bytes; what stands behind is not searched

// By its name (.txt, .md, .csv, .tsv, .log, .json, .xml, .html, .htm), else by its media type.
bool is_text_file(std::string_view name, std::string_view media_type);
// UTF-8, cut between characters. Empty when the bytes are no text in any encoding that is known.
std::string text_in_file(std::string_view name, std::string_view media_type, std::string_view bytes);

// Whether a file is looked into: a text file that is not too large, or an office file.
bool is_searched(std::string_view name, std::string_view media_type, std::uint64_t size);
// What is searched of it; of an office file only the parts with text are read. Errors: the content cannot be read, or an
// office file is damaged or encrypted.
void read_file_text(const std::string& name, const std::string& media_type, const ContentPtr& content, std::function<void(Result<std::string>)> done);

// The beginning, as long as it is kept.
std::string kept_part(std::string text);

}  // namespace pmo::storage
