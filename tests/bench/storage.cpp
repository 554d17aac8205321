// Speed of what keeps and carries a project of 10,000 tasks: one edit committed to SQLite, the project opened from its
// database, a bundle written, read and merged.
//   bench_storage [--json]
#include <algorithm>
#include <chrono>
#include <cstring>
#include <format>
#include <print>
#include <vector>

#include "app/model/records/project_settings.h"
#include "app/model/records/task.h"
#include "storage/bundle/bundle.h"
#include "storage/database_host.h"
#include "storage/project_store.h"

using namespace pmo;
using namespace pmo::storage;

namespace {

constexpr int task_count = 10'000;

double milliseconds_of(auto work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
}

double best_of(int runs, auto work) {
  double best = 1e9;
  for (int run = 0; run < runs; ++run) best = std::min(best, milliseconds_of(work));
  return best;
}

// Errors are bugs of the benchmark.
template <class T>
T must(Result<T> result) {
  if (!result) std::exit(2);
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

void fill(Project& project) {
  Transaction transaction(project, "transaction.new_project"_key);
  transaction.create<ProjectSettings>([](ProjectSettings& settings) { settings.name = "Bench"; });
  for (int i = 0; i < task_count; ++i)
    transaction.create<Task>([&](Task& task) {
      task.name = "Task " + std::to_string(i);
      task.duration = {480 + i % 7 * 240};
    });
  must(transaction.commit());
}

void edit(Project& project, int turn) {
  Transaction transaction(project, "transaction.edit"_key);
  transaction.set(project.all<Task>().at(static_cast<std::size_t>(turn * 37 % task_count)), &Task::name, "Edited " + std::to_string(turn));
  must(transaction.commit());
}

}  // namespace

int main(int count, char** words) {
  const bool json = count > 1 && std::strcmp(words[1], "--json") == 0;
  FixedSurroundings surroundings{1};
  MemoryHost host;
  host.load("bench", [](Result<void> loaded) { must(std::move(loaded)); });
  auto database = must(host.open("bench"));
  Project project(product_schema(), Id{1, 1}, surroundings);
  const auto store = must(ProjectStore::open(database, project));
  fill(project);

  std::vector<double> commits;
  for (int turn = 0; turn < 500; ++turn) commits.push_back(milliseconds_of([&] { edit(project, turn); }));
  std::ranges::sort(commits);
  const double open = best_of(3, [&] {
    auto again = must(host.open("bench"));
    Project opened(product_schema(), Id{1, 1}, surroundings);
    must(ProjectStore::open(again, opened));
  });
  std::string bundle;
  const double written = best_of(3, [&] { bundle = write_bundle(project, {.confidential = true}); });
  const double read = best_of(3, [&] { must(read_bundle(bundle, product_schema(), Id{2, 2}, surroundings)); });

  // A colleague has changed every tenth task.
  auto theirs = must(read_bundle(bundle, product_schema(), Id{2, 2}, surroundings));
  Transaction changes(*theirs.project, "transaction.edit"_key);
  for (std::size_t i = 0; i < task_count; i += 10) changes.set(theirs.project->all<Task>().at(i), &Task::name, std::string("Theirs"));
  must(changes.commit());
  const double merged = milliseconds_of([&] { must(merge(project, *theirs.project, "transaction.import"_key, {"theirs"})); });

  const struct { const char* name; double milliseconds; } rows[] = {
      {"commit_p50", commits[250]}, {"commit_p99", commits[495]}, {"open", open},
      {"bundle_write", written},    {"bundle_read", read},        {"merge_1000_changes", merged}};
  if (json) {
    std::string list;
    for (const auto& row : rows) list += std::format("{}{{\"step\":\"{}\",\"tasks\":{},\"time_ms\":{:.3f}}}", list.empty() ? "" : ",", row.name, task_count, row.milliseconds);
    std::println("{{\"storage\":[{}]}}", list);
    return 0;
  }
  std::println("{} tasks, bundle of {:.1f} MB", task_count, static_cast<double>(bundle.size()) / (1 << 20));
  for (const auto& row : rows) std::println("  {:<20} {:>10.3f} ms", row.name, row.milliseconds);
}
