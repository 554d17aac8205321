#include "app/ui/gantt/gantt_pages.h"

#include <algorithm>
#include <cmath>

#include "app/ui/gantt/bar_pieces.h"
#include "app/ui/gantt/baseline_marks.h"
#include "app/ui/gantt/link_route.h"
#include "app/ui/gantt/time_ground.h"

namespace pmo::ui {
namespace {

constexpr float page_width = 1000, names_width = 250, right_edge = 8;
constexpr float printed_row = 22, scale_height = 40, legend_height = 24;
constexpr std::size_t lines_on_page = 22;  // with the scale, the legend, the caption and a heading above
constexpr int most_across = 6;             // pages for the time: a plan that is looked at by the hour is drawn together

// A row of the table as it is printed.
struct PrintedLine {
  std::string number, name;
  int level = 0;
  bool strong = false;
  std::optional<std::size_t> row;  // of the outline, when it has a bar
};

std::vector<PrintedLine> printed_lines(const GanttPrint& print) {
  const CellTexts& texts = print.texts;
  const auto locked = locked_records(texts.project);
  std::vector<PrintedLine> lines;
  for (const Row& row : print.rows.list) {
    if (!row.record) {
      const std::string& title = print.rows.groups[row.group].title;
      lines.push_back({.name = title.empty() ? std::string(word("table.empty_value"_key, texts.language)) : title, .strong = true});
    } else if (!locked.contains(row.record->id)) {
      const auto place = print.editing.outline.find(row.record->id);
      lines.push_back({.number = texts.source.number(texts.project, register_of<Task>(), *row.record),
                       .name = static_cast<const Task&>(*row.record).name, .level = row.level, .strong = row.summary,
                       .row = place && print.editing.plan.schedule.scheduled[*place] ? place : std::nullopt});
    }
  }
  return lines;
}

// One picture: some lines within some days. What reaches beyond is cut off.
class PageDrawing {
 public:
  PageDrawing(const GanttPrint& print, std::span<const PrintedLine> lines, std::span<const std::optional<std::size_t>> line_of,
              std::span<const BaselineDates> baselines, std::size_t first, std::size_t count, const TimeScale& scale)
      : print_(print), lines_(lines), line_of_(line_of), baselines_(baselines), first_(first), count_(count), scale_(scale),
        from_(names_width, scale_height), to_(page_width - right_edge, scale_height + static_cast<float>(count) * printed_row) {
    picture_.size = {page_width, to_.y + legend_height};
    picture_.plot_from = from_;
    picture_.plot_to = to_;
  }

  bool has_bars() const {
    const auto here = [&](float left, float right) { return right > from_.x && left < to_.x; };
    for (std::size_t line = first_; line < first_ + count_; ++line) {
      const auto row = lines_[line].row;
      if (!row) continue;
      if (const BarBox bar = box_of(line); here(bar.left, bar.right)) return true;
      for (const BaselineDates& baseline : baselines_)
        if (const auto& agreed = baseline.rows[*row]; agreed && here(x_of(agreed->start), x_of(agreed->finish))) return true;
    }
    return false;
  }

  Picture run() {
    draw_scale();
    draw_ground();
    if (print_.options.links) draw_links();
    for (std::size_t line = first_; line < first_ + count_; ++line) {
      draw_name(line);
      if (lines_[line].row) draw_bar(line, *lines_[line].row);
    }
    draw_legend();
    return std::move(picture_);
  }

 private:
  const engine::Schedule& schedule() const { return print_.editing.plan.schedule; }
  Language language() const { return print_.texts.language; }
  float top_of(std::size_t line) const { return from_.y + (static_cast<float>(line) - static_cast<float>(first_)) * printed_row; }
  float x_of(Minute moment) const { return from_.x + TimeGround::x_of_work(scale_, print_.editing.time, moment); }
  bool is_critical(std::size_t row) const { return print_.options.critical && schedule().critical[row] && !is_done(row); }
  bool is_done(std::size_t row) const { return print_.facts.percent[row] >= 1000; }
  bool is_leaf(std::size_t row) const { return !print_.editing.outline[row].summary; }
  bool shows(float x) const { return x >= from_.x && x <= to_.x; }

