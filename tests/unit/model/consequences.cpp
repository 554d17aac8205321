// What one desk's event means for the others.
#include "app/model/consequences.h"

#include <doctest/doctest.h>

#include "app/model/communicating.h"
#include "app/model/open_work.h"
#include "app/model/records/project_settings.h"

using namespace pmo;

namespace {

struct SiteOffice {
  FixedSurroundings surroundings;
  Project project{product_schema(), Id{1, 1}, surroundings};
  const Day today = Day::of(2026, 5, 11);
  const Person *wu, *li;
  const Task* slab;

  SiteOffice() {
    edit([&](Transaction& change) {
      wu = &change.create<Person>([](auto& p) { p.name = "Wu Gang"; });
      li = &change.create<Person>([](auto& p) { p.name = "Li Qiang"; });
      slab = &change.create<Task>([](auto& t) { t.name = "Base slab"; });
    });
  }
  template <class Edit>
  void edit(Edit&& make) {
    Transaction change(project, "transaction.add"_key);
    make(change);
    const auto commit = change.commit();
    REQUIRE_MESSAGE(commit.has_value(), (commit ? "" : std::string(commit.error().message.name)));
  }
};

}  // namespace

TEST_CASE("a risk that occurs opens an issue, starts its contingency plan and draws its reserve; one undo takes all back") {
  SiteOffice office;
  const Risk* water = nullptr;
  office.edit([&](Transaction& change) {
    water = &change.create<Risk>([&](Risk& risk) {
      risk.title = "High groundwater";
      risk.event = "Water enters";
      risk.impact_time = 4;
      risk.contingency_plan = "Sheet piles\non the river side";
      risk.owner = {office.wu->id};
      risk.actionee = {office.li->id};
      risk.reserve = Money{8'500'000};
      risk.tasks = {{office.slab->id}};
    });
  });
  office.edit([&](Transaction& change) { REQUIRE(risk_occurred(change, *water, office.today)); });
  REQUIRE(office.project.all<Issue>().size() == 1);
  const Issue& issue = office.project.all<Issue>().at(0);
  CHECK(issue.source_risk.id == water->id);
  CHECK(issue.severity == 4);
  CHECK(issue.tasks.front().id == office.slab->id);
  CHECK(water->occurred_on == office.today);
  const WorkOrder& order = office.project.all<WorkOrder>().at(0);
  CHECK(order.title == "Sheet piles");
  CHECK(order.assignee.id == office.li->id);
  const ReserveDraw& draw = office.project.all<ReserveDraw>().at(0);
  CHECK(draw.amount == Money{8'500'000});
  CHECK(draw.issue.id == issue.id);
  office.edit([&](Transaction& change) { CHECK(risk_occurred(change, *water, office.today) == Ref<Issue>{issue.id}); });
  CHECK(office.project.all<Issue>().size() == 1);
  CHECK(office.project.all<WorkOrder>().size() == 1);
  CHECK(office.project.all<ReserveDraw>().size() == 1);
  CHECK(office.project.all<Escalation>().empty());  // there is no manager
  REQUIRE(office.project.undo());
  CHECK(office.project.all<Issue>().empty());
  CHECK(office.project.all<ReserveDraw>().empty());
  CHECK(water->status == RiskStatus::identified);
}

TEST_CASE("an action of a meeting becomes a work item once") {
  SiteOffice office;
  const ActionItem* action = nullptr;
  office.edit([&](Transaction& change) {
    const Meeting& meeting = change.create<Meeting>([&](Meeting& m) { m.title = "Site meeting"; m.chair = {office.li->id}; });
    action = &change.create<ActionItem>([&](ActionItem& a) {
      a.title = "Price for sheet piles";
      a.meeting = {meeting.id};
      a.owner = {office.wu->id};
      a.due = office.today + 3;
      a.task = {office.slab->id};
    });
  });
  office.edit([&](Transaction& change) { REQUIRE(hand_out_action(change, *action)); });
  const WorkOrder& order = office.project.all<WorkOrder>().at(0);
  CHECK(order.assignee.id == office.wu->id);
  CHECK(order.assigned_by.id == office.li->id);
  CHECK(order.due == office.today + 3);
  CHECK(order.action_item.id == action->id);
  CHECK(action->status == ActionStatus::in_progress);
  Transaction again(office.project, "transaction.add"_key);
  CHECK(hand_out_action(again, *action).error().message == "error.consequence.action_handed_out"_key);
}

