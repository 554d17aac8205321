// Purchasing, competencies and the impact of changes, from projects.
#include <doctest/doctest.h>

#include "app/engine/change/change_approval.h"
#include "app/engine/change/change_impact.h"
#include "app/engine/follow_edits.h"
#include "app/engine/procurement/purchasing.h"
#include "app/engine/resources/competency_gaps.h"
#include "app/engine/schedule/plan_of_project.h"
#include "app/model/records/budget.h"
#include "app/model/records/communication.h"
#include "app/model/value_text.h"
#include "tests/unit/engine_numeric/office.h"

using namespace pmo;
using namespace pmo::engine;

TEST_CASE("offers are compared by weighted means of the evaluators; what is not complete has no place") {
  Office office;
  const ProcurementItem* item = nullptr;
  office.edit([&](Transaction& change) {
    item = &change.create<ProcurementItem>([](auto& i) { i.title = "System"; });
    const auto& hans = change.create<Person>([](auto& p) { p.name = "Han"; });
    const auto& xu = change.create<Person>([](auto& p) { p.name = "Xu"; });
    const auto criterion = [&](const char* title, int weight) {
      return Ref<SelectionCriterion>{change.create<SelectionCriterion>([&](auto& c) { c.item = {item->id}; c.title = title; c.weight = {weight}; }).id};
    };
    const auto price = criterion("Price", 600), function = criterion("Function", 200);
    const auto offer = [&](const char* title) { return Ref<Offer>{change.create<Offer>([&](auto& o) { o.title = title; o.item = {item->id}; }).id}; };
    const auto score = [&](Ref<Offer> of, Ref<SelectionCriterion> by, const Person& who, int points) {
      change.create<OfferScore>([&](auto& s) { s.offer = of; s.criterion = by; s.evaluator = {who.id}; s.score = points; });
    };
    const auto first = offer("First"), second = offer("Second"), third = offer("Third");
    score(first, price, hans, 8), score(first, price, xu, 6), score(first, function, hans, 10);  // 7 × 0.75 + 10 × 0.25
    score(second, price, hans, 9), score(second, function, xu, 8);                               // 9 × 0.75 + 8 × 0.25
    score(third, price, hans, 10);
  });
  const auto comparison = compare_offers(office.project, *item);
  REQUIRE(comparison.missing == NoComparison::none);
  CHECK(comparison.weights == std::vector<double>{0.75, 0.25});
  CHECK(*comparison.offers[0].result.score == doctest::Approx(7.75));
  CHECK(*comparison.offers[1].result.score == doctest::Approx(8.75));
  CHECK(comparison.offers[1].place == 1);
  CHECK_FALSE(comparison.offers[2].place);
  CHECK(comparison.offers[2].result.missing == std::vector<int>{1});
}

TEST_CASE("an item without criteria cannot be compared") {
  Office office;
  const ProcurementItem* item = nullptr;
  office.edit([&](Transaction& change) { item = &change.create<ProcurementItem>([](auto& i) { i.title = "Lifts"; }); });
  CHECK(compare_offers(office.project, *item).missing == NoComparison::no_criteria);
}

TEST_CASE("deliveries are held against the task that needs them; vendors by what they did") {
  Office office;
  const ProcurementItem* item = nullptr;
  office.edit([&](Transaction& change) {
    const auto& erect = change.create<Task>([](auto& t) { t.name = "Erect steel"; });
    item = &change.create<ProcurementItem>([&](auto& i) { i.title = "Steel"; i.task = {erect.id}; i.lead_time = 30; });
    const auto& vendor = change.create<Vendor>([](auto& v) { v.name = "Mill"; });
    const auto& contract = change.create<Contract>([&](auto& c) {
      c.title = "Steel";
      c.vendor = {vendor.id};
      c.status = ContractStatus::running;
      c.signed_on = office.monday - 40;
      c.value = Money{1000};
    });
    const auto deliver = [&](int promised, std::optional<int> arrived, std::optional<int> expected, int rejected) {
      change.create<Delivery>([&](auto& d) {
        d.contract = {contract.id};
        d.title = "Lot";
        d.task = {erect.id};
        d.quantity = whole(10);
        d.quantity_rejected = whole(rejected);
        d.promised = office.monday + promised;
        if (arrived) d.delivered_on = office.monday + *arrived;
        if (expected) d.expected = office.monday + *expected;
      });
    };
    deliver(-10, -10, {}, 0);
    deliver(-8, -5, {}, 4);
    deliver(-1, {}, 3, 0);
    change.create<VendorEvaluation>([&](auto& e) { e.vendor = {vendor.id}; e.title = "Q1"; e.delivery = 3; e.quality = 4; });
  });
  const auto plan = plan_of(office.project);
  const auto dates = schedule(plan);
  CHECK(order_date(*item, plan, dates).latest_order == office.monday - 30);
  const auto outlook = delivery_outlook(office.project, plan, dates);
  CHECK(outlook[0].days_late == -10);
  CHECK(outlook[2].days_late == 3);
  CHECK(outlook[2].days_after_promise == 4);
  const auto score = vendor_scores(office.project, office.monday).at(0);
  CHECK(score.deliveries == 2);
  CHECK(*score.on_time == doctest::Approx(1.0 / 3));  // one is overdue
  CHECK(*score.reject_rate == doctest::Approx(0.2));
  CHECK(*score.evaluation == doctest::Approx(3.5));
  CHECK(score.ordered == Money{1000});
}

