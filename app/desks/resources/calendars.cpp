// Calendars: the week and a month of the selected one above the list. A day of the month becomes a day off or a working
// day with a click; all exceptions and work weeks are in the calendar's form.
#include "app/model/records/calendar.h"

#include <algorithm>
#include <array>
#include <map>

#include "app/desks/pages.h"
#include "app/engine/schedule/plan_of_project.h"
#include "app/model/standard_calendar.h"
#include "app/ui/editors/pickers.h"
#include "app/ui/icons.h"
#include "app/ui/platform.h"
#include "app/ui/register_page.h"
#include "app/ui/widgets/pressable.h"
#include "app/ui/widgets/widgets.h"
#include "storage/interchange/ics.h"

namespace pmo::desks {
namespace {

using namespace ui;

constexpr std::array week = {&Calendar::monday, &Calendar::tuesday, &Calendar::wednesday, &Calendar::thursday,
                             &Calendar::friday, &Calendar::saturday, &Calendar::sunday};

class CalendarPage final : public RegisterPage {
 public:
  CalendarPage() : RegisterPage("calendars", register_of<Calendar>(), icon::calendar_days) {}

 private:
  // The shifts of a weekday, from the base calendar when the calendar leaves it open; none after a circle of bases.
  static const Shifts* shifts_of(const Project& project, const Calendar& calendar, std::size_t weekday) {
    const Calendar* from = &calendar;
    for (std::size_t steps = 0; from && steps <= project.all<Calendar>().size(); ++steps) {
      if (const auto& own = from->*week[weekday]) return &*own;
      from = project.find(from->base);
    }
    return nullptr;
  }

  void draw_tools(Context& context) override {
    ImGui::SameLine(0, 4);
    if (button(labelled(context.text("calendar_page.templates"_key), "templates"), {.icon = icon::calendar_plus, .emphasis = Emphasis::quiet, .opens_menu = true}))
      open_menu("templates.menu");
    if (!begin_menu("templates.menu")) return;
    for (const auto& offered : templates)
      if (menu_item(labelled(context.text(offered.name), offered.id))) add_template(context, offered);
    menu_line();
    if (menu_item(labelled(context.text("calendar_page.template.file"_key), "template.file"), {.icon = icon::upload})) choose_file(context);
    end_menu();
  }

  void draw_above(Context& context) override {
    const Calendar* calendar = context.selection.info == &table_.info() ? context.project.all<Calendar>().find(context.selection.current) : nullptr;
    if (!calendar) calendar = &context.project.all<Calendar>().at(0);
    const float room = ImGui::GetContentRegionAvail().x;
    const bool beside = room > 900;
    constexpr float month_width = 420, height = 268;
    const std::string title = calendar->name + " · " + std::string(context.text("calendar_page.week"_key));
    if (Card card("week", {.title = title, .icon = icon::calendar_clock, .width = beside ? room - month_width - 12 : 0, .height = beside ? height : 196}); card)
      draw_week(context, *calendar);
    if (beside) ImGui::SameLine(0, 12);
    if (Card card("month", {.width = beside ? month_width : 0, .height = height, .padding = 12}); card) draw_month(context, *calendar);
    gap(0.5f);
  }

  // ---- one month ------------------------------------------------------------------------------------------------

  struct Special {
    const CalendarException* exception;
    bool own;  // of this calendar, not of its base
  };

  // What differs from the week on the days shown, of the calendar and its bases; the nearest one counts.
  void find_specials(const Project& project, const Calendar& calendar) {
    if (revision_ == project.revision() + 1 && found_for_ == calendar.id && found_month_ == month_) return;
    revision_ = project.revision() + 1;
    found_for_ = calendar.id;
    found_month_ = month_;
    specials_.clear();
    work_ = {};
    const auto plan = engine::plan_of(project);
    for (std::size_t i = 0; i < plan.calendar_ids.size(); ++i)
      if (plan.calendar_ids[i] == calendar.id) work_ = engine::WorkTime::compile(plan.calendars, static_cast<engine::Index>(i));
    const Calendar* from = &calendar;
    for (std::size_t steps = 0; from && steps <= project.all<Calendar>().size(); ++steps) {
      for (const auto& exception : project.all<CalendarException>()) {
        if (exception.calendar.id != from->id) continue;
        for (const Day day : engine::days_of(engine::definition_of(exception)))
          if (day >= month_ && day < months_later(month_, 1)) specials_.try_emplace(day, Special{&exception, from == &calendar});
      }
      from = project.find(from->base);
    }
  }

