#include "app/ui/csv_clipboard.h"

#include <algorithm>

namespace pmo::ui {
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

// A spreadsheet would run a text that begins like a formula: an apostrophe keeps it a text.
std::string harmless(std::string text, const FieldInfo* field) {
  if (text.empty() || !field || field->kind != Kind::text) return text;
  if (std::string_view("=+-@").contains(text[0])) text.insert(0, "'");
  return text;
}

std::string_view without_apostrophe(std::string_view text, const FieldInfo& field) {
  const bool added = field.kind == Kind::text && text.size() > 1 && text[0] == '\'' && std::string_view("=+-@").contains(text[1]);
  return added ? text.substr(1) : text;
}

const FieldInfo* field_named(const RegisterInfo& info, std::string_view heading) {
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

// A line of headings names at least two columns, or all of them.
bool names_columns(const RegisterInfo& info, const std::vector<std::string>& line) {
  const auto named = std::ranges::count_if(line, [&](const auto& cell) { return field_named(info, cell) != nullptr; });
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

PasteCell plan_cell(const CellTexts& texts, const FieldInfo& field, const Record* record, std::string_view text) {
  text = without_apostrophe(text, field);
  PasteCell cell{.field = &field, .value = {}, .before = {}, .after = std::string(text), .error = {}};
  if (record) cell.before = texts.shown(field, texts.value(field, *record), record);
  const auto locked = record ? texts.source.locked(field, *record) : std::nullopt;
  auto value = locked ? Result<Value>(std::unexpected(*locked)) : texts.source.read(texts, field, record, text);
  if (!value) {
    cell.error = value.error();
  } else {
    cell.after = texts.shown(field, *value, record);
    cell.value = std::move(*value);
  }
  return cell;
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

bool PasteRow::has_errors() const {
  return std::ranges::any_of(cells, [](const PasteCell& cell) { return cell.error.has_value(); });
}

PastePlan plan_paste(const TableView& view, const RegisterInfo& info, const CellTexts& texts,
                     const std::vector<const Record*>& targets, const FieldInfo* column, const TextGrid& grid) {
  PastePlan plan;
  if (grid.empty()) return plan;
  plan.headings = names_columns(info, grid.front());
  if (plan.headings) {
    for (const auto& cell : grid.front()) plan.fields.push_back(field_named(info, cell));
  } else {
    std::size_t widest = 0;
    for (const auto& line : grid) widest = std::max(widest, line.size());
    plan.fields = fields_from(view, column, widest);
  }
  const std::size_t skipped = plan.headings ? 1 : 0;
  // One value copied into many selected rows goes into all of them.
  const bool repeats = grid.size() == skipped + 1 && grid.back().size() == 1 && targets.size() > 1;
  const std::size_t lines = repeats ? targets.size() : grid.size() - skipped;
  for (std::size_t i = 0; i < lines; ++i) {
    const auto& line = grid[repeats ? skipped : i + skipped];
    PasteRow row{.record = i < targets.size() ? targets[i] : nullptr, .cells = {}};
    for (std::size_t c = 0; c < line.size() && c < plan.fields.size(); ++c)
      if (plan.fields[c]) row.cells.push_back(plan_cell(texts, *plan.fields[c], row.record, line[c]));
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
