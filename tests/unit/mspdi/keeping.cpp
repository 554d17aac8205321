// What MS Project knows and we do not goes back to it: nothing of a file is lost on its way through the program.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <format>
#include <map>
#include <print>
#include <pugixml.hpp>
#include <set>

#include "app/model/records/imported.h"
#include "app/model/records/resource_use.h"
#include "app/model/transaction.h"
#include "app/words/words.h"
#include "tests/unit/mspdi/reading.h"

using namespace pmo;
namespace fs = std::filesystem;

namespace {

const fs::path fixture = "tests/fixtures/interchange/everything.xml";

// Values that say the same in another way, or nothing.
std::string plain(std::string value) {
  const auto is_zero = [](std::string_view text) { return text.find_first_not_of("0.") == text.npos; };
  if (is_zero(value) || value == "PT0H0M0S" || value == "-1" || value.starts_with("1984-01-01T00:00")) return "0";
  char* end = nullptr;
  const double number = std::strtod(value.c_str(), &end);
  return *end == 0 ? std::format("{}", number) : value;
}

// What MS Project computes, writes for itself, or what counts from the order in the file.
bool is_computed(std::string_view path) {
  static const std::set<std::string_view, std::less<>> names{
      "ID", "OverAllocated", "Overallocated", "StartVariance", "FinishVariance", "WorkVariance", "CostVariance", "StartSlack", "FinishSlack", "SV", "CV",
      "VAC", "ACWP", "BCWS", "BCWP", "PeakUnits", "SaveVersion", "LastSaved", "IsBaseCalendar", "ManualStart", "ManualFinish", "ManualDuration", "WBS",
      "OutlineNumber", "Critical", "UID", "CalendarUID", "FinishDate", "Milestone", "BaseCalendarUID", "LateStart", "LateFinish", "TotalSlack", "FreeSlack"};
  static const std::set<std::string_view, std::less<>> of_resources{"Work", "RegularWork", "ActualWork", "RemainingWork", "PercentWorkComplete"};
  if (path == "/Name") return true;  // of the file
  const auto name = path.substr(path.rfind('/') + 1);
  return names.contains(name) || (path.starts_with("/Resources") && of_resources.contains(name));
}
// Elements whose absence says the same.
const std::set<std::pair<std::string_view, std::string_view>> usual{
    {"FYStartDate", "1"}, {"FixedCostAccrual", "3"}, {"LevelAssignments", "1"}, {"LevelingCanSplit", "1"}, {"LevelingDelayFormat", "8"}, {"IsPublished", "1"},
    {"CanLevel", "1"}, {"StandardRateFormat", "2"}, {"OvertimeRateFormat", "2"}, {"HasFixedRateUnits", "1"}, {"LevelingDelayFormat", "7"}, {"DurationFormat", "7"}};

// Tasks are found by their UID, assignments by task and resource; what else repeats, by its place.
std::string key_of(pugi::xml_node node) {
  const std::string_view name = node.name();
  const auto child = [&](const char* of) { return std::string(node.child(of).text().get()); };
  if (name == "Task") return "Task " + child("UID");
  if (name == "Resource" || name == "Calendar") return std::string(name) + " " + child("Name");
  if (name == "Assignment") return "Assignment of " + child("TaskUID");
  if (name == "Baseline") return "Baseline " + child("Number");
  if (name == "ExtendedAttribute" || name == "OutlineCode") return std::string(name) + " " + child("FieldID");
  return std::string(name);
}

void collect(pugi::xml_node node, const std::string& path, std::multimap<std::string, std::string>& values) {
  std::map<std::string, int> seen;
  bool leaf = true;
  for (const auto child : node.children()) {
    if (child.type() != pugi::node_element) continue;
    leaf = false;
    const auto key = key_of(child);
    const int place = seen[key]++;
    const std::string here = path + "/" + key + (place > 0 ? " " + std::to_string(place) : "");
    collect(child, here, values);
  }
  if (leaf) values.emplace(path, plain(node.text().get()));
}

std::multimap<std::string, std::string> values_of(std::string_view text) {
  pugi::xml_document document;
  REQUIRE(document.load_buffer(text.data(), text.size()));
  // Lines without a task, the resource and the assignments that stand for nobody.
  const auto drop = [&](const char* list, auto&& unwanted) {
    std::vector<pugi::xml_node> gone;
    for (const auto node : document.child("Project").child(list).children())
      if (unwanted(node)) gone.push_back(node);
    for (const auto node : gone) document.child("Project").child(list).remove_child(node);
  };
  drop("Tasks", [](pugi::xml_node node) { return node.child("IsNull").text().as_bool() || node.child("OutlineLevel").text().as_int(1) == 0; });
  drop("Resources", [](pugi::xml_node node) { return !node.child("Name"); });
  drop("Assignments", [](pugi::xml_node node) { return node.child("ResourceUID").text().as_int() < 0; });
  // Exceptions as Project 2003 knew them, beside those of later versions; how often days that follow each other occur.
  for (const auto calendar : document.child("Project").child("Calendars").children("Calendar")) {
    while (auto day = calendar.child("WeekDays").find_child([](pugi::xml_node node) { return std::string_view(node.child("DayType").text().get()) == "0"; }))
      calendar.child("WeekDays").remove_child(day);
    for (auto exception : calendar.child("Exceptions").children("Exception"))
      if (std::string_view(exception.child("Type").text().get()) == "1") exception.remove_child("Occurrences"), exception.remove_child("EnteredByOccurrences");
  }
  std::multimap<std::string, std::string> values;
  collect(document.child("Project"), "", values);
  return values;
}

// Everything of the first that the second lacks or has with another value.
std::vector<std::string> lost(std::string_view before, std::string_view after) {
  const auto theirs = values_of(before), ours = values_of(after);
  std::vector<std::string> list;
  for (const auto& [path, value] : theirs) {
    if (is_computed(path) || value == "0" || value.empty()) continue;
    const std::string_view name = std::string_view(path).substr(path.rfind('/') + 1);
    const auto [from, to] = ours.equal_range(path);
    if (from == to && usual.contains({name, value})) continue;
    if (std::none_of(from, to, [&](const auto& entry) { return entry.second == value; }))
      list.push_back(path + " = " + value + (from == to ? " is lost" : " became " + from->second));
  }
  return list;
}

std::string joined(const std::vector<std::string>& list) {
  std::string text;
  for (const auto& line : list) text += "\n  " + line;
  return text;
}

}  // namespace

