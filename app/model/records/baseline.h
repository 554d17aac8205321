// Baselines: what was agreed, kept for comparison. One record a baseline, one part a task. A plan that was published is
// kept in the same way, and is measured against only once it is agreed.
#pragma once

#include "app/model/records/task.h"

namespace pmo {

enum class BaselineStatus : unsigned char { agreed, proposed, superseded, published };

struct Baseline : Record {
  std::string name;
  Minute taken;
  std::string reason;
  BaselineStatus status = BaselineStatus::agreed;
  Ref<Person> owner, approved_by;
};

template <>
struct Describe<Baseline> {
  static RegisterInfo make() {
    return Describer<Baseline>("B", Desk::controller)
        .field("name", &Baseline::name, {.required = true, .title = true})
        .field("taken", &Baseline::taken)
        .field("status", &Baseline::status, {.closed = "agreed superseded published"})
        .field("owner", &Baseline::owner, {.responsible = true})
        .field("approved_by", &Baseline::approved_by)
        .field("reason", &Baseline::reason, {.lines = true});
  }
};

struct BaselineTask : Record {
  Ref<Baseline> baseline;
  Ref<Task> task;
  Minute start, finish;
  WorkMinutes duration;
  WorkMinutes work;
  Money cost;
  std::string splits;  // breaks in between, as Task::splits
  std::string cost_phases;  // when its own cost was to arise (app/engine/control/planned_value.h); empty: evenly as it is worked on
};

template <>
struct Describe<BaselineTask> {
  static RegisterInfo make() {
    return Describer<BaselineTask>("", Desk::controller)
        .field("baseline", &BaselineTask::baseline, {.required = true, .owner = true})
        .field("task", &BaselineTask::task, {.required = true, .owner = true})
        .field("start", &BaselineTask::start)
        .field("finish", &BaselineTask::finish)
        .field("duration", &BaselineTask::duration)
        .field("work", &BaselineTask::work)
        .field("cost", &BaselineTask::cost)
        .field("splits", &BaselineTask::splits, {.hidden = true})
        .field("cost_phases", &BaselineTask::cost_phases, {.hidden = true});
  }
};

// When a task was expected to finish, as of a day: what the milestone trend is drawn from, beside the baselines.
struct MilestoneForecast : Record {
  Ref<Task> task;
  Day reported_on;
  Day finish;
};

template <>
struct Describe<MilestoneForecast> {
  static RegisterInfo make() {
    using R = MilestoneForecast;
    return Describer<R>("", Desk::controller)
        .field("task", &R::task, {.required = true, .owner = true})
        .field("reported_on", &R::reported_on)
        .field("finish", &R::finish);
  }
};

}  // namespace pmo
