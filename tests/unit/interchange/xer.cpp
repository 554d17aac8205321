#include <doctest/doctest.h>

#include <map>

#include "app/engine/schedule/plan_of_project.h"
#include "app/engine/schedule/schedule.h"
#include "app/model/records/imported.h"
#include "app/model/records/project_settings.h"
#include "app/model/records/resource_use.h"
#include "app/words/words.h"
#include "storage/open_file.h"

using namespace pmo;

namespace {

// A table of a file: its fields and rows, cells with spaces between, "_" for none.
std::string table(std::string_view name, std::initializer_list<std::string_view> lines) {
  std::string text = "%T\t" + std::string(name) + "\r\n";
  bool first = true;
  for (const auto line : lines) {
    text += first ? "%F" : "%R";
    first = false;
    std::string cells(line);
    for (std::size_t from = 0; from <= cells.size();) {
      const auto end = std::min(cells.find(' ', from), cells.size());
      auto cell = cells.substr(from, end - from);
      for (char& c : cell) c = c == '~' ? ' ' : c;
      text += "\t" + (cell == "_" ? "" : cell);
      from = end + 1;
    }
    text += "\r\n";
  }
  return text;
}

const std::string week =
    "(0||CalendarData()((0||DaysOfWeek()((0||1()())(0||2()((0||0(s|08:00|f|12:00)())(0||1(f|17:00|s|13:00)())))"
    "(0||3()((0||0(s|08:00|f|16:00)())))(0||4()((0||0(s|08:00|f|16:00)())))(0||5()((0||0(s|08:00|f|16:00)())))"
    "(0||6()((0||0(s|08:00|f|16:00)())))(0||7()())))(0||VIEW(ShowTotal|N)())"
    "(0||Exceptions()((0||0(d|46084)())(0||1(d|46088)((0||0(s|08:00|f|12:00)())))))))";

std::string plan(std::string_view constraint = "_ _", std::string_view prefix = "") {
  return "ERMHDR\t19.12\t2026-03-01\tProject\tadmin\tadmin\tdb\tProject~Management\tEUR\r\n" +
         table("CALENDAR", {"clndr_id clndr_name day_hr_cnt week_hr_cnt clndr_data", "c1 Site 8 40 " + week}) +
         table("PROJECT", {"proj_id proj_short_name clndr_id plan_start_date last_recalc_date export_flag",
                           "p0 OTHER c1 2020-01-01~08:00 _ N", "p1 BR-1 c1 2026-03-02~08:00 2026-03-04~08:00 Y"}) +
         table("PROJWBS", {"wbs_id proj_id seq_num proj_node_flag wbs_short_name wbs_name parent_wbs_id",
                           "w1 p1 1 Y BR-1 " + std::string(prefix) + "Bridge _", "w3 p1 3 N SUP Superstructure w1",
                           "w2 p1 2 N SUB Substructure w1", "w4 p1 4 N EMPTY Nothing~here w1"}) +
         table("TASK", {"task_id proj_id wbs_id clndr_id task_type duration_type status_code task_code task_name target_drtn_hr_cnt "
                        "remain_drtn_hr_cnt phys_complete_pct act_start_date act_end_date cstr_type cstr_date cstr_type2 cstr_date2 early_start_date early_end_date",
                        "10 p1 w2 c1 TT_Task DT_FixedDrtn TK_Complete A10 Survey 16 0 100 2026-03-02~08:00 2026-03-03~17:00 _ _ _ _ _ _",
                        "20 p1 w2 c1 TT_Rsrc DT_FixedQty TK_Active A20 Piles 40 30 20 2026-03-04~08:00 _ _ _ CS_MEOB 2026-04-01~17:00 _ _",
                        "30 p1 w3 c1 TT_Task DT_FixedRate TK_NotStart A30 Deck 24 24 0 _ _ " + std::string(constraint) + " CS_MSOA 2026-04-02~08:00 _ _",
                        "40 p1 w3 c1 TT_FinMile DT_FixedDrtn TK_NotStart A40 Open 0 0 0 _ _ _ _ _ _ _ _",
                        "50 p1 w3 c1 TT_LOE DT_FixedDrtn TK_NotStart A50 Supervision 8 8 0 _ _ _ _ _ _ 2026-03-02~08:00 2026-03-20~17:00",
                        "90 p0 w9 c1 TT_Task DT_FixedDrtn TK_NotStart X Elsewhere 8 8 0 _ _ _ _ _ _ _ _"}) +
         table("TASKPRED", {"task_pred_id task_id pred_task_id proj_id pred_type lag_hr_cnt", "1 20 10 p1 PR_FS 0", "2 30 20 p1 PR_SS 8",
                            "3 40 30 p1 PR_FF 0", "4 40 90 p1 PR_FS 0", "5 50 10 p1 PR_SF -4"}) +
         table("RSRC", {"rsrc_id clndr_id rsrc_name rsrc_type", "r1 c1 Crew RT_Labor", "r2 c1 Crane RT_Equip", "r3 _ Concrete RT_Mat"}) +
         table("RSRCRATE", {"rsrc_id max_qty_per_hr cost_per_qty", "r1 2 45.5"}) +
         table("TASKRSRC", {"task_id rsrc_id proj_id target_qty target_qty_per_hr remain_qty act_reg_qty act_ot_qty role_id",
                            "20 r1 p1 80 2 60 18 2 _", "20 r3 p1 12.5 1 12.5 0 0 _"}) +
         table("UDFVALUE", {"udf_type_id fk_id", "1 10"}) + "%E\r\n";
}

Result<storage::OpenedFile> open_xer(std::string_view text) {
  static FixedSurroundings surroundings;
  return storage::open_file("plan.xer", text, product_schema(), Id{1, 1}, surroundings);
}

const Task& task_of_xer(const Project& project, std::string_view name) {
  for (const auto& found : project.all<Task>())
    if (found.name == name) return found;
  FAIL("no task " << name);
  __builtin_unreachable();
}

std::map<std::string, std::string> custom_values(const Project& project) {
  std::map<std::string, std::string> values;
  for (const auto& value : project.all<CustomValue>()) values[project.find(value.field)->name] = value.value;
  return values;
}

}  // namespace

