// The keys of locked contents: what opens, what does not, and that copies seal alike.
#include "storage/vault.h"

#include <doctest/doctest.h>

using namespace pmo;
using namespace pmo::storage;

namespace {

constexpr Id vault{1, 2};

struct VaultFixture {
  FixedSurroundings surroundings;
  OpenVault made;
  std::string wrapped;
  VaultFixture() {
    made.make(vault, surroundings);
    wrapped = made.wrap(vault, "龙门 吊装 七月", surroundings, least_key_rounds);
  }
};

}  // namespace

TEST_CASE_FIXTURE(VaultFixture, "a text opens with the passphrase, at its own place, and nowhere else") {
  const auto envelope = made.seal("a.content", "并购方案 merger");
  CHECK(is_sealed(envelope));
  CHECK_FALSE(envelope.contains("merger"));
  OpenVault other;
  CHECK(other.open("a.content", envelope).error().message == "error.vault.locked"_key);
  CHECK(other.unlock(vault, wrapped, "龙门 吊装 八月").error().message == "error.vault.passphrase"_key);
  CHECK(other.empty());
  REQUIRE(other.unlock(vault, wrapped, "龙门 吊装 七月"));
  CHECK(other.open("a.content", envelope) == "并购方案 merger");
  CHECK(other.open("b.content", envelope).error().message == "error.vault.damaged"_key);
  CHECK(other.open("a.content", "as it is") == "as it is");
}

TEST_CASE_FIXTURE(VaultFixture, "copies seal alike, and different texts differently") {
  OpenVault other;
  REQUIRE(other.unlock(vault, wrapped, "龙门 吊装 七月"));
  CHECK(other.seal("a.content", "one") == made.seal("a.content", "one"));
  CHECK(made.seal("a.content", "one") != made.seal("a.content", "two"));
  CHECK(made.seal("a.content", "one") != made.seal("b.content", "one"));
  CHECK(made.seal_file("bytes") == other.seal_file("bytes"));
}

TEST_CASE_FIXTURE(VaultFixture, "damage is told from a wrong passphrase") {
  auto envelope = made.seal("a.content", "text");
  envelope[envelope.size() - 4] = envelope[envelope.size() - 4] == 'A' ? 'B' : 'A';
  CHECK(made.open("a.content", envelope).error().message == "error.vault.damaged"_key);
  auto file = made.seal_file("bytes");
  CHECK(made.open_file(file) == "bytes");
  file.back() = static_cast<char>(file.back() ^ 1);
  CHECK(made.open_file(file).error().message == "error.vault.damaged"_key);
  CHECK(made.open_file("bytes").error().message == "error.vault.damaged"_key);
  OpenVault other;
  CHECK(other.unlock(vault, wrapped.substr(0, wrapped.size() / 2), "龙门 吊装 七月").error().message == "error.vault.damaged"_key);
  CHECK(other.unlock(vault, protect("short", "龙门 吊装 七月", surroundings, least_key_rounds).value(), "龙门 吊装 七月").error().message == "error.vault.damaged"_key);
}

TEST_CASE_FIXTURE(VaultFixture, "another passphrase wraps the same key") {
  const auto envelope = made.seal("a.content", "text");
  const auto again = made.wrap(vault, "new words", surroundings, least_key_rounds);
  OpenVault other;
  REQUIRE(other.unlock(vault, again, "new words"));
  CHECK(other.open("a.content", envelope) == "text");
  CHECK_FALSE(OpenVault().unlock(vault, again, "龙门 吊装 七月"));
}

TEST_CASE("texts that only look sealed are not") {
  CHECK_FALSE(is_sealed("sealed:1:"));
  CHECK_FALSE(is_sealed("sealed:1:see the annex"));
  CHECK(is_sealed(sealed_address(std::string(64, 'a'))));
  CHECK(content_hash(sealed_address(std::string(64, 'a'))) == std::string(64, 'a'));
  CHECK(content_hash(std::string(64, 'b')) == std::string(64, 'b'));
}
