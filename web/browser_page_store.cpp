#include "web/browser_page_store.h"

#include <charconv>
#include <chrono>
#include <format>
#include <ranges>

#include "web/host_calls.h"
#include "web/host_content.h"

namespace pmo::web {
namespace {

using storage::Flush;
using storage::FlushOutcome;
using storage::Head;
using storage::SnapshotInfo;
using storage::StoredImage;

// Takes a waiting answer out of its map; nothing when it came twice.
template <class Map>
auto take_out(Map& waiting, int request) {
  auto node = waiting.extract(request);
  return node ? std::optional(std::move(node.mapped())) : std::nullopt;
}

int length(std::string_view text) { return static_cast<int>(text.size()); }

// All numbers are below 2^53; a writer's name is made of letters and digits.
std::string json(const Head& head) {
  return std::format(R"({{"format":{},"commit":{},"fileSize":{},"blockCount":{},"epoch":{},"writer":"{}","digest":{}}})", head.format,
                     head.commit, head.file_size, head.block_count(), head.epoch, head.writer, head.digest);
}

std::string json(const SnapshotInfo& info) {
  return std::format(R"({{"id":{},"commit":{},"bytes":{},"digest":{},"reason":{}}})", info.id, info.commit, info.bytes, info.digest,
                     static_cast<int>(info.reason));
}

// The numbers of a line, as far as they are some.
std::vector<std::uint64_t> numbers_of(std::string_view line) {
  std::vector<std::uint64_t> numbers;
  for (const auto word : line | std::views::split(' ')) {
    std::uint64_t value = 0;
    if (std::from_chars(word.data(), word.data() + word.size(), value).ec != std::errc{}) break;
    numbers.push_back(value);
  }
  return numbers;
}

// One a line: id commit bytes digest reason.
std::vector<SnapshotInfo> snapshots_of(std::string_view lines) {
  std::vector<SnapshotInfo> infos;
  for (const auto line : lines | std::views::split('\n'))
    if (const auto values = numbers_of(std::string_view(line)); values.size() == 5)
      infos.push_back({.id = values[0], .commit = values[1], .bytes = values[2], .digest = values[3],
                       .reason = static_cast<storage::SnapshotReason>(values[4])});
  return infos;
}

}  // namespace

void BrowserPageStore::load(const std::string& name, std::function<void(Result<StoredImage>)> loaded) {
  loads_[++last_request_] = {.loaded = std::move(loaded), .image = {}};
  host_store_load(last_request_, name.data(), length(name));
}

void BrowserPageStore::load_second(const std::string& name, std::function<void(Result<StoredImage>)> loaded) {
  loads_[++last_request_] = {.loaded = std::move(loaded), .image = {}};
  host_store_load_second(last_request_, name.data(), length(name));
}

void BrowserPageStore::write(const std::string& name, Flush flush, const Head& base, std::function<void(FlushOutcome)> done) {
  outcomes_[++last_request_] = std::move(done);
  std::vector<std::uint32_t> numbers, sizes;
  storage::Bytes bytes;
  for (const auto& [number, block] : flush.blocks) {
    numbers.push_back(number);
    sizes.push_back(static_cast<std::uint32_t>(block.size()));
    bytes.insert(bytes.end(), block.begin(), block.end());
  }
  const auto heads = std::format(R"({{"base":{},"next":{}}})", json(base), json(flush.head));
  host_store_write(last_request_, name.data(), length(name), heads.data(), length(heads), static_cast<int>(numbers.size()),
                   numbers.data(), sizes.data(), bytes.data());
}

void BrowserPageStore::reconnect() { host_store_reconnect(); }

void BrowserPageStore::release(const std::string& name) { host_store_release(name.data(), length(name)); }

void BrowserPageStore::remove(const std::string& name, storage::Aside damaged) {
  host_store_remove(name.data(), length(name), damaged == storage::Aside::stays);
}

void BrowserPageStore::put_snapshot(const std::string& name, const SnapshotInfo& info, const storage::Bytes& image,
                                    std::size_t keep, std::function<void(FlushOutcome)> done) {
  outcomes_[++last_request_] = std::move(done);
  const auto text = json(info);
  host_store_put_snapshot(last_request_, name.data(), length(name), text.data(), length(text), image.data(),
                          static_cast<int>(image.size()), static_cast<int>(keep));
}

void BrowserPageStore::list_names(std::function<void(storage::KeptNames)> listed) {
  lists_[++last_request_] = [listed = std::move(listed)](std::string_view lines) {
    storage::KeptNames kept{.names = {}, .complete = lines == "all" || lines.starts_with("all\n")};
    for (const auto line : lines | std::views::split('\n') | std::views::drop(1))
      if (!line.empty()) kept.names.emplace_back(std::string_view(line));
    listed(std::move(kept));
  };
  host_store_list_names(last_request_);
}

void BrowserPageStore::list_snapshots(const std::string& name, std::function<void(std::vector<SnapshotInfo>)> listed) {
  lists_[++last_request_] = [listed = std::move(listed)](std::string_view lines) { listed(snapshots_of(lines)); };
  host_store_list_snapshots(last_request_, name.data(), length(name));
}

void BrowserPageStore::get_snapshot(const std::string& name, std::uint64_t id, std::function<void(Result<storage::Bytes>)> got) {
  loads_[++last_request_] = {.loaded = [got = std::move(got)](Result<StoredImage> image) {
    if (!image) return got(std::unexpected(image.error()));
    got(std::move(image->bytes));
  }, .image = {}};
  host_store_get_snapshot(last_request_, name.data(), length(name), static_cast<double>(id));
}

void BrowserPageStore::quarantine(const std::string& name, std::function<void(FlushOutcome)> done) {
  outcomes_[++last_request_] = std::move(done);
  host_store_quarantine(last_request_, name.data(), length(name));
}

void BrowserPageStore::take(const std::string& name, std::function<void(bool)> taken) {
  outcomes_[++last_request_] = [taken = std::move(taken)](FlushOutcome outcome) { taken(outcome == FlushOutcome::done); };
  host_store_take(last_request_, name.data(), length(name));
}

void BrowserPageStore::put(const std::string& sha256, ContentPtr content, Done done) {
  outcomes_[++last_request_] = [done = std::move(done)](FlushOutcome outcome) {
    done(outcome == FlushOutcome::done ? Result<void>{} : fail("error.attachment.not_kept"_key));
  };
  host_store_put_blob(last_request_, sha256.data(), length(sha256), Borrowed(*content).number());
}

void BrowserPageStore::find(const std::string& sha256, bool second, std::function<void(ContentPtr)> found) {
  lists_[++last_request_] = [this, found = std::move(found)](std::string_view line) {
    const auto values = numbers_of(line);
    found(values.size() == 2 ? std::make_shared<HostContent>(*this, static_cast<int>(values[0]), values[1]) : nullptr);
  };
  host_store_get_blob(last_request_, sha256.data(), length(sha256), second);
}

// What the first copy has lost or damaged comes from the second one, and goes back to the first.
void BrowserPageStore::get(const std::string& sha256, Got got) {
  const auto try_second = [this, sha256, got](Error reason) {
    find(sha256, true, [this, sha256, got, reason](const ContentPtr& copy) {
      if (!copy) return got(std::unexpected(reason));
      storage::check_content(sha256, copy, [this, sha256, got](Result<ContentPtr> content) {
        if (content) put(sha256, *content, [](Result<void>) {});
        got(std::move(content));
      });
    });
  };
  find(sha256, false, [sha256, got, try_second](const ContentPtr& first) {
    if (!first) return try_second({"error.attachment.missing"_key, {}});
    storage::check_content(sha256, first, [got, try_second](Result<ContentPtr> content) {
      if (content) got(std::move(content));
      else try_second(content.error());
    });
  });
}

void BrowserPageStore::room(std::function<void(std::optional<std::uint64_t>)> told) {
  lists_[++last_request_] = [told = std::move(told)](std::string_view line) {
    const auto values = numbers_of(line);
    told(values.empty() ? std::nullopt : std::optional(values[0]));
  };
  host_store_room(last_request_);
}

void BrowserPageStore::read_content(int number, std::uint64_t from, std::uint64_t size, std::function<void(Result<std::string>)> got) {
  loads_[++last_request_] = {.loaded = [got = std::move(got)](Result<StoredImage> arrived) {
    if (arrived) got(std::string(arrived->bytes.begin(), arrived->bytes.end()));
    else got(fail("error.file.unreadable"_key));
  }, .image = {}};
  host_content_read(last_request_, number, static_cast<double>(from), static_cast<double>(size));
}

void BrowserPageStore::refer(const std::string& project, const std::set<std::string>& contents) {
  std::string list;
  for (const auto& sha256 : contents) list += (list.empty() ? "" : " ") + sha256;
  host_store_refer(project.data(), length(project), list.data(), length(list));
}

void BrowserPageStore::discard(const std::string& sha256) { host_store_discard(sha256.data(), length(sha256)); }

void BrowserPageStore::find_unused(std::function<void(bool)> found) {
  lists_[++last_request_] = [found = std::move(found)](std::string_view lines) { found(!lines.empty()); };
  host_store_find_unused(last_request_, static_cast<double>(storage::attachment_grace));
}

void BrowserPageStore::collect() { host_store_collect(static_cast<double>(storage::attachment_grace)); }

void BrowserPageStore::after(int milliseconds, std::function<void()> run) {
  timers_[++last_request_] = std::move(run);
  host_after(last_request_, milliseconds);
}

std::uint64_t BrowserPageStore::now() const {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::milliseconds>(now).count());
}

