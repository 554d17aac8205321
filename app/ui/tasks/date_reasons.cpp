#include "app/ui/tasks/date_reasons.h"

#include <algorithm>

#include "app/ui/icons.h"
#include "app/ui/widgets/widgets.h"

namespace pmo::ui {
namespace {

using engine::ReasonKind;

std::string day_text(const Context& context, Minute moment) { return format_day(moment.day(), context.language); }

// "12 Walls"
std::string task_text(const TaskEditing& editing, std::size_t row) { return std::to_string(row + 1) + " " + editing.outline[row].task->name; }

std::string link_reason(const Context& context, const TaskEditing& editing, const engine::Reason& reason) {
  const auto driver = static_cast<std::size_t>(reason.task);
  const engine::PlanLink& link = editing.plan.plan.links[static_cast<std::size_t>(reason.link)];
  const bool before = reason.kind == ReasonKind::successor;
  const bool by_start = before ? link.type == LinkType::start_to_start || link.type == LinkType::finish_to_start
                               : link.type == LinkType::start_to_start || link.type == LinkType::start_to_finish;
  const auto& dates = by_start ? editing.plan.schedule.start : editing.plan.schedule.finish;
  const std::string kind = std::string(link_type_text(link.type)) + lag_text(link.lag, link.unit, scales_of(context.project));
  const Key key = before ? by_start ? "why.before_start"_key : "why.before_finish"_key : by_start ? "why.after_start"_key : "why.after_finish"_key;
  return context.text(key, {task_text(editing, driver), day_text(context, dates[driver]), kind});
}

std::string constraint_reason(const Context& context, const TaskEditing& editing, std::size_t row, const engine::Reason& reason) {
  const Task& task = *editing.outline[reason.task < 0 ? row : static_cast<std::size_t>(reason.task)].task;
  const FieldInfo& field = field_of<Task>(&Task::constraint);
  const std::string kind(context.text(field.choice_key(enum_name(task.constraint))));
  if (reason.task >= 0 && task.constraint_date)
    return context.text("why.constraint_of"_key, {task_text(editing, static_cast<std::size_t>(reason.task)), kind, day_text(context, *task.constraint_date)});
  return task.constraint_date ? context.text("why.constraint"_key, {kind, day_text(context, *task.constraint_date)})
                              : context.text("why.constraint_alone"_key, {kind});
}

std::string levelling_reason(const Context& context, const TaskEditing& editing, const Task& task, const engine::Reason& reason) {
  const Resource* resource = context.project.find(task.levelling_resource);
  if (!resource) return std::string(context.text("why.levelling"_key));
  if (reason.task < 0 && task.levelling_holder) return context.text("why.levelling.alone"_key, {resource->name});  // the task was deleted since
  if (reason.task < 0) return context.text("why.levelling.not_available"_key, {resource->name});
  return context.text("why.levelling.held"_key, {resource->name, task_text(editing, static_cast<std::size_t>(reason.task))});
}

std::string deadline_reason(const Context& context, const TaskEditing& editing, std::size_t row, const engine::Reason& reason) {
  const Task& task = *editing.outline[reason.task < 0 ? row : static_cast<std::size_t>(reason.task)].task;
  const std::string day = task.deadline ? day_text(context, *task.deadline) : std::string();
  return reason.task < 0 ? context.text("why.deadline"_key, {day})
                         : context.text("why.deadline_of"_key, {task_text(editing, static_cast<std::size_t>(reason.task)), day});
}

}  // namespace

std::string start_reason_text(const Context& context, const TaskEditing& editing, std::size_t row) {
  const engine::Schedule& schedule = editing.plan.schedule;
  if (!schedule.scheduled[row]) return std::string(context.text("why.inactive"_key));
  const engine::Reason& reason = schedule.start_reason[row];
  switch (reason.kind) {
    case ReasonKind::link:
    case ReasonKind::successor:
    case ReasonKind::resume:
      if (reason.link >= 0 && reason.task >= 0) return link_reason(context, editing, reason);
      return context.text("why.resume"_key, {day_text(context, editing.outline[row].task->resume.value_or(schedule.start[row]))});
    case ReasonKind::constraint: return constraint_reason(context, editing, row, reason);
    case ReasonKind::deadline: return deadline_reason(context, editing, row, reason);
    case ReasonKind::actual: return context.text("why.actual"_key, {day_text(context, schedule.start[row])});
    case ReasonKind::manual: return std::string(context.text("why.manual"_key));
    case ReasonKind::summary: return std::string(context.text("why.summary"_key));
    case ReasonKind::status_date: return std::string(context.text("why.status_date"_key));
    case ReasonKind::levelling: return levelling_reason(context, editing, *editing.outline[row].task, reason);
    case ReasonKind::project_finish: return context.text("why.project_finish"_key, {day_text(context, schedule.project_finish)});
    case ReasonKind::project_start: break;
  }
  return context.text("why.project_start"_key, {day_text(context, schedule.project_start)});
}

std::string float_reason_text(const Context& context, const TaskEditing& editing, std::size_t row) {
  const engine::Schedule& schedule = editing.plan.schedule;
  const Scales scales = scales_of(context.project);
  if (!schedule.scheduled[row] || editing.outline[row].task->actual_finish) return {};
  const std::int64_t spare = schedule.total_float[row];
  const std::string length = format_duration({spare < 0 ? -spare : spare}, scales, context.language);
  if (spare < 0) return context.text("why.float_negative"_key, {length, day_text(context, schedule.late_finish[row])});
  if (schedule.critical[row]) return context.text("why.float_none"_key, {day_text(context, schedule.project_finish)});
  return context.text("why.float"_key, {length, day_text(context, schedule.late_finish[row])});
}

std::string diagnostic_text(const Context& context, const TaskEditing& editing, const engine::Diagnostic& diagnostic) {
  constexpr std::size_t most_named = 6;  // nobody reads a list of hundreds to its end
  std::string names;
  for (std::size_t i = 0; i < std::min(most_named, diagnostic.tasks.size()); ++i)
    names += (i == 0 ? "" : ", ") + task_text(editing, static_cast<std::size_t>(diagnostic.tasks[i]));
  if (diagnostic.tasks.size() > most_named) names += ", …";
  return context.text(engine::diagnostic_key(diagnostic.kind), {names});
}

std::string late_reason_text(const Context& context, const TaskEditing& editing, std::size_t row) {
  const engine::Reason& reason = editing.plan.schedule.late_reason[row];
  if (reason.kind == ReasonKind::constraint) return constraint_reason(context, editing, row, reason);
  if (reason.kind == ReasonKind::deadline) return deadline_reason(context, editing, row, reason);
  if (reason.kind != ReasonKind::link || reason.link < 0 || reason.task < 0) return {};
  return link_reason(context, editing, {ReasonKind::successor, reason.link, reason.task});
}

std::vector<Driver> drivers_of(const engine::Schedule& schedule, std::size_t row, std::size_t at_most) {
  std::vector<Driver> drivers;
  for (std::size_t at = row; drivers.size() < at_most;) {
    const engine::Reason& reason = schedule.start_reason[at];
    const bool leads_on = reason.kind == ReasonKind::link || reason.kind == ReasonKind::successor || reason.kind == ReasonKind::levelling;
    if (!leads_on || reason.task < 0) break;
    at = static_cast<std::size_t>(reason.task);
    if (at == row || std::ranges::contains(drivers, at, &Driver::row)) break;
    drivers.push_back({at, reason.link});
  }
  return drivers;
}

void draw_date_reasons(Context& context, Id task) {
  const TaskEditing editing = TaskEditing::of(context.analyses);
  const auto row = editing.outline.find(task);
  if (!row) return;
  const Theme& t = context.theme;
  const engine::Schedule& schedule = editing.plan.schedule;
  Card card("why", {.title = context.text("why.title"_key), .icon = icon::lightbulb, .padding = 12});
  if (!card) return;
  if (schedule.scheduled[*row]) {
    const std::string span = format_minute(schedule.start[*row], context.language) + " – " + format_minute(schedule.finish[*row], context.language);
    paragraph(Type::strong, span);
  }
  paragraph(Type::body, start_reason_text(context, editing, *row), t.ink_soft);
  if (const std::string spare = float_reason_text(context, editing, *row); !spare.empty() && !editing.outline[*row].summary)
    paragraph(Type::body, spare, schedule.total_float[*row] < 0 ? t.tone(Tone::bad).ink : t.ink_soft);
  if (const std::string late = late_reason_text(context, editing, *row); schedule.total_float[*row] < 0 && !late.empty())
    paragraph(Type::body, late, t.ink_soft);
  for (const engine::Diagnostic& diagnostic : schedule.diagnostics)
    if (std::ranges::contains(diagnostic.tasks, static_cast<engine::Index>(*row)))
      paragraph(Type::body, diagnostic_text(context, editing, diagnostic), t.tone(Tone::bad).ink);
  constexpr std::size_t most_shown = 8;
  const auto drivers = drivers_of(schedule, *row, most_shown);
  if (drivers.empty()) return;
  gap(0.5f);
  text(Type::caption, context.text("why.drivers"_key), t.ink_soft);
  Id chosen;
  for (const Driver& driver : drivers) {
    const Task& one = *editing.outline[driver.row].task;
    if (text_link(labelled(task_text(editing, driver.row), "driver." + one.id.text()), icon::arrow_left)) chosen = one.id;
  }
  if (chosen) context.navigation.open_record(register_of<Task>(), chosen);
}

}  // namespace pmo::ui
