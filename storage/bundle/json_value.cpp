#include "storage/bundle/json_value.h"

#include <charconv>
#include <format>
#include <nlohmann/json.hpp>

#include "app/model/records/unknown_record.h"
#include "app/words/words.h"

namespace pmo::storage {
namespace {

using Json = nlohmann::json;

// Members of a record that this version does not know are kept among its unknown fields, under their name with this mark.
constexpr char member_mark = '@';
constexpr std::string_view record_members[] = {"id", "number", "created", "fields", "written", "deletion"};
constexpr std::string_view life_name = "@life";  // the stamp of a revival, which is no field

bool is_none(const Value& value) { return std::holds_alternative<std::monostate>(value); }

Json integer_to_json(Kind kind, std::int64_t value) {
  if (kind == Kind::day) return Day{static_cast<std::int32_t>(value)}.text();
  if (kind == Kind::minute) return Minute{value}.text();
  return value;
}

std::optional<Value> integer_from_json(Kind kind, const Json& json) {
  if (kind == Kind::day || kind == Kind::minute) {
    const auto* text = json.get_ptr<const Json::string_t*>();
    if (!text) return {};
    if (kind == Kind::minute) {
      const auto minute = Minute::parse(*text);
      return minute ? std::optional<Value>(minute->value) : std::nullopt;
    }
    const auto day = Day::parse(*text);
    return day ? std::optional<Value>(static_cast<std::int64_t>(day->value)) : std::nullopt;
  }
  if (!json.is_number_integer()) return {};
  return json.get<std::int64_t>();
}

std::optional<Value> ids_from_json(const Json& json) {
  if (!json.is_array()) return {};
  std::vector<Id> ids;
  for (const auto& item : json) {
    const auto* text = item.get_ptr<const Json::string_t*>();
    const auto id = text ? Id::parse(*text) : std::nullopt;
    if (!id) return {};
    ids.push_back(*id);
  }
  return ids;
}

std::optional<Value> shaped(const FieldInfo& field, const Json& json) {
  if (json.is_null()) return Value{};
  switch (field.kind) {
    case Kind::boolean: return json.is_boolean() ? std::optional<Value>(json.get<bool>()) : std::nullopt;
    case Kind::text: case Kind::choice: case Kind::structured:
      return json.is_string() ? std::optional<Value>(json.get<std::string>()) : std::nullopt;
    case Kind::reference: {
      const auto* text = json.get_ptr<const Json::string_t*>();
      const auto id = text ? Id::parse(*text) : std::nullopt;
      return id ? std::optional<Value>(*id) : std::nullopt;
    }
    case Kind::references: return ids_from_json(json);
    default: return integer_from_json(field.kind, json);
  }
}

// Builds the document while checking the limits; remembers the first thing that is wrong.
class LimitedReader final : public nlohmann::json_sax<Json> {
 public:
  LimitedReader(std::string_view text, const JsonLimits& limits) : text_(text), limits_(limits) {}

  bool null() override { return put(nullptr); }
  bool boolean(bool value) override { return put(value); }
  bool number_integer(number_integer_t value) override { return integer(value); }
  bool number_unsigned(number_unsigned_t value) override {
    if (value > static_cast<number_unsigned_t>(largest)) return refuse("error.json.number"_key);
    return integer(static_cast<std::int64_t>(value));
  }
  bool number_float(number_float_t, const string_t&) override { return refuse("error.json.number"_key); }
  bool string(string_t& value) override {
    if (value.size() > limits_.string_bytes)
      return refuse("error.json.string"_key, {std::to_string(limits_.string_bytes)});
    return put(std::move(value));
  }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override { return open(Json::object()); }
  bool start_array(std::size_t) override { return open(Json::array()); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool key(string_t& value) override {
    if (stack_.back()->contains(value)) return refuse("error.json.duplicate"_key, {value});
    key_ = std::move(value);
    return true;
  }
  bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception&) override {
    const bool at_end = position >= text_.size();
    error_ = {at_end ? "error.json.truncated"_key : "error.json.syntax"_key, {}, place(position)};
    return false;
  }