TEST_CASE("a plan of Primavera is read with breakdown, progress, calendars and resources") {
  auto opened = open_xer(plan());
  REQUIRE_MESSAGE(opened.has_value(), (opened ? "" : describe(opened.error(), Language::english)));
  CHECK(opened->kind == storage::FileKind::xer);
  const Project& project = *opened->project;
  const auto& settings = project.all<ProjectSettings>().at(0);
  CHECK(settings.name == "Bridge");
  CHECK(settings.code == "BR-1");
  CHECK(settings.start.text() == "2026-03-02T08:00");
  CHECK(settings.status_date == Day::of(2026, 3, 3));  // the data date is the next morning
  CHECK(settings.reschedule_unfinished);

  const Outline outline(project);
  std::string lines;
  for (const auto& row : outline.rows()) lines += std::string(static_cast<std::size_t>(row.level), '-') + row.task->name + " " + row.task->wbs + "\n";
  CHECK(lines == "Substructure BR-1.SUB\n-Survey A10\n-Piles A20\nSuperstructure BR-1.SUP\n-Deck A30\n-Open A40\n-Supervision A50\n");

  const auto& calendar = project.all<Calendar>().at(0);
  CHECK(to_text(*calendar.monday) == "08:00-12:00,13:00-17:00");
  CHECK(to_text(*calendar.tuesday) == "08:00-16:00");
  CHECK(to_text(*calendar.sunday).empty());
  const auto& exceptions = project.all<CalendarException>();
  REQUIRE(exceptions.size() == 2);
  CHECK(exceptions.at(0).first.text() == "2026-03-03");
  CHECK_FALSE(exceptions.at(0).shifts.working());
  CHECK(to_text(exceptions.at(1).shifts) == "08:00-12:00");

  CHECK(task_of_xer(project, "Survey").actual_finish->text() == "2026-03-03T17:00");
  const Task& piles = task_of_xer(project, "Piles");
  CHECK(piles.duration == WorkMinutes{2400});
  CHECK(piles.remaining_duration == WorkMinutes{1800});
  CHECK(piles.percent_complete == Permille{250});
  CHECK(piles.physical_percent == Permille{200});
  CHECK(piles.deadline->text() == "2026-04-01T17:00");
  CHECK(piles.type == TaskType::fixed_work);
  CHECK(task_of_xer(project, "Open").milestone);

  REQUIRE(project.all<Link>().size() == 4);
  CHECK(project.all<Link>().at(1).type == LinkType::start_to_start);
  CHECK(project.all<Link>().at(1).lag == 480);
  CHECK(project.all<Link>().at(3).lag == -240);

  const auto& crew = project.all<Resource>().at(0);
  CHECK(crew.standard_rate == Money{4550});
  CHECK(crew.maximum_units == Permille{2000});
  CHECK(project.all<Resource>().at(1).kind == ResourceKind::equipment);
  const auto& work = project.all<Assignment>().at(0);
  CHECK(work.work == WorkMinutes{4800});
  CHECK(work.units == Permille{2000});
  CHECK(work.actual_work == WorkMinutes{1200});
  CHECK(project.all<Assignment>().at(1).quantity == Number{12'500'000});

  std::map<std::string, std::string> notes;
  for (const auto& note : opened->notes) notes[std::string(note.message.name)] = note.arguments.front();
  CHECK(notes == std::map<std::string, std::string>{{"xer.note.projects", "BR-1"}, {"xer.note.level_of_effort", "1"}, {"xer.note.constraints", "1"},
                                                    {"xer.note.empty_nodes", "1"}, {"mspdi.note.unknown_reference", "1"}, {"xer.note.custom_fields", "1"}});
  CHECK(custom_values(project) == std::map<std::string, std::string>{{"Second constraint", "Start no earlier than 2026-04-02"}});
  CHECK(engine::schedule(engine::plan_of(project)).diagnostics.empty());
}

