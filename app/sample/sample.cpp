#include "app/sample/sample.h"

#include <algorithm>
#include <format>
#include <functional>
#include <set>

#include "app/model/records/meeting.h"
#include "app/model/records/project_settings.h"
#include "app/model/records/resource.h"
#include "app/model/text_parts.h"
#include "app/model/transaction.h"

namespace pmo {

// The embedded texts.
std::string_view library_sample();
std::string_view templates_sample();

namespace {

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  while (true) {
    const auto at = text.find(separator);
    parts.emplace_back(trimmed(text.substr(0, at)));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + 1);
  }
}

// Cells end with " ;": a semicolon right after a word belongs to the text.
std::vector<std::string> split_cells(std::string_view line) {
  std::vector<std::string> cells;
  std::size_t start = 0;
  for (std::size_t at = line.find(" ;"); at != std::string_view::npos; at = line.find(" ;", at + 1)) {
    cells.emplace_back(trimmed(line.substr(start, at - start)));
    start = at + 2;
  }
  cells.emplace_back(trimmed(line.substr(std::min(start, line.size()))));
  return cells;
}

std::optional<std::int64_t> integer(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  return whole_number(text);
}

// "12.50" with the given number of decimals as an integer of the smallest unit.
std::optional<std::int64_t> decimal(std::string_view text, int decimals) {
  std::string digits;
  int seen = -1;
  for (const char c : text) {
    if (c == '.' && seen < 0) { seen = 0; continue; }
    digits += c;
    if (seen >= 0) ++seen;
  }
  for (int i = std::max(seen, 0); i < decimals; ++i) digits += '0';
  return seen > decimals ? std::nullopt : integer(digits);
}

std::optional<std::int64_t> duration(std::string_view text) {
  if (text == "0") return 0;
  const std::int64_t unit = text.ends_with('w') ? 2400 : text.ends_with('d') ? 480 : text.ends_with('h') ? 60 : 0;
  const auto count = integer(text.substr(0, text.size() - 1));
  return unit && count ? std::optional(*count * unit) : std::nullopt;
}

// A day of work before `from` is as many days of work before `to`: festivals take other weeks in each year. Days off follow
// the day of work before them, unless the next one comes first. Entry n is that n days after `first`.
std::vector<Day> moved_days(Day first, Day from, Day to, const std::function<bool(Day)>& works) {
  std::vector<Day> days(static_cast<std::size_t>(from - first), to);
  Day next = to;
  for (std::size_t n = days.size(); n-- > 0;) {
    if (works(first + static_cast<std::int32_t>(n))) do next = next - 1; while (!works(next));
    days[n] = next;
  }
  for (std::size_t n = 1; n < days.size(); ++n)
    if (!works(first + static_cast<std::int32_t>(n))) days[n] = std::min(days[n - 1] + 1, days[n]);
  return days;
}

class Reader {
 public:
  // The text is written as of one day, and read as of another.
  struct Moved {
    Day from, to;
  };
  Reader(Project& project, Language language, Day start, Key name, std::optional<Moved> moved = {})
      : transaction_(project, name), project_(project), language_(language), start_(start), moved_(moved) {}

  Result<void> read(std::string_view text) {
    while (!text.empty()) {
      const auto end = std::min(text.find('\n'), text.size());
      ++line_;
      if (auto done = read_line(trimmed(text.substr(0, end))); !done) {
        done.error().place = std::format("line {}", line_);
        return done;
      }
      text.remove_prefix(std::min(end + 1, text.size()));
    }
    PMO_TRY_VOID(link_tasks());
    auto commit = transaction_.commit();
    return commit ? Result<void>{} : std::unexpected(commit.error());
  }

 private:
  std::unexpected<Error> wrong(std::string_view cell) const { return fail("error.sample.cell"_key, {std::string(cell)}); }

  Result<void> read_line(std::string_view line) {
    if (line.empty() || line.starts_with('#')) return {};
    if (line.starts_with('@')) return start_section(line.substr(1));
    const auto cells = split_cells(line);
    if (cells.size() > columns_.size()) return wrong(cells.back());
    calendar_ = calendar_of(cells);
    if (plan_) return read_task(cells);
    const auto days = std::ranges::find_if(cells, [](const std::string& cell) { return cell.starts_with('+') && cell.contains(".."); });
    return days == cells.end() ? read_record(cells) : read_days(cells, static_cast<std::size_t>(days - cells.begin()));
  }

