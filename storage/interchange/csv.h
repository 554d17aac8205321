// Plans as tables of separated values (CSV, RFC 4180), one task a line, in the texts of the task table: durations "3d 4h",
// predecessors "3FS+2d; 7SS", dates in any unambiguous form.
//
// Columns are known by their headings, in Chinese and English, in any order, or are what the user chooses them to be; a
// column without a meaning of ours becomes a custom field. The separator (comma, semicolon, tab) is the one by which most
// headings are known. The outline comes from a level, else from WBS numbers (1.2.3), else from the spaces before the
// names. The start of a task without predecessors becomes "start no earlier than", as when it is typed; a finish counts
// only where there is no duration. Otherwise dates follow from the schedule.
#pragma once

#include "app/model/project.h"
#include "app/model/table_reading.h"
#include "app/words/words.h"

namespace pmo::storage {

struct CsvRead {
  std::unique_ptr<Project> project;
  std::vector<Error> notes;  // the encoding, columns that became custom fields, values that could not be read
  TableReading table;        // how it was taken
};

// Whether a line near the beginning names the task's name and a second column.
bool names_task_columns(std::string_view bytes);
bool is_table_name(std::string_view file_name);  // .csv, .tsv, .txt

// The project is named after the file. A value that cannot be read is left out and noted with its cell ("C7, Duration").
// Errors: no text, no column for the names of the tasks, no tasks.
Result<CsvRead> read_csv(std::string_view file_name, std::string_view bytes, const Schema& schema, Id actor,
                         Surroundings& surroundings, const TableWish& wish = {});

// UTF-8 with a byte-order mark, so that spreadsheets read Chinese; headings and texts in the language. Custom fields of
// tasks are columns behind ours.
std::string write_csv(const Project& project, Language language);

}  // namespace pmo::storage
