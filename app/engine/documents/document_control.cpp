#include "app/engine/documents/document_control.h"

#include <algorithm>

#include "app/model/format.h"
#include "app/model/records/management.h"
#include "app/model/records/quality.h"

namespace pmo::engine {
namespace {

const Document* document_for(const Project& project, const RequiredDocument& required) {
  if (const Document* named = project.find(required.document)) return named;
  const std::string title = lower(plain_text(required.title));
  const auto& documents = project.all<Document>();
  const auto found = std::ranges::find_if(documents, [&](const Document& document) { return document.type == required.type && lower(plain_text(document.title)) == title; });
  return found == documents.end() ? nullptr : &*found;
}

std::optional<DocumentLack> lack_of(const Document* document) {
  if (!document) return DocumentLack::no_document;
  switch (document->status) {
    case DocumentStatus::draft:
    case DocumentStatus::in_review: return DocumentLack::in_preparation;
    case DocumentStatus::superseded:
    case DocumentStatus::obsolete: return DocumentLack::withdrawn;
    case DocumentStatus::approved:
    case DocumentStatus::issued: break;
  }
  return {};
}

std::optional<Day> due_of(const Project& project, const RequiredDocument& required) {
  if (required.due || required.stage.empty()) return required.due;
  std::optional<Day> first;
  for (const QualityGate& gate : project.all<QualityGate>())
    if (gate.due && gate.stage == required.stage) first = first ? std::min(*first, *gate.due) : *gate.due;
  return first;
}

}  // namespace

std::vector<LackingDocument> lacking_documents(const Project& project) {
  std::vector<LackingDocument> lacking;
  for (const RequiredDocument& required : project.all<RequiredDocument>()) {
    if (required.status == RequiredStatus::not_needed) continue;
    const Document* document = document_for(project, required);
    if (const auto lack = lack_of(document)) lacking.push_back({required.id, document ? document->id : Id{}, *lack, due_of(project, required)});
  }
  std::ranges::stable_sort(lacking, {}, [](const LackingDocument& one) { return std::pair(!one.due, one.due.value_or(Day{})); });
  return lacking;
}

Key lack_key(DocumentLack lack) {
  constexpr Key keys[] = {"document_lack.no_document"_key, "document_lack.in_preparation"_key, "document_lack.withdrawn"_key};
  return keys[static_cast<std::size_t>(lack)];
}

bool waits_for_disposal(const Document& document) { return document.retain_until && !document.disposed_on; }

std::vector<Id> retention_over(const Project& project, Day today) {
  std::vector<Id> over;
  for (const Document& document : project.all<Document>())
    if (waits_for_disposal(document) && *document.retain_until < today) over.push_back(document.id);
  return over;
}

}  // namespace pmo::engine