TEST_CASE("every kind of constraint of Primavera is read") {
  const std::pair<std::string_view, ConstraintType> kinds[] = {
      {"CS_MSO", ConstraintType::must_start_on},          {"CS_MANDSTART", ConstraintType::must_start_on},
      {"CS_MEO", ConstraintType::must_finish_on},         {"CS_MANDFIN", ConstraintType::must_finish_on},
      {"CS_MSOA", ConstraintType::start_no_earlier_than}, {"CS_MSOB", ConstraintType::start_no_later_than},
      {"CS_MEOA", ConstraintType::finish_no_earlier_than}, {"CS_MEOB", ConstraintType::finish_no_later_than}};
  for (const auto& [name, type] : kinds) {
    auto opened = open_xer(plan(std::string(name) + " 2026-05-04~08:00"));
    REQUIRE(opened.has_value());
    const Task& deck = task_of_xer(*opened->project, "Deck");
    if (name == "CS_MEOB") {  // beside the second constraint of the fixture it is the deadline
      CHECK(deck.constraint == ConstraintType::start_no_earlier_than);
      CHECK(deck.deadline->text() == "2026-05-04T08:00");
      continue;
    }
    CHECK(deck.constraint == type);
    CHECK(deck.constraint_gives_way == !(name.starts_with("CS_MAND") || name.ends_with("OA")));  // these never have to
    CHECK(deck.constraint_date->text() == "2026-05-04T08:00");
  }
}

TEST_CASE("what users of Primavera add to their plan is not lost") {
  const std::string added =
      table("MEMOTYPE", {"memo_type_id memo_type", "m1 Scope"}) +
      table("TASKMEMO", {"memo_id task_id memo_type_id proj_id task_memo", "1 20 m1 p1 <HTML><BODY><P>Drive&nbsp;to~12&nbsp;m</P>\x7f\x7f<P>a&lt;b</P></BODY></HTML>"}) +
      table("UDFTYPE", {"udf_type_id table_name udf_type_name udf_type_label logical_data_type", "7 TASK user1 Zone FT_TEXT", "8 TASK user2 Checked FT_END_DATE",
                        "9 RSRC user3 Badge FT_INT", "10 TASK user4 Empty FT_TEXT"}) +
      table("UDFVALUE", {"udf_type_id fk_id proj_id udf_date udf_number udf_text", "7 20 p1 _ _ North~bank", "8 20 p1 2026-03-09~17:00 _ _", "9 r1 _ _ 12 _"}) +
      table("ACTVTYPE", {"actv_code_type_id actv_code_type", "5 Discipline"}) +
      table("ACTVCODE", {"actv_code_id parent_actv_code_id actv_code_type_id actv_code_name short_name", "51 _ 5 Civil C", "52 51 5 Piling P"}) +
      table("TASKACTV", {"task_id actv_code_type_id actv_code_id proj_id", "20 5 52 p1"}) +
      table("PROJCOST", {"cost_item_id proj_id task_id target_cost act_cost remain_cost cost_name", "1 p1 20 1000 400.5 599.5 Test", "2 p1 20 50 _ _ Permit"}) +
      table("ROLES", {"role_id role_short_name role_name", "q1 W Welder", "q2 X Unused"}) +
      table("ROLERATE", {"role_id cost_per_qty start_date", "q1 60 2026-01-01~00:00", "q1 66 2026-07-01~00:00"}) +
      table("FINTMPL", {"fintmpl_id fintmpl_name", "1 Monthly"});
  std::string text = plan();
  text.insert(text.find("%R\t20\tr3"), "%R\t30\t\tp1\t24\t1\t24\t0\t0\tq1\r\n");
  // The fixture has a value without its field.
  const auto values = text.find("%T\tUDFVALUE");
  text.replace(values, text.rfind("%E") - values, added);
  auto opened = open_xer(text);
  REQUIRE_MESSAGE(opened.has_value(), (opened ? "" : describe(opened.error(), Language::english)));
  const Project& project = *opened->project;
  CHECK(task_of_xer(project, "Piles").notes == "**Scope**\n\nDrive to 12 m\na<b");
  CHECK(task_of_xer(project, "Piles").fixed_cost == Money{105000});
  CHECK(custom_values(project) == std::map<std::string, std::string>{{"Second constraint", "Start no earlier than 2026-04-02"}, {"Zone", "North bank"},
                                                                     {"Checked", "2026-03-09 17:00"}, {"Badge", "12"}, {"Discipline", "Civil.Piling"}});
  const auto& welder = project.all<Resource>().at(3);
  CHECK(welder.name == "Welder");
  CHECK(welder.standard_rate == Money{6000});
  CHECK(project.all<ResourceRate>().size() == 2);
  CHECK(project.all<ResourceRate>().at(1).standard_rate == Money{6600});
  const auto noted = [&](std::string_view key, std::string_view argument) {
    return std::ranges::any_of(opened->notes, [&](const Error& note) { return note.message.name == key && note.arguments.front() == argument; });
  };
  CHECK(noted("xer.note.tables", "FINTMPL (1)"));
  CHECK(noted("xer.note.roles", "1"));
  CHECK(noted("xer.note.expenses", "2"));
}

