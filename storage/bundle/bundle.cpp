#include "storage/bundle/bundle.h"

#include <algorithm>
#include <chrono>
#include <format>
#include <nlohmann/json.hpp>
#include <set>

#include "app/model/describe_record.h"
#include "app/model/records/common.h"
#include "app/model/records/unknown_record.h"
#include "app/model/sealing.h"
#include "app/model/sort_stably.h"
#include "app/model/turns.h"
#include "storage/base64.h"
#include "storage/bundle/json_value.h"
#include "storage/bundle/zip.h"
#include "storage/blob_store.h"
#include "storage/digest.h"

namespace pmo::storage {
namespace {

using Json = nlohmann::json;

constexpr std::string_view format_name = "pmo-desk-bundle";
// Features that a reader must understand.
constexpr std::string_view changes_only = "since", part_only = "lacking", values_left_out = "withheld";
constexpr int major_version = 1, minor_version = 2;
// Earlier ones left out confidential values without a word.
constexpr int first_that_tells_what_is_left_out = 2;
// In the zip form.
constexpr std::string_view document_name = "bundle.json", folder = "attachments/";

// Of a register of a newer version only the name is known.
RegisterInfo undescribed(const std::string& name) { return {name, "", Desk::manager, nullptr}; }

// --- writing --------------------------------------------------------------------------------------------------

// One record of each register as it is before anything is written: fields that still have this value are left out.
class Defaults {
 public:
  explicit Defaults(const Project& like) : project_(like.schema(), {}, like.surroundings()) {
    RecordWriter writer(project_);
    for (const auto* info : like.schema().registers()) records_[info] = &writer.add(*info, Id{0, records_.size() + 1});
  }
  Value value(const RegisterInfo& info, const FieldInfo& field) const { return field.get(*records_.at(&info)); }

 private:
  Project project_;
  std::map<const RegisterInfo*, const Record*> records_;
};

const Record* settings_of(const Project& project) {
  const auto& table = project.table(*project.schema().registers().front());
  return table.empty() ? nullptr : &table.at(0);
}

class RecordsOut {
 public:
  RecordsOut(const Project& project, bool confidential, const VersionVector* since = nullptr, const std::set<Id>* only = nullptr)
      : project_(project), confidential_(confidential), since_(since), only_(only), defaults_(project) {}

  Json data() {
    auto data = Json::object();
    for (const auto* info : project_.schema().registers()) {
      auto records = sorted(project_.table(*info));
      // The settings tell which project it is.
      if (since_ && info != project_.schema().registers().front()) std::erase_if(records, [&](const auto* record) { return known(*record); });
      if (info == project_.schema().registers().front()) std::erase_if(records, [&](const auto* record) { return record != settings_of(project_); });
      if (only_) std::erase_if(records, [&](const auto* record) { return !only_->contains(record->id); });
      if (records.empty()) continue;
      if (info == &register_of<UnknownRecord>()) {
        add_unknown(records, data);
        continue;
      }
      auto& list = data[info->name] = Json::array();
      for (const auto* record : records) list.push_back(record_json(*info, *record));
    }
    return data;
  }

  // Whether data() has left out values that the receiver does not have.
  bool leaves_out() const { return leaves_out_; }

  Json conflicts() {
    std::map<std::string, Json> sorted;
    for (const auto& conflict : project_.conflicts()) {
      if (!goes_along(conflict)) continue;
      auto json = conflict_to_json(conflict, !conflict.field || exported(*conflict.field));
      sorted.emplace(canonical_text(json), std::move(json));
    }
    auto list = Json::array();
    for (auto& [text, json] : sorted) list.push_back(std::move(json));
    return list;
  }

 private:
  static std::vector<const Record*> sorted(const Table& table) {
    std::vector<const Record*> records(table.records().begin(), table.records().end());
    records.insert(records.end(), table.deleted().begin(), table.deleted().end());
    sort_stably(records, {}, &Record::id);
    return records;
  }

  void add_unknown(const std::vector<const Record*>& records, Json& data) {
    for (const auto* record : records) {
      const auto& name = static_cast<const UnknownRecord&>(*record).register_name;
      auto json = record_json(undescribed(name), *record);
      if (record->number) json["number"] = record->number;
      data[name].push_back(std::move(json));
    }
  }

