// Where databases live: a browser keeps them in IndexedDB and needs time to fetch them; tests keep them in memory.
// Names are plain: "workspace", "project-<id>".
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <vector>

#include "storage/blob_store.h"
#include "storage/database.h"

namespace pmo::storage {

enum class SaveState : unsigned char { saved, saving, not_saved, read_only, memory_only };

struct HostStatus {
  SaveState state = SaveState::saved;
  Error reason = {};           // not_saved, read_only, memory_only: why, and what to do
  std::uint64_t bytes = 0;     // used by all databases
  bool persistent = false;     // the browser promised not to throw the data away
  bool second_copy = true;     // has everything that was saved
};

enum class SnapshotReason : unsigned char { opened, before_import, before_migration, before_restore, asked, sealed, stranded, removed };

// The names of what is kept; not complete: a part of the store did not answer.
struct KeptNames {
  std::vector<std::string> names;
  bool complete = true;
};

struct SnapshotInfo {
  std::uint64_t id = 0;      // when it was taken: milliseconds since 1970, UTC
  std::uint64_t commit = 0;
  std::uint64_t bytes = 0;
  std::uint64_t digest = 0;
  SnapshotReason reason = SnapshotReason::asked;
};

class DatabaseHost {
 public:
  virtual ~DatabaseHost() = default;

  // Brings a database within reach (an empty one when it is new) and calls back, at once or later.
  virtual void load(const std::string& name, std::function<void(Result<void>)> loaded) = 0;
  // A connection to a loaded database. Close it before unload() or remove().
  virtual Result<Database> open(const std::string& name) = 0;
  virtual void unload(const std::string& name) = 0;  // what is committed is still written
  virtual void remove(const std::string& name) = 0;
  // Of what is damaged beyond repair and not loaded: it makes room for something else. The damaged image stays aside.
  virtual void give_up(const std::string& name, std::function<void(Result<void>)> given_up) { remove(name), given_up({}); }
  // The names of all databases that are kept, loaded or not.
  virtual void list_names(std::function<void(KeptNames)> listed) = 0;

  // Snapshots: whole copies of a loaded database at one commit. At least two generations are kept.
  virtual void snapshots(const std::string&, std::function<void(std::vector<SnapshotInfo>)> listed) { listed({}); }
  virtual void take_snapshot(const std::string&, SnapshotReason, std::function<void(Result<void>)> taken) { taken({}); }
  // The present state becomes the only one: a snapshot of it takes the place of all others and of what was laid aside as
  // damaged, and everything is written anew, so that nothing of an earlier state stays. After texts were sealed.
  virtual void forget_past(const std::string&, std::function<void(Result<void>)> forgotten) { forgotten({}); }
  // Puts a snapshot in the place of the present content, which becomes a snapshot itself. Close all connections before.
  virtual void restore(const std::string&, std::uint64_t, std::function<void(Result<void>)> restored) {
    restored(fail("error.storage.no_snapshot"_key));
  }
  // For a database that another window writes: asks it to let go. Close all connections before, open anew after.
  virtual void take_over(const std::string&, std::function<void(Result<void>)> taken) { taken({}); }
  // What happened to a database while it was loaded and its user must be told (healed from a snapshot, removed by the
  // browser); once.
  virtual std::optional<Error> notice(const std::string&) { return std::nullopt; }
  // A database that is only read here has been changed by the window that writes it: read it again.
  std::function<void(const std::string&)> on_refreshed;
  // All that was stored here has been removed from outside. What is loaded is being written again, and becomes a snapshot.
  std::function<void()> on_removed;
  // A snapshot of it was kept.
  std::function<void(const std::string&)> on_snapshot;

  // Whether a loaded database can only be read here, because another window writes it.
  virtual bool read_only(const std::string&) const { return false; }

  // The contents of attached files, of all databases together.
  virtual BlobStore& blobs() = 0;

  virtual HostStatus status() const = 0;
  virtual void flush() = 0;  // writes everything committed as soon as possible, durably
  virtual bool working() const = 0;  // something is under way
};

// Databases in memory that last as long as the host.
class MemoryHost final : public DatabaseHost {
 public:
  void load(const std::string& name, std::function<void(Result<void>)> loaded) override;
  Result<Database> open(const std::string& name) override;
  void unload(const std::string&) override {}
  void remove(const std::string& name) override;
  void list_names(std::function<void(KeptNames)> listed) override;
  BlobStore& blobs() override { return blobs_; }
  HostStatus status() const override { return {.state = SaveState::memory_only, .reason = {"storage.memory_only"_key, {}}}; }
  void flush() override {}
  bool working() const override { return false; }

 private:
  // One connection a database stays open, so that its memory outlives the others.
  std::map<std::string, Database> kept_;
  MemoryBlobs blobs_;
};

}  // namespace pmo::storage
