// The catalogue files as they were at build time (generated: see app/words/CMakeLists.txt).
#pragma once

#include <span>
#include <string_view>

namespace pmo {

struct CatalogueFile {
  std::string_view name;
  std::string_view text;
};

std::span<const CatalogueFile> catalogue_files();

}  // namespace pmo