TEST_CASE("gaps take the highest need of the roles held and the newest assessment") {
  Office office;
  Id planning;
  office.edit([&](Transaction& change) {
    const auto& li = change.create<Person>([](auto& p) { p.name = "Li"; });
    planning = change.create<Competency>([](auto& c) { c.name = "Planning"; }).id;
    const auto role = [&](const char* name, int level, Day finish) {
      const auto& made = change.create<ProjectRole>([&](auto& r) { r.name = name; });
      change.create<CompetencyNeed>([&](auto& n) { n.role = {made.id}; n.competency = {planning}; n.level = level; });
      change.create<RoleHolder>([&](auto& h) { h.role = {made.id}; h.person = {li.id}; h.finish = finish; });
    };
    role("Controller", 3, office.monday);
    role("Manager", 4, office.monday);
    role("Planner", 5, office.monday - 1);  // no longer held
    const auto assess = [&](int level, Day on) {
      change.create<CompetencyAssessment>([&](auto& a) { a.person = {li.id}; a.competency = {planning}; a.level = level; a.assessed_on = on; });
    };
    assess(3, office.monday - 5);
    assess(2, office.monday - 50);
    // What is retired asks for nothing, and a draft assesses nobody.
    const auto& writer = change.create<ProjectRole>([](auto& r) { r.name = "Writer"; });
    change.create<CompetencyNeed>([&](auto& n) { n.role = {writer.id}, n.competency = {planning}, n.level = 5, n.status = EntryStatus::retired; });
    change.create<RoleHolder>([&](auto& h) { h.role = {writer.id}, h.person = {li.id}; });
    change.create<CompetencyAssessment>([&](auto& a) { a.person = {li.id}, a.competency = {planning}, a.level = 5, a.assessed_on = office.monday, a.status = EntryStatus::draft; });
  });
  const auto gaps = competency_gaps(office.project, office.monday);
  REQUIRE(gaps.size() == 1);
  CHECK(gaps[0].required == 4);
  CHECK(gaps[0].assessed == 3);
  CHECK(*gaps[0].gap() == doctest::Approx(1));
}

TEST_CASE("a session is evaluated by those who answered; no value where nobody did") {
  Office office;
  const TrainingSession* session = nullptr;
  office.edit([&](Transaction& change) {
    session = &change.create<TrainingSession>([](auto& s) { s.title = "Charts"; s.cost = Money{1000}; s.benefit = Money{1500}; });
    change.create<Attendance>([&](auto& a) {
      a.session = {session->id};
      a.status = AttendanceStatus::attended;
      a.score_before = Permille{400};
      a.score_after = Permille{700};
    });
    change.create<Attendance>([&](auto& a) { a.session = {session->id}; });
  });
  const auto evaluation = evaluate_session(office.project, *session);
  CHECK(evaluation.invited == 2);
  CHECK(evaluation.attended == 1);
  CHECK(*evaluation.learning_gain == doctest::Approx(0.5));
  CHECK(*evaluation.return_ == doctest::Approx(0.5));
  CHECK_FALSE(evaluation.reaction);
}

namespace {

struct Changing : Office {
  const Task *dig, *slab, *opened;
  const ChangeRequest* request;