TEST_CASE("a file with one of everything keeps it on its way through") {
  const auto bytes = contents(fixture);
  const auto first = read(bytes);
  const auto written = storage::write_mspdi(*first.project);
  CHECK_MESSAGE(lost(bytes, written.bytes).empty(), joined(lost(bytes, written.bytes)));
  const auto again = storage::write_mspdi(*read(written.bytes).project);
  CHECK(again.bytes == written.bytes);
  // The order of the schema, on which MS Project insists.
  pugi::xml_document document;
  REQUIRE(document.load_buffer(written.bytes.data(), written.bytes.size()));
  const auto task = document.child("Project").child("Tasks").child("Task").next_sibling();
  std::vector<std::string> order;
  for (const auto child : task.children()) order.emplace_back(child.name());
  const auto place = [&](std::string_view name) { return std::ranges::find(order, name) - order.begin(); };
  CHECK(place("GUID") == place("UID") + 1);
  CHECK(place("Cost") < place("ActualStart"));
  CHECK(place("Hyperlink") < place("Notes"));
  CHECK(place("ExtendedAttribute") < place("Baseline"));
  CHECK(place("NewerThanUs") == std::ssize(order) - 1);
}

TEST_CASE("custom fields and outline codes are seen with their values") {
  const auto opened = read(contents(fixture));
  const Project& project = *opened.project;
  std::map<std::string, std::string> values;
  for (const auto& value : project.all<CustomValue>()) {
    const auto& field = *project.find(value.field);
    values[field.register_name + " " + field.name] = value.value;
  }
  CHECK(values == std::map<std::string, std::string>{{"task Department", "Civil"}, {"task Colour", "Red"}, {"task Number1", "2.5"}, {"task Cost1", "12.50"},
                                                     {"task Date1", "2026-04-01 08:00"}, {"task Duration3", "16h"}, {"task Approved", "1"},
                                                     {"task Region", "Asia.China"}, {"resource Badge", "B-12"}, {"assignment Shift", "Night"}});
  CHECK(project.all<ResourceRate>().size() == 2);
  // Table A begins with the rates of the resource itself.
  CHECK(project.all<ResourceRate>().at(0).standard_rate == Money{5500});
  CHECK(project.all<ResourceRate>().at(1).table == CostRateTable::b);
  CHECK(project.all<ResourceRate>().at(1).standard_rate == Money{9000});
  REQUIRE(project.all<AvailabilityPeriod>().size() == 2);
  const auto& period = project.all<AvailabilityPeriod>().at(0);
  CHECK(period.first == Day::of(2026, 1, 1));
  CHECK(period.last == Day::of(2026, 6, 30));
  CHECK(period.units == Permille{2000});
  CHECK_FALSE(project.all<AvailabilityPeriod>().at(1).last);
  CHECK(project.all<Assignment>().at(0).rate_table == CostRateTable::b);
  CHECK(project.all<Task>().at(0).fixed_cost_accrual == Accrual::start);
  std::set<std::string_view> notes;
  for (const auto& note : opened.notes) notes.insert(note.message.name);
  for (const auto* expected : {"mspdi.note.custom_fields", "mspdi.note.outline_codes", "mspdi.note.recurring", "mspdi.note.blank", "mspdi.note.rates",
                               "mspdi.note.availability", "mspdi.note.contours", "mspdi.note.baselines_without_dates", "mspdi.note.external_links", "mspdi.note.kept"})
    CHECK_MESSAGE(notes.contains(expected), expected);
}

