#include "app/ui/headless_platform.h"

#include "imgui.h"
#include "imgui_internal.h"

#include <algorithm>
#include <cassert>
#include <cstdio>
#include <cmath>

namespace pmo::ui {
namespace {

constexpr double frame_seconds = 1.0 / 60;
constexpr int too_many_frames = 600;  // something never settles: a test should say so

bool is_wide(char32_t c) {
  return (c >= 0x2E80 && c <= 0xD7A3) || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFE30 && c <= 0xFFEF) ||
         c >= 0x1F000;
}

// What the window of draw() is: the whole screen, without any decoration.
constexpr ImGuiWindowFlags bare = ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                                  ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoBringToFrontOnFocus;

// The backend part of the texture contract: nothing is uploaded, everything counts as done.
void accept_textures() {
  for (ImTextureData* texture : ImGui::GetPlatformIO().Textures) {
    if (texture->Status == ImTextureStatus_WantDestroy) {
      texture->SetStatus(ImTextureStatus_Destroyed);
    } else if (texture->Status != ImTextureStatus_OK && texture->Status != ImTextureStatus_Destroyed) {
      texture->SetTexID(1);
      texture->SetStatus(ImTextureStatus_OK);
    }
  }
}

bool answers_to(const Widget& widget, std::string_view name) {
  if (widget.name == name || widget.label == name) return true;
  const std::size_t stable = widget.label.find("###");
  return stable != std::string_view::npos && widget.label.substr(stable + 3) == name;
}

bool is_visible(const Widget& widget) { return widget.visible.z > widget.visible.x; }

}  // namespace

// ---- Glyphs
// ----------------------------------------------------------------------------------------------------------

GlyphInk BoxGlyphs::box(int width, int height, int top) {
  pixels_.assign(static_cast<std::size_t>(width * height), 255);
  return {
      .form = GlyphInk::Form::shape, .top = top, .width = width, .height = height, .pixels = pixels_.data()};
}

GlyphInk BoxGlyphs::glyph(Face, char32_t character, float em, bool only_advance) {
  const float advance = is_wide(character) ? em : std::round(em / 2);
  if (only_advance || character == ' ' || character == 0xA0)
    return {.form = GlyphInk::Form::blank, .advance = advance};
  GlyphInk ink =
      box(static_cast<int>(advance), static_cast<int>(em), -static_cast<int>(std::round(em * 0.88f)));
  ink.advance = advance;
  return ink;
}

GlyphInk BoxGlyphs::icon(char32_t, int size) { return box(size, size, 0); }

// ---- Life and frames
// -------------------------------------------------------------------------------------------------

HeadlessPlatform::HeadlessPlatform(const HeadlessOptions& options)
    : context_(ImGui::CreateContext()), clock_(options.now) {
  ImGui::SetCurrentContext(context_);
  known.language = options.language;
  known.density = options.density;
  ImGuiIO& io = ImGui::GetIO();
  io.BackendPlatformUserData = this;
  io.BackendFlags |= ImGuiBackendFlags_RendererHasTextures;
  io.ConfigFlags |= ImGuiConfigFlags_NavEnableKeyboard;
  io.IniFilename = nullptr;
  io.DisplaySize = options.size;
  io.DisplayFramebufferScale = {options.density, options.density};
  ImGui::GetStyle().FontSizeBase = 18;
  fonts_ = add_fonts(*io.Fonts, glyphs_);
  map_.attach(*context_);
}

HeadlessPlatform::~HeadlessPlatform() {
  ImGui::SetCurrentContext(context_);
  ImGui::GetIO().BackendPlatformUserData = nullptr;
  for (ImTextureData* texture : ImGui::GetPlatformIO().Textures)
    texture->SetStatus(ImTextureStatus_Destroyed);
  ImGui::DestroyContext(context_);
}

void HeadlessPlatform::draw_whole(std::function<void()> frame) {
  frame_ = std::move(frame);
  pacer_.request();
  settle();
}

void HeadlessPlatform::draw(std::function<void()> frame) {
  draw_whole([frame = std::move(frame)] {
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize(ImGui::GetIO().DisplaySize);
    ImGui::Begin("screen", nullptr, bare);
    frame();
    ImGui::End();
  });
}

void HeadlessPlatform::one_frame() {
  ImGui::SetCurrentContext(context_);
  ImGui::GetIO().DeltaTime = pacer_.begin(*context_, now_);
  map_.begin_frame();
  ++frame_count_;
  ImGui::NewFrame();
  if (frame_) frame_();
  ImGui::Render();
  accept_textures();
  map_.end_frame();
  // An element that was not asked for goes away; its last words wait for one frame more.
  std::erase_if(elements_, [this](const auto& entry) { return frame_count_ - entry.second.asked_in > 1; });
  for (auto& [id, element] : elements_) element.has_keyboard &= element.asked_in == frame_count_;
  const double sleep = pacer_.end(*context_, now_);
  now_ += frame_seconds;
  wake_at_ = sleep == 0 ? now_ : now_ - frame_seconds + sleep;
}

