// Plans as tables of separated values (CSV, RFC 4180), one task a line, in the texts of the task table: durations "3d 4h",
// predecessors "3FS+2d; 7SS", dates in any unambiguous form.
//
// Columns are known by their headings, in Chinese and English, in any order; the separator (comma, semicolon, tab) is
// the one that divides the headings most. The outline comes from a level, else from WBS numbers (1.2.3), else from the
// spaces before the names. The start of a task without predecessors becomes "start no earlier than", as when it is
// typed; a finish counts only where there is no duration. Otherwise dates follow from the schedule.
#pragma once

#include "app/model/project.h"
#include "app/words/words.h"

namespace pmo::storage {

struct CsvRead {
  std::unique_ptr<Project> project;
  std::vector<Error> notes;  // columns that were not taken over
};

// Whether the first line names the task's name and a second column.
bool names_task_columns(std::string_view bytes);
bool is_table_name(std::string_view file_name);  // .csv, .tsv, .txt
// Why a table that names no columns cannot be read.
Error refusal_of_table(std::string_view bytes);

// The project is named after the file. Errors: not UTF-8, no headings, no tasks, a value that cannot be read (the line
// and the heading), numbers that do not count up while predecessors refer to them.
Result<CsvRead> read_csv(std::string_view file_name, std::string_view bytes, const Schema& schema, Id actor,
                         Surroundings& surroundings);

// UTF-8 with a byte-order mark, so that spreadsheets read Chinese; headings and texts in the language.
std::string write_csv(const Project& project, Language language);

}  // namespace pmo::storage