TEST_CASE("what no longer fits a changed plan is not given back, and the notes say so") {
  const auto opened = read(contents(fixture));
  Project& project = *opened.project;
  Transaction change(project, "transaction.test"_key);
  const Task& dig = project.all<Task>().at(0);
  change.set(dig, &Task::duration, WorkMinutes{4800});
  for (const auto& value : project.all<CustomValue>())
    if (value.value == "Red") change.set(value, &CustomValue::value, std::string("Blue"));
  REQUIRE(change.commit().has_value());
  const auto written = storage::write_mspdi(project);
  pugi::xml_document document;
  REQUIRE(document.load_buffer(written.bytes.data(), written.bytes.size()));
  const auto task = document.child("Project").child("Tasks").child("Task").next_sibling();
  CHECK(std::string_view(task.child("Hyperlink").text().get()) == "Drawing");
  CHECK_FALSE(task.child("ActualCost"));
  CHECK_FALSE(document.child("Project").child("Assignments").child("Assignment").child("TimephasedData"));
  CHECK(std::string_view(document.child("Project").child("Assignments").child("Assignment").child("Notes").text().get()) == "by hand");
  CHECK(std::ranges::contains(written.notes, "mspdi.note.outdated"_key, &Error::message));
  const auto back = read(written.bytes);
  CHECK(std::ranges::contains(back.project->all<CustomValue>(), "Blue", &CustomValue::value));
}

TEST_CASE("custom fields from elsewhere go into the text fields that are free") {
  const auto opened = read(contents(fixture));
  Project& project = *opened.project;
  Transaction change(project, "transaction.test"_key);
  const auto& field = change.create<CustomField>([](CustomField& f) { f.name = "Zone", f.register_name = "task", f.source = "UDF 12"; });
  change.create<CustomValue>([&](CustomValue& v) { v.record = {project.all<Task>().at(1).id}, v.field = {field.id}, v.value = "North"; });
  REQUIRE(change.commit().has_value());
  const auto written = storage::write_mspdi(project).bytes;
  CHECK(written.contains("<FieldID>188743737</FieldID><FieldName>Text3</FieldName><Alias>Zone</Alias>"));
  CHECK(written.contains("<FieldID>188743737</FieldID><Value>North</Value>"));
}

TEST_CASE("files of MS Project keep everything on their way through") {
  const fs::path folder = "../shared/data/mspdi";
  if (!fs::is_directory(folder)) {
    std::println("skipped: {} is not there", folder.string());
    return;
  }
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() != ".xml") continue;
    const auto bytes = contents(entry.path());
    const auto gone = lost(bytes, storage::write_mspdi(*read(bytes).project).bytes);
    CHECK_MESSAGE(gone.empty(), entry.path().filename().string() << joined(gone));
  }
}
