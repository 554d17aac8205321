#include "web/platform.h"

#include "imgui.h"
#include "imgui_internal.h"
#include "web/host_calls.h"
#include "web/host_content.h"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace pmo::web {
namespace {

int size_of(std::string_view text) { return static_cast<int>(text.size()); }

// The current frame's request as the host reads it (WireReader in web/host/text_entry.ts): four-byte values
// in order.
struct TextWire {
  std::uint32_t id, mode, flags, align, kind, selection, max_length;
  float x, y, width, height;
  float margin[4];
  float clip[4];
  std::uint32_t face;
  float em, line, baseline, text_width;
  std::uint32_t ink, paper, placeholder_ink;
  const char* text;
  std::uint32_t text_length;
  const char* label;
  std::uint32_t label_length;
  const char* placeholder;
  std::uint32_t placeholder_length;
};
static_assert(sizeof(void*) == 4, "the page is 32-bit WebAssembly");

TextWire to_wire(const ui::TextEntryRequest& request, float density) {
  return {
      .id = request.id,
      .mode = static_cast<std::uint32_t>(request.mode),
      .flags = (request.multiline ? 1u : 0u) | (request.list_keys ? 2u : 0u) | (request.password ? 4u : 0u) |
               (request.spell_check ? 8u : 0u),
      .align = static_cast<std::uint32_t>(request.align),
      .kind = static_cast<std::uint32_t>(request.kind),
      .selection = static_cast<std::uint32_t>(request.selection),
      .max_length = static_cast<std::uint32_t>(request.max_length),
      .x = request.position.x,
      .y = request.position.y,
      .width = request.size.x,
      .height = request.size.y,
      .margin = {request.margin.x, request.margin.y, request.margin.z, request.margin.w},
      .clip = {request.clip.x, request.clip.y, request.clip.z, request.clip.w},
      .face = static_cast<std::uint32_t>(request.face),
      .em = ui::em_of(request.font_size, density),
      .line = request.font_size,
      .baseline = ui::baseline_of(request.font_size, density),
      .text_width = request.text_width,
      .ink = request.ink,
      .paper = request.paper,
      .placeholder_ink = request.placeholder_ink,
      .text = request.text.data(),
      .text_length = static_cast<std::uint32_t>(request.text.size()),
      .label = request.label.data(),
      .label_length = static_cast<std::uint32_t>(request.label.size()),
      .placeholder = request.placeholder.data(),
      .placeholder_length = static_cast<std::uint32_t>(request.placeholder.size()),
  };
}

// ImGui's own text fields ask here; the interface's do not use them.
const char* clipboard_text(ImGuiContext* context) {
  const auto* platform = static_cast<const BrowserPlatform*>(context->IO.BackendPlatformUserData);
  const ui::Clip* clip = platform->pasted();
  return clip ? clip->text.c_str() : "";
}

void set_clipboard_text(ImGuiContext* context, const char* text) {
  static_cast<BrowserPlatform*>(context->IO.BackendPlatformUserData)->copy({.text = text, .html = {}});
}

}  // namespace

BrowserPlatform::BrowserPlatform() {
  ImGuiIO& io = ImGui::GetIO();
  io.BackendPlatformName = "pmo_browser";
  io.BackendPlatformUserData = this;
  io.BackendFlags |= ImGuiBackendFlags_HasMouseCursors;
  io.ConfigFlags |= ImGuiConfigFlags_NavEnableKeyboard;
  io.IniFilename = nullptr;
  io.LogFilename = nullptr;
  ImGuiPlatformIO& platform = ImGui::GetPlatformIO();
  platform.Platform_GetClipboardTextFn = clipboard_text;
  platform.Platform_SetClipboardTextFn = set_clipboard_text;
  fonts_ = ui::add_fonts(*io.Fonts, glyphs_);
  widgets_.attach(*ImGui::GetCurrentContext());
}

// ---- Frames
// ----------------------------------------------------------------------------------------------------------

void BrowserPlatform::request_frame() {
  pacer_.request();
  if (!drawing_) host_wake();
}

void BrowserPlatform::request_frame_in(double seconds) {
  pacer_.request_at(now_ + seconds);
  if (!drawing_) host_wake();
}

void BrowserPlatform::begin_frame(double now) {
  now_ = now;
  drawing_ = true;
  if (appearance_changed_) {
    ui::forget_glyphs(*ImGui::GetIO().Fonts);
    appearance_changed_ = false;
  }
  ImGui::GetIO().DeltaTime = pacer_.begin(*ImGui::GetCurrentContext(), now);
  widgets_.begin_frame();
}

double BrowserPlatform::end_frame(double now) {
  widgets_.end_frame();
  // Last words of a field that is not drawn any more must not meet it when it comes back.
  std::erase_if(answers_, [](const auto& kept) { return ImGui::GetFrameCount() - kept.second.frame > 2; });
  host_set_cursor(ImGui::GetMouseCursor());
  drawing_ = false;
  return pacer_.end(*ImGui::GetCurrentContext(), now);
}