TEST_CASE("what is late is escalated to the manager, once while that is open") {
  SiteOffice office;
  const Issue* issue = nullptr;
  office.edit([&](Transaction& change) {
    change.create<ProjectSettings>([&](ProjectSettings& p) { p.name = "Library"; p.manager = {office.li->id}; });
    issue = &change.create<Issue>([&](Issue& made) { made.title = "Water"; made.owner = {office.wu->id}; made.due = office.today - 2; });
  });
  office.edit([&](Transaction& change) { REQUIRE(escalate(change, register_of<Issue>(), *issue, office.today)); });
  const Escalation& escalation = office.project.all<Escalation>().at(0);
  CHECK(escalation.record.id == issue->id);
  CHECK(escalation.escalated_to.id == office.li->id);
  CHECK(escalation.raised_by.id == office.wu->id);
  CHECK(escalation.due == office.today + 3);
  {
    Transaction again(office.project, "transaction.add"_key);
    CHECK(escalate(again, register_of<Issue>(), *issue, office.today).error().message == "error.consequence.escalated"_key);
  }
  office.edit([&](Transaction& change) { change.set(escalation, &Escalation::status, EscalationStatus::withdrawn); });
  Transaction later(office.project, "transaction.add"_key);
  CHECK(escalate(later, register_of<Issue>(), *issue, office.today).has_value());
}

TEST_CASE("open actions of a series are carried to its next agenda once, behind what is there") {
  SiteOffice office;
  const Meeting* next = nullptr;
  office.edit([&](Transaction& change) {
    const auto meeting = [&](const char* series, Day day) {
      return &change.create<Meeting>([&](Meeting& m) { m.title = "Meeting"; m.series = series; m.start = Minute::at(day, 540); });
    };
    const auto action = [&](const Meeting* of, const char* title, ActionStatus status) {
      change.create<ActionItem>([&](ActionItem& a) { a.title = title; a.meeting = {of->id}; a.status = status; a.owner = {office.wu->id}; });
    };
    const Meeting* first = meeting("Site", office.today);
    next = meeting("Site", office.today + 7);
    action(first, "Order pumps", ActionStatus::in_progress);
    action(first, "Call the mill", ActionStatus::done);
    action(meeting("Steering", office.today), "Decide", ActionStatus::open);
    action(meeting("Site", office.today + 14), "Later", ActionStatus::open);
    change.create<AgendaItem>([&](AgendaItem& item) { item.meeting = {next->id}; item.topic = "Safety"; item.order = "m"; });
  });
  int carried = 0;
  office.edit([&](Transaction& change) { carried = carry_open_actions(change, *next); });
  CHECK(carried == 1);
  REQUIRE(office.project.all<AgendaItem>().size() == 2);
  const AgendaItem& item = office.project.all<AgendaItem>().at(1);
  CHECK(item.topic == "Order pumps");
  CHECK(item.meeting.id == next->id);
  CHECK(item.presenter.id == office.wu->id);
  CHECK(item.order > office.project.all<AgendaItem>().at(0).order);
  Transaction again(office.project, "transaction.add"_key);
  CHECK(carry_open_actions(again, *next) == 0);
}

TEST_CASE("a risk that occurs is taken to the manager, and told to whom the plan names") {
  SiteOffice office;
  const Risk* water = nullptr;
  office.edit([&](Transaction& change) {
    change.create<ProjectSettings>([&](ProjectSettings& p) { p.name = "Library"; p.manager = {office.li->id}; });
    const auto item = [&](const char* title, CommunicationEvent event) {
      change.create<CommunicationPlanItem>([&](auto& i) {
        i.title = title;
        i.status = PlanStatus::active;
        i.frequency = CommunicationFrequency::on_event;
        i.event = event;
        i.sender = {office.wu->id};
      });
    };
    item("Sponsor hears of risks", CommunicationEvent::risk_occurred);
    item("Press", CommunicationEvent::by_hand);
    water = &change.create<Risk>([&](Risk& risk) { risk.title = "Water"; risk.event = "Water enters"; });
  });
  office.edit([&](Transaction& change) { REQUIRE(risk_occurred(change, *water, office.today)); });
  const Escalation& escalation = office.project.all<Escalation>().at(0);
  CHECK(escalation.escalated_to.id == office.li->id);
  CHECK(escalation.record.id == water->id);
  CHECK(escalation.reason == "Water enters");
  REQUIRE(office.project.all<Communication>().size() == 1);
  const Communication& told = office.project.all<Communication>().at(0);
  CHECK(told.title == "Sponsor hears of risks · Water");
  CHECK(told.source.id == water->id);
  CHECK(told.due == office.today + 3);
}

