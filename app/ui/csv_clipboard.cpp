#include "app/ui/csv_clipboard.h"

#include <algorithm>

namespace pmo::ui {
namespace {

std::string harmless(std::string text, const FieldInfo* field) {
  return field && field->kind == Kind::text ? harmless_cell(std::move(text)) : text;
}

// A line of headings names at least two columns, or all of them.
bool names_columns(const RegisterInfo& info, const std::vector<std::string>& line) {
  const auto named = std::ranges::count_if(line, [&](const auto& cell) { return field_of_heading(info, cell) != nullptr; });
  return named >= 2 || (named == 1 && line.size() == 1);
}

std::vector<const FieldInfo*> fields_from(const TableView& view, const FieldInfo* first, std::size_t count) {
  std::vector<const FieldInfo*> fields;
  bool begun = first == nullptr;
  for (const Column& column : view.columns) {
    if (!column.shown || !column.field) continue;
    begun = begun || column.field == first;
    if (begun && fields.size() < count) fields.push_back(column.field);
  }
  fields.resize(count, nullptr);
  return fields;
}

std::size_t columns_left_out(const PastePlan& plan, const TextGrid& grid) {
  const auto holds_something = [&](std::size_t column) {
    return std::any_of(grid.begin() + (plan.headings ? 1 : 0), grid.end(),
                       [&](const auto& line) { return column < line.size() && !plain_text(line[column]).empty(); });
  };
  std::size_t count = 0;
  for (std::size_t c = 0; c < plan.fields.size(); ++c) {
    const bool number = plan.headings && names_number(grid.front()[c]);  // it is given here
    count += !plan.fields[c] && !number && holds_something(c);
  }
  return count;
}

void count(PastePlan& plan, const CellTexts& texts, const PasteRow& row) {
  if (!row.record) ++plan.created;
  for (const PasteCell& cell : row.cells) {
    if (cell.error) ++plan.errors;
    else if (row.record && texts.value(*cell.field, *row.record) == cell.value) ++plan.unchanged;
    else ++plan.changes;
  }
}

}  // namespace

const FieldInfo* field_of_heading(const RegisterInfo& info, std::string_view heading) {
  const std::string wanted = lower(plain_text(heading));
  if (wanted.empty()) return nullptr;
  for (const FieldInfo& field : info.fields) {
    if (field.options.hidden) continue;
    if (wanted == field.name) return &field;
    for (const Language language : all_languages)
      if (wanted == lower(word(field.label_key(), language))) return &field;
  }
  return nullptr;
}

bool names_number(std::string_view heading) {
  const std::string wanted = lower(plain_text(heading));
  const auto called_so = [&](Language language) { return wanted == lower(word("table.number"_key, language)); };
  return wanted == "number" || std::ranges::any_of(all_languages, called_so);
}

namespace {

// What leaves as a name may not lead back by it: a deleted record, one of two of the same name, a choice of a newer version, a
// text that is locked. Such a cell that says what the record says already means just that.
bool says_the_same(const CellTexts& texts, const FieldInfo& field, const Record& record, std::string_view text) {
  const bool named = field.kind == Kind::choice || field.kind == Kind::reference || field.kind == Kind::references;
  return (named || field.options.sealed) && !text.empty() && text == texts.typed(field, texts.value(field, record), &record);
}

}  // namespace

PasteCell read_cell(const CellTexts& texts, const FieldInfo& field, const Record* record, std::string_view text) {
  if (field.kind == Kind::text) text = without_apostrophe(text);
  PasteCell cell{.field = &field, .value = {}, .before = {}, .after = std::string(text), .error = {}};
  if (record) cell.before = texts.shown(field, texts.value(field, *record), record);
  const auto locked = record           ? texts.source.locked(field, *record)
                      : field.derived ? std::optional(Error{"error.cell.derived"_key, {argument_of(field.label_key())}})
                                      : std::nullopt;
  auto value = locked                                                  ? Result<Value>(std::unexpected(*locked))
               : record && says_the_same(texts, field, *record, text) ? Result<Value>(texts.value(field, *record))
                                                                       : texts.source.read(texts, field, record, text);
  if (!value) {
    cell.error = value.error();
  } else {
    cell.after = texts.shown(field, *value, record);
    cell.value = std::move(*value);
  }
  return cell;
}

TextGrid grid_of(const TableView& view, const RegisterInfo& info, const CellTexts& texts,
                 const std::vector<const Record*>& records, bool headings) {
  TextGrid grid;
  if (headings) {
    auto& line = grid.emplace_back();
    for (const Column& column : view.columns)
      if (column.shown)
        line.emplace_back(word(column.field ? column.field->label_key() : "table.number"_key, texts.language));
  }
  for (const Record* record : records) {
    auto& line = grid.emplace_back();
    for (const Column& column : view.columns)
      if (column.shown)
        line.push_back(column.field ? harmless(texts.typed(*column.field, texts.value(*column.field, *record), record), column.field)
                                    : texts.source.number(texts.project, info, *record));
  }
  return grid;
}

PastePlan plan_paste(const TableView& view, const RegisterInfo& info, const CellTexts& texts,
                     const std::vector<const Record*>& targets, const FieldInfo* column, const TextGrid& grid) {
  PastePlan plan;
  if (grid.empty()) return plan;
  plan.headings = grid.size() > 1 && names_columns(info, grid.front());  // one line alone is a value
  if (plan.headings) {
    for (const auto& cell : grid.front()) plan.fields.push_back(field_of_heading(info, cell));
  } else {
    std::size_t widest = 0;
    for (const auto& line : grid) widest = std::max(widest, line.size());
    plan.fields = fields_from(view, column, widest);
  }
  plan.left_out = columns_left_out(plan, grid);
  const std::size_t skipped = plan.headings ? 1 : 0;
  // One value copied into many selected rows goes into all of them.
  const bool repeats = grid.size() == skipped + 1 && grid.back().size() == 1 && targets.size() > 1;
  const std::size_t lines = repeats ? targets.size() : grid.size() - skipped;
  for (std::size_t i = 0; i < lines; ++i) {
    const auto& line = grid[repeats ? skipped : i + skipped];
    PasteRow row{.record = i < targets.size() ? targets[i] : nullptr, .cells = {}};
    for (std::size_t c = 0; c < line.size() && c < plan.fields.size(); ++c)
      if (plan.fields[c]) row.cells.push_back(read_cell(texts, *plan.fields[c], row.record, line[c]));
    count(plan, texts, row);
    plan.rows.push_back(std::move(row));
  }
  return plan;
}

Result<void> apply_paste(Transaction& transaction, const RegisterInfo& info, const PastePlan& plan, const CellSource& source) {
  for (const PasteRow& row : plan.rows) {
    const Record& record = row.record ? *row.record : transaction.create_record(info, {});
    if (!row.record) source.added(transaction, record);
    for (const PasteCell& cell : row.cells) {
      if (cell.error || source.get(*cell.field, record) == cell.value) continue;
      if (auto set = source.write(transaction, info, record, *cell.field, cell.value); !set) return set;
    }
  }
  return {};
}

}  // namespace pmo::ui
