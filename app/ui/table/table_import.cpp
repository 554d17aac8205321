#include "app/ui/table/table_import.h"

#include <algorithm>
#include <map>

#include "app/model/day_order.h"
#include "app/model/decimal_marks.h"

namespace pmo::ui {
namespace {

constexpr std::size_t first_lines = 20;  // in which the headings are looked for
constexpr std::size_t samples_shown = 3;

std::size_t known_headings(const RegisterInfo& info, const std::vector<std::string>& line) {
  return static_cast<std::size_t>(std::ranges::count_if(line, [&](const auto& cell) { return names_number(cell) || field_of_heading(info, cell); }));
}

struct Headings {
  std::size_t row = 0, known = 0, width = 0;
};

Headings headings_in(const RegisterInfo& info, const TextGrid& grid) {
  Headings best;
  for (std::size_t row = 0; row < std::min(grid.size(), first_lines); ++row)
    if (const Headings here{row, known_headings(info, grid[row]), grid[row].size()}; std::pair(here.known, here.width) > std::pair(best.known, best.width)) best = here;
  return best;
}

bool is_blank(const std::vector<std::string>& line) {
  return std::ranges::all_of(line, [](const auto& cell) { return plain_text(cell).empty(); });
}

std::string_view cell_of(const std::vector<std::string>& line, std::size_t column) { return column < line.size() ? std::string_view(line[column]) : std::string_view(); }

std::string key_of(std::string_view text) { return lower(plain_text(without_apostrophe(text))); }

class Importing {
 public:
  Importing(Project& project, const RegisterInfo& info, const CellTexts& texts, const RegisterTable& table, const ImportHow& how)
      : info_(info), texts_(texts), table_(table), how_(how), trial_(project, "transaction.import"_key) {
    find_decimal_commas();
    find_day_order();
    if (how_.key < 0 || static_cast<std::size_t>(how_.key) >= table.columns.size()) return;
    const ImportColumn& column = table.columns[static_cast<std::size_t>(how_.key)];
    if (!column.number && !column.field) return;
    keyed_ = true;
    for (const Record* record : project.table(info).records())
      known_[key_of(column.field ? texts.shown(*column.field, texts.value(*column.field, *record), record) : record_number(project, info, *record))].push_back(record);
  }

  ImportPlan plan() {
    for (std::size_t row = table_.heading_row + 1; row < table_.grid.size(); ++row)
      if (!is_blank(table_.grid[row])) take(row);
    return std::move(plan_);
  }

 private:
  void find_decimal_commas() {
    std::vector<DecimalMarks> marks(table_.columns.size());
    DecimalMarks whole;
    for (std::size_t column = 0; column < marks.size(); ++column) {
      const FieldInfo* field = table_.columns[column].field;
      if (!field || !is_number_kind(field->kind)) continue;
      for (std::size_t row = table_.heading_row + 1; row < table_.grid.size(); ++row) marks[column].take(plain_text(cell_of(table_.grid[row], column)));
      whole.take(marks[column]);
    }
    for (const DecimalMarks& own : marks) by_comma_.push_back(own.any() && own.mark(whole, table_.separator) == ',');
  }

  static bool is_date(const FieldInfo& field) { return field.kind == Kind::day || field.kind == Kind::minute; }
  void find_day_order() {
    for (std::size_t column = 0; column < table_.columns.size(); ++column) {
      if (!table_.columns[column].field || !is_date(*table_.columns[column].field)) continue;
      for (std::size_t row = table_.heading_row + 1; row < table_.grid.size(); ++row) order_.take(plain_text(cell_of(table_.grid[row], column)));
    }
  }

  // The cell as the product writes numbers and dates.
  std::string text_of(const std::vector<std::string>& cells, std::size_t column) const {
    const auto text = cell_of(cells, column);
    if (by_comma_[column]) return with_decimal_point(plain_text(text));
    return is_date(*table_.columns[column].field) ? order_.written_out(plain_text(text)) : std::string(text);
  }

  void take(std::size_t row) {
    const auto& cells = table_.grid[row];
    ImportLine line{.line = row + 1, .fate = ImportFate::added, .row = {.record = nullptr, .cells = {}}};
    const auto found = find(cells);
    if (!found) {
      refuse(line, nullptr, found.error());
    } else if (*found && !how_.update) {
      line.row.record = *found;
      line.fate = ImportFate::passed_over;
    } else {
      line.row.record = *found;
      read(line, cells);
      try_out(line);
    }
    plan_.lines.push_back(std::move(line));
  }

  // The record that the line means; nullptr: a new one.
  Result<const Record*> find(const std::vector<std::string>& cells) {
    if (!keyed_) return nullptr;
    const std::string key = key_of(cell_of(cells, static_cast<std::size_t>(how_.key)));
    if (key.empty()) return nullptr;
    if (!taken_.insert(key).second) return fail("error.table_import.twice"_key, {std::string(cell_of(cells, static_cast<std::size_t>(how_.key)))});
    const auto records = known_.find(key);
    if (records == known_.end()) return nullptr;
    if (records->second.size() > 1) return fail("error.table_import.several"_key, {std::string(cell_of(cells, static_cast<std::size_t>(how_.key)))});
    return records->second.front();
  }

