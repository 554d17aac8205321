// Attached files: where their contents are kept, and how they travel.
#include <doctest/doctest.h>

#include "app/model/records/common.h"
#include "app/model/records/project_settings.h"
#include "app/model/records/task.h"
#include "app/words/words.h"
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

std::string zip_of(const std::vector<std::pair<std::string, std::string>>& files) {
  std::vector<ZipEntry> entries;
  for (const auto& [name, bytes] : files) entries.push_back({name, content_of(bytes)});
  std::string zip;
  write_zip(std::move(entries), [&](const Result<ContentPtr>& archive) {
    read_whole(archive.value(), [&](Result<std::string> bytes) { zip = bytes.value(); });
  });
  return zip;
}

// The entries with their bytes, or why not.
Result<std::vector<std::pair<std::string, std::string>>> entries_of(std::string_view zip) {
  Result<std::vector<std::pair<std::string, std::string>>> read;
  read_zip(content_of(std::string(zip)), [&](const Result<std::vector<ZipEntry>>& entries) {
    if (!entries) return void(read = std::unexpected(entries.error()));
    for (const auto& entry : *entries)
      read_whole(entry.content, [&](Result<std::string> bytes) { read->emplace_back(entry.name, bytes.value()); });
  });
  return read;
}

std::map<std::string, std::string> bytes_of(const std::map<std::string, ContentPtr>& contents) {
  std::map<std::string, std::string> all;
  for (const auto& [hash, content] : contents) read_whole(content, [&](Result<std::string> bytes) { all[hash] = bytes.value(); });
  return all;
}

// Bytes as a browser keeps them: not in memory, read in portions.
class Elsewhere final : public Content {
 public:
  explicit Elsewhere(std::string bytes) : content_(content_of(std::move(bytes))) {}
  std::uint64_t size() const override { return content_->size(); }
  void read(std::uint64_t from, std::uint64_t size, std::function<void(Result<std::string>)> got) const override {
    largest_read = std::max(largest_read, size);
    content_->read(from, size, std::move(got));
  }
  void tell(std::uint64_t from, std::uint64_t size, ContentPieces& pieces) const override { pieces.kept(7, from, size); }
  mutable std::uint64_t largest_read = 0;

 private:
  ContentPtr content_;
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
    blobs.get(hash, [&](Result<ContentPtr> got) { found = got.has_value(); });
    return found;
  };
  const auto shared = sha256("shared"), own = sha256("own"), loose = sha256("loose");
  for (const std::string content : {"shared", "own", "loose"}) blobs.put(sha256(content), content_of(content), [](Result<void>) {});
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
  blobs.put(sha256("one"), content_of("another"), [](Result<void>) {});
  blobs.get(sha256("one"), [](Result<ContentPtr> got) { CHECK(got.error().message == "error.attachment.damaged"_key); });
  blobs.get(sha256("two"), [](Result<ContentPtr> got) { CHECK(got.error().message == "error.attachment.missing"_key); });
}