TEST_CASE("a risk has the status that its assessment and response allow") {
  SiteOffice office;
  const auto refused = [&](auto&& fill) -> std::string {
    Transaction change(office.project, "transaction.add"_key);
    change.create<Risk>([&](Risk& risk) { risk.title = "Water"; risk.owner = {office.wu->id}; fill(risk); });
    const auto commit = change.commit();
    return commit ? std::string() : commit.error().arguments.at(0);
  };
  CHECK(refused([](Risk& r) { r.status = RiskStatus::assessed; }).contains("risk.probability"));
  CHECK(refused([](Risk& r) { r.status = RiskStatus::assessed; r.probability = 2; }).contains("risk.impact_time"));
  CHECK(refused([](Risk& r) { r.status = RiskStatus::assessed; r.probability = 2; r.impact_cost = 3; }).empty());
  CHECK(refused([](Risk& r) { r.status = RiskStatus::planned; r.probability = 2; r.impact_cost = 3; }).contains("risk.strategy"));
  CHECK(refused([](Risk& r) { r.status = RiskStatus::monitored; r.probability = 2; r.impact_cost = 3; r.strategy = RiskStrategy::accept; }).empty());
  CHECK(refused([](Risk& r) { r.status = RiskStatus::occurred; }).empty());
}

TEST_CASE("a gate is passed when its checklist is fulfilled; a question of a passed gate is not opened again") {
  SiteOffice office;
  const QualityGate* gate = nullptr;
  const ChecklistItem *piles = nullptr, *survey = nullptr;
  office.edit([&](Transaction& change) {
    gate = &change.create<QualityGate>([&](auto& g) { g.title = "Foundations"; g.held_on = office.today; g.decided_by = {{office.li->id}}; g.conditions = "Survey"; });
    piles = &change.create<ChecklistItem>([&](auto& i) { i.gate = {gate->id}; i.question = "Piles tested?"; });
    survey = &change.create<ChecklistItem>([&](auto& i) { i.gate = {gate->id}; i.question = "Surveyed?"; i.answer = ChecklistAnswer::not_fulfilled; });
  });
  const auto refused = [&](auto&& make) {
    Transaction change(office.project, "transaction.add"_key);
    make(change);
    const auto commit = change.commit();
    return !commit && commit.error().message == "error.gate.unanswered"_key;
  };
  CHECK(refused([&](Transaction& change) { change.set(*gate, &QualityGate::status, GateStatus::passed); }));
  CHECK(refused([&](Transaction& change) { change.set(*gate, &QualityGate::status, GateStatus::conditional); }));
  office.edit([&](Transaction& change) { change.set(*piles, &ChecklistItem::answer, ChecklistAnswer::fulfilled); });
  office.edit([&](Transaction& change) { change.set(*gate, &QualityGate::status, GateStatus::conditional); });
  CHECK(refused([&](Transaction& change) { change.set(*gate, &QualityGate::status, GateStatus::passed); }));
  office.edit([&](Transaction& change) { change.set(*survey, &ChecklistItem::answer, ChecklistAnswer::not_applicable); });
  office.edit([&](Transaction& change) { change.set(*gate, &QualityGate::status, GateStatus::passed); });
  CHECK(refused([&](Transaction& change) { change.set(*piles, &ChecklistItem::answer, ChecklistAnswer::open); }));
  office.edit([&](Transaction& change) { change.set(*gate, &QualityGate::conditions, std::string()); });  // says nothing of the answers
}

namespace {

struct Waiting : SiteOffice {
  const Delivery* steel;

