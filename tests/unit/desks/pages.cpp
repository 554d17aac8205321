// The desks' pages over the sample project: each draws in both languages, and what they offer does what it says.
#include "tests/unit/desks/sample_desk.h"

#include "app/desks/plain_registers.h"
#include "app/engine/change/change_impact.h"
#include "app/model/consequences.h"
#include "app/model/merge.h"
#include "app/model/records/communication.h"
#include "app/model/records/management.h"
#include "app/model/records/resource_use.h"
#include "app/model/records/saved_view.h"
#include "app/model/records/training.h"

using namespace pmo;
using namespace pmo::ui;

TEST_CASE("every page draws the sample project in both languages, and an empty one") {
  for (const Language language : all_languages)
    for (const bool with_sample : {true, false}) {
      SampleDesk desk(language, with_sample);
      for (const auto& page : desk.pages) {
        desk.open(page->name());
        CHECK_MESSAGE(desk.platform.widgets().size() > 1, std::string(page->name()));
      }
    }
}

TEST_CASE("what the product itself writes is neither added by hand nor brought by a table") {
  CHECK(desks::written_by_product(*product_schema().find("document_access")));
  CHECK(desks::written_by_product(*product_schema().find("import_report")));
  CHECK_FALSE(desks::written_by_product(*product_schema().find("required_document")));
}

TEST_CASE("the form of one record of each register draws in both languages") {
  for (const Language language : all_languages) {
    SampleDesk desk(language);
    for (const RegisterInfo* info : product_schema().registers())
      if (!desk.project.table(*info).empty()) desk.open_form(*info, desk.project.table(*info).records().front()->id);
  }
}

TEST_CASE("the best offer is awarded by a press: the others are not chosen, the item is awarded") {
  SampleDesk desk;
  desk.open("offer_comparison");
  desk.platform.click("award");
  CHECK(desk.named<Offer>("BookFlow B24").status == OfferStatus::awarded);
  CHECK(desk.named<Offer>("BookFlow B24").award_reason.contains("weighted score"));
  CHECK(desk.named<Offer>("SortLine S-1200").status == OfferStatus::rejected);
  CHECK(desk.named<ProcurementItem>("Book handling system").status == ProcurementStatus::awarded);
  CHECK(desk.named<Contract>("Book handling system").offer.id == desk.named<Offer>("BookFlow B24").id);
  CHECK(desk.messages.errors.empty());
}

TEST_CASE("a gap that is pressed becomes a training need, or leads to the one that is there") {
  SampleDesk desk;
  desk.open("competency_gaps");
  const auto before = desk.project.all<TrainingNeed>().size();
  const Person& li = desk.named<Person>("Li Qiang");  // risk management: has 3, needs 4
  desk.platform.click("person." + li.id.text() + ".1");
  REQUIRE(desk.project.all<TrainingNeed>().size() == before + 1);
  CHECK(desk.navigation.opened.first == &register_of<TrainingNeed>());
  const TrainingNeed& need = desk.project.all<TrainingNeed>().at(before);
  CHECK(desk.project.find(need.resource)->name == "Project office");
  desk.platform.click("person." + li.id.text() + ".1");
  CHECK(desk.project.all<TrainingNeed>().size() == before + 1);
  CHECK(desk.navigation.opened.second == need.id);
}

TEST_CASE("each desk has its own reports; a certificate comes from the form of the attendance") {
  SampleDesk desk;
  desk.open("reports.risk");
  CHECK(desk.platform.find("show.risks"));
  CHECK_FALSE(desk.platform.find("show.minutes"));
  desk.platform.click("show.risks");
  REQUIRE(desk.platform.kept.shown.size() == 1);
  CHECK(desk.platform.kept.shown[0].contains("Risk report"));
  const auto& table = desk.project.all<Attendance>();
  const auto attended = std::ranges::find(table, AttendanceStatus::attended, &Attendance::status);
  REQUIRE(attended != table.end());
  desk.open_form(register_of<Attendance>(), (*attended).id);
  desk.platform.click("action.certificate");
  REQUIRE(desk.platform.kept.shown.size() == 2);
  CHECK(desk.platform.kept.shown[1].contains("<div class=\"sheet\">"));
}

