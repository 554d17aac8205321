// Why a task is when it is: the schedule's reasons in words.
#pragma once

#include "app/ui/context.h"
#include "app/ui/table/cell_text.h"
#include "app/ui/tasks/task_edits.h"

namespace pmo::ui {

// "Follows 12 Walls, which finishes on 5 Mar 2024 (FS+1d)." One sentence.
std::string start_reason_text(const Context& context, const TaskEditing& editing, std::size_t row);
// What the latest dates come from: "May finish by 9 Mar 2024 without delaying the project."
std::string float_reason_text(const Context& context, const TaskEditing& editing, std::size_t row);
// What sets them, when it is a link, a constraint or a deadline; otherwise empty.
std::string late_reason_text(const Context& context, const TaskEditing& editing, std::size_t row);

// What contradicts itself, with the first of the tasks concerned.
std::string diagnostic_text(const Context& context, const TaskEditing& editing, const engine::Diagnostic& diagnostic);

// The tasks that drive the start of this one, by links or because they hold its resource, from the one before it back to
// where the chain begins.
struct Driver {
  std::size_t row;
  engine::Index link;  // by which it drives the one after it; -1: it holds a resource of it
};
std::vector<Driver> drivers_of(const engine::Schedule& schedule, std::size_t row, std::size_t at_most);

// The answer to "why this date" in a panel: sentences, and links to the driving tasks.
void draw_date_reasons(Context& context, Id task);

}  // namespace pmo::ui
