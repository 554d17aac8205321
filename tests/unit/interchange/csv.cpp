#include <doctest/doctest.h>

#include "app/engine/schedule/plan_of_project.h"
#include "app/engine/schedule/schedule.h"
#include "app/model/predecessors.h"
#include "app/model/records/imported.h"
#include "app/model/records/project_settings.h"
#include "app/sample/sample.h"
#include "storage/interchange/csv.h"
#include "storage/open_file.h"

using namespace pmo;

namespace {

FixedSurroundings surroundings;

Result<storage::OpenedFile> open_table(std::string_view text, std::string_view name = "House.csv") {
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
  const auto opened = open_table(text, name);
  return opened ? "none" : std::string(opened.error().message.name) + " " + opened.error().place;
}

const Task& task_of_table(const Project& project, std::string_view name) {
  for (const auto& found : project.all<Task>())
    if (found.name == name) return found;
  FAIL("no task " << name);
  __builtin_unreachable();
}

constexpr std::string_view expected = "House 480\n-Ground 1440\n-Walls 2400\n-Handed over 0\n3: 2SS+1d\n4: 3\n";

}  // namespace

TEST_CASE("a table of tasks is read whatever its language, separator and order of columns") {
  const auto english = open_table("\xEF\xBB\xBFID,Task name,Outline level,Duration,Predecessors\r\n1,House,1,,\r\n2,Ground,2,3d,\r\n3,Walls,2,1w,2SS+1d\r\n4,\"Handed over\",2,0d,3\r\n");
  REQUIRE(english.has_value());
  CHECK(english->kind == storage::FileKind::csv);
  CHECK(outline_text(*english->project) == expected);
  CHECK(task_of_table(*english->project, "Handed over").milestone);
  CHECK(english->project->all<ProjectSettings>().at(0).name == "House");

  const auto chinese = open_table("工期;大纲级别;前置任务;任务名称\n;1;;House\n3天;2;;Ground\n1周;2;2SS+1天;Walls\n0天;2;3;Handed over\n");
  REQUIRE(chinese.has_value());
  CHECK(outline_text(*chinese->project) == expected);

  const auto by_wbs = open_table("WBS\tName\tDuration\tPredecessors\n1\tHouse\n1.1\tGround\t3d\n1.2\tWalls\t5d\t1.1SS+1d\n1.3\tHanded over\t0\t1.2\n", "plan.tsv");
  REQUIRE(by_wbs.has_value());
  CHECK(outline_text(*by_wbs->project) == expected);
  CHECK(task_of_table(*by_wbs->project, "Walls").wbs.empty());

  const auto by_spaces = open_table("Name,Duration,Predecessors\nHouse,,\n  Ground,3d,\n  Walls,5d,2SS+1d\n  Handed over,0,3\n");
  REQUIRE(by_spaces.has_value());
  CHECK(outline_text(*by_spaces->project) == expected);
}

TEST_CASE("dates, progress and people of a table mean what they mean in the task table") {
  const auto opened = open_table(
      "Name,Start,Finish,Duration,% complete,Owner,Deadline,Colour\n"
      "First,2026-03-02,2026-03-06,,40%,Anna Li,2026-03-31,red\n"
      "Later,2026-03-09 10:00,,2d,,Anna Li,,\n");
  REQUIRE(opened.has_value());
  const Project& project = *opened->project;
  CHECK(project.all<ProjectSettings>().at(0).start.text() == "2026-03-02T08:00");
  CHECK(task_of_table(project, "First").duration == WorkMinutes{5 * 480});
  CHECK(task_of_table(project, "First").actual_start->text() == "2026-03-02T08:00");
  CHECK(task_of_table(project, "First").percent_complete == Permille{400});
  CHECK(task_of_table(project, "First").deadline->text() == "2026-03-31T17:00");
  CHECK(task_of_table(project, "Later").constraint == ConstraintType::start_no_earlier_than);
  CHECK(task_of_table(project, "Later").constraint_date->text() == "2026-03-09T10:00");
  CHECK(project.all<Person>().size() == 1);
  REQUIRE(opened->notes.size() == 1);
  CHECK(opened->notes[0].arguments == std::vector<std::string>{"Colour"});
}

