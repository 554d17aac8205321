// What limits resources: maintenance, hire that has not arrived, training, missing skills.
#include "app/engine/resources/resource_limits.h"

#include "app/engine/resources/resource_load_of_project.h"
#include "app/engine/schedule/plan_of_project.h"
#include "app/model/records/resource_use.h"
#include "app/model/records/training.h"
#include "tests/unit/engine_numeric/office.h"

using namespace pmo;
using namespace pmo::engine;

namespace {

struct Yard : Office {
  Id digger;
  Yard() {
    digger = add<Resource>([](auto& r) { r.name = "Digger"; r.kind = ResourceKind::equipment; }).id;
    const Id dig = add<Task>([](auto& t) { t.name = "Dig"; t.order = "a"; t.duration = WorkMinutes{5 * 480}; }).id;
    add<Assignment>([&](auto& a) { a.task = {dig}; a.resource = {digger}; });
  }
  std::vector<ResourceLimit> limits() const { return resource_limits(project, monday); }
  ResourceDemand demand() const {
    const Outline outline(project);
    const Plan plan = plan_of(project, outline);
    return resource_demand(plan, schedule(plan)).at(0);
  }
  static WorkMinutes overload(const ResourceDemand& demand) { return total_load(resource_load(demand.demand, demand.offer, LoadStep::day)).overload; }
};

}  // namespace

TEST_CASE_FIXTURE(Yard, "a machine in maintenance is away for its days; what is planned on them is a conflict") {
  CHECK(demand().conflicts.empty());
  const auto& service = add<Maintenance>([&](auto& m) { m.title = "Oil"; m.resource = {digger}; m.due = monday + 1; m.days = 2; });
  REQUIRE(limits().size() == 1);
  CHECK(limits()[0].record == service.id);
  CHECK(limits()[0].last == monday + 2);
  const ResourceDemand found = demand();
  CHECK(overload(found) == WorkMinutes{2 * 480});
  REQUIRE(found.conflicts.size() == 1);
  CHECK(found.conflicts[0].start == Minute::at(monday + 1));
  CHECK(found.conflicts[0].finish == Minute::at(monday + 3));
  CHECK(found.conflicts[0].offered == Permille{0});
  edit([&](Transaction& change) { change.set(service, &Maintenance::status, MaintenanceStatus::cancelled); });
  CHECK(limits().empty());
  CHECK(demand().conflicts.empty());
}

TEST_CASE_FIXTURE(Yard, "a hired machine is away before the first hire arrives; one that is on hire is there") {
  const auto hire = [&](HireStatus status, std::optional<Day> start) {
    add<EquipmentHire>([&](auto& h) { h.title = "Digger"; h.resource = {digger}; h.status = status; h.start = start; });
  };
  hire(HireStatus::planned, monday + 20);
  hire(HireStatus::planned, monday + 3);
  hire(HireStatus::cancelled, monday);
  REQUIRE(limits().size() == 1);
  CHECK(limits()[0].kind == LimitKind::hire);
  CHECK(limits()[0].last == monday + 2);
  CHECK(overload(demand()) == WorkMinutes{3 * 480});
  hire(HireStatus::on_hire, monday - 10);
  CHECK(limits().empty());
}

TEST_CASE_FIXTURE(Yard, "an open training need and a missing skill are said of the person's resource; training under way answers the gap") {
  const auto li = Ref<Person>{add<Person>([](auto& p) { p.name = "Li"; }).id};
  const Id planner = add<Resource>([&](auto& r) { r.name = "Planner"; r.person = li; }).id;
  const auto planning = Ref<Competency>{add<Competency>([](auto& c) { c.name = "Planning"; }).id};
  const auto role = Ref<ProjectRole>{add<ProjectRole>([](auto& r) { r.name = "Controller"; }).id};
  add<CompetencyNeed>([&](auto& n) { n.role = role; n.competency = planning; n.level = 4; });
  add<RoleHolder>([&](auto& h) { h.role = role; h.person = li; });
  add<CompetencyAssessment>([&](auto& a) { a.person = li; a.competency = planning; a.level = 2; a.assessed_on = monday - 5; });
  REQUIRE(limits().size() == 1);
  CHECK(limits()[0].kind == LimitKind::skill);
  CHECK(limits()[0].resource == planner);
  CHECK(limits()[0].required == 4);
  CHECK(limits()[0].current == 2);
  const auto& need = add<TrainingNeed>([&](auto& n) { n.title = "Course"; n.person = li; n.competency = planning; n.due = monday + 30; });
  REQUIRE(limits().size() == 1);
  CHECK(limits()[0].kind == LimitKind::training);
  CHECK(limits()[0].record == need.id);
  CHECK(outages(project).empty());  // it takes nothing away
}
