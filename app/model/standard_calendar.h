// The working time that a project begins with where nothing else is said.
#pragma once

#include "app/model/records/calendar.h"
#include "app/model/transaction.h"
#include "app/words/words.h"

namespace pmo {

Shifts office_hours();  // 8 to 12 and 13 to 17

// Office hours from Monday to Friday.
const Calendar& add_standard_calendar(Transaction& transaction, Language language);

}  // namespace pmo
