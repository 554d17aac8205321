#include "app/model/sealing.h"

#include <algorithm>

#include "app/model/merge.h"
#include "app/model/records/common.h"

namespace pmo {
namespace {

const FieldInfo* level_of(const RegisterInfo& info) {
  const auto at = std::ranges::find_if(info.fields, [](const FieldInfo& field) { return field.options.level; });
  return at == info.fields.end() ? nullptr : &*at;
}

const RegisterInfo& settings_of(const Project& project) { return *project.schema().registers().front(); }

std::pair<const RegisterInfo*, const Record*> find_with_deleted(const Project& project, const FieldInfo& reference, Id id) {
  if (!reference.target.empty()) {
    const auto* info = project.schema().find(reference.target);
    return {info, info ? project.table(*info).find_any(id) : nullptr};
  }
  for (const auto* info : project.schema().registers())
    if (const auto* record = project.table(*info).find_any(id)) return {info, record};
  return {};
}

// Which records the levels of a project lock: as they are, or as they were before some changes.
class Levels {
 public:
  explicit Levels(const Project& project, std::vector<Change> undone = {}) : project_(project), undone_(std::move(undone)) {
    const auto& settings = project.table(settings_of(project));
    if (!settings.empty()) threshold_ = level_in(settings_of(project), settings.at(0));
  }

  bool any() const { return threshold_.has_value(); }
  bool lock(const RegisterInfo& info, const Record& record) const { return threshold_ && reaches(info, record, 0); }

 private:
  Value value(const FieldInfo& field, const Record& record) const {
    for (const auto& change : undone_)
      if (change.record == record.id && change.field == &field) return change.before;
    return field.get(record);
  }

  // The place of a record's level among the choices; nothing when it has none.
  std::optional<std::size_t> level_in(const RegisterInfo& info, const Record& record) const {
    const FieldInfo* field = level_of(info);
    if (!field) return {};
    const Value level = value(*field, record);
    const auto* name = std::get_if<std::string>(&level);
    if (!name) return {};
    return static_cast<std::size_t>(std::ranges::find(field->choices, base_choice(*name)) - field->choices.begin());
  }

  bool reaches(const RegisterInfo& info, const Record& record, int depth) const {
    constexpr int deepest = 16;  // a circle of owners that a merge brought must not hang
    if (&info == &settings_of(project_) || depth == deepest) return false;
    if (const auto own = level_in(info, record)) return *own >= *threshold_;
    return std::ranges::any_of(info.fields, [&](const FieldInfo& field) {
      if (!field.options.owner) return false;
      const Value owner_id = value(field, record);
      const auto* id = std::get_if<Id>(&owner_id);
      if (!id) return false;
      const auto [owner_info, owner] = find_with_deleted(project_, field, *id);
      return owner && reaches(*owner_info, *owner, depth + 1);
    });
  }

