#include "storage/bundle/zip.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>

#include "app/model/turns.h"
#include "storage/packing.h"

namespace pmo::storage {
namespace {

constexpr std::uint32_t local_mark = 0x04034b50, central_mark = 0x02014b50, end_mark = 0x06054b50;
constexpr std::size_t local_size = 30, central_size = 46, end_size = 22, longest_comment = 0xFFFF;
constexpr std::size_t most_entries = 65'000, largest_directory = 16u << 20;  // the form ends at 65,534
constexpr std::uint16_t needs_version = 20, names_in_utf8 = 1 << 11;
constexpr std::uint16_t first_day = 1 << 5 | 1;  // 1980-01-01: the same content gives the same archive

constexpr std::uint16_t stored = 0, deflated = 8;
constexpr std::uint64_t largest_archive = std::numeric_limits<std::uint32_t>::max();
constexpr std::uint64_t largest_packed = 25u << 20;     // larger entries are stored as they are
constexpr std::uint64_t largest_unpacked = 256u << 20;  // of all entries together

Error damaged(std::string_view entry = {}) { return {"error.zip.damaged"_key, {}, std::string(entry)}; }
Error too_many() { return {"error.export.too_many"_key, {std::to_string(most_entries)}}; }

// --- writing ----------------------------------------------------------------------------------------------------

// An entry as it lies in the file.
struct Laid {
  std::string name;
  ContentPtr content;  // packed, when it is deflated
  std::uint16_t method = stored;
  std::uint32_t crc = 0;
  std::uint64_t size = 0;
};

class Writer {
 public:
  Writer& two(std::uint64_t value) { return number(value, 2); }
  Writer& four(std::uint64_t value) { return number(value, 4); }
  Writer& text(std::string_view value) { bytes += value; return *this; }
  std::string bytes;

 private:
  Writer& number(std::uint64_t value, int width) {
    for (int i = 0; i < width; ++i) bytes += static_cast<char>(value >> 8 * i & 0xFF);
    return *this;
  }
};

// What both headers of an entry have in common, from "version needed" on.
void write_facts(Writer& to, const Laid& entry) {
  to.two(needs_version).two(names_in_utf8).two(entry.method).two(0).two(first_day);
  to.four(entry.crc).four(entry.content->size()).four(entry.size).two(entry.name.size()).two(0);
}

Result<ContentPtr> put_together(const std::vector<Laid>& entries) {
  std::vector<ContentPtr> parts;
  Writer directory;
  std::uint64_t at = 0;
  for (const auto& entry : entries) {
    Writer header;
    header.four(local_mark);
    write_facts(header, entry);
    header.text(entry.name);
    directory.four(central_mark).two(needs_version);
    write_facts(directory, entry);
    directory.two(0).two(0).two(0).four(0).four(at).text(entry.name);
    at += header.bytes.size() + entry.content->size();
    parts.push_back(content_of(std::move(header.bytes)));
    parts.push_back(entry.content);
  }
  const auto size = directory.bytes.size();
  if (size > largest_directory) return std::unexpected(too_many());
  if (at + size + end_size > largest_archive) return fail("error.export.too_large"_key, {std::to_string(largest_archive >> 20)});
  directory.four(end_mark).two(0).two(0).two(entries.size()).two(entries.size()).four(size).four(at).two(0);
  parts.push_back(content_of(std::move(directory.bytes)));
  return joined(std::move(parts));
}

// A first part tells whether packing is worth the time.
bool is_worth_packing(std::string_view bytes) {
  if (bytes.size() < 64) return false;
  const auto first = bytes.substr(0, 64 << 10);
  return pack(first, Packing::raw).size() + first.size() / 10 <= first.size();
}

// room: how many bytes may still be packed, so that a reader will unpack the whole.
void lay(const ZipEntry& entry, std::uint64_t room, std::function<void(Result<Laid>)> done) {
  auto laid = std::make_shared<Laid>(Laid{.name = entry.name, .content = entry.content, .size = entry.content->size()});
  if (laid->size > std::min(largest_packed, room))
    return read_through(entry.content, [laid](std::string_view bytes) { laid->crc = crc32_of(bytes, laid->crc); },
                        [laid, done](Result<void> read) {
                          if (read) done(*laid);
                          else done(std::unexpected(read.error()));
                        });
  read_whole(entry.content, [laid, done](Result<std::string> bytes) {
    if (!bytes) return done(std::unexpected(bytes.error()));
    laid->crc = crc32_of(*bytes);
    if (is_worth_packing(*bytes)) {
      laid->method = deflated;
      laid->content = content_of(pack(*bytes, Packing::raw));
    }
    done(*laid);
  });
}

struct Packer : std::enable_shared_from_this<Packer> {
  std::vector<ZipEntry> entries;
  std::vector<Laid> laid;
  std::function<void(Result<ContentPtr>)> done;
  std::uint64_t room = largest_unpacked;
  Turns turns;

