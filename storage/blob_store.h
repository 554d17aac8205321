// The contents of attached files, beside the databases: so a project opens as quickly with a thousand drawings as
// without. A content is addressed by its SHA-256; the same file attached twice is kept once.
//
//   A1  a content is kept durably before any record refers to it (put answers, then the record is written)
//   A2  what some project refers to is never collected; what nobody refers to stays for the time of grace, so that
//       undo and states that were set aside still find it. What projects have told may be lost, or older than a crash:
//       whoever collects has them all tell it again before
//   A3  what get() hands out has the hash it was asked for
//
// Contents are streamed: none of this needs one whole in memory.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "app/model/content.h"

namespace pmo::storage {

inline constexpr std::size_t largest_attachment = 500u << 20;                 // bytes of one file
inline constexpr std::uint64_t attachment_grace = 30ull * 24 * 60 * 60 * 1000;  // milliseconds

class BlobStore {
 public:
  virtual ~BlobStore() = default;

  using Done = std::function<void(Result<void>)>;
  using Got = std::function<void(Result<ContentPtr>)>;

  // Answers when the content is kept. Errors: error.attachment.not_kept.
  virtual void put(const std::string& sha256, ContentPtr content, Done done) = 0;
  // Errors: error.attachment.missing, error.attachment.damaged.
  virtual void get(const std::string& sha256, Got got) = 0;
  // All contents that a project refers to now, in place of what was said before; none: the project is gone.
  virtual void refer(const std::string& project, const std::set<std::string>& contents) = 0;
  // Removes a content at once, unless a project refers to it: its text is kept sealed from now on.
  virtual void discard(const std::string& sha256) = 0;
  // Removes what nobody has referred to for the time of grace; find_unused() tells whether there is any.
  virtual void collect() = 0;
  virtual void find_unused(std::function<void(bool)> found) = 0;
  // How many bytes can still be put; nothing where nobody can tell.
  virtual void room(std::function<void(std::optional<std::uint64_t>)> told) { told({}); }
};

// In memory, as long as it lives; for tests and where a browser keeps nothing.
class MemoryBlobs final : public BlobStore {
 public:
  // Milliseconds since 1970, for the time of grace; without a clock nothing grows old.
  std::function<std::uint64_t()> now = [] { return std::uint64_t{0}; };

  void put(const std::string& sha256, ContentPtr content, Done done) override;
  void get(const std::string& sha256, Got got) override;
  void refer(const std::string& project, const std::set<std::string>& contents) override;
  void discard(const std::string& sha256) override;
  void collect() override;
  void find_unused(std::function<void(bool)> found) override;
  const std::string* find(const std::string& sha256) const;  // what is kept, if anything
  std::size_t size() const { return kept_.size(); }

 private:
  struct Kept {
    ContentPtr content;
    std::uint64_t touched = 0;  // when it was put, or lost its last reference
  };
  bool referred(const std::string& sha256) const;
  bool unused(const std::pair<const std::string, Kept>& kept) const;

  std::map<std::string, Kept> kept_;
  std::map<std::string, std::set<std::string>> uses_;  // by project
};

// What is handed out must be what was asked for: answers the content, or error.attachment.damaged.
void check_content(const std::string& sha256, ContentPtr content, BlobStore::Got got);

}  // namespace pmo::storage
