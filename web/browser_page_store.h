// The page store of a browser: IndexedDB, reached through the TypeScript host (web/host/store.ts).
#pragma once

#include "storage/vfs/mirror_host.h"

namespace pmo::web {

class BrowserPageStore final : public storage::PageStore {
 public:
  void load(const std::string& name, std::function<void(Result<storage::StoredImage>)> loaded) override;
  void write(const std::string& name, storage::Flush flush, std::uint64_t expected,
             std::function<void(storage::FlushOutcome)> done) override;
  void release(const std::string& name) override;
  void remove(const std::string& name) override;
  void after(int milliseconds, std::function<void()> run) override;
  bool persistent() const override { return persistent_; }
  bool protected_from_eviction() const override { return protected_; }

  // ---- For the page: the host's answers ----
  // Makes room for an image and returns where its bytes go.
  std::uint8_t* image_arriving(int request, std::uint64_t size, std::uint64_t commit, bool writable);
  void image_arrived(int request);
  void image_failed(int request, std::string reason);
  void written(int request, storage::FlushOutcome outcome);
  void time_is_up(int request);
  void known(bool persistent, bool is_protected) { persistent_ = persistent; protected_ = is_protected; }

 private:
  struct Load {
    std::function<void(Result<storage::StoredImage>)> loaded;
    storage::StoredImage image;
  };
  std::map<int, Load> loads_;
  std::map<int, std::function<void(storage::FlushOutcome)>> writes_;
  std::map<int, std::function<void()>> timers_;
  int last_request_ = 0;
  bool persistent_ = true, protected_ = false;
};

}  // namespace pmo::web
