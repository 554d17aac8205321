#include "storage/interchange/psplib.h"

#include <algorithm>
#include <charconv>
#include <format>
#include <vector>

namespace pmo::storage {

namespace {

using engine::levelling::Capacity;
using engine::levelling::Problem;

// A text taken line by line, that knows where it is.
class PsplibLines {
 public:
  PsplibLines(std::string_view text, std::string_view file_name) : rest_(text), file_name_(file_name) {}

  bool next() {
    if (rest_.empty()) return false;
    const auto end = std::min(rest_.find('\n'), rest_.size());
    line_ = rest_.substr(0, end);
    rest_.remove_prefix(std::min(end + 1, rest_.size()));
    ++number_;
    return true;
  }
  // Moves to the line after the one that starts with `heading`.
  bool skip_to(std::string_view heading) {
    while (next())
      if (line_.starts_with(heading)) return true;
    return false;
  }
  std::string_view line() const { return line_; }
  std::unexpected<Error> error(Key message) const {
    return fail(message, {std::string(file_name_)}, std::format("{}:{}", file_name_, number_));
  }

  // The integers of the line; words between them are passed over.
  std::vector<int> integers() const {
    std::vector<int> found;
    for (const char *at = line_.data(), *end = at + line_.size(); at < end;) {
      int value = 0;
      const auto [next, status] = std::from_chars(at, end, value);
      if (status == std::errc()) found.push_back(value);
      at = status == std::errc() ? next : at + 1;
    }
    return found;
  }

 private:
  std::string_view rest_, file_name_, line_;
  int number_ = 0;
};

constexpr int most_jobs = 1'000'000;

}  // namespace

Result<Problem> read_psplib(std::string_view text, std::string_view file_name) {
  constexpr Key not_psplib = "error.psplib.format"_key;
  PsplibLines lines(text, file_name);
  const auto count_after = [&](std::string_view heading) -> int {
    if (!lines.skip_to(heading)) return -1;
    const auto found = lines.integers();
    return found.empty() ? -1 : found[0];
  };
  const int jobs = count_after("jobs");
  const int resources = count_after("  - renewable");
  const int nonrenewable = count_after("  - nonrenewable");
  if (jobs < 1 || jobs > most_jobs || resources < 0 || resources > 1000 || nonrenewable < 0) return lines.error(not_psplib);
  if (nonrenewable > 0) return lines.error("error.psplib.modes"_key);

  Problem problem;
  if (!lines.skip_to("PRECEDENCE RELATIONS") || !lines.next()) return lines.error(not_psplib);
  for (int job = 0; job < jobs; ++job) {
    if (!lines.next()) return lines.error(not_psplib);
    const auto row = lines.integers();  // job, modes, number of successors, successors
    if (row.size() < 3 || row[0] != job + 1 || static_cast<int>(row.size()) - 3 != row[2]) return lines.error(not_psplib);
    if (row[1] != 1) return lines.error("error.psplib.modes"_key);
    for (std::size_t s = 3; s < row.size(); ++s) {
      if (row[s] < 1 || row[s] > jobs) return lines.error(not_psplib);
      problem.lags.push_back({job, row[s] - 1, 0});
    }
  }
  if (!lines.skip_to("REQUESTS/DURATIONS") || !lines.next() || !lines.next()) return lines.error(not_psplib);
  for (int job = 0; job < jobs; ++job) {
    if (!lines.next()) return lines.error(not_psplib);
    const auto row = lines.integers();  // job, mode, duration, demands
    if (static_cast<int>(row.size()) != 3 + resources || row[0] != job + 1) return lines.error(not_psplib);
    auto& activity = problem.activities.emplace_back();
    activity.duration = row[2];
    for (int r = 0; r < resources; ++r)
      if (row[3 + r] != 0) activity.demands.push_back({r, row[3 + r]});
  }
  if (!lines.skip_to("RESOURCEAVAILABILITIES") || !lines.next() || !lines.next()) return lines.error(not_psplib);
  const auto available = lines.integers();
  if (static_cast<int>(available.size()) != resources) return lines.error(not_psplib);
  for (const int units : available) problem.capacities.push_back(Capacity::constant(units));
  return problem;
}

Result<std::map<std::string, BestKnown, std::less<>>> read_best_known(std::string_view text, std::string_view file_name) {
  std::map<std::string, BestKnown, std::less<>> table;
  PsplibLines lines(text, file_name);
  if (!lines.next() || !lines.line().starts_with("instance,")) return lines.error("error.psplib.best_known"_key);
  while (lines.next()) {
    std::string_view line = lines.line();
    while (line.ends_with('\r') || line.ends_with(' ')) line.remove_suffix(1);
    if (line.empty()) continue;
    const auto name_end = line.find(',');
    if (name_end == line.npos) return lines.error("error.psplib.best_known"_key);
    BestKnown row;
    const char* at = line.data() + name_end;
    const char* end = line.data() + line.size();
    for (int* value : {&row.critical_path, &row.lower_bound, &row.makespan}) {
      if (at == end || *at != ',') return lines.error("error.psplib.best_known"_key);
      const auto [next, status] = std::from_chars(at + 1, end, *value);
      if (status != std::errc()) return lines.error("error.psplib.best_known"_key);
      at = next;
    }
    table.emplace(line.substr(0, name_end), row);
  }
  return table;
}

}  // namespace pmo::storage
