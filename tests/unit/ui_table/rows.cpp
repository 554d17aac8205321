// Rows of a table: sorting, filtering, grouping, selecting.
#include <doctest/doctest.h>

#include "app/engine/derived_fields.h"
#include "app/model/records/budget.h"
#include "app/model/records/cost.h"
#include "app/model/records/document.h"
#include "app/model/records/project_settings.h"
#include "app/model/records/resource.h"
#include "app/model/records/risk.h"
#include "app/ui/csv_clipboard.h"
#include "app/ui/report/view_report.h"
#include "app/ui/table/row_selection.h"
#include "app/ui/table/saved_view.h"
#include "tests/unit/ui_table/plant.h"

using namespace pmo;
using namespace pmo::ui;

namespace {

std::string titles(const Rows& rows) {
  std::string list;
  for (const Row& row : rows.list) {
    if (!list.empty()) list += " | ";
    list += row.record ? static_cast<const Issue*>(row.record)->title : "[" + rows.groups[row.group].title + " " + std::to_string(rows.groups[row.group].count) + "]";
  }
  return list;
}

std::string titles(const Plant& plant, const TableView& view) {
  return titles(build_rows(view, register_of<Issue>(), CellTexts(plant.project, Language::english, plant.today)));
}

const FieldInfo& field(std::string_view name) { return *register_of<Issue>().find(name); }

}  // namespace

TEST_CASE("the usual columns begin with number and title, and leave long texts to the form") {
  const TableView view = usual_view(register_of<Issue>());
  REQUIRE(view.columns.size() == register_of<Issue>().fields.size() + 1);
  CHECK(view.columns[0].field == nullptr);
  CHECK(view.columns[1].field == register_of<Issue>().title());
  CHECK_FALSE(TableView(view).find_column(&field("description"))->shown);
}

TEST_CASE("sorting by several columns; no value is last in both directions") {
  const Plant plant;
  TableView view = usual_view(register_of<Issue>());
  CHECK(titles(plant, view) == "Late steel | Permit missing | Noise at night");
  view.toggle_sort(&field("priority"), false);
  view.toggle_sort(&field("title"), true);
  CHECK(titles(plant, view) == "Permit missing | Late steel | Noise at night");
  view.toggle_sort(&field("title"), true);
  CHECK(titles(plant, view) == "Permit missing | Noise at night | Late steel");
  view.sort = {{&field("due"), true}};
  CHECK(titles(plant, view) == "Late steel | Noise at night | Permit missing");
  view.sort = {{&field("due"), false}};
  CHECK(titles(plant, view) == "Noise at night | Late steel | Permit missing");
  view.toggle_sort(&field("due"), false);
  view.toggle_sort(&field("due"), false);
  CHECK(view.sort.empty());
}

TEST_CASE("filters by text, choice, range and emptiness; search looks into every column") {
  const Plant plant;
  TableView view = usual_view(register_of<Issue>());
  view.filter_of(field("priority")).choices = {"high"};
  CHECK(titles(plant, view) == "Late steel | Noise at night");
  view.filter_of(field("due")).from = Day::of(2024, 3, 1).value;
  CHECK(titles(plant, view) == "Late steel");
  view.clear_filters();
  view.filter_of(field("owner")).only_empty = true;
  CHECK(titles(plant, view) == "Noise at night");
  view.clear_filters();
  view.filter_of(field("title")).text = "MISSING";
  CHECK(titles(plant, view) == "Permit missing");
  view.clear_filters();
  view.filter_of(field("owner")).choices = {plant.zhang->id.text()};
  CHECK(titles(plant, view) == "Late steel");
  view.clear_filters();
  view.search = "anna";
  CHECK(titles(plant, view) == "Late steel | Permit missing");
  view.search = "i-3";
  CHECK(titles(plant, view) == "Noise at night");
}

