#include "storage/file_text.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "app/model/format.h"
#include "storage/interchange/encoding.h"

namespace pmo::storage {
namespace {

enum class Form : unsigned char { none, plain, marked };

struct NamedForm {
  std::string_view name;
  Form form;
};
constexpr NamedForm by_extension[] = {{".txt", Form::plain}, {".md", Form::plain}, {".csv", Form::plain}, {".tsv", Form::plain}, {".log", Form::plain},
                                      {".json", Form::plain}, {".xml", Form::marked}, {".html", Form::marked}, {".htm", Form::marked}};
constexpr NamedForm by_type[] = {{"text/html", Form::marked}, {"text/xml", Form::marked}, {"application/xml", Form::marked}, {"application/json", Form::plain}, {"text/", Form::plain}};

Form form_of(std::string_view name, std::string_view media_type) {
  const std::string file = lower(name), type = lower(media_type);
  if (file.find('.') != file.npos)
    for (const auto& [extension, form] : by_extension)
      if (file.ends_with(extension)) return form;
  for (const auto& [beginning, form] : by_type)
    if (type.starts_with(beginning)) return form;
  return Form::none;
}

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

// Behind a mark that begins here: the end of a comment, of a script or of a style with what is in it, else of the tag.
std::size_t end_of_mark(std::string_view text, std::size_t at) {
  const auto behind = [&](std::string_view end, std::size_t from) {
    const auto found = text.find(end, from);
    return found == text.npos ? text.size() : found + end.size();
  };
  const auto rest = text.substr(at);
  if (rest.starts_with("<!--")) return behind("-->", at + 4);
  for (const auto& [begin, end] : {std::pair(std::string_view("<script"), std::string_view("</script")), std::pair(std::string_view("<style"), std::string_view("</style"))})
    if (lower(rest.substr(0, begin.size())) == begin) {
      for (auto closing = text.find("</", at); closing != text.npos; closing = text.find("</", closing + 2))
        if (lower(text.substr(closing, end.size())) == end) return behind(">", closing);
      return text.size();
    }
  return behind(">", at);
}

std::string without_marks(std::string_view text) {
  std::string plain;
  for (std::size_t at = 0; at < text.size();) {
    if (text.substr(at).starts_with("<![CDATA[")) {
      const auto end = std::min(text.find("]]>", at), text.size());
      plain += text.substr(at + 9, end - std::min(end, at + 9));
      at = std::min(end + 3, text.size());
    } else if (text[at] == '<') {
      at = end_of_mark(text, at);
      if (!plain.empty() && plain.back() != ' ' && plain.back() != '\n') plain += ' ';
    } else if (text[at] == '&') {
      at += take_entity(text.substr(at), plain);
    } else {
      plain += text[at++];
    }
  }
  return plain;
}

std::string cut(std::string text) {
  if (text.size() <= longest_kept_text) return text;
  std::size_t end = longest_kept_text;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  text.resize(end);
  return text;
}

}  // namespace

bool is_text_file(std::string_view name, std::string_view media_type) { return form_of(name, media_type) != Form::none; }

std::string text_in_file(std::string_view name, std::string_view media_type, std::string_view bytes) {
  const Form form = form_of(name, media_type);
  if (form == Form::none || bytes.size() > largest_text_file) return {};
  const auto decoded = decode_text(bytes);
  if (!decoded) return {};
  return cut(form == Form::marked ? without_marks(decoded->text) : decoded->text);
}

}  // namespace pmo::storage
