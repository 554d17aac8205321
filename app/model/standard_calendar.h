// The working time that a project begins with where nothing else is said.
#pragma once

#include "app/model/records/calendar.h"
#include "app/model/transaction.h"
#include "app/words/words.h"

namespace pmo {

Shifts office_hours();  // 8 to 12 and 13 to 17
constexpr int start_of_work = 8 * 60, end_of_work = 17 * 60;  // minutes of the day

// Office hours from Monday to Friday.
const Calendar& add_standard_calendar(Transaction& transaction, Language language);

}  // namespace pmo
