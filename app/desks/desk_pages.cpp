#include "app/desks/desk_pages.h"

#include "app/desks/pages.h"

namespace pmo {

ui::ShellParts desk_parts(StoredWorkspace&) {
  return {.pages = desks::make_pages(product_schema()), .draw_record = desks::make_record_form(), .add_commands = {}};
}

}  // namespace pmo
