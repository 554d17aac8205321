// Locked documents in a stored project: what is written, what a merge makes of it, and that nothing stays in the open.
#include <doctest/doctest.h>

#include "app/model/access_log.h"
#include "app/model/history.h"
#include "app/model/merge.h"
#include "app/model/records/common.h"
#include "app/model/records/project_settings.h"
#include "app/model/records/vault.h"
#include "storage/bundle/bundle.h"
#include "storage/file_forms.h"
#include "storage/project_store.h"
#include "storage/vault.h"

using namespace pmo;
using namespace pmo::storage;

namespace {

constexpr Id vault_id{5, 5};
constexpr std::string_view marker = "MARKER-绝密-并购价格";

// A copy of one project at one desk.
struct SealingCopy {
  FixedSurroundings surroundings;
  Database database = Database::open(":memory:").value();
  Project project;
  std::unique_ptr<ProjectStore> store;
  OpenVault key;

  SealingCopy(Id actor, std::uint64_t seed) : surroundings(seed, 1'704'067'200'000 + seed), project(product_schema(), actor, surroundings) {
    store = ProjectStore::open(database, project).value();
    FixedSurroundings drawn(99);  // the same data key at every desk
    key.make(vault_id, drawn);
  }
  void unlock() { project.set_content_key(&key); }
  void lock() { project.set_content_key(nullptr); }
  Result<std::size_t> seal() {
    const auto count = store->seal(key);
    REQUIRE(store->write_anew());
    return count;
  }

  template <class Edit>
  Result<Commit> change(Edit&& edit) {
    Transaction change(project, "transaction.test"_key);
    edit(change);
    return change.commit();
  }
  const Document& document() { return project.all<Document>().at(0); }
  const DocumentVersion& version() { return project.all<DocumentVersion>().at(0); }
  Result<Commit> write(std::string text) {
    return change([&](Transaction& edit) { edit.set(version(), &DocumentVersion::content, text); });
  }
  Result<Commit> set_level(Confidentiality level = Confidentiality::secret) {
    return change([&](Transaction& edit) { edit.set(document(), &Document::confidentiality, level); });
  }
  Result<std::string> read() {
    return opened_text(project, version().id, field_of<DocumentVersion>(&DocumentVersion::content), version().content);
  }
  bool holds(std::string_view text) { return database.image().value().contains(text); }
  void take(const SealingCopy& other) {
    const auto text = write_bundle(other.project, {.confidential = true, .locked = true});
    const auto bundle = read_bundle(text, product_schema(), project.actor(), surroundings);
    REQUIRE(bundle.has_value());
    REQUIRE(merge(project, *bundle->project, "transaction.import"_key).has_value());
  }
};

// With a vault, locked from confidential, and an open document that says the marker, in the second form of its text.
void fill_sealed(SealingCopy& copy) {
  REQUIRE(copy.change([&](Transaction& change) {
    change.create<ProjectSettings>([](ProjectSettings& p) { p.name = "并购"; p.locked_from = Confidentiality::confidential; });
    static_cast<Vault&>(change.create_record(register_of<Vault>(), vault_id)).wrapped_key = "wrapped";
    const auto& document = change.create<Document>([](Document& d) { d.title = "报价"; });
    change.create<DocumentVersion>([&](DocumentVersion& v) { v.document = {document.id}; v.version = "1"; v.content = std::string(marker) + " first"; });
  }));
  REQUIRE(copy.write(std::string(marker) + " second"));
}

std::vector<std::string> contents(SealingCopy& copy) {
  std::vector<std::string> all;
  const auto commits = copy.project.journal().since({});
  for (const auto& commit : *commits)
    for (const auto& change : commit.changes)
      for (const auto* value : {&change.before, &change.after})
        if (const auto* text = std::get_if<std::string>(value)) all.push_back(*text);
  return all;
}

}  // namespace

