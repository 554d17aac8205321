// A status that is written does what the button does, whoever writes it.
#include "app/engine/follow_edits.h"

#include "app/model/consequences.h"
#include "app/model/records/earned_value.h"
#include "app/model/records/procurement.h"
#include "app/model/records/resource.h"
#include "app/model/records/resource_use.h"
#include "tests/unit/engine_numeric/office.h"

using namespace pmo;

namespace {

struct Following : Office {
  // As a cell or a paste writes it.
  template <class R, class Status>
  void write(const R& record, Status R::* member, Status status) {
    edit([&](Transaction& change) {
      change.set(record, member, status);
      REQUIRE(engine::follow_edits(change, monday));
    });
  }
};

}  // namespace

TEST_CASE("a risk that is written as occurred opens its issue; one that is entered as such tells what was") {
  Following office;
  const Risk& water = office.add<Risk>([](auto& r) { r.title = "Water"; r.contingency_plan = "Sheet piles"; r.reserve = Money{100}; });
  office.write(water, &Risk::status, RiskStatus::occurred);
  CHECK(water.occurred_on == office.monday);
  CHECK(office.project.all<Issue>().size() == 1);
  CHECK(office.project.all<WorkOrder>().size() == 1);
  CHECK(office.project.all<ReserveDraw>().size() == 1);
  office.edit([&](Transaction& change) {
    change.create<Risk>([](auto& r) { r.title = "Storm of last year"; r.status = RiskStatus::occurred; });
    REQUIRE(engine::follow_edits(change, office.monday));
  });
  CHECK(office.project.all<Issue>().size() == 1);
  REQUIRE(office.project.undo());
  REQUIRE(office.project.undo());
  CHECK(water.status == RiskStatus::identified);
  CHECK(office.project.all<Issue>().empty());
}

TEST_CASE("a task that is no longer delayed waits for nothing") {
  Following office;
  const Task& first = office.add<Task>([](auto& t) { t.name = "First"; });
  const Resource& crane = office.add<Resource>([](auto& r) { r.name = "Crane"; });
  const Task& second = office.add<Task>([&](auto& t) {
    t.name = "Second", t.levelling_delay = {480}, t.levelling_resource = {crane.id}, t.levelling_holder = {first.id};
  });
  office.write(second, &Task::levelling_delay, WorkMinutes{960});
  CHECK(second.levelling_resource.id == crane.id);
  office.write(second, &Task::levelling_delay, WorkMinutes{});
  CHECK_FALSE(second.levelling_resource);
  CHECK_FALSE(second.levelling_holder);
}

TEST_CASE("a risk that has its issue already keeps it; what is missing is made") {
  Following office;
  const Risk& water = office.add<Risk>([](auto& r) { r.title = "Water"; r.reserve = Money{100}; });
  const Issue& issue = office.add<Issue>([&](auto& i) { i.title = "Water in zone A"; i.source_risk = {water.id}; });
  office.write(water, &Risk::status, RiskStatus::occurred);
  CHECK(office.project.all<Issue>().size() == 1);
  CHECK(office.project.all<ReserveDraw>().at(0).issue.id == issue.id);
}

TEST_CASE("an action and its work items are done together, with the evidence") {
  Following office;
  const auto action = [&](const char* title) -> const ActionItem& { return office.add<ActionItem>([&](auto& a) { a.title = title; }); };
  const auto work = [&](const ActionItem& of, const char* evidence = "") -> const WorkOrder& {
    return office.add<WorkOrder>([&](auto& w) { w.title = of.title; w.action_item = {of.id}; w.evidence = evidence; });
  };
  const ActionItem& pump = action("Second pump");
  const WorkOrder &first = work(pump, "Photo of the pump"), &second = work(pump);
  office.write(second, &WorkOrder::status, WorkOrderStatus::done);
  CHECK(second.done_on == office.monday);
  CHECK(second.progress == Permille{1000});
  CHECK(pump.status == ActionStatus::open);  // one is open still
  office.write(first, &WorkOrder::status, WorkOrderStatus::done);
  CHECK(pump.status == ActionStatus::done);
  CHECK(pump.closed_on == office.monday);
  CHECK(pump.evidence == "Photo of the pump");

  const ActionItem &price = action("Price"), &letter = action("Letter");
  const WorkOrder &asked = work(price), &written = work(letter);
  office.write(price, &ActionItem::status, ActionStatus::done);
  CHECK(asked.status == WorkOrderStatus::done);
  office.write(letter, &ActionItem::status, ActionStatus::cancelled);
  CHECK(written.status == WorkOrderStatus::cancelled);
}

