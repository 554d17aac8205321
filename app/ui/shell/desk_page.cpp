#include "app/ui/shell/desk_page.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "app/model/describe_record.h"
#include "app/model/format.h"
#include "app/model/records/project_settings.h"
#include "app/model/records/task.h"
#include "app/model/sort_stably.h"
#include "app/ui/charts/draw_chart.h"
#include "app/ui/commands.h"
#include "app/ui/icons.h"
#include "app/ui/looked_at.h"
#include "app/ui/last_visit.h"
#include "app/ui/platform.h"
#include "app/ui/shell/desk_names.h"
#include "app/ui/widgets/pressable.h"
#include "app/ui/widgets/widgets.h"
#include "app/ui/work_list.h"

namespace pmo::ui {
namespace {

constexpr std::size_t most_recent = 8, most_due = 8, most_waiting = 6, most_listed = 6;
constexpr int due_days = 14;
constexpr float figure_height = 88, between = 12, least_room_beside = 860;

struct Recent {
  const RegisterInfo* info;
  const Record* record;
  std::uint64_t changed;
  bool fresh;  // since the last visit, by somebody else
};

std::vector<Desk> enum_desks() {
  std::vector<Desk> desks;
  for (int i = 0; i < desk_count; ++i) desks.push_back(static_cast<Desk>(i));
  return desks;
}

class DeskPage final : public Page {
 public:
  DeskPage(Desk desk, const Schema& schema, const Pages& pages, TellDesk tell)
      : pages_(pages), tell_(std::move(tell)), name_(desk_page_name(desk)), desk_(desk) {
    // Parts of other records are shown inside them, not as registers of their own.
    for (const auto* info : schema.registers())
      if (info->desk == desk && !info->prefix.empty()) registers_.push_back(info);
  }

  std::string_view name() const override { return name_; }
  Key title() const override { return desk_name(desk_); }
  const char* icon() const override { return desk_icon(desk_); }
  Desk desk() const override { return desk_; }

  void draw(Context& context) override {
    paragraph(Type::body, context.text(desk_about(desk_)), context.theme.ink_soft, 720);
    gap(1);
    if (registers_.empty()) return draw_without_registers(context);
    look(context);
    draw_figures(context);
    draw_waiting(context);
    draw_due(context);
    for (const DeskList& list : news_.lists)
      draw_list(context, list.title, list.icon, argument_of(list.title).c_str(), list.items, most_listed);
    draw_recent(context);
    draw_registers(context);
  }

 private:
  void draw_without_registers(Context& context) {
    const auto answer = empty_state({.icon = desk_icon(desk_), .title = context.text("desk.without_registers"_key),
                                     .about = context.text("desk.without_registers.about"_key),
                                     .action = labelled(context.text("desk.find"_key), "desk.find"),
                                     .action_icon = icon::search});
    if (answer == EmptyAnswer::action) context.commands.run("view.palette", context);
  }

