#include "storage/project_store.h"

#include <doctest/doctest.h>

#include "app/model/list_registers.h"
#include "app/model/merge.h"
#include "app/model/records/common.h"
#include "app/model/records/document.h"
#include "app/model/records/project_settings.h"
#include "app/model/records/risk.h"
#include "app/model/records/unknown_record.h"
#include "app/model/transaction.h"
#include "app/words/words.h"
#include "storage/bundle/bundle.h"

using namespace pmo;
using namespace pmo::storage;

namespace {

struct OldTask : Record {
  std::string name;
};

// Every opening is another session, with other random numbers.
std::uint64_t session = 0;

struct Opened {
  explicit Opened(Database& database, const Schema& schema = product_schema(), Id actor = {1, 1})
      : project(schema, actor, surroundings) {
    auto opened = ProjectStore::open(database, project);
    REQUIRE_MESSAGE(opened.has_value(), opened.error().message.name);
    store = std::move(*opened);
  }
  FixedSurroundings surroundings{++session};
  Project project;
  std::unique_ptr<ProjectStore> store;
};

void fill(Project& project) {
  Transaction change(project, "transaction.test"_key, {"a", "b"});
  change.create<ProjectSettings>([](ProjectSettings& p) { p.name = "地铁车站"; });
  const auto& person = change.create<Person>([](Person& p) { p.name = "王芳"; });
  const auto& task = change.create<Task>([](Task& t) {
    t.name = "土方开挖 excavation";
    t.notes = "第一阶段的主要风险";
    t.deadline = Minute::parse("2024-03-01T17:00");
  });
  change.create<Risk>([&](Risk& r) {
    r.title = "降水不足";
    r.owner = {person.id};
    r.tasks = {{task.id}};
  });
  REQUIRE(change.commit().has_value());
  Transaction edit(project, "transaction.test"_key);
  edit.set(task, &Task::percent_complete, Permille{300});
  edit.set(task, &Task::calendar, Ref<Calendar>{});
  REQUIRE(edit.commit().has_value());
}

}  // namespace

template <>
struct pmo::Describe<OldTask> {
  static RegisterInfo make() {
    RegisterInfo info = Describer<OldTask>("T", Desk::manager).field("name", &OldTask::name, {.title = true});
    info.name = "task";  // the register as an early version knew it
    return info;
  }
};

TEST_CASE("a project is read back from its database with history, undo and seen clocks") {
  auto database = Database::open(":memory:");
  REQUIRE(database.has_value());
  std::string revision;
  VersionVector seen;
  {
    Opened first(*database);
    fill(first.project);
    revision = revision_of(first.project);
    seen = first.project.seen();
  }
  Opened again(*database);
  CHECK(revision_of(again.project) == revision);
  CHECK(again.project.seen() == seen);
  REQUIRE(again.project.undo_steps().size() == 2);
  CHECK(again.project.undo_steps()[0].arguments == std::vector<std::string>{"a", "b"});
  REQUIRE(again.project.undo().has_value());
  CHECK(again.project.all<Task>().at(0).percent_complete == Permille{0});

  Opened third(*database);
  CHECK(third.project.undo_steps().size() == 1);
  REQUIRE(third.project.redo().has_value());
  CHECK(third.project.all<Task>().at(0).percent_complete == Permille{300});
  const auto history = third.store->history(third.project.all<Task>().at(0).id, 100);
  REQUIRE(history.has_value());
  CHECK(history->size() == 4);  // created, edited, undone, redone
  CHECK((*history)[0].commit.origin == Origin::redo);
}

TEST_CASE("a field that a version added becomes a column when the project is opened") {
  auto database = Database::open(":memory:");
  const Schema old_schema{&register_of<OldTask>()};
  {
    Opened old(*database, old_schema);
    Transaction change(old.project, "transaction.test"_key);
    change.create<OldTask>([](OldTask& t) { t.name = "from before"; });
    REQUIRE(change.commit().has_value());
  }
  CHECK(ProjectStore::is_of_earlier_version(*database, product_schema()).value());
  Opened now(*database);
  CHECK_FALSE(ProjectStore::is_of_earlier_version(*database, product_schema()).value());
  REQUIRE(now.project.all<Task>().size() == 1);
  CHECK(now.project.all<Task>().at(0).name == "from before");
  CHECK(now.project.all<Task>().at(0).duration == WorkMinutes{480});
}

