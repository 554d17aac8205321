#include "storage/packing.h"

#include <algorithm>

#include <zlib.h>

namespace pmo::storage {
namespace {

constexpr std::size_t portion = 256 << 10;

// The sign of the window's size tells zlib whether there is a frame.
int window_of(Packing packing) { return packing == Packing::raw ? -MAX_WBITS : MAX_WBITS; }

z_stream reading(std::string_view bytes) {
  z_stream stream{};
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));  // zlib does not write there
  stream.avail_in = static_cast<uInt>(bytes.size());
  return stream;
}

// Runs one of zlib's steps until it says something else than "more"; nothing when the result would be too large.
template <class Step>
std::optional<std::string> run(z_stream& stream, std::size_t most, Step step) {
  std::string out;
  for (int said = Z_OK; said == Z_OK;) {
    const auto before = out.size();
    const auto room = std::min(portion, most - before + 1);
    out.resize(before + room);
    stream.next_out = reinterpret_cast<Bytef*>(out.data() + before);
    stream.avail_out = static_cast<uInt>(room);
    said = step(&stream);
    out.resize(before + room - stream.avail_out);
    if (out.size() > most || (said != Z_OK && said != Z_STREAM_END)) return {};
    if (said == Z_STREAM_END) return out;
  }
  return {};
}

}  // namespace

std::string pack(std::string_view bytes, Packing packing) {
  z_stream stream = reading(bytes);
  constexpr int memory_level = 8;
  deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, window_of(packing), memory_level, Z_DEFAULT_STRATEGY);
  auto packed = run(stream, std::string::npos - 1, [](z_stream* at) { return deflate(at, Z_FINISH); });
  deflateEnd(&stream);
  return packed.value_or(std::string());
}

std::optional<std::string> unpack(std::string_view packed, Packing packing, std::size_t most) {
  z_stream stream = reading(packed);
  inflateInit2(&stream, window_of(packing));
  auto bytes = run(stream, most, [](z_stream* at) { return inflate(at, Z_NO_FLUSH); });
  inflateEnd(&stream);
  return bytes;
}

std::uint32_t crc32_of(std::string_view bytes, std::uint32_t before) {
  return static_cast<std::uint32_t>(crc32_z(before, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
}

}  // namespace pmo::storage