// Data date Wednesday 4 March 8:00. Piles: begun that morning, 30 hours left: 8 + 8 + 8 + 6 hours. The calendar works 8 hours from
// 8:00 (Monday with a break, others 8 to 16), not on 3 March, and on 7 March (a Saturday) from 8 to 12: Wednesday to Friday 24 hours,
// Saturday 4, Monday 2: the 9th at 10:00. Deck starts 8 hours after Piles began: Thursday 5 March 8:00, 24 hours: Thursday, Friday, Saturday
// 4, Monday 4: the 9th at 12:00. Open finishes with Deck.
TEST_CASE("the schedule of a plan of Primavera is the one that P6 computes") {
  auto opened = open_xer(plan());
  REQUIRE(opened.has_value());
  const Project& project = *opened->project;
  const auto plan = engine::plan_of(project);
  const auto dates = engine::schedule(plan);
  std::map<std::string, std::string> finishes;
  for (std::size_t t = 0; t < plan.tasks.size(); ++t)
    finishes[project.find(Ref<Task>{plan.tasks[t].id})->name] = dates.start[t].text() + " " + dates.finish[t].text();
  CHECK(finishes["Survey"] == "2026-03-02T08:00 2026-03-03T17:00");
  CHECK(finishes["Piles"] == "2026-03-04T08:00 2026-03-09T10:00");
  CHECK(finishes["Deck"] == "2026-03-05T08:00 2026-03-09T12:00");
  CHECK(finishes["Open"] == "2026-03-09T12:00 2026-03-09T12:00");
}

TEST_CASE("a second constraint becomes the deadline wherever it stands, and efforts keep their dates") {
  std::string text = plan();
  const std::string_view before = "\t\t\tCS_MEOB\t2026-04-01 17:00";
  REQUIRE(text.contains(before));
  text.replace(text.find(before), before.size(), "\tCS_MEOB\t2026-04-01 17:00\tCS_MSOA\t2026-03-10 08:00");
  auto swapped = open_xer(text);
  REQUIRE_MESSAGE(swapped.has_value(), (swapped ? "" : describe(swapped.error(), Language::english)));
  const Task& piles = task_of_xer(*swapped->project, "Piles");
  CHECK(piles.constraint == ConstraintType::start_no_earlier_than);
  CHECK(piles.deadline->text() == "2026-04-01T17:00");

  auto kept = open_xer(plan());
  REQUIRE(kept.has_value());
  const Task& supervision = task_of_xer(*kept->project, "Supervision");
  CHECK(supervision.manual);
  CHECK(supervision.manual_finish->text() == "2026-03-20T17:00");
  CHECK(supervision.earned_value_method == EarnedValueMethod::level_of_effort);
}