  void read(ImportLine& line, const std::vector<std::string>& cells) {
    for (std::size_t column = 0; column < table_.columns.size(); ++column) {
      const FieldInfo* field = table_.columns[column].field;
      if (!field) continue;
      const std::string text = text_of(cells, column);
      const bool empty = plain_text(text).empty();
      if (empty && !line.row.record) continue;
      PasteCell cell = read_cell(texts_, *field, line.row.record, text);
      if (cell.error && !empty) plan_.errors.push_back({line.line, field, *cell.error});
      if (!cell.error) line.row.cells.push_back(std::move(cell));
    }
  }

  void try_out(ImportLine& line) {
    const Record* known = line.row.record;
    if (known) {
      std::erase_if(line.row.cells, [&](const PasteCell& cell) { return texts_.value(*cell.field, *known) == cell.value; });
      line.fate = line.row.cells.empty() ? ImportFate::unchanged : ImportFate::changed;
      if (line.row.cells.empty()) return;
    }
    const Record& record = known ? *known : trial_.create_record(info_, {});
    for (const PasteCell& cell : line.row.cells)
      if (auto set = trial_.set(record, info_, *cell.field, cell.value); !set) return refuse(line, cell.field, set.error());
    // As the commit will ask: of a known record only what the line writes, for what was wrong before is not of its making.
    const auto concerns = [&](std::uint16_t field) { return !known || std::ranges::any_of(line.row.cells, [&](const PasteCell& cell) { return cell.field->index == field; }); };
    for (const FieldInfo& field : info_.fields)
      if (concerns(field.index))
        if (auto holds = check_stored_value(field, field.get(record)); !holds) return refuse(line, &field, holds.error());
    for (const RecordRule& rule : info_.record_rules)
      if (std::ranges::any_of(rule.fields, concerns))
        if (auto holds = rule.holds(record); !holds) return refuse(line, nullptr, holds.error());
  }

  void refuse(ImportLine& line, const FieldInfo* field, const Error& error) {
    line.fate = ImportFate::refused;
    plan_.errors.push_back({line.line, field, error});
  }

  const RegisterInfo& info_;
  const CellTexts& texts_;
  const RegisterTable& table_;
  const ImportHow how_;
  Transaction trial_;  // never committed
  bool keyed_ = false;
  std::vector<bool> by_comma_;  // by column
  DayOrder order_;
  std::map<std::string, std::vector<const Record*>> known_;
  std::set<std::string> taken_;
  ImportPlan plan_;
};

}  // namespace

std::vector<const FieldInfo*> importable_fields(const RegisterInfo& info) {
  std::vector<const FieldInfo*> fields;
  for (const FieldInfo& field : info.fields)
    if (!field.options.hidden) fields.push_back(&field);
  return fields;
}

Result<RegisterTable> read_register_table(const RegisterInfo& info, std::string_view text) {
  RegisterTable table;
  Headings best;
  for (const char separator : {',', ';', '\t'}) {
    TextGrid grid = parse_grid(text, separator);
    const Headings found = headings_in(info, grid);
    if (!table.grid.empty() && std::pair(found.known, found.width) <= std::pair(best.known, best.width)) continue;
    best = found;
    table.grid = std::move(grid);
    table.separator = separator;
  }
  table.heading_row = best.row;
  if (table.grid.size() < best.row + 2) return fail("error.table_import.empty"_key, {});
  std::set<const FieldInfo*> taken;
  for (const auto& heading : table.grid[best.row]) {
    ImportColumn column{.heading = plain_text(heading), .samples = {}};
    column.number = !info.prefix.empty() && names_number(heading);
    if (!column.number) column.field = field_of_heading(info, heading);
    if (column.field && !taken.insert(column.field).second) column.field = nullptr;  // one column a field
    table.columns.push_back(std::move(column));
  }
  for (std::size_t row = best.row + 1; row < table.grid.size(); ++row)
    for (std::size_t c = 0; c < table.columns.size(); ++c)
      if (auto& samples = table.columns[c].samples; samples.size() < samples_shown)
        if (auto value = plain_text(cell_of(table.grid[row], c)); !value.empty()) samples.push_back(std::move(value));
  return table;
}

int usual_key(const RegisterInfo& info, const RegisterTable& table) {
  const auto place = [&](auto&& test) {
    const auto found = std::ranges::find_if(table.columns, test);
    return found == table.columns.end() ? -1 : static_cast<int>(found - table.columns.begin());
  };
  const int number = place([](const ImportColumn& column) { return column.number; });
  return number >= 0 ? number : place([&](const ImportColumn& column) { return column.field && column.field == info.title(); });
}

std::size_t ImportPlan::count(ImportFate fate) const { return static_cast<std::size_t>(std::ranges::count(lines, fate, &ImportLine::fate)); }

ImportPlan plan_import(Project& project, const RegisterInfo& info, const CellTexts& texts, const RegisterTable& table, const ImportHow& how) {
  return Importing(project, info, texts, table, how).plan();
}

Result<void> apply_import(Transaction& change, const RegisterInfo& info, const ImportPlan& plan) {
  for (const ImportLine& line : plan.lines) {
    if (line.fate != ImportFate::added && line.fate != ImportFate::changed) continue;
    const Record& record = line.row.record ? *line.row.record : change.create_record(info, {});
    for (const PasteCell& cell : line.row.cells) PMO_TRY_VOID(change.set(record, info, *cell.field, cell.value));
  }
  return {};
}

}  // namespace pmo::ui
