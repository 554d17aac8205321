#include "app/model/own_part.h"

#include <algorithm>
#include <map>
#include <vector>

#include "app/model/records/calendar.h"
#include "app/model/records/project_settings.h"
#include "app/model/records/resource_use.h"
#include "app/model/records/task.h"

namespace pmo {
namespace {

bool is_of_the_plan(const RegisterInfo& info) {
  const RegisterInfo* plan[] = {&register_of<ProjectSettings>(), &register_of<Calendar>(), &register_of<WorkWeek>(),
                                &register_of<CalendarException>(), &register_of<Task>(), &register_of<Link>(),
                                &register_of<Resource>(), &register_of<Assignment>(),
                                &register_of<AvailabilityPeriod>()};
  return std::ranges::contains(plan, &info);
}

template <class Use>
void for_each_reference(const RegisterInfo& info, const Record& record, Use&& use) {
  for (const auto& field : info.fields) {
    if (field.kind != Kind::reference && field.kind != Kind::references) continue;
    const auto value = field.get(record);
    if (const auto* id = std::get_if<Id>(&value)) use(field, *id);
    if (const auto* ids = std::get_if<std::vector<Id>>(&value))
      for (const auto id : *ids) use(field, id);
  }
}

class Part {
 public:
  Part(const Project& project, Id person) : self_{person} {
    for (const auto& resource : project.all<Resource>())
      if (resource.person.id == person) self_.insert(resource.id);
    for (const auto* info : project.schema().registers()) {
      const auto& table = project.table(*info);
      for (const auto* record : table.records()) add(*info, *record);
      for (const auto* record : table.deleted()) add(*info, *record);
    }
  }

  std::set<Id> closed() {
    for (const auto id : named_) with_owners_and_parts(id);
    // What they refer to: its name at least must be there to be read.
    std::set<Id> all = part_;
    for (const auto id : part_)
      if (const auto at = found_.find(id); at != found_.end())
        for_each_reference(*at->second.first, *at->second.second, [&](const FieldInfo&, Id other) { all.insert(other); });
    return all;
  }

 private:
  void add(const RegisterInfo& info, const Record& record) {
    found_.emplace(record.id, std::pair(&info, &record));
    const bool of_the_plan = is_of_the_plan(info);
    if (of_the_plan) part_.insert(record.id);
    bool names = self_.contains(record.id);
    for_each_reference(info, record, [&](const FieldInfo& field, Id other) {
      names |= self_.contains(other);
      if (field.options.owner && !of_the_plan) parts_[other].push_back(record.id);
    });
    if (names && !of_the_plan) named_.push_back(record.id);
  }

  void with_owners_and_parts(Id id) {
    if (!complete_.insert(id).second) return;
    part_.insert(id);
    if (const auto parts = parts_.find(id); parts != parts_.end())
      for (const auto part : parts->second) with_owners_and_parts(part);
    if (const auto at = found_.find(id); at != found_.end())
      for_each_reference(*at->second.first, *at->second.second, [&](const FieldInfo& field, Id other) {
        if (field.options.owner) part_.insert(other);
      });
  }

  std::set<Id> self_;  // the person, and the resources that stand for them
  std::map<Id, std::pair<const RegisterInfo*, const Record*>> found_;
  std::map<Id, std::vector<Id>> parts_;
  std::vector<Id> named_;
  std::set<Id> part_;
  std::set<Id> complete_;  // of it: with their owners and parts
};

}  // namespace

std::set<Id> part_concerning(const Project& project, Ref<Person> person) { return Part(project, person.id).closed(); }

}  // namespace pmo
