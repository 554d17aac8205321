#include "storage/interchange/platform_decoder.h"

#ifdef __EMSCRIPTEN__
#include <emscripten/em_js.h>

#include <cstdlib>
#include <memory>

// clang-format off
EM_JS_DEPS(pmo_decoder, "$UTF8ToString,$stringToNewUTF8")
// Null when the bytes are not valid; a text with a zero would end there, so it is none either.
EM_JS(char*, pmo_decode, (const char* encoding, const char* bytes, int size), {
  try {
    const text = new TextDecoder(UTF8ToString(encoding), {fatal: true}).decode(HEAPU8.slice(bytes, bytes + size));
    return text.includes(String.fromCharCode(0)) ? 0 : stringToNewUTF8(text);
  } catch (error) {
    return 0;
  }
})
// clang-format on
#else
#include <iconv.h>
#endif

namespace pmo::storage {

#ifdef __EMSCRIPTEN__

std::optional<std::string> platform_decode(std::string_view bytes, const char* encoding) {
  const std::unique_ptr<char, void (*)(void*)> text(pmo_decode(encoding, bytes.data(), static_cast<int>(bytes.size())), std::free);
  return text ? std::optional<std::string>(text.get()) : std::nullopt;
}

#else

std::optional<std::string> platform_decode(std::string_view bytes, const char* encoding) {
  const iconv_t converter = iconv_open("UTF-8", encoding);
  if (converter == reinterpret_cast<iconv_t>(-1)) return {};
  std::string text(bytes.size() * 2 + 16, '\0');  // two bytes of GBK become three, two of UTF-16 at most three
  char* in = const_cast<char*>(bytes.data());
  char* out = text.data();
  std::size_t in_left = bytes.size(), out_left = text.size();
  const auto converted = iconv(converter, &in, &in_left, &out, &out_left);
  iconv_close(converter);
  if (converted == static_cast<std::size_t>(-1)) return {};
  text.resize(text.size() - out_left);
  return text;
}

#endif

}  // namespace pmo::storage
