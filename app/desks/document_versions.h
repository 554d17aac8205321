// The versions of a document in its form: one shown or printed as it is formatted, two compared.
#pragma once

#include "app/model/records/document.h"
#include "app/ui/context.h"
#include "app/ui/report/report.h"

namespace pmo::desks {

class VersionPanel {
 public:
  void draw(ui::Context& context, Id document);

 private:
  void choose(const ui::Context& context, Id document);
  const DocumentVersion* pick(ui::Context& context, const char* id, Key label, Id& chosen);
  void draw_comparing(ui::Context& context);

  std::vector<const DocumentVersion*> versions_;  // of this frame, the oldest first
  Id document_, shown_, earlier_;
};

// By date, those of one day as they were added.
std::vector<const DocumentVersion*> versions_of(const Project& project, Id document);
ui::Report version_report(const Project& project, const DocumentVersion& version, std::string_view content, Language language, Day today);
ui::Report comparison_report(const Project& project, const DocumentVersion& earlier, std::string_view before, const DocumentVersion& later,
                             std::string_view after, Language language, Day today);

}  // namespace pmo::desks
