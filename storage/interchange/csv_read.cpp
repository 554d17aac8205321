#include <algorithm>
#include <format>
#include <map>

#include "app/model/predecessors.h"
#include "app/model/records/project_settings.h"
#include "app/model/standard_calendar.h"
#include "app/model/text_grid.h"
#include "app/model/transaction.h"
#include "storage/interchange/csv.h"
#include "storage/interchange/csv_columns.h"
#include "storage/interchange/encoding.h"

namespace pmo::storage {
namespace {

constexpr std::int64_t deepest_outline = 100;

std::vector<std::string> parts(std::string_view list) {
  std::vector<std::string> found;
  while (!list.empty()) {
    const auto end = std::min(list.find(';'), list.size());
    found.push_back(plain_text(list.substr(0, end)));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return found;
}

const csv::Column* column_named(std::string_view heading) {
  const std::string wanted = lower(plain_text(heading));
  if (wanted.empty()) return nullptr;
  for (const auto& column : csv::columns) {
    if (wanted == column.name) return &column;
    for (const Language language : all_languages) {
      if (wanted == lower(word(column.heading, language))) return &column;
      if (column.also && std::ranges::contains(parts(word(column.also, language)), wanted)) return &column;
    }
  }
  return nullptr;
}

std::string_view first_line(std::string_view bytes) { return bytes.substr(0, std::min(bytes.find_first_of("\r\n"), bytes.size())); }

char separator_of(std::string_view bytes) {
  char best = ',';
  std::ptrdiff_t most = 0;
  for (const char separator : {',', ';', '\t'})
    if (const auto count = std::ranges::count(first_line(bytes), separator); count > most) most = count, best = separator;
  return best;
}

class CsvReader {
 public:
  CsvReader(Project& project, std::string_view file_name, TextGrid grid, Day today)
      : project_(project), grid_(std::move(grid)), today_(today), transaction_(project, "transaction.import"_key, {std::string(file_name)}) {
    name_ = file_name.substr(0, file_name.rfind('.'));
    for (std::size_t c = 0; c < grid_[0].size(); ++c) {
      const auto* column = column_named(grid_[0][c]);
      if (column && at_.try_emplace(column->name, c).second) continue;
      if (!plain_text(grid_[0][c]).empty()) left_out_ += (left_out_.empty() ? "" : ", ") + grid_[0][c];
    }
    const bool chinese = std::ranges::any_of(grid_[0], [](const auto& cell) { return std::ranges::any_of(cell, [](char c) { return static_cast<unsigned char>(c) >= 0x80; }); });
    language_ = chinese ? Language::chinese : Language::english;
  }

  Result<void> read() {
    for (line_ = 1; line_ < grid_.size(); ++line_)
      if (!plain_text(cell("name")).empty()) lines_.push_back(line_);
    if (lines_.empty()) return fail("error.csv.no_tasks"_key);
    PMO_TRY_VOID(check_numbers());
    PMO_TRY_VOID(read_levels());
    read_settings();
    for (std::size_t row = 0; row < lines_.size(); ++row) PMO_TRY_VOID(read_task(row));
    PMO_TRY_VOID(read_links());
    transaction_.take_as_it_is();
    PMO_TRY(transaction_.commit());
    return {};
  }

  std::vector<Error> notes() const {
    if (left_out_.empty()) return {};
    return {{"csv.note.columns"_key, {left_out_}}};
  }

 private:
  std::string_view cell(std::string_view column) const {
    const auto found = at_.find(column);
    if (found == at_.end() || found->second >= grid_[line_].size()) return {};
    return grid_[line_][found->second];
  }
  std::string text(std::string_view column) const { return std::string(without_apostrophe(cell(column))); }
  bool empty(std::string_view column) const { return plain_text(cell(column)).empty(); }

  std::unexpected<Error> wrong(std::string_view column, Error error) const {
    error.place = std::format("{}: {}", line_ + 1, grid_[0][at_.find(column)->second]);
    return std::unexpected(std::move(error));
  }
  template <class T>
  Result<T> at_place(std::string_view column, Result<T> parsed) const {
    if (!parsed) return wrong(column, std::move(parsed.error()));
    return parsed;
  }

  // Predecessors name lines; so the numbers of a table must be those of its lines.
  Result<void> check_numbers() {
    bool refers = false, counts = true;
    for (std::size_t row = 0; row < lines_.size(); ++row) {
      line_ = lines_[row];
      refers = refers || !empty("predecessors");
      counts = counts && (empty("line") || plain_text(cell("line")) == std::to_string(row + 1));
    }
    if (refers && !counts) return fail("error.csv.numbers"_key);
    return {};
  }

  Result<void> read_levels() {
    std::vector<std::size_t> spaces;  // before the names on the way down to this line
    for (const auto line : lines_) {
      line_ = line;
      std::int64_t level = 1;
      if (!empty("level")) {
        level = PMO_TRY(at_place("level", parse_integer(cell("level"))));
      } else if (at_.contains("wbs") && !empty("wbs")) {
        level = std::ranges::count(plain_text(cell("wbs")), '.') + 1;
      } else if (!at_.contains("level") && !at_.contains("wbs")) {
        const auto before = std::min(cell("name").find_first_not_of(' '), cell("name").size());
        while (!spaces.empty() && spaces.back() >= before) spaces.pop_back();
        spaces.push_back(before);
        level = std::ssize(spaces);
      }
      levels_.push_back(std::clamp<std::int64_t>(level, 1, deepest_outline));
    }
    return {};
  }

  void read_settings() {
    const auto& calendar = add_standard_calendar(transaction_, language_);
    std::optional<Minute> first;
    for (const auto line : lines_) {
      line_ = line;
      const auto start = parse_minute(cell("start"), language_, today_, start_of_work);
      if (start && (!first || *start < *first)) first = *start;
    }
    start_ = first.value_or(Minute::at(today_, start_of_work));
    transaction_.create<ProjectSettings>([&](ProjectSettings& settings) {
      settings.name = name_.empty() ? std::string(word("record.project_settings"_key, language_)) : name_;
      settings.start = start_;
      settings.calendar = {calendar.id};
    });
    scales_ = scales_of(project_);
  }

  Result<void> read_task(std::size_t row) {
    line_ = lines_[row];
    while (!way_.empty() && way_.back().first >= levels_[row]) way_.pop_back();
    const bool summary = row + 1 < lines_.size() && levels_[row + 1] > levels_[row];
    Task read;
    read.name = plain_text(text("name"));
    read.wbs = text("wbs");
    PMO_TRY_VOID(read_fields(read));
    if (!summary) PMO_TRY_VOID(read_dates(read));
    const Task& task = transaction_.create<Task>([&](Task& t) {
      static_cast<Record&>(read) = t;
      t = read;
      t.parent = way_.empty() ? Ref<Task>{} : Ref<Task>{way_.back().second};
      t.order = std::format("{:06}V", row + 1);
    });
    way_.emplace_back(levels_[row], task.id);
    tasks_.push_back(task.id);
    return {};
  }

  Result<void> read_fields(Task& t) {
    if (!empty("percent_complete")) t.percent_complete = PMO_TRY(at_place("percent_complete", parse_percent(cell("percent_complete"))));
    t.actual_start = PMO_TRY(moment("actual_start", start_of_work));
    t.actual_finish = PMO_TRY(moment("actual_finish", end_of_work));
    t.constraint_date = PMO_TRY(moment("constraint_date", start_of_work));
    t.deadline = PMO_TRY(moment("deadline", end_of_work));
    if (!empty("constraint")) t.constraint = static_cast<ConstraintType>(PMO_TRY(choice("constraint")));
    if (!empty("fixed_cost")) t.fixed_cost = PMO_TRY(at_place("fixed_cost", parse_money(cell("fixed_cost"), scales_)));
    t.milestone = !empty("milestone") && says_yes(cell("milestone"));
    t.notes = text("notes");
    if (!empty("responsible")) t.responsible = person(plain_text(text("responsible")));
    return {};
  }

  Result<void> read_dates(Task& t) {
    const auto start = PMO_TRY(moment("start", start_of_work)), finish = PMO_TRY(moment("finish", end_of_work));
    if (!empty("duration")) {
      const auto duration = PMO_TRY(at_place("duration", parse_duration(cell("duration"), scales_)));
      t.duration = {std::max<std::int64_t>(0, duration.minutes.value)};
      t.elapsed_duration = duration.elapsed;
      t.estimated = duration.estimated;
    } else if (start && finish) {
      t.duration = working_days(start->day(), finish->day());
    } else if (t.milestone) {
      t.duration = {0};
    }
    t.milestone = t.milestone || t.duration == WorkMinutes{0};
    if (start && *start != start_ && empty("predecessors") && t.constraint == ConstraintType::as_soon_as_possible) {
      t.constraint = ConstraintType::start_no_earlier_than;
      t.constraint_date = start;
    }
    if (t.percent_complete.value > 0 && !t.actual_start) t.actual_start = start;
    if (t.percent_complete.value == 1000 && t.actual_start && !t.actual_finish) t.actual_finish = finish;
    return {};
  }

  // Monday to Friday, both days counted: the calendar that a table gets.
  static WorkMinutes working_days(Day first, Day last) {
    const std::int64_t days = std::max(0, last - first + 1);
    std::int64_t working = days / 7 * 5;
    for (Day day = first + static_cast<int>(days / 7 * 7); day <= last; day = day + 1) working += day.weekday() < 5;
    return {working * 480};
  }

  Result<std::optional<Minute>> moment(std::string_view column, int time_of_day) {
    if (empty(column)) return std::optional<Minute>{};
    return std::optional(PMO_TRY(at_place(column, parse_minute(cell(column), language_, today_, time_of_day))));
  }

  Result<std::size_t> choice(std::string_view column) {
    const FieldInfo& field = *register_of<Task>().find(column);
    const std::string wanted = lower(plain_text(cell(column)));
    for (std::size_t i = 0; i < field.choices.size(); ++i) {
      if (wanted == field.choices[i]) return i;
      for (const Language language : all_languages)
        if (wanted == lower(word(field.choice_key(field.choices[i]), language))) return i;
    }
    return wrong(column, {"error.field.choice"_key, {argument_of(field.label_key()), std::string(cell(column))}});
  }

  static bool says_yes(std::string_view text) {
    const std::string answer = lower(plain_text(text));
    for (const Language language : all_languages)
      if (answer == lower(word("value.yes"_key, language))) return true;
    return answer == "1" || answer == "x" || answer == "true" || answer == "y" || answer == "√";
  }

  Ref<Person> person(const std::string& name) {
    const auto [at, added] = people_.try_emplace(name);
    if (added) at->second = transaction_.create<Person>([&](Person& p) { p.name = name; }).id;
    return {at->second};
  }

  Result<void> read_links() {
    const Outline outline(project_);
    for (std::size_t row = 0; row < lines_.size(); ++row) {
      line_ = lines_[row];
      const Task& task = *project_.find(Ref<Task>{tasks_[row]});
      if (task.wbs == outline.number(row)) transaction_.set(task, &Task::wbs, std::string());
      if (empty("predecessors")) continue;
      const auto list = PMO_TRY(at_place("predecessors", parse_predecessors(cell("predecessors"), task.id, outline, project_, scales_)));
      for (const Predecessor& predecessor : list)
        transaction_.create<Link>([&](Link& link) {
          link.predecessor = {predecessor.task};
          link.successor = {task.id};
          link.type = predecessor.type;
          link.lag = predecessor.lag;
          link.lag_unit = predecessor.unit;
        });
    }
    return {};
  }

  Project& project_;
  TextGrid grid_;
  Day today_;
  Transaction transaction_;
  Language language_ = Language::english;
  Scales scales_;
  std::string name_, left_out_;
  std::map<std::string_view, std::size_t> at_;  // column by name
  std::size_t line_ = 0;                        // of the table, the headings being line 0
  std::vector<std::size_t> lines_;              // that hold tasks
  std::vector<std::int64_t> levels_;
  std::vector<std::pair<std::int64_t, Id>> way_;
  std::vector<Id> tasks_;
  Minute start_;
  std::map<std::string, Id, std::less<>> people_;
};

}  // namespace

bool names_task_columns(std::string_view bytes) {
  const auto grid = parse_grid(first_line(bytes), separator_of(bytes));
  if (grid.empty()) return false;
  const auto is_name = [](const csv::Column* column) { return column && column->name == "name"; };
  bool name = false;
  int named = 0;
  for (const auto& cell : grid[0]) {
    const auto* column = column_named(cell);
    name = name || is_name(column);
    named += column != nullptr;
  }
  return name && named >= 2;
}

bool is_table_name(std::string_view file_name) {
  const std::string name = lower(file_name);
  return name.ends_with(".csv") || name.ends_with(".tsv") || name.ends_with(".txt");
}

Error refusal_of_table(std::string_view bytes) {
  return is_utf8(bytes) ? Error{"error.csv.headings"_key, {}} : Error{"error.csv.encoding"_key, {}};
}

Result<CsvRead> read_csv(std::string_view file_name, std::string_view bytes, const Schema& schema, Id actor,
                         Surroundings& surroundings) {
  if (!is_utf8(bytes) || !names_task_columns(bytes)) return std::unexpected(refusal_of_table(bytes));
  constexpr std::uint64_t day_milliseconds = 24ull * 60 * 60 * 1000;
  const Day today{static_cast<std::int32_t>(surroundings.milliseconds() / day_milliseconds)};
  CsvRead result{std::make_unique<Project>(schema, actor, surroundings), {}};
  CsvReader reader(*result.project, file_name, parse_grid(bytes, separator_of(bytes)), today);
  PMO_TRY_VOID(reader.read());
  result.notes = reader.notes();
  return result;
}

}  // namespace pmo::storage
