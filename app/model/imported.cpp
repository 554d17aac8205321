#include "app/model/records/imported.h"

#include <algorithm>

#include "app/words/words.h"

namespace pmo {
namespace {

std::string on_one_line(std::string text) {
  std::ranges::replace_if(text, [](char c) { return c == '\t' || c == '\n' || c == '\r'; }, ' ');
  return text;
}

std::vector<std::string> parts_between(std::string_view text, char separator) {
  std::vector<std::string> parts;
  for (;;) {
    const auto end = text.find(separator);
    parts.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

}  // namespace

// The key, the place, the arguments.
std::string to_remarks(const std::vector<Error>& notes) {
  std::string text;
  for (const Error& note : notes) {
    if (!text.empty()) text += '\n';
    text += std::string(note.message.name) + '\t' + on_one_line(note.place);
    for (const auto& argument : note.arguments) text += '\t' + on_one_line(argument);
  }
  return text;
}

std::vector<std::string> describe_remarks(std::string_view remarks, Language language) {
  std::vector<std::string> sentences;
  if (remarks.empty()) return sentences;
  for (const auto& line : parts_between(remarks, '\n')) {
    auto parts = parts_between(line, '\t');
    parts.resize(std::max<std::size_t>(parts.size(), 2));
    sentences.push_back(describe({Key{parts[0]}, {parts.begin() + 2, parts.end()}, parts[1]}, language));
  }
  return sentences;
}

}  // namespace pmo
