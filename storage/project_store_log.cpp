// The change log of a stored project: writing it, reading it, forgetting it, and the steps that can be undone.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "storage/bundle/json_value.h"
#include "storage/found_json.h"
#include "storage/id_bytes.h"
#include "storage/project_store.h"

namespace pmo::storage {
namespace {

using Json = nlohmann::json;

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

std::string_view text_in(const Value& value) {
  const auto* text = std::get_if<std::string>(&value);
  return text ? std::string_view(*text) : std::string_view{};
}

}  // namespace

// --- writing --------------------------------------------------------------------------------------------------

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

Result<void> ProjectStore::save_found(const Commit& commit) {
  if (!commit.found) return {};
  auto row = PMO_TRY(database_.prepare("INSERT OR REPLACE INTO import_found VALUES (?,?)"));
  return row.bind_blob(0, id_bytes(commit.id)).bind(1, std::string_view(canonical_text(found_to_json(*commit.found)))).run();
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

Result<std::size_t> ProjectStore::compact(std::uint64_t before) {
  const auto clock = static_cast<std::int64_t>(before << 16);
  std::size_t forgotten = 0;
  {
    auto transaction = PMO_TRY(DatabaseTransaction::begin(database_));
    auto count = PMO_TRY(database_.prepare("SELECT count(*) FROM commit_log WHERE clock < ?"));
    if (PMO_TRY(count.bind(0, clock).step())) forgotten = static_cast<std::size_t>(count.integer(0));
    count.reset();
    for (const auto* sql : {"DELETE FROM change_log WHERE commit_id IN (SELECT id FROM commit_log WHERE clock < ?)",
                            "DELETE FROM import_found WHERE commit_id IN (SELECT id FROM commit_log WHERE clock < ?)",
                            "DELETE FROM commit_log WHERE clock < ?"}) {
      auto statement = PMO_TRY(database_.prepare(sql));
      PMO_TRY_VOID(statement.bind(0, clock).run());
    }
    auto mark = PMO_TRY(database_.prepare(
        "INSERT INTO meta VALUES ('forgotten', ?) ON CONFLICT (key) DO UPDATE SET value = max(value, excluded.value)"));
    PMO_TRY_VOID(mark.bind(0, clock).run());
    PMO_TRY_VOID(transaction.commit());
  }
  PMO_TRY_VOID(load_steps());
  if (forgotten > 0) PMO_TRY_VOID(database_.execute("VACUUM"));
  return forgotten;
}

// --- reading --------------------------------------------------------------------------------------------------

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
  auto commit = PMO_TRY(read_logged(id));
  if (commit.origin == Origin::import) commit.found = read_found(id).value_or(nullptr);
  return commit;
}

Result<Commit> ProjectStore::read_logged(Id id) const {
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

Result<std::shared_ptr<const Found>> ProjectStore::read_found(Id commit) const {
  if (!there("import_found")) return nullptr;
  auto row = PMO_TRY(database_.prepare("SELECT body FROM import_found WHERE commit_id = ?"));
  if (!PMO_TRY(row.bind_blob(0, id_bytes(commit)).step())) return nullptr;
  const auto json = parse_json(row.text(0));
  row.reset();
  return std::make_shared<Found>(PMO_TRY(found_from_json(project_.schema(), PMO_TRY(json))));
}

Result<std::set<Id>> ProjectStore::imports_found() const {
  std::set<Id> imports;
  if (!there("import_found")) return imports;
  auto rows = PMO_TRY(database_.prepare("SELECT commit_id FROM import_found"));
  while (PMO_TRY(rows.step())) imports.insert(id_from_bytes(rows.blob(0)));
  rows.reset();
  return imports;
}

Result<std::vector<Commit>> ProjectStore::since(const VersionVector& seen) const {
  std::vector<Id> missing;
  if (!there("commit_log") || !there("change_log")) return std::vector<Commit>{};
  auto rows = PMO_TRY(database_.prepare("SELECT id, clock, actor FROM commit_log ORDER BY position"));
  while (PMO_TRY(rows.step()))
    if (!seen.covers({static_cast<std::uint64_t>(rows.integer(1)), id_from_bytes(rows.blob(2))}))
      missing.push_back(id_from_bytes(rows.blob(0)));
  rows.reset();
  std::vector<Commit> commits;
  for (const auto& id : missing) commits.push_back(PMO_TRY(read_logged(id)));
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

// Replays this actor's commits as a stack: an edit pushes, an undo moves the edit to the other stack, a redo back. An import
// is undone only while it is known how it found the project, and one that was undone is not kept to be redone.
Result<void> ProjectStore::load_steps() {
  std::vector<Project::Step> undo, redo;
  if (!there("commit_log")) return {};
  const auto imports = PMO_TRY(imports_found());
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
      if (commit.origin == Origin::edit || imports.contains(commit.id)) undo.push_back({commit.id, commit.name, commit.arguments});
      redo.clear();
    }
  }
  rows.reset();
  std::erase_if(redo, [&](const Project::Step& step) { return imports.contains(step.commit); });
  RecordWriter(project_).set_steps(std::move(undo), std::move(redo));
  return {};
}

}  // namespace pmo::storage