  // The calendar that the row names, or that of its task; else the first one.
  Id calendar_of(const std::vector<std::string>& cells) const {
    const auto named = [&](std::string_view column) {
      const auto i = static_cast<std::size_t>(std::ranges::find(columns_, column) - columns_.begin());
      return i < cells.size() && keys_.contains(cells[i]) ? keys_.at(cells[i]) : Id{};
    };
    if (const Id own = named("calendar")) return own;
    const Task* task = project_.find(Ref<Task>{named("task")});
    if (task && task->calendar) return task->calendar.id;
    const auto& calendars = project_.all<Calendar>();
    return calendars.empty() ? Id{} : calendars.at(0).id;
  }

  bool works(const Calendar& calendar, Day day) const {
    const std::optional<Shifts>* week[] = {&calendar.monday, &calendar.tuesday, &calendar.wednesday, &calendar.thursday, &calendar.friday, &calendar.saturday, &calendar.sunday};
    const auto& shifts = *week[day.weekday()];
    return shifts && shifts->working() && std::ranges::none_of(project_.all<CalendarException>(), [&](const CalendarException& off) {
      return off.calendar.id == calendar.id && off.first <= day && day <= off.last;
    });
  }

  Result<void> start_section(std::string_view line) {
    const auto space = std::min(line.find(' '), line.size());
    const auto name = line.substr(0, space);
    plan_ = name == "plan";
    info_ = plan_ ? &register_of<Task>() : project_.schema().find(name);
    if (!info_) return wrong(name);
    columns_ = split_cells(line.substr(space));
    return {};
  }

