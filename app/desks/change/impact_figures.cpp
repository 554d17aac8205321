#include "app/desks/change/impact_figures.h"

#include <cmath>
#include <cstdlib>

#include "app/desks/matrix.h"
#include "app/ui/table/cell_text.h"

namespace pmo::desks {

using namespace ui;

namespace {

// Minutes say nothing where weeks of work are compared.
WorkMinutes in_hours(WorkMinutes work) {
  constexpr std::int64_t hour = 60, from = 8 * hour;
  return std::abs(work.value) < from ? work : WorkMinutes{std::llround(static_cast<double>(work.value) / hour) * hour};
}

}  // namespace

// Also fits into half a page: the difference is what it is looked at for.
void draw_impact_figures(Context& context, const char* id, const engine::ProjectFigures& a, const engine::ProjectFigures& b) {
  const Scales scales = scales_of(context.project);
  Matrix matrix{.corner = std::string(context.text("change.figure"_key)), .title_width = 172, .cell_width = 96};
  matrix.columns = {std::string(context.text("change.before"_key)), std::string(context.text("change.after"_key)), std::string(context.text("change.difference"_key))};
  const auto row = [&](Key name, std::string before, std::string after, std::int64_t difference, std::string said) {
    const Tone tone = difference == 0 ? Tone::neutral : difference > 0 ? Tone::bad : Tone::good;
    matrix.rows.push_back({std::string(context.text(name)), {{std::move(before)}, {std::move(after)}, {difference == 0 ? std::string(context.text("change.none"_key)) : std::move(said), tone, {}, difference != 0}}, std::string(name.name)});
  };
  const auto sign = [](std::int64_t value) { return value > 0 ? "+" : ""; };
  const auto days = b.finish.day() - a.finish.day();
  row("change.finish"_key, format_day(a.finish.day(), context.language), format_day(b.finish.day(), context.language), b.finish - a.finish, context.text("change.days"_key, {sign(days) + std::to_string(days)}));
  const Money cost = b.cost - a.cost;
  row("change.cost"_key, format_money_short(a.cost, scales, context.language), format_money_short(b.cost, scales, context.language), cost.value, sign(cost.value) + format_money_short(cost, scales, context.language));
  const WorkMinutes overload = b.overload - a.overload;
  row("change.overload"_key, format_duration(in_hours(a.overload), scales, context.language), format_duration(in_hours(b.overload), scales, context.language), overload.value, sign(overload.value) + format_duration(in_hours(overload), scales, context.language));
  row("change.critical"_key, format_integer(a.critical_tasks), format_integer(b.critical_tasks), b.critical_tasks - a.critical_tasks, sign(b.critical_tasks - a.critical_tasks) + std::to_string(b.critical_tasks - a.critical_tasks));
  const auto float_difference = b.least_float - a.least_float;
  row("change.float"_key, format_duration({a.least_float}, scales, context.language), format_duration({b.least_float}, scales, context.language), -float_difference, sign(float_difference) + format_duration({float_difference}, scales, context.language));
  const Money risk = b.risk_exposure - a.risk_exposure;
  row("change.exposure"_key, format_money_short(a.risk_exposure, scales, context.language), format_money_short(b.risk_exposure, scales, context.language), risk.value, sign(risk.value) + format_money_short(risk, scales, context.language));
  const Money cash = b.lowest_cash - a.lowest_cash;
  row("change.lowest_cash"_key, format_money_short(a.lowest_cash, scales, context.language), format_money_short(b.lowest_cash, scales, context.language), -cash.value, sign(cash.value) + format_money_short(cash, scales, context.language));
  draw_matrix(id, matrix);
}

}  // namespace pmo::desks
