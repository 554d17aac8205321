// What approved changes have brought so far, against what was approved.
#include "app/engine/change/change_effect.h"

#include "app/desks/desk_charts.h"
#include "app/desks/matrix.h"
#include "app/desks/pages.h"
#include "app/model/describe_record.h"
#include "app/ui/icons.h"
#include "app/ui/plan_analyses.h"
#include "app/ui/table/cell_text.h"
#include "app/ui/widgets/widgets.h"
#include "app/ui/work_list.h"

namespace pmo::desks {
namespace {

using namespace ui;
using namespace engine;

class ChangeEffectsPage final : public Page {
 public:
  std::string_view name() const override { return "change_effects"; }
  Key title() const override { return "page.change_effects"_key; }
  const char* icon() const override { return icon::target; }
  Desk desk() const override { return Desk::change; }
  void forget() override { chart_.forget(); }

  void draw(Context& context) override {
    chart_.draw_card(context);
    std::vector<const ChangeRequest*> decided;
    for (const ChangeRequest& request : context.project.all<ChangeRequest>())
      if (request.status >= ChangeStatus::approved && request.status <= ChangeStatus::verified) decided.push_back(&request);
    if (decided.empty()) {
      empty_state({.icon = icon(), .title = context.text(title()), .about = context.text("change.effect.none"_key)});
      return;
    }
    paragraph(Type::body, context.text("change.effect.about"_key), context.theme.ink_soft, 760);
    gap(1);
    const auto& [plan, schedule] = context.analyses.of<ScheduleOf>();
    const Outline& outline = context.analyses.of<OutlineOf>();
    std::vector<ChangeEffect> effects;
    for (const ChangeRequest* request : decided) effects.push_back(effect_of(context.project, *request, outline, plan, schedule));
    if (Card card("effects", {.title = context.text("change.effect.measured"_key), .icon = icon()}); card) draw_effects(context, decided, effects);
    for (std::size_t i = 0; i < decided.size(); ++i)
      if (!effects[i].tasks.empty()) draw_tasks(context, *decided[i], effects[i]);
  }

 private:
  static std::string title_of(const Context& context, const ChangeRequest& request) {
    return record_number(context.project, register_of<ChangeRequest>(), request) + " " + request.title;
  }

  static MatrixCell days(const Context& context, int late) {
    return {format_lateness(late, context.language), late > 0 ? Tone::bad : Tone::good, {}, late > 0};
  }

  static void draw_effects(Context& context, const std::vector<const ChangeRequest*>& requests, const std::vector<ChangeEffect>& effects) {
    const Scales scales = scales_of(context.project);
    const std::string none(context.text("analysis.no_value"_key));
    Matrix matrix{.corner = std::string(context.text(register_of<ChangeRequest>().one_key())), .title_width = 260, .cell_width = 104};
    for (const Key key : {"change.effect.finish_before"_key, "change.effect.finish_approved"_key, "change.effect.finish_now"_key, "change.effect.days_off"_key,
                          "change.effect.planned_cost"_key, "change.effect.cost_off"_key})
      matrix.columns.emplace_back(context.text(key));
    for (std::size_t i = 0; i < requests.size(); ++i) {
      const ChangeEffect& effect = effects[i];
      MatrixRow row{.title = title_of(context, *requests[i]), .cells = {}, .id = "effect." + requests[i]->id.text()};
      if (effect.missing != NoEffect::none) {
        row.cells.assign(matrix.columns.size(), MatrixCell{none, Tone::neutral, std::string(context.text(no_effect_key(effect.missing)))});
      } else {
        const auto money = [&](Money amount) { return (amount > Money{0} ? "+" : "") + format_money_short(amount, scales, context.language); };
        const Money off = effect.cost_off();
        row.cells = {{effect.finish_before ? format_day(effect.finish_before->day(), context.language) : none},
                     {format_day(effect.finish_approved.day(), context.language)}, {format_day(effect.finish_now.day(), context.language)}, days(context, effect.days_off()),
                     {effect.cost_effect ? money(*effect.cost_effect) : none}, {money(off), off > Money{0} ? Tone::bad : Tone::good, {}, true}};
      }
      matrix.rows.push_back(std::move(row));
    }
    if (const auto pressed = draw_matrix("effects.matrix", matrix)) context.navigation.open_record(register_of<ChangeRequest>(), requests[pressed->row]->id);
  }

  static void draw_tasks(Context& context, const ChangeRequest& request, const ChangeEffect& effect) {
    gap(1);
    const std::string id = "tasks." + request.id.text();
    Card card(id.c_str(), {.title = title_of(context, request), .icon = icon::gantt});
    if (!card) return;
    Matrix matrix{.corner = std::string(context.text(register_of<Task>().one_key())), .title_width = 320};
    for (const Key key : {"change.effect.finish_approved"_key, "change.effect.finish_now"_key, "change.effect.days_off"_key}) matrix.columns.emplace_back(context.text(key));
    for (const EffectOnTask& task : effect.tasks)
      matrix.rows.push_back({context.project.find(Ref<Task>{task.task})->name,
                             {{format_day(task.approved.day(), context.language)}, {format_day(task.now.day(), context.language)}, days(context, task.now.day() - task.approved.day())},
                             "task." + task.task.text()});
    if (const auto pressed = draw_matrix(id.c_str(), matrix)) context.navigation.open_record(register_of<Task>(), effect.tasks[pressed->row].task);
  }

  FullDeskChart chart_{Desk::change};
};

}  // namespace

std::unique_ptr<Page> make_change_effects_page() { return std::make_unique<ChangeEffectsPage>(); }

}  // namespace pmo::desks
