// The encodings in which other programs write texts. Internal to the readers of their files.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/model/table_reading.h"
#include "app/words/words.h"

namespace pmo::storage {

bool is_utf8(std::string_view bytes);

struct DecodedText {
  std::string text;  // UTF-8, without byte-order mark
  TextEncoding encoding = TextEncoding::utf_8;
};

// As told, else by the byte-order mark, else by what the bytes are valid in: UTF-8; GB18030 (with GBK and GB2312, which
// Chinese spreadsheets and P6 write) when most of its characters are everyday ones; Windows-1252, in which everything is
// valid. Errors: no text (zero bytes), not valid in the encoding that was told.
Result<DecodedText> decode_text(std::string_view bytes, std::optional<TextEncoding> told = {});

// The note that names an encoding other than UTF-8.
std::optional<Error> encoding_note(TextEncoding encoding);

}  // namespace pmo::storage
