#include "app/ui/editors/pickers.h"

#include <algorithm>

#include "app/model/own_choices.h"
#include "app/ui/widgets/pressable.h"
#include "app/ui/widgets/widgets.h"

namespace pmo::ui {
namespace {

constexpr std::size_t most_targets = 50;
constexpr float day_size = 32;

std::int64_t whole_or(const Value& value, std::int64_t otherwise) {
  const auto* number = std::get_if<std::int64_t>(&value);
  return number ? *number : otherwise;
}

bool draw_target(Context& context, const RecordPointer& target, bool several, bool chosen) {
  const Theme& t = context.theme;
  const std::string title = record_title(context.project, *target.info, *target.record);
  const float width = ImGui::GetContentRegionAvail().x;
  const Press press = pressable(title + "###" + target.record->id.text(), {width, Theme::row}, true, Role::option,
                                {.selected = chosen ? Flag::yes : Flag::no}, {}, 4);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  if (chosen && !several) list.AddRectFilled(press.from, press.to, t.selected_quiet, 4);
  if (const ImU32 ground = veil(press)) list.AddRectFilled(press.from, press.to, ground, 4);
  const float y = middle(press.from.y, Theme::row, size_of(Type::body));
  float x = press.from.x + 8;
  if (several) {
    draw_text(list, {x, y}, Type::body, chosen ? t.accent : t.ink_faint, chosen ? icon::task : icon::square);
    x += 26;
  }
  if (target.info->name == "person") {
    draw_avatar(list, {x, press.from.y + 5}, title, 22);
    x += 30;
  }
  const std::string number = record_number(context.project, *target.info, *target.record);
  const float number_room = target.info->name == "person" ? 0 : measure(Type::caption, number).x + 8;
  draw_text_cut(list, {x, y}, press.to.x - x - 8 - number_room, Type::body, t.ink, title);
  if (number_room > 0)
    draw_text(list, {press.to.x - number_room, y + 1}, Type::caption, t.ink_faint, number);
  return press.clicked;
}

bool draw_day(Context& context, Day day, Day month, std::optional<Day> chosen) {
  const Theme& t = context.theme;
  const bool outside = civil(day).month != civil(month).month;
  const std::string label = std::to_string(civil(day).day) + "###" + day.text();
  const Press press = pressable(label, {day_size, day_size}, true, Role::option, {.selected = chosen == day ? Flag::yes : Flag::no},
                                format_day(day, context.language, DayStyle::full), 6);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const bool marked = chosen == day;
  if (marked) list.AddRectFilled(press.from, press.to, t.accent, 6);
  else if (day == context.today) list.AddRect(press.from, press.to, t.accent, 6);
  if (const ImU32 ground = veil(press)) list.AddRectFilled(press.from, press.to, ground, 6);
  const std::string shown = std::to_string(civil(day).day);
  const ImU32 ink = marked ? t.on_fill : outside ? t.ink_faint : day.weekday() >= 5 ? t.ink_soft : t.ink;
  draw_text(list, {press.from.x + (day_size - measure(Type::body, shown).x) / 2, middle(press.from.y, day_size, size_of(Type::body))},
            Type::body, ink, shown);
  return press.clicked;
}

}  // namespace

int days_in_month(Day day) { return months_later(month_of(day), 1) - month_of(day); }

std::optional<Tone> choice_tone(const FieldInfo& field, std::string_view stored) {
  const std::string_view choice = base_choice(stored);
  const auto is = [&](std::initializer_list<std::string_view> names) { return std::ranges::find(names, choice) != names.end(); };
  if (field.choice_labels == "priority")
    return choice == "urgent" ? Tone::bad : choice == "high" ? Tone::caution : choice == "medium" ? std::optional(Tone::info) : std::nullopt;
  if (field.choice_labels == "confidentiality")
    return choice == "secret" ? Tone::bad : choice == "confidential" ? std::optional(Tone::caution) : std::nullopt;
  if (field.choice_labels == "risk_level")
    return is({"high", "extreme"}) ? Tone::bad : choice == "medium" ? Tone::caution : choice == "low" ? std::optional(Tone::good) : std::nullopt;
  if (field.choice_labels == "risk_kind") return choice == "threat" ? Tone::caution : Tone::good;
  if (is({"green", "amber", "red"})) return choice == "red" ? Tone::bad : choice == "amber" ? Tone::caution : Tone::good;
  if (!field.choice_labels.ends_with("status") && !field.choice_labels.ends_with("result") && !field.choice_labels.ends_with("answer"))
    return std::nullopt;
  if (is({"done", "approved", "resolved", "issued", "minutes_issued", "accepted", "passed", "met", "fulfilled", "verified", "paid",
          "effective", "attended", "confirmed", "acknowledged", "published", "applied", "reached", "received", "checked", "agreed"}))
    return Tone::good;
  if (is({"open", "identified", "planned", "invited", "assessed", "reported", "submitted", "due"})) return Tone::info;
  if (is({"in_progress", "in_review", "active", "monitored", "held", "on_track", "in_force", "in_assessment", "running", "implementing", "sent"}))
    return Tone::accent;
  if (is({"waiting", "blocked", "deferred", "at_risk", "conditional", "passed_with_remarks", "disputed", "withheld", "probation", "in_question", "in_doubt"}))
    return Tone::caution;
  if (is({"occurred", "overdue", "rejected", "failed", "missed", "not_fulfilled", "declined", "absent"})) return Tone::bad;
  return Tone::neutral;
}

std::optional<Value> choice_picker(Context& context, const char* id, const FieldInfo& field, const Value& current) {
  std::optional<Value> chosen;
  if (!begin_menu(id)) return chosen;
  const auto* chosen_now = std::get_if<std::string>(&current);
  for (const auto& [name, label] : offered_choices(context.project, field, context.language, chosen_now ? *chosen_now : std::string_view())) {
    const bool now = current == Value{name};
    if (menu_item(labelled(label, name), {.checked = now})) chosen = Value{name};
  }
  if (field.optional) {
    menu_line();
    if (menu_item(labelled(context.text("field.clear"_key), "clear"), {.icon = icon::eraser})) chosen = Value{};
  }
  end_menu();
  return chosen;
}

std::optional<Value> ReferencePicker::draw(Context& context, const char* id, const FieldInfo& field, const Value& current) {
  std::optional<Value> chosen;
  if (!begin_popover(id, 320)) {
    was_open_ = false;
    return chosen;
  }
  if (!was_open_) query_.clear();
  bool entered = false;
  search_box("search", query_, context.text("field.find"_key),
             {.width = ImGui::GetContentRegionAvail().x, .start = !was_open_, .clear_name = context.text("field.clear"_key), .entered = &entered});
  was_open_ = true;
  const bool several = field.kind == Kind::references;
  std::vector<Id> ids;
  if (const auto* list = std::get_if<std::vector<Id>>(&current)) ids = *list;
  const auto targets = find_targets(context.project, field, query_, most_targets);
  const float height = std::min(8.0f, static_cast<float>(std::max<std::size_t>(targets.size(), 1))) * Theme::row;
  ImGui::PushStyleVarY(ImGuiStyleVar_ItemSpacing, 0);
  ImGui::BeginChild("targets", {0, height});
  if (targets.empty()) text(Type::body, context.text("field.nothing_found"_key), context.theme.ink_soft);
  for (const RecordPointer& target : targets) {
    const Id target_id = target.record->id;
    const bool on = several ? std::ranges::find(ids, target_id) != ids.end() : current == Value{target_id};
    const bool the_one = entered && !query_.empty() && targets.size() == 1;  // Enter takes what alone fits
    if (!draw_target(context, target, several, on) && !the_one) continue;
    if (!several) {
      chosen = Value{target_id};
    } else {
      if (on) std::erase(ids, target_id);
      else ids.push_back(target_id);
      chosen = Value{ids};
    }
  }
  ImGui::EndChild();
  ImGui::PopStyleVar();
  if (!several && field.optional && !std::holds_alternative<std::monostate>(current)) {
    if (button(labelled(context.text("field.clear"_key), "clear"), {.icon = icon::eraser, .emphasis = Emphasis::quiet, .small = true}))
      chosen = Value{};
  }
  if (chosen && !several) ImGui::CloseCurrentPopup();
  end_popover();
  return chosen;
}

std::optional<Value> DayPicker::draw(Context& context, const char* id, const FieldInfo& field, const Value& current) {
  std::optional<Value> chosen;
  if (!begin_popover(id, 7 * day_size + 24)) {
    was_open_ = false;
    return chosen;
  }
  const bool moment = field.kind == Kind::minute;
  const bool set = std::holds_alternative<std::int64_t>(current) && (moment || whole_or(current, 0) != 0);
  const Day now = !set ? context.today : moment ? Minute{whole_or(current, 0)}.day() : Day{static_cast<std::int32_t>(whole_or(current, 0))};
  if (!was_open_) month_ = month_of(now);
  was_open_ = true;
  const auto choose = [&](Day day) {
    if (!moment) return chosen = Value{static_cast<std::int64_t>(day.value)};
    const int time = set ? Minute{whole_or(current, 0)}.minute_of_day() : 8 * 60;
    return chosen = Value{Minute::at(day, time).value};
  };
  const float left = ImGui::GetCursorPosX();
  text(Type::strong, format_month(month_, context.language));
  ImGui::SameLine(left + 7 * day_size - 60);
  if (icon_button("###earlier", icon::chevron_left, context.text("day.earlier"_key), {.emphasis = Emphasis::quiet, .small = true}))
    month_ = months_later(month_, -1);
  ImGui::SameLine(0, 4);
  if (icon_button("###later", icon::chevron_right, context.text("day.later"_key), {.emphasis = Emphasis::quiet, .small = true}))
    month_ = months_later(month_, 1);
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, 0));
  const ImVec2 at = ImGui::GetCursorScreenPos();
  for (int weekday = 0; weekday < 7; ++weekday) {
    const auto initial = weekday_initial(weekday, context.language);
    const float x = at.x + day_size * static_cast<float>(weekday) + (day_size - measure(Type::caption, initial).x) / 2;
    draw_text(*ImGui::GetWindowDrawList(), {x, at.y + 4}, Type::caption, context.theme.ink_faint, initial);
  }
  ImGui::Dummy({7 * day_size, 24});
  Day day = week_start(month_);
  for (int week = 0; week < 6; ++week)
    for (int weekday = 0; weekday < 7; ++weekday, day = day + 1) {
      if (weekday > 0) ImGui::SameLine(0, 0);
      if (draw_day(context, day, month_, set ? std::optional(now) : std::nullopt)) choose(day);
    }
  ImGui::PopStyleVar();
  gap(0.5f);
  if (button(labelled(context.text("day.today"_key), "today"), {.icon = icon::today, .emphasis = Emphasis::quiet, .small = true}))
    choose(context.today);
  if (field.optional) {
    ImGui::SameLine();
    if (button(labelled(context.text("field.clear"_key), "clear"), {.icon = icon::eraser, .emphasis = Emphasis::quiet, .small = true}))
      chosen = Value{};
  }
  if (chosen) ImGui::CloseCurrentPopup();
  end_popover();
  return chosen;
}

}  // namespace pmo::ui
