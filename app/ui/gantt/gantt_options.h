// What a Gantt chart shows, and that as text: kept between visits, and in saved views beside the lines of the table
// (app/ui/table/saved_view.h):
//
//   chart critical links constraints        what is on
//   chart.label none|name|resources
//   chart.baseline ID                       one line for each
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/model/records/baseline.h"

namespace pmo::ui {

enum class BarLabel : unsigned char { none, name, resources };

struct GanttOptions {
  bool critical = true;  // critical tasks in their own colour
  bool links = true;
  bool total_float = false;
  bool constraints = true;  // marked where their dates are
  bool progress_line = false;
  BarLabel label = BarLabel::name;
  std::vector<Ref<Baseline>> baselines;  // shown below the bars, at most most_baselines; the progress line is against the first

  friend bool operator==(const GanttOptions&, const GanttOptions&) = default;
};

std::string write_options(const GanttOptions& options);
// None when the text says nothing of a chart. What it does not know is passed over.
std::optional<GanttOptions> read_options(std::string_view text);

}  // namespace pmo::ui
