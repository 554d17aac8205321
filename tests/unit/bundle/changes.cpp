// Bundles that hold only what a colleague's copy lacks.
#include <doctest/doctest.h>

#include "app/model/records/project_settings.h"
#include "app/model/records/task.h"
#include "storage/bundle/bundle.h"
#include "storage/bundle/json_value.h"

#include <nlohmann/json.hpp>

using namespace pmo;
using namespace pmo::storage;

namespace {

struct Copy {
  FixedSurroundings surroundings;
  Project project;
  explicit Copy(std::uint64_t number) : surroundings(number), project(product_schema(), Id{number, number}, surroundings) {}

  void begin() {
    Transaction change(project, "transaction.test"_key);
    change.create<ProjectSettings>([](ProjectSettings& settings) { settings.name = "Bridge"; });
    REQUIRE(change.commit().has_value());
  }
  Id add(const std::string& name) {
    Transaction change(project, "transaction.test"_key);
    const Id id = change.create<Task>([&](Task& task) { task.name = name; }).id;
    REQUIRE(change.commit().has_value());
    return id;
  }
  void rename(Id id, const std::string& name) {
    Transaction change(project, "transaction.test"_key);
    change.set(*project.all<Task>().find(id), &Task::name, name);
    REQUIRE(change.commit().has_value());
  }
  void erase(Id id) {
    Transaction change(project, "transaction.test"_key);
    change.erase(*project.all<Task>().find(id));
    REQUIRE(change.commit().has_value());
  }
  void take(const Project& other) { REQUIRE(merge(project, other, "transaction.import"_key, {"x"}).has_value()); }
  Result<Bundle> read(const std::string& text) { return read_bundle(text, product_schema(), Id{9, 9}, surroundings); }
};

}  // namespace

TEST_CASE("changes since a copy bring that copy to the same content, and are the smaller mail") {
  Copy mine(1), theirs(2);
  mine.begin();
  const auto renamed = mine.add("Survey"), erased = mine.add("Dig");
  for (int i = 0; i < 50; ++i) mine.add("Task");
  theirs.take(mine.project);

  mine.rename(renamed, "Measure");
  mine.erase(erased);
  mine.add("Pour");
  const auto text = write_bundle(mine.project, {.confidential = true, .since = theirs.project.seen()});
  const auto changes = theirs.read(text);
  REQUIRE(changes.has_value());
  CHECK(parse_json(text)->at("data").at("task").size() == 3);
  CHECK(5 * text.size() < write_bundle(mine.project, {.confidential = true}).size());
  REQUIRE(changes->since);
  CHECK(covers(theirs.project.seen(), *changes->since));
  theirs.take(*changes->project);
  CHECK(revision_of(theirs.project) == revision_of(mine.project));
  CHECK(theirs.project.journal().since({})->size() == mine.project.journal().since({})->size() + 2);  // its own imports

  Copy stranger(3);
  CHECK_FALSE(covers(stranger.project.seen(), *changes->since));
}

TEST_CASE("a reader that does not know a feature refuses the bundle") {
  Copy mine(1);
  mine.begin();
  const auto text = write_bundle(mine.project, {.since = VersionVector{}});
  CHECK(parse_json(text)->at("must_understand") == nlohmann::json::array({"since"}));
  CHECK(parse_json(write_bundle(mine.project, {}))->at("must_understand") == nlohmann::json::array());
}
