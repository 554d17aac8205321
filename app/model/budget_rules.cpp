#include <algorithm>

#include "app/model/project.h"
#include "app/model/records/budget.h"
#include "app/model/records/project_settings.h"

namespace pmo {

namespace {

bool has_rate(const Project& project, const Invoice& invoice) {
  return std::ranges::any_of(project.all<ExchangeRate>(), [&](const ExchangeRate& rate) {
    return rate.status == EntryStatus::in_use && rate.currency == invoice.currency && (!invoice.date || rate.valid_from <= *invoice.date);
  });
}

}  // namespace

Result<void> invoice_currency_has_rate(const Project& project, const std::vector<Change>& changes) {
  const auto& settings = project.all<ProjectSettings>();
  const std::string own = settings.empty() ? std::string() : settings.at(0).currency;
  const auto check = [&](const Invoice* invoice) -> Result<void> {
    if (!invoice || invoice->currency.empty() || invoice->currency == own || has_rate(project, *invoice)) return {};
    return fail("error.invoice.no_rate"_key, {invoice->currency, invoice->title});
  };
  for (const Change& change : changes) {
    if (change.info == &register_of<Invoice>()) PMO_TRY_VOID(check(project.all<Invoice>().find(change.record)));
    if (change.info != &register_of<ExchangeRate>()) continue;
    for (const Invoice& invoice : project.all<Invoice>()) PMO_TRY_VOID(check(&invoice));  // a rate that goes may be needed
  }
  return {};
}

}  // namespace pmo