TEST_CASE("without the passphrase nothing is written into a locked document, and no open one is raised") {
  SealingCopy copy({1, 1}, 1);
  fill_sealed(copy);
  CHECK(copy.set_level().error().message == "error.vault.locked"_key);
  CHECK(copy.document().confidentiality == Confidentiality::internal);
  copy.unlock();
  REQUIRE(copy.set_level());
  REQUIRE(copy.seal());
  copy.lock();
  CHECK(copy.write("plain").error().message == "error.vault.locked"_key);
  CHECK(is_sealed(copy.version().content));
  CHECK(copy.read().error().message == "error.vault.locked"_key);
  const auto made = copy.change([&](Transaction& change) {
    change.create<DocumentVersion>([&](DocumentVersion& v) { v.document = {copy.document().id}; v.version = "2"; v.content = "plain"; });
  });
  CHECK(made.error().message == "error.vault.locked"_key);
  CHECK(copy.project.all<DocumentVersion>().size() == 1);
}

TEST_CASE("the longest text can be locked, written while it is, and mailed; a longer one is refused, locked or not") {
  SealingCopy anna({1, 1}, 15), bo({2, 2}, 16);
  fill_sealed(anna);
  anna.unlock();
  const std::string longest(1'000'000, 'a');
  REQUIRE(anna.write(longest));
  CHECK(anna.write(longest + "bbb").error().message == "error.field.too_long"_key);
  REQUIRE(anna.set_level());
  REQUIRE(anna.seal());
  REQUIRE(anna.write("b" + longest.substr(1)));
  CHECK(anna.write(longest + "bbb").error().message == "error.field.too_long"_key);
  bo.take(anna);
  bo.unlock();
  CHECK(bo.read() == "b" + longest.substr(1));
}

TEST_CASE("a document with a file that is too large to be sealed is not raised, nor the level lowered over it") {
  SealingCopy copy({1, 1}, 3);
  fill_sealed(copy);
  const std::string hash(64, 'a');
  const auto attach = [&](std::int64_t size) {
    REQUIRE(copy.change([&](Transaction& change) {
      change.create<Attachment>([&](Attachment& a) { a.record = {copy.document().id}; a.file_name = "model.ifc"; a.size = size; a.sha256 = hash; });
    }));
  };
  attach(largest_sealed_file + 1);
  copy.unlock();
  const auto raised = copy.set_level();
  REQUIRE_FALSE(raised);
  CHECK(raised.error().message == "error.vault.too_large_to_lock"_key);
  CHECK(raised.error().arguments == std::vector<std::string>{"100", "model.ifc"});
  CHECK(copy.document().confidentiality == Confidentiality::internal);
  const auto lowered = copy.change([&](Transaction& change) {
    change.set(copy.project.all<ProjectSettings>().at(0), &ProjectSettings::locked_from, std::optional(Confidentiality::internal));
  });
  CHECK(lowered.error().message == "error.vault.too_large_to_lock"_key);
  REQUIRE(copy.change([&](Transaction& change) { change.erase(copy.project.all<Attachment>().at(0)); }));
  attach(largest_sealed_file);
  CHECK(copy.set_level());
}

TEST_CASE("what a file of a locked document says is kept sealed, and without the key not at all") {
  SealingCopy copy({1, 1}, 4);
  fill_sealed(copy);
  copy.unlock();
  REQUIRE(copy.set_level());
  REQUIRE(copy.change([&](Transaction& change) {
    change.create<Attachment>([&](Attachment& a) { a.record = {copy.document().id}; a.file_name = "offer.docx"; a.sha256 = sealed_address(std::string(64, 'a')); });
  }));
  const Attachment& file = copy.project.all<Attachment>().at(0);
  copy.lock();
  REQUIRE(copy.store->keep_texts({{file.id, std::string(marker)}}));
  CHECK(file.extracted_text.empty());
  copy.unlock();
  REQUIRE(copy.store->keep_texts({{file.id, std::string(marker)}}));
  CHECK(is_sealed(file.extracted_text));
  CHECK(opened_text(copy.project, file.id, field_of<Attachment>(&Attachment::extracted_text), file.extracted_text).value() == marker);
}

