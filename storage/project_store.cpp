#include "storage/project_store.h"

#include <algorithm>
#include <array>
#include <format>
#include <nlohmann/json.hpp>
#include <set>

#include "app/model/describe_record.h"
#include "app/model/records/unknown_record.h"
#include "storage/bundle/json_value.h"
#include "storage/id_bytes.h"

namespace pmo::storage {
namespace {

using Json = nlohmann::json;

constexpr std::int64_t schema_version = 1;
constexpr std::array<std::string_view, 7> meta_columns{"record_id", "record_number", "record_created", "record_creator",
                                                       "record_stamps", "record_deletion", "record_unknown"};
constexpr int first_field = static_cast<int>(meta_columns.size());

std::string quoted_name(std::string_view name) { return "\"" + std::string(name) + "\""; }

// How SQLite keeps it, and its kind: so that an earlier version can read what a later one has added.
std::string column_type(Kind kind) {
  const auto affinity = [kind] {
    switch (kind) {
      case Kind::text: case Kind::choice: case Kind::structured: case Kind::references: return "TEXT";
      case Kind::reference: return "BLOB";
      default: return "INTEGER";
    }
  };
  return std::format("{}_{}", affinity(), enum_name(kind));
}

// Nothing for a column from before kinds were told.
std::optional<Kind> kind_of_column(std::string_view type) {
  for (std::size_t index = 0; index < enum_names<Kind>().size(); ++index)
    if (column_type(static_cast<Kind>(index)) == type) return static_cast<Kind>(index);
  return std::nullopt;
}

// The full-text index is addressed by row number: 62 random bits of the identifier.
std::int64_t search_row(Id id) { return static_cast<std::int64_t>(id.low & 0x3fff'ffff'ffff'ffff); }

void bind_value(Statement& statement, int index, const FieldInfo& field, const Value& value) {
  if (const auto* flag = std::get_if<bool>(&value)) statement.bind(index, std::int64_t{*flag});
  else if (const auto* number = std::get_if<std::int64_t>(&value)) statement.bind(index, *number);
  else if (const auto* text = std::get_if<std::string>(&value)) statement.bind(index, std::string_view(*text));
  else if (const auto* id = std::get_if<Id>(&value)) statement.bind_blob(index, id_bytes(*id));
  else if (std::holds_alternative<std::vector<Id>>(value))
    statement.bind(index, std::string_view(canonical_text(value_to_json(field, value))));
  else statement.bind_null(index);
}

std::optional<Value> column_value(const Statement& row, int column, const FieldInfo& field) {
  if (row.is_null(column)) return Value{};
  switch (field.kind) {
    case Kind::boolean: return row.integer(column) != 0;
    case Kind::text: case Kind::choice: case Kind::structured: return std::string(row.text(column));
    case Kind::reference: return id_from_bytes(row.blob(column));
    case Kind::references: {
      const auto json = parse_json(row.text(column));
      auto value = json ? value_from_json(field, *json) : std::unexpected(json.error());
      return value ? std::optional<Value>(std::move(*value)) : std::nullopt;
    }
    default: return row.integer(column);
  }
}

// Columns that this version does not know stay as they are.
std::string save_sql(const RegisterInfo& info) {
  std::string columns, marks, changes;
  const auto add = [&](const std::string& column) {
    const std::string comma = columns.empty() ? "" : ", ";
    columns += comma + column;
    marks += comma + "?";
    if (column != meta_columns[0]) changes += std::format("{}{} = excluded.{}", changes.empty() ? "" : ", ", column, column);
  };
  for (const auto column : meta_columns) add(std::string(column));
  for (const auto& field : info.fields) add(quoted_name(field.name));
  return std::format("INSERT INTO {} ({}) VALUES ({}) ON CONFLICT ({}) DO UPDATE SET {}", quoted_name(info.name), columns, marks,
                     meta_columns[0], changes);
}

std::string select_sql(const RegisterInfo& info, const std::vector<FieldInfo>& newer) {
  std::string columns;
  for (const auto column : meta_columns) columns += std::string(columns.empty() ? "" : ", ") + std::string(column);
  for (const auto& field : info.fields) columns += ", " + quoted_name(field.name);
  for (const auto& field : newer) columns += ", " + quoted_name(field.name);
  return std::format("SELECT {} FROM {} ORDER BY rowid", columns, quoted_name(info.name));
}

bool is_searchable(const FieldInfo& field) { return field.kind == Kind::text && (!field.options.hidden || field.options.searched); }

Result<TableColumns> columns_of(Database& database) {
  TableColumns all;
  auto rows = PMO_TRY(database.prepare("SELECT t.name, c.name, c.type FROM sqlite_master t JOIN pragma_table_info(t.name) c WHERE t.type = 'table'"));
  while (PMO_TRY(rows.step())) all[std::string(rows.text(0))].emplace(rows.text(1), rows.text(2));
  rows.reset();
  return all;
}

const TableColumns::mapped_type& columns_of(const TableColumns& all, const RegisterInfo& info) {
  static const TableColumns::mapped_type none;
  const auto table = all.find(info.name);
  return table == all.end() ? none : table->second;
}

// The fields that a newer version has added to a table, as far as they need to be known to be read.
std::vector<FieldInfo> newer_fields(const TableColumns& all, const RegisterInfo& info) {
  std::vector<FieldInfo> newer;
  for (const auto& [name, type] : columns_of(all, info))
    if (const auto kind = kind_of_column(type); kind && !info.find(name)) newer.push_back({.name = name, .label = {}, .kind = *kind, .options = {}});
  return newer;
}

}  // namespace

// --- opening --------------------------------------------------------------------------------------------------

ProjectStore::ProjectStore(Database& database, Project& project) : database_(database), project_(project) {}
ProjectStore::~ProjectStore() = default;

Result<std::unique_ptr<ProjectStore>> ProjectStore::open(Database& database, Project& project) {
  auto store = std::unique_ptr<ProjectStore>(new ProjectStore(database, project));
  const auto columns = PMO_TRY(columns_of(database));
  // Where another window writes, the tables are as that window made them.
  const auto made = store->make_tables(columns);
  if (!made && made.error().message != "error.database.read_only"_key) return std::unexpected(made.error());
  PMO_TRY_VOID(store->load(columns));
  project.set_journal(*store);
  return store;
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
      "CREATE INDEX IF NOT EXISTS change_log_commit ON change_log (commit_id);"
      "CREATE INDEX IF NOT EXISTS change_log_record ON change_log (record);"
      "CREATE VIRTUAL TABLE IF NOT EXISTS search USING fts5 (title, body, register UNINDEXED, record UNINDEXED,"
      " tokenize = 'trigram');"));
  auto version = PMO_TRY(database_.prepare("SELECT value FROM meta WHERE key = 'schema_version'"));
  if (PMO_TRY(version.step()) && version.integer(0) > schema_version) return fail("error.store.newer"_key);
  version.reset();
  auto set_version = PMO_TRY(database_.prepare("INSERT OR REPLACE INTO meta VALUES ('schema_version', ?)"));
  PMO_TRY_VOID(set_version.bind(0, schema_version).run());
  for (const auto* info : project_.schema().registers()) PMO_TRY_VOID(make_table(*info, columns_of(columns, *info)));
  return transaction.commit();
}

// A new table gets all columns at once: every ALTER makes SQLite read the whole schema again.
Result<void> ProjectStore::make_table(const RegisterInfo& info, const TableColumns::mapped_type& present) {
  const auto column = [](const FieldInfo& field) { return std::format("{} {}", quoted_name(field.name), column_type(field.kind)); };
  if (present.empty()) {
    std::string sql = std::format(
        "CREATE TABLE {} (record_id BLOB UNIQUE NOT NULL, record_number INTEGER, record_created INTEGER NOT NULL,"
        " record_creator BLOB NOT NULL, record_stamps TEXT, record_deletion TEXT, record_unknown TEXT", quoted_name(info.name));
    for (const auto& field : info.fields) sql += ", " + column(field);
    return database_.execute(sql + ")");
  }
  for (const auto& field : info.fields)
    if (!present.contains(field.name))
      PMO_TRY_VOID(database_.execute(std::format("ALTER TABLE {} ADD COLUMN {}", quoted_name(info.name), column(field))));
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
  auto rows = PMO_TRY(database_.prepare(select_sql(info, newer)));
  while (PMO_TRY(rows.step())) PMO_TRY_VOID(load_row(info, newer, rows));
  rows.reset();
  return {};
}

Result<void> ProjectStore::load_row(const RegisterInfo& info, const std::vector<FieldInfo>& newer, Statement& row) {
  const auto id = id_from_bytes(row.blob(0));
  const auto place = info.name + " " + id.text();
  if (!id || project_.table(info).find_any(id)) return fail("error.store.row"_key, {}, place);
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
                                                 const std::string& place) {
  auto json = Json::object();
  if (!row.is_null(4)) json["written"] = PMO_TRY(parse_json(row.text(4)));
  if (!row.is_null(5)) json["deletion"] = PMO_TRY(parse_json(row.text(5)));
  int column = first_field + static_cast<int>(info.fields.size());
  for (const auto& field : newer) {
    const int at = column++;
    if (row.is_null(at)) continue;
    const auto value = column_value(row, at, field);
    if (!value) return fail("error.store.row"_key, {}, place);
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
  const auto load = [&](std::string_view query) -> Result<VersionVector> {
    VersionVector vector;
    auto rows = PMO_TRY(database_.prepare(query));
    while (PMO_TRY(rows.step())) vector.saw({static_cast<std::uint64_t>(rows.integer(1)), id_from_bytes(rows.blob(0))});
    rows.reset();
    return vector;
  };
  RecordWriter writer(project_);
  writer.saw_all(PMO_TRY(load("SELECT actor, clock FROM seen")));
  writer.set_lacking(PMO_TRY(load("SELECT actor, clock FROM lacking")));
  return {};
}

Result<void> ProjectStore::load_conflicts() {
  std::vector<Conflict> conflicts;
  auto rows = PMO_TRY(database_.prepare("SELECT body FROM conflict"));
  while (PMO_TRY(rows.step())) {
    const auto json = PMO_TRY(parse_json(rows.text(0)));
    if (auto conflict = conflict_from_json(project_.schema(), json)) conflicts.push_back(std::move(*conflict));
  }
  rows.reset();
  RecordWriter(project_).add_conflicts(conflicts);
  return {};
}

namespace {

std::vector<std::string> arguments_from(std::string_view text) {
  std::vector<std::string> arguments;
  const auto json = parse_json(text);
  if (json && json->is_array())
    for (const auto& item : *json)
      if (item.is_string()) arguments.push_back(item.get<std::string>());
  return arguments;
}

Origin origin_from(std::string_view name) {
  const auto& all = enum_names<Origin>();
  const auto at = std::ranges::find(all, name);
  return static_cast<Origin>(at == all.end() ? 0 : at - all.begin());
}

void read_commit(Commit& commit, const Statement& row, int column) {
  commit.id = id_from_bytes(row.blob(column));
  commit.stamp = {static_cast<std::uint64_t>(row.integer(column + 1)), id_from_bytes(row.blob(column + 2))};
  commit.name = row.text(column + 3);
  commit.arguments = arguments_from(row.text(column + 4));
  commit.origin = origin_from(row.text(column + 5));
  commit.undoes = row.is_null(column + 6) ? Id{} : id_from_bytes(row.blob(column + 6));
}

}  // namespace

// Replays this actor's commits as a stack: an edit pushes, an undo moves the edit to the other stack, a redo back.
Result<void> ProjectStore::load_steps() {
  std::vector<Project::Step> undo, redo;
  auto rows = PMO_TRY(database_.prepare(
      "SELECT id, clock, actor, name, arguments, origin, undoes FROM commit_log WHERE actor = ? ORDER BY position"));
  rows.bind_blob(0, id_bytes(project_.actor()));
  const auto move = [](std::vector<Project::Step>& from, std::vector<Project::Step>& to, Id id) {
    const auto at = std::ranges::find(from, id, &Project::Step::commit);
    if (at == from.end()) return;
    to.push_back(*at);
    from.erase(at);
  };
  while (PMO_TRY(rows.step())) {
    Commit commit;
    read_commit(commit, rows, 0);
    if (commit.origin == Origin::undo) move(undo, redo, commit.undoes);
    else if (commit.origin == Origin::redo) move(redo, undo, commit.undoes);
    else if (commit.origin != Origin::vault) {
      undo.push_back({commit.id, commit.name, commit.arguments});
      redo.clear();
    }
  }
  rows.reset();
  RecordWriter(project_).set_steps(std::move(undo), std::move(redo));
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

Result<void> ProjectStore::index_record(const RegisterInfo& info, const Record& record) {
  auto remove = PMO_TRY(database_.prepare("DELETE FROM search WHERE rowid = ?"));
  PMO_TRY_VOID(remove.bind(0, search_row(record.id)).run());
  if (record.deleted()) return {};
  std::string body;
  for (const auto& field : info.fields) {
    if (!is_searchable(field) || field.options.title) continue;
    const auto value = field.get(record);
    if (const auto& text = std::get<std::string>(value); !text.empty() && !is_sealed(text)) body += text + "\n";
  }
  const auto* title_field = info.title();
  const auto title = title_field ? std::get<std::string>(title_field->get(record)) : std::string();
  if (title.empty() && body.empty()) return {};
  auto insert = PMO_TRY(database_.prepare("INSERT INTO search (rowid, title, body, register, record) VALUES (?,?,?,?,?)"));
  insert.bind(0, search_row(record.id)).bind(1, std::string_view(title)).bind(2, std::string_view(body));
  return insert.bind(3, std::string_view(info.name)).bind_blob(4, id_bytes(record.id)).run();
}

namespace {

std::string_view text_in(const Value& value) {
  const auto* text = std::get_if<std::string>(&value);
  return text ? std::string_view(*text) : std::string_view{};
}

}  // namespace

Result<void> ProjectStore::log(const Commit& commit) {
  auto known = PMO_TRY(database_.prepare("SELECT 1 FROM commit_log WHERE id = ?"));
  const bool is_known = PMO_TRY(known.bind_blob(0, id_bytes(commit.id)).step());
  known.reset();
  if (is_known) return fill_log(commit);
  auto header = PMO_TRY(database_.prepare(
      "INSERT INTO commit_log (id, clock, actor, name, arguments, origin, undoes) VALUES (?,?,?,?,?,?,?)"));
  header.bind_blob(0, id_bytes(commit.id)).bind(1, static_cast<std::int64_t>(commit.stamp.clock));
  header.bind_blob(2, id_bytes(commit.stamp.actor)).bind(3, std::string_view(commit.name));
  header.bind(4, std::string_view(canonical_text(Json(commit.arguments)))).bind(5, enum_name(commit.origin));
  if (commit.undoes) header.bind_blob(6, id_bytes(commit.undoes));
  PMO_TRY_VOID(header.run());
  for (const auto& change : commit.changes) {
    auto row = PMO_TRY(database_.prepare(
        "INSERT INTO change_log (commit_id, register, record, action, field, before, after, clock, actor)"
        " VALUES (?,?,?,?,?,?,?,?,?)"));
    row.bind_blob(0, id_bytes(commit.id)).bind(1, register_name(change));
    row.bind_blob(2, id_bytes(change.record)).bind(3, enum_name(change.action));
    if (change.field) {
      row.bind(4, change.field->name);
      row.bind(5, std::string_view(canonical_text(value_to_json(*change.field, change.before))));
      row.bind(6, std::string_view(canonical_text(value_to_json(*change.field, change.after))));
    } else if (!change.unknown_field.empty()) {
      row.bind(4, std::string_view(change.unknown_field)).bind(5, text_in(change.before)).bind(6, text_in(change.after));
    }
    row.bind(7, static_cast<std::int64_t>(change.stamp.clock)).bind_blob(8, id_bytes(change.stamp.actor));
    PMO_TRY_VOID(row.run());
  }
  return {};
}

// What the log holds without its values, which were left out as confidential.
Result<void> ProjectStore::fill_log(const Commit& commit) {
  for (const auto& change : commit.changes) {
    if (!change.field || lacks_values(change)) continue;
    auto row = PMO_TRY(database_.prepare(
        "UPDATE change_log SET before = ?, after = ? WHERE commit_id = ? AND record = ? AND action = ? AND field = ?"
        " AND before = 'null' AND after = 'null'"));
    row.bind(0, std::string_view(canonical_text(value_to_json(*change.field, change.before))));
    row.bind(1, std::string_view(canonical_text(value_to_json(*change.field, change.after))));
    row.bind_blob(2, id_bytes(commit.id)).bind_blob(3, id_bytes(change.record));
    PMO_TRY_VOID(row.bind(4, enum_name(change.action)).bind(5, change.field->name).run());
  }
  return {};
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
    if (const auto* record = project_.table(*change.info).find_any(change.record))
      PMO_TRY_VOID(save_record(*change.info, *record));
  }
  for (const auto& brought : commit.brought) PMO_TRY_VOID(log(brought));
  PMO_TRY_VOID(log(commit));
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

Result<std::size_t> ProjectStore::compact(std::uint64_t before) {
  const auto clock = static_cast<std::int64_t>(before << 16);
  std::size_t forgotten = 0;
  {
    auto transaction = PMO_TRY(DatabaseTransaction::begin(database_));
    auto count = PMO_TRY(database_.prepare("SELECT count(*) FROM commit_log WHERE clock < ?"));
    if (PMO_TRY(count.bind(0, clock).step())) forgotten = static_cast<std::size_t>(count.integer(0));
    count.reset();
    for (const auto* sql : {"DELETE FROM change_log WHERE commit_id IN (SELECT id FROM commit_log WHERE clock < ?)",
                            "DELETE FROM commit_log WHERE clock < ?"}) {
      auto statement = PMO_TRY(database_.prepare(sql));
      PMO_TRY_VOID(statement.bind(0, clock).run());
    }
    auto mark = PMO_TRY(database_.prepare("INSERT OR REPLACE INTO meta VALUES ('forgotten', ?)"));
    PMO_TRY_VOID(mark.bind(0, clock).run());
    PMO_TRY_VOID(transaction.commit());
  }
  PMO_TRY_VOID(load_steps());
  if (forgotten > 0) PMO_TRY_VOID(database_.execute("VACUUM"));
  return forgotten;
}

// --- reading history and searching ----------------------------------------------------------------------------

Result<Change> ProjectStore::read_change(Statement& row, int column) const {
  Change change;
  change.info = find_register(project_.schema(), row.text(column), change.unknown_register);
  if (!change.info) return fail("error.history.missing"_key);
  change.record = id_from_bytes(row.blob(column + 1));
  const auto& actions = enum_names<Action>();
  const auto action = std::ranges::find(actions, row.text(column + 2));
  if (action == actions.end()) return fail("error.history.missing"_key);
  change.action = static_cast<Action>(action - actions.begin());
  if (!row.is_null(column + 3)) {
    change.field = change.info->find(row.text(column + 3));
    if (!change.field) change.unknown_field = row.text(column + 3);
    const auto value = [&](int at) -> Result<Value> {
      if (!change.field) return std::string(row.text(at));
      return value_from_json(*change.field, PMO_TRY(parse_json(row.text(at))));
    };
    // A value that the field no longer accepts (a range that was narrowed) shows as no value.
    change.before = value(column + 4).value_or(Value{});
    change.after = value(column + 5).value_or(Value{});
  }
  change.stamp = {static_cast<std::uint64_t>(row.integer(column + 6)), id_from_bytes(row.blob(column + 7))};
  return change;
}

Result<Commit> ProjectStore::read(Id id) const {
  auto header = PMO_TRY(database_.prepare(
      "SELECT id, clock, actor, name, arguments, origin, undoes FROM commit_log WHERE id = ?"));
  header.bind_blob(0, id_bytes(id));
  if (!PMO_TRY(header.step())) return fail("error.history.missing"_key);
  Commit commit;
  read_commit(commit, header, 0);
  header.reset();
  auto rows = PMO_TRY(database_.prepare(
      "SELECT register, record, action, field, before, after, clock, actor FROM change_log WHERE commit_id = ?"
      " ORDER BY position"));
  rows.bind_blob(0, id_bytes(id));
  while (PMO_TRY(rows.step())) commit.changes.push_back(PMO_TRY(read_change(rows, 0)));
  rows.reset();
  return commit;
}

Result<std::vector<Commit>> ProjectStore::since(const VersionVector& seen) const {
  std::vector<Id> missing;
  auto rows = PMO_TRY(database_.prepare("SELECT id, clock, actor FROM commit_log ORDER BY position"));
  while (PMO_TRY(rows.step()))
    if (!seen.covers({static_cast<std::uint64_t>(rows.integer(1)), id_from_bytes(rows.blob(2))}))
      missing.push_back(id_from_bytes(rows.blob(0)));
  rows.reset();
  std::vector<Commit> commits;
  for (const auto& id : missing) commits.push_back(PMO_TRY(read(id)));
  return commits;
}

Result<std::set<Id>> ProjectStore::ids() const {
  std::set<Id> ids;
  auto rows = PMO_TRY(database_.prepare("SELECT id FROM commit_log"));
  while (PMO_TRY(rows.step())) ids.insert(id_from_bytes(rows.blob(0)));
  rows.reset();
  return ids;
}

std::uint64_t ProjectStore::forgotten() const {
  auto row = database_.prepare("SELECT value FROM meta WHERE key = 'forgotten'");
  if (!row || !row->step().value_or(false)) return 0;
  const auto clock = static_cast<std::uint64_t>(row->integer(0));
  row->reset();
  return clock;
}

Result<std::vector<ProjectStore::HistoryRow>> ProjectStore::history(Id record, std::size_t limit, std::size_t offset) const {
  auto rows = PMO_TRY(database_.prepare(std::string(
      "SELECT c.id, c.clock, c.actor, c.name, c.arguments, c.origin, c.undoes,"
      " l.register, l.record, l.action, l.field, l.before, l.after, l.clock, l.actor"
      " FROM change_log l JOIN commit_log c ON c.id = l.commit_id ") +
      (record ? "WHERE l.record = ?3 " : "") + "ORDER BY l.position DESC LIMIT ?1 OFFSET ?2"));
  rows.bind(0, static_cast<std::int64_t>(limit)).bind(1, static_cast<std::int64_t>(offset));
  if (record) rows.bind_blob(2, id_bytes(record));
  std::vector<HistoryRow> history;
  while (PMO_TRY(rows.step())) {
    HistoryRow row;
    read_commit(row.commit, rows, 0);
    auto change = read_change(rows, 7);
    if (!change) continue;  // of a register that no longer exists
    row.change = std::move(*change);
    history.push_back(std::move(row));
  }
  rows.reset();
  return history;
}

namespace {

std::vector<std::string> split_words(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : text) {
    if (c != ' ' && c != '\t' && c != '\n') { word += c; continue; }
    if (!word.empty()) words.push_back(std::exchange(word, {}));
  }
  if (!word.empty()) words.push_back(word);
  return words;
}

std::size_t characters(std::string_view utf8) {
  return static_cast<std::size_t>(std::ranges::count_if(utf8, [](char c) { return (c & 0xc0) != 0x80; }));
}

std::string escaped(std::string_view text, char what, std::string_view with) {
  std::string out;
  for (const char c : text) {
    if (c == what) out += with;
    else out += c;
  }
  return out;
}

// An index query needs three characters a word; otherwise every word is looked for by LIKE.
std::string like_pattern(const std::string& word) {
  auto text = escaped(word, '\\', "\\\\");
  text = escaped(text, '%', "\\%");
  return "%" + escaped(text, '_', "\\_") + "%";
}

std::string around(std::string_view text, std::string_view word) {
  const auto at = text.find(word);
  if (at == std::string_view::npos) return std::string(text.substr(0, std::min<std::size_t>(text.size(), 60)));
  auto start = at > 30 ? at - 30 : 0;
  while (start > 0 && (text[start] & 0xc0) == 0x80) --start;
  auto end = std::min(text.size(), at + word.size() + 60);
  while (end < text.size() && (text[end] & 0xc0) == 0x80) ++end;
  return (start ? "…" : "") + std::string(text.substr(start, at - start)) + "\x01" + std::string(word) + "\x02" +
         std::string(text.substr(at + word.size(), end - at - word.size())) + (end < text.size() ? "…" : "");
}

}  // namespace

Result<std::vector<SearchHit>> ProjectStore::search(std::string_view text, std::size_t limit) const {
  const auto words = split_words(text);
  std::vector<SearchHit> hits;
  if (words.empty()) return hits;
  const bool indexed = std::ranges::all_of(words, [](const auto& word) { return characters(word) >= 3; });
  const auto run = [&](Statement& rows, bool with_snippet) -> Result<void> {
    while (PMO_TRY(rows.step())) {
      const auto* info = project_.schema().find(rows.text(0));
      if (!info) continue;
      auto excerpt = with_snippet ? std::string(rows.text(2))
                                  : around(std::string(rows.text(2)) + " " + std::string(rows.text(3)), words.front());
      hits.push_back({info, id_from_bytes(rows.blob(1)), std::move(excerpt)});
    }
    rows.reset();
    return {};
  };
  if (indexed) {
    std::string query;
    for (const auto& word : words) query += (query.empty() ? "\"" : " \"") + escaped(word, '"', "\"\"") + "\"";
    auto rows = PMO_TRY(database_.prepare(
        "SELECT register, record, snippet(search, -1, char(1), char(2), '…', 24) FROM search WHERE search MATCH ?1"
        " ORDER BY bm25(search, 4.0, 1.0) LIMIT ?2"));
    rows.bind(0, std::string_view(query)).bind(1, static_cast<std::int64_t>(limit));
    PMO_TRY_VOID(run(rows, true));
    return hits;
  }
  std::string condition;
  for (std::size_t i = 0; i < words.size(); ++i)
    condition += std::format("{}(title LIKE ?{} ESCAPE '\\' OR body LIKE ?{} ESCAPE '\\')", i ? " AND " : "", i + 2, i + 2);
  auto rows = PMO_TRY(database_.prepare("SELECT register, record, title, body FROM search WHERE " + condition + " LIMIT ?1"));
  rows.bind(0, static_cast<std::int64_t>(limit));
  for (std::size_t i = 0; i < words.size(); ++i)
    rows.bind(static_cast<int>(i) + 1, std::string_view(like_pattern(words[i])));
  PMO_TRY_VOID(run(rows, false));
  return hits;
}

}  // namespace pmo::storage