TEST_CASE("what a newer version wrote waits in an older installation's database, and is as it was after its update") {
  auto mine = Database::open(":memory:"), theirs = Database::open(":memory:");
  Opened newer(*mine);
  fill(newer.project);
  {
    Transaction change(newer.project, "transaction.test"_key);
    const auto& risk = change.create<Risk>([](Risk& r) { r.title = "gone"; });
    REQUIRE(change.commit().has_value());
    Transaction erase(newer.project, "transaction.test"_key);
    erase.erase(risk);
    REQUIRE(erase.commit().has_value());
  }
  const auto revision = revision_of(newer.project);
  // It knows less of tasks, and neither people nor risks.
  const Schema old_schema{&register_of<ProjectSettings>(), &register_of<OldTask>(), &register_of<UnknownRecord>()};
  {
    Opened older(*theirs, old_schema, Id{2, 2});
    auto bundle = read_bundle(write_bundle(newer.project, {.confidential = true}), old_schema, Id{2, 2}, older.surroundings);
    REQUIRE_MESSAGE(bundle.has_value(), describe(bundle.error(), Language::english));
    CHECK(bundle->warnings.size() == 2);
    copy_records(*bundle->project, older.project);
    REQUIRE(older.store->write_all().has_value());
  }
  {
    Opened older(*theirs, old_schema, Id{2, 2});
    REQUIRE(older.project.all<OldTask>().size() == 1);
    CHECK(older.project.all<UnknownRecord>().size() == 2);
    CHECK(revision_of(older.project) == revision);
  }
  for (int opening = 0; opening < 2; ++opening) {
    Opened updated(*theirs, product_schema(), Id{2, 2});
    CHECK(updated.project.all<UnknownRecord>().empty());
    const auto& task = updated.project.all<Task>().at(0);
    CHECK(task.unknown.empty());
    CHECK(task.percent_complete == Permille{300});
    CHECK(updated.project.all<Risk>().at(0).number == 1);
    CHECK(revision_of(updated.project) == revision);
  }
}

TEST_CASE("an older version edits in a newer one's database, hands on what it does not know, and takes nothing away") {
  auto database = Database::open(":memory:"), elsewhere = Database::open(":memory:");
  const Schema old_schema{&register_of<ProjectSettings>(), &register_of<OldTask>(), &register_of<UnknownRecord>()};
  Opened other(*elsewhere, product_schema(), Id{3, 3});
  FieldStamps written;
  std::optional<Minute> deadline;
  const auto& progress = field_of<Task>(&Task::percent_complete);
  {
    Opened newer(*database);
    fill(newer.project);
    copy_records(newer.project, other.project);
    written = newer.project.all<Task>().at(0).written;
    deadline = newer.project.all<Task>().at(0).deadline;
    REQUIRE(written.find(progress.index));
  }
  const auto rename = [](Opened& older, const char* name) {
    Transaction change(older.project, "transaction.test"_key);
    change.set(older.project.all<OldTask>().at(0), &OldTask::name, std::string(name));
    REQUIRE(change.commit().has_value());
  };
  {
    Opened older(*database, old_schema, Id{2, 2});
    const auto& unknown = older.project.all<OldTask>().at(0).unknown;
    REQUIRE(unknown.contains("percent_complete"));
    CHECK(unknown.at("percent_complete").value == "300");
    CHECK(unknown.at("percent_complete").stamp == *written.find(progress.index));
    CHECK(unknown.at("deadline").value == "\"2024-03-01T17:00\"");
    rename(older, "one");
    rename(older, "two");
  }
  const auto with = [&](auto&& look) {
    Opened updated(*database);
    REQUIRE(updated.project.all<Task>().size() == 1);
    look(updated.project.all<Task>().at(0));
  };
  with([&](const Task& task) {
    CHECK(task.name == "two");
    CHECK(task.percent_complete == Permille{300});
    CHECK(task.deadline == deadline);
    CHECK(*task.written.find(progress.index) == *written.find(progress.index));
    CHECK(task.unknown.empty());
  });
  {
    Transaction later(other.project, "transaction.test"_key);
    later.set(other.project.all<Task>().at(0), &Task::percent_complete, Permille{700});
    later.set(other.project.all<Risk>().at(0), &Risk::title, std::string("Later steel"));
    REQUIRE(later.commit().has_value());
    Opened older(*database, old_schema, Id{2, 2});
    auto bundle = read_bundle(write_bundle(other.project, {.confidential = true}), old_schema, Id{2, 2}, older.surroundings);
    REQUIRE(bundle.has_value());
    REQUIRE(merge(older.project, *bundle->project, "transaction.import"_key, {"x"}).has_value());
  }
  {
    Opened older(*database, old_schema, Id{2, 2});
    CHECK(older.project.all<OldTask>().at(0).unknown.at("percent_complete").value == "700");
  }
  for (int opening = 0; opening < 2; ++opening) {
    with([&](const Task& task) {
      CHECK(task.percent_complete == Permille{700});
      CHECK(task.deadline == deadline);
    });
    Opened updated(*database);
    CHECK(updated.project.all<UnknownRecord>().empty());
    REQUIRE(updated.project.all<Risk>().size() == 1);  // its table had it, and the mail brought it again
    CHECK(updated.project.all<Risk>().at(0).title == "Later steel");
  }
}

