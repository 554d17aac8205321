#include "app/ui/gantt/load_panel.h"

#include <algorithm>
#include <cmath>

#include "app/ui/annotate.h"
#include "app/ui/charts/ticks.h"
#include "app/ui/control_analyses.h"
#include "app/ui/icons.h"
#include "app/ui/widgets/widgets.h"

namespace pmo::ui {

using engine::LoadPeriod;
using engine::LoadStep;

namespace {

constexpr int within_paint = 0, capacity_paint = 7;  // of the series, as on the page of the resource load
constexpr float head = 20;                           // above the highest column, for its mark

std::string hours_text(const Context& context, WorkMinutes minutes) {
  return context.text("gantt.load.hours"_key, {format_number({std::llround(static_cast<double>(minutes.value) / 6) * (number_scale / 10)})});
}

Key step_key(LoadStep step) {
  switch (step) {
    case LoadStep::day: return "gantt.load.per_day"_key;
    case LoadStep::week: return "gantt.load.per_week"_key;
    case LoadStep::month: return "gantt.load.per_month"_key;
    case LoadStep::quarter: return "gantt.load.per_quarter"_key;
    case LoadStep::year: break;
  }
  return "gantt.load.per_year"_key;
}

const Resource* resource_of(Context& context, std::size_t entry) {
  const auto resource = context.analyses.of<ResourceDemandOf>()[entry].resource;
  return context.project.find(Ref<Resource>{context.analyses.of<ScheduleOf>().plan.resources[static_cast<std::size_t>(resource)].id});
}

}  // namespace

void LoadPanel::forget() { *this = {}; }

// ---- what is shown ------------------------------------------------------------------------------------------------

std::vector<std::size_t> LoadPanel::entries_of(Context& context, const Source& source) const {
  const auto& plan = context.analyses.of<ScheduleOf>().plan;
  const Outline& outline = context.analyses.of<OutlineOf>();
  std::set<engine::Index> assigned;  // to the tasks, or to parts of them
  if (source.whose == Whose::selected) {
    std::vector<bool> chosen(outline.size(), false);
    for (const Id task : source.tasks)
      if (const auto row = outline.find(task)) std::fill(chosen.begin() + static_cast<std::ptrdiff_t>(*row), chosen.begin() + static_cast<std::ptrdiff_t>(outline[*row].end), true);
    for (const auto& assignment : plan.assignments)
      if (chosen[static_cast<std::size_t>(assignment.task)]) assigned.insert(assignment.resource);
  }
  std::vector<std::size_t> entries;
  const auto& all = demand(context);
  for (std::size_t entry = 0; entry < all.size(); ++entry) {
    const auto resource = all[entry].resource;
    if (source.whose == Whose::one && plan.resources[static_cast<std::size_t>(resource)].id != source.resource) continue;
    if (source.whose == Whose::selected && !assigned.contains(resource)) continue;
    entries.push_back(entry);
  }
  return entries;
}

const std::vector<engine::ResourceDemand>& LoadPanel::demand(Context& context) const {
  return source_.preview ? tried_ : context.analyses.of<ResourceDemandOf>();
}

void LoadPanel::keep(Context& context, const GanttChart& chart) {
  if (whose_ == Whose::one && !context.project.find(Ref<Resource>{resource_})) whose_ = Whose::all;
  Source now{.project = &context.project, .revision = context.project.revision(), .whose = whose_, .resource = resource_, .tasks = {}, .step = load_step(chart.scale())};
  const auto& plan = context.analyses.of<ScheduleOf>().plan;
  constexpr std::size_t most_at_once = 4000;  // assignments; of more the load would hold up the drag
  const engine::Schedule* preview = plan.assignments.size() <= most_at_once ? chart.preview() : nullptr;
  if (preview) now.preview = chart.preview_number();
  if (whose_ == Whose::selected && context.selection.info == &register_of<Task>()) now.tasks = context.selection.records;
  if (picked_ && whose_ == Whose::selected && now.tasks == *picked_) now.tasks = source_.tasks;
  else picked_.reset();
  if (source_ == now) return;
  if (preview && now.preview != source_.preview) tried_ = engine::resource_demand(plan, *preview);
  source_ = std::move(now);
  shares_of_.reset();
  entries_ = entries_of(context, source_);
  std::vector<LoadPeriod> periods;
  for (const std::size_t entry : entries_) {
    const auto& [resource, asked, offered, conflicts] = demand(context)[entry];
    const auto part = engine::resource_load(asked, offered, source_.step);
    periods.insert(periods.end(), part.begin(), part.end());
  }
  periods_ = engine::joined_load(std::move(periods));
  total_ = engine::total_load(periods_);
}

// The tasks of a period: first those that are worked on while it is too much, then by their load.
const std::vector<LoadPanel::Share>& LoadPanel::shares(Context& context, std::size_t period) {
  if (shares_of_ == period) return shares_;
  shares_of_ = period;
  shares_.clear();
  const Day first = periods_[period].first;
  const Minute from = Minute::at(first), to = Minute::at(engine::next_period(source_.step, first));
  for (const std::size_t entry : entries_) {
    const auto& [resource, asked, offered, conflicts] = demand(context)[entry];
    for (const auto& load : engine::load_by_task(asked, offered, from, to)) shares_.push_back({load, entry});
  }
  std::ranges::stable_sort(shares_, [](const Share& a, const Share& b) {
    return a.load.overloads != b.load.overloads ? a.load.overloads : a.load.load > b.load.load;
  });
  return shares_;
}

void LoadPanel::select_tasks(Context& context, const RegisterInfo& info, RecordTable& table, std::size_t period) {
  const auto& list = shares(context, period);
  if (list.empty()) return;
  const bool too_much = list.front().load.overloads;
  const Outline& outline = context.analyses.of<OutlineOf>();
  std::set<std::size_t> rows;
  for (const Share& share : list)
    if (share.load.overloads == too_much) rows.insert(static_cast<std::size_t>(share.load.task));
  context.selection.only(info, outline[*rows.begin()].task->id);
  for (const std::size_t row : rows) context.selection.records.insert(outline[row].task->id);
  picked_ = context.selection.records;
  table.show(context.selection.current);
  context.platform.request_frame();
}

std::string LoadPanel::whose_text(Context& context) const {
  const Resource* resource = whose_ == Whose::one ? context.project.find(Ref<Resource>{resource_}) : nullptr;
  if (resource) return resource->name;
  return std::string(context.text(whose_ == Whose::selected ? "gantt.load.selected"_key : "gantt.load.all"_key));
}

std::string LoadPanel::period_text(const Context& context, std::size_t period) const {
  const Day first = periods_[period].first;
  switch (source_.step) {
    case LoadStep::day: return format_day(first, context.language, DayStyle::weekday);
    case LoadStep::week: return context.text("resource_load.week_of"_key, {format_day(first, context.language)});
    case LoadStep::month: return format_month(first, context.language);
    case LoadStep::quarter: return format_quarter(first, context.language);
    case LoadStep::year: break;
  }
  return std::to_string(civil(first).year);
}

// ---- drawing ------------------------------------------------------------------------------------------------------

void LoadPanel::draw(Context& context, RecordTable& table, GanttChart& chart) {
  keep(context, chart);
  draw_side(context, std::max(1.0f, chart.left() - ImGui::GetCursorScreenPos().x));
  ImGui::SameLine(0, 0);
  draw_columns(context, table, chart);
}

// Whose load it is, what a column counts, and what the colours mean, with the sums of the whole project.
void LoadPanel::draw_side(Context& context, float width) {
  const Theme& t = context.theme;
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(12, 6));
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(8, 3));
  ImGui::BeginChild("load.about", {width, 0}, ImGuiChildFlags_AlwaysUseWindowPadding, ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse);
  const float room = ImGui::GetContentRegionAvail().x;
  const std::string whose = labelled(whose_text(context), "load.whose");
  ButtonOptions look{.icon = icon::users, .small = true, .opens_menu = true, .tooltip = context.text("gantt.load.whose"_key)};
  look.width = std::min(room, button_width(whose, look));
  if (button(whose, look)) open_menu("load.menu");
  draw_menu(context);
  text_cut(Type::caption, context.text(step_key(source_.step)), room, t.ink_soft);
  const auto line = [&](const char* id, Key key, ImU32 color, bool thin, WorkMinutes sum) {
    constexpr float height = 18, mark = 12;
    const ImVec2 at = ImGui::GetCursorScreenPos();
    ImGui::Dummy({room, height});
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const float y = at.y + height / 2, half = thin ? 1.0f : 5.0f;
    list.AddRectFilled({at.x, y - half}, {at.x + mark, y + half}, color, thin ? 0 : 2.0f);
    const std::string amount = hours_text(context, sum);
    const float amount_width = measure(Type::caption, amount).x, text_y = middle(at.y, height, size_of(Type::caption));
    draw_text_cut(list, {at.x + mark + 8, text_y}, room - mark - 16 - amount_width, Type::caption, t.ink_soft, context.text(key));
    draw_text(list, {at.x + room - amount_width, text_y}, Type::caption, t.ink, amount);
    annotate_area(id, {at.x, at.y, at.x + room, at.y + height}, Role::text, context.text(key), amount);
  };
  line("load.within", "resource_load.within"_key, t.series[within_paint], false, total_.load - total_.overload);
  line("load.too_much", "resource_load.too_much"_key, t.tone(Tone::bad).fill, false, total_.overload);
  line("load.capacity", "resource_load.capacity"_key, t.series[capacity_paint], true, total_.available);
  ImGui::EndChild();
  ImGui::PopStyleVar(2);
}

