// What the document register owes: documents that the project must have and lacks, and those whose retention is over.
// Source: ISO 9001:2015, 7.5.3 (control of documented information: available where needed, retention and disposition).
//
//   D1  a requirement is met by the document it names; without one by a document of the same title and type
//   D2  a document counts when it is approved or issued; in preparation it does not yet, withdrawn (superseded, obsolete)
//       not any more
//   D3  a requirement is due on its own day, otherwise on that of the first quality gate of its stage
#pragma once

#include <vector>

#include "app/model/project.h"
#include "app/model/records/document.h"
#include "app/words/key.h"

namespace pmo::engine {

enum class DocumentLack : unsigned char { no_document, in_preparation, withdrawn };

struct LackingDocument {
  Id required;            // the RequiredDocument
  Id document;            // what there is of it; empty: nothing
  DocumentLack lack = DocumentLack::no_document;
  std::optional<Day> due;
};

// The first due in front, those without a day last. What is not needed is not lacking.
std::vector<LackingDocument> lacking_documents(const Project& project);
Key lack_key(DocumentLack lack);  // "document_lack.<name>"

// Retention has an end and nobody has dealt with the document since.
bool waits_for_disposal(const Document& document);
// Documents kept longer than until this day.
std::vector<Id> retention_over(const Project& project, Day today);

}  // namespace pmo::engine
