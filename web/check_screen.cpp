#include "web/check_screen.h"

#include "app/ui/annotate.h"
#include "app/ui/icons.h"
#include "app/ui/text_field.h"
#include "app/ui/wrap_text.h"
#include "imgui.h"

#include <array>
#include <cstdlib>

namespace pmo::web {
namespace {

constexpr float column_width = 560;

struct Palette {
  ImVec4 paper, raised, ink, quiet, line, field, accent, accent_ink, hover;
};

ImVec4 rgb(unsigned value) {
  const auto channel = [value](int shift) { return static_cast<float>(value >> shift & 255) / 255.0f; };
  return {channel(16), channel(8), channel(0), 1};
}

Palette palette(bool dark) {
  if (dark)
    return {rgb(0x16181D), rgb(0x1F2229), rgb(0xE6E8EE), rgb(0x8B93A3), rgb(0x333843),
            rgb(0x252932), rgb(0x6D9BFF), rgb(0x10131A), rgb(0x2C313C)};
  return {rgb(0xF6F7F9), rgb(0xFFFFFF), rgb(0x1F2430), rgb(0x6B7382), rgb(0xD5DAE2),
          rgb(0xFFFFFF), rgb(0x2563EB), rgb(0xFFFFFF), rgb(0xEEF1F6)};
}

void apply(const Palette& colours) {
  ImGuiStyle& style = ImGui::GetStyle();
  style = ImGuiStyle{};
  style.FontSizeBase = 18;
  style.WindowPadding = {32, 24};
  style.FramePadding = {10, 7};
  style.ItemSpacing = {8, 8};
  style.FrameRounding = style.ChildRounding = style.PopupRounding = 6;
  style.FrameBorderSize = 1;
  style.WindowBorderSize = 0;
  style.Colors[ImGuiCol_WindowBg] = colours.paper;
  style.Colors[ImGuiCol_ChildBg] = colours.raised;
  style.Colors[ImGuiCol_Text] = colours.ink;
  style.Colors[ImGuiCol_TextDisabled] = colours.quiet;
  style.Colors[ImGuiCol_Border] = colours.line;
  style.Colors[ImGuiCol_FrameBg] = colours.field;
  style.Colors[ImGuiCol_FrameBgHovered] = colours.field;
  style.Colors[ImGuiCol_Button] = colours.raised;
  style.Colors[ImGuiCol_ButtonHovered] = colours.hover;
  style.Colors[ImGuiCol_ButtonActive] = colours.line;
  style.Colors[ImGuiCol_NavCursor] = colours.accent;
  style.Colors[ImGuiCol_Header] = style.Colors[ImGuiCol_HeaderHovered] = colours.hover;
}

// What is drawn in the corners of the em square shows whether glyphs are sharp and where they should be.
constexpr const char* missing_character = "\U000F1234";
constexpr const char* scripts[] = {"简体中文 繁體中文 日本語 한국어", "Ελληνικά Кириллица Türkçe Ünïcödé",
                                   "𠮷野家 㐂 ① ㎡ ‰ €", "😀 ✅ 🚀 ⚠️"};

class CheckScreen : public ui::Application {
 public:
  explicit CheckScreen(ui::Platform& platform)
      : platform_(platform),
        language_(platform.surroundings().language),
        dark_(platform.surroundings().dark) {
    if (const std::string kept = platform.setting("check.scheme"); !kept.empty()) dark_ = kept == "dark";
    change_appearance();
  }

  void frame() override {
    const ImGuiViewport* viewport = ImGui::GetMainViewport();
    ImGui::SetNextWindowPos(viewport->Pos);
    ImGui::SetNextWindowSize(viewport->Size);
    ImGui::Begin("check", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings);
    heading();
    ImGui::BeginChild("scroll", {0, 0}, ImGuiChildFlags_NavFlattened, ImGuiWindowFlags_NoBackground);
    typing();
    cells();
    clipboard();
    fonts();
    icons();
    ImGui::EndChild();
    take_paste();
    ImGui::End();
  }

  void open(std::vector<ui::File> files) override {
    for (const ui::File& file : files) last_ = file.name + " " + std::to_string(file.size);
  }

  std::string summary() const override {
    return R"({"screen":"check","language":")" + std::string(language_tag(language_)) + R"(","dark":)" +
           (dark_ ? "true" : "false") + "}";
  }

 private:
  std::string_view text(Key key) const { return word(key, language_); }

  bool button(const char* id, Key key, const char* icon) {
    const std::string label = std::string(icon) + "  " + std::string(text(key)) + "###" + id;
    const bool pressed = ImGui::Button(label.c_str());
    ui::annotate(ui::Role::button, text(key));
    return pressed;
  }

