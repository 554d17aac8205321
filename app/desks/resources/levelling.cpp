// Levelling: what would have to move so that nobody is asked for more than there is. A preview with the reason of every
// move; what is accepted becomes one transaction, undone in one step, and is listed with its reasons from then on.
#include "app/engine/levelling/level_project.h"

#include "app/desks/pages.h"
#include "app/desks/slice.h"
#include "app/ui/annotate.h"
#include "app/ui/control_analyses.h"
#include "app/ui/icons.h"
#include "app/ui/platform.h"
#include "app/ui/table/cell_text.h"
#include "app/ui/text_field.h"
#include "app/ui/widgets/fact_table.h"
#include "app/ui/widgets/widgets.h"

namespace pmo::desks {
namespace {

using namespace ui;
namespace levelling = engine::levelling;

constexpr int thorough_trials = 40, most_trials = 10'000;
constexpr std::int64_t most_seed = 1'000'000'000;

class LevellingPage final : public Page {
 public:
  std::string_view name() const override { return "levelling"; }
  Key title() const override { return "levelling.title"_key; }
  const char* icon() const override { return icon::scale; }
  Desk desk() const override { return Desk::resources; }
  void forget() override {
    search_.reset();
    preview_.reset();
  }

  void draw(Context& context) override {
    if (context.project.all<Assignment>().empty()) {
      const auto answer = empty_state({.icon = icon::scale, .title = context.text("levelling.title"_key), .about = context.text("levelling.about"_key),
                                       .action = labelled(context.text("control.open_plan"_key), "open_plan"), .action_icon = icon::gantt});
      if (answer == EmptyAnswer::action) context.navigation.open_page("tasks");
      return;
    }
    advance(context);
    draw_tools(context);
    gap(0.5f);
    if (preview_ && preview_->revision != context.project.revision()) preview_.reset();
    if (preview_) draw_preview(context);
    else if (!search_) draw_before(context);
  }

 private:
  struct Search {
    levelling::PlanLevelling levelling;
    std::uint64_t revision;
    int trials;
  };
  struct Preview {
    levelling::LevelResult result;
    std::vector<std::uint8_t> chosen;  // by move
    std::uint64_t revision;
  };

  void start(Context& context) {
    preview_.reset();
    const levelling::LevelOptions options{.within_float = within_float_, .trials = trials_, .seed = static_cast<std::uint64_t>(seed_)};
    search_.emplace(levelling::PlanLevelling(context.analyses.of<ScheduleOf>().plan, options), context.project.revision(), trials_);
    context.platform.request_frame();
  }

  void advance(Context& context) {
    if (!search_) return;
    if (search_->revision != context.project.revision()) {  // somebody edits: the answer would not fit
      search_.reset();
      return;
    }
    work_for_a_slice(context, search_->levelling);
    if (search_->levelling.finished()) finish(context);
  }

  void finish(Context& context) {
    if (search_->levelling.trials_done() > 0) {
      levelling::LevelResult result = search_->levelling.result();
      const auto moves = result.moves.size();
      preview_.emplace(std::move(result), std::vector<std::uint8_t>(moves, 1), search_->revision);
      context.platform.announce(context.text("levelling.found"_key, {format_integer(static_cast<std::int64_t>(moves))}));
    }
    search_.reset();
  }