std::uint8_t* BrowserPageStore::image_arriving(int request, std::uint64_t bytes, Head head, bool writable, bool had_data,
                                               bool rescued) {
  const auto at = loads_.find(request);
  if (at == loads_.end()) return nullptr;
  at->second.image = {.bytes = storage::Bytes(bytes), .head = std::move(head), .writable = writable, .had_data = had_data,
                     .rescued = rescued};
  return at->second.image.bytes.data();
}

void BrowserPageStore::image_arrived(int request) {
  if (auto load = take_out(loads_, request)) load->loaded(std::move(load->image));
}

void BrowserPageStore::image_failed(int request, std::string reason) {
  const auto load = take_out(loads_, request);
  if (!load) return;
  if (reason == "newer") load->loaded(fail("error.store.newer"_key));
  else load->loaded(fail("error.storage.load"_key, {std::move(reason)}));
}

void BrowserPageStore::outcome(int request, FlushOutcome outcome) {
  if (auto done = take_out(outcomes_, request)) (*done)(outcome);
}

void BrowserPageStore::listed(int request, std::string_view lines) {
  if (auto listed = take_out(lists_, request)) (*listed)(lines);
}

void BrowserPageStore::time_is_up(int request) {
  if (auto run = take_out(timers_, request)) (*run)();
}

}  // namespace pmo::web
