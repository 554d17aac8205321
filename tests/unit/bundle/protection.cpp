#include "storage/protection.h"

#include <doctest/doctest.h>

#include "storage/digest.h"

using namespace pmo;
using namespace pmo::storage;

TEST_CASE("SHA-256 gives the digests of FIPS 180-4") {
  CHECK(sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(sha256("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST_CASE("a protected file opens with its passphrase only") {
  FixedSurroundings surroundings;
  const std::string content = "{\"name\": \"滨江图书馆\"}";
  const auto file = protect(content, "五月 steel", surroundings).value();
  CHECK(is_protected(file));
  CHECK_FALSE(is_protected(content));
  CHECK_FALSE(file.contains("name"));
  CHECK(unprotect(file, "五月 steel") == content);
  const auto refused = unprotect(file, "五月 steal");
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message == "error.protection.passphrase"_key);
  CHECK(protect(content, "五月 steel", surroundings, least_key_rounds).value() != file);  // another salt and nonce
  CHECK(unprotect(protect("", "x", surroundings, least_key_rounds).value(), "x") == std::string());
  const std::string long_text(1'000'000, 'x');
  const auto packed = protect(long_text, "x", surroundings, least_key_rounds).value();
  CHECK(packed.size() < long_text.size() / 100);
  CHECK(unprotect(packed, "x") == long_text);
}

TEST_CASE("nothing is protected with an empty password, which nobody could type") {
  FixedSurroundings surroundings;
  CHECK(protect("content", "", surroundings).error().message == "error.protection.empty"_key);
}

TEST_CASE("a protected file that was changed is refused, whatever was changed") {
  FixedSurroundings surroundings;
  const auto file = protect("content", "word", surroundings, least_key_rounds).value();
  const auto replaced = [&](std::string_view from, std::string_view to) {
    auto changed = file;
    changed.replace(changed.find(from), from.size(), to);
    return unprotect(changed, "word");
  };
  const auto content_at = file.find("content\": \"") + 11;
  auto flipped = file;
  flipped[content_at] = flipped[content_at] == 'A' ? 'B' : 'A';
  CHECK(unprotect(flipped, "word").error().message == "error.protection.damaged"_key);
  CHECK(unprotect(flipped, "work").error().message == "error.protection.passphrase"_key);
  CHECK(replaced("100000", "100001").error().message == "error.protection.passphrase"_key);
  CHECK(replaced("100000", "99999").error() == Error{"error.protection.rounds"_key, {"99999", "100000", "10000000"}});
  CHECK(replaced("100000", "99999999").error() == Error{"error.protection.rounds"_key, {"99999999", "100000", "10000000"}});
  CHECK(replaced("100000", "\"many\"").error() == Error{"error.protection.part"_key, {"key/iterations"}});
  CHECK(replaced("\"salt\": \"", "\"salt\": \"AAAA").error() == Error{"error.protection.part"_key, {"key/salt"}});
  CHECK(replaced("\"nonce\"", "\"once\"").error() == Error{"error.protection.part"_key, {"cipher/nonce"}});
  CHECK(replaced("\"zlib\"", "\"none\"").error() == Error{"error.protection.method"_key, {"none"}});
  CHECK(replaced("AES-256-GCM", "AES-128-ECB").error() == Error{"error.protection.method"_key, {"AES-128-ECB"}});
  CHECK(replaced("\"version\": 2", "\"version\": 3").error() == Error{"error.protection.newer"_key, {"3", "2"}});
  CHECK(replaced("\"version\": 2", "\"version\": 0").error() == Error{"error.protection.part"_key, {"version"}});
  CHECK(unprotect(std::string_view(file).substr(0, file.size() / 2), "word").error().message == "error.protection.format"_key);
  CHECK(unprotect("", "word").error().message == "error.protection.format"_key);
}
