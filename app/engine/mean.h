// A mean that is added up answer by answer.
#pragma once

#include <cstdint>
#include <optional>

namespace pmo::engine {

struct Mean {
  double sum = 0;
  int count = 0;
  void add(std::int64_t score) { sum += static_cast<double>(score), ++count; }
  std::optional<double> value() const { return count > 0 ? std::optional(sum / count) : std::nullopt; }  // none without answers
};

}  // namespace pmo::engine
