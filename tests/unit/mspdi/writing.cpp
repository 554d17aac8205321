// What is written is read back as the same plan.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <format>
#include <fstream>
#include <iterator>
#include <map>
#include <print>

#include "app/engine/schedule/plan_of_project.h"
#include "app/engine/schedule/schedule.h"
#include "app/model/records/baseline.h"
#include "app/model/records/project_settings.h"
#include "app/model/records/resource.h"
#include "app/model/transaction.h"
#include "app/model/value_text.h"
#include "app/sample/sample.h"
#include "app/words/words.h"
#include "tests/unit/mspdi/reading.h"

using namespace pmo;
namespace fs = std::filesystem;

namespace {

std::unique_ptr<Project> read_project(std::string_view text) { return read(text).project; }

std::vector<const Record*> in_order(const Project& project, const RegisterInfo& info) {
  std::vector<const Record*> list;
  if (&info != &register_of<Task>()) {
    for (const Record* record : project.table(info).records()) list.push_back(record);
    return list;
  }
  const Outline outline(project);
  for (const auto& row : outline.rows()) list.push_back(row.task);
  return list;
}

// Every field of every record of the plan as a line; a reference as the place of what it names.
std::vector<std::string> lines_of(const Project& project) {
  const RegisterInfo* const registers[] = {
      &register_of<ProjectSettings>(), &register_of<Person>(), &register_of<Calendar>(), &register_of<WorkWeek>(),
      &register_of<CalendarException>(), &register_of<Task>(), &register_of<Link>(), &register_of<Resource>(),
      &register_of<Assignment>(), &register_of<Baseline>(), &register_of<BaselineTask>()};
  std::map<Id, std::string> names;
  for (const auto* info : registers) {
    int place = 0;
    for (const Record* record : in_order(project, *info)) names[record->id] = std::format("{} {}", info->name, ++place);
  }
  std::vector<std::string> lines;
  for (const auto* info : registers)
    for (const Record* record : in_order(project, *info))
      for (const auto& field : info->fields) {
        if (field.name == "order") continue;
        const Value value = field.get(*record);
        const Id* id = std::get_if<Id>(&value);
        lines.push_back(std::format("{}: {} = {}", names[record->id], field.name, id ? names[*id] : value_text(value)));
      }
  return lines;
}

void check_same(const std::vector<std::string>& before, const std::vector<std::string>& after) {
  CHECK(before.size() == after.size());
  for (std::size_t i = 0; i < std::min(before.size(), after.size()); ++i)
    if (before[i] != after[i]) {
      FAIL_CHECK(before[i] << "  became  " << after[i]);
      return;
    }
}

}  // namespace

TEST_CASE("what XML cannot hold is left out of it") {
  Project project(product_schema(), Id{1, 1}, surroundings);
  Transaction change(project, "transaction.test"_key);
  change.create<ProjectSettings>([](ProjectSettings& settings) { settings.name = "Bridge", settings.start = *Minute::parse("2026-03-02T08:00"); });
  change.create<Task>([](Task& task) { task.name = "Di\x01" "g\x7f", task.notes = "one\n\ttwo\x0b", task.order = "a"; });
  REQUIRE(change.commit().has_value());
  const auto text = storage::write_mspdi(project).bytes;
  CHECK(text.contains("<Name>Dig\x7f</Name>"));
  CHECK(text.contains("<Notes>one\n\ttwo</Notes>"));
}