TEST_CASE("a table that cannot be read says why") {
  CHECK(error_of("Name,Duration\n,\n") == "error.csv.no_tasks House.csv");
  CHECK(error_of("red,green\n1,2\n") == "error.csv.headings House.csv");
  CHECK(error_of("red,green\n1,2\n", "House") == "error.file.unknown House");
  CHECK(error_of(std::string_view("Name,Duration\nA\0B,3d\n", 21)) == "error.encoding.no_text House.csv");
  CHECK(error_of("") == "error.file.empty House.csv");
}

TEST_CASE("a value that cannot be read is left out and named by its cell") {
  const auto opened = open_table("Name,Duration,Start,% complete,Predecessors\nA,3d,2026-03-02,40%,\nB,soon,31 Foo,140%,7\nC,2d,,,1\nD,-5d,,,\n");
  REQUIRE(opened.has_value());
  std::string places;
  for (const auto& note : opened->notes)
    if (!note.place.empty()) places += std::string(note.message.name) + " " + note.place + "\n";
  CHECK(places == "error.field.range D3, % complete\nerror.format.day C3, Start\nerror.format.duration B3, Duration\n"
                  "error.field.range B5, Duration\nerror.predecessors.unknown E3, Predecessors\n");
  CHECK(opened->project->all<Task>().size() == 4);
  CHECK(opened->project->all<Link>().size() == 1);
  for (const auto* name : {"B", "D"}) CHECK(task_of_table(*opened->project, name).duration == Task{}.duration);
}

// What a spreadsheet on a Chinese machine writes: GBK; and what on a western one.
TEST_CASE("tables in GB18030, UTF-16 and Windows-1252 are read, and the notes say so") {
  const std::string gbk = "\xC8\xCE\xCE\xF1\xC3\xFB\xB3\xC6,\xB9\xA4\xC6\xDA\n\xBB\xF9\xB4\xA1\xCA\xA9\xB9\xA4,3\xCC\xEC\n";  // 任务名称,工期 / 基础施工,3天
  const auto chinese = open_table(gbk);
  REQUIRE(chinese.has_value());
  CHECK(task_of_table(*chinese->project, "基础施工").duration == WorkMinutes{3 * 480});
  REQUIRE(chinese->notes.size() == 1);
  CHECK(describe(chinese->notes[0], Language::english) == "The text was read as Chinese (GB18030, GBK).");
  CHECK(chinese->table->encoding == TextEncoding::gb18030);

  // 4 bytes, of which GBK knows nothing: 㐀
  const auto rare = open_table("\xC8\xCE\xCE\xF1\xC3\xFB\xB3\xC6,\xB9\xA4\xC6\xDA\n\xBB\xF9\xB4\xA1\x81\x39\xEE\x39,3\n");
  REQUIRE(rare.has_value());
  CHECK(rare->project->all<Task>().at(0).name == "基础㐀");

  const auto western = open_table("Task name,Duration\nFu\xDF" "b\xF6" "den, gro\xDF,2d\n");
  REQUIRE(western.has_value());
  CHECK(western->project->all<Task>().at(0).name == "Fußböden");
  CHECK(western->table->encoding == TextEncoding::windows_1252);

  std::string wide = "\xFF\xFE";
  for (const char c : std::string_view("Task name\tDuration\nFloor\t2d\n")) wide += c, wide += '\0';
  const auto unicode = open_table(wide, "plan.txt");
  REQUIRE(unicode.has_value());
  CHECK(task_of_table(*unicode->project, "Floor").duration == WorkMinutes{960});
}

