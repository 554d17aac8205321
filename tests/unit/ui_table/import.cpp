// A table of text into a register: columns, known records, errors by line and field, one transaction.
#include <doctest/doctest.h>

#include "app/model/describe_record.h"
#include "app/model/records/risk.h"
#include "app/ui/table/table_import.h"
#include "tests/unit/ui_table/plant.h"

using namespace pmo;
using namespace pmo::ui;

namespace {

struct ImportFixture : Plant {
  const RegisterInfo& info = register_of<Issue>();

  ImportPlan plan(std::string_view text, std::optional<ImportHow> how = {}) {
    const auto table = read_register_table(info, text);
    REQUIRE(table.has_value());
    return plan_import(project, info, CellTexts(project, Language::english, today), *table, how.value_or(ImportHow{.key = usual_key(info, *table)}));
  }
  void take(const ImportPlan& plan) {
    Transaction change(project, "transaction.import"_key, {"issues.csv"});
    REQUIRE(apply_import(change, info, plan).has_value());
    REQUIRE(change.commit().has_value());
  }
  std::string number(const Issue& issue) const { return record_number(project, info, issue); }
  static std::string fates(const ImportPlan& plan) {
    std::string list;
    for (const ImportLine& line : plan.lines) list += (list.empty() ? "" : " ") + std::string(enum_name(line.fate));
    return list;
  }
};

}  // namespace

TEST_CASE("the separator and the headings are those by which most fields are known, in either language") {
  const auto& info = register_of<Issue>();
  for (const char* text : {"List of issues\n\nNumber;Title;Due;Colour\nI-1;\"a;b\";2024-05-01;red\n", "编号\t标题\t截止日期\t颜色\nI-1\ta;b\t2024-05-01\tred\n", "number,title,due,colour\nI-1,a;b,2024-05-01,red\n"}) {
    const auto table = read_register_table(info, text);
    REQUIRE(table.has_value());
    REQUIRE(table->columns.size() == 4);
    CHECK(table->columns[0].number);
    CHECK(table->columns[1].field == info.title());
    CHECK(table->columns[1].samples == std::vector<std::string>{"a;b"});
    CHECK(table->columns[2].field == info.find("due"));
    CHECK_FALSE(table->columns[3].field);
    CHECK(usual_key(info, *table) == 0);
  }
  CHECK(read_register_table(info, "Title,Due\n").error().message == "error.table_import.empty"_key);
  CHECK(read_register_table(info, "").error().message == "error.table_import.empty"_key);
}

TEST_CASE("lines are known by the number: changed, unchanged, new; planning alone changes nothing") {
  ImportFixture f;
  const std::string text = "Number,Title,Priority\n" + f.number(*f.steel) + ",Later steel,High\n" + f.number(*f.noise) + ",Noise at night,high\n,Dust,Low\n";
  const auto plan = f.plan(text);
  CHECK(f.fates(plan) == "changed unchanged added");
  CHECK(plan.errors.empty());
  CHECK(f.project.all<Issue>().size() == 3);
  CHECK(f.steel->title == "Late steel");
  f.take(f.plan(text));
  REQUIRE(f.project.all<Issue>().size() == 4);
  CHECK(f.project.all<Issue>().at(3).number == 4);
  CHECK(f.steel->title == "Later steel");
  CHECK(f.project.all<Issue>().at(3).title == "Dust");
  CHECK(f.project.all<Issue>().at(3).priority == Priority::low);
  REQUIRE(f.project.undo().has_value());
  CHECK(f.project.all<Issue>().size() == 3);
  CHECK(f.steel->title == "Late steel");
}

TEST_CASE("lines are known by a field; what is there is passed over when the user wants it") {
  ImportFixture f;
  const std::string text = "Title,Priority\nlate STEEL,Urgent\nDust,Low\n";
  CHECK(f.fates(f.plan(text)) == "changed added");
  CHECK(f.fates(f.plan(text, ImportHow{.key = 0, .update = false})) == "passed_over added");
  CHECK(f.fates(f.plan(text, ImportHow{.key = -1})) == "added added");
}

TEST_CASE("errors name line and field; the rest of the line is taken, and lines that break a rule are not") {
  ImportFixture f;
  const auto plan = f.plan(
      "Title,Due,Raised on,Closed on,Owner\n"
      "One,some day,,,\n"              // line 2: the day cannot be read
      ",2024-05-01,,,\n"               // line 3: no title
      "Three,,2024-05-02,2024-05-01,\n"  // line 4: closed before it was raised
      "Four,,,,Nobody known\n"         // line 5: no such person
      "Five,2024-05-01,,,张三\n");
  CHECK(f.fates(plan) == "added refused refused added added");
  REQUIRE(plan.errors.size() == 4);
  CHECK(plan.errors[0].line == 2);
  CHECK(plan.errors[0].field == f.info.find("due"));
  CHECK(plan.errors[1].line == 3);
  CHECK(plan.errors[1].field == f.info.title());
  CHECK(plan.errors[1].error.message == "error.field.required"_key);
  CHECK(plan.errors[2].line == 4);
  CHECK(plan.errors[2].error.message == "error.field.before"_key);
  CHECK(plan.errors[3].field == f.info.find("owner"));
  f.take(plan);
  REQUIRE(f.project.all<Issue>().size() == 6);
  CHECK_FALSE(f.project.all<Issue>().at(3).due);
  CHECK(f.project.all<Issue>().at(5).owner.id == f.zhang->id);
}