  Waiting() {
    edit([&](Transaction& change) {
      steel = &change.create<Delivery>([&](Delivery& d) {
        d.title = "Steel";
        d.promised = today;
        d.expected = today + 14;
        d.task = {slab->id};
      });
    });
  }
  // The task is scheduled for so many days from today.
  std::string move(int start) {
    Transaction change(project, "transaction.add"_key);
    auto moved = move_task_to_delivery(change, *steel, Minute::at(today + start, 8 * 60));
    if (!moved) return std::string(moved.error().message.name);
    REQUIRE(change.commit());
    return {};
  }
  void constrain(ConstraintType type, int day) {
    edit([&](Transaction& change) {
      change.set(*slab, &Task::constraint, type);
      change.set(*slab, &Task::constraint_date, std::optional(Minute::at(today + day)));
    });
  }
};

}  // namespace

TEST_CASE("a late delivery moves the task that waits for it, unless the task has begun or is fixed") {
  Waiting office;
  CHECK(office.move(0).empty());
  CHECK(office.slab->constraint == ConstraintType::start_no_earlier_than);
  CHECK(office.slab->constraint_date == Minute::at(office.today + 14));
  office.edit([&](Transaction& change) { change.set(*office.slab, &Task::actual_start, std::optional(Minute::at(office.today))); });
  CHECK(office.move(0) == "error.consequence.task_begun");
}

TEST_CASE("a delivery that arrives in time moves nothing, and no later bound of the task is pulled earlier") {
  Waiting office;
  CHECK(office.move(14) == "error.consequence.delivery_in_time");
  CHECK(office.slab->constraint == ConstraintType::as_soon_as_possible);
  office.constrain(ConstraintType::start_no_earlier_than, 30);
  CHECK(office.move(30) == "error.consequence.delivery_in_time");
  CHECK(office.slab->constraint_date == Minute::at(office.today + 30));
}

TEST_CASE("a constraint that a delivery would overwrite is named instead") {
  Waiting office;
  for (const auto type : {ConstraintType::as_late_as_possible, ConstraintType::start_no_later_than, ConstraintType::finish_no_later_than, ConstraintType::must_start_on}) {
    office.constrain(type, 5);
    CHECK(office.move(0) == "error.consequence.constraint_lost");
    CHECK(office.slab->constraint == type);
  }
  office.constrain(ConstraintType::start_no_earlier_than, 5);
  CHECK(office.move(5).empty());
  CHECK(office.slab->constraint_date == Minute::at(office.today + 14));
}

TEST_CASE("a training gap names the resource it constrains, and is flagged once") {
  SiteOffice office;
  const Competency* planning = nullptr;
  const Resource* crew = nullptr;
  office.edit([&](Transaction& change) {
    planning = &change.create<Competency>([](auto& c) { c.name = "Planning"; });
    crew = &change.create<Resource>([&](auto& r) { r.name = "Site management"; r.person = {office.wu->id}; });
  });
  const TrainingGap gap{{office.wu->id}, {planning->id}, 3, 1};
  office.edit([&](Transaction& change) { REQUIRE(flag_training_gap(change, gap)); });
  const TrainingNeed& need = office.project.all<TrainingNeed>().at(0);
  CHECK(need.resource.id == crew->id);
  CHECK(need.required_level == 3);
  Transaction again(office.project, "transaction.add"_key);
  CHECK(flag_training_gap(again, gap).error().message == "error.consequence.need_exists"_key);
}

TEST_CASE("people are asked to acknowledge a record once") {
  SiteOffice office;
  const Refs<Person> both = {{office.wu->id}, {office.li->id}};
  office.edit([&](Transaction& change) {
    CHECK(ask_acknowledgements(change, office.slab->id, {both.front()}, office.today, office.today + 3) == 1);
    CHECK(ask_acknowledgements(change, office.slab->id, both, office.today, office.today + 3) == 1);
  });
  CHECK(office.project.all<Acknowledgement>().size() == 2);
}

TEST_CASE("monthly communications fall due on the same day, or on the last of a shorter month") {
  CommunicationPlanItem item;
  item.first_due = Day::of(2026, 1, 31);
  item.frequency = CommunicationFrequency::monthly;
  const auto days = due_days(item, Day::of(2026, 2, 1), Day::of(2026, 4, 30));
  REQUIRE(days.size() == 3);
  CHECK(days[0].text() == "2026-02-28");
  CHECK(days[1].text() == "2026-03-31");
  CHECK(days[2].text() == "2026-04-30");
  item.last_due = Day::of(2026, 3, 1);
  CHECK(due_days(item, Day::of(2026, 2, 1), Day::of(2026, 4, 30)).size() == 1);
  item.frequency = CommunicationFrequency::on_event;
  CHECK(due_days(item, Day::of(2026, 1, 1), Day::of(2026, 4, 30)).empty());
}

