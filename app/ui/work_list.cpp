#include "app/ui/work_list.h"


#include "app/model/describe_record.h"
#include "app/model/sort_stably.h"
#include "app/ui/asked_work.h"
#include "app/model/records/resource.h"
#include "app/model/format.h"
#include "app/ui/plan_analyses.h"
#include "app/ui/widgets/pressable.h"
#include "app/ui/widgets/widgets.h"

namespace pmo::ui {
namespace {

bool asks_something(const RegisterInfo& info) { return (info.due() || info.responsible()) && info.status(); }

void add_records(const Project& project, std::vector<WorkItem>& items) {
  for (const auto* info : project.schema().registers()) {
    if (!asks_something(*info)) continue;
    for (const Record* record : project.table(*info).records()) {
      if (!asks_work(*info, *record)) continue;
      const WorkItem item{info, record->id, due_on(*info, *record), responsible_for(*info, *record)};
      if (item.due || item.responsible) items.push_back(item);
    }
  }
}

void add_tasks(const Project& project, Analyses& analyses, std::vector<WorkItem>& items) {
  const auto& [plan, schedule] = analyses.of<ScheduleOf>();
  std::unordered_map<Id, std::vector<Ref<Person>>> people;
  for (const auto& assignment : project.all<Assignment>())
    if (const auto* resource = project.find(assignment.resource); resource && project.find(resource->person))
      people[assignment.task.id].push_back(resource->person);
  for (std::size_t i = 0; i < plan.tasks.size(); ++i) {
    const auto* task = project.all<Task>().find(plan.tasks[i].id);
    if (!task || plan.tasks[i].summary || !task->active || task->actual_finish || task->percent_complete.value >= 1000) continue;
    const WorkItem item{&register_of<Task>(), task->id, schedule.finish[i].day(), task->responsible};
    if (const auto assigned = people.find(task->id); !item.responsible && assigned != people.end()) {
      for (const auto person : assigned->second) {
        items.push_back(item);
        items.back().responsible = person;
      }
    } else {
      items.push_back(item);
    }
  }
}

constexpr float due_width = 108, day_width = 108, person_width = 132, number_width = 72;

void draw_line(Context& context, const WorkItem& item, bool with_person, std::size_t index) {
  const Record* record = context.project.table(*item.info).find(item.record);
  if (!record) return;
  const Theme& t = context.theme;
  const std::string title = record_title(context.project, *item.info, *record);
  const float width = ImGui::GetContentRegionAvail().x;
  const std::string label = title + "###work." + item.record.text() + "." + std::to_string(index);
  const Press press = pressable(label, {width, Theme::row}, true, Role::link, {}, {}, 4);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  if (const ImU32 ground = veil(press)) list.AddRectFilled(press.from, press.to, ground, 4);
  const float y = middle(press.from.y, Theme::row, size_of(Type::body));
  float right = press.to.x - 8;
  if (item.due) {
    const bool late = *item.due < context.today;
    const std::string due = format_due(*item.due, context.today, context.language);
    draw_text(list, {right - measure(Type::body, due).x, y}, Type::body, late ? t.tone(Tone::bad).ink : t.ink_soft, due);
    right -= due_width;
    const std::string day = format_day(*item.due, context.language);
    draw_text(list, {right - measure(Type::body, day).x, y}, Type::body, t.ink_soft, day);
    right -= day_width;
  } else {
    right -= due_width + day_width;
  }
  if (with_person) {
    right -= person_width;
    if (const Person* person = context.project.find(item.responsible)) {
      draw_avatar(list, {right, press.from.y + (Theme::row - 20) / 2}, person->name, 20);
      draw_text_cut(list, {right + 26, y}, person_width - 34, Type::body, t.ink, person->name);
    }
  }
  const float kind_width = width > 900 ? 168 : 104;
  right -= kind_width;
  draw_text_cut(list, {right, y}, kind_width - 8, Type::body, t.ink_soft, context.text(item.info->one_key()));
  draw_text_cut(list, {press.from.x + 8, y}, number_width - 8, Type::body, t.ink_faint, record_number(context.project, *item.info, *record));
  draw_text_cut(list, {press.from.x + 8 + number_width, y}, right - press.from.x - 24 - number_width, Type::body, t.ink, title);
  if (press.clicked) context.navigation.open_record(*item.info, item.record);
}

}  // namespace

std::vector<const RegisterInfo*> WorkListOf::reads() {
  std::vector<const RegisterInfo*> registers{&register_of<Task>(), &register_of<Assignment>(), &register_of<Resource>(), &register_of<Person>()};
  for (const auto* info : product_schema().registers())
    if (asks_something(*info)) registers.push_back(info);
  for (const auto* info : asked_work_reads()) registers.push_back(info);
  return registers;
}

std::vector<WorkItem> WorkListOf::compute(const Project& project, Analyses& analyses) {
  std::vector<WorkItem> items;
  add_records(project, items);
  add_asked_work(project, items);
  add_tasks(project, analyses, items);
  sort_stably(items, {}, [](const WorkItem& item) { return std::pair(!item.due, item.due.value_or(Day{})); });
  return items;
}

void draw_work(Context& context, std::span<const WorkItem> items, const char* id, bool with_person) {
  ImGui::PushID(id);
  ImGui::PushStyleVarY(ImGuiStyleVar_ItemSpacing, 0);
  ImGuiListClipper clipper;
  clipper.Begin(static_cast<int>(items.size()), Theme::row);
  while (clipper.Step())
    for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i)
      draw_line(context, items[static_cast<std::size_t>(i)], with_person, static_cast<std::size_t>(i));
  ImGui::PopStyleVar();
  ImGui::PopID();
}

std::string format_due(Day due, Day today, Language language) {
  const std::int64_t days = due - today;
  if (days == 0) return std::string(word("due.today"_key, language));
  if (days == 1) return std::string(word("due.tomorrow"_key, language));
  if (days == -1) return std::string(word("due.yesterday"_key, language));
  const std::string number[] = {std::to_string(days < 0 ? -days : days)};
  return phrase(days < 0 ? "due.late"_key : "due.in"_key, number, language);
}

std::string format_lateness(std::int64_t days, Language language) {
  if (days == 0) return std::string(word("lateness.none"_key, language));
  if (days == 1) return std::string(word("lateness.one"_key, language));
  if (days == -1) return std::string(word("lateness.one_early"_key, language));
  const std::string number[] = {std::to_string(days < 0 ? -days : days)};
  return phrase(days > 0 ? "lateness.late"_key : "lateness.early"_key, number, language);
}

}  // namespace pmo::ui
