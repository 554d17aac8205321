#include "app/desks/change/proposed_edits.h"

#include <algorithm>

#include "app/desks/matrix.h"
#include "app/model/describe_record.h"
#include "app/model/records/resource.h"
#include "app/model/value_text.h"
#include "app/ui/icons.h"
#include "app/ui/table/cell_text.h"
#include "app/ui/text_field.h"
#include "app/ui/widgets/widgets.h"

namespace pmo::desks {

using namespace ui;
using namespace engine;

namespace {

constexpr Id drafted{0, 1};  // whom the editors of a record that is not there yet take it for
constexpr float draft_width = 200;

std::string shown_value(const Context& context, const FieldInfo& field, const std::string& stored) {
  const auto value = read_value_text(field, stored);
  const std::string said = value ? CellTexts(context.project, context.language, context.today).shown(field, *value) : stored;
  return said.empty() ? std::string("–") : said;
}

// The name of a record of the plan, or of one that is proposed.
std::string name_of_target(const Project& project, Id id) {
  const auto [info, record] = project.find_any(id);
  return record ? record_title(project, *info, *record) : std::string();
}

// The field holds something else than when the edit was proposed: the proposal is confirmed against that, or removed.
void draw_stale(Context& context, const ChangeRequest& request, const ProposedEdit& edit, const EditTarget& of, const FieldInfo& field) {
  text(Type::body, context.text("change.stale"_key, {shown_value(context, field, value_text(field.get(*of.record)))}), context.theme.tone(Tone::caution).ink);
  const auto value = read_value_text(field, edit.new_value);
  ImGui::SameLine(0, 8);
  if (value && button(labelled(context.text("change.confirm_edit"_key), "confirm." + edit.id.text()), {.icon = icon::check, .small = true}))
    context.change("transaction.propose_edit"_key, {edit.title}, [&](Transaction& change) { return propose_edit(change, request, *of.info, *of.record, field, *value); });
}

// What a proposed link says of its lag: the figure and its unit are written as one.
Lag proposed_lag(const Project& project, const ProposedEdit& proposal) {
  const Value size = proposed_value(project, proposal, field_of<Link>(&Link::lag)), unit = proposed_value(project, proposal, field_of<Link>(&Link::lag_unit));
  Lag lag;
  if (const auto* number = std::get_if<std::int64_t>(&size)) lag.size = *number;
  const auto units = enum_names<LagUnit>();
  if (const auto* name = std::get_if<std::string>(&unit))
    if (const auto place = std::ranges::find(units, *name); place != units.end()) lag.unit = static_cast<LagUnit>(place - units.begin());
  return lag;
}

// What of a new record is edited where it stands; the form edits new tasks as it does those of the plan.
std::vector<const FieldInfo*> edited_in_place(const ProposedEdit& proposal) {
  if (proposal.applied) return {};
  if (proposal.register_name == register_of<Link>().name) return {&field_of<Link>(&Link::type), &field_of<Link>(&Link::lag)};
  if (proposal.register_name == register_of<Assignment>().name) return {&field_of<Assignment>(&Assignment::units), &field_of<Assignment>(&Assignment::work)};
  return {};
}

// What is said of a new record, a line a field.
void draw_proposed_fields(Context& context, const ChangeRequest& request, const ProposedEdit& proposal) {
  const auto edited = edited_in_place(proposal);
  for (const ProposedEdit* edit : edits_of(context.project, request)) {
    if (edit->kind != EditKind::write || edit->target.id != proposal.id) continue;
    const RegisterInfo* info = target_of(context.project, *edit).info;
    const FieldInfo* field = info ? info->find(edit->field_name) : nullptr;
    if (!field || field->options.title || std::ranges::contains(edited, field)) continue;  // its title stands above
    if (field == &field_of<Link>(&Link::lag_unit)) continue;  // with the lag
    std::string said = shown_value(context, *field, edit->new_value);
    if (field == &field_of<Link>(&Link::lag)) {
      const Lag lag = proposed_lag(context.project, proposal);
      said = lag_text(lag.size, lag.unit, scales_of(context.project));
    }
    if (!said.empty()) text(Type::body, format_pair(context.text(field->label_key()), said, context.language), context.theme.ink_soft);
  }
}

}  // namespace

void ProposedEditsCard::draw(Context& context, const ChangeRequest& request) {
  draw_list(context, request);
  gap(0.5f);
  draw_form(context, request);
}

void ProposedEditsCard::draw_list(Context& context, const ChangeRequest& request) {
  const auto edits = edits_of(context.project, request);
  if (edits.empty()) return paragraph(Type::body, context.text("change.no_edits"_key), context.theme.ink_soft, 720);
  for (const ProposedEdit* edit : edits)
    if (edit->kind != EditKind::write || !target_of(context.project, *edit).proposal) draw_edit(context, request, *edit);
}

void ProposedEditsCard::draw_edit(Context& context, const ChangeRequest& request, const ProposedEdit& edit) {
  const EditTarget of = target_of(context.project, edit);
  ImGui::PushID(edit.id.text().c_str());
  const bool remove = icon_button("###remove", icon::x, context.text("change.remove_edit"_key), {.emphasis = Emphasis::quiet, .small = true});
  ImGui::PopID();
  ImGui::SameLine(0, 8);
  ImGui::BeginGroup();
  ImGui::SetCursorPosY(ImGui::GetCursorPosY() + 5);  // the first line beside the cross
  const RegisterInfo* info = of.info ? of.info : context.project.schema().find(edit.register_name);  // a deleted record is gone
  const std::string one = info ? std::string(context.text(info->one_key())) : edit.register_name;
  if (edit.kind == EditKind::create) {
    text(Type::strong, context.text("change.adds"_key, {one, edit.title}));
    draw_proposed_fields(context, request, edit);
    draw_in_place(context, edit);
  } else if (edit.kind == EditKind::erase) {
    text(Type::strong, context.text("change.deletes"_key, {one, edit.title}));
  } else {
    const FieldInfo* field = of.info ? of.info->find(edit.field_name) : nullptr;
    text(Type::strong, edit.title);
    text(Type::body, field ? format_pair(context.text(field->label_key()), format_change(shown_value(context, *field, edit.old_value), shown_value(context, *field, edit.new_value)), context.language)
                           : edit.field_name, context.theme.ink_soft);
    if (!edit.applied && field && of.record && !check_edit(context.project, edit)) draw_stale(context, request, edit, of, *field);
  }
  if (edit.applied) text(Type::caption, context.text(field_of<ProposedEdit>(&ProposedEdit::applied).label_key()), context.theme.tone(Tone::good).ink);
  ImGui::EndGroup();
  if (remove) context.change("transaction.remove_edit"_key, {edit.title}, [&](Transaction& change) { withdraw_edit(change, edit); });
}

void ProposedEditsCard::draw_in_place(Context& context, const ProposedEdit& proposal) {
  const auto propose_in_place = [&](const FieldValues& values) {
    context.change("transaction.propose_edit"_key, {proposal.title}, [&](Transaction& change) -> Result<void> {
      for (const auto& [field, value] : values) PMO_TRY_VOID(propose_value(change, proposal, *field, value));
      return {};
    });
  };
  constexpr float width = 160;
  ImGui::PushID(proposal.id.text().c_str());
  bool first = true;
  for (const FieldInfo* field : edited_in_place(proposal)) {
    if (!std::exchange(first, false)) ImGui::SameLine(0, 12);
    if (field == &field_of<Link>(&Link::lag)) {
      if (const auto lag = draw_lag(context, proposal, width)) {
        Link link;
        link.lag = lag->size, link.lag_unit = lag->unit;
        propose_in_place({{field, field->get(link)}, {&field_of<Link>(&Link::lag_unit), field_of<Link>(&Link::lag_unit).get(link)}});
      }
    } else if (const auto value = editor_.draw(context, *field, proposed_value(context.project, proposal, *field), proposal.id, width)) {
      propose_in_place({{field, *value}});
    }
  }
  ImGui::PopID();
}

// As at a link of the chart: "2d", "-4h", "50%".
std::optional<Lag> ProposedEditsCard::draw_lag(Context& context, const ProposedEdit& proposal, float width) {
  const Scales scales = scales_of(context.project);
  const Lag now = proposed_lag(context.project, proposal);
  const std::string_view label = context.text("link.lag"_key);
  ImGui::BeginGroup();
  ImGui::PushStyleVarY(ImGuiStyleVar_ItemSpacing, 3);
  text(Type::caption, label, context.theme.ink_soft);
  ImGui::PopStyleVar();
  std::string shown = draft_or("###lag", lag_text(now.size, now.unit, scales));
  const auto events = input_text("###lag", shown, {.width = width, .label = label, .placeholder = context.text("gantt.lag_example"_key), .invalid = !parse_lag(shown, scales)});
  ImGui::EndGroup();
  if (!events.committed) return std::nullopt;
  const auto lag = parse_lag(shown, scales);
  if (!lag) context.messages.error(lag.error());
  return lag && (lag->size != now.size || lag->unit != now.unit) ? std::optional(*lag) : std::nullopt;
}

void ProposedEditsCard::draw_form(Context& context, const ChangeRequest& request) {
  constexpr std::pair<Key, const char*> forms[] = {{"change.form.write"_key, "form.write"}, {"change.form.task"_key, "form.task"}, {"change.form.link"_key, "form.link"},
                                                   {"change.form.assignment"_key, "form.assignment"}, {"change.form.erase"_key, "form.erase"}};
  for (int i = 0; i < static_cast<int>(std::size(forms)); ++i)
    if (chip_in_row(labelled(context.text(forms[i].first), forms[i].second), form_ == i, i == 0)) {
      form_ = i;
      draft_.clear();
    }
  gap(0.5f);
  if (form_ == 0) draw_write(context, request);
  if (form_ == 1) draw_new_task(context, request);
  if (form_ == 2) draw_new_link(context, request);
  if (form_ == 3) draw_new_assignment(context, request);
  if (form_ == 4) draw_deletion(context, request);
}

// With proposed records of the register in a menu; without any, the plan's at once.
void ProposedEditsCard::choose(Context& context, const ChangeRequest& request, const char* id, Key hint, const RegisterInfo& info, Chooser& chooser) {
  std::vector<const ProposedEdit*> proposed;
  for (const ProposedEdit* edit : open_edits_of(context.project, request))
    if (edit->kind == EditKind::create && edit->register_name == info.name) proposed.push_back(edit);
  const std::string name = name_of_target(context.project, chooser.chosen), base(id), popup = base + ".choose", menu = base + ".menu";
  if (name.empty()) chooser.chosen = {};
  if (button(labelled(name.empty() ? std::string(context.text(hint)) : name, id), {.icon = icon::search, .opens_menu = true})) {
    if (proposed.empty()) chooser.open = true;
    else open_menu(menu.c_str());
  }
  if (begin_menu(menu.c_str())) {
    for (const ProposedEdit* edit : proposed)
      if (menu_item(labelled(edit->title, base + "." + edit->id.text()), {.icon = icon::plus, .checked = chooser.chosen == edit->id})) chooser.chosen = edit->id;
    menu_line();
    if (menu_item(labelled(context.text("change.of_the_plan"_key), base + ".plan"), {.icon = icon::search})) chooser.open = true;
    end_menu();
  }
  if (std::exchange(chooser.open, false)) ImGui::OpenPopup(popup.c_str());
  const FieldInfo field{{.kind = Kind::reference, .target = info.name}, "chosen", info.one_label};
  if (const auto picked = chooser.picker.draw(context, popup.c_str(), field, chooser.chosen ? Value{chooser.chosen} : Value{})) {
    const auto* chosen = std::get_if<Id>(&*picked);
    chooser.chosen = chosen ? *chosen : Id{};
  }
}

// Task, field, new value.
void ProposedEditsCard::draw_write(Context& context, const ChangeRequest& request) {
  choose(context, request, "edit.task", "change.choose_task"_key, register_of<Task>(), task_);
  const Task* task = context.project.all<Task>().find(task_.chosen);
  const ProposedEdit* proposal = context.project.all<ProposedEdit>().find(task_.chosen);
  if (!task && !proposal) return;
  constexpr std::string_view offered[] = {"duration", "constraint", "constraint_date", "deadline", "fixed_cost", "cost_account", "work", "priority", "responsible", "active", "name"};
  ImGui::SameLine(0, 8);
  const FieldInfo* field = register_of<Task>().find(field_);
  if (button(labelled(context.text(field->label_key()), "edit.field"), {.opens_menu = true})) open_menu("edit.field.choose");
  if (begin_menu("edit.field.choose")) {
    for (const auto name : offered)
      if (menu_item(labelled(context.text(register_of<Task>().find(name)->label_key()), name), {.checked = field_ == name})) field_ = name;
    end_menu();
  }
  const auto value = editor_.draw(context, *field, task ? field->get(*task) : proposed_value(context.project, *proposal, *field), task_.chosen, 320);
  if (!value) return;
  context.change("transaction.propose_edit"_key, {task ? task->name : proposal->title}, [&](Transaction& change) {
    return task ? propose_edit(change, request, register_of<Task>(), *task, *field, *value) : propose_value(change, *proposal, *field, *value);
  });
}

void ProposedEditsCard::draw_draft(Context& context, const RegisterInfo& info, const FieldInfo& field, float width) {
  const auto known = draft_.find(&field);
  const Value now = known != draft_.end() ? known->second : field.get(*info.make_record());
  if (const auto value = editor_.draw(context, field, now, drafted, width)) draft_[&field] = *value;
}

void ProposedEditsCard::propose(Context& context, const ChangeRequest& request, const RegisterInfo& info, const std::string& title, FieldValues values) {
  values.insert(values.end(), draft_.begin(), draft_.end());
  if (context.change("transaction.propose_edit"_key, {title}, [&](Transaction& change) -> Result<void> {
        PMO_TRY(propose_record(change, request, info, title, values));
        return {};
      }))
    draft_.clear();
}

void ProposedEditsCard::draw_new_task(Context& context, const ChangeRequest& request) {
  const RegisterInfo& info = register_of<Task>();
  const FieldInfo& name = field_of<Task>(&Task::name);
  draw_draft(context, info, name, 280);
  ImGui::SameLine(0, 12);
  draw_draft(context, info, field_of<Task>(&Task::duration), 120);
  ImGui::SameLine(0, 12);
  draw_draft(context, info, field_of<Task>(&Task::fixed_cost), 140);
  choose(context, request, "edit.parent", "change.choose_parent"_key, info, to_);
  ImGui::SameLine(0, 8);
  const auto* written = draft_.contains(&name) ? std::get_if<std::string>(&draft_.at(&name)) : nullptr;
  const std::string title = written ? *written : std::string();
  if (!button(labelled(context.text("change.propose"_key), "edit.propose"), {.icon = icon::plus, .emphasis = Emphasis::primary})) return;
  if (title.empty()) return context.messages.error({"error.field.required"_key, {argument_of(name.label_key())}});
  FieldValues values;
  if (to_.chosen) values.emplace_back(&field_of<Task>(&Task::parent), Value{to_.chosen});
  propose(context, request, info, title, std::move(values));
}

void ProposedEditsCard::draw_new_link(Context& context, const ChangeRequest& request) {
  const RegisterInfo& info = register_of<Link>();
  choose(context, request, "edit.from", "change.choose_predecessor"_key, register_of<Task>(), from_);
  ImGui::SameLine(0, 8);
  choose(context, request, "edit.to", "change.choose_successor"_key, register_of<Task>(), to_);
  draw_draft(context, info, field_of<Link>(&Link::type), draft_width);
  const bool ready = from_.chosen && to_.chosen && from_.chosen != to_.chosen;
  if (!button(labelled(context.text("change.propose"_key), "edit.propose"), {.icon = icon::plus, .emphasis = Emphasis::primary, .enabled = ready})) return;
  propose(context, request, info, name_of_target(context.project, from_.chosen) + " → " + name_of_target(context.project, to_.chosen),
          {{&field_of<Link>(&Link::predecessor), Value{from_.chosen}}, {&field_of<Link>(&Link::successor), Value{to_.chosen}}});
}

void ProposedEditsCard::draw_new_assignment(Context& context, const ChangeRequest& request) {
  const RegisterInfo& info = register_of<Assignment>();
  choose(context, request, "edit.resource", "change.choose_resource"_key, register_of<Resource>(), resource_);
  ImGui::SameLine(0, 8);
  choose(context, request, "edit.to", "change.choose_task"_key, register_of<Task>(), to_);
  draw_draft(context, info, field_of<Assignment>(&Assignment::units), draft_width);
  if (!button(labelled(context.text("change.propose"_key), "edit.propose"), {.icon = icon::plus, .emphasis = Emphasis::primary, .enabled = resource_.chosen && to_.chosen})) return;
  propose(context, request, info, name_of_target(context.project, resource_.chosen) + " → " + name_of_target(context.project, to_.chosen),
          {{&field_of<Assignment>(&Assignment::resource), Value{resource_.chosen}}, {&field_of<Assignment>(&Assignment::task), Value{to_.chosen}}});
}

void ProposedEditsCard::draw_deletion(Context& context, const ChangeRequest& request) {
  const RegisterInfo* kinds[] = {&register_of<Task>(), &register_of<Link>(), &register_of<Assignment>()};
  std::vector<Choice> choices;
  for (const RegisterInfo* info : kinds) choices.push_back({labelled(context.text(info->one_key()), "deleted." + info->name)});
  if (segments("deleted", choices, deleted_kind_, true)) gone_.chosen = {};
  const RegisterInfo& info = *kinds[deleted_kind_];
  ImGui::SameLine(0, 12);
  const FieldInfo field{{.kind = Kind::reference, .target = info.name}, "deleted", info.one_label};
  const Record* record = context.project.table(info).find(gone_.chosen);
  if (button(labelled(record ? record_title(context.project, info, *record) : context.text("report.choose"_key, {argument_of(info.one_key())}), "edit.gone"), {.icon = icon::search, .opens_menu = true}))
    ImGui::OpenPopup("edit.gone.choose");
  if (const auto picked = gone_.picker.draw(context, "edit.gone.choose", field, gone_.chosen ? Value{gone_.chosen} : Value{}))
    if (const auto* chosen = std::get_if<Id>(&*picked)) gone_.chosen = *chosen;
  ImGui::SameLine(0, 8);
  if (!button(labelled(context.text("change.propose_deletion"_key), "edit.propose"), {.icon = icon::trash, .enabled = record != nullptr})) return;
  const std::string title = record_title(context.project, info, *record);
  if (context.change("transaction.propose_edit"_key, {title}, [&](Transaction& change) { propose_deletion(change, request, info, *record); })) gone_.chosen = {};
}

}  // namespace pmo::desks
