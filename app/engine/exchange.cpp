#include "app/engine/exchange.h"

#include <algorithm>

#include "app/model/records/budget.h"
#include "app/model/records/project_settings.h"

namespace pmo::engine {
namespace {

// Its code; empty: the project's own, named or not.
std::string foreign_currency(const Project& project, const RegisterInfo& info, const Record& record) {
  const FieldInfo* field = info.currency();
  if (!field) return {};
  auto code = std::get<std::string>(field->get(record));
  const auto& settings = project.all<ProjectSettings>();
  return !settings.empty() && settings.at(0).currency == code ? std::string() : code;
}

Day rate_day(const RegisterInfo& info, const Record& record, Day date) {
  for (const FieldInfo& field : info.fields) {
    if (!field.options.rate_day) continue;
    const Value value = field.get(record);
    if (const auto* day = std::get_if<std::int64_t>(&value)) return std::min(date, Day{static_cast<std::int32_t>(*day)});
  }
  return date;
}

template <class R, class Counts>
void add_without_rate(std::vector<WithoutRate>& list, const Project& project, Day date, Counts&& counts) {
  const RegisterInfo& info = register_of<R>();
  for (const R& record : project.all<R>())
    if (counts(record) && !own_amount(project, info, record, Money{}, date)) list.push_back({&info, record.id, foreign_currency(project, info, record)});
}

}  // namespace

std::map<std::string, double> rates_on(const Project& project, Day day) {
  std::map<std::string, const ExchangeRate*> newest;
  for (const ExchangeRate& rate : project.all<ExchangeRate>()) {
    if (rate.status != EntryStatus::in_use || rate.valid_from > day) continue;
    const ExchangeRate*& kept = newest[rate.currency];
    if (!kept || rate.valid_from >= kept->valid_from) kept = &rate;
  }
  std::map<std::string, double> rates;
  for (const auto& [currency, rate] : newest) rates[currency] = real(rate->rate);
  return rates;
}

std::optional<double> in_own_currency(const Project& project, Money amount, const std::string& currency, Day day) {
  const auto value = static_cast<double>(amount.value);
  const auto& settings = project.all<ProjectSettings>();
  if (currency.empty() || (!settings.empty() && settings.at(0).currency == currency)) return value;
  const auto rates = rates_on(project, day);
  const auto rate = rates.find(currency);
  return rate == rates.end() ? std::nullopt : std::optional(value * rate->second);
}

std::optional<double> own_amount(const Project& project, const RegisterInfo& info, const Record& record, Money sum, Day date) {
  const std::string currency = foreign_currency(project, info, record);
  if (currency.empty()) return static_cast<double>(sum.value);
  return in_own_currency(project, sum, currency, rate_day(info, record, date));
}

bool in_other_currency(const Project& project, const RegisterInfo& info, const Record& record) {
  return !foreign_currency(project, info, record).empty();
}

std::vector<WithoutRate> sums_without_rate(const Project& project, Day date) {
  std::vector<WithoutRate> list;
  add_without_rate<CostEntry>(list, project, date, [&](const CostEntry& entry) { return entry.date <= date; });
  add_without_rate<Invoice>(list, project, date, [](const Invoice& invoice) { return invoice.status != InvoiceStatus::rejected; });
  add_without_rate<Payment>(list, project, date, [](const Payment& payment) { return payment.status != PaymentStatus::paid; });
  add_without_rate<Contract>(list, project, date, [](const Contract& contract) {
    return contract.status == ContractStatus::concluded || contract.status == ContractStatus::running;
  });
  return list;
}

}  // namespace pmo::engine
