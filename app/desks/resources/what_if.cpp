// What if there were one more of them, or the leave came later: changes to resources tried on a copy, before and after
// levelling. What convinces becomes one transaction.
#include "app/engine/change/what_if.h"

#include <algorithm>
#include <cmath>
#include <span>

#include "app/desks/change/impact_figures.h"
#include "app/desks/pages.h"
#include "app/desks/slice.h"
#include "app/model/describe_record.h"
#include "app/model/records/resource_use.h"
#include "app/ui/editors/field_editor.h"
#include "app/ui/icons.h"
#include "app/ui/platform.h"
#include "app/ui/table/cell_text.h"
#include "app/ui/widgets/fact_table.h"
#include "app/ui/widgets/widgets.h"

namespace pmo::desks {
namespace {

using namespace ui;
using engine::TaskMove;
using engine::TrialEdit;
using engine::WhatIf;
using engine::WhatIfResult;

constexpr std::string_view tried_resource_fields[] = {"maximum_units", "available_from", "available_to", "calendar"};
constexpr std::string_view tried_period_fields[] = {"units", "first", "last"};
constexpr std::string_view tried_absence_fields[] = {"first", "last", "status"};
constexpr float trial_editor_width = 168;

class WhatIfPage final : public Page {
 public:
  std::string_view name() const override { return "what_if"; }
  Key title() const override { return "what_if.title"_key; }
  const char* icon() const override { return icon::branch; }
  Desk desk() const override { return Desk::resources; }
  void forget() override {
    trial_ = {};
    drop();
    resource_ = {};
  }

  void draw(Context& context) override {
    const auto& resources = context.project.all<Resource>();
    if (resources.empty()) {
      const auto answer = empty_state({.icon = icon(), .title = context.text(title()), .about = context.text("what_if.about"_key),
                                       .action = labelled(context.text("what_if.to_resources"_key), "what_if.resources"), .action_icon = icon::users});
      if (answer == EmptyAnswer::action) context.navigation.open_page("resource");
      return;
    }
    if (revision_ != context.project.revision()) drop();
    advance(context);
    if (!resources.find(resource_)) resource_ = (*resources.begin()).id;
    paragraph(Type::body, context.text("what_if.about"_key), context.theme.ink_soft, 860);
    gap(0.5f);
    if (Card card("edits", {.title = context.text("what_if.edits"_key), .icon = icon::edit}); card) {
      draw_resource(context, *resources.find(resource_));
      draw_edits(context);
    }
    gap(1);
    draw_tools(context);
    if (result_) draw_result(context);
  }

 private:
  // --- what is tried

  const TrialEdit* trial_of(Id record, std::string_view field) const {
    for (const TrialEdit& edit : trial_.edits)
      if (edit.record == record && edit.field == field) return &edit;
    return nullptr;
  }

  // A value that is what it was anyway needs no trial.
  void try_value(const Record& record, const FieldInfo& field, const Value& value) {
    std::erase_if(trial_.edits, [&](const TrialEdit& edit) { return edit.record == record.id && edit.field == field.name; });
    if (value != field.get(record)) trial_.edits.push_back({record.id, std::string(field.name), value});
    drop();
  }

  void draw_fields(Context& context, const RegisterInfo& info, const Record& record, std::span<const std::string_view> fields) {
    ImGui::PushID(record.id.text().c_str());
    for (const auto name : fields) {
      const FieldInfo& field = *info.find(name);
      const TrialEdit* tried = trial_of(record.id, name);
      if (const auto value = editor_.draw(context, field, tried ? tried->value : field.get(record), record.id, trial_editor_width)) try_value(record, field, *value);
      ImGui::SameLine(0, 12);
    }
    ImGui::NewLine();
    ImGui::PopID();
  }

