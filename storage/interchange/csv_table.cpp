#include <algorithm>
#include <map>
#include <set>

#include "app/model/format.h"
#include "storage/interchange/csv.h"
#include "storage/interchange/csv_columns.h"
#include "storage/interchange/encoding.h"

namespace pmo::storage::csv {
namespace {

constexpr std::size_t first_bytes = 64 << 10;  // in which separator and headings are looked for
constexpr std::size_t first_rows = 10, most_samples = 3;

std::vector<std::string> parts(std::string_view list) {
  std::vector<std::string> found;
  while (!list.empty()) {
    const auto end = std::min(list.find(';'), list.size());
    found.push_back(plain_text(list.substr(0, end)));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return found;
}

using Headed = std::map<std::string, const Column*, std::less<>>;

// By every heading that is known; where two columns share one, the first has it.
Headed columns_by_heading() {
  Headed found;
  for (const auto& column : columns) {
    found.try_emplace(std::string(column.name), &column);
    for (const Language language : all_languages) {
      found.try_emplace(lower(word(column.heading, language)), &column);
      if (!column.also) continue;
      for (auto& name : parts(word(column.also, language))) found.try_emplace(std::move(name), &column);
    }
  }
  return found;
}

const Column* column_named(std::string_view heading) {
  static const Headed known = columns_by_heading();
  const auto found = known.find(lower(plain_text(heading)));
  return found == known.end() || found->first.empty() ? nullptr : found->second;
}

// "sep=;" in the first line tells spreadsheets the separator. Takes the line off.
std::optional<char> take_separator(std::string_view& text) {
  if (text.size() < 5 || lower(text.substr(0, 4)) != "sep=") return {};
  const char separator = text[4];
  text.remove_prefix(std::min(text.find_first_of("\r\n"), text.size()));
  if (text.starts_with('\r')) text.remove_prefix(1);
  if (text.starts_with('\n')) text.remove_prefix(1);
  return separator;
}

std::size_t filled(const std::vector<std::string>& row) {
  return static_cast<std::size_t>(std::ranges::count_if(row, [](const auto& cell) { return !plain_text(cell).empty(); }));
}
std::size_t known(const std::vector<std::string>& row) {
  std::set<const Column*> found;
  for (const auto& cell : row)
    if (const auto* column = column_named(cell)) found.insert(column);
  return found.size();
}

// The row near the beginning in which most headings are known; when none knows two, the first with two cells filled.
struct Headings {
  std::size_t row = 0, known = 0, width = 0;
};
Headings headings_of(const TextGrid& grid) {
  Headings best;
  for (std::size_t row = 0; row < std::min(grid.size(), first_rows); ++row)
    if (const auto count = known(grid[row]); count > best.known) best = {row, count, filled(grid[row])};
  if (best.known >= 2) return best;
  for (std::size_t row = 0; row < std::min(grid.size(), first_rows); ++row)
    if (filled(grid[row]) >= 2) return {row, known(grid[row]), filled(grid[row])};
  return best;
}

char separator_of(std::string_view text) {
  char best = ',';
  Headings most;
  for (const char separator : {',', ';', '\t'}) {
    const auto found = headings_of(parse_grid(text.substr(0, first_bytes), separator));
    if (std::pair(found.known, found.width) > std::pair(most.known, most.width)) most = found, best = separator;
  }
  return best;
}

void take_samples(Table& table) {
  auto& columns = table.reading.columns;
  for (std::size_t row = table.reading.heading_row + 1; row < table.grid.size(); ++row)
    for (std::size_t c = 0; c < std::min(columns.size(), table.grid[row].size()); ++c)
      if (auto text = plain_text(table.grid[row][c]); !text.empty() && columns[c].samples.size() < most_samples)
        columns[c].samples.push_back(std::move(text));
}

// Cut between lines, so that no character is cut.
std::string_view beginning_of(std::string_view bytes) {
  if (bytes.size() <= first_bytes) return bytes;
  const bool wide = bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF");
  const auto end = bytes.find_last_of("\r\n", first_bytes);
  return bytes.substr(0, wide || end == bytes.npos ? first_bytes : end + 1);
}

bool is_name(const TableColumn& column) { return column.meaning == "name"; }

void take_meanings(TableReading& reading, const TableWish& wish) {
  std::set<std::string_view> taken;
  for (std::size_t c = 0; c < reading.columns.size(); ++c) {
    auto& column = reading.columns[c];
    if (c < wish.meanings.size()) {
      column.meaning = wish.meanings[c];
    } else if (const auto* named = column_named(column.heading); named && taken.insert(named->name).second) {
      column.meaning = named->name;
    } else if (!plain_text(column.heading).empty() && !column.samples.empty()) {
      column.meaning = custom_column;
    }
  }
}

// Letters of any script: what is no date and no number.
bool is_wordy(const std::string& text) {
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80; };
  return std::ranges::count_if(text, is_letter) * 2 > std::ssize(text) && !parse_day(text, Language::chinese, {}) && !parse_day(text, Language::english, {});
}

// Without a known heading the names are most likely the longest words.
void guess_name(TableReading& reading) {
  TableColumn* best = nullptr;
  std::size_t longest = 0;
  for (auto& column : reading.columns) {
    if (column.meaning != custom_column && !column.meaning.empty()) continue;
    std::size_t length = 0;
    for (const auto& sample : column.samples) length += is_wordy(sample) ? sample.size() : 0;
    if (length > longest) longest = length, best = &column;
  }
  if (best) best->meaning = "name";
}

}  // namespace

Result<Table> read_table(std::string_view bytes, const TableWish& wish) {
  auto decoded = PMO_TRY(decode_text(bytes, wish.encoding));
  std::string_view text = decoded.text;
  const auto told = take_separator(text);
  Table table;
  auto& reading = table.reading;
  reading.encoding = decoded.encoding;
  reading.separator = told.value_or(separator_of(text));
  table.grid = parse_grid(text, reading.separator);
  reading.heading_row = headings_of(table.grid).row;
  if (reading.heading_row < table.grid.size())
    for (const auto& heading : table.grid[reading.heading_row]) reading.columns.push_back({plain_text(heading), {}, {}});
  for (const auto& column : columns) reading.meanings.push_back({std::string(column.name), column.heading});
  reading.meanings.push_back({std::string(custom_column), "csv.column.custom"_key});
  take_samples(table);
  take_meanings(reading, wish);
  if (wish.guess && wish.meanings.empty() && std::ranges::none_of(reading.columns, is_name)) guess_name(reading);
  return table;
}

std::string cell_address(std::size_t row, std::size_t column) {
  std::string letters;
  for (std::size_t rest = column + 1; rest > 0; rest = (rest - 1) / 26) letters.insert(letters.begin(), static_cast<char>('A' + (rest - 1) % 26));
  return letters + std::to_string(row + 1);
}

}  // namespace pmo::storage::csv

namespace pmo::storage {

bool names_task_columns(std::string_view bytes) {
  const auto table = csv::read_table(csv::beginning_of(bytes), {});
  if (!table) return false;
  const auto& columns = table->reading.columns;
  const auto known = std::ranges::count_if(columns, [](const TableColumn& c) { return !c.meaning.empty() && c.meaning != csv::custom_column; });
  return known >= 2 && std::ranges::any_of(columns, csv::is_name);
}

bool is_table_name(std::string_view file_name) {
  const std::string name = lower(file_name);
  return name.ends_with(".csv") || name.ends_with(".tsv") || name.ends_with(".txt");
}

}  // namespace pmo::storage
