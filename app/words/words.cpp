#include "app/words/words.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <chrono>
#include <format>
#include <memory>
#include <set>
#include <unordered_map>

#include "app/words/catalogue_files.h"

namespace pmo {
namespace {

struct Entry {
  std::string name;
  std::array<std::string, 2> texts;  // by Language
};

struct Catalogue {
  std::unordered_map<std::string_view, const Entry*> by_name;
  std::vector<std::unique_ptr<Entry>> entries;
  std::vector<std::string> problems;
};

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.front()))) text.remove_prefix(1);
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back()))) text.remove_suffix(1);
  return text;
}

// Position of the | between the two languages, not counting an escaped one.
std::size_t separator(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\') ++i;
    else if (text[i] == '|') return i;
  }
  return std::string_view::npos;
}

std::string unescaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 1 == text.size()) { out += text[i]; continue; }
    const char next = text[++i];
    out += next == 'n' ? '\n' : next;
  }
  return out;
}

std::set<char> argument_marks(std::string_view text) {
  std::set<char> marks;
  for (std::size_t i = 0; i + 2 < text.size(); ++i)
    if (text[i] == '{' && std::isdigit(static_cast<unsigned char>(text[i + 1])) && text[i + 2] == '}')
      marks.insert(text[i + 1]);
  return marks;
}

void add_line(Catalogue& catalogue, std::string_view file, std::string_view line) {
  const auto text = trimmed(line);
  if (text.empty() || text.front() == '#') return;
  const auto report = [&](std::string_view what) {
    catalogue.problems.push_back(std::string(file) + ": " + std::string(what) + ": " + std::string(text));
  };
  const auto equals = text.find('=');
  if (equals == std::string_view::npos) return report("not an entry");
  const auto name = trimmed(text.substr(0, equals));
  const auto value = text.substr(equals + 1);
  const auto bar = separator(value);
  if (bar == std::string_view::npos) return report("no second language");
  if (separator(value.substr(bar + 1)) != std::string_view::npos) return report("a third part (write \\| for the sign itself)");
  auto entry = std::make_unique<Entry>(Entry{
      std::string(name), {unescaped(trimmed(value.substr(0, bar))), unescaped(trimmed(value.substr(bar + 1)))}});
  if (name.empty() || entry->texts[0].empty() || entry->texts[1].empty()) return report("a part is empty");
  // Patterns of dates and numbers choose among their arguments: one language names the month, the other numbers it.
  const bool pattern = name.starts_with("format.");
  if (!pattern && argument_marks(entry->texts[0]) != argument_marks(entry->texts[1])) report("arguments differ");
  if (!catalogue.by_name.try_emplace(entry->name, entry.get()).second) return report("defined twice");
  catalogue.entries.push_back(std::move(entry));
}

Catalogue parse_catalogue() {
  Catalogue catalogue;
  for (const auto& file : catalogue_files()) {
    std::string_view rest = file.text;
    while (!rest.empty()) {
      const auto end = std::min(rest.find('\n'), rest.size());
      add_line(catalogue, file.name, rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
  return catalogue;
}

// Parsed once, on first use, and never changed: a constant that the build cannot compute.
const Catalogue& catalogue() {
  static const Catalogue parsed = parse_catalogue();
  return parsed;
}

}  // namespace

std::string_view language_tag(Language language) { return language == Language::chinese ? "zh-CN" : "en"; }

Language language_from_tag(std::string_view tag) {
  return tag.starts_with("zh") ? Language::chinese : Language::english;
}

std::string_view word(Key key, Language language) {
  const auto& names = catalogue().by_name;
  const auto found = names.find(key.name);
  return found == names.end() ? key.name : std::string_view(found->second->texts[static_cast<int>(language)]);
}

bool has_word(Key key) { return catalogue().by_name.contains(key.name); }

std::string argument_of(Key key) { return "@" + std::string(key.name); }

namespace {

constexpr std::string_view moment_mark = "@moment:";

}  // namespace

std::string argument_of_moment(std::uint64_t milliseconds) { return std::string(moment_mark) + std::to_string(milliseconds); }

std::optional<std::uint64_t> moment_in(std::string_view argument) {
  if (!argument.starts_with(moment_mark)) return {};
  argument.remove_prefix(moment_mark.size());
  std::uint64_t milliseconds = 0;
  const auto [end, error] = std::from_chars(argument.data(), argument.data() + argument.size(), milliseconds);
  if (error != std::errc{} || end != argument.data() + argument.size()) return {};
  return milliseconds;
}

namespace {

std::string moment_text(std::uint64_t milliseconds) {
  constexpr std::uint64_t day = 24 * 60 * 60 * 1000, latest = 3'000'000 * day;  // some year that can still be written
  const auto known = std::min(milliseconds, latest);
  const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{static_cast<int>(known / day)}}};
  const auto minutes = known % day / 60'000;
  return std::format("{}-{:02}-{:02} {:02}:{:02} UTC", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()), minutes / 60, minutes % 60);
}

