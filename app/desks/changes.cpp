// The impact of a change request, computed: the plan as it is beside the plan with the proposed edits.
#include <algorithm>
#include <ranges>

#include "app/desks/board_votes.h"
#include "app/desks/impact_figures.h"
#include "app/desks/matrix.h"
#include "app/desks/pages.h"
#include "app/engine/change_approval.h"
#include "app/engine/change_impact.h"
#include "app/model/describe_record.h"
#include "app/model/value_text.h"
#include "app/ui/editors/field_editor.h"
#include "app/ui/editors/pickers.h"
#include "app/ui/icons.h"
#include "app/ui/table/cell_text.h"
#include "app/ui/widgets/widgets.h"

namespace pmo::desks {
namespace {

using namespace ui;
using namespace engine;

class ImpactPage final : public Page {
 public:
  std::string_view name() const override { return "change_impact"; }
  Key title() const override { return "page.change_impact"_key; }
  const char* icon() const override { return icon::branch; }
  Desk desk() const override { return Desk::change; }

  void draw(Context& context) override {
    const auto& requests = context.project.all<ChangeRequest>();
    std::vector<const ChangeRequest*> open;
    for (const ChangeRequest& request : requests)
      if (can_be_approved(context.project, request)) open.push_back(&request);
    if (open.empty()) {
      const auto answer = empty_state({.icon = icon(), .title = context.text(title()), .about = context.text("change.none_open"_key),
                                       .action = labelled(context.text("change.to_requests"_key), "change.requests"), .action_icon = icon::change});
      if (answer == EmptyAnswer::action) context.navigation.open_page("change_request");
      return;
    }
    if (std::ranges::find(open, chosen_, &ChangeRequest::id) == open.end()) chosen_ = open.front()->id;
    for (const auto* request : open) {
      const std::string name = record_number(context.project, register_of<ChangeRequest>(), *request) + " " + request->title;
      if (chip_in_row(labelled(name, "change." + request->id.text()), request->id == chosen_, request == open.front())) chosen_ = request->id;
    }
    gap(1);
    const ChangeRequest& request = *requests.find(chosen_);
    compute(context.project);
    if (Card card("edits", {.title = context.text("change.edits"_key), .icon = icon::edit}); card) draw_edits(context, request);
    gap(1);
    if (Card card("impact", {.title = context.text("change.impact"_key), .icon = icon()}); card) draw_impact(context, request);
  }

 private:
  // The engine runs twice: only after a commit.
  void compute(const Project& project) {
    if (computed_for_ == chosen_ && revision_ == project.revision() && project_ == &project) return;
    project_ = &project;
    computed_for_ = chosen_;
    revision_ = project.revision();
    impact_ = impact_of(project, *project.all<ChangeRequest>().find(chosen_));
  }

  void draw_edits(Context& context, const ChangeRequest& request) {
    const CellTexts texts(context.project, context.language, context.today);
    const auto shown = [&](const FieldInfo& field, const std::string& text) {
      const auto value = read_value_text(field, text);
      const std::string said = value ? texts.shown(field, *value) : text;
      return said.empty() ? std::string("–") : said;
    };
    bool any = false;
    for (const ProposedEdit& edit : context.project.all<ProposedEdit>()) {
      if (edit.change_request.id != request.id) continue;
      any = true;
      const auto [info, record] = context.project.find_any(edit.target.id);
      const FieldInfo* field = info ? info->find(edit.field_name) : nullptr;
      const std::string what = field ? std::string(context.text(field->label_key())) + ": " + shown(*field, edit.old_value) + " → " + shown(*field, edit.new_value)
                                     : edit.field_name;
      ImGui::PushID(edit.id.text().c_str());
      if (icon_button("###remove", icon::x, context.text("change.remove_edit"_key), {.emphasis = Emphasis::quiet, .small = true}))
        context.change("transaction.remove_edit"_key, {edit.title}, [&](Transaction& change) { change.erase(edit); });
      ImGui::PopID();
      ImGui::SameLine(0, 8);
      ImGui::BeginGroup();
      text(Type::strong, edit.title);
      text(Type::body, what, context.theme.ink_soft);
      if (edit.applied) text(Type::caption, context.text(field_of<ProposedEdit>(&ProposedEdit::applied).label_key()), context.theme.tone(Tone::good).ink);
      else if (field && !check_edit(context.project, edit)) draw_stale(context, request, edit, *info, *record, *field, shown(*field, value_text(field->get(*record))));
      ImGui::EndGroup();
    }
    if (!any) paragraph(Type::body, context.text("change.no_edits"_key), context.theme.ink_soft, 720);
    gap(0.5f);
    draw_new_edit(context, request);
  }

  // The field holds something else than when the edit was proposed: the proposal is confirmed against that, or removed.
  static void draw_stale(Context& context, const ChangeRequest& request, const ProposedEdit& edit, const RegisterInfo& info, const Record& record, const FieldInfo& field,
                         const std::string& now) {
    text(Type::body, context.text("change.stale"_key, {now}), context.theme.tone(Tone::caution).ink);
    const auto value = read_value_text(field, edit.new_value);
    ImGui::SameLine(0, 8);
    if (value && button(labelled(context.text("change.confirm_edit"_key), "confirm." + edit.id.text()), {.icon = icon::check, .small = true}))
      context.change("transaction.propose_edit"_key, {edit.title}, [&](Transaction& change) { return propose_edit(change, request, info, record, field, *value); });
  }

