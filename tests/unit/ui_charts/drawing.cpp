// Charts on the screen, without a screen.
#include <doctest/doctest.h>

#include "app/ui/charts/draw_chart.h"
#include "app/ui/headless_platform.h"
#include "app/ui/theme.h"

using namespace pmo;
using namespace pmo::ui;

namespace {

struct Screen {
  HeadlessPlatform platform{{.size = {800, 600}}};
  Theme theme = make_theme(false, false, platform.fonts());

  template <class Content>
  void show(Content content) {
    platform.draw([this, content] {
      apply(theme);
      content();
    });
  }
};

Chart bars() {
  Chart chart{.title = "Load", .summary = "Two weeks", .y = {.kind = AxisKind::count}};
  chart.series.push_back({.name = "Used", .kind = SeriesKind::bars, .points = {{0, 4}, {1, 2}}});
  chart.series.push_back({.name = "Capacity", .kind = SeriesKind::steps, .points = {{0, 3}, {1, 3}, {2, 3}}, .dashed = true});
  chart.series.push_back({.name = "Sum", .kind = SeriesKind::area, .points = {{0, 1}, {1, 3}, {2, 4}}});
  chart.marks.push_back({.at = 1, .label = "now"});
  chart.marks.push_back({.at = 2, .label = "limit", .horizontal = true});
  return chart;
}

}  // namespace

TEST_CASE("a chart is there for screen readers, with what it says") {
  Screen screen;
  screen.show([] { draw_chart("load", bars(), {.height = 240}); });
  const auto widget = screen.platform.find("Load");
  REQUIRE(widget);
  CHECK(widget->role == Role::image);
  CHECK(widget->value == "Two weeks");
  CHECK(screen.platform.drawn().TotalVtxCount > 100);
}

TEST_CASE("the legend switches a series off and on") {
  Screen screen;
  screen.show([] { draw_chart("load", bars(), {.height = 240}); });
  const auto with = screen.platform.drawn().TotalVtxCount;
  screen.platform.click("legend.2");
  CHECK(screen.platform.find("Sum")->state.checked == Flag::no);
  CHECK(screen.platform.drawn().TotalVtxCount < with);
  screen.platform.click("legend.2");
  CHECK(screen.platform.find("Sum")->state.checked == Flag::yes);
}

TEST_CASE("a chart is saved as it is shown: without what is switched off, as a drawing or painted") {
  Screen screen;
  screen.show([] { draw_chart("load", bars(), {.height = 240, .locale = {.language = Language::english}}); });
  screen.platform.click("legend.0");
  for (const auto* form : {"save_svg", "save_png"}) {
    screen.platform.click("save_chart.load");
    screen.platform.click(form);
  }
  const auto& saved = screen.platform.kept.downloads;
  REQUIRE(saved.size() == 2);
  CHECK(saved[0].name == "Load.svg");
  CHECK(saved[0].type == "image/svg+xml");
  CHECK(saved[1].name == "Load.png");
  for (const auto& file : saved) {
    std::string svg;
    file.content->read(0, file.size, [&](Result<std::string> got) { svg = *got; });
    CHECK(svg.contains(">Load</text>"));
    CHECK(svg.contains(">Capacity</text>"));
    CHECK_FALSE(svg.contains(">Used</text>"));
  }
}

TEST_CASE("every kind of chart has its button, an empty one has none") {
  Screen screen;
  screen.show([] {
    draw_chart("tornado", Tornado{.title = "Drivers", .bars = {{.name = "a", .high = 1, .text = "1"}}}, {.width = 400, .height = 120});
    draw_chart("heat", HeatMap{.title = "Heat", .rows = {"a"}, .columns = {"1"}, .cells = {{0.5}}}, {.width = 400, .height = 60});
    draw_chart("none", Chart{.title = "Nothing", .empty = "No values yet"}, {.width = 400, .height = 60});
  });
  for (const auto* chart : {"Drivers", "Heat"}) {
    const auto button = screen.platform.find(chart == std::string("Heat") ? "save_chart.heat" : "save_chart.tornado");
    REQUIRE(button);
    const auto box = screen.platform.find(chart)->box;
    CHECK(button->box.z == doctest::Approx(box.z));
    CHECK(button->box.y == doctest::Approx(box.y));
  }
  CHECK_FALSE(screen.platform.find("save_chart.none"));
}

TEST_CASE("the pointer gets a read-out") {
  Screen screen;
  screen.show([] { draw_chart("load", bars(), {.width = 600, .height = 240}); });
  const auto before = screen.platform.drawn().TotalVtxCount;
  screen.platform.move({200, 160});
  screen.platform.settle();
  CHECK(screen.platform.drawn().TotalVtxCount > before + 50);
}

TEST_CASE("a picture that was laid out before is drawn with its legend and read-out, and nothing of it is an item") {
  Screen screen;
  const Picture picture = picture_of(bars(), {.size = {400, 160}});
  bool hovered = false;
  screen.show([&] {
    draw_laid_out(picture, {20, 20}, hovered);
    ImGui::Dummy({440, 200});
  });
  CHECK_FALSE(screen.platform.find("legend.0"));
  const auto at_rest = screen.platform.drawn().TotalVtxCount;
  CHECK(at_rest > 100);
  hovered = true;
  screen.platform.move({200, 110});
  screen.platform.settle();
  CHECK(screen.platform.drawn().TotalVtxCount > at_rest + 50);
}

TEST_CASE("an empty chart says so instead") {
  Screen screen;
  screen.show([] { draw_chart("none", Chart{.title = "Nothing", .empty = "No values yet"}, {.height = 100}); });
  CHECK(screen.platform.find("Nothing"));
  CHECK_FALSE(screen.platform.find("legend.0"));
}

TEST_CASE("a pressed cell of a heat map is told") {
  Screen screen;
  int pressed = -1;
  screen.show([&] {
    const int now = draw_chart("heat", HeatMap{.title = "Heat", .rows = {"a", "b"}, .columns = {"1", "2"},
                                               .cells = {{0.1, "", "a1"}, {0.5, "", "a2"}, {1.2, "", "b1"}, {0.2, "", "b2"}}}, {.width = 400, .height = 122});
    if (now >= 0) pressed = now;
  });
  const auto box = screen.platform.find("Heat")->box;
  screen.platform.move({box.z - 30, box.w - 20});
  screen.platform.press_button();
  screen.platform.release_button();
  screen.platform.settle();
  CHECK(pressed == 3);
}
