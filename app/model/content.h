// Bytes that need not be in memory: a file that the user has chosen, the content of an attached file, an archive made of
// such. They never change. A browser keeps them under a number (a Blob); what is in memory is read at once.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/words/error.h"

namespace pmo {

// Receives what a content is made of, one piece behind the other.
class ContentPieces {
 public:
  virtual ~ContentPieces() = default;
  virtual void bytes(std::string_view bytes) = 0;
  virtual void kept(int number, std::uint64_t from, std::uint64_t size) = 0;  // of what the place keeps under a number
};

class Content {
 public:
  virtual ~Content() = default;
  virtual std::uint64_t size() const = 0;
  // `size` bytes from there on, fewer at the end; at once or later. Errors: error.file.unreadable.
  virtual void read(std::uint64_t from, std::uint64_t size, std::function<void(Result<std::string>)> got) const = 0;
  virtual void tell(std::uint64_t from, std::uint64_t size, ContentPieces& pieces) const = 0;
  // All of it where it is in memory; null elsewhere.
  virtual const std::string* in_memory() const { return nullptr; }
};

using ContentPtr = std::shared_ptr<const Content>;

ContentPtr content_of(std::string bytes);
// What lies there, as far as it lies inside.
ContentPtr part_of(ContentPtr whole, std::uint64_t from, std::uint64_t size);
ContentPtr joined(std::vector<ContentPtr> parts);

void read_whole(const ContentPtr& content, std::function<void(Result<std::string>)> got);
// Shows all of it to `take` in portions, so that never more than one is in memory.
void read_through(ContentPtr content, std::function<void(std::string_view)> take, std::function<void(Result<void>)> done);

inline constexpr std::uint64_t content_portion = 1 << 20;  // bytes

}  // namespace pmo
