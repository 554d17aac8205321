// Contents that lie with the host: files of the user, and what its stores hold. The host knows each by a number
// (web/host/contents.ts); only what somebody reads comes into the module.
#pragma once

#include "web/browser_page_store.h"

namespace pmo::web {

class HostContent final : public Content {
 public:
  // The store lasts as long as the page; the number is given back when nobody needs the content any more.
  HostContent(BrowserPageStore& store, int number, std::uint64_t size) : store_(store), number_(number), size_(size) {}
  ~HostContent() override;
  HostContent(const HostContent&) = delete;

  std::uint64_t size() const override { return size_; }
  void read(std::uint64_t from, std::uint64_t size, std::function<void(Result<std::string>)> got) const override;
  void tell(std::uint64_t from, std::uint64_t size, ContentPieces& pieces) const override;

 private:
  BrowserPageStore& store_;
  int number_;
  std::uint64_t size_;
};

// A number for any content, for the time of a call to the host: its own, or that of one put together there.
class Borrowed {
 public:
  explicit Borrowed(const Content& content);
  ~Borrowed();
  Borrowed(const Borrowed&) = delete;
  int number() const { return number_; }

 private:
  int number_ = 0;
};

}  // namespace pmo::web
