#include <algorithm>
#include <cstdio>
#include <memory>
#include <print>

#include "app/cli/command.h"
#include "app/cli/terminal.h"
#include "app/model/type_names.h"
#include "storage/protection.h"

namespace pmo::cli {
namespace {

using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

File open(const std::string& path, const char* mode) { return {std::fopen(path.c_str(), mode), &std::fclose}; }

}  // namespace

Result<std::string> password(const Session& session, bool is_new) {
  if (auto given = environment("PMO_PASSWORD")) return std::move(*given);
  auto typed = typed_secret(session.text("cli.password"_key));
  if (typed.empty()) return fail("error.protection.wanted"_key);
  if (is_new && typed_secret(session.text("cli.password.again"_key)) != typed) return fail("error.protection.differs"_key);
  return typed;
}

Result<std::string> read_file(const std::string& path) {
  const auto file = open(path, "rb");
  if (!file) return fail("error.file.not_found"_key, {}, path);
  std::string bytes;
  char block[1 << 16];
  for (std::size_t got; (got = std::fread(block, 1, sizeof block, file.get())) > 0;) {
    bytes.append(block, got);
    if (bytes.size() > storage::largest_file)
      return fail("error.file.too_large"_key, {std::to_string(storage::largest_file >> 20)}, path);
  }
  return bytes;
}

Result<void> write_file(const std::string& path, std::string_view bytes) {
  auto file = open(path, "wb");
  if (!file || std::fwrite(bytes.data(), 1, bytes.size(), file.get()) != bytes.size())
    return fail("error.file.not_written"_key, {}, path);
  return {};
}

namespace {

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

}  // namespace

Result<storage::OpenedFile> open_whole(Session& session, const std::string& path) {
  const auto bytes = PMO_TRY(read_file(path));
  const auto word = storage::is_protected(bytes) ? PMO_TRY(password(session, false)) : std::string();
  auto opened = PMO_TRY(storage::open_file(path, bytes, product_schema(), session.actor, session.surroundings, word, PMO_TRY(table_wish(session))));
  for (const auto& note : opened.notes) std::println(stderr, "{}: {}", path, describe(note, session.language));
  return opened;
}

Result<std::unique_ptr<Project>> open_project(Session& session, const std::string& path) {
  return PMO_TRY(open_whole(session, path)).project;
}

}  // namespace pmo::cli
