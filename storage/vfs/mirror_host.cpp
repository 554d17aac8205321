#include "storage/vfs/mirror_host.h"

#include <algorithm>

namespace pmo::storage {

MirrorHost::MirrorHost(PageStore& store, std::string vfs_name) : store_(store), vfs_(std::move(vfs_name)) {}

void MirrorHost::load(const std::string& name, std::function<void(Result<void>)> loaded) {
  if (const auto known = kept_.find(name); known != kept_.end()) {
    known->second.unloading = false;
    return loaded({});
  }
  store_.load(name, [this, name, loaded = std::move(loaded)](Result<StoredImage> image) {
    if (!image) return loaded(std::unexpected(image.error()));
    auto& file = vfs_.add(name, PageMirror(std::move(image->bytes), image->commit));
    file.read_only = !image->writable;
    file.committed = [this, name] { committed(name); };
    kept_[name] = {.file = &file, .last = image->writable ? FlushOutcome::done : FlushOutcome::fenced};
    loaded({});
  });
}

Result<Database> MirrorHost::open(const std::string& name) { return Database::open(name, vfs_.name()); }

void MirrorHost::unload(const std::string& name) {
  const auto at = kept_.find(name);
  if (at == kept_.end()) return;
  at->second.unloading = true;
  if (!at->second.in_flight && !at->second.file->mirror.dirty()) drop(name);
}

void MirrorHost::drop(const std::string& name) {
  kept_.erase(name);
  vfs_.remove(name);
  store_.release(name);
}

void MirrorHost::remove(const std::string& name) {
  kept_.erase(name);
  vfs_.remove(name);
  store_.remove(name);
}

void MirrorHost::committed(const std::string& name) {
  auto& kept = kept_.at(name);
  if (!kept.scheduled && !kept.in_flight && kept.failures == 0) {
    kept.scheduled = true;
    // The next turn of the event loop, so that commits made together are written together.
    store_.after(0, [this, name] {
      if (const auto at = kept_.find(name); at != kept_.end()) at->second.scheduled = false;
      write_behind(name);
    });
  }
  if (on_change) on_change();
}

void MirrorHost::write_behind(const std::string& name) {
  const auto at = kept_.find(name);
  if (at == kept_.end()) return;
  auto& kept = at->second;
  if (kept.in_flight || kept.last == FlushOutcome::fenced || !kept.file->mirror.dirty()) return;
  kept.in_flight = true;
  auto flush = kept.file->mirror.freeze();
  const Flush receipt{.commit = flush.commit, .file_size = flush.file_size, .blocks = {}};
  store_.write(name, std::move(flush), kept.file->mirror.acknowledged(),
               [this, name, receipt](FlushOutcome outcome) { finished(name, receipt, outcome); });
}

void MirrorHost::finished(const std::string& name, const Flush& flush, FlushOutcome outcome) {
  const auto at = kept_.find(name);
  if (at == kept_.end()) return;  // removed meanwhile
  auto& kept = at->second;
  kept.in_flight = false;
  kept.last = outcome;
  if (outcome == FlushOutcome::done) {
    kept.failures = 0;
    kept.file->mirror.acknowledge(flush);
    if (kept.file->mirror.dirty()) write_behind(name);
    else if (kept.unloading) drop(name);
  } else if (outcome == FlushOutcome::fenced) {
    kept.file->read_only = true;
  } else {
    ++kept.failures;
    // Soon at first, then every half minute: space may be freed, a browser may recover.
    const int pause = std::min(30'000, 500 << std::min(kept.failures, 6));
    store_.after(pause, [this, name] { write_behind(name); });
  }
  if (on_change) on_change();
}

void MirrorHost::flush() {
  std::vector<std::string> names;
  for (const auto& [name, kept] : kept_) names.push_back(name);
  for (const auto& name : names) write_behind(name);
}

bool MirrorHost::work() {
  return std::ranges::any_of(kept_, [](const auto& entry) { return entry.second.in_flight || entry.second.scheduled; });
}

HostStatus MirrorHost::status() const {
  HostStatus status{.persistent = store_.protected_from_eviction()};
  bool dirty = false;
  FlushOutcome worst = FlushOutcome::done;
  for (const auto& [name, kept] : kept_) {
    status.bytes += kept.file->mirror.image().size();
    dirty |= kept.file->mirror.dirty();
    if (kept.last == FlushOutcome::fenced || worst == FlushOutcome::done) worst = kept.last;
  }
  if (!store_.persistent()) {
    status.state = SaveState::memory_only;
    status.reason = {"storage.memory_only"_key, {}};
  } else if (worst == FlushOutcome::fenced) {
    status.state = SaveState::read_only;
    status.reason = {"storage.read_only"_key, {}};
  } else if (worst != FlushOutcome::done) {
    status.state = SaveState::not_saved;
    status.reason = {worst == FlushOutcome::quota ? "storage.quota"_key : "storage.lost"_key, {}};
  } else if (dirty) {
    status.state = SaveState::saving;
  }
  return status;
}

}  // namespace pmo::storage
