// The sample project to learn from, in the language of its reader.
//
// It is written as a text file (library.sample): sections of rows, cells separated by " ; ".
//   @register column ; column ...     rows of that register follow; a column is a field's name, or "key": the name by
//                                     which other rows refer to this record
//   @plan ...                         tasks with outline level, predecessors ("a, bFS+2d, cSS") and resources
//                                     ("crew[200%], crane")
// A text may be "English ~ 中文"; a choice "external.key" is one that the project adds. Days are ISO dates or +N calendar days
// from the start, moments +NT09:00, durations 3w, 5d, 4h; money has two decimals; "-" is a day without shifts; \n is a new
// line. A row with the days +N..+M stands for one on each day of work among them. Whose days of work: those of the calendar
// that the row names, of its task's, or of the first one.
#pragma once

#include "app/model/project.h"
#include "app/words/words.h"

namespace pmo {

// Fills an empty project. The error names the line when the text is wrong.
Result<void> read_sample(std::string_view text, Project& project, Language language, Day start);

// Whether the product has a template with which this register can begin: checklists by stage, a frame of competencies ...
bool has_template(const RegisterInfo& info);
// Adds the template's records, as one transaction. Error: there is none.
Result<void> apply_template(const RegisterInfo& info, Project& project, Language language, Day start);

// The sample of the product: a public library, from charter to opening. It is under way: its status date is the Monday of
// the week of the given day, so that who opens it today finds it as of today. Its holidays are those of the calendar, wherever
// they then fall. What lies before the status date is written for the usual day; made for another one, it lies as many days of
// work before, so that what was done took as long, whichever festival came between.
inline constexpr Day usual_sample_day = Day::of(2026, 5, 11);
Result<void> make_sample_project(Project& project, Language language, Day day = usual_sample_day);

}  // namespace pmo
