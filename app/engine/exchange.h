// Sums in other currencies, by the project's own list of exchange rates. Nothing is converted by guess.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/model/project.h"

namespace pmo::engine {

// Of each currency the rate that holds on the day: the newest in use that is valid by then.
std::map<std::string, double> rates_on(const Project& project, Day day);

// In minor units of the project's currency; none without a rate for that day. An empty currency is the project's own.
std::optional<double> in_own_currency(const Project& project, Money amount, const std::string& currency, Day day);

// A sum of a record in minor units of the project's currency: at the rate of the record's day (`rate_day` of its
// description), or of the given day where that is earlier or the record has none. None without a rate for that day.
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

}  // namespace pmo::engine
