// Files attached to records of a workspace: kept before the record is written, carried to a colleague, asked for again.
#include <doctest/doctest.h>

#include <utility>

#include "app/desks/workspace/stored_workspace.h"
#include "app/model/records/common.h"
#include "app/model/records/task.h"
#include "storage/bundle/zip.h"
#include "storage/digest.h"

using namespace pmo;

namespace {

// Keeps nothing: a browser without space.
class FullBlobs final : public storage::BlobStore {
 public:
  void put(const std::string&, ContentPtr, Done done) override { done(fail("error.attachment.not_kept"_key)); }
  void get(const std::string&, Got got) override { got(fail("error.attachment.missing"_key)); }
  void refer(const std::string&, const std::set<std::string>&) override {}
  void discard(const std::string&) override {}
  void collect() override {}
  void find_unused(std::function<void(bool)> found) override { found(false); }
};

template <class Blobs>
class HostOf final : public storage::DatabaseHost {
 public:
  void load(const std::string& name, std::function<void(Result<void>)> loaded) override { memory_.load(name, std::move(loaded)); }
  Result<storage::Database> open(const std::string& name) override { return memory_.open(name); }
  void unload(const std::string& name) override { memory_.unload(name); }
  void remove(const std::string& name) override { memory_.remove(name); }
  void list_names(std::function<void(storage::KeptNames)> listed) override { memory_.list_names(std::move(listed)); }
  storage::BlobStore& blobs() override { return blobs_; }
  storage::HostStatus status() const override { return memory_.status(); }
  void flush() override {}
  bool working() const override { return false; }

 private:
  storage::MemoryHost memory_;
  Blobs blobs_;
};

using FullHost = HostOf<FullBlobs>;

template <class Host>
struct AttachingOffice {
  FixedSurroundings surroundings;
  Host host;
  StoredWorkspace workspace{host, surroundings};
  explicit AttachingOffice(std::uint64_t seed) : surroundings(seed) {}

  Id begin() {
    const auto made = workspace.create({.name = "Bridge", .start = Minute::at(Day::of(2026, 3, 2), 480)});
    REQUIRE(made.has_value());
    REQUIRE(workspace.open(*made).has_value());
    Transaction change(*workspace.project(), "transaction.test"_key);
    const auto task = change.create<Task>([](Task& t) { t.name = "Survey"; }).id;
    REQUIRE(change.commit().has_value());
    return task;
  }
  Result<void> attach(Id record, const std::string& name, const std::string& bytes) {
    Result<void> done = fail("error.attachment.missing"_key);
    workspace.attached_files()->attach(record, name, "text/plain", content_of(bytes), [&](Result<void> answer) { done = std::move(answer); });
    return done;
  }
  Result<std::string> fetch(const std::string& content) {
    Result<std::string> got = fail("error.attachment.missing"_key);
    workspace.attached_files()->fetch(storage::sha256(content), [&](Result<ContentPtr> answer) {
      if (answer) read_whole(*answer, [&](Result<std::string> bytes) { got = std::move(bytes); });
      else got = std::unexpected(answer.error());
    });
    return got;
  }
  Result<ui::ExportedFile> exported(const ui::ExportWish& wish = {}) {
    Result<ui::ExportedFile> file = fail("error.attachment.missing"_key);
    workspace.export_bundle(wish, [&](Result<ui::ExportedFile> written) { file = std::move(written); });
    return file;
  }
};

Result<std::unique_ptr<ui::PendingImport>> read_in(ui::WorkspacePort& workspace, const ui::ExportedFile& file, const std::string& password = {}) {
  Result<std::unique_ptr<ui::PendingImport>> read = fail("error.file.unreadable"_key);
  workspace.read(file.name, file.content, password, {}, [&](Result<std::unique_ptr<ui::PendingImport>> answer) { read = std::move(answer); });
  return read;
}

// So large a file that is nowhere.
class Huge final : public Content {
 public:
  std::uint64_t size() const override { return storage::largest_attachment + 1; }
  void read(std::uint64_t, std::uint64_t, std::function<void(Result<std::string>)> got) const override { got(fail("error.file.unreadable"_key)); }
  void tell(std::uint64_t, std::uint64_t, ContentPieces&) const override {}
};

// Is read later.
class Late final : public Content {
 public:
  explicit Late(std::string bytes) : bytes_(std::move(bytes)) {}
  std::uint64_t size() const override { return bytes_.size(); }
  void read(std::uint64_t, std::uint64_t, std::function<void(Result<std::string>)> got) const override { waiting_ = std::move(got); }
  void tell(std::uint64_t, std::uint64_t, ContentPieces&) const override {}
  void arrive() const { std::exchange(waiting_, nullptr)(bytes_); }