  BarBox box_of(std::size_t line) const {
    constexpr float height = 12, slim = 9, summary = 5, diamond = 6;
    const std::size_t row = *lines_[line].row;
    const Task& task = *print_.editing.outline[row].task;
    const float top = top_of(line), middle = top + (baselines_.empty() ? printed_row / 2 : 2 + slim / 2);
    BarBox box{x_of(schedule().start[row]), x_of(schedule().finish[row])};
    const auto stand = [&](float high) { box.top = middle - high / 2, box.bottom = middle + high / 2; };
    if (!is_leaf(row)) {
      stand(summary);
    } else if (task.milestone || task.duration.value == 0) {
      const float at = task.milestone ? box.right : box.left;
      return {at - diamond, at + diamond, middle - diamond, middle + diamond, true};
    } else {
      stand(baselines_.empty() ? height : slim);
    }
    box.right = std::max(box.right, box.left + 3);
    return box;
  }

  // ---- what is cut off at the edges
  void box(float left, float right, float top, float bottom, Ink ink) {
    left = std::max(left, from_.x), right = std::min(right, to_.x);
    if (right > left) picture_.shapes.push_back({{{left, top}, {right, top}, {right, bottom}, {left, bottom}}, ink});
  }
  // Of lines along the axes.
  void way(const std::vector<ImVec2>& corners, Ink ink, float width, bool dashed = false) {
    std::vector<ImVec2> part;
    const auto end = [&] {
      if (part.size() > 1) picture_.lines.push_back({part, ink, width, dashed});
      part.clear();
    };
    const auto inside = [&](ImVec2 at) { return ImVec2(std::clamp(at.x, from_.x, to_.x), std::clamp(at.y, from_.y, to_.y)); };
    for (std::size_t i = 0; i + 1 < corners.size(); ++i) {
      const ImVec2 a = corners[i], b = corners[i + 1];
      const bool outside = std::max(a.x, b.x) < from_.x || std::min(a.x, b.x) > to_.x || std::max(a.y, b.y) < from_.y || std::min(a.y, b.y) > to_.y;
      const ImVec2 begin = inside(a);
      if (outside || (!part.empty() && (part.back().x != begin.x || part.back().y != begin.y))) end();
      if (outside) continue;
      if (part.empty()) part.push_back(begin);
      part.push_back(inside(b));
    }
    end();
  }
  void shape(std::vector<ImVec2> corners, float at, Ink ink) {
    if (shows(at)) picture_.shapes.push_back({std::move(corners), ink});
  }
  void text(float x, float top, float height, std::string shown, float room, Ink ink, TextPlace place = TextPlace::left, bool strong = false) {
    if (room > chart_text) picture_.texts.push_back({{x, top + (height - chart_text) / 2 - 1}, cut_to({}, std::move(shown), room), ink, place, strong});
  }

  // ---- scale and ground
  void draw_scale() {
    constexpr float half = scale_height / 2;
    const TimeSpan shown{scale_.at(0), scale_.at(to_.x - from_.x)};
    picture_.boxes.push_back({{0, 0}, {to_.x, scale_height}, {InkRole::sunken}});
    for (const TimeSpan& unit : units_in(scale_.upper(), shown)) {
      const float left = std::max(from_.x, from_.x + scale_.x_of(unit.from)), right = std::min(to_.x, from_.x + scale_.x_of(unit.to));
      picture_.lines.push_back({{{left, 3}, {left, scale_height}}, {InkRole::grid}});
      std::string label = upper_label(scale_.upper(), unit.from, language());
      if (estimated_width(label) <= right - left - 8) text(left + 5, 0, half, std::move(label), right - left - 8, {InkRole::ink}, TextPlace::left, true);
    }
    for (const TimeSpan& unit : units_in(scale_.lower(), shown)) {
      const float left = from_.x + scale_.x_of(unit.from), right = from_.x + scale_.x_of(unit.to), middle = (left + right) / 2;
      if (shows(left)) picture_.lines.push_back({{{left, half + 3}, {left, scale_height}}, {InkRole::grid}});
      std::string label = lower_label(scale_.lower(), unit.from, scale_.day_width(), language());
      const float wide = estimated_width(label);
      if (wide <= right - left - 2 && shows(middle - wide / 2) && shows(middle + wide / 2))
        text(middle, half, half, std::move(label), right - left, {InkRole::soft}, TextPlace::center);
    }
    picture_.lines.push_back({{{0, scale_height}, {to_.x, scale_height}}, {InkRole::axis}});
  }

