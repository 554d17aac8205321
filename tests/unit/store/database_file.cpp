// Database files that come from outside: those of ours are read like the project they were, all others refused with a reason
// of their own, and nothing in them runs.
#include "storage/database_file.h"

#include <doctest/doctest.h>

#include "app/model/merge.h"
#include "app/model/records/common.h"
#include "app/model/records/project_settings.h"
#include "app/model/records/risk.h"
#include "app/model/transaction.h"
#include "storage/bundle/bundle.h"
#include "storage/bundle/zip.h"
#include "storage/digest.h"
#include "storage/open_file.h"
#include "storage/project_store.h"

using namespace pmo;
using namespace pmo::storage;

namespace {

// A stored project, and its database as a file.
struct Stored {
  FixedSurroundings surroundings;
  Project project{product_schema(), Id{1, 1}, surroundings};
  Result<Database> database = Database::open(":memory:");
  std::unique_ptr<ProjectStore> store = std::move(*ProjectStore::open(*database, project));
  Id risk;

  Stored() {
    Transaction change(project, "transaction.test"_key);
    change.create<ProjectSettings>([](ProjectSettings& p) { p.name = "地铁车站"; });
    const auto& task = change.create<Task>([](Task& t) { t.name = "土方开挖 excavation"; });
    risk = change.create<Risk>([&](Risk& r) { r.title = "Late steel", r.tasks = {{task.id}}; }).id;
    REQUIRE(change.commit().has_value());
    Transaction edit(project, "transaction.test"_key);
    edit.set(*project.all<Risk>().find(risk), &Risk::title, "Steel three weeks late");
    const auto& gone = edit.create<Task>([](Task& t) { t.name = "Gone"; });
    REQUIRE(edit.commit().has_value());
    Transaction erase(project, "transaction.test"_key);
    erase.erase(gone);
    REQUIRE(erase.commit().has_value());
  }
  std::string file() const { return *database->image(); }
  // The file after somebody has been at it with another program.
  std::string after(const std::string& sql) {
    REQUIRE_MESSAGE(database->execute(sql).has_value(), sql);
    return file();
  }
  Result<DatabaseFile> read(const std::string& bytes) { return read_database_file(bytes, product_schema(), Id{2, 2}, surroundings); }
  std::string refused(const std::string& bytes) {
    const auto file = read(bytes);
    return file ? "taken" : std::string(file.error().message.name);
  }
};

}  // namespace

TEST_CASE_FIXTURE(Stored, "a database file is the project that was in it, with history and what was seen") {
  const auto read_file = read(file());
  REQUIRE_MESSAGE(read_file.has_value(), read_file.error().message.name);
  CHECK(read_file->notes.empty());
  const Project& copy = *read_file->project;
  CHECK(revision_of(copy) == revision_of(project));
  CHECK(copy.seen() == project.seen());
  CHECK(copy.journal().since({})->size() == 3);
  CHECK(copy.undo_steps().empty());
  CHECK(plan_merge(project, copy).nothing_new());
  CHECK(write_bundle(copy, {.confidential = true}).size() == write_bundle(project, {.confidential = true}).size());
}

TEST_CASE_FIXTURE(Stored, "it is merged into a copy that lacks what it has") {
  Project mine(product_schema(), Id{3, 3}, surroundings);
  copy_records(project, mine);
  Transaction edit(project, "transaction.test"_key);
  edit.set(*project.all<Risk>().find(risk), &Risk::title, "Settled");
  REQUIRE(edit.commit().has_value());
  const auto theirs = read(file());
  REQUIRE(theirs.has_value());
  REQUIRE(merge(mine, *theirs->project, "transaction.import"_key).has_value());
  CHECK(mine.all<Risk>().find(risk)->title == "Settled");
}

TEST_CASE_FIXTURE(Stored, "opening tells by content, and which attached files are not in it") {
  Transaction change(project, "transaction.test"_key);
  change.create<Attachment>([&](Attachment& made) {
    made.record = {risk};
    made.file_name = "plan.pdf";
    made.sha256 = sha256("plan");
  });
  REQUIRE(change.commit().has_value());
  const auto opened = open_file("whatever.bin", file(), product_schema(), Id{2, 2}, surroundings);
  REQUIRE_MESSAGE(opened.has_value(), opened.error().message.name);
  CHECK(opened->kind == FileKind::sqlite);
  REQUIRE(opened->notes.size() == 1);
  CHECK(opened->notes[0].message == "note.database_file.contents"_key);
  CHECK(opened->notes[0].arguments == std::vector<std::string>{"1", "plan.pdf"});
}

TEST_CASE_FIXTURE(Stored, "an archive of what was saved after a crash opens with its attached files") {
  Transaction change(project, "transaction.test"_key);
  change.create<Attachment>([&](Attachment& made) {
    made.record = {risk};
    made.file_name = "plan.pdf";
    made.sha256 = sha256("plan");
  });
  REQUIRE(change.commit().has_value());
  const auto packed = [](std::vector<ZipEntry> entries) {
    ContentPtr archive;
    write_zip(std::move(entries), [&](Result<ContentPtr> written) { archive = *written; });
    return archive;
  };
  const auto open = [&](const ContentPtr& archive) {
    Result<OpenedFile> opened = fail("error.file.unreadable"_key);
    open_file("saved.zip", archive, product_schema(), Id{2, 2}, surroundings, {}, {}, [&](Result<OpenedFile> file) { opened = std::move(file); });
    return opened;
  };
  const ZipEntry list{"workspace.sqlite", content_of("no matter")}, own{"project-1.sqlite", content_of(file())};
  const auto opened = open(packed({list, own, {"attachments/" + sha256("plan"), content_of("plan")}, {"attachments/" + sha256("x"), content_of("forged")}}));
  REQUIRE_MESSAGE(opened.has_value(), opened.error().message.name);
  CHECK(revision_of(*opened->project) == revision_of(project));
  CHECK(opened->notes.empty());
  CHECK(opened->attachments.size() == 1);
  CHECK(open(packed({own, {"project-2.sqlite", own.content}})).error().message == "error.database_file.several"_key);
  CHECK(open(packed({list})).error().message == "error.bundle.not_a_bundle"_key);
}