 private:
  std::string bytes_;
  mutable std::function<void(Result<std::string>)> waiting_;
};

// Has room for a hundred bytes.
class SmallBlobs final : public storage::BlobStore {
 public:
  void put(const std::string& hash, ContentPtr content, Done done) override { kept_.put(hash, std::move(content), std::move(done)); }
  void get(const std::string& hash, Got got) override { kept_.get(hash, std::move(got)); }
  void refer(const std::string& project, const std::set<std::string>& contents) override { kept_.refer(project, contents); }
  void collect() override {}
  void find_unused(std::function<void(bool)> found) override { found(false); }
  void discard(const std::string& hash) override { kept_.discard(hash); }
  void room(std::function<void(std::optional<std::uint64_t>)> told) override { told(100); }

 private:
  storage::MemoryBlobs kept_;
};

using Kept = AttachingOffice<storage::MemoryHost>;

std::string word_file(const std::string& words) {
  std::string file;
  storage::write_zip({{"word/document.xml", content_of("<w:document><w:p><w:r><w:t>" + words + "</w:t></w:r></w:p></w:document>")}},
                     [&](const Result<ContentPtr>& written) { read_whole(*written, [&](Result<std::string> bytes) { file = *bytes; }); });
  return file;
}

}  // namespace

TEST_CASE("the text of an attached file is kept with the record, so that the search finds it; of other files nothing is") {
  AttachingOffice<storage::MemoryHost> office(5);
  const Id task = office.begin();
  REQUIRE(office.attach(task, "soil.html", "<p>Groundwater rises</p>").has_value());
  const auto& attached = office.workspace.project()->all<Attachment>();
  REQUIRE(attached.size() == 1);
  CHECK(attached.at(0).extracted_text == "Groundwater rises ");
  REQUIRE(office.attach(task, "large.txt", std::string((1 << 20) + 1, 'a')).has_value());
  CHECK(attached.at(1).extracted_text.empty());
}

TEST_CASE("the text of an office file is kept, too; one that cannot be read is attached all the same, and the user is told") {
  Kept office(10);
  const Id task = office.begin();
  REQUIRE(office.attach(task, "soil.docx", word_file("Groundwater rises")).has_value());
  const auto& attached = office.workspace.project()->all<Attachment>();
  REQUIRE(attached.size() == 1);
  CHECK(attached.at(0).extracted_text == "Groundwater rises\n");
  CHECK(office.workspace.store()->search("Groundwater").value().size() == 1);
  while (office.workspace.take_error()) {}  // of the opening
  REQUIRE(office.attach(task, "locked.docx", "no archive").has_value());
  REQUIRE(attached.size() == 2);
  const auto told = office.workspace.take_error();
  REQUIRE(told);
  CHECK(told->message == "attachments.no_text"_key);
  CHECK(office.fetch("no archive").value() == "no archive");
}

