// Procurement of a project: offers compared, latest order dates, deliveries against the schedule, vendors' scorecards.
#pragma once

#include "app/engine/procurement/procurement.h"
#include "app/engine/schedule/plan.h"
#include "app/engine/schedule/schedule.h"
#include "app/model/project.h"
#include "app/model/records/procurement.h"

namespace pmo::engine {

// Why offers cannot be compared.
enum class NoComparison : unsigned char { none, no_criteria, no_weight, no_offers };

struct ComparedOffer {
  Id offer;
  OfferResult result;
  std::optional<int> place;
};
struct OfferComparison {
  NoComparison missing = NoComparison::none;
  std::vector<Id> criteria;      // in the order in which they were added
  std::vector<double> weights;   // share of the sum
  std::vector<Id> evaluators;
  std::vector<ComparedOffer> offers;
};
OfferComparison compare_offers(const Project& project, const ProcurementItem& item);
Key no_comparison_key(NoComparison reason);

// When an item must be ordered so that it is there in time.
struct OrderDate {
  std::optional<Day> need_by;       // of the item, otherwise the start of its task
  std::optional<Day> latest_order;  // less the lead time
};
OrderDate order_date(const ProcurementItem& item, const Plan& plan, const Schedule& schedule);

// A delivery against the start of the task that needs it. Days late: positive.
struct DeliveryOutlook {
  Id delivery;
  std::optional<Day> arrives;    // delivered, otherwise expected, otherwise promised
  std::optional<Day> needed;     // start of its task
  std::optional<int> days_late;  // against the task
  std::optional<int> days_after_promise;
};
std::vector<DeliveryOutlook> delivery_outlook(const Project& project, const Plan& plan, const Schedule& schedule);

struct VendorScore {
  Id vendor;
  Money ordered;                       // in the project's currency
  int deliveries = 0;                  // that have arrived
  std::optional<double> on_time;       // share of those that were promised by today; overdue ones are late
  std::optional<double> reject_rate;   // mean over the deliveries, so that tonnes and pieces do not mix
  std::optional<double> evaluation;    // mean of all sides of all evaluations but drafts, 1..5
  int open_claims = 0;
  VendorGrade grade = VendorGrade::none;  // by grade_of
};
// By what is known of delivery, quality and the evaluations: the mean of on time share, 1 - 10 x reject rate (not below
// 0) and evaluation / 5. A from 0.9, B from 0.75, C from 0.6, D below; none without any of them.
VendorGrade grade_of(const VendorScore& score);
// Whether the grade asks for a probation that the vendor is not in.
bool asks_for_probation(const Vendor& vendor, VendorGrade grade);
std::vector<VendorScore> vendor_scores(const Project& project, Day today);

}  // namespace pmo::engine
