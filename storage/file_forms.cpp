#include "storage/file_forms.h"

#include <algorithm>

#include "app/model/format.h"
#include "app/model/sealing.h"
#include "storage/bundle/bundle.h"
#include "storage/interchange/csv.h"
#include "storage/interchange/ics.h"
#include "storage/interchange/mspdi.h"

namespace pmo::storage {
namespace {

constexpr FileForm forms[] = {
    {"bundle", ".pmo.json", "application/json", "export.bundle"_key,
     [](const Project& project, const WriteOptions& options) -> WrittenFile {
       return {write_bundle(project, {.confidential = options.confidential, .locked = options.locked}), {}};
     }},
    {"mspdi", ".xml", "application/xml", "export.mspdi"_key,
     [](const Project& project, const WriteOptions&) -> WrittenFile {
       auto written = write_mspdi(project);
       return {std::move(written.bytes), std::move(written.notes)};
     }},
    {"csv", ".csv", "text/csv", "export.csv"_key,
     [](const Project& project, const WriteOptions& options) -> WrittenFile {
       return {write_csv(project, options.language), {{"csv.note.tasks_only"_key, {}}}};
     }},
    {"ics", ".ics", "text/calendar", "export.ics"_key,
     [](const Project& project, const WriteOptions& options) -> WrittenFile {
       const WhatLeaves leaving(project, options.locked);
       return {write_ics(leaving.project(), options.milliseconds, options.language), {}};
     }},
};

}  // namespace

std::span<const FileForm> file_forms() { return forms; }

const FileForm* form_of(std::string_view path) {
  const std::string name = lower(path.substr(path.rfind('/') + 1));
  const auto found = std::ranges::find_if(forms, [&](const FileForm& form) { return name.ends_with(form.extension); });
  if (found != std::end(forms)) return found;
  return name.ends_with(".json") || name.ends_with(".zip") || !name.contains('.') ? forms : nullptr;
}

}  // namespace pmo::storage