  void draw_tools(Context& context) {
    const Choice efforts[] = {{labelled(context.text("levelling.quick"_key), "quick")}, {labelled(context.text("levelling.thorough"_key), "thorough")}};
    int effort = trials_ == 1 ? 0 : trials_ == thorough_trials ? 1 : -1;
    if (segments("effort", efforts, effort)) trials_ = effort == 0 ? 1 : thorough_trials;
    tooltip(context.text("levelling.effort.about"_key));
    ImGui::SameLine(0, 16);
    draw_number("trials", context.text("levelling.trials"_key), context.text("levelling.trials.about"_key, {format_integer(most_trials)}), trials_, 1, most_trials);
    ImGui::SameLine(0, 16);
    draw_number("seed", context.text("levelling.seed"_key), std::string(context.text("levelling.seed.about"_key)), seed_, 0, most_seed);
    ImGui::SameLine(0, 16);
    ImGui::SetCursorPosY(ImGui::GetCursorPosY() + 4);
    toggle(labelled(context.text("levelling.within_float"_key), "within_float"), within_float_);
    tooltip(context.text("levelling.within_float.about"_key));
    gap(0.5f);  // all in one line is too much for a small screen
    if (search_) {
      const float share = static_cast<float>(search_->levelling.trials_done()) / static_cast<float>(search_->trials);
      if (draw_running(context, "levelling.progress"_key, share)) finish(context);
      return;
    }
    if (button(labelled(context.text("levelling.compute"_key), "compute"), {.icon = icon::play, .emphasis = preview_ ? Emphasis::standard : Emphasis::primary})) start(context);
    const bool delayed = std::ranges::any_of(context.project.all<Task>(), [](const Task& task) { return task.levelling_delay.value != 0; });
    ImGui::SameLine();
    if (button(labelled(context.text("levelling.clear"_key), "clear"), {.icon = icon::reset, .enabled = delayed})) clear(context);
  }

  // A text that is no number is put back.
  template <class Number>
  void draw_number(const char* id, std::string_view name, const std::string& about, Number& value, std::int64_t least, std::int64_t most) {
    label_beside(name, measure(Type::body, name).x + 1);
    tooltip(about);
    ImGui::SameLine(0, 8);
    const std::string now = std::to_string(value);
    std::string typed = draft_or(id, now);
    if (!input_text(id, typed, {.width = 84, .label = name, .align = TextAlign::right}).committed || typed == now) return;
    if (const auto number = parse_integer(typed)) value = static_cast<Number>(std::clamp(*number, least, most));
  }

  void clear(Context& context) {
    context.change("transaction.clear_levelling"_key, {}, [&](Transaction& change) {
      for (const Task& task : context.project.all<Task>())
        if (task.levelling_delay.value != 0) levelling::set_delay(change, task, {.task = {task.id}});
    });
  }

  void draw_before(Context& context) {
    const Outline& outline = context.analyses.of<OutlineOf>();
    std::vector<std::size_t> delayed;  // rows
    for (std::size_t row = 0; row < outline.size(); ++row)
      if (outline[row].task->levelling_delay.value != 0) delayed.push_back(row);
    if (!delayed.empty()) return draw_in_force(context, outline, delayed);
    const auto answer = empty_state({.icon = icon::scale, .title = context.text("levelling.before"_key), .about = context.text("levelling.about"_key),
                                     .action = labelled(context.text("levelling.compute"_key), "compute_first"), .action_icon = icon::play});
    if (answer == EmptyAnswer::action) start(context);
  }

  void draw_preview(Context& context) {
    const auto& result = preview_->result;
    const float width = 220;
    const auto day = [&](Minute moment) { return format_day(moment.day(), context.language); };
    if (Card card("moves", {.width = width, .height = 88, .padding = 12}); card)
      figure(context.text("levelling.moves"_key), format_integer(static_cast<std::int64_t>(result.moves.size())));
    ImGui::SameLine(0, 12);
    const auto later = (result.new_finish - result.old_finish) / Minute::per_day;
    if (Card card("finish", {.width = width, .height = 88, .padding = 12}); card)
      figure(context.text("levelling.new_finish"_key), day(result.new_finish),
             later == 0 ? context.text("levelling.same_finish"_key) : context.text("simulation.days_later"_key, {(later > 0 ? "+" : "") + format_integer(later)}),
             later > 0 ? Tone::caution : Tone::good);
    ImGui::SameLine(0, 12);
    if (Card card("left", {.width = width, .height = 88, .padding = 12}); card)
      figure(context.text("levelling.unresolved"_key), format_integer(static_cast<std::int64_t>(result.overloads.size())),
             result.overloads.empty() ? context.text("levelling.all_resolved"_key) : context.text("levelling.unresolved.about"_key),
             result.overloads.empty() ? Tone::good : Tone::bad);
    gap(1);
    if (result.moves.empty()) {
      empty_state({.icon = icon::success, .title = context.text("levelling.nothing"_key), .about = context.text("levelling.nothing.about"_key)});
      return;
    }
    draw_accept(context);
    gap(0.5f);
    if (Card card("list", {.height = std::max(200.0f, ImGui::GetContentRegionAvail().y - 4), .padding = 8}); card) draw_moves(context);
  }

