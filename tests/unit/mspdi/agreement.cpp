// Dates that MS Project computed, found again when the plan is scheduled from scratch.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <print>
#include <pugixml.hpp>

#include "app/engine/plan_of_project.h"
#include "app/engine/schedule.h"
#include "app/words/words.h"
#include "storage/interchange/mspdi.h"

using namespace pmo;
namespace fs = std::filesystem;

namespace {

const fs::path folder = "../shared/data/mspdi";

std::string contents(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// mspdiduration.xml: tasks 1 to 4 still have the late dates of the moment when task 5 was the last of the plan (its
// finish is their late finish), although task 10 later moved the project's finish and the late dates of tasks 5 to 9
// followed. No rule gives both;
bool outdated(const fs::path& file, std::int64_t uid) { return file.filename() == "mspdiduration.xml" && uid <= 4; }

}  // namespace

TEST_CASE("early and late dates and total slack agree with MS Project") {
  if (!fs::is_directory(folder)) {
    std::println("skipped: {} is not there", folder.string());
    return;
  }
  int tasks = 0, agreeing = 0;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const auto bytes = contents(entry.path());
    FixedSurroundings surroundings;
    auto read = storage::read_mspdi(bytes, product_schema(), Id{1, 1}, surroundings);
    REQUIRE_MESSAGE(read.has_value(), entry.path().string() << ": " << (read ? "" : describe(read.error(), Language::english)));
    const auto plan = engine::plan_of(*read->project);
    const auto schedule = engine::schedule(plan);
    std::map<std::int64_t, std::size_t> by_uid;
    for (std::size_t t = 0; t < plan.tasks.size(); ++t)
      by_uid[read->project->find(Ref<Task>{plan.tasks[t].id})->source_uid] = t;
    pugi::xml_document document;
    document.load_buffer(bytes.data(), bytes.size());
    for (const auto node : document.child("Project").child("Tasks").children("Task")) {
      const auto found = by_uid.find(node.child("UID").text().as_llong());
      if (found == by_uid.end() || !node.child("EarlyStart")) continue;
      const auto t = found->second;
      std::string differences;
      const auto compare = [&](const char* name, Minute mine) {
        const auto theirs = Minute::parse(node.child(name).text().get());
        if (theirs && *theirs != mine) differences += std::format(" {} {} not {}", name, mine.text(), theirs->text());
      };
      compare("EarlyStart", schedule.early_start[t]);
      compare("EarlyFinish", schedule.early_finish[t]);
      compare("LateStart", schedule.late_start[t]);
      compare("LateFinish", schedule.late_finish[t]);
      compare("Start", schedule.start[t]);
      compare("Finish", schedule.finish[t]);
      if (const auto slack = node.child("TotalSlack").text().as_llong() / 10; slack != schedule.total_float[t])
        differences += std::format(" TotalSlack {} not {}", schedule.total_float[t], slack);
      if (const auto slack = node.child("FreeSlack").text().as_llong() / 10; slack != schedule.free_float[t])
        differences += std::format(" FreeSlack {} not {}", schedule.free_float[t], slack);
      ++tasks;
      agreeing += differences.empty();
      if (outdated(entry.path(), found->first)) continue;
      CHECK_MESSAGE(differences.empty(), entry.path().filename().string() << " UID " << found->first << ":" << differences);
    }
  }
  std::println("{} of {} tasks agree with MS Project", agreeing, tasks);
  CHECK(tasks > 100);
}
