// Files that are not what they should be: a message each, or what could be read, and neither crash nor endless work.
#include <doctest/doctest.h>

#include <string>

#include "app/model/records/project_settings.h"
#include "app/model/records/task.h"
#include "storage/interchange/mspdi.h"
#include "storage/open_file.h"

using namespace pmo;

namespace {

Result<storage::OpenedFile> open_hostile(std::string_view name, std::string_view bytes) {
  static FixedSurroundings surroundings;
  return storage::open_file(name, bytes, product_schema(), Id{1, 1}, surroundings);
}

std::string outcome(std::string_view name, std::string_view bytes) {
  const auto opened = open_hostile(name, bytes);
  return opened ? "opened" : std::string(opened.error().message.name);
}

std::string repeated(std::string_view text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

}  // namespace

TEST_CASE("entities of an XML file are not multiplied") {
  std::string bomb = "<?xml version=\"1.0\"?><!DOCTYPE lolz [<!ENTITY a \"lol\">";
  for (char c = 'b'; c <= 'z'; ++c) {
    bomb += std::string("<!ENTITY ") + c + " \"";
    for (int i = 0; i < 10; ++i) bomb += std::string("&") + static_cast<char>(c - 1) + ";";
    bomb += "\">";
  }
  bomb += "]><Project><Name>n</Name><Tasks><Task><UID>1</UID><Name>&z;</Name></Task></Tasks></Project>";
  const auto opened = open_hostile("bomb.xml", bomb);
  REQUIRE(opened.has_value());
  CHECK(opened->project->all<Task>().at(0).name == "&z;");
}

TEST_CASE("nesting without end is read or refused") {
  const int deep = 50'000;
  const std::string inside = repeated("<a>", deep) + repeated("</a>", deep);
  const auto opened = open_hostile("deep.xml", "<Project><Tasks><Task><UID>1</UID><Name>x</Name>" + inside + "</Task></Tasks></Project>");
  REQUIRE(opened.has_value());
  CHECK(storage::write_mspdi(*opened->project).bytes.contains("<a><a><a>"));
  CHECK(outcome("deep.xml", repeated("<Project>", deep)) == "error.mspdi.xml");
  CHECK(outcome("deep.ics", repeated("BEGIN:VCALENDAR\r\n", deep)) == "error.ics.shape");
  const std::string calendars = "ERMHDR\t1\r\n%T\tCALENDAR\r\n%F\tclndr_id\tclndr_name\tclndr_data\r\n%R\t1\tc\t" + repeated("(0||a()(", deep) +
                                "\r\n%T\tPROJECT\r\n%F\tproj_id\r\n%R\t1\r\n%E\r\n";
  CHECK(outcome("deep.xer", calendars) == "opened");  // its calendar is noted
}

TEST_CASE("files in other forms of Office say what to save instead") {
  CHECK(outcome("plan.mpp", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1....") == "error.file.office_binary");
  CHECK(outcome("plan.xlsx", std::string("PK\x03\x04") + std::string(26, '\0') + "[Content_Types].xml") == "error.file.spreadsheet");
  CHECK(outcome("plan.exe", std::string("MZ\0\0", 4)) == "error.file.unknown");
}

TEST_CASE("an XML file in UTF-16 or in a Chinese encoding is read") {
  const std::string_view text = "<Project><Name>n</Name><Tasks><Task><UID>1</UID><Name>x</Name></Task></Tasks></Project>";
  std::string wide = "\xFF\xFE";
  for (const char c : text) wide += c, wide += '\0';
  const auto opened = open_hostile("wide.xml", wide);
  REQUIRE(opened.has_value());
  CHECK(opened->project->all<Task>().size() == 1);
  const auto chinese = open_hostile("gbk.xml", "<?xml version=\"1.0\" encoding=\"GB2312\"?><Project><Name>\xC7\xC5</Name><Tasks/></Project>");
  REQUIRE(chinese.has_value());
  CHECK(chinese->project->all<ProjectSettings>().at(0).name == "桥");
}

TEST_CASE("odd tables are read as far as they go") {
  CHECK(outcome("open.csv", "Task name,Duration\n\"never closed,3d\n") == "opened");
  CHECK(outcome("wide.csv", "Task name,Duration" + repeated(",x", 2000) + "\na,1d" + repeated(",1", 2000) + "\n") == "opened");
  CHECK(outcome("blank.csv", repeated("\n", 10'000)) == "error.csv.headings");
  std::string deep = "Task name,Outline level\n";
  for (int i = 1; i < 300; ++i) deep += "t," + std::to_string(i) + "\n";
  CHECK(outcome("deep.csv", deep) == "opened");
}
