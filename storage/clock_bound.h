// Holds the stamps of what comes from outside to what can be: one from a far future would be beyond all that anybody writes
// from then on, and every copy that takes it would be ahead for good.
#pragma once

#include "app/model/project.h"

namespace pmo::storage {

class ClockBound {
 public:
  explicit ClockBound(Surroundings& surroundings) : now_(surroundings.milliseconds()) {}

  // error.bundle.future
  Result<void> check(const Stamp& stamp, const std::string& place) const;
  Result<void> check(const VersionVector& vector, const std::string& place) const;
  Result<void> check(const Commit& commit, const std::string& place) const;
  // All that the record names, what its deleter had seen included.
  Result<void> check(const Record& record, const std::string& place) const;
  Result<void> check(const Conflict& conflict, const std::string& place) const { return check(std::max(conflict.winner, conflict.loser), place); }

 private:
  std::uint64_t now_;
};

}  // namespace pmo::storage
