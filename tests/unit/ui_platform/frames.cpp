#include "app/ui/headless_platform.h"
#include "imgui.h"

#include <doctest/doctest.h>

using namespace pmo::ui;

namespace {

struct Counter {
  HeadlessPlatform platform;
  int frames = 0;
  Counter() {
    platform.draw([this] {
      ++frames;
      ImGui::Button("button", {100, 30});
      ImGui::SetItemTooltip("tip");
    });
  }
  int frames_in(double seconds) {
    const int before = frames;
    platform.pass(seconds);
    return frames - before;
  }
};

}  // namespace

TEST_CASE("nothing happening: no frame") {
  Counter counter;
  CHECK(counter.frames_in(60) == 0);
}

TEST_CASE("an input is followed by a few frames and then sleep") {
  Counter counter;
  const int before = counter.frames;
  counter.platform.move({500, 500});
  CHECK(counter.frames - before == FramePacer::settling_frames);
  CHECK(counter.frames_in(10) == 0);
}

TEST_CASE("a tooltip comes by itself, then all is quiet") {
  Counter counter;
  ImGui::GetIO().AddMousePosEvent(50, 20);
  counter.platform.request_frame();
  counter.platform.settle();
  bool seen = false;
  for (const Widget& widget : counter.platform.widgets()) seen |= widget.role == Role::tooltip;
  CHECK(seen);
  CHECK(counter.frames_in(10) == 0);
}

TEST_CASE("a held button keeps frames coming") {
  Counter counter;
  counter.platform.move({50, 20});
  counter.platform.press_button();
  CHECK(counter.frames_in(0.5) > 20);
  counter.platform.release_button();
  CHECK(counter.frames_in(10) == 0);
}

TEST_CASE("a moment that was asked for gets its frame, once") {
  Counter counter;
  counter.platform.request_frame_in(2);
  counter.platform.settle();
  CHECK(counter.frames_in(1.5) == 0);
  CHECK(counter.frames_in(1) == 1);
  CHECK(counter.frames_in(10) == 0);
}

TEST_CASE("after sleep, time makes no jump") {
  FramePacer pacer;
  CHECK(pacer.begin(1) > 0);
  CHECK(pacer.begin(1) > 0);  // even when no time has gone by
  CHECK(pacer.begin(3600) == FramePacer::longest_step);
}
