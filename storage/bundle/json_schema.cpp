#include "storage/bundle/json_schema.h"

#include <limits>
#include <nlohmann/json.hpp>

namespace pmo::storage {
namespace {

using OrderedJson = nlohmann::ordered_json;

OrderedJson definition(std::string_view name) { return {{"$ref", "#/$defs/" + std::string(name)}}; }
OrderedJson list_of(OrderedJson items) { return {{"type", "array"}, {"items", std::move(items)}}; }
// An object used as a map: any name, values of one shape.
OrderedJson map_of(OrderedJson values) { return {{"type", "object"}, {"additionalProperties", std::move(values)}}; }

OrderedJson integer(const FieldInfo& field) {
  OrderedJson json{{"type", "integer"}};
  using Limits = std::numeric_limits<std::int64_t>;
  if (field.options.minimum != Limits::min()) json["minimum"] = field.options.minimum;
  if (field.options.maximum != Limits::max()) json["maximum"] = field.options.maximum;
  return json;
}

OrderedJson choices(const FieldInfo& field) {
  OrderedJson json{{"enum", OrderedJson::array()}};
  std::string names;
  for (const auto choice : field.choices) {
    json["enum"].push_back(choice);
    names += (names.empty() ? "" : "|") + std::string(choice);
  }
  // One that the project has added: the choice it counts as, and the record of the register own_choice.
  const OrderedJson own{{"type", "string"}, {"pattern", "^(" + names + ")\\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"}};
  return {{"anyOf", OrderedJson::array({std::move(json), own})}};
}

OrderedJson value_schema(const FieldInfo& field) {
  switch (field.kind) {
    case Kind::boolean: return {{"type", "boolean"}};
    case Kind::text: case Kind::structured: return {{"type", "string"}};
    case Kind::choice: return choices(field);
    case Kind::day: return definition("day");
    case Kind::minute: return definition("minute");
    case Kind::reference: return definition("id");
    case Kind::references: return list_of(definition("id"));
    default: return integer(field);
  }
}

// A field that may be empty, or that has its default in a bundle without confidential fields.
OrderedJson field_schema(const FieldInfo& field) {
  auto value = value_schema(field);
  if (!field.optional) return value;
  return {{"anyOf", OrderedJson::array({std::move(value), OrderedJson{{"type", "null"}}})}};
}

OrderedJson record_schema(const RegisterInfo& info) {
  OrderedJson fields{{"type", "object"}, {"properties", OrderedJson::object()}};
  for (const auto& field : info.fields) fields["properties"][field.name] = field_schema(field);
  OrderedJson properties{{"id", definition("id")}, {"created", definition("stamp")}, {"fields", std::move(fields)},
                  {"written", definition("written")}, {"deletion", definition("deletion")}};
  if (!info.prefix.empty()) properties["number"] = {{"type", "integer"}, {"minimum", 0}, {"maximum", 1'000'000'000}};
  return {{"type", "object"}, {"properties", std::move(properties)}, {"required", {"id", "created", "fields"}}};
}

OrderedJson object(OrderedJson properties, std::vector<std::string> required) {
  return {{"type", "object"}, {"properties", std::move(properties)}, {"required", std::move(required)}};
}

OrderedJson text_like(const char* pattern) { return {{"type", "string"}, {"pattern", pattern}}; }

OrderedJson definitions() {
  return {{"id", text_like("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")},
          {"clock", text_like("^[0-9a-f]{16}$")},
          {"stamp", text_like("^[0-9a-f]{16}@[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")},
          {"stamps", map_of(definition("stamp"))},
          // null: the value was left out
          {"written", map_of({{"anyOf", OrderedJson::array({definition("stamp"), OrderedJson{{"type", "null"}}})}})},
          {"day", text_like("^-?[0-9]{4,}-[0-9]{2}-[0-9]{2}$")},
          {"minute", text_like("^-?[0-9]{4,}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}$")},
          {"sha256", text_like("^[0-9a-f]{64}$")},
          {"deletion", object({{"stamp", definition("stamp")}, {"seen", definition("stamps")}}, {"stamp", "seen"})},
          {"conflict", {{"type", "object"}}},
          {"commit", {{"type", "object"}}}};
}

}  // namespace

std::string bundle_json_schema(const Schema& schema) {
  OrderedJson registers{{"type", "object"}, {"properties", OrderedJson::object()}};
  for (const auto* info : schema.registers()) registers["properties"][info->name] = list_of(record_schema(*info));
  const OrderedJson count{{"type", "integer"}, {"minimum", 0}};
  OrderedJson properties{
      {"format", {{"const", "pmo-desk-bundle"}}},
      {"version", object({{"major", {{"const", 1}}}, {"minor", count}}, {"major", "minor"})},
      {"must_understand", list_of({{"type", "string"}})},
      {"project", object({{"id", definition("id")}, {"name", {{"type", "string"}}}}, {"id"})},
      {"actor", definition("id")},
      {"created", {{"type", "string"}}},
      {"revision", definition("sha256")},
      {"seen", map_of(definition("clock"))},
      {"since", map_of(definition("clock"))},
      {"lacking", map_of(definition("clock"))},
      {"counts", map_of(count)},
      {"data", std::move(registers)},
      {"conflicts", list_of(definition("conflict"))},
      {"history", list_of(definition("commit"))},
      {"attachments", map_of({{"type", {"string", "null"}}})},
      {"integrity", object({{"algorithm", {{"const", "sha-256"}}}, {"canonical", {{"const", "rfc8785"}}}, {"hash", definition("sha256")}},
                           {"hash"})}};
  OrderedJson document{{"title", "PMO Desk project bundle, format 1 (JSON Schema, draft 2020-12)"}};
  document.update(object(std::move(properties), {"format", "version", "project", "data", "integrity"}));
  document["$defs"] = definitions();
  return document.dump(2);
}

}  // namespace pmo::storage