  void title(Key key, float size) {
    ImGui::Dummy({0, 8});
    ImGui::PushFont(platform_.fonts()[ui::Face::semibold], size);
    ImGui::TextUnformatted(text(key).data(), text(key).data() + text(key).size());
    ImGui::PopFont();
    const ImVec2 low = ImGui::GetItemRectMin(), high = ImGui::GetItemRectMax();
    ui::annotate_area(key.name.data(), {low.x, low.y, high.x, high.y}, ui::Role::heading, text(key));
  }

  void heading() {
    title("check.title"_key, 30);
    for (const std::string_view line :
         ui::wrap_text(text("check.intro"_key), ImGui::GetContentRegionAvail().x))
      ImGui::TextUnformatted(line.data(), line.data() + line.size());
    if (button("language", "check.language"_key, ui::icon::language)) {
      language_ = language_ == Language::english ? Language::chinese : Language::english;
      change_appearance();
    }
    ImGui::SameLine();
    if (button("scheme", dark_ ? "check.light"_key : "check.dark"_key,
               dark_ ? ui::icon::sun : ui::icon::moon)) {
      dark_ = !dark_;
      platform_.set_setting("check.scheme", dark_ ? "dark" : "light");
      change_appearance();
    }
    if (!platform_.surroundings().update_waiting) return;
    ImGui::SameLine();
    if (button("update", "check.update"_key, ui::icon::refresh)) platform_.apply_update();
  }

  void change_appearance() {
    const Palette colours = palette(dark_);
    apply(colours);
    platform_.set_appearance(language_, dark_, ImGui::ColorConvertFloat4ToU32(colours.paper));
    platform_.set_title(text("check.title"_key));
  }

  void note(const char* field, const ui::InputEvents& events) {
    if (events.committed) last_ = std::string(field) + " committed";
    if (events.cancelled) last_ = std::string(field) + " cancelled";
  }

  void typing() {
    title("check.typing"_key, 22);
    ImGui::PushItemWidth(column_width);
    note("name",
         ui::input_text("name", name_,
                        {.label = text("check.name"_key), .placeholder = text("check.name.hint"_key)}));
    note("amount", ui::input_text("amount", amount_,
                                  {.label = text("check.amount"_key),
                                   .kind = ui::TextKind::decimal,
                                   .align = ui::TextAlign::right}));
    note("search", ui::input_text("search", search_,
                                  {.label = text("check.search"_key),
                                   .placeholder = text("check.search.hint"_key),
                                   .icon = ui::icon::search,
                                   .kind = ui::TextKind::search}));
    note("notes",
         ui::input_text(
             "notes", notes_,
             {.lines = 4, .label = text("check.notes"_key), .placeholder = text("check.notes.hint"_key)}));
    ImGui::PopItemWidth();
  }

  // A row of cells: arrows move, typing edits, Enter and Tab commit, Escape brings the old value back.
  void cells() {
    title("check.cells"_key, 22);
    for (int i = 0; i < static_cast<int>(cells_.size()); ++i) {
      if (i) ImGui::SameLine(0, 4);
      cell(i);
    }
  }

  void cell(int index) {
    std::string& value = cells_[static_cast<std::size_t>(index)];
    const std::string id = "cell" + std::to_string(index);
    const std::string label = phrase("check.cell"_key, std::array{std::to_string(index + 1)}, language_);
    const ImVec2 corner = ImGui::GetCursorScreenPos();
    const ImVec2 size{150, ImGui::GetFrameHeight()};
    const ImVec2 inner{corner.x + 8, corner.y + ImGui::GetStyle().FramePadding.y};
    const ImVec2 inner_size{size.x - 16, ImGui::GetFontSize()};
    const bool editing = edited_cell_ == index;
    if (editing) return edit_cell(index, id, label, inner, inner_size, size);
    if (ImGui::InvisibleButton((id + ".box").c_str(), size, ImGuiButtonFlags_EnableNav))
      selected_cell_ = index;
    ui::annotate(ui::Role::cell, label, value,
                 {.selected = selected_cell_ == index ? ui::Flag::yes : ui::Flag::no});
    if (ImGui::IsItemFocused()) selected_cell_ = index;
    draw_cell(corner, size, selected_cell_ == index);
    ImGui::GetWindowDrawList()->AddText(inner, ImGui::GetColorU32(ImGuiCol_Text), value.c_str());
    if (selected_cell_ == index && ImGui::IsItemFocused() &&
        ui::input_begins(id.c_str(), inner, inner_size, draft_, {.label = label, .frameless = true}))
      edited_cell_ = index, just_began_ = true;
  }