TEST_CASE("an offer that is written as awarded has its contract") {
  Following office;
  const Vendor& vendor = office.add<Vendor>([](auto& v) { v.name = "Mill"; });
  const Offer& offer = office.add<Offer>([&](auto& o) { o.title = "Steel"; o.vendor = {vendor.id}; o.award_reason = "Only one"; });
  office.write(offer, &Offer::status, OfferStatus::awarded);
  CHECK(office.project.all<Contract>().at(0).offer.id == offer.id);
}

TEST_CASE_FIXTURE(Following, "a resource request that is written as confirmed assigns the resource, once") {
  const Id mason = add<Resource>([](auto& r) { r.name = "Mason"; }).id, wall = add<Task>([](auto& t) { t.name = "Wall"; t.order = "a"; }).id;
  const auto request = [&](Id task) -> const ResourceRequest& {
    return add<ResourceRequest>([&](auto& r) { r.title = "One more"; r.task = {task}; r.resource = {mason}; r.units = Permille{500}; });
  };
  write(request(wall), &ResourceRequest::status, RequestStatus::confirmed);
  REQUIRE(project.all<Assignment>().size() == 1);
  CHECK(project.all<Assignment>().at(0).task.id == wall);
  CHECK(project.all<Assignment>().at(0).units == Permille{500});
  write(request(wall), &ResourceRequest::status, RequestStatus::confirmed);
  write(request({}), &ResourceRequest::status, RequestStatus::confirmed);  // for no task
  CHECK(project.all<Assignment>().size() == 1);
}

TEST_CASE("a rate that somebody adds begins today with what holds; one that says what it is stays so") {
  Following office;
  const Resource& mason = office.add<Resource>([](auto& r) { r.name = "Mason"; r.standard_rate = Money{1000}; r.cost_per_use = Money{50}; });
  office.edit([&](Transaction& change) {
    const Record& rate = change.create_record(register_of<ResourceRate>(), {});
    REQUIRE(change.set(rate, register_of<ResourceRate>(), *register_of<ResourceRate>().owner(), Value{mason.id}));
    REQUIRE(engine::follow_edits(change, office.monday));
  });
  const ResourceRate& first = office.project.all<ResourceRate>().at(0);
  CHECK(first.valid_from == office.monday);
  CHECK(first.standard_rate == Money{1000});
  CHECK(first.cost_per_use == Money{50});
  office.edit([&](Transaction& change) {
    change.create<ResourceRate>([&](auto& r) { r.resource = {mason.id}; r.valid_from = office.monday + 7; r.standard_rate = Money{1200}; });
    REQUIRE(engine::follow_edits(change, office.monday));
  });
  CHECK(office.project.all<ResourceRate>().at(1).standard_rate == Money{1200});
  CHECK(office.project.all<ResourceRate>().at(1).cost_per_use == Money{0});
}

TEST_CASE("a payment has the currency of its contract, unless it has one of its own") {
  Following office;
  const Contract& pumps = office.add<Contract>([](auto& c) { c.title = "Pumps"; c.currency = "EUR"; });
  const Contract& here = office.add<Contract>([](auto& c) { c.title = "Walls"; });
  const auto pay = [&](const Contract& contract, std::string currency) {
    office.edit([&](Transaction& change) {
      change.create<Payment>([&](auto& p) { p.contract = {contract.id}; p.title = "First"; p.currency = currency; });
      REQUIRE(engine::follow_edits(change, office.monday));
    });
    const auto& payments = office.project.all<Payment>();
    return payments.at(payments.size() - 1).currency;
  };
  CHECK(pay(pumps, "") == "EUR");
  CHECK(pay(pumps, "USD") == "USD");
  CHECK(pay(here, "") == "");
  office.write(office.project.all<Payment>().at(2), &Payment::contract, Ref<Contract>{pumps.id});
  CHECK(office.project.all<Payment>().at(2).currency == "EUR");
  REQUIRE(office.project.undo());
  CHECK(office.project.all<Payment>().at(2).currency == "");
}

TEST_CASE("achieved steps show in the physical percent of a task that is measured by them") {
  Following office;
  const Task& wall = office.add<Task>([](auto& t) { t.name = "Wall"; t.earned_value_method = EarnedValueMethod::weighted_milestones; });
  const auto step = [&](int weight) -> const TaskStep& {
    return office.add<TaskStep>([&](auto& s) { s.task = {wall.id}; s.name = "x"; s.weight = weight; });
  };
  const TaskStep &footing = step(1), &coping = step(2);
  office.write(footing, &TaskStep::achieved_on, std::optional(office.monday));
  CHECK(wall.physical_percent == Permille{333});
  office.write(coping, &TaskStep::achieved_on, std::optional(office.monday));
  CHECK(wall.physical_percent == Permille{1000});
  office.write(footing, &TaskStep::achieved_on, std::optional<Day>{});
  CHECK(wall.physical_percent == Permille{667});
}
