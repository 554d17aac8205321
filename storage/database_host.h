// Where databases live: a browser keeps them in IndexedDB and needs time to fetch them; tests keep them in memory.
// Names are plain: "workspace", "project-<id>".
#pragma once

#include <functional>
#include <map>

#include "storage/database.h"

namespace pmo::storage {

enum class SaveState : unsigned char { saved, saving, not_saved, read_only, memory_only };

struct HostStatus {
  SaveState state = SaveState::saved;
  Error reason = {};           // not_saved, read_only, memory_only: why, and what to do
  std::uint64_t bytes = 0;     // used by all databases
  bool persistent = false;     // the browser promised not to throw the data away
};

class DatabaseHost {
 public:
  virtual ~DatabaseHost() = default;

  // Brings a database within reach (an empty one when it is new) and calls back, at once or in a later work().
  virtual void load(const std::string& name, std::function<void(Result<void>)> loaded) = 0;
  // A connection to a loaded database. Close it before unload() or remove().
  virtual Result<Database> open(const std::string& name) = 0;
  virtual void unload(const std::string& name) = 0;  // what is committed is still written
  virtual void remove(const std::string& name) = 0;

  virtual HostStatus status() const = 0;
  virtual void flush() = 0;  // writes everything committed as soon as possible, durably
  virtual bool work() = 0;   // lets answers come in; true while something is under way
};

// Databases in memory that last as long as the host.
class MemoryHost final : public DatabaseHost {
 public:
  void load(const std::string& name, std::function<void(Result<void>)> loaded) override;
  Result<Database> open(const std::string& name) override;
  void unload(const std::string&) override {}
  void remove(const std::string& name) override;
  HostStatus status() const override { return {.state = SaveState::memory_only, .reason = {"storage.memory_only"_key, {}}}; }
  void flush() override {}
  bool work() override { return false; }

 private:
  // One connection a database stays open, so that its memory outlives the others.
  std::map<std::string, Database> kept_;
};

}  // namespace pmo::storage
