#include <set>

#include "app/model/project.h"
#include "app/model/records/quality.h"
#include "app/words/words.h"

namespace pmo {
namespace {

// The gates whose decision or whose questions were written.
std::set<Id> touched_gates(const Project& project, const std::vector<Change>& changes) {
  std::set<Id> gates;
  for (const Change& change : changes) {
    const bool made = change.action != Action::write;
    if (change.info == &register_of<QualityGate>() && (made || change.field == &field_of<QualityGate>(&QualityGate::status))) gates.insert(change.record);
    if (change.info != &register_of<ChecklistItem>() || !(made || change.field == &field_of<ChecklistItem>(&ChecklistItem::answer))) continue;
    if (const ChecklistItem* item = project.all<ChecklistItem>().find(change.record)) gates.insert(item->gate.id);
  }
  return gates;
}

bool allows(GateStatus status, ChecklistAnswer answer) {
  if (status == GateStatus::passed) return answer == ChecklistAnswer::fulfilled || answer == ChecklistAnswer::not_applicable;
  return status != GateStatus::conditional || answer != ChecklistAnswer::open;
}

}  // namespace

Result<void> decided_gates_are_answered(const Project& project, const std::vector<Change>& changes) {
  const auto touched = touched_gates(project, changes);
  if (touched.empty()) return {};
  for (const ChecklistItem& item : project.all<ChecklistItem>()) {
    const QualityGate* gate = touched.contains(item.gate.id) ? project.find(item.gate) : nullptr;
    if (gate && !allows(gate->status, item.answer)) {
      const FieldInfo& status = field_of<QualityGate>(&QualityGate::status);
      return fail("error.gate.unanswered"_key, {gate->title, argument_of(status.choice_key(enum_name(gate->status))), item.question});
    }
  }
  return {};
}

}  // namespace pmo
