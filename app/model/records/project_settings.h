// The project itself: one record, the first of every project.
#pragma once

#include "app/model/records/calendar.h"
#include "app/model/records/confidentiality.h"
#include "app/model/records/estimate.h"
#include "app/model/records/person.h"

namespace pmo {

struct Baseline;

enum class ScheduleFrom : unsigned char { start, finish };
enum class ProgressLogic : unsigned char { retained, override_logic };
enum class LagCalendar : unsigned char { successor, predecessor, project };  // of which task, or of the project

struct ProjectSettings : Record {
  std::string name;
  std::string code;
  std::string description;
  Minute start;
  std::optional<Minute> finish;  // scheduling backwards: when all must be done
  ScheduleFrom schedule_from = ScheduleFrom::start;
  std::optional<Minute> must_finish_by;  // scheduling from the start: late dates and floats are counted back from here
  LagCalendar lag_calendar = LagCalendar::successor;  // in which lags in working time count
  Ref<Calendar> calendar;
  std::optional<Day> status_date;
  Ref<Person> manager;
  Ref<Person> sponsor;
  std::string currency = "CNY";
  std::int64_t currency_digits = 2;
  WorkMinutes minutes_per_day{480};
  WorkMinutes minutes_per_week{2400};
  std::int64_t days_per_month = 20;
  WorkMinutes critical_threshold{0};  // a task is critical when its total float is not more
  ProgressLogic progress_logic = ProgressLogic::retained;
  EstimateShape estimate_shape = EstimateShape::pert;  // of tasks that name none, and of the effects of risks
  bool reschedule_unfinished = false;  // what is not done by the status date happens after it
  // Scores (probability x impact) from which a risk is medium, high, extreme: app/engine/risk/risk.h.
  std::int64_t risk_medium = 5, risk_high = 10, risk_extreme = 17;
  // Indices of earned value below these are amber, red: app/engine/control/index_limits.h.
  Number schedule_index_amber{number_scale * 95 / 100}, schedule_index_red{number_scale * 90 / 100};
  Number cost_index_amber{number_scale * 95 / 100}, cost_index_red{number_scale * 90 / 100};
  std::int64_t silent_days = 7;   // work without an update for so long is chased
  Permille discount_rate{60};     // a year, of the business case
  std::optional<Confidentiality> locked_from;  // documents of this level and above are locked; none: no document is
  Confidentiality confidentiality = Confidentiality::internal;  // what reports are marked with at least
  std::string schedule_limits;  // of the quality assessment, where they are not the usual ones: app/engine/control/schedule_quality.h
  Ref<Baseline> reference_baseline;  // what the project is measured against; empty: the newest that is agreed
};

template <>
struct Describe<ProjectSettings> {
  static RegisterInfo make() {
    using P = ProjectSettings;
    return Describer<P>("", Desk::administrator)
        .field("name", &P::name, {.required = true, .title = true})
        .field("code", &P::code)
        .field("description", &P::description, {.markdown = true})
        .field("start", &P::start)
        .field("finish", &P::finish)
        .field("schedule_from", &P::schedule_from)
        .field("must_finish_by", &P::must_finish_by)
        .field("lag_calendar", &P::lag_calendar)
        .field("calendar", &P::calendar)
        .field("status_date", &P::status_date)
        .field("manager", &P::manager)
        .field("sponsor", &P::sponsor)
        .field("currency", &P::currency)
        .field("currency_digits", &P::currency_digits, {.minimum = 0, .maximum = 4})
        .field("minutes_per_day", &P::minutes_per_day, {.hours = true, .minimum = 1, .maximum = 1440})
        .field("minutes_per_week", &P::minutes_per_week, {.hours = true, .minimum = 1, .maximum = 10080})
        .field("days_per_month", &P::days_per_month, {.minimum = 1, .maximum = 31})
        .field("critical_threshold", &P::critical_threshold)
        .field("progress_logic", &P::progress_logic)
        .field("reschedule_unfinished", &P::reschedule_unfinished)
        .field("estimate_shape", &P::estimate_shape)
        .field("risk_medium", &P::risk_medium, {.minimum = 1, .maximum = 25})
        .field("risk_high", &P::risk_high, {.minimum = 1, .maximum = 25})
        .field("risk_extreme", &P::risk_extreme, {.minimum = 1, .maximum = 25})
        .field("schedule_index_amber", &P::schedule_index_amber, {.minimum = 0, .maximum = 2 * number_scale})
        .field("schedule_index_red", &P::schedule_index_red, {.minimum = 0, .maximum = 2 * number_scale})
        .field("cost_index_amber", &P::cost_index_amber, {.minimum = 0, .maximum = 2 * number_scale})
        .field("cost_index_red", &P::cost_index_red, {.minimum = 0, .maximum = 2 * number_scale})
        .field("silent_days", &P::silent_days, {.minimum = 1, .maximum = 365})
        .field("discount_rate", &P::discount_rate, {.minimum = 0, .maximum = 1000})
        .field("locked_from", &P::locked_from, {.level = true})
        .field("confidentiality", &P::confidentiality)
        .field("schedule_limits", &P::schedule_limits, {.hidden = true})
        .field("reference_baseline", &P::reference_baseline)
        .in_order<&P::risk_medium, &P::risk_high>()
        .in_order<&P::risk_high, &P::risk_extreme>()
        .in_order<&P::schedule_index_red, &P::schedule_index_amber>()
        .in_order<&P::cost_index_red, &P::cost_index_amber>();
  }
};

}  // namespace pmo
