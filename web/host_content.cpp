#include "web/host_content.h"

#include "web/host_calls.h"

namespace pmo::web {
namespace {

// A piece as the host reads it (Contents.make in web/host/contents.ts).
struct WirePiece {
  std::uint32_t number;  // 0: bytes of the module
  std::uint32_t start;
  double from, size;
};

class Collector final : public ContentPieces {
 public:
  void bytes(std::string_view bytes) override {
    pieces.push_back({0, static_cast<std::uint32_t>(reinterpret_cast<std::uintptr_t>(bytes.data())), 0, static_cast<double>(bytes.size())});
  }
  void kept(int number, std::uint64_t from, std::uint64_t size) override {
    pieces.push_back({static_cast<std::uint32_t>(number), 0, static_cast<double>(from), static_cast<double>(size)});
  }
  std::vector<WirePiece> pieces;
};

}  // namespace

HostContent::~HostContent() { host_content_release(number_); }

void HostContent::read(std::uint64_t from, std::uint64_t size, std::function<void(Result<std::string>)> got) const {
  store_.read_content(number_, from, size, std::move(got));
}

void HostContent::tell(std::uint64_t from, std::uint64_t size, ContentPieces& pieces) const { pieces.kept(number_, from, size); }

Borrowed::Borrowed(const Content& content) {
  Collector told;
  content.tell(0, content.size(), told);
  number_ = host_content_make(told.pieces.data(), static_cast<int>(told.pieces.size()));
}

Borrowed::~Borrowed() { host_content_release(number_); }

}  // namespace pmo::web
