#include "app/model/records/calendar.h"
#include "app/words/words.h"

namespace pmo {
namespace {

// A day that was not filled in is the first of 1970, with which no plan of ours begins.
template <class R>
Result<void> days_in_order(const R& record) {
  if (record.first == Day{} || record.last == Day{} || record.first <= record.last) return {};
  return fail("error.field.before"_key, {argument_of(field_of<R>(&R::last).label_key()), argument_of(field_of<R>(&R::first).label_key())});
}

}  // namespace

Result<void> week_in_order(const WorkWeek& week) { return days_in_order(week); }

Result<void> exception_in_order(const CalendarException& exception) {
  return exception.occurrences > 0 ? Result<void>{} : days_in_order(exception);
}

}  // namespace pmo
