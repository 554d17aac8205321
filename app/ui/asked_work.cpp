#include "app/ui/asked_work.h"

#include <map>
#include <set>

#include "app/engine/documents/document_control.h"
#include "app/engine/resources/certificates.h"
#include "app/model/records/change_request.h"
#include "app/model/records/communication.h"
#include "app/model/records/procurement.h"
#include "app/model/records/quality.h"
#include "app/model/records/training.h"

namespace pmo::ui {
namespace {

void add_confirmations(const Project& project, std::vector<WorkItem>& items) {
  for (const Acknowledgement& one : project.all<Acknowledgement>())
    if (!one.acknowledged_on) items.push_back({&register_of<Acknowledgement>(), one.id, one.due, one.person});
}

void add_votes(const Project& project, std::vector<WorkItem>& items) {
  for (const BoardVote& vote : project.all<BoardVote>()) {
    const ChangeRequest* request = project.find(vote.change_request);
    if (request && request->status < ChangeStatus::approved && vote.vote == Vote::pending) items.push_back({&register_of<BoardVote>(), vote.id, request->due, vote.member});
  }
}

// A gate's questions come up a month before it, or when it is being held.
void add_questions(const Project& project, std::vector<WorkItem>& items) {
  constexpr int days_before = 30;
  for (const ChecklistItem& item : project.all<ChecklistItem>()) {
    const QualityGate* gate = project.find(item.gate);
    if (!gate || item.answer != ChecklistAnswer::open || !is_open(register_of<QualityGate>(), *gate)) continue;
    if (!gate->due && gate->status == GateStatus::planned) continue;
    WorkItem asked{&register_of<ChecklistItem>(), item.id, gate->due, item.responsible ? item.responsible : gate->owner};
    if (gate->status == GateStatus::planned) asked.from = *gate->due - days_before;
    items.push_back(asked);
  }
}

// Who has scored an offer of an item is asked to score all of them by every criterion.
void add_scores(const Project& project, std::vector<WorkItem>& items) {
  std::map<Id, std::set<Id>> evaluators;  // of an item
  std::map<Id, std::size_t> criteria;     // of an item
  std::map<std::pair<Id, Id>, std::set<Id>> scored;  // criteria of an offer, by evaluator
  for (const SelectionCriterion& criterion : project.all<SelectionCriterion>()) ++criteria[criterion.item.id];
  for (const OfferScore& score : project.all<OfferScore>()) {
    const Offer* offer = project.find(score.offer);
    if (!offer || !project.find(score.criterion) || !project.find(score.evaluator)) continue;
    evaluators[offer->item.id].insert(score.evaluator.id);
    scored[{offer->id, score.evaluator.id}].insert(score.criterion.id);
  }
  for (const Offer& offer : project.all<Offer>()) {
    if (!is_open(register_of<Offer>(), offer)) continue;
    for (const Id evaluator : evaluators[offer.item.id])
      if (evaluator != offer.owner.id && scored[{offer.id, evaluator}].size() < criteria[offer.item.id]) items.push_back({&register_of<Offer>(), offer.id, offer.valid_until, {evaluator}});
  }
}

void add_contacts(const Project& project, std::vector<WorkItem>& items) {
  for (const Stakeholder& stakeholder : project.all<Stakeholder>())
    if (stakeholder.status == EntryStatus::in_use && stakeholder.next_contact) items.push_back({&register_of<Stakeholder>(), stakeholder.id, stakeholder.next_contact, stakeholder.owner});
}

// Whether a training has changed how somebody works shows 30 to 90 days after it.
void add_observations(const Project& project, std::vector<WorkItem>& items) {
  constexpr int first_day = 30, last_day = 90;
  for (const Attendance& attendance : project.all<Attendance>()) {
    const TrainingSession* session = project.find(attendance.session);
    const auto held = session ? (session->finish ? session->finish : session->start) : std::nullopt;
    if (!held || attendance.status != AttendanceStatus::attended || attendance.behaviour || session->status == SessionStatus::cancelled) continue;
    items.push_back({&register_of<Attendance>(), attendance.id, held->day() + last_day, attendance.observer ? attendance.observer : session->owner, held->day() + first_day});
  }
}

void add_certificates(const Project& project, std::vector<WorkItem>& items) {
  for (const auto& certificate : engine::certificates(project, {}))
    if (certificate.expires) items.push_back({&register_of<Attendance>(), certificate.attendance, certificate.expires, {certificate.person}, *certificate.expires - engine::certificate_notice});
}

// A document is kept until a day; then somebody disposes of it as it says, or keeps it longer.
void add_disposals(const Project& project, std::vector<WorkItem>& items) {
  constexpr int days_before = 30;
  for (const Document& document : project.all<Document>())
    if (engine::waits_for_disposal(document))
      items.push_back({&register_of<Document>(), document.id, document.retain_until, document.owner, *document.retain_until - days_before});
}

}  // namespace

void add_asked_work(const Project& project, std::vector<WorkItem>& items) {
  add_confirmations(project, items);
  add_votes(project, items);
  add_questions(project, items);
  add_scores(project, items);
  add_contacts(project, items);
  add_observations(project, items);
  add_certificates(project, items);
  add_disposals(project, items);
}

std::vector<const RegisterInfo*> asked_work_reads() {
  return {&register_of<Acknowledgement>(), &register_of<BoardVote>(), &register_of<ChecklistItem>(), &register_of<OfferScore>(), &register_of<SelectionCriterion>(),
          &register_of<Stakeholder>(), &register_of<Attendance>(), &register_of<Course>()};
}

}  // namespace pmo::ui
