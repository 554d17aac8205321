// Customer satisfaction over time, by theme, and what improvements brought.
// Sources: F. Reichheld, "The one number you need to grow" (2003); ISO 10004 (monitoring customer satisfaction).
#pragma once

#include "app/engine/quality/quality.h"
#include "app/model/project.h"
#include "app/model/records/satisfaction.h"

namespace pmo::engine {

struct SatisfactionMonth {
  Day month;  // its first day
  int answers = 0;
  std::optional<double> satisfied;  // percent of 4 and 5
  std::optional<double> promoters;  // net promoter score, -100..100
};
// Feedback without a day counts in no month.
std::vector<SatisfactionMonth> satisfaction_by_month(const Project& project);

struct FeedbackTheme {
  std::string name;  // empty: none was named
  int answers = 0, complaints = 0;
  std::optional<double> mean;  // 1..5
};
// The one with the lowest mean first; those without a score last.
std::vector<FeedbackTheme> themes_of(const Project& project);

// The mean score (1..5) of a theme before and after an improvement of it was done. None where nobody answered then.
struct ImprovementEffect {
  Id feedback;
  int answers_before = 0, answers_after = 0;
  std::optional<double> before, after;
  std::optional<double> gain() const { return before && after ? std::optional(*after - *before) : std::nullopt; }
};
// Of every feedback with an improvement that is done; the day counts as before.
std::vector<ImprovementEffect> improvement_effects(const Project& project);

}  // namespace pmo::engine
