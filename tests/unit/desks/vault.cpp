// Locked documents in a workspace over a simulated browser store: what lies on the disk, what leaves, what is noted.
#include <doctest/doctest.h>

#include "app/desks/workspace/stored_workspace.h"
#include "app/model/records/common.h"
#include "app/model/records/management.h"
#include "app/model/records/vault.h"
#include "storage/digest.h"
#include "tests/unit/vfs/simulated_store.h"

using namespace pmo;
using namespace pmo::storage::simulation;

namespace {

constexpr std::string_view marker = "MARKER-绝密-并购价格";
const Minute noon = Minute::at(Day::of(2026, 3, 2), 12 * 60);
int desks = 0;

struct VaultWorld {
  Dice dice{3};
  EventLoop loop{dice};
  Disk disk;

  // Everything that is kept of the databases and the attached files.
  bool keeps(std::string_view text) const {
    const auto in = [text](const storage::Bytes& bytes) {
      return std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size()).contains(text);
    };
    for (const auto* records : {&disk.now, &disk.durable, &disk.quarantined})
      for (const auto& [name, record] : *records) {
        storage::Bytes image;
        for (const auto& [number, block] : record.blocks) image.insert(image.end(), block->begin(), block->end());
        if (in(image)) return true;
      }
    for (const auto& [name, snapshots] : disk.snapshots)
      for (const auto& snapshot : snapshots)
        if (in(snapshot.image)) return true;
    return false;
  }
};

struct Copy {
  VaultWorld& world;
  FixedSurroundings surroundings{static_cast<std::uint64_t>(++desks + 70)};
  SimulatedStore store{world.disk, world.loop};
  storage::MirrorHost host{store, std::format("vault desk {}", desks), std::format("desk {}", desks)};
  StoredWorkspace workspace{host, surroundings};

  explicit Copy(VaultWorld& given) : world(given) {
    workspace.passphrase_rounds = storage::least_key_rounds;
    settle();
  }
  void settle() {
    world.loop.after(10, [] {});
    for (int i = 0; i < 10'000 && world.loop.step_within(5000); ++i) {}
  }
  Project& project() { return *workspace.project(); }
  ui::VaultPort& vault() { return *workspace.vault(); }
  void open(Id id) {
    REQUIRE(workspace.open(id).has_value());
    settle();
    REQUIRE(workspace.project());
  }
  void begin() {
    const auto made = workspace.create({.name = "Merger", .start = Minute::at(Day::of(2026, 3, 2), 480)});
    REQUIRE(made.has_value());
    settle();
    open(*made);
    edit([&](Transaction& change) {
      const auto& document = change.create<Document>([](Document& d) { d.title = "Offer"; });
      change.create<DocumentVersion>([&](DocumentVersion& v) { v.document = {document.id}; v.version = "1"; v.content = marker; });
    });
    REQUIRE(attach(document().id, "offer.txt", std::string(marker) + " as a file").has_value());
    settle();
  }
  template <class Edit>
  void edit(Edit&& edit) {
    Transaction change(project(), "transaction.test"_key);
    edit(change);
    REQUIRE(change.commit().has_value());
    settle();
  }
  const Document& document() { return project().all<Document>().at(0); }
  const DocumentVersion& version() { return project().all<DocumentVersion>().at(0); }
  const Attachment& file() { return project().all<Attachment>().at(0); }
  void set_level() { edit([&](Transaction& change) { change.set(document(), &Document::confidentiality, Confidentiality::secret); }); }
  Result<void> attach(Id record, const std::string& name, const std::string& bytes) {
    Result<void> done = fail("error.attachment.missing"_key);
    workspace.attached_files()->attach(record, name, "text/plain", content_of(bytes), [&](Result<void> answer) { done = std::move(answer); });
    settle();
    return done;
  }
  Result<std::string> fetch(const std::string& address) {
    Result<std::string> got = fail("error.attachment.missing"_key);
    workspace.attached_files()->fetch(address, [&](const Result<ContentPtr>& content) {
      if (content) read_whole(*content, [&](Result<std::string> bytes) { got = std::move(bytes); });
      else got = std::unexpected(content.error());
    });
    settle();
    return got;
  }
  std::string bundle(const ui::ExportWish& wish) {
    std::string bytes;
    workspace.export_bundle(wish, [&](const Result<ui::ExportedFile>& file) { bytes = *file.value().content->in_memory(); });
    settle();
    return bytes;
  }
  std::unique_ptr<ui::PendingImport> read(const std::string& bundle) {
    std::unique_ptr<ui::PendingImport> import;
    workspace.read("x.pmo.json", content_of(bundle), {}, {}, [&](Result<std::unique_ptr<ui::PendingImport>> read) { import = std::move(read.value()); });
    settle();
    return import;
  }
  std::vector<AccessEvent> noted() {
    std::vector<AccessEvent> events;
    for (const auto& access : project().all<DocumentAccess>()) events.push_back(access.event);
    return events;
  }
  std::set<std::string> told() {
    std::set<std::string> messages;
    while (const auto error = workspace.take_error()) messages.emplace(error->message.name);
    return messages;
  }
};

}  // namespace