  // Looks again only when the project, the day or the language has changed; and once a minute, that somebody is here.
  void look(Context& context) {
    const LookedAt now = LookedAt::now(context);
    const std::uint64_t time = context.platform.utc_milliseconds();
    const bool stays = looked_ == now;
    if (stays && time < visit_.seen_at + 60'000) return;
    visit_ = look_at(context.project, name_, context.platform);
    visit_.seen_at = time;  // a project without settings keeps no visits
    find_recent(context);
    if (stays) return;
    looked_ = now;
    news_ = tell_ ? tell_(context, desk_) : DeskNews{};
    picture_ = {};
    states_.clear();
    for (const auto* info : registers_) states_.push_back(state_of(context, *info));
  }

  // The chart stands beside two lines of figures; where that leaves it no room, below one line of them.
  void draw_figures(Context& context) {
    const bool with_chart = static_cast<bool>(news_.chart.picture);
    const bool beside = with_chart && !news_.figures.empty() && ImGui::GetContentRegionAvail().x >= least_room_beside;
    if (!news_.figures.empty()) draw_figure_lines(context, beside);
    if (beside) ImGui::SameLine(0, between);
    if (with_chart) draw_chart(context, news_.chart);
    if (with_chart || !news_.figures.empty()) gap(1);
  }

  void draw_figure_lines(Context& context, bool beside_chart) {
    const std::size_t count = news_.figures.size(), lines = beside_chart && count > 1 ? 2 : 1, columns = (count + lines - 1) / lines;
    const float room = ImGui::GetContentRegionAvail().x * (beside_chart ? 0.5f : 1.0f);
    const auto places = static_cast<float>(beside_chart ? std::max<std::size_t>(columns, 2) : columns);
    const float width = std::min(std::floor((room - between * (places - 1)) / places), 320.0f);
    ImGui::BeginGroup();
    for (std::size_t i = 0; i < count; ++i) {
      if (i % columns > 0) ImGui::SameLine(0, between);
      else if (i > 0) ImGui::SetCursorPosY(ImGui::GetCursorPosY() + between - ImGui::GetStyle().ItemSpacing.y);
      const bool fills_the_line = lines > 1 && i + 1 == count;  // of three the last is as wide as the two above it
      const auto more = fills_the_line ? static_cast<float>(columns - 1 - i % columns) : 0.0f;
      draw_figure(context, news_.figures[i], width + more * (width + between), i);
    }
    ImGui::EndGroup();
  }

  // Laid out once for what it says and its size; a frame only draws it.
  void draw_chart(Context& context, const DeskChart& chart) {
    const Theme& t = context.theme;
    const ImVec2 size(std::max(ImGui::GetContentRegionAvail().x, 240.0f), 2 * figure_height + between), inside(size.x - 24, size.y - 42);
    if (picture_.size.x != inside.x)
      picture_ = chart.picture({.size = inside, .locale = {context.language, scales_of(context.project)}, .width = [](std::string_view text) { return measure(Type::caption, text).x; }});
    const Press press = pressable(labelled(chart.title, "desk_chart"), size, true, Role::link, {},
                                  chart.summary.empty() ? chart.title : format_pair(chart.title, chart.summary, context.language), 8);
    ImDrawList& list = *ImGui::GetWindowDrawList();
    list.AddRectFilled(press.from, press.to, over(veil(press), t.surface), 8);
    list.AddRect(press.from, press.to, press.hovered ? t.accent : t.line, 8);
    draw_text_cut(list, {press.from.x + 12, press.from.y + 10}, size.x - 24 - 24, Type::caption, t.ink_soft, chart.title);
    draw_text(list, {press.to.x - 32, press.from.y + 8}, Type::body, press.hovered ? t.accent : t.ink_faint, icon::arrow_right);
    draw_laid_out(picture_, {press.from.x + 12, press.from.y + 34}, press.hovered);
    if (press.clicked) context.navigation.open_page(chart.page);
  }

  void draw_figure(Context& context, const DeskFigure& one, float width, std::size_t place) {
    const Theme& t = context.theme;
    const std::string name(context.text(one.name));
    const Press press = pressable(labelled(name, "figure." + std::to_string(place)), {width, figure_height}, !one.page.empty(), Role::link, {},
                                  format_pair(name, one.value + (one.note.empty() ? "" : ", " + one.note), context.language), 8);
    ImDrawList& list = *ImGui::GetWindowDrawList();
    list.AddRectFilled(press.from, press.to, over(veil(press), t.surface), 8);
    list.AddRect(press.from, press.to, press.hovered && !one.page.empty() ? t.accent : t.line, 8);
    const float left = press.from.x + 12, room = width - 24;
    draw_text_cut(list, {left, press.from.y + 10}, room, Type::caption, t.ink_soft, name);
    draw_text_cut(list, {left, press.from.y + 30}, room, Type::title, t.ink, one.value);
    draw_text_cut(list, {left, press.from.y + 62}, room, Type::caption, one.tone == Tone::neutral ? t.ink_soft : t.tone(one.tone).ink, one.note);
    if (press.clicked) context.navigation.open_page(one.page);
  }

  void draw_list(Context& context, Key title, const char* icon, const char* id, std::span<const WorkItem> items, std::size_t most) {
    if (items.empty()) return;
    const std::string heading = std::string(context.text(title)) + "  " + format_integer(static_cast<std::int64_t>(items.size()));
    if (Card card(id, {.title = heading, .icon = icon}); card) {
      const bool all = items.size() <= most || in_full_.contains(id);
      draw_work(context, items.first(all ? items.size() : most), id, true);
      if (items.size() > most) draw_more(context, id, items.size(), all);
    }
    gap(1);
  }

  // The way from the first lines of a list to all of them, and back.
  void draw_more(Context& context, const char* id, std::size_t count, bool all) {
    const std::string words = all ? std::string(context.text("desk.show_fewer"_key)) : context.text("desk.show_all"_key, {format_integer(static_cast<std::int64_t>(count))});
    gap(0.5f);
    if (!text_link(labelled(words, std::string(id) + ".all"), all ? icon::chevron_up : icon::chevron_down)) return;
    if (all) in_full_.erase(id);
    else in_full_.insert(id);
  }

  // Of this desk what waits for the person who works at this copy: the inbox has all of it.
  void draw_waiting(Context& context) {
    waiting_.clear();
    const Ref<Person> me = own_person(context.project);
    if (!me) return;
    for (const WorkItem& item : context.analyses.of<WorkListOf>())
      if (item.info->desk == desk_ && item.responsible == me && comes_up(item, context.today)) waiting_.push_back(item);
    draw_list(context, "desk.waiting"_key, icon::user_check, "waiting", waiting_, most_waiting);
  }

  void draw_registers(Context& context) {
    text(Type::heading, context.text("desk.registers"_key));
    gap(0.5f);
    const float room = ImGui::GetContentRegionAvail().x;
    const int columns = std::clamp(static_cast<int>(room / 260), 1, 4);
    const float width = std::floor((room - 16.0f * static_cast<float>(columns - 1)) / static_cast<float>(columns));
    int column = 0;
    for (std::size_t i = 0; i < registers_.size(); ++i) {
      if (column > 0) ImGui::SameLine(0, 16);
      draw_register(context, *registers_[i], states_[i], std::min(width, 420.0f));
      column = (column + 1) % columns;
    }
  }

  struct State {
    std::int64_t open = 0, late = 0;
  };

  static State state_of(const Context& context, const RegisterInfo& info) {
    State state;
    if (!info.status()) return state;
    for (const Record* record : context.project.table(info).records()) {
      state.open += is_open(info, *record);
      state.late += is_late(info, *record, context.today);
    }
    return state;
  }

  void draw_register(Context& context, const RegisterInfo& info, const State& state, float width) {
    const Theme& t = context.theme;
    const std::string label = labelled(context.text(info.label_key()), "register." + info.name);
    const Page* page = page_of(info);
    const Press press = pressable(label, {width, 88}, page != nullptr, Role::link, {}, {}, 8);
    ImDrawList& list = *ImGui::GetWindowDrawList();
    list.AddRectFilled(press.from, press.to, over(veil(press), t.surface), 8);
    list.AddRect(press.from, press.to, press.hovered && page ? t.accent : t.line, 8);
    draw_text_cut(list, {press.from.x + 16, press.from.y + 14}, width - 48, Type::body, t.ink_soft, visible(label));
    const auto count = static_cast<std::int64_t>(context.project.table(info).size());
    draw_text(list, {press.from.x + 16, press.from.y + 42}, Type::title, t.ink, format_integer(count));
    draw_state(context, state, list, {press.to.x - 16, press.from.y + 50});
    if (!page) return;
    draw_text(list, {press.to.x - 32, press.from.y + 14}, Type::body, press.hovered ? t.accent : t.ink_faint, icon::arrow_right);
    if (press.clicked) context.navigation.open_page(page->name());
  }

  // "4 open · 2 late", ending at a point.
  static void draw_state(Context& context, const State& state, ImDrawList& list, ImVec2 end) {
    const auto draw = [&](Key key, std::int64_t count, ImU32 ink) {
      const std::string words = context.text(key, {format_integer(count)});
      end.x -= measure(Type::body, words).x;
      draw_text(list, end, Type::body, ink, words);
      end.x -= 12;
    };
    if (state.late > 0) draw("desk.late"_key, state.late, context.theme.tone(Tone::bad).ink);
    if (state.open > 0) draw("desk.open"_key, state.open, context.theme.ink_soft);
  }

  void draw_due(Context& context) {
    const auto has_days = [](const auto* info) { return info->due() || info == &register_of<Task>(); };
    if (std::ranges::none_of(registers_, has_days)) return;
    due_.clear();
    const Ref<Person> me = own_person(context.project);
    for (const auto& item : context.analyses.of<WorkListOf>()) {
      if (!item.due || *item.due > context.today + due_days) break;  // sorted by day
      const bool above = me && item.responsible == me;  // stands under what waits for the user
      if (item.info->desk == desk_ && !above && comes_up(item, context.today)) due_.push_back(item);
    }
    if (!due_.empty()) return draw_list(context, "desk.due"_key, icon::alarm, "due", due_, most_due);
    if (Card card("due", {.title = context.text("desk.due"_key), .icon = icon::alarm}); card)
      text(Type::body, context.text("desk.due.none"_key), context.theme.ink_soft);
    gap(1);
  }

  // What others have changed since the last visit; when that is nothing, what was changed last.
  void draw_recent(Context& context) {
    const auto fresh = static_cast<std::size_t>(std::ranges::count_if(recent_, &Recent::fresh));
    const std::string title = fresh > 0 ? context.text("desk.since_visit"_key, {format_integer(static_cast<std::int64_t>(fresh_))}) : std::string(context.text("desk.recent"_key));
    if (Card card("recent", {.title = title, .icon = icon::history}); card) {
      if (visit_.before_at > 0)
        text(Type::caption, context.text(fresh > 0 ? "desk.last_visit"_key : "desk.last_visit.nothing"_key, {format_ago(visit_.before_at, context.platform.utc_milliseconds(), context.language)}));
      if (recent_.empty()) text(Type::body, context.text(has_records(context.project) ? "desk.recent.nothing_since"_key : "desk.recent.none"_key), context.theme.ink_soft);
      ImGui::PushStyleVarY(ImGuiStyleVar_ItemSpacing, 0);
      for (const Recent& recent : recent_)
        if (fresh == 0 || recent.fresh) draw_recent_line(context, recent);
      ImGui::PopStyleVar();
    }
    gap(1);
  }

  void draw_recent_line(Context& context, const Recent& recent) {
    const Theme& t = context.theme;
    const std::string title = record_title(context.project, *recent.info, *recent.record);
    const std::string label = title + "###recent." + recent.record->id.text();
    const float width = ImGui::GetContentRegionAvail().x;
    const Press press = pressable(label, {width, Theme::row}, true, Role::link, {}, {}, 4);
    ImDrawList& list = *ImGui::GetWindowDrawList();
    if (const ImU32 ground = veil(press)) list.AddRectFilled(press.from, press.to, ground, 4);
    const float y = middle(press.from.y, Theme::row, size_of(Type::body));
    const std::string number = record_number(context.project, *recent.info, *recent.record);
    draw_text_cut(list, {press.from.x + 8, y}, 72, Type::body, t.ink_faint, number);
    const float kind_width = width > 900 ? 180 : 120;
    draw_text_cut(list, {press.from.x + 88, y}, width - 88 - kind_width - 160, Type::body, t.ink, title);
    draw_text_cut(list, {press.to.x - kind_width - 148, y}, kind_width, Type::body, t.ink_soft, context.text(recent.info->one_key()));
    const std::string ago = format_ago(recent.changed, context.platform.utc_milliseconds(), context.language);
    draw_text(list, {press.to.x - 8 - measure(Type::body, ago).x, y}, Type::body, t.ink_soft, ago);
    if (press.clicked) context.navigation.open_record(*recent.info, recent.record->id);
  }

  bool has_records(const Project& project) const {
    return std::ranges::any_of(registers_, [&](const RegisterInfo* info) { return !project.table(*info).empty(); });
  }

  // Those that are new since the last visit in front, in each the latest first.
  void find_recent(const Context& context) {
    recent_.clear();
    fresh_ = 0;
    const auto& settings = context.project.all<ProjectSettings>();
    const Stamp begun = settings.empty() ? Stamp{} : settings.at(0).created;
    for (const auto* info : registers_)
      for (const Record* record : context.project.table(*info).records()) {
        const bool fresh = is_new_since(visit_, context.project, *record);
        fresh_ += fresh;
        if (!fresh && record->last_written() == begun) continue;  // came with the file or the sample
        recent_.push_back({info, record, record->last_written().milliseconds(), fresh});
      }
    const auto kept = std::min(most_recent, recent_.size());
    const auto order = [](const Recent& a, const Recent& b) { return std::pair(a.fresh, a.changed) > std::pair(b.fresh, b.changed); };
    std::ranges::partial_sort(recent_, recent_.begin() + static_cast<std::ptrdiff_t>(kept), order);
    recent_.resize(kept);
  }

  void forget() override {
    looked_ = {};
    visit_ = {};
    news_ = {};
    picture_ = {};
    recent_.clear();
  }

  const Page* page_of(const RegisterInfo& info) const {
    const auto found = std::ranges::find_if(pages_, [&](const auto& page) { return page->shows() == &info; });
    return found == pages_.end() ? nullptr : found->get();
  }

  const Pages& pages_;
  TellDesk tell_;
  std::string name_;
  Desk desk_;
  std::vector<const RegisterInfo*> registers_;
  std::vector<State> states_;  // of the registers, in their order
  std::vector<Recent> recent_;
  std::size_t fresh_ = 0;  // of all that there are
  std::vector<WorkItem> waiting_, due_;
  std::set<std::string, std::less<>> in_full_;  // lists of which all is shown, by id
  DeskNews news_;
  Picture picture_;  // of the chart
  Visit visit_;
  LookedAt looked_;
};

}  // namespace

void complete_desks(Pages& pages, const Schema& schema, const TellDesk& tell) {
  for (const Desk desk : enum_desks())
    if (std::ranges::none_of(pages, [&](const auto& page) { return page->name() == desk_page_name(desk); }))
      pages.push_back(std::make_unique<DeskPage>(desk, schema, pages, tell));
  // Desks in the order of the rail; in each its first page, then its analyses, then its registers, each as they came.
  sort_stably(pages, {}, [](const auto& page) {
    return std::tuple(page->desk(), page->name() != desk_page_name(page->desk()), page->shows() != nullptr);
  });
}

}  // namespace pmo::ui