TEST_CASE("files that were attached before the search knew of their kind are read when the project is opened, and that is no edit") {
  Kept office(11);
  const Id task = office.begin(), project = office.workspace.project_id();
  const auto as_earlier = [&](const std::string& name, const std::string& content, bool is_here) {
    if (is_here) office.host.blobs().put(storage::sha256(content), content_of(content), [](Result<void>) {});
    Transaction change(*office.workspace.project(), "transaction.test"_key);
    change.create<Attachment>([&](Attachment& made) {
      made.record = {task};
      made.file_name = name;
      made.size = static_cast<std::int64_t>(content.size());
      made.sha256 = storage::sha256(content);
    });
    REQUIRE(change.commit().has_value());
  };
  as_earlier("soil.docx", word_file("Groundwater rises"), true);
  as_earlier("elsewhere.docx", word_file("Of a colleague"), false);
  as_earlier("broken.docx", "no archive", true);
  as_earlier("photo.jpg", "no text", true);
  const auto open_again = [&] {
    office.workspace.close();
    REQUIRE(office.workspace.open(project).has_value());
    return office.workspace.project()->journal().since({}).value();
  };
  const auto before = office.workspace.project()->journal().since({}).value().size();
  const auto after = open_again();
  CHECK(after.size() == before);
  const auto text_of = [&](std::string_view name) {
    const auto& all = office.workspace.project()->all<Attachment>();
    return (*std::ranges::find(all, name, &Attachment::file_name)).extracted_text;
  };
  CHECK(text_of("soil.docx") == "Groundwater rises\n");
  CHECK(text_of("elsewhere.docx").empty());
  CHECK(text_of("broken.docx") == "\n");  // it is not read again
  CHECK(text_of("photo.jpg").empty());
  CHECK(office.workspace.store()->search("Groundwater").value().size() == 1);
  const auto& all = office.workspace.project()->all<Attachment>();
  for (const Attachment& file : all) CHECK(file.last_written() == file.created);
  open_again();
  CHECK(text_of("soil.docx") == "Groundwater rises\n");
}

TEST_CASE("a file is attached, undone and done again, and its content stays") {
  Kept office(1);
  const auto task = office.begin();
  const std::string content("bytes\0and more", 14);
  REQUIRE(office.attach(task, "图纸.txt", content).has_value());
  const auto& attached = office.workspace.project()->all<Attachment>();
  REQUIRE(attached.size() == 1);
  CHECK(attached.at(0).record.id == task);
  CHECK(attached.at(0).file_name == "图纸.txt");
  CHECK(attached.at(0).size == 14);
  CHECK(office.fetch(content).value() == content);
  REQUIRE(office.workspace.project()->undo().has_value());
  CHECK(office.workspace.project()->all<Attachment>().empty());
  REQUIRE(office.workspace.project()->redo().has_value());
  CHECK(office.fetch(content).value() == content);
}

TEST_CASE("no record is made for a content that could not be kept, or is too large") {
  AttachingOffice<FullHost> full(2);
  CHECK(full.attach(full.begin(), "a.txt", "a").error().message == "error.attachment.not_kept"_key);
  CHECK(full.workspace.project()->all<Attachment>().empty());

  Kept office(3);
  const auto task = office.begin();
  Result<void> huge;
  office.workspace.attached_files()->attach(task, "b.iso", "", std::make_shared<Huge>(), [&](Result<void> answer) { huge = std::move(answer); });
  CHECK(huge.error().message == "error.attachment.too_large"_key);
  CHECK(office.attach(Id{7, 7}, "c.txt", "c").error().message == "error.workspace.open_first"_key);
  CHECK(office.workspace.project()->all<Attachment>().empty());
}

TEST_CASE("a project that was closed while a file was read gets none") {
  Kept office(8);
  const auto task = office.begin();
  const auto late = std::make_shared<Late>("Groundwater");
  Result<void> done;
  office.workspace.attached_files()->attach(task, "late.txt", "text/plain", late, [&](Result<void> answer) { done = std::move(answer); });
  office.workspace.close();
  late->arrive();
  REQUIRE_FALSE(done.has_value());
  CHECK(done.error().message == "error.workspace.open_first"_key);
}

TEST_CASE("whether there is room for both copies is asked before anything is written") {
  AttachingOffice<HostOf<SmallBlobs>> office(4);
  const auto task = office.begin();
  CHECK(office.attach(task, "a.txt", std::string(50, 'a')).has_value());
  const auto refused = office.attach(task, "b.txt", std::string(51, 'b'));
  CHECK(refused.error().message == "error.attachment.no_room"_key);
  CHECK(office.workspace.project()->all<Attachment>().size() == 1);
}

