// Random numbers that are the same on every platform. Two kinds, both by mixing a counter (SplitMix64: Steele, Lea,
// Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014): a stream for searches that run in one
// order, and a hash of (seed, stream, counter) for simulations whose parts may be computed in any order.
#pragma once

#include <cstdint>

namespace pmo::engine {

constexpr std::uint64_t mix(std::uint64_t value) {
  value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9ull;
  value = (value ^ (value >> 27)) * 0x94D049BB133111EBull;
  return value ^ (value >> 31);
}

inline constexpr std::uint64_t golden_gamma = 0x9E3779B97F4A7C15ull;

// The number at place `counter` of stream `stream`: nothing to store, nothing to advance.
constexpr std::uint64_t random_at(std::uint64_t seed, std::uint64_t stream, std::uint64_t counter) {
  return mix(mix(mix(seed + golden_gamma) + stream * golden_gamma) + counter * golden_gamma);
}

// [0, 1) with 53 bits.
constexpr double unit_interval(std::uint64_t bits) { return static_cast<double>(bits >> 11) * 0x1p-53; }

class RandomStream {
 public:
  explicit constexpr RandomStream(std::uint64_t seed) : state_(mix(seed + golden_gamma)) {}
  constexpr std::uint64_t next() { return mix(state_ += golden_gamma); }
  constexpr double unit() { return unit_interval(next()); }
  // 0 .. bound-1, bound > 0; the bias of at most bound / 2^32 is of no account here
  constexpr int below(int bound) { return static_cast<int>((next() >> 32) * static_cast<std::uint64_t>(bound) >> 32); }

 private:
  std::uint64_t state_;
};

}  // namespace pmo::engine
