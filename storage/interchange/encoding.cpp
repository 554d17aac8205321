#include "storage/interchange/encoding.h"

#include <array>

#include "storage/interchange/platform_decoder.h"

namespace pmo::storage {
namespace {

void append(std::string& out, unsigned code) {
  if (code < 0x80) out += static_cast<char>(code);
  else if (code < 0x800) out += static_cast<char>(0xC0 | code >> 6), out += static_cast<char>(0x80 | (code & 0x3F));
  else {
    out += static_cast<char>(0xE0 | code >> 12);
    out += static_cast<char>(0x80 | (code >> 6 & 0x3F));
    out += static_cast<char>(0x80 | (code & 0x3F));
  }
}

// Windows-1252 differs from Unicode in 0x80 to 0x9F only.
constexpr std::array<unsigned, 32> upper_1252 = {
    0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,   0x017D, 0x8F,
    0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};

std::string from_1252(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size() + bytes.size() / 8);
  for (const char c : bytes) {
    const unsigned byte = static_cast<unsigned char>(c);
    append(out, byte >= 0x80 && byte < 0xA0 ? upper_1252[byte - 0x80] : byte);
  }
  return out;
}

// Western letters with accents followed by plain ones form valid pairs of GB18030 too, but of rare characters; Chinese
// texts consist of the characters and punctuation of GB2312 (rows A1 to A3 and B0 to F7) almost alone.
bool looks_chinese(std::string_view bytes) {
  std::size_t pairs = 0, everyday = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const auto lead = static_cast<unsigned char>(bytes[i]);
    if (lead < 0x80) continue;
    const auto trail = i + 1 < bytes.size() ? static_cast<unsigned char>(bytes[i + 1]) : 0u;
    const bool usual_lead = (lead >= 0xA1 && lead <= 0xA3) || (lead >= 0xB0 && lead <= 0xF7);
    ++pairs;
    everyday += usual_lead && trail >= 0xA1 && trail <= 0xFE;
    ++i;
  }
  return everyday * 10 >= pairs * 7;
}

Result<DecodedText> platform_text(std::string_view bytes, const char* name, TextEncoding encoding) {
  auto text = platform_decode(bytes, name);
  if (!text) return fail("error.encoding.invalid"_key, {argument_of(encoding_key(encoding))});
  return DecodedText{std::move(*text), encoding};
}

std::string_view without_mark(std::string_view bytes, std::string_view mark) {
  if (bytes.starts_with(mark)) bytes.remove_prefix(mark.size());
  return bytes;
}

TextEncoding encoding_of(std::string_view bytes) {
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) return TextEncoding::utf_16;
  if (is_utf8(bytes)) return TextEncoding::utf_8;
  if (looks_chinese(bytes) && platform_decode(bytes, "gb18030")) return TextEncoding::gb18030;
  return TextEncoding::windows_1252;
}

}  // namespace

bool is_utf8(std::string_view bytes) {
  int following = 0;
  unsigned least = 0x80, most = 0xBF;  // of the next byte: no overlong forms, no surrogates, nothing beyond U+10FFFF
  for (const char c : bytes) {
    const unsigned byte = static_cast<unsigned char>(c);
    if (following > 0) {
      if (byte < least || byte > most) return false;
      least = 0x80, most = 0xBF;
      --following;
    } else if (byte >= 0x80) {
      following = byte >= 0xC2 && byte < 0xE0 ? 1 : byte >= 0xE0 && byte < 0xF0 ? 2 : byte >= 0xF0 && byte < 0xF5 ? 3 : -1;
      if (following < 0) return false;
      least = byte == 0xE0 ? 0xA0 : byte == 0xF0 ? 0x90 : 0x80;
      most = byte == 0xED ? 0x9F : byte == 0xF4 ? 0x8F : 0xBF;
    }
  }
  return following == 0;
}

Result<DecodedText> decode_text(std::string_view bytes, std::optional<TextEncoding> told) {
  const auto encoding = told.value_or(encoding_of(bytes));
  if (encoding != TextEncoding::utf_16 && bytes.contains('\0')) return fail("error.encoding.no_text"_key);
  switch (encoding) {
    case TextEncoding::utf_8:
      if (!is_utf8(bytes)) return fail("error.encoding.invalid"_key, {argument_of(encoding_key(encoding))});
      return DecodedText{std::string(without_mark(bytes, "\xEF\xBB\xBF")), encoding};
    case TextEncoding::utf_16:
      if (bytes.starts_with("\xFE\xFF")) return platform_text(bytes.substr(2), "utf-16be", encoding);
      return platform_text(without_mark(bytes, "\xFF\xFE"), "utf-16le", encoding);
    case TextEncoding::gb18030: return platform_text(bytes, "gb18030", encoding);
    case TextEncoding::windows_1252: return DecodedText{from_1252(bytes), encoding};
  }
  __builtin_unreachable();
}

std::optional<Error> encoding_note(TextEncoding encoding) {
  if (encoding == TextEncoding::utf_8) return {};
  return Error{"encoding.note"_key, {argument_of(encoding_key(encoding))}};
}

}  // namespace pmo::storage