TEST_CASE("a plan with everything that MS Project knows comes back as it went") {
  Project project(product_schema(), Id{1, 1}, surroundings);
  {
    Transaction change(project, "transaction.test"_key);
    change.create<ProjectSettings>([](ProjectSettings& settings) {
      settings.name = "桥 & <Brücke>";
      settings.start = *Minute::parse("2026-03-02T08:00");
      settings.status_date = Day::of(2026, 4, 1);
      settings.currency = "EUR";
      settings.progress_logic = ProgressLogic::override_logic;
      settings.critical_threshold = {960};
    });
    const auto& person = change.create<Person>([](Person& p) { p.name = "王芳"; });
    const auto& standard = change.create<Calendar>([](Calendar& c) {
      c.name = "Standard";
      c.monday = c.tuesday = c.wednesday = c.thursday = c.friday = *Shifts::parse("08:00-12:00,13:00-17:00");
      c.saturday = c.sunday = Shifts{};
    });
    const auto& night = change.create<Calendar>([&](Calendar& c) {
      c.name = "Night";
      c.base = {standard.id};
      c.friday = *Shifts::parse("22:00-24:00");
    });
    change.set(project.all<ProjectSettings>().at(0), &ProjectSettings::calendar, Ref<Calendar>{standard.id});
    change.create<WorkWeek>([&](WorkWeek& w) {
      w.calendar = {night.id}, w.name = "Summer", w.first = Day::of(2026, 7, 1), w.last = Day::of(2026, 8, 31);
      w.monday = *Shifts::parse("06:00-14:00");
    });
    for (const auto recurrence : {Recurrence::none, Recurrence::daily, Recurrence::weekly, Recurrence::monthly_by_day,
                                  Recurrence::monthly_by_position, Recurrence::yearly_by_day, Recurrence::yearly_by_position})
      change.create<CalendarException>([&](CalendarException& e) {
        e.calendar = {standard.id}, e.name = std::string(enum_name(recurrence)), e.recurrence = recurrence;
        e.first = Day::of(2026, 5, 1), e.last = Day::of(2027, 5, 3);
        if (recurrence == Recurrence::none) return;
        e.month = 12, e.day = 24, e.position = 5, e.weekday = 6, e.weekdays = 0b1000001, e.occurrences = 3;
        e.shifts = *Shifts::parse("09:00-11:30");
      });
    const auto& summary = change.create<Task>([](Task& t) { t.name = "Build", t.order = "a"; });
    const auto& first = change.create<Task>([&](Task& t) {
      t.name = "Dig", t.order = "b", t.parent = {summary.id}, t.duration = {2400}, t.splits = "480/960;1440/1920", t.source_uid = 42;
      t.percent_complete = {250}, t.physical_percent = {100}, t.actual_start = *Minute::parse("2026-03-02T08:00");
      t.actual_duration = WorkMinutes{600}, t.remaining_duration = WorkMinutes{1800};
      t.earned_value_method = EarnedValueMethod::physical_percent, t.fixed_cost = {12345}, t.notes = "first line\nsecond";
      t.optimistic_duration = WorkMinutes{1920}, t.pessimistic_duration = WorkMinutes{4800}, t.responsible = {person.id};
    });
    const auto& second = change.create<Task>([&](Task& t) {
      t.name = "Cure", t.order = "c", t.duration = {2880}, t.elapsed_duration = true, t.estimated = true, t.calendar = {night.id};
      t.constraint = ConstraintType::finish_no_later_than, t.constraint_date = *Minute::parse("2026-06-01T17:00");
      t.deadline = *Minute::parse("2026-05-01T17:00"), t.priority = 900, t.levelling_delay = {480}, t.wbs = "C.1";
      t.ignore_resource_calendars = true, t.effort_driven = true, t.type = TaskType::fixed_work;
    });
    const auto& third = change.create<Task>([](Task& t) {
      t.name = "Hand over", t.order = "d", t.duration = {480}, t.manual = true, t.active = false;
      t.manual_start = *Minute::parse("2026-07-01T08:00"), t.manual_finish = *Minute::parse("2026-07-01T17:00");
    });
    const auto& fourth = change.create<Task>([](Task& t) { t.name = "Snags", t.order = "e", t.duration = {960}; });
    const auto link = [&](const Task& from, const Task& to, LinkType type, std::int64_t lag, LagUnit unit) {
      change.create<Link>([&](Link& l) { l.predecessor = {from.id}, l.successor = {to.id}, l.type = type, l.lag = lag, l.lag_unit = unit; });
    };
    link(first, second, LinkType::start_to_start, 90, LagUnit::working);
    link(second, third, LinkType::finish_to_finish, -1440, LagUnit::elapsed);
    link(first, third, LinkType::start_to_finish, 500, LagUnit::percent);
    link(second, fourth, LinkType::finish_to_start, -250, LagUnit::elapsed_percent);
    const auto& crew = change.create<Resource>([&](Resource& r) {
      r.name = "Crew", r.group = "Site", r.maximum_units = {2500}, r.calendar = {night.id}, r.standard_rate = {4550};
      r.overtime_rate = {6000}, r.cost_per_use = {150}, r.accrual = Accrual::finish, r.notes = "three of them";
      r.available_from = Day::of(2026, 2, 1), r.available_to = Day::of(2026, 12, 31);
    });
    const auto& steel = change.create<Resource>([](Resource& r) { r.name = "Steel", r.kind = ResourceKind::material, r.unit = "t"; });
    const auto& travel = change.create<Resource>([](Resource& r) { r.name = "Travel", r.kind = ResourceKind::cost; });
    change.create<Assignment>([&](Assignment& a) {
      a.task = {first.id}, a.resource = {crew.id}, a.units = {1500}, a.work = WorkMinutes{3600}, a.actual_work = {900};
      a.remaining_work = WorkMinutes{2700}, a.delay = {60}, a.overtime = {600};
    });
    change.create<Assignment>([&](Assignment& a) { a.task = {first.id}, a.resource = {steel.id}, a.units = {12500}, a.quantity = Number{12 * number_scale + number_scale / 2}; });
    change.create<Assignment>([&](Assignment& a) { a.task = {second.id}, a.resource = {travel.id}, a.cost = Money{99900}; });
    const auto& baseline = change.create<Baseline>([](Baseline& b) { b.name = "Baseline", b.taken = *Minute::parse("2026-02-20T12:00"); });
    change.create<BaselineTask>([&](BaselineTask& b) {
      b.baseline = {baseline.id}, b.task = {first.id}, b.start = *Minute::parse("2026-03-02T08:00");
      b.finish = *Minute::parse("2026-03-06T17:00"), b.duration = {2400}, b.work = {3600}, b.cost = {55555};
    });
    REQUIRE(change.commit().has_value());
  }
  const auto before = storage::write_mspdi(project);
  CHECK(before.notes.size() == 1);  // the person is of a register of its own
  const auto back = read_project(before.bytes);
  // Numbers of tasks that had none are those of the file from now on.
  auto expected = lines_of(project), got = lines_of(*back);
  const auto numbered = [](const std::string& line) { return line.contains("source_uid"); };
  std::erase_if(expected, numbered);
  std::erase_if(got, numbered);
  check_same(expected, got);
  check_same(lines_of(*back), lines_of(*read_project(storage::write_mspdi(*back).bytes)));
}

