#include "storage/bundle/bundle.h"

#include <doctest/doctest.h>

#include <limits>
#include <nlohmann/json.hpp>

#include "app/model/records/project_settings.h"
#include "app/model/records/risk.h"
#include "app/model/records/task.h"
#include "storage/bundle/json_value.h"
#include "storage/digest.h"

using namespace pmo;
using namespace pmo::storage;

namespace {

struct Fixture {
  FixedSurroundings surroundings;
  Project project{product_schema(), Id{1, 1}, surroundings};

  Fixture() {
    Transaction change(project, "transaction.test"_key);
    change.create<ProjectSettings>([](ProjectSettings& p) { p.name = "地铁车站"; p.start = *Minute::parse("2024-01-02T08:00"); });
    const auto& task = change.create<Task>([](Task& t) { t.name = "Survey \"A\""; t.deadline = Minute::parse("2024-03-01T17:00"); });
    change.create<Risk>([&](Risk& r) { r.title = "Late steel"; r.tasks = {{task.id}}; r.cost_effect = Money{12'345}; });
    REQUIRE(change.commit().has_value());
    Transaction edit(project, "transaction.test"_key);
    edit.set(task, &Task::percent_complete, Permille{250});
    const auto& gone = edit.create<Task>([](Task& t) { t.name = "Gone"; });
    REQUIRE(edit.commit().has_value());
    Transaction erase(project, "transaction.test"_key);
    erase.erase(gone);
    REQUIRE(erase.commit().has_value());
  }

  Result<Bundle> read(const std::string& text) { return read_bundle(text, product_schema(), Id{2, 2}, surroundings); }
  // The bundle with a change made to its document and, unless damaged on purpose, a fitting check sum.
  template <class Edit>
  std::string edited(Edit&& edit, bool fitting = true) {
    auto json = *parse_json(write_bundle(project, {}));
    edit(json);
    if (fitting) {
      json.erase("integrity");
      json["integrity"] = {{"hash", sha256(canonical_text(json))}};
    }
    return canonical_text(json);
  }
};

}  // namespace

TEST_CASE("SHA-256 of the examples of FIPS 180-4") {
  CHECK(sha256("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") ==
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  CHECK(sha256(std::string(1'000'000, 'a')) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE_FIXTURE(Fixture, "a bundle reads back to the same content, deletions and stamps included") {
  const auto text = write_bundle(project, {.confidential = true});
  const auto bundle = read(text);
  REQUIRE(bundle.has_value());
  CHECK(bundle->warnings.empty());
  CHECK(bundle->header.project_name == "地铁车站");
  CHECK(bundle->header.revision == revision_of(project));
  CHECK(revision_of(*bundle->project) == revision_of(project));
  CHECK(bundle->project->seen() == project.seen());
  CHECK(bundle->project->all<Task>().size() == 1);
  CHECK(bundle->project->all<Task>().deleted().size() == 1);
  CHECK(bundle->project->all<Task>().at(0).deadline == project.all<Task>().at(0).deadline);
}

TEST_CASE_FIXTURE(Fixture, "history travels with the bundle unless left out") {
  const auto bundle = read(write_bundle(project, {.confidential = true}));
  REQUIRE(bundle.has_value());
  const auto original = *project.journal().since({}), copied = *bundle->project->journal().since({});
  REQUIRE(copied.size() == 3);
  for (std::size_t i = 0; i < copied.size(); ++i) {
    CHECK(copied[i].id == original[i].id);
    CHECK(copied[i].stamp == original[i].stamp);
    CHECK(copied[i].changes == original[i].changes);
  }
  const auto bare = read(write_bundle(project, {.history = false}));
  CHECK(bare->project->journal().since({})->empty());
}

TEST_CASE_FIXTURE(Fixture, "a bundle imported into its own project changes nothing") {
  const auto bundle = read(write_bundle(project, {.confidential = true}));
  CHECK(plan_merge(project, *bundle->project).nothing_new());
}

TEST_CASE_FIXTURE(Fixture, "canonical text has sorted members and no white space") {
  CHECK(canonical_text({{"b", 1}, {"a", {1, true, nullptr, "é\n\x01"}}}) == "{\"a\":[1,true,null,\"é\\n\\u0001\"],\"b\":1}");
  const auto text = write_bundle(project, {});
  CHECK(canonical_text(*parse_json(text)) == text);
}

TEST_CASE("whatever number a field accepts comes back from JSON") {
  constexpr std::int64_t largest = std::int64_t{1} << 53;
  for (const auto* info : product_schema().registers())
    for (const auto& field : info->fields)
      for (const auto number : {largest, largest + 1, -largest, -largest - 1, std::numeric_limits<std::int64_t>::max(), std::numeric_limits<std::int64_t>::min()}) {
        if (!check_value(field, Value{number})) continue;
        const auto json = parse_json(canonical_text(value_to_json(field, Value{number})));
        REQUIRE_MESSAGE(json.has_value(), info->name, ".", field.name, " ", number);
        CHECK(value_from_json(field, *json) == Value{number});
      }
  const auto& field = field_of<Risk>(&Risk::cost_effect);
  CHECK(check_value(field, Value{largest}).has_value());
  const auto refused = check_value(field, Value{largest + 1});
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().message == "error.field.too_large"_key);
  CHECK(refused.error().arguments[1] == "90,071,992,547,409");
}

TEST_CASE_FIXTURE(Fixture, "confidential fields stay out unless wanted") {
  CHECK_FALSE(write_bundle(project, {}).contains("standard_rate"));
}

TEST_CASE_FIXTURE(Fixture, "fields of a newer version are kept and exported again") {
  const auto text = edited([](nlohmann::json& json) { json["data"]["task"][0]["fields"]["mood"] = "good"; });
  const auto bundle = read(text);
  REQUIRE(bundle.has_value());
  CHECK(write_bundle(*bundle->project, {}).contains("\"mood\":\"good\""));
}

TEST_CASE_FIXTURE(Fixture, "fields of a newer version are joined one by one, in whatever order copies arrive") {
  const auto clock = [](std::uint64_t ahead) { return (FixedSurroundings{}.milliseconds() + ahead) << 16; };
  const auto stamp = [&](std::uint64_t ahead, std::uint64_t actor) { return stamp_to_text({clock(ahead), Id{7, actor}}); };
  const auto copy = [&](std::uint64_t mood_at, const char* mood, std::uint64_t colour_at, const char* colour) {
    return edited([&](nlohmann::json& json) {
      auto& task = json["data"]["task"][0];
      task["fields"]["mood"] = mood;
      task["fields"]["colour"] = colour;
      task["written"]["mood"] = stamp(mood_at, 1);
      task["written"]["colour"] = stamp(colour_at, 2);
      json["seen"][Id{7, 1}.text()] = clock_to_text(clock(mood_at));
      json["seen"][Id{7, 2}.text()] = clock_to_text(clock(colour_at));
    });
  };
  const auto texts = {copy(2'000, "good", 3'000, "red"), copy(4'000, "bad", 1'000, "blue")};
  const auto joined = [&](const std::string& first, const std::string& second) {
    const auto mine = read(first), theirs = read(second);
    REQUIRE(merge(*mine->project, *theirs->project, "transaction.import"_key).has_value());
    CHECK(plan_merge(*mine->project, *theirs->project).nothing_new());
    return *parse_json(write_bundle(*mine->project, {}));
  };
  const auto one = joined(*texts.begin(), *(texts.begin() + 1)), other = joined(*(texts.begin() + 1), *texts.begin());
  CHECK(one["data"] == other["data"]);
  const auto& task = one["data"]["task"][0];
  CHECK(task["fields"]["mood"] == "bad");
  CHECK(task["fields"]["colour"] == "red");
  CHECK(task["written"]["mood"] == stamp(4'000, 1));
  CHECK(task["written"]["colour"] == stamp(3'000, 2));
}

TEST_CASE_FIXTURE(Fixture, "members of a record and conflicts that only a newer version knows are kept through a merge, and mailed on") {
  const auto text = edited([](nlohmann::json& json) {
    auto& task = json["data"]["task"][0];
    task["shape"] = {{"of", "a newer version"}};
    const auto id = task["id"].get<std::string>();
    const auto stamp = [](std::uint64_t at) { return stamp_to_text({(FixedSurroundings{}.milliseconds() + at) << 16, Id{7, 1}}); };
    json["conflicts"] = {{{"register", "task"}, {"record", id}, {"field", "mood"}, {"winner", stamp(2)}, {"loser", stamp(1)}, {"winning", "good"}, {"losing", "bad"}},
                         {{"register", "weather_log"}, {"record", id}, {"field", "sky"}, {"winner", stamp(2)}, {"loser", stamp(1)}, {"winning", 7}, {"losing", 8}}};
  });
  const auto bundle = read(text);
  REQUIRE(bundle.has_value());
  REQUIRE(merge(project, *bundle->project, "transaction.import"_key).has_value());
  const auto again = *parse_json(write_bundle(project, {})), was = *parse_json(text);
  CHECK(again["data"] == was["data"]);
  CHECK(again["conflicts"] == was["conflicts"]);
  CHECK(plan_merge(project, *bundle->project).nothing_new());
  CHECK(std::ranges::none_of(project.conflicts(), [&](const Conflict& conflict) { return project.open(conflict); }));
}

TEST_CASE_FIXTURE(Fixture, "an edit of a newer version's field beats a deletion that did not know it, and only that") {
  const auto text = edited([&](nlohmann::json& json) {
    json["data"]["task"][0]["fields"]["mood"] = "good";
    json["data"]["task"][0]["written"]["mood"] = stamp_to_text({(surroundings.milliseconds() + 9'000) << 16, Id{7, 1}});
  });
  const auto edited_copy = read(text);
  const auto id = edited_copy->project->all<Task>().at(0).id;
  const auto deleted_in = [&](Project& copy) {
    Transaction change(copy, "transaction.test"_key);
    change.erase(copy.all<Task>().at(0));
    REQUIRE(change.commit().has_value());
  };
  const auto knowing = read(text);  // has the edit, deletes: the task stays deleted, on every copy
  deleted_in(*knowing->project);
  const auto travelled = read(write_bundle(*knowing->project, {}));
  CHECK(travelled->project->all<Task>().size() == 0);
  deleted_in(project);  // had not seen the edit: it wins
  REQUIRE(merge(project, *edited_copy->project, "transaction.import"_key).has_value());
  REQUIRE(project.all<Task>().size() == 1);
  CHECK(project.all<Task>().at(0).id == id);
  REQUIRE(merge(project, *travelled->project, "transaction.import"_key).has_value());
  CHECK(project.all<Task>().size() == 0);
}

TEST_CASE_FIXTURE(Fixture, "hostile and damaged bundles are refused with what and where") {
  const auto text = write_bundle(project, {});
  const auto message = [&](const std::string& hostile) { return read(hostile).error().message; };
  for (std::size_t cut = 1; cut < text.size(); cut += text.size() / 50)
    CHECK(message(text.substr(0, cut)) == "error.json.truncated"_key);
  CHECK(message("<Project/>") == "error.json.syntax"_key);
  CHECK(message("") == "error.json.truncated"_key);
  CHECK(message("{\"a\":1}") == "error.bundle.not_a_bundle"_key);
  CHECK(message("[]") == "error.bundle.not_a_bundle"_key);
  CHECK(message("{\"a\":1,\"a\":2}") == "error.json.duplicate"_key);
  CHECK(message("{\"a\":1.5}") == "error.json.number"_key);
  CHECK(message("{\"a\":1e400}") == "error.json.syntax"_key);
  CHECK(message("{\"a\":99999999999999999999}") == "error.json.number"_key);
  CHECK(message("{\"a\":NaN}") == "error.json.syntax"_key);
  CHECK(message("{\"a\":\"\\ud800\"}") == "error.json.syntax"_key);
  CHECK(message(std::string(100'000, '[')) == "error.json.depth"_key);
  const auto edit = [&](auto change) { return read(edited(change)).error(); };
  CHECK(read(edited([](auto& j) { j["project"]["name"] = "x"; }, false)).error().message == "error.bundle.changed"_key);
  CHECK(edit([](auto& j) { j["version"]["major"] = 2; }).message == "error.bundle.newer"_key);
  CHECK(edit([](auto& j) { j["must_understand"] = {"x"}; }).message == "error.bundle.must_understand"_key);
  CHECK(edit([](auto& j) { j["data"]["task"][0]["id"] = "x"; }).message == "error.bundle.id"_key);
  CHECK(edit([](auto& j) { j["data"]["task"][1]["id"] = j["data"]["task"][0]["id"]; }).message == "error.bundle.repeated_id"_key);
  CHECK(edit([](auto& j) { j["data"]["task"][0]["created"] = "0"; }).message == "error.bundle.stamp"_key);
  CHECK(edit([](auto& j) { j["data"]["task"][0]["written"]["mood"] = "0"; }).message == "error.bundle.stamp"_key);
  CHECK(edit([](auto& j) { j["data"]["task"] = 7; }).message == "error.bundle.shape"_key);
  CHECK(edit([](auto& j) { j["data"].erase("project_settings"); }).message == "error.bundle.no_project"_key);
  const auto range = edit([](auto& j) { j["data"]["task"][0]["fields"]["percent_complete"] = 2000; });
  CHECK(range.message == "error.field.range"_key);
  CHECK(range.place == "data.task[0].fields.percent_complete");
  CHECK(edit([](auto& j) { j["data"]["task"][0]["fields"]["deadline"] = "2024-02-30T08:00"; }).message == "error.field.shape"_key);
  CHECK(edit([](auto& j) { j["history"] = 3; }).message == "error.bundle.shape"_key);
  CHECK(edit([](auto& j) { j["history"][1] = 3; }).place == "history[1]");
  CHECK(edit([](auto& j) { j["seen"] = 3; }).message == "error.bundle.shape"_key);
}
