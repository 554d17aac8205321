#include "app/desks/desk_pages.h"

#include "app/desks/desk_news.h"
#include "app/desks/pages.h"
#include "app/desks/register_import.h"
#include "app/ui/form/attachment_list.h"

namespace pmo {

ui::ShellParts desk_parts(StoredWorkspace& workspace) {
  auto pages = desks::make_pages(product_schema());
  pages.push_back(desks::make_portfolio_page(workspace));
  pages.push_back(desks::make_risk_identification_page(workspace));
  pages.push_back(desks::make_vendor_history_page(workspace));
  auto draw_record = [form = desks::make_record_form(), &files = *workspace.attached_files()](
                         ui::Context& context, const RegisterInfo& info, Id record) {
    form(context, info, record);
    ui::draw_attachments(context, files, record);
  };
  const auto importing = std::make_shared<desks::RegisterImport>();
  return {.pages = std::move(pages), .draw_record = std::move(draw_record),
          .add_commands = [importing](ui::Commands& commands) { importing->add_commands(commands); },
          .tell_desk = desks::tell_desk,
          .draw_dialogs = [importing](ui::Context& context) { importing->draw(context); }};
}

}  // namespace pmo