  Result<Json> result(bool complete) && {
    if (complete) return std::move(root_);
    if (error_.place.empty() && error_.message == Key{}) error_ = {"error.json.syntax"_key, {}, {}};
    return std::unexpected(std::move(error_));
  }

 private:
  static constexpr std::int64_t largest = 1LL << 53;

  bool integer(std::int64_t value) {
    if (value > largest || value < -largest) return refuse("error.json.number"_key);
    return put(value);
  }

  Json& add(Json value) {
    if (stack_.empty()) return root_ = std::move(value);
    auto& parent = *stack_.back();
    if (parent.is_array()) return parent.emplace_back(std::move(value));
    return parent[key_] = std::move(value);
  }
  bool put(Json value) {
    add(std::move(value));
    return true;
  }
  bool open(Json empty) {
    if (static_cast<int>(stack_.size()) >= limits_.depth)
      return refuse("error.json.depth"_key, {std::to_string(limits_.depth)});
    stack_.push_back(&add(std::move(empty)));
    return true;
  }
  bool close() {
    stack_.pop_back();
    return true;
  }
  bool refuse(Key message, std::vector<std::string> arguments = {}) {
    error_ = {message, std::move(arguments), key_};
    return false;
  }
  std::string place(std::size_t position) const {
    const auto before = text_.substr(0, std::min(position, text_.size()));
    const auto line = std::ranges::count(before, '\n') + 1;
    const auto start = before.rfind('\n');
    return std::format("{}:{}", line, before.size() - (start == std::string_view::npos ? 0 : start + 1));
  }

  std::string_view text_;
  const JsonLimits& limits_;
  Json root_;
  std::vector<Json*> stack_;
  std::string key_;
  Error error_;
};

}  // namespace

Json value_to_json(const FieldInfo& field, const Value& value) {
  if (const auto* flag = std::get_if<bool>(&value)) return *flag;
  if (const auto* number = std::get_if<std::int64_t>(&value)) return integer_to_json(field.kind, *number);
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (const auto* id = std::get_if<Id>(&value)) return id->text();
  if (const auto* ids = std::get_if<std::vector<Id>>(&value)) {
    auto list = Json::array();
    for (const auto& id : *ids) list.push_back(id.text());
    return list;
  }
  return nullptr;
}

Result<Value> value_from_json(const FieldInfo& field, const Json& json) {
  auto value = shaped(field, json);
  if (!value) return fail("error.field.shape"_key, {argument_of(field.label_key())});
  PMO_TRY_VOID(check_stored_value(field, *value));
  return std::move(*value);
}

std::string clock_to_text(std::uint64_t clock) { return std::format("{:016x}", clock); }

std::optional<std::uint64_t> clock_from_text(std::string_view text) {
  std::uint64_t clock = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), clock, 16);
  if (text.size() != 16 || error != std::errc{} || end != text.data() + text.size()) return {};
  return clock;
}

const Json* member(const Json* object, std::string_view name) {
  if (!object || !object->is_object()) return nullptr;
  const auto at = object->find(name);
  return at == object->end() ? nullptr : &*at;
}

const std::string* text_member(const Json* object, std::string_view name) {
  const auto* value = member(object, name);
  return value ? value->get_ptr<const std::string*>() : nullptr;
}

std::string stamp_to_text(const Stamp& stamp) { return clock_to_text(stamp.clock) + "@" + stamp.actor.text(); }

std::optional<Stamp> stamp_from_text(std::string_view text) {
  const auto at = text.find('@');
  if (at == std::string_view::npos) return {};
  const auto clock = clock_from_text(text.substr(0, at));
  const auto actor = Id::parse(text.substr(at + 1));
  if (!clock || *clock == 0 || !actor) return {};
  return Stamp{*clock, *actor};
}

Json vector_to_json(const VersionVector& vector) {
  auto json = Json::object();
  for (const auto& [actor, clock] : vector.clocks()) json[actor.text()] = clock_to_text(clock);
  return json;
}

