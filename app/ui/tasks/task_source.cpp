#include "app/ui/tasks/task_source.h"

#include <algorithm>

namespace pmo::ui {
namespace {

FieldInfo column(std::string_view name, Key label, Kind kind, bool optional = true) {
  return {{.kind = kind, .optional = optional}, name, std::string(label.name)};
}

const FieldInfo& name_field() { return field_of<Task>(&Task::name); }
const FieldInfo& duration_field() { return field_of<Task>(&Task::duration); }
const FieldInfo& percent_field() { return field_of<Task>(&Task::percent_complete); }
const FieldInfo& wbs_field() { return field_of<Task>(&Task::wbs); }
const FieldInfo& milestone_field() { return field_of<Task>(&Task::milestone); }

const Task& task_of(const Record& record) { return static_cast<const Task&>(record); }

}  // namespace

TaskSource::TaskSource()
    : start_(column("start", "task_column.start"_key, Kind::minute)),
      finish_(column("finish", "task_column.finish"_key, Kind::minute)),
      total_float_(column("total_float", "task_column.total_float"_key, Kind::work)),
      free_float_(column("free_float", "task_column.free_float"_key, Kind::work)),
      float_path_(column("float_path", "task_column.float_path"_key, Kind::integer)),
      critical_(column("critical", "task_column.critical"_key, Kind::boolean, false)),
      predecessors_(column("predecessors", "task_column.predecessors"_key, Kind::text)),
      successors_(column("successors", "task_column.successors"_key, Kind::text)),
      resources_(column("resources", "task_column.resources"_key, Kind::text)) {}

std::vector<const FieldInfo*> TaskSource::further_fields() const {
  return {&start_, &finish_, &predecessors_, &successors_, &total_float_, &free_float_, &float_path_, &critical_, &resources_};
}

std::vector<Column> TaskSource::usual_columns() const {
  std::vector<Column> columns{{nullptr, 52, true},          {&name_field(), 244, true},     {&duration_field(), 132, true},
                              {&start_, 112, true},         {&finish_, 112, true},          {&predecessors_, 112, true},
                              {&percent_field(), 96, true}, {&wbs_field(), 76, true},       {&total_float_, 92, true},
                              {&resources_, 160, true},     {&critical_, 76, false},        {&free_float_, 92, false},
                              {&float_path_, 92, false},    {&successors_, 112, false}};
  for (const FieldInfo& field : register_of<Task>().fields)
    if (!field.options.hidden && !std::ranges::contains(columns, &field, &Column::field)) columns.push_back({&field, 132, false});
  return columns;
}

void TaskSource::forget() {
  project_ = nullptr;
  path_target_ = {};
  paths_.reset();
  names_.reset();
}

void TaskSource::refresh(Analyses& analyses, const Project& project) {
  analyses_ = &analyses;
  outline_ = &analyses.of<OutlineOf>();
  plan_ = &analyses.of<ScheduleOf>();
  time_ = &analyses.of<ProjectTimeOf>();
  facts_ = &analyses.of<TaskFactsOf>();
  if (project_ == &project && revision_ == project.revision()) return;
  project_ = &project;
  revision_ = project.revision();
  scales_ = scales_of(project);
  ++version_;
  paths_.reset();
  names_.reset();
  if (!outline_->find(path_target_)) path_target_ = {};  // it was deleted
  places_.clear();
  for (const auto& row : outline_->rows()) places_.push_back({row.task, row.level, row.summary});
}

Value TaskSource::computed(const FieldInfo& field, std::size_t row) const {
  const engine::Schedule& schedule = plan_->schedule;
  if (&field == &predecessors_ || &field == &successors_) return links_text(row, &field == &predecessors_);
  if (&field == &resources_) return facts_->resources[row];
  if (!schedule.scheduled[row]) return {};
  if (&field == &start_) return schedule.start[row].value;
  if (&field == &finish_) return schedule.finish[row].value;
  if (&field == &total_float_) return schedule.total_float[row];
  if (&field == &free_float_) return schedule.free_float[row];
  if (&field == &float_path_) {
    const auto path = float_paths().number[row];
    return path > 0 ? Value{std::int64_t{path}} : Value{};
  }
  return Value{schedule.critical[row] != 0};
}

void TaskSource::set_path_target(Id task) {
  path_target_ = task;
  paths_.reset();
  ++version_;
}

// Asked only where the column is shown.
const engine::FloatPaths& TaskSource::float_paths() const {
  if (!path_target_) return analyses_->of<FloatPathsOf>();
  if (!paths_) paths_ = engine::float_paths(plan_->plan, static_cast<engine::Index>(*outline_->find(path_target_)));
  return *paths_;
}

// Asked only when predecessors are typed or pasted.
const TaskNames& TaskSource::names() const {
  if (!names_) names_ = task_names(*outline_, *project_);
  return *names_;
}

Value TaskSource::get(const FieldInfo& field, const Record& record) const {
  const auto row = outline_->find(record.id);
  if (!field.read_member) return row ? computed(field, *row) : Value{};
  if (!row) return field.get(record);
  if (&field == &duration_field()) return facts_->duration[*row];
  if (&field == &percent_field()) return static_cast<std::int64_t>(facts_->percent[*row]);
  if (&field == &wbs_field()) return outline_->wbs(*row);
  return field.get(record);
}

std::string TaskSource::links_text(std::size_t row, bool entering) const {
  std::string text;
  for (const Link* link : entering ? facts_->entering(row) : facts_->leaving(row)) {
    Predecessor other = predecessor_of(*link);
    if (!entering) other.task = link->successor.id;
    if (!text.empty()) text += ", ";
    text += predecessor_text(other, *outline_, scales_);
  }
  return text;
}

std::string TaskSource::number(const Project&, const RegisterInfo&, const Record& record) const {
  const auto row = outline_->find(record.id);
  return row ? std::to_string(*row + 1) : std::string();
}

std::string TaskSource::duration_text(std::int64_t minutes, const Task* task, Language language) const {
  const bool summary = task && outline_->find(task->id) && (*outline_)[*outline_->find(task->id)].summary;
  const bool elapsed = task && task->elapsed_duration && !summary;
  std::string text = elapsed ? format_elapsed({minutes}, language) : format_duration({minutes}, scales_, language);
  if (task && task->estimated && !summary) text += "?";
  return text;
}

std::optional<std::string> TaskSource::shown(const CellTexts& texts, const FieldInfo& field, const Value& value, const Record* record) const {
  if (&field == &start_ || &field == &finish_) {
    const auto* moment = std::get_if<std::int64_t>(&value);
    if (!moment) return {};
    // The time of day only where it is not the usual one.
    const Minute at{*moment};
    const bool usual = at == time_->day_start(at.day()) || at == time_->day_finish(at.day());
    return usual ? format_day(at.day(), texts.language) : format_minute(at, texts.language);
  }
  if (&field != &duration_field()) return {};
  if (const auto* typed = std::get_if<std::string>(&value)) return *typed;
  const auto* minutes = std::get_if<std::int64_t>(&value);
  return duration_text(minutes ? *minutes : 0, record ? &task_of(*record) : nullptr, texts.language);
}

std::optional<Error> TaskSource::locked(const FieldInfo& field, const Record& record) const {
  const auto row = outline_->find(record.id);
  if (!row) return {};
  const bool rolled_up = &field == &start_ || &field == &finish_ || &field == &duration_field() || &field == &percent_field() ||
                         &field == &milestone_field();
  const bool by_hand = task_of(record).manual && (&field == &start_ || &field == &finish_);
  if ((*outline_)[*row].summary && rolled_up && !by_hand) return Error{"error.task.summary"_key, {argument_of(field.label_key())}};
  if (&field == &total_float_ || &field == &free_float_ || &field == &float_path_ || &field == &critical_ || &field == &successors_)
    return Error{"error.task.computed"_key, {argument_of(field.label_key())}};
  if (&field == &resources_) return Error{"error.task.resources"_key, {}};
  return {};
}

Result<Value> TaskSource::read(const CellTexts& texts, const FieldInfo& field, const Record* record, std::string_view text) const {
  if (&field == &duration_field()) {
    if (plain_text(text).empty()) return fail("error.field.required"_key, {argument_of(field.label_key())});
    const auto duration = parse_duration(text, texts.scales);
    if (!duration) return std::unexpected(duration.error());
    PMO_TRY_VOID(check_value(field, Value{duration->minutes.value}));
    return Value{plain_text(text)};
  }
  if (&field == &predecessors_) {
    if (!record) return Value{std::string(text)};
    PMO_TRY(parse_predecessors(text, record->id, names(), texts.scales));
    return Value{plain_text(text)};
  }
  if (&field != &start_ && &field != &finish_) return texts.read(field, text);
  if (plain_text(text).empty()) return Value{};
  // A day alone means when work begins or ends on it: two times of day that are asked for tell whether one was written.
  const Minute early = PMO_TRY(parse_minute(text, texts.language, texts.today, 0));
  const Minute late = PMO_TRY(parse_minute(text, texts.language, texts.today, 1));
  const Minute moment = early == late ? early : &field == &start_ ? time_->day_start(early.day()) : time_->day_finish(early.day());
  PMO_TRY_VOID(check_value(field, Value{moment.value}));
  return Value{moment.value};
}

Result<void> TaskSource::write(Transaction& change, const RegisterInfo& info, const Record& record, const FieldInfo& field,
                               const Value& value) const {
  const Task& task = task_of(record);
  const auto* text = std::get_if<std::string>(&value);
  const auto* number = std::get_if<std::int64_t>(&value);
  if (&field == &start_ || &field == &finish_) {
    const auto moment = number ? std::optional(Minute{*number}) : std::nullopt;
    if (&field == &start_) set_start(change, editing(), task, moment);
    else set_finish(change, editing(), task, moment);
  } else if (&field == &duration_field()) {
    // Filled down, a duration is a number of minutes in the unit that the task has.
    const Duration filled{{number ? *number : 0}, task.elapsed_duration, task.estimated};
    set_duration(change, task, text ? PMO_TRY(parse_duration(*text, scales_)) : filled);
  } else if (&field == &percent_field()) {
    set_progress(change, editing(), task, {static_cast<std::int32_t>(number ? *number : 0)});
  } else if (&field == &milestone_field()) {
    set_milestone(change, task, value == Value{true});
  } else if (&field == &predecessors_) {
    set_predecessors(change, task, PMO_TRY(parse_predecessors(text ? *text : std::string(), task.id, names(), scales_)));
  } else if (&field == &wbs_field()) {
    // Writing the number that the outline gives means having no code of its own.
    const auto row = outline_->find(task.id);
    const bool own = text && !(row && *text == outline_->number(*row));
    return change.set(record, info, field, own ? value : Value{std::string()});
  } else if (field.read_member) {
    return change.set(record, info, field, value);
  }
  return {};
}

void TaskSource::added(Transaction& change, const Record& record) const { (void)move_tasks(change, {record.id}, task_of(record).parent.id, {}); }

}  // namespace pmo::ui
