// What the interface needs from the place it runs in: frames on demand, text entry, clipboard, files, time.
//
// Two implementations: a browser page (web/platform.cpp, with the TypeScript host in web/host) and one
// without a screen for native tests (app/ui/headless_platform.h). Interface code never asks which one it has.
//
// The platform of the current frame is the one that owns the current ImGui context: current_platform().
#pragma once

#include "app/model/content.h"
#include "app/model/values.h"
#include "app/ui/fonts.h"
#include "app/words/words.h"
#include "imgui.h"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace pmo::ui {

// What the system and the browser say about the user's surroundings. May change from frame to frame.
struct Surroundings {
  Language language = Language::english;  // chosen last time, or the browser's
  bool dark = false;                      // the system prefers a dark scheme
  bool reduced_motion = false;
  bool more_contrast = false;
  bool touch = false;  // the last pointer was a finger: larger targets, no hover
  bool apple = false;  // shortcuts are shown and taken with Command instead of Ctrl
  bool online = true;
  bool installed = false;       // runs in its own window
  bool can_install = false;     // install() will ask the user
  bool update_waiting = false;  // a newer version is downloaded: apply_update() starts it
  float density = 1;            // device pixels per logical pixel
};

// ---- Text entry
// ------------------------------------------------------------------------------------------------------

// How an element of the browser lies over a field. Call Platform::text_entry every frame while it applies; a
// frame without the call removes the element. What it has said is taken with Platform::take_text, before
// asking anew.
enum class TextEntryMode : std::uint8_t {
  hovered,  // the pointer is over a field at rest: a click must land in the browser's own text
  waiting,  // a cell is selected: typing or a composition starts editing; all other keys belong to the page
  editing,  // the field is being edited: it has the keyboard
};

enum class TextSelection : std::uint8_t { end, all, kept };
enum class TextAlign : std::uint8_t { left, center, right };
enum class TextKind : std::uint8_t {
  text,
  integer,
  decimal,
  email,
  link,
  search
};  // which touch keyboard appears

struct TextEntryRequest {
  ImGuiID id = 0;
  TextEntryMode mode = TextEntryMode::editing;
  ImVec2 position;  // of the text itself, without the field's padding, in logical pixels
  ImVec2 size;      // one line of it is as high as the font
  ImVec4 margin;    // the field's padding: left, top, right, bottom; a click there is in the field too
  ImVec4 clip;      // what of it may be seen: left, top, right, bottom
  std::string_view text;
  float text_width = 0;    // as drawn at rest, so that the letters do not move when editing begins
  std::string_view label;  // for screen readers and tests
  std::string_view placeholder;
  Face face = Face::regular;
  float font_size = 0;  // as in ImGui: the height of a line
  ImU32 ink = 0;        // colours as in ImGui
  ImU32 paper = 0;      // hides the cell's old text when typing begins over it
  ImU32 placeholder_ink = 0;
  TextAlign align = TextAlign::left;
  TextKind kind = TextKind::text;
  TextSelection selection = TextSelection::end;  // when editing begins
  int max_length = 0;                            // in UTF-16 units as the browser counts; 0: no limit
  bool multiline = false;                        // Enter makes a line, Ctrl+Enter commits
  bool list_keys = false;  // up, down, page up and page down go to the page (a list of proposals is open)
  bool password = false;
  bool spell_check = false;
};

enum class TextEntryEnd : std::uint8_t { none, enter, tab, back_tab, escape, left };

struct TextEntryAnswer {
  bool began = false;      // a click or the first character has started editing
  bool changed = false;    // text holds what the field contains now
  bool composing = false;  // an input method is at work: do not react to the text yet
  std::string text;
  TextEntryEnd end = TextEntryEnd::none;  // editing is over, and how it ended
};

// What a field remembers while it is edited.
struct EditedField {
  ImGuiID id = 0;        // 0: none is edited
  std::string original;  // what Escape brings back
  std::string draft;     // what it holds by now
  TextSelection selection = TextSelection::end;
  bool composing = false;  // an input method is at work in it
  int frame = 0;     // when it was last drawn: a page may have gone while its field was edited
  ImGuiID left = 0;  // the field that was edited before and has not yet noticed that it is over
};

// ---- Clipboard and files
// ---------------------------------------------------------------------------------------------

