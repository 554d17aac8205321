// Cost accounts and what was committed and spent on them.
#pragma once

#include "app/model/records/task.h"

namespace pmo {

struct Contract;
struct Invoice;

// A rule across records: no account stands below itself.
Result<void> no_circle_of_accounts(const Project& project, const std::vector<Change>& changes);

struct CostAccount : Record {
  std::string code;
  std::string name;
  Ref<CostAccount> parent;
  Money budget;
  Ref<Person> owner;
  EntryStatus status = EntryStatus::in_use;
};

template <>
struct Describe<CostAccount> {
  static RegisterInfo make() {
    return Describer<CostAccount>("CA", Desk::finance)
        .field("code", &CostAccount::code)
        .field("name", &CostAccount::name, {.required = true, .title = true})
        .field("parent", &CostAccount::parent)
        .field("budget", &CostAccount::budget, {.confidential = true})
        .field("owner", &CostAccount::owner)
        .field("status", &CostAccount::status)
        .rule(no_circle_of_accounts);
  }
};

enum class CostKind : unsigned char { actual, commitment, accrual };

struct CostEntry : Record {
  std::string description;
  Day date;
  CostKind kind = CostKind::actual;
  Money amount;
  std::string currency;
  Ref<CostAccount> account;
  Ref<Task> task;
  std::string vendor;
  std::string document;  // invoice, order or voucher number
  Ref<Contract> contract;
  Ref<Invoice> invoice;
  CheckStatus status = CheckStatus::recorded;
  Ref<Person> owner;
};

template <>
struct Describe<CostEntry> {
  static RegisterInfo make() {
    return Describer<CostEntry>("C", Desk::finance)
        .field("description", &CostEntry::description, {.required = true, .title = true})
        .field("date", &CostEntry::date, {.rate_day = true})
        .field("kind", &CostEntry::kind)
        .field("amount", &CostEntry::amount, {.confidential = true})
        .field("account", &CostEntry::account)
        .field("task", &CostEntry::task)
        .field("vendor", &CostEntry::vendor)
        .field("document", &CostEntry::document)
        .field("currency", &CostEntry::currency, {.currency = true})
        .field("contract", &CostEntry::contract)
        .field("invoice", &CostEntry::invoice)
        .field("status", &CostEntry::status, {.closed = "checked recorded"})
        .field("owner", &CostEntry::owner, {.responsible = true});
  }
};

}  // namespace pmo