  void draw_ground() {
    const TimeSpan shown{scale_.at(0), scale_.at(to_.x - from_.x)};
    if (TimeGround::shows_days_off(scale_))
      for (const DaysOff& off : days_off(print_.editing.time, shown.from.day(), shown.to.day()))
        picture_.boxes.push_back({{std::max(from_.x, from_.x + scale_.x_of(Minute::at(off.from))), from_.y},
                                  {std::min(to_.x, from_.x + scale_.x_of(Minute::at(off.to))), to_.y},
                                  {.own = off.holiday ? &Theme::holiday : &Theme::non_working}});
    for (const TimeSpan& unit : units_in(TimeGround::grid_unit(scale_), shown)) upright(from_.x + scale_.x_of(unit.from), {.own = &Theme::grid}, 1, false);
    for (std::size_t line = 1; line <= count_; ++line) {
      const float y = from_.y + static_cast<float>(line) * printed_row;
      picture_.lines.push_back({{{0, y}, {to_.x, y}}, {InkRole::grid}});
    }
    const auto& status = print_.editing.plan.plan.status_date;
    status_shown_ = status && upright(from_.x + TimeGround::x_of_status(scale_, *status), status_ink, 1.5f, true);
    today_shown_ = upright(from_.x + scale_.x_of(Minute::at(print_.texts.today, 12 * 60)), today_ink, 1.5f, false);
  }
  bool upright(float x, Ink ink, float width, bool dashed) {
    if (shows(x)) picture_.lines.push_back({{{x, from_.y}, {x, to_.y}}, ink, width, dashed});
    return shows(x);
  }

  // ---- lines
  void draw_name(std::size_t line) {
    constexpr float number = 26, indent = 11;
    const PrintedLine& printed = lines_[line];
    const float x = number + 10 + static_cast<float>(std::min(printed.level, 8)) * indent;
    text(number, top_of(line), printed_row, printed.number, number, {InkRole::faint}, TextPlace::right);
    text(x, top_of(line), printed_row, printed.name, names_width - x - 8, {InkRole::ink}, TextPlace::left, printed.strong);
  }

  void draw_bar(std::size_t line, std::size_t row) {
    const BarBox bar = box_of(line);
    draw_baselines(line, row);
    if (!is_leaf(row)) draw_summary(bar, row);
    else if (bar.milestone) draw_milestone(bar, row);
    else draw_task(bar, row);
    float beside = bar.right + 6;
    if (const auto late = float_end(row); late && *late > bar.right) {
      way({{bar.right, bar.middle()}, {*late, bar.middle()}}, {.own = &Theme::bar_float}, 2.5f);
      beside = *late + 6;
    }
    if (const auto deadline = print_.editing.outline[row].task->deadline) {
      const float x = x_of(*deadline), y = top_of(line) + printed_row / 2;
      const Tone tone = schedule().finish[row] > *deadline ? Tone::bad : Tone::good;
      shape({{x - 4, y - 5}, {x + 4, y - 5}, {x, y + 5}}, x, {InkRole::tone_fill, static_cast<int>(tone)});
    }
    if (print_.options.label == BarLabel::resources && shows(beside) && !print_.facts.resources[row].empty())
      text(beside, top_of(line), printed_row, print_.facts.resources[row], to_.x - beside, {InkRole::soft});
  }

  std::optional<float> float_end(std::size_t row) const {
    if (!print_.options.total_float || !is_leaf(row) || is_done(row) || schedule().total_float[row] <= 0) return std::nullopt;
    return x_of(schedule().late_finish[row]);
  }

  void draw_summary(const BarBox& bar, std::size_t row) {
    const Ink ink{.own = is_critical(row) ? &Theme::bar_critical_progress : &Theme::bar_summary};
    const float cap = std::min(5.0f, (bar.right - bar.left) / 2);
    box(bar.left, bar.right, bar.top, bar.bottom, ink);
    shape({{bar.left, bar.bottom}, {bar.left + cap, bar.bottom}, {bar.left, bar.bottom + 4}}, bar.left, ink);
    shape({{bar.right - cap, bar.bottom}, {bar.right, bar.bottom}, {bar.right, bar.bottom + 4}}, bar.right, ink);
  }

