#include "app/model/format.h"
#include "app/model/register.h"
#include "app/model/sealing.h"
#include "app/words/words.h"

namespace pmo {
namespace {

// Longest text of one field. Long enough for a chapter; short enough that a hostile file cannot fill the memory.
constexpr std::size_t longest_text = 1'000'000;
// Of such a text: the mark and the vault's id, then base64 of nonce, text and tag (app/model/sealing.h).
constexpr std::size_t longest_envelope = 46 + (longest_text + 28 + 2) / 3 * 4;
// JSON holds integers up to here (docs/bundle.md): a larger one could be mailed to nobody.
constexpr std::int64_t largest_integer = std::int64_t{1} << 53;

// A limit, in signs of every language. Sums as in currencies of two digits: which one it is, the project says.
std::string shown_limit(std::int64_t value, Kind kind) {
  switch (kind) {
    case Kind::permille: return format_percent({static_cast<std::int32_t>(value)});
    case Kind::money: return format_integer(value / 100);
    case Kind::number: return format_number({value});
    case Kind::work: return value % 60 == 0 ? format_integer(value / 60) + "h" : format_integer(value) + "min";
    case Kind::day: return Day{static_cast<std::int32_t>(value)}.text();
    case Kind::minute: return Minute{value}.text();
    default: return format_integer(value);
  }
}

Result<void> check_range(const FieldInfo& field, std::int64_t value) {
  const auto low = std::max(field.options.minimum, -largest_integer), high = std::min(field.options.maximum, largest_integer);
  if (value >= low && value <= high) return {};
  const auto label = argument_of(field.label_key());
  if (low > -largest_integer && high < largest_integer)
    return fail("error.field.range"_key, {label, shown_limit(low, field.kind), shown_limit(high, field.kind)});
  if (value < low) return fail("error.field.too_small"_key, {label, shown_limit(low, field.kind)});
  return fail("error.field.too_large"_key, {label, shown_limit(high, field.kind)});
}

Result<void> check_date(const FieldInfo& field, Day day) {
  if (day >= Day::of(first_year, 1, 1) && day <= Day::of(last_year, 12, 31)) return {};
  return fail("error.field.date"_key, {argument_of(field.label_key()), std::to_string(first_year), std::to_string(last_year)});
}

Result<void> check_integer(const FieldInfo& field, std::int64_t value) {
  if (field.kind == Kind::day) {
    if (value != static_cast<std::int32_t>(value)) return check_date(field, {std::numeric_limits<std::int32_t>::max()});
    PMO_TRY_VOID(check_date(field, {static_cast<std::int32_t>(value)}));
  }
  if (field.kind == Kind::minute) {
    const auto limit = Minute::at(Day::of(last_year, 12, 31), 1439).value;
    const bool inside = value >= -limit && value <= limit;
    PMO_TRY_VOID(check_date(field, inside ? Minute{value}.day() : Day{std::numeric_limits<std::int32_t>::max()}));
  }
  if (field.kind == Kind::permille && value != static_cast<std::int32_t>(value))
    return fail("error.field.shape"_key, {argument_of(field.label_key())});
  return check_range(field, value);
}

// One of the product's, or one of a project's own that counts as it.
bool is_choice(const FieldInfo& field, std::string_view text) {
  const auto base = base_choice(text);
  return std::ranges::contains(field.choices, base) && (base == text || Id::parse(text.substr(base.size() + 1)));
}

Result<void> check_text(const FieldInfo& field, const std::string& text) {
  const auto label = argument_of(field.label_key());
  if (text.size() > (field.options.sealed && is_sealed(text) ? longest_envelope : longest_text))
    return fail("error.field.too_long"_key, {label, std::to_string(longest_text)});
  if (field.kind == Kind::choice && !is_choice(field, text)) return fail("error.field.choice"_key, {label, text});
  if (field.kind == Kind::structured && !field.accepts_text(text))
    return fail("error.field.structured"_key, {label, text});
  if (field.options.required && text.find_first_not_of(" \t\n") == std::string::npos)
    return fail("error.field.required"_key, {label});
  return {};
}

std::size_t expected_alternative(const FieldInfo& field) {
  switch (field.kind) {
    case Kind::boolean: return 1;
    case Kind::text: case Kind::choice: case Kind::structured: return 3;
    case Kind::reference: return 4;
    case Kind::references: return 5;
    default: return 2;
  }
}

bool is_empty(const Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return text->find_first_not_of(" \t\n") == std::string::npos;
  if (const auto* ids = std::get_if<std::vector<Id>>(&value)) return ids->empty();
  return std::holds_alternative<std::monostate>(value);
}

// How enumerators are named.
bool is_name(std::string_view text) {
  constexpr std::size_t longest_name = 64;
  const auto is_part = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
  return !text.empty() && text.size() <= longest_name && text.front() >= 'a' && text.front() <= 'z' && std::ranges::all_of(text, is_part);
}

}  // namespace

bool is_newer_choice(const FieldInfo& field, const Value& value) {
  const auto* text = std::get_if<std::string>(&value);
  if (field.kind != Kind::choice || !text) return false;
  const auto base = base_choice(*text);
  return is_name(base) && !std::ranges::contains(field.choices, base) && (base == *text || Id::parse(std::string_view(*text).substr(base.size() + 1)));
}

Result<void> check_stored_value(const FieldInfo& field, const Value& value) {
  return is_newer_choice(field, value) ? Result<void>{} : check_value(field, value);
}

Result<void> check_value(const FieldInfo& field, const Value& value) {
  const auto label = argument_of(field.label_key());
  if (std::holds_alternative<std::monostate>(value)) {
    if (!field.optional) return fail("error.field.shape"_key, {label});
    if (field.options.required) return fail("error.field.required"_key, {label});
    return {};
  }
  if (value.index() != expected_alternative(field)) return fail("error.field.shape"_key, {label});
  if (const auto* number = std::get_if<std::int64_t>(&value)) return check_integer(field, *number);
  if (const auto* text = std::get_if<std::string>(&value)) return check_text(field, *text);
  if (const auto* ids = std::get_if<std::vector<Id>>(&value); ids && field.options.required && ids->empty())
    return fail("error.field.required"_key, {label});
  return {};
}

Result<void> check_order(const Record& record, const FieldInfo& earlier, const FieldInfo& later) {
  const Value from = earlier.get(record), to = later.get(record);
  const auto *first = std::get_if<std::int64_t>(&from), *last = std::get_if<std::int64_t>(&to);
  if (!first || !last || *first <= *last) return {};
  const bool dates = earlier.kind == Kind::day || earlier.kind == Kind::minute;
  return fail(dates ? "error.field.before"_key : "error.field.less"_key, {argument_of(later.label_key()), argument_of(earlier.label_key())});
}

Result<void> check_needed(const Record& record, const FieldInfo& status, std::string_view value,
                          std::initializer_list<const FieldInfo*> needed) {
  const Value now = status.get(record);
  if (const auto* choice = std::get_if<std::string>(&now); !choice || base_choice(*choice) != value) return {};
  for (const FieldInfo* field : needed)
    if (is_empty(field->get(record)))
      return fail("error.field.needed"_key, {argument_of(field->label_key()), argument_of(status.choice_key(value))});
  return {};
}

}  // namespace pmo