// Both forms of the same thing: tab-separated lines, and an HTML table that spreadsheets and documents keep.
struct Clip {
  std::string text;
  std::string html;
  friend bool operator==(const Clip&, const Clip&) = default;
};

// A file that the user has chosen or dropped. Nothing of it is read until somebody asks its content for it.
struct File {
  std::string name;
  std::string type;  // as the browser says, often empty
  std::uint64_t size = 0;
  bool too_large = false;  // larger than the limit: there is no content
  ContentPtr content = {};
};

// A name that every file system takes, without a path.
std::string safe_file_name(std::string name);

struct FileQuery {
  std::vector<std::string> extensions;  // ".json", ".xml"; empty: any
  bool several = false;
  std::uint64_t max_bytes = 128u << 20;
};

enum class SaveOutcome : std::uint8_t { saved, cancelled, failed };

// ---- The platform
// ----------------------------------------------------------------------------------------------------

class Platform {
 public:
  virtual ~Platform() = default;

  virtual const Surroundings& surroundings() const = 0;
  virtual const Fonts& fonts() const = 0;

  // Frames are drawn on demand: after input by themselves, otherwise when asked for here.
  virtual void request_frame() = 0;
  virtual void request_frame_in(double seconds) = 0;

  // What the user chose; kept for the loading and failure pages, and selects fonts and their contrast.
  virtual void set_appearance(Language language, bool dark, ImU32 background) = 0;
  virtual void set_title(std::string_view title) = 0;
  // Said by a screen reader when one is in use. Urgent messages interrupt.
  virtual void announce(std::string_view text, bool urgent = false) = 0;

  virtual void text_entry(const TextEntryRequest& request) = 0;
  // What the field's element has said since it was last asked. Interface code uses app/ui/text_field.h
  // instead.
  virtual TextEntryAnswer take_text(ImGuiID field) = 0;

  // Puts a clip on the system's clipboard. In the frame of a copy or cut shortcut it is taken at once.
  virtual void copy(Clip clip) = 0;
  // The clip of a paste that happened in this frame, for the panel that has the focus; nullptr otherwise.
  virtual const Clip* pasted() const = 0;
  // For a menu entry: the browser may ask the user first; the clip then arrives like a pasted one.
  virtual void request_paste() = 0;

  // Asks the user for files. Call it in the frame of a click or key. Nothing chosen: nothing is called.
  virtual void open_files(const FileQuery& query, std::function<void(std::vector<File>)> opened) = 0;
  // Puts a file where downloads go.
  virtual void download(std::string_view name, std::string_view type, const ContentPtr& content) = 0;
  void download(std::string_view name, std::string_view type, std::string_view bytes) { download(name, type, content_of(std::string(bytes))); }
  // A drawing (SVG) as a picture of points (PNG), at twice its size; what the browser cannot paint is saved as it is. The name
  // is without ending.
  virtual void download_painted(std::string_view name, std::string_view svg) = 0;
  // Asks the user where to save, where the browser can; downloads otherwise.
  virtual void save_as(std::string_view name, std::string_view type, const ContentPtr& content,
                       std::function<void(SaveOutcome)> done) = 0;
  // Hands the file to the system's share sheet (mail, chat); false when it does not take files.
  virtual bool share(std::string_view name, std::string_view type, std::string_view bytes) = 0;

  // A complete HTML document to the browser's print dialog, or into a window of its own.
  virtual void print(std::string_view html) = 0;
  virtual void show_document(std::string_view html) = 0;
  // Only http, https and mailto links are opened.
  virtual void open_link(std::string_view address) = 0;

  virtual void apply_update() = 0;  // the application has saved everything
  virtual void install() = 0;
  virtual void set_full_screen(bool on) = 0;

  // Small settings that must be known before any project is open. An empty value removes one.
  virtual std::string setting(std::string_view name) const = 0;
  virtual void set_setting(std::string_view name, std::string_view value) = 0;

  virtual Minute local_now() const = 0;                // the wall clock of the place where the user is
  virtual std::uint64_t utc_milliseconds() const = 0;  // since 1970, for the hybrid clock
  virtual double seconds() const = 0;                  // only goes forward, also while nothing is drawn

  // The one field that is being edited: kept by app/ui/text_field.
  EditedField edited;
};

// The platform that owns the current ImGui context.
inline Platform& current_platform() {
  return *static_cast<Platform*>(ImGui::GetIO().BackendPlatformUserData);
}

}  // namespace pmo::ui
