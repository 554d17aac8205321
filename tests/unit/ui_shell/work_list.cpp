#include "app/ui/work_list.h"

#include <doctest/doctest.h>

#include "app/model/records/change_request.h"
#include "app/model/records/common.h"
#include "app/model/records/communication.h"
#include "app/model/records/meeting.h"
#include "app/model/records/procurement.h"
#include "app/model/records/project_settings.h"
#include "app/model/records/quality.h"
#include "app/model/records/resource.h"
#include "app/model/records/training.h"
#include "app/model/text_parts.h"

using namespace pmo;
using namespace pmo::ui;

TEST_CASE("what is open, due and late follows from the register's description") {
  FixedSurroundings surroundings;
  Project project(product_schema(), Id{1, 1}, surroundings);
  Transaction change(project, "transaction.test"_key);
  const Day today{20'000};
  const auto& anna = change.create<Person>([](Person& p) { p.name = "Anna"; });
  const auto& late = change.create<ActionItem>([&](ActionItem& a) { a.title = "Late"; a.due = today - 1; a.owner = {anna.id}; });
  const auto& done = change.create<ActionItem>([&](ActionItem& a) { a.title = "Done"; a.due = today - 1; a.status = ActionStatus::done; });
  const auto& meeting = change.create<Meeting>([&](Meeting& m) { m.title = "Now"; m.start = Minute::at(today, 600); });
  const auto& action_info = register_of<ActionItem>();
  CHECK(is_late(action_info, late, today));
  CHECK_FALSE(is_late(action_info, done, today));
  CHECK_FALSE(is_open(action_info, done));
  CHECK(due_on(register_of<Meeting>(), meeting) == today);
  CHECK(responsible_for(action_info, late).id == anna.id);
  REQUIRE(change.commit());
}

TEST_CASE("choices that close a record exist") {
  for (const auto* info : product_schema().registers())
    for (const auto& field : info->fields)
      for (auto list : {field.options.closed, field.options.at_rest})
        while (!list.empty()) CHECK(std::ranges::contains(field.choices, take_until(list, ' ')));
}

TEST_CASE("the work list has records and unfinished tasks, by day, for everybody who works on them") {
  FixedSurroundings surroundings;
  Project project(product_schema(), Id{1, 1}, surroundings);
  Transaction change(project, "transaction.test"_key);
  const auto& anna = change.create<Person>([](Person& p) { p.name = "Anna"; });
  const auto& bo = change.create<Person>([](Person& p) { p.name = "Bo"; });
  change.create<ProjectSettings>([](ProjectSettings& s) { s.name = "P"; s.start = Minute::at(Day{20'000}, 480); });
  const auto& task = change.create<Task>([](Task& t) { t.name = "Dig"; });
  const auto& finished = change.create<Task>([](Task& t) { t.name = "Plan"; t.percent_complete = {1000}; });
  for (const auto* person : {&anna, &bo}) {
    const auto& resource = change.create<Resource>([&](Resource& r) { r.name = person->name; r.person = {person->id}; });
    change.create<Assignment>([&](Assignment& a) { a.task = {task.id}; a.resource = {resource.id}; });
  }
  change.create<ActionItem>([&](ActionItem& a) { a.title = "Call"; a.due = Day{19'000}; });
  change.create<ActionItem>([&](ActionItem& a) { a.title = "Some day"; a.owner = {bo.id}; });
  REQUIRE(set_own_person(change, {bo.id}));
  REQUIRE(change.commit());
  CHECK(own_person(project).id == bo.id);
  Analyses analyses(project);
  const auto& work = analyses.of<WorkListOf>();
  REQUIRE(work.size() == 4);
  CHECK(work[0].due == Day{19'000});
  CHECK(work[1].record == task.id);
  CHECK(work[2].record == task.id);
  CHECK(work[1].responsible != work[2].responsible);
  CHECK_FALSE(work[3].due);
  for (const auto& item : work) CHECK(item.record != finished.id);
}

TEST_CASE("a day in words, seen from today") {
  CHECK(format_due(Day{10}, Day{10}, Language::english) == "today");
  CHECK(format_due(Day{9}, Day{10}, Language::english) == "1 day late");
  CHECK(format_due(Day{5}, Day{10}, Language::chinese) == "逾期 5 天");
  CHECK(format_due(Day{13}, Day{10}, Language::english) == "in 3 days");
}

TEST_CASE("what is in force asks for nothing without a day; what is asked of single persons stands in their work") {
  FixedSurroundings surroundings;
  Project project(product_schema(), Id{1, 1}, surroundings);
  Transaction change(project, "transaction.test"_key);
  const Day today{20'000};
  const Ref<Person> anna{change.create<Person>([](Person& p) { p.name = "Anna"; }).id}, bo{change.create<Person>([](Person& p) { p.name = "Bo"; }).id};
  const auto document = [&](DocumentStatus status, std::optional<Day> review) {
    return change.create<Document>([&](Document& d) { d.title = "Plan"; d.status = status; d.owner = anna; d.review_due = review; }).id;
  };
  const Id draft = document(DocumentStatus::draft, {}), issued = document(DocumentStatus::issued, {}), reviewed = document(DocumentStatus::issued, today + 5);
  const Id asked = change.create<Acknowledgement>([&](auto& a) { a.record = {draft}; a.person = bo; a.due = today; }).id;
  const Id read = change.create<Acknowledgement>([&](auto& a) { a.record = {draft}; a.person = anna; a.acknowledged_on = today; }).id;
  const auto vote = [&](ChangeStatus status) {
    const auto& request = change.create<ChangeRequest>([&](auto& r) {
      r.title = "Windows";
      r.status = status;
      r.due = today + 2;
      r.requester = anna;
      r.description = r.reason = "Light";
      r.decided_on = r.assessed_on = today;
    });
    return change.create<BoardVote>([&](auto& v) { v.change_request = {request.id}; v.member = bo; }).id;
  };
  const Id open_vote = vote(ChangeStatus::waiting), late_vote = vote(ChangeStatus::approved);
  const auto& gate = change.create<QualityGate>([&](auto& g) { g.title = "Gate"; g.due = today + 60; g.owner = anna; });
  const Id question = change.create<ChecklistItem>([&](auto& c) { c.gate = {gate.id}; c.question = "Tested?"; }).id;
  const Id contact = change.create<Stakeholder>([&](auto& s) { s.name = "City"; s.owner = bo; s.next_contact = today + 1; }).id;
  const auto& course = change.create<Course>([](auto& c) { c.title = "Welding"; });
  const auto& session = change.create<TrainingSession>([&](auto& s) { s.title = "Welding"; s.course = {course.id}; s.start = Minute::at(today); s.owner = anna; s.status = SessionStatus::held; });
  const Id observed = change.create<Attendance>([&](auto& a) { a.session = {session.id}; a.person = bo; a.status = AttendanceStatus::attended; }).id;
  const Id certified = change.create<Attendance>([&](auto& a) {
    a.session = {session.id};
    a.person = anna;
    a.status = AttendanceStatus::attended;
    a.behaviour = 4;
    a.certificate = "Welder";
    a.certificate_expires = today + 100;
  }).id;
  REQUIRE(change.commit());
  Analyses analyses(project);
  const auto& work = analyses.of<WorkListOf>();
  const auto item = [&](Id record) { return std::ranges::find(work, record, &WorkItem::record); };
  const auto there = [&](Id record) { return item(record) != work.end(); };
  CHECK(there(draft));
  CHECK_FALSE(there(issued));
  CHECK(there(reviewed));
  REQUIRE(there(asked));
  CHECK(item(asked)->responsible == bo);
  CHECK_FALSE(there(read));
  REQUIRE(there(open_vote));
  CHECK(item(open_vote)->due == today + 2);
  CHECK_FALSE(there(late_vote));
  REQUIRE(there(question));
  CHECK(item(question)->responsible == anna);
  CHECK_FALSE(comes_up(*item(question), today));
  CHECK(comes_up(*item(question), today + 30));
  REQUIRE(there(contact));
  REQUIRE(there(observed));
  CHECK(item(observed)->from == today + 30);
  CHECK(item(observed)->due == today + 90);
  CHECK(item(observed)->responsible == anna);
  REQUIRE(there(certified));
  CHECK(item(certified)->due == today + 100);
  CHECK_FALSE(comes_up(*item(certified), today));
}

TEST_CASE("who has scored one offer of an item is asked to score the others") {
  FixedSurroundings surroundings;
  Project project(product_schema(), Id{1, 1}, surroundings);
  Transaction change(project, "transaction.test"_key);
  const Ref<Person> anna{change.create<Person>([](Person& p) { p.name = "Anna"; }).id};
  const auto& item = change.create<ProcurementItem>([](auto& i) { i.title = "Lifts"; });
  const auto& price = change.create<SelectionCriterion>([&](auto& c) { c.item = {item.id}; c.title = "Price"; });
  const auto offer = [&](OfferStatus status) { return change.create<Offer>([&](auto& o) { o.title = "Offer"; o.item = {item.id}; o.status = status; o.valid_until = Day{20'010}; }).id; };
  const Id first = offer(OfferStatus::received), second = offer(OfferStatus::received), over = offer(OfferStatus::withdrawn);
  change.create<OfferScore>([&](auto& s) { s.offer = {first}; s.criterion = {price.id}; s.evaluator = anna; s.score = 5; });
  REQUIRE(change.commit());
  Analyses analyses(project);
  std::vector<Id> asked;
  for (const WorkItem& one : analyses.of<WorkListOf>())
    if (one.responsible == anna) asked.push_back(one.record);
  CHECK(asked == std::vector<Id>{second});
  CHECK(over != second);
}
