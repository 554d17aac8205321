#include "storage/digest.h"

#include <array>
#include <format>

#include <mbedtls/sha256.h>

namespace pmo::storage {

struct Digest::State {
  mbedtls_sha256_context context;
};

Digest::Digest() : state_(std::make_unique<State>()) {
  mbedtls_sha256_init(&state_->context);
  mbedtls_sha256_starts(&state_->context, 0);
}

Digest::~Digest() { mbedtls_sha256_free(&state_->context); }

void Digest::add(std::string_view bytes) {
  mbedtls_sha256_update(&state_->context, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
}

std::string Digest::text() {
  std::array<unsigned char, 32> sum;
  mbedtls_sha256_finish(&state_->context, sum.data());
  std::string text;
  text.reserve(2 * sum.size());
  for (const auto byte : sum) text += std::format("{:02x}", byte);
  return text;
}

std::string sha256(std::string_view bytes) {
  Digest digest;
  digest.add(bytes);
  return digest.text();
}

void sha256_of(const ContentPtr& content, std::function<void(Result<std::string>)> done) {
  const auto digest = std::make_shared<Digest>();
  read_through(content, [digest](std::string_view bytes) { digest->add(bytes); },
               [digest, done = std::move(done)](Result<void> read) {
                 if (read) done(digest->text());
                 else done(std::unexpected(read.error()));
               });
}

}  // namespace pmo::storage