  void draw_accept(Context& context) {
    const auto chosen = std::ranges::count(preview_->chosen, 1);
    const std::string number = format_integer(chosen);
    if (button(labelled(context.text("levelling.accept"_key, {number}), "accept"), {.icon = icon::check, .emphasis = Emphasis::primary, .enabled = chosen > 0})) {
      accept(context);
      return;
    }
    ImGui::SameLine();
    const bool all = chosen == std::ssize(preview_->chosen);
    if (button(labelled(context.text(all ? "levelling.choose_none"_key : "levelling.choose_all"_key), "choose_all"), {.emphasis = Emphasis::quiet}))
      std::ranges::fill(preview_->chosen, all ? 0 : 1);
    ImGui::SameLine();
    if (button(labelled(context.text("levelling.dismiss"_key), "dismiss"), {.emphasis = Emphasis::quiet})) preview_.reset();
  }

  // A move that only follows from others has no delay of its own: it comes with them.
  void accept(Context& context) {
    const Outline& outline = context.analyses.of<OutlineOf>();
    const Preview preview = std::move(*preview_);
    const auto delays = levelling::delays_of(context.analyses.of<ScheduleOf>().plan, preview.result);
    preview_.reset();
    const auto number = std::ranges::count(preview.chosen, 1);
    const bool done = context.change("transaction.level"_key, {format_integer(number)}, [&](Transaction& change) {
      for (std::size_t i = 0; i < preview.result.moves.size(); ++i) {
        if (!preview.chosen[i]) continue;
        const auto row = static_cast<std::size_t>(preview.result.moves[i].task);
        levelling::set_delay(change, *outline[row].task, delays[row]);
      }
    });
    if (done) context.messages.success(context.text("levelling.accepted"_key, {format_integer(number)}));
  }

  std::string reason_of(Context& context, const levelling::LevelMove& move) const {
    const Outline& outline = context.analyses.of<OutlineOf>();
    const auto& plan = context.analyses.of<ScheduleOf>().plan;
    if (move.resource < 0) return std::string(context.text("levelling.follows"_key));
    const auto* resource = context.project.find(Ref<Resource>{plan.resources[static_cast<std::size_t>(move.resource)].id});
    return waiting_text(context, resource, move.holder < 0 ? nullptr : outline[static_cast<std::size_t>(move.holder)].task);
  }

  static std::string waiting_text(const Context& context, const Resource* resource, const Task* holder) {
    const std::string who = resource ? resource->name : std::string();
    return holder ? context.text("levelling.waits"_key, {who, holder->name}) : context.text("levelling.not_available"_key, {who});
  }

