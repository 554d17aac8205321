// The budget in versions, reserves and what was drawn from them, funding, invoices, rates, reviews and reports.
#pragma once

#include "app/model/records/change_request.h"
#include "app/model/records/procurement.h"

namespace pmo {

// A rule across records: an invoice in another currency needs an exchange rate that holds on its date.
Result<void> invoice_currency_has_rate(const Project& project, const std::vector<Change>& changes);

enum class BudgetStatus : unsigned char { draft, in_review, approved, superseded };

struct BudgetVersion : Record {
  std::string title;
  BudgetStatus status = BudgetStatus::draft;
  std::optional<Day> made_on, approved_on;
  Ref<Person> owner, approved_by;
  Money management_reserve;
  Ref<Baseline> baseline;
  Ref<ChangeRequest> change_request;
  std::string reason;
};

template <>
struct Describe<BudgetVersion> {
  static RegisterInfo make() {
    using R = BudgetVersion;
    return Describer<R>("BV", Desk::finance)
        .field("title", &R::title, {.required = true, .title = true})
        .field("status", &R::status, {.closed = "superseded approved"})
        .field("made_on", &R::made_on)
        .field("owner", &R::owner, {.responsible = true})
        .field("approved_by", &R::approved_by)
        .field("approved_on", &R::approved_on)
        .field("management_reserve", &R::management_reserve, {.confidential = true, .minimum = 0})
        .field("baseline", &R::baseline)
        .field("change_request", &R::change_request)
        .field("reason", &R::reason, {.lines = true})
        .in_order<&R::made_on, &R::approved_on>()
        .needs<&R::status, BudgetStatus::approved, &R::approved_by, &R::approved_on>();
  }
};

enum class EstimateBasis : unsigned char { analogous, parametric, bottom_up, quotation, expert };
enum class Confidence : unsigned char { rough, budgetary, definitive };

// What a version grants an account for a work package in a month.
struct BudgetEntry : Record {
  Ref<BudgetVersion> version;
  std::string title;
  Ref<CostAccount> account;
  Ref<Task> task;
  std::optional<Day> period;  // the first day of its month
  Money amount, contingency;
  EstimateBasis basis = EstimateBasis::expert;
  Confidence confidence = Confidence::budgetary;
  std::string assumptions;
  Ref<Person> owner;  // who keeps the entry
  EntryStatus status = EntryStatus::in_use;
};

template <>
struct Describe<BudgetEntry> {
  static RegisterInfo make() {
    using R = BudgetEntry;
    return Describer<R>("BL", Desk::finance)
        .field("version", &R::version, {.owner = true})
        .field("title", &R::title, {.required = true, .title = true})
        .field("account", &R::account)
        .field("task", &R::task)
        .field("period", &R::period)
        .field("amount", &R::amount, {.confidential = true, .minimum = 0})
        .field("contingency", &R::contingency, {.confidential = true, .minimum = 0})
        .field("basis", &R::basis)
        .field("confidence", &R::confidence)
        .field("assumptions", &R::assumptions, {.lines = true})
        .field("owner", &R::owner)
        .field("status", &R::status);
  }
};

enum class DrawStatus : unsigned char { approved, requested, rejected };
enum class ReserveKind : unsigned char { contingency, management };

struct ReserveDraw : Record {
  std::string title;
  ReserveKind kind = ReserveKind::contingency;
  DrawStatus status = DrawStatus::approved;  // a rejected one draws nothing
  std::optional<Day> date;
  Money amount;
  Ref<Risk> risk;
  Ref<Issue> issue;
  Ref<CostAccount> account;
  Ref<Person> owner, approved_by;
  std::string reason;
};

template <>
struct Describe<ReserveDraw> {
  static RegisterInfo make() {
    using R = ReserveDraw;
    return Describer<R>("RD", Desk::finance)
        .field("title", &R::title, {.required = true, .title = true})
        .field("kind", &R::kind)
        .field("status", &R::status, {.closed = "approved rejected"})
        .field("date", &R::date)
        .field("amount", &R::amount, {.confidential = true, .minimum = 0})
        .field("owner", &R::owner, {.responsible = true})
        .field("risk", &R::risk)
        .field("issue", &R::issue)
        .field("account", &R::account)
        .field("approved_by", &R::approved_by)
        .field("reason", &R::reason, {.lines = true});
  }
};

enum class FundingStatus : unsigned char { committed, planned, received, expired };

struct Funding : Record {
  std::string title;  // the source
  FundingStatus status = FundingStatus::committed;
  Money amount;
  std::optional<Day> available_from, available_to;
  Ref<Person> owner;
  std::string conditions;
};

template <>
struct Describe<Funding> {
  static RegisterInfo make() {
    using R = Funding;
    return Describer<R>("FU", Desk::finance)
        .field("title", &R::title, {.required = true, .title = true})
        .field("status", &R::status, {.closed = "received expired"})
        .field("amount", &R::amount, {.confidential = true, .minimum = 0})
        .field("available_from", &R::available_from)
        .field("available_to", &R::available_to)
        .field("owner", &R::owner, {.responsible = true})
        .field("conditions", &R::conditions, {.lines = true})
        .in_order<&R::available_from, &R::available_to>();
  }
};

enum class InvoiceStatus : unsigned char { received, checked, approved, disputed, paid, rejected };

struct Invoice : Record {
  std::string title;  // its number
  InvoiceStatus status = InvoiceStatus::received;
  Ref<Vendor> vendor;
  Ref<Contract> contract;
  std::optional<Day> date, due, paid_on;
  Money amount, tax;
  std::string currency;
  Ref<CostAccount> account;
  Ref<Task> task;
  Ref<Person> owner;
  std::string remark;
};

template <>
struct Describe<Invoice> {
  static RegisterInfo make() {
    using R = Invoice;
    return Describer<R>("IN", Desk::finance)
        .field("title", &R::title, {.required = true, .title = true})
        .field("status", &R::status, {.closed = "paid rejected"})
        .field("vendor", &R::vendor)
        .field("contract", &R::contract)
        .field("date", &R::date, {.rate_day = true})
        .field("due", &R::due, {.due = true})
        .field("amount", &R::amount, {.confidential = true, .minimum = 0})
        .field("tax", &R::tax, {.confidential = true, .minimum = 0})
        .field("currency", &R::currency, {.currency = true})
        .field("account", &R::account)
        .field("task", &R::task)
        .field("paid_on", &R::paid_on)
        .field("owner", &R::owner, {.responsible = true})
        .field("remark", &R::remark, {.lines = true})
        .in_order<&R::date, &R::due>()
        .needs<&R::status, InvoiceStatus::paid, &R::paid_on>()
        .rule(invoice_currency_has_rate);
  }
};

// How much one unit of a currency is worth in the project's own, from a day on.
struct ExchangeRate : Record {
  std::string currency;
  Day valid_from;
  Number rate = whole(1);
  std::string source;
  Ref<Person> owner;  // who keeps the entry
  EntryStatus status = EntryStatus::in_use;
};

template <>
struct Describe<ExchangeRate> {
  static RegisterInfo make() {
    using R = ExchangeRate;
    return Describer<R>("XR", Desk::finance)
        .field("currency", &R::currency, {.required = true, .title = true})
        .field("valid_from", &R::valid_from)
        .field("rate", &R::rate, {.minimum = 1})
        .field("source", &R::source)
        .field("owner", &R::owner)
        .field("status", &R::status)
        .rule(invoice_currency_has_rate);
  }
};

enum class ReviewStatus : unsigned char { open, in_progress, done };
enum class OverrunRisk : unsigned char { none, low, medium, high };

struct BudgetReview : Record {
  std::string title;
  ReviewStatus status = ReviewStatus::open;
  Ref<CostAccount> account;
  std::optional<Day> reviewed_on, due;
  Money planned, committed, actual, forecast;
  OverrunRisk overrun_risk = OverrunRisk::none;
  Ref<Person> owner;
  std::string cause, measure;
};

template <>
struct Describe<BudgetReview> {
  static RegisterInfo make() {
    using R = BudgetReview;
    return Describer<R>("BR", Desk::finance)
        .field("title", &R::title, {.required = true, .title = true})
        .field("status", &R::status, {.closed = "done"})
        .field("account", &R::account)
        .field("reviewed_on", &R::reviewed_on)
        .field("planned", &R::planned, {.confidential = true})
        .field("committed", &R::committed, {.confidential = true})
        .field("actual", &R::actual, {.confidential = true})
        .field("forecast", &R::forecast, {.confidential = true})
        .field("overrun_risk", &R::overrun_risk)
        .field("owner", &R::owner, {.responsible = true})
        .field("due", &R::due, {.due = true})
        .field("cause", &R::cause, {.lines = true})
        .field("measure", &R::measure, {.lines = true});
  }
};

enum class ReportStatus : unsigned char { draft, in_review, issued };
enum class FinancialReportKind : unsigned char { monthly, by_account, cash_flow, forecast, reserves };

struct FinancialReport : Record {
  std::string title;
  FinancialReportKind kind = FinancialReportKind::monthly;
  ReportStatus status = ReportStatus::draft;
  std::optional<Day> period_from, period_to, issued_on;
  Ref<Person> owner;
  std::string analysis, suggestions;
};

template <>
struct Describe<FinancialReport> {
  static RegisterInfo make() {
    using R = FinancialReport;
    return Describer<R>("FR", Desk::finance)
        .field("title", &R::title, {.required = true, .title = true})
        .field("kind", &R::kind)
        .field("status", &R::status, {.closed = "issued"})
        .field("period_from", &R::period_from)
        .field("period_to", &R::period_to)
        .field("owner", &R::owner, {.responsible = true})
        .field("issued_on", &R::issued_on)
        .field("analysis", &R::analysis, {.markdown = true})
        .field("suggestions", &R::suggestions, {.lines = true})
        .in_order<&R::period_from, &R::period_to>();
  }
};

// A flow of the business case in one year: for payback, net present value and rate of return.
struct BusinessCaseFlow : Record {
  std::string title;
  std::int64_t year = 0;  // 0: now
  Money cost, benefit;
  std::string assumptions;
  Ref<Person> owner;  // who keeps the entry
  EntryStatus status = EntryStatus::in_use;
};

template <>
struct Describe<BusinessCaseFlow> {
  static RegisterInfo make() {
    using R = BusinessCaseFlow;
    return Describer<R>("BF", Desk::finance)
        .field("title", &R::title, {.required = true, .title = true})
        .field("year", &R::year, {.minimum = 0, .maximum = 100})
        .field("cost", &R::cost, {.confidential = true, .minimum = 0})
        .field("benefit", &R::benefit, {.confidential = true, .minimum = 0})
        .field("assumptions", &R::assumptions, {.lines = true})
        .field("owner", &R::owner)
        .field("status", &R::status);
  }
};

}  // namespace pmo
