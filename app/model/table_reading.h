// How a table of text (CSV) is taken: its encoding, and what each column is. Shared by the reader of such files and by
// whoever lets a user choose.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/words/key.h"

namespace pmo {

enum class TextEncoding : unsigned char { utf_8, utf_16, gb18030, windows_1252 };

// What it is called.
inline Key encoding_key(TextEncoding encoding) {
  constexpr Key keys[] = {"encoding.utf_8"_key, "encoding.utf_16"_key, "encoding.gb18030"_key, "encoding.windows_1252"_key};
  return keys[static_cast<std::size_t>(encoding)];
}

// What a column can be: the name of a field of the task table, "custom" (kept as a custom field) or empty (left out).
struct ColumnMeaning {
  std::string name;
  Key label;
};

struct TableColumn {
  std::string heading;
  std::string meaning;               // a ColumnMeaning::name
  std::vector<std::string> samples;  // the first values that say something
};

// What was taken, or what is proposed.
struct TableReading {
  TextEncoding encoding = TextEncoding::utf_8;
  char separator = ',';
  std::size_t heading_row = 0;  // counted from 0
  std::vector<TableColumn> columns;
  std::vector<ColumnMeaning> meanings;  // what there is to choose from
};

// What the user wants it to be; nothing where it is left to the reader.
struct TableWish {
  bool guess = false;  // without known headings: propose which column names the tasks, instead of refusing
  std::optional<TextEncoding> encoding = {};
  std::vector<std::string> meanings = {};  // by column
};

}  // namespace pmo
