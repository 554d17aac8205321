// The pages of the desks: one for every register that people keep, some with a view of their own.
#pragma once

#include "app/ui/page.h"
#include "app/ui/workspace_port.h"

namespace pmo::desks {

// Every page of this folder, and a plain one for each register with numbers that has none.
ui::Pages make_pages(const Schema& schema);

std::unique_ptr<ui::Page> make_inbox_page();
std::unique_ptr<ui::Page> make_recent_changes_page();
std::unique_ptr<ui::Page> make_reports_page(std::optional<Desk> desk = {});  // none: of all desks
std::unique_ptr<ui::Page> make_tasks_page();
std::unique_ptr<ui::Page> make_risk_page();
std::unique_ptr<ui::Page> make_issue_page();
std::unique_ptr<ui::Page> make_meeting_page();
std::unique_ptr<ui::Page> make_action_page();
std::unique_ptr<ui::Page> make_document_page();
std::unique_ptr<ui::Page> make_people_page();
std::unique_ptr<ui::Page> make_calendar_page();
std::unique_ptr<ui::Page> make_cost_page();
std::unique_ptr<ui::Page> make_history_page();
std::unique_ptr<ui::Page> make_conflicts_page();
std::unique_ptr<ui::Page> make_quality_analysis_page();
std::unique_ptr<ui::Page> make_impact_page();
std::unique_ptr<ui::Page> make_offer_comparison_page();
std::unique_ptr<ui::Page> make_supply_page();
std::unique_ptr<ui::Page> make_stakeholder_map_page();
std::unique_ptr<ui::Page> make_gap_page();
std::unique_ptr<ui::Page> make_budget_page();
std::unique_ptr<ui::Page> make_raci_page();
std::unique_ptr<ui::Page> make_lists_page();
std::unique_ptr<ui::Page> make_numbering_page();
std::unique_ptr<ui::Page> make_risk_responses_page();
std::unique_ptr<ui::Page> make_chasing_page();
std::unique_ptr<ui::Page> make_change_effects_page();
std::unique_ptr<ui::Page> make_resource_use_page();

// What the engines compute from the plan.
std::unique_ptr<ui::Page> make_simulation_page();
std::unique_ptr<ui::Page> make_earned_value_page();
std::unique_ptr<ui::Page> make_baselines_page();
std::unique_ptr<ui::Page> make_schedule_quality_page();
std::unique_ptr<ui::Page> make_resource_load_page();
std::unique_ptr<ui::Page> make_levelling_page();
std::unique_ptr<ui::Page> make_what_if_page();

// All projects of the workspace side by side; those that are not open are looked into one after the other.
std::unique_ptr<ui::Page> make_portfolio_page(ui::WorkspacePort& workspace);

// What other projects know: their lessons while risks are identified, how vendors did for them.
std::unique_ptr<ui::Page> make_risk_identification_page(ui::WorkspacePort& workspace);
std::unique_ptr<ui::Page> make_vendor_history_page(ui::WorkspacePort& workspace);

// The form of one record, for the shell's inspector.
std::function<void(ui::Context&, const RegisterInfo&, Id)> make_record_form();

}  // namespace pmo::desks
