// What one desk's event means for the others.
#include "app/model/consequences.h"

#include <doctest/doctest.h>

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
  {
    Transaction again(office.project, "transaction.add"_key);
    const auto second = risk_occurred(again, *water, office.today);
    REQUIRE_FALSE(second);
    CHECK(second.error().message == "error.consequence.risk_over"_key);
  }
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

TEST_CASE("a late delivery moves the task that waits for it, unless the task has begun or is fixed") {
  SiteOffice office;
  const Delivery* steel = nullptr;
  office.edit([&](Transaction& change) {
    steel = &change.create<Delivery>([&](Delivery& d) {
      d.title = "Steel";
      d.promised = office.today;
      d.expected = office.today + 14;
      d.task = {office.slab->id};
    });
  });
  office.edit([&](Transaction& change) { REQUIRE(move_task_to_delivery(change, *steel)); });
  CHECK(office.slab->constraint == ConstraintType::start_no_earlier_than);
  CHECK(office.slab->constraint_date == Minute::at(office.today + 14));
  office.edit([&](Transaction& change) { change.set(*office.slab, &Task::actual_start, std::optional(Minute::at(office.today))); });
  Transaction again(office.project, "transaction.add"_key);
  CHECK(move_task_to_delivery(again, *steel).error().message == "error.consequence.task_begun"_key);
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
