// Competencies that roles ask for against those that persons have.
#pragma once

#include "app/engine/resources/training.h"
#include "app/model/project.h"
#include "app/model/records/training.h"

namespace pmo::engine {

struct CompetencyGap {
  Id person, competency;
  std::optional<std::int64_t> required;  // the highest of the roles that the person holds on the day
  std::optional<std::int64_t> assessed;  // by the newest assessment
  bool mandatory = false;
  std::optional<double> gap() const {
    return competency_gap(required.transform([](auto level) { return static_cast<double>(level); }),
                          assessed.transform([](auto level) { return static_cast<double>(level); }));
  }
};

// One entry for each person and competency of which there is a need or an assessment in use.
std::vector<CompetencyGap> competency_gaps(const Project& project, Day day);

// The evaluation of a session on the four levels of Kirkpatrick; no value where nobody was asked.
struct SessionEvaluation {
  int invited = 0, attended = 0;
  std::optional<double> reaction;       // mean, 1..5
  std::optional<double> learning_gain;  // mean share of what could be learned
  std::optional<double> behaviour;      // mean, 1..5
  std::optional<double> return_;        // of the benefit on the cost
};
SessionEvaluation evaluate_session(const Project& project, const TrainingSession& session);

}  // namespace pmo::engine