TEST_CASE("a risk that occurs opens its issue from the risk's form") {
  SampleDesk desk;
  const Risk& steel = desk.named<Risk>("Steel delivered late");
  desk.open_form(register_of<Risk>(), steel.id);
  desk.platform.click("action.risk_occurred");
  CHECK(steel.status == RiskStatus::occurred);
  CHECK(desk.navigation.opened.first == &register_of<Issue>());
  CHECK_FALSE(desk.platform.find("action.risk_occurred"));
}

TEST_CASE("a publication keeps the plan as a baseline, once") {
  SampleDesk desk;
  const PlanPublication* publication = nullptr;
  {
    Transaction change(desk.project, "transaction.add"_key);
    publication = &change.create<PlanPublication>([](PlanPublication& made) { made.title = "Plan"; made.version = "3"; });
    REQUIRE(change.commit());
  }
  const Baseline* measured_against = engine::reference_baseline(desk.project);
  desk.open_form(register_of<PlanPublication>(), publication->id);
  desk.platform.click("action.publish_plan");
  const Baseline* baseline = desk.project.find(publication->baseline);
  REQUIRE(baseline);
  CHECK(baseline->status == BaselineStatus::published);
  CHECK(engine::reference_baseline(desk.project) == measured_against);
  CHECK(baseline->name == "Plan 3");
  CHECK(publication->published_on == Day::of(2026, 5, 11));
  CHECK_FALSE(desk.platform.find("action.publish_plan"));
  REQUIRE(desk.project.undo());
  CHECK_FALSE(publication->baseline);
}

TEST_CASE("a late record offers a mail to who answers for it, and the way to the manager") {
  SampleDesk desk;
  const Issue* late = nullptr;
  {
    Transaction change(desk.project, "transaction.add"_key);
    const Person& wu = desk.named<Person>("Wu Gang");
    late = &change.create<Issue>([&](Issue& issue) { issue.title = "Pump & hose"; issue.owner = {wu.id}; issue.due = Day::of(2026, 5, 4); });
    REQUIRE(change.commit());
  }
  desk.open_form(register_of<Issue>(), late->id);
  desk.platform.click("action.remind");
  REQUIRE(desk.platform.kept.links.size() == 1);
  CHECK(desk.platform.kept.links[0].starts_with("mailto:wu.gang@example.org?subject=Reminder%3A%20Pump%20%26%20hose"));
  desk.platform.click("action.escalate");
  CHECK(desk.navigation.opened.first == &register_of<Escalation>());
}

TEST_CASE("a meeting of a series takes over what is still owed") {
  SampleDesk desk;
  const Meeting& next = desk.named<Meeting>("Site meeting 15");
  const auto before = desk.project.all<AgendaItem>().size();
  desk.open_form(register_of<Meeting>(), next.id);
  desk.platform.click("action.carry_over");
  CHECK(desk.messages.errors.empty());
  CHECK(desk.project.all<AgendaItem>().size() > before);
}

TEST_CASE("a change is approved from its impact page in one step that can be undone") {
  SampleDesk desk;
  const ChangeRequest& piles = desk.named<ChangeRequest>("Sheet piles on the river side");
  const Task& dewatering = desk.named<Task>("Dewatering");
  const WorkMinutes planned = dewatering.duration;
  {
    Transaction change(desk.project, "transaction.add"_key);
    REQUIRE(engine::propose_edit(change, piles, register_of<Task>(), dewatering, field_of<Task>(&Task::duration), Value{std::int64_t{29 * 480}}));
    REQUIRE(change.commit());
  }
  desk.open("change_impact");
  CHECK(desk.platform.find("change.finish"));
  desk.platform.click("change.approve");
  CHECK(desk.messages.errors.empty());
  CHECK(piles.status == ChangeStatus::approved);
  CHECK(dewatering.duration == WorkMinutes{29 * 480});
  CHECK(dewatering.duration != planned);
  CHECK(desk.project.find(piles.baseline));
  REQUIRE(desk.project.undo());
  CHECK(piles.status == ChangeStatus::waiting);
  CHECK(dewatering.duration == planned);
}

