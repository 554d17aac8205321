// The access log of confidential documents: who opened, exported or failed to unlock what, and when. An entry is a record
// like any other, but its making is no step that could be undone.
#pragma once

#include "app/model/records/management.h"
#include "app/model/transaction.h"

namespace pmo {

// By whoever works at this copy (own_person). An empty reference: all documents.
Result<void> note_access(Project& project, AccessEvent event, const std::vector<Ref<Document>>& documents, Minute now);
// A look at something sealed, once since the passphrase was given.
void note_look(Project& project, const RegisterInfo& info, const Record& record, Minute now);

// The document that a record is part of; empty when it is part of none.
Ref<Document> document_of(const Project& project, const RegisterInfo& info, const Record& record);
// The live ones that are locked.
std::vector<Ref<Document>> locked_documents(const Project& project);

}  // namespace pmo
