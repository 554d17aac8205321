#include "app/model/project.h"

#include <cassert>
#include <chrono>
#include <random>
#include <utility>

#include "app/model/transaction.h"
#include "app/model/withdraw.h"

namespace pmo {

std::uint64_t SystemSurroundings::milliseconds() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::milliseconds>(now).count());
}

std::uint64_t SystemSurroundings::random() {
  std::random_device device;
  return static_cast<std::uint64_t>(device()) << 32 | device();
}

std::uint64_t FixedSurroundings::random() {
  std::uint64_t z = (state_ += 0x9E3779B97F4A7C15ull);
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
  return z ^ (z >> 31);
}

// --- tables ---------------------------------------------------------------------------------------------------

const Record* Table::find_any(Id id) const {
  const auto at = by_id_.find(id);
  return at == by_id_.end() ? nullptr : at->second.get();
}

const Record* Table::find(Id id) const {
  const auto* record = find_any(id);
  return record && !record->deleted() ? record : nullptr;
}

std::vector<const Record*> Table::parts_of(Id owner) const {
  const auto at = by_owner_.find(owner);
  if (at == by_owner_.end()) return {};
  std::vector<const Record*> parts;
  for (const Record* part : at->second)
    if (!part->deleted()) parts.push_back(part);
  return parts;
}

// --- project --------------------------------------------------------------------------------------------------

Project::Project(const Schema& schema, Id actor, Surroundings& surroundings)
    : schema_(schema), actor_(actor), surroundings_(surroundings) {
  for (const auto* info : schema.registers()) tables_.push_back(std::make_unique<Table>(*info));
}

Id Project::make_id() {
  return Id::make(surroundings_.milliseconds(), surroundings_.random(), surroundings_.random());
}

std::pair<const RegisterInfo*, const Record*> Project::find_any(Id id) const {
  for (const auto& table : tables_)
    if (const auto* record = table->find(id)) return {&table->info(), record};
  return {nullptr, nullptr};
}

bool Project::open(const Conflict& conflict) const {
  const auto* record = table(*conflict.info).find_any(conflict.record);
  if (!record || !conflict.unknown_field.empty()) return false;
  if (conflict.field) return !record->deleted() && record->stamp_of(conflict.field->index) == conflict.winner;
  return !record->deleted() && record->last_written() == conflict.winner;
}

Result<Commit> Project::undo() {
  if (undo_.empty()) return fail("error.history.nothing_to_undo"_key);
  return take_back(undo_.back(), Origin::undo);
}

Result<Commit> Project::redo() {
  if (redo_.empty()) return fail("error.history.nothing_to_redo"_key);
  return take_back(redo_.back(), Origin::redo);
}

namespace {

// A change as it must be made now, to take back (or do again) one of an earlier commit.
void apply_again(Transaction& transaction, Project& project, const Change& change, bool forward) {
  const auto* record = project.table(*change.info).find_any(change.record);
  if (!record || holds_key(*change.info)) return;
  const auto action = change.action;
  if (action == Action::superseded || !change.unknown_field.empty()) return;  // what is not understood stays as it came
  if (action == Action::write) {
    const auto& from = forward ? change.before : change.after;
    const auto& to = forward ? change.after : change.before;
    if (!record->deleted() && change.field->get(*record) == from)  // rule P3: nobody wrote it since
      (void)transaction.set_back(*record, *change.info, *change.field, to);
    return;
  }
  const bool make_live = (action == Action::erase) != forward;
  if (make_live && record->deleted()) transaction.revive(*change.info, *record);
  if (!make_live && !record->deleted()) transaction.erase(*change.info, *record);
}

}  // namespace

Result<Commit> Project::take_back(const Step& step, Origin origin) {
  const auto original = PMO_TRY(journal_->read(step.commit));
  const bool import = original.origin == Origin::import;
  auto kept_step = step;
  Transaction transaction(*this, Key{original.name}, original.arguments);
  transaction.commit_.origin = origin;
  transaction.commit_.undoes = original.id;
  const bool forward = origin == Origin::redo;
  if (import && forward) PMO_TRY_VOID(bring_again(transaction, std::exchange(kept_step.withdrawn, {}).get()));
  else if (import) kept_step.withdrawn = PMO_TRY(withdraw(transaction, original));
  else if (forward)
    for (const auto& change : original.changes) apply_again(transaction, *this, change, true);
  else
    for (auto at = original.changes.rbegin(); at != original.changes.rend(); ++at)
      apply_again(transaction, *this, *at, false);
  transaction.lenient_ = true;  // the state before was a legal one when it was left
  transaction.commit_.origin = origin;
  auto commit = PMO_TRY(transaction.commit());
  (forward ? redo_ : undo_).pop_back();
  (forward ? undo_ : redo_).push_back(kept_step);
  return commit;
}

