// The encodings in which other programs write texts. Internal to the readers of their files.
#pragma once

#include <string>
#include <string_view>

namespace pmo::storage {

bool is_utf8(std::string_view bytes);
// UTF-8, from UTF-8 or else Windows-1252.
std::string to_utf8(std::string_view bytes);

}  // namespace pmo::storage