TEST_CASE("raising a document leaves its text nowhere in the database: records, change log, index, free pages") {
  SealingCopy copy({1, 1}, 2);
  fill_sealed(copy);
  REQUIRE(copy.store->search("并购价格")->size() == 1);
  REQUIRE(copy.holds(marker));
  copy.unlock();
  REQUIRE(copy.set_level());
  CHECK(copy.store->count_open().value() > 0);
  CHECK(copy.seal().value() > 0);
  CHECK(copy.store->count_open() == 0u);
  CHECK_FALSE(copy.holds(marker));
  CHECK_FALSE(copy.holds("绝密"));
  CHECK(copy.store->search("并购价格")->empty());
  CHECK(copy.database.check().has_value());
  CHECK(copy.store->past_to_forget());
  REQUIRE(copy.store->past_is_forgotten());
  CHECK_FALSE(copy.store->past_to_forget());
  CHECK(copy.read() == std::string(marker) + " second");
  CHECK(copy.seal() == 0u);  // nothing left to do

  REQUIRE(copy.write(std::string(marker) + " third"));  // what comes later is sealed before it is written
  CHECK_FALSE(copy.holds(marker));
  REQUIRE(copy.change([&](Transaction& change) {
    change.create<DocumentVersion>([&](DocumentVersion& v) { v.document = {copy.document().id}; v.version = "2"; v.content = std::string(marker); });
  }));
  CHECK_FALSE(copy.holds(marker));
  CHECK(copy.store->count_open() == 0u);

  Project again(product_schema(), {1, 1}, copy.surroundings);
  const auto reopened = ProjectStore::open(copy.database, again);
  REQUIRE(reopened.has_value());
  CHECK(is_sealed(again.all<DocumentVersion>().at(0).content));
}

TEST_CASE("undo and redo go through sealed history and bring no text back into the open") {
  SealingCopy copy({1, 1}, 3);
  fill_sealed(copy);
  copy.unlock();
  REQUIRE(copy.set_level());
  REQUIRE(copy.seal());
  REQUIRE(copy.write("later"));
  REQUIRE(copy.project.undo());
  CHECK(copy.read() == std::string(marker) + " second");
  REQUIRE(copy.project.undo());  // the level
  CHECK(copy.document().confidentiality == Confidentiality::internal);
  CHECK(is_sealed(copy.version().content));
  copy.lock();
  REQUIRE(copy.project.undo());  // the text before, in its envelope
  copy.unlock();
  CHECK(copy.read() == std::string(marker) + " first");
  for (int i = 0; i < 3; ++i) REQUIRE(copy.project.redo());
  CHECK(copy.read() == "later");
  CHECK_FALSE(copy.holds(marker));
  for (const auto& text : contents(copy)) CHECK_FALSE(text.contains("MARKER"));
}

TEST_CASE("lowering a document with the passphrase opens its text again; undone, it is sealed") {
  SealingCopy copy({1, 1}, 4);
  fill_sealed(copy);
  copy.unlock();
  REQUIRE(copy.set_level());
  REQUIRE(copy.seal());
  REQUIRE(copy.set_level(Confidentiality::open));
  CHECK(copy.version().content == std::string(marker) + " second");
  REQUIRE(copy.project.undo());
  CHECK(copy.document().confidentiality == Confidentiality::secret);
  CHECK(is_sealed(copy.version().content));
  CHECK(copy.store->count_open().value() > 0);  // in the change log
  REQUIRE(copy.seal());
  CHECK_FALSE(copy.holds(marker));
  REQUIRE(copy.project.redo());
  CHECK(is_sealed(copy.version().content));  // only the level: what was sealed stays sealed
}