  Changing() {
    edit([&](Transaction& change) {
      dig = &change.create<Task>([](auto& t) { t.name = "Dig"; t.order = "a"; t.duration = WorkMinutes{5 * 480}; });
      slab = &change.create<Task>([](auto& t) { t.name = "Slab"; t.order = "b"; t.duration = WorkMinutes{5 * 480}; t.fixed_cost = Money{1000}; });
      opened = &change.create<Task>([](auto& t) { t.name = "Opened"; t.order = "c"; t.duration = WorkMinutes{0}; t.milestone = true; });
      change.create<Link>([&](auto& l) { l.predecessor = {dig->id}; l.successor = {slab->id}; });
      change.create<Link>([&](auto& l) { l.predecessor = {slab->id}; l.successor = {opened->id}; });
      const auto& asks = change.create<Person>([](auto& p) { p.name = "Wu"; });
      request = &change.create<ChangeRequest>([&](auto& r) {
        r.title = "Deeper foundation";
        r.reason = "Soft ground";
        r.description = "Dig to the gravel";
        r.requester = {asks.id};
      });
    });
    edit([&](Transaction& change) {
      REQUIRE(propose(change, *dig, &Task::duration, std::int64_t{8 * 480}));
      REQUIRE(propose(change, *slab, &Task::fixed_cost, std::int64_t{4000}));
    });
  }
  template <class T>
  Result<void> propose(Transaction& change, const Task& task, T Task::* member, std::int64_t value) {
    return propose_edit(change, *request, register_of<Task>(), task, field_of<Task>(member), Value{value});
  }
};

}  // namespace

TEST_CASE("the impact of a change is the difference that the engine finds; the project stays as it is") {
  Changing office;
  const auto impact = impact_of(office.project, *office.request, office.monday);
  CHECK(impact.edits == 2);
  CHECK(impact.faults.empty());
  CHECK(impact.before.finish == Minute::at(office.monday + 11, 17 * 60));  // ten days
  CHECK(impact.after.finish == Minute::at(office.monday + 16, 17 * 60));   // thirteen: Wednesday
  CHECK(impact.after.cost - impact.before.cost == Money{3000});
  CHECK(impact.before.lowest_cash == Money{-impact.before.cost.value});  // nobody funds it
  CHECK(impact.after.lowest_cash == Money{-impact.after.cost.value});
  Money more;
  for (const auto& month : impact.cash) more += month.after - month.before;
  CHECK(more == Money{3000});
  REQUIRE(impact.milestones.size() == 1);
  CHECK(impact.milestones[0].task == office.opened->id);
  CHECK(office.dig->duration == WorkMinutes{5 * 480});
}

TEST_CASE("proposing the same field again replaces the value; a value that the field refuses is refused") {
  Changing office;
  office.edit([&](Transaction& change) { REQUIRE(office.propose(change, *office.dig, &Task::duration, std::int64_t{6 * 480})); });
  CHECK(office.project.all<ProposedEdit>().size() == 2);
  Transaction change(office.project, "transaction.add"_key);
  CHECK_FALSE(office.propose(change, *office.dig, &Task::duration, -1));
}

namespace {

// With a budget that was approved, an older one after it in the register, and a plan that tells of changes.
struct Deciding : Changing {
  const Day today = monday + 2;
  const CostAccount* foundations;

  Deciding() {
    edit([&](Transaction& change) {
      const auto& wang = change.create<Person>([](auto& p) { p.name = "Wang"; });
      foundations = &change.create<CostAccount>([](auto& a) { a.name = "Foundations"; });
      change.set(*slab, &Task::cost_account, Ref<CostAccount>{foundations->id});
      const auto version = [&](const char* title, Day approved, Money amount) {
        const auto& made = change.create<BudgetVersion>([&](auto& v) {
          v.title = title;
          v.status = BudgetStatus::approved;
          v.approved_on = approved;
          v.approved_by = {wang.id};
        });
        change.create<BudgetEntry>([&](auto& e) { e.version = {made.id}; e.title = "Foundations"; e.amount = amount; e.account = {foundations->id}; });
      };
      version("Budget 2", today, Money{5000});
      version("Budget 1", today - 30, Money{4000});
    });
  }
  Money drafted() const {
    Money sum;
    const BudgetVersion& draft = project.all<BudgetVersion>().at(2);
    for (const BudgetEntry& entry : project.all<BudgetEntry>())
      if (entry.version.id == draft.id) sum += entry.amount;
    return sum;
  }
};

}  // namespace

