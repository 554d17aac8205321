// Tables of text: what spreadsheets put on the clipboard, and CSV files.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace pmo {

using TextGrid = std::vector<std::vector<std::string>>;

// Separated values with quotes as spreadsheets write them (RFC 4180): "" inside quotes is one, line ends inside quotes
// stay. Takes \n, \r\n and \r; a byte-order mark is skipped. A last empty line is none.
TextGrid parse_grid(std::string_view text, char separator = '\t');
std::string to_tsv(const TextGrid& grid);
std::string to_csv(const TextGrid& grid);   // with a byte-order mark, so that spreadsheets read Chinese
std::string to_html(const TextGrid& grid);  // a table; every text escaped

// A spreadsheet would run a text that begins like a formula: an apostrophe keeps it a text. And back.
std::string harmless_cell(std::string text);
std::string_view without_apostrophe(std::string_view cell);

}  // namespace pmo
