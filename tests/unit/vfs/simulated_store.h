// IndexedDB as far as it matters, with a scripted event loop: transactions apply whole or not at all, answers come later
// or never, connections break, the power goes.
#pragma once

#include <format>
#include <memory>
#include <set>
#include <vector>

#include "storage/vfs/mirror_host.h"

namespace pmo::storage::simulation {

// SplitMix64: the same sequence everywhere.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    std::uint64_t z = state_ += 0x9E3779B97F4A7C15;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
    z = (z ^ z >> 27) * 0x94D049BB133111EB;
    return z ^ z >> 31;
  }
  std::uint64_t roll(std::uint64_t sides) { return next() % sides; }
  bool chance(std::uint64_t percent) { return roll(100) < percent; }

 private:
  std::uint64_t state_;
};

// What is stored of one database. Blocks are shared between copies.
struct Record {
  std::map<std::uint32_t, std::shared_ptr<const Bytes>> blocks;
  std::optional<Head> head;
  std::uint64_t generation = 0;  // names this content: two records with the same number are the same
};

struct Snapshot {
  SnapshotInfo info;
  Bytes image;
};

struct Disk {
  std::map<std::string, Record> now;      // what a killed browser finds again
  std::map<std::string, Record> durable;  // what a power failure leaves
  std::map<std::string, std::vector<Snapshot>> snapshots;
  std::map<std::string, Record> quarantined;
  std::map<std::string, StoredImage> copies;  // what a second copy would give
  std::set<std::string> marked;  // databases that once had data
  std::uint64_t generations = 0;
  MemoryBlobs blobs;
};

// Requests of the database come in order; timers by their time. A roll decides which side moves.
class EventLoop {
 public:
  explicit EventLoop(Dice& dice) : dice_(dice) {}

  void post(std::function<void()> run) { requests_.push_back(std::move(run)); }
  void after(std::uint64_t milliseconds, std::function<void()> run) {
    timers_.emplace(now_ + milliseconds, std::move(run));
  }
  std::uint64_t now() const { return now_; }

  bool step() {
    if (requests_.empty() && timers_.empty()) return false;
    const bool timer = requests_.empty() || (!timers_.empty() && dice_.chance(timers_.begin()->first <= now_ + 50 ? 40 : 3));
    timer ? run_timer() : run_request();
    return true;
  }
  // Only what is due within this time; long time-outs stay.
  bool step_within(std::uint64_t milliseconds) {
    if (!requests_.empty()) return run_request(), true;
    if (timers_.empty() || timers_.begin()->first > now_ + milliseconds) return false;
    run_timer();
    return true;
  }
  void clear() { requests_.clear(); timers_.clear(); }

 private:
  void run_timer() {
    auto node = timers_.extract(timers_.begin());
    now_ = std::max(now_, node.key());
    node.mapped()();
  }
  void run_request() {
    auto run = std::move(requests_.front());
    requests_.erase(requests_.begin());
    run();
  }

  Dice& dice_;
  std::uint64_t now_ = 1;
  std::vector<std::function<void()>> requests_;
  std::multimap<std::uint64_t, std::function<void()>> timers_;
};

enum class Fate : unsigned char {
  complete,       // as it should be
  quota,          // aborted: no space
  aborted,        // aborted for another reason
  answer_lost,    // applied, but reported as failed
  silent,         // never applied, never answered
  late,           // never answered in time, yet applied long after
  disconnected,   // the connection breaks: this and everything after fails until a reconnect
};

// Faults of a store, put back on purpose.
enum class StoreFlaw : unsigned char { none, keep_tail, skip_fence, relaxed, torn };

class SimulatedStore final : public PageStore {
 public:
  SimulatedStore(Disk& disk, EventLoop& loop) : disk_(disk), loop_(loop) {}

  std::function<Fate()> fate = [] { return Fate::complete; };
  StoreFlaw flaw = StoreFlaw::none;
  std::set<std::string>* locks = nullptr;  // databases that some window holds; null: no Web Locks, only the fence protects
  bool opens = true;
  bool full = false;  // no room for a snapshot
  std::function<void(const std::string&)> on_take;  // reaches the other windows
  std::function<void(const std::string&)> on_write;

  BlobStore& blobs() override { return disk_.blobs; }
  void load(const std::string& name, std::function<void(Result<StoredImage>)> loaded) override {
    loop_.post([this, name, loaded = std::move(loaded)] {
      if (!opens) return loaded(fail("error.storage.load"_key, {"does not open"}));
      StoredImage image{.writable = lock(name), .had_data = disk_.marked.contains(name)};
      const auto& record = disk_.now[name];
      if (!record.blocks.empty()) image.bytes.reserve(record.blocks.size() * record.blocks.begin()->second->size());
      for (const auto& [number, bytes] : record.blocks) image.bytes.insert(image.bytes.end(), bytes->begin(), bytes->end());
      if (record.head) image.head = *record.head;
      if (const auto copy = disk_.copies.find(name); !record.head && copy != disk_.copies.end()) {
        image = copy->second;
        image.writable = lock(name);
        image.rescued = true;
      }
      loaded(std::move(image));
    });
  }

  void load_second(const std::string& name, std::function<void(Result<StoredImage>)> loaded) override {
    loop_.post([this, name, loaded = std::move(loaded)] {
      const auto copy = disk_.copies.find(name);
      loaded(copy == disk_.copies.end() ? StoredImage{} : copy->second);
    });
  }

