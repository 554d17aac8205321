// What each column of a table of text is taken for, and in which encoding the text is read: shared by the dialogs that
// import such tables.
#pragma once

#include <functional>

#include "app/model/table_reading.h"
#include "app/words/words.h"

namespace pmo::ui {

// A column of the file as it is shown.
struct FileColumn {
  std::string heading;
  std::string samples;
  std::string meaning;
};

// "Customer", or "Column 3" where there is no heading; and the first values in one line.
std::string column_heading(const std::string& heading, std::size_t place, Language language);
std::string column_samples(const std::vector<std::string>& samples);

// The title with the choice of the encoding beside it; true when another one was chosen.
bool draw_columns_title(TextEncoding& encoding, Language language);
// The columns, at most so many lines high; draw_menu offers the meanings of one, in its open menu.
void draw_file_columns(std::size_t count, float lines, const std::function<FileColumn(std::size_t)>& column,
                       const std::function<void(std::size_t)>& draw_menu);

}  // namespace pmo::ui
