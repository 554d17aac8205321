#include "storage/vfs/page_mirror.h"

#include <algorithm>
#include <cstring>

namespace pmo::storage {

Admission admission(const std::optional<Head>& stored, const Head& base, const Head& next) {
  if (!stored) return base.commit == 0 ? Admission::admitted : Admission::gone;
  const auto same_turn = [&](const Head& head) { return stored->epoch == head.epoch && stored->writer == head.writer; };
  if (stored->commit == base.commit && same_turn(base)) return Admission::admitted;
  if (!same_turn(next) || stored->commit < base.commit) return Admission::fenced;
  return stored->commit <= next.commit ? Admission::admitted : Admission::overtaken;
}

std::uint64_t block_digest(std::uint32_t number, std::span<const std::uint8_t> bytes) {
  constexpr std::uint64_t factor = 0x9E3779B97F4A7C15;  // 2^64 divided by the golden ratio: spreads the bits
  std::uint64_t sum = (std::uint64_t{number} + 1) * factor ^ bytes.size();
  const auto mix = [&sum](std::uint64_t word) {
    sum = (sum ^ word) * factor;
    sum ^= sum >> 29;
  };
  std::size_t at = 0;
  for (; at + 8 <= bytes.size(); at += 8) {
    std::uint64_t word;
    std::memcpy(&word, bytes.data() + at, 8);
    mix(word);
  }
  for (; at < bytes.size(); ++at) mix(bytes[at]);
  return sum;
}

PageMirror::PageMirror(Bytes image, std::uint64_t commit)
    : committed_(std::move(image)), overlay_size_(committed_.size()), kept_size_(committed_.size()), commit_(commit),
      acknowledged_(commit) {
  block_digests_.resize(blocks_of(committed_.size()));
  for (std::uint32_t number = 0; number < block_digests_.size(); ++number) count_in(number);
}

std::span<const std::uint8_t> PageMirror::block(std::uint32_t number) const {
  const auto start = std::uint64_t{number} * block_size;
  return std::span(committed_).subspan(start, std::min<std::uint64_t>(block_size, committed_.size() - start));
}

void PageMirror::count_in(std::uint32_t number) {
  const auto now = block_digest(number, block(number));
  digest_ += now - block_digests_[number];
  block_digests_[number] = now;
}

// The block as the running transaction sees it, in full length: zeros where nobody wrote.
Bytes PageMirror::overlaid_block(std::uint32_t number) const {
  if (const auto changed = overlay_.find(number); changed != overlay_.end()) return changed->second;
  Bytes bytes(block_size);
  const auto start = std::uint64_t{number} * block_size;
  if (start < kept_size_) {
    const auto length = std::min<std::uint64_t>(block_size, kept_size_ - start);
    std::copy_n(committed_.begin() + static_cast<std::ptrdiff_t>(start), length, bytes.begin());
  }
  return bytes;
}

bool PageMirror::read(std::uint64_t offset, std::span<std::uint8_t> into) const {
  std::size_t done = 0;
  while (done < into.size() && offset + done < overlay_size_) {
    const auto at = offset + done;
    const auto within = at % block_size;
    const auto length = std::min<std::uint64_t>({into.size() - done, block_size - within, overlay_size_ - at});
    const auto to = into.begin() + static_cast<std::ptrdiff_t>(done);
    const auto changed = overlay_.find(static_cast<std::uint32_t>(at / block_size));
    if (changed != overlay_.end()) {
      std::copy_n(changed->second.begin() + static_cast<std::ptrdiff_t>(within), length, to);
    } else {
      // Bytes between what is left of the committed image and the overlay's end that nobody wrote are zero.
      const auto there = at < kept_size_ ? std::min<std::uint64_t>(length, kept_size_ - at) : 0;
      if (there) std::copy_n(committed_.begin() + static_cast<std::ptrdiff_t>(at), there, to);
      std::fill_n(to + static_cast<std::ptrdiff_t>(there), length - there, std::uint8_t{0});
    }
    done += length;
  }
  std::fill(into.begin() + static_cast<std::ptrdiff_t>(done), into.end(), std::uint8_t{0});
  return done == into.size();
}

void PageMirror::write(std::uint64_t offset, std::span<const std::uint8_t> bytes) {
  for (std::size_t done = 0; done < bytes.size();) {
    const auto at = offset + done;
    const auto number = static_cast<std::uint32_t>(at / block_size);
    const auto within = at % block_size;
    const auto length = std::min<std::size_t>(bytes.size() - done, block_size - within);
    auto target = overlay_.find(number);
    if (target == overlay_.end()) target = overlay_.emplace(number, overlaid_block(number)).first;
    std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(done), length,
                target->second.begin() + static_cast<std::ptrdiff_t>(within));
    done += length;
  }
  overlay_size_ = std::max<std::uint64_t>(overlay_size_, offset + bytes.size());
  if (has(flaw, Flaw::spill_into_committed)) commit();
}

