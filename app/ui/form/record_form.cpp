#include "app/ui/form/record_form.h"

#include <algorithm>

#include "app/model/records/common.h"
#include "app/ui/form/locked_field.h"
#include "app/ui/platform.h"
#include "app/ui/table/add_label.h"
#include "app/ui/widgets/pressable.h"
#include "app/ui/widgets/widgets.h"

namespace pmo::ui {
namespace {

// Short values stand side by side when there is room.
bool is_short(const FieldInfo& field) {
  switch (field.kind) {
    case Kind::boolean:
    case Kind::minute:  // a day, a time and a button
    case Kind::references: return false;
    case Kind::text: return !field.is_long() && !field.options.title;
    case Kind::structured: return false;
    default: return true;
  }
}

void section(Context& context, std::string_view title, std::size_t count = 0) {
  gap(1);
  rule();
  gap(0.5f);
  text(Type::strong, title);
  if (count == 0) return;
  ImGui::SameLine(0, 8);
  text(Type::strong, format_integer(static_cast<std::int64_t>(count)), context.theme.ink_faint);
}

// A line that leads to a record.
bool record_line(Context& context, const RecordPointer& pointer, std::string_view note, const std::string& id) {
  const Theme& t = context.theme;
  const std::string title = record_title(context.project, *pointer.info, *pointer.record);
  const Press press = pressable(title + "###" + id, {ImGui::GetContentRegionAvail().x, Theme::dense_row}, true, Role::link, {}, {}, 4);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  if (const ImU32 ground = veil(press)) list.AddRectFilled(press.from, press.to, ground, 4);
  const float y = middle(press.from.y, Theme::dense_row, size_of(Type::body));
  const float note_width = std::min(measure(Type::caption, note).x, press.size().x * 0.45f);
  draw_text_cut(list, {press.from.x + 8, y}, press.size().x - 24 - note_width, Type::body, t.ink, title);
  draw_text_cut(list, {press.to.x - 8 - note_width, y + 1}, note_width, Type::caption, t.ink_faint, note);
  return press.clicked;
}

}  // namespace

std::string author_name(const Context& context, Id actor) {
  if (context.project.schema().find("installation"))
    if (const Installation* installation = context.project.all<Installation>().find(actor)) {
      if (const Person* person = context.project.find(installation->person)) return person->name;
      if (!installation->name.empty()) return installation->name;
    }
  return std::string(context.text(actor == context.project.actor() ? "form.self"_key : "form.other"_key));
}

void RecordForm::set(Context& context, const RegisterInfo& info, const Record& record, const FieldInfo& field, const Value& value) {
  context.change("transaction.edit"_key, {argument_of(field.label_key()), "1"},
                 [&](Transaction& change) { return change.set(record, info, field, value); });
}

void RecordForm::draw(Context& context, const RegisterInfo& info, Id id) {
  const Record* record = context.project.table(info).find(id);
  if (!record) return;
  if (shown_ != id) {
    shown_ = id;
    history_open_ = false;
    uses_revision_ = 0;
    part_tables_.clear();
  }
  if (uses_revision_ != context.project.revision() + 1) {
    uses_revision_ = context.project.revision() + 1;
    parts_ = parts_of(context.project, id);
    uses_ = uses_of(context.project, id);
    std::erase_if(uses_, [](const Use& use) { return use.field->options.owner; });
  }
  ImGui::PushID(id.text().c_str());
  draw_fields(context, info, *record);
  draw_parts(context, *record);
  if (context.project.schema().find("relation")) relations_.draw(context, id);
  draw_uses(context, *record);
  draw_authors(context, *record);
  draw_history(context, info, *record);
  ImGui::PopID();
}

void RecordForm::draw_fields(Context& context, const RegisterInfo& info, const Record& record) {
  const float width = ImGui::GetContentRegionAvail().x - 8;
  const bool two = width >= 300;
  const float half = std::floor((width - 12) / 2);
  std::vector<const FieldInfo*> short_ones, whole_ones;
  const FieldInfo* title = info.title();
  for (const FieldInfo& field : info.fields) {
    if (field.options.hidden || field.options.owner || &field == title) continue;
    (two && is_short(field) ? short_ones : whole_ones).push_back(&field);
  }
  const auto draw_one = [&](const FieldInfo& field, float room) {
    const auto current = value_or_lock(context, info, record, field, room);
    if (!current) return editor_.drop_refused(record.id, field);
    if (auto value = editor_.draw(context, field, *current, record.id, room)) set(context, info, record, field, *value);
  };
  if (title) draw_one(*title, width);
  gap(0.25f);
  for (std::size_t i = 0; i < short_ones.size(); ++i) {
    if (i % 2 == 1) ImGui::SameLine(0, 12);
    draw_one(*short_ones[i], half);
  }
  gap(0.25f);
  for (const FieldInfo* field : whole_ones) draw_one(*field, width);
}

void RecordForm::draw_parts(Context& context, const Record& record) {
  const RegisterInfo* own = context.project.find_any(record.id).first;
  for (const auto* info : context.project.schema().registers()) {
    const FieldInfo* owner = info->owner();
    const auto unseen = [](const FieldInfo& field) { return field.options.hidden || field.options.owner; };
    // Lists of their own; what nobody reads; and what the milestone trend shows.
    if (info->name == "attachment" || info->name == "relation" || info->name == "milestone_forecast" || std::ranges::all_of(info->fields, unseen)) continue;
    if (!owner || !own || (owner->target != own->name && !owner->target.empty())) continue;
    std::vector<RecordPointer> parts;
    for (const RecordPointer& part : parts_)
      if (part.info == info) parts.push_back(part);
    if (owner->target.empty() && parts.empty()) continue;
    draw_part_list(context, *info, *owner, record, parts);
  }
}

void RecordForm::draw_part_list(Context& context, const RegisterInfo& info, const FieldInfo& owner, const Record& record,
                                const std::vector<RecordPointer>& parts) {
  section(context, context.text(info.label_key()), parts.size());
  if (info.title() && !owner.target.empty()) {
    gap(0.5f);
    return part_tables_.try_emplace(&info, info, owner, record.id).first->second.draw(context);
  }
  const bool can_add = !info.prefix.empty();
  if (can_add) {
    ImGui::SameLine(ImGui::GetContentRegionAvail().x - 36);
    const std::string id = "###add." + info.name;
    if (icon_button(id.c_str(), icon::plus, add_label(context, info), {.emphasis = Emphasis::quiet, .small = true})) {
      const Record* made = nullptr;
      context.change("transaction.add"_key, {argument_of(info.one_key())}, [&](Transaction& change) -> Result<void> {
        Record& part = change.create_record(info, {});
        made = &part;
        return change.set(part, info, owner, Value{record.id});
      });
      if (made) context.navigation.open_record(info, made->id);
    }
  }
  const CellTexts texts(context.project, context.language, context.today);
  ImGui::PushStyleVarY(ImGuiStyleVar_ItemSpacing, 0);
  for (const RecordPointer& part : parts) {
    std::string note;
    for (const auto* name : {"due", "date", "first", "valid_from", "status", "time_box", "type", "units", "field"})
      if (const FieldInfo* field = info.find(name); field && note.empty()) note = texts.shown(*field, field->get(*part.record));
    if (record_line(context, part, note, "part." + part.record->id.text())) context.navigation.open_record(*part.info, part.record->id);
  }
  ImGui::PopStyleVar();
}

void RecordForm::draw_uses(Context& context, const Record&) {
  if (uses_.empty()) return;
  section(context, context.text("form.uses"_key), uses_.size());
  ImGui::PushStyleVarY(ImGuiStyleVar_ItemSpacing, 0);
  constexpr std::size_t most_shown = 50;
  for (std::size_t i = 0; i < std::min(uses_.size(), most_shown); ++i) {
    const Use& use = uses_[i];
    const std::string note = std::string(context.text(use.user.info->one_key())) + " · " + std::string(context.text(use.field->label_key()));
    if (record_line(context, use.user, note, "use." + use.user.record->id.text() + std::string(use.field->name)))
      context.navigation.open_record(*use.user.info, use.user.record->id);
  }
  ImGui::PopStyleVar();
}

void RecordForm::draw_authors(Context& context, const Record& record) {
  section(context, context.text("form.history"_key));
  const auto line = [&](Key name, const Stamp& stamp) {
    const std::string when = format_ago(stamp.milliseconds(), context.platform.utc_milliseconds(), context.language);
    key_value(context.text(name), context.text("form.by"_key, {author_name(context, stamp.actor), when}), 88);
  };
  line("form.created"_key, record.created);
  line("form.updated"_key, record.last_written());
}

void RecordForm::draw_history(Context& context, const RegisterInfo& info, const Record& record) {
  if (!history_open_) {
    if (text_link(labelled(context.text("form.history.show"_key), "history"), icon::history)) {
      history_open_ = true;
      history_revision_ = 0;
    }
    return;
  }
  if (history_revision_ != context.project.revision() + 1) {
    history_revision_ = context.project.revision() + 1;
    history_.clear();
    if (auto commits = context.project.journal().since({}))
      for (const Commit& commit : *commits)
        for (const Change& change : commit.changes)
          if (change.record == record.id && change.info == &info) history_.push_back({commit.stamp, change});
    std::ranges::reverse(history_);
  }
  const Theme& t = context.theme;
  const CellTexts texts(context.project, context.language, context.today);
  if (history_.empty()) return text(Type::body, context.text("form.history.none"_key), t.ink_soft);
  constexpr std::size_t most_shown = 100;
  for (std::size_t i = 0; i < std::min(history_.size(), most_shown); ++i) {
    const auto& [stamp, change] = history_[i];
    std::string what;
    if (change.action == Action::create) what = context.text("form.history.created"_key);
    else if (change.action == Action::erase) what = context.text("form.history.erased"_key);
    else if (change.action == Action::revive) what = context.text("form.history.revived"_key);
    else if (const auto told = texts.told(change); !told.field.empty()) what = format_pair(told.field, format_change(told.before, told.after), context.language);
    if (what.empty()) continue;
    const std::string when = format_ago(stamp.milliseconds(), context.platform.utc_milliseconds(), context.language);
    gap(0.25f);
    text(Type::caption, context.text("form.by"_key, {author_name(context, stamp.actor), when}), t.ink_faint);
    paragraph(Type::body, what, t.ink, ImGui::GetContentRegionAvail().x - 8);
  }
}

}  // namespace pmo::ui
