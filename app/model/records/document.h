// The document register with versions: content written in the application, or attached files.
#pragma once

#include "app/model/records/confidentiality.h"
#include "app/model/records/person.h"

namespace pmo {

enum class DocumentType : unsigned char { plan, report, minutes, technical, contract, form, correspondence, other };
enum class DocumentStatus : unsigned char { draft, in_review, approved, issued, superseded, obsolete };

struct Document : Record {
  std::string title;
  DocumentType type = DocumentType::plan;
  DocumentStatus status = DocumentStatus::draft;
  std::string discipline;
  Ref<Person> owner, reviewer, approver;
  Confidentiality confidentiality = Confidentiality::internal;
  Refs<Person> distribution;
  std::string language, tags, folder;
  std::optional<Day> review_due, retain_until;
  std::optional<Day> disposed_on;  // handed over, archived or destroyed, as the disposition says
  std::string disposition;
  bool external = false;
  std::string origin;  // of an external document
};

template <>
struct Describe<Document> {
  static RegisterInfo make() {
    return Describer<Document>("DOC", Desk::documents)
        .field("title", &Document::title, {.required = true, .title = true})
        .field("type", &Document::type)
        .field("status", &Document::status, {.closed = "superseded obsolete", .at_rest = "approved issued"})
        .field("owner", &Document::owner, {.responsible = true})
        .field("reviewer", &Document::reviewer)
        .field("approver", &Document::approver)
        .field("confidentiality", &Document::confidentiality, {.level = true})
        .field("review_due", &Document::review_due, {.due = true})
        .field("discipline", &Document::discipline)
        .field("folder", &Document::folder)
        .field("tags", &Document::tags)
        .field("language", &Document::language)
        .field("distribution", &Document::distribution)
        .field("retain_until", &Document::retain_until)
        .field("disposition", &Document::disposition)
        .field("external", &Document::external)
        .field("origin", &Document::origin)
        .field("disposed_on", &Document::disposed_on)
        .in_order<&Document::retain_until, &Document::disposed_on>();
  }
};

struct DocumentVersion : Record {
  Ref<Document> document;
  std::string version;  // "1.0", "A"
  Day date;
  Ref<Person> author;
  std::string change_note;
  std::string content;
};

template <>
struct Describe<DocumentVersion> {
  static RegisterInfo make() {
    return Describer<DocumentVersion>("", Desk::documents)
        .field("document", &DocumentVersion::document, {.required = true, .owner = true})
        .field("version", &DocumentVersion::version, {.required = true, .title = true})
        .field("date", &DocumentVersion::date)
        .field("author", &DocumentVersion::author)
        .field("change_note", &DocumentVersion::change_note, {.lines = true})
        .field("content", &DocumentVersion::content, {.markdown = true, .sealed = true});
  }
};

}  // namespace pmo
