// Field values and stamps as JSON. Days and minutes are ISO texts, identifiers are texts, everything else that counts
// is an integer: no number ever depends on how a platform prints fractions.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "app/model/change.h"

namespace pmo::storage {

nlohmann::json value_to_json(const FieldInfo& field, const Value& value);

// The value, checked against the field (check_stored_value). Errors carry no place; the caller knows it.
Result<Value> value_from_json(const FieldInfo& field, const nlohmann::json& json);

// "018f3c1e4a2b0003": a clock as 16 hexadecimal digits, since JSON numbers end at 2^53.
std::string clock_to_text(std::uint64_t clock);
std::optional<std::uint64_t> clock_from_text(std::string_view text);

// "018f3c1e4a2b0003@<actor>"
std::string stamp_to_text(const Stamp& stamp);
std::optional<Stamp> stamp_from_text(std::string_view text);

// {"<actor>": "<clock>"}
nlohmann::json vector_to_json(const VersionVector& vector);
Result<VersionVector> vector_from_json(const nlohmann::json& json, const std::string& place);

// Stamps by the name of their field ("@life" for a revival), null for the zero stamp (R3 of record.h). Reading leaves out
// fields that the register lacks.
nlohmann::json stamps_to_json(const RegisterInfo& info, const FieldStamps& stamps);
Result<FieldStamps> stamps_from_json(const RegisterInfo& info, const nlohmann::json& json, const std::string& place);

// The fields of a record that this version does not know, of their values, stamps and deletion.seen by name: put among
// those of the known ones, and taken out from among them.
void unknown_to_json(const UnknownFields& unknown, nlohmann::json& record);
Result<UnknownFields> unknown_from_json(const RegisterInfo& info, const nlohmann::json& record, const std::string& place);

// {"stamp", "seen"}
nlohmann::json deletion_to_json(const RegisterInfo& info, const Deletion& deletion);
Result<Deletion> deletion_from_json(const RegisterInfo& info, const nlohmann::json& json, const std::string& place);

nlohmann::json conflict_to_json(const Conflict& conflict, bool with_values);
std::optional<Conflict> conflict_from_json(const Schema& schema, const nlohmann::json& json);

// The name under which a change's register is stored, and back: one that the schema lacks is the register of
// unknown records, and `unknown` gets its name.
std::string_view register_name(const Change& change);
const RegisterInfo* find_register(const Schema& schema, std::string_view name, std::string& unknown);

// A commit with its changes, as bundles carry history. Confidential values are left out unless wanted or not known. Changes of registers
// and fields that the schema lacks are read as unknown ones, and written as they were.
nlohmann::json commit_to_json(const Commit& commit, bool confidential);
std::optional<Commit> commit_from_json(const Schema& schema, const nlohmann::json& json);

// A member of an object, or null when there is none or the object is no object.
const nlohmann::json* member(const nlohmann::json* object, std::string_view name);
const std::string* text_member(const nlohmann::json* object, std::string_view name);

// RFC 8785: members sorted, no white space, minimal escapes. Only for documents without fractions.
std::string canonical_text(const nlohmann::json& json);

struct JsonLimits {
  std::size_t bytes = 64u << 20;
  int depth = 64;
  std::size_t string_bytes = 16u << 20;
};

// Parses untrusted text: refuses what is too large or too deep, duplicate members, numbers that are no integers of
// 53 bits, and tells the line and column of what is no JSON (error.json.*).
Result<nlohmann::json> parse_json(std::string_view text, const JsonLimits& limits = {});

}  // namespace pmo::storage
