#include "app/model/standard_calendar.h"

namespace pmo {

Shifts office_hours() { return Shifts{{{8 * 60, 12 * 60}, {13 * 60, 17 * 60}}}; }

const Calendar& add_standard_calendar(Transaction& transaction, Language language) {
  return transaction.create<Calendar>([&](Calendar& calendar) {
    calendar.name = word("calendar.standard"_key, language);
    calendar.monday = calendar.tuesday = calendar.wednesday = calendar.thursday = calendar.friday = office_hours();
    calendar.saturday = calendar.sunday = Shifts{};
  });
}

}  // namespace pmo
