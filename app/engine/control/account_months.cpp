#include "app/engine/control/account_months.h"

#include <algorithm>
#include <map>

#include "app/engine/control/budget_of_project.h"
#include "app/engine/control/planned_value.h"
#include "app/engine/schedule/plan_calendars.h"
#include "app/model/months.h"
#include "app/model/records/cost.h"

namespace pmo::engine {
namespace {

constexpr std::size_t most_months = 120;

std::vector<Day> months_between(Day first, Day last) {
  std::vector<Day> months;
  for (Day month = month_of(first); month <= last && months.size() < most_months; month = months_later(month, 1)) months.push_back(month);
  return months;
}

using Amounts = std::vector<double>;  // by account, or by month
using AccountAmounts = std::vector<Amounts>;   // by account and month

class MonthTable {
 public:
  MonthTable(const Project& project, const ProjectEarnedValue& value, const std::vector<AccountFinance>& finances, Day finish)
      : project_(project), value_(value), finances_(finances) {
    find_months(finish);
    for (std::size_t i = 0; i < count(); ++i) places_[value.accounts[i].account] = i;
    own_.resize(count());
    for (AccountMonthsRow& row : own_) row.months.resize(result_.months.size());
  }

  AccountMonths run(const Outline& outline, const Plan& plan, const Schedule& schedule) {
    const auto account_of_task = accounts_of(outline);
    PlanCalendars calendars(plan);
    // When the tasks' budgets are used, by account and month: in the baseline, or as the plan stands.
    const auto growth_by = [&](Ref<Baseline> baseline) {
      AccountAmounts growth(count(), Amounts(result_.months.size()));
      const auto planned = planned_tasks(project_, outline, plan, schedule, baseline, calendars);
      for (std::size_t row = 0; row < planned.size(); ++row)
        if (const auto place = places_.find(account_of_task[row]); place != places_.end())
          for (const CostPart& part : planned[row].parts) grow(part, growth[place->second]);
      return growth;
    };
    for (const ActualCost& cost : actual_costs(project_, outline, account_of_task, value_.date))
      if (const auto place = places_.find(cost.account); place != places_.end()) own_[place->second].months[place_of(cost.date)].actual += cost.amount;
    const AccountAmounts planned = grant(growth_by({value_.baseline}));
    for (std::size_t i = 0; i < count(); ++i)
      for (std::size_t m = 0; m < planned[i].size(); ++m) own_[i].months[m].plan = planned[i][m];
    forecast(value_.baseline ? grant(growth_by({})) : planned);
    list({}, -1, 0);
    return std::move(result_);
  }

 private:
  std::size_t count() const { return value_.accounts.size(); }

  // N1
  void find_months(Day finish) {
    Day first = value_.date, last = value_.date;
    const auto take = [&](Day day) { first = std::min(first, day), last = std::max(last, day); };
    if (!value_.days.empty()) take(value_.days.front().day), take(value_.planned_finish);
    for_dated_entries([&](const BudgetEntry& entry) { take(*entry.period); });
    last = std::max(last, finish);
    // Of a project of decades the months around its date.
    first = std::max(first, months_later(month_of(value_.date), -static_cast<int>(most_months) / 2));
    result_.months = months_between(first, last);
    result_.current = place_of(value_.date);
  }

  std::size_t place_of(Day day) const {
    const auto after = std::ranges::upper_bound(result_.months, day) - result_.months.begin();
    return static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, after - 1));
  }

  template <class Take>
  void for_dated_entries(Take&& take) const {
    const BudgetVersion* version = approved_budget(project_);
    if (!version) return;
    for (const BudgetEntry& entry : project_.all<BudgetEntry>())
      if (entry.version.id == version->id && entry.account && entry.period && entry.status == EntryStatus::in_use) take(entry);
  }

  // Of figures that hold what lies below an account too, each account's own part.
  Amounts own_part(const Amounts& with_below) const {
    Amounts own = with_below;
    for (std::size_t i = 0; i < count(); ++i)
      if (const int parent = value_.accounts[i].parent; parent >= 0) own[static_cast<std::size_t>(parent)] -= with_below[i];
    return own;
  }

  // What of a part of a budget falls into each month; what lies outside of them into the first or the last.
  void grow(const CostPart& part, Amounts& months) const {
    double before = 0;
    for (std::size_t m = place_of(part.from.day()); m < months.size(); ++m) {
      const bool last = m + 1 == months.size() || part.to < Minute::at(result_.months[m + 1]);
      const double by_end = last ? part.amount : planned_before(part, Minute::at(result_.months[m + 1]));
      months[m] += by_end - before;
      before = by_end;
      if (last) return;
    }
  }

