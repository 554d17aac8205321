#include "app/ui/table/saved_view.h"

#include <algorithm>
#include <cmath>
#include <format>

#include "app/engine/derived_fields.h"
#include "app/model/text_parts.h"

namespace pmo::ui {
namespace {

constexpr std::string_view number_name = "#";

std::string name_of(const FieldInfo* field) { return std::string(field ? std::string_view(field->name) : number_name); }

// A text stays on its line.
std::string one_line(std::string text) {
  std::ranges::replace(text, '\n', ' ');
  std::ranges::replace(text, '\r', ' ');
  return text;
}

// Nothing when there is no such field, of the register or computed for a column; null is the number.
std::optional<const FieldInfo*> known_field(const RegisterInfo& info, const TableView& view, std::string_view name) {
  if (name == number_name) return nullptr;
  const FieldInfo* field = engine::find_field(info, name);
  if (!field)
    for (const Column& column : view.columns)
      if (column.field && column.field->name == name) field = column.field;
  return field ? std::optional(field) : std::nullopt;
}

// Puts the column in the next place, before those that are not placed yet.
void read_column(std::string_view line, const FieldInfo* field, TableView& view, std::size_t& placed) {
  constexpr std::int64_t narrowest = 40, widest = 1200;
  const auto width = whole_number(take_until(line, ' '));
  const auto at = std::ranges::find(view.columns, field, &Column::field);
  if (at == view.columns.end() || at < view.columns.begin() + static_cast<std::ptrdiff_t>(placed)) return;
  Column column = *at;
  if (width) column.width = static_cast<float>(std::clamp(*width, narrowest, widest));
  column.shown = line == "shown";
  view.columns.erase(at);
  view.columns.insert(view.columns.begin() + static_cast<std::ptrdiff_t>(placed++), column);
}

void read_filter(std::string_view line, const FieldInfo& field, TableView& view) {
  Filter& filter = view.filter_of(field);
  const auto kind = take_until(line, ' ');
  if (kind == "text") filter.text = line;
  else if (kind == "choice") filter.choices.emplace(line);
  else if (kind == "from") filter.from = whole_number(line);
  else if (kind == "to") filter.to = whole_number(line);
  else if (kind == "empty") filter.only_empty = true;
}

void read_line(std::string_view line, const RegisterInfo& info, TableView& view, std::size_t& placed) {
  const auto what = take_until(line, ' ');
  if (what == "search") {
    view.search = line;
    return;
  }
  if (what == "board") {
    view.board = line == "shown" && info.status();  // whose words are its columns
    return;
  }
  const auto field = known_field(info, view, take_until(line, ' '));
  if (!field) return;
  if (what == "column") read_column(line, *field, view, placed);
  else if (what == "sort") view.sort.push_back({*field, line == "descending"});
  else if (what == "group") view.group = *field;
  else if (what == "filter" && *field) read_filter(line, **field, view);
}

}  // namespace

std::string write_view(const TableView& view) {
  std::string text;
  for (const Column& column : view.columns)
    text += std::format("column {} {} {}\n", name_of(column.field), std::lround(column.width), column.shown ? "shown" : "hidden");
  for (const SortKey& key : view.sort) text += std::format("sort {} {}\n", name_of(key.field), key.descending ? "descending" : "ascending");
  if (view.group) text += std::format("group {}\n", view.group->name);
  if (view.board) text += "board shown\n";
  if (!view.search.empty()) text += std::format("search {}\n", one_line(view.search));
  for (const Filter& filter : view.filters) {
    if (!filter.active()) continue;
    const std::string begin = std::format("filter {}", filter.field->name);
    if (!filter.text.empty()) text += std::format("{} text {}\n", begin, one_line(filter.text));
    for (const auto& choice : filter.choices) text += std::format("{} choice {}\n", begin, one_line(choice));
    if (filter.from) text += std::format("{} from {}\n", begin, *filter.from);
    if (filter.to) text += std::format("{} to {}\n", begin, *filter.to);
    if (filter.only_empty) text += begin + " empty\n";
  }
  return text;
}

void read_view(std::string_view text, const RegisterInfo& info, TableView& view, const std::vector<Column>& usual_columns) {
  TableView read = usual_view(info);
  if (!usual_columns.empty()) read.columns = usual_columns;
  read.folded = std::move(view.folded);
  read.only = view.only;
  read.quick = view.quick;
  read.version = view.version + 1;
  std::size_t placed = 0;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    read_line(text.substr(0, end), info, read, placed);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  view = std::move(read);
}

}  // namespace pmo::ui
