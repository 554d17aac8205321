// The interface's platform in a browser page. The page's frames, events and texts come in through
// web/page.cpp; what the interface asks for goes out through web/host_calls.h.
#pragma once

#include "app/ui/annotate.h"
#include "app/ui/frame_pacer.h"
#include "app/ui/platform.h"
#include "web/canvas_glyphs.h"

#include <map>
#include <string>

namespace pmo::web {

class BrowserPlatform final : public ui::Platform {
 public:
  // Takes over the current ImGui context.
  BrowserPlatform();

  const ui::Surroundings& surroundings() const override { return surroundings_; }
  const ui::Fonts& fonts() const override { return fonts_; }

  void request_frame() override;
  void request_frame_in(double seconds) override;

  void set_appearance(Language language, bool dark, ImU32 background) override;
  void set_title(std::string_view title) override;
  void announce(std::string_view text, bool urgent) override;

  void text_entry(const ui::TextEntryRequest& request) override;
  ui::TextEntryAnswer take_text(ImGuiID field) override;

  void copy(ui::Clip clip) override;
  const ui::Clip* pasted() const override { return has_pasted_ ? &pasted_ : nullptr; }
  void request_paste() override;

  void open_files(const ui::FileQuery& query, std::function<void(std::vector<ui::File>)> opened) override;
  using Platform::download;
  void download(std::string_view name, std::string_view type, const ContentPtr& content) override;
  void download_painted(std::string_view name, std::string_view svg) override;
  void save_as(std::string_view name, std::string_view type, const ContentPtr& content,
               std::function<void(ui::SaveOutcome)> done) override;
  bool share(std::string_view name, std::string_view type, std::string_view bytes) override;

  void print(std::string_view html) override;
  void show_document(std::string_view html) override;
  void open_link(std::string_view address) override;

  void apply_update() override;
  void install() override;
  void set_full_screen(bool on) override;

  std::string setting(std::string_view name) const override;
  void set_setting(std::string_view name, std::string_view value) override;

  Minute local_now() const override;
  std::uint64_t utc_milliseconds() const override;
  double seconds() const override { return now_; }

  // ---- For the page ----
  ui::FramePacer& pacer() { return pacer_; }
  ui::WidgetMap& widgets() { return widgets_; }
  ui::Surroundings& known_surroundings() { return surroundings_; }
  std::string& inbox() { return inbox_; }
  ImU32 background() const { return background_; }

  void begin_frame(double now);
  double end_frame(double now);

  void text_arrived(ImGuiID field, ui::TextEntryAnswer answer);
  void paste_arrived(ui::Clip clip);
  void paste_over() { has_pasted_ = false; }
  ui::File& file_arriving(int request) { return arriving_[request].emplace_back(); }
  std::vector<ui::File> take_arrived(int request);
  void files_opened(int request);
  void saved(int request, ui::SaveOutcome outcome);

 private:
  CanvasGlyphs glyphs_;
  ui::Fonts fonts_;
  ui::FramePacer pacer_;
  ui::WidgetMap widgets_;
  ui::Surroundings surroundings_;
  mutable std::string inbox_;
  ImU32 background_ = 0;
  bool appearance_changed_ = false;
  bool drawing_ = false;
  double now_ = 0;

  struct KeptAnswer {
    ui::TextEntryAnswer answer;
    int frame = 0;
  };
  std::map<ImGuiID, KeptAnswer> answers_;  // what fields have said since they were last asked
  ui::Clip pasted_;
  bool has_pasted_ = false;

  int last_request_ = 0;
  std::map<int, std::vector<ui::File>> arriving_;
  std::map<int, std::function<void(std::vector<ui::File>)>> opening_;
  std::map<int, std::function<void(ui::SaveOutcome)>> saving_;
};

}  // namespace pmo::web
