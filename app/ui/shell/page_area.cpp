// The page with its heading, and the inspector beside it.
#include <algorithm>

#include "app/model/describe_record.h"
#include "app/ui/annotate.h"
#include "app/ui/shell/desk_names.h"
#include "app/ui/shell/part.h"
#include "app/ui/shell/shell.h"
#include "app/ui/widgets/widgets.h"

namespace pmo::ui {
namespace {

constexpr float page_side = 24;

void draw_heading(const Shell& shell, const Page& page) {
  const Theme& t = shell.theme;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImGui::Dummy({1, 44});
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const std::string_view title = shell.text(page.title());
  draw_text(list, {at.x, at.y + 8}, Type::title, t.ink, title);
  annotate_area("page.title", {at.x, at.y, at.x + measure(Type::title, title).x, at.y + 40}, Role::heading, title);
  const std::string_view desk = shell.text(desk_name(page.desk()));
  if (desk != title && !page.pinned())
    draw_text(list, {at.x + measure(Type::title, title).x + 12, at.y + 15}, Type::body, t.ink_faint, desk);
}

void draw_record_heading(Shell& shell, Context& context, const RegisterInfo& info, const Record& record) {
  const Theme& t = shell.theme;
  const float width = ImGui::GetContentRegionAvail().x;
  const float start = ImGui::GetCursorPosX();
  const std::string number = record_number(context.project, info, record);
  std::string kind(shell.text(info.one_key()));
  if (!number.empty()) kind += " · " + number;
  ImGui::BeginGroup();
  ImGui::PushStyleVarY(ImGuiStyleVar_ItemSpacing, 2);
  text_cut(Type::caption, kind, width - 72, t.ink_soft);
  text_cut(Type::heading, record_title(context.project, info, record), width - 72);
  ImGui::PopStyleVar();
  ImGui::EndGroup();
  ImGui::SameLine(start + width - 30);
  if (icon_button("###inspector.close", icon::x, shell.text("shell.close"_key), {.small = true})) {
    shell.settings.inspector_open = false;
    shell.settings_changed();
  }
  gap(0.5f);
}

}  // namespace

void draw_page(Shell& shell, Context& context) {
  Page* page = shell.navigation.page();
  if (!page) return;
  Part area("page", {.padding = {page_side, 8}});
  draw_heading(shell, *page);
  const std::string id = "page." + std::string(page->name());
  Part content(id.c_str(), {.size = {0, ImGui::GetContentRegionAvail().y - 8}, .scrolls = true});
  page->draw(context);
}

void draw_inspector(Shell& shell, Context& context) {
  Part area("inspector", {.ground = shell.theme.bar, .padding = {16, 16}});
  const RegisterInfo* info = shell.selection.info;
  const Record* record = shell.inspected();
  if (!record) return;  // it was deleted in this frame
  draw_record_heading(shell, context, *info, *record);
  Part form("form", {.scrolls = true});
  if (shell.parts.draw_record) shell.parts.draw_record(context, *info, record->id);
}

}  // namespace pmo::ui
