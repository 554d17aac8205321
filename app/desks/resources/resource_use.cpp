// Resources in use: hours of people and machines against what was planned for the work done, material against its stock.
#include "app/engine/resources/resource_use.h"

#include <format>

#include "app/desks/matrix.h"
#include "app/desks/pages.h"
#include "app/desks/resources/use_tone.h"
#include "app/ui/icons.h"
#include "app/ui/nothing_of.h"
#include "app/ui/plan_analyses.h"
#include "app/ui/table/cell_text.h"
#include "app/ui/widgets/widgets.h"

namespace pmo::desks {
namespace {

using namespace ui;
using namespace engine;

class ResourceUsePage final : public Page {
 public:
  std::string_view name() const override { return "resource_use"; }
  Key title() const override { return "page.resource_use"_key; }
  const char* icon() const override { return icon::clock; }
  Desk desk() const override { return Desk::resources; }

  void draw(Context& context) override {
    const auto work = work_use(context.project, context.analyses.of<ScheduleOf>().plan);
    const auto material = material_use(context.project);
    if (work.empty() && material.empty()) {
      const auto answer = empty_state({.icon = icon(), .title = context.text(title()), .about = context.text("resource_use.nothing"_key),
                                       .action = labelled(context.text("resource_use.to_timesheets"_key), "to_timesheets"), .action_icon = icon::clock});
      if (answer == EmptyAnswer::action) context.navigation.open_page("timesheet_entry");
      return;
    }
    paragraph(Type::body, context.text("resource_use.about"_key), context.theme.ink_soft, 760);
    gap(1);
    if (Card card("work", {.title = context.text("resource_use.work"_key), .icon = icon::users}); card) draw_work_use(context, work);
    gap(1);
    if (Card card("material", {.title = context.text("resource_use.material"_key), .icon = icon::boxes}); card) draw_material(context, material);
  }

 private:
  static void draw_work_use(Context& context, const std::vector<WorkUse>& uses) {
    Matrix matrix{.corner = std::string(context.text(register_of<Resource>().one_key())), .title_width = 240, .cell_width = 104};
    for (const Key key : {"resource_use.planned"_key, "resource_use.planned_then"_key, "resource_use.actual"_key, "resource_use.overtime"_key,
                          "resource_use.unapproved"_key, "resource_use.ratio"_key})
      matrix.columns.emplace_back(context.text(key));
    const auto hours = [&](WorkMinutes work) { return context.text("format.duration.hours"_key, {std::format("{:.0f}", static_cast<double>(work.value) / 60)}); };
    const std::string none(context.text("analysis.no_value"_key));
    for (const WorkUse& use : uses) {
      const auto ratio = use.ratio();
      const bool booked = (use.actual + use.overtime).value > 0;
      MatrixCell cell{none, Tone::neutral, std::string(context.text(booked ? "resource_use.nothing_done"_key : "resource_use.no_timesheets"_key))};
      if (ratio && booked) cell = {format_share(*ratio), use_tone(*ratio), context.text("resource_use.ratio.of"_key, {hours(use.planned_then), format_day(*use.first, context.language), format_day(*use.last, context.language)}), true};
      matrix.rows.push_back({context.project.find(Ref<Resource>{use.resource})->name,
                             {{hours(use.planned)}, {hours(use.planned_then)}, {hours(use.actual)}, {hours(use.overtime), use.overtime.value > 0 ? Tone::caution : Tone::neutral},
                              {hours(use.unapproved), use.unapproved.value > 0 ? Tone::info : Tone::neutral}, std::move(cell)},
                             "use." + use.resource.text()});
    }
    if (uses.empty()) return text(Type::body, context.text("resource_use.no_timesheets"_key), context.theme.ink_soft);
    if (const auto pressed = draw_matrix("work.matrix", matrix)) context.navigation.open_record(register_of<Resource>(), uses[pressed->row].resource);
  }

  static void draw_material(Context& context, const std::vector<MaterialUse>& uses) {
    if (uses.empty()) return nothing_of(context, register_of<MaterialMovement>());
    Matrix matrix{.corner = std::string(context.text(register_of<Resource>().one_key())), .title_width = 240, .cell_width = 104};
    for (const Key key : {"resource_use.planned"_key, "resource_use.received"_key, "resource_use.issued"_key, "resource_use.stock"_key, "resource_use.reorder"_key})
      matrix.columns.emplace_back(context.text(key));
    for (const MaterialUse& use : uses) {
      const Resource& resource = *context.project.find(Ref<Resource>{use.resource});
      const auto quantity = [&](double value) { return std::format("{:.4g} {}", value, resource.unit); };
      MatrixCell order{std::string(context.text("resource_use.enough"_key)), Tone::good};
      if (!use.reorder_point) order = {std::string(context.text("analysis.no_value"_key)), Tone::neutral, std::string(context.text("resource_use.no_rule"_key))};
      else if (use.to_order()) order = {context.text("resource_use.order"_key, {quantity(use.reorder_quantity.value_or(0))}), Tone::bad, {}, true};
      matrix.rows.push_back({resource.name,
                             {{quantity(use.planned)}, {quantity(use.received)}, {quantity(use.issued), use.issued > use.planned && use.planned > 0 ? Tone::bad : Tone::neutral},
                              {quantity(use.stock), use.stock < 0 ? Tone::bad : Tone::neutral}, std::move(order)},
                             "material." + use.resource.text()});
    }
    if (const auto pressed = draw_matrix("material.matrix", matrix)) context.navigation.open_record(register_of<Resource>(), uses[pressed->row].resource);
  }
};

}  // namespace

std::unique_ptr<Page> make_resource_use_page() { return std::make_unique<ResourceUsePage>(); }

}  // namespace pmo::desks
