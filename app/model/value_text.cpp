#include "app/model/value_text.h"

#include "app/model/text_parts.h"
#include "app/words/words.h"

namespace pmo {
namespace {

struct Writer {
  std::string operator()(std::monostate) const { return {}; }
  std::string operator()(bool flag) const { return flag ? "true" : "false"; }
  std::string operator()(std::int64_t number) const { return std::to_string(number); }
  std::string operator()(const std::string& text) const { return text; }
  std::string operator()(const Id& id) const { return id.text(); }
  std::string operator()(const std::vector<Id>& ids) const {
    std::string text;
    for (const Id& id : ids) text += (text.empty() ? "" : " ") + id.text();
    return text;
  }
};

std::optional<Value> parse_ids(std::string_view text) {
  std::vector<Id> ids;
  while (!text.empty()) {
    const auto end = std::min(text.find(' '), text.size());
    const auto id = Id::parse(text.substr(0, end));
    if (!id) return {};
    ids.push_back(*id);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return ids;
}

std::optional<Value> parse(const FieldInfo& field, std::string_view text) {
  switch (field.kind) {
    case Kind::text: case Kind::choice: case Kind::structured: return Value{std::string(text)};
    case Kind::references: return parse_ids(text);
    case Kind::boolean:
      if (text != "true" && text != "false") return {};
      return Value{text == "true"};
    case Kind::reference: {
      const auto id = Id::parse(text);
      return id ? std::optional<Value>(*id) : std::nullopt;
    }
    default: break;
  }
  const auto number = whole_number(text);
  return number ? std::optional<Value>(*number) : std::nullopt;
}

}  // namespace

std::string value_text(const Value& value) { return std::visit(Writer{}, value); }

Result<Value> read_value_text(const FieldInfo& field, std::string_view text) {
  std::optional<Value> value;
  if (text.empty() && field.optional) value = Value{};
  else value = parse(field, text);
  if (!value) return fail("error.field.structured"_key, {argument_of(field.label_key()), std::string(text)});
  PMO_TRY_VOID(check_value(field, *value));
  return std::move(*value);
}

}  // namespace pmo