TEST_CASE("a write that this version does not understand is in the history, through reopening and when mailed on") {
  auto mine = Database::open(":memory:"), theirs = Database::open(":memory:");
  const Schema old_schema{&register_of<ProjectSettings>(), &register_of<OldTask>(), &register_of<UnknownRecord>()};
  Opened newer(*mine);
  fill(newer.project);
  // Without its history: what the merge itself notes is at stake.
  const auto mail_to = [](Opened& from, Opened& to) {
    auto bundle = read_bundle(write_bundle(from.project, {.confidential = true, .history = false}), to.project.schema(), Id{9, 9}, to.surroundings);
    REQUIRE_MESSAGE(bundle.has_value(), describe(bundle.error(), Language::english));
    const auto merged = merge(to.project, *bundle->project, "transaction.import"_key, {"x"});
    REQUIRE(merged.has_value());
    return *merged;
  };
  const auto find_change = [](const std::vector<Commit>& commits, std::string_view field, const std::string& after) {
    for (const auto& commit : commits)
      for (const auto& change : commit.changes)
        if (change.unknown_field == field && change.after == Value(after)) return std::optional(change);
    return std::optional<Change>{};
  };
  Id risk;
  {
    Opened older(*theirs, old_schema, Id{2, 2});
    mail_to(newer, older);
    Transaction edit(newer.project, "transaction.test"_key);
    edit.set(newer.project.all<Task>().at(0), &Task::percent_complete, Permille{700});
    edit.set(newer.project.all<Risk>().at(0), &Risk::title, std::string("Later steel"));
    risk = newer.project.all<Risk>().at(0).id;
    REQUIRE(edit.commit().has_value());
    const auto merged = mail_to(newer, older);
    const auto progress = find_change({merged}, "percent_complete", "700");
    REQUIRE(progress);
    CHECK(progress->action == Action::write);
    CHECK(progress->before == Value(std::string("300")));
    const auto title = find_change({merged}, "title", "\"Later steel\"");
    REQUIRE(title);
    CHECK(title->unknown_register == "risk");
    CHECK(mail_to(newer, older).changes.empty());  // once
    REQUIRE(older.project.undo().has_value());     // what is not understood is given back like all else
    CHECK(older.project.all<OldTask>().at(0).unknown.at("percent_complete").value == "300");
    REQUIRE(older.project.redo().has_value());
    CHECK(older.project.all<OldTask>().at(0).unknown.at("percent_complete").value == "700");
  }
  Opened older(*theirs, old_schema, Id{2, 2});
  const auto kept = older.project.journal().since({});
  REQUIRE(kept.has_value());
  REQUIRE(find_change(*kept, "percent_complete", "700"));
  REQUIRE(find_change(*kept, "title", "\"Later steel\""));
  CHECK(older.store->history(risk, 100)->size() == 4);  // came, was renamed, that was taken back, and done again

  auto onward = Database::open(":memory:");
  Opened third(*onward, product_schema(), Id{3, 3});
  auto bundle = read_bundle(write_bundle(older.project, {.confidential = true}), product_schema(), Id{3, 3}, third.surroundings);
  REQUIRE(bundle.has_value());
  REQUIRE(merge(third.project, *bundle->project, "transaction.import"_key, {"x"}).has_value());
  const auto history = third.store->history(risk, 100);
  REQUIRE(history.has_value());
  const auto renamed = std::ranges::find(*history, &field_of<Risk>(&Risk::title), [](const auto& row) { return row.change.field; });
  REQUIRE(renamed != history->end());
  CHECK(renamed->change.after == Value(std::string("Later steel")));
}