Result<VersionVector> vector_from_json(const Json& json, const std::string& place) {
  if (!json.is_object()) return fail("error.bundle.shape"_key, {}, place);
  VersionVector vector;
  for (const auto& [actor_text, clock_json] : json.items()) {
    const auto actor = Id::parse(actor_text);
    const auto clock = clock_json.is_string() ? clock_from_text(clock_json.get_ref<const std::string&>()) : std::nullopt;
    if (!actor || !clock) return fail("error.bundle.stamp"_key, {}, place + "." + actor_text);
    vector.saw({*clock, *actor});
  }
  return vector;
}

Json stamps_to_json(const RegisterInfo& info, const FieldStamps& stamps) {
  auto json = Json::object();
  for (const auto& [field, stamp] : stamps.list())
    json[field == FieldStamps::life ? std::string(life_name) : std::string(info.fields[field].name)] = stamp == Stamp{} ? Json() : Json(stamp_to_text(stamp));
  return json;
}

Result<FieldStamps> stamps_from_json(const RegisterInfo& info, const Json& json, const std::string& place) {
  if (!json.is_object()) return fail("error.bundle.shape"_key, {}, place);
  FieldStamps stamps;
  for (const auto& [name, text] : json.items()) {
    const auto* field = info.find(name);
    if (!field && name != life_name) continue;  // of a newer version: unknown_from_json takes it
    const auto stamp = text.is_null() && field ? std::optional(Stamp{}) : text.is_string() ? stamp_from_text(text.get<std::string>()) : std::nullopt;
    if (!stamp) return fail("error.bundle.stamp"_key, {}, place + "." + name);
    stamps.put(field ? field->index : FieldStamps::life, *stamp);
  }
  return stamps;
}

void unknown_to_json(const UnknownFields& unknown, Json& record) {
  for (const auto& [name, field] : unknown) {
    if (auto value = parse_json(field.value)) {
      if (name.front() == member_mark) record[name.substr(1)] = std::move(*value);
      else record["fields"][name] = std::move(*value);
    }
    if (field.withheld) record["written"][name] = nullptr;
    if (field.stamp != Stamp{}) record["written"][name] = stamp_to_text(field.stamp);
    if (field.deletion_seen != Stamp{}) record["deletion"]["seen"][name] = stamp_to_text(field.deletion_seen);
  }
}

Result<UnknownFields> unknown_from_json(const RegisterInfo& info, const Json& record, const std::string& place) {
  UnknownFields unknown;
  const auto each = [&](const Json* object, auto&& take) {
    if (object && object->is_object())
      for (const auto& [name, value] : object->items())
        if (!name.empty() && name.front() != member_mark && !info.find(name)) take(name, value);
  };
  if (record.is_object())
    for (const auto& [name, value] : record.items())
      if (!std::ranges::contains(record_members, std::string_view(name))) unknown[member_mark + name].value = canonical_text(value);
  const Json* wrong = nullptr;
  const auto take_stamp = [&](Stamp UnknownField::*stamp) {
    return [&, stamp](const std::string& name, const Json& text) {
      const auto read = text.is_string() ? stamp_from_text(text.get<std::string>()) : std::nullopt;
      if (read) unknown[name].*stamp = *read;
      else if (text.is_null() && stamp == &UnknownField::stamp) unknown[name].withheld = true;
      else wrong = &text;
    };
  };
  each(member(&record, "fields"), [&](const std::string& name, const Json& value) { unknown[name].value = canonical_text(value); });
  each(member(&record, "written"), take_stamp(&UnknownField::stamp));
  each(member(member(&record, "deletion"), "seen"), take_stamp(&UnknownField::deletion_seen));
  if (wrong) return fail("error.bundle.stamp"_key, {}, place);
  return unknown;
}

Json deletion_to_json(const RegisterInfo& info, const Deletion& deletion) {
  return {{"stamp", stamp_to_text(deletion.stamp)}, {"seen", stamps_to_json(info, deletion.seen)}};
}

