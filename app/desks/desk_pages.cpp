#include "app/desks/desk_pages.h"

#include "app/desks/pages.h"

namespace pmo {

ui::ShellParts desk_parts(StoredWorkspace& workspace) {
  auto pages = desks::make_pages(product_schema());
  pages.push_back(desks::make_portfolio_page(workspace));
  return {.pages = std::move(pages), .draw_record = desks::make_record_form(), .add_commands = {}};
}

}  // namespace pmo