TEST_CASE("a bundle carries the contents of attached files, as text or in an archive") {
  for (const std::string& content : {std::string("small\0file", 10), std::string(attachments_in_text + 1, 'x')}) {
    Attached given(content);
    std::string file;
    write_bundle_file(given.project, {.attachments = {{sha256(content), content_of(content)}}}, [&](const Result<BundleFile>& written) {
      REQUIRE(written.has_value());
      CHECK(written->zipped == (content.size() > attachments_in_text));
      read_whole(written->content, [&](Result<std::string> bytes) { file = bytes.value(); });
    });
    const auto read = given.read(file);
    REQUIRE(read.has_value());
    CHECK(bytes_of(read->attachments) == std::map<std::string, std::string>{{sha256(content), content}});
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

TEST_CASE("changes carry the contents of the files that are new, and no others") {
  Attached given("content");
  const auto carries = [&](const VersionVector& since) {
    std::string file;
    write_bundle_file(given.project, {.since = since, .attachments = {{sha256("content"), content_of("content")}}}, [&](const Result<BundleFile>& written) {
      read_whole(written.value().content, [&](Result<std::string> bytes) { file = bytes.value(); });
    });
    return file.contains("Y29udGVudA==");
  };
  CHECK(carries({}));
  CHECK_FALSE(carries(given.project.seen()));
}

TEST_CASE("contents that were forged or that nothing refers to are refused or left out") {
  Attached given("content");
  const auto hash = sha256("content");
  const auto bundle = write_bundle(given.project, {.attachments = {{hash, content_of("content")}}});
  CHECK(refused(given.read(resealed(replaced(bundle, "Y29udGVudA==", "Z29udGVudA==")))) == "error.bundle.attachment"_key);
  CHECK(refused(given.read(resealed(replaced(bundle, "\"Y29udGVudA==\"", "\"no base64!\"")))) == "error.bundle.attachment"_key);
  CHECK(refused(given.read(resealed(replaced(bundle, "\"Y29udGVudA==\"", "null")))) == "error.bundle.attachment"_key);
  CHECK(refused(given.read(resealed(replaced(bundle, "\"Y29udGVudA==\"", "7")))) == "error.bundle.attachment"_key);
  CHECK(refused(given.read(replaced(bundle, "Y29udGVudA==", "Z29udGVudA=="))) == "error.bundle.changed"_key);

  const auto loose = sha256("loose");
  const auto read = given.read(write_bundle(given.project, {.attachments = {{loose, content_of("loose")}}}));
  REQUIRE(read.has_value());
  CHECK(read->attachments.empty());
}

TEST_CASE("archives are read by their directory; damaged or packed ones are refused") {
  const std::vector<std::pair<std::string, std::string>> entries{{"bundle.json", "{}"}, {"attachments/附件", std::string(3000, 'a')}, {"empty", ""}};
  const auto zip = zip_of(entries);
  CHECK(is_zip(zip));
  const auto read = entries_of(zip);
  REQUIRE(read.has_value());
  CHECK(*read == entries);
  CHECK(entries_of(zip + "a comment").has_value());
  for (std::size_t length = 0; length < zip.size(); length += 7)
    CHECK(entries_of(std::string_view(zip).substr(0, length)).error().message == "error.zip.damaged"_key);
  for (std::size_t at = 0; at < zip.size(); at += 3) {  // whatever is changed, reading ends and stays inside
    auto changed = zip;
    changed[at] = static_cast<char>(changed[at] ^ 0x55);
    (void)entries_of(changed);
  }
  auto packed = zip;
  packed[packed.find("PK\x01\x02") + 10] = 9;  // Deflate64
  CHECK(entries_of(packed).error().message == "error.zip.packed"_key);
}

TEST_CASE("archives are packed, and one that says another size than it has is damaged") {
  const auto zip = zip_of({{"bundle.json", std::string(1'000'000, 'a')}});
  CHECK(zip.size() < 10'000);
  REQUIRE(entries_of(zip).has_value());
  CHECK(entries_of(zip)->front().second == std::string(1'000'000, 'a'));
  const auto size_at = zip.find("PK\x01\x02") + 24;
  const auto forged = [&](std::string_view size) {
    auto changed = zip;
    return entries_of(changed.replace(size_at, 4, size)).error().message;
  };
  CHECK(forged(std::string_view("\0\0\0\0", 4)) == "error.zip.damaged"_key);
  CHECK(forged(std::string_view("\x41\x42\x0f\0", 4)) == "error.zip.damaged"_key);
  CHECK(forged("\xff\xff\xff\xff") == "error.zip.too_large"_key);
}

TEST_CASE("an archive with as many entries as it may have is read without running out of stack") {
  std::vector<std::pair<std::string, std::string>> entries;
  for (int i = 0; i < 65'000; ++i) entries.emplace_back("attachments/" + std::to_string(i), "x");
  const auto archive = zip_of(entries);
  const auto read = entries_of(archive);
  REQUIRE(read.has_value());
  CHECK(read->size() == entries.size());
  Attached given("content");
  CHECK(refused(given.read(archive)) == "error.bundle.not_a_bundle"_key);
}

TEST_CASE("what could not be opened again is not written") {
  std::vector<ZipEntry> entries(65'001, ZipEntry{"attachments/x", content_of("x")});
  Key refused_for;
  write_zip(std::move(entries), [&](const Result<ContentPtr>& archive) { refused_for = archive ? Key{} : archive.error().message; });
  CHECK(refused_for == "error.export.too_many"_key);

  // A reader unpacks 256 MB at most: what is beyond lies there as it is.
  constexpr std::size_t size = 24u << 20;
  std::vector<ZipEntry> large(11, ZipEntry{"attachments/x", content_of(std::string(size, 'x'))});
  write_zip(std::move(large), [&](const Result<ContentPtr>& archive) {
    REQUIRE(archive.has_value());
    CHECK((*archive)->size() > size);
    CHECK((*archive)->size() < 2 * size);
  });
}

TEST_CASE("records that could not be opened again are not written") {
  Attached given("content");
  const auto size = write_bundle(given.project, {}).size();
  Key refused_for;
  write_bundle_file(given.project, {.largest = size}, [](const Result<BundleFile>& file) { CHECK(file.has_value()); });
  write_bundle_file(given.project, {.largest = size - 1}, [&](const Result<BundleFile>& file) { refused_for = file ? Key{} : file.error().message; });
  CHECK(refused_for == "error.export.document_too_large"_key);
}

TEST_CASE("archives with paths out of their folder, without a bundle, or with forged contents") {
  Attached given("content");
  CHECK(refused(given.read(zip_of({{"other.json", "{}"}}))) == "error.bundle.not_a_bundle"_key);
  const auto bundle = write_bundle(given.project, {.attachments = {{sha256("content"), content_of("content")}}});
  const auto beside = resealed(replaced(bundle, "\"Y29udGVudA==\"", "null"));
  const auto named = [&](const std::string& name, const std::string& content) {
    return given.read(zip_of({{"bundle.json", beside}, {name, content}}));
  };
  REQUIRE(named("attachments/" + sha256("content"), "content").has_value());
  CHECK(refused(named("attachments/" + sha256("content"), "forged")) == "error.bundle.attachment"_key);
  CHECK(refused(named("attachments/../" + sha256("content"), "content")) == "error.bundle.attachment"_key);
  CHECK(refused(named("../attachments/" + sha256("content"), "content")) == "error.bundle.attachment"_key);
}

TEST_CASE("a large content goes into an archive and comes out of it in portions, never whole") {
  std::string bytes(40u << 20, 'x');
  for (std::size_t at = 0; at < bytes.size(); at += 997) bytes[at] = static_cast<char>(at >> 8);
  Attached given(bytes);
  const auto large = std::make_shared<Elsewhere>(bytes);
  ContentPtr archive;
  write_bundle_file(given.project, {.attachments = {{sha256(bytes), large}}}, [&](const Result<BundleFile>& file) { archive = file.value().content; });
  REQUIRE(archive);
  CHECK(large->largest_read <= content_portion);
  // What a browser would be told: the content where it lies, between some bytes.
  struct Told final : ContentPieces {
    void bytes(std::string_view some) override { in_memory += some.size(); }
    void kept(int number, std::uint64_t from, std::uint64_t size) override { elsewhere += size; CHECK(number == 7); CHECK(from == 0); }
    std::uint64_t in_memory = 0, elsewhere = 0;
  } told;
  archive->tell(0, archive->size(), told);
  CHECK(told.elsewhere == bytes.size());
  CHECK(told.in_memory < 20'000);

  std::string zip;
  read_whole(archive, [&](Result<std::string> all) { zip = std::move(all.value()); });
  const auto arrived = std::make_shared<Elsewhere>(zip);
  Result<OpenedFile> opened = fail("error.zip.damaged"_key);
  open_file("big.pmo.zip", arrived, product_schema(), Id{2, 2}, given.surroundings, {}, {}, [&](Result<OpenedFile> file) { opened = std::move(file); });
  REQUIRE_MESSAGE(opened.has_value(), describe(opened.error(), Language::english));
  CHECK(arrived->largest_read <= content_portion);
  CHECK(opened->attachments.at(sha256(bytes))->size() == bytes.size());
  CHECK(revision_of(*opened->project) == revision_of(given.project));
}

TEST_CASE("a protected bundle asks for its password, and tells a wrong one") {
  Attached given("content");
  const auto file = protect(write_bundle(given.project, {}), "五月 steel", given.surroundings, least_key_rounds).value();
  CHECK(refused(given.read(file)) == "error.protection.wanted"_key);
  CHECK(refused(given.read(file, "other")) == "error.protection.passphrase"_key);
  const auto read = given.read(file, "五月 steel");
  REQUIRE(read.has_value());
  CHECK(revision_of(*read->project) == revision_of(given.project));
  CHECK(refused(given.read(protect(file, "twice", given.surroundings, least_key_rounds).value(), "twice")) == "error.protection.nested"_key);
}