Result<Deletion> deletion_from_json(const RegisterInfo& info, const Json& json, const std::string& place) {
  const auto* text = text_member(&json, "stamp");
  const auto stamp = text ? stamp_from_text(*text) : std::nullopt;
  if (!stamp) return fail("error.bundle.stamp"_key, {}, place + ".stamp");
  const auto* seen = member(&json, "seen");
  if (!seen) return fail("error.bundle.shape"_key, {}, place + ".seen");
  return Deletion{*stamp, PMO_TRY(stamps_from_json(info, *seen, place + ".seen")).told()};
}

// The value of a field that this version does not know: its canonical text.
static void put_unknown_value(Json& json, std::string_view name, const Value& value) {
  if (const auto* text = std::get_if<std::string>(&value))
    if (auto parsed = parse_json(*text)) json[std::string(name)] = std::move(*parsed);
}

Json conflict_to_json(const Conflict& conflict, bool with_values) {
  Json json{{"register", conflict.unknown_register.empty() ? conflict.info->name : conflict.unknown_register}, {"record", conflict.record.text()},
            {"winner", stamp_to_text(conflict.winner)}, {"loser", stamp_to_text(conflict.loser)}};
  if (!conflict.unknown_field.empty()) {
    json["field"] = conflict.unknown_field;
    put_unknown_value(json, "winning", conflict.winning);
    put_unknown_value(json, "losing", conflict.losing);
  }
  if (!conflict.field) return json;
  json["field"] = conflict.field->name;
  if (!with_values || (is_none(conflict.winning) && is_none(conflict.losing))) return json;  // two values that differ: left out
  json["winning"] = value_to_json(*conflict.field, conflict.winning);
  json["losing"] = value_to_json(*conflict.field, conflict.losing);
  return json;
}

std::optional<Conflict> conflict_from_json(const Schema& schema, const Json& json) {
  const auto text = [&](std::string_view name) {
    const auto* found = text_member(&json, name);
    return found ? *found : std::string();
  };
  std::string unknown_register;
  const auto* info = find_register(schema, text("register"), unknown_register);
  const auto id = Id::parse(text("record"));
  const auto winner = stamp_from_text(text("winner")), loser = stamp_from_text(text("loser"));
  if (!info || !id || !winner || !loser) return {};
  Conflict conflict{.info = info, .record = *id, .winner = *winner, .loser = *loser, .winning = {}, .losing = {}};
  conflict.unknown_register = std::move(unknown_register);
  if (const auto name = text("field"); !name.empty()) {
    conflict.field = conflict.unknown_register.empty() ? info->find(name) : nullptr;
    if (!conflict.field) conflict.unknown_field = name;
    const auto value = [&](std::string_view of) {
      const auto* found = member(&json, of);
      if (!conflict.field) return found ? Value(canonical_text(*found)) : Value{};
      return found ? value_from_json(*conflict.field, *found).value_or(Value{}) : Value{};
    };
    conflict.winning = value("winning");
    conflict.losing = value("losing");
  }
  return conflict;
}