TEST_CASE("what somebody without the passphrase has lowered stays sealed until somebody with it lowers it") {
  SealingCopy anna({1, 1}, 12), bo({2, 2}, 13);
  fill_sealed(anna);
  anna.unlock();
  REQUIRE(anna.set_level());
  REQUIRE(anna.seal());
  bo.take(anna);
  REQUIRE(bo.set_level(Confidentiality::open));
  anna.take(bo);
  REQUIRE(anna.change([](Transaction& change) {
    const auto& other = change.create<Document>([](Document& d) { d.title = "other"; d.confidentiality = Confidentiality::secret; });
    change.create<DocumentVersion>([&](DocumentVersion& v) { v.document = {other.id}; v.version = "1"; v.content = "of the other"; });
    change.set(other, &Document::confidentiality, Confidentiality::open);
  }));
  CHECK(is_sealed(anna.version().content));
  CHECK_FALSE(anna.holds(marker));
  REQUIRE(anna.set_level());
  REQUIRE(anna.set_level(Confidentiality::open));
  CHECK(anna.version().content == std::string(marker) + " second");
}

TEST_CASE("the same text written again is no edit, although it is sealed anew") {
  SealingCopy copy({1, 1}, 14);
  fill_sealed(copy);
  copy.unlock();
  REQUIRE(copy.set_level());
  REQUIRE(copy.seal());
  const auto steps = copy.project.undo_steps().size();
  const auto stamp = copy.version().last_written();
  REQUIRE(copy.write(std::string(marker) + " second"));
  CHECK(copy.project.undo_steps().size() == steps);
  CHECK(copy.version().last_written() == stamp);
  CHECK(is_sealed(copy.version().content));
}

TEST_CASE("a calendar file says nothing of locked documents") {
  SealingCopy copy({1, 1}, 15);
  fill_sealed(copy);
  copy.unlock();
  REQUIRE(copy.change([&](Transaction& change) { change.set(copy.document(), &Document::review_due, std::optional(Day::of(2026, 5, 4))); }));
  CHECK(form_of("x.ics")->write(copy.project, {}).bytes.contains("报价"));
  REQUIRE(copy.set_level());
  CHECK_FALSE(form_of("x.ics")->write(copy.project, {}).bytes.contains("报价"));
  CHECK(form_of("x.ics")->write(copy.project, {.locked = true}).bytes.contains("报价"));
}

TEST_CASE("the import that brought the key is undone, and the key stays") {
  SealingCopy anna({1, 1}, 16), bo({2, 2}, 17);
  fill_sealed(anna);
  bo.take(anna);
  REQUIRE(bo.project.undo());
  CHECK(bo.project.all<Document>().empty());
  REQUIRE(bo.project.all<Vault>().size() == 1);
  CHECK(bo.project.all<Vault>().at(0).wrapped_key == "wrapped");
}

TEST_CASE("copies that seal on their own agree byte for byte") {
  SealingCopy anna({1, 1}, 5), bo({2, 2}, 6);
  fill_sealed(anna);
  bo.take(anna);
  anna.unlock();
  REQUIRE(anna.set_level());
  REQUIRE(anna.seal());
  CHECK_FALSE(bo.store->past_to_forget());
  bo.take(anna);  // the form that is sealed stands, though it has the same stamp
  CHECK(bo.store->past_to_forget());
  CHECK(is_sealed(bo.version().content));
  CHECK(bo.version().content == anna.version().content);
  CHECK(bo.store->count_open().value() > 0);  // the change log of this copy waits for the passphrase
  CHECK(bo.holds(marker));
  bo.unlock();
  REQUIRE(bo.seal());
  CHECK_FALSE(bo.holds(marker));
  CHECK(revision_of(anna.project) == revision_of(bo.project));
  anna.take(bo);
  CHECK(revision_of(anna.project) == revision_of(bo.project));
}

