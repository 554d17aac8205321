#include "app/model/sort_stably.h"

#include <algorithm>
#include <numeric>

namespace pmo {

std::vector<std::uint32_t> stable_order(std::size_t count, const void* context, bool (*before)(const void*, std::size_t, std::size_t)) {
  std::vector<std::uint32_t> order(count);
  std::iota(order.begin(), order.end(), 0u);
  std::ranges::stable_sort(order, [=](std::uint32_t a, std::uint32_t b) { return before(context, a, b); });
  return order;
}

}  // namespace pmo
