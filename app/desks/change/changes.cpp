// The impact of a change request, computed: the plan as it is beside the plan with the proposed edits.
#include <algorithm>
#include <ranges>

#include "app/desks/change/board_votes.h"
#include "app/desks/change/impact_figures.h"
#include "app/desks/change/proposed_edits.h"
#include "app/desks/matrix.h"
#include "app/desks/pages.h"
#include "app/desks/slice.h"
#include "app/engine/change/change_approval.h"
#include "app/engine/change/change_impact.h"
#include "app/model/describe_record.h"
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
  void forget() override {
    drop();
    edits_ = {};
  }

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
    if (of_ != chosen_ || revision_ != context.project.revision()) start(context, request);
    advance(context);
    if (Card card("edits", {.title = context.text("change.edits"_key), .icon = icon::edit}); card) edits_.draw(context, request);
    gap(1);
    if (Card card("impact", {.title = context.text("change.impact"_key), .icon = icon()}); card) draw_impact(context, request);
  }

 private:
  void drop() {
    run_.reset();
    impact_.reset();
    of_ = {};
  }

  void start(Context& context, const ChangeRequest& request) {
    drop();
    of_ = request.id;
    revision_ = context.project.revision();
    run_ = std::make_unique<Run>(context.project, request, context.today);
  }

  void advance(Context& context) {
    if (!run_) return;
    work_for_a_slice(context, run_->steps);
    if (!run_->steps.finished()) return;
    impact_ = std::move(run_->impact);
    run_.reset();
  }

  // The decision stands below the figures, so that nobody has to scroll past the details for it.
  void draw_impact(Context& context, const ChangeRequest& request) {
    if (run_) {
      if (draw_running(context, "change.progress"_key, run_->steps.share())) run_.reset();
      return;
    }
    if (!impact_) {
      if (button(labelled(context.text("change.compute"_key), "change.compute"), {.icon = icon::play, .emphasis = Emphasis::primary})) start(context, request);
      return;
    }
    for (const Error& fault : impact_->faults) paragraph(Type::body, phrase(fault.message, fault.arguments, context.language), context.theme.tone(Tone::bad).ink);
    draw_impact_figures(context, "impact.matrix", impact_->before, impact_->after);
    gap(0.75f);
    draw_decision(context, request);
    const auto moved = [&](const TaskMove& move) {
      if (const Task* task = context.project.find(Ref<Task>{move.task}))
        key_value(task->name, format_day(move.before.day(), context.language) + " → " + format_day(move.after.day(), context.language), 280);
    };
    draw_list(context, "change.milestones"_key, impact_->milestones, moved);
    draw_list(context, "change.tasks"_key, impact_->tasks, moved);
    draw_list(context, "change.added"_key, impact_->added, [&](const AddedTask& task) {
      key_value(task.name, format_day(task.start.day(), context.language) + " – " + format_day(task.finish.day(), context.language), 280);
    });
    draw_list(context, "change.removed"_key, impact_->removed, [](const std::string& name) { text(Type::body, name); });
    const Scales scales = scales_of(context.project);
    const auto short_text = [&](Money money) { return format_money_short(money, scales, context.language); };
    draw_list(context, "change.cash"_key, impact_->cash, [&](const CashMove& move) {
      key_value(format_month(move.month, context.language), short_text(move.before) + " → " + short_text(move.after), 280);
    });
    const auto link = [&](Id id) {
      const auto [info, record] = context.project.find_any(id);
      if (record && text_link(labelled(record_title(context.project, *info, *record), "affected." + id.text()), icon::file_text)) context.navigation.open_record(*info, id);
    };
    draw_list(context, "change.documents"_key, impact_->documents, link, impact_->documents.size());
    draw_list(context, "change.contracts"_key, impact_->contracts, link, impact_->contracts.size());
  }

  // What the impact is about: how many there are, the first of them, and how many more.
  template <class Item, class Draw>
  static void draw_list(Context& context, Key name, const std::vector<Item>& items, const Draw& draw_one, std::size_t most = 8) {
    if (items.empty()) return;
    gap(0.75f);
    text(Type::strong, context.text(name, {std::to_string(items.size())}));
    for (const Item& item : items | std::views::take(most)) draw_one(item);
    if (items.size() > most) text(Type::caption, context.text("change.more"_key, {std::to_string(items.size() - most)}), context.theme.ink_faint);
  }

  void draw_decision(Context& context, const ChangeRequest& request) {
    draw_votes(context, request);
    if (impact_->edits == 0) paragraph(Type::body, context.text("change.nothing_proposed"_key), context.theme.tone(Tone::caution).ink);
    if (button(labelled(context.text("change.keep"_key), "change.keep"), {.icon = icon::save}))
      if (context.change("transaction.keep_impact"_key, {request.title}, [&](Transaction& change) { keep_impact(change, request, *impact_, context.today); }))
        context.messages.success(std::string(context.text("change.kept"_key)));
    ImGui::SameLine(0, 8);
    // What is decided is offered first; before that a decision can be made all the same, by whoever may.
    const VoteTally votes = votes_of(context.project, request);
    const bool possible = impact_->faults.empty(), decided = is_approved(request.status) || (votes.pending == 0 && (votes.asked() == 0 || votes.approve > votes.reject));
    const bool ready = impact_->edits > 0 && decided;
    const Key approve = is_approved(request.status) ? "change.make_edits"_key : "change.approve"_key;
    if (button(labelled(context.text(approve), "change.approve"), {.icon = icon::approve, .emphasis = ready ? Emphasis::primary : Emphasis::standard, .enabled = possible}))
      if (context.change("transaction.approve_change"_key, {request.title}, [&](Transaction& change) { return approve_change(change, request, context.today); }))
        context.messages.success(context.text("change.approved"_key, {request.title}));
    ImGui::SameLine(0, 8);
    if (button(labelled(context.text("change.open"_key), "change.open"), {.icon = icon::inspector_open, .emphasis = Emphasis::quiet}))
      context.navigation.open_record(register_of<ChangeRequest>(), request.id);
  }

  // A computation under way.
  struct Run {
    Run(const Project& project, const ChangeRequest& request, Day today) : steps(find_impact(project, request, today, impact)) {}
    ChangeImpact impact;
    Steps steps;
  };

  Id chosen_, of_;
  std::uint64_t revision_ = 0;
  std::unique_ptr<Run> run_;
  std::optional<ChangeImpact> impact_;
  ProposedEditsCard edits_;
};

}  // namespace

std::unique_ptr<Page> make_impact_page() { return std::make_unique<ImpactPage>(); }

}  // namespace pmo::desks