// Deck would finish on Monday the 9th at 12:00. Back from Friday the 6th at 16:00 that are 4 hours of Saturday and 4 of Monday.
TEST_CASE("options of the schedule: the calendar of lags, and the date by which the project must finish") {
  const std::pair<std::string_view, LagCalendar> kinds[] = {{"rcal_Predecessor", LagCalendar::predecessor}, {"rcal_Successor", LagCalendar::successor},
                                                            {"rcal_ProjDefault", LagCalendar::project}, {"_", LagCalendar::predecessor}};
  const auto with_option = [](std::string_view kind) {
    std::string text = plan();
    return text.insert(text.rfind("%E"), table("SCHEDOPTIONS", {"proj_id sched_calendar_on_relationship_lag", "p0 rcal_24Hour", "p1 " + std::string(kind)}));
  };
  for (const auto& [kind, calendar] : kinds) {
    auto opened = open_xer(with_option(kind));
    REQUIRE(opened.has_value());
    CHECK(opened->project->all<ProjectSettings>().at(0).lag_calendar == calendar);
    CHECK(opened->project->all<Link>().at(1).lag_unit == LagUnit::working);
  }
  auto around_the_clock = open_xer(with_option("rcal_24Hour"));
  REQUIRE(around_the_clock.has_value());
  CHECK(around_the_clock->project->all<Link>().at(1).lag_unit == LagUnit::elapsed);
  CHECK(open_xer(plan())->project->all<ProjectSettings>().at(0).lag_calendar == LagCalendar::predecessor);  // as P6 has it when nobody chose

  std::string text = plan();
  const auto put = [&](std::string_view from, std::string_view to) {
    REQUIRE(text.contains(from));
    text.replace(text.find(from), from.size(), to);
  };
  put("\tlast_recalc_date\texport_flag", "\tlast_recalc_date\tplan_end_date\texport_flag");
  put("2020-01-01 08:00\t\tN", "2020-01-01 08:00\t\t\tN");
  put("\t2026-03-04 08:00\tY", "\t2026-03-04 08:00\t2026-03-06 16:00\tY");
  auto bounded = open_xer(text);
  REQUIRE_MESSAGE(bounded.has_value(), (bounded ? "" : describe(bounded.error(), Language::english)));
  const Project& project = *bounded->project;
  CHECK(project.all<ProjectSettings>().at(0).must_finish_by->text() == "2026-03-06T16:00");
  const auto read = engine::plan_of(project);
  const auto dates = engine::schedule(read);
  for (std::size_t t = 0; t < read.tasks.size(); ++t)
    if (project.find(Ref<Task>{read.tasks[t].id})->name == "Deck") CHECK(dates.total_float[t] == -8 * 60);
  CHECK(std::ranges::any_of(dates.diagnostics, [](const auto& one) { return one.kind == engine::DiagnosticKind::missed_finish; }));
}