TEST_CASE("the sample project keeps its dates on its way through a file of MS Project") {
  Project project(product_schema(), Id{1, 1}, surroundings);
  REQUIRE(make_sample_project(project, Language::chinese).has_value());
  const auto back = read_project(storage::write_mspdi(project).bytes);
  const Outline ours(project), theirs(*back);
  REQUIRE(ours.size() == theirs.size());
  const auto before = engine::schedule(engine::plan_of(project)), after = engine::schedule(engine::plan_of(*back));
  for (std::size_t row = 0; row < ours.size(); ++row) {
    CAPTURE(ours[row].task->name);
    CHECK(ours[row].task->name == theirs[row].task->name);
    CHECK(before.start[row].text() == after.start[row].text());
    CHECK(before.finish[row].text() == after.finish[row].text());
    CHECK(before.total_float[row] == after.total_float[row]);
  }
  check_same(lines_of(*back), lines_of(*read_project(storage::write_mspdi(*back).bytes)));
}

TEST_CASE("files of MS Project are the same plan after they were written and read again") {
  const fs::path folder = "../shared/data/mspdi";
  if (!fs::is_directory(folder)) {
    std::println("skipped: {} is not there", folder.string());
    return;
  }
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() != ".xml") continue;
    CAPTURE(entry.path().filename().string());
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    const auto project = read_project(bytes);
    check_same(lines_of(*project), lines_of(*read_project(storage::write_mspdi(*project).bytes)));
  }
}
