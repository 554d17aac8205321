// Baselines: what was agreed, kept for comparison. One record a baseline, one part a task.
#pragma once

#include "app/model/records/task.h"

namespace pmo {

struct Baseline : Record {
  std::string name;
  Minute taken;
  std::string reason;
};

template <>
struct Describe<Baseline> {
  static RegisterInfo make() {
    return Describer<Baseline>("B", Desk::controller)
        .field("name", &Baseline::name, {.required = true, .title = true})
        .field("taken", &Baseline::taken)
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
        .field("cost", &BaselineTask::cost);
  }
};

}  // namespace pmo