TEST_CASE("approval makes the edits, a baseline, a budget version with its effect and a communication in one step") {
  Deciding office;
  office.edit([&](Transaction& change) { REQUIRE(approve_change(change, *office.request, office.today)); });
  CHECK(office.dig->duration == WorkMinutes{8 * 480});
  CHECK(office.request->status == ChangeStatus::approved);
  CHECK(office.request->decided_on == office.today);
  CHECK(office.request->cost_effect == Money{3000});
  const Baseline* baseline = office.project.find(office.request->baseline);
  REQUIRE(baseline);
  CHECK(baseline->name == "CR-1 Deeper foundation");
  CHECK(office.project.all<BaselineTask>().size() == 3);
  const BudgetVersion& draft = office.project.all<BudgetVersion>().at(2);
  CHECK(draft.change_request.id == office.request->id);
  CHECK(office.drafted() == Money{8000});  // of the version approved last, and the effect
  const BudgetEntry& effect = office.project.all<BudgetEntry>().at(3);
  CHECK(effect.task.id == office.slab->id);
  CHECK(effect.account.id == office.foundations->id);
  CHECK(office.project.all<Communication>().at(0).source.id == office.request->id);
  CHECK(office.project.all<Communication>().at(0).recipients == Refs<Person>{office.request->requester});
  Transaction again(office.project, "transaction.add"_key);
  CHECK(approve_change(again, *office.request, office.today).error().message == "error.change.decided"_key);
  REQUIRE(office.project.undo());
  CHECK(office.dig->duration == WorkMinutes{5 * 480});
  CHECK(office.project.all<Baseline>().empty());
}

TEST_CASE("the budget that a change drafts grants what the approved one grants: its retired entries do not come back") {
  Deciding office;
  office.edit([&](Transaction& change) {
    change.create<BudgetEntry>([&](auto& e) {
      e.version = {office.project.all<BudgetVersion>().at(0).id};
      e.title = "Taken out", e.amount = Money{900}, e.account = {office.foundations->id}, e.status = EntryStatus::retired;
    });
    REQUIRE(approve_change(change, *office.request, office.today));
  });
  CHECK(office.drafted() == Money{8000});
}

TEST_CASE("what a change saves is taken from what its account was granted, never below nothing") {
  Deciding office;
  office.edit([&](Transaction& change) {
    REQUIRE(office.propose(change, *office.slab, &Task::fixed_cost, std::int64_t{0}));  // 1000 less
    REQUIRE(approve_change(change, *office.request, office.today));
  });
  CHECK(office.drafted() == Money{4000});
}

TEST_CASE("a cost that no edit shows is granted to the request's task; those who wait for changes are told") {
  Deciding office;
  office.edit([&](Transaction& change) {
    REQUIRE(office.propose(change, *office.slab, &Task::fixed_cost, std::int64_t{1000}));
    change.set(*office.request, &ChangeRequest::cost_effect, std::optional(Money{700}));
    change.set(*office.request, &ChangeRequest::tasks, Refs<Task>{{office.slab->id}});
    const auto& xu = change.create<Person>([](auto& p) { p.name = "Xu"; });
    const auto& user = change.create<Stakeholder>([&](auto& s) { s.name = "Library"; s.person = {xu.id}; });
    change.create<CommunicationPlanItem>([&](auto& i) {
      i.title = "Everybody knows a change";
      i.status = PlanStatus::active;
      i.frequency = CommunicationFrequency::on_event;
      i.event = CommunicationEvent::change_approved;
      i.sender = {xu.id};
      i.audience = {{user.id}};
    });
    REQUIRE(approve_change(change, *office.request, office.today));
  });
  CHECK(office.drafted() == Money{5700});
  REQUIRE(office.project.all<Communication>().size() == 2);
  CHECK(office.project.all<Communication>().at(0).audience.size() == 1);
  CHECK(office.project.all<Communication>().at(0).recipients.size() == 1);
}