TEST_CASE("the plan makes the communications that are due, once, with the people of its audience") {
  SiteOffice office;
  office.edit([&](Transaction& change) {
    const auto& sponsor = change.create<Stakeholder>([&](auto& s) { s.name = "Sponsor"; s.person = {office.li->id}; });
    change.create<CommunicationPlanItem>([&](auto& item) {
      item.title = "Weekly report";
      item.status = PlanStatus::active;
      item.frequency = CommunicationFrequency::weekly;
      item.first_due = office.today - 7;
      item.sender = {office.wu->id};
      item.audience = {{sponsor.id}};
    });
  });
  office.edit([&](Transaction& change) { CHECK(make_due_communications(change, office.today) == 4); });  // -7, 0, 7, 14 days
  const Communication& first = office.project.all<Communication>().at(0);
  CHECK(first.due == office.today - 7);
  CHECK(first.recipients == Refs<Person>{{office.li->id}});
  Transaction again(office.project, "transaction.add"_key);
  CHECK(make_due_communications(again, office.today) == 0);
}

TEST_CASE("a task is handed out to everybody assigned to it, once while that is open") {
  SiteOffice office;
  office.edit([&](Transaction& change) {
    const auto assigned = [&](const Person& person) {
      const auto& resource = change.create<Resource>([&](auto& r) { r.name = person.name; r.person = {person.id}; });
      change.create<Assignment>([&](auto& a) { a.task = {office.slab->id}; a.resource = {resource.id}; });
    };
    assigned(*office.wu);
    assigned(*office.li);
  });
  const auto hand_out = [&] {
    int made = 0;
    office.edit([&](Transaction& change) { made = hand_out_task(change, *office.slab, office.today + 5); });
    return made;
  };
  CHECK(hand_out() == 2);
  const WorkOrder& order = office.project.all<WorkOrder>().at(0);
  CHECK(order.title == "Base slab");
  CHECK(order.assignee.id == office.wu->id);
  CHECK(order.due == office.today + 5);
  CHECK(hand_out() == 0);
  office.edit([&](Transaction& change) { change.set(order, &WorkOrder::status, WorkOrderStatus::declined); change.set(order, &WorkOrder::answer, std::string("Ill")); });
  CHECK(hand_out() == 1);
}

TEST_CASE("who gets the minutes: everybody who was asked or came, and the distribution list with its stakeholders") {
  SiteOffice office;
  office.edit([&](Transaction& change) {
    const auto person = [&](const char* name) { return Ref<Person>{change.create<Person>([&](auto& p) { p.name = name; }).id}; };
    const auto guest = person("Guest"), director = person("Director"), sponsor = person("Sponsor");
    const auto& stakeholder = change.create<Stakeholder>([&](auto& s) { s.name = "City"; s.person = sponsor; });
    const auto& list = change.create<DistributionList>([&](auto& l) { l.name = "Steering"; l.members = {director, {office.wu->id}}; l.stakeholders = {{stakeholder.id}}; });
    const auto& meeting = change.create<Meeting>([&](auto& m) {
      m.title = "Site";
      m.invited = {{office.wu->id}, {office.li->id}};
      m.attended = {{office.wu->id}, guest};
      m.distribution_list = {list.id};
    });
    CHECK(readers_of_minutes(office.project, meeting) == Refs<Person>{{office.wu->id}, {office.li->id}, guest, director, sponsor});
    const auto& item = change.create<CommunicationPlanItem>([&](auto& i) { i.title = "Report"; i.distribution_list = {list.id}; });
    CHECK(recipients_of(office.project, item) == Refs<Person>{director, {office.wu->id}, sponsor});
  });
}

