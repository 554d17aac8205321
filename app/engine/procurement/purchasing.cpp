#include "app/engine/procurement/purchasing.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "app/engine/control/exchange.h"

namespace pmo::engine {
namespace {

std::optional<Day> start_of(Ref<Task> task, const Plan& plan, const Schedule& schedule) {
  for (std::size_t i = 0; i < plan.tasks.size(); ++i)
    if (plan.tasks[i].id == task.id && schedule.scheduled[i]) return schedule.start[i].day();
  return {};
}

int place_in(std::vector<Id>& list, Id id) {
  const auto at = std::ranges::find(list, id);
  const auto place = static_cast<int>(at - list.begin());
  if (at == list.end()) list.push_back(id);
  return place;
}

OfferScores scores_of(const Project& project, const Offer& offer, const std::vector<Id>& criteria, std::vector<Id>& evaluators) {
  OfferScores scores;
  for (const OfferScore& score : project.all<OfferScore>()) {
    if (score.offer.id != offer.id) continue;
    const auto criterion = std::ranges::find(criteria, score.criterion.id);
    if (criterion == criteria.end()) continue;
    const auto row = static_cast<std::size_t>(place_in(evaluators, score.evaluator.id));
    if (scores.scores.size() <= row) scores.scores.resize(row + 1, std::vector<std::optional<double>>(criteria.size()));
    scores.scores[row][static_cast<std::size_t>(criterion - criteria.begin())] = static_cast<double>(score.score);
  }
  // An evaluator who scored other offers only has no row of scores here.
  std::erase_if(scores.scores, [](const auto& row) { return std::ranges::none_of(row, [](const auto& one) { return one.has_value(); }); });
  return scores;
}

Id vendor_of(const Project& project, Ref<Contract> contract) {
  const Contract* found = project.find(contract);
  return found ? found->vendor.id : Id{};
}

struct VendorSums {
  int arrived = 0, dated = 0, on_time = 0, counted = 0, evaluations = 0;
  double rejected = 0, evaluation = 0;
};

void add_delivery(VendorSums& sums, const Delivery& delivery, Day today) {
  const bool overdue = !delivery.delivered_on && delivery.promised && *delivery.promised < today;
  if (delivery.promised && (delivery.delivered_on || overdue)) {
    ++sums.dated;
    sums.on_time += !overdue && *delivery.delivered_on <= *delivery.promised;
  }
  if (!delivery.delivered_on) return;
  ++sums.arrived;
  const double quantity = real(delivery.quantity);
  if (quantity <= 0) return;
  ++sums.counted;
  sums.rejected += delivery.status == DeliveryStatus::rejected ? 1 : std::min(1.0, real(delivery.quantity_rejected) / quantity);
}

void add_evaluation(VendorSums& sums, const VendorEvaluation& evaluation) {
  if (evaluation.status == EvaluationStatus::draft) return;
  for (const auto side : {evaluation.delivery, evaluation.quality, evaluation.price, evaluation.service})
    if (side > 0) {
      sums.evaluation += static_cast<double>(side);
      ++sums.evaluations;
    }
}

}  // namespace

OfferComparison compare_offers(const Project& project, const ProcurementItem& item) {
  OfferComparison comparison;
  double sum = 0;
  for (const SelectionCriterion& criterion : project.all<SelectionCriterion>())
    if (criterion.item.id == item.id) {
      comparison.criteria.push_back(criterion.id);
      comparison.weights.push_back(static_cast<double>(criterion.weight.value));
      sum += comparison.weights.back();
    }
  for (double& weight : comparison.weights) weight = sum > 0 ? weight / sum : 0;
  std::vector<std::optional<double>> totals;
  for (const Offer& offer : project.all<Offer>()) {
    if (offer.item.id != item.id || offer.status == OfferStatus::withdrawn) continue;
    const auto scores = scores_of(project, offer, comparison.criteria, comparison.evaluators);
    comparison.offers.push_back({offer.id, weighted_score(comparison.weights, scores), {}});
    totals.push_back(comparison.offers.back().result.score);
  }
  const auto ranks = places(totals);
  for (std::size_t i = 0; i < ranks.size(); ++i) comparison.offers[i].place = ranks[i];
  if (comparison.criteria.empty()) comparison.missing = NoComparison::no_criteria;
  else if (sum <= 0) comparison.missing = NoComparison::no_weight;
  else if (comparison.offers.empty()) comparison.missing = NoComparison::no_offers;
  return comparison;
}

Key no_comparison_key(NoComparison reason) {
  if (reason == NoComparison::no_criteria) return "procurement.no_comparison.no_criteria"_key;
  if (reason == NoComparison::no_weight) return "procurement.no_comparison.no_weight"_key;
  return "procurement.no_comparison.no_offers"_key;
}

OrderDate order_date(const ProcurementItem& item, const Plan& plan, const Schedule& schedule) {
  OrderDate dates;
  dates.need_by = item.need_by ? item.need_by : start_of(item.task, plan, schedule);
  if (dates.need_by) dates.latest_order = *dates.need_by - static_cast<std::int32_t>(item.lead_time);
  return dates;
}

std::vector<DeliveryOutlook> delivery_outlook(const Project& project, const Plan& plan, const Schedule& schedule) {
  std::vector<DeliveryOutlook> outlooks;
  for (const Delivery& delivery : project.all<Delivery>()) {
    DeliveryOutlook outlook{.delivery = delivery.id};
    outlook.arrives = delivery.delivered_on ? delivery.delivered_on : delivery.expected ? delivery.expected : delivery.promised;
    outlook.needed = start_of(delivery.task, plan, schedule);
    if (outlook.arrives && outlook.needed) outlook.days_late = *outlook.arrives - *outlook.needed;
    if (outlook.arrives && delivery.promised) outlook.days_after_promise = *outlook.arrives - *delivery.promised;
    outlooks.push_back(outlook);
  }
  return outlooks;
}

VendorGrade grade_of(const VendorScore& score) {
  double sum = 0;
  int known = 0;
  const auto add = [&](std::optional<double> share) {
    if (share) sum += *share, ++known;
  };
  add(score.on_time);
  if (score.reject_rate) add(std::max(0.0, 1 - 10 * *score.reject_rate));
  if (score.evaluation) add(*score.evaluation / 5);
  if (known == 0) return VendorGrade::none;
  const double mean = sum / known;
  return mean >= 0.9 ? VendorGrade::a : mean >= 0.75 ? VendorGrade::b : mean >= 0.6 ? VendorGrade::c : VendorGrade::d;
}

bool asks_for_probation(const Vendor& vendor, VendorGrade grade) {
  return grade >= VendorGrade::c && vendor.status != VendorStatus::probation && vendor.status != VendorStatus::blocked;
}

std::vector<VendorScore> vendor_scores(const Project& project, Day today) {
  std::map<Id, VendorSums> sums;
  std::map<Id, VendorScore> scores;
  for (const Contract& contract : project.all<Contract>())
    if (contract.status != ContractStatus::draft) scores[contract.vendor.id].ordered += Money{std::llround(own_amount(project, contract, &Contract::value, today).value_or(0))};
  for (const Delivery& delivery : project.all<Delivery>()) add_delivery(sums[vendor_of(project, delivery.contract)], delivery, today);
  for (const VendorEvaluation& evaluation : project.all<VendorEvaluation>()) add_evaluation(sums[evaluation.vendor.id], evaluation);
  for (const Claim& claim : project.all<Claim>())
    if (claim.status == ClaimStatus::raised || claim.status == ClaimStatus::in_negotiation)
      ++scores[vendor_of(project, claim.contract)].open_claims;
  std::vector<VendorScore> list;
  for (const Vendor& vendor : project.all<Vendor>()) {
    VendorScore score = scores[vendor.id];
    const VendorSums& of = sums[vendor.id];
    score.vendor = vendor.id;
    score.deliveries = of.arrived;
    if (of.dated > 0) score.on_time = static_cast<double>(of.on_time) / of.dated;
    if (of.counted > 0) score.reject_rate = of.rejected / of.counted;
    if (of.evaluations > 0) score.evaluation = of.evaluation / of.evaluations;
    score.grade = grade_of(score);
    list.push_back(score);
  }
  return list;
}

}  // namespace pmo::engine
