#include "storage/vfs/page_mirror.h"

#include <algorithm>

namespace pmo::storage {

bool PageMirror::read(std::uint64_t offset, std::span<std::uint8_t> into) const {
  std::size_t done = 0;
  while (done < into.size() && offset + done < overlay_size_) {
    const auto at = offset + done;
    const auto number = static_cast<std::uint32_t>(at / block_size);
    const auto within = at % block_size;
    const auto length = std::min<std::uint64_t>({into.size() - done, block_size - within, overlay_size_ - at});
    const auto changed = overlay_.find(number);
    // Bytes between the committed end and the overlay's end that nobody wrote are zero.
    std::fill_n(into.begin() + done, length, 0);
    if (changed != overlay_.end()) {
      std::copy_n(changed->second.begin() + within, length, into.begin() + done);
    } else if (at < committed_.size()) {
      const auto there = std::min<std::uint64_t>(length, committed_.size() - at);
      std::copy_n(committed_.begin() + static_cast<std::ptrdiff_t>(at), there, into.begin() + done);
    }
    done += length;
  }
  std::fill(into.begin() + done, into.end(), 0);
  return done == into.size();
}

void PageMirror::write(std::uint64_t offset, std::span<const std::uint8_t> bytes) {
  for (std::size_t done = 0; done < bytes.size();) {
    const auto at = offset + done;
    const auto number = static_cast<std::uint32_t>(at / block_size);
    const auto within = at % block_size;
    const auto length = std::min<std::size_t>(bytes.size() - done, block_size - within);
    auto [block, added] = overlay_.try_emplace(number);
    if (added) {
      block->second.resize(block_size);
      const auto start = std::uint64_t{number} * block_size;
      if (start < committed_.size())
        std::copy_n(committed_.begin() + static_cast<std::ptrdiff_t>(start),
                    std::min<std::uint64_t>(block_size, committed_.size() - start), block->second.begin());
    }
    std::copy_n(bytes.begin() + done, length, block->second.begin() + within);
    done += length;
  }
  overlay_size_ = std::max<std::uint64_t>(overlay_size_, offset + bytes.size());
}

void PageMirror::truncate(std::uint64_t size) {
  overlay_size_ = size;
  overlay_.erase(overlay_.lower_bound(static_cast<std::uint32_t>((size + block_size - 1) / block_size)), overlay_.end());
}

void PageMirror::commit() {
  if (!writing()) return;
  ++commit_;
  const auto old_blocks = (committed_.size() + block_size - 1) / block_size;
  const auto old_size = committed_.size();
  committed_.resize(overlay_size_);
  for (const auto& [number, bytes] : overlay_) {
    const auto start = std::uint64_t{number} * block_size;
    if (start >= committed_.size()) continue;
    std::copy_n(bytes.begin(), std::min<std::uint64_t>(block_size, committed_.size() - start),
                committed_.begin() + static_cast<std::ptrdiff_t>(start));
    unacknowledged_[number] = commit_;
  }
  // A changed end changes the last block of either size, and every block in between that nobody wrote.
  if (old_size != committed_.size()) {
    const auto blocks = (committed_.size() + block_size - 1) / block_size;
    for (auto number = std::min(old_blocks, blocks) ? std::min(old_blocks, blocks) - 1 : 0; number < blocks; ++number)
      unacknowledged_[static_cast<std::uint32_t>(number)] = commit_;
    unacknowledged_.erase(unacknowledged_.lower_bound(static_cast<std::uint32_t>(blocks)), unacknowledged_.end());
  }
  overlay_.clear();
}

void PageMirror::discard() {
  overlay_.clear();
  overlay_size_ = committed_.size();
}

Flush PageMirror::freeze() const {
  Flush flush{.commit = commit_, .file_size = committed_.size(), .blocks = {}};
  for (const auto& [number, commit] : unacknowledged_) {
    const auto start = std::uint64_t{number} * block_size;
    const auto end = std::min<std::uint64_t>(start + block_size, committed_.size());
    flush.blocks.emplace(number, Bytes(committed_.begin() + static_cast<std::ptrdiff_t>(start),
                                       committed_.begin() + static_cast<std::ptrdiff_t>(end)));
  }
  return flush;
}

void PageMirror::acknowledge(const Flush& flush) {
  acknowledged_ = std::max(acknowledged_, flush.commit);
  std::erase_if(unacknowledged_, [&](const auto& entry) { return entry.second <= flush.commit; });
}

}  // namespace pmo::storage