void PageMirror::truncate(std::uint64_t size) {
  overlay_size_ = size;
  kept_size_ = std::min(kept_size_, size);
  overlay_.erase(overlay_.lower_bound(blocks_of(size)), overlay_.end());
  // What is cut off must read as zeros when the file grows again.
  if (const auto last = overlay_.find(static_cast<std::uint32_t>(size / block_size)); last != overlay_.end())
    std::fill(last->second.begin() + static_cast<std::ptrdiff_t>(size % block_size), last->second.end(), std::uint8_t{0});
}

void PageMirror::commit() {
  if (!writing()) return;
  ++commit_;
  const auto old_size = committed_.size();
  committed_.resize(kept_size_);
  committed_.resize(overlay_size_);
  for (auto number = blocks_of(committed_.size()); number < block_digests_.size(); ++number) digest_ -= block_digests_[number];
  block_digests_.resize(blocks_of(committed_.size()));
  const auto changed = [this](std::uint32_t number) {
    unacknowledged_[number] = commit_;
    count_in(number);
  };
  for (const auto& [number, bytes] : overlay_) {
    const auto start = std::uint64_t{number} * block_size;
    if (start >= committed_.size()) continue;
    std::copy_n(bytes.begin(), std::min<std::uint64_t>(block_size, committed_.size() - start),
                committed_.begin() + static_cast<std::ptrdiff_t>(start));
    changed(number);
  }
  // A changed end changes the block in which the old file (or what was left of it) ended, the block in which the new
  // one ends, and every block in between that nobody wrote.
  const auto first_size = std::min<std::uint64_t>(old_size, kept_size_);
  if (first_size != committed_.size() && !has(flaw, Flaw::keep_tail_dirty_only))
    for (auto number = static_cast<std::uint32_t>(first_size / block_size); number < block_digests_.size(); ++number)
      changed(number);
  if (old_size > committed_.size() && !block_digests_.empty() && committed_.size() % block_size != 0)
    changed(static_cast<std::uint32_t>(block_digests_.size() - 1));
  unacknowledged_.erase(unacknowledged_.lower_bound(blocks_of(committed_.size())), unacknowledged_.end());
  discard();
}

void PageMirror::discard() {
  overlay_.clear();
  overlay_size_ = kept_size_ = committed_.size();
}

void PageMirror::replace(std::span<const std::uint8_t> image) {
  truncate(0);
  write(0, image);
  commit();
}

Flush PageMirror::freeze() {
  Flush flush{.head = {.commit = commit_, .file_size = committed_.size(), .digest = digest()}, .blocks = {}};
  for (const auto& [number, commit] : unacknowledged_) {
    auto bytes = block(number);
    if (has(flaw, Flaw::bytes_at_flush_time) && overlay_.contains(number)) {
      const auto& late = overlay_.at(number);
      flush.blocks.emplace(number, Bytes(late.begin(), late.begin() + static_cast<std::ptrdiff_t>(bytes.size())));
      continue;
    }
    flush.blocks.emplace(number, Bytes(bytes.begin(), bytes.end()));
  }
  if (has(flaw, Flaw::forget_on_abort)) unacknowledged_.clear();
  return flush;
}

void PageMirror::acknowledge(std::uint64_t commit) {
  acknowledged_ = std::max(acknowledged_, commit);
  if (has(flaw, Flaw::forget_changed_since)) return unacknowledged_.clear();
  std::erase_if(unacknowledged_, [&](const auto& entry) { return entry.second <= commit; });
}

void PageMirror::touch() {
  if (!committed_.empty()) ++commit_;
}

void PageMirror::forget_stored() {
  acknowledged_ = 0;
  for (std::uint32_t number = 0; number < block_digests_.size(); ++number) unacknowledged_[number] = commit_;
}

}  // namespace pmo::storage
