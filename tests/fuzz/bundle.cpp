// Bundles come by mail. What is read must satisfy every rule of the registers, and survive being written and read again.
#include "storage/bundle/bundle.h"

#include <cstdlib>

using namespace pmo;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  FixedSurroundings surroundings;
  const Id actor{1, 1};
  const auto first = storage::read_bundle({reinterpret_cast<const char*>(data), size}, product_schema(), actor, surroundings);
  if (!first) return 0;
  const auto text = storage::write_bundle(*first->project, {.confidential = true, .history = true});
  const auto second = storage::read_bundle(text, product_schema(), actor, surroundings);
  if (!second || storage::revision_of(*second->project) != storage::revision_of(*first->project)) std::abort();
  return 0;
}
