// Finance and change on their pages: accounts by month as a file and on paper, new records in a change, what limits a
// resource.
#include "tests/unit/desks/sample_desk.h"

#include <algorithm>
#include <cmath>

#include "app/desks/finance/account_months_view.h"
#include "app/engine/change/proposed_edits.h"
#include "app/engine/change/what_if.h"
#include "app/engine/control/budget_of_project.h"
#include "app/model/format.h"
#include "app/model/records/budget.h"
#include "app/model/records/change_request.h"
#include "app/model/records/cost.h"
#include "app/model/records/imported.h"
#include "app/model/records/resource_use.h"
#include "app/ui/control_analyses.h"
#include "app/ui/editors/pickers.h"

using namespace pmo;
using namespace pmo::ui;

TEST_CASE("accounts by month: turned over, saved as a table of all months, printed, in both languages") {
  for (const Language language : all_languages) {
    SampleDesk desk(language);
    desk.open("budget_overview");
    desk.platform.click("budget.months");
    desk.platform.click("months.after");
    desk.platform.click("months.file");
    REQUIRE(desk.platform.kept.downloads.size() == 1);
    desk.platform.click("months.print");
    REQUIRE(desk.platform.kept.printed.size() == 1);
    CHECK(desk.platform.kept.printed[0].contains(word("budget.months"_key, language)));
    const auto& table = desk.analyses.of<AccountMonthsOf>();
    REQUIRE(table.rows.size() >= desk.project.all<CostAccount>().size());
    REQUIRE(table.months.size() > 6);
    // More than a year stands in several tables: the last one has what the accounts come to.
    CHECK(table.months.size() > 12);
    CHECK(desk.platform.kept.printed[0].contains(format_money_short({std::llround(table.total.sum.plan)}, scales_of(desk.project), language)));
    const TextGrid grid = desks::account_months_grid(desk.project, table, language);
    CHECK(grid.size() == 1 + 3 * (table.rows.size() + 1));
    for (const auto& line : grid) CHECK(line.size() == 3 + table.months.size() + 1);
    // What each account comes to is what the table of accounts says.
    const auto& finances = desk.analyses.of<FinancesOf>();
    CHECK(table.total.sum.plan == doctest::Approx(finances.sum.budget));
    CHECK(table.total.sum.actual == doctest::Approx(finances.sum.actual));
    CHECK(table.total.sum.forecast == doctest::Approx(finances.sum.forecast));
    CHECK(desk.messages.errors.empty());
  }
}

TEST_CASE("the lowest cash balance is one figure: on the finance pages, of a change, of a trial") {
  SampleDesk desk;
  const engine::CashMonth* lowest = engine::lowest_balance(desk.analyses.of<FinancesOf>().cash);
  REQUIRE(lowest);
  const Money found{std::llround(lowest->balance)};
  const auto& request = desk.named<ChangeRequest>("Compact shelving on floor 3");
  CHECK(engine::impact_of(desk.project, request, Day::of(2026, 5, 11)).before.lowest_cash == found);
  CHECK(engine::try_out(desk.project, {.edits = {}, .level = false}, Day::of(2026, 5, 11)).now.figures.lowest_cash == found);
}

TEST_CASE("what is committed is one figure: what is ordered and not yet spent, above the cost entries as by account") {
  SampleDesk desk;
  desk.open("costs");
  const auto& sum = desk.analyses.of<FinancesOf>().sum;
  double open = 0;
  for (const auto& [account, amount] : engine::open_commitments(desk.project, engine::status_day(desk.project, {}))) open += amount;
  CHECK(sum.committed == doctest::Approx(open));
  const auto shown = format_money_short({std::llround(sum.committed)}, scales_of(desk.project), Language::english);
  CHECK(desk.platform.find(shown));
}

TEST_CASE("a change shows the task that it would make, and takes it back as a whole") {
  SampleDesk desk;
  const ChangeRequest& shelving = desk.named<ChangeRequest>("Compact shelving on floor 3");
  const auto of_shelving = [&] {
    return std::ranges::count_if(desk.project.all<ProposedEdit>(), [&](const ProposedEdit& edit) { return edit.change_request.id == shelving.id; });
  };
  CHECK(of_shelving() == 4);
  desk.open("change_impact");
  desk.platform.click("change." + shelving.id.text());
  desk.platform.settle();
  for (const auto* form : {"form.task", "form.link", "form.assignment", "form.erase", "form.write"}) {
    desk.platform.click(form);
    CHECK(desk.platform.find(form));
  }
  desk.platform.click("change.approve");
  CHECK(desk.named<Task>("Rails for compact shelving").duration == WorkMinutes{4800});
  CHECK(desk.named<Task>("Rails for compact shelving").fixed_cost == Money{42'000'000});
  REQUIRE(desk.project.undo());
  desk.platform.settle();
  CHECK(of_shelving() == 4);
  desk.platform.click("change." + shelving.id.text());  // decided, it had left the list
  desk.platform.click("remove");  // one cross: the fields belong to the new task
  CHECK(of_shelving() == 0);
}