TEST_CASE("of two writes that this version does not understand the loser is in its history too") {
  auto first = Database::open(":memory:"), second = Database::open(":memory:"), third = Database::open(":memory:");
  const Schema old_schema{&register_of<ProjectSettings>(), &register_of<OldTask>(), &register_of<UnknownRecord>()};
  Opened winner(*first), loser(*second, product_schema(), Id{3, 3}), older(*third, old_schema, Id{2, 2});
  fill(winner.project);
  copy_records(winner.project, loser.project);
  const auto set = [](Opened& at, std::int32_t permille) {
    Transaction edit(at.project, "transaction.test"_key);
    edit.set(at.project.all<Task>().at(0), &Task::percent_complete, Permille{permille});
    REQUIRE(edit.commit().has_value());
  };
  set(loser, 400);
  set(winner, 450);
  set(winner, 500);  // the later clock
  const auto take = [&](Opened& from) {
    auto bundle = read_bundle(write_bundle(from.project, {.confidential = true, .history = false}), old_schema, Id{9, 9}, older.surroundings);
    REQUIRE(bundle.has_value());
    auto merged = merge(older.project, *bundle->project, "transaction.import"_key, {"x"});
    REQUIRE(merged.has_value());
    return merged->changes;
  };
  take(winner);
  const auto changes = take(loser);
  const auto lost = std::ranges::find(changes, "percent_complete", &Change::unknown_field);
  REQUIRE(lost != changes.end());
  CHECK(lost->action == Action::superseded);
  CHECK(lost->after == Value(std::string("400")));
  CHECK(older.project.all<OldTask>().at(0).unknown.at("percent_complete").value == "500");
}

TEST_CASE("an import is undone after reopening, without a trace in what is stored, and comes again with the same mail") {
  auto there = Database::open(":memory:"), here = Database::open(":memory:");
  Opened anna(*there);
  fill(anna.project);
  const auto mail = [&](Opened& to) {
    auto bundle = read_bundle(write_bundle(anna.project, {.confidential = true}), product_schema(), Id{9, 9}, to.surroundings);
    REQUIRE(bundle.has_value());
    return std::move(bundle->project);
  };
  std::string before;
  VersionVector seen;
  Id added;
  {
    Opened bo(*here, product_schema(), Id{2, 2});
    REQUIRE(merge(bo.project, *mail(bo), "transaction.import"_key, {"first"}).has_value());
    before = revision_of(bo.project);
    seen = bo.project.seen();
    Transaction edit(anna.project, "transaction.test"_key);
    edit.set(anna.project.all<Task>().at(0), &Task::name, "Deep excavation");
    edit.erase(anna.project.all<Risk>().at(0));
    added = edit.create<Task>([](Task& t) { t.name = "Backfill"; }).id;
    REQUIRE(edit.commit().has_value());
    REQUIRE(merge(bo.project, *mail(bo), "transaction.import"_key, {"second"}).has_value());
  }
  {
    Opened bo(*here, product_schema(), Id{2, 2});
    CHECK(bo.project.all<Risk>().empty());
    REQUIRE(bo.project.undo_steps().size() == 2);
    REQUIRE(bo.project.undo().has_value());
    CHECK(revision_of(bo.project) == before);
    REQUIRE(bo.project.redo().has_value());
    CHECK(revision_of(bo.project) == revision_of(anna.project));
    REQUIRE(bo.project.undo().has_value());
  }
  Opened bo(*here, product_schema(), Id{2, 2});
  CHECK(revision_of(bo.project) == before);
  CHECK_FALSE(bo.project.table(register_of<Task>()).find_any(added));
  CHECK(bo.store->search("Backfill")->empty());
  CHECK(bo.store->search("降水不足")->size() == 1);
  CHECK_FALSE(bo.project.seen().covers(anna.project.table(register_of<Task>()).find(added)->created));
  for (const auto& [actor, clock] : seen.clocks()) CHECK(bo.project.seen().covers({clock, actor}));
  CHECK(bo.project.undo_steps().size() == 1);
  CHECK(bo.project.redo_steps().empty());  // not across a reopening: the mail is there to be imported again
  REQUIRE(merge(bo.project, *mail(bo), "transaction.import"_key, {"second"}).has_value());
  CHECK(revision_of(bo.project) == revision_of(anna.project));
  CHECK(bo.store->search("Backfill")->size() == 1);
}

