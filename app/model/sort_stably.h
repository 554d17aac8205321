// One stable sort for everything that is not sorted in a hot loop. The library's own is compiled anew for each kind of
// element and order: sixty of them were a twentieth of the code that every visitor downloads. Lists that hold many
// numbers and are sorted again and again (simulation, levelling) use std::ranges::sort.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <iterator>
#include <ranges>
#include <utility>
#include <vector>

namespace pmo {

// The places 0 … count - 1 in the order that before(context, a, b) asks for; equal ones stay as they were.
std::vector<std::uint32_t> stable_order(std::size_t count, const void* context, bool (*before)(const void*, std::size_t, std::size_t));

// As std::ranges::stable_sort, for lists with places (vector, span, array).
template <class List, class Before = std::ranges::less, class Projection = std::identity>
void sort_stably(List& list, Before before = {}, Projection projection = {}) {
  auto compare = [&](std::size_t a, std::size_t b) {
    return static_cast<bool>(std::invoke(before, std::invoke(projection, list[a]), std::invoke(projection, list[b])));
  };
  const auto order = stable_order(std::size(list), &compare, [](const void* context, std::size_t a, std::size_t b) {
    return (*static_cast<const decltype(compare)*>(context))(a, b);
  });
  std::vector<std::ranges::range_value_t<List>> sorted;
  sorted.reserve(order.size());
  for (const std::uint32_t place : order) sorted.push_back(std::move(list[place]));
  for (std::size_t i = 0; i < sorted.size(); ++i) list[i] = std::move(sorted[i]);
}

}  // namespace pmo
