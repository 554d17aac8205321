// Databases in memory, written behind to a store that answers later (IndexedDB in a browser, a simulation in tests).
//
//            commit                       acknowledged, nothing new
//   Saved ───────────▶ Saving ─────────────────────────────────────▶ Saved
//                       │   ▲ again, with the union of what is missing
//     no space, or for  │   │
//     the third time    ▼   │                 somebody else wrote
//     no success      NOT SAVED               Saving ──────────────▶ Read-only, until the database is loaded again
//
//   H1  one flush a database is in flight; later commits wait and coalesce
//   H2  the state is Saved only when every commit was acknowledged
//   H3  after a fence (somebody else wrote) nothing is written any more, and SQLite refuses to begin a write
//   H4  a write that is not answered in time is given up and repeated over a new connection; should the first one come
//       through after all, the fence keeps it from undoing the second
//   H5  nothing is written before loading has finished, and nothing over a damaged image before that was laid aside
//   H6  what was loaded has the head's size and digest, looks like SQLite's, and passes quick_check (up to 16 MB)
//   H7  what the store has lost and a second copy still has is written back as soon as it is loaded
//   H8  what can no longer be saved, because somebody else wrote, is set aside as a snapshot before it is given up
//   H9  what was removed from outside is written again, whole, and told; what is loaded then becomes a snapshot as soon as
//       there is room. In doubt everything that is loaded is written once more, which shows whether it is still there
//   H10 where a snapshot is left, a database is never taken for a new, empty one
#pragma once

#include <set>

#include "storage/database_host.h"
#include "storage/vfs/page_store.h"
#include "storage/vfs/vfs.h"

namespace pmo::storage {

class MirrorHost final : public DatabaseHost {
 public:
  // The writer's name tells this window from all others; empty draws one.
  explicit MirrorHost(PageStore& store, std::string vfs_name = "pmo", std::string writer = {});
  ~MirrorHost() override;

  void load(const std::string& name, std::function<void(Result<void>)> loaded) override;
  Result<Database> open(const std::string& name) override;
  void unload(const std::string& name) override;
  void remove(const std::string& name) override;
  void give_up(const std::string& name, std::function<void(Result<void>)> given_up) override;
  void list_names(std::function<void(KeptNames)> listed) override;

  void snapshots(const std::string& name, std::function<void(std::vector<SnapshotInfo>)> listed) override;
  void take_snapshot(const std::string& name, SnapshotReason reason, std::function<void(Result<void>)> taken) override;
  void forget_past(const std::string& name, std::function<void(Result<void>)> forgotten) override;
  void restore(const std::string& name, std::uint64_t id, std::function<void(Result<void>)> restored) override;
  void take_over(const std::string& name, std::function<void(Result<void>)> taken) override;
  std::optional<Error> notice(const std::string& name) override;

  bool read_only(const std::string& name) const override;
  BlobStore& blobs() override { return store_.blobs(); }
  HostStatus status() const override;
  void flush() override;
  bool working() const override;

  // For "the state changed": called whenever status() may answer differently.
  std::function<void()> on_change;
  MirrorVfs& vfs() { return vfs_; }
  Flaw flaw = Flaw::none;

 private:
  struct Kept {
    MirroredFile* file = nullptr;
    Head stored;                  // the last head known to be stored
    std::uint32_t epoch = 0;      // of our writes
    bool in_flight = false, scheduled = false, unloading = false, releasing = false;
    int attempt = 0;
    FlushOutcome last = FlushOutcome::done;
    int failures = 0;             // since the last success
    bool silent = false;          // the last failure was no answer at all
    bool state_wanted = false, state_on_its_way = false;  // a snapshot, because all others were removed
    int state_failures = 0;
    std::uint64_t set_aside = 0;  // the commit that became a snapshot after a fence
    std::optional<Error> notice;
  };
  using Loaded = std::function<void(Result<void>)>;

  Kept& keep(const std::string& name, Bytes image, const StoredImage& stored, std::uint64_t commit);
  void arrived(const std::string& name, StoredImage image, const Loaded& loaded);
  void take_empty(const std::string& name, StoredImage image, const Loaded& loaded);
  void heal(const std::string& name, StoredImage damaged, const Loaded& loaded);
  bool replace(const std::string& name, Bytes image, const StoredImage& damaged, Error notice);
  void heal_from(const std::string& name, StoredImage damaged, std::vector<SnapshotInfo> left, const Loaded& loaded);
  Result<void> check(const std::string& name);

  void put_snapshot(const std::string& name, SnapshotReason reason, std::size_t keep, Loaded put);
  void committed(const std::string& name);
  void schedule(const std::string& name, int milliseconds);
  void write_behind(const std::string& name);
  void set_aside(const std::string& name, Kept& kept);
  static bool needs_keeping(const Kept& kept);  // something is neither saved nor set aside
  static bool is_set_aside(const Kept& kept);
  void answered(const std::string& name, int attempt, const Head& head, FlushOutcome outcome, bool silent = false);
  void doubt(bool removed);
  void keep_state(const std::string& name);
  void failed(const std::string& name, Kept& kept);
  void let_go(const std::string& name);
  void refresh(const std::string& name);
  bool take_up(const std::string& name, Kept& kept, StoredImage& image);
  void set_down(const std::string& name);  // out of memory; the store keeps it for this window
  void drop(const std::string& name);
  void tell() const { if (on_change) on_change(); }

  PageStore& store_;
  MirrorVfs vfs_;
  std::string writer_;
  std::map<std::string, Kept> kept_;
  std::multiset<std::string> loading_;
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);  // answers may come when the host is gone
};

// Whether an image can be what its head says: size, digest, SQLite's header.
Result<void> check_image(const Bytes& bytes, std::uint64_t file_size, std::uint64_t digest);

inline constexpr int write_patience = 10'000;            // milliseconds
inline constexpr int tries_before_alarm = 3;             // lost connections in a row
inline constexpr std::size_t snapshots_kept = 5;
inline constexpr std::size_t quick_check_limit = 16u << 20;

}  // namespace pmo::storage
