#include "storage/vfs/mirror_host.h"

#include <algorithm>
#include <format>
#include <random>
#include <string_view>

#include "app/words/words.h"

namespace pmo::storage {
namespace {

constexpr std::string_view sqlite_magic{"SQLite format 3\0", 16};

std::string random_name() {
  std::random_device device;
  return std::format("{:08x}{:08x}{:08x}", device(), device(), device());
}

std::uint64_t digest_of(const Bytes& bytes) {
  std::uint64_t sum = 0;
  for (std::uint32_t number = 0; number < blocks_of(bytes.size()); ++number) {
    const auto start = std::size_t{number} * block_size;
    sum += block_digest(number, std::span(bytes).subspan(start, std::min(block_size, bytes.size() - start)));
  }
  return sum & digest_mask;
}

// Whether nothing is missing from a copy that a head tells of: it is of the same turn, and not older.
bool reaches(const Head& copy, const Head& head) {
  return copy.epoch == head.epoch && copy.writer == head.writer && copy.commit >= head.commit;
}

// A later turn counts for more than an earlier one, within a turn the later commit.
bool is_newer(const Head& one, const Head& other) {
  return one.epoch != other.epoch ? one.epoch > other.epoch : one.commit > other.commit;
}

}  // namespace

Result<void> check_image(const Bytes& bytes, std::uint64_t file_size, std::uint64_t digest) {
  const auto damaged = [] { return fail("error.storage.damaged"_key); };
  if (bytes.size() != file_size || digest_of(bytes) != digest) return damaged();
  if (bytes.empty()) return {};
  if (bytes.size() < 512 || !std::equal(sqlite_magic.begin(), sqlite_magic.end(), bytes.begin())) return damaged();
  const std::size_t stated = std::size_t{bytes[16]} << 8 | bytes[17];
  const std::size_t page_size = stated == 1 ? 65536 : stated;
  if (page_size < 512 || (page_size & (page_size - 1)) != 0 || bytes.size() % page_size != 0) return damaged();
  return {};
}

MirrorHost::MirrorHost(PageStore& store, std::string vfs_name, std::string writer)
    : store_(store), vfs_(std::move(vfs_name)), writer_(writer.empty() ? random_name() : std::move(writer)) {
  store_.wanted = [this](const std::string& name) { let_go(name); };
  store_.changed = [this](const std::string& name) { refresh(name); };
  store_.in_doubt = [this](bool removed) { doubt(removed); };
  store_.unsaved = [this] {
    return std::ranges::any_of(kept_, [](const auto& entry) { return entry.second.file->mirror.dirty(); });
  };
}

MirrorHost::~MirrorHost() {
  *alive_ = false;
  store_.wanted = nullptr;
  store_.changed = nullptr;
  store_.in_doubt = nullptr;
  store_.unsaved = nullptr;
}

// --- loading --------------------------------------------------------------------------------------------------

void MirrorHost::load(const std::string& name, Loaded loaded) {
  if (const auto known = kept_.find(name); known != kept_.end()) {
    known->second.unloading = false;
    return loaded({});
  }
  loading_.insert(name);
  store_.load(name, [this, alive = alive_, name, loaded = std::move(loaded)](Result<StoredImage> image) {
    if (!*alive) return;
    loading_.erase(loading_.find(name));
    if (kept_.contains(name)) return load(name, loaded);  // somebody else has asked for it, too, and may be reading it
    if (!image) return loaded(std::unexpected(image.error()));
    arrived(name, std::move(*image), loaded);
  });
}

MirrorHost::Kept& MirrorHost::keep(const std::string& name, Bytes image, const StoredImage& stored, std::uint64_t commit) {
  auto& file = vfs_.add(name, PageMirror(std::move(image), commit));
  file.mirror.flaw = vfs_.flaw;
  file.read_only = !stored.writable;
  file.committed = [this, name] { committed(name); };
  return kept_[name] = {.file = &file, .stored = stored.head, .epoch = stored.head.epoch + 1,
                        .last = stored.writable ? FlushOutcome::done : FlushOutcome::fenced};
}

void MirrorHost::arrived(const std::string& name, StoredImage image, const Loaded& loaded) {
  if (image.head.format > head_format) return loaded(fail("error.store.newer"_key));
  if (image.head.commit == 0 && image.writable) return take_empty(name, std::move(image), loaded);
  if (const auto good = check_image(image.bytes, image.head.file_size, image.head.digest); !good)
    return heal(name, std::move(image), loaded);
  auto& kept = keep(name, std::move(image.bytes), image, image.head.commit);
  if (auto good = check(name); !good) {
    image.bytes = kept.file->mirror.image();
    set_down(name);
    return heal(name, std::move(image), loaded);
  }
  if (image.rescued) kept.notice = Error{"storage.rescued"_key, {}};
  if (image.rescued && image.writable) {  // back to where it was lost
    kept.file->mirror.forget_stored();
    committed(name);
  }
  loaded({});
}

// Nothing is stored: it is new, unless a snapshot tells that it was lost.
void MirrorHost::take_empty(const std::string& name, StoredImage image, const Loaded& loaded) {
  loading_.insert(name);
  store_.list_snapshots(name, [this, alive = alive_, name, image = std::move(image), loaded](std::vector<SnapshotInfo> all) mutable {
    if (!*alive) return;
    loading_.erase(loading_.find(name));
    if (kept_.contains(name)) return load(name, loaded);
    if (!all.empty()) return heal_from(name, std::move(image), std::move(all), loaded);
    const bool had_data = image.had_data;
    auto& kept = keep(name, {}, image, 0);
    if (had_data) kept.notice = Error{"storage.evicted"_key, {}};
    loaded({});
  });
}

// What SQLite itself finds wrong.
Result<void> MirrorHost::check(const std::string& name) {
  const auto size = kept_.at(name).file->mirror.size();
  if (size == 0 || size > quick_check_limit) return {};
  auto database = PMO_TRY(open(name));
  auto rows = PMO_TRY(database.prepare("PRAGMA quick_check(1)"));
  if (!PMO_TRY(rows.step()) || rows.text(0) != "ok") return fail("error.storage.damaged"_key);
  rows.reset();
  return {};
}

// The damaged image is laid aside first (H5). Then the second copy takes its place, which as a rule nothing is missing
// from; where that is damaged too, the newest snapshot that is whole.
void MirrorHost::heal(const std::string& name, StoredImage damaged, const Loaded& loaded) {
  if (!damaged.writable) return loaded(fail("error.database.busy"_key));  // whoever writes it heals it
  store_.quarantine(name, [this, alive = alive_, name, damaged = std::move(damaged), loaded](FlushOutcome outcome) mutable {
    if (!*alive) return;
    if (outcome != FlushOutcome::done) return loaded(fail("error.storage.not_aside"_key));
    store_.load_second(name, [this, alive, name, damaged = std::move(damaged), loaded](Result<StoredImage> copy) mutable {
      if (!*alive) return;
      const bool whole = copy && copy->head.commit > 0 && check_image(copy->bytes, copy->head.file_size, copy->head.digest);
      const auto told = whole && reaches(copy->head, damaged.head) ? "storage.mended"_key : "storage.mended_older"_key;
      if (whole && replace(name, std::move(copy->bytes), damaged, {told, {}})) return loaded({});
      store_.list_snapshots(name, [this, alive, name, damaged = std::move(damaged), loaded](std::vector<SnapshotInfo> all) mutable {
        if (*alive) heal_from(name, std::move(damaged), std::move(all), loaded);
      });
    });
  });
}

// False: this image is damaged as well.
bool MirrorHost::replace(const std::string& name, Bytes image, const StoredImage& damaged, Error notice) {
  auto& kept = keep(name, std::move(image), damaged, damaged.head.commit + 1);
  if (!check(name)) {
    set_down(name);
    return false;
  }
  kept.file->mirror.forget_stored();
  kept.notice = std::move(notice);
  committed(name);
  return true;
}

void MirrorHost::heal_from(const std::string& name, StoredImage damaged, std::vector<SnapshotInfo> left, const Loaded& loaded) {
  if (left.empty()) {
    store_.release(name);
    return loaded(fail("error.storage.damaged"_key));
  }
  const auto newest = std::ranges::max_element(left, {}, &SnapshotInfo::id);
  const auto info = *newest;
  left.erase(newest);
  store_.get_snapshot(name, info.id, [this, alive = alive_, name, damaged = std::move(damaged), left = std::move(left), info,
                                      loaded](Result<Bytes> bytes) mutable {
    if (!*alive) return;
    if (kept_.contains(name)) return load(name, loaded);  // somebody else has asked for it, too
    const bool whole = bytes && check_image(*bytes, info.bytes, info.digest);
    const auto told = damaged.head.commit == 0 ? "storage.found_again"_key : "storage.healed"_key;
    if (whole && replace(name, std::move(*bytes), damaged, {told, {argument_of_moment(info.id)}})) return loaded({});
    heal_from(name, std::move(damaged), std::move(left), loaded);
  });
}

Result<Database> MirrorHost::open(const std::string& name) { return Database::open(name, vfs_.name()); }

void MirrorHost::unload(const std::string& name) {
  const auto at = kept_.find(name);
  if (at == kept_.end()) return;
  at->second.unloading = true;
  if (at->second.in_flight) return;  // goes on when that is answered
  if (!needs_keeping(at->second)) return drop(name);
  write_behind(name);
}

bool MirrorHost::needs_keeping(const Kept& kept) { return kept.file->mirror.dirty() && !is_set_aside(kept); }

bool MirrorHost::is_set_aside(const Kept& kept) {
  return kept.last == FlushOutcome::fenced && kept.set_aside == kept.file->mirror.commit_number();
}

void MirrorHost::set_down(const std::string& name) {
  kept_.erase(name);
  vfs_.remove(name);
}

void MirrorHost::drop(const std::string& name) {
  set_down(name);
  store_.release(name);
}

void MirrorHost::remove(const std::string& name) {
  set_down(name);
  store_.remove(name, Aside::goes);
}

void MirrorHost::give_up(const std::string& name, Loaded given_up) {
  set_down(name);
  store_.quarantine(name, [this, alive = alive_, name, given_up = std::move(given_up)](FlushOutcome outcome) {
    if (!*alive) return;
    if (outcome != FlushOutcome::done) return given_up(fail("error.storage.not_aside"_key));
    store_.remove(name, Aside::stays);
    given_up({});
  });
}

void MirrorHost::list_names(std::function<void(KeptNames)> listed) { store_.list_names(std::move(listed)); }

std::optional<Error> MirrorHost::notice(const std::string& name) {
  const auto at = kept_.find(name);
  return at == kept_.end() ? std::nullopt : std::exchange(at->second.notice, std::nullopt);
}

// --- writing behind -------------------------------------------------------------------------------------------

void MirrorHost::committed(const std::string& name) {
  auto& kept = kept_.at(name);
  // The next turn of the event loop, so that commits made together are written together.
  if (!kept.in_flight && kept.failures == 0) schedule(name, 0);
  tell();
}

void MirrorHost::schedule(const std::string& name, int milliseconds) {
  auto& kept = kept_.at(name);
  if (kept.scheduled) return;
  kept.scheduled = true;
  store_.after(milliseconds, [this, alive = alive_, name] {
    if (!*alive) return;
    if (const auto at = kept_.find(name); at != kept_.end()) at->second.scheduled = false;
    write_behind(name);
  });
}

void MirrorHost::write_behind(const std::string& name) {
  const auto at = kept_.find(name);
  if (at == kept_.end()) return;
  auto& kept = at->second;
  if (kept.in_flight || !needs_keeping(kept)) return;
  if (kept.last == FlushOutcome::fenced) return set_aside(name, kept);
  kept.in_flight = true;
  const auto attempt = ++kept.attempt;
  auto flush = kept.file->mirror.freeze();
  flush.head.epoch = kept.epoch;
  flush.head.writer = writer_;
  const Head head = flush.head;
  store_.after(write_patience, [this, alive = alive_, name, attempt, head] {
    if (*alive) answered(name, attempt, head, FlushOutcome::lost, true);
  });
  store_.write(name, std::move(flush), kept.stored, [this, alive = alive_, name, attempt, head](FlushOutcome outcome) {
    if (*alive) answered(name, attempt, head, outcome);
  });
  if (has(flaw, Flaw::saved_when_sent) && kept_.contains(name)) kept.file->mirror.acknowledge(head.commit);
}

// What was written here and cannot be saved any more becomes a snapshot (H8).
void MirrorHost::set_aside(const std::string& name, Kept& kept) {
  kept.in_flight = true;
  const auto attempt = ++kept.attempt;
  const auto finish = [this, alive = alive_, name, attempt, epoch = kept.epoch, commit = kept.file->mirror.commit_number()](bool done) {
    if (!*alive) return;
    const auto at = kept_.find(name);
    if (at == kept_.end() || !at->second.in_flight || at->second.attempt != attempt || at->second.epoch != epoch) return;
    at->second.in_flight = false;
    if (done) {
      at->second.set_aside = commit;
      at->second.notice = Error{"storage.set_aside"_key, {}};
    } else {
      ++at->second.failures;
      failed(name, at->second);
    }
    if (done && needs_keeping(at->second)) write_behind(name);
    else if (done && at->second.unloading) drop(name);
    tell();
  };
  store_.after(write_patience, [finish] { finish(false); });
  put_snapshot(name, SnapshotReason::stranded, snapshots_kept, [finish](Result<void> put) { finish(put.has_value()); });
}

void MirrorHost::answered(const std::string& name, int attempt, const Head& head, FlushOutcome outcome, bool silent) {
  const auto at = kept_.find(name);
  if (at == kept_.end()) return;  // removed meanwhile
  auto& kept = at->second;
  if (head.writer != writer_ || head.epoch != kept.epoch) return;  // of an earlier stay of this database
  const bool current = kept.in_flight && attempt == kept.attempt;
  if (!current && outcome != FlushOutcome::done) return;  // given up long ago (H4)
  if (outcome == FlushOutcome::done) {
    if (head.commit >= kept.stored.commit) kept.stored = head;
    kept.file->mirror.acknowledge(head.commit);
    if (!current) return tell();
  }
  kept.in_flight = false;
  kept.last = outcome;
  kept.silent = silent;
  switch (outcome) {
    case FlushOutcome::done:
      kept.failures = 0;
      if (kept.file->mirror.dirty()) write_behind(name);
      else if (kept.unloading) drop(name);
      else if (kept.releasing) let_go(name);
      else keep_state(name);
      break;
    case FlushOutcome::fenced: case FlushOutcome::overtaken:
      kept.last = FlushOutcome::fenced;
      kept.failures = 0;
      kept.file->read_only = true;
      if (std::exchange(kept.releasing, false)) store_.release(name);
      if (kept.file->mirror.dirty()) write_behind(name);
      else if (kept.unloading) drop(name);
      break;
    case FlushOutcome::gone:
      kept.stored = {};
      kept.file->mirror.forget_stored();
      kept.failures = 0;  // the store answers again; what is written next rests on nothing that could be missing
      write_behind(name);
      break;
    case FlushOutcome::lost: case FlushOutcome::quota:
      ++kept.failures;
      failed(name, kept);
      break;
  }
  tell();
}

void MirrorHost::doubt(bool removed) {
  for (auto& [name, kept] : kept_) {
    if (kept.last == FlushOutcome::fenced) continue;  // whoever writes it learns it, too
    kept.file->mirror.touch();
    if (removed) kept.state_wanted = true;
    committed(name);
  }
  if (removed && on_removed) on_removed();
}

// Where there is no room yet, later and later; another removal may come in between.
void MirrorHost::keep_state(const std::string& name) {
  auto& kept = kept_.at(name);
  if (!kept.state_wanted || kept.state_on_its_way) return;
  kept.state_wanted = false;
  kept.state_on_its_way = true;
  put_snapshot(name, SnapshotReason::removed, snapshots_kept, [this, alive = alive_, name](Result<void> put) {
    const auto at = *alive ? kept_.find(name) : kept_.end();
    if (!*alive || at == kept_.end()) return;
    at->second.state_on_its_way = false;
    if (put) return void(at->second.state_failures = 0);
    at->second.state_wanted = true;
    store_.after(std::min(600'000, 1000 << std::min(++at->second.state_failures, 10)), [this, alive, name] {
      if (*alive && kept_.contains(name) && !kept_.at(name).file->mirror.dirty()) keep_state(name);
    });
  });
}

void MirrorHost::failed(const std::string& name, Kept& kept) {
  if (kept.last != FlushOutcome::quota) store_.reconnect();
  // Soon at first, then every half minute: space may be freed, a browser may recover.
  schedule(name, std::min(30'000, 100 << std::min(kept.failures, 9)));
}

void MirrorHost::flush() {
  std::vector<std::string> names;
  for (const auto& [name, kept] : kept_) names.push_back(name);
  for (const auto& name : names) write_behind(name);
}

bool MirrorHost::working() const {
  return std::ranges::any_of(kept_, [](const auto& entry) {
    return entry.second.in_flight || (entry.second.scheduled && entry.second.failures == 0);
  });
}

bool MirrorHost::read_only(const std::string& name) const {
  const auto at = kept_.find(name);
  return at != kept_.end() && at->second.file->read_only;
}

HostStatus MirrorHost::status() const {
  HostStatus status{.persistent = store_.protected_from_eviction(), .second_copy = store_.second_copy_complete()};
  bool dirty = false, fenced = false, stranded = false, aside = true, quota = false, lost = false, silent = false;
  for (const auto& [name, kept] : kept_) {
    status.bytes += kept.file->mirror.image().size();
    dirty |= kept.file->mirror.dirty();
    fenced |= kept.last == FlushOutcome::fenced;
    if (kept.last == FlushOutcome::fenced && kept.file->mirror.dirty()) {
      stranded = true;
      aside &= is_set_aside(kept);
    }
    quota |= kept.last == FlushOutcome::quota;
    if (kept.failures >= tries_before_alarm) lost = true, silent |= kept.silent;
  }
  const auto set = [&status](SaveState state, Key reason) { status.state = state; status.reason = {reason, {}}; };
  if (!store_.persistent()) set(SaveState::memory_only, "storage.memory_only"_key);
  else if (stranded) set(SaveState::not_saved, aside ? "storage.set_aside"_key : "storage.fenced"_key);
  else if (quota) set(SaveState::not_saved, "storage.quota"_key);
  else if (lost) set(SaveState::not_saved, silent ? "storage.lost"_key : "storage.refused"_key);
  else if (dirty) status.state = SaveState::saving;
  else if (fenced) set(SaveState::read_only, "storage.other_window"_key);
  return status;
}

// --- other windows --------------------------------------------------------------------------------------------

// Another window wants to write: everything is written, then the lock is given up; from then on this window reads.
void MirrorHost::let_go(const std::string& name) {
  const auto at = kept_.find(name);
  if (at == kept_.end()) return store_.release(name);
  auto& kept = at->second;
  if (kept.last == FlushOutcome::fenced) return store_.release(name);  // nothing can be written with it here
  kept.releasing = true;
  kept.file->read_only = true;  // nothing new meanwhile
  if (kept.file->reserved) {    // a transaction is open: it may still commit
    return store_.after(50, [this, alive = alive_, name] { if (*alive) let_go(name); });
  }
  if (kept.file->mirror.dirty()) return write_behind(name);
  kept.releasing = false;
  kept.last = FlushOutcome::fenced;
  store_.release(name);
  tell();
}

// Looking may have brought the lock, because its holder has gone meanwhile: then this window writes from now on, or gives
// it back.
void MirrorHost::refresh(const std::string& name) {
  const auto at = kept_.find(name);
  if (at == kept_.end() || at->second.last != FlushOutcome::fenced || at->second.file->mirror.dirty()) return;
  store_.load(name, [this, alive = alive_, name](Result<StoredImage> image) {
    if (!*alive || !image) return;
    const auto kept = kept_.find(name);
    if (kept != kept_.end() && kept->second.last != FlushOutcome::fenced) return;  // it writes already
    const bool loaded_anew = kept == kept_.end() && loading_.contains(name);
    const bool taken = kept != kept_.end() && take_up(name, kept->second, *image);
    if (image->writable && !taken && !loaded_anew) store_.release(name);
  });
}

// False: with this image it cannot go on, neither reading nor writing.
bool MirrorHost::take_up(const std::string& name, Kept& kept, StoredImage& image) {
  auto& mirror = kept.file->mirror;
  if (image.head.format > head_format || kept.file->locked() || mirror.dirty()) return false;
  if (!check_image(image.bytes, image.head.file_size, image.head.digest)) return false;
  const bool removed = image.head.commit == 0 && kept.stored.commit > 0;
  const bool newer = !removed && is_newer(image.head, kept.stored);
  if (newer) mirror = PageMirror(std::move(image.bytes), image.head.commit);
  if (newer || removed) kept.stored = image.head;
  if (image.writable) {  // the other window is gone: it is our turn
    kept.epoch = image.head.epoch + 1;
    kept.last = FlushOutcome::done;
    kept.file->read_only = false;
    if (removed || image.rescued) {  // what is here is all that is left
      mirror.forget_stored();
      committed(name);
    }
  }
  if ((newer || image.writable) && on_refreshed) on_refreshed(name);
  tell();
  return true;
}

void MirrorHost::take_over(const std::string& name, Loaded taken) {
  store_.take(name, [this, alive = alive_, name, taken = std::move(taken)](bool ours) {
    if (!*alive) return;
    if (!ours) return taken(fail("error.storage.not_given"_key));
    if (const auto at = kept_.find(name); at != kept_.end() && needs_keeping(at->second)) return taken(fail("storage.fenced"_key));
    set_down(name);
    load(name, taken);
  });
}

// --- snapshots ------------------------------------------------------------------------------------------------

void MirrorHost::snapshots(const std::string& name, std::function<void(std::vector<SnapshotInfo>)> listed) {
  store_.list_snapshots(name, std::move(listed));
}

void MirrorHost::take_snapshot(const std::string& name, SnapshotReason reason, Loaded taken) {
  put_snapshot(name, reason, snapshots_kept, std::move(taken));
}

void MirrorHost::forget_past(const std::string& name, Loaded forgotten) {
  if (const auto at = kept_.find(name); at != kept_.end() && !at->second.file->read_only) {
    at->second.file->mirror.touch();  // what is under way does not count
    at->second.file->mirror.forget_stored();
    committed(name);
  }
  put_snapshot(name, SnapshotReason::sealed, 1, std::move(forgotten));
}

void MirrorHost::put_snapshot(const std::string& name, SnapshotReason reason, std::size_t keep, Loaded taken) {
  const auto at = kept_.find(name);
  if (at == kept_.end()) return taken(fail("error.storage.no_snapshot"_key));
  const auto& mirror = at->second.file->mirror;
  if (!store_.persistent() && reason == SnapshotReason::asked) return taken(fail("error.snapshot.memory_only"_key));
  if (mirror.image().empty() || !store_.persistent()) return taken({});
  const SnapshotInfo info{.id = store_.now(), .commit = mirror.commit_number(), .bytes = mirror.image().size(),
                          .digest = mirror.digest(), .reason = reason};
  store_.put_snapshot(name, info, mirror.image(), keep, [this, alive = alive_, name, taken = std::move(taken)](FlushOutcome outcome) {
    if (outcome != FlushOutcome::done) return taken(fail(outcome == FlushOutcome::quota ? "error.snapshot.no_room"_key : "error.snapshot.failed"_key));
    if (*alive && on_snapshot) on_snapshot(name);
    taken({});
  });
}

void MirrorHost::restore(const std::string& name, std::uint64_t id, Loaded restored) {
  store_.list_snapshots(name, [this, alive = alive_, name, id, restored = std::move(restored)](std::vector<SnapshotInfo> all) {
    if (!*alive) return;
    const auto info = std::ranges::find(all, id, &SnapshotInfo::id);
    if (info == all.end() || !kept_.contains(name)) return restored(fail("error.storage.no_snapshot"_key));
    store_.get_snapshot(name, id, [this, alive, name, info = *info, restored](Result<Bytes> bytes) {
      if (!*alive) return;
      const auto at = kept_.find(name);
      if (!bytes || at == kept_.end() || !check_image(*bytes, info.bytes, info.digest))
        return restored(fail("error.snapshot.damaged"_key));
      if (at->second.file->read_only) return restored(fail("error.database.read_only"_key));
      take_snapshot(name, SnapshotReason::before_restore, [this, alive, name, bytes = std::move(*bytes), restored](Result<void> kept) mutable {
        const auto present = *alive ? kept_.find(name) : kept_.end();
        if (!*alive) return;
        if (!kept) return restored(kept);
        if (present == kept_.end() || present->second.file->locked()) return restored(fail("error.database.busy"_key));
        auto& file = *present->second.file;
        file.mirror.replace(bytes);
        committed(name);
        restored({});
      });
    });
  });
}

}  // namespace pmo::storage