// Data date Wednesday 11 March 8:00. Until it was suspended on Thursday the 5th at 12:00 Piles was worked on for 8 + 4 hours, since it was
// resumed on Monday the 9th for 16; in between lie 4 + 8 hours and 4 of Saturday. Its 24 hours go on from the data date. Walls rests
// until the 16th, Roof until further notice. Paint is measured by its units: 30 of 120 hours.
TEST_CASE("suspended activities rest, and percent by units earns the value") {
  const std::string text =
      "ERMHDR\t19.12\t2026-03-01\tProject\tadmin\tadmin\tdb\tProject Management\tEUR\r\n" +
      table("CALENDAR", {"clndr_id clndr_name day_hr_cnt week_hr_cnt clndr_data", "c1 Site 8 40 " + week}) +
      table("PROJECT", {"proj_id proj_short_name clndr_id plan_start_date last_recalc_date export_flag", "p1 BR-1 c1 2026-03-02~08:00 2026-03-11~08:00 Y"}) +
      table("PROJWBS", {"wbs_id proj_id seq_num proj_node_flag wbs_short_name wbs_name parent_wbs_id", "w1 p1 1 Y BR-1 Bridge _"}) +
      table("TASK", {"task_id proj_id wbs_id clndr_id task_type status_code task_code task_name target_drtn_hr_cnt remain_drtn_hr_cnt complete_pct_type "
                     "phys_complete_pct act_start_date act_end_date suspend_date resume_date act_work_qty remain_work_qty act_equip_qty remain_equip_qty",
                     "20 p1 w1 c1 TT_Task TK_Active A Piles 40 24 CP_Drtn 0 2026-03-04~08:00 _ 2026-03-05~12:00 2026-03-09~08:00 _ _ _ _",
                     "21 p1 w1 c1 TT_Task TK_Active B Walls 24 8 CP_Phys 30 2026-03-04~08:00 _ 2026-03-05~16:00 2026-03-16~08:00 _ _ _ _",
                     "22 p1 w1 c1 TT_Task TK_Active C Roof 24 8 CP_Drtn 0 2026-03-04~08:00 _ 2026-03-05~16:00 _ _ _ _ _",
                     "23 p1 w1 c1 TT_Task TK_Active D Paint 16 8 CP_Units 10 2026-03-04~08:00 _ _ _ _ _ _ _",
                     "24 p1 w1 c1 TT_Task TK_NotStart E Doors 16 16 CP_Units 0 _ _ _ _ 10 20 10 40",
                     "25 p1 w1 c1 TT_Task TK_Complete F Survey 8 0 CP_Drtn 0 2026-03-02~08:00 2026-03-06~12:00 2026-03-02~12:00 2026-03-06~08:00 _ _ _ _"}) +
      table("RSRC", {"rsrc_id clndr_id rsrc_name rsrc_type", "r1 c1 Crew RT_Labor", "r2 _ Colour RT_Mat"}) +
      table("TASKRSRC", {"task_id rsrc_id proj_id target_qty target_qty_per_hr remain_qty act_reg_qty act_ot_qty role_id",
                         "23 r1 p1 120 2 90 28 2 _", "23 r2 p1 500 1 0 500 0 _"}) + "%E\r\n";
  auto opened = open_xer(text);
  REQUIRE_MESSAGE(opened.has_value(), (opened ? "" : describe(opened.error(), Language::english)));
  const Project& project = *opened->project;
  const Task &piles = task_of_xer(project, "Piles"), &walls = task_of_xer(project, "Walls"), &roof = task_of_xer(project, "Roof");
  CHECK(piles.splits == "720/1680");
  CHECK(piles.actual_duration == WorkMinutes{28 * 60});
  CHECK(walls.splits == "960/4080");
  CHECK(walls.actual_duration == WorkMinutes{16 * 60});
  CHECK(roof.splits.empty());
  CHECK(roof.actual_duration == WorkMinutes{16 * 60});

  const auto read = engine::plan_of(project);
  const auto dates = engine::schedule(read);
  std::map<std::string, std::string> shown;
  for (std::size_t t = 0; t < read.tasks.size(); ++t) {
    std::string pieces;
    for (const auto& piece : engine::pieces_of(dates, static_cast<engine::Index>(t))) pieces += piece.start.text().substr(5) + "-" + piece.finish.text().substr(5) + " ";
    shown[project.find(Ref<Task>{read.tasks[t].id})->name] = dates.finish[t].text() + " " + pieces;
  }
  CHECK(shown["Piles"] == "2026-03-13T16:00 03-04T08:00-03-05T12:00 03-09T08:00-03-13T16:00 ");
  CHECK(shown["Walls"] == "2026-03-16T17:00 03-04T08:00-03-05T16:00 03-16T08:00-03-16T17:00 ");
  CHECK(shown["Roof"] == "2026-03-11T16:00 03-04T08:00-03-05T16:00 03-11T08:00-03-11T16:00 ");

  const Task &paint = task_of_xer(project, "Paint"), &doors = task_of_xer(project, "Doors");
  CHECK(paint.physical_percent == Permille{250});
  CHECK(paint.earned_value_method == EarnedValueMethod::physical_percent);
  CHECK(paint.percent_complete == Permille{500});  // of the duration, by which the schedule goes
  CHECK(doors.physical_percent == Permille{250});  // as P6 has summed it up
  CHECK(walls.physical_percent == Permille{300});
  CHECK(piles.earned_value_method == EarnedValueMethod::percent_complete);

  std::map<std::string, std::string> kept;  // by the name of the field and of the task
  for (const auto& value : project.all<CustomValue>()) kept[project.find(value.field)->name + " " + project.find(Ref<Task>{value.record.id})->name] = value.value;
  CHECK(kept == std::map<std::string, std::string>{{"Physical percent (Primavera P6) Paint", "10.0 %"}, {"Suspended Roof", "2026-03-05T16:00 – "},
                                                   {"Suspended Survey", "2026-03-02T12:00 – 2026-03-06T08:00"}});
  std::map<std::string, std::string> notes;
  for (const auto& note : opened->notes) notes[std::string(note.message.name)] = note.arguments.front();
  CHECK(notes == std::map<std::string, std::string>{{"xer.note.suspended", "2"}, {"xer.note.percent_of_units", "2"}, {"xer.note.custom_fields", "2"}});
}

TEST_CASE("names in Windows-1252 and in UTF-8 are read as they were written") {
  auto western = open_xer(plan("_ _", "Br\xFC" "cke\x96"));
  REQUIRE(western.has_value());
  CHECK(western->project->all<ProjectSettings>().at(0).name == "Brücke–Bridge");
  auto gbk = open_xer(plan("_ _", "\xB5\xDA\xD2\xBB\xC7\xC5"));  // 第一桥, as P6 writes it on a Chinese machine
  REQUIRE(gbk.has_value());
  CHECK(gbk->project->all<ProjectSettings>().at(0).name == "第一桥Bridge");
  auto chinese = open_xer(plan("_ _", "桥"));
  REQUIRE(chinese.has_value());
  CHECK(chinese->project->all<ProjectSettings>().at(0).name == "桥Bridge");
}