  void edit_cell(int index, const std::string& id, const std::string& label, ImVec2 inner, ImVec2 inner_size,
                 ImVec2 size) {
    const ImVec2 corner = ImGui::GetCursorScreenPos();
    draw_cell(corner, size, true);
    ImGui::BeginGroup();
    ImGui::Dummy(size);
    ImGui::SetCursorScreenPos(inner);
    const ui::InputEvents events = ui::input_text(id.c_str(), draft_,
                                                  {.width = inner_size.x,
                                                   .label = label,
                                                   .frameless = true,
                                                   .keeps_tab = true,
                                                   .start = just_began_,
                                                   .start_selection = ui::TextSelection::kept});
    ImGui::EndGroup();
    just_began_ = false;
    if (events.committed) cells_[static_cast<std::size_t>(index)] = draft_;
    if (events.committed || events.cancelled) edited_cell_ = -1;
    note(id.c_str(), events);
  }

  static void draw_cell(ImVec2 corner, ImVec2 size, bool selected) {
    const ImU32 edge = ImGui::GetColorU32(selected ? ImGuiCol_NavCursor : ImGuiCol_Border);
    ImGui::GetWindowDrawList()->AddRect(corner, {corner.x + size.x, corner.y + size.y}, edge);
  }

  void clipboard() {
    title("check.clipboard"_key, 22);
    const bool shortcut = ImGui::Shortcut(ImGuiMod_Ctrl | ImGuiKey_C, ImGuiInputFlags_RouteGlobal);
    if (button("copy", "check.copy"_key, ui::icon::copy) || shortcut) {
      platform_.copy({.text = "A\tB\n1\t2\n", .html = "<table><tr><td>A<td>B<tr><td>1<td>2</table>"});
      last_ = "copied";
    }
    ImGui::SameLine();
    if (button("paste", "check.paste"_key, ui::icon::paste)) platform_.request_paste();
    ImGui::SameLine();
    if (button("open", "check.open"_key, ui::icon::folder_open))
      platform_.open_files({.several = true, .max_bytes = 1 << 20}, [this](std::vector<ui::File> files) {
        for (const ui::File& file : files)
          last_ = file.name + (file.too_large ? " too large" : " " + std::to_string(file.size));
      });
    ImGui::SameLine();
    if (button("download", "check.download"_key, ui::icon::download))
      platform_.download("check.txt", "text/plain", "PMO Desk\n");
    ImGui::SameLine();
    if (button("print", "check.print"_key, ui::icon::print)) platform_.print("<!doctype html><title>PMO</title><style>p{color:red}</style><p>PMO");
    ImGui::SameLine();
    if (button("crash", "check.crash"_key, ui::icon::bomb)) std::abort();
    const std::string last = phrase("check.last"_key, std::array{last_}, language_);
    ImGui::TextUnformatted(last.c_str());
    const ImVec2 low = ImGui::GetItemRectMin(), high = ImGui::GetItemRectMax();
    ui::annotate_area("last", {low.x, low.y, high.x, high.y}, ui::Role::status, last, last_);
  }

  void take_paste() {
    const bool wanted = ImGui::Shortcut(ImGuiMod_Ctrl | ImGuiKey_V, ImGuiInputFlags_RouteGlobal);
    if (const ui::Clip* clip = platform_.pasted(); clip && wanted) last_ = "pasted " + clip->text;
  }

  void fonts() {
    title("check.fonts"_key, 22);
    for (const ui::Face face : {ui::Face::regular, ui::Face::semibold, ui::Face::bold, ui::Face::mono}) {
      ImGui::PushFont(platform_.fonts()[face], 0);
      ImGui::TextUnformatted(text("check.sample"_key).data());
      ImGui::PopFont();
    }
    for (const float size : {15.0f, 16.0f, 18.0f, 20.0f, 25.0f}) {
      ImGui::PushFont(nullptr, size);
      ImGui::TextUnformatted(text("check.sample"_key).data());
      ImGui::PopFont();
    }
    for (const char* script : scripts) ImGui::TextUnformatted(script);
    ImGui::TextUnformatted(
        phrase("check.missing"_key, std::array{std::string(missing_character)}, language_).c_str());
  }

  void icons() {
    title("check.icons"_key, 22);
    std::string row;
    for (char32_t code = 0xE000; code < 0xE100; ++code) {
      const char bytes[] = {static_cast<char>(0xE0 | (code >> 12)),
                            static_cast<char>(0x80 | (code >> 6 & 0x3F)),
                            static_cast<char>(0x80 | (code & 0x3F))};
      row.append(bytes, 3).append(" ");
      if (code % 32 != 31) continue;
      ImGui::TextUnformatted(row.c_str());
      row.clear();
    }
  }

  ui::Platform& platform_;
  Language language_;
  bool dark_;
  std::string name_, amount_ = "1,234,567.89", search_, notes_, last_ = "-";
  std::array<std::string, 3> cells_ = {"A1", "项目", "C1"};
  std::string draft_;
  int selected_cell_ = -1;
  int edited_cell_ = -1;
  bool just_began_ = false;
};

}  // namespace

std::unique_ptr<ui::Application> make_check_screen(ui::Platform& platform) {
  return std::make_unique<CheckScreen>(platform);
}

}  // namespace pmo::web