TEST_CASE("a view is kept as text and read back: columns, order, filters, grouping, search") {
  const auto& info = register_of<Issue>();
  TableView view = usual_view(info);
  std::swap(view.columns[1], view.columns[2]);
  view.columns[2].width = 333;
  view.columns[3].shown = false;
  view.sort = {{info.find("due"), true}, {nullptr, false}};
  view.group = info.find("owner");
  view.search = "steel beam";
  view.filter_of(*info.find("status")).choices = {"open", "waiting"};
  view.filter_of(*info.find("title")).text = "a b";
  view.filter_of(*info.find("due")).from = 19'000;
  view.filter_of(*info.find("action")).only_empty = true;
  TableView read = usual_view(info);
  read.search = "gone";
  read_view(write_view(view), info, read);
  CHECK(write_view(read) == write_view(view));
  CHECK(read.columns[2].width == 333);
  CHECK_FALSE(read.columns[3].shown);
  CHECK(read.sort == view.sort);
  CHECK(read.find_filter(*info.find("status"))->choices.size() == 2);
  CHECK(read.version > 0);
  // Fields that are gone, later inventions, nonsense: passed over, and every column is still there once.
  const auto columns = read.columns.size();
  read_view("column nothing 90 shown\ncolumn title x shown\ncolumn title 9999999 shown\nfilter gone text x\ncolour red\n\nsort\n", info, read);
  CHECK(read.columns.size() == columns);
  CHECK(read.filters.empty());
}

TEST_CASE("groups have headings and counts, and fold") {
  const Plant plant;
  TableView view = usual_view(register_of<Issue>());
  view.group = &field("priority");
  CHECK(titles(plant, view) == "[Low 1] | Permit missing | [High 2] | Late steel | Noise at night");
  view.folded = {"high"};
  CHECK(titles(plant, view) == "[Low 1] | Permit missing | [High 2]");
}

TEST_CASE("texts group as they are sorted: without regard to capitals") {
  Plant plant;
  Transaction change(plant.project, "transaction.add"_key, {"test"});
  for (const char* folder : {"Reports", "plans", "reports", ""})
    change.create<Document>([&](Document& document) { document.title = "x", document.folder = folder; });
  REQUIRE(change.commit());
  TableView view = usual_view(register_of<Document>());
  view.group = &field_of<Document>(&Document::folder);
  const Rows rows = build_rows(view, register_of<Document>(), CellTexts(plant.project, Language::english, plant.today));
  REQUIRE(rows.groups.size() == 3);
  CHECK(rows.groups[0].title == "plans");
  CHECK(rows.groups[1].title == "Reports");
  CHECK(rows.groups[1].count == 2);
  CHECK(rows.groups[2].title.empty());
}

TEST_CASE("what is printed is the view: its filter, order, columns and groups, with what it shows told above") {
  Plant plant;
  {
    Transaction change(plant.project, "transaction.add"_key, {"test"});
    change.create<ProjectSettings>([](ProjectSettings& settings) { settings.name = "Bridge", settings.code = "B1"; });
    REQUIRE(change.commit());
  }
  const auto& info = register_of<Issue>();
  const CellTexts texts(plant.project, Language::english, plant.today);
  TableView view = usual_view(info);
  view.filter_of(field("priority")).choices = {"high"};
  view.toggle_sort(&field("title"), false);
  view.toggle_sort(&field("title"), false);
  for (Column& column : view.columns) column.shown = !column.field || column.field == &field("title") || column.field == &field("due");
  const auto html = [&] {
    return view_report(view, info, build_rows(view, info, texts), texts, report_head(plant.project, "Issues", Language::english, plant.today, {})).html();
  };
  const std::string flat = html();
  CHECK(flat.contains("Bridge (B1)"));
  CHECK(flat.contains("<dt>Priority</dt><dd>High</dd>"));
  CHECK(flat.contains("<dt>Order</dt><dd>Title ↓</dd>"));
  CHECK(flat.contains("Noise at night"));
  CHECK(flat.find("Noise at night") < flat.find("Late steel"));
  CHECK_FALSE(flat.contains("Permit missing"));
  CHECK_FALSE(flat.contains("<th>Owner</th>"));
  CHECK_FALSE(flat.contains("class=\"wide\""));
  view.clear_filters();
  view.group = &field("priority");
  view.folded = {"low"};
  const std::string grouped = html();
  CHECK(grouped.contains("<h3>Low  (1)</h3>"));
  CHECK(grouped.contains("<h3>High  (2)</h3>"));
  CHECK_FALSE(grouped.contains("Permit missing"));
  view.group = nullptr;
  view.search = "nothing of this kind";
  CHECK(html().contains("class=\"none\""));
}

