// What the parts of the MSPDI writer share: the plan and its schedule, the numbers by which elements refer to each other, the
// custom fields, and what came with the file and goes back to it. Elements stand in the order of Microsoft's schema, on which
// MS Project insists. Internal to the writer.
#pragma once

#include <map>
#include <pugixml.hpp>
#include <set>

#include "app/engine/schedule/plan_calendars.h"
#include "app/engine/schedule/plan_of_project.h"
#include "app/engine/schedule/schedule.h"
#include "app/model/records/imported.h"
#include "app/model/records/project_settings.h"
#include "app/model/records/resource_use.h"
#include "storage/interchange/mspdi_custom.h"
#include "storage/interchange/mspdi_fields.h"
#include "storage/interchange/mspdi_foreign.h"
#include "storage/interchange/mspdi_values.h"

namespace pmo::storage::mspdi {

using pugi::xml_node;

xml_node put(xml_node parent, const char* name, std::string_view value);
void put(xml_node parent, const char* name, std::int64_t value);
void put_flag(xml_node parent, const char* name, bool value);
void put_some(xml_node parent, const char* name, std::string_view value);  // nothing where it is empty
void put_moment(xml_node parent, const char* name, std::optional<Minute> moment);
void put_minutes(xml_node parent, const char* name, std::optional<WorkMinutes> minutes);
std::string share(Permille units);  // "1.500"
constexpr int accrual_number(Accrual accrual) { return accrual == Accrual::start ? 1 : accrual == Accrual::finish ? 2 : 3; }

// MSPDI numbers weekdays from Sunday = 1; ours from Monday = 0.
constexpr int day_type_of(int weekday) { return (weekday + 1) % 7 + 1; }

// Whether nothing was written here that costs and time-phased work depend on.
bool untouched(const RegisterInfo& info, const Record& record);

// There absences are exceptions of a calendar that only the resource has.
inline bool is_away(const Absence& absence) { return absence.status == AbsenceStatus::approved && absence.first && absence.last; }

class Writing {
 public:
  explicit Writing(const Project& of);

  const Project& project;
  const ProjectSettings& settings;
  const Outline outline;
  const engine::Plan plan;
  const engine::Schedule schedule;
  engine::PlanCalendars calendars;
  std::map<Id, std::int64_t> numbers;
  std::map<Id, std::int64_t> own_calendars;  // numbers of those that resources with absences have
  std::int64_t outdated = 0;                 // what no longer fits the plan and was left out

  template <class R>
  std::int64_t number_of(Ref<R> ref) const {
    const auto found = numbers.find(ref.id);
    return found == numbers.end() ? -1 : found->second;
  }
  void put_cost(xml_node parent, const char* name, Money money) const { put(parent, name, cost_text(money, minor_units_)); }
  std::string rate(Money money) const;  // a decimal

  // What came with the file and we have no field for.
  std::string_view leftover_of(Id record, std::string_view form = element_form) const;
  void give(xml_node node, Id record, const Elements& elements, bool with_tied = true);
  // Whether the task is what it was there, so that costs and time-phased work still fit.
  bool as_it_came(const Task& task, std::string_view leftover) const;

  // Custom fields, with the ids they came with; those from elsewhere, and our own fields that have no element, in fields that
  // are free (mspdi_write_custom.cpp).
  void write_custom_fields(xml_node root);
  void write_custom_values(xml_node node, const RegisterInfo& info, const Record& record, std::string_view element);
  bool travels(const FieldInFile& field, const Record& record) const;  // as a custom field
  bool settings_travel() const;
  bool keeps(const FieldInFile& field, const Record& record) const;  // in elements or as a custom field
  const std::vector<FieldInFile>& fields() const { return fields_; }
  std::int64_t homeless_fields() const { return homeless_fields_; }

 private:
  void number_all();
  void number_baselines();
  void choose_custom_fields();
  void choose_places_of_own();
  std::optional<FieldName> free_field(std::string_view register_name, CustomFieldKind kind);

  struct CustomColumn {
    std::int64_t id = 0;
    std::string_view element;  // of its values
    std::string name = {};     // MS Project's, where it is chosen here
    const CustomField* field = nullptr;
  };
  double minor_units_;
  std::map<Id, std::vector<const ForeignData*>> foreign_;        // by record
  std::map<Id, std::vector<const CustomValue*>> custom_values_;  // by record
  std::map<Id, CustomColumn> custom_fields_;
  std::vector<FieldInFile> fields_;
  std::map<const FieldInfo*, FieldName> own_places_;
  std::set<std::int64_t> taken_fields_;
  std::int64_t homeless_fields_ = 0;
};

void write_calendars(Writing& to, xml_node root);
void write_tasks(Writing& to, xml_node root);
void write_resources(Writing& to, xml_node root);
void write_assignments(Writing& to, xml_node root);

}  // namespace pmo::storage::mspdi