TEST_CASE("a proposed link and a proposed assignment are edited where they stand") {
  SampleDesk desk;
  const ChangeRequest& shelving = desk.named<ChangeRequest>("Compact shelving on floor 3");
  const auto task = [&](std::string_view name) { return Value{desk.named<Task>(name).id}; };
  Ref<ProposedEdit> link, assignment;
  {
    Transaction change(desk.project, "transaction.test"_key);
    link = engine::propose_record(change, shelving, register_of<Link>(), "Link",
                                  {{&field_of<Link>(&Link::predecessor), task("Interior design")}, {&field_of<Link>(&Link::successor), task("Furniture manufacture")}}).value();
    assignment = engine::propose_record(change, shelving, register_of<Assignment>(), "Assignment",
                                        {{&field_of<Assignment>(&Assignment::task), task("Furniture manufacture")},
                                         {&field_of<Assignment>(&Assignment::resource), Value{desk.named<Resource>("Finishing crew").id}}}).value();
    REQUIRE(change.commit());
  }
  const auto proposed = [&](Ref<ProposedEdit> of, const FieldInfo& field) { return engine::proposed_value(desk.project, *desk.project.find(of), field); };
  desk.open("change_impact");
  desk.platform.click("change." + shelving.id.text());
  desk.platform.settle();
  const auto write = [&](const char* field, const char* text) {
    desk.platform.click(field);
    desk.platform.press(ImGuiMod_Ctrl | ImGuiKey_A);
    desk.platform.type(text);
    desk.platform.press(ImGuiKey_Enter);
    desk.platform.settle();
  };
  write("lag", "50%");
  CHECK(proposed(link, field_of<Link>(&Link::lag)) == Value{std::int64_t{500}});
  CHECK(proposed(link, field_of<Link>(&Link::lag_unit)) == Value{std::string("percent")});
  write("lag", "2d");
  CHECK(proposed(link, field_of<Link>(&Link::lag)) == Value{std::int64_t{960}});
  CHECK(proposed(link, field_of<Link>(&Link::lag_unit)) == Value{std::string("working")});
  write("units", "50%");
  CHECK(proposed(assignment, field_of<Assignment>(&Assignment::units)) == Value{std::int64_t{500}});
  REQUIRE(desk.project.undo());  // the units alone
  CHECK(proposed(assignment, field_of<Assignment>(&Assignment::units)) == Value{std::int64_t{1000}});
  CHECK(proposed(link, field_of<Link>(&Link::lag)) == Value{std::int64_t{960}});
}

TEST_CASE("maintenance is said at the load of its machine, with the way to it") {
  SampleDesk desk;
  desk.open("resource_load");
  const auto& limits = desk.analyses.of<ResourceLimitsOf>();
  CHECK(std::ranges::count(limits, engine::LimitKind::maintenance, &engine::ResourceLimit::kind) == 2);
  CHECK(std::ranges::count(limits, engine::LimitKind::hire, &engine::ResourceLimit::kind) == 0);  // the crane is on hire
}

TEST_CASE("what imports write is not added by hand") {
  SampleDesk desk;
  desk.open("import_report");
  CHECK_FALSE(desk.platform.find("add"));
  CHECK_FALSE(desk.platform.find("empty.add"));
  desk.open("invoice");
  CHECK(desk.platform.find("add"));
}

TEST_CASE("Enter after the name of a new cost entry stays with it, wherever its name sorts it") {
  SampleDesk desk;
  desk.open("costs");
  desk.platform.click("add");
  desk.platform.type("Crane for one day");
  desk.platform.press(ImGuiKey_Enter);
  desk.platform.settle();
  const CostEntry& made = desk.named<CostEntry>("Crane for one day");
  CHECK(desk.selection.current == made.id);
  CHECK(desk.selection.records == std::set<Id>{made.id});
}

TEST_CASE("a new exchange rate begins with a currency, not with the name of its kind") {
  SampleDesk desk(Language::chinese);
  desk.open("exchange_rate");
  const std::size_t before = desk.project.all<ExchangeRate>().size();
  desk.platform.click(before > 0 ? "add" : "empty.add");
  REQUIRE(desk.project.all<ExchangeRate>().size() == before + 1);
  CHECK(desk.project.all<ExchangeRate>().at(before).currency.size() == 3);
}

TEST_CASE("Enter in a picker takes what alone fits") {
  SampleDesk desk;
  ReferencePicker picker;
  std::optional<Value> chosen;
  bool opened = false;
  desk.show([&](Context& context) {
    if (!std::exchange(opened, true)) ImGui::OpenPopup("pick");
    if (auto now = picker.draw(context, "pick", field_of<ChangeRequest>(&ChangeRequest::owner), Value{})) chosen = now;
  });
  desk.platform.type("Wu Gang");
  desk.platform.press(ImGuiKey_Enter);
  desk.platform.settle();
  REQUIRE(chosen);
  CHECK(*chosen == Value{desk.named<Person>("Wu Gang").id});
}

TEST_CASE("approving is offered as the next thing to do when there is something to approve; before that it says what is missing") {
  SampleDesk desk;
  Id empty;
  {
    Transaction change(desk.project, "transaction.test"_key);
    const Id person = desk.project.all<Person>().at(0).id;
    empty = change.create<ChangeRequest>([&](auto& r) { r.title = "Nothing yet", r.reason = "x", r.description = "x", r.requester = {person}; }).id;
    REQUIRE(change.commit());
  }
  desk.open("change_impact");
  desk.platform.click("change." + empty.text());
  desk.platform.settle();
  if (desk.platform.find("change.compute")) desk.platform.click("change.compute");
  desk.platform.settle();
  CHECK(desk.platform.find(word("change.nothing_proposed"_key, Language::english)));
}
