#include "app/engine/finance_of_project.h"

#include <algorithm>
#include <map>

#include "app/model/months.h"
#include "app/model/records/procurement.h"

namespace pmo::engine {
namespace {

double amount(Money money) { return static_cast<double>(money.value); }

OverrunRisk overrun_of(double budget, double forecast) {
  if (forecast <= budget) return OverrunRisk::none;
  if (budget <= 0) return OverrunRisk::high;
  const double over = forecast / budget - 1;
  return over <= 0.05 ? OverrunRisk::low : over <= 0.10 ? OverrunRisk::medium : OverrunRisk::high;
}

std::map<Id, const BudgetReview*> newest_reviews(const Project& project) {
  std::map<Id, const BudgetReview*> newest;
  for (const BudgetReview& review : project.all<BudgetReview>()) {
    if (!review.account || review.forecast <= Money{0}) continue;
    const BudgetReview*& kept = newest[review.account.id];
    if (!kept || review.reviewed_on >= kept->reviewed_on) kept = &review;
  }
  return newest;
}

void forecast(AccountFinance& account, const BudgetReview* review, const EarnedValueAmounts& amounts) {
  const double known = account.actual + account.committed;
  const auto figures = earned_value(amounts);
  if (review) {
    account.review = review->id;
    account.basis = ForecastBasis::review;
    account.forecast = std::max(amount(review->forecast), known);
  } else if (figures.cost_performance_index && *figures.cost_performance_index > 0 && amounts.actual_cost > 0) {
    account.basis = ForecastBasis::performance;
    account.forecast = std::max(account.budget / *figures.cost_performance_index, known);
  } else {
    account.forecast = std::max(account.budget, known);
  }
  account.overrun = overrun_of(account.budget, account.forecast);
}

class CashCalendar {
 public:
  explicit CashCalendar(Day date) : date_(date) {}

  void add(Day day, double CashMonth::* column, double amount) {
    if (amount == 0) return;
    const Day month = month_of(column == &CashMonth::due ? std::max(day, date_) : day);  // what is late is due now
    months_.try_emplace(month, CashMonth{.month = month}).first->second.*column += amount;
  }

  // What is still to come, as the planned value of the days after the date.
  void spread(const ProjectEarnedValue& value, double to_go) {
    double whole = 0, before = 0;
    std::map<Day, double> shares;
    for (const EarnedValuePoint& point : value.days) {
      if (point.day > date_) {
        shares[point.day] = point.planned_value - before;
        whole += point.planned_value - before;
      }
      before = point.planned_value;
    }
    if (to_go <= 0) return;
    if (whole <= 0) return add(date_, &CashMonth::to_go, to_go);
    for (const auto& [day, share] : shares) add(day, &CashMonth::to_go, to_go * share / whole);
  }

  std::vector<CashMonth> list() const {
    std::vector<CashMonth> list;
    double balance = 0;
    for (const auto& [day, month] : months_) {
      list.push_back(month);
      balance += month.inflow - month.paid - month.due - month.to_go;
      list.back().balance = balance;
    }
    return list;
  }