TEST_CASE("columns are what the user says, and an unknown one becomes a custom field") {
  const std::string text = "Report of March\n\nCode,Was,Wie lange,\nA1,Boden legen,\"1,234.5\",x\nA2,\"Wand\nstreichen\",2,\n";
  CHECK(error_of(text) == "error.csv.headings House.csv");
  const auto guessed = storage::open_file("House.csv", text, product_schema(), Id{1, 1}, surroundings, {}, {.guess = true});
  REQUIRE(guessed.has_value());
  REQUIRE(guessed->table->columns.size() == 4);
  CHECK(guessed->table->columns[1].meaning == "name");
  CHECK(guessed->table->columns[1].samples == std::vector<std::string>{"Boden legen", "Wand streichen"});
  CHECK(guessed->table->columns[0].meaning == "custom");
  CHECK(guessed->table->columns[3].meaning.empty());

  const auto told = storage::open_file("House.csv", text, product_schema(), Id{1, 1}, surroundings, {}, {.meanings = {"custom", "name", "duration", ""}});
  REQUIRE(told.has_value());
  const Project& project = *told->project;
  CHECK(task_of_table(project, "Boden legen").duration == WorkMinutes{592560});  // 1,234.5 days
  CHECK(task_of_table(project, "Wand streichen").duration == WorkMinutes{960});
  REQUIRE(project.all<CustomField>().size() == 1);
  CHECK(project.all<CustomField>().at(0).name == "Code");
  CHECK(project.all<CustomValue>().at(1).value == "A2");
  CHECK(storage::write_csv(project, Language::english).contains(",Code\r\n"));
  const auto again = open_table(storage::write_csv(project, Language::english));
  REQUIRE(again.has_value());
  CHECK(again->project->all<CustomValue>().at(0).value == "A1");
  CHECK(again->project->all<CustomField>().at(0).name == "Code");

  const auto report = told->project->all<ImportReport>().at(0);
  CHECK(report.file_name == "House.csv");
  CHECK(describe_remarks(report.remarks, Language::chinese) == std::vector<std::string>{"作为自定义字段保留的列：Code", "未导入的列：D3"});
}

TEST_CASE("predecessors name tasks as the file numbers them, also twice with different types") {
  const auto codes = open_table("ID,Task name,Predecessors\nA10,Dig,\nA20,Pour,A10SS+1d\nA100,Cure,A10; a20FF-2d\n");
  REQUIRE(codes.has_value());
  CHECK(outline_text(*codes->project) == "Dig 480\nPour 480\nCure 480\n2: 1SS+1d\n3: 1\n3: 2FF-2d\n");
  const auto both = open_table("ID,Task name,Predecessors\n1,Dig,\n2,Pour,1SS+1d; 1FF\n");
  REQUIRE(both.has_value());
  CHECK(both->project->all<Link>().size() == 2);
  const auto again = open_table(storage::write_csv(*both->project, Language::english));
  REQUIRE(again.has_value());
  CHECK(outline_text(*again->project) == outline_text(*both->project));
}

TEST_CASE("a spreadsheet may tell its separator") {
  for (const std::string end : {"\r\n", "\n", "\r"}) {
    const auto told = open_table("sep=;" + end + "Task name;Duration" + end + "Dig, then pour;3d" + end);
    REQUIRE(told.has_value());
    CHECK(task_of_table(*told->project, "Dig, then pour").duration == WorkMinutes{1440});
  }
  CHECK(error_of("sep=;") == "error.csv.headings House.csv");
}

namespace {

// "name duration cost percent", a line a task; then the notes.
std::string numbers_of(std::string_view text) {
  const auto opened = open_table(text);
  REQUIRE(opened.has_value());
  std::string found;
  for (const auto& task : opened->project->all<Task>())
    found += task.name + " " + std::to_string(task.duration.value) + " " + std::to_string(task.fixed_cost.value) + " " + std::to_string(task.percent_complete.value) + "\n";
  for (const auto& note : opened->notes) found += std::string(note.message.name) + " " + note.place + (note.arguments.empty() ? "" : " " + note.arguments[0]) + "\n";
  return found;
}

}  // namespace

