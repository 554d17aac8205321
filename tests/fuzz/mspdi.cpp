// Plans of MS Project: what was read can be written, and is read again.
#include <cstdlib>

#include "storage/interchange/mspdi.h"

using namespace pmo;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  FixedSurroundings surroundings;
  const auto read = storage::read_mspdi({reinterpret_cast<const char*>(data), size}, product_schema(), Id{1, 1}, surroundings);
  if (!read) return 0;
  const auto written = storage::write_mspdi(*read->project);
  if (!storage::read_mspdi(written.bytes, product_schema(), Id{1, 1}, surroundings)) std::abort();
  return 0;
}
