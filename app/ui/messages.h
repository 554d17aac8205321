// Short messages in the corner. A success fades, a warning stays a little longer, an error stays until it is closed.
#pragma once

#include <deque>
#include <string>

#include "app/ui/context.h"
#include "app/ui/theme.h"

namespace pmo::ui {

class Toasts final : public Messages {
 public:
  void success(std::string text) override;
  void warning(std::string text) override;
  void error(const Error& error) override;

  // Draws what is to be seen now and forgets what has faded.
  void draw(Platform& platform, Language language);

  struct Toast {
    int id = 0;
    Tone tone = Tone::good;
    std::string text;    // ready; empty when there is an error
    Error problem = {};  // translated when drawn, so that it follows the language
    double until = -1;   // on ImGui's clock; < 0: not yet drawn
    double seconds = 0;  // how long it stays; 0: until closed
    int times = 1;       // the same message again counts instead of piling up
  };
  const std::deque<Toast>& shown() const { return toasts_; }

 private:
  void add(Toast toast);

  std::deque<Toast> toasts_;
  int last_id_ = 0;
};

}  // namespace pmo::ui
