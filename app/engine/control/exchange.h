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

  // A sum of a record in minor units of the project's currency: at the rate of the record's day (`rate_day` of its
  // description), or of the given day where that is earlier or the record has none. None without a rate for that day.
  std::optional<double> own_amount(const RegisterInfo& info, const Record& record, Money sum, Day date) const;
  template <class R>
  std::optional<double> own_amount(const R& record, Money R::* sum, Day date) const {
    return own_amount(register_of<R>(), record, record.*sum, date);
  }

 private:
  struct Rate {
    Day valid_from;
    double rate;
  };
  static std::optional<double> rate(const std::vector<Rate>& rates, Day day);

  std::string own_;
  std::map<std::string, std::vector<Rate>, std::less<>> rates_;  // in the order of time
};

// The same for one sum, or a few: the rates are read each time that one is in another currency.
std::optional<double> own_amount(const Project& project, const RegisterInfo& info, const Record& record, Money sum, Day date);
template <class R>
std::optional<double> own_amount(const Project& project, const R& record, Money R::* sum, Day date) {
  return own_amount(project, register_of<R>(), record, record.*sum, date);
}

// Whether the record's sums are in another currency than the project's.
bool in_other_currency(const Project& project, const RegisterInfo& info, const Record& record);

// What no analysis of money counts, because no rate holds on its day: cost entries, invoices, payments and contracts that
// would count by the date.
struct WithoutRate {
  const RegisterInfo* info;
  Id record;
  std::string currency;
};
std::vector<WithoutRate> sums_without_rate(const Project& project, Day date);

// What a new exchange rate is most likely for: a currency in use that has no rate yet, else one in use, else a usual one.
std::string currency_for_rate(const Project& project);

}  // namespace pmo::engine