void LoadPanel::draw_menu(Context& context) {
  if (!begin_menu("load.menu")) return;
  const auto choose = [&](Whose whose, Id resource) {
    whose_ = whose;
    resource_ = resource;
    picked_.reset();
  };
  if (menu_item(labelled(context.text("gantt.load.all"_key), "load.all"), {.icon = icon::users, .checked = whose_ == Whose::all})) choose(Whose::all, {});
  if (menu_item(labelled(context.text("gantt.load.selected"_key), "load.selected"), {.icon = icon::target, .checked = whose_ == Whose::selected})) choose(Whose::selected, {});
  const auto& demand = context.analyses.of<ResourceDemandOf>();
  if (!demand.empty()) menu_line();
  for (std::size_t entry = 0; entry < demand.size(); ++entry) {
    const Resource* resource = resource_of(context, entry);
    if (!resource) continue;
    const bool overloaded = !demand[entry].conflicts.empty();
    if (menu_item(labelled(resource->name, "load." + resource->id.text()), {.icon = overloaded ? icon::warning : "", .checked = whose_ == Whose::one && resource_ == resource->id}))
      choose(Whose::one, resource->id);
  }
  end_menu();
}

void LoadPanel::draw_columns(Context& context, RecordTable& table, GanttChart& chart) {
  const Theme& t = context.theme;
  ImGui::BeginChild("load.chart", {0, 0}, 0, ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse | ImGuiWindowFlags_NoNav);
  const ImVec2 at = ImGui::GetWindowPos(), size = ImGui::GetWindowSize();
  Frame frame{.from = at, .to = {at.x + chart.width(), at.y + std::max(head + 10, size.y - 5)}, .columns = {}, .under_pointer = {}};
  const float height = frame.to.y - frame.from.y - head;
  WorkMinutes highest{60};
  for (const LoadPeriod& period : periods_) highest = std::max({highest, period.load, period.available});
  const AxisRange range = axis_range({}, 0, static_cast<double>(highest.value) / 60, std::max(1, static_cast<int>(height / 36)));
  highest = {std::llround(range.high * 60)};
  frame.columns = load_columns(periods_, source_.step, chart.scale(), chart.width(), height, highest);
  const float pointer = ImGui::GetMousePos().x - frame.from.x;
  for (std::size_t i = 0; i < frame.columns.size(); ++i)
    if (pointer >= frame.columns[i].left && pointer < frame.columns[i].right) frame.under_pointer = i;

  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(at, {at.x + size.x, at.y + size.y}, t.surface);
  ImGui::PushClipRect(frame.from, frame.to, true);
  ImGui::SetCursorScreenPos(frame.from);
  const bool released = ImGui::InvisibleButton("###load.ground", {std::max(1.0f, frame.to.x - frame.from.x), frame.to.y - frame.from.y});
  annotate(Role::region, context.text("gantt.load"_key), whose_text(context), {.draggable = true});
  const bool dragged = ImGui::GetMouseDragDelta(0, 3).x != 0 || ImGui::GetMouseDragDelta(0, 3).y != 0;
  const bool held = ImGui::IsItemActive(), hovered = ImGui::IsItemHovered();
  const TimeGround ground{chart.scale(), context.analyses.of<ProjectTimeOf>(), t, frame.from, frame.to};
  ground.draw_days(list, false);
  draw_axis(context, frame, head, highest.value);
  if (!hovered || held) frame.under_pointer.reset();
  for (const LoadColumn& column : frame.columns) draw_column(context, frame, column);
  draw_capacity(context, frame);
  if (frame.under_pointer) {
    const LoadColumn& column = frame.columns[*frame.under_pointer];
    list.AddRectFilled({frame.from.x + column.left, frame.from.y}, {frame.from.x + column.right, frame.to.y}, t.hover);
  }
  ground.draw_days_of_note(list, context.analyses.of<ScheduleOf>().plan.status_date, context.today);
  if (periods_.empty())
    draw_text_cut(list, {frame.from.x + 16, middle(frame.from.y, frame.to.y - frame.from.y, size_of(Type::caption))}, chart.width() - 32, Type::caption, t.ink_soft,
                  context.text(whose_ == Whose::selected ? "gantt.load.nobody"_key : "resource_load.no_work"_key));
  if (frame.under_pointer) draw_tooltip(context, frame.columns[*frame.under_pointer].period);
  ImGui::PopClipRect();

  if (held && dragged) {
    chart.scroll(-ImGui::GetIO().MouseDelta.x);
    ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
  } else if (released && !dragged && pointer >= 0) {
    for (const LoadColumn& column : frame.columns)
      if (pointer >= column.left && pointer < column.right) select_tasks(context, table.info(), table, column.period);
  }
  if (ImGui::IsWindowHovered(ImGuiHoveredFlags_AllowWhenBlockedByActiveItem) && (ImGui::GetIO().MouseWheel != 0 || ImGui::GetIO().MouseWheelH != 0) &&
      chart.take_time_wheel())
    context.platform.request_frame();
  ImGui::EndChild();
}

