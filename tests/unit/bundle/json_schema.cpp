// The JSON Schema says of real bundles what they are: checked with the keywords that the schema uses.
#include "storage/bundle/json_schema.h"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <regex>

#include "app/model/records/project_settings.h"
#include "app/sample/sample.h"
#include "storage/bundle/bundle.h"

using namespace pmo;
using namespace pmo::storage;
using nlohmann::json;

namespace {

bool is_of(const json& value, const std::string& type) {
  if (type == "object") return value.is_object();
  if (type == "array") return value.is_array();
  if (type == "string") return value.is_string();
  if (type == "integer") return value.is_number_integer();
  if (type == "boolean") return value.is_boolean();
  return type == "null" && value.is_null();
}

class Validator {
 public:
  explicit Validator(const json& schema) : root_(schema) {}

  // Where the value breaks the schema; empty when it does not.
  std::string problem(const json& value) { return check(root_, value, ""); }

 private:
  std::string check(const json& schema, const json& value, const std::string& place) {
    if (schema.contains("$ref"))
      return check(root_.at(json::json_pointer(schema["$ref"].get<std::string>().substr(1))), value, place);
    if (schema.contains("const") && value != schema["const"]) return place + ": const";
    if (schema.contains("enum") && std::ranges::find(schema["enum"], value) == schema["enum"].end()) return place + ": enum";
    if (schema.contains("anyOf")) {
      for (const auto& one : schema["anyOf"])
        if (check(one, value, place).empty()) return {};
      return place + ": anyOf";
    }
    if (schema.contains("type")) {
      const auto types = schema["type"].is_array() ? schema["type"] : json::array({schema["type"]});
      if (std::ranges::none_of(types, [&](const json& type) { return is_of(value, type.get<std::string>()); })) return place + ": type";
    }
    if (schema.contains("minimum") && value < schema["minimum"]) return place + ": minimum";
    if (schema.contains("maximum") && value > schema["maximum"]) return place + ": maximum";
    if (schema.contains("pattern") && !matches(schema["pattern"].get<std::string>(), value.get<std::string>())) return place + ": pattern";
    return check_members(schema, value, place);
  }

  std::string check_members(const json& schema, const json& value, const std::string& place) {
    for (const auto& name : schema.value("required", json::array()))
      if (!value.contains(name.get<std::string>())) return place + ": lacks " + name.get<std::string>();
    if (value.is_object())
      for (const auto& [name, member] : value.items()) {
        const auto known = schema.contains("properties") ? schema["properties"].find(name) : schema.end();
        const bool is_known = schema.contains("properties") && known != schema["properties"].end();
        const auto rest = schema.find("additionalProperties");
        if (!is_known && rest == schema.end()) continue;
        if (auto found = check(is_known ? *known : *rest, member, place + "/" + name); !found.empty()) return found;
      }
    if (value.is_array() && schema.contains("items"))
      for (std::size_t i = 0; i < value.size(); ++i)
        if (auto found = check(schema["items"], value[i], place + "/" + std::to_string(i)); !found.empty()) return found;
    return {};
  }

  bool matches(const std::string& pattern, const std::string& text) {
    const auto [at, made] = patterns_.try_emplace(pattern, pattern, std::regex::extended);
    return std::regex_match(text, at->second);
  }

  const json& root_;
  std::map<std::string, std::regex> patterns_;
};

}  // namespace

TEST_CASE("a bundle of the sample project fits the schema, and its forgeries do not") {
  const auto schema = json::parse(bundle_json_schema(product_schema()));
  FixedSurroundings surroundings{5};
  Project project(product_schema(), Id{1, 1}, surroundings);
  REQUIRE(make_sample_project(project, Language::chinese).has_value());
  const auto bundle = json::parse(write_bundle(project, {.confidential = true}));
  Validator validator(schema);
  CHECK(validator.problem(bundle) == "");
  CHECK(validator.problem(json::parse(write_bundle(project, {}))) == "");

  const auto broken = [&](const char* at, const json& value) {
    auto forged = bundle;
    forged[json::json_pointer(at)] = value;
    return validator.problem(forged);
  };
  CHECK(broken("/format", "other") == "/format: const");
  CHECK(broken("/version/major", 2) == "/version/major: const");
  CHECK(broken("/data/task/0/id", 7) == "/data/task/0/id: type");
  CHECK(broken("/data/task/0/created", "yesterday") == "/data/task/0/created: pattern");
  CHECK(broken("/data/risk/0/fields/probability", 9000) == "/data/risk/0/fields/probability: maximum");
  CHECK(broken("/data/task/0", json::object()) == "/data/task/0: lacks id");
}

TEST_CASE("every field of every register is in the schema") {
  const auto schema = json::parse(bundle_json_schema(product_schema()));
  for (const auto* info : product_schema().registers())
    for (const auto& field : info->fields)
      CHECK(schema["properties"]["data"]["properties"][info->name]["items"]["properties"]["fields"]["properties"].contains(field.name));
}