// --- record writer --------------------------------------------------------------------------------------------

Record& RecordWriter::add(const RegisterInfo& info, Id id) {
  auto& owner = table(info);
  assert(!owner.find_any(id));
  auto& record = *owner.by_id_.emplace(id, owner.info_.make_record()).first->second;
  record.id = id;
  owner.live_.push_back(&record);
  ++owner.revision_;
  return record;
}

void RecordWriter::place(const RegisterInfo& info, Record& record) {
  auto& owner = table(info);
  auto& from = record.deleted() ? owner.live_ : owner.deleted_;
  auto& to = record.deleted() ? owner.deleted_ : owner.live_;
  const auto at = std::ranges::find(from, &record);
  if (at == from.end()) return;
  from.erase(at);
  to.push_back(&record);
  ++owner.revision_;
}

OwnedRecord RecordWriter::take_out(const RegisterInfo& info, Record& record) {
  auto& owner = table(info);
  std::erase(owner.live_, &record);
  std::erase(owner.deleted_, &record);
  for (const FieldInfo& field : info.fields)
    if (field.options.owner) leave_owner(owner, field, record);
  ++owner.revision_;
  return std::move(owner.by_id_.extract(Id{record.id}).mapped());
}

void RecordWriter::put_back(const RegisterInfo& info, OwnedRecord record) {
  auto& owner = table(info);
  auto& kept = *owner.by_id_.emplace(Id{record->id}, std::move(record)).first->second;
  (kept.deleted() ? owner.deleted_ : owner.live_).push_back(&kept);
  filled(info, kept);
  ++owner.revision_;
}

void RecordWriter::write(const RegisterInfo& info, Record& record, const FieldInfo& field, const Value& value) {
  auto& owner = table(info);
  if (field.options.owner) leave_owner(owner, field, record);
  field.set(record, value);
  if (field.options.owner) join_owner(owner, field, record);
  ++owner.revision_;
}

void RecordWriter::filled(const RegisterInfo& info, Record& record) {
  for (const FieldInfo& field : info.fields)
    if (field.options.owner) join_owner(table(info), field, record);
}

void RecordWriter::join_owner(Table& table, const FieldInfo& field, Record& record) {
  const auto now = field.get(record);
  if (const Id* id = std::get_if<Id>(&now)) table.by_owner_[*id].push_back(&record);
}

void RecordWriter::leave_owner(Table& table, const FieldInfo& field, Record& record) {
  const auto before = field.get(record);
  const Id* id = std::get_if<Id>(&before);
  const auto at = id ? table.by_owner_.find(*id) : table.by_owner_.end();
  if (at == table.by_owner_.end()) return;
  // Once: two fields may name the same owner.
  if (const auto part = std::ranges::find(at->second, &record); part != at->second.end()) at->second.erase(part);
  if (at->second.empty()) table.by_owner_.erase(at);
}

void RecordWriter::set_number(const RegisterInfo& info, Record& record, std::int64_t number) {
  auto& owner = table(info);
  record.number = number;
  owner.last_number_ = std::max(owner.last_number_, number);
}

Record* RecordWriter::find(const RegisterInfo& info, Id id) { return const_cast<Record*>(table(info).find_any(id)); }

VersionVector Project::complete() const {
  auto complete = seen_;
  for (const auto& [actor, clock] : lacking_.clocks()) complete.forget(actor);
  return complete;
}

void RecordWriter::saw(const Stamp& stamp) {
  project_.seen_.saw(stamp);
  project_.clock_.saw(stamp.clock);
}

void RecordWriter::saw_all(const VersionVector& seen) {
  for (const auto& [actor, clock] : seen.clocks()) saw({clock, actor});
}

void RecordWriter::set_actor(Id actor) {
  project_.actor_ = actor;
  set_steps({}, {});
}

void RecordWriter::set_steps(std::vector<Project::Step> undo, std::vector<Project::Step> redo) {
  project_.undo_ = std::move(undo);
  project_.redo_ = std::move(redo);
}

void RecordWriter::touch(const RegisterInfo& info) { ++table(info).revision_; }

}  // namespace pmo