void LoadPanel::draw_axis(Context& context, const Frame& frame, float headroom, std::int64_t highest) const {
  const Theme& t = context.theme;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float height = frame.to.y - frame.from.y - headroom;
  const double high = static_cast<double>(highest) / 60;
  for (const Tick& tick : axis_ticks({}, {0, high}, std::max(1, static_cast<int>(height / 36)), chart_locale(context))) {
    const float y = std::floor(frame.to.y - height * static_cast<float>(tick.at / high)) + 0.5f;
    list.AddLine({frame.from.x, y}, {frame.to.x, y}, t.grid);
    if (tick.at <= 0) continue;
    const float width = measure(Type::caption, tick.label).x;
    list.AddRectFilled({frame.from.x + 3, y}, {frame.from.x + width + 9, y + size_of(Type::caption) + 2}, with_alpha(t.surface, 0.62f), 3);
    draw_text(list, {frame.from.x + 6, y + 1}, Type::caption, t.ink_faint, tick.label);
  }
}

void LoadPanel::draw_column(Context& context, const Frame& frame, const LoadColumn& column) const {
  const LoadPeriod& period = periods_[column.period];
  if (period.load.value <= 0) return;
  const Theme& t = context.theme;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float left = std::floor(frame.from.x + column.left) + 1, right = std::max(left + 1, std::floor(frame.from.x + column.right));
  const float top = frame.to.y - column.load, within = top + column.too_much;
  list.AddRectFilled({left, within}, {right, frame.to.y}, t.series[within_paint]);
  std::string value = context.text("gantt.load.sum"_key, {hours_text(context, period.load), hours_text(context, period.available)});
  if (period.overload.value > 0) {
    list.AddRectFilled({left, std::min(top, within - 2)}, {right, within}, t.tone(Tone::bad).fill);  // never too thin to be seen
    const float width = measure(Type::caption, icon::warning).x;
    if (width + 2 < right - left)
      draw_text(list, {std::floor((left + right - width) / 2), top - size_of(Type::caption) - 3}, Type::caption, t.tone(Tone::bad).ink, icon::warning);
    value += ", " + context.text("resource_load.overload_work"_key, {hours_text(context, period.overload)});
  }
  const std::string id = "load." + period.first.text();
  annotate_area(id.c_str(), {left, std::min(top, frame.to.y - 8), right, frame.to.y}, Role::bar, period_text(context, column.period), value);
}