  void draw_month(Context& context, const Calendar& calendar) {
    if (month_ == Day{}) month_ = month_of(context.today);
    find_specials(context.project, calendar);
    const Theme& t = context.theme;
    ImDrawList& list = *ImGui::GetWindowDrawList();
    text(Type::strong, format_month(month_, context.language));
    ImGui::SameLine(ImGui::GetContentRegionAvail().x - 100);
    if (icon_button("###month.before", icon::chevron_left, context.text("calendar_page.before"_key), {.emphasis = Emphasis::quiet, .small = true})) month_ = months_later(month_, -1);
    ImGui::SameLine(0, 2);
    if (icon_button("###month.today", icon::calendar_check, context.text("calendar_page.today"_key), {.emphasis = Emphasis::quiet, .small = true})) month_ = month_of(context.today);
    ImGui::SameLine(0, 2);
    if (icon_button("###month.after", icon::chevron_right, context.text("calendar_page.after"_key), {.emphasis = Emphasis::quiet, .small = true})) month_ = months_later(month_, 1);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float width = std::floor(ImGui::GetContentRegionAvail().x / 7);
    constexpr float line = 29, head = 20;
    for (int weekday = 0; weekday < 7; ++weekday) {
      const auto name = weekday_name(weekday, context.language);
      draw_text(list, {at.x + static_cast<float>(weekday) * width + (width - measure(Type::caption, name).x) / 2, at.y}, Type::caption, t.ink_faint, name);
    }
    const int first = month_ - week_start(month_);
    const Day end = months_later(month_, 1);
    for (Day day = month_; day < end; day = day + 1) {
      const int place = first + (day - month_);
      ImGui::SetCursorScreenPos({at.x + static_cast<float>(place % 7) * width, at.y + head + static_cast<float>(place / 7) * line});
      draw_day(context, calendar, day, {width - 2, line - 2});
    }
    ImGui::SetCursorScreenPos({at.x, at.y + head + 6 * line});
    ImGui::Dummy({1, 1});
  }

  void draw_day(Context& context, const Calendar& calendar, Day day, ImVec2 size) {
    const Theme& t = context.theme;
    const auto special = specials_.find(day);
    const bool works = work_.works(day);
    std::string spoken = format_day(day, context.language, DayStyle::full) + ", " + std::string(context.text(works ? "calendar_page.works"_key : "calendar_page.off"_key));
    if (special != specials_.end() && !special->second.exception->name.empty()) spoken += ", " + special->second.exception->name;
    const std::string id = "day." + day.text();
    const Press press = pressable("###" + id, size, true, Role::button, {}, spoken, 4);
    ImDrawList& list = *ImGui::GetWindowDrawList();
    ImU32 ground = works ? t.surface : t.sunken;
    if (special != specials_.end()) ground = t.tone(works ? Tone::good : Tone::caution).soft;
    list.AddRectFilled(press.from, press.to, over(veil(press), ground), 4);
    if (day == context.today) list.AddRect(press.from, press.to, t.accent, 4);
    const std::string number = std::to_string(day - month_ + 1);
    const ImU32 ink = special != specials_.end() ? t.tone(works ? Tone::good : Tone::caution).ink : works ? t.ink : t.ink_faint;
    draw_text(list, {press.from.x + (size.x - measure(Type::body, number).x) / 2, middle(press.from.y, size.y, size_of(Type::body))}, Type::body, ink, number);
    tooltip(spoken);
    const std::string menu = "menu." + id;
    if (press.clicked) open_menu(menu.c_str());
    if (!begin_menu(menu.c_str())) return;
    const bool own = special != specials_.end() && special->second.own;
    if (own && menu_item(labelled(context.text("calendar_page.forget"_key), "forget"), {.icon = icon::trash}))
      context.change("transaction.calendar_day"_key, {calendar.name}, [&](Transaction& change) { change.erase(*special->second.exception); });
    if (!own && works && menu_item(labelled(context.text("calendar_page.make_off"_key), "off"), {.icon = icon::calendar_off})) except(context, calendar, day, {});
    if (!own && !works && menu_item(labelled(context.text("calendar_page.make_work"_key), "work"), {.icon = icon::calendar_plus})) except(context, calendar, day, usual_shifts(context.project, calendar));
    end_menu();
  }

  // Those of the first working day of the week, for a day that is worked in exchange.
  static Shifts usual_shifts(const Project& project, const Calendar& calendar) {
    for (std::size_t weekday = 0; weekday < week.size(); ++weekday)
      if (const auto* shifts = shifts_of(project, calendar, weekday); shifts && !shifts->list.empty()) return *shifts;
    return office_hours();
  }

  static void except(Context& context, const Calendar& calendar, Day day, const Shifts& shifts) {
    context.change("transaction.calendar_day"_key, {calendar.name}, [&](Transaction& change) {
      change.create<CalendarException>([&](CalendarException& exception) {
        exception.calendar = {calendar.id};
        exception.name = context.text(shifts.list.empty() ? "calendar_page.day_off"_key : "calendar_page.extra_day"_key);
        exception.first = exception.last = day;
        exception.shifts = shifts;
      });
    });
  }

  // ---- templates ------------------------------------------------------------------------------------------------

  struct Template {
    Key name;
    const char* id;
    engine::CalendarDefinition (*make)();
  };
  static constexpr std::array templates = {
      Template{"calendar_page.template.standard"_key, "template.standard", engine::standard_calendar},
      Template{"calendar_page.template.china"_key, "template.china", engine::china_calendar},
      Template{"calendar_page.template.always"_key, "template.always", engine::around_the_clock_calendar},
      Template{"calendar_page.template.night"_key, "template.night", engine::night_shift_calendar}};

