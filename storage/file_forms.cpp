#include "storage/file_forms.h"

#include <algorithm>

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

const FileForm& form_of(std::string_view path) {
  const auto found = std::ranges::find_if(forms, [&](const FileForm& form) { return path.ends_with(form.extension); });
  return found == std::end(forms) ? forms[0] : *found;
}

}  // namespace pmo::storage
