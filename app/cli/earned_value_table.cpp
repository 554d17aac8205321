#include "app/cli/earned_value_table.h"

#include <cmath>
#include <cstdlib>

#include "app/cli/json.h"
#include "app/cli/output.h"
#include "app/engine/control/earned_value.h"
#include "app/model/decimal_marks.h"
#include "app/model/format.h"
#include "app/model/text_grid.h"
#include "storage/interchange/encoding.h"

namespace pmo::cli {
namespace {

struct TableRow {
  double time = 0;
  std::optional<double> planned, earned, actual;
};

// "1,234,567": the first group has one to three digits, the others three.
bool are_groups(std::string_view text, char mark) {
  bool first = true;
  for (std::size_t end = 0; end != text.npos; first = false) {
    end = text.find(mark);
    const auto digits = text.substr(0, end).size();
    if (first && end == text.npos) return true;  // no groups at all
    if (first ? digits < 1 || digits > 3 : digits != 3) return false;
    text.remove_prefix(std::min(end, text.size() - 1) + 1);
  }
  return true;
}

// With the decimal mark '.' as "1,234.5", with ',' as "1.234,5". None: no number, or marks in other places.
std::optional<double> real_of(std::string_view text, char decimal_mark) {
  std::string plain(text);
  if (plain.empty() || plain.find_first_not_of("0123456789.,+-eE") != plain.npos) return {};
  const auto digits = std::min(plain.find_first_not_of("+-"), plain.size());
  const auto decimals = std::min(plain.find_first_of(std::string("eE") + decimal_mark), plain.size());
  const char group_mark = decimal_mark == '.' ? ',' : '.';
  if (decimals < digits || !are_groups(std::string_view(plain).substr(digits, decimals - digits), group_mark)) return {};
  if (plain.find(group_mark, decimals) != plain.npos) return {};
  std::erase(plain, group_mark);
  std::ranges::replace(plain, decimal_mark, '.');
  char* end = nullptr;
  const double value = std::strtod(plain.c_str(), &end);
  if (end != plain.c_str() + plain.size() || !std::isfinite(value)) return {};
  return value;
}

constexpr std::string_view column_names[] = {"AT", "PV", "EV", "AC"};
constexpr std::size_t column_count = std::size(column_names);

struct Headings {
  char separator = ',';
  std::size_t row = 0, width = 0;
  std::array<std::size_t, column_count> columns = {};  // places of the four
};

std::optional<Headings> headings_in(const TextGrid& grid, char separator) {
  for (std::size_t row = 0; row < grid.size(); ++row) {
    std::vector<std::string> names;
    for (const auto& cell : grid[row]) names.push_back(lower(plain_text(cell)));
    Headings found{separator, row, names.size(), {}};
    const bool all = std::ranges::all_of(std::views::iota(0uz, column_count), [&](std::size_t i) {
      const auto at = std::ranges::find(names, lower(column_names[i]));
      found.columns[i] = static_cast<std::size_t>(at - names.begin());
      return at != names.end();
    });
    if (all) return found;
  }
  return {};
}

class TableReader {
 public:
  TableReader(std::string_view text, std::string path) : text_(text), path_(std::move(path)) {}

  Result<std::vector<TableRow>> read() {
    for (const char separator : {',', ';', '\t'}) {
      grid_ = parse_grid(text_, separator);
      if (const auto found = headings_in(grid_, separator)) return read_below(*found);
    }
    return fail("error.earned_value.columns"_key, {path_});
  }

 private:
  Result<std::vector<TableRow>> read_below(const Headings& headings) const {
    DecimalMarks marks;
    for (const auto& cells : grid_ | std::views::drop(headings.row + 1))
      for (const std::size_t column : headings.columns)
        if (column < cells.size()) marks.take(plain_text(cells[column]));
    return read_with(headings, marks.mark({}, headings.separator).value_or('.'));
  }

  Result<std::vector<TableRow>> read_with(const Headings& headings, char decimal_mark) const {
    std::vector<TableRow> rows;
    for (std::size_t row = headings.row + 1; row < grid_.size(); ++row) {
      auto cells = grid_[row];
      for (auto& cell : cells) cell = plain_text(cell);
      while (!cells.empty() && cells.back().empty()) cells.pop_back();
      if (cells.empty()) continue;
      const auto line = std::to_string(row + 1);
      if (cells.size() > headings.width)
        return fail("error.earned_value.width"_key, {path_, line, std::to_string(cells.size()), std::to_string(headings.width)});
      std::optional<double> values[column_count];
      for (std::size_t i = 0; i < column_count; ++i) {
        const std::string cell = headings.columns[i] < cells.size() ? cells[headings.columns[i]] : "";
        if (cell.empty() && i > 0) continue;
        values[i] = real_of(cell, decimal_mark);
        if (!values[i]) return fail("error.earned_value.cell"_key, {path_, line, cell});
      }
      rows.push_back({*values[0], values[1], values[2], values[3]});
    }
    if (rows.empty()) return fail("error.earned_value.columns"_key, {path_});
    return rows;
  }

