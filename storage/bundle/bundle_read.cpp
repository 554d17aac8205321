// Reading an untrusted bundle: docs/bundle.md.
#include <algorithm>
#include <format>
#include <nlohmann/json.hpp>
#include <set>

#include "app/model/records/unknown_record.h"
#include "storage/base64.h"
#include "storage/blob_store.h"
#include "storage/bundle/bundle_format.h"
#include "storage/bundle/json_value.h"
#include "storage/clock_bound.h"
#include "storage/digest.h"

namespace pmo::storage {
namespace {

using Json = nlohmann::json;

std::optional<std::int64_t> integer_member(const Json* object, std::string_view name) {
  const auto* value = member(object, name);
  if (!value || !value->is_number_integer()) return {};
  return value->get<std::int64_t>();
}

std::optional<Id> id_member(const Json* object, std::string_view name) {
  const auto* text = text_member(object, name);
  return text ? Id::parse(*text) : std::nullopt;
}

std::optional<Stamp> stamp_member(const Json& object, std::string_view name) {
  const auto* text = text_member(&object, name);
  return text ? stamp_from_text(*text) : std::nullopt;
}

// Fills a staging project from the "data" of a bundle.
class RecordsIn {
 public:
  RecordsIn(Project& project, std::vector<Error>& warnings, const ClockBound& bound)
      : project_(project), writer_(project), warnings_(warnings), bound_(bound) {}
  // Of a bundle that does not tell which values it leaves out: all confidential ones, when it has none at all.
  void guess_what_is_left_out(const Json& data) { lacks_confidential_ = !holds_confidential(data); }

  Result<void> read(const Json& data) {
    if (!data.is_object()) return fail("error.bundle.shape"_key, {}, "data");
    for (const auto& [name, list] : data.items()) {
      const auto* info = project_.schema().find(name);
      if (!list.is_array()) return fail("error.bundle.shape"_key, {}, "data." + name);
      if (info == project_.schema().registers().front() && list.size() > 1) return fail("error.bundle.settings"_key, {}, place_of(name, 1));
      if (!info || info == &register_of<UnknownRecord>()) PMO_TRY_VOID(read_unknown(name, list));
      else
        for (std::size_t index = 0; index < list.size(); ++index)
          PMO_TRY_VOID(read_record(*info, *info, list[index], place_of(name, index)));
    }
    return {};
  }

  // What stands for the version vector where a document has none.
  const VersionVector& stamps() const { return stamps_; }

  Result<void> read_conflicts(const Json& list) {
    if (!list.is_array()) return fail("error.bundle.shape"_key, {}, "conflicts");
    std::vector<Conflict> conflicts;
    for (std::size_t index = 0; index < list.size(); ++index) {
      auto conflict = conflict_from_json(project_.schema(), list[index]);
      if (!conflict) continue;
      PMO_TRY_VOID(bound_.check(*conflict, std::format("conflicts[{}]", index)));
      conflicts.push_back(std::move(*conflict));
    }
    writer_.add_conflicts(conflicts);
    return {};
  }

 private:
  static std::string place_of(std::string_view name, std::size_t index) { return std::format("data.{}[{}]", name, index); }

  Result<void> read_unknown(const std::string& name, const Json& list) {
    warnings_.push_back({"warning.bundle.unknown_register"_key, {name}, {}});
    const auto& table = register_of<UnknownRecord>();
    if (!project_.schema().find(table.name)) return {};
    const auto described = undescribed(name);
    for (std::size_t index = 0; index < list.size(); ++index) {
      auto* record = PMO_TRY(read_record(table, described, list[index], place_of(name, index)));
      writer_.write(table, *record, field_of<UnknownRecord>(&UnknownRecord::register_name), Value(name));
    }
    return {};
  }

  // `info` says what is known of its fields, `table` where it is kept.
  Result<Record*> read_record(const RegisterInfo& table, const RegisterInfo& info, const Json& json, const std::string& place) {
    const auto* id_text = text_member(&json, "id");
    const auto id = id_text ? Id::parse(*id_text) : std::nullopt;
    if (!id || !*id) return fail("error.bundle.id"_key, {}, place);
    if (!ids_.insert(*id).second) return fail("error.bundle.repeated_id"_key, {*id_text}, place);
    const auto created = stamp_member(json, "created");
    if (!created) return fail("error.bundle.stamp"_key, {}, place + ".created");
    auto& record = writer_.add(table, *id);
    record.created = *created;
    PMO_TRY_VOID(read_number(table, json, record, place));
    PMO_TRY_VOID(read_fields(info, json, record, place));
    if (json.contains("written")) record.written = PMO_TRY(stamps_from_json(info, json["written"], place + ".written"));
    if (json.contains("deletion"))
      record.deletion = PMO_TRY(deletion_from_json(info, json["deletion"], place + ".deletion"));
    record.unknown = PMO_TRY(unknown_from_json(info, json, place));
    if (lacks_confidential_)
      for (const auto& field : info.fields)
        if (field.options.confidential) record.written.put(field.index, {});
    PMO_TRY_VOID(bound_.check(record, place));
    writer_.saw_clock(record);
    for_each_stamp(record, [&](const Stamp& stamp) { stamps_.saw(stamp); });
    writer_.place(table, record);
    return &record;
  }

