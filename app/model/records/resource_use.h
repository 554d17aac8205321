// Resources in use: absences, rates over time, requests, hours and material, hire and maintenance of equipment, who is
// responsible for what, and measures to use resources better.
#pragma once

#include "app/model/records/organisation.h"
#include "app/model/records/procurement.h"
#include "app/model/records/resource.h"

namespace pmo {

struct Competency;

enum class AbsenceKind : unsigned char { leave, sick, training, public_duty, other };
enum class AbsenceStatus : unsigned char { requested, approved, declined };

struct Absence : Record {
  std::string title;
  Ref<Resource> resource;
  AbsenceKind kind = AbsenceKind::leave;
  AbsenceStatus status = AbsenceStatus::requested;
  std::optional<Day> first, last;
  Ref<Person> substitute, owner;  // who decides
};

template <>
struct Describe<Absence> {
  static RegisterInfo make() {
    using R = Absence;
    return Describer<R>("AB", Desk::resources)
        .field("title", &R::title, {.required = true, .title = true})
        .field("resource", &R::resource)
        .field("kind", &R::kind)
        .field("status", &R::status, {.closed = "approved declined"})
        .field("first", &R::first)
        .field("last", &R::last)
        .field("substitute", &R::substitute)
        .field("owner", &R::owner, {.responsible = true})
        .in_order<&R::first, &R::last>()
        .needs<&R::status, AbsenceStatus::approved, &R::first, &R::last>();
  }
};

// How much of a resource there is in a period. A resource with such periods offers nothing outside of them.
struct AvailabilityPeriod : Record {
  Ref<Resource> resource;
  std::optional<Day> first, last;  // both included; none: from the beginning, for good
  Permille units{1000};
  std::string remark;
};

template <>
struct Describe<AvailabilityPeriod> {
  static RegisterInfo make() {
    using R = AvailabilityPeriod;
    return Describer<R>("", Desk::resources)
        .field("resource", &R::resource, {.required = true, .owner = true})
        .field("first", &R::first)
        .field("last", &R::last)
        .field("units", &R::units, {.minimum = 0, .maximum = 1'000'000})
        .field("remark", &R::remark, {.title = true})
        .in_order<&R::first, &R::last>();
  }
};

// What a resource costs from a day on: app/engine/resources/resource_rates.h.
struct ResourceRate : Record {
  Ref<Resource> resource;
  CostRateTable table = CostRateTable::a;
  Day valid_from;
  Money standard_rate, overtime_rate, cost_per_use;
  Ref<Person> owner;  // who keeps the entry
  EntryStatus status = EntryStatus::in_use;
};

template <>
struct Describe<ResourceRate> {
  static RegisterInfo make() {
    using R = ResourceRate;
    return Describer<R>("RR", Desk::resources)
        .field("resource", &R::resource, {.owner = true})
        .field("table", &R::table)
        .field("valid_from", &R::valid_from)
        .field("standard_rate", &R::standard_rate, {.confidential = true, .per_unit = true, .minimum = 0})
        .field("overtime_rate", &R::overtime_rate, {.confidential = true, .per_unit = true, .minimum = 0})
        .field("cost_per_use", &R::cost_per_use, {.confidential = true, .per_unit = true, .minimum = 0})
        .field("owner", &R::owner)
        .field("status", &R::status);
  }
};

// What a resource can do, and how well (1..5).
struct ResourceSkill : Record {
  Ref<Resource> resource;
  Ref<Competency> competency;
  std::int64_t level = 3;
  Ref<OrganisationUnit> organisation;  // that provides the resource
  std::string remark;
  Ref<Person> owner;  // who keeps the entry
  EntryStatus status = EntryStatus::in_use;
};

template <>
struct Describe<ResourceSkill> {
  static RegisterInfo make() {
    using R = ResourceSkill;
    return Describer<R>("RL", Desk::resources)
        .field("resource", &R::resource, {.owner = true})
        .field("competency", &R::competency)
        .field("level", &R::level, {.minimum = 1, .maximum = 5})
        .field("organisation", &R::organisation)
        .field("remark", &R::remark, {.title = true})
        .field("owner", &R::owner)
        .field("status", &R::status);
  }
};

enum class RequestStatus : unsigned char { requested, confirmed, declined, cancelled };

struct ResourceRequest : Record {
  std::string title;
  RequestStatus status = RequestStatus::requested;
  Ref<Task> task;
  Ref<Resource> resource;
  std::string role;
  Permille units{1000};
  std::optional<Day> start, finish, due;
  Ref<Person> requested_by, owner;
  std::string answer;
};

template <>
struct Describe<ResourceRequest> {
  static RegisterInfo make() {
    using R = ResourceRequest;
    return Describer<R>("RQ", Desk::resources)
        .field("title", &R::title, {.required = true, .title = true})
        .field("status", &R::status, {.closed = "confirmed declined cancelled"})
        .field("task", &R::task)
        .field("resource", &R::resource)
        .field("role", &R::role)
        .field("units", &R::units, {.minimum = 0, .maximum = 1'000'000})
        .field("start", &R::start)
        .field("finish", &R::finish)
        .field("requested_by", &R::requested_by)
        .field("owner", &R::owner, {.responsible = true})
        .field("due", &R::due, {.due = true})
        .field("answer", &R::answer, {.lines = true})
        .in_order<&R::start, &R::finish>();
  }
};

enum class TimesheetStatus : unsigned char { draft, submitted, approved, rejected };

// Hours of a person or a machine on a day.
struct TimesheetEntry : Record {
  std::string title;
  Ref<Resource> resource;
  Ref<Task> task;
  Day date;
  WorkMinutes work, overtime;
  TimesheetStatus status = TimesheetStatus::draft;
  Ref<Person> approved_by, owner;  // who enters it
};

template <>
struct Describe<TimesheetEntry> {
  static RegisterInfo make() {
    using R = TimesheetEntry;
    return Describer<R>("TI", Desk::resources)
        .field("resource", &R::resource)
        .field("task", &R::task)
        .field("date", &R::date)
        .field("work", &R::work, {.hours = true, .minimum = 0, .maximum = 1440})
        .field("overtime", &R::overtime, {.hours = true, .minimum = 0, .maximum = 1440})
        .field("status", &R::status, {.closed = "approved rejected"})
        .field("approved_by", &R::approved_by)
        .field("owner", &R::owner, {.responsible = true})
        .field("title", &R::title, {.title = true});
  }
};

enum class MovementKind : unsigned char { receipt, issue, returned, correction, returned_to_vendor };

// Material that came in or went out. The stock is the sum.
struct MaterialMovement : Record {
  std::string title;
  Ref<Resource> resource;
  MovementKind kind = MovementKind::issue;
  Day date;
  Number quantity;
  Ref<Task> task;
  Ref<Delivery> delivery;
  CheckStatus status = CheckStatus::recorded;
  Ref<Person> owner;
};

template <>
struct Describe<MaterialMovement> {
  static RegisterInfo make() {
    using R = MaterialMovement;
    return Describer<R>("MM", Desk::resources)
        .field("title", &R::title, {.title = true})
        .field("resource", &R::resource)
        .field("kind", &R::kind)
        .field("date", &R::date)
        .field("quantity", &R::quantity)
        .field("task", &R::task)
        .field("delivery", &R::delivery)
        .field("status", &R::status, {.closed = "checked recorded"})
        .field("owner", &R::owner, {.responsible = true});
  }
};

// Below which stock more is ordered, and how much.
struct StockRule : Record {
  Ref<Resource> resource;
  std::string title;
  Number reorder_point, reorder_quantity;
  std::string place;
  Ref<Person> owner;  // who keeps the entry
  EntryStatus status = EntryStatus::in_use;
};

template <>
struct Describe<StockRule> {
  static RegisterInfo make() {
    using R = StockRule;
    return Describer<R>("SK", Desk::resources)
        .field("resource", &R::resource, {.owner = true})
        .field("title", &R::title, {.title = true})
        .field("reorder_point", &R::reorder_point, {.minimum = 0})
        .field("reorder_quantity", &R::reorder_quantity, {.minimum = 0})
        .field("place", &R::place)
        .field("owner", &R::owner)
        .field("status", &R::status);
  }
};

enum class HireStatus : unsigned char { planned, on_hire, returned, cancelled };

struct EquipmentHire : Record {
  std::string title;
  HireStatus status = HireStatus::planned;
  Ref<Resource> resource;
  Ref<Vendor> vendor;
  std::optional<Day> start, finish;
  Money day_rate;
  Ref<Person> owner;
  std::string remark;
};

template <>
struct Describe<EquipmentHire> {
  static RegisterInfo make() {
    using R = EquipmentHire;
    return Describer<R>("EH", Desk::resources)
        .field("title", &R::title, {.required = true, .title = true})
        .field("status", &R::status, {.closed = "returned cancelled"})
        .field("resource", &R::resource)
        .field("vendor", &R::vendor)
        .field("start", &R::start)
        .field("finish", &R::finish, {.due = true})
        .field("day_rate", &R::day_rate, {.confidential = true, .per_unit = true, .minimum = 0})
        .field("owner", &R::owner, {.responsible = true})
        .field("remark", &R::remark, {.lines = true})
        .in_order<&R::start, &R::finish>();
  }
};

enum class MaintenanceStatus : unsigned char { planned, done, cancelled };

struct Maintenance : Record {
  std::string title;
  MaintenanceStatus status = MaintenanceStatus::planned;
  Ref<Resource> resource;
  std::optional<Day> due, done_on;
  std::int64_t days = 1;  // out of service
  Ref<Person> owner;
  Money cost;
  std::string remark;
};

template <>
struct Describe<Maintenance> {
  static RegisterInfo make() {
    using R = Maintenance;
    return Describer<R>("MT", Desk::resources)
        .field("title", &R::title, {.required = true, .title = true})
        .field("status", &R::status, {.closed = "done cancelled"})
        .field("resource", &R::resource)
        .field("due", &R::due, {.due = true})
        .field("days", &R::days, {.minimum = 1, .maximum = 365})
        .field("done_on", &R::done_on)
        .field("owner", &R::owner, {.responsible = true})
        .field("cost", &R::cost, {.minimum = 0})
        .field("remark", &R::remark, {.lines = true})
        .needs<&R::status, MaintenanceStatus::done, &R::done_on>();
  }
};

enum class RaciKind : unsigned char { responsible, accountable, consulted, informed };

struct RaciEntry : Record {
  Ref<Task> task;
  Ref<ProjectRole> role;
  RaciKind kind = RaciKind::responsible;
  std::string remark;
  Ref<Person> owner;  // who keeps the entry
  EntryStatus status = EntryStatus::in_use;
};

template <>
struct Describe<RaciEntry> {
  static RegisterInfo make() {
    using R = RaciEntry;
    return Describer<R>("RA", Desk::resources)
        .field("task", &R::task, {.owner = true})
        .field("role", &R::role)
        .field("kind", &R::kind)
        .field("remark", &R::remark, {.title = true})
        .field("owner", &R::owner)
        .field("status", &R::status);
  }
};

enum class MeasureStatus : unsigned char { open, in_progress, done, dropped };

struct ResourceMeasure : Record {
  std::string title;
  MeasureStatus status = MeasureStatus::open;
  Ref<Resource> resource;
  Ref<Person> owner;
  std::optional<Day> due;
  std::string finding, expected_effect, actual_effect;
};

template <>
struct Describe<ResourceMeasure> {
  static RegisterInfo make() {
    using R = ResourceMeasure;
    return Describer<R>("RM", Desk::resources)
        .field("title", &R::title, {.required = true, .title = true})
        .field("status", &R::status, {.closed = "done dropped"})
        .field("resource", &R::resource)
        .field("owner", &R::owner, {.responsible = true})
        .field("due", &R::due, {.due = true})
        .field("finding", &R::finding, {.lines = true})
        .field("expected_effect", &R::expected_effect, {.lines = true})
        .field("actual_effect", &R::actual_effect, {.lines = true})
        .needs<&R::status, MeasureStatus::done, &R::actual_effect>();
  }
};

}  // namespace pmo
