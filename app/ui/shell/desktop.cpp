#include "app/ui/shell/desktop.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "app/ui/form/attachment_list.h"
#include "app/ui/shell/part.h"
#include "app/ui/shortcut.h"
#include "app/ui/widgets/splitter.h"
#include "app/ui/widgets/text.h"
#include "imgui_internal.h"

namespace pmo::ui {
namespace {

std::string json_text(std::string_view text) {
  std::string json = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') json += '\\';
    if (static_cast<unsigned char>(c) >= 0x20) json += c;
  }
  return json + '"';
}

bool is_project_file(const File& file) { return file.name.ends_with(".pmo.json") || file.name.ends_with(".pmo.zip"); }

class Desktop final : public Application {
 public:
  Desktop(Platform& platform, WorkspacePort& workspace, ShellParts parts)
      : shell_(platform, workspace, std::move(parts)), nothing_(product_schema(), {}, clock_), no_analyses_(nothing_) {}

  void frame() override;
  bool busy() const override {
    return shell_.workspace.working() || shell_.wanted || !shell_.later.empty() || !shell_.dropped.empty() || shell_.opening || shell_.workspace.storage().state == SaveState::saving;
  }
  std::string summary() const override;
  void open(std::vector<File> files) override {
    // Where they were dropped is known when the pointer's move has been taken in: in the next frame.
    for (auto& file : files) shell_.dropped.push_back(std::move(file));
  }
  void leave() override { shell_.workspace.flush(); }

 private:
  Context make_context();
  void choose_look();
  void take_shortcuts(Context& context);
  void draw(Context& context);
  void draw_project(Context& context);
  void draw_waiting();
  void take_drop_on_form(Context& context);
  void keep_up(Context& context);

  Shell shell_;
  SystemSurroundings clock_;
  Project nothing_;  // what commands see when no project is open
  Analyses no_analyses_;
  std::string title_;
  struct Look {
    Language language;
    bool dark, more_contrast;
    friend bool operator==(const Look&, const Look&) = default;
  };
  std::optional<Look> look_;  // what the platform was told last
};

Context Desktop::make_context() {
  Project* open = shell_.analyses ? shell_.workspace.project() : nullptr;
  const Day today = shell_.platform.local_now().day();
  if (open) shell_.analyses->set_today(today);
  return {.project = open ? *open : nothing_,
          .analyses = open ? *shell_.analyses : no_analyses_,
          .commands = shell_.commands,
          .platform = shell_.platform,
          .theme = shell_.theme,
          .selection = shell_.selection,
          .navigation = shell_.navigation,
          .messages = shell_.messages,
          .language = shell_.settings.language,
          .today = today};
}

void Desktop::choose_look() {
  const auto& surroundings = shell_.platform.surroundings();
  shell_.theme = make_theme(shell_.settings.dark(surroundings.dark), surroundings.more_contrast, shell_.platform.fonts());
  apply(shell_.theme);
  const Look look{shell_.settings.language, shell_.theme.dark, surroundings.more_contrast};
  if (look == look_) return;  // a change makes the platform draw all glyphs anew
  look_ = look;
  shell_.platform.set_appearance(look.language, look.dark, shell_.theme.page);
}

// Shortcuts of the registry. A dialog takes all keys; while a text is edited only chords with Ctrl or Alt count, and F1.
void Desktop::take_shortcuts(Context& context) {
  const ImGuiWindow* modal = ImGui::GetTopMostPopupModal();  // of a page
  if (shell_.dialogs.shown() != DialogKind::none || shell_.palette.shown() || (modal && modal->WasActive)) return;
  const bool writing = ImGui::GetIO().WantTextInput;
  const std::string page(shell_.navigation.page_name());
  for (const auto& command : shell_.commands.list()) {
    if (command.shortcut.empty() || !shell_.commands.enabled(command, context, page)) continue;
    const ImGuiKeyChord chord = chord_of(command.shortcut);
    if (writing && !(chord & (ImGuiMod_Ctrl | ImGuiMod_Alt)) && chord != ImGuiKey_F1) continue;
    if (chord == 0 || !ImGui::IsKeyChordPressed(chord)) continue;
    shell_.commands.run(command.name, context);
    return;
  }
}

void Desktop::draw_project(Context& context) {
  const ImVec2 room = ImGui::GetContentRegionAvail();
  const float rail = rail_width(shell_);
  draw_rail(shell_, context);
  ImGui::SameLine(0, 0);
  Part main("main", {.size = {room.x - rail, room.y}, .spacing = {0, 0}});
  draw_top_bar(shell_, context);
  draw_storage_bar(shell_);
  const ImVec2 below = ImGui::GetContentRegionAvail();
  // On a narrow window the page keeps most of the room, and all of it while nothing is selected.
  const bool inspector = shell_.settings.inspector_open && shell_.inspected() && below.x > 720;
  float& width = shell_.settings.inspector_width;
  const float shown = std::min(width, below.x * 0.45f);
  {
    Part middle("middle", {.size = {inspector ? below.x - shown - 4 : below.x, below.y}});
    draw_page(shell_, context);
  }
  if (!inspector) return;
  ImGui::SameLine(0, 0);
  const float before = width;
  vertical_splitter("###inspector.split", width, narrowest_inspector, widest_inspector, 360, -1);
  if (width != before) shell_.settings_changed();
  ImGui::SameLine(0, -3);
  draw_inspector(shell_, context);
  take_drop_on_form(context);
}

// Files dropped on the form of a record are attached to it; but a project file is never meant to be.
void Desktop::take_drop_on_form(Context& context) {
  const ImVec2 from = ImGui::GetItemRectMin(), to = ImGui::GetItemRectMax();
  AttachedFiles* const files = shell_.workspace.attached_files();
  if (!files || !context.selection.current || !ImGui::IsMouseHoveringRect(from, to, false)) return;
  const auto first = std::ranges::stable_partition(shell_.dropped, is_project_file).begin();
  attach_files(context, *files, context.selection.current, {std::make_move_iterator(first), std::make_move_iterator(shell_.dropped.end())});
  shell_.dropped.erase(first, shell_.dropped.end());
}

// While a project is on its way. Usually too short to be read, so nothing moves.
void Desktop::draw_waiting() {
  const ImVec2 room = ImGui::GetContentRegionAvail();
  const std::string_view waiting = shell_.text("shell.opening"_key);
  const ImVec2 size = measure(Type::body, waiting);
  draw_text(*ImGui::GetWindowDrawList(), {std::floor((room.x - size.x) / 2), std::floor(room.y * 0.45f)}, Type::body,
            shell_.theme.ink_soft, waiting);
}

void Desktop::draw(Context& context) {
  const ImGuiViewport& screen = *ImGui::GetMainViewport();
  ImGui::SetNextWindowPos(screen.Pos);
  ImGui::SetNextWindowSize(screen.Size);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(0, 0));
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, 0));
  ImGui::Begin("###desktop", nullptr, ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
               ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoBringToFrontOnFocus | ImGuiWindowFlags_NoScrollWithMouse);
  ImGui::PopStyleVar(2);
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, 0));
  if (&context.project != &nothing_) draw_project(context);
  else if (shell_.opening || !shell_.workspace.ready()) draw_waiting();
  else draw_removal_bar(shell_), draw_start_page(shell_);
  ImGui::PopStyleVar();
  ImGui::End();
}