  bool holds_confidential(const Json& data) const {
    for (const auto* info : project_.schema().registers()) {
      const auto* list = member(&data, info->name);
      if (!list || !list->is_array()) continue;
      for (const auto& record : *list)
        for (const auto& field : info->fields)
          if (field.options.confidential && member(member(&record, "fields"), field.name)) return true;
    }
    return false;
  }

  Result<void> read_number(const RegisterInfo& info, const Json& json, Record& record, const std::string& place) {
    if (!json.contains("number")) return {};
    const auto& number = json["number"];
    if (!number.is_number_integer() || number.get<std::int64_t>() < 0 || number.get<std::int64_t>() > 1'000'000'000)
      return fail("error.bundle.shape"_key, {}, place + ".number");
    writer_.set_number(info, record, number.get<std::int64_t>());
    return {};
  }

  Result<void> read_fields(const RegisterInfo& info, const Json& json, Record& record, const std::string& place) {
    if (!json.contains("fields") || !json["fields"].is_object()) return fail("error.bundle.shape"_key, {}, place + ".fields");
    for (const auto& [name, value_json] : json["fields"].items()) {
      const auto* field = info.find(name);
      if (!field) continue;  // of a newer version: unknown_from_json takes it
      auto value = value_from_json(*field, value_json);
      if (!value) {
        value.error().place = place + ".fields." + name;
        return std::unexpected(std::move(value.error()));
      }
      writer_.write(info, record, *field, *value);
    }
    return {};
  }

  Project& project_;
  RecordWriter writer_;
  std::vector<Error>& warnings_;
  const ClockBound& bound_;
  std::set<Id> ids_;
  VersionVector stamps_;
  bool lacks_confidential_ = false;
};

Result<BundleHeader> read_header(const Json& json) {
  const auto* format = text_member(&json, "format");
  if (!format || *format != format_name) return fail("error.bundle.not_a_bundle"_key);
  const auto* version = member(&json, "version");
  const auto major = integer_member(version, "major");
  if (!major || *major < 1) return fail("error.bundle.shape"_key, {}, "version.major");
  if (*major > major_version)
    return fail("error.bundle.newer"_key, {std::to_string(*major), std::to_string(major_version)});
  if (const auto* must = member(&json, "must_understand"))
    for (const auto& feature : *must)
      if (feature != changes_only && feature != part_only && feature != values_left_out) return fail("error.bundle.must_understand"_key, {feature.dump()});
  const auto* project = member(&json, "project");
  const auto project_id = id_member(project, "id");
  if (!project_id) return fail("error.bundle.shape"_key, {}, "project.id");
  const auto text_or_empty = [](const std::string* text) { return text ? *text : std::string(); };
  BundleHeader header;
  header.major = static_cast<int>(*major);
  header.minor = static_cast<int>(std::clamp<std::int64_t>(integer_member(version, "minor").value_or(0), 0, 1'000'000));
  header.project = *project_id;
  header.project_name = text_or_empty(text_member(project, "name"));
  header.revision = text_or_empty(text_member(&json, "revision"));
  header.actor = id_member(&json, "actor").value_or(Id{});
  return header;
}

Result<void> check_integrity(const Json& json) {
  const auto* hash = text_member(member(&json, "integrity"), "hash");
  if (!hash) return fail("error.bundle.shape"_key, {}, "integrity.hash");
  auto body = json;
  body.erase("integrity");
  if (sha256(canonical_text(body)) != *hash) return fail("error.bundle.changed"_key);
  return {};
}

Result<VersionVector> vector_in(const Json& json, const ClockBound& bound, const std::string& place) {
  auto vector = PMO_TRY(vector_from_json(json, place));
  PMO_TRY_VOID(bound.check(vector, place));
  return vector;
}

Result<void> read_history(const Json& list, const ClockBound& bound, Project& project) {
  if (!list.is_array()) return fail("error.bundle.shape"_key, {}, "history");
  RecordWriter writer(project);
  for (std::size_t index = 0; index < list.size(); ++index) {
    const auto commit = commit_from_json(project.schema(), list[index]);
    const auto place = std::format("history[{}]", index);
    if (!commit) return fail("error.bundle.shape"_key, {}, place);
    PMO_TRY_VOID(bound.check(*commit, place));
    PMO_TRY_VOID(writer.remember(*commit));
  }
  return {};
}

// The contents that come with a bundle, in its text or beside it (checked: under a hash lies what has it). What no record
// refers to is left out.
Result<Contents> read_attachments(const Json& json, Contents beside, const Project& project) {
  if (!json.is_object()) return fail("error.bundle.shape"_key, {}, "attachments");
  const auto wanted = attached_contents(project);
  Contents contents;
  for (const auto& [hash, value] : json.items()) {
    const auto place = "attachments." + hash;
    auto bytes = value.is_string() ? from_base64(value.get_ref<const std::string&>()) : std::nullopt;
    if (bytes && sha256(*bytes) != hash) bytes.reset();
    const auto found = value.is_null() ? beside.find(hash) : beside.end();
    const auto content = bytes ? content_of(std::move(*bytes)) : found == beside.end() ? nullptr : std::move(found->second);
    if (!content) return fail("error.bundle.attachment"_key, {}, place);
    if (content->size() > largest_attachment)
      return fail("error.attachment.too_large"_key, {std::to_string(largest_attachment >> 20)}, place);
    if (wanted.contains(hash)) contents.emplace(hash, content);
  }
  return contents;
}

// Mail programs break long lines, in the middle of texts as well. Without the breaks it is what was sent, as the check sum
// will tell.
Result<Json> parse_document(std::string_view text) {
  auto json = parse_json(text);
  if (json || json.error().message != "error.json.syntax"_key) return json;
  std::string joined(text);
  if (std::erase_if(joined, [](char c) { return c == '\n' || c == '\r'; }) == 0) return json;
  if (auto mended = parse_json(joined)) return mended;
  if (joined.contains(format_name)) return fail("error.bundle.changed"_key);
  return json;
}

}  // namespace

Result<Bundle> read_document(std::string_view text, Contents beside, const Schema& schema, Id actor, Surroundings& surroundings) {
  const auto json = PMO_TRY(parse_document(text));
  Bundle bundle;
  bundle.header = PMO_TRY(read_header(json));
  PMO_TRY_VOID(check_integrity(json));
  bundle.project = std::make_unique<Project>(schema, actor, surroundings);
  if (!json.contains("data")) return fail("error.bundle.shape"_key, {}, "data");
  const ClockBound bound(surroundings);
  RecordsIn in(*bundle.project, bundle.warnings, bound);
  if (bundle.header.minor < first_that_tells_what_is_left_out) in.guess_what_is_left_out(json["data"]);
  PMO_TRY_VOID(in.read(json["data"]));
  RecordWriter(*bundle.project).saw_all(json.contains("seen") ? PMO_TRY(vector_in(json["seen"], bound, "seen")) : in.stamps());
  if (json.contains("lacking")) {
    RecordWriter(*bundle.project).set_lacking(PMO_TRY(vector_in(json["lacking"], bound, "lacking")));
    bundle.warnings.push_back({"warning.bundle.part"_key, {}});
  }
  if (json.contains("since")) bundle.since = PMO_TRY(vector_in(json["since"], bound, "since"));
  if (json.contains("conflicts")) PMO_TRY_VOID(in.read_conflicts(json["conflicts"]));
  if (json.contains("history")) PMO_TRY_VOID(read_history(json["history"], bound, *bundle.project));
  if (json.contains("attachments"))
    bundle.attachments = PMO_TRY(read_attachments(json["attachments"], std::move(beside), *bundle.project));
  const auto* settings = settings_of(*bundle.project);
  if (!settings || settings->id != bundle.header.project) return fail("error.bundle.no_project"_key);
  for (const auto* info : schema.registers())
    if (const auto size = bundle.project->table(*info).size(); size > 0) bundle.header.counts.emplace_back(info->name, size);
  return bundle;
}

Result<Bundle> read_bundle(std::string_view text, const Schema& schema, Id actor, Surroundings& surroundings) {
  return read_document(text, {}, schema, actor, surroundings);
}

bool looks_like_bundle(std::string_view text) {
  return text.substr(0, 64 * 1024).contains(format_name) || text.contains("\"format\":\"pmo-desk-bundle\"");
}

}  // namespace pmo::storage
