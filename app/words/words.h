// The two catalogues and how texts are formed from them.
//
// Catalogue files: app/words/catalogue/*.words, one an area of the product, embedded at build time. A line is
//   key = English text | 中文文本
// with \n and \| as escapes, {0} {1} ... for arguments and # for comments. A key stands in exactly one file.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/words/error.h"
#include "app/words/key.h"

namespace pmo {

enum class Language : unsigned char { english, chinese };

inline constexpr Language all_languages[] = {Language::english, Language::chinese};

// "en" / "zh-CN": the tags used in settings, bundles and HTML.
std::string_view language_tag(Language language);
Language language_from_tag(std::string_view tag);  // anything that does not begin with "zh" is English

// The text of a key; the key's own name when the catalogue lacks it (a test makes sure that none does).
std::string_view word(Key key, Language language);
bool has_word(Key key);

// An argument that is itself a text of the catalogues, translated when the phrase is formed.
std::string argument_of(Key key);

// An argument that is a moment (milliseconds since 1970, UTC). Who knows the time shows how long ago that was; a phrase by
// itself says date and time in UTC.
std::string argument_of_moment(std::uint64_t milliseconds);
std::optional<std::uint64_t> moment_in(std::string_view argument);

// The text with its {0}, {1} ... replaced; {0:day/days} becomes "day" where argument 0 is 1, +1 or -1, else "days". A
// missing argument leaves the mark visible.
std::string phrase(Key key, std::span<const std::string> arguments, Language language);

// "message (place)", in one language.
std::string describe(const Error& error, Language language);

// Every key of the catalogues, sorted: for tests and for the register listing.
std::vector<Key> all_keys();

// Problems of the catalogues themselves: a line that is no entry, a key defined twice, a text missing in one
// language, arguments that differ between the languages. Empty when all is well.
std::vector<std::string> catalogue_problems();

}  // namespace pmo
