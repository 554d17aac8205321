#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <memory>

#include "app/cli/command.h"
#include "app/cli/output.h"
#include "app/cli/terminal.h"
#include "app/model/type_names.h"
#include "storage/protection.h"

namespace pmo::cli {
namespace fs = std::filesystem;
namespace {

using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

File open(const std::string& path, const char* mode) { return {std::fopen(path.c_str(), mode), &std::fclose}; }

// A file as it lies on the disk: only what is asked for is read, so that archives may be larger than memory.
class OnDisk final : public Content {
 public:
  OnDisk(File file, std::uint64_t size) : file_(std::move(file)), size_(size) {}
  std::uint64_t size() const override { return size_; }
  void read(std::uint64_t from, std::uint64_t size, std::function<void(Result<std::string>)> got) const override {
    const auto start = std::min(from, size_);
    std::string bytes(static_cast<std::size_t>(std::min(size, size_ - start)), '\0');
    if (fseeko(file_.get(), static_cast<off_t>(start), SEEK_SET) != 0 || std::fread(bytes.data(), 1, bytes.size(), file_.get()) != bytes.size())
      return got(fail("error.file.unreadable"_key));
    got(std::move(bytes));
  }
  void tell(std::uint64_t, std::uint64_t, ContentPieces&) const override {}  // for browsers

 private:
  File file_;
  std::uint64_t size_;
};

Result<ContentPtr> on_disk(const std::string& path) {
  auto file = open(path, "rb");
  if (!file || fseeko(file.get(), 0, SEEK_END) != 0) return fail("error.file.not_found"_key, {}, path);
  const auto size = ftello(file.get());
  if (size < 0) return fail("error.file.not_found"_key, {}, path);
  return std::make_shared<OnDisk>(std::move(file), static_cast<std::uint64_t>(size));
}

// "name,duration,,custom": what the columns of a table are, and in which encoding it is.
Result<TableWish> table_wish(const Session& session) {
  TableWish wish;
  if (const auto columns = session.arguments.get("--columns")) {
    for (std::string_view rest = *columns;;) {
      const auto end = rest.find(',');
      wish.meanings.emplace_back(rest.substr(0, end));
      if (end == std::string_view::npos) break;
      rest.remove_prefix(end + 1);
    }
  }
  if (const auto name = session.arguments.get("--encoding")) {
    const auto& names = enum_names<TextEncoding>();
    const auto found = std::ranges::find(names, std::string_view(*name));
    if (found == names.end()) return fail("error.cli.value"_key, {"--encoding"});
    wish.encoding = static_cast<TextEncoding>(found - names.begin());
  }
  return wish;
}

Result<storage::OpenedFile> open_with(Session& session, const std::string& path, const ContentPtr& content, const std::string& word, const TableWish& wish) {
  Result<storage::OpenedFile> opened = fail("error.file.unreadable"_key, {}, path);
  storage::open_file(path, content, product_schema(), session.actor, session.surroundings, word, wish,
                     [&](Result<storage::OpenedFile> file) { opened = std::move(file); });
  return opened;
}

// A file beside the target, under a name that nobody has.
std::pair<File, fs::path> open_beside(const fs::path& target) {
  for (int attempt = 1;; ++attempt) {
    fs::path path = target.string() + ".new" + (attempt > 1 ? std::to_string(attempt) : "");
    auto file = open(path.string(), "wbx");
    if (file || errno != EEXIST) return {std::move(file), std::move(path)};
  }
}

bool write_all(std::FILE* file, const ContentPtr& content) {
  bool written = true;
  read_through(content, [&](std::string_view bytes) { written &= std::fwrite(bytes.data(), 1, bytes.size(), file) == bytes.size(); },
               [&](const Result<void>& read) { written &= read.has_value(); });
  return written && std::fflush(file) == 0;
}

}  // namespace

Result<std::string> password(const Session& session, bool is_new) {
  if (auto given = environment("PMO_PASSWORD"); given && !given->empty()) return std::move(*given);
  auto typed = typed_secret(session.text("cli.password"_key));
  if (typed.empty()) return fail("error.protection.wanted"_key);
  if (is_new && typed_secret(session.text("cli.password.again"_key)) != typed) return fail("error.protection.differs"_key);
  return typed;
}

Result<std::string> read_file(const std::string& path) {
  const auto content = PMO_TRY(on_disk(path));
  if (content->size() > storage::largest_file)
    return fail("error.file.too_large"_key, {std::to_string(storage::largest_file >> 20)}, path);
  Result<std::string> whole = fail("error.file.unreadable"_key, {}, path);
  read_whole(content, [&](Result<std::string> bytes) { whole = std::move(bytes); });
  return whole;
}

// What is written may be a part of the very file that it replaces, and the disk may be full: that file stays until the new
// one is there.
Result<void> write_file(const std::string& path, const ContentPtr& content) {
  std::error_code none;
  const bool replaces = fs::is_regular_file(path, none);
  const auto target = replaces ? fs::canonical(path, none) : fs::path(path);
  auto [file, made] = replaces ? open_beside(target) : std::pair(open(path, "wb"), target);
  if (!file) return fail("error.file.not_written"_key, {}, path);
  const bool written = write_all(file.get(), content);
  file.reset();
  std::error_code problem;
  if (written && replaces) fs::rename(made, target, problem);
  if (written && !problem) return {};
  if (fs::is_regular_file(made, none)) fs::remove(made, none);
  return fail("error.file.not_written"_key, {}, path);
}

Result<void> write_file(const std::string& path, std::string_view bytes) { return write_file(path, content_of(std::string(bytes))); }

Result<storage::OpenedFile> open_whole(Session& session, const std::string& path) {
  const auto content = PMO_TRY(on_disk(path));
  const auto wish = PMO_TRY(table_wish(session));
  auto opened = open_with(session, path, content, {}, wish);
  if (!opened && opened.error().message == "error.protection.wanted"_key) opened = open_with(session, path, content, PMO_TRY(password(session, false)), wish);
  if (!opened) return opened;
  for (const auto& note : opened->notes) tell_line(path + ": " + describe(note, session.language));
  return opened;
}

Result<std::unique_ptr<Project>> open_project(Session& session, const std::string& path) {
  return PMO_TRY(open_whole(session, path)).project;
}

}  // namespace pmo::cli