 private:
  Day date_;
  std::map<Day, CashMonth> months_;
};

bool unpaid(const Invoice& invoice) { return invoice.status != InvoiceStatus::paid && invoice.status != InvoiceStatus::rejected; }
bool not_invoiced(const Payment& payment) { return payment.status == PaymentStatus::planned || payment.status == PaymentStatus::due; }

}  // namespace

Key forecast_basis_key(ForecastBasis basis) {
  if (basis == ForecastBasis::review) return "budget.basis.review"_key;
  return basis == ForecastBasis::performance ? "budget.basis.performance"_key : "budget.basis.budget"_key;
}

const BudgetVersion* approved_budget(const Project& project) {
  const BudgetVersion* found = nullptr;
  for (const BudgetVersion& version : project.all<BudgetVersion>())
    if (version.status == BudgetStatus::approved && (!found || version.approved_on > found->approved_on)) found = &version;
  return found;
}

std::vector<AccountFinance> account_finances(const Project& project, const ProjectEarnedValue& value) {
  std::vector<AccountFinance> list;
  std::map<Id, std::size_t> places;
  for (const CostAccount& account : project.all<CostAccount>()) {
    places[account.id] = list.size();
    list.push_back({.account = account.id, .budget = amount(account.budget)});
  }
  for (const CostEntry& entry : project.all<CostEntry>()) {
    const auto place = places.find(entry.account.id);
    if (place == places.end() || entry.date > value.date) continue;
    AccountFinance& account = list[place->second];
    (entry.kind == CostKind::commitment ? account.committed : account.actual) += amount(entry.amount);
  }
  const auto reviews = newest_reviews(project);
  std::map<Id, EarnedValueAmounts> earned;
  for (const AccountEarnedValue& account : value.accounts) earned[account.account] = account.amounts;
  for (AccountFinance& account : list) {
    const auto review = reviews.find(account.account);
    forecast(account, review == reviews.end() ? nullptr : review->second, earned[account.account]);
  }
  return list;
}

ReserveFigures reserve_of(const Project& project, ReserveKind kind, const ProjectEarnedValue& value) {
  ReserveFigures figures;
  const BudgetVersion* version = approved_budget(project);
  if (version && kind == ReserveKind::management) figures.reserve = amount(version->management_reserve);
  if (version && kind == ReserveKind::contingency)
    for (const BudgetEntry& entry : project.all<BudgetEntry>())
      if (entry.version.id == version->id) figures.reserve += amount(entry.contingency);
  std::map<Day, double> draws;
  for (const ReserveDraw& draw : project.all<ReserveDraw>())
    if (draw.kind == kind && draw.status != DrawStatus::rejected) draws[draw.date.value_or(value.date)] += amount(draw.amount);
  for (const auto& [day, drawn] : draws) {
    figures.drawn += drawn;
    figures.remaining.push_back({day, figures.reserve - figures.drawn});
  }
  const auto done = earned_value(value.total).percent_complete;
  if (figures.reserve > 0 && done && *done > 0) figures.burn_index = figures.drawn / figures.reserve / *done;
  return figures;
}

double forecast_at_completion(const Project& project, const ProjectEarnedValue& value) {
  const auto accounts = account_finances(project, value);
  double sum = accounts.empty() ? value.total.budget_at_completion : 0;
  for (const AccountFinance& account : accounts) sum += account.forecast;
  return std::max(sum, value.total.actual_cost);
}

std::vector<CashMonth> cash_flow(const Project& project, const ProjectEarnedValue& value, double forecast) {
  CashCalendar calendar(value.date);
  double known = 0;
  for (const Funding& source : project.all<Funding>())
    if (source.status != FundingStatus::expired) calendar.add(source.available_from.value_or(value.date), &CashMonth::inflow, amount(source.amount));
  for (const CostEntry& entry : project.all<CostEntry>()) {
    if (entry.kind == CostKind::commitment || entry.date > value.date) continue;
    calendar.add(entry.date, &CashMonth::paid, amount(entry.amount));
    known += amount(entry.amount);
  }
  const auto add_due = [&](std::optional<Day> due, Money money) {
    calendar.add(due.value_or(value.date), &CashMonth::due, amount(money));
    known += amount(money);
  };
  for (const Invoice& invoice : project.all<Invoice>())
    if (unpaid(invoice)) add_due(invoice.due, invoice.amount);
  for (const Payment& payment : project.all<Payment>())
    if (not_invoiced(payment)) add_due(payment.due, payment.amount);
  calendar.spread(value, forecast - known);
  return calendar.list();
}

std::vector<Ratio> key_ratios(const Project& project, const ProjectEarnedValue& value) {
  const auto figures = earned_value(value.total);
  double budget = 0, forecast = 0, used = 0, funding = 0;
  for (const AccountFinance& account : account_finances(project, value)) {
    budget += account.budget;
    forecast += account.forecast;
    used += account.actual + account.committed;
  }
  for (const Funding& source : project.all<Funding>())
    if (source.status != FundingStatus::expired) funding += amount(source.amount);
  const auto share = [](double of, double whole) { return whole > 0 ? std::optional(of / whole) : std::nullopt; };
  // Below: good up to 1, bad from the given value on. Above: the other way round.
  const auto below = [](std::optional<double> ratio, double bad) { return !ratio ? Health::unknown : *ratio <= 1 ? Health::good : *ratio < bad ? Health::warning : Health::bad; };
  const auto forecast_share = share(forecast, budget), used_share = share(used, budget), funded = share(funding, forecast);
  const auto burn = reserve_of(project, ReserveKind::contingency, value).burn_index;
  return {{"budget.ratio.cost_index"_key, "budget.ratio.cost_index.note"_key, figures.cost_performance_index, health_of_index(figures.cost_performance_index)},
          {"budget.ratio.schedule_index"_key, "budget.ratio.schedule_index.note"_key, figures.schedule_performance_index, health_of_index(figures.schedule_performance_index)},
          {"budget.ratio.to_complete"_key, "budget.ratio.to_complete.note"_key, figures.to_complete_budget, below(figures.to_complete_budget, 1.1)},
          {"budget.ratio.forecast"_key, "budget.ratio.forecast.note"_key, forecast_share, below(forecast_share, 1.05)},
          {"budget.ratio.used"_key, "budget.ratio.used.note"_key, used_share, below(used_share, 1.05)},
          {"budget.ratio.burn"_key, "budget.ratio.burn.note"_key, burn, below(burn, 1.5)},
          {"budget.ratio.funding"_key, "budget.ratio.funding.note"_key, funded, !funded ? Health::unknown : *funded >= 1 ? Health::good : Health::bad}};
}

}  // namespace pmo::engine
