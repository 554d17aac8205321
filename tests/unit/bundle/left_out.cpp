// What a mail leaves out does no harm, and comes with a later one: confidential values, history, records that were not taken.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "app/model/history.h"
#include "app/model/records/project_settings.h"
#include "app/model/records/resource.h"
#include "app/model/records/task.h"
#include "storage/bundle/bundle.h"
#include "storage/bundle/json_value.h"
#include "storage/digest.h"
#include "storage/project_store.h"

using namespace pmo;
using namespace pmo::storage;

namespace {

// A colleague's copy in a database of its own.
struct Colleague {
  explicit Colleague(std::uint64_t number) : name{number, number}, surroundings(number) { restart(); }

  void restart() {
    project = std::make_unique<Project>(product_schema(), name, surroundings);
    auto opened = ProjectStore::open(database, *project);
    REQUIRE(opened.has_value());
    store = std::move(*opened);
  }
  template <class Edit>
  void edit(Edit&& edit) {
    Transaction change(*project, "transaction.test"_key);
    edit(change);
    REQUIRE(change.commit().has_value());
  }
  void begin() {
    edit([](Transaction& change) {
      change.create<ProjectSettings>([](ProjectSettings& p) { p.name = "Bridge"; });
      change.create<Resource>([](Resource& r) { r.name = "Crew"; r.standard_rate = Money{18'000}; r.overtime_rate = Money{500}; });
    });
  }
  Id add_task(const std::string& called) {
    Id id;
    edit([&](Transaction& change) { id = change.create<Task>([&](Task& t) { t.name = called; }).id; });
    return id;
  }
  void rename(Id task, const std::string& called) {
    edit([&](Transaction& change) { change.set(*project->all<Task>().find(task), &Task::name, called); });
  }
  const Task& task(Id id) const { return *project->all<Task>().find(id); }
  const Resource& crew() const { return project->all<Resource>().at(0); }
  void set_rate(std::int64_t rate) {
    edit([&](Transaction& change) { change.set(crew(), &Resource::standard_rate, Money{rate}); });
  }
  Bundle mail(const ExportOptions& options) {
    auto read = read_bundle(write_bundle(*project, options), product_schema(), Id{99, 99}, surroundings);
    REQUIRE_MESSAGE(read.has_value(), read.error().message.name);
    return std::move(*read);
  }
  void take(const Bundle& bundle, const std::set<Id>& left_out = {}) {
    const auto merged = merge(*project, *bundle.project, "transaction.import"_key, {"x"}, left_out);
    REQUIRE_MESSAGE(merged.has_value(), merged.error().message.name);
  }
  void take_all_of(Colleague& other) { take(other.mail(whole)); }
  // How often the history tells of a name.
  std::size_t mentions(const std::string& text) const {
    std::size_t count = 0;
    for (const auto& commit : project->journal().since({}).value())
      for (const auto& change : commit.changes) count += change.after == Value(text);
    return count;
  }

  inline static const ExportOptions whole{.confidential = true}, open_values{}, bare{.confidential = true, .history = false};

  Id name;
  FixedSurroundings surroundings;
  Database database = std::move(*Database::open(":memory:"));
  std::unique_ptr<Project> project;
  std::unique_ptr<ProjectStore> store;
};

std::string signed_again(nlohmann::json json) {
  json.erase("integrity");
  json["integrity"] = {{"hash", sha256(canonical_text(json))}};
  return canonical_text(json);
}

}  // namespace

TEST_CASE("a mail without confidential values leaves those of its reader alone, and a later one with them brings them") {
  Colleague anna(1), bo(2), third(3);
  anna.begin();
  bo.take_all_of(anna);
  anna.set_rate(99'900);
  const auto text = write_bundle(*anna.project, Colleague::open_values);
  CHECK(parse_json(text)->at("must_understand") == nlohmann::json::array({"withheld"}));
  CHECK_FALSE(text.contains("99900"));
  bo.take(anna.mail(Colleague::open_values));
  CHECK(bo.crew().standard_rate == Money{18'000});
  bo.restart();
  third.take_all_of(bo);
  CHECK(third.crew().standard_rate == Money{18'000});
  for (int mail = 0; mail < 2; ++mail) {
    bo.take_all_of(anna);
    CHECK(bo.crew().standard_rate == Money{99'900});
    CHECK(revision_of(*bo.project) == revision_of(*anna.project));
    bo.restart();
  }
  CHECK(bo.project->conflicts().empty());
}

TEST_CASE("who never got the confidential values neither passes on their absence nor writes over them by undoing an import") {
  Colleague anna(1), bo(2), third(3);
  anna.begin();
  bo.take(anna.mail(Colleague::open_values));
  CHECK(bo.crew().standard_rate == Money{0});
  bo.edit([&](Transaction& change) { change.set(bo.crew(), &Resource::name, std::string("Crew two")); });
  bo.restart();
  third.take_all_of(bo);  // asked for with confidential values, which Bo does not have
  third.restart();
  anna.take_all_of(third);
  CHECK(anna.crew().name == "Crew two");
  CHECK(anna.crew().standard_rate == Money{18'000});
  CHECK(anna.crew().overtime_rate == Money{500});
  bo.take_all_of(anna);
  third.take_all_of(bo);
  for (auto* copy : {&bo, &third}) {
    copy->restart();
    CHECK(copy->crew().standard_rate == Money{18'000});
    CHECK(revision_of(*copy->project) == revision_of(*anna.project));
    CHECK(plan_merge(*copy->project, *anna.project).items.empty());
  }
  REQUIRE(bo.project->undo().has_value());
  anna.take_all_of(bo);
  CHECK(anna.crew().standard_rate == Money{18'000});

  bo.set_rate(7);  // a value of one's own is a write like any other
  anna.take_all_of(bo);
  CHECK(anna.crew().standard_rate == Money{7});
}

TEST_CASE("of confidential values that came with a refused import nothing stays") {
  Colleague anna(1), bo(2);
  anna.begin();
  bo.take(anna.mail(Colleague::open_values));
  const auto before = revision_of(*bo.project);
  REQUIRE(bo.database.execute("PRAGMA query_only = ON").has_value());
  CHECK_FALSE(merge(*bo.project, *anna.mail(Colleague::whole).project, "transaction.import"_key, {"x"}).has_value());
  CHECK(bo.crew().standard_rate == Money{});
  CHECK(bo.crew().overtime_rate == Money{});
  CHECK(revision_of(*bo.project) == before);
  REQUIRE(bo.database.execute("PRAGMA query_only = OFF").has_value());
  bo.take_all_of(anna);
  CHECK(bo.crew().standard_rate == Money{18'000});
}

TEST_CASE("a deletion by somebody who lacks the confidential values is one, and is passed on") {
  Colleague anna(1), bo(2);
  anna.begin();
  bo.take(anna.mail(Colleague::open_values));
  bo.edit([&](Transaction& change) { change.erase(bo.crew()); });
  bo.restart();
  CHECK(bo.project->all<Resource>().empty());
  anna.take_all_of(bo);
  CHECK(anna.project->all<Resource>().empty());
}

TEST_CASE("history and conflicts that came without confidential values get them, and stand once") {
  Colleague anna(1), bo(2), third(3);
  anna.begin();
  bo.take_all_of(anna);
  anna.set_rate(20'000);
  bo.set_rate(30'000);
  anna.take_all_of(bo);
  REQUIRE(anna.project->conflicts().size() == 1);
  third.take(anna.mail(Colleague::open_values));
  third.restart();
  REQUIRE(third.project->conflicts().size() == 1);
  CHECK(third.project->conflicts()[0].winning == Value{});
  const auto rates = [&] {
    std::set<std::int64_t> told;
    for (const auto& commit : third.project->journal().since({}).value())
      for (const auto& change : commit.changes)
        if (change.field == &field_of<Resource>(&Resource::standard_rate))
          if (const auto* rate = std::get_if<std::int64_t>(&change.after)) told.insert(*rate);
    return told;
  };
  CHECK(rates().empty());
  CHECK_FALSE(plan_merge(*third.project, *anna.project).nothing_new());
  third.take_all_of(anna);
  third.restart();
  CHECK(rates() == std::set<std::int64_t>{20'000, 30'000});
  REQUIRE(third.project->conflicts().size() == 1);
  CHECK(third.project->conflicts() == anna.project->conflicts());
  anna.take(third.mail(Colleague::open_values));  // blank ones do not come back
  CHECK(anna.project->conflicts() == third.project->conflicts());
  CHECK(parse_json(write_bundle(*third.project, Colleague::whole))->at("conflicts") == parse_json(write_bundle(*anna.project, Colleague::whole))->at("conflicts"));
}

TEST_CASE("going back in a history without confidential values leaves those alone") {
  Colleague anna(1), bo(2);
  anna.begin();
  anna.set_rate(20'000);
  bo.take(anna.mail(Colleague::open_values));
  bo.set_rate(7);
  const auto commits = bo.project->journal().since({}).value();
  bo.edit([&](Transaction& change) {
    change.set(bo.crew(), &Resource::name, std::string("Crew two"));
    const auto restored = restore_record(change, commits, register_of<Resource>(), bo.crew(), {~std::uint64_t{0}, {}});
    CHECK(restored.has_value());
  });
  CHECK(bo.crew().standard_rate == Money{7});
  CHECK(value_before(commits, bo.crew(), field_of<Resource>(&Resource::overtime_rate), {1, {}}) == Value(std::int64_t{0}));
}

TEST_CASE("a bundle of a version that left out values without a word zeroes nothing either") {
  Colleague anna(1), bo(2);
  anna.begin();
  bo.take_all_of(anna);
  anna.set_rate(99'900);
  auto json = *parse_json(write_bundle(*anna.project, Colleague::open_values));
  auto& crew = json["data"]["resource"][0];
  crew["written"] = {{"standard_rate", stamp_to_text(anna.crew().stamp_of(field_of<Resource>(&Resource::standard_rate).index))}};
  json["version"]["minor"] = 1;
  json["must_understand"] = nlohmann::json::array();
  const auto old = read_bundle(signed_again(json), product_schema(), Id{99, 99}, bo.surroundings);
  REQUIRE(old.has_value());
  bo.take(*old);
  CHECK(bo.crew().standard_rate == Money{18'000});
  bo.take_all_of(anna);
  CHECK(bo.crew().standard_rate == Money{99'900});
}

TEST_CASE("history comes later too: after a mail without it, and after a part of the project") {
  Colleague anna(1), bo(2), third(3);
  anna.begin();
  const auto task = anna.add_task("v1");
  anna.rename(task, "v2");
  anna.rename(task, "v3");
  bo.take(anna.mail(Colleague::bare));
  third.take(anna.mail({.confidential = true, .only = std::set<Id>{project_id(*anna.project), task}}));
  CHECK(bo.mentions("v2") == 0);
  CHECK(plan_merge(*bo.project, *anna.mail(Colleague::whole).project).commits == 4);
  for (auto* copy : {&bo, &third}) {
    copy->take_all_of(anna);
    copy->restart();
    CHECK(copy->mentions("v2") == 1);
    const auto commits = copy->project->journal().since({})->size();
    CHECK(commits == 4 + 2);  // two imports
    CHECK(plan_merge(*copy->project, *anna.mail(Colleague::whole).project).nothing_new());
    copy->take_all_of(anna);
    CHECK(copy->project->journal().since({})->size() == commits);
  }
  // What was forgotten on purpose does not come back.
  REQUIRE(bo.store->compact(anna.surroundings.milliseconds() + 1'000'000).has_value());
  bo.take_all_of(anna);
  CHECK(bo.mentions("v2") == 0);
}

TEST_CASE("what was left out of a merge is offered again, also after a restart and by a mail of changes") {
  Colleague anna(1), bo(2), third(3);
  anna.begin();
  const auto first = anna.add_task("first"), second = anna.add_task("second"), kept = anna.add_task("kept");
  bo.take_all_of(anna);
  bo.rename(kept, "by Bo");
  bo.rename(first, "first by Bo");
  bo.rename(second, "second by Bo");
  const auto added = bo.add_task("added by Bo");
  anna.take(bo.mail(Colleague::whole), {first, added});
  CHECK(anna.task(first).name == "first");
  CHECK(anna.task(second).name == "second by Bo");
  CHECK_FALSE(anna.project->all<Task>().find(added));
  anna.restart();
  CHECK_FALSE(anna.project->complete().covers(bo.project->seen()));
  CHECK(anna.project->seen().covers(bo.project->all<Task>().find(kept)->last_written()));
  // Whoever has it from Anna does not take themselves to have the rest either.
  third.take_all_of(anna);
  third.restart();
  CHECK_FALSE(third.project->complete().covers(bo.project->seen()));
  const auto plan = plan_merge(*anna.project, *bo.project);
  CHECK(plan.changed == 1);
  CHECK(plan.added == 1);

  const auto changes = bo.mail({.confidential = true, .since = anna.project->complete()});
  CHECK(anna.project->complete().covers(*changes.since));
  anna.take(changes);
  CHECK(anna.task(first).name == "first by Bo");
  CHECK(anna.project->all<Task>().find(added));
  CHECK(revision_of(*anna.project) == revision_of(*bo.project));
  anna.restart();
  CHECK(anna.project->complete().covers(bo.project->seen()));
}

TEST_CASE("an edit of what was left out is in conflict with it, and comes after a clock that runs ahead") {
  Colleague anna(1), bo(2);
  anna.begin();
  const auto first = anna.add_task("first"), second = anna.add_task("second");
  bo.take_all_of(anna);
  for (int i = 0; i < 100'000; ++i) bo.surroundings.milliseconds();  // Bo's clock is fast
  bo.rename(first, "first by Bo");
  bo.rename(second, "second by Bo");
  anna.take(bo.mail(Colleague::whole), {first});
  anna.rename(second, "corrected");
  CHECK(anna.task(second).last_written() > bo.task(second).last_written());
  anna.restart();
  anna.rename(first, "first by Anna");
  anna.rename(second, "corrected again");
  const auto plan = plan_merge(*anna.project, *bo.project);
  CHECK(plan.conflicts >= 1);
  anna.take_all_of(bo);
  CHECK(anna.task(second).name == "corrected again");
  CHECK(anna.task(first).name == "first by Anna");
  CHECK(anna.mentions("first by Bo") > 0);
  CHECK(std::ranges::any_of(anna.project->conflicts(), [&](const Conflict& conflict) { return conflict.record == first; }));
}

TEST_CASE("a part for one person holds no conflict of other records") {
  Colleague anna(1), bo(2);
  anna.begin();
  const auto theirs = anna.add_task("theirs"), other = anna.add_task("other");
  bo.take_all_of(anna);
  for (auto* copy : {&anna, &bo}) {
    copy->rename(other, "secret of " + copy->name.text());
    copy->rename(theirs, "name of " + copy->name.text());
  }
  anna.take_all_of(bo);
  REQUIRE(anna.project->conflicts().size() == 2);
  const auto text = write_bundle(*anna.project, {.confidential = true, .only = std::set<Id>{project_id(*anna.project), theirs}});
  CHECK_FALSE(text.contains("secret of"));
  CHECK(parse_json(text)->at("conflicts").size() == 1);
  // A copy that has seen both sides is not told again.
  const auto since = anna.project->seen();
  CHECK(parse_json(write_bundle(*anna.project, {.since = since}))->at("conflicts").empty());
  bo.take(anna.mail({.confidential = true, .since = bo.project->complete()}));
  CHECK(parse_json(write_bundle(*bo.project, Colleague::whole))->at("conflicts") == parse_json(write_bundle(*anna.project, Colleague::whole))->at("conflicts"));
}

TEST_CASE("identifiers of another register and second settings are refused, and nothing has changed") {
  Colleague anna(1), bo(2);
  anna.begin();
  const auto task = anna.add_task("Survey");
  bo.take_all_of(anna);
  const auto before = revision_of(*bo.project);
  const auto forged = [&](auto&& change) {
    auto json = *parse_json(write_bundle(*anna.project, Colleague::bare));
    change(json["data"]);
    return read_bundle(signed_again(json), product_schema(), Id{99, 99}, bo.surroundings);
  };
  const auto moved = forged([&](nlohmann::json& data) {
    auto record = data["task"][0];
    record["fields"] = {{"title", "Forged"}};
    data.erase("task");
    data["issue"] = nlohmann::json::array({record});
  });
  REQUIRE(moved.has_value());
  const auto refused = merge(*bo.project, *moved->project, "transaction.import"_key);
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().message == "error.merge.identifier"_key);
  CHECK(refused.error().place == task.text());
  const auto second = forged([](nlohmann::json& data) {
    auto other = data["project_settings"][0];
    other["id"] = Id{1, 1}.text();
    data["project_settings"].insert(data["project_settings"].begin(), other);
  });
  CHECK(second.error().message == "error.bundle.settings"_key);
  Colleague stranger(5);
  stranger.begin();
  CHECK(merge(*bo.project, *stranger.project, "transaction.import"_key).error().message == "error.merge.settings"_key);
  CHECK(revision_of(*bo.project) == before);
}

TEST_CASE("no merge deletes the settings, not even two forged files of which each leaves them alive") {
  Colleague anna(1), bo(2);
  anna.begin();
  bo.take_all_of(anna);
  const auto stamp = stamp_to_text({anna.project->clock() + 1, Id{7, 7}});
  const auto forged = [&](const char* written, const char* seen) {
    auto json = *parse_json(write_bundle(*anna.project, Colleague::bare));
    auto& settings = json["data"]["project_settings"][0];
    settings["written"] = {{written, stamp}};
    settings["deletion"] = {{"stamp", stamp}, {"seen", {{seen, stamp}}}};
    auto read = read_bundle(signed_again(json), product_schema(), Id{99, 99}, bo.surroundings);
    REQUIRE_MESSAGE(read.has_value(), read.error().message.name);
    return std::move(read->project);
  };
  REQUIRE(merge(*bo.project, *forged("name", "code"), "transaction.import"_key).has_value());
  const auto refused = merge(*bo.project, *forged("code", "name"), "transaction.import"_key);
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().message == "error.merge.settings_deleted"_key);
  CHECK(bo.project->all<ProjectSettings>().size() == 1);
}

TEST_CASE("stamps from a far future are refused wherever they stand, with both dates") {
  Colleague anna(1);
  anna.begin();
  const auto task = anna.add_task("Survey");
  anna.rename(task, "Measure");
  const auto good = *parse_json(write_bundle(*anna.project, Colleague::whole));
  const auto stamp = "ffffffffffffffff@" + anna.name.text();
  const auto next_century = stamp_to_text({static_cast<std::uint64_t>(4'102'444'800'000) << 16, anna.name});
  const auto in_a_month = stamp_to_text({(anna.surroundings.milliseconds() + 30ull * 86'400'000) << 16, anna.name});
  const auto with = [&](const char* at, const nlohmann::json& value) {
    auto json = good;
    json[nlohmann::json::json_pointer(at)] = value;
    return read_bundle(signed_again(json), product_schema(), Id{99, 99}, anna.surroundings);
  };
  for (const char* at : {"/data/task/0/created", "/data/task/0/written/name", "/history/0/stamp", "/history/1/changes/0/stamp"})
    for (const auto& far : {stamp, next_century}) {
      CAPTURE(at);
      const auto read = with(at, far);
      REQUIRE_FALSE(read.has_value());
      CHECK(read.error().message == "error.bundle.future"_key);
      CHECK_FALSE(read.error().place.empty());
      CHECK(with(at, in_a_month).has_value());
    }
  for (const char* vector : {"/seen", "/since", "/lacking"})
    CHECK(with(vector, {{anna.name.text(), "ffffffffffffffff"}}).error().message == "error.bundle.future"_key);
  CHECK(with("/data/task/0/deletion", {{"stamp", in_a_month}, {"seen", {{"name", stamp}}}}).error().message == "error.bundle.future"_key);
  CHECK(with("/data/task/0/written/name", next_century).error().arguments == std::vector<std::string>{"2100-01-01", "2024-01-01"});
  const auto ahead = plan_merge(*anna.project, *with("/data/task/0/written/name", in_a_month)->project);
  CHECK(ahead.clock_deserves_warning());
}

namespace {

// Copies that mail each other in every way, in and out of order, with clocks that run ahead, and restarts.
struct MailRound {
  explicit MailRound(std::uint64_t seed) : dice(seed) {
    for (std::uint64_t number = 1; number <= 3 + roll(2); ++number) copies.push_back(std::make_unique<Colleague>(number));
    copies[0]->begin();
    for (auto& copy : copies)
      if (copy != copies[0]) copy->take_all_of(*copies[0]);
    rates = {18'000};
  }

  std::uint64_t roll(std::uint64_t sides) { return dice.random() % sides; }

  std::set<Id> some_tasks(const Project& project) {
    std::set<Id> some;
    for (const auto& task : project.all<Task>())
      if (roll(3) == 0) some.insert(task.id);
    return some;
  }

  ExportOptions way_of_mailing(Colleague& from) {
    ExportOptions options{.confidential = roll(2) == 0, .history = roll(3) > 0};
    if (roll(4) == 0) options.since = copies[roll(copies.size())]->project->complete();
    if (roll(4) == 0) {
      options.only = some_tasks(*from.project);
      options.only->insert(project_id(*from.project));
    }
    return options;
  }

  void step(int number) {
    auto& copy = *copies[roll(copies.size())];
    for (auto ahead = roll(3) ? 0 : roll(400); ahead > 0; --ahead) copy.surroundings.milliseconds();
    const auto* task = tasks.empty() ? nullptr : copy.project->all<Task>().find(tasks[roll(tasks.size())]);
    const auto text = "v" + std::to_string(number);
    switch (roll(8)) {
      case 0: tasks.push_back(copy.add_task(text)); names.insert(text); break;
      case 1: case 2: if (task) { copy.rename(task->id, text); names.insert(text); } break;
      case 3: if (task && roll(3) == 0) copy.edit([&](Transaction& change) { change.erase(*task); }); break;
      case 4: copy.set_rate(20'000 + number); rates.insert(20'000 + number); break;
      case 5: mails.push_back(copy.mail(way_of_mailing(copy))); break;
      case 6: if (!mails.empty()) take(copy, mails[roll(mails.size())]); break;
      case 7: if (roll(3) == 0) copy.restart(); break;
    }
  }

  void take(Colleague& copy, const Bundle& mail) {
    if (mail.since && !copy.project->complete().covers(*mail.since)) return;
    copy.take(mail, roll(4) ? std::set<Id>{} : some_tasks(*mail.project));
  }

  void everybody_mails_everything() {
    for (int round = 0; round < 3; ++round)
      for (auto& to : copies)
        for (auto& from : copies)
          if (to != from) to->take_all_of(*from);
    for (auto& copy : copies) copy->restart();
  }

  FixedSurroundings dice;
  std::vector<std::unique_ptr<Colleague>> copies;
  std::vector<Bundle> mails;
  std::vector<Id> tasks;
  std::set<std::string> names;
  std::set<std::int64_t> rates;
};

}  // namespace

TEST_CASE("random mails of every kind, through databases and with records left out, end in equal copies that lost nothing") {
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    CAPTURE(seed);
    MailRound round(seed);
    for (int number = 0; number < 60; ++number) round.step(number);
    round.everybody_mails_everything();
    const auto first = *parse_json(write_bundle(*round.copies[0]->project, Colleague::whole));
    for (const auto& copy : round.copies) {
      const auto json = *parse_json(write_bundle(*copy->project, Colleague::whole));
      REQUIRE(json["data"] == first["data"]);
      REQUIRE(json["conflicts"] == first["conflicts"]);
      CHECK(json["must_understand"].empty());
      CHECK(copy->project->lacking().empty());
      CHECK(plan_merge(*copy->project, *round.copies[0]->project).nothing_new());
      std::set<std::string> names;
      std::set<std::int64_t> rates{copy->crew().standard_rate.value};
      for (const auto& task : copy->project->all<Task>()) names.insert(task.name);
      for (const auto* task : copy->project->all<Task>().deleted()) names.insert(static_cast<const Task*>(task)->name);
      for (const auto& commit : copy->project->journal().since({}).value())
        for (const auto& change : commit.changes)
          for (const auto* value : {&change.before, &change.after}) {
            if (const auto* text = std::get_if<std::string>(value)) names.insert(*text);
            if (const auto* rate = std::get_if<std::int64_t>(value)) rates.insert(*rate);
          }
      for (const auto& name : round.names) REQUIRE_MESSAGE(names.contains(name), name);
      for (const auto rate : round.rates) REQUIRE_MESSAGE(rates.contains(rate), rate);
    }
  }
}
