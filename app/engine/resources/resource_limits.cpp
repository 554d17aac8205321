#include "app/engine/resources/resource_limits.h"

#include <algorithm>
#include <map>

#include "app/engine/resources/competency_gaps.h"
#include "app/model/open_work.h"
#include "app/model/records/resource_use.h"
#include "app/model/records/training.h"

namespace pmo::engine {
namespace {

void add_maintenance(const Project& project, std::vector<ResourceLimit>& limits) {
  for (const Maintenance& one : project.all<Maintenance>())
    if (one.status == MaintenanceStatus::planned && one.due && one.resource)
      limits.push_back({.resource = one.resource.id, .kind = LimitKind::maintenance, .info = &register_of<Maintenance>(), .record = one.id, .first = one.due,
                        .last = *one.due + static_cast<std::int32_t>(one.days - 1)});
}

void add_hire(const Project& project, std::vector<ResourceLimit>& limits) {
  std::map<Id, const EquipmentHire*> expected;  // by resource: the one that arrives first
  for (const EquipmentHire& hire : project.all<EquipmentHire>()) {
    if (hire.status != HireStatus::planned || !hire.resource) continue;
    const EquipmentHire*& kept = expected[hire.resource.id];
    if (!kept || (hire.start && (!kept->start || *hire.start < *kept->start))) kept = &hire;
  }
  for (const EquipmentHire& hire : project.all<EquipmentHire>())
    if (hire.status == HireStatus::on_hire) expected.erase(hire.resource.id);
  for (const auto& [resource, hire] : expected)
    limits.push_back({.resource = resource, .kind = LimitKind::hire, .info = &register_of<EquipmentHire>(), .record = hire->id,
                      .last = hire->start ? std::optional(*hire->start - 1) : std::nullopt});
}

void add_training(const Project& project, std::vector<ResourceLimit>& limits) {
  for (const TrainingNeed& need : project.all<TrainingNeed>()) {
    if (!is_open(register_of<TrainingNeed>(), need)) continue;
    for (const Resource& resource : project.all<Resource>())
      if (need.resource ? resource.id == need.resource.id : need.person && resource.person == need.person)
        limits.push_back({.resource = resource.id, .kind = LimitKind::training, .info = &register_of<TrainingNeed>(), .record = need.id, .last = need.due});
  }
}

void add_skills(const Project& project, Day today, std::vector<ResourceLimit>& limits) {
  const auto trained = [&](const CompetencyGap& gap) {
    return std::ranges::any_of(project.all<TrainingNeed>(), [&](const TrainingNeed& need) {
      return need.person.id == gap.person && need.competency.id == gap.competency && is_open(register_of<TrainingNeed>(), need);
    });
  };
  for (const CompetencyGap& gap : competency_gaps(project, today)) {
    if (!gap.mandatory || gap.gap().value_or(0) <= 0 || trained(gap)) continue;
    for (const Resource& resource : project.all<Resource>())
      if (resource.person.id == gap.person && resource.status == EntryStatus::in_use)
        limits.push_back({.resource = resource.id, .kind = LimitKind::skill, .info = &register_of<Resource>(), .record = resource.id, .competency = gap.competency,
                          .required = *gap.required, .current = *gap.assessed});
  }
}

}  // namespace

std::vector<ResourceLimit> outages(const Project& project) {
  std::vector<ResourceLimit> limits;
  add_maintenance(project, limits);
  add_hire(project, limits);
  return limits;
}

std::vector<ResourceLimit> resource_limits(const Project& project, Day today) {
  std::vector<ResourceLimit> limits = outages(project);
  add_training(project, limits);
  add_skills(project, today, limits);
  return limits;
}

}  // namespace pmo::engine
