// Predecessors as text: what is read, what is shown, what is refused.
#include "app/model/predecessors.h"

#include <doctest/doctest.h>

#include "app/model/describe_record.h"
#include "tests/unit/gantt/house.h"

using namespace pmo;
using namespace pmo::ui;

namespace {

struct Reading {
  House house;
  Outline outline{house.project};
  Scales scales;

  Result<std::vector<Predecessor>> read(std::string_view text) {
    return parse_predecessors(text, house.handed_over, task_names(outline, house.project), scales);
  }
  // As it is shown again.
  std::string again(std::string_view text) {
    const auto read_ = read(text);
    if (!read_) return std::string(read_.error().message.name);
    std::string shown;
    for (const auto& predecessor : *read_) shown += (shown.empty() ? "" : ", ") + predecessor_text(predecessor, outline, scales);
    return shown;
  }
};

}  // namespace

TEST_CASE("a predecessor is a line, a type and a lag") {
  Reading reading;
  CHECK(reading.again("2") == "2");
  CHECK(reading.again("2FS") == "2");
  CHECK(reading.again("2ss") == "2SS");
  CHECK(reading.again(" 3 FF + 2d ") == "3FF+2d");
  CHECK(reading.again("3+4h") == "3FS+4h");
  CHECK(reading.again("3FS-1w") == "3FS-5d");
  CHECK(reading.again("3FS+50%") == "3FS+50%");
  CHECK(reading.again("3SS-12.5e%") == "3SS-12.5e%");
  CHECK(reading.read("3+50E%")->front().unit == LagUnit::elapsed_percent);
  CHECK(reading.again("3SF-2ed") == "3SF-2ed");
  CHECK(reading.again("2，3；5") == "2, 3, 5");
  CHECK(reading.again("2SS+2天") == "2SS+2d");
  CHECK(reading.again("").empty());
}

TEST_CASE("a predecessor may be named by its WBS number or its record number") {
  Reading reading;
  CHECK(reading.again("1.2FS+1d") == "3FS+1d");
  const std::string number = record_number(reading.house.project, register_of<Task>(), reading.house.task(reading.house.roof));
  CHECK(reading.again(number + "SS") == "4SS");
  CHECK(reading.read("1.2")->front().task == reading.house.walls);
}

TEST_CASE("a predecessor that cannot be read tells why") {
  Reading reading;
  CHECK(reading.again("17") == "error.predecessors.unknown");
  CHECK(reading.again("0") == "error.predecessors.unknown");
  CHECK(reading.again("1.9") == "error.predecessors.unknown");
  CHECK(reading.again("1.2.1") == "error.predecessors.unknown");
  CHECK(reading.again("T-99") == "error.predecessors.unknown");
  CHECK(reading.again(std::string(100'000, '1')) == "error.predecessors.unknown");
  CHECK(reading.again("6") == "error.predecessors.itself");
  CHECK(reading.again("2, 3, 2") == "error.predecessors.twice");
  CHECK(reading.again("2XY") == "error.predecessors.form");
  CHECK(reading.again("2FS+soon") == "error.predecessors.form");
  CHECK(reading.again("2FS 3d") == "error.predecessors.form");
  CHECK(reading.read("2, 3FS+soon").error().arguments == std::vector<std::string>{"3FS+soon"});
}
