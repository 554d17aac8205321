// The accounts' money by month: what was planned, what was spent, what is expected. Amounts in minor units.
//
//   N1  months: from the first to the last in which anything is planned, spent or expected, with that of the date; at most 120. What
//       lies before or after them counts in the first or the last
//   N2  plan: entries of the approved budget version that name a month, in that month; the rest of the account's budget as
//       the planned value of its tasks grows, of an account without any as the project's does, and without any plan in the
//       month of the date. The months add up to the budget (G1 of budget_of_project.h)
//   N3  actual: what is paid or accrued, up to the date (E5 of earned_value_of_project.h)
//   N4  forecast: what was spent, and from the date on what the account's forecast (F2 of finance_of_project.h) lacks, as N2
//       has the months to come with the plan as it stands in the place of the baseline; the days of the date's month that are left count for their share of it. Where nothing is
//       planned any more, in the month of the date
//   N5  an account above others has what these have, and what it has beside them
// Source: PMBOK, "Determine budget" and "Control costs": the time-phased budget and its forecast.
#pragma once

#include "app/engine/control/finance_of_project.h"

namespace pmo::engine {

struct MonthFigures {
  double plan = 0, actual = 0, forecast = 0;
  MonthFigures& operator+=(const MonthFigures& other);
};

struct AccountMonthsRow {
  Id account;     // empty: what names no account
  int level = 0;  // 0: no account above it
  std::vector<MonthFigures> months;
  MonthFigures sum;
};

struct AccountMonths {
  std::vector<Day> months;     // their first days
  std::size_t current = 0;     // place of the month of the date
  std::vector<AccountMonthsRow> rows;  // an account before those below it
  AccountMonthsRow total;
};

// value: at the date; finances: account_finances of it.
AccountMonths account_months(const Project& project, const Outline& outline, const Plan& plan, const Schedule& schedule, const ProjectEarnedValue& value,
                             const std::vector<AccountFinance>& finances);

// What of a row lies before a stretch of months, in each of them, and after it.
std::vector<MonthFigures> stretch_of(const AccountMonthsRow& row, std::size_t first, std::size_t count);

}  // namespace pmo::engine