  Result<void> read_record(const std::vector<std::string>& cells) {
    Record& record = transaction_.create_record(*info_, {});
    if (info_ == &register_of<ProjectSettings>()) static_cast<ProjectSettings&>(record).start = Minute::at(day_at(0), 8 * 60);
    if (info_ == &register_of<AgendaItem>()) static_cast<AgendaItem&>(record).order = std::format("{:03}V", line_);
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (columns_[i] == "key") { keys_[cells[i]] = record.id; continue; }
      PMO_TRY_VOID(set(record, columns_[i], cells[i]));
    }
    return {};
  }

  // "+106..+114": a record for each day of work from the first to the last.
  Result<void> read_days(std::vector<std::string> cells, std::size_t column) {
    const std::string cell = cells[column];
    const auto dots = cell.find("..");
    const auto first = integer(std::string_view(cell).substr(0, dots)), last = integer(std::string_view(cell).substr(dots + 2));
    if (!first || !last) return wrong(cell);
    const Calendar* calendar = project_.find(Ref<Calendar>{calendar_});
    for (auto day = *first; day <= *last; ++day) {
      if (calendar && !works(*calendar, start_ + static_cast<std::int32_t>(day))) continue;
      cells[column] = std::format("+{}", day);
      PMO_TRY_VOID(read_record(cells));
    }
    return {};
  }

  Result<void> set(Record& record, std::string_view column, const std::string& cell) {
    const auto* field = info_->find(column);
    if (!field) return wrong(column);
    if (cell.empty()) return {};
    auto value = value_of(*field, cell);
    if (!value) return wrong(cell);
    return transaction_.set(record, *info_, *field, std::move(*value));
  }

  std::string localized(const std::string& cell) const {
    const auto tilde = cell.find(" ~ ");
    auto text = tilde == std::string::npos ? cell
                : language_ == Language::english ? cell.substr(0, tilde) : cell.substr(tilde + 3);
    for (auto at = text.find("\\n"); at != std::string::npos; at = text.find("\\n")) text.replace(at, 2, "\n");
    return text;
  }

  // So many days after the start.
  Day day_at(std::int64_t days) {
    const Day written = start_ + static_cast<std::int32_t>(days);
    if (!moved_) return written;
    const Calendar* calendar = project_.find(Ref<Calendar>{calendar_});
    if (written >= moved_->from || !calendar) return moved_->to + (written - moved_->from);
    auto& moved = moved_days_[calendar_];
    if (moved.empty()) moved = moved_days(start_, moved_->from, moved_->to, [&](Day day) { return works(*calendar, day); });
    return moved[static_cast<std::size_t>(days)];
  }

  std::optional<std::int64_t> day(std::string_view cell) {
    if (cell.starts_with('+')) {
      const auto days = integer(cell);
      return days ? std::optional<std::int64_t>(day_at(*days).value) : std::nullopt;
    }
    const auto day = Day::parse(cell);
    return day ? std::optional<std::int64_t>(day->value) : std::nullopt;
  }

  std::optional<std::int64_t> moment(const std::string& cell) {
    const auto t = cell.find('T');
    const auto days = day(std::string_view(cell).substr(0, t));
    if (!days) return {};
    const auto midnight = Minute::at({static_cast<std::int32_t>(*days)});
    if (t == std::string::npos) return midnight.value;
    const auto parsed = Minute::parse(midnight.day().text() + cell.substr(t));
    return parsed ? std::optional(parsed->value) : std::nullopt;
  }

  // "external.k": the choice that the project adds under the key k.
  std::optional<Value> own_choice(const std::string& cell) const {
    const auto base = base_choice(cell);
    if (base.size() == cell.size()) return cell;
    const auto own = keys_.find(cell.substr(base.size() + 1));
    return own == keys_.end() ? std::nullopt : std::optional<Value>(std::string(base) + "." + own->second.text());
  }

  std::optional<Value> value_of(const FieldInfo& field, const std::string& cell) {
    const auto number = [](std::optional<std::int64_t> value) { return value ? std::optional<Value>(*value) : std::nullopt; };
    switch (field.kind) {
      case Kind::text: return localized(cell);
      case Kind::choice: return own_choice(cell);
      case Kind::structured: return cell == "-" ? std::string() : cell;
      case Kind::boolean: return cell == "yes";
      case Kind::integer: return number(integer(cell));
      case Kind::permille: return number(integer(cell.substr(0, cell.find('%'))).transform([](auto v) { return v * 10; }));
      case Kind::money: return number(decimal(cell, 2));
      case Kind::number: return number(decimal(cell, 6));
      case Kind::work: return number(duration(cell));
      case Kind::day: return number(day(cell));
      case Kind::minute: return number(moment(cell));
      case Kind::reference: return keys_.contains(cell) ? std::optional<Value>(keys_.at(cell)) : std::nullopt;
      case Kind::references: {
        std::vector<Id> ids;
        for (const auto& key : split(cell, ',')) {
          if (!keys_.contains(key)) return {};
          ids.push_back(keys_.at(key));
        }
        return ids;
      }
    }
    return {};
  }

  // --- the plan ---------------------------------------------------------------------------------------------

  Result<void> read_task(const std::vector<std::string>& cells) {
    auto& task = static_cast<Task&>(transaction_.create_record(*info_, {}));
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const auto& [column, cell] = std::tie(columns_[i], cells[i]);
      if (column == "level") PMO_TRY_VOID(place(task, cell));
      else if (column == "key") keys_[cell] = task.id;
      else if (column == "after") after_.push_back({task.id, cell, line_});
      else if (column == "resources") PMO_TRY_VOID(assign(task, cell));
      else PMO_TRY_VOID(set(task, column, cell));
    }
    task.milestone = task.duration == WorkMinutes{0};
    return {};
  }

  Result<void> place(Task& task, const std::string& cell) {
    const auto level = integer(cell);
    if (!level || *level < 1 || static_cast<std::size_t>(*level) > open_.size() + 1) return wrong(cell);
    open_.resize(static_cast<std::size_t>(*level) - 1);
    if (!open_.empty()) transaction_.set(task, &Task::parent, Ref<Task>{open_.back()});
    task.order = std::format("{:03}V", line_);
    open_.push_back(task.id);
    return {};
  }

  Result<void> assign(const Task& task, const std::string& cell) {
    if (cell.empty()) return {};
    for (const auto& part : split(cell, ',')) {
      const auto bracket = std::min(part.find('['), part.size());
      const auto resource = keys_.find(part.substr(0, bracket));
      if (resource == keys_.end()) return wrong(part);
      const auto percent = bracket == part.size() ? 100 : integer(part.substr(bracket + 1, part.find('%') - bracket - 1)).value_or(0);
      transaction_.create<Assignment>([&](Assignment& assignment) {
        assignment.task = {task.id};
        assignment.resource = {resource->second};
        assignment.units = {static_cast<std::int32_t>(percent * 10)};
      });
    }
    return {};
  }

  Result<void> link_tasks() {
    for (const auto& [successor, cell, line] : after_) {
      line_ = line;
      if (cell.empty()) continue;
      for (const auto& part : split(cell, ',')) PMO_TRY_VOID(link(successor, part));
    }
    return {};
  }

  // "b31SS+8d": the key, then the type (FS when absent), then the lag.
  Result<void> link(Id successor, const std::string& part) {
    const auto sign = std::min(part.find_first_of("+-"), part.size());
    auto key = part.substr(0, sign);
    auto type = LinkType::finish_to_start;
    constexpr std::string_view codes[] = {"FS", "SS", "FF", "SF"};
    for (int i = 0; i < 4; ++i)
      if (key.ends_with(codes[i])) {
        type = static_cast<LinkType>(i);
        key.resize(key.size() - 2);
        break;
      }
    const auto predecessor = keys_.find(key);
    const auto lag = sign == part.size() ? std::optional<std::int64_t>(0) : duration(std::string_view(part).substr(sign + 1));
    if (predecessor == keys_.end() || !lag) return fail("error.sample.cell"_key, {part}, std::format("line {}", line_));
    transaction_.create<Link>([&](Link& link) {
      link.predecessor = {predecessor->second};
      link.successor = {successor};
      link.type = type;
      link.lag = part[sign] == '-' ? -*lag : *lag;
    });
    return {};
  }

  struct After { Id successor; std::string cell; int line; };

  Transaction transaction_;
  Project& project_;
  Language language_;
  Day start_;
  std::optional<Moved> moved_;
  std::map<Id, std::vector<Day>> moved_days_;  // by calendar
  Id calendar_;                                // by which the days of the current row are counted
  int line_ = 0;
  bool plan_ = false;
  const RegisterInfo* info_ = nullptr;
  std::vector<std::string> columns_;
  std::map<std::string, Id> keys_;
  std::vector<Id> open_;  // the summary tasks above the current line
  std::vector<After> after_;
};