TEST_CASE("an empty cell takes the value of a known record away where it may be empty; a text may hold an apostrophe for the spreadsheet") {
  ImportFixture f;
  const auto plan = f.plan("Title,Due,Priority,Description\nLate steel,,,'=1+1\n");
  CHECK(plan.errors.empty());
  f.take(plan);
  CHECK_FALSE(f.steel->due);
  CHECK(f.steel->priority == Priority::high);  // a priority is never empty
  CHECK(f.steel->description == "=1+1");
}

TEST_CASE("numbers are read with the decimal mark of the table") {
  ImportFixture f;
  const RegisterInfo& info = register_of<Risk>();
  for (const char* text : {"Title;Cost effect;Probability %\nFlood;1.234,5;40%\nFire;1.000;45,5%\n", "Title,Cost effect,Probability %\nFlood,\"1,234.5\",40%\nFire,\"1,000\",45.5%\n"}) {
    const auto table = read_register_table(info, text);
    REQUIRE(table.has_value());
    const auto plan = plan_import(f.project, info, CellTexts(f.project, Language::english, f.today), *table, {.key = -1});
    CHECK(plan.errors.empty());
    std::string values;
    for (const auto& line : plan.lines)
      for (const auto& cell : line.row.cells) values += cell.after + " ";
    CHECK(values == "Flood 1,234.50 40% Fire 1,000.00 45.5% ");
  }
}

TEST_CASE("dates are read in the order of the table") {
  ImportFixture f;
  const auto plan = f.plan("Title,Due\nDust,3/9/2024\nMud,25/3/2024\n");
  CHECK(plan.errors.empty());
  REQUIRE(plan.lines.size() == 2);
  CHECK(plan.lines[0].row.cells.back().value == Value{std::int64_t{Day::of(2024, 9, 3).value}});
  CHECK(plan.lines[1].row.cells.back().value == Value{std::int64_t{Day::of(2024, 3, 25).value}});
}

TEST_CASE("a choice of a newer version in another field keeps no line from being taken") {
  ImportFixture f;
  {
    Transaction change(f.project, "transaction.test"_key);
    REQUIRE(change.set_back(*f.steel, f.info, field_of<Issue>(&Issue::status), Value(std::string("hibernating"))).has_value());
    REQUIRE(change.commit().has_value());
  }
  const auto plan = f.plan("Title,Priority\nLate steel,Low\n");
  CHECK(f.fates(plan) == "changed");
  CHECK(plan.errors.empty());
  f.take(plan);
  CHECK(f.steel->priority == Priority::low);
  CHECK(field_of<Issue>(&Issue::status).get(*f.steel) == Value(std::string("hibernating")));
}

TEST_CASE("what leads nowhere by its name is unchanged where it says what is there, and an error elsewhere") {
  ImportFixture f;
  {
    Transaction change(f.project, "transaction.test"_key);
    change.create<Person>([](Person& p) { p.name = "Anna Li"; });
    REQUIRE(change.set_back(*f.steel, f.info, field_of<Issue>(&Issue::status), Value(std::string("hibernating"))).has_value());
    REQUIRE(change.commit().has_value());
  }
  const std::string status = CellTexts(f.project, Language::english, f.today).typed(field_of<Issue>(&Issue::status), Value(std::string("hibernating")), f.steel);
  const auto plan = f.plan("Title,Owner,Status\nPermit missing,Anna Li,Closed\nLate steel,张三," + status + "\nNoise at night,Anna Li," + status + "\n");
  CHECK(f.fates(plan) == "unchanged unchanged unchanged");
  REQUIRE(plan.errors.size() == 2);
  CHECK(plan.errors[0].line == 4);
  CHECK(plan.errors[1].line == 4);
}

TEST_CASE("what was wrong with a record before keeps no line from changing another field") {
  ImportFixture f;
  {
    Transaction change(f.project, "transaction.test"_key);
    change.take_as_it_is();
    change.set(*f.steel, &Issue::raised_on, Day::of(2024, 5, 2));
    change.set(*f.steel, &Issue::closed_on, Day::of(2024, 5, 1));
    REQUIRE(change.commit().has_value());
  }
  const auto plan = f.plan("Title,Priority\nLate steel,Low\n");
  CHECK(f.fates(plan) == "changed");
  f.take(plan);
  CHECK(f.steel->priority == Priority::low);
  CHECK(f.fates(f.plan("Title,Closed on\nLate steel,2024-04-01\n")) == "refused");
}

TEST_CASE("a key that stands twice in the file or in the register is refused") {
  ImportFixture f;
  {
    Transaction change(f.project, "transaction.add"_key);
    change.create<Issue>([](Issue& issue) { issue.title = "Late steel"; });
    REQUIRE(change.commit());
  }
  const auto plan = f.plan("Title,Priority\nLate steel,Low\nDust,Low\nDust,High\n");
  CHECK(f.fates(plan) == "refused added refused");
  CHECK(plan.errors[0].error.message == "error.table_import.several"_key);
  CHECK(plan.errors[1].error.message == "error.table_import.twice"_key);
}

TEST_CASE("what a register exports comes back unchanged, in both languages") {
  ImportFixture f;
  for (const Language language : all_languages) {
    const CellTexts texts(f.project, language, f.today);
    TableView view = usual_view(f.info);
    for (Column& column : view.columns) column.shown = true;
    const auto& all = f.project.table(f.info).records();
    const std::string csv = to_csv(grid_of(view, f.info, texts, {all.begin(), all.end()}, true));
    const auto table = read_register_table(f.info, csv);
    REQUIRE(table.has_value());
    const auto plan = plan_import(f.project, f.info, texts, *table, {.key = usual_key(f.info, *table)});
    CHECK(plan.errors.empty());
    CHECK(f.fates(plan) == "unchanged unchanged unchanged");
  }
}