// A line in steps: what there is.
void LoadPanel::draw_capacity(const Context& context, const Frame& frame) const {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImU32 color = context.theme.series[capacity_paint];
  const LoadColumn* before = nullptr;
  for (const LoadColumn& column : frame.columns) {
    const float left = frame.from.x + column.left, y = std::floor(frame.to.y - column.capacity) + 0.5f;
    if (before && before->right == column.left && before->capacity != column.capacity)
      list.AddLine({left, std::floor(frame.to.y - before->capacity) + 0.5f}, {left, y}, color, 1.5f);
    list.AddLine({left, y}, {frame.from.x + column.right, y}, color, 1.5f);
    before = &column;
  }
}

void LoadPanel::draw_tooltip(Context& context, std::size_t period) {
  if (!begin_tooltip()) return;
  constexpr std::size_t most = 8;
  constexpr float widest = 340;
  const ImU32 ink = ImGui::GetColorU32(ImGuiCol_Text);
  const LoadPeriod& sums = periods_[period];
  text(Type::strong, period_text(context, period), ink);
  text(Type::body, context.text("gantt.load.sum"_key, {hours_text(context, sums.load), hours_text(context, sums.available)}), ink);
  if (sums.overload.value > 0)
    text(Type::body, std::string(icon::warning) + " " + context.text("resource_load.overload_work"_key, {hours_text(context, sums.overload)}), ink);
  const Outline& outline = context.analyses.of<OutlineOf>();
  const auto& list = shares(context, period);
  for (std::size_t i = 0; i < std::min(most, list.size()); ++i) {
    const auto& [load, entry] = list[i];
    std::string line = hours_text(context, load.load) + "  " + outline[static_cast<std::size_t>(load.task)].task->name;
    const Resource* resource = whose_ == Whose::one ? nullptr : resource_of(context, entry);
    if (resource) line += " · " + resource->name;
    if (load.overloads) line = std::string(icon::warning) + " " + line;
    text_cut(Type::caption, line, std::min(widest, measure(Type::caption, line).x + 1), with_alpha(ink, 0.85f));
  }
  if (list.size() > most) text(Type::caption, context.text("gantt.load.more"_key, {std::to_string(list.size() - most)}), with_alpha(ink, 0.7f));
  end_tooltip();
}

}  // namespace pmo::ui
