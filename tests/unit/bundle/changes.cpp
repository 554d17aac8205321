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
  CHECK(theirs.project.complete().covers(*changes->since));
  theirs.take(*changes->project);
  CHECK(revision_of(theirs.project) == revision_of(mine.project));
  CHECK(theirs.project.journal().since({})->size() == mine.project.journal().since({})->size() + 2);  // its own imports

  Copy stranger(3);
  CHECK_FALSE(stranger.project.complete().covers(*changes->since));
}

TEST_CASE("a reader that does not know a feature refuses the bundle") {
  Copy mine(1);
  mine.begin();
  const auto text = write_bundle(mine.project, {.since = VersionVector{}});
  CHECK(parse_json(text)->at("must_understand") == nlohmann::json::array({"since"}));
  CHECK(parse_json(write_bundle(mine.project, {}))->at("must_understand") == nlohmann::json::array());
}

TEST_CASE("who merged a part of the project still asks for the rest") {
  Copy mine(1), holder(2), third(3);
  mine.begin();
  const auto theirs = mine.add("Survey"), other = mine.add("Dig");
  const auto part = holder.read(write_bundle(mine.project, {.only = std::set<Id>{project_id(mine.project), theirs}}));
  REQUIRE(part.has_value());
  CHECK(part->warnings.size() == 1);
  holder.take(*part->project);
  CHECK_FALSE(holder.project.find(Ref<Task>{other}));
  CHECK_FALSE(holder.project.lacking().empty());
  holder.rename(theirs, "Measured");

  const auto back = mine.read(write_bundle(holder.project, {}));
  mine.take(*back->project);
  CHECK(mine.project.lacking().empty());  // it has what the holder lacks
  CHECK(mine.project.find(Ref<Task>{theirs})->name == "Measured");

  third.take(*third.read(write_bundle(holder.project, {}))->project);
  CHECK_FALSE(third.project.lacking().empty());
  const auto asked = third.project.complete();
  CHECK_FALSE(asked.covers(mine.project.seen()));
  const auto changes = third.read(write_bundle(mine.project, {.since = asked}));
  CHECK(third.project.complete().covers(*changes->since));
  third.take(*changes->project);
  CHECK(third.project.find(Ref<Task>{other}));
  CHECK(third.project.lacking().empty());
  CHECK(revision_of(third.project) == revision_of(mine.project));
  // What was written for a whole copy is no use to the holder of a part.
  const auto for_whole = holder.read(write_bundle(mine.project, {.since = mine.project.complete()}));
  CHECK_FALSE(holder.project.complete().covers(*for_whole->since));
}
