#include "app/desks/controller/index_alerts.h"

#include <algorithm>
#include <cmath>
#include <format>

#include "app/engine/control/index_alerts.h"
#include "app/model/open_work.h"
#include "app/model/records/cost.h"
#include "app/model/records/project_settings.h"
#include "app/ui/control_analyses.h"
#include "app/ui/icons.h"
#include "app/ui/table/cell_text.h"
#include "app/ui/widgets/widgets.h"

namespace pmo::desks {
namespace {

using namespace ui;
using engine::IndexAlert;

constexpr std::size_t most_alerts = 3;
constexpr int days_to_act = 14;

std::string index_text(double value) { return std::format("{:.2f}", value); }

std::string part_of_alert(const Context& context, const IndexAlert& alert) {
  if (const Task* task = context.project.find(alert.task)) return task->name;
  if (const CostAccount* account = context.project.find(alert.account)) return account->name;
  return std::string(context.text("alert.whole"_key));
}

std::string name_of_indicator(const Context& context, const IndexAlert& alert) {
  return std::string(context.text(field_of<CorrectiveAction>(&CorrectiveAction::indicator).choice_key(enum_name(alert.indicator))));
}

// Who answers for the part, or else for the project.
Ref<Person> owner_of_alert(const Project& project, const IndexAlert& alert) {
  if (const Task* task = project.find(alert.task); task && task->responsible) return task->responsible;
  if (const CostAccount* account = project.find(alert.account); account && account->owner) return account->owner;
  const auto& settings = project.all<ProjectSettings>();
  return !settings.empty() && settings.at(0).manager ? settings.at(0).manager : own_person(project);
}

// What is known stands in it; cause and action are for who answers for the part.
void raise_action(Context& context, const IndexAlert& alert) {
  const Scales scales = scales_of(context.project);
  const auto money = [&](double amount) { return format_money_short({std::llround(amount)}, scales, context.language); };
  const std::string name = name_of_indicator(context, alert), part = part_of_alert(context, alert);
  const auto& [planned, earned, actual, budget] = alert.amounts;
  const Day date = context.analyses.of<EarnedValueOf>().date;
  const auto needed = engine::earned_value(alert.amounts).to_complete_budget;
  Id made;
  const bool done = context.change("alert.raise"_key, {}, [&](Transaction& change) {
    made = change.create<CorrectiveAction>([&](CorrectiveAction& action) {
      action.title = format_pair(name + " " + index_text(alert.value), part, context.language);
      action.indicator = alert.indicator;
      action.task = alert.task;
      action.account = alert.account;
      action.owner = owner_of_alert(context.project, alert);
      action.raised_on = context.today;
      action.due = context.today + days_to_act;
      action.deviation = context.text("alert.deviation"_key, {name, index_text(alert.value), index_text(alert.limit), money(planned), money(earned), money(actual), money(budget),
                                                              format_day(date, context.language)});
      if (needed && *needed > 0) action.expected_effect = context.text("alert.expected"_key, {name, index_text(alert.limit), index_text(*needed)});
    }).id;
  });
  if (!done) return;
  context.messages.success(context.text("alert.raised"_key, {part}));
  context.navigation.open_record(register_of<CorrectiveAction>(), made);
}

void draw_alert(Context& context, const IndexAlert& alert, std::size_t place) {
  const bool red = alert.health == engine::Health::bad;
  const std::string part = part_of_alert(context, alert);
  // Chip, sentence and button of different heights on one line.
  const float top = ImGui::GetCursorPosY();
  ImGui::SetCursorPosY(top + 3);
  chip(name_of_indicator(context, alert) + " " + index_text(alert.value), red ? Tone::bad : Tone::caution, red ? icon::octagon_alert : icon::warning);
  ImGui::SameLine(0, 10);
  ImGui::SetCursorPosY(top + 5);
  const CorrectiveAction* action = engine::action_for(context.project, alert);
  const std::string said = part + " · " + context.text("alert.below"_key, {index_text(alert.limit)}), way(action ? std::string_view(action->title) : context.text("alert.raise"_key));
  constexpr float around_way = 60, least = 120;  // its icon and margins; of the sentence
  const float room = std::max(least, ImGui::GetContentRegionAvail().x - measure(Type::body, way).x - around_way);
  text_cut(Type::body, said, std::min(room, measure(Type::body, said).x + 1));
  ImGui::SameLine(0, 12);
  ImGui::SetCursorPosY(top);
  const std::string id = "alert." + std::to_string(place);
  if (action) {
    if (text_link(labelled(way, id + ".open"), icon::wrench)) context.navigation.open_record(register_of<CorrectiveAction>(), action->id);
  } else if (button(labelled(way, id + ".raise"), {.icon = icon::wrench, .small = true})) {
    raise_action(context, alert);
  }
}

}  // namespace

void draw_index_alerts(Context& context, bool& all) {
  const auto alerts = engine::index_alerts(context.project, context.analyses.of<OutlineOf>(), context.analyses.of<EarnedValueOf>());
  if (alerts.empty()) return;
  gap(1);
  if (Card card("alerts", {.title = context.text("alert.title"_key, {std::to_string(alerts.size())}), .icon = icon::alarm}); card) {
    for (std::size_t i = 0; i < alerts.size() && (all || i < most_alerts); ++i) draw_alert(context, alerts[i], i);
    const std::string rest = all ? std::string(context.text("alert.fewer"_key)) : context.text("change.more"_key, {std::to_string(alerts.size() - std::min(most_alerts, alerts.size()))});
    if (alerts.size() > most_alerts && text_link(labelled(rest, "alert.all"), all ? icon::chevron_up : icon::chevron_down)) all = !all;
  }
}

}  // namespace pmo::desks
