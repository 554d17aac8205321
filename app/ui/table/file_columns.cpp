#include "app/ui/table/file_columns.h"

#include <algorithm>
#include <cmath>

#include "app/model/type_names.h"
#include "app/ui/theme.h"
#include "app/ui/widgets/widgets.h"

namespace pmo::ui {
namespace {

constexpr float column_height = 34, meaning_width = 210;

}  // namespace

std::string column_heading(const std::string& heading, std::size_t place, Language language) {
  const std::string number[] = {std::to_string(place + 1)};
  return heading.empty() ? phrase("import.table.no_heading"_key, number, language) : heading;
}

std::string column_samples(const std::vector<std::string>& samples) {
  std::string list;
  for (const auto& sample : samples) list += (list.empty() ? "" : " · ") + sample;
  std::ranges::replace(list, '\n', ' ');
  return list;
}

bool draw_columns_title(TextEncoding& encoding, Language language) {
  text(Type::strong, word("import.table.columns"_key, language));
  const std::string named[] = {std::string(word(encoding_key(encoding), language))};
  const std::string shown = phrase("import.table.encoding"_key, named, language);
  ImGui::SameLine(ImGui::GetContentRegionAvail().x - button_width(shown, {.small = true, .opens_menu = true}));
  if (button(labelled(shown, "import.encoding"), {.small = true, .opens_menu = true})) open_menu("import.encodings");
  if (!begin_menu("import.encodings")) return false;
  bool changed = false;
  for (const auto choice : {TextEncoding::utf_8, TextEncoding::gb18030, TextEncoding::utf_16, TextEncoding::windows_1252})
    if (menu_item(labelled(word(encoding_key(choice), language), "encoding." + std::string(enum_name(choice))), {.checked = choice == encoding}))
      encoding = choice, changed = true;
  end_menu();
  return changed;
}

void draw_file_columns(std::size_t count, float lines, const std::function<FileColumn(std::size_t)>& column,
                       const std::function<void(std::size_t)>& draw_menu) {
  ImGui::BeginChild("import.columns", {0, column_height * std::min(lines, static_cast<float>(count)) + 18}, ImGuiChildFlags_Borders);
  const float room = ImGui::GetContentRegionAvail().x, name = std::floor((room - meaning_width) * 0.38f);
  for (std::size_t c = 0; c < count; ++c) {
    const FileColumn shown = column(c);
    const ImVec2 at = ImGui::GetCursorPos();
    ImGui::SetCursorPos({at.x, at.y + 6});
    text_cut(Type::body, shown.heading, name - 12);
    ImGui::SetCursorPos({at.x + name, at.y + 7});
    text_cut(Type::caption, shown.samples, room - name - meaning_width - 12, current_theme().ink_soft);
    ImGui::SetCursorPos({at.x + room - meaning_width, at.y});
    const std::string id = "column." + std::to_string(c + 1), menu = "menu." + id;
    if (button(labelled(shown.meaning, id), {.small = true, .opens_menu = true, .width = meaning_width})) open_menu(menu.c_str());
    if (begin_menu(menu.c_str(), false, meaning_width)) {
      draw_menu(c);
      end_menu();
    }
    ImGui::SetCursorPos({at.x, at.y + column_height});
    ImGui::Dummy({1, 0});
    ImGui::SetCursorPos({at.x, at.y + column_height});
  }
  ImGui::EndChild();
}

}  // namespace pmo::ui
