#include "app/engine/quality/satisfaction.h"

#include <map>

#include "app/engine/mean.h"
#include "app/model/sort_stably.h"

namespace pmo::engine {

std::vector<SatisfactionMonth> satisfaction_by_month(const Project& project) {
  struct Scores {
    std::vector<int> satisfied, recommended;
    int answers = 0;
  };
  std::map<Day, Scores> months;
  for (const Feedback& feedback : project.all<Feedback>()) {
    if (!feedback.given_on || (!feedback.satisfaction && !feedback.recommendation)) continue;
    Scores& scores = months[*feedback.given_on - (civil(*feedback.given_on).day - 1)];
    ++scores.answers;
    if (feedback.satisfaction) scores.satisfied.push_back(static_cast<int>(*feedback.satisfaction));
    if (feedback.recommendation) scores.recommended.push_back(static_cast<int>(*feedback.recommendation));
  }
  std::vector<SatisfactionMonth> list;
  for (const auto& [month, scores] : months)
    list.push_back({month, scores.answers, customer_satisfaction(scores.satisfied), net_promoter_score(scores.recommended)});
  return list;
}

std::vector<FeedbackTheme> themes_of(const Project& project) {
  std::map<std::string, std::pair<FeedbackTheme, Mean>> themes;
  for (const Feedback& feedback : project.all<Feedback>()) {
    auto& [theme, mean] = themes[feedback.theme];
    theme.name = feedback.theme;
    ++theme.answers;
    theme.complaints += feedback.kind == FeedbackKind::complaint;
    if (feedback.satisfaction) mean.add(*feedback.satisfaction);
  }
  std::vector<FeedbackTheme> list;
  for (auto& [name, of] : themes) {
    of.first.mean = of.second.value();
    list.push_back(of.first);
  }
  sort_stably(list, {}, [](const FeedbackTheme& theme) { return theme.mean.value_or(6); });
  return list;
}

std::vector<ImprovementEffect> improvement_effects(const Project& project) {
  std::vector<ImprovementEffect> effects;
  for (const Feedback& improved : project.all<Feedback>()) {
    if (!improved.improved_on || improved.improvement.empty()) continue;
    Mean before, after;
    for (const Feedback& feedback : project.all<Feedback>())
      if (feedback.theme == improved.theme && feedback.satisfaction && feedback.given_on)
        (*feedback.given_on <= *improved.improved_on ? before : after).add(*feedback.satisfaction);
    effects.push_back({improved.id, before.count, after.count, before.value(), after.value()});
  }
  return effects;
}

}  // namespace pmo::engine
