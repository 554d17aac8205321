// The interface without a screen: a platform for native tests. Glyphs are boxes of fixed widths, the
// browser's text elements are simulated, time is what the test says, and everything that would leave the
// program is kept to look at.
//
//   ui::HeadlessPlatform platform({.size = {1280, 800}});
//   platform.draw([&] { ui::input_text("name", name); });         // as many frames as it takes to settle
//   platform.click("name");
//   platform.type("项目管理");
//   platform.press(ImGuiKey_Enter);
//   CHECK(name == "项目管理");
//
// The drawing function is kept: every hand that moves draws the frames that a browser would draw after it.
#pragma once

#include "app/ui/annotate.h"
#include "app/ui/frame_pacer.h"
#include "app/ui/glyph_loader.h"
#include "app/ui/platform.h"

#include <map>
#include <memory>
#include <optional>

namespace pmo::ui {

// Every character is a box: ideographs and emoji an em wide, all others half an em.
class BoxGlyphs final : public GlyphSource {
 public:
  GlyphInk glyph(Face face, char32_t character, float em, bool only_advance) override;
  GlyphInk icon(char32_t character, int size) override;

 private:
  GlyphInk box(int width, int height, int top);
  std::vector<std::uint8_t> pixels_;
};

struct HeadlessOptions {
  ImVec2 size = {1280, 800};
  float density = 1;
  Language language = Language::english;
  Minute now = Minute::at({20000}, 9 * 60);
};

class HeadlessPlatform final : public Platform {
 public:
  explicit HeadlessPlatform(
      const HeadlessOptions& options = {});  // makes an ImGui context and makes it current
  ~HeadlessPlatform() override;
  HeadlessPlatform(const HeadlessPlatform&) = delete;
  HeadlessPlatform& operator=(const HeadlessPlatform&) = delete;

  // ---- Frames ----
  void draw(std::function<void()> frame);        // inside a window that fills the screen
  void draw_whole(std::function<void()> frame);  // between NewFrame and Render, as Application::frame
  void settle();                                 // draws until nothing asks for another frame
  void one_frame();
  void pass(double seconds);  // time goes by, and the frames that were asked for are drawn

  // ---- Hands ----
  void move(ImVec2 to);
  void press_button(int button = 0);
  void release_button(int button = 0);
  void click(std::string_view name,
             int button = 0);  // the middle of a widget of this name, label or stable id
  void drag(ImVec2 from, ImVec2 to);
  void wheel(float notches);
  // Into the field that is edited or waits; without one the characters go to ImGui.
  void type(std::string_view text);
  void compose(std::string_view strokes, std::string_view text);
  // Enter, Tab and Escape end the editing of a field, all other keys go to ImGui.
  void press(ImGuiKeyChord chord);
  void paste(Clip clip);

  // ---- What is there ----
  std::vector<Widget> widgets() const { return map_.widgets(); }
  std::optional<Widget> find(std::string_view name) const;
  const WidgetMap& map() const { return map_; }
  ImGuiID element() const;  // of the field that has the keyboard, or 0
  std::string element_text() const;
  const ImDrawData& drawn() const;

  Surroundings known;
  struct Kept {
    Clip clip;
    std::vector<File> downloads;
    std::vector<std::string> printed, shown, links, announced;
    std::string title;
    bool updated = false;
  } kept;
  std::vector<File> files_to_open;  // what the user will choose

  // ---- Platform ----
  const Surroundings& surroundings() const override { return known; }
  const Fonts& fonts() const override { return fonts_; }
  void request_frame() override { pacer_.request(); }
  void request_frame_in(double seconds) override { pacer_.request_at(now_ + seconds); }
  void set_appearance(Language, bool, ImU32) override {}
  void set_title(std::string_view title) override { kept.title = title; }
  void announce(std::string_view text, bool) override { kept.announced.emplace_back(text); }
  void text_entry(const TextEntryRequest& request) override;
  TextEntryAnswer take_text(ImGuiID field) override;
  void copy(Clip clip) override { kept.clip = std::move(clip); }
  const Clip* pasted() const override { return pasted_ ? &*pasted_ : nullptr; }
  void request_paste() override { paste(kept.clip); }
  void open_files(const FileQuery& query, std::function<void(std::vector<File>)> opened) override;
  using Platform::download;
  void download(std::string_view name, std::string_view type, const ContentPtr& content) override;
  void download_painted(std::string_view name, std::string_view svg) override;  // keeps the drawing
  void save_as(std::string_view name, std::string_view type, const ContentPtr& content,
               std::function<void(SaveOutcome)> done) override;
  bool share(std::string_view, std::string_view, std::string_view) override { return false; }
  void print(std::string_view html) override { kept.printed.emplace_back(html); }
  void show_document(std::string_view html) override { kept.shown.emplace_back(html); }
  void open_link(std::string_view address) override { kept.links.emplace_back(address); }
  void apply_update() override { kept.updated = true; }
  void install() override {}
  void set_full_screen(bool) override {}
  std::string setting(std::string_view name) const override;
  void set_setting(std::string_view name, std::string_view value) override;
  Minute local_now() const override { return clock_ + static_cast<std::int64_t>(now_ / 60); }
  std::uint64_t utc_milliseconds() const override;
  double seconds() const override { return now_; }

 private:
  // An element of the browser, as far as the interface can tell.
  struct Element {
    TextEntryMode mode = TextEntryMode::hovered;
    std::string text;
    std::string known;  // what the interface believes it is
    bool multiline = false;
    bool list_keys = false;
    bool selected = false;  // the next character replaces everything
    bool has_keyboard = false;
    TextEntryAnswer answer;
    int asked_in = 0;  // the frame
  };
  Element* focused();
  const Element* focused() const;
  void end_editing(Element& element, TextEntryEnd end);
  void play(ImGuiKeyChord chord);
  ImVec2 middle_of(std::string_view name) const;

  ImGuiContext* context_;
  BoxGlyphs glyphs_;
  Fonts fonts_;
  FramePacer pacer_;
  WidgetMap map_;
  std::function<void()> frame_;
  Minute clock_;
  double now_ = 0;
  double wake_at_ = 0;  // when the next frame is due
  int frame_count_ = 0;
  std::map<ImGuiID, Element> elements_;
  std::optional<Clip> pasted_;
  std::map<std::string, std::string, std::less<>> settings_;
};

}  // namespace pmo::ui
