#include <doctest/doctest.h>

#include "app/engine/plan_of_project.h"
#include "app/engine/schedule.h"
#include "app/model/predecessors.h"
#include "app/model/records/project_settings.h"
#include "app/sample/sample.h"
#include "storage/interchange/csv.h"
#include "storage/open_file.h"

using namespace pmo;

namespace {

FixedSurroundings surroundings;

Result<storage::OpenedFile> open(std::string_view text, std::string_view name = "House.csv") {
  return storage::open_file(name, text, product_schema(), Id{1, 1}, surroundings);
}

// "level name duration start constraint", a line a task; then its links.
std::string outline_text(const Project& project) {
  const Outline outline(project);
  std::string text;
  for (const auto& row : outline.rows())
    text += std::string(static_cast<std::size_t>(row.level), '-') + row.task->name + " " + std::to_string(row.task->duration.value) + "\n";
  for (const Link& link : project.all<Link>())
    text += std::to_string(*outline.find(link.successor.id) + 1) + ": " + predecessor_text(predecessor_of(link), outline, Scales{}) + "\n";
  return text;
}

std::string error_of(std::string_view text, std::string_view name = "House.csv") {
  const auto opened = open(text, name);
  return opened ? "none" : std::string(opened.error().message.name) + " " + opened.error().place;
}

const Task& task(const Project& project, std::string_view name) {
  for (const auto& found : project.all<Task>())
    if (found.name == name) return found;
  FAIL("no task " << name);
  __builtin_unreachable();
}

constexpr std::string_view expected = "House 480\n-Ground 1440\n-Walls 2400\n-Handed over 0\n3: 2SS+1d\n4: 3\n";

}  // namespace

TEST_CASE("a table of tasks is read whatever its language, separator and order of columns") {
  const auto english = open("\xEF\xBB\xBFID,Task name,Outline level,Duration,Predecessors\r\n1,House,1,,\r\n2,Ground,2,3d,\r\n3,Walls,2,1w,2SS+1d\r\n4,\"Handed over\",2,0d,3\r\n");
  REQUIRE(english.has_value());
  CHECK(english->kind == storage::FileKind::csv);
  CHECK(outline_text(*english->project) == expected);
  CHECK(task(*english->project, "Handed over").milestone);
  CHECK(english->project->all<ProjectSettings>().at(0).name == "House");

  const auto chinese = open("工期;大纲级别;前置任务;任务名称\n;1;;House\n3天;2;;Ground\n1周;2;2SS+1天;Walls\n0天;2;3;Handed over\n");
  REQUIRE(chinese.has_value());
  CHECK(outline_text(*chinese->project) == expected);

  const auto by_wbs = open("WBS\tName\tDuration\tPredecessors\n1\tHouse\n1.1\tGround\t3d\n1.2\tWalls\t5d\t1.1SS+1d\n1.3\tHanded over\t0\t1.2\n", "plan.tsv");
  REQUIRE(by_wbs.has_value());
  CHECK(outline_text(*by_wbs->project) == expected);
  CHECK(task(*by_wbs->project, "Walls").wbs.empty());

  const auto by_spaces = open("Name,Duration,Predecessors\nHouse,,\n  Ground,3d,\n  Walls,5d,2SS+1d\n  Handed over,0,3\n");
  REQUIRE(by_spaces.has_value());
  CHECK(outline_text(*by_spaces->project) == expected);
}

TEST_CASE("dates, progress and people of a table mean what they mean in the task table") {
  const auto opened = open(
      "Name,Start,Finish,Duration,% complete,Owner,Deadline,Colour\n"
      "First,2026-03-02,2026-03-06,,40%,Anna Li,2026-03-31,red\n"
      "Later,2026-03-09 10:00,,2d,,Anna Li,,\n");
  REQUIRE(opened.has_value());
  const Project& project = *opened->project;
  CHECK(project.all<ProjectSettings>().at(0).start.text() == "2026-03-02T08:00");
  CHECK(task(project, "First").duration == WorkMinutes{5 * 480});
  CHECK(task(project, "First").actual_start->text() == "2026-03-02T08:00");
  CHECK(task(project, "First").percent_complete == Permille{400});
  CHECK(task(project, "First").deadline->text() == "2026-03-31T17:00");
  CHECK(task(project, "Later").constraint == ConstraintType::start_no_earlier_than);
  CHECK(task(project, "Later").constraint_date->text() == "2026-03-09T10:00");
  CHECK(project.all<Person>().size() == 1);
  REQUIRE(opened->notes.size() == 1);
  CHECK(opened->notes[0].arguments == std::vector<std::string>{"Colour"});
}

TEST_CASE("a table that cannot be read says where and why") {
  CHECK(error_of("Name,Duration\nA,3d\nB,soon\n") == "error.format.duration House.csv: 3: Duration");
  CHECK(error_of("Name,Predecessors\nA,7\n") == "error.predecessors.unknown House.csv: 2: Predecessors");
  CHECK(error_of("ID,Name,Predecessors\n1,A,\n4,B,1\n") == "error.csv.numbers House.csv");
  CHECK(error_of("Name,Duration\n,\n") == "error.csv.no_tasks House.csv");
  CHECK(error_of("red,green\n1,2\n") == "error.csv.headings House.csv");
  CHECK(error_of("\xC8\xCE\xCE\xF1\xC3\xFB\xB3\xC6,\xB9\xA4\xC6\xDA\nA,1\n") == "error.csv.encoding House.csv");  // GBK
  CHECK(error_of("red,green\n1,2\n", "House") == "error.file.unknown House");
}

TEST_CASE("a plan that is written as a table is read as the same plan, in both languages") {
  for (const Language language : all_languages) {
    FixedSurroundings fixed;
    Project project(product_schema(), Id{1, 1}, fixed);
    REQUIRE(make_sample_project(project, language).has_value());
    const std::string text = storage::write_csv(project, language);
    const auto opened = open(text);
    REQUIRE_MESSAGE(opened.has_value(), (opened ? "" : describe(opened.error(), Language::english)));
    CHECK(opened->notes.empty());
    const Project& read = *opened->project;
    const Outline before(project), after(read);
    REQUIRE(before.size() == after.size());
    CHECK(project.all<Link>().size() == read.all<Link>().size());
    for (std::size_t row = 0; row < before.size(); ++row) {
      const Task &mine = *before[row].task, &theirs = *after[row].task;
      CHECK(before[row].level == after[row].level);
      CHECK(mine.name == theirs.name);
      if (before[row].summary) continue;
      CHECK(mine.duration == theirs.duration);
      CHECK(mine.percent_complete == theirs.percent_complete);
      CHECK(mine.deadline == theirs.deadline);
      CHECK(mine.fixed_cost == theirs.fixed_cost);
      CHECK(mine.notes == theirs.notes);
    }
  }
}

TEST_CASE("a text that a spreadsheet would run stays a text") {
  FixedSurroundings fixed;
  Project project(product_schema(), Id{1, 1}, fixed);
  Transaction change(project, "transaction.test"_key);
  change.create<ProjectSettings>([](ProjectSettings& s) { s.name = "x", s.start = *Minute::parse("2026-03-02T08:00"); });
  change.create<Task>([](Task& t) { t.name = "=cmd()", t.order = "V", t.notes = "-1"; });
  REQUIRE(change.commit().has_value());
  const std::string text = storage::write_csv(project, Language::english);
  CHECK(text.contains(",'=cmd(),"));
  const auto opened = open(text);
  REQUIRE(opened.has_value());
  CHECK(task(*opened->project, "=cmd()").notes == "-1");
}