TEST_CASE("a communication is sent when it has content, recipients and the approval that its plan asks for") {
  SiteOffice office;
  const Communication* report = nullptr;
  office.edit([&](Transaction& change) {
    const auto& item = change.create<CommunicationPlanItem>([&](auto& i) { i.title = "Report"; i.approver = {office.li->id}; i.acknowledgement_wanted = true; });
    report = &change.create<Communication>([&](auto& c) { c.title = "Report 4"; c.plan_item = {item.id}; });
  });
  const Minute now = Minute::at(office.today, 10 * 60);
  const auto refused = [&] {
    Transaction change(office.project, "transaction.add"_key);
    const auto sent = send_communication(change, *report, now);
    return sent ? std::string() : std::string(sent.error().message.name);
  };
  CHECK(refused() == "error.communication.no_content");
  office.edit([&](Transaction& change) { change.set(*report, &Communication::content, std::string("Piles finished")); });
  CHECK(refused() == "error.communication.nobody");
  office.edit([&](Transaction& change) { change.set(*report, &Communication::recipients, Refs<Person>{{office.wu->id}}); });
  CHECK(refused() == "error.communication.not_approved");
  office.edit([&](Transaction& change) { change.set(*report, &Communication::approved_by, Ref<Person>{office.li->id}); });
  office.edit([&](Transaction& change) { CHECK(send_communication(change, *report, now) == 1); });
  CHECK(report->status == CommunicationStatus::sent);
  CHECK(report->sent_at == now);
  CHECK(office.project.all<Acknowledgement>().at(0).person.id == office.wu->id);
}

TEST_CASE("an offer that wins closes the others, awards its item and drafts the contract, once") {
  SiteOffice office;
  const Offer *best = nullptr, *other = nullptr;
  const ProcurementItem* pumps = nullptr;
  office.edit([&](Transaction& change) {
    const auto& vendor = change.create<Vendor>([](auto& v) { v.name = "Pump works"; });
    pumps = &change.create<ProcurementItem>([&](auto& i) { i.title = "Pumps"; i.owner = {office.li->id}; i.contract_type = ContractType::fixed_price; });
    const auto offer = [&](const char* title) {
      return &change.create<Offer>([&](auto& o) { o.title = title; o.item = {pumps->id}; o.vendor = {vendor.id}; o.price = Money{9000}; o.award_reason = "Best score"; });
    };
    best = offer("Two pumps");
    other = offer("One pump");
  });
  office.edit([&](Transaction& change) { CHECK(offer_awarded(change, *best) == offer_awarded(change, *best)); });
  CHECK(other->status == OfferStatus::rejected);
  CHECK(pumps->status == ProcurementStatus::awarded);
  CHECK(pumps->decision_reason == "Best score");
  REQUIRE(office.project.all<Contract>().size() == 1);
  const Contract& contract = office.project.all<Contract>().at(0);
  CHECK(contract.title == "Pumps");
  CHECK(contract.vendor == best->vendor);
  CHECK(contract.value == Money{9000});
  CHECK(contract.owner.id == office.li->id);
  CHECK(contract.type == ContractType::fixed_price);
}

TEST_CASE("an inspection that failed is reported as a nonconformity and planned again, each once") {
  SiteOffice office;
  const Inspection* test = nullptr;
  office.edit([&](Transaction& change) {
    test = &change.create<Inspection>([&](auto& i) {
      i.title = "Pile test";
      i.kind = InspectionKind::test;
      i.status = InspectionStatus::done;
      i.result = InspectionResult::failed;
      i.carried_out = office.today - 1;
      i.inspector = {office.wu->id};
      i.units_inspected = 10;
      i.units_rejected = 2;
      i.tasks = {{office.slab->id}};
    });
  });
  office.edit([&](Transaction& change) {
    REQUIRE(report_nonconformity(change, *test, office.today));
    REQUIRE(plan_retest(change, *test, office.today + 7));
  });
  const Nonconformity& found = office.project.all<Nonconformity>().at(0);
  CHECK(found.inspection.id == test->id);
  CHECK(found.found_on == office.today - 1);
  CHECK(found.quantity == whole(2));
  const Inspection& again = office.project.all<Inspection>().at(1);
  CHECK(again.retest_of.id == test->id);
  CHECK(again.due == office.today + 7);
  CHECK(again.status == InspectionStatus::planned);
  Transaction change(office.project, "transaction.add"_key);
  CHECK_FALSE(report_nonconformity(change, *test, office.today));
  CHECK_FALSE(plan_retest(change, *test, office.today));
}
