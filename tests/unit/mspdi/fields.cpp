// What the model holds goes to MS Project and comes back, or is named by the export: field by field.
#include <doctest/doctest.h>

#include <algorithm>

#include "app/model/describe_record.h"
#include "app/model/records/baseline.h"
#include "app/model/records/cost.h"
#include "app/model/records/imported.h"
#include "app/model/records/project_settings.h"
#include "app/model/records/resource_use.h"
#include "app/model/transaction.h"
#include "app/model/value_text.h"
#include "tests/unit/mspdi/reading.h"

using namespace pmo;

namespace {

// One record of each register, hanging together.
void fill(Project& project) {
  Transaction change(project, "transaction.test"_key);
  const auto& calendar = change.create<Calendar>([](Calendar& c) {
    c.name = "Week";
    c.monday = c.tuesday = c.wednesday = c.thursday = c.friday = *Shifts::parse("08:00-12:00,13:00-17:00");
  });
  change.create<ProjectSettings>([&](ProjectSettings& s) {
    s.name = "Dam", s.start = *Minute::parse("2026-03-02T08:00"), s.calendar = {calendar.id}, s.currency = "KWD", s.currency_digits = 3;
    s.progress_logic = ProgressLogic::override_logic;
  });
  change.create<WorkWeek>([&](WorkWeek& w) { w.calendar = {calendar.id}, w.name = "Summer", w.first = Day::of(2026, 7, 1), w.last = Day::of(2026, 7, 31); });
  const auto& first = change.create<Task>([](Task& t) { t.name = "Dig", t.order = "a", t.source_uid = 1; });
  const auto& second = change.create<Task>([](Task& t) { t.name = "Pour", t.order = "b", t.source_uid = 2; });
  change.create<Link>([&](Link& l) { l.predecessor = {first.id}, l.successor = {second.id}; });
  const auto& crew = change.create<Resource>([](Resource& r) { r.name = "Crew"; });
  change.create<Assignment>([&](Assignment& a) { a.task = {first.id}, a.resource = {crew.id}, a.work = WorkMinutes{480}; });
  change.create<ResourceRate>([&](ResourceRate& r) { r.resource = {crew.id}, r.valid_from = Day::of(2026, 6, 1), r.standard_rate = {12345}; });
  const auto& loader = change.create<Resource>([](Resource& r) { r.name = "Loader"; });
  change.create<AvailabilityPeriod>([&](AvailabilityPeriod& p) { p.resource = {loader.id}, p.units = {500}; });
  const auto& baseline = change.create<Baseline>([](Baseline& b) { b.name = "Baseline", b.taken = *Minute::parse("2026-02-20T12:00"); });
  change.create<BaselineTask>([&](BaselineTask& b) {
    b.baseline = {baseline.id}, b.task = {first.id}, b.start = *Minute::parse("2026-03-02T08:00"), b.finish = *Minute::parse("2026-03-02T17:00");
  });
  REQUIRE(change.commit().has_value());
}

// Another value than the record has.
Value other_value(Transaction& change, const FieldInfo& field, const Record& record) {
  const auto between = [&](std::int64_t wished) { return Value{std::clamp(wished, field.options.minimum, field.options.maximum)}; };
  switch (field.kind) {
    case Kind::boolean: return field.get(record) == Value{false};
    case Kind::integer: return between(std::get<std::int64_t>(field.get(record)) + 1);
    case Kind::permille: return between(625);
    case Kind::number: return between(2'500'000);
    case Kind::money: return between(98'765);
    case Kind::work: return between(600);
    case Kind::day: return Value{std::int64_t{Day::of(2026, 4, 9).value}};
    case Kind::minute: return Value{Minute::parse("2026-04-09T10:30")->value};
    case Kind::choice: return Value{std::string(field.get(record) == Value{std::string(field.choices.back())} ? field.choices.front() : field.choices.back())};
    case Kind::structured: return Value{std::string("06:00-14:00")};
    case Kind::text: return Value{std::string(field.name == "splits" ? "240/480" : field.name == "currency" ? "EUR" : "Some text & more")};
    case Kind::reference: {
      const RegisterInfo& info = *product_schema().find(field.target);
      const Record& named = change.create_record(info, {});
      REQUIRE(change.set(named, info, *info.title(), std::string("Wanted")).has_value());
      return Value{named.id};
    }
    default: return {};
  }
}

std::string shown(const Project& project, const FieldInfo& field, const Record& record) {
  const auto value = field.get(record);
  const auto* id = std::get_if<Id>(&value);
  if (!id) return value_text(value);
  const auto& info = *product_schema().find(field.target);
  const auto* named = project.table(info).find(*id);
  return named ? record_title(project, info, *named) : "?";
}

bool names(const std::vector<Error>& notes, const RegisterInfo& info, const FieldInfo& field) {
  return std::ranges::any_of(notes, [&](const Error& note) {
    return note.message == "mspdi.note.fields"_key && note.arguments[0] == argument_of(info.label_key()) && (note.arguments[1] + "@").contains(argument_of(field.label_key()) + "@");
  });
}

// Whether one field of the first record of a register comes back with another value than usual, or is named; else what became of it.
std::string what_becomes_of(const RegisterInfo& info, const FieldInfo& field) {
  Project project(product_schema(), Id{1, 1}, surroundings);
  fill(project);
  const Record& record = *project.table(info).records().front();
  Transaction change(project, "transaction.test"_key);
  change.take_as_it_is();
  const auto value = other_value(change, field, record);
  REQUIRE_MESSAGE(change.set(record, info, field, value).has_value(), field.name);
  REQUIRE_MESSAGE(change.commit().has_value(), field.name);
  const auto written = storage::write_mspdi(project);
  const auto back = read(written.bytes).project;
  if (names(written.notes, info, field)) return "named";
  const auto& records = back->table(info).records();
  if (records.empty()) return "gone";
  const auto before = shown(project, field, record), after = shown(*back, field, *records.front());
  return before == after ? "kept" : before + " became " + after;
}

}  // namespace

TEST_CASE("every field of the plan comes back from a file of MS Project, or the export names it") {
  const RegisterInfo* const registers[] = {&register_of<ProjectSettings>(), &register_of<Calendar>(), &register_of<WorkWeek>(), &register_of<Task>(),
                                           &register_of<Link>(), &register_of<Resource>(), &register_of<Assignment>(), &register_of<Baseline>(),
                                           &register_of<BaselineTask>(), &register_of<ResourceRate>(), &register_of<AvailabilityPeriod>()};
  std::string stay_behind;
  for (const auto* info : registers)
    for (const auto& field : info->fields) {
      const bool is_place = field.options.owner || field.name == "order" || (info == &register_of<Link>() && field.kind == Kind::reference);
      if (is_place) continue;
      const auto fate = what_becomes_of(*info, field);
      CAPTURE(info->name);
      CAPTURE(field.name);
      CHECK((fate == "kept" || fate == "named"));
      if (fate != "kept") stay_behind += info->name + "." + std::string(field.name) + (fate == "named" ? " " : ": " + fate + " ");
    }
  CHECK(stay_behind == "project_settings.locked_from project_settings.reference_baseline calendar.owner calendar.status task.levelling_resource "
                       "task.levelling_holder task.apportioned_to baseline.name baseline.status baseline.owner baseline.approved_by "
                       "baseline.reason baseline_task.splits baseline_task.cost_phases resource_rate.owner resource_rate.status "
                       "availability_period.remark ");
}

TEST_CASE("estimates of cost, accounts and methods of earned value come back, beside custom fields of the file") {
  Project project(product_schema(), Id{1, 1}, surroundings);
  fill(project);
  Transaction change(project, "transaction.test"_key);
  const auto& account = change.create<CostAccount>([](CostAccount& a) { a.name = "Earthworks", a.budget = {5'000'000}; });
  const auto& theirs = change.create<CustomField>([](CustomField& f) { f.name = "Bid", f.register_name = "task", f.source = "188743786"; });
  const Task& dig = project.all<Task>().at(0);
  const Task& pour = project.all<Task>().at(1);
  change.create<CustomValue>([&](CustomValue& v) { v.record = {dig.id}, v.field = {theirs.id}, v.value = "12.50"; });
  change.set(dig, &Task::fixed_cost, Money{1'234'567});
  change.set(dig, &Task::optimistic_cost, Money{1'000'001});
  change.set(dig, &Task::pessimistic_cost, Money{2'000'000});
  change.set(dig, &Task::cost_account, Ref<CostAccount>{account.id});
  change.set(pour, &Task::cost_account, Ref<CostAccount>{account.id});
  change.set(pour, &Task::earned_value_method, EarnedValueMethod::weighted_milestones);
  change.set(project.all<Resource>().at(0), &Resource::kind, ResourceKind::equipment);
  REQUIRE(change.commit().has_value());

  const auto written = storage::write_mspdi(project);
  CHECK(written.bytes.contains("<FieldID>188743787</FieldID><FieldName>Cost2</FieldName><Alias>Optimistic cost (PMO Desk)</Alias>"));
  const auto back = read(written.bytes).project;
  const Task& first = back->all<Task>().at(0);
  const Task& second = back->all<Task>().at(1);
  CHECK(first.fixed_cost == Money{1'234'567});
  CHECK(first.optimistic_cost == Money{1'000'001});
  CHECK(first.pessimistic_cost == Money{2'000'000});
  CHECK(second.earned_value_method == EarnedValueMethod::weighted_milestones);
  REQUIRE(back->all<CostAccount>().size() == 1);
  CHECK(back->all<CostAccount>().at(0).name == "Earthworks");
  CHECK(first.cost_account.id == second.cost_account.id);
  CHECK(back->all<Resource>().at(0).kind == ResourceKind::equipment);
  REQUIRE(back->all<CustomField>().size() == 1);
  CHECK(back->all<CustomValue>().at(0).value == "12.50");
  CHECK(storage::write_mspdi(*back).bytes == written.bytes);
}

TEST_CASE("what MS Project has changed goes before what PMO Desk had noted beside") {
  Project project(product_schema(), Id{1, 1}, surroundings);
  fill(project);
  Transaction change(project, "transaction.test"_key);
  change.set(project.all<Task>().at(0), &Task::percent_complete, Permille{625});
  change.set(project.all<Task>().at(1), &Task::optimistic_cost, Money{98'765});
  REQUIRE(change.commit().has_value());
  auto bytes = storage::write_mspdi(project).bytes;
  const auto replace = [&](std::string_view from, std::string_view to) {
    REQUIRE(bytes.contains(from));
    bytes.replace(bytes.find(from), from.size(), to);
  };
  CHECK(read(bytes).project->all<Task>().at(0).percent_complete == Permille{625});
  replace("<PercentComplete>63</PercentComplete>", "<PercentComplete>80</PercentComplete>");
  replace("<Value>9876.50</Value>", "<Value>much</Value>");
  const auto opened = read(bytes);
  CHECK(opened.project->all<Task>().at(0).percent_complete == Permille{800});
  CHECK_FALSE(opened.project->all<Task>().at(1).optimistic_cost);
  CHECK(std::ranges::contains(opened.notes, "mspdi.note.unread"_key, &Error::message));
}

TEST_CASE("rate tables over time, periods of availability and accrual go to MS Project and come back") {
  Project project(product_schema(), Id{1, 1}, surroundings);
  fill(project);
  Transaction change(project, "transaction.test"_key);
  const Resource& crew = project.all<Resource>().at(0);
  change.set(crew, &Resource::standard_rate, Money{10'000});
  change.set(crew, &Resource::accrual, Accrual::finish);
  change.set(project.all<Assignment>().at(0), &Assignment::rate_table, CostRateTable::c);
  change.set(project.all<Task>().at(0), &Task::fixed_cost_accrual, Accrual::finish);
  change.create<ResourceRate>([&](ResourceRate& r) { r.resource = {crew.id}, r.table = CostRateTable::c, r.valid_from = Day::of(2026, 9, 1), r.standard_rate = {20'000}, r.cost_per_use = {500}; });
  change.create<ResourceRate>([&](ResourceRate& r) { r.resource = {crew.id}, r.valid_from = Day::of(2026, 9, 1), r.standard_rate = {15'000}; });
  change.create<AvailabilityPeriod>([&](AvailabilityPeriod& p) { p.resource = {crew.id}, p.last = Day::of(2026, 6, 30), p.units = {1500}; });
  change.create<AvailabilityPeriod>([&](AvailabilityPeriod& p) { p.resource = {crew.id}, p.first = Day::of(2026, 7, 1), p.last = Day::of(2026, 8, 31), p.units = {3000}; });
  REQUIRE(change.commit().has_value());

  const auto written = storage::write_mspdi(project).bytes;
  // Table A begins with the resource's own rate, and each rate ends where the next begins.
  CHECK(written.contains("<RatesFrom>1984-01-01T00:00:00</RatesFrom><RatesTo>2026-05-31T23:59:00</RatesTo><RateTable>0</RateTable><StandardRate>10.000</StandardRate>"));
  CHECK(written.contains("<RatesFrom>2026-06-01T00:00:00</RatesFrom><RatesTo>2026-08-31T23:59:00</RatesTo><RateTable>0</RateTable><StandardRate>12.345</StandardRate>"));
  CHECK(written.contains("<RatesFrom>2026-09-01T00:00:00</RatesFrom><RatesTo>2049-12-31T23:59:00</RatesTo><RateTable>2</RateTable><StandardRate>20.000</StandardRate>"));
  CHECK(written.contains("<CostRateTable>2</CostRateTable>"));
  CHECK(written.contains("<FixedCostAccrual>2</FixedCostAccrual>"));
  CHECK(written.contains("<AvailableFrom>1984-01-01T00:00:00</AvailableFrom><AvailableTo>2026-06-30T23:59:00</AvailableTo><AvailableUnits>1.500</AvailableUnits>"));
  const auto back = read(written).project;
  const auto rates = back->all<ResourceRate>();
  REQUIRE(rates.size() == 3);
  CHECK(back->all<Resource>().at(0).standard_rate == Money{10'000});
  CHECK(rates.at(0).standard_rate == Money{12'345});
  CHECK(rates.at(1).standard_rate == Money{15'000});
  CHECK(rates.at(2).table == CostRateTable::c);
  CHECK(rates.at(2).cost_per_use == Money{500});
  const auto periods = back->all<AvailabilityPeriod>();
  REQUIRE(periods.size() == 3);  // one of the other resource
  CHECK_FALSE(periods.at(0).first);
  CHECK(periods.at(0).last == Day::of(2026, 6, 30));
  CHECK(periods.at(1).units == Permille{3000});
  CHECK(back->all<Assignment>().at(0).rate_table == CostRateTable::c);
  CHECK(back->all<Task>().at(0).fixed_cost_accrual == Accrual::finish);
  CHECK(storage::write_mspdi(*back).bytes == written);
}
