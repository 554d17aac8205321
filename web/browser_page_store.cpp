#include "web/browser_page_store.h"

#include "web/host_calls.h"

namespace pmo::web {
namespace {

using storage::Flush;
using storage::FlushOutcome;
using storage::StoredImage;

// Takes a waiting answer out of its map; nothing when it came twice.
template <class Map>
auto take(Map& waiting, int request) {
  auto node = waiting.extract(request);
  return node ? std::optional(std::move(node.mapped())) : std::nullopt;
}

int length(const std::string& text) { return static_cast<int>(text.size()); }

}  // namespace

void BrowserPageStore::load(const std::string& name, std::function<void(Result<StoredImage>)> loaded) {
  loads_[++last_request_] = {.loaded = std::move(loaded), .image = {}};
  host_store_load(last_request_, name.data(), length(name));
}

void BrowserPageStore::write(const std::string& name, Flush flush, std::uint64_t expected,
                             std::function<void(FlushOutcome)> done) {
  writes_[++last_request_] = std::move(done);
  std::vector<std::uint32_t> numbers, sizes;
  storage::Bytes bytes;
  for (const auto& [number, block] : flush.blocks) {
    numbers.push_back(number);
    sizes.push_back(static_cast<std::uint32_t>(block.size()));
    bytes.insert(bytes.end(), block.begin(), block.end());
  }
  host_store_write(last_request_, name.data(), length(name), static_cast<double>(flush.commit), static_cast<double>(expected),
                   static_cast<double>(flush.file_size), static_cast<int>(flush.block_count()),
                   static_cast<int>(numbers.size()), numbers.data(), sizes.data(), bytes.data());
}

void BrowserPageStore::release(const std::string& name) { host_store_release(name.data(), length(name)); }

void BrowserPageStore::remove(const std::string& name) { host_store_remove(name.data(), length(name)); }

void BrowserPageStore::after(int milliseconds, std::function<void()> run) {
  timers_[++last_request_] = std::move(run);
  host_after(last_request_, milliseconds);
}

std::uint8_t* BrowserPageStore::image_arriving(int request, std::uint64_t size, std::uint64_t commit, bool writable) {
  const auto at = loads_.find(request);
  if (at == loads_.end()) return nullptr;
  at->second.image = {.bytes = storage::Bytes(size), .commit = commit, .writable = writable};
  return at->second.image.bytes.data();
}

void BrowserPageStore::image_arrived(int request) {
  if (auto load = take(loads_, request)) load->loaded(std::move(load->image));
}

void BrowserPageStore::image_failed(int request, std::string reason) {
  auto load = take(loads_, request);
  if (!load) return;
  if (reason == "damaged") load->loaded(fail("error.storage.damaged"_key));
  else load->loaded(fail("error.storage.load"_key, {std::move(reason)}));
}

void BrowserPageStore::written(int request, FlushOutcome outcome) {
  if (auto done = take(writes_, request)) (*done)(outcome);
}

void BrowserPageStore::time_is_up(int request) {
  if (auto run = take(timers_, request)) (*run)();
}

}  // namespace pmo::web
