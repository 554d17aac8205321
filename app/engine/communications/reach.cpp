#include "app/engine/communications/reach.h"

#include <algorithm>

#include "app/engine/mean.h"

namespace pmo::engine {
namespace {

struct Confirmations {
  int asked = 0, confirmed = 0;
};

std::map<Id, Confirmations> confirmations_of(const Project& project) {
  std::map<Id, Confirmations> counted;
  for (const Acknowledgement& one : project.all<Acknowledgement>()) {
    ++counted[one.record.id].asked;
    counted[one.record.id].confirmed += one.acknowledged_on.has_value();
  }
  return counted;
}

void add(Reach& reach, const Communication& communication, const Confirmations& confirmations) {
  ++reach.planned;
  reach.sent += communication.status == CommunicationStatus::sent;
  reach.asked += confirmations.asked;
  reach.confirmed += confirmations.confirmed;
}

void add_scores(const Project& project, ReachOfProject& reach) {
  Mean all;
  std::map<Id, Mean> audiences;
  std::map<CommunicationChannel, Mean> channels;
  for (const CommunicationFeedback& feedback : project.all<CommunicationFeedback>()) {
    if (!feedback.score) continue;
    all.add(*feedback.score);
    audiences[feedback.stakeholder.id].add(*feedback.score);
    channels[feedback.channel].add(*feedback.score);
  }
  reach.all.score = all.value();
  for (const auto& [stakeholder, mean] : audiences)
    if (stakeholder) reach.audiences[stakeholder].score = mean.value();
  for (const auto& [channel, mean] : channels) reach.channels[channel].score = mean.value();
}

bool is_informed(const Project& project, Id stakeholder) {
  for (const CommunicationPlanItem& item : project.all<CommunicationPlanItem>()) {
    if (item.status == PlanStatus::draft || item.status == PlanStatus::ended) continue;
    if (std::ranges::contains(item.audience, Ref<Stakeholder>{stakeholder})) return true;
    const DistributionList* list = project.find(item.distribution_list);
    if (list && std::ranges::contains(list->stakeholders, Ref<Stakeholder>{stakeholder})) return true;
  }
  return false;
}

}  // namespace

ReachOfProject reach_of(const Project& project) {
  ReachOfProject reach;
  auto confirmations = confirmations_of(project);
  for (const Communication& communication : project.all<Communication>()) {
    if (communication.status == CommunicationStatus::cancelled) continue;
    const Confirmations& confirmed = confirmations[communication.id];
    add(reach.all, communication, confirmed);
    if (communication.due) add(reach.months[*communication.due - (civil(*communication.due).day - 1)], communication, confirmed);
    add(reach.channels[communication.channel], communication, confirmed);
    for (const auto stakeholder : communication.audience) add(reach.audiences[stakeholder.id], communication, confirmed);
  }
  add_scores(project, reach);
  for (const Stakeholder& stakeholder : project.all<Stakeholder>())
    if (stakeholder.status == EntryStatus::in_use && !is_informed(project, stakeholder.id)) reach.uninformed.push_back(stakeholder.id);
  return reach;
}

}  // namespace pmo::engine
