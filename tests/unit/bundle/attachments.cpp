// Attached files: where their contents are kept, and how they travel.
#include <doctest/doctest.h>

#include "app/model/records/common.h"
#include "app/model/records/project_settings.h"
#include "app/model/records/task.h"
#include "storage/blob_store.h"
#include "storage/bundle/bundle.h"
#include "storage/bundle/zip.h"
#include "storage/digest.h"
#include "storage/open_file.h"
#include "storage/protection.h"

using namespace pmo;
using namespace pmo::storage;

namespace {

struct Attached {
  FixedSurroundings surroundings{3};
  Project project{product_schema(), Id{1, 1}, surroundings};

  explicit Attached(const std::string& content) {
    Transaction change(project, "transaction.test"_key);
    auto& settings = static_cast<ProjectSettings&>(change.create_record(register_of<ProjectSettings>(), {}));
    settings.name = "Bridge";
    const auto& task = change.create<Task>([](Task& made) { made.name = "Survey"; });
    change.create<Attachment>([&](Attachment& made) {
      made.record = {task.id};
      made.file_name = "plan.pdf";
      made.size = static_cast<std::int64_t>(content.size());
      made.sha256 = sha256(content);
    });
    REQUIRE(change.commit().has_value());
  }
  Result<OpenedFile> read(const std::string& bytes, std::string_view password = {}) {
    return open_file("x", bytes, product_schema(), Id{2, 2}, surroundings, password);
  }
};

Key refused(const Result<OpenedFile>& read) { return read ? Key{} : read.error().message; }

std::string resealed(std::string text) {
  const auto at = text.find(",\"integrity\":");
  // A member that sorts behind "history": the document ends as it did.
  const auto end = text.find('}', at) + 1;
  auto body = text.substr(0, at) + text.substr(end);
  const auto hash = sha256(body);
  return text.substr(0, at) + ",\"integrity\":{\"algorithm\":\"sha-256\",\"canonical\":\"rfc8785\",\"hash\":\"" + hash + "\"}" + text.substr(end);
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const auto at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("contents stay while a project refers to them, and for the time of grace after") {
  std::uint64_t now = 1000;
  MemoryBlobs blobs;
  blobs.now = [&] { return now; };
  const auto kept = [&](const std::string& hash) {
    bool found = false;
    blobs.get(hash, [&](Result<std::string> got) { found = got.has_value(); });
    return found;
  };
  const auto shared = sha256("shared"), own = sha256("own"), loose = sha256("loose");
  for (const std::string content : {"shared", "own", "loose"}) blobs.put(sha256(content), content, [](Result<void>) {});
  blobs.refer("first", {shared, own});
  blobs.refer("second", {shared});
  now += attachment_grace + 1;
  blobs.collect();
  CHECK(kept(shared));
  CHECK(kept(own));
  CHECK_FALSE(kept(loose));

  blobs.refer("first", {});  // the project is removed
  blobs.collect();
  CHECK(kept(own));  // its grace begins now
  now += attachment_grace + 1;
  blobs.collect();
  CHECK(kept(shared));
  CHECK_FALSE(kept(own));
}

TEST_CASE("what is handed out has the hash it was asked for") {
  MemoryBlobs blobs;
  blobs.put(sha256("one"), "another", [](Result<void>) {});
  blobs.get(sha256("one"), [](Result<std::string> got) { CHECK(got.error().message == "error.attachment.damaged"_key); });
  blobs.get(sha256("two"), [](Result<std::string> got) { CHECK(got.error().message == "error.attachment.missing"_key); });
}

TEST_CASE("a bundle carries the contents of attached files, as text or in an archive") {
  for (const std::string& content : {std::string("small\0file", 10), std::string(attachments_in_text + 1, 'x')}) {
    Attached given(content);
    const Contents contents{{sha256(content), content}};
    const auto file = write_bundle_file(given.project, {.attachments = contents});
    CHECK(file.zipped == (content.size() > attachments_in_text));
    const auto read = given.read(file.bytes);
    REQUIRE(read.has_value());
    CHECK(read->attachments == contents);
    CHECK(revision_of(*read->project) == revision_of(given.project));
  }
}

TEST_CASE("a bundle without contents keeps the hashes, so that they can be brought later") {
  Attached given("content");
  const auto read = given.read(write_bundle(given.project, {}));
  REQUIRE(read.has_value());
  CHECK(read->attachments.empty());
  CHECK(attached_contents(*read->project) == std::set<std::string>{sha256("content")});
}

TEST_CASE("contents that were forged or that nothing refers to are refused or left out") {
  Attached given("content");
  const auto hash = sha256("content");
  const auto bundle = write_bundle(given.project, {.attachments = {{hash, "content"}}});
  CHECK(refused(given.read(resealed(replaced(bundle, "Y29udGVudA==", "Z29udGVudA==")))) == "error.bundle.attachment"_key);
  CHECK(refused(given.read(resealed(replaced(bundle, "\"Y29udGVudA==\"", "\"no base64!\"")))) == "error.bundle.attachment"_key);
  CHECK(refused(given.read(resealed(replaced(bundle, "\"Y29udGVudA==\"", "null")))) == "error.bundle.attachment"_key);
  CHECK(refused(given.read(resealed(replaced(bundle, "\"Y29udGVudA==\"", "7")))) == "error.bundle.attachment"_key);
  CHECK(refused(given.read(replaced(bundle, "Y29udGVudA==", "Z29udGVudA=="))) == "error.bundle.changed"_key);

  const auto loose = sha256("loose");
  const auto read = given.read(write_bundle(given.project, {.attachments = {{loose, "loose"}}}));
  REQUIRE(read.has_value());
  CHECK(read->attachments.empty());
}

TEST_CASE("archives are read by their directory; damaged or packed ones are refused") {
  const std::vector<ZipEntry> entries{{"bundle.json", "{}"}, {"attachments/附件", std::string(3000, 'a')}, {"empty", ""}};
  const auto zip = write_zip(entries);
  CHECK(is_zip(zip));
  const auto read = read_zip(zip);
  REQUIRE(read.has_value());
  REQUIRE(read->size() == 3);
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK((*read)[i].name == entries[i].name);
    CHECK((*read)[i].bytes == entries[i].bytes);
  }
  CHECK(read_zip(zip + "a comment").has_value());
  for (std::size_t length = 0; length < zip.size(); length += 7)
    CHECK(read_zip(std::string_view(zip).substr(0, length)).error().message == "error.zip.damaged"_key);
  for (std::size_t at = 0; at < zip.size(); at += 3) {  // whatever is changed, reading ends and stays inside
    auto changed = zip;
    changed[at] = static_cast<char>(changed[at] ^ 0x55);
    (void)read_zip(changed);
  }
  auto flipped = zip;
  flipped[30 + 11] = '[';
  CHECK(read_zip(flipped).error().message == "error.zip.damaged"_key);
  auto packed = zip;
  packed[packed.find("PK\x01\x02") + 10] = 9;  // Deflate64
  CHECK(read_zip(packed).error().message == "error.zip.packed"_key);
}

TEST_CASE("archives are packed, and one that says another size than it has is damaged") {
  const auto zip = write_zip({{"bundle.json", std::string(1'000'000, 'a')}});
  CHECK(zip.size() < 10'000);
  REQUIRE(read_zip(zip).has_value());
  CHECK(read_zip(zip)->front().bytes == std::string(1'000'000, 'a'));
  const auto size_at = zip.find("PK\x01\x02") + 24;
  for (const std::string_view size : {std::string_view("\0\0\0\0", 4), std::string_view("\x41\x42\x0f\0", 4), std::string_view("\xff\xff\xff\xff", 4)}) {
    auto forged = zip;
    forged.replace(size_at, 4, size);
    CHECK(read_zip(forged).error().message == "error.zip.damaged"_key);
  }
}

TEST_CASE("archives with paths out of their folder, without a bundle, or with forged contents") {
  Attached given("content");
  CHECK(refused(given.read(write_zip({{"other.json", "{}"}}))) == "error.bundle.not_a_bundle"_key);
  const auto bundle = write_bundle(given.project, {.attachments = {{sha256("content"), "content"}}});
  const auto beside = resealed(replaced(bundle, "\"Y29udGVudA==\"", "null"));
  const auto named = [&](const std::string& name, const std::string& content) {
    return given.read(write_zip({{"bundle.json", beside}, {name, content}}));
  };
  REQUIRE(named("attachments/" + sha256("content"), "content").has_value());
  CHECK(refused(named("attachments/" + sha256("content"), "forged")) == "error.bundle.attachment"_key);
  CHECK(refused(named("attachments/../" + sha256("content"), "content")) == "error.bundle.attachment"_key);
  CHECK(refused(named("../attachments/" + sha256("content"), "content")) == "error.bundle.attachment"_key);
}

TEST_CASE("a protected bundle asks for its password, and tells a wrong one") {
  Attached given("content");
  const auto file = protect(write_bundle(given.project, {}), "五月 steel", given.surroundings, least_key_rounds);
  CHECK(refused(given.read(file)) == "error.protection.wanted"_key);
  CHECK(refused(given.read(file, "other")) == "error.protection.passphrase"_key);
  const auto read = given.read(file, "五月 steel");
  REQUIRE(read.has_value());
  CHECK(revision_of(*read->project) == revision_of(given.project));
  CHECK(refused(given.read(protect(file, "twice", given.surroundings, least_key_rounds), "twice")) == "error.protection.format"_key);
}
