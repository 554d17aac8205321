// How hours that were used are judged against those that were planned, on the page and in the report alike.
#pragma once

#include "app/ui/theme.h"

namespace pmo::desks {

// Much less than planned more likely says that timesheets are missing than that the work went well.
constexpr ui::Tone use_tone(double ratio) {
  constexpr double bad = 1.1, planned = 1, believable = 0.8;
  return ratio > bad ? ui::Tone::bad : ratio > planned ? ui::Tone::caution : ratio >= believable ? ui::Tone::good : ui::Tone::neutral;
}

}  // namespace pmo::desks
