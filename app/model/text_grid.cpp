#include "app/model/text_grid.h"

#include <utility>

namespace pmo {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

std::string joined(const TextGrid& grid, char separator, std::string_view line_end) {
  std::string out;
  for (const auto& line : grid) {
    for (std::size_t c = 0; c < line.size(); ++c) {
      if (c > 0) out += separator;
      const std::string& cell = line[c];
      if (cell.find_first_of(std::string("\"\r\n") + separator) == cell.npos) {
        out += cell;
        continue;
      }
      out += '"';
      for (const char character : cell) {
        if (character == '"') out += '"';
        out += character;
      }
      out += '"';
    }
    out += line_end;
  }
  return out;
}

}  // namespace

TextGrid parse_grid(std::string_view text, char separator) {
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  TextGrid grid;
  std::vector<std::string> line;
  std::string cell;
  bool quoted = false, was_quoted = false, begun = false;
  const auto end_cell = [&] {
    line.push_back(std::move(cell));
    cell.clear();
    was_quoted = false;
  };
  const auto end_line = [&] {
    end_cell();
    grid.push_back(std::move(line));
    line.clear();
    begun = false;
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      if (c != '"') cell += c;
      else if (i + 1 < text.size() && text[i + 1] == '"') cell += text[++i];
      else quoted = false;
      continue;
    }
    begun = true;
    if (c == '"' && cell.empty() && !was_quoted) quoted = was_quoted = true;
    else if (c == separator) end_cell();
    else if (c == '\n') end_line();
    else if (c == '\r') {
      if (i + 1 < text.size() && text[i + 1] == '\n') ++i;
      end_line();
    } else cell += c;
  }
  if (begun || quoted) end_line();
  return grid;
}

std::string to_tsv(const TextGrid& grid) { return joined(grid, '\t', "\n"); }
std::string to_csv(const TextGrid& grid) { return std::string(byte_order_mark) + joined(grid, ',', "\r\n"); }

std::string to_html(const TextGrid& grid) {
  std::string out = "<table>";
  for (const auto& line : grid) {
    out += "<tr>";
    for (const auto& cell : line) {
      out += "<td>";
      for (const char c : cell) {
        if (c == '<') out += "&lt;";
        else if (c == '>') out += "&gt;";
        else if (c == '&') out += "&amp;";
        else if (c == '\n') out += "<br>";
        else out += c;
      }
      out += "</td>";
    }
    out += "</tr>";
  }
  return out + "</table>";
}

std::string harmless_cell(std::string text) {
  if (!text.empty() && std::string_view("=+-@").contains(text[0])) text.insert(0, "'");
  return text;
}

std::string_view without_apostrophe(std::string_view cell) {
  const bool added = cell.size() > 1 && cell[0] == '\'' && std::string_view("=+-@").contains(cell[1]);
  return added ? cell.substr(1) : cell;
}

}  // namespace pmo
