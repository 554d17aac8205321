#include "storage/found_json.h"

#include <nlohmann/json.hpp>

#include "storage/bundle/json_value.h"

namespace pmo::storage {
namespace {

using Json = nlohmann::json;

Json stamps_json(const RecordStamps& stamps) {
  Json json{{"register", stamps.info->name}, {"record", stamps.record.text()}, {"written", stamps_to_json(*stamps.info, stamps.written)}};
  if (stamps.deletion) json["deletion"] = deletion_to_json(*stamps.info, *stamps.deletion);
  auto unknown = Json::object();
  unknown_to_json(stamps.unknown, unknown);
  if (!unknown.empty()) json["unknown"] = std::move(unknown);
  return json;
}

Result<RecordStamps> stamps_from(const RegisterInfo& info, Id record, const Json& json) {
  const auto place = info.name + " " + record.text();
  RecordStamps stamps{.info = &info, .record = record};
  if (const auto* written = member(&json, "written")) stamps.written = PMO_TRY(stamps_from_json(info, *written, place));
  if (const auto* deletion = member(&json, "deletion")) stamps.deletion = PMO_TRY(deletion_from_json(info, *deletion, place));
  if (const auto* unknown = member(&json, "unknown")) stamps.unknown = PMO_TRY(unknown_from_json(info, *unknown, place));
  return stamps;
}

Result<VersionVector> vector_in(const Json& json, std::string_view name) {
  const auto* vector = member(&json, name);
  return vector ? vector_from_json(*vector, std::string(name)) : VersionVector{};
}

}  // namespace

Json found_to_json(const Found& found) {
  Json json{{"seen", vector_to_json(found.seen)}, {"lacking", vector_to_json(found.lacking)}, {"records", Json::array()}};
  for (const auto& record : found.records) json["records"].push_back(stamps_json(record));
  return json;
}

Result<Found> found_from_json(const Schema& schema, const Json& json) {
  Found found{.seen = PMO_TRY(vector_in(json, "seen")), .lacking = PMO_TRY(vector_in(json, "lacking")), .records = {}};
  const auto* records = member(&json, "records");
  if (!records || !records->is_array()) return fail("error.bundle.shape"_key, {}, "records");
  for (const auto& one : *records) {
    const auto *name = text_member(&one, "register"), *id_text = text_member(&one, "record");
    const auto* info = name ? schema.find(*name) : nullptr;
    const auto id = id_text ? Id::parse(*id_text) : std::nullopt;
    if (info && id) found.records.push_back(PMO_TRY(stamps_from(*info, *id, one)));
  }
  return found;
}

}  // namespace pmo::storage
