// Content hashes: integrity of bundles, addresses of attachments.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "app/model/content.h"

namespace pmo::storage {

// SHA-256 (FIPS 180-4) of the bytes, as 64 lower-case hexadecimal digits.
std::string sha256(std::string_view bytes);

// The same of what comes in portions.
class Digest {
 public:
  Digest();
  ~Digest();
  Digest(const Digest&) = delete;
  void add(std::string_view bytes);
  std::string text();  // once, at the end

 private:
  struct State;
  std::unique_ptr<State> state_;
};

void sha256_of(const ContentPtr& content, std::function<void(Result<std::string>)> done);

}  // namespace pmo::storage
