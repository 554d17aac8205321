// Writing a bundle: docs/bundle.md.
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
#include "storage/base64.h"
#include "storage/bundle/bundle_format.h"
#include "storage/bundle/json_value.h"
#include "storage/bundle/zip.h"
#include "storage/digest.h"

namespace pmo::storage {
namespace {

using Json = nlohmann::json;

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

// Whether a copy that has seen so much has all of the record.
bool has_all_of(const VersionVector& seen, const Record& record) {
  const auto written = [&](const FieldStamp& field) { return field.stamp == Stamp{} || seen.covers(field.stamp); };
  return seen.covers(record.created) && std::ranges::all_of(record.written.list(), written) &&
         std::ranges::all_of(record.unknown, [&](const auto& field) { return field.second.stamp == Stamp{} || seen.covers(field.second.stamp); }) &&
         (!record.deletion || seen.covers(record.deletion->stamp));
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
      if (since_ && info != project_.schema().registers().front()) std::erase_if(records, [&](const auto* record) { return has_all_of(*since_, *record); });
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

std::set<std::string> contents_going_along(const Project& project, const ExportOptions& options) {
  std::set<std::string> hashes;
  if (!project.schema().find("attachment")) return hashes;
  for (const auto& attachment : project.all<Attachment>())
    if ((!options.only || options.only->contains(attachment.id)) && (!options.since || !has_all_of(*options.since, attachment)))
      hashes.insert(content_hash(attachment.sha256));
  return hashes;
}

std::string write_document(const Project& project, const ExportOptions& options, bool beside) {
  RecordsOut out(project, options.confidential, options.since ? &*options.since : nullptr, options.only ? &*options.only : nullptr);
  const auto now = project.surroundings().milliseconds();
  const auto* settings = settings_of(project);
  Json json{{"format", format_name}, {"version", {{"major", major_version}, {"minor", minor_version}}},
            {"must_understand", Json::array()}, {"actor", project.actor().text()}, {"created", utc_text(now)},
            {"seen", vector_to_json(project.seen())}, {"data", out.data()}, {"conflicts", out.conflicts()}};
  if (out.leaves_out()) json["must_understand"].push_back(values_left_out);
  json["project"] = {{"id", settings ? settings->id.text() : Id{}.text()},
                     {"name", settings ? record_title(project, *project.schema().registers().front(), *settings) : ""}};
  if (options.history && !options.only)
    if (const auto commits = project.journal().since(options.since.value_or(VersionVector{}))) {
      auto& history = json["history"] = Json::array();
      for (const auto& commit : *commits) history.push_back(commit_to_json(commit, options.confidential));
    }
  if (options.since) {
    json["since"] = vector_to_json(*options.since);
    json["must_understand"].push_back(changes_only);
  }
  if (const auto& lacking = options.only ? project.seen() : project.lacking(); !lacking.empty()) {
    json["lacking"] = vector_to_json(lacking);
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
  const auto attached = contents_going_along(project, options);
  std::erase_if(options.attachments, [&](const auto& content) { return !attached.contains(content.first); });
  std::uint64_t total = 0;
  bool in_memory = true;
  for (const auto& [hash, content] : options.attachments) {
    total += content->size();
    in_memory &= content->in_memory() != nullptr;
  }
  const bool zipped = !in_memory || total > attachments_in_text;
  std::string document = write_document(project, options, zipped);
  static_assert(largest_document == JsonLimits{}.bytes);
  if (document.size() > options.largest) return done(fail("error.export.document_too_large"_key, {std::to_string(options.largest >> 20)}));
  if (!zipped) return done(BundleFile{content_of(std::move(document))});
  std::vector<ZipEntry> entries{{std::string(document_name), content_of(std::move(document))}};
  for (auto& [hash, content] : options.attachments) entries.push_back({std::string(attachments_folder) + hash, std::move(content)});
  write_zip(std::move(entries), [done = std::move(done)](Result<ContentPtr> archive) {
    if (archive) done(BundleFile{std::move(*archive), true});
    else done(std::unexpected(archive.error()));
  });
}

std::set<std::string> attached_contents(const Project& project) { return contents_going_along(project, {}); }

}  // namespace pmo::storage
