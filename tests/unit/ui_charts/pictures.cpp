// Ticks, layout and SVG of charts.
#include <doctest/doctest.h>

#include <algorithm>

#include "app/ui/charts/svg.h"
#include "app/ui/charts/ticks.h"

using namespace pmo;
using namespace pmo::ui;

namespace {

std::string labels(const std::vector<Tick>& ticks) {
  std::string list;
  for (const Tick& tick : ticks) list += (list.empty() ? "" : " | ") + tick.label;
  return list;
}

double day(int year, int month, int day) { return Day::of(year, month, day).value; }

Chart curve() {
  Chart chart{.title = "Cost", .summary = "Cost over time", .x = {.kind = AxisKind::date}, .y = {.kind = AxisKind::money}};
  ChartSeries planned{.name = "Planned", .kind = SeriesKind::area};
  for (int i = 0; i <= 10; ++i) planned.points.push_back({day(2026, 1, 5) + i * 7, i * 100'000.0});
  chart.series.push_back(std::move(planned));
  chart.series.push_back({.name = "Actual", .kind = SeriesKind::line, .paint = {1}, .points = {{day(2026, 1, 5), 0}, {day(2026, 1, 12), 140'000}}, .dashed = true});
  chart.marks.push_back({.at = day(2026, 1, 12), .label = "Status date"});
  return chart;
}

std::size_t count(std::string_view text, std::string_view part) {
  std::size_t found = 0;
  for (auto at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

}  // namespace

TEST_CASE("numbers step by 1, 2 or 5; ranges of amounts begin at zero") {
  const ChartAxis axis{.kind = AxisKind::number};
  const auto range = axis_range(axis, 3, 87, 5);
  CHECK(range.low == 0);
  CHECK(range.high == 100);
  CHECK(labels(axis_ticks(axis, range, 5, {})) == "0 | 20 | 40 | 60 | 80 | 100");
  CHECK(labels(axis_ticks(axis, {0, 0.5}, 5, {})) == "0 | 0.1 | 0.2 | 0.3 | 0.4 | 0.5");
  CHECK(axis_range(axis, -12, -3, 5).high == 0);
}

TEST_CASE("counts never step by less than one; a range without values is from 0 to 1") {
  const ChartAxis axis{.kind = AxisKind::count};
  CHECK(labels(axis_ticks(axis, axis_range(axis, 0, 2, 8), 8, {})) == "0 | 1 | 2");
  CHECK(axis_range(axis, 1, 0, 5).high == 1);
  CHECK(axis_range(axis, 0, 0, 5).high > 0);
}

TEST_CASE("money and percent are said in the reader's language") {
  const ChartAxis money{.kind = AxisKind::money}, percent{.kind = AxisKind::percent};
  CHECK(labels(axis_ticks(money, {0, 200'000'000}, 2, {Language::english, {}})) == "¥0 | ¥1M | ¥2M");
  CHECK(labels(axis_ticks(money, {0, 200'000'000}, 2, {Language::chinese, {}})) == "¥0 | ¥100万 | ¥200万");
  CHECK(labels(axis_ticks(percent, {0, 1}, 4, {})) == "0% | 50% | 100%");
  CHECK(axis_text(money, 123'456, {}) == "¥1,234.56");
}

TEST_CASE("dates step by days, weeks from Monday, months, quarters, years") {
  const ChartAxis axis{.kind = AxisKind::date};
  CHECK(labels(axis_ticks(axis, {day(2026, 3, 3), day(2026, 3, 6)}, 6, {})) == "3 Mar | 4 Mar | 5 Mar | 6 Mar");
  CHECK(labels(axis_ticks(axis, {day(2026, 3, 3), day(2026, 3, 31)}, 6, {})) == "9 Mar | 16 Mar | 23 Mar | 30 Mar");
  CHECK(labels(axis_ticks(axis, {day(2025, 11, 3), day(2026, 3, 2)}, 6, {})) == "Dec 2025 | Jan 2026 | Feb | Mar");
  CHECK(labels(axis_ticks(axis, {day(2025, 11, 3), day(2026, 3, 2)}, 6, {Language::chinese, {}})) == "2025/12 | 2026/1 | 2月 | 3月");
  CHECK(labels(axis_ticks(axis, {day(2024, 2, 1), day(2029, 2, 1)}, 6, {})) == "2025 | 2026 | 2027 | 2028 | 2029");
  CHECK(axis_ticks(axis, {day(1984, 1, 1), day(2149, 1, 1)}, 6, {}).size() < 40);
}

TEST_CASE("a curve rises from left to right within its plot") {
  const Picture picture = picture_of(curve(), {.size = {600, 300}});
  CHECK_FALSE(picture.empty);
  REQUIRE(picture.areas.size() == 1);
  const auto& points = picture.areas[0].points;
  CHECK(points.front().x == doctest::Approx(picture.plot_from.x));
  CHECK(points.back().x == doctest::Approx(picture.plot_to.x));
  CHECK(std::ranges::is_sorted(points, {}, &ImVec2::x));
  CHECK(std::ranges::is_sorted(points, std::greater{}, &ImVec2::y));
  CHECK(points.back().y >= picture.plot_from.y);
  CHECK(picture.legend.size() == 2);
  for (const PictureText& text : picture.texts) CHECK(text.position.y <= 300 - chart_text);
}

TEST_CASE("the pointer reads every series that has a value there") {
  const Picture picture = picture_of(curve(), {.size = {600, 300}});
  REQUIRE(picture.reads.size() == 11);
  CHECK(picture.reads[1].title == "12 Jan 2026");
  REQUIRE(picture.reads[1].lines.size() == 2);
  CHECK(picture.reads[1].lines[1].value == "¥1,400.00");
  CHECK(picture.reads[5].lines.size() == 1);
  for (std::size_t i = 1; i < picture.reads.size(); ++i) CHECK(picture.reads[i].from.x == picture.reads[i - 1].to.x);
}

TEST_CASE("what the legend hides does not count for the axis") {
  Chart chart = curve();
  chart.series[1].points[1].y = 90'000'000;
  const Picture all = picture_of(chart, {.size = {600, 300}}), some = picture_of(chart, {.size = {600, 300}, .hidden = 2});
  CHECK(all.areas[0].points.back().y > some.areas[0].points.back().y);
  CHECK(some.legend.size() == 2);
}

TEST_CASE("stacked bars stand on each other") {
  Chart chart{.title = "Load", .y = {.kind = AxisKind::count}};
  chart.series.push_back({.name = "Used", .kind = SeriesKind::bars, .points = {{0, 4}, {1, 2}}, .stacked = true});
  chart.series.push_back({.name = "Too much", .kind = SeriesKind::bars, .paint = {.tone = Tone::bad}, .points = {{0, 3}}, .stacked = true});
  const Picture picture = picture_of(chart, {.size = {400, 200}});
  REQUIRE(picture.boxes.size() == 3);
  CHECK(picture.boxes[2].to.y == doctest::Approx(picture.boxes[0].from.y));
  CHECK(picture.boxes[2].from.x == doctest::Approx(picture.boxes[0].from.x));
  CHECK(picture.boxes[1].from.x > picture.boxes[0].to.x);
}

TEST_CASE("labels of marks that stand close together keep clear of each other") {
  Chart chart = curve();
  chart.marks = {{.at = day(2026, 2, 1), .label = "P50"}, {.at = day(2026, 2, 2), .label = "P80"}};
  const Picture picture = picture_of(chart, {.size = {600, 300}});
  const auto label = [&](std::string_view text) { return std::ranges::find(picture.texts, text, &PictureText::text)->position.y; };
  CHECK(label("P50") != label("P80"));
}

TEST_CASE("charts without values are empty, with values that are no numbers they leave them out") {
  CHECK(picture_of(Chart{}, {}).empty);
  CHECK(picture_of(Tornado{}, {}).empty);
  CHECK(picture_of(HeatMap{}, {}).empty);
  Chart chart = curve();
  chart.series[0].points[3].y = std::numeric_limits<double>::quiet_NaN();
  CHECK(picture_of(chart, {.size = {600, 300}}).areas[0].points.size() == 10);
  Chart one{.series = {{.name = "One", .points = {{5, 5}}}}};
  CHECK(picture_of(one, {.size = {40, 40}}).dots.size() == 1);
}

TEST_CASE("a tornado draws its widest bar first, names are cut to their space") {
  Tornado tornado{.title = "What moves the finish", .bars = {{.name = "A task with a very long name that cannot be shown as a whole in this small space", .low = 0, .high = 0.9, .text = "0.90"},
                                                             {.name = "b", .low = -0.2, .high = 0, .text = "−0.20"}}};
  const Picture picture = picture_of(tornado, {.size = {300, 120}});
  REQUIRE(picture.boxes.size() == 2);
  CHECK(picture.boxes[0].to.x - picture.boxes[0].from.x > picture.boxes[1].to.x - picture.boxes[1].from.x);
  CHECK(std::ranges::any_of(picture.texts, [](const PictureText& text) { return text.text.ends_with("…"); }));
}

TEST_CASE("a heat map tells full from too much, and fits texts into cells or leaves them out") {
  HeatMap map{.title = "Load", .rows = {"Crew"}, .columns = {"W1", "W2", "W3"}, .cells = {{0, ""}, {0.8, "80%"}, {1.5, "150%", "Crew, week 3"}}};
  const Picture wide = picture_of(map, {.size = {400, 60}}), narrow = picture_of(map, {.size = {70, 60}});
  REQUIRE(wide.boxes.size() == 3);
  CHECK(wide.boxes[1].ink.index == static_cast<int>(Tone::accent));
  CHECK(wide.boxes[2].ink.index == static_cast<int>(Tone::bad));
  CHECK(wide.reads.size() == 1);
  const auto says = [](const Picture& picture) { return std::ranges::any_of(picture.texts, [](const PictureText& text) { return text.text == "150%"; }); };
  CHECK(says(wide));
  CHECK_FALSE(says(narrow));
}

TEST_CASE("a cell of a heat map takes a tone of its own and several lines") {
  HeatMap map{.title = "Power and interest", .rows = {"Power 5"}, .columns = {"Interest 1", "Interest 2"},
              .cells = {{.text = "The city's planning bureau\nOwner", .tone = Tone::caution}, {.text = "a\nb\nc\nd\ne", .tone = Tone::bad}}};
  const Picture picture = picture_of(map, {.size = {300, 70}});
  CHECK(picture.boxes[0].ink.role == InkRole::tone_soft);
  CHECK(picture.boxes[1].ink.index == static_cast<int>(Tone::bad));
  const auto find = [&](std::string_view start) { return std::ranges::find_if(picture.texts, [&](const PictureText& t) { return t.text.starts_with(start); }); };
  REQUIRE(find("The city") != picture.texts.end());
  CHECK(find("The city")->text.ends_with("…"));
  CHECK(find("Owner")->position.y > find("The city")->position.y);
  CHECK(find("a") != picture.texts.end());
  CHECK(find("e") == picture.texts.end());  // 48 pixels hold three lines: a, b, …
  CHECK(find("…") != picture.texts.end());
}

TEST_CASE("SVG: escaped, complete, the same every time") {
  Chart chart = curve();
  chart.title = "Cost <script>\"&";
  chart.series[1].name = "</svg>";
  const std::string svg = write_svg(chart, {});
  CHECK(svg.starts_with("<svg xmlns"));
  CHECK(svg.ends_with("</svg>\n"));
  CHECK(svg.contains("<title>Cost &lt;script&gt;&quot;&amp;</title>"));
  CHECK(svg.contains("&lt;/svg&gt;"));
  CHECK(count(svg, "</svg>") == 1);
  CHECK(count(svg, "<polygon") == 1);
  CHECK(svg.contains("stroke-dasharray"));
  CHECK(svg.contains("<desc>Cost over time</desc>"));
  CHECK_FALSE(svg.contains("nan"));
  CHECK(svg == write_svg(chart, {}));
}

TEST_CASE("an axis of things names each in its place, cut to it") {
  Chart chart{.title = "Defects", .x = {.low = 0, .high = 3, .names = {"Leak", "A cause with a name that is far too long for its place", "Crack"}}, .y = {.kind = AxisKind::count}};
  chart.series.push_back({.name = "Count", .kind = SeriesKind::bars, .points = {{0.1, 8}, {1.1, 5}, {2.1, 1}}, .bar_width = 0.8});
  const Picture picture = picture_of(chart, {.size = {400, 200}});
  const auto text = [&](auto fits) { return std::ranges::find_if(picture.texts, fits); };
  const auto leak = text([](const PictureText& t) { return t.text == "Leak"; }), crack = text([](const PictureText& t) { return t.text == "Crack"; });
  REQUIRE(leak != picture.texts.end());
  REQUIRE(crack != picture.texts.end());
  CHECK(leak->position.x == doctest::Approx((picture.boxes[0].from.x + picture.boxes[0].to.x) / 2).epsilon(0.02));
  CHECK(crack->position.x == doctest::Approx((picture.boxes[2].from.x + picture.boxes[2].to.x) / 2).epsilon(0.02));
  CHECK(text([](const PictureText& t) { return t.text.starts_with("A cause") && t.text.ends_with("…"); }) != picture.texts.end());
  CHECK(picture.reads[0].title == "Leak");
}

TEST_CASE("the corner of a chart stays free for its button") {
  Chart chart = curve();
  const float wide = picture_of(chart, {}).legend[1].to.x;
  const Picture one = picture_of(chart, {.size = {wide, 300}}), two = picture_of(chart, {.size = {wide, 300}, .corner = 28});
  CHECK(one.legend[1].from.y == one.legend[0].from.y);
  CHECK(two.legend[1].from.y > two.legend[0].from.y);
  CHECK(picture_of(Tornado{.bars = {{.name = "a", .high = 1}}}, {.corner = 28}).plot_from.y > 22);
}

TEST_CASE("a chart saved alone has its title, a ground and its language; in a report it has none") {
  const std::string alone = write_svg(curve(), {.size = {600, 300}, .locale = {Language::chinese, {}}, .alone = true});
  CHECK(alone.contains("width=\"632\" height=\"364\""));
  CHECK(alone.contains("xml:lang=\"zh-CN\""));
  CHECK(alone.contains(">Cost</text>"));
  CHECK(count(alone, "<g ") == count(alone, "</g>"));
  CHECK(alone.find("<rect") < alone.find(">Cost</text>"));
  const std::string inside = write_svg(curve(), {.size = {600, 300}});
  CHECK(inside.contains("width=\"600\" height=\"300\""));
  CHECK_FALSE(inside.contains(">Cost</text>"));
}

TEST_CASE("SVG of an empty chart says so") {
  CHECK(write_svg(Chart{.title = "x", .empty = "Nothing yet"}, {}).contains(">Nothing yet</text>"));
}
