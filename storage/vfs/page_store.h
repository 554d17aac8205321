// The side that keeps blocks for good and answers later: IndexedDB behind the TypeScript host in a browser, a simulation
// in the tests. It holds no policy: what is written when, how often something is tried again, and what a user is told
// is decided once, in MirrorHost.
#pragma once

#include <functional>

#include "storage/database_host.h"
#include "storage/vfs/page_mirror.h"

namespace pmo::storage {

enum class FlushOutcome : unsigned char {
  done,       // acknowledged durably
  quota,      // no space
  lost,       // the connection broke, or the transaction was aborted for another reason
  fenced,     // another writer was there
  overtaken,  // a later write of ours was there (Admission)
  gone,       // nothing is stored any more
};

constexpr FlushOutcome refusal(Admission admission) {
  switch (admission) {
    case Admission::fenced: return FlushOutcome::fenced;
    case Admission::overtaken: return FlushOutcome::overtaken;
    case Admission::gone: return FlushOutcome::gone;
    case Admission::admitted: break;
  }
  return FlushOutcome::done;
}

// What becomes of an image that was laid aside as damaged when its database is removed.
enum class Aside : unsigned char { goes, stays };

struct StoredImage {
  Bytes bytes;            // what could be read, also when it does not fit the head
  Head head;              // commit 0: nothing is stored
  bool writable = true;   // false: another window holds the database
  bool had_data = false;  // a marker outside the store says that there was something
  bool rescued = false;   // from the second copy: the store itself has lost it, or does not answer
};

class PageStore {
 public:
  virtual ~PageStore() = default;

  // Every request is answered at most once: a browser's database may fall silent.
  virtual void load(const std::string& name, std::function<void(Result<StoredImage>)> loaded) = 0;
  // The second copy alone, for a database whose first one is damaged. Commit 0: there is none.
  virtual void load_second(const std::string& name, std::function<void(Result<StoredImage>)> loaded) = 0;
  // One durable transaction: compares the stored head (admission()), puts the blocks, deletes what lies beyond the end,
  // sets the head. A flush that carries every block replaces all that was there: no earlier form of them stays.
  virtual void write(const std::string& name, Flush flush, const Head& base, std::function<void(FlushOutcome)> done) = 0;
  // Gives the connection up: the next request opens a new one.
  virtual void reconnect() = 0;
  virtual void release(const std::string& name) = 0;  // another window may write it
  virtual void remove(const std::string& name, Aside damaged) = 0;  // with its snapshots
  // Of what is stored, and of what only snapshots are left.
  virtual void list_names(std::function<void(KeptNames)> listed) = 0;

  // Whole images beside the blocks. The newest `keep` of a database stay; with one, no image laid aside either.
  virtual void put_snapshot(const std::string& name, const SnapshotInfo& info, const Bytes& image, std::size_t keep,
                            std::function<void(FlushOutcome)> done) = 0;
  virtual void list_snapshots(const std::string& name, std::function<void(std::vector<SnapshotInfo>)> listed) = 0;
  virtual void get_snapshot(const std::string& name, std::uint64_t id, std::function<void(Result<Bytes>)> got) = 0;
  // Lays what is stored aside under another name, for whoever wants to save something from it.
  virtual void quarantine(const std::string& name, std::function<void(FlushOutcome)> done) = 0;

  // Asks the window that holds the database to write everything and let go; true when it is ours.
  virtual void take(const std::string& name, std::function<void(bool)> taken) = 0;

  virtual BlobStore& blobs() = 0;

  virtual void after(int milliseconds, std::function<void()> run) = 0;
  virtual std::uint64_t now() const = 0;                 // milliseconds since 1970, UTC
  virtual bool persistent() const = 0;                   // whether anything outlives the window
  virtual bool protected_from_eviction() const = 0;
  virtual bool second_copy_complete() const { return true; }

  // Set by the host: whether something is not stored yet, and what comes from other windows.
  std::function<bool()> unsaved;
  std::function<void(const std::string&)> wanted;   // another window wants to write this database
  std::function<void(const std::string&)> changed;  // another window has written it
  // All that was stored may be gone (a connection broke by itself, say), or it is known to have been removed.
  std::function<void(bool removed)> in_doubt;
};

}  // namespace pmo::storage
