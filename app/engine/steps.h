// Work that goes on in steps and is still written as one function, which says co_yield where it may pause, with the share
// that is done; a part of it may be such work itself:
//
//   Steps compare(const Project& a, const Project& b, Comparison& result) {
//     result.names = names_of(a, b);
//     co_yield 0.1f;
//     co_yield PartOfWork{compute(a, result.first), 0.1f, 0.5f};
//     co_yield PartOfWork{compute(b, result.second), 0.5f, 1.0f};
//   }
//
// It begins with the first step(). What it works on must outlive it; to give it up is to destroy it.
#pragma once

#include <coroutine>
#include <cstdlib>
#include <optional>
#include <utility>

namespace pmo::engine {

class Steps {
 public:
  struct promise_type;

  Steps(Steps&& other) noexcept : work_(std::exchange(other.work_, {})) {}
  Steps& operator=(Steps&&) = delete;
  ~Steps() {
    if (work_) work_.destroy();
  }

  void step();  // not when it is finished
  bool finished() const { return work_.done(); }
  float share() const;  // of what is done, 0 to 1
  void run() {
    while (!finished()) step();
  }

 private:
  explicit Steps(std::coroutine_handle<promise_type> work) : work_(work) {}
  std::coroutine_handle<promise_type> work_;
};

// A part of some work: what is done of the whole before and after it.
struct PartOfWork {
  Steps steps;
  float from = 0, to = 1;
};

struct Steps::promise_type {
  float done = 0;
  std::optional<PartOfWork> part;

  Steps get_return_object() { return Steps(std::coroutine_handle<promise_type>::from_promise(*this)); }
  std::suspend_always initial_suspend() noexcept { return {}; }
  std::suspend_always final_suspend() noexcept { return {}; }
  std::suspend_always yield_value(float share) noexcept {
    done = share;
    return {};
  }
  std::suspend_always yield_value(PartOfWork next) noexcept {
    part.emplace(std::move(next));
    return {};
  }
  void return_void() noexcept { done = 1; }
  void unhandled_exception() noexcept { std::abort(); }  // nothing of ours throws
};

inline void Steps::step() {
  promise_type& promise = work_.promise();
  if (!promise.part) return work_.resume();
  PartOfWork& part = *promise.part;
  part.steps.step();
  promise.done = part.from + (part.to - part.from) * part.steps.share();
  if (part.steps.finished()) promise.part.reset();
}

inline float Steps::share() const { return work_.promise().done; }

}  // namespace pmo::engine
