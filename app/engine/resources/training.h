// Training figures. Sources: D. Kirkpatrick, "Evaluating Training Programs" (levels 2 and 4); R. Hake, "Interactive-
// engagement versus traditional methods" (1998, normalized gain); J. Phillips, "Return on Investment" (1997).
#pragma once

#include <optional>

namespace pmo::engine {

// Required less assessed level; none while either is missing. Negative: more than required.
inline std::optional<double> competency_gap(std::optional<double> required, std::optional<double> assessed) {
  if (!required || !assessed) return std::nullopt;
  return *required - *assessed;
}

// (post - pre) / (maximum - pre): the share of what could be learned that was. None without both scores or when there
// was nothing left to learn.
inline std::optional<double> learning_gain(std::optional<double> before, std::optional<double> after, double maximum) {
  if (!before || !after || maximum <= *before) return std::nullopt;
  return (*after - *before) / (maximum - *before);
}

// (benefit - cost) / cost. None without cost.
inline std::optional<double> training_return(double benefit, double cost) {
  if (cost <= 0) return std::nullopt;
  return (benefit - cost) / cost;
}

}  // namespace pmo::engine
