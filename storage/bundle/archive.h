// What a zip archive of ours holds: the document of a bundle or the database of a project, and the files attached to it under
// attachments/SHA-256.
#pragma once

#include "storage/bundle/bundle.h"
#include "storage/bundle/zip.h"

namespace pmo::storage {

bool holds_bundle(const std::vector<ZipEntry>& entries);
void read_bundle_entries(std::vector<ZipEntry> entries, const Schema& schema, Id actor, Surroundings& surroundings,
                         std::function<void(Result<Bundle>)> done);

// Of these entries the attached files that have the hash they are named after; what is attached stays parts of the archive.
void check_attachments(std::vector<ZipEntry> entries, std::function<void(Contents)> done);

}  // namespace pmo::storage