TEST_CASE("a status written by hand does what the button does: conditions wait, approval makes the edits") {
  Deciding office;
  const auto write = [&](ChangeStatus status) {
    office.edit([&](Transaction& change) {
      change.set(*office.request, &ChangeRequest::status, status);
      REQUIRE(follow_edits(change, office.today));
    });
  };
  office.edit([&](Transaction& change) {
    change.set(*office.request, &ChangeRequest::decided_on, std::optional(office.today - 1));
    change.set(*office.request, &ChangeRequest::conditions, std::string("Survey first"));
  });
  write(ChangeStatus::conditional);
  CHECK(office.dig->duration == WorkMinutes{5 * 480});
  CHECK(can_be_approved(office.project, *office.request));
  write(ChangeStatus::approved);
  CHECK(office.dig->duration == WorkMinutes{8 * 480});
  CHECK(office.request->decided_on == office.today - 1);
  CHECK_FALSE(can_be_approved(office.project, *office.request));
  write(ChangeStatus::implementing);
  CHECK(office.project.all<Baseline>().size() == 1);
  CHECK(office.project.all<BudgetVersion>().size() == 3);
}

TEST_CASE("an approval does not overwrite what somebody has written since: it must be looked at first") {
  Changing office;
  office.edit([&](Transaction& change) { change.set(*office.dig, &Task::duration, WorkMinutes{6 * 480}); });
  const auto impact = impact_of(office.project, *office.request, office.monday);
  REQUIRE(impact.faults.size() == 1);
  CHECK(impact.faults[0].message == "error.change.stale"_key);
  {
    Transaction change(office.project, "transaction.add"_key);
    CHECK(approve_change(change, *office.request, office.monday).error().message == "error.change.stale"_key);
  }
  office.edit([&](Transaction& change) { REQUIRE(office.propose(change, *office.dig, &Task::duration, std::int64_t{8 * 480})); });
  office.edit([&](Transaction& change) { REQUIRE(approve_change(change, *office.request, office.monday)); });
  CHECK(office.dig->duration == WorkMinutes{8 * 480});
}

namespace {

// Beside the walls a pump is built in, by a crew: after the digging, before the opening.
struct Adding : Changing {
  Id crew;
  Ref<ProposedEdit> pump;
  Adding() {
    crew = add<Resource>([](auto& r) { r.name = "Crew"; }).id;
    edit([&](Transaction& change) {
      pump = *propose_record(change, *request, register_of<Task>(), "Pump",
                             {{&field_of<Task>(&Task::name), Value{std::string("Pump")}}, {&field_of<Task>(&Task::duration), Value{std::int64_t{10 * 480}}}, {&field_of<Task>(&Task::fixed_cost), Value{std::int64_t{500}}}});
      link(change, dig->id, pump.id);
      link(change, pump.id, opened->id);
      REQUIRE(propose_record(change, *request, register_of<Assignment>(), "Crew",
                             {{&field_of<Assignment>(&Assignment::task), Value{pump.id}}, {&field_of<Assignment>(&Assignment::resource), Value{crew}}}));
    });
  }
  void link(Transaction& change, Id from, Id to) {
    REQUIRE(propose_record(change, *request, register_of<Link>(), "Link", {{&field_of<Link>(&Link::predecessor), Value{from}}, {&field_of<Link>(&Link::successor), Value{to}}}));
  }
  const Task* made() const {
    for (const Task& task : project.all<Task>())
      if (task.name == "Pump") return &task;
    return nullptr;
  }
};

}  // namespace

TEST_CASE("a change may make a task with its links and assignment: computed in a copy, made in one step, undone and made again as the same records") {
  Adding office;
  const auto impact = impact_of(office.project, *office.request, office.monday);
  CHECK(impact.faults.empty());
  CHECK(impact.after.finish == Minute::at(office.monday + 23, 17 * 60));  // eight days of digging, ten of the pump
  CHECK(impact.after.cost - impact.before.cost == Money{3500});
  REQUIRE(impact.added.size() == 1);
  CHECK(impact.added[0].name == "Pump");
  CHECK(office.project.all<Task>().size() == 3);
  const auto approve = [&] { office.edit([&](Transaction& change) { REQUIRE(approve_change(change, *office.request, office.monday)); }); };
  approve();
  const Task* pump = office.made();
  REQUIRE(pump);
  const Id first = pump->id;
  CHECK(pump->duration == WorkMinutes{10 * 480});
  CHECK(Outline(office.project)[3].task == pump);  // the last one
  CHECK(office.project.all<Link>().size() == 4);
  REQUIRE(office.project.all<Assignment>().size() == 1);
  CHECK(office.project.all<Assignment>().at(0).task.id == first);
  CHECK(open_edits_of(office.project, *office.request).empty());
  REQUIRE(office.project.undo());
  CHECK_FALSE(office.made());
  CHECK(office.project.all<Link>().size() == 2);
  approve();
  REQUIRE(office.made());
  CHECK(office.made()->id == first);
}

