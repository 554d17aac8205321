// A text shown to a person is never a literal: it is a key into the two catalogues (English and Simplified
// Chinese). This header holds the key itself, so that errors and descriptions can carry texts without knowing
// a language.
#pragma once

#include <compare>
#include <string_view>

namespace pmo {

// Names an entry of the catalogues, for example "error.bundle.truncated". Points at text that lives for ever
// (a literal, or a name owned by a description).
struct Key {
  std::string_view name;
  friend auto operator<=>(const Key&, const Key&) = default;
  explicit operator bool() const { return !name.empty(); }
};

consteval Key operator""_key(const char* text, unsigned long length) { return Key{{text, length}}; }

}  // namespace pmo
