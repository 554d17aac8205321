#include "app/engine/exchange.h"

#include <algorithm>
#include <iterator>

#include "app/model/records/budget.h"
#include "app/model/records/project_settings.h"

namespace pmo::engine {

ExchangeRates::ExchangeRates(const Project& project) {
  if (const auto& settings = project.all<ProjectSettings>(); !settings.empty()) own_ = settings.at(0).currency;
  for (const ExchangeRate& rate : project.all<ExchangeRate>())
    if (rate.status == EntryStatus::in_use) rates_[rate.currency].push_back({rate.valid_from, real(rate.rate)});
  for (auto& [currency, rates] : rates_) std::ranges::stable_sort(rates, {}, &Rate::valid_from);
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

}  // namespace pmo::engine