  void draw_milestone(const BarBox& bar, std::size_t row) {
    const float x = (bar.left + bar.right) / 2, y = bar.middle();
    shape({{x, bar.top}, {bar.right, y}, {x, bar.bottom}, {bar.left, y}}, x, {.own = is_critical(row) ? &Theme::bar_critical_progress : &Theme::milestone});
    if (is_done(row) && shows(x)) picture_.dots.push_back({{x, y}, 2, {InkRole::surface}});
  }

  void draw_task(const BarBox& bar, std::size_t row) {
    const bool critical = is_critical(row);
    const Ink whole{.own = critical ? &Theme::bar_critical : &Theme::bar_task}, filled{.own = critical ? &Theme::bar_critical_progress : &Theme::bar_progress};
    std::vector<BarPiece> spans;
    for (const auto& piece : engine::pieces_of(schedule(), static_cast<engine::Index>(row))) spans.push_back({x_of(piece.start), x_of(piece.finish)});
    if (spans.empty()) spans.push_back({bar.left, bar.right});
    float from = bar.left;  // of the line to the next piece
    for (const auto& [left, right, done] : bar_pieces(std::move(spans), print_.facts.percent[row] / 1000.0)) {
      if (left > from) way({{from, bar.middle()}, {left, bar.middle()}}, filled, 1.2f, true);
      from = right;
      box(left, right, bar.top, bar.bottom, whole);
      box(left, done, bar.top, bar.bottom, filled);
    }
    if (!print_.editing.outline[row].task->manual) return;
    for (const float x : {bar.left, bar.right - 2}) box(x, x + 2, bar.top - 2, bar.bottom + 2, filled);  // it keeps its dates
  }

  // In lanes below the bar, told apart by form as on the screen: filled, a line, a dashed one.
  void draw_baselines(std::size_t line, std::size_t row) {
    for (std::size_t i = 0; i < baselines_.size(); ++i) {
      const auto& span = baselines_[i].rows[row];
      if (!span) continue;
      const float left = x_of(span->start), right = std::max(x_of(span->finish), left + 3), y = top_of(line) + 14 + static_cast<float>(i) * 2.5f;
      if (i == 0) box(left, right, y - 1, y + (baselines_.size() == 1 ? 3.0f : 1.0f), baseline_ink(i));
      else way({{left, y}, {right, y}}, baseline_ink(i), 1.3f, i > 1);
    }
  }

  void draw_links() {
    for (const engine::PlanLink& link : print_.editing.plan.plan.links) {
      if (link.from < 0 || link.to < 0) continue;
      const auto from = static_cast<std::size_t>(link.from), to = static_cast<std::size_t>(link.to);
      if (!line_of_[from] || !line_of_[to]) continue;
      const auto [upper, lower] = std::minmax(*line_of_[from], *line_of_[to]);
      if (lower < first_ || upper >= first_ + count_) continue;  // a large plan has thousands of them, and hundreds of pages
      const bool critical = link_drives(schedule(), link) && is_critical(from) && is_critical(to);
      draw_arrow(route_link(link.type, box_of(*line_of_[from]), box_of(*line_of_[to]), printed_row),
                 {.alpha = 0.65f, .own = critical ? &Theme::link_critical : &Theme::link});
    }
  }

  void draw_arrow(const std::vector<ImVec2>& corners, Ink ink) {
    constexpr float head = 5, half = 3;
    const ImVec2 end = corners.back(), before = corners[corners.size() - 2];
    way(corners, ink, 1);
    if (end.y < from_.y || end.y > to_.y) return;
    const ImVec2 step(end.x > before.x ? 1.0f : end.x < before.x ? -1.0f : 0.0f, end.y > before.y ? 1.0f : end.y < before.y ? -1.0f : 0.0f);
    const ImVec2 base(end.x - step.x * head, end.y - step.y * head), side(step.y * half, step.x * half);
    shape({end, {base.x + side.x, base.y + side.y}, {base.x - side.x, base.y - side.y}}, end.x, ink);
  }

