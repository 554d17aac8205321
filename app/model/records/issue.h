// The issue log: what has happened and must be dealt with. Conflicts in the team are a kind of their own.
#pragma once

#include "app/model/records/risk.h"

namespace pmo {

enum class IssueKind : unsigned char { problem, request, off_specification, conflict };
enum class IssueStatus : unsigned char { open, in_progress, waiting, resolved, closed };
enum class Priority : unsigned char { low, medium, high, urgent };

struct Issue : Record {
  std::string title;
  IssueKind kind = IssueKind::problem;
  IssueStatus status = IssueStatus::open;
  Priority priority = Priority::medium;
  std::int64_t severity = 0;  // 1..5, 0 = not assessed
  std::string description, impact, action, decision;
  Ref<Person> raised_by, owner;
  std::optional<Day> raised_on, due, closed_on;
  Ref<Risk> source_risk;
  Refs<Task> tasks;
  Refs<Person> parties;
  std::string cause, approach, outcome;
};

template <>
struct Describe<Issue> {
  static RegisterInfo make() {
    return Describer<Issue>("I", Desk::manager)
        .field("title", &Issue::title, {.required = true, .title = true})
        .field("kind", &Issue::kind)
        .field("status", &Issue::status, {.closed = "resolved closed"})
        .field("priority", &Issue::priority)
        .field("severity", &Issue::severity, {.minimum = 0, .maximum = 5})
        .field("owner", &Issue::owner, {.responsible = true})
        .field("due", &Issue::due, {.due = true})
        .field("description", &Issue::description, {.lines = true})
        .field("impact", &Issue::impact, {.lines = true})
        .field("action", &Issue::action, {.lines = true})
        .field("decision", &Issue::decision, {.lines = true})
        .field("raised_by", &Issue::raised_by)
        .field("raised_on", &Issue::raised_on)
        .field("closed_on", &Issue::closed_on)
        .field("source_risk", &Issue::source_risk)
        .field("tasks", &Issue::tasks)
        .field("parties", &Issue::parties)
        .field("cause", &Issue::cause, {.lines = true})
        .field("approach", &Issue::approach, {.lines = true})
        .field("outcome", &Issue::outcome, {.lines = true})
        .in_order<&Issue::raised_on, &Issue::closed_on>();
  }
};

}  // namespace pmo
