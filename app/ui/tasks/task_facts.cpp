#include "app/ui/tasks/task_facts.h"

#include <algorithm>

#include "app/model/format.h"
#include "app/model/sort_stably.h"

namespace pmo::ui {
namespace {

// Parts come after their summary, so walking backwards meets them first.
void roll_up(const Outline& outline, const PlanSchedule& plan, const ProjectTime& time, TaskFacts& facts) {
  const auto count = outline.size();
  std::vector<std::int64_t> whole(count, 0), done(count, 0);
  facts.percent.assign(count, 0);
  facts.duration.assign(count, 0);
  for (std::size_t row = count; row-- > 0;) {
    const Task& task = *outline[row].task;
    if (outline[row].summary) {
      facts.duration[row] = time.work.between(plan.schedule.start[row], plan.schedule.finish[row]);
      facts.percent[row] = whole[row] > 0 ? static_cast<std::int32_t>(done[row] / whole[row]) : 0;
    } else {
      facts.duration[row] = task.duration.value;
      facts.percent[row] = task.percent_complete.value;
      whole[row] = task.active ? std::max<std::int64_t>(0, task.duration.value) : 0;
      done[row] = whole[row] * std::clamp(task.percent_complete.value, 0, 1000);
    }
    if (const auto parent = outline[row].parent; parent != Outline::none) {
      whole[parent] += whole[row];
      done[parent] += done[row];
    }
  }
}

template <class End>
void list_links(const Project& project, const Outline& outline, End end, std::vector<std::size_t>& first, std::vector<const Link*>& links) {
  std::vector<std::pair<std::size_t, const Link*>> found;
  for (const Link& link : project.all<Link>()) {
    const auto row = outline.find(end(link));
    if (row && outline.find(link.predecessor.id) && outline.find(link.successor.id)) found.emplace_back(*row, &link);
  }
  first.assign(outline.size() + 1, 0);
  for (const auto& [row, _] : found) ++first[row + 1];
  for (std::size_t row = 0; row < outline.size(); ++row) first[row + 1] += first[row];
  links.resize(found.size());
  auto next = first;
  for (const auto& [row, link] : found) links[next[row]++] = link;
}

void name_resources(const Project& project, const Outline& outline, TaskFacts& facts) {
  facts.resources.resize(outline.size());
  for (const Assignment& assignment : project.all<Assignment>()) {
    const auto row = outline.find(assignment.task.id);
    const Resource* resource = project.find(assignment.resource);
    if (!row || !resource) continue;
    std::string& names = facts.resources[*row];
    if (!names.empty()) names += ", ";
    names += resource->name;
    const bool works = resource->kind == ResourceKind::person || resource->kind == ResourceKind::equipment;
    if (works && assignment.units.value != 1000) names += " [" + format_percent(assignment.units) + "]";
  }
}

}  // namespace

const ProjectTime::Holiday* ProjectTime::holiday_on(Day day) const {
  for (const Holiday& holiday : holidays)
    if (holiday.first <= day && day <= holiday.last) return &holiday;
  return nullptr;
}

Minute ProjectTime::day_start(Day day) const {
  const auto shifts = work.shifts(day);
  return Minute::at(day, shifts.empty() ? 8 * 60 : shifts.front().start);
}

Minute ProjectTime::day_finish(Day day) const {
  const auto shifts = work.shifts(day);
  return Minute::at(day, shifts.empty() ? 17 * 60 : shifts.back().finish);
}

std::vector<const RegisterInfo*> ProjectTimeOf::reads() {
  return {&register_of<ProjectSettings>(), &register_of<Calendar>(), &register_of<WorkWeek>(), &register_of<CalendarException>()};
}

ProjectTime ProjectTimeOf::compute(const Project& project, Analyses&) {
  engine::Plan plan = engine::plan_of(project);
  const auto standard = engine::standard_calendar();
  const bool own = plan.calendar >= 0 && plan.calendar < std::ssize(plan.calendars);
  ProjectTime time{.work = own ? engine::WorkTime::compile(plan.calendars, plan.calendar) : engine::WorkTime::compile(std::span(&standard, 1), 0),
                   .holidays = {}};
  const Calendar* calendar = own ? project.find(Ref<Calendar>{plan.calendar_ids[static_cast<std::size_t>(plan.calendar)]}) : nullptr;
  for (int bases = 0; calendar && bases < 8; calendar = project.find(calendar->base), ++bases)
    for (const CalendarException& exception : project.all<CalendarException>())
      if (exception.calendar.id == calendar->id && exception.recurrence == Recurrence::none && !exception.name.empty())
        time.holidays.push_back({exception.first, exception.last, exception.name});
  sort_stably(time.holidays, {}, &ProjectTime::Holiday::first);
  return time;
}

std::vector<const RegisterInfo*> TaskFactsOf::reads() {
  return {&register_of<Task>(), &register_of<Link>(), &register_of<Resource>(), &register_of<Assignment>()};
}

TaskFacts TaskFactsOf::compute(const Project& project, Analyses& analyses) {
  const Outline& outline = analyses.of<OutlineOf>();
  TaskFacts facts;
  roll_up(outline, analyses.of<ScheduleOf>(), analyses.of<ProjectTimeOf>(), facts);
  list_links(project, outline, [](const Link& link) { return link.successor.id; }, facts.entering_.first, facts.entering_.links);
  list_links(project, outline, [](const Link& link) { return link.predecessor.id; }, facts.leaving_.first, facts.leaving_.links);
  name_resources(project, outline, facts);
  return facts;
}

BaselineDates baseline_dates(const Project& project, const Outline& outline, Ref<Baseline> baseline) {
  BaselineDates dates;
  dates.rows.resize(outline.size());
  for (const BaselineTask& part : project.all<BaselineTask>())
    if (part.baseline == baseline)
      if (const auto row = outline.find(part.task.id)) dates.rows[*row] = {part.start, part.finish};
  return dates;
}

}  // namespace pmo::ui
