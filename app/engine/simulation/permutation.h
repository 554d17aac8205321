// The order in which a quantity of a simulation takes its strata: nothing is drawn in sequence (simulation.h, S1).
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "app/engine/random.h"
#include "app/engine/simulation/distribution.h"

namespace pmo::engine::simulation {

inline constexpr int batch_size = Sampler::strata;  // iterations of a batch

// A bijection of 0..1023 with a pseudo-random key: multiplication by odd numbers and folding high bits into low ones
// can both be undone. Branch-free, so that a compiler makes vector code of it.
class Permutation {
 public:
  Permutation(std::uint64_t seed, std::uint64_t stream, std::uint64_t batch) {
    std::uint64_t first = random_at(seed, stream, 2 * batch), second = random_at(seed, stream, 2 * batch + 1);
    for (int round = 0; round < rounds; ++round) {
      multiply_[round] = static_cast<std::uint32_t>(first & (batch_size - 1)) | 1;
      add_[round] = static_cast<std::uint32_t>(second & (batch_size - 1));
      first >>= 12;
      second >>= 12;
    }
    salt_ = static_cast<std::uint32_t>(first ^ second << 16 ^ batch * 0x9E3779B9u ^ stream * 0x85EBCA6Bu);
  }

  void strata(std::uint32_t from, std::span<unsigned short> out) const {
    const auto m = multiply_, a = add_;
    for (std::uint32_t k = 0; k < out.size(); ++k) {
      std::uint32_t x = from + k;
      for (int round = 0; round < rounds; ++round) {
        x = (x * m[round] + a[round]) & (batch_size - 1);
        x ^= x >> 5;
      }
      out[k] = static_cast<unsigned short>(x);
    }
  }
  // Places within the strata: [0, 1) with 24 bits.
  void within(std::uint32_t from, std::span<float> out) const {
    for (std::uint32_t k = 0; k < out.size(); ++k) {
      std::uint32_t x = (from + k) * 0x9E3779B1u + salt_;
      x = (x ^ x >> 16) * 0x85EBCA6Bu;
      x = (x ^ x >> 13) * 0xC2B2AE35u;
      x ^= x >> 16;
      out[k] = static_cast<float>(static_cast<std::int32_t>(x >> 8)) * 0x1p-24f;
    }
  }

 private:
  static constexpr int rounds = 4;
  std::array<std::uint32_t, rounds> multiply_, add_;
  std::uint32_t salt_;
};

// Every random quantity has a stream of its own.
enum class Stream : std::uint64_t { duration, cost, event, effect = 4, common_factor };  // numbers stay: a seed keeps its results
constexpr std::uint64_t stream_of(Stream kind, std::uint64_t index) { return static_cast<std::uint64_t>(kind) << 56 | index; }

}  // namespace pmo::engine::simulation
