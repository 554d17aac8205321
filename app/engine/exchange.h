// Sums in other currencies, by the project's own list of exchange rates. Nothing is converted by guess.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "app/model/project.h"

namespace pmo::engine {

// Of each currency the rate that holds on the day: the newest in use that is valid by then.
std::map<std::string, double> rates_on(const Project& project, Day day);

// In minor units of the project's currency; none without a rate for that day. An empty currency is the project's own.
std::optional<double> in_own_currency(const Project& project, Money amount, const std::string& currency, Day day);

}  // namespace pmo::engine
