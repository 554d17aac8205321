// Whatever a user drops on the page is opened or refused with a message: never a crash, a hang or unbounded memory.
#include "storage/open_file.h"

#include <cstdlib>

using namespace pmo;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  FixedSurroundings surroundings;
  const auto opened = storage::open_file("file", {reinterpret_cast<const char*>(data), size}, product_schema(), Id{1, 1}, surroundings);
  if (opened && !opened->project) std::abort();
  if (!opened && opened.error().message.name.empty()) std::abort();
  return 0;
}
