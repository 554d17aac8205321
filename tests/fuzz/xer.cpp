// Plans of Primavera P6: read, or refused with a message that names the place.
#include <cstdlib>

#include "storage/interchange/xer.h"

using namespace pmo;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  FixedSurroundings surroundings;
  const auto read = storage::read_xer({reinterpret_cast<const char*>(data), size}, product_schema(), Id{1, 1}, surroundings);
  if (read ? !read->project : read.error().message.name.empty()) std::abort();
  return 0;
}