namespace {

Json change_to_json(const Change& change, bool confidential) {
  Json json{{"register", register_name(change)}, {"record", change.record.text()}, {"action", enum_name(change.action)},
            {"stamp", stamp_to_text(change.stamp)}};
  if (!change.unknown_field.empty()) {
    json["field"] = change.unknown_field;
    put_unknown_value(json, "before", change.before);
    put_unknown_value(json, "after", change.after);
  }
  if (!change.field) return json;
  json["field"] = change.field->name;
  if ((change.field->options.confidential && !confidential) || lacks_values(change)) return json;
  json["before"] = value_to_json(*change.field, change.before);
  json["after"] = value_to_json(*change.field, change.after);
  return json;
}

std::string text_or_empty(const Json& json, std::string_view name) {
  const auto* text = text_member(&json, name);
  return text ? *text : std::string();
}

template <class E>
std::optional<E> enum_from(const std::string& name) {
  const auto& all = enum_names<E>();
  const auto at = std::ranges::find(all, name);
  return at == all.end() ? std::nullopt : std::optional(static_cast<E>(at - all.begin()));
}

std::optional<Change> change_from_json(const Schema& schema, const Json& json) {
  Change change;
  change.info = find_register(schema, text_or_empty(json, "register"), change.unknown_register);
  const auto record = Id::parse(text_or_empty(json, "record"));
  const auto action = enum_from<Action>(text_or_empty(json, "action"));
  const auto stamp = stamp_from_text(text_or_empty(json, "stamp"));
  if (!change.info || !record || !action || !stamp) return {};
  change.record = *record;
  change.action = *action;
  change.stamp = *stamp;
  const auto field = text_or_empty(json, "field");
  if (field.empty()) return change.action == Action::write || change.action == Action::superseded ? std::nullopt : std::optional(change);
  change.field = change.info->find(field);
  if (!change.field) change.unknown_field = field;
  const auto value = [&](std::string_view name) {
    const auto* found = member(&json, name);
    if (!change.field) return Value(found ? canonical_text(*found) : std::string());
    return found ? value_from_json(*change.field, *found).value_or(Value{}) : Value{};
  };
  change.before = value("before");
  change.after = value("after");
  return change;
}

}  // namespace

std::string_view register_name(const Change& change) {
  return change.unknown_register.empty() ? std::string_view(change.info->name) : change.unknown_register;
}

const RegisterInfo* find_register(const Schema& schema, std::string_view name, std::string& unknown) {
  const auto& unknown_ones = register_of<UnknownRecord>();
  const auto* info = schema.find(name);
  if ((info && info != &unknown_ones) || name.empty()) return info;
  unknown = name;
  return schema.find(unknown_ones.name);
}

// What can be undone is a matter of the copy where it was done; the format knows no `vault`.
static Origin origin_outside(Origin origin) { return origin == Origin::vault ? Origin::edit : origin; }

Json commit_to_json(const Commit& commit, bool confidential) {
  Json json{{"id", commit.id.text()}, {"stamp", stamp_to_text(commit.stamp)}, {"name", commit.name},
            {"arguments", commit.arguments}, {"origin", enum_name(origin_outside(commit.origin))}, {"changes", Json::array()}};
  if (commit.undoes) json["undoes"] = commit.undoes.text();
  for (const auto& change : commit.changes) json["changes"].push_back(change_to_json(change, confidential));
  return json;
}

std::optional<Commit> commit_from_json(const Schema& schema, const Json& json) {
  const auto id = Id::parse(text_or_empty(json, "id"));
  const auto stamp = stamp_from_text(text_or_empty(json, "stamp"));
  const auto origin = enum_from<Origin>(text_or_empty(json, "origin"));
  if (!id || !stamp || !origin) return {};
  Commit commit{.id = *id, .stamp = *stamp, .name = text_or_empty(json, "name"), .arguments = {}, .origin = *origin,
                .undoes = Id::parse(text_or_empty(json, "undoes")).value_or(Id{}), .changes = {}};
  if (const auto* arguments = member(&json, "arguments"); arguments && arguments->is_array())
    for (const auto& argument : *arguments)
      if (argument.is_string()) commit.arguments.push_back(argument.get<std::string>());
  if (const auto* changes = member(&json, "changes"); changes && changes->is_array())
    for (const auto& change_json : *changes)
      if (auto change = change_from_json(schema, change_json)) commit.changes.push_back(std::move(*change));
  return commit;
}

// The default object of nlohmann/json sorts members by their bytes, which for the ASCII names of this format is the
// order that RFC 8785 wants; its escapes are the minimal ones.
std::string canonical_text(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

Result<Json> parse_json(std::string_view text, const JsonLimits& limits) {
  if (text.size() > limits.bytes) return fail("error.json.too_large"_key, {std::to_string(limits.bytes >> 20)});
  LimitedReader reader(text, limits);
  const bool complete = Json::sax_parse(text, &reader);
  return std::move(reader).result(complete);
}

}  // namespace pmo::storage