TEST_CASE("two edits of a locked text conflict as envelopes; one made in the open is sealed when the passphrase is there") {
  SealingCopy anna({1, 1}, 7), bo({2, 2}, 8);
  fill_sealed(anna);
  bo.take(anna);
  REQUIRE(bo.write(std::string(marker) + " of Bo"));  // has not heard of the level yet
  anna.unlock();
  REQUIRE(anna.set_level());
  REQUIRE(anna.seal());
  REQUIRE(anna.write("of Anna"));
  anna.take(bo);
  REQUIRE(anna.project.conflicts().size() == 1);
  REQUIRE(anna.seal());
  CHECK_FALSE(anna.holds(marker));
  bo.take(anna);
  CHECK(bo.store->count_open().value() > 0);
  bo.unlock();
  REQUIRE(bo.seal());
  CHECK_FALSE(bo.holds(marker));
  CHECK(revision_of(anna.project) == revision_of(bo.project));
  REQUIRE(bo.project.conflicts().size() == 1);
  CHECK(anna.project.conflicts() == bo.project.conflicts());
  const auto conflict = anna.project.conflicts().front();
  std::set<std::string> said;
  for (const auto* value : {&conflict.winning, &conflict.losing})
    said.insert(opened_text(anna.project, conflict.record, *conflict.field, std::get<std::string>(*value)).value());
  CHECK(said == std::set<std::string>{"of Anna", std::string(marker) + " of Bo"});
  anna.lock();
  REQUIRE(anna.change([&](Transaction& change) { CHECK(decide(change, conflict, conflict.losing)); }));  // also while it is locked
  CHECK(anna.version().content == std::get<std::string>(conflict.losing));
}

TEST_CASE("locked documents stay out of a bundle, with all that is part of them, and the bundle says so") {
  SealingCopy anna({1, 1}, 9), bo({2, 2}, 10);
  fill_sealed(anna);
  anna.unlock();
  REQUIRE(anna.set_level());
  REQUIRE(anna.seal());
  REQUIRE(note_access(anna.project, AccessEvent::opened, {{anna.document().id}}, Minute{}));
  const auto envelope = anna.version().content;
  const auto without = write_bundle(anna.project, {.confidential = true});
  CHECK_FALSE(without.contains("报价"));
  CHECK_FALSE(without.contains(envelope));
  CHECK_FALSE(without.contains(anna.version().id.text()));
  auto part = read_bundle(without, product_schema(), {2, 2}, bo.surroundings);
  REQUIRE(part.has_value());
  CHECK(part->project->all<Document>().empty());
  CHECK(part->project->all<DocumentAccess>().empty());
  CHECK_FALSE(part->project->lacking().empty());
  copy_records(*part->project, bo.project);
  REQUIRE(bo.store->write_all());
  CHECK_FALSE(bo.holds("报价"));

  const auto with = write_bundle(anna.project, {.confidential = true, .locked = true});
  CHECK(with.contains(envelope));
  CHECK_FALSE(with.contains("MARKER"));
  bo.take(anna);
  CHECK(bo.read().error().message == "error.vault.locked"_key);
  bo.unlock();
  CHECK(bo.read() == std::string(marker) + " second");
  CHECK(bo.project.lacking().empty());
}

TEST_CASE("what the vault writes is logged and never undone, and a wrapped key is in no log") {
  SealingCopy copy({1, 1}, 11);
  fill_sealed(copy);
  const auto steps = copy.project.undo_steps().size();
  Transaction change(copy.project, "transaction.passphrase"_key);
  change.never_undone();
  change.set(copy.project.all<Vault>().at(0), &Vault::wrapped_key, std::string("wrapped anew"));
  REQUIRE(change.commit());
  CHECK(copy.project.undo_steps().size() == steps);
  for (const auto& text : contents(copy)) CHECK_FALSE(text.contains("wrapped"));
  REQUIRE(copy.project.undo());
  CHECK(copy.project.all<Vault>().at(0).wrapped_key == "wrapped anew");
  Project again(product_schema(), {1, 1}, copy.surroundings);
  REQUIRE(ProjectStore::open(copy.database, again).has_value());
  CHECK(again.undo_steps().size() == steps - 1);
  const auto text = write_bundle(copy.project, {.confidential = true});
  CHECK_FALSE(text.contains("\"origin\":\"vault\""));
  CHECK(read_bundle(text, product_schema(), {3, 3}, copy.surroundings).has_value());
}
