// Scheduling problems in the text format of PSPLIB.
#include "storage/interchange/psplib.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  (void)pmo::storage::read_psplib(text, "file");
  (void)pmo::storage::read_best_known(text, "file");
  return 0;
}
