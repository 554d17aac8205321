// The columns of a task table as text. Internal to its reader and writer.
#pragma once

#include <span>

#include "app/model/table_reading.h"
#include "app/model/text_grid.h"
#include "app/words/words.h"

namespace pmo::storage::csv {

struct Column {
  std::string_view name;  // of the field, where there is one
  Key heading;
  Key also = {};  // other headings for it, with ; between them
};

inline constexpr Column columns[] = {
    {"line", "csv.column.line"_key, "csv.also.line"_key},
    {"level", "csv.column.level"_key, "csv.also.level"_key},
    {"wbs", "task.wbs"_key, "csv.also.wbs"_key},
    {"name", "task.name"_key, "csv.also.name"_key},
    {"duration", "task.duration"_key, "csv.also.duration"_key},
    {"start", "task_column.start"_key, "csv.also.start"_key},
    {"finish", "task_column.finish"_key, "csv.also.finish"_key},
    {"predecessors", "task_column.predecessors"_key, "csv.also.predecessors"_key},
    {"milestone", "task.milestone"_key},
    {"percent_complete", "task.percent_complete"_key, "csv.also.percent_complete"_key},
    {"actual_start", "task.actual_start"_key},
    {"actual_finish", "task.actual_finish"_key},
    {"constraint", "task.constraint"_key},
    {"constraint_date", "task.constraint_date"_key},
    {"deadline", "task.deadline"_key},
    {"responsible", "task.responsible"_key, "csv.also.responsible"_key},
    {"fixed_cost", "task.fixed_cost"_key},
    {"notes", "task.notes"_key, "csv.also.notes"_key},
};
inline constexpr std::string_view custom_column = "custom";  // a meaning beside these

// The text of a file as a grid, with what each column is taken for: as wished, else by the headings, else (when the wish
// is to guess) by the values. Errors: no text, not valid in the encoding wished.
struct Table {
  TextGrid grid;
  TableReading reading;
};
Result<Table> read_table(std::string_view bytes, const TableWish& wish);

std::string cell_address(std::size_t row, std::size_t column);  // from 0: "C7", as spreadsheets say

}  // namespace pmo::storage::csv
