#include "app/engine/control/finance_of_project.h"

#include <algorithm>
#include <map>
#include <set>

#include "app/engine/control/budget_of_project.h"
#include "app/engine/control/exchange.h"
#include "app/engine/control/index_limits.h"
#include "app/engine/control/planned_value.h"
#include "app/model/months.h"
#include "app/model/records/procurement.h"

namespace pmo::engine {
namespace {

double amount(Money money) { return static_cast<double>(money.value); }

OverrunRisk overrun_of(const AccountFinance& account) {
  if (!account.over_budget()) return OverrunRisk::none;
  if (account.budget <= 0) return OverrunRisk::high;
  const double over = account.forecast / account.budget - 1;
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

// What the accounts below an account add up to.
struct Below {
  bool any = false;
  double budget = 0, known = 0, forecast = 0;
};

void forecast(AccountFinance& account, double planned, const BudgetReview* review, const AccountEarnedValue& of, const Below& below) {
  const double known = account.actual + account.committed;
  const auto index = earned_value(of.amounts).cost_performance_index;
  if (review) {
    account.review = review->id;
    account.basis = ForecastBasis::review;
    account.forecast = std::max(amount(review->forecast), known);
  } else if (below.any && !of.to_complete.own) {
    account.basis = ForecastBasis::parts;
    account.forecast = below.forecast + std::max(account.budget - below.budget, known - below.known);
  } else if (of.to_complete.estimated) {
    account.basis = ForecastBasis::estimate;
    account.forecast = std::max(account.actual + of.to_complete.amount, known);
  } else if (index && *index > 0 && of.amounts.actual_cost > 0) {
    account.basis = ForecastBasis::performance;
    account.forecast = std::max(planned / *index, known);
  } else {
    account.forecast = std::max(planned, known);
  }
  account.overrun = overrun_of(account);
}

class CashCalendar {
 public:
  explicit CashCalendar(Day date) : date_(date) {}

  void add(Day day, double CashMonth::* column, double amount) {
    if (amount == 0) return;
    const Day month = month_of(column == &CashMonth::due ? std::max(day, date_) : day);  // what is late is due now
    months_.try_emplace(month, CashMonth{.month = month}).first->second.*column += amount;
  }

  // What is still to come, as the plan spends it.
  void spread(const std::map<Day, double>& months, double to_go) {
    double whole = 0;
    for (const auto& [month, cost] : months) whole += cost;
    if (to_go <= 0) return;
    if (whole <= 0) return add(date_, &CashMonth::to_go, to_go);
    for (const auto& [month, cost] : months) add(month, &CashMonth::to_go, to_go * cost / whole);
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

// Everything that is paid once: what a cost entry or a payment of a contract has an invoice for is paid with the invoice.
class Cash {
 public:
  Cash(const Project& project, Day date) : project_(project), date_(date), rates_(project), calendar_(date) {
    for (const CostEntry& entry : project.all<CostEntry>())
      if (entry.kind != CostKind::commitment && entry.date <= date) booked_.insert(entry.invoice.id);
  }

  void add_all() {
    for (const Funding& source : project_.all<Funding>())
      if (source.status != FundingStatus::expired) calendar_.add(source.available_from.value_or(date_), &CashMonth::inflow, amount(source.amount));
    for (const CostEntry& entry : project_.all<CostEntry>()) add(entry);
    for (const Invoice& invoice : project_.all<Invoice>()) add(invoice);
    for (const Payment& payment : project_.all<Payment>()) add(payment);
  }
  CashCalendar& calendar() { return calendar_; }
  double known() const { return known_; }

 private:
  bool invoiced(Ref<Invoice> reference) const {
    const Invoice* invoice = project_.find(reference);
    return invoice && invoice->status != InvoiceStatus::rejected;
  }

  void add(const CostEntry& entry) {
    if (entry.kind == CostKind::commitment || entry.date > date_ || invoiced(entry.invoice)) return;
    out(entry.date, entry.kind == CostKind::accrual ? &CashMonth::due : &CashMonth::paid, rates_.own_amount(entry, &CostEntry::amount, date_).value_or(0));
  }

  void add(const Invoice& invoice) {
    const auto sum = invoice.status == InvoiceStatus::rejected ? std::nullopt : rates_.own_amount(invoice, &Invoice::amount, date_);
    if (!sum) return;
    if (invoice.status != InvoiceStatus::paid) return out(invoice.due.value_or(date_), &CashMonth::due, *sum);
    if (booked_.contains(invoice.id)) out(invoice.paid_on.value_or(date_), &CashMonth::paid, *sum);
  }

  void add(const Payment& payment) {
    const bool open = payment.status == PaymentStatus::planned || payment.status == PaymentStatus::due;
    if (open && !invoiced(payment.invoice)) out(payment.due.value_or(date_), &CashMonth::due, rates_.own_amount(payment, &Payment::amount, date_).value_or(0));
  }

  void out(Day day, double CashMonth::* column, double sum) {
    calendar_.add(day, column, sum);
    known_ += sum;
  }

  const Project& project_;
  Day date_;
  ExchangeRates rates_;
  CashCalendar calendar_;
  std::set<Id> booked_;  // invoices that cost entries name; a paid one without any has been booked without naming it
  double known_ = 0;
};

}  // namespace

Key forecast_basis_key(ForecastBasis basis) {
  if (basis == ForecastBasis::review) return "budget.basis.review"_key;
  if (basis == ForecastBasis::parts) return "budget.basis.parts"_key;
  if (basis == ForecastBasis::estimate) return "budget.basis.estimate"_key;
  return basis == ForecastBasis::performance ? "budget.basis.performance"_key : "budget.basis.budget"_key;
}

std::vector<AccountFinance> account_finances(const Project& project, const ProjectEarnedValue& value) {
  const auto reviews = newest_reviews(project);
  std::vector<AccountFinance> list(value.accounts.size());
  std::vector<Below> below(list.size());
  for (const int place : value.accounts_parts_first) {
    const auto at = static_cast<std::size_t>(place);
    const AccountEarnedValue& of = value.accounts[at];
    AccountFinance& account = list[at];
    account = {.account = of.account, .top = of.parent < 0, .budget = of.budget, .actual = of.amounts.actual_cost, .committed = of.committed};
    const auto review = reviews.find(of.account);
    forecast(account, std::max(account.budget, value.cost_of_plan), review == reviews.end() ? nullptr : review->second, of, below[at]);
    if (account.top) continue;
    Below& above = below[static_cast<std::size_t>(of.parent)];
    above.any = true;
    above.budget += account.budget;
    above.known += account.actual + account.committed;
    above.forecast += account.forecast;
  }
  return list;
}

AccountFinance sum_of(const std::vector<AccountFinance>& accounts) {
  AccountFinance sum;
  for (const AccountFinance& account : accounts) {
    if (!account.top) continue;
    sum.budget += account.budget;
    sum.actual += account.actual;
    sum.committed += account.committed;
    sum.forecast += account.forecast;
  }
  return sum;
}

ReserveFigures reserve_of(const Project& project, ReserveKind kind, const ProjectEarnedValue& value) {
  ReserveFigures figures;
  const BudgetVersion* version = approved_budget(project);
  if (version && kind == ReserveKind::management) figures.reserve = amount(version->management_reserve);
  if (version && kind == ReserveKind::contingency)
    for (const BudgetEntry& entry : project.all<BudgetEntry>())
      if (entry.version.id == version->id && entry.status == EntryStatus::in_use) figures.reserve += amount(entry.contingency);
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
  return std::max(sum_of(account_finances(project, value)).forecast, value.total.actual_cost);
}

std::vector<CashMonth> cash_flow(const Project& project, const Outline& outline, const Plan& plan, const Schedule& schedule, Day date, double forecast) {
  Cash cash(project, date);
  cash.add_all();
  cash.calendar().spread(costs_to_come(project, outline, plan, schedule, date), forecast - cash.known());
  return cash.calendar().list();
}

const CashMonth* lowest_balance(const std::vector<CashMonth>& cash) {
  return cash.empty() ? nullptr : &*std::ranges::min_element(cash, {}, &CashMonth::balance);
}

std::vector<Ratio> key_ratios(const Project& project, const ProjectEarnedValue& value) {
  const auto figures = earned_value(value.total);
  const IndexLimits limits = index_limits_of(project);
  const AccountFinance all = sum_of(account_finances(project, value));
  double funding = 0;
  for (const Funding& source : project.all<Funding>())
    if (source.status != FundingStatus::expired) funding += amount(source.amount);
  const auto share = [](double of, double whole) { return whole > 0 ? std::optional(of / whole) : std::nullopt; };
  // Below: good up to 1, bad from the given value on. Above: the other way round.
  const auto below = [](std::optional<double> ratio, double bad) { return !ratio ? Health::unknown : *ratio <= 1 ? Health::good : *ratio < bad ? Health::warning : Health::bad; };
  const auto forecast_share = share(all.forecast, all.budget), used_share = all.used(), funded = share(funding, all.forecast);
  const auto burn = reserve_of(project, ReserveKind::contingency, value).burn_index;
  return {{"budget.ratio.cost_index"_key, "budget.ratio.cost_index.note"_key, figures.cost_performance_index, health_of_index(figures.cost_performance_index, limits.cost)},
          {"budget.ratio.schedule_index"_key, "budget.ratio.schedule_index.note"_key, figures.schedule_performance_index, health_of_index(figures.schedule_performance_index, limits.schedule)},
          figures.budget_out_of_reach ? Ratio{"budget.ratio.to_complete"_key, "budget.out_of_reach"_key, {}, Health::bad}
                                      : Ratio{"budget.ratio.to_complete"_key, "budget.ratio.to_complete.note"_key, figures.to_complete_budget, below(figures.to_complete_budget, 1.1)},
          {"budget.ratio.forecast"_key, "budget.ratio.forecast.note"_key, forecast_share, below(forecast_share, 1.05)},
          {"budget.ratio.used"_key, "budget.ratio.used.note"_key, used_share, below(used_share, 1.05)},
          {"budget.ratio.burn"_key, "budget.ratio.burn.note"_key, burn, below(burn, 1.5)},
          {"budget.ratio.funding"_key, "budget.ratio.funding.note"_key, funded, !funded ? Health::unknown : *funded >= 1 ? Health::good : Health::bad}};
}

}  // namespace pmo::engine