TEST_CASE("an attached file that another project needs stays when it is sealed in one, though what that other one told is lost") {
  VaultWorld world;
  Copy desk(world);
  desk.begin();
  const auto other = desk.workspace.project_id();
  desk.begin();  // the same file
  const std::string content = std::string(marker) + " as a file";
  const auto plain = storage::sha256(content);
  world.disk.blobs.refer(other.text(), {});
  REQUIRE(desk.vault().set_passphrase("七月 吊装", Confidentiality::confidential, noon).has_value());
  desk.set_level();
  CHECK(is_sealed(desk.file().sha256));
  CHECK(world.disk.blobs.find(plain));
  CHECK(desk.told() == std::set<std::string>{"vault.sealed", "vault.past_removed"});
  desk.open(other);
  CHECK(desk.fetch(desk.file().sha256).value() == content);
}

TEST_CASE("after a document is raised nothing on the disk says what it says: image, snapshots, quarantine, attached files") {
  VaultWorld world;
  Copy desk(world);
  desk.begin();
  desk.workspace.take_snapshot([](Result<void> taken) { CHECK(taken.has_value()); });
  desk.settle();
  const auto name = "project-" + desk.workspace.project_id().text();
  world.disk.quarantined[name] = world.disk.now[name];
  REQUIRE(world.keeps(marker));
  const auto plain = storage::sha256(std::string(marker) + " as a file");
  REQUIRE(world.disk.blobs.find(plain));

  REQUIRE(desk.vault().set_passphrase("七月 吊装", Confidentiality::confidential, noon).has_value());
  CHECK(desk.vault().state() == ui::VaultState::open);
  desk.set_level();
  CHECK_FALSE(world.keeps(marker));
  CHECK_FALSE(world.keeps(plain));  // not even which file it was
  CHECK_FALSE(world.disk.blobs.find(plain));
  CHECK(is_sealed(desk.file().sha256));
  CHECK(world.disk.snapshots[name].size() == 1);
  CHECK(desk.told() == std::set<std::string>{"vault.sealed", "vault.past_removed"});
  CHECK(desk.workspace.storage().state == ui::SaveState::saved);
  CHECK(desk.fetch(desk.file().sha256) == std::string(marker) + " as a file");
  REQUIRE(desk.attach(desk.document().id, "later.txt", std::string(marker) + " later").has_value());
  CHECK_FALSE(world.disk.blobs.find(storage::sha256(std::string(marker) + " later")));

  desk.vault().lock();
  CHECK(desk.fetch(desk.file().sha256).error().message == "error.vault.locked"_key);
  CHECK(desk.attach(desk.document().id, "x.txt", "x").error().message == "error.vault.locked"_key);
  desk.open(desk.workspace.project_id());
  const auto database = desk.workspace.export_database({});
  REQUIRE(database.has_value());
  CHECK_FALSE(database->content->in_memory()->contains("Offer"));
  CHECK(database->content->in_memory()->contains("Merger"));
  CHECK(desk.workspace.export_database({.locked = true, .now = noon})->content->in_memory()->contains("Offer"));
}

TEST_CASE("a sealing that was interrupted before the past was given up is finished with the next opening") {
  VaultWorld world;
  Copy desk(world);
  desk.begin();
  const auto id = desk.workspace.project_id();
  const auto plain = storage::sha256(std::string(marker) + " as a file");
  desk.workspace.take_snapshot([](Result<void> taken) { CHECK(taken.has_value()); });
  desk.settle();
  const auto before = world.disk.snapshots;
  const std::string content = *world.disk.blobs.find(plain);
  REQUIRE(desk.vault().set_passphrase("七月 吊装", Confidentiality::confidential, noon).has_value());
  desk.set_level();
  {  // as if the window had been closed in between
    auto database = desk.host.open("project-" + id.text());
    REQUIRE(database->execute("INSERT INTO meta VALUES ('past_to_forget', '[\"" + plain + "\"]')").has_value());
  }
  desk.settle();
  desk.workspace.close();
  desk.settle();
  world.disk.snapshots = before;
  world.disk.blobs.put(plain, content_of(content), [](const Result<void>&) {});
  desk.open(id);
  CHECK_FALSE(world.keeps(marker));
  CHECK_FALSE(world.disk.blobs.find(plain));
  CHECK_FALSE(desk.workspace.store()->past_to_forget());
  CHECK(desk.vault().state() == ui::VaultState::locked);
}