  // In proportion to the weights; in the month of the date where there are none.
  void spread(double amount, const Amounts& weights, Amounts& months) const {
    double whole = 0;
    for (const double weight : weights) whole += std::max(0.0, weight);
    if (whole <= 0) months[result_.current] += amount;
    else for (std::size_t m = 0; m < weights.size(); ++m) months[m] += amount * std::max(0.0, weights[m]) / whole;
  }

  // N2, of each account without what lies below it.
  AccountAmounts grant(const AccountAmounts& growth) const {
    AccountAmounts planned(count(), Amounts(result_.months.size()));
    Amounts rest(count()), of_project(result_.months.size());
    for (std::size_t i = 0; i < count(); ++i) rest[i] = finances_[i].budget;
    rest = own_part(rest);
    for (const Amounts& of_account : growth)
      for (std::size_t m = 0; m < of_project.size(); ++m) of_project[m] += of_account[m];
    for_dated_entries([&](const BudgetEntry& entry) {
      const auto place = places_.find(entry.account.id);
      if (place == places_.end()) return;
      const auto amount = static_cast<double>(entry.amount.value);
      planned[place->second][place_of(*entry.period)] += amount;
      rest[place->second] -= amount;
    });
    for (std::size_t i = 0; i < count(); ++i) {
      const bool grows = std::ranges::any_of(growth[i], [](double more) { return more > 0; });
      spread(rest[i], grows ? growth[i] : of_project, planned[i]);
    }
    return planned;
  }

  // N4
  void forecast(const AccountAmounts& expected) {
    Amounts to_go(count());
    for (std::size_t i = 0; i < count(); ++i) to_go[i] = finances_[i].forecast - finances_[i].actual;
    to_go = own_part(to_go);
    const Day month = result_.months[result_.current];
    const double left = static_cast<double>(months_later(month, 1) - value_.date - 1) / static_cast<double>(months_later(month, 1) - month);
    for (std::size_t i = 0; i < count(); ++i) {
      AccountMonthsRow& row = own_[i];
      Amounts weights(row.months.size()), months(row.months.size());
      for (std::size_t m = result_.current; m < weights.size(); ++m) weights[m] = expected[i][m] * (m == result_.current ? left : 1);
      spread(to_go[i], weights, months);
      for (std::size_t m = 0; m < months.size(); ++m) row.months[m].forecast = row.months[m].actual + months[m];
    }
  }

  // N5: the accounts below a place, each with its own below it; answers with what they come to.
  std::vector<MonthFigures> list(std::vector<MonthFigures> sums, int parent, int level) {
    sums.resize(result_.months.size());
    for (std::size_t i = 0; i < count(); ++i) {
      if (value_.accounts[i].parent != parent || level > static_cast<int>(count())) continue;
      const std::size_t row = result_.rows.size();
      result_.rows.push_back({.account = value_.accounts[i].account, .level = level, .months = {}, .sum = {}});
      auto months = list(own_[i].months, static_cast<int>(i), level + 1);
      for (std::size_t m = 0; m < months.size(); ++m) {
        result_.rows[row].sum += months[m];
        sums[m] += months[m];
      }
      result_.rows[row].months = std::move(months);
    }
    if (parent >= 0) return sums;
    result_.total.months = sums;
    for (const MonthFigures& month : sums) result_.total.sum += month;
    return sums;
  }

  const Project& project_;
  const ProjectEarnedValue& value_;
  const std::vector<AccountFinance>& finances_;
  AccountMonths result_;
  std::map<Id, std::size_t> places_;
  std::vector<AccountMonthsRow> own_;  // without what lies below
};

}  // namespace

MonthFigures& MonthFigures::operator+=(const MonthFigures& other) {
  plan += other.plan;
  actual += other.actual;
  forecast += other.forecast;
  return *this;
}

AccountMonths account_months(const Project& project, const Outline& outline, const Plan& plan, const Schedule& schedule, const ProjectEarnedValue& value,
                             const std::vector<AccountFinance>& finances) {
  return MonthTable(project, value, finances, schedule.project_finish.day()).run(outline, plan, schedule);
}

std::vector<MonthFigures> stretch_of(const AccountMonthsRow& row, std::size_t first, std::size_t count) {
  std::vector<MonthFigures> stretch(count + 2);
  for (std::size_t m = 0; m < row.months.size(); ++m) stretch[m < first ? 0 : std::min(m - first, count) + 1] += row.months[m];
  return stretch;
}

}  // namespace pmo::engine
