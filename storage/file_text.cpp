#include "storage/file_text.h"

#include <algorithm>

#include "app/model/format.h"
#include "app/model/utf8.h"
#include "storage/interchange/encoding.h"
#include "storage/marked_text.h"
#include "storage/office_text.h"

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
    } else {
      const auto end = std::min(text.find('<', at), text.size());
      append_unescaped(text.substr(at, end - at), plain);
      at = end;
    }
  }
  return plain;
}

}  // namespace

bool is_text_file(std::string_view name, std::string_view media_type) { return form_of(name, media_type) != Form::none; }

std::string text_in_file(std::string_view name, std::string_view media_type, std::string_view bytes) {
  const Form form = form_of(name, media_type);
  if (form == Form::none || bytes.size() > largest_text_file) return {};
  const auto decoded = decode_text(bytes);
  if (!decoded) return {};
  return kept_part(form == Form::marked ? without_marks(decoded->text) : decoded->text);
}

bool is_searched(std::string_view name, std::string_view media_type, std::uint64_t size) {
  return is_office_file(name) || (size <= largest_text_file && is_text_file(name, media_type));
}

void read_file_text(const std::string& name, const std::string& media_type, const ContentPtr& content, std::function<void(Result<std::string>)> done) {
  if (is_office_file(name)) return text_in_office_file(name, content, std::move(done));
  read_whole(content, [name, media_type, done = std::move(done)](Result<std::string> bytes) {
    done(bytes ? Result<std::string>(text_in_file(name, media_type, *bytes)) : std::unexpected(bytes.error()));
  });
}

std::string kept_part(std::string text) {
  return std::string(cut_to_bytes(text, longest_kept_text));
}

}  // namespace pmo::storage
