// The doors of the module: what the TypeScript host calls (web/host/module.ts lists them in the same order).
//
// A page is created once and handed out as a handle. Texts come in through its inbox, out through its outbox.

#include "app/ui/application.h"
#include "app/ui/picture.h"
#include "imgui.h"
#include "imgui_impl_opengl3.h"
#include "imgui_internal.h"
#include "web/check_screen.h"
#include "web/host_content.h"
#include "web/keys.h"
#include "web/make_application.h"
#include "web/platform.h"
#include "web/store_doors.h"

#include <GLES3/gl3.h>
#include <emscripten.h>
#include <emscripten/html5.h>

namespace pmo::web {

struct Page {
  BrowserPlatform platform;
  BrowserPageStore store;
  std::unique_ptr<ui::Application> application;
  std::string outbox;
  ui::Picture picture;
  int width = 0;  // of the canvas, in device pixels
  int height = 0;
};

namespace {

constexpr const char* canvas_selector = "#screen";

bool open_graphics() {
  EmscriptenWebGLContextAttributes attributes;
  emscripten_webgl_init_context_attributes(&attributes);
  attributes.majorVersion = 2;
  attributes.alpha = attributes.depth = attributes.stencil = attributes.antialias = false;
  attributes.powerPreference = EM_WEBGL_POWER_PREFERENCE_LOW_POWER;
  const EMSCRIPTEN_WEBGL_CONTEXT_HANDLE context =
      emscripten_webgl_create_context(canvas_selector, &attributes);
  return context > 0 && emscripten_webgl_make_context_current(context) == EMSCRIPTEN_RESULT_SUCCESS;
}

// A part of the inbox: the texts of one call lie in it one behind the other.
std::string_view inbox(Page& page, int start, int length) {
  return std::string_view(page.platform.inbox())
      .substr(static_cast<std::size_t>(start), static_cast<std::size_t>(length));
}

void send_modifiers(int modifiers) {
  ImGuiIO& io = ImGui::GetIO();
  io.AddKeyEvent(ImGuiMod_Shift, (modifiers & 1) != 0);
  io.AddKeyEvent(ImGuiMod_Ctrl, (modifiers & 2) != 0);
  io.AddKeyEvent(ImGuiMod_Alt, (modifiers & 4) != 0);
  io.AddKeyEvent(ImGuiMod_Super, (modifiers & 8) != 0);
}

void send_mouse_source(int touch) {
  ImGui::GetIO().AddMouseSourceEvent(touch ? ImGuiMouseSource_TouchScreen : ImGuiMouseSource_Mouse);
}

void draw(Page& page) {
  ui::snap_glyphs(*ImGui::GetDrawData(), *ImGui::GetIO().Fonts);
  if (!page.picture.changed(*ImGui::GetDrawData(), page.platform.background())) return;
  const ImVec4 background = ImGui::ColorConvertU32ToFloat4(page.platform.background());
  glViewport(0, 0, page.width, page.height);
  glClearColor(background.x, background.y, background.z, 1);
  glClear(GL_COLOR_BUFFER_BIT);
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
}

bool touch_drags_here(const Page& page) {
  const ImGuiContext& g = *ImGui::GetCurrentContext();
  // Scroll bars, columns and grips show by the cursor; what our own widgets know is in the map.
  if (g.MouseCursor >= ImGuiMouseCursor_ResizeAll && g.MouseCursor <= ImGuiMouseCursor_ResizeNWSE)
    return true;
  for (const ImGuiAxis axis : {ImGuiAxis_X, ImGuiAxis_Y})
    if (g.HoveredWindow && g.HoveredId == ImGui::GetWindowScrollbarID(g.HoveredWindow, axis)) return true;
  const ui::WidgetState* state =
      g.HoveredId ? const_cast<Page&>(page).platform.widgets().state_of(g.HoveredId) : nullptr;
  return state && state->draggable;
}

}  // namespace

BrowserPageStore& store_of(Page& page) { return page.store; }

std::string_view inbox_of(Page& page, int length) { return inbox(page, 0, length); }

}  // namespace pmo::web

using pmo::web::Page;

