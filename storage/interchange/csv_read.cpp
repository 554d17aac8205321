#include <algorithm>
#include <format>
#include <map>

#include "app/model/day_order.h"
#include "app/model/decimal_marks.h"
#include "app/model/letters.h"
#include "app/model/predecessors.h"
#include "app/model/records/imported.h"
#include "app/model/records/project_settings.h"
#include "app/model/standard_calendar.h"
#include "app/model/transaction.h"
#include "storage/interchange/csv.h"
#include "storage/interchange/csv_columns.h"
#include "storage/interchange/encoding.h"

namespace pmo::storage {
namespace {

constexpr std::int64_t deepest_outline = 100;
constexpr std::size_t most_unreadable = 200;  // that are named one by one

// "3FS+1,5d; 7" -> "3FS+1.5d; 7": within a lag, of a table with decimal commas.
std::string with_point_in_lags(std::string text) {
  bool lag = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '+' || c == '-') lag = true;
    else if (lag && c == ',' && i + 1 < text.size() && is_digit(text[i - 1]) && is_digit(text[i + 1])) text[i] = '.';
    else if (!is_digit(c) && c != ' ') lag = false;
  }
  return text;
}

class CsvReader {
 public:
  CsvReader(Project& project, std::string_view file_name, csv::Table table, Day today)
      : project_(project), grid_(std::move(table.grid)), reading_(std::move(table.reading)), today_(today),
        transaction_(project, "transaction.import"_key, {std::string(file_name)}) {
    name_ = file_name.substr(0, file_name.rfind('.'));
    for (std::size_t c = 0; c < reading_.columns.size(); ++c) take_column(c);
    const auto is_wide = [](char c) { return static_cast<unsigned char>(c) >= 0x80; };
    const bool chinese = std::ranges::any_of(reading_.columns, [&](const TableColumn& column) { return std::ranges::any_of(column.heading, is_wide); });
    language_ = chinese ? Language::chinese : Language::english;
  }

  Result<void> read() {
    if (!at_.contains("name")) return fail("error.csv.headings"_key);
    for (line_ = reading_.heading_row + 1; line_ < grid_.size(); ++line_)
      if (!plain_text(cell("name")).empty()) lines_.push_back(line_);
    if (lines_.empty()) return fail("error.csv.no_tasks"_key);
    read_decimal_marks();
    read_day_order();
    read_levels();
    read_settings();
    for (std::size_t row = 0; row < lines_.size(); ++row) read_task(row);
    read_links();
    read_custom_fields();
    transaction_.take_as_it_is();
    PMO_TRY(transaction_.commit());
    return {};
  }

  std::vector<Error> notes() {
    std::vector<Error> notes;
    if (auto encoding = encoding_note(reading_.encoding)) notes.push_back(std::move(*encoding));
    if (!custom_.empty()) notes.push_back({"csv.note.custom"_key, {headings(custom_)}});
    if (!left_out_.empty()) notes.push_back({"csv.note.columns"_key, {headings(left_out_)}});
    if (!by_comma_.empty()) notes.push_back({"csv.note.decimal_comma"_key, {headings(by_comma_)}});
    if (!doubtful_.empty()) notes.push_back({"csv.note.decimal_doubt"_key, {headings(doubtful_)}});
    if (order_.doubtful() && order_.day_first()) notes.push_back({"csv.note.day_first"_key, {}});
    if (order_.doubtful() && order_.month_first()) notes.push_back({"csv.note.month_first"_key, {}});
    if (unreadable_ > 0) notes.push_back({"csv.note.unreadable"_key, {std::to_string(unreadable_)}});
    std::ranges::move(unread_, std::back_inserter(notes));
    return notes;
  }
  TableReading reading() { return std::move(reading_); }

 private:
  void take_column(std::size_t c) {
    auto& column = reading_.columns[c];
    if (column.meaning == csv::custom_column) return custom_.push_back(c);
    if (!column.meaning.empty() && at_.try_emplace(column.meaning, c).second) return;
    column.meaning.clear();
    if (!column.samples.empty()) left_out_.push_back(c);
  }
  std::string headings(const std::vector<std::size_t>& columns) const {
    std::string list;
    for (const auto c : columns) list += (list.empty() ? "" : ", ") + heading(c);
    return list;
  }
  std::string heading(std::size_t c) const {
    const auto& text = reading_.columns[c].heading;
    return text.empty() ? csv::cell_address(reading_.heading_row, c) : text;
  }

  std::string_view cell_at(std::size_t column) const {
    return column < grid_[line_].size() ? std::string_view(grid_[line_][column]) : std::string_view{};
  }
  std::string_view cell(std::string_view column) const {
    const auto found = at_.find(column);
    return found == at_.end() ? std::string_view{} : cell_at(found->second);
  }
  std::string text(std::string_view column) const { return std::string(without_apostrophe(cell(column))); }
  bool empty(std::string_view column) const { return plain_text(cell(column)).empty(); }

