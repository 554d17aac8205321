// The texts of a document in its form: a version shown or printed as it is formatted, any two texts compared.
#pragma once

#include "app/model/records/document.h"
#include "app/ui/context.h"
#include "app/ui/report/report.h"

namespace pmo::desks {

// A text of a document: of a version, or inside an attached file.
struct DocumentText {
  const RegisterInfo* info = nullptr;
  const Record* part = nullptr;
  const FieldInfo* field = nullptr;  // that holds it
  std::string name;                  // "1.0", "plan.docx"
  std::string dated = {};            // a version's name with its day
};
// The versions by date, those of one day as they were added, then the attached files in which there is text.
std::vector<DocumentText> texts_of(const Project& project, Id document, Language language);

class VersionPanel {
 public:
  void draw(ui::Context& context, Id document);

 private:
  void choose(const ui::Context& context, Id document);
  const DocumentText& text_of(Id part) const;
  void pick(const char* id, const std::string& label, float room_beside, Id& chosen);
  void draw_version(ui::Context& context, const DocumentText& text);
  void draw_comparing(ui::Context& context);

  std::vector<DocumentText> texts_;  // of this frame
  Id document_, shown_, earlier_;
};

// By date, those of one day as they were added.
std::vector<const DocumentVersion*> versions_of(const Project& project, Id document);
ui::Report version_report(const Project& project, const DocumentVersion& version, std::string_view content, Language language, Day today);

struct ComparedText {
  std::string name;
  std::string_view text;
};
ui::Report comparison_report(const Project& project, Ref<Document> document, const ComparedText& earlier, const ComparedText& later, Language language, Day today);

}  // namespace pmo::desks