void HeadlessPlatform::settle() {
  for (int frame = 0; frame < too_many_frames; ++frame) {
    one_frame();
    if (wake_at_ > now_) return;
  }
  assert(!"the interface never comes to rest");
}

void HeadlessPlatform::pass(double seconds) {
  const double end = now_ + seconds;
  while (wake_at_ < end) {
    now_ = std::max(now_, wake_at_);
    one_frame();
  }
  now_ = std::max(now_, end);
}

const ImDrawData& HeadlessPlatform::drawn() const { return *ImGui::GetDrawData(); }

// ---- Hands
// -----------------------------------------------------------------------------------------------------------

std::optional<Widget> HeadlessPlatform::find(std::string_view name) const {
  for (const Widget& widget : map_.widgets())
    if (is_visible(widget) && answers_to(widget, name)) return widget;
  return std::nullopt;
}

ImVec2 HeadlessPlatform::middle_of(std::string_view name) const {
  const std::optional<Widget> widget = find(name);
  if (!widget) std::fprintf(stderr, "There is no \"%.*s\" on the screen.\n", static_cast<int>(name.size()), name.data());
  assert(widget && "no widget of this name is on the screen");
  if (!widget) return {};
  return {(widget->visible.x + widget->visible.z) / 2, (widget->visible.y + widget->visible.w) / 2};
}

void HeadlessPlatform::move(ImVec2 to) {
  ImGui::GetIO().AddMousePosEvent(to.x, to.y);
  pacer_.request();
  settle();
}

void HeadlessPlatform::press_button(int button) {
  // A press somewhere else takes the keyboard from a field, and what was written before it counts.
  Element* element = focused();
  const ImGuiID hovered = ImGui::GetHoveredID();
  if (element && element->mode == TextEntryMode::editing && &elements_[hovered] != element) {
    end_editing(*element, TextEntryEnd::left);
    one_frame();
  }
  ImGui::GetIO().AddMouseButtonEvent(button, true);
  one_frame();
  one_frame();
}

void HeadlessPlatform::release_button(int button) {
  ImGui::GetIO().AddMouseButtonEvent(button, false);
  pacer_.request();
  settle();
}

void HeadlessPlatform::click(std::string_view name, int button) {
  move(middle_of(name));
  press_button(button);
  release_button(button);
}

void HeadlessPlatform::drag(ImVec2 from, ImVec2 to) {
  move(from);
  press_button();
  for (const float part : {0.25f, 0.5f, 1.0f}) {
    ImGui::GetIO().AddMousePosEvent(from.x + (to.x - from.x) * part, from.y + (to.y - from.y) * part);
    one_frame();
  }
  release_button();
}

void HeadlessPlatform::wheel(float notches) {
  ImGui::GetIO().AddMouseWheelEvent(0, notches);
  pacer_.request();
  settle();
}

void HeadlessPlatform::play(ImGuiKeyChord chord) {
  ImGuiIO& io = ImGui::GetIO();
  const auto key = static_cast<ImGuiKey>(chord & ~ImGuiMod_Mask_);
  for (const ImGuiKey modifier : {ImGuiMod_Ctrl, ImGuiMod_Shift, ImGuiMod_Alt, ImGuiMod_Super})
    if (chord & modifier) io.AddKeyEvent(modifier, true);
  if (key != ImGuiKey_None) {
    io.AddKeyEvent(key, true);
    one_frame();
    io.AddKeyEvent(key, false);
  }
  for (const ImGuiKey modifier : {ImGuiMod_Ctrl, ImGuiMod_Shift, ImGuiMod_Alt, ImGuiMod_Super})
    if (chord & modifier) io.AddKeyEvent(modifier, false);
  pacer_.request();
  settle();
}

void HeadlessPlatform::press(ImGuiKeyChord chord) {
  Element* element = focused();
  if (!element || element->mode != TextEntryMode::editing) return play(chord);
  const bool list_key = chord == ImGuiKey_UpArrow || chord == ImGuiKey_DownArrow ||
                        chord == ImGuiKey_PageUp || chord == ImGuiKey_PageDown;
  if (chord == ImGuiKey_Escape) return end_editing(*element, TextEntryEnd::escape);
  if (chord == ImGuiKey_Tab) return end_editing(*element, TextEntryEnd::tab);
  if (chord == (ImGuiMod_Shift | ImGuiKey_Tab)) return end_editing(*element, TextEntryEnd::back_tab);
  if (chord == (ImGuiMod_Ctrl | ImGuiKey_Enter) || (chord == ImGuiKey_Enter && !element->multiline))
    return end_editing(*element, TextEntryEnd::enter);
  if (chord == ImGuiKey_Enter) return type("\n");
  if (chord == (ImGuiMod_Ctrl | ImGuiKey_A)) element->selected = true;
  const bool passes = (chord & (ImGuiMod_Ctrl | ImGuiMod_Alt)) != 0 || (list_key && element->list_keys);
  if (passes) play(chord);
}

