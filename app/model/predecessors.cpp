#include "app/model/predecessors.h"

#include <algorithm>

#include "app/model/describe_record.h"
#include "app/model/letters.h"

namespace pmo {
namespace {

constexpr std::string_view type_names[] = {"FS", "SS", "FF", "SF"};

std::vector<std::string> entries(std::string_view text) {
  std::vector<std::string> list;
  std::string entry;
  constexpr std::string_view wide[] = {"，", "；", "、"};
  while (!text.empty()) {
    std::size_t skip = text.front() == ',' || text.front() == ';' ? 1 : 0;
    for (const auto separator : wide)
      if (text.starts_with(separator)) skip = separator.size();
    if (skip == 0) {
      entry += text.front();
      text.remove_prefix(1);
      continue;
    }
    list.push_back(std::move(entry));
    entry.clear();
    text.remove_prefix(skip);
  }
  list.push_back(std::move(entry));
  return list;
}

// Whether a name can end before this: "1" names nothing in "12" and in "1.2".
bool ends_name(std::string_view rest) {
  if (rest.starts_with('.')) rest.remove_prefix(1);
  return rest.empty() || !is_digit(rest.front());
}

// The longest name that the entry begins with; takes it off.
std::optional<Id> take_task(std::string& entry, const TaskNames& names) {
  constexpr std::size_t longest_name = 200;  // an entry can be as long as a file
  const std::string small = lower(std::string_view(entry).substr(0, longest_name));
  for (std::size_t length = small.size(); length > 0; --length) {
    if (!ends_name(std::string_view(entry).substr(length))) continue;
    const auto found = names.find(std::string_view(small).substr(0, length));
    if (found == names.end()) continue;
    entry.erase(0, length);
    return found->second;
  }
  return {};
}

bool take_type(std::string& rest, LinkType& type) {
  const std::string small = lower(rest.substr(0, 2));
  for (std::size_t i = 0; i < std::size(type_names); ++i) {
    if (small != lower(type_names[i])) continue;
    type = static_cast<LinkType>(i);
    rest = plain_text(rest.substr(2));
    return true;
  }
  return false;
}

Result<Predecessor> read_entry(const std::string& entry, Id successor, const TaskNames& names, const Scales& scales) {
  Predecessor predecessor;
  std::string rest = entry;
  const auto task = take_task(rest, names);
  if (!task) return fail("error.predecessors.unknown"_key, {entry});
  if (*task == successor) return fail("error.predecessors.itself"_key, {entry});
  predecessor.task = *task;
  rest = plain_text(rest);
  if (!rest.empty() && rest.front() != '+' && rest.front() != '-' && !take_type(rest, predecessor.type))
    return fail("error.predecessors.form"_key, {entry});
  if (rest.empty()) return predecessor;
  const auto lag = parse_lag(rest, scales);
  if (!lag || (rest.front() != '+' && rest.front() != '-')) return fail("error.predecessors.form"_key, {entry});
  predecessor.lag = lag->size;
  predecessor.unit = lag->unit;
  return predecessor;
}

}  // namespace

Predecessor predecessor_of(const Link& link) { return {link.predecessor.id, link.type, link.lag, link.lag_unit}; }

std::string_view link_type_text(LinkType type) { return type_names[static_cast<std::size_t>(type)]; }

std::string lag_text(std::int64_t lag, LagUnit unit, const Scales& scales) {
  if (lag == 0) return {};
  std::string text = lag < 0 ? "-" : "+";
  const std::int64_t size = lag < 0 ? -lag : lag;
  const std::string elapsed = is_elapsed(unit) ? "e" : "";
  if (is_percent(unit)) {
    text += format_percent({static_cast<std::int32_t>(size)});
    return text.insert(text.size() - 1, elapsed);
  }
  const std::int64_t day = unit == LagUnit::elapsed ? Minute::per_day : scales.minutes_per_day;
  if (day > 0 && size % day == 0) return text + std::to_string(size / day) + elapsed + "d";
  if (size % 60 == 0) return text + std::to_string(size / 60) + elapsed + "h";
  return text + std::to_string(size) + elapsed + "m";
}

std::string predecessor_text(const Predecessor& predecessor, const Outline& outline, const Scales& scales) {
  const auto row = outline.find(predecessor.task);
  if (!row) return {};
  std::string text = std::to_string(*row + 1);
  if (predecessor.type != LinkType::finish_to_start || predecessor.lag != 0) text += link_type_text(predecessor.type);
  return text + lag_text(predecessor.lag, predecessor.unit, scales);
}

Result<Lag> parse_lag(std::string_view text, const Scales& scales) {
  const std::string plain = plain_text(text);
  std::string_view rest = plain;
  if (rest.empty()) return Lag{};
  const bool negative = rest.front() == '-';
  if (negative || rest.front() == '+') rest.remove_prefix(1);
  Lag lag;
  if (rest.ends_with("e%") || rest.ends_with("E%")) {
    lag = {PMO_TRY(parse_percent(rest.substr(0, rest.size() - 2))).value, LagUnit::elapsed_percent};
  } else if (rest.ends_with('%')) {
    lag = {PMO_TRY(parse_percent(rest)).value, LagUnit::percent};
  } else {
    const Duration duration = PMO_TRY(parse_duration(rest, scales));
    lag = {duration.minutes.value, duration.elapsed ? LagUnit::elapsed : LagUnit::working};
  }
  if (negative) lag.size = -lag.size;
  return lag;
}

TaskNames task_names(const Outline& outline, const Project& project) {
  constexpr int deepest_number = 100;  // a number is as long as its task is deep
  TaskNames names;
  for (std::size_t row = 0; row < outline.size(); ++row) names.emplace(std::to_string(row + 1), outline[row].task->id);
  for (std::size_t row = 0; row < outline.size(); ++row) {
    const Task& task = *outline[row].task;
    if (outline[row].level < deepest_number) names.try_emplace(outline.number(row), task.id);
    names.try_emplace(lower(record_number(project, register_of<Task>(), task)), task.id);
  }
  return names;
}

Result<std::vector<Predecessor>> parse_predecessors(std::string_view text, Id successor, const TaskNames& names, const Scales& scales) {
  std::vector<Predecessor> list;
  for (const auto& written : entries(text)) {
    const std::string entry = plain_text(written);
    if (entry.empty()) continue;
    const Predecessor predecessor = PMO_TRY(read_entry(entry, successor, names, scales));
    const auto same = [&](const Predecessor& other) { return other.task == predecessor.task && other.type == predecessor.type; };
    if (std::ranges::any_of(list, same)) return fail("error.predecessors.twice"_key, {entry});
    list.push_back(predecessor);
  }
  return list;
}

}  // namespace pmo
