#include "storage/blob_store.h"

#include <algorithm>

#include "storage/digest.h"

namespace pmo::storage {

void MemoryBlobs::put(const std::string& hash, ContentPtr content, Done done) {
  kept_[hash] = {std::move(content), now()};
  done({});
}

void MemoryBlobs::get(const std::string& hash, Got got) {
  const auto found = kept_.find(hash);
  if (found == kept_.end()) return got(fail("error.attachment.missing"_key));
  check_content(hash, found->second.content, std::move(got));
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

void MemoryBlobs::discard(const std::string& hash) {
  if (!referred(hash)) kept_.erase(hash);
}

const std::string* MemoryBlobs::find(const std::string& hash) const {
  const auto found = kept_.find(hash);
  return found == kept_.end() ? nullptr : found->second.content->in_memory();
}

bool MemoryBlobs::unused(const std::pair<const std::string, Kept>& kept) const {
  return !referred(kept.first) && kept.second.touched + attachment_grace < now();
}

void MemoryBlobs::collect() {
  std::erase_if(kept_, [this](const auto& kept) { return unused(kept); });
}

void MemoryBlobs::find_unused(std::function<void(bool)> found) {
  found(std::ranges::any_of(kept_, [this](const auto& kept) { return unused(kept); }));
}

void check_content(const std::string& hash, ContentPtr content, BlobStore::Got got) {
  sha256_of(content, [hash, content, got = std::move(got)](Result<std::string> sum) {
    if (sum && *sum == hash) got(content);
    else got(fail("error.attachment.damaged"_key));
  });
}

}  // namespace pmo::storage
