#include "app/desks/pages.h"

#include <algorithm>

#include "app/desks/documents/document_versions.h"
#include "app/desks/plain_registers.h"
#include "app/desks/record_actions.h"
#include "app/ui/form/record_form.h"
#include "app/ui/icons.h"
#include "app/ui/register_page.h"
#include "app/ui/tasks/date_reasons.h"

namespace pmo::desks {
namespace {

// Registers without a page of their own still need a face.
const char* icon_of(const RegisterInfo& info) {
  struct Face { std::string_view name; const char* icon; };
  constexpr Face faces[] = {{"resource", ui::icon::users},  {"decision", ui::icon::stamp},
                            {"baseline", ui::icon::baseline}, {"cost_account", ui::icon::list_tree}};
  const auto found = std::ranges::find(faces, std::string_view(info.name), &Face::name);
  return found == std::end(faces) ? ui::icon::table : found->icon;
}

}  // namespace

ui::Pages make_pages(const Schema& schema) {
  ui::Pages pages;
  pages.push_back(make_inbox_page());
  pages.push_back(make_recent_changes_page());
  pages.push_back(make_reports_page());
  pages.push_back(make_tasks_page());
  pages.push_back(make_issue_page());
  pages.push_back(make_meeting_page());
  pages.push_back(make_action_page());
  pages.push_back(make_risk_page());
  pages.push_back(make_simulation_page());
  pages.push_back(make_earned_value_page());
  pages.push_back(make_baselines_page());
  pages.push_back(make_schedule_quality_page());
  pages.push_back(make_resource_load_page());
  pages.push_back(make_levelling_page());
  pages.push_back(make_what_if_page());
  pages.push_back(make_cost_page());
  pages.push_back(make_document_page());
  pages.push_back(make_people_page());
  pages.push_back(make_calendar_page());
  pages.push_back(make_history_page());
  pages.push_back(make_conflicts_page());
  add_plain_registers(pages, schema);
  for (const RegisterInfo* info : schema.registers()) {
    if (info->prefix.empty()) continue;
    if (std::ranges::any_of(pages, [&](const auto& page) { return page->shows() == info; })) continue;
    pages.push_back(std::make_unique<ui::RegisterPage>(info->name, *info, icon_of(*info)));
  }
  // Analyses and what is kept in a form of its own, behind the registers of their desks.
  for (const auto make : {make_quality_analysis_page, make_impact_page, make_offer_comparison_page, make_supply_page, make_stakeholder_map_page,
                          make_gap_page, make_budget_page, make_raci_page, make_lists_page, make_numbering_page,
                          make_risk_responses_page, make_chasing_page, make_change_effects_page, make_resource_use_page})
    pages.push_back(make());
  for (int i = 0; i < enum_size<Desk>; ++i) pages.push_back(make_reports_page(static_cast<Desk>(i)));
  return pages;
}

std::function<void(ui::Context&, const RegisterInfo&, Id)> make_record_form() {
  return [form = std::make_shared<ui::RecordForm>(), versions = std::make_shared<VersionPanel>()](ui::Context& context, const RegisterInfo& info, Id record) {
    if (&info == &register_of<Document>()) versions->draw(context, record);
    if (&info == &register_of<Task>()) ui::draw_date_reasons(context, record);
    draw_record_actions(context, info, record);
    form->draw(context, info, record);
  };
}

}  // namespace pmo::desks