  // What was accepted, with the reason it had then.
  void draw_in_force(Context& context, const Outline& outline, const std::vector<std::size_t>& delayed) {
    const auto& dates = context.analyses.of<ScheduleOf>().schedule;
    const Scales scales = scales_of(context.project);
    Card card("in_force", {.title = context.text("levelling.in_force"_key, {format_integer(std::ssize(delayed))}), .icon = icon::scale,
                           .height = std::max(200.0f, ImGui::GetContentRegionAvail().y - 4), .padding = 8});
    if (!card) return;
    const FactColumn columns[] = {{std::string(context.text("simulation.task"_key)), 280}, {std::string(context.text("levelling.reason"_key))},
                                  {std::string(context.text("levelling.delay"_key)), 150, true}, {std::string(context.text("levelling.old_start"_key)), 104, true}};
    const int pressed = fact_table("delayed", columns, static_cast<int>(delayed.size()), [&](int line, int column) -> FactCell {
      const std::size_t row = delayed[static_cast<std::size_t>(line)];
      const Task& task = *outline[row].task;
      switch (column) {
        case 0: return {outline.wbs(row) + "  " + task.name};
        case 1: {
          const Resource* resource = context.project.find(task.levelling_resource);
          if (!resource) return {std::string(context.text("levelling.unknown_reason"_key)), context.theme.ink_faint};
          const Task* holder = context.project.find(task.levelling_holder);
          if (task.levelling_holder && !holder) return {context.text("levelling.waits_alone"_key, {resource->name})};  // it was deleted since
          return {waiting_text(context, resource, holder)};
        }
        case 2: return {format_duration(task.levelling_delay, scales, context.language), 0, 0, true};
        default: return {dates.scheduled[row] ? format_day(dates.start[row].day(), context.language) : std::string("–")};
      }
    }, {.height = std::max(120.0f, ImGui::GetContentRegionAvail().y)});
    if (pressed >= 0) context.navigation.open_record(register_of<Task>(), outline[delayed[static_cast<std::size_t>(pressed)]].task->id);
  }

  void draw_moves(Context& context) {
    const Outline& outline = context.analyses.of<OutlineOf>();
    const auto& moves = preview_->result.moves;
    const FactColumn columns[] = {{std::string(context.text("simulation.task"_key)), 280}, {std::string(context.text("levelling.reason"_key))},
                                  {std::string(context.text("levelling.old_start"_key)), 104, true}, {std::string(context.text("levelling.new_start"_key)), 104, true},
                                  {std::string(context.text("levelling.new_finish_column"_key)), 104, true}, {std::string(context.text("levelling.shift"_key)), 90, true}};
    const int pressed = fact_table("moves", columns, static_cast<int>(moves.size()), [&](int row, int column) -> FactCell {
      const auto& move = moves[static_cast<std::size_t>(row)];
      const auto day = [&](Minute moment) { return format_day(moment.day(), context.language); };
      switch (column) {
        case 0: return {outline.wbs(static_cast<std::size_t>(move.task)) + "  " + outline[static_cast<std::size_t>(move.task)].task->name};
        case 1: return {reason_of(context, move), move.resource < 0 ? context.theme.ink_faint : 0u};
        case 2: return {day(move.old_start), context.theme.ink_soft};
        case 3: return {day(move.new_start), 0, 0, true};
        case 4: return {day(move.new_finish)};
        default: {
          const auto days = (move.new_start - move.old_start) / Minute::per_day;
          return {context.text("earned_value.days"_key, {(days > 0 ? "+" : "") + format_integer(days)}), days < 0 ? context.theme.tone(Tone::good).ink : 0u};
        }
      }
    }, {.height = std::max(120.0f, ImGui::GetContentRegionAvail().y),
        .checked = [&](int row) { return preview_->chosen[static_cast<std::size_t>(row)] != 0; },
        .toggle = [&](int row) { preview_->chosen[static_cast<std::size_t>(row)] ^= 1; }});
    if (pressed >= 0) context.navigation.open_record(register_of<Task>(), outline[static_cast<std::size_t>(moves[static_cast<std::size_t>(pressed)].task)].task->id);
  }

  int trials_ = 1;
  std::int64_t seed_ = 1;
  bool within_float_ = false;
  std::optional<Search> search_;
  std::optional<Preview> preview_;
};

}  // namespace

std::unique_ptr<Page> make_levelling_page() { return std::make_unique<LevellingPage>(); }

}  // namespace pmo::desks