  // Whether a copy that has seen `since_` has all of the record.
  bool known(const Record& record) const {
    const auto written = [&](const FieldStamp& field) { return field.stamp == Stamp{} || since_->covers(field.stamp); };
    return since_->covers(record.created) && std::ranges::all_of(record.written.list(), written) &&
           std::ranges::all_of(record.unknown, [&](const auto& field) { return field.second.stamp == Stamp{} || since_->covers(field.second.stamp); }) &&
           (!record.deletion || since_->covers(record.deletion->stamp));
  }

  bool goes_along(const Conflict& conflict) const {
    if (only_ && !only_->contains(conflict.record)) return false;
    return !since_ || !since_->covers(conflict.winner) || !since_->covers(conflict.loser);
  }

  bool exported(const FieldInfo& field) const { return confidential_ || !field.options.confidential; }

  Json record_json(const RegisterInfo& info, const Record& record) {
    Json json{{"id", record.id.text()}, {"created", stamp_to_text(record.created)}};
    if (!info.prefix.empty()) json["number"] = record.number;
    auto& fields = json["fields"] = Json::object();
    auto written = record.written;
    for (const auto& field : info.fields) {
      if (!exported(field)) written.put(field.index, {});  // R3 of record.h, for the receiver
      const auto value = field.get(record);
      if (written.is_told(field.index) && value != defaults_.value(info, field)) fields[field.name] = value_to_json(field, value);
    }
    leaves_out_ |= written.told() != written || std::ranges::any_of(record.unknown, [](const auto& field) { return field.second.withheld; });
    if (!written.empty()) json["written"] = stamps_to_json(info, written);
    if (record.deletion) json["deletion"] = deletion_to_json(info, *record.deletion);
    unknown_to_json(record.unknown, json);
    return json;
  }

