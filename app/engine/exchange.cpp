#include "app/engine/exchange.h"

#include "app/model/records/budget.h"
#include "app/model/records/project_settings.h"

namespace pmo::engine {

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

}  // namespace pmo::engine