TEST_CASE("the passphrase is set once, asked for in each session, changed without encrypting anew; all of it is noted") {
  VaultWorld world;
  Copy desk(world);
  desk.begin();
  CHECK(desk.vault().state() == ui::VaultState::none);
  CHECK(desk.vault().unlock("七月", noon).error().message == "error.vault.none"_key);
  REQUIRE(desk.vault().set_passphrase("七月 吊装", Confidentiality::confidential, noon).has_value());
  CHECK(desk.vault().set_passphrase("other", Confidentiality::open, noon).error().message == "error.vault.exists"_key);
  desk.set_level();
  const auto id = desk.workspace.project_id();
  desk.workspace.close();
  desk.settle();
  desk.open(id);
  CHECK(desk.vault().state() == ui::VaultState::locked);
  CHECK(desk.vault().unlock("八月 吊装", noon).error().message == "error.vault.passphrase"_key);
  CHECK(desk.vault().state() == ui::VaultState::locked);
  REQUIRE(desk.vault().unlock("七月 吊装", noon).has_value());
  const auto envelope = desk.version().content;
  CHECK(desk.vault().change_passphrase("八月 吊装", "new", noon).error().message == "error.vault.passphrase"_key);
  REQUIRE(desk.vault().change_passphrase("七月 吊装", "new words", noon).has_value());
  CHECK(desk.version().content == envelope);
  desk.vault().lock();
  CHECK_FALSE(desk.vault().unlock("七月 吊装", noon).has_value());
  REQUIRE(desk.vault().unlock("new words", noon).has_value());
  using enum AccessEvent;
  CHECK(desk.noted() == std::vector{passphrase_set, unlock_failed, unlocked, unlock_failed, passphrase_changed, unlock_failed, unlocked});
  CHECK(desk.project().all<DocumentAccess>().at(1).opened_at == noon);
  while (!desk.project().undo_steps().empty()) REQUIRE(desk.project().undo().has_value());
  CHECK(desk.noted().size() == 7);  // what was noted stays, and the passphrase too
  CHECK(desk.vault().state() == ui::VaultState::open);
  desk.settle();
  CHECK_FALSE(world.keeps(marker));
}

TEST_CASE("the passphrase is taken while an earlier state is on its way back") {
  VaultWorld world;
  Copy desk(world);
  desk.begin();
  REQUIRE(desk.vault().set_passphrase("七月 吊装", Confidentiality::confidential, noon).has_value());
  desk.set_level();
  const auto id = desk.workspace.project_id();
  (void)desk.workspace.snapshots(id);
  desk.settle();
  desk.vault().lock();
  REQUIRE_FALSE(desk.workspace.snapshots(id).empty());
  REQUIRE(desk.workspace.restore(id, desk.workspace.snapshots(id)[0].taken).has_value());
  CHECK_FALSE(desk.workspace.store());
  CHECK(desk.vault().unlock("七月 吊装", noon).has_value());
  desk.settle();
  REQUIRE(desk.workspace.store());
  CHECK(desk.vault().state() == ui::VaultState::open);
}

TEST_CASE("where a passphrase was forgotten another one locks what is written from then on; both open what is theirs") {
  VaultWorld world;
  Copy desk(world);
  desk.begin();
  REQUIRE(desk.vault().set_passphrase("七月 吊装", Confidentiality::confidential, noon).has_value());
  desk.set_level();
  desk.vault().lock();
  REQUIRE(desk.vault().set_passphrase("new words", Confidentiality::confidential, noon).has_value());
  CHECK(desk.vault().state() == ui::VaultState::open);
  CHECK_FALSE(desk.vault().all_open());
  const auto& field = field_of<DocumentVersion>(&DocumentVersion::content);
  const auto said = [&](const DocumentVersion& version) { return opened_text(desk.project(), version.id, field, version.content); };
  desk.edit([&](Transaction& change) {
    change.create<DocumentVersion>([&](DocumentVersion& v) { v.document = {desk.document().id}; v.version = "2"; v.content = "second"; });
  });
  const auto& second = desk.project().all<DocumentVersion>().at(1);
  CHECK(is_sealed(second.content));
  CHECK(said(second) == "second");
  CHECK(said(desk.version()).error().message == "error.vault.locked"_key);
  REQUIRE(desk.vault().unlock("七月 吊装", noon).has_value());
  CHECK(desk.vault().all_open());
  CHECK(said(desk.version()) == std::string(marker));
  CHECK(said(second) == "second");
  desk.vault().lock();
  REQUIRE(desk.vault().unlock("new words", noon).has_value());
  CHECK_FALSE(desk.vault().all_open());
}

