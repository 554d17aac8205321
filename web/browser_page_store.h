// The page store of a browser: IndexedDB, reached through the TypeScript host (web/host/store.ts). Every request has a
// number under which its answer comes.
#pragma once

#include "storage/vfs/page_store.h"

namespace pmo::web {

class BrowserPageStore final : public storage::PageStore, public storage::BlobStore {
 public:
  void load(const std::string& name, std::function<void(Result<storage::StoredImage>)> loaded) override;
  void load_second(const std::string& name, std::function<void(Result<storage::StoredImage>)> loaded) override;
  void write(const std::string& name, storage::Flush flush, const storage::Head& base,
             std::function<void(storage::FlushOutcome)> done) override;
  void reconnect() override;
  void release(const std::string& name) override;
  void remove(const std::string& name, storage::Aside damaged) override;
  void list_names(std::function<void(storage::KeptNames)> listed) override;

  void put_snapshot(const std::string& name, const storage::SnapshotInfo& info, const storage::Bytes& image,
                    std::size_t keep, std::function<void(storage::FlushOutcome)> done) override;
  void list_snapshots(const std::string& name, std::function<void(std::vector<storage::SnapshotInfo>)> listed) override;
  void get_snapshot(const std::string& name, std::uint64_t id, std::function<void(Result<storage::Bytes>)> got) override;
  void quarantine(const std::string& name, std::function<void(storage::FlushOutcome)> done) override;
  void take(const std::string& name, std::function<void(bool)> taken) override;

  storage::BlobStore& blobs() override { return *this; }
  void put(const std::string& sha256, ContentPtr content, Done done) override;
  void get(const std::string& sha256, Got got) override;
  void refer(const std::string& project, const std::set<std::string>& contents) override;
  void discard(const std::string& sha256) override;
  void find_unused(std::function<void(bool)> found) override;
  void collect() override;
  void room(std::function<void(std::optional<std::uint64_t>)> told) override;
  // Of what the host keeps under a number.
  void read_content(int number, std::uint64_t from, std::uint64_t size, std::function<void(Result<std::string>)> got);

  void after(int milliseconds, std::function<void()> run) override;
  std::uint64_t now() const override;
  bool persistent() const override { return persistent_; }
  bool protected_from_eviction() const override { return protected_; }
  bool second_copy_complete() const override { return second_copy_complete_; }

  // ---- For the page: the host's answers ----
  // Makes room for an image and returns where its bytes go.
  std::uint8_t* image_arriving(int request, std::uint64_t bytes, storage::Head head, bool writable, bool had_data, bool rescued);
  void image_arrived(int request);
  void image_failed(int request, std::string reason);
  void outcome(int request, storage::FlushOutcome outcome);
  void listed(int request, std::string_view lines);
  void time_is_up(int request);
  void known(bool persistent, bool is_protected, bool second_copy_complete) {
    persistent_ = persistent;
    protected_ = is_protected;
    second_copy_complete_ = second_copy_complete;
  }

 private:
  struct Load {
    std::function<void(Result<storage::StoredImage>)> loaded;
    storage::StoredImage image;
  };
  using Listed = std::function<void(std::string_view lines)>;
  // From the first copy or the second one; nothing when it is not there.
  void find(const std::string& sha256, bool second, std::function<void(ContentPtr)> found);

  std::map<int, Load> loads_;
  std::map<int, std::function<void(storage::FlushOutcome)>> outcomes_;
  std::map<int, Listed> lists_;
  std::map<int, std::function<void()>> timers_;
  int last_request_ = 0;
  bool persistent_ = true, protected_ = false, second_copy_complete_ = true;
};

}  // namespace pmo::web