  void write(const std::string& name, Flush flush, const Head& base, std::function<void(FlushOutcome)> done) override {
    auto kept = std::make_shared<Flush>(std::move(flush));
    loop_.post([this, name, kept, base, done = std::move(done)] {
      const auto fate_now = connected_ ? fate() : Fate::disconnected;
      switch (fate_now) {
        case Fate::quota: return answer(done, FlushOutcome::quota);
        case Fate::aborted:
          if (flaw == StoreFlaw::torn && !kept->blocks.empty())
            disk_.now[name].blocks[kept->blocks.begin()->first] = std::make_shared<const Bytes>(kept->blocks.begin()->second);
          return answer(done, FlushOutcome::lost);
        case Fate::disconnected: connected_ = false; return answer(done, FlushOutcome::lost);
        case Fate::silent: return;
        case Fate::late: return loop_.after(15'000, [this, name, kept, base, done] { complete(name, *kept, base, done); });
        case Fate::answer_lost: apply(name, *kept, base); return answer(done, FlushOutcome::lost);
        case Fate::complete: break;
      }
      complete(name, *kept, base, done);
    });
  }

  void reconnect() override { connected_ = true; }
  void release(const std::string& name) override { if (held_.erase(name)) locks->erase(name); }
  void remove(const std::string& name, Aside damaged) override {
    disk_.now.erase(name);
    disk_.marked.erase(name);
    disk_.snapshots.erase(name);
    disk_.copies.erase(name);
    if (damaged == Aside::goes) disk_.quarantined.erase(name);
  }

  void put_snapshot(const std::string& name, const SnapshotInfo& info, const Bytes& image, std::size_t keep,
                    std::function<void(FlushOutcome)> done) override {
    if (full) return answer(done, FlushOutcome::quota);
    auto& all = disk_.snapshots[name];
    all.push_back({info, image});
    if (keep == 1) disk_.quarantined.erase(name);
    if (all.size() > keep) all.erase(all.begin(), all.end() - static_cast<std::ptrdiff_t>(keep));
    answer(done, FlushOutcome::done);
  }
  void list_names(std::function<void(KeptNames)> listed) override {
    loop_.post([this, listed = std::move(listed)] {
      std::set<std::string> names;
      for (const auto& [name, record] : disk_.now)
        if (record.head) names.insert(name);
      for (const auto& [name, copy] : disk_.copies) names.insert(name);
      for (const auto& [name, snapshots] : disk_.snapshots)
        if (!snapshots.empty()) names.insert(name);
      listed({.names = {names.begin(), names.end()}, .complete = opens});
    });
  }
  void list_snapshots(const std::string& name, std::function<void(std::vector<SnapshotInfo>)> listed) override {
    loop_.post([this, name, listed = std::move(listed)] {
      std::vector<SnapshotInfo> infos;
      for (const auto& snapshot : disk_.snapshots[name]) infos.push_back(snapshot.info);
      listed(std::move(infos));
    });
  }
  void get_snapshot(const std::string& name, std::uint64_t id, std::function<void(Result<Bytes>)> got) override {
    loop_.post([this, name, id, got = std::move(got)] {
      for (const auto& snapshot : disk_.snapshots[name]) if (snapshot.info.id == id) return got(snapshot.image);
      got(fail("error.storage.no_snapshot"_key));
    });
  }
  void quarantine(const std::string& name, std::function<void(FlushOutcome)> done) override {
    if (disk_.now[name].head) disk_.quarantined[name] = disk_.now[name];
    answer(done, FlushOutcome::done);
  }
  void take(const std::string& name, std::function<void(bool)> taken) override {
    if (on_take) on_take(name);
    loop_.after(1000, [this, name, taken = std::move(taken)] { taken(lock(name)); });
  }

  void after(int milliseconds, std::function<void()> run) override { loop_.after(static_cast<std::uint64_t>(milliseconds), std::move(run)); }
  std::uint64_t now() const override { return loop_.now(); }
  bool persistent() const override { return true; }
  bool protected_from_eviction() const override { return false; }

 private:
  void answer(std::function<void(FlushOutcome)> done, FlushOutcome outcome) {
    loop_.post([done = std::move(done), outcome] { done(outcome); });
  }

  // Durable when the answer comes, not before (and with relaxed durability not even then).
  void complete(const std::string& name, const Flush& flush, const Head& base, std::function<void(FlushOutcome)> done) {
    const auto outcome = apply(name, flush, base);
    const auto stored = disk_.now[name];
    loop_.post([this, name, stored, outcome, done = std::move(done)] {
      if (flaw != StoreFlaw::relaxed && stored.generation >= disk_.durable[name].generation) disk_.durable[name] = stored;
      done(outcome);
    });
  }

  FlushOutcome apply(const std::string& name, const Flush& flush, const Head& base) {
    auto& stored = disk_.now[name];
    if (const auto verdict = admission(stored.head, base, flush.head); verdict != Admission::admitted && flaw != StoreFlaw::skip_fence) {
      const bool nothing = std::ranges::none_of(disk_.now, [](const auto& record) { return record.second.head.has_value(); });
      if (verdict == Admission::gone && nothing && in_doubt) in_doubt(true);
      return refusal(verdict);
    }
    for (const auto& [number, bytes] : flush.blocks) stored.blocks[number] = std::make_shared<const Bytes>(bytes);
    if (flaw != StoreFlaw::keep_tail) stored.blocks.erase(stored.blocks.lower_bound(flush.head.block_count()), stored.blocks.end());
    stored.head = flush.head;
    stored.generation = ++disk_.generations;
    disk_.marked.insert(name);
    if (on_write) on_write(name);
    return FlushOutcome::done;
  }

  bool lock(const std::string& name) {
    if (!locks || held_.contains(name)) return true;
    return locks->insert(name).second && held_.insert(name).second;
  }

  Disk& disk_;
  EventLoop& loop_;
  bool connected_ = true;
  std::set<std::string> held_;
};

}  // namespace pmo::storage::simulation
