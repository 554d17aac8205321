#include "app/ui/headless_platform.h"
#include "app/ui/picture.h"
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

TEST_CASE("what takes more frames to find its size is drawn until it has it; what never does is left alone") {
  HeadlessPlatform platform;
  float sizes[6] = {};  // each follows the one before it a frame later
  bool restless = false;
  int frames = 0;
  platform.draw([&] {
    ++frames;
    for (int i = 5; i > 0; --i) sizes[i] = sizes[i - 1];
    if (restless) sizes[0] += 1;
    for (const float size : sizes) ImGui::Dummy({10, 10 + size});
  });
  sizes[0] = 40;
  platform.move({500, 500});
  CHECK(sizes[5] == 40);
  restless = true;
  const int before = frames;
  platform.move({501, 500});
  CHECK(frames - before == FramePacer::most_settling_frames);
}

TEST_CASE("a tooltip comes by itself, then all is quiet") {
  Counter counter;
  ImGui::GetIO().AddMousePosEvent(50, 20);
  counter.platform.request_frame();
  counter.platform.settle();
  const int frames = counter.frames_in(1);
  CHECK(frames > 0);
  CHECK(frames < 10);  // it waits, it does not draw
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

TEST_CASE("after sleep, animations make no jump, and the clock does") {
  const HeadlessPlatform platform;
  ImGuiContext& context = *ImGui::GetCurrentContext();
  FramePacer pacer;
  CHECK(pacer.begin(context, 1) > 0);
  CHECK(pacer.begin(context, 1) > 0);  // even when no time has gone by
  const double before = ImGui::GetTime();
  const float step = pacer.begin(context, 3600);
  CHECK(step == FramePacer::longest_step);
  CHECK(ImGui::GetTime() + static_cast<double>(step) - before == doctest::Approx(3599));
}

TEST_CASE("the same picture is not drawn twice, a changed one is") {
  bool pressed = false;
  HeadlessPlatform platform;
  platform.draw([&] {
    ImGui::Button(pressed ? "after" : "before", {100, 30});
    ImGui::GetForegroundDrawList()->AddRectFilled({200, 200}, {210, pressed ? 221.0f : 220.0f}, 0xff0000ff);
  });
  Picture picture;
  const auto next = [&](ImU32 background = 0xffffffff) {
    platform.move({500, 500});
    return picture.changed(*ImGui::GetDrawData(), background);
  };
  next();
  CHECK_FALSE(next());
  CHECK_FALSE(next());
  pressed = true;
  CHECK(next());
  CHECK_FALSE(next());
  CHECK(next(0xff000000));
  platform.move({50, 20});  // the button lights up
  CHECK(picture.changed(*ImGui::GetDrawData(), 0xff000000));
  picture.forget();
  CHECK(picture.changed(*ImGui::GetDrawData(), 0xff000000));
}