  void unreadable(std::string_view column, Error error) {
    if (++unreadable_ > most_unreadable) return;
    const auto c = at_.find(column)->second;
    error.place = csv::cell_address(line_, c) + ", " + heading(c);
    unread_.push_back(std::move(error));
  }
  template <class T>
  std::optional<T> taken(std::string_view column, Result<T> parsed) {
    if (parsed) return std::move(*parsed);
    unreadable(column, std::move(parsed.error()));
    return {};
  }

  // Predecessors name lines, unless the file numbers its tasks otherwise.
  bool numbered_by_line() {
    for (std::size_t row = 0; row < lines_.size(); ++row) {
      line_ = lines_[row];
      if (!empty("line") && plain_text(cell("line")) != std::to_string(row + 1)) return false;
    }
    return true;
  }
  TaskNames names_of_tasks() {
    TaskNames names;
    for (std::size_t row = 0; row < lines_.size(); ++row) {
      line_ = lines_[row];
      for (const auto* column : {"line", "wbs"})
        if (!empty(column)) names.try_emplace(lower(plain_text(cell(column))), tasks_[row]);
    }
    return names;
  }

  // Cells with decimal commas become what the product writes.
  void read_decimal_marks() {
    DecimalMarks whole;
    std::vector<std::pair<std::size_t, DecimalMarks>> numbers;
    for (const auto* name : {"duration", "fixed_cost", "percent_complete"}) {
      const auto column = at_.find(std::string_view(name));
      if (column == at_.end()) continue;
      auto& marks = numbers.emplace_back(column->second, DecimalMarks{}).second;
      for (const auto line : lines_) {
        line_ = line;
        marks.take(plain_text(cell_at(column->second)));
      }
      whole.take(marks);
    }
    decimal_commas_ = whole.mark({}, ',') == ',';
    for (const auto& [column, marks] : numbers) {
      const auto mark = marks.mark(whole, reading_.separator);
      if (!mark && marks.doubtful()) doubtful_.push_back(column);
      if (mark != ',' || !marks.any()) continue;
      by_comma_.push_back(column);
      for (const auto line : lines_)
        if (column < grid_[line].size()) grid_[line][column] = with_decimal_point(plain_text(grid_[line][column]));
    }
  }

  void read_day_order() {
    for (const auto* name : {"start", "finish", "actual_start", "actual_finish", "constraint_date", "deadline"})
      for (const auto line : lines_) {
        line_ = line;
        order_.take(plain_text(cell(name)));
      }
  }
  std::string date(std::string_view column) const { return order_.written_out(plain_text(cell(column))); }

