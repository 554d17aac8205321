// Databases in memory, written behind to a store that answers later (IndexedDB in a browser, a simulation in tests).
//
//            commit                       acknowledged, nothing new
//   Saved ───────────▶ Saving ─────────────────────────────────────▶ Saved
//                        │  ▲ retry, with the union of what is missing
//                  failed ▼  │
//                     NOT SAVED            another window wrote: Read-only, for good
//
//   H1  one flush a database is in flight; later commits wait and coalesce
//   H2  the state is Saved only when every commit was acknowledged
//   H3  after a fence (somebody else wrote) nothing is written any more
#pragma once

#include "storage/database_host.h"
#include "storage/vfs/vfs.h"

namespace pmo::storage {

enum class FlushOutcome : unsigned char {
  done,      // acknowledged durably
  quota,     // no space
  lost,      // the connection broke or never answered
  fenced,    // another writer was there
};

struct StoredImage {
  Bytes bytes;
  std::uint64_t commit = 0;
  bool writable = true;  // false: another window holds the database
};

// The side that answers later. Every call is answered exactly once.
class PageStore {
 public:
  virtual ~PageStore() = default;
  virtual void load(const std::string& name, std::function<void(Result<StoredImage>)> loaded) = 0;
  // Writes all blocks, deletes what lies beyond the end, and sets the head, in one transaction, if the stored head is
  // still the commit `expected` or was written by this store itself.
  virtual void write(const std::string& name, Flush flush, std::uint64_t expected, std::function<void(FlushOutcome)> done) = 0;
  virtual void release(const std::string& name) = 0;  // another window may take it
  virtual void remove(const std::string& name) = 0;
  virtual void after(int milliseconds, std::function<void()> run) = 0;
  virtual bool persistent() const = 0;  // whether anything outlives the window
  virtual bool protected_from_eviction() const = 0;
};

class MirrorHost final : public DatabaseHost {
 public:
  explicit MirrorHost(PageStore& store, std::string vfs_name = "pmo");

  void load(const std::string& name, std::function<void(Result<void>)> loaded) override;
  Result<Database> open(const std::string& name) override;
  void unload(const std::string& name) override;
  void remove(const std::string& name) override;
  HostStatus status() const override;
  void flush() override;
  bool work() override;

  // For "the state changed": called whenever status() may answer differently.
  std::function<void()> on_change;
  MirrorVfs& vfs() { return vfs_; }

 private:
  struct Kept {
    MirroredFile* file = nullptr;
    bool in_flight = false, scheduled = false, unloading = false;
    FlushOutcome last = FlushOutcome::done;
    int failures = 0;
  };

  void committed(const std::string& name);
  void write_behind(const std::string& name);
  void finished(const std::string& name, const Flush& flush, FlushOutcome outcome);
  void drop(const std::string& name);

  PageStore& store_;
  MirrorVfs vfs_;
  std::map<std::string, Kept> kept_;
};

}  // namespace pmo::storage
