// What controlling computes from the plan, kept until the plan changes: costs, load of resources, earned value.
#pragma once

#include "app/engine/control/account_months.h"
#include "app/engine/control/baselines.h"
#include "app/engine/control/finance_of_project.h"
#include "app/engine/resources/resource_limits.h"
#include "app/engine/resources/resource_load_of_project.h"
#include "app/ui/charts/chart.h"
#include "app/ui/context.h"
#include "app/ui/plan_analyses.h"

namespace pmo::ui {

// Planned cost of each task, without its parts.
struct CostsOf {
  using Result = std::vector<engine::TaskCost>;
  static std::vector<const RegisterInfo*> reads() { return ScheduleOf::reads(); }
  static Result compute(const Project& project, Analyses& analyses);
};

// What limits resources beside their calendars.
struct ResourceLimitsOf {
  using Result = std::vector<engine::ResourceLimit>;
  static std::vector<const RegisterInfo*> reads();
  static Result compute(const Project& project, Analyses& analyses);
};

// With what takes resources away: maintenance, hire that has not arrived.
struct ResourceDemandOf {
  using Result = std::vector<engine::ResourceDemand>;
  static std::vector<const RegisterInfo*> reads() { return ScheduleOf::reads(); }
  static Result compute(const Project& project, Analyses& analyses);
};

// Against the reference baseline (app/engine/control/baselines.h), at the status date; without one as of today.
struct EarnedValueOf {
  using Result = engine::ProjectEarnedValue;
  static std::vector<const RegisterInfo*> reads();
  static Result compute(const Project& project, Analyses& analyses);
};

// What the project's money is expected to do.
struct FinancesOf {
  struct Result {
    std::vector<engine::AccountFinance> accounts;
    engine::AccountFinance sum;
    std::vector<engine::CashMonth> cash;
    std::vector<engine::Ratio> ratios;
    std::string without_rate;  // what is left out, by name: no exchange rate holds on its day
  };
  static std::vector<const RegisterInfo*> reads();
  static Result compute(const Project& project, Analyses& analyses);
};

// The accounts by month.
struct AccountMonthsOf {
  using Result = engine::AccountMonths;
  static std::vector<const RegisterInfo*> reads() { return FinancesOf::reads(); }
  static Result compute(const Project& project, Analyses& analyses);
};

// Beside a baseline's name where one is chosen: "5 Mar 2024 · Agreed · Measured against".
std::string about_baseline(const Context& context, const Baseline& baseline);

ChartLocale chart_locale(const Context& context);

// The S-curve: planned value, earned value and actual cost over time, with the status date and the forecast.
Chart earned_value_chart(const Context& context, const engine::ProjectEarnedValue& value);

}  // namespace pmo::ui
