// What the responses to risks bring, and how the exposure changes from review to review.
// Sources: PMI, "Practice Standard for Project Risk Management"; B. Boehm, "Software Risk Management" (1991), risk
// reduction leverage.
#pragma once

#include "app/engine/risk/risk.h"
#include "app/model/records/management.h"
#include "app/model/transaction.h"

namespace pmo::engine {

struct ResponseEffect {
  Id risk;
  std::optional<int> score_before, score_after;
  std::optional<Money> before, after;   // expected values; positive is cost
  Money planned_cost, actual_cost;      // of the responses
  // (before - after) / cost of the responses: what one unit of money buys. The actual cost counts once there is one.
  // None without both expected values or without cost.
  std::optional<double> leverage;
};
// Open risks with a response (a strategy other than accepting, or a residual assessment), the highest leverage first.
std::vector<ResponseEffect> response_effects(const Project& project);

struct ExposurePoint {
  Day day;
  std::int64_t open_risks = 0, high_risks = 0;
  Money exposure, reserve;
};
// As the register is now, on the given day.
ExposurePoint exposure_now(const Project& project, Day day);
// As the reviews kept it, by day, and as it is now. Reviews without figures are left out.
std::vector<ExposurePoint> exposure_over_time(const Project& project, Day today);

// Writes today's figures into the review and marks it held.
void keep_exposure(Transaction& transaction, const RiskReview& review, Day today);

}  // namespace pmo::engine