TEST_CASE_FIXTURE(Stored, "a file of an earlier version has the defaults of what it lacks, and one of a newer version says what is left out") {
  auto bytes = after("ALTER TABLE risk DROP COLUMN title; DROP TABLE lacking; CREATE TABLE hologram (record_id BLOB, depth INTEGER_integer);");
  const auto read_file = read(bytes);
  REQUIRE_MESSAGE(read_file.has_value(), read_file.error().message.name);
  CHECK(read_file->project->all<Risk>().at(0).title.empty());
  REQUIRE(read_file->notes.size() == 1);
  CHECK(read_file->notes[0].message == "note.database_file.register"_key);
  CHECK(refused(after("UPDATE meta SET value = 2 WHERE key = 'schema_version'")) == "error.store.newer");
}

TEST_CASE_FIXTURE(Stored, "what is no database of a project is told apart") {
  auto other = *Database::open(":memory:");
  REQUIRE(other.execute("CREATE TABLE bookmarks (title TEXT)").has_value());
  CHECK(refused(*other.image()) == "error.database_file.other");
  REQUIRE(other.execute("CREATE TABLE project (id TEXT); CREATE TABLE setting (key TEXT)").has_value());
  CHECK(refused(*other.image()) == "error.database_file.list");
  const auto whole = file();
  CHECK(refused(whole.substr(0, whole.size() / 2)) == "error.database_file.damaged");
  CHECK(refused(whole.substr(0, 50)) == "error.database_file.damaged");
  auto torn = whole;
  for (std::size_t at = 4096; at < torn.size(); at += 4096) torn.replace(at, 64, 64, '\xff');
  CHECK(refused(torn) == "error.database_file.damaged");
  CHECK(refused(after("DELETE FROM project_settings")) == "error.database_file.settings");
}

TEST_CASE_FIXTURE(Stored, "what could run is refused by name") {
  for (const auto* hostile : {
           "CREATE TRIGGER pest AFTER INSERT ON risk BEGIN DELETE FROM task; END",
           "CREATE VIEW pest AS SELECT 1 AS record_id",
           "CREATE VIRTUAL TABLE pest USING fts5 (x)",
           "CREATE TABLE pest (x INTEGER CHECK (length(x) > 0))",
           "CREATE TABLE pest (x, y AS (hex(x)))",
           "CREATE INDEX pest ON risk (lower(record_stamps))",
       }) {
    Stored fresh;
    const auto read_file = fresh.read(fresh.after(hostile));
    REQUIRE_MESSAGE(!read_file.has_value(), hostile);
    CHECK_MESSAGE(read_file.error().message == "error.database_file.foreign"_key, hostile);
    CHECK_MESSAGE(read_file.error().arguments[0].starts_with("pest"), hostile);
  }
  // A view in the place of a register's table.
  CHECK(refused(after("ALTER TABLE risk RENAME TO old_risk; CREATE VIEW risk AS SELECT * FROM old_risk")) == "error.database_file.foreign");
}

TEST_CASE_FIXTURE(Stored, "the name of a column is a name, whatever it holds") {
  const auto read_file = read(after(R"(ALTER TABLE risk ADD COLUMN "x"", 1, 2 AS ""y" INTEGER_integer; UPDATE risk SET "x"", 1, 2 AS ""y" = 42)"));
  REQUIRE_MESSAGE(read_file.has_value(), read_file.error().message.name);
  const auto& unknown = read_file->project->all<Risk>().at(0).unknown;
  REQUIRE(unknown.size() == 1);
  CHECK(unknown.begin()->first == R"(x", 1, 2 AS "y)");
  CHECK(unknown.begin()->second.value == "42");
}

TEST_CASE_FIXTURE(Stored, "values that no project can hold are refused with their place") {
  const std::pair<const char*, std::string> forged[] = {
      {"UPDATE task SET percent_complete = 123456789 WHERE rowid = 1", "error.field.range"},
      {"UPDATE task SET deadline = 9223372036854775807 WHERE rowid = 1", "error.field.date"},
      {"UPDATE task SET type = 'Fixed mood!' WHERE rowid = 1", "error.field.choice"},
      {"UPDATE task SET name = CAST(x'ff41' AS TEXT) WHERE rowid = 1", "error.store.row"},
      {"UPDATE task SET record_number = 9223372036854775807 WHERE rowid = 1", "error.store.row"},
      {"UPDATE task SET record_created = -1 WHERE rowid = 1", "error.bundle.stamp"},
      {"UPDATE task SET record_created = 9223372036854775807 WHERE rowid = 1", "error.bundle.future"},
      {"UPDATE seen SET clock = 9223372036854775807", "error.bundle.future"},
      {"UPDATE task SET record_id = x'00' WHERE rowid = 1", "error.store.row"},
      {"UPDATE risk SET record_id = (SELECT record_id FROM task ORDER BY rowid LIMIT 1)", "error.bundle.repeated_id"},
  };
  for (const auto& [sql, error] : forged) {
    Stored fresh;
    CHECK_MESSAGE(fresh.refused(fresh.after(sql)) == error, sql);
  }
}
