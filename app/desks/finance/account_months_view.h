// The accounts' money by month: on the screen with its file and its paper, and as tables of reports.
#pragma once

#include "app/engine/control/account_months.h"
#include "app/model/text_grid.h"
#include "app/ui/context.h"

namespace pmo::desks {

// Half a year of it, with what lies before and after; the buttons turn the pages. first: the first month shown, by place.
void draw_account_months(ui::Context& context, std::optional<std::size_t>& first);

// Every account and month as a spreadsheet takes it: three lines an account, exact amounts.
TextGrid account_months_grid(const Project& project, const engine::AccountMonths& table, Language language);

}  // namespace pmo::desks
