// The money of a project: forecast by account, reserves, cash by month, key ratios. Amounts in minor units.
//
//   F1  actual: what is paid or accrued, up to the date; budget and committed: budget_of_project.h
//   F2  forecast of an account: the newest review's, but never less than actual + committed; without a review what is spent
//       and what new estimates say is left (estimate_to_complete.h), where there are any on it or its tasks; else budget / CPI
//       once it has earned and spent something; otherwise the budget, or actual + committed where that is more. An account
//       with others below it, and no estimate of its own: what they are forecast to cost, and what it has beside them. Of a
//       project without accounts the cost of the plan as it stands is taken for the budget where it is more
//   F3  risk of overrun: forecast over budget by nothing: none; up to 5 %: low; up to 10 %: medium; more: high
//   F4  reserve: the contingency of the approved budget version; rejected draws draw nothing. Burn index: share of the
//       reserve drawn / share of the work earned; above 1 it goes faster than the work
//   F5  cash: in from the day on which a source is available; out what was paid, unpaid invoices, accruals and payments
//       not yet invoiced by due date, and what the forecast still lacks, spread as the plan spends it in the months to
//       come (P6 of planned_value.h). What names an invoice is paid once, with the invoice. Sums in other currencies at the rate of their day
//       (exchange.h); without one they are left out, and named
// Sources: PMBOK, "Control costs"; PMI, "The Standard for Earned Value Management" (2019).
#pragma once

#include <cmath>

#include "app/engine/control/earned_value_of_project.h"
#include "app/model/records/budget.h"

namespace pmo::engine {

enum class ForecastBasis : unsigned char { review, performance, budget, parts, estimate };
Key forecast_basis_key(ForecastBasis basis);  // "budget.basis.<name>"

struct AccountFinance {
  Id account;       // empty: no account
  bool top = true;  // no account above it
  double budget = 0, actual = 0, committed = 0, forecast = 0;
  ForecastBasis basis = ForecastBasis::budget;
  OverrunRisk overrun = OverrunRisk::none;
  Id review;  // the newest; empty: none
  double variance() const { return budget - forecast; }
  bool over_budget() const { return std::llround(forecast) > std::llround(budget); }  // by what could be paid
  std::optional<double> used() const { return budget > 0 ? std::optional((actual + committed) / budget) : std::nullopt; }
};
// In the order of value.accounts, each with those below it.
std::vector<AccountFinance> account_finances(const Project& project, const ProjectEarnedValue& value);
// Of those that have none above them.
AccountFinance sum_of(const std::vector<AccountFinance>& accounts);

struct ReserveFigures {
  double reserve = 0, drawn = 0;
  std::optional<double> burn_index;                 // none without reserve or before anything is earned
  std::vector<std::pair<Day, double>> remaining;    // after each draw
};
ReserveFigures reserve_of(const Project& project, ReserveKind kind, const ProjectEarnedValue& value);

struct CashMonth {
  Day month;  // its first day
  double inflow = 0, paid = 0, due = 0, to_go = 0;
  double balance = 0;  // at its end, since the beginning
};
// What the project will have cost in the end (F2).
double forecast_at_completion(const Project& project, const ProjectEarnedValue& value);
// As of a date, of a project that is forecast to cost so much.
std::vector<CashMonth> cash_flow(const Project& project, const Outline& outline, const Plan& plan, const Schedule& schedule, Day date, double forecast);
// The month that ends with the least balance: below zero somebody has to fund it. Null: no months.
const CashMonth* lowest_balance(const std::vector<CashMonth>& cash);

struct Ratio {
  Key name, note;  // what it is, and what a good value is
  std::optional<double> value;
  Health health = Health::unknown;
};
std::vector<Ratio> key_ratios(const Project& project, const ProjectEarnedValue& value);

}  // namespace pmo::engine
