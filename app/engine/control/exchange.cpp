#include "app/engine/control/exchange.h"

#include <algorithm>
#include <iterator>
#include <set>

#include "app/model/records/budget.h"
#include "app/model/records/project_settings.h"
#include "app/model/sort_stably.h"

namespace pmo::engine {
namespace {

std::string own_currency(const Project& project) {
  const auto& settings = project.all<ProjectSettings>();
  return settings.empty() ? std::string() : settings.at(0).currency;
}

// The code of a record's currency; empty: the project's own, named or not.
std::string foreign_currency(const std::string& own, const RegisterInfo& info, const Record& record) {
  const FieldInfo* field = info.currency();
  if (!field) return {};
  auto code = std::get<std::string>(field->get(record));
  return code == own ? std::string() : code;
}
std::string foreign_currency(const Project& project, const RegisterInfo& info, const Record& record) { return foreign_currency(own_currency(project), info, record); }

Day rate_day(const RegisterInfo& info, const Record& record, Day date) {
  for (const FieldInfo& field : info.fields) {
    if (!field.options.rate_day) continue;
    const Value value = field.get(record);
    if (const auto* day = std::get_if<std::int64_t>(&value)) return std::min(date, Day{static_cast<std::int32_t>(*day)});
  }
  return date;
}

template <class R, class Counts>
void add_without_rate(std::vector<WithoutRate>& list, const ExchangeRates& rates, const Project& project, Day date, Counts&& counts) {
  const RegisterInfo& info = register_of<R>();
  for (const R& record : project.all<R>())
    if (counts(record) && !rates.own_amount(info, record, Money{}, date)) list.push_back({&info, record.id, foreign_currency(project, info, record)});
}

}  // namespace

ExchangeRates::ExchangeRates(const Project& project) : own_(own_currency(project)) {
  for (const ExchangeRate& rate : project.all<ExchangeRate>())
    if (rate.status == EntryStatus::in_use) rates_[rate.currency].push_back({rate.valid_from, real(rate.rate)});
  for (auto& [currency, rates] : rates_) sort_stably(rates, {}, &Rate::valid_from);
}

std::optional<double> ExchangeRates::rate(const std::vector<Rate>& rates, Day day) {
  const auto later = std::ranges::upper_bound(rates, day, {}, &Rate::valid_from);
  return later == rates.begin() ? std::nullopt : std::optional(std::prev(later)->rate);
}

std::map<std::string, double> ExchangeRates::on(Day day) const {
  std::map<std::string, double> found;
  for (const auto& [currency, rates] : rates_)
    if (const auto one = rate(rates, day)) found[currency] = *one;
  return found;
}

std::optional<double> ExchangeRates::in_own_currency(Money amount, const std::string& currency, Day day) const {
  const auto value = static_cast<double>(amount.value);
  if (currency.empty() || currency == own_) return value;
  const auto rates = rates_.find(currency);
  const auto one = rates == rates_.end() ? std::nullopt : rate(rates->second, day);
  return one ? std::optional(value * *one) : std::nullopt;
}

std::optional<double> ExchangeRates::own_amount(const RegisterInfo& info, const Record& record, Money sum, Day date) const {
  const std::string currency = foreign_currency(own_, info, record);
  if (currency.empty()) return static_cast<double>(sum.value);
  return in_own_currency(sum, currency, rate_day(info, record, date));
}

std::optional<double> own_amount(const Project& project, const RegisterInfo& info, const Record& record, Money sum, Day date) {
  if (!in_other_currency(project, info, record)) return static_cast<double>(sum.value);
  return ExchangeRates(project).own_amount(info, record, sum, date);
}

bool in_other_currency(const Project& project, const RegisterInfo& info, const Record& record) {
  return !foreign_currency(project, info, record).empty();
}

std::vector<WithoutRate> sums_without_rate(const Project& project, Day date) {
  std::vector<WithoutRate> list;
  const ExchangeRates rates(project);
  add_without_rate<CostEntry>(list, rates, project, date, [&](const CostEntry& entry) { return entry.date <= date; });
  add_without_rate<Invoice>(list, rates, project, date, [](const Invoice& invoice) { return invoice.status != InvoiceStatus::rejected; });
  add_without_rate<Payment>(list, rates, project, date, [](const Payment& payment) { return payment.status != PaymentStatus::paid; });
  add_without_rate<Contract>(list, rates, project, date, [](const Contract& contract) {
    return contract.status == ContractStatus::concluded || contract.status == ContractStatus::running;
  });
  return list;
}

std::string currency_for_rate(const Project& project) {
  const std::string own = own_currency(project);
  std::set<std::string> used;
  for (const RegisterInfo* info : project.schema().registers()) {
    if (!info->currency()) continue;
    for (const Record* record : project.table(*info).records())
      if (auto code = foreign_currency(own, *info, *record); !code.empty()) used.insert(std::move(code));
  }
  std::set<std::string> rated;
  for (const ExchangeRate& rate : project.all<ExchangeRate>())
    if (rate.status == EntryStatus::in_use) rated.insert(rate.currency);
  for (const std::string& code : used)
    if (!rated.contains(code)) return code;
  if (!used.empty()) return *used.begin();
  return own == "USD" ? "EUR" : "USD";
}

}  // namespace pmo::engine
