// What is left to do in the whole project: open records of every register that have a day or a person, what is asked of
// single persons beside (app/ui/asked_work.h), and unfinished tasks by their schedule.
#pragma once

#include <span>

#include "app/model/open_work.h"
#include "app/ui/analyses.h"
#include "app/ui/context.h"

namespace pmo::ui {

struct WorkItem {
  const RegisterInfo* info = nullptr;
  Id record;
  std::optional<Day> due;  // tasks: the scheduled finish
  Ref<Person> responsible;
  std::optional<Day> from = {};  // nobody need think of it before this day
};
inline bool comes_up(const WorkItem& item, Day today) { return !item.from || *item.from <= today; }

// What is due within so many days is due soon.
inline constexpr int soon_days = 7;

// Sorted by day, those without one last. A task without a responsible person appears once for each person assigned.
struct WorkListOf {
  using Result = std::vector<WorkItem>;
  static std::vector<const RegisterInfo*> reads();
  static std::vector<WorkItem> compute(const Project& project, Analyses& analyses);
};

// Lines that lead to the records: number, title, kind, person, day. Only what is seen is drawn.
void draw_work(Context& context, std::span<const WorkItem> items, const char* id, bool with_person);

// "5 days late", "today", "in 3 days".
std::string format_due(Day due, Day today, Language language);
// Against a plan or a promise: "5 days late", "on time", "1 day early".
std::string format_lateness(std::int64_t days, Language language);

}  // namespace pmo::ui