TEST_CASE("numbers are read with the decimal mark of the machine that wrote the table") {
  const std::string same = "A 720 123456 455\nB 960 100000000 0\n";
  CHECK(numbers_of("Name,Duration,Fixed cost,% complete\nA,1.5d,\"1,234.56\",45.5%\nB,2d,1000000,\n") == same);
  CHECK(numbers_of("Name;Duration;Fixed cost;% complete\nA;1,5d;1.234,56 €;45,5%\nB;2d;1.000.000;\n") ==
        same + "csv.note.decimal_comma  Duration, Fixed cost, % complete\n");
  CHECK(numbers_of("Name,Duration,Fixed cost,% complete\nA,\"1,5d\",\"1 234,56\",\"45,5%\"\nB,2d,1000000,\n") ==
        same + "csv.note.decimal_comma  Duration, Fixed cost, % complete\n");
  CHECK(numbers_of("Name;Duration;Fixed cost;% complete\nA;1.5d;1,234.56;45.5%\nB;2d;1,000,000;\n") == same);
  // What leaves no doubt tells it for what does: in its column, then in the table, then the separator.
  CHECK(numbers_of("Name\tDuration\tFixed cost\nA\t1,5d\t1.234\n") == "A 720 123400 0\ncsv.note.decimal_comma  Duration, Fixed cost\n");
  CHECK(numbers_of("Name\tDuration\tFixed cost\nA\t1.5d\t1.234,5\n") == "A 720 123450 0\ncsv.note.decimal_comma  Fixed cost\n");
  CHECK(numbers_of("Name;Fixed cost\nA;1,234\n") == "A 480 123 0\ncsv.note.decimal_comma  Fixed cost\n");
  CHECK(numbers_of("Name,Fixed cost\nA,\"1,234\"\n") == "A 480 123400 0\ncsv.note.decimal_doubt  Fixed cost\n");
  const auto lags = open_table("Name;Duration;Predecessors\nA;1,5d;\nB;2d;\nC;1d;\"1FS+1,5d; 2SS\"\nD;1d;1,3\n");
  REQUIRE(lags.has_value());
  CHECK(outline_text(*lags->project) == "A 720\nB 960\nC 480\nD 480\n3: 1FS+12h\n3: 2SS\n4: 1\n4: 3\n");
  // Who contradicts himself is read as before, and what cannot be read is named.
  CHECK(numbers_of("Name,Fixed cost\nA,\"1,5\"\nB,1.5\n") == "A 480 0 0\nB 480 150 0\ncsv.note.unreadable  1\nerror.format.number B2, Fixed cost 1,5\n");
}

TEST_CASE("dates with a day beyond the twelfth tell where the day stands") {
  const auto deadlines = [](std::string_view dates) {
    const auto opened = open_table("Name,Deadline\n" + std::string(dates));
    REQUIRE(opened.has_value());
    std::string found;
    for (const auto& task : opened->project->all<Task>()) found += (task.deadline ? task.deadline->text() : "none") + " ";
    for (const auto& note : opened->notes) found += std::string(note.message.name) + " ";
    return found;
  };
  CHECK(deadlines("A,3/9/2024\nB,3/25/2024 10:30\n") == "2024-03-09T17:00 2024-03-25T10:30 csv.note.month_first ");
  CHECK(deadlines("A,3/9/2024 08:00\nB,25/3/2024\n") == "2024-09-03T08:00 2024-03-25T17:00 csv.note.day_first ");
  CHECK(deadlines("A,03-09-2024\nB,25-03-2024\n") == "2024-09-03T17:00 2024-03-25T17:00 csv.note.day_first ");
  CHECK(deadlines("A,25/3/2024\nB,2024-04-05\n") == "2024-03-25T17:00 2024-04-05T17:00 ");
  CHECK(deadlines("A,3.9.2024\n") == "2024-09-03T17:00 ");
  CHECK(deadlines("A,3/9/2024\nB,3/25/2024\nC,25/3/2024\n") == "none 2024-03-25T17:00 2024-03-25T17:00 csv.note.unreadable error.format.day_ambiguous ");
}

TEST_CASE("a plan that is written as a table is read as the same plan, in both languages") {
  for (const Language language : all_languages) {
    FixedSurroundings fixed;
    Project project(product_schema(), Id{1, 1}, fixed);
    REQUIRE(make_sample_project(project, language).has_value());
    const std::string text = storage::write_csv(project, language);
    const auto opened = open_table(text);
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
  const auto opened = open_table(text);
  REQUIRE(opened.has_value());
  CHECK(task_of_table(*opened->project, "=cmd()").notes == "-1");
}
