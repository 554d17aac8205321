#include "app/ui/report/view_report.h"

#include <algorithm>

#include "app/model/own_choices.h"
#include "app/model/records/document.h"
#include "app/model/records/project_settings.h"
#include "app/model/sealing.h"

namespace pmo::ui {
namespace {

constexpr std::size_t columns_upright = 6;  // more need the page on its side

bool names_one_of(const Value& value, const std::set<Id>& records) {
  if (const auto* id = std::get_if<Id>(&value)) return records.contains(*id);
  const auto* ids = std::get_if<std::vector<Id>>(&value);
  return ids && std::ranges::any_of(*ids, [&](Id id) { return records.contains(id); });
}

class ViewTables {
 public:
  ViewTables(Report& report, const TableView& view, const RegisterInfo& info, const Rows& rows, const CellTexts& texts,
             bool with_totals)
      : report_(report), view_(view), info_(info), rows_(rows), texts_(texts), with_totals_(with_totals), locked_(locked_records(texts.project)) {
    for (const Column& column : view.columns)
      if (column.shown) columns_.push_back(&column);
  }

  void write() {
    ReportTable table = empty_table();
    for (const Row& row : rows_.list) {
      if (!row.record) {
        finish(table, static_cast<std::size_t>(row.group) - 1);
        begin_group(rows_.groups[row.group]);
      } else if (!locked_.contains(row.record->id)) {
        table.rows.push_back(line_of(row));
      }
    }
    if (rows_.groups.empty()) report_.table(table);
    else finish(table, rows_.groups.size() - 1);
    if (view_.group && rows_.groups.size() > 1 && has_sums()) {
      report_.subheading(total_text(rows_, texts_));
      table = empty_table();
      table.rows.push_back(sums(rows_.totals, word("table.total"_key, texts_.language)));
      report_.table(table);
    }
  }

 private:
  ReportTable empty_table() const {
    ReportTable table{.columns = {}, .rows = {}, .empty = std::string(word(rows_.all > 0 ? "table.nothing_found"_key : "report.empty"_key, texts_.language))};
    for (const Column* column : columns_) {
      const Key title = column->field ? column->field->label_key() : "table.number"_key;
      table.columns.emplace_back(std::string(word(title, texts_.language)), column->field && is_number_kind(column->field->kind));
    }
    return table;
  }

  void begin_group(const Group& group) {
    const std::string title = group.title.empty() ? std::string(word("table.empty_value"_key, texts_.language)) : group.title;
    report_.subheading(title + "  (" + std::to_string(group.count) + ")");
  }

  std::vector<ReportCell> line_of(const Row& row) const {
    std::vector<ReportCell> line;
    for (const Column* column : columns_) {
      ReportCell& cell = line.emplace_back(column->field ? text_of(*column->field, *row.record) : texts_.source.number(texts_.project, info_, *row.record));
      if (column->field != leading_field(info_)) continue;
      cell.level = row.level;
      cell.strong = row.summary;
    }
    return line;
  }

  std::string text_of(const FieldInfo& field, const Record& record) const {
    const Value value = texts_.value(field, record);
    return names_one_of(value, locked_) ? std::string(word("vault.locked"_key, texts_.language)) : texts_.shown(field, value, &record);
  }

  bool has_sums() const {
    return with_totals_ && std::ranges::any_of(columns_, [](const Column* column) { return is_summed(*column); });
  }

  std::vector<ReportCell> sums(const std::vector<std::int64_t>& totals, std::string_view name) const {
    std::vector<ReportCell> line;
    for (std::size_t i = 0; i < view_.columns.size(); ++i) {
      const Column& column = view_.columns[i];
      if (!column.shown) continue;
      ReportCell& cell = line.emplace_back(is_summed(column) && i < totals.size() ? texts_.shown(*column.field, Value{totals[i]}) : std::string());
      if (line.size() == 1 && cell.text.empty()) cell.text = name;
      cell.strong = true;
    }
    return line;
  }

  // A group that is folded has no lines, but its sums.
  void finish(ReportTable& table, std::size_t group) {
    if (group >= rows_.groups.size()) return;  // before the first group
    const bool folded = rows_.groups[group].folded;
    const bool of_group = view_.group != nullptr;
    const std::string name = of_group ? std::string(word("table.total"_key, texts_.language)) : total_text(rows_, texts_);
    const auto& totals = of_group ? rows_.groups[group].totals : rows_.totals;
    if (has_sums() && (folded || !table.rows.empty())) table.rows.push_back(sums(totals, name));
    if (!folded || !table.rows.empty()) report_.table(table);
    table = empty_table();
  }

  Report& report_;
  const TableView& view_;
  const RegisterInfo& info_;
  const Rows& rows_;
  const CellTexts& texts_;
  bool with_totals_;
  std::set<Id> locked_;
  std::vector<const Column*> columns_;
};

}  // namespace

std::string mark_of(const Project& project, Confidentiality level, Language language) {
  return level == Confidentiality::open ? std::string() : choice_label(project, field_of<Document>(&Document::confidentiality), enum_name(level), language);
}

Confidentiality level_of(const Project& project) {
  const auto& settings = project.all<ProjectSettings>();
  return settings.empty() ? Confidentiality::open : settings.at(0).confidentiality;
}

ReportHead report_head(const Project& project, std::string title, Language language, Day today, const std::string& made_by) {
  ReportHead head{.title = std::move(title), .confidentiality = mark_of(project, level_of(project), language), .language = language};
  const auto& settings = project.all<ProjectSettings>();
  Day status = today;
  if (!settings.empty()) {
    head.project = settings.at(0).name;
    if (!settings.at(0).code.empty()) head.project += " (" + settings.at(0).code + ")";
    status = settings.at(0).status_date.value_or(today);
  }
  const auto say = [&](Key key, std::vector<std::string> arguments) { return phrase(key, arguments, language); };
  head.status = say("report.status_date"_key, {format_day(status, language)});
  const std::string day = format_day(today, language);
  head.made = made_by.empty() ? say("report.made"_key, {day}) : say("report.made_by"_key, {made_by, day});
  return head;
}

std::vector<ReportFact> view_facts(const TableView& view, const CellTexts& texts) {
  std::vector<ReportFact> facts;
  const auto say = [&](Key key) { return std::string(word(key, texts.language)); };
  const auto name_of = [&](const FieldInfo* field) { return say(field ? field->label_key() : "table.number"_key); };
  for (const Filter& filter : view.filters)
    if (filter.active()) facts.push_back({name_of(filter.field), filter_text(filter, texts)});
  if (!view.search.empty()) facts.push_back({say("table.search"_key), view.search});
  if (view.group) facts.push_back({say("table.group"_key), name_of(view.group)});
  std::string order;
  for (const SortKey& key : view.sort) order += (order.empty() ? "" : texts.language == Language::chinese ? "、" : ", ") + name_of(key.field) + (key.descending ? " ↓" : " ↑");
  facts.push_back({say("table.order"_key), order});
  return facts;  // what has no value is not printed
}

Report view_report(const TableView& view, const RegisterInfo& info, const Rows& rows, const CellTexts& texts, ReportHead head, bool with_totals) {
  head.wide = head.wide || static_cast<std::size_t>(std::ranges::count_if(view.columns, &Column::shown)) > columns_upright;
  Report report(std::move(head));
  report.details(view_facts(view, texts));
  ViewTables(report, view, info, rows, texts, with_totals).write();
  return report;
}

}  // namespace pmo::ui
