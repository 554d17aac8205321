// Sealing what lies open in a stored project: C5 of app/model/sealing.h.
#include <format>
#include <nlohmann/json.hpp>

#include "storage/bundle/json_value.h"
#include "storage/id_bytes.h"
#include "storage/project_store.h"

namespace pmo::storage {
namespace {

using Json = nlohmann::json;

// Takes texts of locked records and gives their envelopes.
class Sealer {
 public:
  Sealer(const Project& project, const ContentKey* key, std::map<std::string, std::string> contents = {})
      : locked_(locked_records(project)), key_(key), contents_(std::move(contents)) {}

  // The other form of a value; nothing when it stays as it is. Without a key: what would have one.
  std::optional<Value> other_form(Id record, const FieldInfo& field, const Value& value) {
    const auto* text = std::get_if<std::string>(&value);
    if (!text || text->empty() || is_sealed(*text) || !locked_.contains(record)) return {};
    if (field.options.address) {
      const auto found = contents_.find(*text);
      if (key_ && found == contents_.end()) return {};
      return ++count, Value{key_ ? sealed_address(found->second) : std::string()};
    }
    return ++count, Value{key_ ? key_->seal(sealing_place(record, field), *text) : std::string()};
  }

  bool any_locked() const { return !locked_.empty(); }
  std::size_t count = 0;

 private:
  const std::set<Id> locked_;
  const ContentKey* key_;
  const std::map<std::string, std::string> contents_;
};

// Writes the values of records in memory; back again when they could not be stored.
class Rewriting {
 public:
  explicit Rewriting(Project& project) : project_(project) {}
  ~Rewriting() {
    if (kept_) return;
    for (const auto& [info, record, field, before] : done_) write(*info, record, *field, before);
    RecordWriter(project_).set_conflicts(conflicts_);
  }

  void records(Sealer& sealer) {
    for (const auto& [info, record, field] : unsealed(project_))
      if (auto value = sealer.other_form(record->id, *field, field->get(*record))) {
        done_.push_back({info, record->id, field, field->get(*record)});
        write(*info, record->id, *field, *value);
      }
  }

  void conflicts(Sealer& sealer) {
    auto conflicts = project_.conflicts();
    for (auto& conflict : conflicts) {
      if (!conflict.field || !(conflict.field->options.sealed || conflict.field->options.address)) continue;
      for (auto* value : {&conflict.winning, &conflict.losing})
        if (auto sealed = sealer.other_form(conflict.record, *conflict.field, *value)) *value = std::move(*sealed);
    }
    RecordWriter(project_).set_conflicts(std::move(conflicts));
  }

  struct Done {
    const RegisterInfo* info;
    Id record;
    const FieldInfo* field;
    Value before;
  };
  const std::vector<Done>& done() const { return done_; }
  void keep() { kept_ = true; }

 private:
  void write(const RegisterInfo& info, Id record, const FieldInfo& field, const Value& value) {
    RecordWriter writer(project_);
    writer.write(info, *writer.find(info, record), field, value);
  }