  std::string_view text_;
  std::string path_;
  TextGrid grid_;
};

Result<std::optional<double>> real_option(const Session& session, const std::string& name) {
  const auto text = session.arguments.get(name);
  if (!text) return std::optional<double>{};
  const auto value = real_of(*text, '.');
  if (!value) return fail("error.cli.number"_key, {name, *text});
  return value;
}

class TableFigures {
 public:
  TableFigures(const std::vector<TableRow>& rows, std::optional<double> budget, std::optional<double> planned_duration)
      : planned_duration_(planned_duration), planned_(planned_curve(rows, budget)) {}

  Json row_json(const TableRow& row) const {
    const auto planned = planned_value(row);
    const engine::EarnedValueAmounts amounts{planned.value_or(0), row.earned.value_or(0), row.actual.value_or(0), budget_};
    const auto f = engine::earned_value(amounts);
    const auto s = row.earned ? engine::earned_schedule(planned_, *row.earned, row.time, planned_duration_) : engine::EarnedScheduleFigures{};
    const bool of_schedule = row.earned && planned, of_cost = row.earned && row.actual;
    const auto figure = [](bool known, const std::optional<double>& value) { return number(known ? value : std::nullopt); };
    return {{"AT", row.time},
            {"SV", figure(of_schedule, f.schedule_variance)},
            {"CV", figure(of_cost, f.cost_variance)},
            {"SPI", figure(of_schedule, f.schedule_performance_index)},
            {"CPI", figure(of_cost, f.cost_performance_index)},
            {"ES", number(s.earned_schedule)},
            {"SV_t", number(s.schedule_variance)},
            {"SPI_t", number(s.schedule_performance_index)},
            {"EAC_cpi", figure(of_cost, f.estimate_typical)},
            {"EAC_budget", figure(of_cost, f.estimate_atypical)},
            {"EAC_cpi_spi", figure(of_schedule && of_cost, f.estimate_combined)},
            {"TCPI", figure(of_cost, f.to_complete_budget)},
            {"EAC_t_1", number(s.estimate_planned_pace)},
            {"EAC_t_spi", number(s.estimate_current_pace)}};
  }

 private:
  engine::Curve planned_curve(const std::vector<TableRow>& rows, std::optional<double> budget) {
    std::vector<engine::Curve::Point> points;
    double last_planned = 0, last_time = 0;
    for (const TableRow& row : rows) {
      if (!row.planned) continue;
      points.push_back({row.time, *row.planned});
      last_planned = std::max(last_planned, *row.planned);
      last_time = std::max(last_time, row.time);
    }
    budget_ = budget.value_or(last_planned);
    // A table that ends before the work does: the rest of the plan is a straight line.
    if (planned_duration_ && *planned_duration_ > last_time && last_planned < budget_) points.push_back({*planned_duration_, budget_});
    return engine::Curve(points);
  }

  // Once all was to be done, the planned value is the budget, whether or not the table goes on with it.
  std::optional<double> planned_value(const TableRow& row) const {
    if (row.planned || planned_.empty() || planned_.value_at(row.time) < budget_) return row.planned;
    return budget_;
  }

  double budget_ = 0;
  std::optional<double> planned_duration_;
  engine::Curve planned_;
};

}  // namespace

Result<void> print_table_figures(Session& session, const std::string& path) {
  const auto decoded = PMO_TRY(storage::decode_text(PMO_TRY(read_file(path))));
  const auto budget = PMO_TRY(real_option(session, "--bac"));
  const auto planned_duration = PMO_TRY(real_option(session, "--planned-duration"));
  const auto rows = PMO_TRY(TableReader(decoded.text, path).read());
  const TableFigures figures(rows, budget, planned_duration);
  Json list = Json::array();
  for (const TableRow& row : rows) list.push_back(figures.row_json(row));
  print_line(lines_of(list));
  return {};
}

}  // namespace pmo::cli
