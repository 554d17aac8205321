#include "storage/project_store.h"

#include <algorithm>
#include <format>
#include <nlohmann/json.hpp>
#include <set>

#include "app/model/records/unknown_record.h"
#include "storage/bundle/json_value.h"
#include "storage/id_bytes.h"
#include "storage/interchange/encoding.h"

namespace pmo::storage {
namespace {

using Json = nlohmann::json;

constexpr std::int64_t schema_version = 1;

}  // namespace

// --- opening --------------------------------------------------------------------------------------------------

ProjectStore::ProjectStore(Database& database, Project& project) : database_(database), project_(project) {}
ProjectStore::~ProjectStore() = default;

Result<std::unique_ptr<ProjectStore>> ProjectStore::open(Database& database, Project& project) {
  auto store = std::unique_ptr<ProjectStore>(new ProjectStore(database, project));
  const auto columns = PMO_TRY(columns_of(database));
  // Where another window writes, the tables are as that window made them.
  if (const auto made = store->make_tables(columns); !made) {
    if (made.error().message != "error.database.read_only"_key) return std::unexpected(made.error());
    PMO_TRY_VOID(store->check_version());
    store->as_found_ = columns;
  }
  PMO_TRY_VOID(store->load(columns));
  project.set_journal(*store);
  return store;
}

Result<void> ProjectStore::read_file(Database& database, Project& project) {
  ProjectStore store(database, project);
  store.from_outside_ = true;
  store.as_found_ = PMO_TRY(columns_of(database));
  PMO_TRY_VOID(store.check_version());
  PMO_TRY_VOID(store.load(*store.as_found_));
  RecordWriter writer(project);
  writer.set_steps({}, {});
  for (const auto& commit : PMO_TRY(store.since({}))) PMO_TRY_VOID(writer.remember(commit));
  return {};
}

Result<bool> ProjectStore::is_of_earlier_version(Database& database, const Schema& schema) {
  const auto all = PMO_TRY(columns_of(database));
  if (!all.contains("meta")) return false;  // a new one
  return std::ranges::any_of(schema.registers(), [&](const RegisterInfo* info) {
    return std::ranges::any_of(info->fields, [&](const FieldInfo& field) { return !columns_of(all, *info).contains(field.name); });
  });
}

Result<void> ProjectStore::make_tables(const TableColumns& columns) {
  auto transaction = PMO_TRY(DatabaseTransaction::begin(database_));
  PMO_TRY_VOID(database_.execute(
      "CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value) WITHOUT ROWID;"
      "CREATE TABLE IF NOT EXISTS seen (actor BLOB PRIMARY KEY, clock INTEGER NOT NULL) WITHOUT ROWID;"
      "CREATE TABLE IF NOT EXISTS lacking (actor BLOB PRIMARY KEY, clock INTEGER NOT NULL) WITHOUT ROWID;"
      "CREATE TABLE IF NOT EXISTS conflict (body TEXT PRIMARY KEY) WITHOUT ROWID;"
      "CREATE TABLE IF NOT EXISTS commit_log (position INTEGER PRIMARY KEY, id BLOB UNIQUE, clock INTEGER, actor BLOB,"
      " name TEXT, arguments TEXT, origin TEXT, undoes BLOB);"
      "CREATE TABLE IF NOT EXISTS change_log (position INTEGER PRIMARY KEY, commit_id BLOB, register TEXT, record BLOB,"
      " action TEXT, field TEXT, before TEXT, after TEXT, clock INTEGER, actor BLOB);"
      "CREATE TABLE IF NOT EXISTS import_found (commit_id BLOB PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;"
      "CREATE INDEX IF NOT EXISTS change_log_commit ON change_log (commit_id);"
      "CREATE INDEX IF NOT EXISTS change_log_record ON change_log (record);"
      "CREATE VIRTUAL TABLE IF NOT EXISTS search USING fts5 (title, body, register UNINDEXED, record UNINDEXED,"
      " tokenize = 'trigram');"));
  PMO_TRY_VOID(check_version());
  auto set_version = PMO_TRY(database_.prepare("INSERT OR REPLACE INTO meta VALUES ('schema_version', ?)"));
  PMO_TRY_VOID(set_version.bind(0, schema_version).run());
  for (const auto* info : project_.schema().registers()) PMO_TRY_VOID(make_table(*info, columns_of(columns, *info)));
  return transaction.commit();
}

Result<void> ProjectStore::check_version() const {
  auto version = PMO_TRY(database_.prepare("SELECT value FROM meta WHERE key = 'schema_version'"));
  const bool newer = PMO_TRY(version.step()) && version.integer(0) > schema_version;
  version.reset();
  return newer ? fail("error.store.newer"_key) : Result<void>{};
}

// A new table gets all columns at once: every ALTER makes SQLite read the whole schema again.
Result<void> ProjectStore::make_table(const RegisterInfo& info, const Columns& present) {
  if (present.empty()) return database_.execute(create_table_sql(info));
  for (const auto& field : info.fields)
    if (!present.contains(field.name))
      PMO_TRY_VOID(database_.execute(std::format("ALTER TABLE {} ADD COLUMN {}", quoted_name(info.name), column_definition(field))));
  return {};
}

Result<void> ProjectStore::load(const TableColumns& columns) {
  for (const auto* info : project_.schema().registers()) PMO_TRY_VOID(load_table(*info, newer_fields(columns, *info)));
  PMO_TRY_VOID(adopt_unknown());
  PMO_TRY_VOID(load_seen());
  PMO_TRY_VOID(load_conflicts());
  return load_steps();
}

// Records of a register that an earlier version did not know move to it, in memory at once, in the database with the next
// whole writing or when it can be written to.
Result<void> ProjectStore::adopt_unknown() {
  const auto& waiting = register_of<UnknownRecord>();
  if (!project_.schema().find(waiting.name)) return {};
  RecordWriter writer(project_);
  const auto& table = project_.table(waiting);
  std::vector<const Record*> all(table.records().begin(), table.records().end());
  all.insert(all.end(), table.deleted().begin(), table.deleted().end());
  std::vector<std::pair<const RegisterInfo*, Id>> adopted;
  for (const auto* old : all) {
    const auto* info = project_.schema().find(static_cast<const UnknownRecord&>(*old).register_name);
    if (!info || info == &waiting) continue;
    // An earlier version may have kept beside its table what a mail brought for a record that is there.
    auto* present = writer.find(*info, old->id);
    auto& record = present ? *present : writer.add(*info, old->id);
    if (!present) {
      writer.set_number(*info, record, old->number);
      record.created = old->created;
    }
    record.written.join(old->written);
    if (!record.deletion) record.deletion = old->deletion;
    auto unknown = Json::object();
    unknown_to_json(old->unknown, unknown);
    PMO_TRY_VOID(load_unknown(*info, record, canonical_text(unknown), info->name + " " + old->id.text()));
    writer.place(*info, record);
    writer.forget(waiting, *writer.find(waiting, record.id));
    adopted.emplace_back(info, record.id);
  }
  if (adopted.empty()) return {};
  auto transaction = DatabaseTransaction::begin(database_);
  if (!transaction) return transaction.error().message == "error.database.read_only"_key ? Result<void>{} : std::unexpected(transaction.error());
  for (const auto& [info, id] : adopted) {
    PMO_TRY_VOID(save_record(*info, *project_.table(*info).find_any(id)));
    auto remove = PMO_TRY(database_.prepare(std::format("DELETE FROM {} WHERE record_id = ?", quoted_name(waiting.name))));
    PMO_TRY_VOID(remove.bind_blob(0, id_bytes(id)).run());
  }
  return transaction->commit();
}

Result<void> ProjectStore::load_table(const RegisterInfo& info, const std::vector<FieldInfo>& newer) {
  if (!there(info.name)) return {};
  auto rows = PMO_TRY(database_.prepare(select_sql(info, newer, as_found_ ? &columns_of(*as_found_, info) : nullptr)));
  while (PMO_TRY(rows.step())) PMO_TRY_VOID(load_row(info, newer, rows));
  rows.reset();
  return {};
}

namespace {

Result<void> check_row(const Statement& row, const std::string& place) {
  constexpr std::int64_t largest_number = 1'000'000'000;
  if (row.integer(1) < 0 || row.integer(1) > largest_number) return fail("error.store.row"_key, {}, place);
  if (row.integer(2) <= 0 || !id_from_bytes(row.blob(3))) return fail("error.bundle.stamp"_key, {}, place);
  return {};
}

Result<void> check_outside_value(const FieldInfo& field, const Value& value, const std::string& place) {
  const auto* text = std::get_if<std::string>(&value);
  Result<void> checked = text && !is_utf8(*text) ? fail("error.store.row"_key) : check_stored_value(field, value);
  if (!checked) checked.error().place = place + "." + std::string(field.name);
  return checked;
}

}  // namespace

Result<void> ProjectStore::load_row(const RegisterInfo& info, const std::vector<FieldInfo>& newer, Statement& row) {
  const auto id = id_from_bytes(row.blob(0));
  const auto place = info.name + " " + id.text();
  if (!id || project_.table(info).find_any(id)) return fail("error.store.row"_key, {}, place);
  if (from_outside_) PMO_TRY_VOID(check_row(row, place));
  RecordWriter writer(project_);
  auto& record = writer.add(info, id);
  writer.set_number(info, record, row.integer(1));
  record.created = {static_cast<std::uint64_t>(row.integer(2)), id_from_bytes(row.blob(3))};
  if (!row.is_null(4))
    record.written = PMO_TRY(stamps_from_json(info, PMO_TRY(parse_json(row.text(4))), place));
  if (!row.is_null(5))
    record.deletion = PMO_TRY(deletion_from_json(info, PMO_TRY(parse_json(row.text(5))), place));
  for (const auto& field : info.fields) {
    const int column = first_field + field.index;
    if (row.is_null(column) && !field.optional) continue;  // a field younger than the row: its default
    const auto value = column_value(row, column, field);
    if (!value) return fail("error.store.row"_key, {}, place);
    if (from_outside_) PMO_TRY_VOID(check_outside_value(field, *value, place));
    writer.write(info, record, field, *value);
  }
  if (!row.is_null(6)) PMO_TRY_VOID(load_unknown(info, record, row.text(6), place));
  if (!newer.empty()) join(record.unknown, PMO_TRY(newer_values(info, newer, row, place)));
  writer.saw_clock(record);
  writer.place(info, record);
  return {};
}

namespace {

// Whether the write that JSON tells of comes before the one that the record has.
bool is_older(const Json* written, const std::string& name, const Stamp* present) {
  if (!present) return false;
  const auto* text = text_member(written, name);
  const auto stamp = text ? stamp_from_text(*text) : std::nullopt;
  return !stamp || *stamp < *present;
}

}  // namespace

// As if a bundle had brought them.
Result<UnknownFields> ProjectStore::newer_values(const RegisterInfo& info, const std::vector<FieldInfo>& newer, const Statement& row,
                                                 const std::string& place) const {
  auto json = Json::object();
  if (!row.is_null(4)) json["written"] = PMO_TRY(parse_json(row.text(4)));
  if (!row.is_null(5)) json["deletion"] = PMO_TRY(parse_json(row.text(5)));
  int column = first_field + static_cast<int>(info.fields.size());
  for (const auto& field : newer) {
    const int at = column++;
    if (row.is_null(at)) continue;
    const auto value = column_value(row, at, field);
    if (!value) return fail("error.store.row"_key, {}, place);
    if (from_outside_ && std::holds_alternative<std::int64_t>(*value)) PMO_TRY_VOID(check_outside_value(field, *value, place));
    json["fields"][field.name] = value_to_json(field, *value);
  }
  auto values = PMO_TRY(unknown_from_json(info, json, place));
  // Stamps of a field that no version knows any more say nothing.
  std::erase_if(values, [&](const auto& entry) { return !std::ranges::contains(newer, entry.first, &FieldInfo::name); });
  return values;
}

// Kept in the shape that bundles have. What an earlier version did not know and this one does becomes a field.
Result<void> ProjectStore::load_unknown(const RegisterInfo& info, Record& record, std::string_view text,
                                        const std::string& place) {
  const auto json = PMO_TRY(parse_json(text));
  RecordWriter writer(project_);
  record.unknown = PMO_TRY(unknown_from_json(info, json, place));
  if (const auto* fields = member(&json, "fields"))
    for (const auto& [name, value_json] : fields->items())
      if (const auto* field = info.find(name); field && !is_older(member(&json, "written"), name, record.written.find(field->index)))
        if (const auto value = value_from_json(*field, value_json)) writer.write(info, record, *field, *value);
  if (const auto* written = member(&json, "written")) {
    const auto stamps = PMO_TRY(stamps_from_json(info, *written, place));
    record.written.join(stamps);
    for (const auto& [field, stamp] : stamps.list())
      if (!record.written.find(field)) record.written.put(field, stamp);  // never told: R3 of record.h
  }
  if (const auto* seen = member(member(&json, "deletion"), "seen"); seen && record.deletion) {
    record.deletion->seen.join(PMO_TRY(stamps_from_json(info, *seen, place)));
  }
  return {};
}

Result<void> ProjectStore::load_seen() {
  const auto load = [&](std::string_view table) -> Result<VersionVector> {
    VersionVector vector;
    if (!there(table)) return vector;
    auto rows = PMO_TRY(database_.prepare(std::format("SELECT actor, clock FROM {}", table)));
    while (PMO_TRY(rows.step())) vector.saw({static_cast<std::uint64_t>(rows.integer(1)), id_from_bytes(rows.blob(0))});
    rows.reset();
    return vector;
  };
  RecordWriter writer(project_);
  writer.saw_all(PMO_TRY(load("seen")));
  writer.set_lacking(PMO_TRY(load("lacking")));
  return {};
}

Result<void> ProjectStore::load_conflicts() {
  std::vector<Conflict> conflicts;
  if (!there("conflict")) return {};
  auto rows = PMO_TRY(database_.prepare("SELECT body FROM conflict"));
  while (PMO_TRY(rows.step())) {
    const auto json = PMO_TRY(parse_json(rows.text(0)));
    if (auto conflict = conflict_from_json(project_.schema(), json)) conflicts.push_back(std::move(*conflict));
  }
  rows.reset();
  RecordWriter(project_).add_conflicts(conflicts);
  return {};
}
// --- writing --------------------------------------------------------------------------------------------------

Result<void> ProjectStore::save_record(const RegisterInfo& info, const Record& record) {
  auto statement = PMO_TRY(database_.prepare(save_sql(info)));
  statement.bind_blob(0, id_bytes(record.id)).bind(1, record.number);
  statement.bind(2, static_cast<std::int64_t>(record.created.clock)).bind_blob(3, id_bytes(record.created.actor));
  if (!record.written.empty()) statement.bind(4, std::string_view(canonical_text(stamps_to_json(info, record.written))));
  if (record.deletion) statement.bind(5, std::string_view(canonical_text(deletion_to_json(info, *record.deletion))));
  if (!record.unknown.empty()) {
    auto unknown = Json::object();
    unknown_to_json(record.unknown, unknown);
    statement.bind(6, std::string_view(canonical_text(unknown)));
  }
  for (const auto& field : info.fields) bind_value(statement, first_field + field.index, field, field.get(record));
  PMO_TRY_VOID(statement.run());
  return index_record(info, record);
}

Result<void> ProjectStore::remove_record(const RegisterInfo& info, Id id) {
  auto remove = PMO_TRY(database_.prepare(std::format("DELETE FROM {} WHERE record_id = ?", quoted_name(info.name))));
  PMO_TRY_VOID(remove.bind_blob(0, id_bytes(id)).run());
  return remove_from_index(id);
}

Result<void> ProjectStore::save_seen(const VersionVector& seen) {
  for (const auto& [actor, clock] : seen.clocks()) {
    auto row = PMO_TRY(database_.prepare(
        "INSERT INTO seen VALUES (?,?) ON CONFLICT (actor) DO UPDATE SET clock = max(clock, excluded.clock)"));
    PMO_TRY_VOID(row.bind_blob(0, id_bytes(actor)).bind(1, static_cast<std::int64_t>(clock)).run());
  }
  return {};
}

Result<void> ProjectStore::save_lacking(const VersionVector& lacking) {
  PMO_TRY_VOID(database_.execute("DELETE FROM lacking"));
  for (const auto& [actor, clock] : lacking.clocks()) {
    auto row = PMO_TRY(database_.prepare("INSERT INTO lacking VALUES (?,?)"));
    PMO_TRY_VOID(row.bind_blob(0, id_bytes(actor)).bind(1, static_cast<std::int64_t>(clock)).run());
  }
  return {};
}

Result<void> ProjectStore::append(const Commit& commit) {
  auto transaction = PMO_TRY(DatabaseTransaction::begin(database_));
  std::set<Id> saved;
  for (const auto& change : commit.changes) PMO_TRY_VOID(note_what_is_sealed(change));
  for (const auto& change : commit.changes) {
    if (!saved.insert(change.record).second) continue;
    const auto* record = project_.table(*change.info).find_any(change.record);
    PMO_TRY_VOID(record ? save_record(*change.info, *record) : remove_record(*change.info, change.record));
  }
  for (const auto& brought : commit.brought) PMO_TRY_VOID(log(brought));
  PMO_TRY_VOID(log(commit));
  PMO_TRY_VOID(save_found(commit));
  if (commit.seen) {
    PMO_TRY_VOID(database_.execute("DELETE FROM seen"));
    PMO_TRY_VOID(save_seen(*commit.seen));
  }
  auto seen = commit.joined;
  seen.saw(commit.stamp);
  PMO_TRY_VOID(save_seen(seen));
  if (commit.lacking) PMO_TRY_VOID(save_lacking(*commit.lacking));
  if (!commit.conflicts.empty()) {
    auto conflicts = project_.conflicts();
    join(conflicts, commit.conflicts);
    PMO_TRY_VOID(save_conflicts(conflicts));
  }
  return transaction.commit();
}

Result<void> ProjectStore::write_all(const std::vector<Commit>& history) {
  auto transaction = PMO_TRY(DatabaseTransaction::begin(database_));
  for (const auto* info : project_.schema().registers()) {
    const auto& table = project_.table(*info);
    for (const auto* record : table.records()) PMO_TRY_VOID(save_record(*info, *record));
    for (const auto* record : table.deleted()) PMO_TRY_VOID(save_record(*info, *record));
  }
  for (const auto& commit : history) PMO_TRY_VOID(log(commit));
  PMO_TRY_VOID(save_seen(project_.seen()));
  PMO_TRY_VOID(save_lacking(project_.lacking()));
  PMO_TRY_VOID(save_conflicts(project_.conflicts()));
  return transaction.commit();
}

// All of them anew: one whose values came later must not stand twice.
Result<void> ProjectStore::save_conflicts(const std::vector<Conflict>& conflicts) {
  PMO_TRY_VOID(database_.execute("DELETE FROM conflict"));
  for (const auto& conflict : conflicts) {
    auto row = PMO_TRY(database_.prepare("INSERT OR IGNORE INTO conflict VALUES (?)"));
    PMO_TRY_VOID(row.bind(0, std::string_view(canonical_text(conflict_to_json(conflict, true)))).run());
  }
  return {};
}

}  // namespace pmo::storage
