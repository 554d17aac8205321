// Whom communications reach: planned, sent, confirmed, by month and by audience; how they are received, by channel.
#pragma once

#include <map>

#include "app/model/project.h"
#include "app/model/records/communication.h"

namespace pmo::engine {

struct Reach {
  int planned = 0;    // communications, whatever became of them, but not the cancelled ones
  int sent = 0;
  int asked = 0;      // persons asked to confirm what was sent
  int confirmed = 0;
  std::optional<double> score;  // mean of the feedback, 1..5
  std::optional<double> sent_share() const { return planned > 0 ? std::optional(static_cast<double>(sent) / planned) : std::nullopt; }
  std::optional<double> confirmed_share() const { return asked > 0 ? std::optional(static_cast<double>(confirmed) / asked) : std::nullopt; }
};

struct ReachOfProject {
  Reach all;
  std::map<Day, Reach> months;                    // by the first of the month in which they are due; those without a day are in `all` only
  std::map<Id, Reach> audiences;                  // by stakeholder
  std::map<CommunicationChannel, Reach> channels;
  std::vector<Id> uninformed;                     // stakeholders in no approved or active item of the plan
};
ReachOfProject reach_of(const Project& project);

}  // namespace pmo::engine
