// Bundles as they were written once and lie in mailboxes: what reading each gives stays what outcomes.txt says. A file
// there is never changed; a new form of the format gets a new file.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "app/model/describe_record.h"
#include "app/model/merge.h"
#include "app/model/records/risk.h"
#include "app/model/records/task.h"
#include "storage/bundle/bundle.h"
#include "storage/bundle/json_value.h"
#include "storage/open_file.h"
#include "storage/protection.h"

using namespace pmo;
using namespace pmo::storage;
namespace fs = std::filesystem;

namespace {

const fs::path folder = "tests/fixtures/bundles";

std::string content_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return std::move(text).str();
}

std::string told(const Error& error) {
  std::string text(error.message.name);
  for (const auto& argument : error.arguments) text += " " + argument;
  return text;
}

// What the file holds, in lines.
std::string outcome(const std::string& file) {
  FixedSurroundings surroundings;
  std::string plain = file, lines;
  if (is_protected(file)) {
    lines += "  protected\n";
    plain = *unprotect(file, "五月 steel");
  }
  const auto read = open_file("fixture", plain, product_schema(), Id{2, 2}, surroundings);
  if (!read) return lines + "  refused: " + told(read.error()) + "\n";
  const Project& project = *read->project;
  lines += "  revision " + revision_of(project).substr(0, 16) + "\n";
  for (const RegisterInfo* info : project.schema().registers())
    for (const Record* record : project.table(*info).records())
      lines += "  " + std::string(info->name) + " " + record_title(project, *info, *record) + "\n";
  if (read->since) lines += "  only changes\n";
  for (const auto& [hash, content] : read->attachments) lines += "  content " + hash.substr(0, 8) + " of " + std::to_string(content->size()) + " bytes\n";
  for (const Error& warning : read->notes) lines += "  warning: " + told(warning) + "\n";
  // Nothing of it is lost when it is mailed on.
  const ExportOptions all{.confidential = true, .since = read->since, .attachments = read->attachments};
  const auto was = *parse_json(plain), again = *parse_json(write_bundle(project, all));
  for (const char* member : {"data", "tombstones", "conflicts", "history", "attachments"})
    if (was.contains(member) && was[member] != again.value(member, nlohmann::json())) lines += std::string("  written again, other ") + member + "\n";
  return lines;
}

}  // namespace

TEST_CASE("bundles of the past read as ever") {
  if (!fs::exists(folder)) return;  // not started at the top of the checkout
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder))
    if (entry.path().extension() == ".json") files.push_back(entry.path());
  std::ranges::sort(files);
  REQUIRE(files.size() > 10);
  std::string outcomes;
  for (const auto& path : files) outcomes += path.filename().string() + "\n" + outcome(content_of(path));
  CHECK(outcomes == content_of(folder / "outcomes.txt"));
}

namespace {

Bundle bundle_of(const char* name, Id actor, Surroundings& surroundings) {
  auto read = read_bundle(content_of(folder / name), product_schema(), actor, surroundings);
  REQUIRE_MESSAGE(read.has_value(), told(read.error()));
  return std::move(*read);
}

void merge_into(Project& mine, const Project& theirs) { REQUIRE(merge(mine, theirs, "transaction.import"_key, {"mail"}).has_value()); }

}  // namespace

TEST_CASE("changes of the past still bring the copy they were written for up to date") {
  if (!fs::exists(folder)) return;
  FixedSurroundings surroundings;
  const auto mine = bundle_of("before_changes.pmo.json", Id{2, 2}, surroundings);
  const auto changes = bundle_of("changes_for_before.pmo.json", Id{2, 2}, surroundings);
  REQUIRE(changes.since);
  CHECK(mine.project->complete().covers(*changes.since));
  merge_into(*mine.project, *changes.project);
  CHECK(revision_of(*mine.project) == bundle_of("plan.pmo.json", Id{2, 2}, surroundings).header.revision);
  // They were written for nobody else.
  CHECK_FALSE(bundle_of("part.pmo.json", Id{2, 2}, surroundings).project->complete().covers(*changes.since));
}

TEST_CASE("mails of the past and of today that leave out confidential values leave those of the whole alone") {
  if (!fs::exists(folder)) return;
  FixedSurroundings surroundings;
  for (const char* name : {"not_confidential.pmo.json", "withheld.pmo.json"}) {
    const auto whole = bundle_of("plan.pmo.json", Id{2, 2}, surroundings), mail = bundle_of(name, Id{3, 3}, surroundings);
    const auto revision = revision_of(*whole.project);
    merge_into(*whole.project, *mail.project);
    CHECK(revision_of(*whole.project) == revision);
    merge_into(*mail.project, *whole.project);
    CHECK(revision_of(*mail.project) == revision);
  }
}

TEST_CASE("a part of the past still merges into the whole, with what its holder did, and knows what it lacks") {
  if (!fs::exists(folder)) return;
  FixedSurroundings surroundings;
  const auto whole = bundle_of("plan.pmo.json", Id{2, 2}, surroundings);
  const auto part = bundle_of("part.pmo.json", Id{3, 3}, surroundings);
  const auto revision = revision_of(*whole.project);
  CHECK_FALSE(part.project->lacking().empty());
  merge_into(*whole.project, *part.project);
  CHECK(revision_of(*whole.project) == revision);
  CHECK(whole.project->lacking().empty());

  Transaction edit(*part.project, "transaction.test"_key);
  edit.set(part.project->all<Task>().at(0), &Task::name, std::string("Survey twice"));
  REQUIRE(edit.commit().has_value());
  const auto plan = plan_merge(*whole.project, *part.project);
  CHECK(plan.changed == 1);
  CHECK(plan.added + plan.deleted + plan.conflicts == 0);
  merge_into(*whole.project, *part.project);
  CHECK(whole.project->all<Risk>().size() == 1);
  CHECK(whole.project->all<Task>().at(0).name == "Survey twice");
  merge_into(*part.project, *whole.project);  // now it has the rest
  CHECK(part.project->lacking().empty());
  CHECK(revision_of(*part.project) == revision_of(*whole.project));
}