  void draw_resource(Context& context, const Resource& resource) {
    if (button(labelled(resource.name, "what_if.resource"), {.icon = icon::users, .opens_menu = true})) ImGui::OpenPopup("what_if.choose");
    if (const auto chosen = picker_.draw(context, "what_if.choose", field_of<Assignment>(&Assignment::resource), Value{resource.id}))
      if (const auto* id = std::get_if<Id>(&*chosen); id && *id) resource_ = *id;
    gap(0.5f);
    draw_fields(context, register_of<Resource>(), resource, tried_resource_fields);
    draw_parts<AvailabilityPeriod>(context, resource, tried_period_fields);
    draw_parts<Absence>(context, resource, tried_absence_fields);
  }

  template <class R>
  void draw_parts(Context& context, const Resource& resource, std::span<const std::string_view> fields) {
    for (const R& part : context.project.all<R>()) {
      if (part.resource.id != resource.id) continue;
      gap(0.5f);
      text(Type::strong, record_title(context.project, register_of<R>(), part));
      draw_fields(context, register_of<R>(), part, fields);
    }
  }

  void draw_edits(Context& context) {
    gap(0.5f);
    if (trial_.edits.empty()) {
      paragraph(Type::body, context.text("what_if.no_edits"_key), context.theme.ink_faint, 720);
      return;
    }
    const CellTexts texts(context.project, context.language, context.today);
    const auto shown = [&](const FieldInfo& field, const Value& value) {
      const std::string said = texts.shown(field, value);
      return said.empty() ? std::string("–") : said;
    };
    std::optional<std::size_t> removed;
    for (std::size_t i = 0; i < trial_.edits.size(); ++i) {
      const TrialEdit& edit = trial_.edits[i];
      const auto [info, record] = context.project.find_any(edit.record);
      if (!record) {
        removed = i;
        continue;
      }
      const FieldInfo& field = *info->find(edit.field);
      ImGui::PushID(static_cast<int>(i));
      if (icon_button("###remove", icon::x, context.text("change.remove_edit"_key), {.emphasis = Emphasis::quiet, .small = true})) removed = i;
      ImGui::PopID();
      ImGui::SameLine(0, 8);
      text(Type::body, record_title(context.project, *info, *record) + " · " +
                           format_pair(context.text(field.label_key()), format_change(shown(field, field.get(*record)), shown(field, edit.value)), context.language));
    }
    if (!removed) return;
    trial_.edits.erase(trial_.edits.begin() + static_cast<std::ptrdiff_t>(*removed));
    drop();
  }

  void drop() {
    run_.reset();
    result_.reset();
  }

  void start(Context& context) {
    drop();
    revision_ = context.project.revision();
    run_ = std::make_unique<Run>(context.project, trial_, context.today);
    context.platform.request_frame();
  }

  void advance(Context& context) {
    if (!run_) return;
    work_for_a_slice(context, run_->steps);
    if (!run_->steps.finished()) return;
    result_ = std::move(run_->result);
    run_.reset();
    context.platform.announce(context.text("what_if.compared"_key, {format_integer(std::ssize(result_->tasks) + std::ssize(result_->milestones))}));
  }

  void draw_tools(Context& context) {
    if (run_) {
      if (draw_running(context, "what_if.progress"_key, run_->steps.share())) drop();
      return;
    }
    if (button(labelled(context.text("what_if.compare"_key), "what_if.compare"), {.icon = icon::play, .emphasis = result_ ? Emphasis::standard : Emphasis::primary, .enabled = !trial_.edits.empty()}))
      start(context);
    ImGui::SameLine(0, 16);
    ImGui::SetCursorPosY(ImGui::GetCursorPosY() + 4);
    if (toggle(labelled(context.text("what_if.level"_key), "what_if.level"), trial_.level)) drop();
    tooltip(context.text("what_if.level.about"_key));
    ImGui::SameLine(0, 16);
    ImGui::SetCursorPosY(ImGui::GetCursorPosY() + 4);
    if (toggle(labelled(context.text("levelling.within_float"_key), "what_if.within_float"), trial_.within_float, trial_.level)) drop();
  }

  // --- what it would do