TEST_CASE("a commit that the database refuses is taken back") {
  auto database = Database::open(":memory:");
  Opened opened(*database);
  fill(opened.project);
  const auto revision = revision_of(opened.project);
  REQUIRE(database->execute("PRAGMA query_only = 1").has_value());
  Transaction change(opened.project, "transaction.test"_key);
  change.set(opened.project.all<Task>().at(0), &Task::name, "Lost");
  CHECK(change.commit().error().message == "error.database.read_only"_key);
  CHECK(revision_of(opened.project) == revision);
  CHECK(opened.project.undo_steps().size() == 2);
}

TEST_CASE("search finds Chinese of two and more characters, words, and nothing that was deleted") {
  auto database = Database::open(":memory:");
  Opened opened(*database);
  fill(opened.project);
  const auto found = [&](std::string_view words) {
    const auto hits = opened.store->search(words);
    REQUIRE(hits.has_value());
    return hits->size();
  };
  CHECK(found("土方开挖") == 1);
  CHECK(found("土方") == 1);
  CHECK(found("风险") == 1);
  CHECK(found("主要风险") == 1);
  CHECK(found("CAVAT") == 1);
  CHECK(found("土方 excav") == 1);
  CHECK(found("100%") == 0);
  CHECK(found("\"quoted\" OR *") == 0);
  CHECK(found("") == 0);
  Transaction change(opened.project, "transaction.test"_key);
  change.erase(opened.project.all<Task>().at(0));
  REQUIRE(change.commit().has_value());
  CHECK(found("土方开挖") == 0);
}

TEST_CASE("a project that came from a bundle is written whole") {
  auto source = Database::open(":memory:"), target = Database::open(":memory:");
  Opened first(*source);
  fill(first.project);
  {
    Opened copy(*target, product_schema(), Id{2, 2});
    copy_records(first.project, copy.project);
    REQUIRE(copy.store->write_all().has_value());
  }
  Opened again(*target, product_schema(), Id{2, 2});
  CHECK(revision_of(again.project) == revision_of(first.project));
  CHECK(again.project.seen() == first.project.seen());
}

TEST_CASE("what the holder of a part lacks is known after the next start, until a whole copy has come") {
  auto there = Database::open(":memory:"), here = Database::open(":memory:");
  Opened whole(*there);
  fill(whole.project);
  const auto task = whole.project.all<Task>().at(0).id;
  const auto part = read_bundle(write_bundle(whole.project, {.only = std::set<Id>{project_id(whole.project), task}}),
                                product_schema(), Id{2, 2}, whole.surroundings);
  REQUIRE(part.has_value());
  {
    Opened holder(*here, product_schema(), Id{2, 2});
    REQUIRE(merge(holder.project, *part->project, "transaction.import"_key, {"x"}).has_value());
  }
  {
    Opened again(*here, product_schema(), Id{2, 2});
    CHECK(again.project.lacking() == part->project->lacking());
    CHECK_FALSE(again.project.lacking().empty());
    REQUIRE(merge(again.project, whole.project, "transaction.import"_key, {"x"}).has_value());
  }
  CHECK(Opened(*here, product_schema(), Id{2, 2}).project.lacking().empty());
}

