// What a chosen file holds, and before a merge what it would change: record by record, each to be taken in or left out.
#include <algorithm>
#include <limits>

#include "app/model/describe_record.h"
#include "app/ui/icons.h"
#include "app/ui/shell/dialog_parts.h"
#include "app/ui/shell/shell.h"
#include "app/ui/table/cell_text.h"
#include "app/ui/widgets/widgets.h"

namespace pmo::ui {
namespace {

Key kind_key(ImportKind kind) {
  switch (kind) {
    case ImportKind::bundle: return "import.kind.bundle"_key;
    case ImportKind::database: return "import.kind.database"_key;
    case ImportKind::ms_project: return "import.kind.ms_project"_key;
    case ImportKind::primavera: return "import.kind.primavera"_key;
    case ImportKind::table: return "import.kind.table"_key;
    case ImportKind::calendar: return "import.kind.calendar"_key;
  }
  return {};
}

struct KindLook {
  Key label;
  Tone tone;
};

KindLook look_of(MergeItem::Kind kind) {
  switch (kind) {
    case MergeItem::Kind::added: return {"import.item.added"_key, Tone::good};
    case MergeItem::Kind::changed: return {"import.item.changed"_key, Tone::accent};
    case MergeItem::Kind::conflict: return {"import.item.conflict"_key, Tone::caution};
    case MergeItem::Kind::deleted: return {"import.item.deleted"_key, Tone::bad};
    case MergeItem::Kind::revived: return {"import.item.revived"_key, Tone::caution};
    case MergeItem::Kind::kept:
    case MergeItem::Kind::joined: return {"import.item.kept"_key, Tone::neutral};
  }
  return {};
}

int weight(MergeItem::Kind kind) {
  using enum MergeItem::Kind;
  constexpr MergeItem::Kind lightest_first[] = {joined, kept, changed, added, deleted, revived, conflict};
  return static_cast<int>(std::ranges::find(lightest_first, kind) - lightest_first);
}

std::string count_text(std::size_t count) { return format_integer(static_cast<std::int64_t>(count)); }

// What the file holds: the registers that have records.
void draw_content(const Shell& shell, const Project& content) {
  int shown = 0;
  for (const auto* info : content.schema().registers()) {
    const auto count = content.table(*info).size();
    if (count == 0 || info->prefix.empty() || ++shown > 8) continue;
    key_value(shell.text(info->label_key()), count_text(count), 200);
  }
}

void draw_counts(const Shell& shell, const MergePlan& plan) {
  const std::pair<Key, std::size_t> counts[] = {
      {"import.added"_key, plan.added}, {"import.changed"_key, plan.changed}, {"import.deleted"_key, plan.deleted},
      {"import.conflicts"_key, plan.conflicts}, {"import.unchanged"_key, plan.unchanged}};
  for (const auto& [label, count] : counts) {
    if (&label != &counts[0].first) ImGui::SameLine(0, 16);
    const bool alarm = label == "import.conflicts"_key && count > 0;
    text(Type::body, std::string(shell.text(label)) + " " + count_text(count),
         alarm ? shell.theme.tone(Tone::caution).ink : count > 0 ? 0 : shell.theme.ink_faint);
  }
  if (plan.conflicts > 0) paragraph(Type::caption, shell.text("import.conflicts.about"_key));
  if (plan.commits > 0) paragraph(Type::caption, shell.text("import.history"_key, {count_text(plan.commits)}));
  if (plan.clock_deserves_warning())
    paragraph(Type::body, shell.text("import.clock"_key, {std::to_string(plan.clock_ahead_milliseconds / 60'000)}),
              shell.theme.tone(Tone::caution).ink);
}

void draw_notes(const Shell& shell, const std::vector<Error>& notes, float highest) {
  if (notes.empty()) return;
  gap(0.5f);
  text(Type::strong, shell.text("import.notes"_key, {count_text(notes.size())}));
  ImGui::SetNextWindowSizeConstraints({0, 0}, {std::numeric_limits<float>::max(), highest});
  ImGui::BeginChild("notes", {0, 0}, ImGuiChildFlags_Borders | ImGuiChildFlags_AutoResizeY);
  for (const auto& note : notes) paragraph(Type::caption, describe(note, shell.settings.language));
  ImGui::EndChild();
}

// How a record is called here, or where it comes from.
std::string name_of(const Shell& shell, const Project& mine, const Project& theirs, const MergeItem& item) {
  for (const Project* project : {&mine, &theirs})
    if (const Record* record = project->table(*item.info).find(item.record))
      if (auto title = record_title(*project, *item.info, *record); !title.empty()) return title;
  return std::string(shell.text(item.info->one_key()));
}

// What is told when it is known how the import went.
WorkspacePort::Done tell_import(Shell& shell, const PendingImport& import) {
  const MergePlan* plan = import.plan();
  const Key done = plan ? "import.merged"_key : import.replaces() ? "import.replaced"_key : "import.done"_key;
  return [&shell, done, name = import.project_name(), conflicts = plan ? plan->conflicts : 0,
          report = !plan && !import.notes().empty()](const Result<void>& taken) {
    shell.platform.request_frame();
    if (!taken) return shell.messages.error(taken.error());
    shell.messages.success(shell.text(done, {name}));
    if (report) shell.messages.warning(std::string(shell.text("import.report.kept"_key)));
    if (conflicts > 0) shell.messages.warning(shell.text("import.conflicts.wait"_key, {count_text(conflicts)}));
  };
}

}  // namespace

std::vector<PreviewLine> preview_of(const MergePlan& plan) {
  std::vector<PreviewLine> lines;
  for (auto first = plan.items.begin(); first != plan.items.end();) {
    const auto next = std::find_if(first, plan.items.end(), [&](const MergeItem& item) { return item.record != first->record; });
    const auto shown = [](const MergeItem& item) { return item.kind != MergeItem::Kind::joined; };
    if (std::any_of(first, next, shown)) {
      const auto heaviest = std::max_element(first, next, [](const MergeItem& a, const MergeItem& b) { return weight(a.kind) < weight(b.kind); });
      lines.push_back({&*heaviest, true});
      for (auto item = first; item != next; ++item)
        if (item->field && shown(*item)) lines.push_back({&*item, false});
    }
    first = next;
  }
  return lines;
}

void Dialogs::draw_preview(const Shell& shell) {
  const Project* mine = shell.workspace.project();
  if (!mine || preview_.empty()) return;
  constexpr float line_height = 30, indent = 30, chip_room = 96;
  const Project& theirs = import_->content();
  const Language language = shell.settings.language;
  const Day today = shell.platform.local_now().day();
  const CellTexts my_texts(*mine, language, today), their_texts(theirs, language, today);
  gap(0.5f);
  text(Type::caption, shell.text("import.choose"_key), shell.theme.ink_soft);
  const float height = line_height * std::min(9.0f, static_cast<float>(preview_.size())) + 26;
  ImGui::BeginChild("import.items", {0, height}, ImGuiChildFlags_Borders);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  ImGuiListClipper clipper;
  clipper.Begin(static_cast<int>(preview_.size()), line_height);
  while (clipper.Step())
    for (int row = clipper.DisplayStart; row < clipper.DisplayEnd; ++row) {
      const PreviewLine& line = preview_[static_cast<std::size_t>(row)];
      const MergeItem& item = *line.item;
      const ImVec2 at = ImGui::GetCursorScreenPos();
      const float room = ImGui::GetContentRegionAvail().x;
      if (line.record) {
        const KindLook look = look_of(item.kind);
        draw_chip(list, {at.x, at.y + 1}, shell.text(look.label), look.tone);
        ImGui::SetCursorScreenPos({at.x + chip_room, at.y});
        bool on = !left_out_.contains(item.record);
        const std::string name = std::string(shell.text(item.info->one_key())) + " · " + name_of(shell, *mine, theirs, item);
        if (checkbox(labelled(name, "import.item." + std::to_string(row)), on)) {
          if (on) left_out_.erase(item.record);
          else left_out_.insert(item.record);
        }
      } else {
        const auto shown = [&](const CellTexts& texts, const Value& value) {
          const auto words = texts.shown(*item.field, value);
          return words.empty() ? std::string(shell.text("conflicts.empty"_key)) : words;
        };
        std::string told = format_pair(shell.text(item.field->label_key()), format_change(shown(my_texts, item.mine), shown(their_texts, item.theirs)), shell.settings.language);
        if (!item.takes_theirs) told += "  (" + std::string(shell.text("import.item.stays"_key)) + ")";
        ImGui::SetCursorScreenPos({at.x + chip_room + indent, at.y + 5});
        text_cut(Type::caption, told, room - chip_room - indent,
                 item.kind == MergeItem::Kind::conflict ? shell.theme.tone(Tone::caution).ink : shell.theme.ink_soft);
      }
      ImGui::SetCursorScreenPos(at);
      ImGui::Dummy({0, line_height - ImGui::GetStyle().ItemSpacing.y});
    }
  ImGui::EndChild();
  if (!left_out_.empty()) paragraph(Type::caption, shell.text("import.left_out"_key, {count_text(left_out_.size())}));
}

void Dialogs::draw_import(Shell& shell) {
  const bool merging = import_ && import_->plan();
  const bool table = import_ && import_->table();
  Dialog dialog("dialog.import", shell.text("import.title"_key), open_, dialog_options(shell, icon::package_open, table ? 880 : merging ? 720 : 560));
  if (!dialog) return;
  const PendingImport& import = *import_;
  text_cut(Type::strong, import.project_name());
  text_cut(Type::caption, file_.name + " · " + std::string(shell.text(kind_key(import.kind()))));
  gap(0.5f);
  const bool replaced = import.replaces().has_value();
  if (!table)
    paragraph(Type::body, shell.text(merging ? "import.merge.about"_key : replaced ? "import.replace.about"_key : "import.as_new.about"_key), shell.theme.ink_soft);
  if (table) {
    draw_table(shell);
  } else if (!merging) {
    draw_content(shell, import.content());
  } else if (import.plan()->nothing_new()) {
    paragraph(Type::body, shell.text("import.nothing_new"_key), shell.theme.ink_soft);
  } else {
    draw_counts(shell, *import.plan());
    draw_preview(shell);
  }
  if (!problem_.message) draw_notes(shell, import_->notes(), table ? 84 : 140);
  problem_line(problem_, shell.settings.language);
  const bool nothing_new = merging && import.plan()->nothing_new();
  const bool ready = !nothing_new && (!table || !problem_.message);
  const Key act = merging ? "import.merge"_key : replaced ? "import.replace"_key : "import.take_in"_key;
  const int answer = dialog_buttons(dialog, labelled(shell.text("shell.cancel"_key), "cancel"),
                                    labelled(shell.text(act), "import"), Emphasis::primary, ready);
  if (answer != 1) return;
  const auto taken = shell.workspace.take_in(*import_, merging ? ImportWay::merge : ImportWay::new_project, left_out_, tell_import(shell, *import_));
  if (!taken) {
    problem_ = taken.error();
    return;
  }
  dialog.close();
  shell.open_project(*taken);
}

}  // namespace pmo::ui
