#include "app/desks/register_import.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "app/desks/plain_registers.h"
#include "app/model/describe_record.h"
#include "app/model/format.h"
#include "app/model/records/task.h"
#include "app/ui/annotate.h"
#include "app/ui/icons.h"
#include "app/ui/platform.h"
#include "app/ui/table/file_columns.h"
#include "app/ui/widgets/widgets.h"
#include "storage/interchange/encoding.h"

namespace pmo::desks {
namespace {

using namespace ui;

constexpr std::uint64_t largest_table = 16u << 20;  // bytes
constexpr float import_width = 880, result_line = 26;

std::string whole_number(std::size_t count) { return format_integer(static_cast<std::int64_t>(count)); }

struct FateLook {
  Key label;
  Tone tone;
};
constexpr FateLook look_of(ImportFate fate) {
  constexpr FateLook looks[] = {{"register_import.added"_key, Tone::good}, {"register_import.changed"_key, Tone::accent}, {"register_import.unchanged"_key, Tone::neutral},
                                {"register_import.passed_over"_key, Tone::neutral}, {"register_import.refused"_key, Tone::bad}};
  return looks[static_cast<std::size_t>(fate)];
}

// A task list has a reader of its own, for outline, links and dates; who read what is noted by the product, not brought by a file.
bool takes_tables(const RegisterInfo* info) { return info && !info->prefix.empty() && info != &register_of<Task>() && !written_by_product(*info); }

std::string meaning_of(const Context& context, const ImportColumn& column) {
  if (column.number) return std::string(context.text("table.number"_key));
  return std::string(context.text(column.field ? column.field->label_key() : "import.table.leave_out"_key));
}

// "Line 7, Due: ..."
std::string told(const Context& context, const ImportError& one) {
  const std::string what = describe(one.error, context.language);
  if (!one.field) return context.text("register_import.at_line"_key, {std::to_string(one.line), what});
  return context.text("register_import.at_cell"_key, {std::to_string(one.line), std::string(context.text(one.field->label_key())), what});
}

// The record as the line names it.
std::string name_of(const Context& context, const RegisterInfo& info, const RegisterTable& table, const ImportLine& line) {
  if (line.row.record) return record_number(context.project, info, *line.row.record) + "  " + record_title(context.project, info, *line.row.record);
  const auto& cells = table.grid[line.line - 1];
  for (std::size_t c = 0; c < std::min(cells.size(), table.columns.size()); ++c)
    if (table.columns[c].field && table.columns[c].field == leading_field(info)) return plain_text(cells[c]);
  return {};
}

std::string changes_of(const Context& context, const ImportLine& line) {
  std::string changes;
  for (const PasteCell& cell : line.row.cells) {
    if (!changes.empty()) changes += " · ";
    const std::string told = line.row.record ? format_change(cell.before, cell.after) : cell.after.empty() ? "–" : cell.after;
    changes += format_pair(context.text(cell.field->label_key()), told, context.language);
  }
  std::ranges::replace(changes, '\n', ' ');
  return changes;
}

}  // namespace

void RegisterImport::add_commands(Commands& commands) {
  commands.add({.name = "register.import", .label = "command.register_import"_key, .icon = icon::file_table, .shortcut = {}, .page = {},
                .enabled = [](const Context& context) { return takes_tables(context.selection.info); },
                .run = [this](Context& context) { choose_file(context, *context.selection.info); }});
}

void RegisterImport::choose_file(Context& context, const RegisterInfo& info) {
  // The answer comes when this frame and its context are gone; what the context refers to lasts.
  context.platform.open_files({.extensions = {".csv", ".tsv", ".txt"}, .max_bytes = largest_table}, [this, context, &info](std::vector<File> files) mutable {
    if (files.empty()) return;
    const File& file = files.front();
    if (file.too_large) return context.messages.error({"error.file.too_large"_key, {std::to_string(largest_table >> 20)}, file.name});
    read_whole(file.content, [this, context, &info, name = file.name](const Result<std::string>& bytes) mutable {
      context.platform.request_frame();
      if (bytes) open(context, info, name, *bytes);
      else context.messages.error({bytes.error().message, bytes.error().arguments, name});
    });
  });
}

void RegisterImport::open(Context& context, const RegisterInfo& info, std::string file_name, std::string bytes) {
  info_ = &info;
  file_name_ = std::move(file_name);
  bytes_ = std::move(bytes);
  how_ = {};
  read({});
  if (!problem_) {
    open_ = true;
    return;
  }
  context.messages.error({problem_->message, problem_->arguments, file_name_});
  bytes_.clear();
}

void RegisterImport::read(std::optional<TextEncoding> encoding) {
  problem_.reset();
  planned_for_ = nullptr;
  const auto decoded = storage::decode_text(bytes_, encoding);
  if (!decoded) return void(problem_ = decoded.error());
  auto table = read_register_table(*info_, decoded->text);
  if (!table) return void(problem_ = table.error());
  encoding_ = decoded->encoding;
  table_ = std::move(*table);
  how_.key = usual_key(*info_, table_);
}

// What the lines will do follows from the project and from what was chosen.
void RegisterImport::bring_up_to_date(Context& context) {
  if (planned_for_ == &context.project && planned_at_ == context.project.revision()) return;
  planned_for_ = &context.project;
  planned_at_ = context.project.revision();
  plan_ = plan_import(context.project, *info_, CellTexts(context.project, context.language, context.today), table_, how_);
}

void RegisterImport::draw_columns(Context& context) {
  if (TextEncoding chosen = encoding_; draw_columns_title(chosen, context.language)) read(chosen);
  draw_file_columns(
      table_.columns.size(), 4,
      [&](std::size_t c) {
        const ImportColumn& column = table_.columns[c];
        return FileColumn{column_heading(column.heading, c, context.language), column_samples(column.samples), meaning_of(context, column)};
      },
      [&](std::size_t c) { draw_meanings(context, table_.columns[c]); });
}

void RegisterImport::draw_meanings(Context& context, ImportColumn& column) {
  const auto offer = [&](std::string_view shown, const std::string& item, const FieldInfo* field, bool number) {
    if (!menu_item(labelled(shown, item), {.checked = column.field == field && column.number == number})) return;
    for (ImportColumn& other : table_.columns) {  // one column a field
      if (field && other.field == field) other.field = nullptr;
      if (number) other.number = false;
    }
    column.field = field;
    column.number = number;
    how_.key = usual_key(*info_, table_);
    planned_for_ = nullptr;
  };
  offer(context.text("import.table.leave_out"_key), "leave_out", nullptr, false);
  offer(context.text("table.number"_key), "number", nullptr, true);
  menu_line();
  for (const FieldInfo* field : importable_fields(*info_)) offer(context.text(field->label_key()), "meaning." + std::string(field->name), field, false);
}

void RegisterImport::draw_how(Context& context) {
  const bool keyed = how_.key >= 0;
  const std::string by = keyed ? context.text("register_import.known_by"_key, {column_heading(table_.columns[static_cast<std::size_t>(how_.key)].heading, static_cast<std::size_t>(how_.key), context.language)})
                               : std::string(context.text("register_import.all_new"_key));
  if (button(labelled(by, "import.key"), {.small = true, .opens_menu = true})) open_menu("import.keys");
  if (begin_menu("import.keys")) {
    const auto offer = [&](std::string_view shown, int key) {
      if (!menu_item(labelled(shown, "key." + std::to_string(key + 1)), {.checked = how_.key == key})) return;
      how_.key = key;
      planned_for_ = nullptr;
    };
    offer(context.text("register_import.all_new"_key), -1);
    for (std::size_t c = 0; c < table_.columns.size(); ++c)
      if (table_.columns[c].number || table_.columns[c].field) offer(column_heading(table_.columns[c].heading, c, context.language), static_cast<int>(c));
    end_menu();
  }
  if (!keyed) return;
  const Choice choices[] = {{labelled(context.text("register_import.update"_key), "import.update")}, {labelled(context.text("register_import.pass_over"_key), "import.pass_over")}};
  int current = how_.update ? 0 : 1;
  ImGui::SameLine(0, 12);
  if (!segments("import.known", choices, current, true)) return;
  how_.update = current == 0;
  planned_for_ = nullptr;
}

void RegisterImport::draw_lines(Context& context) {
  constexpr ImportFate fates[] = {ImportFate::added, ImportFate::changed, ImportFate::unchanged, ImportFate::passed_over, ImportFate::refused};
  bool first = true;
  for (const ImportFate fate : fates) {
    const auto count = plan_.count(fate);
    if (count == 0) continue;
    if (!first) ImGui::SameLine(0, 16);
    first = false;
    text(Type::body, std::string(context.text(look_of(fate).label)) + " " + whole_number(count), fate == ImportFate::refused ? context.theme.tone(Tone::bad).ink : 0);
  }
  ImGui::BeginChild("import.lines", {0, result_line * std::min(5.0f, static_cast<float>(plan_.lines.size())) + 18}, ImGuiChildFlags_Borders);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const Theme& t = context.theme;
  ImGuiListClipper clipper;
  clipper.Begin(static_cast<int>(plan_.lines.size()), result_line);
  while (clipper.Step())
    for (int row = clipper.DisplayStart; row < clipper.DisplayEnd; ++row) {
      const ImportLine& line = plan_.lines[static_cast<std::size_t>(row)];
      const ImVec2 at = ImGui::GetCursorScreenPos();
      const float room = ImGui::GetContentRegionAvail().x, name = std::floor((room - 160) * 0.38f);
      const std::string title = name_of(context, *info_, table_, line);
      draw_text(list, {at.x, at.y + 3}, Type::caption, t.ink_faint, std::to_string(line.line));
      draw_chip(list, {at.x + 48, at.y}, context.text(look_of(line.fate).label), look_of(line.fate).tone);
      draw_text_cut(list, {at.x + 160, at.y + 2}, name - 12, Type::body, t.ink, title);
      draw_text_cut(list, {at.x + 160 + name, at.y + 3}, room - 160 - name, Type::caption, t.ink_soft, changes_of(context, line));
      annotate_area(("import.line." + std::to_string(line.line)).c_str(), {at.x, at.y, at.x + room, at.y + result_line}, Role::text,
                    format_pair(title, context.text(look_of(line.fate).label), context.language));
      ImGui::Dummy({room, result_line - ImGui::GetStyle().ItemSpacing.y});
    }
  ImGui::EndChild();
}

void RegisterImport::draw_errors(Context& context) {
  if (plan_.errors.empty()) return;
  constexpr std::size_t most = 100;
  gap(0.5f);
  text(Type::strong, context.text("register_import.errors"_key, {whole_number(plan_.errors.size())}), context.theme.tone(Tone::bad).ink);
  ImGui::SetNextWindowSizeConstraints({0, 0}, {std::numeric_limits<float>::max(), 92});
  ImGui::BeginChild("import.errors", {0, 0}, ImGuiChildFlags_Borders | ImGuiChildFlags_AutoResizeY);
  for (std::size_t i = 0; i < std::min(most, plan_.errors.size()); ++i) paragraph(Type::caption, told(context, plan_.errors[i]));
  ImGui::EndChild();
}

bool RegisterImport::take_in(Context& context) {
  const auto added = plan_.count(ImportFate::added), changed = plan_.count(ImportFate::changed);
  if (!context.change("transaction.import"_key, {file_name_}, [&](Transaction& change) { return apply_import(change, *info_, plan_); })) return false;
  context.messages.success(context.text("register_import.done"_key, {whole_number(added), whole_number(changed)}));
  if (const auto refused = plan_.count(ImportFate::refused); refused > 0) context.messages.warning(context.text("register_import.left_out"_key, {whole_number(refused)}));
  return true;
}

void RegisterImport::draw(Context& context) {
  if (!open_) return;
  const std::string title = context.text("register_import.title"_key, {std::string(context.text(info_->label_key()))});
  Dialog dialog("dialog.register_import", title, open_, {.icon = icon::file_table, .width = import_width, .close_name = context.text("shell.close"_key)});
  if (!dialog) return;
  text_cut(Type::caption, file_name_, 0, context.theme.ink_soft);
  draw_columns(context);
  gap(0.5f);
  draw_how(context);
  gap(0.5f);
  if (!problem_) bring_up_to_date(context);
  if (problem_) paragraph(Type::body, describe(*problem_, context.language), context.theme.tone(Tone::bad).ink);
  else draw_lines(context), draw_errors(context);
  const bool ready = !problem_ && plan_.count(ImportFate::added) + plan_.count(ImportFate::changed) > 0;
  const int answer = dialog_buttons(dialog, labelled(context.text("shell.cancel"_key), "cancel"), labelled(context.text("import.take_in"_key), "import"), Emphasis::primary, ready);
  if (answer == 1 && take_in(context)) dialog.close();
  if (open_) return;
  bytes_.clear();
  plan_ = {};
}

}  // namespace pmo::desks
