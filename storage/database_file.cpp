#include "storage/database_file.h"

#include <algorithm>
#include <unordered_set>

#include "storage/clock_bound.h"
#include "storage/database.h"
#include "storage/project_store.h"

namespace pmo::storage {
namespace {

// Of what the database itself says is wrong, all means the same to whoever brings a file.
Error file_error(const Error& error) {
  if (!error.message.name.starts_with("error.database.")) return error;
  return {"error.database_file.damaged"_key, {error.arguments.empty() ? std::string(error.message.name) : error.arguments.front()}};
}

// Whether SQL that makes a table or an index could call a function: in a check, a default, a computed column. Ours have one
// pair of brackets, and a second one after PRIMARY KEY in the search index.
bool may_call(std::string_view sql) {
  constexpr std::string_view key = "PRIMARY KEY(";
  auto brackets = std::ranges::count(sql, '(');
  for (auto at = sql.find(key); at != sql.npos; at = sql.find(key, at + key.size())) --brackets;
  return brackets > 1;
}

Result<void> check_parts(Database& database) {
  auto rows = PMO_TRY(database.prepare("SELECT type, name, sql, rootpage FROM sqlite_master"));
  Result<void> checked;
  while (PMO_TRY(rows.step())) {
    const bool table = rows.text(0) == "table", index = rows.text(0) == "index";
    const bool is_virtual = table && rows.integer(3) == 0;
    const bool ours = is_virtual ? rows.text(1) == "search" : (table || index) && !may_call(rows.text(2));
    if (!ours && checked) checked = fail("error.database_file.foreign"_key, {std::string(rows.text(1))});
  }
  rows.reset();
  return checked;
}

Result<void> check_kind(const TableColumns& tables, const Schema& schema) {
  if (tables.contains("meta") && tables.contains(schema.registers().front()->name)) return {};
  if (tables.contains("project") && tables.contains("setting")) return fail("error.database_file.list"_key);
  return fail("error.database_file.other"_key);
}

// What a newer version has made, and this one does not read.
std::vector<Error> unread_tables(const TableColumns& tables, const Schema& schema) {
  std::vector<Error> notes;
  for (const auto& [name, columns] : tables)
    if (columns.contains("record_id") && !schema.find(name)) notes.push_back({"note.database_file.register"_key, {name}});
  return notes;
}

// What holds between the records of a project: one of the settings, an identifier once, no clock from a far future.
class Whole {
 public:
  Whole(const Project& project, Surroundings& surroundings) : project_(project), bound_(surroundings) {}

  Result<void> check() {
    const auto& settings = project_.table(*project_.schema().registers().front());
    if (settings.size() != 1 || !settings.deleted().empty()) return fail("error.database_file.settings"_key);
    for (const auto* info : project_.schema().registers())
      for (const auto* list : {&project_.table(*info).records(), &project_.table(*info).deleted()})
        for (const auto* record : *list) PMO_TRY_VOID(check_record(*info, *record));
    PMO_TRY_VOID(bound_.check(project_.seen(), "seen"));
    PMO_TRY_VOID(bound_.check(project_.lacking(), "lacking"));
    for (const auto& conflict : project_.conflicts()) PMO_TRY_VOID(bound_.check(conflict, "conflict"));
    for (const auto& commit : PMO_TRY(project_.journal().since({}))) {
      if (!commit.id || commit.stamp.clock == 0 || !commit.stamp.actor) return fail("error.bundle.stamp"_key, {}, "commit_log");
      PMO_TRY_VOID(bound_.check(commit, "commit_log"));
    }
    return {};
  }

 private:
  Result<void> check_record(const RegisterInfo& info, const Record& record) {
    const auto place = info.name + " " + record.id.text();
    if (!ids_.insert(record.id).second) return fail("error.bundle.repeated_id"_key, {record.id.text()}, place);
    return bound_.check(record, place);
  }

  const Project& project_;
  const ClockBound bound_;
  std::unordered_set<Id> ids_;
};

Result<DatabaseFile> read(Database& database, const Schema& schema, Id actor, Surroundings& surroundings) {
  PMO_TRY_VOID(check_parts(database));
  const auto tables = PMO_TRY(columns_of(database));
  PMO_TRY_VOID(check_kind(tables, schema));
  PMO_TRY_VOID(database.check());
  DatabaseFile file{std::make_unique<Project>(schema, actor, surroundings), unread_tables(tables, schema)};
  PMO_TRY_VOID(ProjectStore::read_file(database, *file.project));
  PMO_TRY_VOID(Whole(*file.project, surroundings).check());
  return file;
}

}  // namespace

Result<DatabaseFile> read_database_file(std::string_view file, const Schema& schema, Id actor, Surroundings& surroundings) {
  auto database = Database::open_image(file);
  auto read_file = database ? read(*database, schema, actor, surroundings) : std::unexpected(database.error());
  if (!read_file) return std::unexpected(file_error(read_file.error()));
  return read_file;
}

}  // namespace pmo::storage
