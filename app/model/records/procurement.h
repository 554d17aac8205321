// Procurement: what is bought when, from whom, by which criteria; offers, contracts, deliveries, payments, claims, and
// how vendors did.
#pragma once

#include "app/model/records/cost.h"
#include "app/model/records/quality.h"

namespace pmo {

// A rule across records: the weights of an item's criteria do not all be zero.
Result<void> criteria_have_weight(const Project& project, const std::vector<Change>& changes);

enum class VendorStatus : unsigned char { prospect, qualified, approved, probation, blocked };
enum class VendorKind : unsigned char { goods, services, works, consulting };

struct Vendor : Record {
  std::string name;
  VendorKind kind = VendorKind::goods;
  VendorStatus status = VendorStatus::prospect;
  std::string products;
  std::string contact, email, phone, address, registration;
  std::optional<Day> approved_on, next_evaluation, probation_until;
  Ref<Person> owner;
  std::string probation_terms, notes;
};

template <>
struct Describe<Vendor> {
  static RegisterInfo make() {
    using R = Vendor;
    return Describer<R>("V", Desk::procurement)
        .field("name", &R::name, {.required = true, .title = true})
        .field("kind", &R::kind)
        .field("status", &R::status, {.closed = "blocked", .at_rest = "prospect qualified approved"})
        .field("products", &R::products)
        .field("contact", &R::contact)
        .field("email", &R::email)
        .field("phone", &R::phone)
        .field("approved_on", &R::approved_on)
        .field("next_evaluation", &R::next_evaluation, {.due = true})
        .field("owner", &R::owner, {.responsible = true})
        .field("probation_until", &R::probation_until)
        .field("registration", &R::registration)
        .field("address", &R::address, {.lines = true})
        .field("probation_terms", &R::probation_terms, {.lines = true})
        .field("notes", &R::notes, {.lines = true})
        .needs<&R::status, VendorStatus::approved, &R::approved_on>();
  }
};

enum class ProcurementKind : unsigned char { goods, services, works };
enum class MakeOrBuy : unsigned char { undecided, make, buy, rent };
enum class ContractType : unsigned char { undecided, fixed_price, unit_price, cost_reimbursable, time_and_material, framework };
enum class ProcurementStatus : unsigned char { planned, specified, tendering, awarded, ordered, delivered, accepted, cancelled };

// A thing or service to be bought as one: the row of the procurement plan, and what offers are compared for.
struct ProcurementItem : Record {
  std::string title;
  ProcurementKind kind = ProcurementKind::goods;
  ProcurementStatus status = ProcurementStatus::planned;
  Number quantity = whole(1);
  std::string unit;
  Ref<Task> task;                 // that it is needed for
  std::optional<Day> need_by;     // none: the start of that task
  std::int64_t lead_time = 0;     // calendar days from order to delivery
  MakeOrBuy make_or_buy = MakeOrBuy::undecided;
  ContractType contract_type = ContractType::undecided;
  Money estimate;
  Ref<CostAccount> account;
  Ref<Person> owner;
  std::string specification, decision_reason;
};

template <>
struct Describe<ProcurementItem> {
  static RegisterInfo make() {
    using R = ProcurementItem;
    return Describer<R>("PI", Desk::procurement)
        .field("title", &R::title, {.required = true, .title = true})
        .field("kind", &R::kind)
        .field("status", &R::status, {.closed = "accepted cancelled"})
        .field("quantity", &R::quantity, {.minimum = 0})
        .field("unit", &R::unit)
        .field("task", &R::task)
        .field("need_by", &R::need_by, {.due = true})
        .field("lead_time", &R::lead_time, {.minimum = 0, .maximum = 3650})
        .field("estimate", &R::estimate, {.confidential = true, .minimum = 0})
        .field("owner", &R::owner, {.responsible = true})
        .field("make_or_buy", &R::make_or_buy)
        .field("contract_type", &R::contract_type)
        .field("account", &R::account)
        .field("specification", &R::specification, {.lines = true})
        .field("decision_reason", &R::decision_reason, {.lines = true})
        .needs<&R::status, ProcurementStatus::specified, &R::specification>()
        .needs<&R::status, ProcurementStatus::awarded, &R::decision_reason>();
  }
};

struct SelectionCriterion : Record {
  Ref<ProcurementItem> item;
  std::string title;
  Permille weight{100};
  std::string description;
};

template <>
struct Describe<SelectionCriterion> {
  static RegisterInfo make() {
    using R = SelectionCriterion;
    return Describer<R>("", Desk::procurement)
        .field("item", &R::item, {.required = true, .owner = true})
        .field("title", &R::title, {.required = true, .title = true})
        .field("weight", &R::weight, {.minimum = 0, .maximum = 1000})
        .field("description", &R::description, {.lines = true})
        .rule(criteria_have_weight);
  }
};

enum class TenderStatus : unsigned char { draft, sent, answered, declined, no_answer };

// A request for quotation to one vendor.
struct QuotationRequest : Record {
  std::string title;
  Ref<ProcurementItem> item;
  Ref<Vendor> vendor;
  TenderStatus status = TenderStatus::draft;
  std::optional<Day> sent_on, due, answered_on;
  Ref<Person> owner;
  std::string text;
};

template <>
struct Describe<QuotationRequest> {
  static RegisterInfo make() {
    using R = QuotationRequest;
    return Describer<R>("RFQ", Desk::procurement)
        .field("title", &R::title, {.required = true, .title = true})
        .field("item", &R::item)
        .field("vendor", &R::vendor)
        .field("status", &R::status, {.closed = "answered declined no_answer"})
        .field("sent_on", &R::sent_on)
        .field("due", &R::due, {.due = true})
        .field("answered_on", &R::answered_on)
        .field("owner", &R::owner, {.responsible = true})
        .field("text", &R::text, {.lines = true})
        .in_order<&R::sent_on, &R::due>()
        .in_order<&R::sent_on, &R::answered_on>()
        .needs<&R::status, TenderStatus::sent, &R::sent_on, &R::vendor>();
  }
};

enum class OfferStatus : unsigned char { received, in_evaluation, shortlisted, awarded, rejected, withdrawn };

struct Offer : Record {
  std::string title;
  Ref<ProcurementItem> item;
  Ref<Vendor> vendor;
  OfferStatus status = OfferStatus::received;
  Money price;
  std::string currency;
  std::int64_t delivery_time = 0;  // calendar days
  std::optional<Day> received_on, valid_until;
  std::string payment_terms;
  Ref<Person> owner;
  std::string award_reason, notes;
};

template <>
struct Describe<Offer> {
  static RegisterInfo make() {
    using R = Offer;
    return Describer<R>("OF", Desk::procurement)
        .field("title", &R::title, {.required = true, .title = true})
        .field("item", &R::item)
        .field("vendor", &R::vendor)
        .field("status", &R::status, {.closed = "awarded rejected withdrawn"})
        .field("price", &R::price, {.confidential = true, .minimum = 0})
        .field("currency", &R::currency, {.currency = true})
        .field("delivery_time", &R::delivery_time, {.minimum = 0, .maximum = 3650})
        .field("received_on", &R::received_on, {.rate_day = true})
        .field("valid_until", &R::valid_until, {.due = true})
        .field("payment_terms", &R::payment_terms)
        .field("owner", &R::owner, {.responsible = true})
        .field("award_reason", &R::award_reason, {.lines = true})
        .field("notes", &R::notes, {.lines = true})
        .in_order<&R::received_on, &R::valid_until>()
        .needs<&R::status, OfferStatus::awarded, &R::award_reason, &R::vendor>();
  }
};

// What one evaluator gives an offer for one criterion: 0 (does not fulfil) to 10 (fulfils completely).
struct OfferScore : Record {
  Ref<Offer> offer;
  Ref<SelectionCriterion> criterion;
  Ref<Person> evaluator;
  std::int64_t score = 0;
  std::string comment;
};

template <>
struct Describe<OfferScore> {
  static RegisterInfo make() {
    using R = OfferScore;
    return Describer<R>("", Desk::procurement)
        .field("offer", &R::offer, {.required = true, .owner = true})
        .field("criterion", &R::criterion)
        .field("evaluator", &R::evaluator)
        .field("score", &R::score, {.minimum = 0, .maximum = 10})
        .field("comment", &R::comment, {.title = true});
  }
};

enum class ContractKind : unsigned char { contract, order, framework_agreement };
enum class ContractStatus : unsigned char { draft, concluded, running, completed, terminated };

struct Contract : Record {
  std::string title;
  ContractKind kind = ContractKind::contract;
  ContractStatus status = ContractStatus::draft;
  Ref<Vendor> vendor;
  ContractType type = ContractType::undecided;
  Money value;
  std::string currency;
  std::optional<Day> signed_on, start, finish;
  Ref<Person> owner;
  Ref<CostAccount> account;
  Permille retention;
  Refs<ProcurementItem> items;
  Ref<Offer> offer;
  Ref<Document> document;
  std::string terms, penalty;
};

template <>
struct Describe<Contract> {
  static RegisterInfo make() {
    using R = Contract;
    return Describer<R>("CT", Desk::procurement)
        .field("title", &R::title, {.required = true, .title = true})
        .field("kind", &R::kind)
        .field("status", &R::status, {.closed = "completed terminated"})
        .field("vendor", &R::vendor)
        .field("value", &R::value, {.confidential = true, .minimum = 0})
        .field("currency", &R::currency, {.currency = true})
        .field("signed_on", &R::signed_on, {.rate_day = true})
        .field("start", &R::start)
        .field("finish", &R::finish, {.due = true})
        .field("owner", &R::owner, {.responsible = true})
        .field("type", &R::type)
        .field("account", &R::account)
        .field("retention", &R::retention, {.minimum = 0, .maximum = 1000})
        .field("items", &R::items)
        .field("offer", &R::offer)
        .field("document", &R::document)
        .field("terms", &R::terms, {.lines = true})
        .field("penalty", &R::penalty, {.lines = true})
        .in_order<&R::start, &R::finish>()
        .needs<&R::status, ContractStatus::concluded, &R::vendor, &R::signed_on>()
        .needs<&R::status, ContractStatus::running, &R::vendor, &R::signed_on>();
  }
};

enum class DeliveryStatus : unsigned char { planned, announced, delivered, inspected, accepted, rejected };

struct Delivery : Record {
  Ref<Contract> contract;
  std::string title;
  DeliveryStatus status = DeliveryStatus::planned;
  Ref<ProcurementItem> item;
  Number quantity = whole(1);
  std::optional<Day> promised, expected, delivered_on, accepted_on;
  Ref<Task> task;
  Number quantity_rejected;
  Ref<Inspection> inspection;
  Ref<Person> owner, accepted_by;
  std::string place, remarks;
};

template <>
struct Describe<Delivery> {
  static RegisterInfo make() {
    using R = Delivery;
    return Describer<R>("DL", Desk::procurement)
        .field("contract", &R::contract, {.owner = true})
        .field("title", &R::title, {.required = true, .title = true})
        .field("status", &R::status, {.closed = "accepted rejected"})
        .field("item", &R::item)
        .field("quantity", &R::quantity, {.minimum = 0})
        .field("promised", &R::promised, {.due = true})
        .field("expected", &R::expected)
        .field("delivered_on", &R::delivered_on)
        .field("quantity_rejected", &R::quantity_rejected, {.minimum = 0})
        .field("task", &R::task)
        .field("owner", &R::owner, {.responsible = true})
        .field("inspection", &R::inspection)
        .field("accepted_by", &R::accepted_by)
        .field("accepted_on", &R::accepted_on)
        .field("place", &R::place)
        .field("remarks", &R::remarks, {.lines = true})
        .in_order<&R::quantity_rejected, &R::quantity>()
        .in_order<&R::delivered_on, &R::accepted_on>()
        .needs<&R::status, DeliveryStatus::delivered, &R::delivered_on>()
        .needs<&R::status, DeliveryStatus::accepted, &R::delivered_on, &R::accepted_by, &R::accepted_on>()
        .needs<&R::status, DeliveryStatus::rejected, &R::remarks>();
  }
};

enum class ContractMilestoneStatus : unsigned char { planned, reached, cancelled };

// What a contract binds to a day: payments and the schedule hang on it.
struct ContractMilestone : Record {
  Ref<Contract> contract;
  std::string title;
  ContractMilestoneStatus status = ContractMilestoneStatus::planned;
  std::optional<Day> due, reached_on;
  Ref<Task> task;
  Ref<Person> owner;
  std::string proof;
};

template <>
struct Describe<ContractMilestone> {
  static RegisterInfo make() {
    using R = ContractMilestone;
    return Describer<R>("MS", Desk::procurement)
        .field("contract", &R::contract, {.owner = true})
        .field("title", &R::title, {.required = true, .title = true})
        .field("status", &R::status, {.closed = "reached cancelled"})
        .field("due", &R::due, {.due = true})
        .field("reached_on", &R::reached_on)
        .field("task", &R::task)
        .field("owner", &R::owner, {.responsible = true})
        .field("proof", &R::proof, {.lines = true})
        .needs<&R::status, ContractMilestoneStatus::reached, &R::reached_on>();
  }
};

enum class PaymentStatus : unsigned char { planned, due, invoiced, paid, withheld };

struct Invoice;

struct Payment : Record {
  Ref<Contract> contract;
  std::string title;
  PaymentStatus status = PaymentStatus::planned;
  Money amount;
  std::string currency;
  std::optional<Day> due, paid_on;
  Ref<Delivery> delivery;
  Ref<ContractMilestone> milestone;
  Ref<Invoice> invoice;
  Ref<Person> owner;
  std::string condition, document;
};

template <>
struct Describe<Payment> {
  static RegisterInfo make() {
    using R = Payment;
    return Describer<R>("PY", Desk::procurement)
        .field("contract", &R::contract, {.owner = true})
        .field("title", &R::title, {.required = true, .title = true})
        .field("status", &R::status, {.closed = "paid"})
        .field("amount", &R::amount, {.confidential = true, .minimum = 0})
        .field("currency", &R::currency, {.currency = true})
        .field("due", &R::due, {.due = true, .rate_day = true})
        .field("paid_on", &R::paid_on)
        .field("delivery", &R::delivery)
        .field("milestone", &R::milestone)
        .field("invoice", &R::invoice)
        .field("owner", &R::owner, {.responsible = true})
        .field("document", &R::document)
        .field("condition", &R::condition, {.lines = true})
        .needs<&R::status, PaymentStatus::paid, &R::paid_on>();
  }
};

enum class ClaimStatus : unsigned char { raised, in_negotiation, accepted, rejected, settled };
enum class ClaimSide : unsigned char { ours, theirs };

struct Claim : Record {
  Ref<Contract> contract;
  std::string title;
  ClaimSide side = ClaimSide::theirs;
  ClaimStatus status = ClaimStatus::raised;
  Money amount;
  std::optional<WorkMinutes> delay;
  std::optional<Day> raised_on, due, settled_on;
  Money settled_amount;
  Ref<Person> owner;
  std::string grounds, settlement;
};

template <>
struct Describe<Claim> {
  static RegisterInfo make() {
    using R = Claim;
    return Describer<R>("CL", Desk::procurement)
        .field("contract", &R::contract, {.owner = true})
        .field("title", &R::title, {.required = true, .title = true})
        .field("side", &R::side)
        .field("status", &R::status, {.closed = "rejected settled"})
        .field("amount", &R::amount, {.confidential = true, .minimum = 0})
        .field("delay", &R::delay, {.minimum = 0})
        .field("raised_on", &R::raised_on)
        .field("due", &R::due, {.due = true})
        .field("owner", &R::owner, {.responsible = true})
        .field("settled_on", &R::settled_on)
        .field("settled_amount", &R::settled_amount, {.confidential = true, .minimum = 0})
        .field("grounds", &R::grounds, {.lines = true})
        .field("settlement", &R::settlement, {.lines = true})
        .in_order<&R::raised_on, &R::settled_on>()
        .needs<&R::status, ClaimStatus::settled, &R::settled_on, &R::settlement>();
  }
};

enum class EvaluationStatus : unsigned char { issued, draft, discussed };
enum class VendorGrade : unsigned char { none, a, b, c, d };

// A periodic evaluation of a vendor, each side on 1 (poor) to 5 (excellent); 0: not evaluated.
struct VendorEvaluation : Record {
  Ref<Vendor> vendor;
  std::string title;  // the period
  std::optional<Day> evaluated_on;
  Ref<Person> evaluator;
  std::int64_t delivery = 0, quality = 0, price = 0, service = 0;
  VendorGrade grade = VendorGrade::none;
  EvaluationStatus status = EvaluationStatus::issued;
  std::string measures;
};

template <>
struct Describe<VendorEvaluation> {
  static RegisterInfo make() {
    using R = VendorEvaluation;
    return Describer<R>("VE", Desk::procurement)
        .field("vendor", &R::vendor, {.owner = true})
        .field("title", &R::title, {.required = true, .title = true})
        .field("evaluated_on", &R::evaluated_on)
        .field("evaluator", &R::evaluator, {.responsible = true})
        .field("status", &R::status, {.closed = "issued"})
        .field("delivery", &R::delivery, {.minimum = 0, .maximum = 5})
        .field("quality", &R::quality, {.minimum = 0, .maximum = 5})
        .field("price", &R::price, {.minimum = 0, .maximum = 5})
        .field("service", &R::service, {.minimum = 0, .maximum = 5})
        .field("grade", &R::grade)
        .field("measures", &R::measures, {.lines = true});
  }
};

}  // namespace pmo