TEST_CASE("an old change log is forgotten: records stay, younger steps can still be undone") {
  auto database = Database::open(":memory:");
  REQUIRE(database.has_value());
  Opened opened(*database);
  fill(opened.project);
  const auto revision = revision_of(opened.project);
  const auto now = opened.surroundings.milliseconds();
  CHECK(opened.store->compact(0).value() == 0);
  CHECK(opened.store->compact(now + 1000).value() == 2);
  CHECK(revision_of(opened.project) == revision);
  CHECK(opened.project.undo_steps().empty());
  CHECK(opened.store->since({})->empty());

  Transaction edit(opened.project, "transaction.test"_key);
  edit.create<Person>([](Person& p) { p.name = "李强"; });
  REQUIRE(edit.commit().has_value());
  Opened again(*database);
  CHECK(again.project.all<Person>().size() == 2);
  REQUIRE(again.project.undo_steps().size() == 1);
  REQUIRE(again.project.undo().has_value());
  CHECK(revision_of(again.project) != revision);  // a deleted record is part of the content
  CHECK(again.project.all<Person>().size() == 1);
}

TEST_CASE("what was forgotten stays forgotten when less is to be forgotten later, and is not taken for edits of somebody else") {
  auto mine = Database::open(":memory:"), theirs = Database::open(":memory:");
  REQUIRE((mine.has_value() && theirs.has_value()));
  Opened anna(*mine);
  fill(anna.project);
  Opened bo(*theirs, product_schema(), Id{2, 2});
  copy_records(anna.project, bo.project);
  REQUIRE(bo.store->write_all(anna.project.journal().since({}).value()).has_value());
  REQUIRE(anna.store->compact(anna.surroundings.milliseconds() + 1000).value() == 2);
  CHECK(anna.store->compact(0).value() == 0);
  CHECK(plan_merge(anna.project, bo.project).commits == 0);
  CHECK_FALSE(edited_under_my_name(anna.project, bo.project));
}

TEST_CASE("a database gives its image as a file, and tells when it is damaged") {
  auto database = Database::open(":memory:");
  REQUIRE(database.has_value());
  Opened opened(*database);
  fill(opened.project);
  CHECK(database->check().has_value());
  const auto image = database->image();
  REQUIRE(image.has_value());
  CHECK(image->starts_with("SQLite format 3"));
  CHECK(image->contains("地铁车站"));
  REQUIRE(database->execute("PRAGMA writable_schema = 1; UPDATE sqlite_schema SET rootpage = 3 WHERE name = 'risk';").has_value());
  CHECK(database->execute("PRAGMA writable_schema = RESET").has_value());
  const auto checked = database->check();
  REQUIRE_FALSE(checked);
  CHECK(checked.error().message == "error.database.damaged"_key);
}

TEST_CASE("what an attached file says is kept without being an edit: the search finds it, and a deletion elsewhere still stands") {
  auto database = Database::open(":memory:").value();
  Opened mine(database);
  Id file;
  {
    Transaction change(mine.project, "transaction.test"_key);
    const auto& task = change.create<Task>([](Task& t) { t.name = "Survey"; });
    file = change.create<Attachment>([&](Attachment& a) { a.record = {task.id}, a.file_name = "soil.docx", a.sha256 = std::string(64, 'a'); }).id;
    REQUIRE(change.commit().has_value());
  }
  FixedSurroundings elsewhere{99};
  Project theirs(product_schema(), Id{2, 2}, elsewhere);
  copy_records(mine.project, theirs);
  {
    Transaction change(theirs, "transaction.test"_key);
    change.erase(theirs.all<Attachment>().at(0));
    REQUIRE(change.commit().has_value());
  }
  REQUIRE(mine.store->keep_texts({{file, "Groundwater rises"}}).has_value());
  CHECK(mine.store->search("Groundwater")->size() == 1);
  REQUIRE(mine.store->keep_texts({{file, "Another text"}, {Id{7, 7}, "of nobody"}}).has_value());
  CHECK(mine.project.all<Attachment>().at(0).extracted_text == "Groundwater rises");
  REQUIRE(merge(mine.project, theirs, "transaction.test"_key).has_value());
  CHECK(mine.project.all<Attachment>().empty());
  CHECK(mine.project.conflicts().empty());
  CHECK(mine.store->search("Groundwater")->empty());
}