TEST_CASE("a bundle carries locked documents only when asked to, sealed; who has the passphrase reads them elsewhere") {
  VaultWorld world, elsewhere;
  Copy desk(world), other(elsewhere);
  desk.begin();
  REQUIRE(desk.vault().set_passphrase("七月 吊装", Confidentiality::confidential, noon).has_value());
  desk.set_level();
  const auto events = desk.noted().size();
  const auto without = desk.bundle({});
  CHECK_FALSE(without.contains("Offer"));
  CHECK_FALSE(without.contains("offer.txt"));
  CHECK(desk.noted().size() == events);
  const auto with = desk.bundle({.locked = true, .now = noon});
  CHECK(with.contains("Offer"));
  CHECK_FALSE(with.contains("MARKER"));
  CHECK(desk.noted().back() == AccessEvent::exported);
  CHECK(desk.project().all<DocumentAccess>().at(events).document.id == desk.document().id);

  auto read = other.read(with);
  REQUIRE(read);
  const auto taken = other.workspace.take_in(*read, ui::ImportWay::new_project);
  other.settle();
  other.open(*taken);
  CHECK(other.vault().state() == ui::VaultState::locked);
  REQUIRE(other.vault().unlock("七月 吊装", noon).has_value());
  CHECK(opened_text(other.project(), other.version().id, field_of<DocumentVersion>(&DocumentVersion::content), other.version().content) == std::string(marker));
  CHECK(other.fetch(other.file().sha256) == std::string(marker) + " as a file");
  CHECK_FALSE(elsewhere.keeps(marker));
}

TEST_CASE("a copy that had it in the open gives up its past when the sealed form comes") {
  VaultWorld world, elsewhere;
  Copy desk(world), other(elsewhere);
  desk.begin();
  auto first = other.read(desk.bundle({}));
  const auto id = *other.workspace.take_in(*first, ui::ImportWay::new_project);
  other.settle();
  other.open(id);
  REQUIRE(desk.vault().set_passphrase("七月 吊装", Confidentiality::confidential, noon).has_value());
  desk.set_level();
  auto second = other.read(desk.bundle({.locked = true, .now = noon}));
  REQUIRE(other.workspace.take_in(*second, ui::ImportWay::merge).has_value());
  other.settle();
  CHECK(is_sealed(other.version().content));
  CHECK(other.vault().waiting() == 0);  // the text came sealed, and this copy has never logged it
  CHECK_FALSE(elsewhere.keeps(marker));  // also the state that was set aside before the merge is gone, without the passphrase
  CHECK_FALSE(elsewhere.disk.blobs.find(storage::sha256(std::string(marker) + " as a file")));

  REQUIRE(desk.vault().unlock("七月 吊装", noon).has_value());
  desk.edit([&](Transaction& change) { change.set(desk.version(), &DocumentVersion::content, std::string(marker) + " new"); });
  auto third = other.read(desk.bundle({.locked = true, .now = noon}));
  REQUIRE(other.workspace.take_in(*third, ui::ImportWay::merge).has_value());
  other.settle();
  CHECK_FALSE(elsewhere.keeps(marker));
}

TEST_CASE("what was written in the open at a copy that had not heard of the lock waits for the passphrase") {
  VaultWorld world, elsewhere;
  Copy desk(world), other(elsewhere);
  desk.begin();
  auto first = other.read(desk.bundle({}));
  const auto id = *other.workspace.take_in(*first, ui::ImportWay::new_project);
  other.settle();
  other.open(id);
  other.edit([&](Transaction& change) { change.set(other.version(), &DocumentVersion::content, std::string(marker) + " of the other"); });
  REQUIRE(desk.vault().set_passphrase("七月 吊装", Confidentiality::confidential, noon).has_value());
  desk.set_level();
  auto second = other.read(desk.bundle({.locked = true, .now = noon}));
  REQUIRE(other.workspace.take_in(*second, ui::ImportWay::merge).has_value());
  other.settle();
  CHECK(other.vault().waiting() > 0);
  CHECK(other.version().content == std::string(marker) + " of the other");  // nothing is lost
  CHECK(elsewhere.keeps(marker));
  REQUIRE(other.vault().unlock("七月 吊装", noon).has_value());
  other.settle();
  CHECK(other.vault().waiting() == 0);
  CHECK_FALSE(elsewhere.keeps(marker));
}