// What follows from the frame: the window's title, the page to come back to, a record that was opened by a link.
void Desktop::keep_up(Context& context) {
  std::string title(shell_.text("app.name"_key));
  if (shell_.workspace.project())
    for (const auto& entry : shell_.workspace.projects())
      if (entry.id == shell_.workspace.project_id()) title = entry.name + " – " + title;
  if (title != title_) context.platform.set_title(title);
  title_ = std::move(title);
  if (shell_.workspace.project() && shell_.settings.last_page != shell_.navigation.page_name()) {
    shell_.settings.last_page = shell_.navigation.page_name();
    shell_.settings_changed();
  }
  if (shell_.navigation.take_reveal() && !shell_.settings.inspector_open) {
    shell_.settings.inspector_open = true;
    shell_.settings_changed();
    context.platform.request_frame();
  }
  for (const auto& file : std::exchange(shell_.dropped, {})) shell_.read_file(file);
}

void Desktop::frame() {
  const bool works = shell_.workspace.working();
  shell_.follow(works);
  if (works) shell_.platform.request_frame_in(0.03);
  choose_look();
  {
    Context before = make_context();
    take_shortcuts(before);
  }
  Context context = make_context();
  draw(context);
  shell_.dialogs.draw(shell_);
  Context after = make_context();  // a dialog may have taken in another state of the project
  if (shell_.parts.draw_dialogs && &after.project != &nothing_) shell_.parts.draw_dialogs(after);
  shell_.palette.draw(after, shell_.parts.pages, std::string(shell_.navigation.page_name()));
  shell_.messages.draw(shell_.platform, shell_.settings.language);
  keep_up(after);
  if (shell_.wanted || !shell_.later.empty()) shell_.platform.request_frame();
}

std::string Desktop::summary() const {
  auto& workspace = const_cast<Shell&>(shell_).workspace;
  const bool open = workspace.project() != nullptr;
  std::string json = "{\"language\":" + json_text(language_tag(shell_.settings.language));
  json += ",\"theme\":" + json_text(shell_.theme.dark ? "dark" : "light");
  json += ",\"project\":" + (open ? json_text(workspace.project_id().text()) : std::string("null"));
  json += ",\"page\":" + json_text(open ? shell_.navigation.page_name() : "start");
  json += ",\"dialog\":" + json_text(enum_name(shell_.dialogs.shown()));
  json += ",\"storage\":" + json_text(enum_name(workspace.storage().state));
  json += ",\"readOnly\":" + std::string(workspace.storage().read_only ? "true" : "false");
  json += ",\"selected\":" + std::to_string(shell_.selection.records.size());
  if (open) json += ",\"revision\":" + std::to_string(workspace.project()->revision());
  return json + "}";
}

}  // namespace

std::unique_ptr<Application> make_desktop(Platform& platform, WorkspacePort& workspace, ShellParts parts) {
  return std::make_unique<Desktop>(platform, workspace, std::move(parts));
}

}  // namespace pmo::ui