  void go_on() { turns.next([this] { pack_next(); }); }

  void pack_next() {
    if (laid.size() == entries.size()) return done(put_together(laid));
    lay(entries[laid.size()], room, [self = shared_from_this()](Result<Laid> next) {
      if (!next) return self->done(std::unexpected(next.error()));
      if (next->method == deflated) self->room -= next->size;
      self->laid.push_back(std::move(*next));
      self->go_on();
    });
  }
};

// --- reading ----------------------------------------------------------------------------------------------------

// Reads little-endian numbers; beyond the end everything is 0.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}
  std::uint32_t two(std::size_t at) const { return number(at, 2); }
  std::uint32_t four(std::size_t at) const { return number(at, 4); }
  // Nothing when it does not lie inside.
  std::string_view part(std::size_t at, std::size_t size) const {
    return at <= bytes_.size() && size <= bytes_.size() - at ? bytes_.substr(at, size) : std::string_view{};
  }

 private:
  std::uint32_t number(std::size_t at, std::size_t width) const {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < width && at + i < bytes_.size(); ++i)
      value |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes_[at + i])) << 8 * i;
    return value;
  }
  std::string_view bytes_;
};

// The record at the end, before a comment of up to 64 KB.
std::optional<std::size_t> find_end(std::string_view tail) {
  const Reader read(tail);
  for (std::size_t back = end_size; back <= tail.size(); ++back)
    if (read.four(tail.size() - back) == end_mark) return tail.size() - back;
  return {};
}

// A line of the directory.
struct Listed {
  std::string name;
  std::uint32_t flags = 0, method = 0, crc = 0, packed = 0, size = 0, local = 0;
};

Result<std::vector<Listed>> list(std::string_view directory, std::size_t count) {
  const Reader read(directory);
  std::vector<Listed> all;
  std::size_t at = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const auto name = read.part(at + central_size, read.two(at + 28));
    if (read.four(at) != central_mark || name.empty()) return std::unexpected(damaged());
    all.push_back({.name = std::string(name), .flags = read.two(at + 8), .method = read.two(at + 10), .crc = read.four(at + 16),
                   .packed = read.four(at + 20), .size = read.four(at + 24), .local = read.four(at + 42)});
    at += central_size + read.two(at + 28) + read.two(at + 30) + read.two(at + 32);
  }
  return all;
}

struct Unpacker : std::enable_shared_from_this<Unpacker> {
  ContentPtr archive;
  std::function<void(Result<std::vector<ZipEntry>>)> done;
  ZipWanted wanted;
  std::vector<Listed> listed;
  std::vector<ZipEntry> entries;
  std::uint64_t unpacked = 0;
  Turns turns;

  void fail_with(Error error) { done(std::unexpected(std::move(error))); }

