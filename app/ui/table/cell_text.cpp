#include "app/ui/table/cell_text.h"

#include <algorithm>
#include <limits>

#include "app/model/own_choices.h"
#include "app/model/records/person.h"
#include "app/model/sort_stably.h"

namespace pmo::ui {
namespace {

std::int64_t whole_of(const Value& value) {
  const auto* number = std::get_if<std::int64_t>(&value);
  return number ? *number : 0;
}

std::string_view text_of(const Value& value) {
  const auto* text = std::get_if<std::string>(&value);
  return text ? std::string_view(*text) : std::string_view();
}

std::vector<std::string_view> pieces(std::string_view text) {
  std::vector<std::string_view> list;
  constexpr std::string_view separators[] = {",", ";", "\n", "、", "，", "；"};
  while (true) {
    std::size_t at = text.npos, length = 0;
    for (const auto separator : separators)
      if (const auto found = text.find(separator); found < at) at = found, length = separator.size();
    list.push_back(text.substr(0, at));
    if (at == text.npos) return list;
    text.remove_prefix(at + length);
  }
}

template <class Parsed>
Result<Value> integer_value(const Result<Parsed>& parsed) {
  if (!parsed) return std::unexpected(parsed.error());
  return Value{static_cast<std::int64_t>(parsed->value)};
}

// 0: no match; greater is better.
int match_of(const Project& project, RecordPointer candidate, const FieldInfo* initials, const std::string& query) {
  if (query.empty()) return 1;
  const std::string number = lower(record_number(project, *candidate.info, *candidate.record));
  if (number == query) return 7;
  const std::string title = lower(record_title(project, *candidate.info, *candidate.record));
  if (title == query) return 6;
  if (initials && lower(text_of(initials->get(*candidate.record))) == query) return 5;
  if (!number.empty() && number.substr(number.find('-') + 1) == query) return 4;
  if (title.starts_with(query)) return 3;
  if (initials && lower(text_of(initials->get(*candidate.record))).starts_with(query)) return 2;
  return title.contains(query) ? 1 : 0;
}

void list_matches(const Project& project, const RegisterInfo& info, const std::string& query,
                  std::vector<std::pair<int, RecordPointer>>& found) {
  const FieldInfo* initials = info.find("initials");
  // What was retired keeps its uses and is not offered any more.
  const FieldInfo* status = info.find("status");
  if (status && status->choice_labels != type_name<EntryStatus>()) status = nullptr;
  const Value retired = std::string(enum_name(EntryStatus::retired));
  for (const Record* record : project.table(info).records())
    if (status && status->get(*record) == retired) continue;
    else if (const int match = match_of(project, {&info, record}, initials, query)) found.push_back({match, {&info, record}});
}

Result<Value> read_choice(const CellTexts& texts, const FieldInfo& field, std::string_view text) {
  const std::string wanted = lower(text);
  for (const auto choice : field.choices) {
    if (wanted == choice) return Value{std::string(choice)};
    for (const Language language : all_languages)
      if (wanted == lower(word(field.choice_key(choice), language))) return Value{std::string(choice)};
  }
  std::optional<std::string> only;  // the beginning of exactly one label is enough
  for (const auto& [name, label] : offered_choices(texts.project, field, texts.language)) {
    if (wanted == lower(label)) return Value{name};
    if (!lower(label).starts_with(wanted)) continue;
    if (only) return fail("error.field.choice"_key, {argument_of(field.label_key()), std::string(text)});
    only = name;
  }
  if (only) return Value{*only};
  return fail("error.field.choice"_key, {argument_of(field.label_key()), std::string(text)});
}

Result<Value> read_boolean(const FieldInfo& field, std::string_view text) {
  const std::string wanted = lower(text);
  for (const Language language : all_languages) {
    if (wanted == lower(word("value.yes"_key, language))) return Value{true};
    if (wanted == lower(word("value.no"_key, language))) return Value{false};
  }
  if (wanted == "1" || wanted == "x" || wanted == "true" || wanted == "y" || wanted == "√") return Value{true};
  if (wanted == "0" || wanted == "false" || wanted == "n") return Value{false};
  return fail("error.field.choice"_key, {argument_of(field.label_key()), std::string(text)});
}

Result<Id> read_reference(const CellTexts& texts, const FieldInfo& field, std::string_view text) {
  const std::string query = lower(plain_text(text));
  std::vector<std::pair<int, RecordPointer>> found;
  for (const auto* info : texts.project.schema().registers())
    if (field.target.empty() || info->name == field.target) list_matches(texts.project, *info, query, found);
  sort_stably(found, std::greater{}, [](const auto& entry) { return entry.first; });
  if (found.empty()) return fail("error.cell.unknown"_key, {argument_of(field.label_key()), std::string(text)});
  if (found.size() > 1 && found[0].first == found[1].first)
    return fail("error.cell.ambiguous"_key, {argument_of(field.label_key()), std::string(text)});
  return found.front().second.record->id;
}

Result<Value> read_references(const CellTexts& texts, const FieldInfo& field, std::string_view text) {
  std::vector<Id> ids;
  for (const auto piece : pieces(text)) {
    if (plain_text(piece).empty()) continue;
    const auto id = read_reference(texts, field, piece);
    if (!id) return std::unexpected(id.error());
    if (std::ranges::find(ids, *id) == ids.end()) ids.push_back(*id);
  }
  return Value{std::move(ids)};
}

Result<Value> read_any(const CellTexts& texts, const FieldInfo& field, std::string_view text) {
  switch (field.kind) {
    case Kind::boolean: return read_boolean(field, text);
    case Kind::integer: {
      const auto parsed = parse_integer(text);
      if (!parsed) return std::unexpected(parsed.error());
      return Value{*parsed};
    }
    case Kind::permille: return integer_value(parse_percent(text));
    case Kind::number: return integer_value(parse_number(text));
    case Kind::money: return integer_value(parse_money(text, texts.scales));
    case Kind::day: return integer_value(parse_day(text, texts.language, texts.today));
    case Kind::minute: return integer_value(parse_minute(text, texts.language, texts.today, 8 * 60));
    case Kind::work: {
      const bool bare = field.options.hours && !text.empty() && text.find_first_not_of("0123456789., ") == text.npos;
      const auto parsed = parse_duration(bare ? std::string(text) + "h" : text, texts.scales);
      if (!parsed) return std::unexpected(parsed.error());
      return Value{parsed->minutes.value};
    }
    case Kind::text: return Value{std::string(text)};
    case Kind::choice: return read_choice(texts, field, text);
    case Kind::structured: return Value{std::string(text)};
    case Kind::reference: {
      const auto id = read_reference(texts, field, text);
      if (!id) return std::unexpected(id.error());
      return Value{*id};
    }
    case Kind::references: return read_references(texts, field, text);
  }
  return Value{};
}

}  // namespace

bool contains_text(std::string_view text, std::string_view part) { return lower(text).contains(lower(part)); }

bool is_number_kind(Kind kind) {
  return kind == Kind::integer || kind == Kind::permille || kind == Kind::number || kind == Kind::money || kind == Kind::work;
}

Result<Value> CellSource::read(const CellTexts& texts, const FieldInfo& field, const Record*, std::string_view text) const {
  return texts.read(field, text);
}

const CellSource& plain_source() {
  static const CellSource plain;
  return plain;
}

CellTexts::CellTexts(const Project& project, Language language, Day today, const CellSource& source)
    : project(project), language(language), today(today), scales(scales_of(project)), source(source) {}

namespace {

// A value as a newer version wrote it: JSON, a text without its quotation marks.
std::string plain_json(const Value& value) {
  const auto* json = std::get_if<std::string>(&value);
  if (!json) return {};
  return json->size() > 1 && json->front() == '"' ? json->substr(1, json->size() - 2) : *json;
}

}  // namespace

CellTexts::Told CellTexts::told(const Change& change) const {
  if (!change.unknown_field.empty())
    return {phrase("history.unknown_field"_key, std::vector{change.unknown_field}, language), plain_json(change.before), plain_json(change.after)};
  if (!change.field || change.field->options.hidden) return {};
  const Record* record = change.field->options.sealed ? project.table(*change.info).find_any(change.record) : nullptr;
  return {std::string(word(change.field->label_key(), language)), shown(*change.field, change.before, record), shown(*change.field, change.after, record)};
}

std::string CellTexts::title_of(Id record) const {
  const auto [info, found] = project.find_any(record);
  if (found) return record_title(project, *info, *found);
  const auto [of, gone] = find_deleted(project, record);
  return gone ? phrase("value.deleted"_key, std::vector{record_title(project, *of, *gone)}, language) : std::string();
}

std::string CellTexts::shown(const FieldInfo& field, const Value& value, const Record* record) const {
  if (auto own = source.shown(*this, field, value, record)) return std::move(*own);
  if (std::holds_alternative<std::monostate>(value)) return {};
  if (field.options.sealed && holds_sealed(value)) {
    if (record)
      if (auto text = opened_text(project, record->id, field, std::get<std::string>(value))) return std::move(*text);
    return std::string(word("vault.locked_content"_key, language));
  }
  switch (field.kind) {
    case Kind::boolean: return std::string(word(std::get<bool>(value) ? "value.yes"_key : "value.no"_key, language));
    case Kind::integer: return format_integer(whole_of(value));
    case Kind::permille: return format_percent({static_cast<std::int32_t>(whole_of(value))});
    case Kind::number: return format_number({whole_of(value)});
    case Kind::money: return format_amount({whole_of(value)}, scales);
    case Kind::day: return format_day({static_cast<std::int32_t>(whole_of(value))}, language);
    case Kind::minute: return format_minute({whole_of(value)}, language);
    case Kind::work: {
      constexpr std::int64_t no_days = std::numeric_limits<std::int64_t>::max();
      return format_duration({whole_of(value)}, field.options.hours ? Scales{.minutes_per_day = no_days} : scales, language);
    }
    case Kind::text:
    case Kind::structured: return std::string(text_of(value));
    case Kind::choice: return choice_label(project, field, text_of(value), language);
    case Kind::reference: return title_of(std::get<Id>(value));
    case Kind::references: {
      std::string list;
      for (const Id id : std::get<std::vector<Id>>(value)) {
        if (!list.empty()) list += language == Language::chinese ? "、" : ", ";
        list += title_of(id);
      }
      return list;
    }
  }
  return {};
}

std::string CellTexts::typed(const FieldInfo& field, const Value& value, const Record* record) const {
  if (std::holds_alternative<std::monostate>(value)) return {};
  if (field.kind == Kind::integer) return std::to_string(whole_of(value));
  return shown(field, value, field.options.sealed ? nullptr : record);  // into a file or the clipboard goes nothing opened
}

Result<Value> CellTexts::read(const FieldInfo& field, std::string_view text) const {
  const bool as_is = field.kind == Kind::text && (field.options.lines || field.options.markdown);
  const std::string plain = as_is ? std::string(text) : field.kind == Kind::text ? std::string(text) : plain_text(text);
  Value value;
  if (!plain.empty() || field.kind == Kind::text) {
    auto parsed = read_any(*this, field, plain);
    if (!parsed) return parsed;
    value = std::move(*parsed);
  } else if (field.kind == Kind::references) {
    value = std::vector<Id>{};
  } else if (field.kind == Kind::structured && !field.optional) {
    value = std::string();
  } else if (is_number_kind(field.kind) && !field.optional) {
    value = std::int64_t{0};
  }
  if (auto checked = check_value(field, value); !checked) return std::unexpected(checked.error());
  return value;
}

std::vector<RecordPointer> find_targets(const Project& project, const FieldInfo& field, std::string_view query,
                                        std::size_t at_most) {
  std::vector<std::pair<int, RecordPointer>> found;
  const std::string wanted = lower(plain_text(query));
  for (const auto* info : project.schema().registers())
    if (field.target.empty() ? !info->prefix.empty() : info->name == field.target)
      list_matches(project, *info, wanted, found);
  sort_stably(found, std::greater{}, [](const auto& entry) { return entry.first; });
  if (found.size() > at_most) found.resize(at_most);
  std::vector<RecordPointer> list;
  for (const auto& entry : found) list.push_back(entry.second);
  return list;
}

}  // namespace pmo::ui