  void draw_result(Context& context) {
    gap(1);
    for (const Error& fault : result_->faults) paragraph(Type::body, phrase(fault.message, fault.arguments, context.language), context.theme.tone(Tone::bad).ink);
    const float width = std::floor(ImGui::GetContentRegionAvail().x * 0.46f), height = std::max(360.0f, ImGui::GetContentRegionAvail().y - 4);
    if (Card card("figures", {.title = context.text("change.impact"_key), .icon = icon(), .width = width, .height = height}); card) {
      draw_impact_figures(context, "what_if.matrix", result_->without.figures, result_->with.figures);
      gap(0.5f);
      key_value(context.text("what_if.overloads"_key), format_integer(result_->without.overloads) + " → " + format_integer(result_->with.overloads), 220);
      if (trial_.level)
        paragraph(Type::caption, context.text("what_if.now"_key, {format_day(result_->now.figures.finish.day(), context.language), format_integer(result_->now.overloads)}),
                  context.theme.ink_soft);
      gap(1);
      if (button(labelled(context.text("what_if.apply"_key), "what_if.apply"), {.icon = icon::check, .emphasis = Emphasis::primary, .enabled = result_->faults.empty()})) apply(context);
      ImGui::SameLine(0, 8);
      if (result_ && button(labelled(context.text("levelling.dismiss"_key), "what_if.dismiss"), {.emphasis = Emphasis::quiet})) forget_trial();
    }
    if (!result_) return;
    ImGui::SameLine(0, 12);
    if (Card card("moves", {.title = context.text("what_if.moves"_key), .height = height}); card) draw_moves(context);
  }

  void forget_trial() {
    trial_.edits.clear();
    drop();
  }

  void apply(Context& context) {
    const auto number = format_integer(std::ssize(trial_.edits));
    if (!context.change("transaction.what_if"_key, {number}, [&](Transaction& change) { return engine::make_for_good(change, trial_, *result_); })) return;
    context.messages.success(context.text("what_if.applied"_key, {number}));
    forget_trial();
  }

  void draw_moves(Context& context) {
    std::vector<TaskMove> moves = result_->milestones;
    moves.insert(moves.end(), result_->tasks.begin(), result_->tasks.end());
    if (moves.empty()) {
      empty_state({.icon = icon::success, .title = context.text("what_if.nothing_moves"_key)});
      return;
    }
    const FactColumn columns[] = {{std::string(context.text("simulation.task"_key))}, {std::string(context.text("change.before"_key)), 104, true},
                                  {std::string(context.text("change.after"_key)), 104, true}, {std::string(context.text("levelling.shift"_key)), 90, true}};
    const int pressed = fact_table("moves", columns, static_cast<int>(moves.size()), [&](int row, int column) -> FactCell {
      const TaskMove& move = moves[static_cast<std::size_t>(row)];
      const Task* task = context.project.all<Task>().find(move.task);
      const auto days = move.after.day() - move.before.day();
      switch (column) {
        case 0: return {task ? task->name : std::string(), 0, 0, false, task && task->milestone ? icon::milestone : ""};
        case 1: return {format_day(move.before.day(), context.language), context.theme.ink_soft};
        case 2: return {format_day(move.after.day(), context.language), 0, 0, true};
        default: return {context.text("earned_value.days"_key, {(days > 0 ? "+" : "") + format_integer(days)}), context.theme.tone(days > 0 ? Tone::bad : Tone::good).ink};
      }
    }, {.height = std::max(120.0f, ImGui::GetContentRegionAvail().y)});
    if (pressed >= 0) context.navigation.open_record(register_of<Task>(), moves[static_cast<std::size_t>(pressed)].task);
  }

  // A comparison under way.
  struct Run {
    Run(const Project& project, const WhatIf& trial, Day today) : steps(engine::try_out(project, trial, today, result)) {}
    WhatIfResult result;
    engine::Steps steps;
  };

  Id resource_;
  WhatIf trial_;
  std::unique_ptr<Run> run_;
  std::optional<WhatIfResult> result_;
  std::uint64_t revision_ = 0;
  ReferencePicker picker_;
  FieldEditor editor_;
};

}  // namespace

std::unique_ptr<Page> make_what_if_page() { return std::make_unique<WhatIfPage>(); }

}  // namespace pmo::desks
