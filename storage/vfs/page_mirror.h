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
//   V5  digest() always belongs to the committed image: the sum of the digests of its blocks
//
// The unit is a block of 16 KiB whatever SQLite's page size is: a quarter of the records of 4 KiB pages to load, and
// still little to write for a small edit (docs/storage.md has the measurements).
//
//   head            what is stored beside the blocks of a database
//   format          1
//   commit          number of the commit boundary that the blocks are; grows by one a commit
//   file_size       bytes; so there are ceil(file_size / block_size) blocks, the last one may be shorter
//   epoch, writer   whose turn it is: every writer draws a name of its own and counts the epoch up by one
//   digest          of all blocks, 53 bits (a number that JavaScript keeps exactly): finds accidents, not attacks
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "storage/vfs/flaw.h"

namespace pmo::storage {

inline constexpr std::size_t block_size = 16 * 1024;
inline constexpr std::uint32_t head_format = 1;

using Bytes = std::vector<std::uint8_t>;

constexpr std::uint32_t blocks_of(std::uint64_t file_size) {
  return static_cast<std::uint32_t>((file_size + block_size - 1) / block_size);
}

struct Head {
  std::uint64_t commit = 0;
  std::uint64_t file_size = 0;
  std::uint32_t epoch = 0;
  std::string writer = {};
  std::uint64_t digest = 0;
  std::uint32_t format = head_format;
  std::uint32_t block_count() const { return blocks_of(file_size); }
  friend bool operator==(const Head&, const Head&) = default;
};

// What one flush carries: copies, so that nothing written later can leak in.
struct Flush {
  Head head;                              // as it shall be stored
  std::map<std::uint32_t, Bytes> blocks;  // by number; the last one may be shorter
};

enum class Admission : unsigned char {
  admitted,
  fenced,    // somebody else has written since
  overtaken, // a later write of the same writer is already stored: this one was given up and repeated
  gone,      // nothing is stored although there should be: the browser or another window removed it
};

// The fence: whether `next`, made on top of `base` (the last head known to be stored; commit 0: nothing), may
// replace what is stored. A head of our own between the two is a write whose answer was lost.
Admission admission(const std::optional<Head>& stored, const Head& base, const Head& next);

// Of one block, to be added up (modulo 2^64, then cut to 53 bits) over an image.
std::uint64_t block_digest(std::uint32_t number, std::span<const std::uint8_t> bytes);
inline constexpr std::uint64_t digest_mask = (std::uint64_t{1} << 53) - 1;

class PageMirror {
 public:
  PageMirror() = default;
  // An image as it was stored at a commit.
  PageMirror(Bytes image, std::uint64_t commit);

  // --- what SQLite does
  std::uint64_t size() const { return overlay_size_; }
  // Copies what there is and fills the rest with zeros; false when it had to.
  bool read(std::uint64_t offset, std::span<std::uint8_t> into) const;
  void write(std::uint64_t offset, std::span<const std::uint8_t> bytes);
  void truncate(std::uint64_t size);
  void commit();    // the overlay becomes part of the committed state
  void discard();   // the overlay is forgotten
  void replace(std::span<const std::uint8_t> image);  // by another image, as one commit
  bool writing() const { return !overlay_.empty() || overlay_size_ != committed_.size() || kept_size_ < committed_.size(); }

  // --- what the write-behind does
  std::uint64_t commit_number() const { return commit_; }
  std::uint64_t acknowledged() const { return acknowledged_; }
  bool dirty() const { return acknowledged_ < commit_; }
  std::uint64_t digest() const { return digest_ & digest_mask; }
  std::size_t unacknowledged_blocks() const { return unacknowledged_.size(); }
  Flush freeze();                         // everything unacknowledged, as it is at the last commit
  void acknowledge(std::uint64_t commit);
  void touch();                           // one more flush, to learn whether the last one is still there
  void forget_stored();                   // nothing is stored any more: the next flush carries the whole image
  const Bytes& image() const { return committed_; }

  Flaw flaw = Flaw::none;

 private:
  std::span<const std::uint8_t> block(std::uint32_t number) const;
  Bytes overlaid_block(std::uint32_t number) const;
  void count_in(std::uint32_t number);  // brings the digest up to date

  Bytes committed_;
  std::map<std::uint32_t, Bytes> overlay_;  // blocks of the running transaction
  std::uint64_t overlay_size_ = 0;
  std::uint64_t kept_size_ = 0;  // of the committed bytes, how many the running transaction has not cut off
  std::uint64_t commit_ = 0, acknowledged_ = 0;
  std::map<std::uint32_t, std::uint64_t> unacknowledged_;  // block -> commit of its last change
  std::vector<std::uint64_t> block_digests_;
  std::uint64_t digest_ = 0;
};

}  // namespace pmo::storage
