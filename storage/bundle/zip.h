// Zip archives as far as a bundle with large attachments and the texts of office files need them (APPNOTE.TXT 6.3): entries
// are stored or deflated, names are UTF-8, no encryption, no parts, no Zip64 (so 4 GB at most). Large entries are neither
// written nor read through memory: an archive is made of the contents that lie in it, and they are parts of it.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "app/model/content.h"

namespace pmo::storage {

struct ZipEntry {
  std::string name;
  ContentPtr content;
};

bool is_zip(std::string_view beginning);

// Entries of up to 25 MB are deflated where that helps, as far as read_zip will unpack them. Errors: error.export.too_large,
// error.export.too_many (65,000 entries), and what reading gives.
void write_zip(std::vector<ZipEntry> entries, std::function<void(Result<ContentPtr>)> done);

// Reads an untrusted archive by its central directory. Errors: error.zip.damaged; error.zip.packed for entries that are
// encrypted or packed by another method; error.zip.too_large where more than 256 MB would have to be unpacked. Stored
// entries are parts of the archive and are not checked: whoever reads them knows their hash.
// wanted: which entries, by name and size when unpacked; the others are as if they were not there. None: all.
using ZipWanted = std::function<bool(std::string_view name, std::uint64_t size)>;
void read_zip(ContentPtr archive, std::function<void(Result<std::vector<ZipEntry>>)> done, ZipWanted wanted = {});

}  // namespace pmo::storage
