#include <map>

#include "app/engine/schedule/plan_of_project.h"
#include "app/engine/schedule/schedule.h"
#include "app/model/predecessors.h"
#include "app/model/records/imported.h"
#include "app/model/text_grid.h"
#include "storage/interchange/csv.h"
#include "storage/interchange/csv_columns.h"

namespace pmo::storage {
namespace {

std::string moment_text(std::optional<Minute> moment) {
  if (!moment) return {};
  std::string text = moment->text();
  text[text.find('T')] = ' ';
  return text;
}

class CsvWriter {
 public:
  CsvWriter(const Project& project, Language language)
      : project_(project), language_(language), outline_(project), scales_(scales_of(project)),
        dates_(engine::schedule(engine::plan_of(project, outline_))) {
    for (const Link& link : project.all<Link>()) {
      auto& text = predecessors_[link.successor.id];
      const auto written = predecessor_text(predecessor_of(link), outline_, scales_);
      if (!written.empty()) text += (text.empty() ? "" : "; ") + written;
    }
    for (const auto& field : project.all<CustomField>())
      if (field.register_name == register_of<Task>().name) custom_.push_back(&field);
    for (const auto& value : project.all<CustomValue>()) values_[{value.record.id, value.field.id}] = &value;
  }

  std::string write() {
    TextGrid grid(1);
    for (const auto& column : csv::columns) grid[0].emplace_back(word(column.heading, language_));
    for (const CustomField* field : custom_) grid[0].push_back(harmless_cell(field->name));
    for (std::size_t row = 0; row < outline_.size(); ++row) {
      auto& line = grid.emplace_back();
      for (const auto& column : csv::columns) line.push_back(cell(column.name, row));
      for (const CustomField* field : custom_) {
        const auto found = values_.find({outline_[row].task->id, field->id});
        line.push_back(found == values_.end() ? std::string() : harmless_cell(found->second->value));
      }
    }
    return to_csv(grid);
  }

 private:
  std::string cell(std::string_view column, std::size_t row) {
    const Task& task = *outline_[row].task;
    if (column == "line") return std::to_string(row + 1);
    if (column == "level") return std::to_string(outline_[row].level + 1);
    if (column == "wbs") return harmless_cell(outline_.wbs(row));
    if (column == "start") return dates_.scheduled[row] ? moment_text(dates_.start[row]) : "";
    if (column == "finish") return dates_.scheduled[row] ? moment_text(dates_.finish[row]) : "";
    if (column == "duration") return outline_[row].summary ? "" : duration_text(task);
    if (column == "predecessors") {
      const auto found = predecessors_.find(task.id);
      return found == predecessors_.end() ? std::string() : found->second;
    }
    return field_text(*register_of<Task>().find(column), task);
  }

  std::string duration_text(const Task& task) const {
    const auto text = task.elapsed_duration ? format_elapsed(task.duration, language_) : format_duration(task.duration, scales_, language_);
    return task.estimated ? text + "?" : text;
  }

  // Empty where the field says nothing: no value, no, as soon as possible, zero.
  std::string field_text(const FieldInfo& field, const Task& task) const {
    const Value value = field.get(task);
    const auto* number = std::get_if<std::int64_t>(&value);
    switch (field.kind) {
      case Kind::boolean: return std::get<bool>(value) ? std::string(word("value.yes"_key, language_)) : "";
      case Kind::permille: return number && *number ? format_percent({static_cast<std::int32_t>(*number)}) : "";
      case Kind::money: return number && *number ? format_amount({*number}, scales_) : "";
      case Kind::minute: return number ? moment_text(Minute{*number}) : "";
      case Kind::choice: {
        const auto& choice = std::get<std::string>(value);
        return choice == field.choices.front() ? "" : std::string(word(field.choice_key(choice), language_));
      }
      case Kind::reference: {
        const Person* person = project_.find(task.responsible);
        return person ? harmless_cell(person->name) : "";
      }
      default: return harmless_cell(std::get<std::string>(value));
    }
  }

  const Project& project_;
  Language language_;
  Outline outline_;
  Scales scales_;
  engine::Schedule dates_;
  std::map<Id, std::string> predecessors_;
  std::vector<const CustomField*> custom_;
  std::map<std::pair<Id, Id>, const CustomValue*> values_;  // by record and field
};

}  // namespace

std::string write_csv(const Project& project, Language language) { return CsvWriter(project, language).write(); }

}  // namespace pmo::storage