  Project& project_;
  std::vector<Conflict> conflicts_ = project_.conflicts();
  std::vector<Done> done_;
  bool kept_ = false;
};

struct Logged {
  std::int64_t position;
  std::string before, after;  // JSON; empty: stays
};

// The rows of the change log that hold texts in the open.
Result<std::vector<Logged>> open_rows(Database& database, const Schema& schema, Sealer& sealer) {
  std::vector<Logged> found;
  for (const auto* info : schema.registers())
    for (const auto* field : sealed_fields(*info)) {
      auto rows = PMO_TRY(database.prepare("SELECT position, record, before, after FROM change_log WHERE register = ? AND field = ?"));
      rows.bind(0, std::string_view(info->name)).bind(1, field->name);
      while (PMO_TRY(rows.step())) {
        const auto record = id_from_bytes(rows.blob(1));
        const auto other = [&](int column) -> Result<std::string> {
          if (rows.is_null(column)) return std::string();
          const auto value = value_from_json(*field, PMO_TRY(parse_json(rows.text(column))));
          const auto sealed = value ? sealer.other_form(record, *field, *value) : std::nullopt;
          return sealed ? canonical_text(value_to_json(*field, *sealed)) : std::string();
        };
        Logged row{rows.integer(0), PMO_TRY(other(2)), PMO_TRY(other(3))};
        if (!row.before.empty() || !row.after.empty()) found.push_back(std::move(row));
      }
      rows.reset();
    }
  return found;
}

Result<void> rewrite(Database& database, const Logged& row) {
  const auto put = [&](std::string_view column, const std::string& text) -> Result<void> {
    if (text.empty()) return {};
    auto statement = PMO_TRY(database.prepare(std::format("UPDATE change_log SET {} = ? WHERE position = ?", column)));
    return statement.bind(0, std::string_view(text)).bind(1, row.position).run();
  };
  PMO_TRY_VOID(put("before", row.before));
  return put("after", row.after);
}

}  // namespace

Result<std::size_t> ProjectStore::count_open() const {
  Sealer sealer(project_, nullptr);
  if (!sealer.any_locked()) return std::size_t{0};
  for (const auto& [info, record, field] : unsealed(project_)) (void)sealer.other_form(record->id, *field, field->get(*record));
  for (const auto& conflict : project_.conflicts())
    if (conflict.field && (conflict.field->options.sealed || conflict.field->options.address))
      for (const auto* value : {&conflict.winning, &conflict.losing}) (void)sealer.other_form(conflict.record, *conflict.field, *value);
  PMO_TRY_VOID(open_rows(database_, project_.schema(), sealer));
  return sealer.count;
}

Result<std::size_t> ProjectStore::seal(const ContentKey& key, const std::map<std::string, std::string>& sealed) {
  Sealer sealer(project_, &key, sealed);
  Rewriting rewriting(project_);
  {
    auto transaction = PMO_TRY(DatabaseTransaction::begin(database_));
    rewriting.records(sealer);
    rewriting.conflicts(sealer);
    for (const auto& row : PMO_TRY(open_rows(database_, project_.schema(), sealer))) PMO_TRY_VOID(rewrite(database_, row));
    for (const auto& change : rewriting.done()) PMO_TRY_VOID(save_record(*change.info, *project_.table(*change.info).find_any(change.record)));
    PMO_TRY_VOID(save_conflicts(project_.conflicts()));
    if (sealer.count > 0) {
      std::vector<std::string> contents;
      for (const auto& [hash, other] : sealed) contents.push_back(hash);
      PMO_TRY_VOID(mark_past(std::move(contents)));
    }
    PMO_TRY_VOID(transaction.commit());
    rewriting.keep();
  }
  return sealer.count;
}

// A sealed form that takes the place of an open one. Called before the record is saved.
Result<void> ProjectStore::note_what_is_sealed(const Change& change) {
  if (!change.field || !holds_sealed(change.after) || sealed_fields(*change.info).empty()) return {};
  auto row = PMO_TRY(database_.prepare(std::format("SELECT \"{}\" FROM \"{}\" WHERE record_id = ?", change.field->name, change.info->name)));
  std::string before;
  if (PMO_TRY(row.bind_blob(0, id_bytes(change.record)).step())) before = row.text(0);
  row.reset();
  if (before.empty() || is_sealed(before)) return {};
  return mark_past(change.field->options.address ? std::vector{before} : std::vector<std::string>{});
}

Result<void> ProjectStore::mark_past(std::vector<std::string> contents) {
  for (auto& earlier : past_to_forget().value_or(std::vector<std::string>{})) contents.push_back(std::move(earlier));
  auto row = PMO_TRY(database_.prepare("INSERT OR REPLACE INTO meta VALUES ('past_to_forget', ?)"));
  return row.bind(0, std::string_view(canonical_text(Json(contents)))).run();
}

Result<void> ProjectStore::write_anew() {
  PMO_TRY_VOID(database_.execute("PRAGMA secure_delete = ON"));
  PMO_TRY_VOID(database_.execute("UPDATE meta SET value = '[]' WHERE key = 'past_to_forget'"));  // a hash tells which file it was
  PMO_TRY_VOID(database_.execute("INSERT INTO search (search) VALUES ('rebuild')"));
  return database_.execute("VACUUM");
}

std::optional<std::vector<std::string>> ProjectStore::past_to_forget() const {
  auto row = database_.prepare("SELECT value FROM meta WHERE key = 'past_to_forget'");
  if (!row || !row->step().value_or(false)) return {};
  std::vector<std::string> hashes;
  if (const auto json = parse_json(row->text(0)); json && json->is_array())
    for (const auto& hash : *json)
      if (hash.is_string()) hashes.push_back(hash.get<std::string>());
  row->reset();
  return hashes;
}

Result<void> ProjectStore::past_is_forgotten() { return database_.execute("DELETE FROM meta WHERE key = 'past_to_forget'"); }

}  // namespace pmo::storage
