// The command line's own frame: what a command gets, and the table of commands.
//
// Exit status: 0 done, 1 it failed, 2 it was not called rightly. Errors of the second kind are those named error.cli.*.
#pragma once

#include <limits>
#include <map>
#include <optional>

#include "app/model/project.h"
#include "app/words/words.h"
#include "storage/open_file.h"

namespace pmo::cli {

// "schedule FILE --json --level": positional arguments, flags and options with a value.
struct Arguments {
  std::vector<std::string> files;                // in order
  std::map<std::string, std::string> options;    // "--seed" -> "7"; flags have an empty value

  bool has(const std::string& name) const { return options.contains(name); }
  std::optional<std::string> get(const std::string& name) const;
  struct Range {
    std::int64_t least = std::numeric_limits<std::int64_t>::min(), most = std::numeric_limits<std::int64_t>::max();
  };
  Result<std::int64_t> integer(const std::string& name, std::int64_t otherwise, Range range) const;
};

struct Session {
  Arguments arguments;
  Language language = Language::english;
  SystemSurroundings surroundings;
  Id actor;  // of this run

  bool json() const { return arguments.has("--json"); }
  std::string text(Key key, std::vector<std::string> values = {}) const { return phrase(key, values, language); }
};

struct Command {
  std::string_view name;
  Key help;                           // one line: how it is called and what it does
  std::size_t least_files, most_files;
  std::vector<std::string> options;   // those it knows; one with a value ends with "="
  Result<void> (*run)(Session&);
};

std::span<const Command> commands();

Result<std::string> read_file(const std::string& path);
Result<void> write_file(const std::string& path, std::string_view bytes);
Result<void> write_file(const std::string& path, const ContentPtr& content);
// A file with the contents of its attachments. A protected one is opened with PMO_PASSWORD, or the user is asked.
Result<storage::OpenedFile> open_whole(Session& session, const std::string& path);
// PMO_PASSWORD, or what the user types; a new one is asked for twice.
Result<std::string> password(const Session& session, bool is_new);
Result<std::unique_ptr<Project>> open_project(Session& session, const std::string& path);

// Minor units of the project's currency in one unit.
double money_scale(const Project& project);

// The commands, one file each.
Result<void> list_registers(Session& session);
Result<void> print_schema(Session& session);
Result<void> validate(Session& session);
Result<void> convert(Session& session);
Result<void> merge_files(Session& session);
Result<void> part(Session& session);
Result<void> changes(Session& session);
Result<void> schedule_file(Session& session);
Result<void> sample(Session& session);
Result<void> level(Session& session);
Result<void> simulate(Session& session);
Result<void> earned_value(Session& session);

}  // namespace pmo::cli