TEST_CASE("printed groups of amounts end with their sums, and all with the total") {
  Plant plant;
  Transaction change(plant.project, "transaction.add"_key, {"test"});
  for (const std::int64_t amount : {10'000, 25'000, 40'000})
    change.create<CostEntry>([&](CostEntry& e) { e.description = "x", e.amount = {amount}, e.kind = amount == 25'000 ? CostKind::accrual : CostKind::actual; });
  REQUIRE(change.commit());
  const auto& info = register_of<CostEntry>();
  const CellTexts texts(plant.project, Language::english, plant.today);
  TableView view = usual_view(info);
  view.group = &field_of<CostEntry>(&CostEntry::kind);
  const std::string html = view_report(view, info, build_rows(view, info, texts), texts, report_head(plant.project, "Costs", Language::english, plant.today, {})).html();
  for (const char* sum : {"500.00", "250.00", "750.00"}) CHECK_MESSAGE(html.contains(sum), sum);
  CHECK(html.contains("<h3>Total</h3>"));
}

TEST_CASE("money is summed for each group and in all") {
  Plant plant;
  Transaction change(plant.project, "transaction.add"_key, {"test"});
  for (const std::int64_t amount : {100, 250, 400})
    change.create<CostEntry>([&](CostEntry& e) {
      e.description = "x"; e.amount = {amount}; e.kind = amount == 250 ? CostKind::accrual : CostKind::actual;
    });
  REQUIRE(change.commit());
  const auto& info = register_of<CostEntry>();
  TableView view = usual_view(info);
  view.group = &field_of<CostEntry>(&CostEntry::kind);
  const Rows rows = build_rows(view, info, CellTexts(plant.project, Language::english, plant.today));
  const auto column = static_cast<std::size_t>(view.find_column(&field_of<CostEntry>(&CostEntry::amount)) - view.columns.data());
  CHECK(rows.totals[column] == 750);
  REQUIRE(rows.groups.size() == 2);
  CHECK(rows.groups[0].totals[column] == 500);
  CHECK(rows.groups[1].totals[column] == 250);
}

TEST_CASE("rows are selected as in every office application") {
  const Plant plant;
  TableView view = usual_view(register_of<Issue>());
  const auto& info = register_of<Issue>();
  const Rows rows = build_rows(view, info, CellTexts(plant.project, Language::english, plant.today));
  Selection selection;
  RowSelection select;
  select.click(selection, info, rows, 0, false, false);
  CHECK(selection.records == std::set<Id>{plant.steel->id});
  select.click(selection, info, rows, 2, true, false);
  CHECK(selection.records.size() == 3);
  select.click(selection, info, rows, 1, false, true);
  CHECK(selection.records == std::set<Id>{plant.steel->id, plant.noise->id});
  CHECK(select.move(selection, info, rows, -1, false) == 0);
  CHECK(select.move(selection, info, rows, 1, true) == 1);
  CHECK(selection.records.size() == 2);
  CHECK(select.move(selection, info, rows, 99, false) == 2);
  CHECK(selection.records == std::set<Id>{plant.noise->id});
  select.all(selection, info, rows);
  CHECK(selection.records.size() == 3);
  CHECK(selection.current == plant.noise->id);
  for (const bool descending : {false, true}) {  // of nothing current, the first row
    view.sort = {{info.title(), descending}};
    Selection none;
    select.all(none, info, build_rows(view, info, CellTexts(plant.project, Language::english, plant.today)));
    CHECK(none.current == (descending ? plant.permit : plant.steel)->id);
  }
}

namespace {

// Issues as an outline: the steel above the permit, the noise on its own.
struct OutlinedIssues final : CellSource {
  explicit OutlinedIssues(const Plant& plant) : places{{plant.steel, 0, true}, {plant.permit, 1, false}, {plant.noise, 0, false}} {}
  std::span<const OutlinePlace> outline() const override { return places; }
  std::vector<OutlinePlace> places;
};

}  // namespace

TEST_CASE("an outline folds its summaries, and a search shows what it finds below them") {
  const Plant plant;
  const OutlinedIssues source(plant);
  const CellTexts texts(plant.project, Language::english, plant.today, source);
  TableView view = usual_view(register_of<Issue>());
  CHECK(titles(build_rows(view, register_of<Issue>(), texts)) == "Late steel | Permit missing | Noise at night");
  CHECK(build_rows(view, register_of<Issue>(), texts).list[1].level == 1);
  view.folded.insert(plant.steel->id.text());
  CHECK(titles(build_rows(view, register_of<Issue>(), texts)) == "Late steel | Noise at night");
  view.search = "permit";
  const Rows found = build_rows(view, register_of<Issue>(), texts);
  CHECK(titles(found) == "Late steel | Permit missing");
  CHECK(found.records == 1);
  CHECK(found.find(plant.permit->id) == 1);
  view.search.clear();
  view.toggle_sort(register_of<Issue>().find("title"), false);
  CHECK(titles(build_rows(view, register_of<Issue>(), texts)) == "Late steel | Noise at night | Permit missing");
}

TEST_CASE("totals: what a unit costs is not added up; other currencies count at their rate, or not at all") {
  Plant plant;
  Transaction change(plant.project, "transaction.add"_key, {"test"});
  change.create<ExchangeRate>([&](ExchangeRate& rate) { rate.currency = "USD"; rate.valid_from = plant.today; rate.rate = whole(7); });
  for (const char* currency : {"", "CNY", "USD", "GBP"})
    change.create<CostEntry>([&](CostEntry& entry) { entry.description = "x"; entry.date = plant.today; entry.amount = Money{100}; entry.currency = currency; });
  change.create<ProjectSettings>([](ProjectSettings& settings) { settings.name = "Plant"; });  // its currency: CNY
  REQUIRE(change.commit());
  const TableView view = usual_view(register_of<CostEntry>());
  const Rows rows = build_rows(view, register_of<CostEntry>(), CellTexts(plant.project, Language::english, plant.today));
  const auto column = std::ranges::find(view.columns, &field_of<CostEntry>(&CostEntry::amount), &Column::field);
  CHECK(rows.totals[static_cast<std::size_t>(column - view.columns.begin())] == 100 + 100 + 700);
  CHECK(rows.converted == 2);
  CHECK(rows.without_rate == 1);
  const CellTexts texts(plant.project, Language::english, plant.today);
  CHECK(view_report(view, register_of<CostEntry>(), rows, texts, {}).html().contains("Total in CNY, 1 without a rate"));
  CHECK_FALSE(is_summed({&field_of<Resource>(&Resource::standard_rate)}));
  CHECK(is_summed(*column));
}

TEST_CASE("computed columns are sorted, filtered, grouped and written to files like others, and are not edited") {
  Plant plant;
  Transaction change(plant.project, "transaction.add"_key, {"test"});
  const auto risk = [&](const char* title, int probability, int impact, int percent, int cost) -> const Risk& {
    return change.create<Risk>([&](Risk& r) {
      r.title = title; r.probability = probability; r.impact_time = impact; r.probability_percent = Permille{percent}; r.cost_effect = Money{cost};
    });
  };
  const Risk &water = risk("Water", 4, 5, 500, 1000), &noise = risk("Noise", 2, 2, 200, 100);
  change.create<Risk>([](Risk& r) { r.title = "Strike"; });
  change.create<Risk>([](Risk& r) { r.title = "Frost"; r.status = RiskStatus::closed; r.probability_percent = Permille{900}; r.cost_effect = Money{7000}; });
  REQUIRE(change.commit());
  const RegisterInfo& info = register_of<Risk>();
  const CellTexts texts(plant.project, Language::english, plant.today);
  const FieldInfo &score = *engine::find_field(info, "score"), &level = *engine::find_field(info, "level"), &expected = *engine::find_field(info, "expected_value");
  TableView view = usual_view(info);
  REQUIRE(view.find_column(&score));
  const auto names = [&] {
    std::string list;
    for (const Row& row : build_rows(view, info, texts).list)
      if (row.record) list += static_cast<const Risk*>(row.record)->title + " ";
    return list;
  };
  view.sort = {{&score, true}};
  CHECK(names() == "Water Noise Strike Frost ");  // what is not assessed is last
  view.filter_of(level).choices = {"extreme", "high"};
  CHECK(names() == "Water ");
  view.clear_filters();
  view.group = &level;
  const Rows rows = build_rows(view, info, texts);
  REQUIRE(rows.groups.size() == 3);
  CHECK(rows.groups[0].title == "Low");
  const auto column = static_cast<std::size_t>(view.find_column(&expected) - view.columns.data());
  CHECK(rows.totals[column] == 500 + 20);  // nothing is expected of the closed one
  CHECK(texts.shown(level, texts.value(level, water)) == "Extreme");
  CHECK(grid_of(view, info, texts, {&noise}, false)[0][2] == "4");  // behind number and title
  REQUIRE(plain_source().locked(score, water));
  const PastePlan plan = plan_paste(view, info, texts, {&noise}, &score, {{"9"}});
  CHECK(plan.errors == 1);
  TableView again = usual_view(info);
  read_view(write_view(view), info, again);
  CHECK(again.group == &level);
}
