#include "storage/marked_text.h"

#include <algorithm>
#include <charconv>
#include <cstdint>

namespace pmo::storage {
namespace {

void append(std::string& text, char32_t code) {
  if (code < 0x80) return void(text += static_cast<char>(code));
  if (code > 0x10FFFF || (code >= 0xD800 && code < 0xE000)) return;
  const int more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
  constexpr unsigned char leads[] = {0, 0xC0, 0xE0, 0xF0};
  text += static_cast<char>(leads[more] | (code >> (6 * more)));
  for (int i = more - 1; i >= 0; --i) text += static_cast<char>(0x80 | ((code >> (6 * i)) & 0x3F));
}

// What "&...;" stands for, appended; how long it is. 1: just the sign.
std::size_t take_entity(std::string_view from, std::string& text) {
  constexpr std::size_t longest = 12;
  struct Entity {
    std::string_view name, text;
  };
  constexpr Entity entities[] = {{"amp", "&"}, {"lt", "<"}, {"gt", ">"}, {"quot", "\""}, {"apos", "'"}, {"nbsp", " "}};
  const auto end = from.substr(0, longest).find(';');
  if (end != from.npos) {
    const auto name = from.substr(1, end - 1);
    for (const auto& entity : entities)
      if (name == entity.name) return text += entity.text, end + 1;
    if (name.starts_with('#')) {
      const bool hexadecimal = name.size() > 1 && (name[1] == 'x' || name[1] == 'X');
      const auto digits = name.substr(hexadecimal ? 2 : 1);
      std::uint32_t code = 0;
      const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), code, hexadecimal ? 16 : 10);
      if (read.ec == std::errc{} && read.ptr == digits.data() + digits.size() && code >= 0x20) return append(text, code), end + 1;
    }
  }
  text += '&';
  return 1;
}

std::string_view without_prefix(std::string_view name) { return name.substr(name.find(':') + 1); }

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

std::size_t behind(std::string_view text, std::string_view end, std::size_t from) {
  const auto found = text.find(end, from);
  return found == text.npos ? text.size() : found + end.size();
}

// Behind the mark that begins here; a ">" within quotes does not end it.
std::size_t behind_mark(std::string_view text, std::size_t at) {
  char quote = 0;
  for (++at; at < text.size(); ++at) {
    const char c = text[at];
    if (quote) quote = c == quote ? '\0' : quote;
    else if (c == '"' || c == '\'') quote = c;
    else if (c == '>') return at + 1;
  }
  return text.size();
}

// inside: between "<" and ">".
Mark mark_of(std::string_view inside) {
  Mark mark{.opens = true};
  if (inside.starts_with('/')) mark.opens = false, mark.closes = true, inside.remove_prefix(1);
  else if (inside.ends_with('/')) mark.closes = true, inside.remove_suffix(1);
  const auto end = std::ranges::find_if(inside, is_blank) - inside.begin();
  mark.name = without_prefix(inside.substr(0, static_cast<std::size_t>(end)));
  mark.attributes = inside.substr(static_cast<std::size_t>(end));
  return mark;
}

}  // namespace

void append_unescaped(std::string_view marked, std::string& text) {
  for (std::size_t at = 0; at < marked.size();) {
    const auto next = std::min(marked.find('&', at), marked.size());
    text += marked.substr(at, next - at);
    at = next;
    if (at < marked.size()) at += take_entity(marked.substr(at), text);
  }
}

std::string attribute_of(const Mark& mark, std::string_view name) {
  std::string_view rest = mark.attributes;
  while (true) {
    const auto equals = rest.find('=');
    if (equals == rest.npos) return {};
    std::string_view found = rest.substr(0, equals);
    while (!found.empty() && is_blank(found.front())) found.remove_prefix(1);
    while (!found.empty() && is_blank(found.back())) found.remove_suffix(1);
    const auto begin = rest.find_first_of("\"'", equals);
    if (begin == rest.npos) return {};
    const auto end = rest.find(rest[begin], begin + 1);
    if (end == rest.npos) return {};
    if (without_prefix(found) == name) {
      std::string value;
      append_unescaped(rest.substr(begin + 1, end - begin - 1), value);
      return value;
    }
    rest.remove_prefix(end + 1);
  }
}

void walk_marks(std::string_view text, MarkVisitor& visitor) {
  constexpr std::string_view cdata = "<![CDATA[";
  for (std::size_t at = 0; at < text.size() && !visitor.enough();) {
    const auto rest = text.substr(at);
    if (rest.front() != '<') {
      const auto end = std::min(rest.find('<'), rest.size());
      visitor.characters(rest.substr(0, end));
      at += end;
    } else if (rest.starts_with(cdata)) {
      const auto end = std::min(rest.find("]]>", cdata.size()), rest.size());
      visitor.literal(rest.substr(cdata.size(), end - cdata.size()));
      at = behind(text, "]]>", at + cdata.size());
    } else if (rest.starts_with("<!--")) {
      at = behind(text, "-->", at + 4);
    } else if (rest.starts_with("<?")) {
      at = behind(text, "?>", at + 2);
    } else {
      const auto end = behind_mark(text, at);
      const auto inside = text.substr(at + 1, end - at - 1);
      if (!inside.starts_with('!') && inside.ends_with('>')) visitor.mark(mark_of(inside.substr(0, inside.size() - 1)));
      at = end;
    }
  }
}

}  // namespace pmo::storage
