// Tables of tasks: what was read can be written in both languages, and is read again.
#include <cstdlib>

#include "storage/interchange/csv.h"

using namespace pmo;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  FixedSurroundings surroundings;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto read = storage::read_csv("table.csv", bytes, product_schema(), Id{1, 1}, surroundings);
  if (!read) return 0;
  for (const Language language : all_languages)
    if (!storage::read_csv("table.csv", storage::write_csv(*read->project, language), product_schema(), Id{1, 1}, surroundings)) std::abort();
  return 0;
}
