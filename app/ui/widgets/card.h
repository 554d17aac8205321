// A card: a surface with a thin line around it, optionally with a heading and room for buttons beside it.
//
//   if (Card card("risks", {.title = context.text("desk.risk.top"_key)}); card) { ... }
#pragma once

#include <string_view>

#include "app/ui/theme.h"

namespace pmo::ui {

struct CardOptions {
  std::string_view title = {};
  const char* icon = "";
  float width = 0;      // 0: the rest of the line
  float height = 0;     // 0: as its content needs
  float padding = 16;
};

class Card {
 public:
  explicit Card(const char* id, const CardOptions& options = {});
  ~Card();
  Card(const Card&) = delete;
  explicit operator bool() const { return open_; }

 private:
  bool open_;
};

// A great number with its name, as on a dashboard: "12", "open risks". A note may follow in its tone ("3 overdue").
void figure(std::string_view name, std::string_view value, std::string_view note = {}, Tone tone = Tone::neutral);

// A card that is pressed as a whole: icon, title, explanation.
bool action_card(std::string_view label, const char* icon, std::string_view about, ImVec2 size, bool primary = false);

}  // namespace pmo::ui
