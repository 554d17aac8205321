#include "app/engine/change/proposed_edits.h"

#include <algorithm>
#include <set>

#include "app/model/describe_record.h"
#include "app/model/outline.h"
#include "app/model/value_text.h"
#include "app/words/words.h"

namespace pmo::engine {
namespace {

// D2
Id made_by(Id proposal) { return {proposal.high, proposal.low ^ 0x005a'a55a'a55a'5aa5}; }

const ProposedEdit* proposal_of(const Project& project, Id id) {
  const ProposedEdit* edit = project.all<ProposedEdit>().find(id);
  return edit && edit->kind == EditKind::create ? edit : nullptr;
}

// D1: proposals in a value become what they make.
Value with_made(const Project& project, Value value) {
  if (auto* id = std::get_if<Id>(&value); id && proposal_of(project, *id)) *id = made_by(*id);
  if (auto* ids = std::get_if<std::vector<Id>>(&value))
    for (Id& id : *ids)
      if (proposal_of(project, id)) id = made_by(id);
  return value;
}

std::vector<Id> named_in(const Value& value) {
  if (const auto* id = std::get_if<Id>(&value)) return {*id};
  const auto* ids = std::get_if<std::vector<Id>>(&value);
  return ids ? *ids : std::vector<Id>{};
}

Result<void> gone(const ProposedEdit& edit) { return fail("error.change.no_record"_key, {edit.title}); }

Result<void> make_record(Transaction& transaction, const ProposedEdit& edit) {
  const RegisterInfo* info = transaction.project().schema().find(edit.register_name);
  if (!info) return gone(edit);
  const Id id = made_by(edit.id);
  if (const Record* there = transaction.project().table(*info).find_any(id)) transaction.revive(*info, *there);  // undone before, or approved on another copy
  else transaction.create_record(*info, id);
  return {};
}

Result<void> make_write(Transaction& transaction, const ProposedEdit& edit) {
  const EditTarget of = target_of(transaction.project(), edit);
  const FieldInfo* field = of.info ? of.info->find(edit.field_name) : nullptr;
  if (!field || !of.record) return check_edit(transaction.project(), edit);
  auto value = PMO_TRY(read_value_text(*field, edit.new_value));
  return transaction.set(*of.record, *of.info, *field, with_made(transaction.project(), std::move(value)));
}

Result<void> make_deletion(Transaction& transaction, const ProposedEdit& edit) {
  const EditTarget of = target_of(transaction.project(), edit);
  if (of.record) transaction.erase(*of.info, *of.record);  // otherwise it went with what it was part of
  return {};
}

// A new task comes last below its summary.
Result<void> place_task(Transaction& transaction, const ProposedEdit& edit) {
  if (edit.register_name != register_of<Task>().name) return {};
  const Task* task = transaction.project().find(Ref<Task>{made_by(edit.id)});
  return task && task->order.empty() ? move_tasks(transaction, {task->id}, task->parent.id, {}) : Result<void>{};
}

void put_edit(Transaction& transaction, Ref<ChangeRequest> request, const std::string& title, Id target, const FieldInfo& field, const Value& value, const std::string& old_value) {
  for (const ProposedEdit& edit : transaction.project().all<ProposedEdit>()) {
    if (edit.change_request != request || edit.kind != EditKind::write || edit.target.id != target || edit.field_name != field.name) continue;
    transaction.set(edit, &ProposedEdit::new_value, value_text(value));
    transaction.set(edit, &ProposedEdit::old_value, old_value);
    transaction.set(edit, &ProposedEdit::applied, false);
    return;
  }
  transaction.create<ProposedEdit>([&](ProposedEdit& edit) {
    edit.change_request = request;
    edit.title = title;
    edit.target = {target};
    edit.field_name = field.name;
    edit.new_value = value_text(value);
    edit.old_value = old_value;
  });
}

}  // namespace

std::vector<const ProposedEdit*> edits_of(const Project& project, const ChangeRequest& request) {
  std::vector<const ProposedEdit*> edits;
  for (const ProposedEdit& edit : project.all<ProposedEdit>())
    if (edit.change_request.id == request.id) edits.push_back(&edit);
  return edits;
}

std::vector<const ProposedEdit*> open_edits_of(const Project& project, const ChangeRequest& request) {
  auto edits = edits_of(project, request);
  std::erase_if(edits, [](const ProposedEdit* edit) { return edit->applied; });
  return edits;
}

EditTarget target_of(const Project& project, const ProposedEdit& edit) {
  const ProposedEdit* proposal = edit.kind == EditKind::create ? &edit : proposal_of(project, edit.target.id);
  if (!proposal) {
    const auto [info, record] = project.find_any(edit.target.id);
    return record ? EditTarget{info, record, nullptr} : EditTarget{};
  }
  const RegisterInfo* info = project.schema().find(proposal->register_name);
  return {info, info ? project.table(*info).find(made_by(proposal->id)) : nullptr, proposal};
}

Value proposed_value(const Project& project, const ProposedEdit& proposal, const FieldInfo& field) {
  for (const ProposedEdit& edit : project.all<ProposedEdit>())
    if (edit.kind == EditKind::write && edit.target.id == proposal.id && edit.field_name == field.name)
      if (auto value = read_value_text(field, edit.new_value)) return *value;
  const RegisterInfo* info = project.schema().find(proposal.register_name);
  return info ? field.get(*info->make_record()) : Value{};
}

Result<void> check_edit(const Project& project, const ProposedEdit& edit) {
  const EditTarget of = target_of(project, edit);
  if (!of.info || (!of.record && !of.proposal)) return gone(edit);
  if (edit.kind != EditKind::write) return {};
  const FieldInfo* field = of.info->find(edit.field_name);
  if (!field) return fail("error.change.no_field"_key, {edit.title, edit.field_name});
  const Value value = PMO_TRY(read_value_text(*field, edit.new_value));
  for (const Id id : named_in(value))
    if (!project.find_any(id).second) return gone(edit);
  if (of.proposal) return {};
  const std::string now = value_text(field->get(*of.record));
  if (now != edit.old_value && now != edit.new_value) return fail("error.change.stale"_key, {edit.title, argument_of(field->label_key())});
  return {};
}

Result<void> make_edits(Transaction& transaction, const std::vector<const ProposedEdit*>& edits) {
  Result<void> first;
  const auto make_all = [&](EditKind kind, Result<void> (*make)(Transaction&, const ProposedEdit&), bool applied) {
    for (const ProposedEdit* edit : edits) {
      if (edit->kind != kind) continue;
      if (auto made = make(transaction, *edit); !made) {
        if (first) first = std::move(made);
      } else if (applied) {
        transaction.set(*edit, &ProposedEdit::applied, true);
      }
    }
  };
  make_all(EditKind::create, make_record, true);
  make_all(EditKind::write, make_write, true);
  make_all(EditKind::create, place_task, false);
  make_all(EditKind::erase, make_deletion, true);
  return first;
}

Result<void> propose_edit(Transaction& transaction, const ChangeRequest& request, const RegisterInfo& info, const Record& record,
                          const FieldInfo& field, const Value& value) {
  PMO_TRY_VOID(check_value(field, value));
  put_edit(transaction, {request.id}, record_title(transaction.project(), info, record), record.id, field, value, value_text(field.get(record)));
  return {};
}

Result<void> propose_value(Transaction& transaction, const ProposedEdit& proposal, const FieldInfo& field, const Value& value) {
  PMO_TRY_VOID(check_value(field, value));
  if (const auto* text = std::get_if<std::string>(&value); text && field.options.title) transaction.set(proposal, &ProposedEdit::title, *text);
  put_edit(transaction, proposal.change_request, proposal.title, proposal.id, field, value, {});
  return {};
}

Result<Ref<ProposedEdit>> propose_record(Transaction& transaction, const ChangeRequest& request, const RegisterInfo& info, std::string title, const FieldValues& values) {
  for (const auto& [field, value] : values) PMO_TRY_VOID(check_value(*field, value));
  const Ref<ChangeRequest> of{request.id};
  const Id proposal = transaction.create<ProposedEdit>([&](ProposedEdit& edit) {
    edit.change_request = of;
    edit.kind = EditKind::create;
    edit.register_name = info.name;
    edit.title = std::move(title);
  }).id;
  for (const auto& [field, value] : values) PMO_TRY_VOID(propose_value(transaction, *transaction.project().find(Ref<ProposedEdit>{proposal}), *field, value));
  return Ref<ProposedEdit>{proposal};
}

void propose_deletion(Transaction& transaction, const ChangeRequest& request, const RegisterInfo& info, const Record& record) {
  for (const ProposedEdit* edit : open_edits_of(transaction.project(), request))
    if (edit->kind == EditKind::erase && edit->target.id == record.id) return;
  const std::string title = record_title(transaction.project(), info, record);
  transaction.create<ProposedEdit>([&](ProposedEdit& edit) {
    edit.change_request = {request.id};
    edit.kind = EditKind::erase;
    edit.register_name = info.name;
    edit.title = title;
    edit.target = {record.id};
  });
}

void withdraw_edit(Transaction& transaction, const ProposedEdit& edit) {
  const Project& project = transaction.project();
  std::set<Id> going{edit.id};
  for (std::size_t before = 0; before != going.size();) {
    before = going.size();
    for (const ProposedEdit& other : project.all<ProposedEdit>()) {
      if (going.contains(other.target.id)) going.insert(other.id);
      const EditTarget of = target_of(project, other);
      const FieldInfo* field = of.info ? of.info->find(other.field_name) : nullptr;
      const auto value = field ? read_value_text(*field, other.new_value) : Result<Value>{Value{}};
      if (!value || std::ranges::none_of(named_in(*value), [&](Id id) { return going.contains(id); })) continue;
      going.insert(of.proposal ? of.proposal->id : other.id);
    }
  }
  for (const Id id : going)
    if (const ProposedEdit* one = project.find(Ref<ProposedEdit>{id})) transaction.erase(*one);
}

}  // namespace pmo::engine
