#include "app/model/order_key.h"

#include <algorithm>
#include <cassert>

namespace pmo {
namespace {

constexpr std::string_view digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
constexpr int base = static_cast<int>(digits.size());
constexpr std::size_t head_length = 4;  // digits that count up when keys are added at an end
constexpr int head_end = base * base * base * base;

int digit(std::string_view key, std::size_t at, int otherwise) {
  return at < key.size() ? static_cast<int>(digits.find(key[at])) : otherwise;
}

bool is_key(std::string_view key) {
  return !key.empty() && key.back() != digits[0] && key.find_first_not_of(digits) == std::string_view::npos;
}

int head_of(std::string_view key) {
  int head = 0;
  for (std::size_t at = 0; at < head_length; ++at) head = head * base + digit(key, at, 0);
  return head;
}

std::string key_of(int head) {
  std::string key(head_length, digits[0]);
  for (std::size_t at = head_length; at-- > 0; head /= base) key[at] = digits[static_cast<std::size_t>(head % base)];
  key.resize(key.find_last_not_of(digits[0]) + 1);
  return key;
}

// Half way, with as few digits as possible.
std::string middle(std::string_view low, std::string_view high) {
  std::string key;
  bool bounded = !high.empty();
  for (std::size_t at = 0;; ++at) {
    const int from = digit(low, at, 0), to = bounded ? digit(high, at, 0) : base;
    if (to - from > 1) return key + digits[static_cast<std::size_t>((from + to) / 2)];
    key += digits[static_cast<std::size_t>(from)];
    if (to != from) bounded = false;  // below the upper key already: only the lower one counts from here
  }
}

}  // namespace

bool has_room(std::string_view low, std::string_view high) {
  return (low.empty() || is_key(low)) && (high.empty() || is_key(high)) && (high.empty() || low < high);
}

std::string order_between(std::string_view low, std::string_view high) {
  assert(has_room(low, high));
  if (high.empty() && !low.empty() && head_of(low) + base < head_end) return key_of(head_of(low) + base);
  if (low.empty() && !high.empty() && head_of(high) > base) return key_of(head_of(high) - base);
  return middle(low, high);
}

std::vector<std::string> orders_between(std::string_view low, std::string_view high, std::size_t count) {
  if (count == 0) return {};
  if (high.empty() || low.empty()) {  // at an end: one after the other
    std::vector<std::string> keys;
    for (std::size_t made = 0; made < count; ++made)
      keys.push_back(high.empty() ? order_between(made ? keys.back() : low, {}) : order_between({}, made ? keys.back() : high));
    if (!high.empty()) std::ranges::reverse(keys);
    return keys;
  }
  const auto half = order_between(low, high);
  auto keys = orders_between(low, half, count / 2);
  keys.push_back(half);
  const auto behind = orders_between(half, high, count - count / 2 - 1);
  keys.insert(keys.end(), behind.begin(), behind.end());
  return keys;
}

}  // namespace pmo