// The part of the templates' text that belongs to the register; empty: none.
std::string_view template_of(const RegisterInfo& info) {
  const auto text = templates_sample();
  const std::string heading = "@template " + info.name + "\n";
  const auto at = text.find(heading);
  if (at == std::string_view::npos) return {};
  const auto part = text.substr(at + heading.size());
  return part.substr(0, part.find("@template "));
}

}  // namespace

Result<void> read_sample(std::string_view text, Project& project, Language language, Day start) {
  return Reader(project, language, start, "transaction.sample"_key).read(text);
}

bool has_template(const RegisterInfo& info) { return !template_of(info).empty(); }

Result<void> apply_template(const RegisterInfo& info, Project& project, Language language, Day start) {
  const auto text = template_of(info);
  if (text.empty()) return fail("error.sample.no_template"_key, {argument_of(info.label_key())});
  return Reader(project, language, start, "transaction.template"_key).read(text);
}

Result<void> make_sample_project(Project& project, Language language, Day day) {
  constexpr int days_under_way = 18 * 7;  // as the text has it
  constexpr Day written = usual_sample_day - usual_sample_day.weekday();
  PMO_TRY_VOID(Reader(project, language, written - days_under_way, "transaction.sample"_key, Reader::Moved{written, day - day.weekday()}).read(library_sample()));
  // The plan's working time is the standard calendar.
  const auto& settings = project.all<ProjectSettings>().at(0);
  Transaction transaction(project, "transaction.sample"_key);
  transaction.set(settings, &ProjectSettings::calendar, Ref<Calendar>{project.all<Calendar>().at(0).id});
  auto commit = transaction.commit();
  return commit ? Result<void>{} : std::unexpected(commit.error());
}

}  // namespace pmo