TEST_CASE("attached files travel in a bundle, to a new project and into a merge") {
  Kept sender(4), receiver(5);
  const auto task = sender.begin();
  REQUIRE(sender.attach(task, "first.txt", "first").has_value());
  const auto take_in = [&](ui::ImportWay way, const ui::ExportWish& wish) {
    auto import = read_in(receiver.workspace, sender.exported(wish).value(), wish.password);
    REQUIRE(import.has_value());
    const auto taken = receiver.workspace.take_in(**import, way);
    REQUIRE(taken.has_value());
    REQUIRE(receiver.workspace.open(*taken).has_value());
  };
  take_in(ui::ImportWay::new_project, {.password = "五月"});
  CHECK(receiver.fetch("first").value() == "first");

  REQUIRE(sender.attach(task, "second.txt", "second").has_value());
  take_in(ui::ImportWay::merge, {.attachments = false});
  CHECK(receiver.workspace.project()->all<Attachment>().size() == 2);
  CHECK(receiver.fetch("second").error().message == "error.attachment.missing"_key);
  take_in(ui::ImportWay::merge, {});  // the content comes later
  CHECK(receiver.fetch("second").value() == "second");
}

TEST_CASE("an export names the attached files whose contents are not here") {
  Kept sender(9), receiver(10);
  REQUIRE(sender.attach(sender.begin(), "first.txt", "first").has_value());
  CHECK(sender.exported().value().notes.empty());
  auto import = read_in(receiver.workspace, sender.exported({.attachments = false}).value());
  REQUIRE(import.has_value());
  const auto taken = receiver.workspace.take_in(**import, ui::ImportWay::new_project);
  REQUIRE(taken.has_value());
  REQUIRE(receiver.workspace.open(*taken).has_value());
  const auto file = receiver.exported().value();
  REQUIRE(file.notes.size() == 1);
  CHECK(file.notes[0].message == "export.contents_missing"_key);
  CHECK(file.notes[0].arguments == std::vector<std::string>{"1", "first.txt"});
  CHECK(receiver.exported({.attachments = false}).value().notes.empty());
}

TEST_CASE("an import whose contents cannot be kept changes nothing") {
  Kept sender(6);
  REQUIRE(sender.attach(sender.begin(), "first.txt", "first").has_value());
  AttachingOffice<FullHost> full(7);
  auto import = read_in(full.workspace, sender.exported().value());
  REQUIRE(import.has_value());
  CHECK(full.workspace.take_in(**import, ui::ImportWay::new_project).error().message == "error.attachment.not_kept"_key);
  CHECK(full.workspace.projects().empty());
}

TEST_CASE("removing a project gives up its contents, but not those of another") {
  Kept office(8);
  const auto first = office.begin();
  const auto project = office.workspace.project_id();
  REQUIRE(office.attach(first, "a.txt", "shared").has_value());
  REQUIRE(office.attach(first, "b.txt", "own").has_value());
  const auto second = office.begin();
  REQUIRE(office.attach(second, "c.txt", "shared").has_value());
  REQUIRE(office.workspace.remove(project).has_value());
  auto& blobs = static_cast<storage::MemoryBlobs&>(office.host.blobs());
  blobs.now = [] { return storage::attachment_grace + 10; };
  blobs.refer("nobody", {});  // the clock is set; what was put before is older than the grace
  blobs.collect();
  CHECK(office.fetch("shared").has_value());
  CHECK(office.fetch("own").error().message == "error.attachment.missing"_key);
}

TEST_CASE("what nobody seems to refer to is collected only after every project has been asked") {
  Kept office(9);
  REQUIRE(office.attach(office.begin(), "a.txt", "needed").has_value());
  const auto project = office.workspace.project_id();
  office.begin();
  const auto other = office.workspace.project_id();
  auto& blobs = static_cast<storage::MemoryBlobs&>(office.host.blobs());
  blobs.put(storage::sha256("loose"), content_of("loose"), [](Result<void>) {});
  blobs.refer(project.text(), {});  // what it had told is lost
  blobs.now = [] { return storage::attachment_grace + 10; };
  office.workspace.close();
  StoredWorkspace later(office.host, office.surroundings);
  CHECK(blobs.size() == 2);  // nothing goes before a project has been opened
  REQUIRE(later.open(other).has_value());
  CHECK(office.fetch("needed").value() == "needed");
  CHECK(office.fetch("loose").error().message == "error.attachment.missing"_key);
}
