#include "storage/bundle/json_schema.h"

#include <limits>
#include <nlohmann/json.hpp>

namespace pmo::storage {
namespace {

using Json = nlohmann::ordered_json;

Json definition(std::string_view name) { return {{"$ref", "#/$defs/" + std::string(name)}}; }
Json list_of(Json items) { return {{"type", "array"}, {"items", std::move(items)}}; }
// An object used as a map: any name, values of one shape.
Json map_of(Json values) { return {{"type", "object"}, {"additionalProperties", std::move(values)}}; }

Json integer(const FieldInfo& field) {
  Json json{{"type", "integer"}};
  using Limits = std::numeric_limits<std::int64_t>;
  if (field.options.minimum != Limits::min()) json["minimum"] = field.options.minimum;
  if (field.options.maximum != Limits::max()) json["maximum"] = field.options.maximum;
  return json;
}

Json choices(const FieldInfo& field) {
  Json json{{"enum", Json::array()}};
  for (const auto choice : field.choices) json["enum"].push_back(choice);
  return json;
}

Json value_schema(const FieldInfo& field) {
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
Json field_schema(const FieldInfo& field) {
  auto value = value_schema(field);
  if (!field.optional) return value;
  return {{"anyOf", Json::array({std::move(value), Json{{"type", "null"}}})}};
}

Json record_schema(const RegisterInfo& info) {
  Json fields{{"type", "object"}, {"properties", Json::object()}};
  for (const auto& field : info.fields) fields["properties"][field.name] = field_schema(field);
  Json properties{{"id", definition("id")}, {"created", definition("stamp")}, {"fields", std::move(fields)},
                  {"written", definition("stamps")}, {"deletion", definition("deletion")}};
  if (!info.prefix.empty()) properties["number"] = {{"type", "integer"}, {"minimum", 0}, {"maximum", 1'000'000'000}};
  return {{"type", "object"}, {"properties", std::move(properties)}, {"required", {"id", "created", "fields"}}};
}

Json object(Json properties, std::vector<std::string> required) {
  return {{"type", "object"}, {"properties", std::move(properties)}, {"required", std::move(required)}};
}

Json text_like(const char* pattern) { return {{"type", "string"}, {"pattern", pattern}}; }

Json definitions() {
  return {{"id", text_like("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")},
          {"clock", text_like("^[0-9a-f]{16}$")},
          {"stamp", text_like("^[0-9a-f]{16}@[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")},
          {"stamps", map_of(definition("stamp"))},
          {"day", text_like("^-?[0-9]{4,}-[0-9]{2}-[0-9]{2}$")},
          {"minute", text_like("^-?[0-9]{4,}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}$")},
          {"sha256", text_like("^[0-9a-f]{64}$")},
          {"deletion", object({{"stamp", definition("stamp")}, {"seen", definition("stamps")}}, {"stamp", "seen"})},
          {"conflict", {{"type", "object"}}},
          {"commit", {{"type", "object"}}}};
}

}  // namespace

std::string bundle_json_schema(const Schema& schema) {
  Json registers{{"type", "object"}, {"properties", Json::object()}};
  for (const auto* info : schema.registers()) registers["properties"][info->name] = list_of(record_schema(*info));
  const Json count{{"type", "integer"}, {"minimum", 0}};
  Json properties{
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
  Json document{{"title", "PMO Desk project bundle, format 1 (JSON Schema, draft 2020-12)"}};
  document.update(object(std::move(properties), {"format", "version", "project", "data", "integrity"}));
  document["$defs"] = definitions();
  return document.dump(2);
}

}  // namespace pmo::storage