// Of an argument that consists of keys (argument_of), their texts as a list: "Risks, Issues". Another is what it is.
std::string translated(std::string_view argument, Language language) {
  if (const auto moment = moment_in(argument)) return moment_text(*moment);
  std::string text;
  for (auto rest = argument; !rest.empty();) {
    const auto end = std::min(rest.find('@', 1), rest.size());
    const Key key{rest.substr(1, end - 1)};
    if (rest[0] != '@' || !has_word(key)) return std::string(argument);
    if (!text.empty()) text += language == Language::chinese ? "、" : ", ";
    text += word(key, language);
    rest.remove_prefix(end);
  }
  return text;
}

bool is_one(std::string_view number) {
  if (number.starts_with('+') || number.starts_with('-')) number.remove_prefix(1);
  return number == "1";
}

// "{0:day/days}" at the beginning of a pattern: the first form where argument 0 is one, else the second. Its length in the
// pattern, and the form; none: something else stands there.
struct Plural {
  std::size_t length = 0;
  std::string_view form;
};
std::optional<Plural> plural_at(std::string_view pattern, std::span<const std::string> arguments) {
  if (pattern.size() < 5 || pattern[0] != '{' || !std::isdigit(static_cast<unsigned char>(pattern[1])) || pattern[2] != ':') return {};
  const auto slash = pattern.find('/'), end = pattern.find('}');
  const auto index = static_cast<std::size_t>(pattern[1] - '0');
  if (end == pattern.npos || slash > end || index >= arguments.size()) return {};
  return Plural{end + 1, is_one(arguments[index]) ? pattern.substr(3, slash - 3) : pattern.substr(slash + 1, end - slash - 1)};
}

}  // namespace

std::string phrase(Key key, std::span<const std::string> arguments, Language language) {
  const auto pattern = word(key, language);
  std::string out;
  out.reserve(pattern.size() + 32);
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const bool mark = pattern[i] == '{' && i + 2 < pattern.size() && pattern[i + 2] == '}' &&
                      std::isdigit(static_cast<unsigned char>(pattern[i + 1]));
    const std::size_t index = mark ? static_cast<std::size_t>(pattern[i + 1] - '0') : 0;
    if (const auto plural = plural_at(pattern.substr(i), arguments)) {
      out += plural->form;
      i += plural->length - 1;
      continue;
    }
    if (!mark || index >= arguments.size()) { out += pattern[i]; continue; }
    out += translated(arguments[index], language);
    i += 2;
  }
  return out;
}

std::string describe(const Error& error, Language language) {
  const auto text = phrase(error.message, error.arguments, language);
  if (error.place.empty()) return text;
  const std::string parts[] = {text, error.place};
  return phrase("error.with_place"_key, parts, language);
}

std::vector<Key> all_keys() {
  std::vector<Key> keys;
  for (const auto& entry : catalogue().entries) keys.push_back(Key{entry->name});
  std::ranges::sort(keys);
  return keys;
}

std::vector<std::string> catalogue_problems() { return catalogue().problems; }

}  // namespace pmo