  // Task, field, new value.
  void draw_new_edit(Context& context, const ChangeRequest& request) {
    const Task* task = context.project.all<Task>().find(task_);
    if (button(labelled(task ? task->name : std::string(context.text("change.choose_task"_key)), "edit.task"), {.icon = icon::task, .opens_menu = true})) ImGui::OpenPopup("edit.task.choose");
    const FieldInfo& reference = field_of<ProcurementItem>(&ProcurementItem::task);
    if (const auto chosen = tasks_.draw(context, "edit.task.choose", reference, task ? Value{task->id} : Value{})) {
      const auto* id = std::get_if<Id>(&*chosen);
      task_ = id ? *id : Id{};
    }
    if (!task) return;
    constexpr std::string_view offered[] = {"duration", "constraint", "constraint_date", "deadline", "fixed_cost", "work", "priority", "active", "name"};
    ImGui::SameLine(0, 8);
    const FieldInfo* field = register_of<Task>().find(field_);
    if (button(labelled(context.text(field->label_key()), "edit.field"), {.opens_menu = true})) open_menu("edit.field.choose");
    if (begin_menu("edit.field.choose")) {
      for (const auto name : offered)
        if (menu_item(labelled(context.text(register_of<Task>().find(name)->label_key()), name), {.checked = field_ == name})) field_ = name;
      end_menu();
    }
    const auto value = editor_.draw(context, *field, field->get(*task), task->id, 320);
    if (!value) return;
    context.change("transaction.propose_edit"_key, {task->name}, [&](Transaction& change) { return propose_edit(change, request, register_of<Task>(), *task, *field, *value); });
  }

  static constexpr std::size_t most = 8;  // lines of a list of differences

  // The decision stands below the figures, so that nobody has to scroll past the details for it.
  void draw_impact(Context& context, const ChangeRequest& request) {
    for (const Error& fault : impact_.faults) paragraph(Type::body, phrase(fault.message, fault.arguments, context.language), context.theme.tone(Tone::bad).ink);
    draw_impact_figures(context, "impact.matrix", impact_.before, impact_.after);
    gap(0.75f);
    draw_decision(context, request);
    draw_moves(context, "change.milestones"_key, impact_.milestones);
    draw_moves(context, "change.tasks"_key, impact_.tasks);
    draw_cash(context, impact_.cash);
    draw_records<Document>(context, "change.documents"_key, impact_.documents);
    draw_records<Contract>(context, "change.contracts"_key, impact_.contracts);
  }

  static void draw_moves(Context& context, Key name, const std::vector<TaskMove>& moves) {
    if (moves.empty()) return;
    gap(0.75f);
    text(Type::strong, context.text(name, {std::to_string(moves.size())}));
    for (std::size_t i = 0; i < std::min(most, moves.size()); ++i) {
      const Task* task = context.project.all<Task>().find(moves[i].task);
      if (!task) continue;
      key_value(task->name, format_day(moves[i].before.day(), context.language) + " → " + format_day(moves[i].after.day(), context.language), 280);
    }
    if (moves.size() > most) text(Type::caption, context.text("change.more"_key, {std::to_string(moves.size() - most)}), context.theme.ink_faint);
  }

  static void draw_cash(Context& context, const std::vector<CashMove>& moves) {
    if (moves.empty()) return;
    gap(0.75f);
    text(Type::strong, context.text("change.cash"_key, {std::to_string(moves.size())}));
    const Scales scales = scales_of(context.project);
    const auto short_text = [&](Money money) { return format_money_short(money, scales, context.language); };
    for (const CashMove& move : moves | std::views::take(most))
      key_value(format_month(move.month, context.language), short_text(move.before) + " → " + short_text(move.after), 280);
    if (moves.size() > most) text(Type::caption, context.text("change.more"_key, {std::to_string(moves.size() - most)}), context.theme.ink_faint);
  }

  template <class R>
  static void draw_records(Context& context, Key name, const std::vector<Id>& ids) {
    if (ids.empty()) return;
    gap(0.75f);
    text(Type::strong, context.text(name, {std::to_string(ids.size())}));
    for (const Id id : ids)
      if (const R* record = context.project.all<R>().find(id); record && text_link(labelled(record->title, "affected." + id.text()), icon::file_text))
        context.navigation.open_record(register_of<R>(), id);
  }

  void draw_decision(Context& context, const ChangeRequest& request) {
    draw_votes(context, request);
    if (button(labelled(context.text("change.keep"_key), "change.keep"), {.icon = icon::save}))
      if (context.change("transaction.keep_impact"_key, {request.title}, [&](Transaction& change) { keep_impact(change, request, impact_, context.today); }))
        context.messages.success(std::string(context.text("change.kept"_key)));
    ImGui::SameLine(0, 8);
    const bool possible = impact_.faults.empty();
    const Key approve = is_approved(request.status) ? "change.make_edits"_key : "change.approve"_key;
    if (button(labelled(context.text(approve), "change.approve"), {.icon = icon::approve, .emphasis = Emphasis::primary, .enabled = possible}))
      if (context.change("transaction.approve_change"_key, {request.title}, [&](Transaction& change) { return approve_change(change, request, context.today); }))
        context.messages.success(context.text("change.approved"_key, {request.title}));
    ImGui::SameLine(0, 8);
    if (button(labelled(context.text("change.open"_key), "change.open"), {.icon = icon::inspector_open, .emphasis = Emphasis::quiet}))
      context.navigation.open_record(register_of<ChangeRequest>(), request.id);
  }

  Id chosen_, computed_for_, task_;
  std::string_view field_ = "duration";
  const Project* project_ = nullptr;
  std::uint64_t revision_ = 0;
  ChangeImpact impact_;
  ReferencePicker tasks_;
  FieldEditor editor_;
};

}  // namespace

std::unique_ptr<Page> make_impact_page() { return std::make_unique<ImpactPage>(); }

}  // namespace pmo::desks
