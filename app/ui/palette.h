// The palette (Ctrl+K): one field to find and run every command, open every page and every record.
#pragma once

#include <string>
#include <vector>

#include "app/ui/commands.h"
#include "app/ui/page.h"

namespace pmo::ui {

struct PaletteHit {
  enum class Kind : unsigned char { page, command, record };
  Kind kind = Kind::command;
  std::string title;
  std::string detail;            // desk of a page, register and number of a record
  const char* icon = "";
  std::string shortcut;
  const Command* command = nullptr;
  const Page* page = nullptr;
  const RegisterInfo* info = nullptr;
  Id record;
  int rank = 0;  // smaller is better
};

// How well the words of the query fit the text: 0 begins with it, 1 a word begins with it, 2 contains all words in any
// place; -1 not at all. Letters of any case are alike. An empty query fits everything.
int fit(std::string_view text, std::string_view query);

// What fits the query, best first. Commands that cannot run now are left out.
std::vector<PaletteHit> find_hits(const Context& context, const Pages& pages, std::string_view page,
                                  std::string_view query, std::size_t most = 40);

class Palette {
 public:
  void open();
  bool shown() const { return open_; }
  // Runs what was chosen.
  void draw(Context& context, const Pages& pages, std::string_view page);

 private:
  void choose(const PaletteHit& hit, Context& context);
  void move(int by);

  bool open_ = false;
  int fresh_ = 0;  // frames in which the field may still take the keyboard
  std::string query_;
  std::string asked_;  // the query that hits_ answers
  std::vector<PaletteHit> hits_;
  int current_ = 0;
  bool scroll_ = false;
};

}  // namespace pmo::ui
