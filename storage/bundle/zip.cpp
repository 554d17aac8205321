#include "storage/bundle/zip.h"

#include <cstdint>
#include <optional>

#include "storage/packing.h"

namespace pmo::storage {
namespace {

constexpr std::uint32_t local_mark = 0x04034b50, central_mark = 0x02014b50, end_mark = 0x06054b50;
constexpr std::size_t local_size = 30, central_size = 46, end_size = 22;
constexpr std::size_t most_entries = 20'000;
constexpr std::uint16_t needs_version = 20, names_in_utf8 = 1 << 11;
constexpr std::uint16_t first_day = 1 << 5 | 1;  // 1980-01-01: the same content gives the same archive

constexpr std::uint16_t stored = 0, deflated = 8;
constexpr std::size_t largest_content = 256u << 20;  // of all entries together

// An entry as it lies in the file. A first part tells whether packing is worth the time.
struct Laid {
  std::uint16_t method = stored;
  std::string packed;
  std::string_view bytes;

  explicit Laid(std::string_view content) : bytes(content) {
    constexpr std::size_t part = 64 << 10;
    const auto first = content.substr(0, part);
    if (pack(first, Packing::raw).size() + first.size() / 10 > first.size()) return;
    method = deflated;
    packed = pack(content, Packing::raw);
    bytes = packed;
  }
  Laid(const Laid&) = delete;
};

class Writer {
 public:
  Writer& two(std::uint32_t value) { return number(value, 2); }
  Writer& four(std::uint32_t value) { return number(value, 4); }
  Writer& text(std::string_view value) { bytes += value; return *this; }
  std::uint32_t size() const { return static_cast<std::uint32_t>(bytes.size()); }
  std::string bytes;

 private:
  Writer& number(std::uint32_t value, int width) {
    for (int i = 0; i < width; ++i) bytes += static_cast<char>(value >> 8 * i & 0xFF);
    return *this;
  }
};

// What both headers of an entry have in common, from "version needed" on.
void write_facts(Writer& to, const ZipEntry& entry, const Laid& laid) {
  const auto packed = static_cast<std::uint32_t>(laid.bytes.size()), size = static_cast<std::uint32_t>(entry.bytes.size());
  to.two(needs_version).two(names_in_utf8).two(laid.method).two(0).two(first_day);
  to.four(crc32_of(entry.bytes)).four(packed).four(size).two(static_cast<std::uint32_t>(entry.name.size())).two(0);
}

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
std::size_t find_end(std::string_view bytes) {
  const Reader read(bytes);
  if (bytes.size() < end_size) return std::string_view::npos;
  const auto last = bytes.size() - end_size;
  for (std::size_t back = 0; back <= std::min<std::size_t>(last, 0xFFFF); ++back)
    if (read.four(last - back) == end_mark) return last - back;
  return std::string_view::npos;
}

Result<ZipEntry> read_entry(const Reader& read, std::size_t at, std::size_t most) {
  const auto flags = read.two(at + 8), method = read.two(at + 10);
  const auto packed = read.four(at + 20), size = read.four(at + 24);
  const auto name = read.part(at + central_size, read.two(at + 28));
  const std::size_t local = read.four(at + 42);
  if (read.four(local) != local_mark || name.empty()) return fail("error.zip.damaged"_key);
  if (flags & 1 || (method != stored && method != deflated)) return fail("error.zip.packed"_key, {}, std::string(name));
  const auto laid = read.part(local + local_size + read.two(local + 26) + read.two(local + 28), packed);
  const bool fits = laid.size() == packed && size <= most && (method == deflated || packed == size);
  auto bytes = !fits ? std::nullopt : method == stored ? std::optional(std::string(laid)) : unpack(laid, Packing::raw, size);
  if (!bytes || bytes->size() != size || crc32_of(*bytes) != read.four(at + 16))
    return fail("error.zip.damaged"_key, {}, std::string(name));
  return ZipEntry{std::string(name), std::move(*bytes)};
}

}  // namespace

bool is_zip(std::string_view bytes) { return Reader(bytes).four(0) == local_mark; }

std::string write_zip(const std::vector<ZipEntry>& entries) {
  Writer file, directory;
  for (const auto& entry : entries) {
    const auto at = file.size();
    const Laid laid(entry.bytes);
    file.four(local_mark);
    write_facts(file, entry, laid);
    file.text(entry.name).text(laid.bytes);
    directory.four(central_mark).two(needs_version);
    write_facts(directory, entry, laid);
    directory.two(0).two(0).two(0).four(0).four(at).text(entry.name);
  }
  const auto start = file.size();
  const auto count = static_cast<std::uint32_t>(entries.size());
  file.text(directory.bytes);
  file.four(end_mark).two(0).two(0).two(count).two(count).four(directory.size()).four(start).two(0);
  return std::move(file.bytes);
}

Result<std::vector<ZipEntry>> read_zip(std::string_view bytes) {
  const auto end = find_end(bytes);
  if (end == std::string_view::npos) return fail("error.zip.damaged"_key);
  const Reader read(bytes);
  const std::size_t count = read.two(end + 10);
  if (count > most_entries) return fail("error.zip.damaged"_key);
  std::vector<ZipEntry> entries;
  std::size_t at = read.four(end + 16), total = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (read.four(at) != central_mark) return fail("error.zip.damaged"_key);
    // A small archive may want to become a very large one.
    auto entry = PMO_TRY(read_entry(read, at, largest_content - total));
    total += entry.bytes.size();
    entries.push_back(std::move(entry));
    at += central_size + read.two(at + 28) + read.two(at + 30) + read.two(at + 32);
  }
  return entries;
}

}  // namespace pmo::storage
