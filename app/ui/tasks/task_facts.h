// What the tasks page shows of each task beyond its fields and its dates: roll-ups of summaries, links, resources; and the
// working time of the project. Entry i belongs to row i of the outline.
#pragma once

#include "app/model/records/baseline.h"
#include "app/ui/plan_analyses.h"

namespace pmo::ui {

// The project's calendar, ready for arithmetic, and the named days off in it.
struct ProjectTime {
  struct Holiday {
    Day first, last;  // both included
    std::string name;
  };
  engine::WorkTime work;
  std::vector<Holiday> holidays;  // by first day; only those that do not recur

  const Holiday* holiday_on(Day day) const;
  Minute day_start(Day day) const;   // where work begins on the day; 8:00 on a day off
  Minute day_finish(Day day) const;  // where it ends; 17:00 on a day off
};

struct ProjectTimeOf {
  using Result = ProjectTime;
  static std::vector<const RegisterInfo*> reads();
  static ProjectTime compute(const Project& project, Analyses& analyses);
};

struct TaskFacts {
  std::vector<std::int32_t> percent;   // complete, permille; of summaries: their parts', weighted by duration
  std::vector<std::int64_t> duration;  // minutes; of summaries: working time from start to finish
  std::vector<std::string> resources;  // the names of those assigned, "Anna [50%], Crane"

  // The links that enter a row, and those that leave it.
  std::span<const Link* const> entering(std::size_t row) const { return part(entering_, row); }
  std::span<const Link* const> leaving(std::size_t row) const { return part(leaving_, row); }

 private:
  friend struct TaskFactsOf;
  struct Lists {  // all lists in one: those of row i are [first[i], first[i + 1])
    std::vector<std::size_t> first;
    std::vector<const Link*> links;
  };
  static std::span<const Link* const> part(const Lists& lists, std::size_t row) {
    return std::span(lists.links).subspan(lists.first[row], lists.first[row + 1] - lists.first[row]);
  }
  Lists entering_, leaving_;
};

struct TaskFactsOf {
  using Result = TaskFacts;
  static std::vector<const RegisterInfo*> reads();
  static TaskFacts compute(const Project& project, Analyses& analyses);
};

// Start and finish of each row in a baseline; none where it has no part for the task.
struct BaselineDates {
  struct Span {
    Minute start, finish;
  };
  std::vector<std::optional<Span>> rows;
};
BaselineDates baseline_dates(const Project& project, const Outline& outline, Ref<Baseline> baseline);

}  // namespace pmo::ui
