#include "app/engine/resources/competency_gaps.h"

#include <map>

#include "app/engine/mean.h"

namespace pmo::engine {
namespace {

bool holds_on(const RoleHolder& holder, Day day) {
  return holder.status == EntryStatus::in_use && (!holder.start || *holder.start <= day) && (!holder.finish || *holder.finish >= day);
}

double share(Permille permille) { return permille.value / 1000.0; }

}  // namespace

std::vector<CompetencyGap> competency_gaps(const Project& project, Day day) {
  std::map<std::pair<Id, Id>, CompetencyGap> gaps;
  for (const RoleHolder& holder : project.all<RoleHolder>()) {
    if (!holds_on(holder, day)) continue;
    for (const CompetencyNeed& need : project.all<CompetencyNeed>()) {
      if (need.role.id != holder.role.id || need.status != EntryStatus::in_use) continue;
      auto& gap = gaps[{holder.person.id, need.competency.id}];
      gap.required = std::max(gap.required.value_or(0), need.level);
      gap.mandatory |= need.mandatory;
    }
  }
  std::map<std::pair<Id, Id>, Day> newest;
  for (const CompetencyAssessment& assessment : project.all<CompetencyAssessment>()) {
    if (assessment.status != EntryStatus::in_use) continue;
    const std::pair key{assessment.person.id, assessment.competency.id};
    const Day on = assessment.assessed_on.value_or(Day{0});
    const auto [at, first] = newest.try_emplace(key, on);
    if (!first && on < at->second) continue;
    at->second = on;
    gaps[key].assessed = assessment.level;
  }
  std::vector<CompetencyGap> list;
  for (auto& [key, gap] : gaps) {
    std::tie(gap.person, gap.competency) = key;
    list.push_back(gap);
  }
  return list;
}

SessionEvaluation evaluate_session(const Project& project, const TrainingSession& session) {
  SessionEvaluation evaluation;
  Mean reaction, gain, behaviour;
  for (const Attendance& attendance : project.all<Attendance>()) {
    if (attendance.session.id != session.id) continue;
    ++evaluation.invited;
    evaluation.attended += attendance.status == AttendanceStatus::attended;
    if (attendance.reaction) reaction.add(static_cast<double>(*attendance.reaction));
    if (attendance.behaviour) behaviour.add(static_cast<double>(*attendance.behaviour));
    if (const auto learned = learning_gain(attendance.score_before.transform(share), attendance.score_after.transform(share), 1.0))
      gain.add(*learned);
  }
  evaluation.reaction = reaction.value();
  evaluation.learning_gain = gain.value();
  evaluation.behaviour = behaviour.value();
  if (session.benefit != Money{0})
    evaluation.return_ = training_return(static_cast<double>(session.benefit.value), static_cast<double>(session.cost.value));
  return evaluation;
}

}  // namespace pmo::engine