  void read_levels() {
    std::vector<std::size_t> spaces;  // before the names on the way down to this line
    for (const auto line : lines_) {
      line_ = line;
      std::int64_t level = 1;
      if (!empty("level")) {
        level = taken("level", parse_integer(cell("level"))).value_or(1);
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
  }

  void read_settings() {
    const auto& calendar = add_standard_calendar(transaction_, language_);
    std::optional<Minute> first;
    for (const auto line : lines_) {
      line_ = line;
      const auto start = parse_minute(date("start"), language_, today_, start_of_work);
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

  void read_task(std::size_t row) {
    line_ = lines_[row];
    while (!way_.empty() && way_.back().first >= levels_[row]) way_.pop_back();
    const bool summary = row + 1 < lines_.size() && levels_[row + 1] > levels_[row];
    Task read;
    read.name = plain_text(text("name"));
    read.wbs = text("wbs");
    read_fields(read);
    if (!summary) read_dates(read);
    const Task& task = transaction_.create<Task>([&](Task& t) {
      static_cast<Record&>(read) = t;
      t = read;
      t.parent = way_.empty() ? Ref<Task>{} : Ref<Task>{way_.back().second};
      t.order = std::format("{:06}V", row + 1);
    });
    way_.emplace_back(levels_[row], task.id);
    tasks_.push_back(task.id);
  }

  void read_fields(Task& t) {
    if (!empty("percent_complete")) t.percent_complete = percent();
    t.actual_start = moment("actual_start", start_of_work);
    t.actual_finish = moment("actual_finish", end_of_work);
    t.constraint_date = moment("constraint_date", start_of_work);
    t.deadline = moment("deadline", end_of_work);
    if (!empty("constraint")) t.constraint = static_cast<ConstraintType>(taken("constraint", choice("constraint")).value_or(0));
    if (!empty("fixed_cost")) t.fixed_cost = taken("fixed_cost", parse_money(cell("fixed_cost"), scales_)).value_or(Money{});
    t.milestone = !empty("milestone") && says_yes(cell("milestone"));
    t.notes = text("notes");
    if (!empty("responsible")) t.responsible = person(plain_text(text("responsible")));
  }

  Permille percent() {
    const auto read = taken("percent_complete", parse_percent(cell("percent_complete"))).value_or(Permille{});
    const auto fits = check_value(field_of<Task>(&Task::percent_complete), Value{std::int64_t{read.value}});
    if (fits) return read;
    unreadable("percent_complete", fits.error());
    return {};
  }

  void read_dates(Task& t) {
    const auto start = moment("start", start_of_work), finish = moment("finish", end_of_work);
    const auto duration = empty("duration") ? std::optional<Duration>{} : taken("duration", whole_duration(cell("duration")));
    if (duration) {
      t.duration = duration->minutes;
      t.elapsed_duration = duration->elapsed;
      t.estimated = duration->estimated;
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
  }

  Result<Duration> whole_duration(std::string_view text) const {
    auto duration = PMO_TRY(parse_duration(text, scales_));
    PMO_TRY_VOID(check_value(field_of<Task>(&Task::duration), Value{duration.minutes.value}));
    return duration;
  }

  // Monday to Friday, both days counted: the calendar that a table gets.
  static WorkMinutes working_days(Day first, Day last) {
    const std::int64_t days = std::max(0, last - first + 1);
    std::int64_t working = days / 7 * 5;
    for (Day day = first + static_cast<int>(days / 7 * 7); day <= last; day = day + 1) working += day.weekday() < 5;
    return {working * 480};
  }

  std::optional<Minute> moment(std::string_view column, int time_of_day) {
    if (empty(column)) return {};
    return taken(column, parse_minute(date(column), language_, today_, time_of_day));
  }

  Result<std::size_t> choice(std::string_view column) {
    const FieldInfo& field = *register_of<Task>().find(column);
    const std::string wanted = lower(plain_text(cell(column)));
    for (std::size_t i = 0; i < field.choices.size(); ++i) {
      if (wanted == field.choices[i]) return i;
      for (const Language language : all_languages)
        if (wanted == lower(word(field.choice_key(field.choices[i]), language))) return i;
    }
    return fail("error.field.choice"_key, {argument_of(field.label_key()), std::string(cell(column))});
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

  void read_links() {
    const Outline outline(project_);
    const TaskNames names = numbered_by_line() ? task_names(outline, project_) : names_of_tasks();
    for (std::size_t row = 0; row < lines_.size(); ++row) {
      line_ = lines_[row];
      const Task& task = *project_.find(Ref<Task>{tasks_[row]});
      if (task.wbs == outline.number(row)) transaction_.set(task, &Task::wbs, std::string());
      if (empty("predecessors")) continue;
      const std::string written = plain_text(cell("predecessors"));
      const auto list = taken("predecessors", parse_predecessors(decimal_commas_ ? with_point_in_lags(written) : written, task.id, names, scales_));
      for (const Predecessor& predecessor : list.value_or(std::vector<Predecessor>{}))
        transaction_.create<Link>([&](Link& link) {
          link.predecessor = {predecessor.task};
          link.successor = {task.id};
          link.type = predecessor.type;
          link.lag = predecessor.lag;
          link.lag_unit = predecessor.unit;
        });
    }
  }

  void read_custom_fields() {
    for (const auto c : custom_) {
      const auto& field = transaction_.create<CustomField>([&](CustomField& f) {
        f.name = heading(c);
        f.register_name = register_of<Task>().name;
        f.source = heading(c);
      });
      for (std::size_t row = 0; row < lines_.size(); ++row) {
        line_ = lines_[row];
        const std::string value(without_apostrophe(cell_at(c)));
        if (plain_text(value).empty()) continue;
        transaction_.create<CustomValue>([&](CustomValue& v) {
          v.record = {tasks_[row]};
          v.field = {field.id};
          v.value = value;
        });
      }
    }
  }

  Project& project_;
  TextGrid grid_;
  TableReading reading_;
  Day today_;
  Transaction transaction_;
  Language language_ = Language::english;
  Scales scales_;
  std::string name_;
  std::map<std::string, std::size_t, std::less<>> at_;  // column by meaning
  std::vector<std::size_t> custom_, left_out_;          // columns
  std::vector<std::size_t> by_comma_, doubtful_;        // of numbers, by the mark before their decimals
  bool decimal_commas_ = false;  // as its numbers tell
  DayOrder order_;
  std::vector<Error> unread_;
  std::size_t unreadable_ = 0;
  std::size_t line_ = 0;                        // of the grid
  std::vector<std::size_t> lines_;              // that hold tasks
  std::vector<std::int64_t> levels_;
  std::vector<std::pair<std::int64_t, Id>> way_;
  std::vector<Id> tasks_;
  Minute start_;
  std::map<std::string, Id, std::less<>> people_;
};

}  // namespace

Result<CsvRead> read_csv(std::string_view file_name, std::string_view bytes, const Schema& schema, Id actor,
                         Surroundings& surroundings, const TableWish& wish) {
  auto table = PMO_TRY(csv::read_table(bytes, wish));
  constexpr std::uint64_t day_milliseconds = 24ull * 60 * 60 * 1000;
  const Day today{static_cast<std::int32_t>(surroundings.milliseconds() / day_milliseconds)};
  CsvRead result{std::make_unique<Project>(schema, actor, surroundings), {}, {}};
  CsvReader reader(*result.project, file_name, std::move(table), today);
  PMO_TRY_VOID(reader.read());
  result.notes = reader.notes();
  result.table = reader.reading();
  return result;
}

}  // namespace pmo::storage
