#include "app/model/transaction.h"

#include <cassert>
#include <map>
#include <set>

#include "app/model/describe_record.h"

namespace pmo {

Transaction::Transaction(Project& project, Key name, std::vector<std::string> arguments)
    : project_(project), writer_(project) {
  commit_.name = name.name;
  commit_.arguments = std::move(arguments);
}

Transaction::~Transaction() {
  if (!committed_) roll_back();
}

Record& Transaction::create_record(const RegisterInfo& info, Id id) {
  auto& record = writer_.add(info, id ? id : project_.make_id());
  last_numbers_.try_emplace(&info, project_.table(info).next_number() - 1);
  writer_.set_number(info, record, project_.table(info).next_number());
  changes_.push_back({.info = &info, .record = record.id, .action = Action::create});
  return record;
}

Result<void> Transaction::set(const Record& record, const RegisterInfo& info, const FieldInfo& field, Value value) {
  return set_checked(record, info, field, std::move(value), check_value);
}

Result<void> Transaction::set_back(const Record& record, const RegisterInfo& info, const FieldInfo& field, Value value) {
  return set_checked(record, info, field, std::move(value), check_stored_value);
}

Result<void> Transaction::set_checked(const Record& record, const RegisterInfo& info, const FieldInfo& field, Value value, CheckValue& check) {
  if (auto checked = check(field, value); !checked) {
    checked.error().place = record_number(project_, info, record);
    return checked;
  }
  write(info, record, field, std::move(value));
  return {};
}

Record& Transaction::touch(const RegisterInfo& info, Id id) {
  auto* record = writer_.find(info, id);
  assert(record);
  before_.try_emplace(record, &info, id, record->written, record->deletion, record->unknown);
  return *record;
}

void Transaction::write(const RegisterInfo& info, const Record& record, const FieldInfo& field, Value value) {
  auto& target = touch(info, record.id);
  auto before = field.get(target);
  if (before == value) return;
  writer_.write(info, target, field, value);
  changes_.push_back({&info, record.id, Action::write, &field, std::move(before), std::move(value), {}});
}

void Transaction::confirm(const Record& record, const RegisterInfo& info, const FieldInfo& field) {
  const auto value = field.get(touch(info, record.id));
  changes_.push_back({&info, record.id, Action::write, &field, value, value, {.clock = 0, .actor = project_.actor()}});
}

void Transaction::erase(const RegisterInfo& info, const Record& record) {
  if (record.deleted()) return;
  // Not by recursion: a merge may have made tasks each other's parents.
  std::vector<RecordPointer> going{{&info, &record}};
  std::set<Id> found{record.id};
  for (std::size_t at = 0; at < going.size(); ++at)
    for (const auto& part : parts_of(project_, going[at].record->id))
      if (found.insert(part.record->id).second) going.push_back(part);
  for (auto at = going.rbegin(); at != going.rend(); ++at) {  // the parts first
    auto& target = touch(*at->info, at->record->id);
    // Everything written so far is what the deleter knew; the clocks of this transaction come with the commit.
    target.deletion = Deletion{.stamp = {}, .seen = target.written.told()};
    for (auto& [name, field] : target.unknown) field.deletion_seen = field.stamp;
    writer_.place(*at->info, target);
    changes_.push_back({.info = at->info, .record = target.id, .action = Action::erase});
  }
}

void Transaction::revive(const RegisterInfo& info, const Record& record) {
  if (!record.deleted()) return;
  auto& target = touch(info, record.id);
  // Any stamp that the deleter had not seen revives (rule R2); the real one comes with the commit.
  target.written.put(FieldStamps::life, {std::numeric_limits<std::uint64_t>::max(), project_.actor()});
  writer_.place(info, target);
  changes_.push_back({.info = &info, .record = record.id, .action = Action::revive});
}

void Transaction::roll_back() {
  for (auto change = changes_.rbegin(); change != changes_.rend(); ++change) {
    auto* record = writer_.find(*change->info, change->record);
    if (change->action == Action::write && change->field) writer_.write(*change->info, *record, *change->field, change->before);
    if (change->action != Action::create) continue;
    before_.erase(record);
    writer_.forget(*change->info, *record);
  }
  changes_.clear();
  for (const auto& [info, number] : last_numbers_) writer_.set_last_number(*info, number);
  last_numbers_.clear();
  for (auto before = given_back_.rbegin(); before != given_back_.rend(); ++before)
    writer_.write(*before->info, *writer_.find(*before->info, before->record), *before->field, before->value);
  given_back_.clear();
  restore_stamps();
  for (auto& [info, record] : withdrawn_) writer_.put_back(*info, std::move(record));
  withdrawn_.clear();
}

std::shared_ptr<const Found> Transaction::found() const {
  auto found = std::make_shared<Found>(project_.seen_, project_.lacking_);
  for (const auto& [record, before] : before_) found->records.push_back(before);
  return found;
}

void Transaction::restore_stamps() {
  for (auto& [record, before] : before_) {
    record->written = before.written;
    record->deletion = before.deletion;
    record->unknown = before.unknown;
    writer_.place(*before.info, *record);
  }
}

// What the transaction did in the end: one write a field, nothing for a record that was created in it and written
// later, nothing for a field that has its old value again.
std::vector<Change> Transaction::net_changes() const {
  std::set<Id> created;
  for (const auto& change : changes_)
    if (change.action == Action::create) created.insert(change.record);
  std::map<std::tuple<Id, const FieldInfo*, std::string_view>, std::size_t> writes;
  std::vector<Change> net;
  for (const auto& change : changes_) {
    if (change.action != Action::write) { net.push_back(change); continue; }
    if (created.contains(change.record)) continue;
    const auto [at, first] = writes.try_emplace({change.record, change.field, change.unknown_field}, net.size());
    if (first) net.push_back(change);
    else net[at->second].after = change.after;
  }
  // A confirmation is known by its actor, although it has no clock yet.
  std::erase_if(net, [](const Change& change) {
    return change.action == Action::write && change.before == change.after && !change.stamp.actor;
  });
  return net;
}

Result<void> Transaction::check_record(const Change& change) const {
  const auto& info = *change.info;
  const auto* record = project_.table(info).find(change.record);
  if (!record || change.action == Action::erase) return {};
  const auto concerns = [&](std::uint16_t field) { return change.action != Action::write || (change.field && change.field->index == field); };
  for (const auto& field : info.fields) {
    if (!concerns(field.index)) continue;
    const auto value = field.get(*record);  // written by set(), which has checked it, or kept from a newer version
    PMO_TRY_VOID(check_stored_value(field, value));
    PMO_TRY_VOID(check_references(project_, field, value));
  }
  if (!rules_apply_) return {};
  for (const auto& rule : info.record_rules)
    if (std::ranges::any_of(rule.fields, concerns)) PMO_TRY_VOID(rule.holds(*record));
  return {};
}

Result<void> Transaction::check(const std::vector<Change>& changes) const {
  std::set<Rule> rules;
  for (const auto& change : changes) {
    rules.insert(change.info->rules.begin(), change.info->rules.end());
    auto result = check_record(change);
    if (result) continue;
    result.error().place = record_number(project_, *change.info, *project_.table(*change.info).find(change.record));
    return result;
  }
  if (!rules_apply_) return {};
  for (const auto rule : rules) PMO_TRY_VOID(rule(project_, changes));
  return {};
}

void Transaction::put_stamps(std::vector<Change>& changes, const Stamp& stamp) {
  std::vector<Record*> erased;  // in the end: revived ones are not
  for (const auto& change : changes) {
    if (change.action != Action::erase || change.stamp.clock != 0) continue;
    if (auto* record = writer_.find(*change.info, change.record); record->deleted()) erased.push_back(record);
  }
  for (auto& change : changes) {
    if (change.stamp.clock != 0) continue;  // came in by a merge, which has placed it
    change.stamp = stamp;
    auto* record = writer_.find(*change.info, change.record);
    switch (change.action) {
      case Action::create: record->created = stamp; break;
      case Action::write: record->written.put(change.field->index, stamp); break;
      case Action::erase: record->deletion->stamp = stamp; break;
      case Action::revive: record->written.put(FieldStamps::life, stamp); break;
      case Action::superseded: break;
    }
  }
  // What the transaction has written before it deleted, its deleter has seen.
  for (auto* record : erased) record->deletion->seen = record->written.told();
}

void Transaction::take_effect() {
  committed_ = true;
  withdrawn_.clear();
  if (commit_.seen) writer_.set_seen(*commit_.seen);
  writer_.saw(commit_.stamp);
  writer_.saw_all(commit_.joined);
  if (commit_.lacking) writer_.set_lacking(*commit_.lacking);
  writer_.add_conflicts(commit_.conflicts);
  ++project_.revision_;
  if (commit_.origin == Origin::edit || commit_.origin == Origin::import) {
    project_.undo_.push_back({commit_.id, commit_.name, commit_.arguments});
    project_.redo_.clear();
  }
  for (const auto& listener : project_.listeners_) listener(commit_);
}

Result<Commit> Transaction::commit() {
  assert(!committed_);
  auto net = net_changes();
  PMO_TRY_VOID(seal(net));
  if (net.empty() && !commit_.brings_more()) {
    committed_ = true;
    return Commit{};
  }
  if (!lenient_) PMO_TRY_VOID(check(net));
  for (auto& change : net)
    if (change.field && change.field->options.unlogged) change.before = change.after = {};
  const auto clock_before = project_.clock_;
  commit_.id = project_.make_id();
  commit_.stamp = {project_.clock_.next(project_.surroundings_.milliseconds()), project_.actor_};
  put_stamps(net, commit_.stamp);
  commit_.changes = std::move(net);
  if (commit_.origin == Origin::import) commit_.found = found();
  if (auto kept = project_.journal_->append(commit_); !kept) {
    project_.clock_ = clock_before;
    commit_.changes.clear();
    roll_back();
    committed_ = true;
    return std::unexpected(kept.error());
  }
  take_effect();
  return commit_;
}

}  // namespace pmo