  const Project& project_;
  const std::vector<Change> undone_;
  std::optional<std::size_t> threshold_;
};

template <class Visit>
void for_each_in(const Table& table, Visit&& visit) {
  for (const auto* record : table.records()) visit(*record);
  for (const auto* record : table.deleted()) visit(*record);
}

bool lies_open(const Value& value) {
  const auto* text = std::get_if<std::string>(&value);
  return text && !text->empty() && !is_sealed(*text);
}

// Of an edit: what moves records over the level.
std::vector<Change> moves_of_levels(const std::vector<Change>& changes) {
  std::vector<Change> moves;
  std::ranges::copy_if(changes, std::back_inserter(moves),
                       [](const Change& change) { return change.field && (change.field->options.level || change.field->options.owner); });
  return moves;
}

// C5. What lay open before stays as it is.
Result<void> refuse_large_files(const Project& project, const std::vector<Change>& changes) {
  auto moves = moves_of_levels(changes);
  if (moves.empty()) return {};
  const Levels before(project, std::move(moves));
  for (const auto& [info, record, field] : unsealed(project)) {
    if (!field->options.address || info != &register_of<Attachment>() || before.lock(*info, *record)) continue;
    if (!project.table(*info).find(record->id)) continue;  // removed
    const auto& file = static_cast<const Attachment&>(*record);
    if (file.size > largest_sealed_file) return fail("error.vault.too_large_to_lock"_key, {std::to_string(largest_sealed_file >> 20), file.file_name});
  }
  return {};
}

}  // namespace

bool is_sealed(std::string_view text) {
  constexpr std::size_t id_size = 36, hash_size = 64, least = 40;  // of base64: nonce and tag
  if (!text.starts_with(sealed_mark)) return false;
  text.remove_prefix(sealed_mark.size());
  const bool address = text.size() == hash_size && text.find_first_not_of("0123456789abcdef") == text.npos;
  return address || (text.size() >= id_size + 1 + least && text[id_size] == ':' && Id::parse(text.substr(0, id_size)));
}

bool holds_sealed(const Value& value) {
  const auto* text = std::get_if<std::string>(&value);
  return text && is_sealed(*text);
}

std::string content_hash(std::string_view address) {
  return std::string(is_sealed(address) ? address.substr(sealed_mark.size()) : address);
}

std::string sealed_address(std::string_view sha256) { return std::string(sealed_mark) + std::string(sha256); }

std::string sealing_place(Id record, const FieldInfo& field) { return record.text() + "." + std::string(field.name); }

bool is_locked(const Project& project, const RegisterInfo& info, const Record& record) { return Levels(project).lock(info, record); }

std::set<Id> locked_records(const Project& project) {
  std::set<Id> records;
  const Levels levels(project);
  if (!levels.any()) return records;
  for (const auto* info : project.schema().registers())
    for_each_in(project.table(*info), [&](const Record& record) {
      if (levels.lock(*info, record)) records.insert(record.id);
    });
  return records;
}

std::vector<const FieldInfo*> sealed_fields(const RegisterInfo& info) {
  std::vector<const FieldInfo*> fields;
  for (const FieldInfo& field : info.fields)
    if (field.options.sealed || field.options.address) fields.push_back(&field);
  return fields;
}

std::vector<Unsealed> unsealed(const Project& project) {
  std::vector<Unsealed> found;
  const Levels levels(project);
  if (!levels.any()) return found;
  for (const auto* info : project.schema().registers())
    for (const auto* field : sealed_fields(*info))
      for_each_in(project.table(*info), [&](const Record& record) {
        if (lies_open(field->get(record)) && levels.lock(*info, record)) found.push_back({info, &record, field});
      });
  return found;
}

Result<std::string> opened_text(const Project& project, Id record, const FieldInfo& field, std::string_view text) {
  if (!field.options.sealed || !is_sealed(text)) return std::string(text);
  if (!project.content_key()) return fail("error.vault.locked"_key);
  return project.content_key()->open(sealing_place(record, field), text);
}

// --- in a transaction -------------------------------------------------------------------------------------------

void Transaction::seal_field(const ContentKey* key, const RegisterInfo& info, const Record& record, const FieldInfo& field) {
  const Value value = field.get(record);
  if (!key || !field.options.sealed || !lies_open(value)) return;
  writer_.write(info, *writer_.find(info, record.id), field, key->seal(sealing_place(record.id, field), std::get<std::string>(value)));
}

// A text whose document comes below the level in this edit stands open again, as part of it. What somebody without the
// passphrase has lowered stays sealed: the next edit of who has it must not open it unasked.
void Transaction::open_what_is_no_longer_locked(std::vector<Change>& changes) {
  auto moves = moves_of_levels(changes);
  if (moves.empty()) return;
  const Levels now(project_), before(project_, std::move(moves));
  for (const auto* info : project_.schema().registers())
    for (const auto* field : sealed_fields(*info)) {
      if (!field->options.sealed) continue;
      for (const auto* record : project_.table(*info).records()) {
        const Value value = field->get(*record);
        if (!holds_sealed(value) || now.lock(*info, *record) || !before.lock(*info, *record)) continue;
        const auto text = project_.content_key()->open(sealing_place(record->id, *field), std::get<std::string>(value));
        if (!text) continue;
        write(*info, *record, *field, *text);
        changes.push_back(changes_.back());
      }
    }
}

Result<void> Transaction::seal(std::vector<Change>& changes) {
  const ContentKey* key = project_.content_key();
  const bool by_hand = commit_.origin == Origin::edit;
  bool moves_levels = false;  // or brings what cannot be sealed before it is kept
  for (auto& change : changes) {
    if (change.action == Action::create) {
      const auto fields = sealed_fields(*change.info);
      const auto* record = project_.table(*change.info).find_any(change.record);
      moves_levels |= !fields.empty();
      if (!fields.empty() && is_locked(project_, *change.info, *record))
        for (const auto* field : fields) seal_field(key, *change.info, *record, *field);
      continue;
    }
    if (!change.field) continue;
    const auto& options = change.field->options;
    moves_levels |= options.level || options.owner || options.address;
    if (change.action != Action::write || !options.sealed || !lies_open(change.after)) continue;
    const auto& record = *project_.table(*change.info).find_any(change.record);
    if (!is_locked(project_, *change.info, record)) continue;
    if (!key && commit_.origin != Origin::import) return fail("error.vault.locked"_key);
    seal_field(key, *change.info, record, *change.field);
    change.after = change.field->get(record);
  }
  if (moves_levels && by_hand) PMO_TRY_VOID(refuse_large_files(project_, changes));
  if (moves_levels && by_hand && !key && !unsealed(project_).empty()) return fail("error.vault.locked"_key);
  if (moves_levels && by_hand && key) open_what_is_no_longer_locked(changes);
  std::erase_if(changes, [](const Change& change) {  // the same text again
    return change.action == Action::write && change.field && change.field->options.sealed && change.before == change.after && !change.stamp.actor;
  });
  return {};
}

// --- what may leave ---------------------------------------------------------------------------------------------

std::unique_ptr<Project> copy_without(const Project& project, const std::set<Id>& left_out) {
  auto copy = std::make_unique<Project>(project.schema(), project.actor(), project.surroundings());
  copy_records(project, *copy, left_out);
  RecordWriter writer(*copy);
  if (const auto history = project.journal().since({}))
    for (Commit commit : *history) {
      const auto changes = commit.changes.size();
      std::erase_if(commit.changes, [&](const Change& change) { return left_out.contains(change.record); });
      if (commit.changes.empty() && changes > 0) continue;
      (void)writer.remember(commit);
    }
  auto lacking = project.lacking();
  for (const auto* info : project.schema().registers()) {
    for_each_in(project.table(*info), [&](const Record& record) {
      if (left_out.contains(record.id)) for_each_stamp(record, [&](const Stamp& stamp) { lacking.saw(stamp); });
    });
  }
  writer.set_lacking(std::move(lacking));
  return copy;
}

}  // namespace pmo
