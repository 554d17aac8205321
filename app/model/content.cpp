#include "app/model/content.h"

#include <algorithm>

#include "app/model/turns.h"

namespace pmo {
namespace {

using Got = std::function<void(Result<std::string>)>;

class BytesContent final : public Content {
 public:
  explicit BytesContent(std::string bytes) : bytes_(std::move(bytes)) {}
  std::uint64_t size() const override { return bytes_.size(); }
  void read(std::uint64_t from, std::uint64_t size, Got got) const override { got(std::string(view(from, size))); }
  void tell(std::uint64_t from, std::uint64_t size, ContentPieces& pieces) const override { pieces.bytes(view(from, size)); }
  const std::string* in_memory() const override { return &bytes_; }

 private:
  std::string_view view(std::uint64_t from, std::uint64_t size) const {
    if (from >= bytes_.size()) return {};
    return std::string_view(bytes_).substr(static_cast<std::size_t>(from), static_cast<std::size_t>(std::min<std::uint64_t>(size, bytes_.size())));
  }
  std::string bytes_;
};

class ContentPart final : public Content {
 public:
  ContentPart(ContentPtr whole, std::uint64_t from, std::uint64_t size) : whole_(std::move(whole)), from_(std::min(from, whole_->size())) {
    size_ = std::min(size, whole_->size() - from_);
  }
  std::uint64_t size() const override { return size_; }
  void read(std::uint64_t from, std::uint64_t size, Got got) const override {
    const auto start = std::min(from, size_);
    whole_->read(from_ + start, std::min(size, size_ - start), std::move(got));
  }
  void tell(std::uint64_t from, std::uint64_t size, ContentPieces& pieces) const override {
    const auto start = std::min(from, size_);
    whole_->tell(from_ + start, std::min(size, size_ - start), pieces);
  }

 private:
  ContentPtr whole_;
  std::uint64_t from_, size_ = 0;
};

class ContentChain final : public Content {
 public:
  explicit ContentChain(std::vector<ContentPtr> parts) : parts_(std::move(parts)) {}
  std::uint64_t size() const override {
    std::uint64_t sum = 0;
    for (const auto& part : parts_) sum += part->size();
    return sum;
  }
  void read(std::uint64_t from, std::uint64_t size, Got got) const override {
    const auto gathering = std::make_shared<Gathering>();
    each_part(from, size, [&](const ContentPtr& part, std::uint64_t start, std::uint64_t length) { gathering->parts.push_back(part_of(part, start, length)); });
    gathering->got = std::move(got);
    gathering->go_on();
  }
  void tell(std::uint64_t from, std::uint64_t size, ContentPieces& pieces) const override {
    each_part(from, size, [&](const ContentPtr& part, std::uint64_t start, std::uint64_t length) { part->tell(start, length, pieces); });
  }

 private:
  template <class Visit>
  void each_part(std::uint64_t from, std::uint64_t size, Visit visit) const {
    for (const auto& part : parts_) {
      const auto length = part->size();
      if (from < length && size > 0) {
        const auto here = std::min(size, length - from);
        visit(part, from, here);
        size -= here;
        from = 0;
      } else {
        from -= std::min(from, length);
      }
    }
  }
  // Reads part after part.
  struct Gathering : std::enable_shared_from_this<Gathering> {
    std::vector<ContentPtr> parts;
    std::size_t index = 0;
    std::string have;
    Got got;
    Turns turns;

    void go_on() { turns.next([this] { take_next(); }); }
    void take_next() {
      if (index == parts.size()) return got(std::move(have));
      read_whole(parts[index], [self = shared_from_this()](Result<std::string> bytes) {
        if (!bytes) return self->got(std::move(bytes));
        self->have += *bytes;
        ++self->index;
        self->go_on();
      });
    }
  };
  std::vector<ContentPtr> parts_;
};

void read_from(ContentPtr content, std::uint64_t from, std::function<void(std::string_view)> take, std::function<void(Result<void>)> done) {
  if (from >= content->size()) return done({});
  const auto* whole = content.get();
  whole->read(from, content_portion, [content = std::move(content), from, take = std::move(take), done = std::move(done)](Result<std::string> bytes) mutable {
    if (!bytes || bytes->empty()) return done(bytes ? fail("error.file.unreadable"_key) : std::unexpected(bytes.error()));
    take(*bytes);
    const auto next = from + bytes->size();
    read_from(std::move(content), next, std::move(take), std::move(done));
  });
}

}  // namespace

ContentPtr content_of(std::string bytes) { return std::make_shared<BytesContent>(std::move(bytes)); }

ContentPtr part_of(ContentPtr whole, std::uint64_t from, std::uint64_t size) { return std::make_shared<ContentPart>(std::move(whole), from, size); }

ContentPtr joined(std::vector<ContentPtr> parts) { return std::make_shared<ContentChain>(std::move(parts)); }

void read_whole(const ContentPtr& content, Got got) {
  const auto size = content->size();
  content->read(0, size, [content, size, got = std::move(got)](Result<std::string> bytes) {
    if (bytes && bytes->size() != size) return got(fail("error.file.unreadable"_key));
    got(std::move(bytes));
  });
}

void read_through(ContentPtr content, std::function<void(std::string_view)> take, std::function<void(Result<void>)> done) {
  if (const auto* bytes = content->in_memory()) {
    take(*bytes);
    return done({});
  }
  read_from(std::move(content), 0, std::move(take), std::move(done));
}

}  // namespace pmo