  static void add_template(Context& context, const Template& chosen) {
    const auto definition = chosen.make();
    const std::string name(context.text(chosen.name));
    Id added;
    const bool done = context.change("transaction.add"_key, {argument_of(register_of<Calendar>().one_key())}, [&](Transaction& change) {
      const auto& calendar = change.create<Calendar>([&](Calendar& made) {
        made.name = name;
        for (std::size_t weekday = 0; weekday < week.size(); ++weekday) made.*week[weekday] = definition.week[weekday].value_or(Shifts{});
      });
      added = calendar.id;
      for (const auto& except : definition.exceptions)
        change.create<CalendarException>([&](CalendarException& exception) {
          exception.calendar = {calendar.id};
          exception.name = context.text(except.shifts.list.empty() ? "calendar_page.holiday"_key : "calendar_page.make_up"_key);
          exception.first = except.first;
          exception.last = except.last;
          exception.shifts = except.shifts;
        });
    });
    if (done) context.selection.only(register_of<Calendar>(), added);
  }

  // ---- holidays of a calendar file --------------------------------------------------------------------------------

  // The answer comes when this frame and its context are gone; what the context refers to lasts.
  static void choose_file(Context& context) {
    context.platform.open_files({.extensions = {".ics"}}, [context](std::vector<File> files) mutable { read_days_off(context, files.front()); });
  }

  static void read_days_off(Context& context, const File& file) {
    if (file.too_large) return context.messages.error({"error.file.too_large"_key, {std::to_string(FileQuery().max_bytes >> 20)}, file.name});
    read_whole(file.content, [context, name = file.name](const Result<std::string>& bytes) mutable {
      context.platform.request_frame();
      const auto days = bytes ? storage::read_days_off(name, *bytes) : std::unexpected(bytes.error());
      if (days) add_days_off(context, name, *days);
      else context.messages.error({days.error().message, days.error().arguments, name});
    });
  }

  // A calendar of the standard week with the days of the file.
  static void add_days_off(Context& context, const std::string& file_name, const storage::IcsDays& days) {
    Id added;
    const bool done = context.change("transaction.import"_key, {file_name}, [&](Transaction& change) {
      change.take_as_it_is();
      const auto& calendar = change.create<Calendar>([&](Calendar& made) {
        made.name = days.name.empty() ? file_name : days.name;
        const auto definition = engine::standard_calendar();
        for (std::size_t weekday = 0; weekday < week.size(); ++weekday) made.*week[weekday] = definition.week[weekday].value_or(Shifts{});
      });
      added = calendar.id;
      for (const auto& day : days.exceptions)
        change.create<CalendarException>([&](CalendarException& made) {
          CalendarException copy = day;
          static_cast<Record&>(copy) = made;
          made = copy;
          made.calendar = {calendar.id};
        });
    });
    if (!done) return;
    context.selection.only(register_of<Calendar>(), added);
    context.messages.success(context.text("calendar_page.days_read"_key, {std::to_string(days.exceptions.size())}));
    if (days.left_out > 0) context.messages.warning(context.text("calendar_page.days_left_out"_key, {std::to_string(days.left_out)}));
  }

  void draw_week(Context& context, const Calendar& calendar) {
    const Theme& t = context.theme;
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const ImVec2 at = ImGui::GetCursorScreenPos();
    constexpr float label = 56, line = 17;
    const float width = std::min(ImGui::GetContentRegionAvail().x - label - 100, 960.0f);
    for (std::size_t weekday = 0; weekday < week.size(); ++weekday) {
      const float y = at.y + static_cast<float>(weekday) * line;
      const bool own = (calendar.*week[weekday]).has_value();
      draw_text(list, {at.x, y}, Type::caption, own ? t.ink_soft : t.ink_faint, weekday_name(static_cast<int>(weekday), context.language));
      list.AddRectFilled({at.x + label, y + 3}, {at.x + label + width, y + 13}, t.sunken, 3);
      const Shifts* shifts = shifts_of(context.project, calendar, weekday);
      const bool off = !shifts || shifts->list.empty();
      if (!off)
        for (const Shift& shift : shifts->list)
          list.AddRectFilled({at.x + label + width * static_cast<float>(shift.start) / 1440, y + 3},
                             {at.x + label + width * static_cast<float>(shift.finish) / 1440, y + 13},
                             own ? t.accent : with_alpha(t.accent, 0.5f), 3);
      const std::string hours = off ? std::string(context.text("calendar_page.off"_key))
                                    : format_duration({shifts->minutes()}, {.minutes_per_day = 1440}, context.language);
      draw_text(list, {at.x + label + width + 12, y}, Type::caption, off ? t.ink_faint : t.ink_soft, hours);
    }
    ImGui::Dummy({label + width, line * 7});
  }

  Day month_ = {};  // its first day
  std::map<Day, Special> specials_;
  engine::WorkTime work_;
  std::uint64_t revision_ = 0;
  Id found_for_;
  Day found_month_ = {};
};

}  // namespace

std::unique_ptr<Page> make_calendar_page() { return std::make_unique<CalendarPage>(); }

}  // namespace pmo::desks