extern "C" {

// ---- Life
// ------------------------------------------------------------------------------------------------------------

EMSCRIPTEN_KEEPALIVE Page* pmo_open() {
  if (!pmo::web::open_graphics()) return nullptr;
  ImGui::CreateContext();
  auto* page = new Page;  // lives as long as the browser's page
  if (!ImGui_ImplOpenGL3_Init("#version 300 es")) return nullptr;
  return page;
}

EMSCRIPTEN_KEEPALIVE void pmo_start(Page* page, int check) {
  page->application = check ? pmo::web::make_check_screen(page->platform)
                            : pmo::web::make_application(page->platform, page->store);
}

EMSCRIPTEN_KEEPALIVE double pmo_frame(Page* page, double seconds) {
  if (page->width == 0 || !page->application) return pmo::ui::FramePacer::never;
  page->platform.begin_frame(seconds);
  ImGui_ImplOpenGL3_NewFrame();
  ImGui::NewFrame();
  page->application->frame();
  ImGui::Render();
  pmo::web::draw(*page);
  return page->platform.end_frame(seconds);
}

EMSCRIPTEN_KEEPALIVE char* pmo_inbox(Page* page, int size) {
  page->platform.inbox().resize(static_cast<std::size_t>(size));
  return page->platform.inbox().data();
}

EMSCRIPTEN_KEEPALIVE void pmo_resize(Page* page, int width, int height, float density) {
  page->width = width;
  page->height = height;
  page->picture.forget();
  page->platform.known_surroundings().density = density;
  ImGuiIO& io = ImGui::GetIO();
  io.DisplaySize = {static_cast<float>(width) / density, static_cast<float>(height) / density};
  io.DisplayFramebufferScale = {density, density};
  page->platform.pacer().request();
}

EMSCRIPTEN_KEEPALIVE void pmo_surroundings(Page* page, int chinese, int flags) {
  pmo::ui::Surroundings& known = page->platform.known_surroundings();
  const auto bit = [flags](int index) { return (flags >> index & 1) != 0; };
  known.language = chinese ? pmo::Language::chinese : pmo::Language::english;
  known.dark = bit(0);
  known.reduced_motion = bit(1);
  known.more_contrast = bit(2);
  known.touch = bit(3);
  known.apple = bit(4);
  known.online = bit(5);
  known.installed = bit(6);
  known.can_install = bit(7);
  known.update_waiting = bit(8);
  ImGui::GetIO().ConfigMacOSXBehaviors = known.apple;
  page->platform.pacer().request();
}

EMSCRIPTEN_KEEPALIVE void pmo_restore_context(Page* page) {
  ImGui_ImplOpenGL3_DestroyDeviceObjects();  // their names mean nothing any more; textures are uploaded anew
  ImGui_ImplOpenGL3_CreateDeviceObjects();
  page->picture.forget();
  page->platform.pacer().request();
}

// ---- Pointer and keys
// ------------------------------------------------------------------------------------------------

EMSCRIPTEN_KEEPALIVE void pmo_pointer(Page* page, float x, float y, int touch) {
  pmo::web::send_mouse_source(touch);
  ImGui::GetIO().AddMousePosEvent(x, y);
  page->platform.pacer().request();
}

EMSCRIPTEN_KEEPALIVE void pmo_pointer_left(Page* page) {
  ImGui::GetIO().AddMousePosEvent(-FLT_MAX, -FLT_MAX);
  page->platform.pacer().request();
}

EMSCRIPTEN_KEEPALIVE void pmo_button(Page* page, int button, int down, int touch) {
  // A press that comes in one frame with the move before it, as after a slow frame, would meet what was not hovered yet. For
  // a touch ImGui has the press wait for the next frame; so it may for the mouse.
  pmo::web::send_mouse_source(touch != 0 || down != 0);
  ImGui::GetIO().AddMouseButtonEvent(button, down != 0);
  page->platform.pacer().request();
}

// In logical pixels, as the browser scrolls. ImGui scrolls five lines a notch.
EMSCRIPTEN_KEEPALIVE void pmo_wheel(Page* page, float x, float y) {
  const float notch = 5 * ImGui::GetStyle().FontSizeBase;
  ImGui::GetIO().AddMouseWheelEvent(-x / notch, -y / notch);
  page->platform.pacer().request();
}

EMSCRIPTEN_KEEPALIVE int pmo_touch_drags(Page* page) { return pmo::web::touch_drags_here(*page); }

EMSCRIPTEN_KEEPALIVE void pmo_key(Page* page, int name_length, int down, int modifiers) {
  const ImGuiKey key = pmo::web::key_named(pmo::web::inbox(*page, 0, name_length));
  pmo::web::send_modifiers(modifiers);
  if (key == ImGuiKey_None) return;
  ImGui::GetIO().AddKeyEvent(key, down != 0);
  page->platform.pacer().request();
}

EMSCRIPTEN_KEEPALIVE void pmo_modifiers(Page*, int modifiers) { pmo::web::send_modifiers(modifiers); }

EMSCRIPTEN_KEEPALIVE void pmo_character(Page* page, int character) {
  ImGui::GetIO().AddInputCharacter(static_cast<unsigned>(character));
  page->platform.pacer().request();
}

EMSCRIPTEN_KEEPALIVE void pmo_focus(Page* page, int on) {
  ImGui::GetIO().AddFocusEvent(on != 0);
  page->platform.pacer().request();
}

// ---- Texts, clipboard, files
// -----------------------------------------------------------------------------------------

EMSCRIPTEN_KEEPALIVE void pmo_text(Page* page, unsigned field, int flags, int end, int length) {
  page->platform.text_arrived(field, {.began = (flags & 1) != 0,
                                      .changed = (flags & 2) != 0,
                                      .composing = (flags & 4) != 0,
                                      .text = std::string(pmo::web::inbox(*page, 0, length)),
                                      .end = static_cast<pmo::ui::TextEntryEnd>(end)});
}

EMSCRIPTEN_KEEPALIVE void pmo_paste(Page* page, int text_length, int html_length) {
  page->platform.paste_arrived({.text = std::string(pmo::web::inbox(*page, 0, text_length)),
                                .html = std::string(pmo::web::inbox(*page, text_length, html_length))});
}

EMSCRIPTEN_KEEPALIVE void pmo_paste_over(Page* page) { page->platform.paste_over(); }

// A file that the user has chosen, as the host keeps it; 0: it is too large.
EMSCRIPTEN_KEEPALIVE void pmo_file(Page* page, int request, int name_length, int type_length, double size, int content) {
  pmo::ui::File& file = page->platform.file_arriving(request);
  file.name = pmo::web::inbox(*page, 0, name_length);
  file.type = pmo::web::inbox(*page, name_length, type_length);
  file.size = static_cast<std::uint64_t>(size);
  file.too_large = content == 0;
  if (content != 0) file.content = std::make_shared<pmo::web::HostContent>(page->store, content, file.size);
}

// Request 0: dropped on the page or handed over by the system.
EMSCRIPTEN_KEEPALIVE void pmo_files_done(Page* page, int request) {
  if (request != 0) return page->platform.files_opened(request);
  page->application->open(page->platform.take_arrived(0));
  page->platform.request_frame();
}

EMSCRIPTEN_KEEPALIVE void pmo_saved(Page* page, int request, int outcome) {
  page->platform.saved(request, static_cast<pmo::ui::SaveOutcome>(outcome));
}

EMSCRIPTEN_KEEPALIVE void pmo_leave(Page* page) {
  if (page->application) page->application->leave();
}

// ---- What is on the screen
// -------------------------------------------------------------------------------------------

EMSCRIPTEN_KEEPALIVE int pmo_items(Page* page) {
  page->outbox = page->platform.widgets().json();
  return static_cast<int>(page->outbox.size());
}

EMSCRIPTEN_KEEPALIVE int pmo_summary(Page* page) {
  page->outbox = page->application->summary();
  return static_cast<int>(page->outbox.size());
}

EMSCRIPTEN_KEEPALIVE const char* pmo_outbox(Page* page) { return page->outbox.data(); }

EMSCRIPTEN_KEEPALIVE int pmo_busy(Page* page) { return page->application->busy(); }
}