TEST_CASE("the plan's due communications are made by a press, once") {
  SampleDesk desk;
  const auto before = desk.project.all<Communication>().size();
  desk.open("communication");
  desk.platform.click("make_due");
  const auto after = desk.project.all<Communication>().size();
  CHECK(after > before);
  desk.platform.click("make_due");
  CHECK(desk.project.all<Communication>().size() == after);
}

TEST_CASE("a press in the responsibility matrix goes round") {
  SampleDesk desk;
  desk.open("raci");
  const Task& opening = desk.named<Task>("Opening");
  const auto count = [&] { return std::ranges::count_if(desk.project.all<RaciEntry>(), [&](const auto& entry) { return entry.task.id == opening.id; }); };
  const std::string cell = "raci." + opening.id.text() + ".0";
  CHECK(count() == 0);
  desk.platform.click(cell);
  CHECK(count() == 1);
  for (int i = 0; i < 4; ++i) desk.platform.click(cell);
  CHECK(count() == 0);
}

TEST_CASE("the change log tells what a transaction did, and leads a field back") {
  SampleDesk desk;
  const Task& task = desk.project.all<Task>().at(5);
  const std::string before = task.name;
  Transaction change(desk.project, "transaction.test"_key);
  change.set(task, &Task::name, std::string("Something else"));
  const auto commit = change.commit();
  REQUIRE(commit.has_value());
  desk.open("history");
  desk.platform.click("commit." + commit->id.text());
  desk.platform.click("history.field." + task.id.text() + ".name");
  CHECK(task.name == before);
  CHECK(desk.messages.successes.size() == 1);
}

TEST_CASE("recently changed records of all desks: by desk, without one's own, and a press opens one") {
  SampleDesk desk;
  desk.open("recent_changes");  // what came with the sample has stamps, though no line in the log
  desk.platform.click("period.all");
  CHECK(std::ranges::any_of(desk.platform.widgets(), [](const Widget& widget) { return widget.label.contains("###changed."); }));
  const Risk& steel = desk.named<Risk>("Steel delivered late");
  const Task& task = desk.project.all<Task>().at(5);
  const auto edit = [](Project& project, auto&& change_it) {
    Transaction change(project, "transaction.test"_key);
    change_it(change);
    REQUIRE(change.commit().has_value());
  };
  FixedSurroundings elsewhere{9};
  Project other(product_schema(), Id{9, 9}, elsewhere);
  copy_records(desk.project, other);
  edit(other, [&](Transaction& change) { change.set(*other.all<Risk>().find(steel.id), &Risk::cause, std::string("Strike")); });
  REQUIRE(merge(desk.project, other, "transaction.test"_key).has_value());
  edit(desk.project, [&](Transaction& change) { change.set(task, &Task::name, std::string("Something else")); });
  desk.platform.request_frame();
  desk.platform.settle();
  const std::string of_task = "changed." + task.id.text(), of_risk = "changed." + steel.id.text();
  CHECK(desk.platform.find(of_task));
  desk.platform.click("without_own");  // those of the other copy remain
  CHECK_FALSE(desk.platform.find(of_task));
  CHECK(desk.platform.find(of_risk));
  desk.platform.click("desk");
  desk.platform.click("desk.risk");
  REQUIRE(desk.platform.find(of_risk));
  desk.platform.click(of_risk);
  CHECK(desk.navigation.opened == std::pair(&register_of<Risk>(), steel.id));
}