  void draw_legend() {
    float x = from_.x;
    const auto add = [&](std::string name, Ink ink, bool line, bool dashed) {
      const float width = 22 + estimated_width(name);
      if (x + width > to_.x) return;
      picture_.legend.push_back({std::move(name), ink, dashed, line, {x, to_.y + 4}, {x + width, to_.y + legend_height}});
      x += width + 18;
    };
    const auto say = [&](Key key) { return std::string(word(key, language())); };
    if (print_.options.critical) add(say("gantt.critical"_key), {.own = &Theme::bar_critical_progress}, false, false);
    for (std::size_t i = 0; i < baselines_.size(); ++i)
      if (const Baseline* baseline = print_.texts.project.find(print_.options.baselines[i])) add(baseline->name, baseline_ink(i), i > 0, i > 1);
    if (today_shown_) add(say("day.today"_key), today_ink, true, false);
    if (status_shown_) add(say("project_settings.status_date"_key), status_ink, true, true);
  }

  static constexpr Ink today_ink{.own = &Theme::today}, status_ink{.own = &Theme::status_date};

  const GanttPrint& print_;
  std::span<const PrintedLine> lines_;
  std::span<const std::optional<std::size_t>> line_of_;  // by row of the outline
  std::span<const BaselineDates> baselines_;
  std::size_t first_, count_;
  const TimeScale& scale_;
  ImVec2 from_, to_;  // of the bars
  Picture picture_;
  bool today_shown_ = false, status_shown_ = false;
};

// Of everything that has a place in time; none: nothing has.
std::optional<TimeSpan> span_of(const GanttPrint& print, std::span<const PrintedLine> lines, std::span<const BaselineDates> baselines) {
  std::optional<TimeSpan> all;
  const auto take = [&](Minute from, Minute to) {
    if (!all) all = TimeSpan{from, to};
    all->from = std::min(all->from, from), all->to = std::max(all->to, to);
  };
  const engine::Schedule& schedule = print.editing.plan.schedule;
  for (const PrintedLine& line : lines) {
    if (!line.row) continue;
    take(schedule.start[*line.row], schedule.finish[*line.row]);
    for (const BaselineDates& baseline : baselines)
      if (const auto& agreed = baseline.rows[*line.row]) take(agreed->start, agreed->finish);
  }
  return all;
}

}  // namespace

std::vector<GanttPage> gantt_pages(const GanttPrint& print) {
  const auto lines = printed_lines(print);
  std::vector<BaselineDates> baselines;
  for (const auto baseline : print.options.baselines) baselines.push_back(baseline_dates(print.texts.project, print.editing.outline, baseline));
  std::vector<std::optional<std::size_t>> line_of(print.editing.outline.size());
  for (std::size_t line = 0; line < lines.size(); ++line)
    if (lines[line].row) line_of[*lines[line].row] = line;
  const auto span = span_of(print, lines, baselines);
  if (!span) return {};
  constexpr float plot = page_width - right_edge - names_width;
  const Day first_day = span->from.day() - 1;  // room for what stands before a bar and behind it
  const int days = span->to.day() - first_day + 2;
  const int across = static_cast<int>(std::clamp(std::ceil(days * print.day_width / plot), 1.0, static_cast<double>(most_across)));
  const int days_each = (days + across - 1) / across;
  TimeScale scale;
  scale.set_day_width(static_cast<double>(plot) / days_each);
  const auto number = [](std::size_t count) { return format_integer(static_cast<std::int64_t>(count)); };
  std::vector<GanttPage> pages;
  for (std::size_t first = 0; first < lines.size(); first += lines_on_page)
    for (int part = 0; part < across; ++part) {
      const std::size_t count = std::min(lines_on_page, lines.size() - first);
      const Day from = first_day + part * days_each;
      scale.show_from(Minute::at(from));
      PageDrawing drawing(print, lines, line_of, baselines, first, count, scale);
      if (!drawing.has_bars()) continue;
      pages.push_back({drawing.run(), phrase("gantt.print.part"_key,
                                             std::vector{number(first + 1), number(first + count), number(lines.size()), format_day(from, print.texts.language),
                                                         format_day(from + (days_each - 1), print.texts.language)},
                                             print.texts.language)});
    }
  return pages;
}

}  // namespace pmo::ui
