// People, material, equipment and costs that tasks use, and their assignments.
#pragma once

#include "app/model/records/task.h"

namespace pmo {

struct OrganisationUnit;

enum class ResourceKind : unsigned char { person, equipment, material, cost };

struct Resource : Record {
  std::string name;
  ResourceKind kind = ResourceKind::person;
  Ref<Person> person;
  std::string role;
  std::string group;
  Ref<OrganisationUnit> organisation;  // that provides it
  std::optional<Number> quantity;  // material: how much there is in all
  std::string unit;               // material: "t", "m³"
  Permille maximum_units{1000};   // 1000 = one full-time person or machine; without periods of availability
  Ref<Calendar> calendar;
  Money standard_rate;            // an hour; material: a unit. Until the first dated rate: records/resource_use.h
  Money overtime_rate;            // an hour
  Money cost_per_use;
  Accrual accrual = Accrual::prorated;
  std::optional<Day> available_from, available_to;
  std::string notes;
  Ref<Person> owner;  // who keeps the entry
  EntryStatus status = EntryStatus::in_use;
};

template <>
struct Describe<Resource> {
  static RegisterInfo make() {
    return Describer<Resource>("RS", Desk::resources)
        .field("name", &Resource::name, {.required = true, .title = true})
        .field("kind", &Resource::kind)
        .field("person", &Resource::person)
        .field("role", &Resource::role)
        .field("group", &Resource::group)
        .field("organisation", &Resource::organisation)
        .field("quantity", &Resource::quantity, {.minimum = 0})
        .field("unit", &Resource::unit)
        .field("maximum_units", &Resource::maximum_units, {.minimum = 0, .maximum = 1'000'000})
        .field("calendar", &Resource::calendar)
        .field("standard_rate", &Resource::standard_rate, {.confidential = true, .per_unit = true, .minimum = 0})
        .field("overtime_rate", &Resource::overtime_rate, {.confidential = true, .per_unit = true, .minimum = 0})
        .field("cost_per_use", &Resource::cost_per_use, {.confidential = true, .per_unit = true, .minimum = 0})
        .field("accrual", &Resource::accrual)
        .field("available_from", &Resource::available_from)
        .field("available_to", &Resource::available_to)
        .field("notes", &Resource::notes, {.lines = true})
        .field("owner", &Resource::owner)
        .field("status", &Resource::status)
        .in_order<&Resource::available_from, &Resource::available_to>();
  }
};

// Which of its rates a resource is paid by in an assignment, as the cost rate tables of MS Project.
enum class CostRateTable : unsigned char { a, b, c, d, e };

struct Assignment : Record {
  Ref<Task> task;
  Ref<Resource> resource;
  Permille units{1000};
  CostRateTable rate_table = CostRateTable::a;
  std::optional<WorkMinutes> work;  // none: units × duration, and the overtime
  WorkMinutes overtime;             // of the work: takes none of the task's time and is paid by the overtime rate
  std::optional<Number> quantity;   // material
  std::optional<Money> cost;        // cost resources
  WorkMinutes delay;
  WorkMinutes actual_work;
  std::optional<WorkMinutes> remaining_work;
};

template <>
struct Describe<Assignment> {
  static RegisterInfo make() {
    return Describer<Assignment>("", Desk::resources)
        .field("task", &Assignment::task, {.required = true, .owner = true})
        .field("resource", &Assignment::resource, {.required = true, .owner = true})
        .field("units", &Assignment::units, {.minimum = 0, .maximum = 1'000'000})
        .field("rate_table", &Assignment::rate_table)
        .field("work", &Assignment::work, {.minimum = 0})
        .field("overtime", &Assignment::overtime, {.minimum = 0})
        .field("quantity", &Assignment::quantity, {.minimum = 0})
        .field("cost", &Assignment::cost)
        .field("delay", &Assignment::delay, {.minimum = 0})
        .field("actual_work", &Assignment::actual_work, {.minimum = 0})
        .field("remaining_work", &Assignment::remaining_work, {.minimum = 0})
        .in_order<&Assignment::overtime, &Assignment::work>();
  }
};

// What of the work is done in the task's time; none: units × duration.
inline std::optional<std::int64_t> regular_work(const Assignment& assignment) {
  if (!assignment.work) return {};
  return std::max<std::int64_t>(0, assignment.work->value - assignment.overtime.value);
}

}  // namespace pmo
