// Work in turns, each of which ends at once or later by asking for the next: those that end at once do not nest, however
// many they are.
#pragma once

#include <utility>

namespace pmo {

class Turns {
 public:
  template <class Turn>
  void next(Turn turn) {
    wanted_ = true;
    if (turning_) return;
    turning_ = true;
    while (std::exchange(wanted_, false)) turn();
    turning_ = false;
  }

 private:
  bool turning_ = false, wanted_ = false;
};

}  // namespace pmo
