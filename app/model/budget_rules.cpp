#include <algorithm>

#include "app/model/project.h"
#include "app/model/records/budget.h"
#include "app/model/records/project_settings.h"

namespace pmo {

Result<void> invoice_currency_has_rate(const Project& project, const std::vector<Change>& changes) {
  const auto& settings = project.all<ProjectSettings>();
  const std::string own = settings.empty() ? std::string() : settings.at(0).currency;
  for (const Change& change : changes) {
    const Invoice* invoice = change.info == &register_of<Invoice>() ? project.all<Invoice>().find(change.record) : nullptr;
    if (!invoice || invoice->currency.empty() || invoice->currency == own) continue;
    const auto& rates = project.all<ExchangeRate>();
    if (std::ranges::none_of(rates, [&](const ExchangeRate& rate) { return rate.currency == invoice->currency; }))
      return fail("error.invoice.no_rate"_key, {invoice->currency, invoice->title});
  }
  return {};
}

}  // namespace pmo
