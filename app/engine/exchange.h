// Sums in other currencies, by the project's own list of exchange rates. Nothing is converted by guess.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/model/project.h"

namespace pmo::engine {

// The rates in use of every currency, read once and then asked for as many sums as there are.
class ExchangeRates {
 public:
  explicit ExchangeRates(const Project& project);

  // Of each currency the rate that holds on the day: the newest that is valid by then.
  std::map<std::string, double> on(Day day) const;

  // In minor units of the project's currency; none without a rate for that day. An empty currency is the project's own.
  std::optional<double> in_own_currency(Money amount, const std::string& currency, Day day) const;

 private:
  struct Rate {
    Day valid_from;
    double rate;
  };
  static std::optional<double> rate(const std::vector<Rate>& rates, Day day);

  std::string own_;
  std::map<std::string, std::vector<Rate>, std::less<>> rates_;  // in the order of time
};

}  // namespace pmo::engine
