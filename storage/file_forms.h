// The forms in which a project is handed on, one row each: the menu, the command line and file names follow from it.
#pragma once

#include <span>

#include "app/model/project.h"
#include "app/words/words.h"

namespace pmo::storage {

struct WriteOptions {
  bool confidential = true;        // bundle: with the fields that are marked so
  bool locked = false;             // with locked documents: a bundle as ciphertext, a calendar with their dates
  Language language = Language::english;
  std::uint64_t milliseconds = 0;  // since 1970, UTC: when it is written
};

struct WrittenFile {
  std::string bytes;
  std::vector<Error> notes;  // what has no place in this form, and how often
};

struct FileForm {
  std::string_view name;       // "mspdi"
  std::string_view extension;  // ".xml"
  std::string_view type;       // of the content, for the browser
  Key label;
  WrittenFile (*write)(const Project&, const WriteOptions&);
};

std::span<const FileForm> file_forms();  // the bundle first
// By the end of a path, in capitals or not: any .json or .zip and a name without an end are a bundle's. Null: the end is
// that of no form.
const FileForm* form_of(std::string_view path);

}  // namespace pmo::storage