void BrowserPlatform::set_appearance(Language language, bool dark, ImU32 background) {
  host_set_appearance(language == Language::chinese, dark, background);
  background_ = background;
  appearance_changed_ = true;
  request_frame();
}

void BrowserPlatform::set_title(std::string_view title) { host_set_title(title.data(), size_of(title)); }

void BrowserPlatform::announce(std::string_view text, bool urgent) {
  host_announce(text.data(), size_of(text), urgent);
}

// ---- Text entry
// ------------------------------------------------------------------------------------------------------

void BrowserPlatform::text_entry(const ui::TextEntryRequest& request) {
  const TextWire wire = to_wire(request, surroundings_.density);
  host_text_entry(&wire);
}

ui::TextEntryAnswer BrowserPlatform::take_text(ImGuiID field) {
  const auto kept = answers_.extract(field);
  return kept.empty() ? ui::TextEntryAnswer{} : std::move(kept.mapped().answer);
}

void BrowserPlatform::text_arrived(ImGuiID field, ui::TextEntryAnswer answer) {
  auto& [kept, frame] = answers_[field];
  frame = ImGui::GetFrameCount();
  kept.began |= answer.began;
  kept.composing = answer.composing;
  if (answer.changed) {
    kept.changed = true;
    kept.text = std::move(answer.text);
  }
  if (answer.end != ui::TextEntryEnd::none) kept.end = answer.end;
  pacer_.request();
}

// ---- Clipboard and files
// ---------------------------------------------------------------------------------------------

void BrowserPlatform::copy(ui::Clip clip) {
  host_copy(clip.text.data(), size_of(clip.text), clip.html.data(), size_of(clip.html));
}

void BrowserPlatform::request_paste() { host_request_paste(); }

void BrowserPlatform::paste_arrived(ui::Clip clip) {
  pasted_ = std::move(clip);
  has_pasted_ = true;
  pacer_.request();
}

void BrowserPlatform::open_files(const ui::FileQuery& query,
                                 std::function<void(std::vector<ui::File>)> opened) {
  std::string extensions;
  for (const std::string& extension : query.extensions) extensions += extension + " ";
  opening_[++last_request_] = std::move(opened);
  host_open_files(last_request_, extensions.data(), size_of(extensions), query.several,
                  static_cast<double>(query.max_bytes));
}

std::vector<ui::File> BrowserPlatform::take_arrived(int request) {
  auto files = arriving_.extract(request);
  return files.empty() ? std::vector<ui::File>{} : std::move(files.mapped());
}

void BrowserPlatform::files_opened(int request) {
  std::vector<ui::File> files = take_arrived(request);
  auto opened = opening_.extract(request);
  if (!opened.empty() && !files.empty()) opened.mapped()(std::move(files));
  request_frame();
}

void BrowserPlatform::download(std::string_view name, std::string_view type, const ContentPtr& content) {
  host_download(name.data(), size_of(name), type.data(), size_of(type), Borrowed(*content).number());
}

void BrowserPlatform::download_painted(std::string_view name, std::string_view svg) {
  const std::string safe = ui::safe_file_name(std::string(name));
  host_download_painted(safe.data(), size_of(safe), svg.data(), size_of(svg));
}

void BrowserPlatform::save_as(std::string_view name, std::string_view type, const ContentPtr& content,
                              std::function<void(ui::SaveOutcome)> done) {
  saving_[++last_request_] = std::move(done);
  host_save_as(last_request_, name.data(), size_of(name), type.data(), size_of(type), Borrowed(*content).number());
}

void BrowserPlatform::saved(int request, ui::SaveOutcome outcome) {
  auto done = saving_.extract(request);
  if (!done.empty()) done.mapped()(outcome);
  request_frame();
}

bool BrowserPlatform::share(std::string_view name, std::string_view type, std::string_view bytes) {
  return host_share(name.data(), size_of(name), type.data(), size_of(type), bytes.data(), size_of(bytes)) !=
         0;
}

void BrowserPlatform::print(std::string_view html) { host_print(html.data(), size_of(html)); }
void BrowserPlatform::show_document(std::string_view html) { host_show_document(html.data(), size_of(html)); }
void BrowserPlatform::open_link(std::string_view address) {
  host_open_link(address.data(), size_of(address));
}

// ---- The rest
// --------------------------------------------------------------------------------------------------------

void BrowserPlatform::apply_update() { host_apply_update(); }
void BrowserPlatform::install() { host_install(); }
void BrowserPlatform::set_full_screen(bool on) { host_set_full_screen(on); }

std::string BrowserPlatform::setting(std::string_view name) const {
  const int length = host_setting(name.data(), size_of(name));
  return inbox_.substr(0, static_cast<std::size_t>(length));
}

void BrowserPlatform::set_setting(std::string_view name, std::string_view value) {
  host_set_setting(name.data(), size_of(name), value.data(), size_of(value));
}

Minute BrowserPlatform::local_now() const { return {static_cast<std::int64_t>(host_local_minutes())}; }

std::uint64_t BrowserPlatform::utc_milliseconds() const {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::milliseconds>(since).count());
}

}  // namespace pmo::web
