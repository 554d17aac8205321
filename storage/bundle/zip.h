// Zip archives as far as a bundle with large attachments needs them (APPNOTE.TXT 6.3): entries are stored or
// deflated, names are UTF-8, no encryption, no parts, no Zip64.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/words/error.h"

namespace pmo::storage {

struct ZipEntry {
  std::string name;
  std::string bytes;
};

bool is_zip(std::string_view bytes);
std::string write_zip(const std::vector<ZipEntry>& entries);

// Reads an untrusted archive by its central directory. Errors: error.zip.damaged, and error.zip.packed for entries that
// are encrypted or packed by another method. At most 256 MB are unpacked.
Result<std::vector<ZipEntry>> read_zip(std::string_view bytes);

}  // namespace pmo::storage