  // Reads so many bytes there, all of them, and goes on with them.
  template <class Next>
  void read(std::uint64_t from, std::uint64_t size, Next next) {
    archive->read(from, size, [self = shared_from_this(), size, next = std::move(next)](Result<std::string> bytes) {
      if (!bytes) return self->fail_with(bytes.error());
      if (bytes->size() != size) return self->fail_with(damaged());
      next(*self, std::move(*bytes));
    });
  }

  void start() {
    const auto tail = std::min<std::uint64_t>(archive->size(), end_size + longest_comment);
    read(archive->size() - tail, tail, [](Unpacker& self, const std::string& bytes) { self.find_directory(bytes); });
  }

  void find_directory(std::string_view tail) {
    const auto end = find_end(tail);
    if (!end) return fail_with(damaged());
    const Reader at_end(tail.substr(*end));
    const std::size_t count = at_end.two(10), size = at_end.four(12);
    if (count > most_entries || size > largest_directory) return fail_with(damaged());
    read(at_end.four(16), size, [count](Unpacker& self, const std::string& directory) {
      auto all = list(directory, count);
      if (!all) return self.fail_with(all.error());
      self.listed = std::move(*all);
      if (self.wanted) std::erase_if(self.listed, [&](const Listed& entry) { return !self.wanted(entry.name, entry.size); });
      self.next_entry();
    });
  }

  void next_entry() { turns.next([this] { open_next(); }); }

  void open_next() {
    if (entries.size() == listed.size()) return done(std::move(entries));
    const Listed& entry = listed[entries.size()];
    if (entry.flags & 1 || (entry.method != stored && entry.method != deflated))
      return fail_with({"error.zip.packed"_key, {}, entry.name});
    read(entry.local, local_size, [](Unpacker& self, const std::string& header) { self.take(header); });
  }

  void take(std::string_view header) {
    const Listed& entry = listed[entries.size()];
    const Reader local(header);
    const std::uint64_t from = std::uint64_t{entry.local} + local_size + local.two(26) + local.two(28);
    if (local.four(0) != local_mark || from + entry.packed > archive->size()) return fail_with(damaged(entry.name));
    if (entry.method == stored) {
      if (entry.packed != entry.size) return fail_with(damaged(entry.name));
      entries.push_back({entry.name, part_of(archive, from, entry.size)});
      return next_entry();
    }
    // A small archive may want to become a very large one.
    if (entry.size > largest_unpacked - unpacked) return fail_with({"error.zip.too_large"_key, {std::to_string(largest_unpacked >> 20)}, entry.name});
    read(from, entry.packed, [](Unpacker& self, const std::string& packed) { self.unpack_entry(packed); });
  }

  void unpack_entry(std::string_view packed) {
    const Listed& entry = listed[entries.size()];
    auto bytes = unpack(packed, Packing::raw, entry.size);
    if (!bytes || bytes->size() != entry.size || crc32_of(*bytes) != entry.crc) return fail_with(damaged(entry.name));
    unpacked += bytes->size();
    entries.push_back({entry.name, content_of(std::move(*bytes))});
    next_entry();
  }
};

}  // namespace

bool is_zip(std::string_view beginning) { return Reader(beginning).four(0) == local_mark; }

void write_zip(std::vector<ZipEntry> entries, std::function<void(Result<ContentPtr>)> done) {
  if (entries.size() > most_entries) return done(std::unexpected(too_many()));
  const auto packer = std::make_shared<Packer>();
  packer->entries = std::move(entries);
  packer->done = std::move(done);
  packer->go_on();
}

void read_zip(ContentPtr archive, std::function<void(Result<std::vector<ZipEntry>>)> done, ZipWanted wanted) {
  const auto unpacker = std::make_shared<Unpacker>();
  unpacker->archive = std::move(archive);
  unpacker->done = std::move(done);
  unpacker->wanted = std::move(wanted);
  unpacker->start();
}

}  // namespace pmo::storage
