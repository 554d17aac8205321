// Calendars: the week of the selected calendar at a glance above the list. Exceptions and work weeks are in its form.
#include "app/model/records/calendar.h"

#include <array>

#include "app/desks/pages.h"
#include "app/ui/icons.h"
#include "app/ui/register_page.h"
#include "app/ui/widgets/widgets.h"

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

  void draw_above(Context& context) override {
    const Calendar* calendar = context.selection.info == &table_.info() ? context.project.all<Calendar>().find(context.selection.current) : nullptr;
    if (!calendar) calendar = &context.project.all<Calendar>().at(0);
    const std::string title = calendar->name + " · " + std::string(context.text("calendar_page.week"_key));
    if (Card card("week", {.title = title, .icon = icon::calendar_clock, .height = 196}); card) draw_week(context, *calendar);
    gap(0.5f);
  }

  void draw_week(Context& context, const Calendar& calendar) {
    const Theme& t = context.theme;
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const ImVec2 at = ImGui::GetCursorScreenPos();
    constexpr float label = 56, line = 17;
    const float width = std::min(ImGui::GetContentRegionAvail().x - label - 150, 960.0f);
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
};

}  // namespace

std::unique_ptr<Page> make_calendar_page() { return std::make_unique<CalendarPage>(); }

}  // namespace pmo::desks
