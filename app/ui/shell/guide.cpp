#include "app/ui/shell/guide.h"

#include "app/ui/shell/desk_names.h"

namespace pmo::ui {

std::string guide_address(const Page* page, Language language) {
  const std::string folder = language == Language::chinese ? "guide/zh/" : "guide/en/";
  if (!page) return folder + "start.html";
  const std::string file = folder + (page->pinned() ? "everyday" : std::string(enum_name(page->desk()))) + ".html";
  return page->name() == desk_page_name(page->desk()) ? file : file + "#" + std::string(page->name());
}

}  // namespace pmo::ui