void HeadlessPlatform::paste(Clip clip) {
  pasted_ = std::move(clip);
  play(ImGuiMod_Ctrl | ImGuiKey_V);
  pasted_.reset();
}

// ---- Text elements
// ---------------------------------------------------------------------------------------------------

HeadlessPlatform::Element* HeadlessPlatform::focused() {
  for (auto& [id, element] : elements_)
    if (element.has_keyboard) return &element;
  return nullptr;
}

const HeadlessPlatform::Element* HeadlessPlatform::focused() const {
  return const_cast<HeadlessPlatform*>(this)->focused();
}

ImGuiID HeadlessPlatform::element() const {
  for (const auto& [id, element] : elements_)
    if (element.has_keyboard) return id;
  return 0;
}

std::string HeadlessPlatform::element_text() const { return focused() ? focused()->text : std::string{}; }

TextEntryAnswer HeadlessPlatform::take_text(ImGuiID field) {
  const auto found = elements_.find(field);
  if (found == elements_.end()) return {};
  TextEntryAnswer answer = std::exchange(found->second.answer, {});
  if (answer.changed) found->second.known = answer.text;
  return answer;
}

void HeadlessPlatform::text_entry(const TextEntryRequest& request) {
  auto [found, is_new] = elements_.try_emplace(request.id);
  Element& element = found->second;
  const bool starts = request.mode != TextEntryMode::hovered && (is_new || element.mode != request.mode);
  if ((is_new && request.mode != TextEntryMode::waiting) || (!is_new && request.text != element.known))
    element.text = request.text;
  element.known = request.text;
  element.mode = request.mode;
  element.multiline = request.multiline;
  element.list_keys = request.list_keys;
  element.asked_in = frame_count_;
  if (!starts || element.has_keyboard) return;
  for (auto& [id, other] : elements_) other.has_keyboard = false;
  element.has_keyboard = true;
  element.selected = request.mode == TextEntryMode::editing && request.selection == TextSelection::all;
}

void HeadlessPlatform::type(std::string_view text) { compose({}, text); }

void HeadlessPlatform::compose(std::string_view strokes, std::string_view text) {
  Element* element = focused();
  if (!element) {
    ImGui::GetIO().AddInputCharactersUTF8(std::string(text).c_str());
    pacer_.request();
    return settle();
  }
  const auto tell = [&](bool composing) {
    element->answer.began |= element->mode != TextEntryMode::editing;
    element->answer.changed = true;
    element->answer.composing = composing;
    element->answer.text = element->text;
    pacer_.request();
    settle();
    element = focused();
  };
  if (std::exchange(element->selected, false)) element->text.clear();
  const std::string before = element->text;
  if (!strokes.empty()) {
    element->text += strokes;
    tell(true);
    if (!element) return;
  }
  element->text = before + std::string(text);
  tell(false);
}

void HeadlessPlatform::end_editing(Element& element, TextEntryEnd end) {
  element.answer.changed = true;
  element.answer.text = element.text;
  element.answer.end = end;
  element.has_keyboard = false;
  pacer_.request();
  if (end != TextEntryEnd::left) settle();
}

// ---- The rest
// --------------------------------------------------------------------------------------------------------

void HeadlessPlatform::open_files(const FileQuery& query, std::function<void(std::vector<File>)> opened) {
  std::vector<File> chosen = std::exchange(files_to_open, {});
  for (File& file : chosen) {
    if (file.content) file.size = file.content->size();
    file.too_large = file.size > query.max_bytes;
    if (file.too_large) file.content.reset();
  }
  if (!chosen.empty()) opened(std::move(chosen));
}

void HeadlessPlatform::download(std::string_view name, std::string_view type, const ContentPtr& content) {
  kept.downloads.push_back({.name = std::string(name), .type = std::string(type), .size = content->size(), .content = content});
}

void HeadlessPlatform::download_painted(std::string_view name, std::string_view svg) {
  download(safe_file_name(std::string(name) + ".png"), "image/png", content_of(std::string(svg)));
}

void HeadlessPlatform::save_as(std::string_view name, std::string_view type, const ContentPtr& content,
                               std::function<void(SaveOutcome)> done) {
  download(name, type, content);
  done(SaveOutcome::saved);
}

std::string HeadlessPlatform::setting(std::string_view name) const {
  const auto found = settings_.find(name);
  return found == settings_.end() ? std::string{} : found->second;
}

void HeadlessPlatform::set_setting(std::string_view name, std::string_view value) {
  settings_.insert_or_assign(std::string(name), std::string(value));
}

std::uint64_t HeadlessPlatform::utc_milliseconds() const {
  return static_cast<std::uint64_t>(clock_.value * 60'000 + static_cast<std::int64_t>(now_ * 1000));
}

}  // namespace pmo::ui