  const Project& project_;
  bool confidential_;
  const VersionVector* since_;  // null: everything
  const std::set<Id>* only_;    // null: everything
  Defaults defaults_;
  bool leaves_out_ = false;
};

std::string utc_text(std::uint64_t milliseconds) {
  const auto minute = Minute{static_cast<std::int64_t>(milliseconds / 60'000)};
  return std::format("{}:{:02}Z", minute.text(), milliseconds / 1000 % 60);
}

Json seen_json(const VersionVector& seen) {
  auto json = Json::object();
  for (const auto& [actor, clock] : seen.clocks()) json[actor.text()] = clock_to_text(clock);
  return json;
}

// --- reading --------------------------------------------------------------------------------------------------

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

// Holds stamps to what can be: one from a far future would be beyond all that anybody writes from then on, and every copy
// that takes it would be ahead for good.
class ClockBound {
 public:
  explicit ClockBound(Surroundings& surroundings) : now_(surroundings.milliseconds()) {}

  Result<void> check(const Stamp& stamp, const std::string& place) const {
    constexpr std::uint64_t year = 365 * day_milliseconds;
    if (stamp.milliseconds() <= now_ + year) return {};
    return fail("error.bundle.future"_key, {day_text(stamp.milliseconds()), day_text(now_)}, place);
  }

 private:
  static constexpr std::uint64_t day_milliseconds = 24ull * 60 * 60 * 1000;
  static std::string day_text(std::uint64_t milliseconds) { return Day{static_cast<std::int32_t>(milliseconds / day_milliseconds)}.text(); }

  std::uint64_t now_;
};

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
      PMO_TRY_VOID(bound_.check(std::max(conflict->winner, conflict->loser), std::format("conflicts[{}]", index)));
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
    PMO_TRY_VOID(bound_.check(latest_of(record), place));
    writer_.saw_clock(record);
    for_each_stamp(record, [&](const Stamp& stamp) { stamps_.saw(stamp); });
    writer_.place(table, record);
    return &record;
  }

  // Of all that the record names, what its deleter had seen included.
  static Stamp latest_of(const Record& record) {
    auto latest = record.last_written();
    if (record.deletion)
      for (const auto& field : record.deletion->seen.list()) latest = std::max(latest, field.stamp);
    for (const auto& [name, field] : record.unknown) latest = std::max(latest, field.deletion_seen);
    return latest;
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

Result<VersionVector> vector_from(const Json& json, const ClockBound& bound, const std::string& place) {
  if (!json.is_object()) return fail("error.bundle.shape"_key, {}, place);
  VersionVector seen;
  for (const auto& [actor_text, clock_json] : json.items()) {
    const auto actor = Id::parse(actor_text);
    const auto clock = clock_json.is_string() ? clock_from_text(clock_json.get<std::string>()) : std::nullopt;
    if (!actor || !clock) return fail("error.bundle.stamp"_key, {}, place + "." + actor_text);
    PMO_TRY_VOID(bound.check({*clock, *actor}, place + "." + actor_text));
    seen.saw({*clock, *actor});
  }
  return seen;
}

Result<void> read_history(const Json& list, const ClockBound& bound, Project& project) {
  if (!list.is_array()) return fail("error.bundle.shape"_key, {}, "history");
  RecordWriter writer(project);
  for (std::size_t index = 0; index < list.size(); ++index) {
    const auto commit = commit_from_json(project.schema(), list[index]);
    const auto place = std::format("history[{}]", index);
    if (!commit) return fail("error.bundle.shape"_key, {}, place);
    PMO_TRY_VOID(bound.check(commit->stamp, place));
    for (const auto& change : commit->changes) PMO_TRY_VOID(bound.check(change.stamp, place));
    PMO_TRY_VOID(writer.remember(*commit));
  }
  return {};
}

}  // namespace

Id project_id(const Project& project) {
  const auto* settings = settings_of(project);
  return settings ? settings->id : Id{};
}

std::string revision_of(const Project& project) { return sha256(canonical_text(RecordsOut(project, true).data())); }

namespace {

// Hash to content. An empty place: the content lies beside the document, in the archive.
Json attachments_json(const Contents& attachments, bool beside) {
  auto json = Json::object();
  for (const auto& [hash, content] : attachments)
    json[hash] = beside || !content->in_memory() ? Json() : Json(to_base64(*content->in_memory()));
  return json;
}

std::string write_document(const Project& project, const ExportOptions& options, bool beside) {
  RecordsOut out(project, options.confidential, options.since ? &*options.since : nullptr, options.only ? &*options.only : nullptr);
  const auto now = project.surroundings().milliseconds();
  const auto* settings = settings_of(project);
  Json json{{"format", format_name}, {"version", {{"major", major_version}, {"minor", minor_version}}},
            {"must_understand", Json::array()}, {"actor", project.actor().text()}, {"created", utc_text(now)},
            {"seen", seen_json(project.seen())}, {"data", out.data()}, {"conflicts", out.conflicts()}};
  if (out.leaves_out()) json["must_understand"].push_back(values_left_out);
  json["project"] = {{"id", settings ? settings->id.text() : Id{}.text()},
                     {"name", settings ? record_title(project, *project.schema().registers().front(), *settings) : ""}};
  if (options.history && !options.only)
    if (const auto commits = project.journal().since(options.since.value_or(VersionVector{}))) {
      auto& history = json["history"] = Json::array();
      for (const auto& commit : *commits) history.push_back(commit_to_json(commit, options.confidential));
    }
  if (options.since) {
    json["since"] = seen_json(*options.since);
    json["must_understand"].push_back(changes_only);
  }
  if (const auto& lacking = options.only ? project.seen() : project.lacking(); !lacking.empty()) {
    json["lacking"] = seen_json(lacking);
    json["must_understand"].push_back(part_only);
  }
  if (!options.attachments.empty()) json["attachments"] = attachments_json(options.attachments, beside);
  json["revision"] = sha256(canonical_text(json["data"]));
  auto& counts = json["counts"] = Json::object();
  for (const auto* info : project.schema().registers())
    if (const auto size = std::ranges::count_if(project.table(*info).records(), [&](const auto* record) { return !options.only || options.only->contains(record->id); }))
      counts[info->name] = size;
  json["integrity"] = {{"algorithm", "sha-256"}, {"canonical", "rfc8785"}, {"hash", sha256(canonical_text(json))}};
  return canonical_text(json);
}

}  // namespace

std::string write_bundle(const Project& project, const ExportOptions& options) {
  const WhatLeaves leaving(project, options.locked);
  return write_document(leaving.project(), options, false);
}

void write_bundle_file(const Project& whole, ExportOptions options, std::function<void(Result<BundleFile>)> done) {
  const WhatLeaves leaving(whole, options.locked);
  const Project& project = leaving.project();
  options.locked = true;
  if (options.only || &project != &whole) {
    const auto attached = attached_contents(project, options.only ? &*options.only : nullptr);
    std::erase_if(options.attachments, [&](const auto& content) { return !attached.contains(content.first); });
  }
  std::uint64_t total = 0;
  bool in_memory = true;
  for (const auto& [hash, content] : options.attachments) {
    total += content->size();
    in_memory &= content->in_memory() != nullptr;
  }
  if (in_memory && total <= attachments_in_text) return done(BundleFile{content_of(write_bundle(project, options))});
  std::vector<ZipEntry> entries{{std::string(document_name), content_of(write_document(project, options, true))}};
  for (auto& [hash, content] : options.attachments) entries.push_back({std::string(folder) + hash, std::move(content)});
  write_zip(std::move(entries), [done = std::move(done)](Result<ContentPtr> archive) {
    if (archive) done(BundleFile{std::move(*archive), true});
    else done(std::unexpected(archive.error()));
  });
}

std::set<std::string> attached_contents(const Project& project, const std::set<Id>* only) {
  std::set<std::string> hashes;
  if (!project.schema().find("attachment")) return hashes;
  for (const auto& attachment : project.all<Attachment>())
    if (!only || only->contains(attachment.id)) hashes.insert(content_hash(attachment.sha256));
  return hashes;
}

bool looks_like_bundle(std::string_view text) {
  return text.substr(0, 64 * 1024).contains(format_name) || text.contains("\"format\":\"pmo-desk-bundle\"");
}

namespace {

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
  RecordWriter(*bundle.project).saw_all(json.contains("seen") ? PMO_TRY(vector_from(json["seen"], bound, "seen")) : in.stamps());
  if (json.contains("lacking")) {
    RecordWriter(*bundle.project).set_lacking(PMO_TRY(vector_from(json["lacking"], bound, "lacking")));
    bundle.warnings.push_back({"warning.bundle.part"_key, {}});
  }
  if (json.contains("since")) bundle.since = PMO_TRY(vector_from(json["since"], bound, "since"));
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

}  // namespace

Result<Bundle> read_bundle(std::string_view text, const Schema& schema, Id actor, Surroundings& surroundings) {
  return read_document(text, {}, schema, actor, surroundings);
}

namespace {

// Keeps those contents of an archive that have the hash they are named after.
struct Verifier : std::enable_shared_from_this<Verifier> {
  std::vector<ZipEntry> left;
  Contents good;
  std::function<void(Contents)> done;
  Turns turns;

  void go_on() { turns.next([this] { verify_next(); }); }

  void verify_next() {
    while (!left.empty() && left.back().content->size() > largest_attachment) take(true);  // is refused for its size
    if (left.empty()) return done(std::move(good));
    sha256_of(left.back().content, [self = shared_from_this()](Result<std::string> hash) {
      self->take(hash && std::string(folder) + *hash == self->left.back().name);
      self->go_on();
    });
  }
  void take(bool is_good) {
    if (is_good) good.emplace(left.back().name.substr(folder.size()), std::move(left.back().content));
    left.pop_back();
  }
};

void verify(std::vector<ZipEntry> entries, std::function<void(Contents)> done) {
  const auto verifier = std::make_shared<Verifier>();
  verifier->left = std::move(entries);
  verifier->done = std::move(done);
  verifier->go_on();
}

}  // namespace

void read_bundle_archive(ContentPtr archive, const Schema& schema, Id actor, Surroundings& surroundings,
                         std::function<void(Result<Bundle>)> done) {
  read_zip(std::move(archive), [&schema, actor, &surroundings, done = std::move(done)](Result<std::vector<ZipEntry>> entries) {
    if (!entries) return done(std::unexpected(entries.error()));
    const auto document = std::ranges::find(*entries, document_name, &ZipEntry::name);
    if (document == entries->end()) return done(fail("error.bundle.not_a_bundle"_key));
    const auto content = document->content;
    if (content->size() > JsonLimits{}.bytes) return done(fail("error.json.too_large"_key, {std::to_string(JsonLimits{}.bytes >> 20)}));
    std::erase_if(*entries, [](const ZipEntry& entry) { return !entry.name.starts_with(folder); });
    read_whole(content, [&schema, actor, &surroundings, done, entries = std::move(*entries)](Result<std::string> text) mutable {
      if (!text) return done(std::unexpected(text.error()));
      verify(std::move(entries), [&schema, actor, &surroundings, done, text = std::move(*text)](Contents beside) {
        done(read_document(text, std::move(beside), schema, actor, surroundings));
      });
    });
  });
}

}  // namespace pmo::storage
