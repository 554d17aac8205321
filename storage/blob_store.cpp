#include "storage/blob_store.h"

#include <algorithm>

#include "storage/digest.h"

namespace pmo::storage {

void MemoryBlobs::put(const std::string& hash, std::string_view bytes, Done done) {
  kept_[hash] = {std::string(bytes), now()};
  done({});
}

void MemoryBlobs::get(const std::string& hash, Got got) {
  const auto found = kept_.find(hash);
  got(found == kept_.end() ? fail("error.attachment.missing"_key) : checked_content(hash, found->second.bytes));
}

void MemoryBlobs::refer(const std::string& project, const std::set<std::string>& contents) {
  for (const auto& earlier : uses_[project])
    if (const auto found = kept_.find(earlier); found != kept_.end()) found->second.touched = now();
  if (contents.empty()) uses_.erase(project);
  else uses_[project] = contents;
}

bool MemoryBlobs::referred(const std::string& hash) const {
  return std::ranges::any_of(uses_, [&](const auto& use) { return use.second.contains(hash); });
}

void MemoryBlobs::collect() {
  std::erase_if(kept_, [&](const auto& kept) {
    return !referred(kept.first) && kept.second.touched + attachment_grace < now();
  });
}

Result<std::string> checked_content(const std::string& hash, std::string bytes) {
  if (sha256(bytes) != hash) return fail("error.attachment.damaged"_key);
  return bytes;
}

}  // namespace pmo::storage
