// The project bundle: the JSON file that colleagues mail to each other (NAME.pmo.json). docs/bundle.md specifies it.
#pragma once

#include <map>
#include <optional>
#include <set>

#include "app/model/content.h"
#include "app/model/merge.h"

namespace pmo::storage {

struct BundleHeader {
  int major = 0, minor = 0;
  Id project;                // identity of the project: the id of its settings record
  std::string project_name;
  std::string revision;      // SHA-256 of the canonical records: equal exactly when the content is
  Id actor;                  // who wrote the file
  std::uint64_t created = 0;  // milliseconds since 1970, UTC
  std::vector<std::pair<std::string, std::size_t>> counts;  // live records by register
};

// Contents of attached files by their SHA-256.
using Contents = std::map<std::string, ContentPtr>;

inline constexpr std::size_t largest_document = 64u << 20;  // bytes of the records' text that a reader opens

struct ExportOptions {
  bool confidential = false;  // keep fields marked confidential
  // Locked documents, as ciphertext that opens with the project's passphrase. Without it they stay here, with all that
  // is part of them, and the bundle says that it lacks something.
  bool locked = false;
  bool history = true;        // who changed what and when; values that lost stay recoverable
  // Only the records that a copy that is complete up to this vector lacks something of: the smallest mail. Without it:
  // everything.
  std::optional<VersionVector> since = {};
  // Only these records, without history: part_concerning of app/model/own_part.h. Without it: everything.
  std::optional<std::set<Id>> only = {};
  // The contents to put in, as far as records refer to them that go along; a record whose content is not among them keeps
  // its hash.
  Contents attachments = {};
  std::size_t largest = largest_document;
};

// The whole project as canonical JSON text. Attached files are in it as far as they are in memory.
std::string write_bundle(const Project& project, const ExportOptions& options);

// The same as a file to be mailed: JSON text, or a zip archive of bundle.json and the attached files when these are
// larger than `attachments_in_text` together or not all in memory. The project is read before this returns; the answer
// comes at once where everything is in memory. Errors: those of write_zip, and error.export.document_too_large for what
// read_bundle would refuse.
struct BundleFile {
  ContentPtr content;
  bool zipped = false;
};
void write_bundle_file(const Project& project, ExportOptions options, std::function<void(Result<BundleFile>)> done);
inline constexpr std::uint64_t attachments_in_text = 10u << 20;

// The contents that the project's attachments refer to.
std::set<std::string> attached_contents(const Project& project);

// Identity of a project, kept by all its copies: the id of its settings record. Empty for an empty project.
Id project_id(const Project& project);

// Content identity without writing a file: the `revision` a bundle of the project would carry.
std::string revision_of(const Project& project);

struct Bundle {
  BundleHeader header;
  std::unique_ptr<Project> project;    // a staging project, to be merged or opened as new
  std::vector<Error> warnings;         // what was not understood or had to be mended
  // Holds only changes since this state: to be merged into a copy that has seen all of it, and into no other.
  std::optional<VersionVector> since;
  Contents attachments;                // checked: each has its hash, and a record refers to it
};

// Reads an untrusted bundle (error.bundle.*, error.json.*; the place names the record and field). `surroundings` must
// live as long as the bundle.
Result<Bundle> read_bundle(std::string_view text, const Schema& schema, Id actor, Surroundings& surroundings);

// Reads a zip archive; what is attached stays parts of it.
void read_bundle_archive(ContentPtr archive, const Schema& schema, Id actor, Surroundings& surroundings,
                         std::function<void(Result<Bundle>)> done);

// Only the header, for a preview: cheap checks, no records.
bool looks_like_bundle(std::string_view text);

}  // namespace pmo::storage
