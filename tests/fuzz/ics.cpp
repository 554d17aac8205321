// Calendar files: what was read can be written as one and opened as a bundle's project is.
#include <cstdlib>

#include "storage/bundle/bundle.h"
#include "storage/interchange/ics.h"

using namespace pmo;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  FixedSurroundings surroundings;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto read = storage::read_ics("calendar.ics", bytes, product_schema(), Id{1, 1}, surroundings);
  if (!read) return 0;
  (void)storage::write_ics(*read->project, 0, Language::chinese);
  if (!storage::read_bundle(storage::write_bundle(*read->project, {}), product_schema(), Id{2, 2}, surroundings)) std::abort();
  return 0;
}
