// A mean that is added up value by value.
#pragma once

#include <optional>

namespace pmo::engine {

struct Mean {
  double sum = 0;
  int count = 0;
  void add(double value) { sum += value, ++count; }
  std::optional<double> value() const { return count > 0 ? std::optional(sum / count) : std::nullopt; }  // none without values
};

}  // namespace pmo::engine
