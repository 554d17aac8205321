// Long work of a page, a slice a frame: the page stays alive, and the work can be stopped.
#pragma once

#include "app/ui/context.h"
#include "app/ui/platform.h"

namespace pmo::desks {

// Steps of the work (step(), finished()) for some milliseconds; asks for the next frame.
template <class Work>
void work_for_a_slice(ui::Context& context, Work& work) {
  constexpr std::uint64_t milliseconds = 10;
  const std::uint64_t begin = context.platform.utc_milliseconds();
  do work.step();
  while (!work.finished() && context.platform.utc_milliseconds() - begin < milliseconds);
  context.platform.request_frame();
}

// Beside what has started it: a button that stops it, and how much is done. True when it was pressed.
bool draw_running(ui::Context& context, Key what, float share);

}  // namespace pmo::desks
