// A table of tasks before it is imported: what each of its columns is, and the first tasks as they will be.
#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "app/model/format.h"
#include "app/model/records/task.h"
#include "app/ui/annotate.h"
#include "app/ui/shell/dialog_parts.h"
#include "app/ui/shell/shell.h"
#include "app/ui/table/file_columns.h"
#include "app/ui/widgets/widgets.h"

namespace pmo::ui {
namespace {

constexpr float task_line = 24;
constexpr std::size_t most_columns = 7;  // of the tasks shown

std::string_view meaning_of(const Shell& shell, const TableReading& table, std::string_view name) {
  const auto found = std::ranges::find(table.meanings, name, &ColumnMeaning::name);
  return found == table.meanings.end() ? shell.text("import.table.leave_out"_key) : shell.text(found->label);
}

// Columns of the task table that say something about these tasks.
std::vector<std::size_t> columns_worth_showing(const TextGrid& tasks) {
  std::vector<std::size_t> shown;
  if (tasks.empty()) return shown;
  for (std::size_t c = 0; c < tasks[0].size() && shown.size() < most_columns; ++c) {
    const bool outline = c == 1 || c == 2;  // level and WBS are seen in the names
    const auto says = [&](const auto& row) { return !row[c].empty(); };
    if (!outline && std::any_of(tasks.begin() + 1, tasks.end(), says)) shown.push_back(c);
  }
  return shown;
}

}  // namespace

void Dialogs::draw_table(Shell& shell) {
  paragraph(Type::body, shell.text("import.table.about"_key), shell.theme.ink_soft);
  gap(0.5f);
  draw_columns(shell);
  gap(0.5f);
  draw_first_tasks(shell);
}

void Dialogs::draw_columns(Shell& shell) {
  const Language language = shell.settings.language;
  bool changed = false;
  if (draw_columns_title(table_.encoding, language)) table_.columns.clear(), changed = true;
  draw_file_columns(
      table_.columns.size(), 5,
      [&](std::size_t c) {
        const TableColumn& column = table_.columns[c];
        return FileColumn{column_heading(column.heading, c, language), column_samples(column.samples), std::string(meaning_of(shell, table_, column.meaning))};
      },
      [&](std::size_t c) {
        TableColumn& column = table_.columns[c];
        const auto offer = [&](std::string_view shown, const std::string& chosen, const std::string& item) {
          if (!menu_item(labelled(shown, item), {.checked = column.meaning == chosen}) || column.meaning == chosen) return;
          for (auto& other : table_.columns)
            if (!chosen.empty() && chosen != "custom" && other.meaning == chosen) other.meaning.clear();
          column.meaning = chosen;
          changed = true;
        };
        offer(shell.text("import.table.leave_out"_key), {}, "leave_out");
        menu_line();
        for (const auto& choice : table_.meanings) offer(shell.text(choice.label), choice.name, "meaning." + choice.name);
      });
  if (changed) read_again(shell);
}

void Dialogs::read_again(Shell& shell) {
  TableWish wish{.guess = table_.columns.empty(), .encoding = table_.encoding};
  for (const auto& column : table_.columns) wish.meanings.push_back(column.meaning);
  problem_ = {};
  shown_in_.reset();
  shell.workspace.read(file_.name, file_.content, password_, wish, [this](Result<std::unique_ptr<PendingImport>> read) {
    if (!read) {
      problem_ = {read.error().message, read.error().arguments};
      first_tasks_.clear();
      if (table_.columns.empty()) table_.columns = import_->table()->columns;  // of the encoding before
      return;
    }
    import_ = std::move(*read);
    table_ = *import_->table();
  });
}

void Dialogs::draw_first_tasks(const Shell& shell) {
  if (problem_.message) return;
  if (shown_in_ != shell.settings.language) {
    shown_in_ = shell.settings.language;
    first_tasks_ = import_->first_tasks(*shown_in_);
  }
  text(Type::strong, shell.text("import.table.tasks"_key, {format_integer(static_cast<std::int64_t>(import_->content().all<Task>().size()))}));
  const auto shown = columns_worth_showing(first_tasks_);
  ImGui::BeginChild("import.tasks", {0, task_line * static_cast<float>(first_tasks_.size()) + 18}, ImGuiChildFlags_Borders);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float room = ImGui::GetContentRegionAvail().x, number = 44, others = static_cast<float>(std::max<std::size_t>(shown.size(), 3) - 2);
  const float name = std::max(180.0f, std::floor((room - number) * 0.34f)), width = std::floor((room - number - name) / others);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  for (std::size_t row = 0; row < first_tasks_.size(); ++row) {
    float x = at.x;
    const float y = at.y + task_line * static_cast<float>(row);
    for (const auto c : shown) {
      const float wide = c == 0 ? number : c == 3 ? name : width;
      const float indent = row > 0 && c == 3 ? 14 * static_cast<float>(std::max(0, std::atoi(first_tasks_[row][1].c_str()) - 1)) : 0;
      draw_text_cut(list, {x + indent, y}, wide - indent - 10, row == 0 ? Type::caption : Type::body,
                    row == 0 ? shell.theme.ink_soft : shell.theme.ink, first_tasks_[row][c]);
      x += wide;
    }
    const std::string line = first_tasks_[row].size() > 3 ? first_tasks_[row][3] : std::string();
    if (row > 0) annotate_area(("import.task." + std::to_string(row)).c_str(), {at.x, y, at.x + room, y + task_line}, Role::text, line);
  }
  ImGui::Dummy({room, task_line * static_cast<float>(first_tasks_.size())});
  ImGui::EndChild();
}

}  // namespace pmo::ui
