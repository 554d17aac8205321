// The image of one SQLite database in memory, and what of it the browser's storage has not acknowledged yet.
//
//   SQLite ── xWrite ──▶ overlay ── COMMIT_PHASETWO ──▶ committed ── freeze ──▶ flush ──▶ IndexedDB
//                          │                               ▲                      │
//                          └── unlock without commit: dropped                     └── acknowledge: forgotten if unchanged
//
//   V1  a flush holds exactly the committed state at one commit boundary, never a byte of a later transaction
//   V2  a block stays unacknowledged until a flush that carried its last change was acknowledged; a flush that fails
//       removes nothing, so the next one carries the union
//   V3  what is stored is therefore always some committed state, and at least the last acknowledged one
//   V4  blocks beyond the end are deleted in the same flush that makes the file shorter
//
// The unit is a block of 16 KiB whatever SQLite's page size is: a quarter of the records of 4 KiB pages to load, and
// still little to write for a small edit (docs/storage.md has the measurements).
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace pmo::storage {

inline constexpr std::size_t block_size = 16 * 1024;

using Bytes = std::vector<std::uint8_t>;

// What one flush carries: copies, so that nothing written later can leak in.
struct Flush {
  std::uint64_t commit = 0;      // the commit boundary it stands for
  std::uint64_t file_size = 0;
  std::map<std::uint32_t, Bytes> blocks;  // by number; the last one may be shorter
  std::uint32_t block_count() const { return static_cast<std::uint32_t>((file_size + block_size - 1) / block_size); }
};

class PageMirror {
 public:
  PageMirror() = default;
  // An image as it was stored at a commit.
  PageMirror(Bytes image, std::uint64_t commit) : committed_(std::move(image)), commit_(commit), acknowledged_(commit) {}

  // --- what SQLite does
  std::uint64_t size() const { return overlay_size_; }
  // Copies what there is and fills the rest with zeros; false when it had to.
  bool read(std::uint64_t offset, std::span<std::uint8_t> into) const;
  void write(std::uint64_t offset, std::span<const std::uint8_t> bytes);
  void truncate(std::uint64_t size);
  void commit();    // the overlay becomes part of the committed state
  void discard();   // the overlay is forgotten
  bool writing() const { return !overlay_.empty() || overlay_size_ != committed_.size(); }

  // --- what the write-behind does
  std::uint64_t commit_number() const { return commit_; }
  std::uint64_t acknowledged() const { return acknowledged_; }
  bool dirty() const { return acknowledged_ < commit_; }
  Flush freeze() const;                   // everything unacknowledged, as it is at the last commit
  void acknowledge(const Flush& flush);
  const Bytes& image() const { return committed_; }

 private:
  Bytes committed_;
  std::map<std::uint32_t, Bytes> overlay_;  // blocks of the running transaction
  std::uint64_t overlay_size_ = committed_.size();
  std::uint64_t commit_ = 0, acknowledged_ = 0;
  std::map<std::uint32_t, std::uint64_t> unacknowledged_;  // block -> commit of its last change
};

}  // namespace pmo::storage
