#include "app/model/begin_like.h"

#include <algorithm>
#include <map>

#include "app/model/records/communication.h"
#include "app/model/records/earned_value.h"
#include "app/model/records/lists.h"
#include "app/model/records/management.h"
#include "app/model/records/project_settings.h"
#include "app/model/records/quality.h"
#include "app/model/records/resource_use.h"
#include "app/model/records/saved_view.h"
#include "app/model/records/training.h"

namespace pmo {
namespace {

const std::vector<const RegisterInfo*>& taken_over() {
  static const std::vector<const RegisterInfo*> registers = {
      &register_of<Person>(), &register_of<Calendar>(), &register_of<WorkWeek>(), &register_of<CalendarException>(), &register_of<CostAccount>(),
      &register_of<Task>(), &register_of<Link>(), &register_of<TaskStep>(), &register_of<Resource>(), &register_of<Assignment>(),
      &register_of<ResourceRate>(), &register_of<AvailabilityPeriod>(),
      &register_of<StockRule>(), &register_of<OwnChoice>(), &register_of<ScaleLevel>(), &register_of<RiskBreakdown>(), &register_of<RiskPrompt>(),
      &register_of<OrganisationUnit>(), &register_of<ProjectRole>(), &register_of<RoleHolder>(), &register_of<RaciEntry>(), &register_of<Competency>(),
      &register_of<CompetencyNeed>(), &register_of<ResourceSkill>(), &register_of<Course>(), &register_of<Stakeholder>(), &register_of<DistributionList>(),
      &register_of<CommunicationPlanItem>(), &register_of<QualityObjective>(), &register_of<QualityGate>(), &register_of<ChecklistItem>(),
      &register_of<QualityPlanItem>(), &register_of<RequiredDocument>(), &register_of<Vendor>(), &register_of<ProcurementItem>(),
      &register_of<SelectionCriterion>(), &register_of<Charter>(), &register_of<ExchangeRate>(), &register_of<SavedView>()};
  return registers;
}

// What somebody did or found out, rather than planned.
bool happened(const FieldInfo& field) {
  constexpr std::string_view names[] = {"actual", "actual_start", "actual_finish", "actual_duration", "actual_work", "remaining_duration", "remaining_work",
                                        "resume", "achieved_on", "percent_complete", "physical_percent", "levelling_delay", "levelling_resource", "levelling_holder",
                                        "approved_on", "approved_by", "held_on", "decided_by", "conditions", "evidence", "answer", "decision_reason", "source_uid",
                                        "status_date"};
  const bool state = field.kind == Kind::choice && field.name == "status" && field.choice_labels != type_name<EntryStatus>();
  return state || std::ranges::contains(names, field.name);
}

// Days that belong to the calendar of the world, not to the project's.
bool keeps_days(const RegisterInfo& info) {
  return &info == &register_of<WorkWeek>() || &info == &register_of<CalendarException>() || &info == &register_of<ExchangeRate>();
}

class Beginner {
 public:
  Beginner(const Project& earlier, Project& fresh, const Beginning& beginning) : earlier_(earlier), change_(fresh, "transaction.new_project"_key), beginning_(beginning) {
    change_.take_as_it_is();
  }

  Result<void> begin() {
    const ProjectSettings& before = earlier_.all<ProjectSettings>().at(0);
    days_ = beginning_.start.day() - before.start.day();
    made_.emplace_back(&register_of<ProjectSettings>(), &before, &change_.create_record(register_of<ProjectSettings>(), {}));
    for (const RegisterInfo* info : taken_over())
      for (const Record* record : earlier_.table(*info).records()) {
        made_.emplace_back(info, record, &change_.create_record(*info, {}));
        ids_[record->id] = made_.back().copy->id;
      }
    for (const Made& made : made_) PMO_TRY_VOID(fill(made));
    auto& settings = static_cast<ProjectSettings&>(*made_.front().copy);
    settings.name = beginning_.name;
    settings.code.clear();
    settings.start = beginning_.start;
    auto commit = change_.commit();
    return commit ? Result<void>{} : std::unexpected(commit.error());
  }

 private:
  struct Made {
    const RegisterInfo* info;
    const Record* record;
    Record* copy;
  };

  Result<void> fill(const Made& made) {
    for (const FieldInfo& field : made.info->fields) {
      if (happened(field)) continue;
      Value value = field.get(*made.record);
      if (value == field.get(*made.copy) || is_newer_choice(field, value)) continue;
      PMO_TRY_VOID(change_.set(*made.copy, *made.info, field, moved(*made.info, field, std::move(value))));
    }
    return {};
  }

  Value moved(const RegisterInfo& info, const FieldInfo& field, Value value) const {
    if (auto* id = std::get_if<Id>(&value)) return ids_.contains(*id) ? Value{ids_.at(*id)} : Value{};
    if (auto* list = std::get_if<std::vector<Id>>(&value)) {
      std::vector<Id> known;
      for (const Id id : *list)
        if (const auto at = ids_.find(id); at != ids_.end()) known.push_back(at->second);
      return known;
    }
    if (auto* number = std::get_if<std::int64_t>(&value); number && !keeps_days(info)) {
      if (field.kind == Kind::day && *number != 0) return *number + days_;
      if (field.kind == Kind::minute) return *number + std::int64_t{days_} * 24 * 60;
    }
    if (const auto* text = std::get_if<std::string>(&value); text && field.kind == Kind::choice) return own_choice(*text);
    return value;
  }

  // A choice of the project's own is another record here.
  Value own_choice(const std::string& choice) const {
    const std::string base(base_choice(choice));
    if (base == choice) return choice;
    const auto own = Id::parse(std::string_view(choice).substr(base.size() + 1));
    return own && ids_.contains(*own) ? base + "." + ids_.at(*own).text() : base;
  }

  const Project& earlier_;
  Transaction change_;
  const Beginning& beginning_;
  int days_ = 0;
  std::vector<Made> made_;
  std::map<Id, Id> ids_;  // of the earlier project to those here
};

}  // namespace

Result<void> begin_like(const Project& earlier, Project& fresh, const Beginning& beginning) {
  if (earlier.all<ProjectSettings>().empty()) return fail("error.begin_like.empty"_key);
  return Beginner(earlier, fresh, beginning).begin();
}

}  // namespace pmo