TEST_CASE("conflicts of merged copies are settled together, in one step that can be undone") {
  SampleDesk desk;
  FixedSurroundings elsewhere{9};
  Project other(product_schema(), Id{9, 9}, elsewhere);
  copy_records(desk.project, other);
  const auto rename = [](Project& project, const char* name) {
    Transaction change(project, "transaction.test"_key);
    change.set(project.all<Task>().at(5), &Task::name, std::string(name));
    REQUIRE(change.commit().has_value());
  };
  rename(desk.project, "Mine");
  rename(other, "Theirs");
  REQUIRE(merge(desk.project, other, "transaction.test"_key).has_value());
  REQUIRE(desk.project.conflicts().size() == 1);
  const auto losing = std::get<std::string>(desk.project.conflicts()[0].losing);
  desk.open("conflicts");
  desk.platform.click("conflict.other.0");
  desk.platform.click("conflicts.decide");
  CHECK(desk.project.all<Task>().at(5).name == losing);
  CHECK_FALSE(desk.project.open(desk.project.conflicts()[0]));
  CHECK_FALSE(desk.platform.find("conflict.other.0"));
  REQUIRE(desk.project.undo().has_value());
  CHECK(desk.project.all<Task>().at(5).name != losing);
}

TEST_CASE("a register prints what is shown of it") {
  SampleDesk desk;
  desk.open("claim");
  desk.platform.click("print");
  REQUIRE(desk.platform.kept.printed.size() == 1);
  CHECK(desk.platform.kept.printed[0].contains("<table>"));
  desk.platform.click("Search this register");
  desk.platform.type("no claim is called so");
  desk.platform.click("print");
  REQUIRE(desk.platform.kept.printed.size() == 2);
  CHECK_FALSE(desk.platform.kept.printed[1].contains("<table>"));
  CHECK(desk.platform.kept.printed[1].contains("no claim is called so"));
}

TEST_CASE("a view of a register is saved under a name, chosen again, and one undo takes it away") {
  SampleDesk desk;
  desk.open("claim");
  desk.platform.click("group");
  desk.platform.click("status");
  desk.platform.click("views");
  desk.platform.click("view.save");
  desk.platform.click("view.name");
  desk.platform.type("By status");
  desk.platform.click("view.keep");
  REQUIRE(desk.project.all<SavedView>().size() == 1);
  const SavedView& view = desk.project.all<SavedView>().at(0);
  CHECK(view.name == "By status");
  CHECK(view.register_name == "claim");
  CHECK(view.content.contains("group status"));
  CHECK_FALSE(view.person);
  desk.platform.click("views");
  desk.platform.click("view.usual");
  desk.platform.click("views");
  desk.platform.click("view." + view.id.text());
  CHECK(desk.messages.errors.empty());
  REQUIRE(desk.project.undo());
  CHECK(desk.project.all<SavedView>().empty());
}

TEST_CASE("a board that a saved view has chosen is there at the next visit; on it columns are not offered") {
  SampleDesk desk;
  Transaction change(desk.project, "transaction.add"_key, {"test"});
  const SavedView& view = change.create<SavedView>([](SavedView& v) {
    v.name = "Cards";
    v.register_name = "issue";
    v.content = "board shown\n";
  });
  REQUIRE(change.commit());
  desk.open("issues");
  CHECK(desk.platform.find("columns"));
  desk.platform.click("views");
  desk.platform.click("view." + view.id.text());
  CHECK(desk.platform.setting("board.issue") == "shown");
  CHECK_FALSE(desk.platform.find("columns"));
  desk.pages = desks::make_pages(product_schema());
  desk.open("issues");
  CHECK_FALSE(desk.platform.find("columns"));
  desk.platform.click("board");
  CHECK(desk.platform.setting("board.issue").empty());
  CHECK(desk.platform.find("columns"));
}

TEST_CASE("a record that is opened from elsewhere is seen, whatever was searched for") {
  SampleDesk desk;
  desk.open("issues");
  const Id issue = desk.project.all<Issue>().at(0).id;
  desk.platform.click("Search this register");
  desk.platform.type("zzzz");
  desk.platform.press(ImGuiKey_Enter);
  REQUIRE_FALSE(desk.platform.find("row." + issue.text()));
  desk.selection.only(register_of<Issue>(), issue);
  desk.platform.one_frame();
  desk.platform.one_frame();
  CHECK(desk.platform.find("row." + issue.text()));
}