TEST_CASE("taking back a proposed task takes back what would hang on it; links in a circle are told before they are made") {
  Adding office;
  SUBCASE("taken back") {
    office.edit([&](Transaction& change) { withdraw_edit(change, *office.project.find(office.pump)); });
    CHECK(office.project.all<ProposedEdit>().size() == 2);
    CHECK(impact_of(office.project, *office.request, office.monday).added.empty());
  }
  SUBCASE("a circle") {
    office.edit([&](Transaction& change) { office.link(change, office.opened->id, office.dig->id); });
    CHECK(impact_of(office.project, *office.request, office.monday).faults.size() == 1);
    Transaction change(office.project, "transaction.add"_key);
    CHECK((!approve_change(change, *office.request, office.monday) || !change.commit()));
  }
  SUBCASE("the value of a field that is only proposed can be proposed anew") {
    office.edit([&](Transaction& change) { REQUIRE(propose_value(change, *office.project.find(office.pump), field_of<Task>(&Task::fixed_cost), Value{std::int64_t{900}})); });
    CHECK(proposed_value(office.project, *office.project.find(office.pump), field_of<Task>(&Task::fixed_cost)) == Value{std::int64_t{900}});
    CHECK(impact_of(office.project, *office.request, office.monday).after.cost == Money{4900});
  }
}

TEST_CASE("a change may delete a task: its links go with it, what it cost is taken from its account") {
  Deciding office;
  office.edit([&](Transaction& change) {
    propose_deletion(change, *office.request, register_of<Task>(), *office.slab);
    propose_deletion(change, *office.request, register_of<Task>(), *office.slab);  // once
  });
  CHECK(office.project.all<ProposedEdit>().size() == 3);
  const auto impact = impact_of(office.project, *office.request, office.monday);
  CHECK(impact.removed == std::vector<std::string>{"Slab"});
  CHECK(impact.after.cost - impact.before.cost == Money{-1000});
  office.edit([&](Transaction& change) { REQUIRE(approve_change(change, *office.request, office.today)); });
  CHECK(office.project.all<Task>().size() == 2);
  CHECK(office.project.all<Link>().empty());
  CHECK(office.drafted() == Money{4000});
}

TEST_CASE("the board's votes are counted") {
  Changing office;
  office.edit([&](Transaction& change) {
    for (const Vote vote : {Vote::approve, Vote::approve, Vote::reject, Vote::pending}) change.create<BoardVote>([&](auto& v) { v.change_request = {office.request->id}; v.vote = vote; });
  });
  const VoteTally tally = votes_of(office.project, *office.request);
  CHECK(tally.approve == 2);
  CHECK(tally.reject == 1);
  CHECK(tally.pending == 1);
  CHECK(tally.asked() == 4);
}

TEST_CASE("an edit of a record that is gone is told, and approval refuses") {
  Changing office;
  office.edit([&](Transaction& change) { change.erase(*office.dig); });
  const auto impact = impact_of(office.project, *office.request, office.monday);
  REQUIRE(impact.faults.size() == 1);
  CHECK(impact.faults[0].message == "error.change.no_record"_key);
  Transaction change(office.project, "transaction.add"_key);
  CHECK_FALSE(approve_change(change, *office.request, office.monday));
}

TEST_CASE("values as text read back the same") {
  const auto& fields = register_of<Task>();
  for (const auto& [name, value] : std::vector<std::pair<const char*, Value>>{
           {"name", std::string("Dig ~ 挖")}, {"duration", std::int64_t{480}}, {"milestone", true}, {"deadline", Value{}},
           {"calendar", Id{7, 9}}, {"type", std::string("fixed_work")}}) {
    const auto back = read_value_text(*fields.find(name), value_text(value));
    REQUIRE_MESSAGE(back.has_value(), name);
    CHECK(*back == value);
  }
  CHECK_FALSE(read_value_text(*fields.find("duration"), "12x"));
}
