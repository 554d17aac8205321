#include "app/model/access_log.h"

#include "app/model/open_work.h"
#include "app/model/sealing.h"

namespace pmo {

Result<void> note_access(Project& project, AccessEvent event, const std::vector<Ref<Document>>& documents, Minute now) {
  Transaction change(project, "transaction.access"_key);
  change.never_undone();
  for (const auto document : documents)
    change.create<DocumentAccess>([&](DocumentAccess& access) {
      access.document = document;
      access.event = event;
      access.person = own_person(project);
      access.opened_at = now;
    });
  auto commit = change.commit();
  return commit ? Result<void>{} : std::unexpected(commit.error());
}

void note_look(Project& project, const RegisterInfo& info, const Record& record, Minute now) {
  const auto document = document_of(project, info, record);
  if (document && project.content_key() && project.content_key()->first_look(document.id))
    (void)note_access(project, AccessEvent::opened, {document}, now);  // a window that only reads cannot note anything
}

Ref<Document> document_of(const Project& project, const RegisterInfo& info, const Record& record) {
  const RegisterInfo* at_info = &info;
  const Record* at = &record;
  for (int depth = 0; at && depth < 8; ++depth) {
    if (at_info == &register_of<Document>()) return {at->id};
    const FieldInfo* owner = at_info->owner();
    const Value value = owner ? owner->get(*at) : Value{};
    const auto* id = std::get_if<Id>(&value);
    if (!id) return {};
    std::tie(at_info, at) = project.find_any(*id);
  }
  return {};
}

std::vector<Ref<Document>> locked_documents(const Project& project) {
  std::vector<Ref<Document>> documents;
  for (const auto& document : project.all<Document>())
    if (is_locked(project, register_of<Document>(), document)) documents.push_back({document.id});
  return documents;
}

}  // namespace pmo