TEST_CASE("a damaged file of Primavera says where") {
  const std::string good = plan();
  const auto error_of = [](std::string_view text) {
    auto opened = open_xer(text);
    return opened ? std::string("none") : std::string(opened.error().message.name) + " " + opened.error().place;
  };
  CHECK(error_of(good.substr(0, good.size() / 2)) == "error.xer.truncated plan.xer");
  CHECK(error_of("ERMHDR\t19\r\n%R\t1\r\n%E\r\n") == "error.xer.row plan.xer: 2");
  CHECK(error_of("ERMHDR\t19\r\n%E\r\n") == "error.xer.project plan.xer");
  CHECK(error_of(plan("CS_WHAT 2026-05-04~08:00")) == "error.mspdi.value plan.xer: TASK 3: cstr_type");
  CHECK(error_of(plan("CS_MSO tomorrow")) == "error.mspdi.value plan.xer: TASK 3: cstr_date");
}

TEST_CASE("numbers have the decimal mark of the machine, costs may be large, and amounts are in the base currency") {
  std::string text = plan();
  const auto put = [&](std::string_view from, std::string_view to) {
    REQUIRE(text.contains(from));
    text.replace(text.find(from), from.size(), to);
  };
  put("Piles\t40\t30\t20", "Piles\t40,5\t30,25\t20,5");
  put("r1\t2\t45.5", "r1\t2,5\t45,5");
  text.insert(text.rfind("%E"), table("PROJCOST", {"cost_item_id proj_id task_id target_cost act_cost remain_cost", "1 p1 20 2500000000 0 2500000000,5"}) +
                                    table("CURRTYPE", {"curr_id base_exch_rate curr_short_name", "2 7,1 USD", "1 1 CNY", "3 0.9 EUR"}));
  auto opened = open_xer(text);
  REQUIRE_MESSAGE(opened.has_value(), (opened ? "" : describe(opened.error(), Language::english)));
  const Task& piles = task_of_xer(*opened->project, "Piles");
  CHECK(piles.duration == WorkMinutes{2430});
  CHECK(piles.remaining_duration == WorkMinutes{1815});
  CHECK(piles.physical_percent == Permille{205});
  CHECK(piles.fixed_cost == Money{250'000'000'050});
  CHECK(opened->project->all<Resource>().at(0).standard_rate == Money{4550});
  CHECK(opened->project->all<Resource>().at(0).maximum_units == Permille{2500});
  CHECK(opened->project->all<ProjectSettings>().at(0).currency == "CNY");
}

TEST_CASE("a text of several lines goes on in the next ones, whatever they begin with") {
  std::string text = plan();
  const auto put = [&](std::string_view from, std::string_view to) {
    REQUIRE(text.contains(from));
    text.replace(text.find(from), from.size(), to);
  };
  put("A20\tPiles\t", "A20\tPiles\r\n%Early ones\t");
  text.insert(text.rfind("%E\r"), "%T\tTASKMEMO\r\n%F\tmemo_id\ttask_id\tproj_id\ttask_memo\r\n%R\t1\t30\tp1\tfirst\r\n%E of all\r\n%Rest\tand more\r\n");
  auto opened = open_xer(text);
  REQUIRE_MESSAGE(opened.has_value(), (opened ? "" : describe(opened.error(), Language::english)));
  const Task& piles = task_of_xer(*opened->project, "Piles\n%Early ones");
  CHECK(piles.duration == WorkMinutes{2400});
  CHECK(piles.remaining_duration == WorkMinutes{1800});
  CHECK(task_of_xer(*opened->project, "Deck").notes == "first\n%E of all\n%Rest\tand more");
}

TEST_CASE("a milestone that was reached has the one date that P6 knows of it") {
  for (const auto* dates : {"2026-03-03~12:00\t", "\t2026-03-03~12:00"}) {
    std::string text = plan(), date = dates;
    std::ranges::replace(date, '~', ' ');
    const std::string_view before = "TK_NotStart\tA40\tOpen\t0\t0\t0\t\t\t";
    REQUIRE(text.contains(before));
    text.replace(text.find(before), before.size(), "TK_Complete\tA40\tOpen\t0\t0\t0\t" + date + "\t");
    auto opened = open_xer(text);
    REQUIRE_MESSAGE(opened.has_value(), (opened ? "" : describe(opened.error(), Language::english)));
    const Task& milestone = task_of_xer(*opened->project, "Open");
    CHECK(milestone.actual_start == Minute::parse("2026-03-03T12:00"));
    CHECK(milestone.actual_finish == Minute::parse("2026-03-03T12:00"));
  }
}

TEST_CASE("prices of other types are cost rate tables; prices and curves of assignments are told, and fields of theirs are not those of tasks") {
  std::string text = plan();
  const auto replaced_table = [&](std::string_view name, const std::string& with) {
    const auto from = text.find("%T\t" + std::string(name) + "\r");
    REQUIRE(from != text.npos);
    const auto to = std::min(text.find("%T", from + 1), text.find("%E", from));
    text.replace(from, to - from, with);
  };
  replaced_table("RSRC", table("UMEASURE", {"unit_id unit_abbrev", "u1 m3"}) +
                             table("RSRC", {"rsrc_id clndr_id rsrc_name rsrc_type unit_id rsrc_notes", "r1 c1 Crew RT_Labor _ <p>Two~shifts</p>", "r3 _ Concrete RT_Mat u1 _"}));
  replaced_table("RSRCRATE", table("RSRCRATE", {"rsrc_id max_qty_per_hr cost_per_qty cost_per_qty2 cost_per_qty3 start_date", "r1 2 45.5 60 0 2026-01-01~00:00"}));
  replaced_table("TASKRSRC", table("TASKRSRC", {"taskrsrc_id task_id rsrc_id proj_id target_qty target_qty_per_hr remain_qty cost_per_qty rate_type curv_id",
                                                "20 20 r1 p1 80 2 60 45.5 COST_PER_QTY _", "30 30 r1 p1 24 1 24 60 COST_PER_QTY2 7", "40 30 r1 p1 24 1 24 70 _ _"}));
  replaced_table("UDFVALUE", table("UDFTYPE", {"udf_type_id table_name udf_type_label logical_data_type", "7 TASKRSRC Shift FT_TEXT", "8 PROJCOST Voucher FT_TEXT"}) +
                                 table("UDFVALUE", {"udf_type_id fk_id proj_id udf_text", "7 30 p1 night", "8 30 p1 V-12"}));
  auto opened = open_xer(text);
  REQUIRE_MESSAGE(opened.has_value(), (opened ? "" : describe(opened.error(), Language::english)));
  const Project& project = *opened->project;
  REQUIRE(project.all<ResourceRate>().size() == 1);
  CHECK(project.all<ResourceRate>().at(0).table == CostRateTable::b);
  CHECK(project.all<ResourceRate>().at(0).standard_rate == Money{6000});
  CHECK(project.all<Resource>().at(0).notes == "Two shifts");
  CHECK(project.all<Resource>().at(1).unit == "m3");
  REQUIRE(project.all<Assignment>().size() == 3);
  CHECK(project.all<Assignment>().at(1).rate_table == CostRateTable::b);
  std::map<std::string, std::string> values;
  for (const auto& value : project.all<CustomValue>())
    if (value.record.id == project.all<Assignment>().at(1).id) values[project.find(value.field)->name] = value.value;
  CHECK(values == std::map<std::string, std::string>{{"Shift", "night"}});
  CHECK(custom_values(project).size() == 2);  // and a second constraint
  std::map<std::string, std::string> notes;
  for (const auto& note : opened->notes) notes[std::string(note.message.name)] = note.arguments.front();
  CHECK(notes["xer.note.curves"] == "1");
  CHECK(notes["xer.note.prices"] == "1");
  CHECK(notes["xer.note.tables"] == "UDFVALUE PROJCOST (1)");
}

TEST_CASE("priority and units of activities, and notes of the project") {
  std::string text = plan();
  const auto put = [&](std::string_view from, std::string_view to) {
    REQUIRE(text.contains(from));
    text.replace(text.find(from), from.size(), to);
  };
  put("\ttask_code\ttask_name\t", "\ttarget_work_qty\ttarget_equip_qty\tpriority_type\ttask_code\ttask_name\t");
  for (const std::string code : {"A10", "A20", "A30", "A40", "A50", "X"}) put("\t" + code + "\t", code == "A30" ? "\t16\t8\tPT_Top\tA30\t" : "\t\t\t\t" + code + "\t");
  text.insert(text.rfind("%E"), table("WBSMEMO", {"wbs_memo_id proj_id wbs_id wbs_memo", "1 p1 w1 A~bridge"}));
  auto opened = open_xer(text);
  REQUIRE_MESSAGE(opened.has_value(), (opened ? "" : describe(opened.error(), Language::english)));
  CHECK(task_of_xer(*opened->project, "Deck").work == WorkMinutes{24 * 60});
  CHECK(task_of_xer(*opened->project, "Deck").priority == 900);
  CHECK(task_of_xer(*opened->project, "Piles").priority == 500);
  CHECK(opened->project->all<ProjectSettings>().at(0).description == "A bridge");
}
