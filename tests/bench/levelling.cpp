// Quality and speed of levelling on PSPLIB: every folder of .sm files below the given one is a set; without files,
// on random instances of the same sizes (where only the deviation from the critical path is known).
//   bench_levelling [--psplib DIR] [--schedules N] [--seed K] [--json]
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <format>
#include <fstream>
#include <iterator>
#include <print>

#include "app/engine/levelling/evaluation.h"
#include "storage/interchange/psplib.h"

using namespace pmo;
using namespace pmo::engine::levelling;
namespace fs = std::filesystem;

namespace {

struct Set {
  std::string name;
  std::vector<Instance> instances;
};

std::string contents(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<Set> read_sets(const fs::path& folder) {
  std::vector<Set> sets;
  std::error_code none;
  if (!fs::is_directory(folder, none)) return sets;
  const auto best = storage::read_best_known(contents(folder / "best_known.csv"), "best_known.csv");
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.path().extension() == ".sm") files.push_back(entry.path());
  std::ranges::sort(files);
  for (const auto& path : files) {
    auto problem = storage::read_psplib(contents(path), path.filename().string());
    if (!problem) {
      std::println(stderr, "{}: not read", problem.error().place);
      continue;
    }
    const std::string set = path.parent_path().filename().string();
    if (sets.empty() || sets.back().name != set) sets.push_back({set, {}});
    Instance instance{path.stem().string(), std::move(*problem), {}};
    if (best)
      if (const auto row = best->find(instance.name); row != best->end()) instance.best_known = row->second.makespan;
    sets.back().instances.push_back(std::move(instance));
  }
  std::ranges::sort(sets, {}, [](const Set& set) { return set.instances.front().problem.activities.size(); });
  return sets;
}

std::vector<Set> random_sets() {
  std::vector<Set> sets;
  for (const int size : {30, 60, 120}) {
    Set& set = sets.emplace_back(std::format("random{}", size));
    for (int i = 0; i < 24; ++i)
      set.instances.push_back({std::format("{}_{}", set.name, i),
                               random_problem(size, 1.5 + 0.3 * (i % 3), 0.25 + 0.25 * (i % 4), 0.1 + 0.2 * (i % 4), i), {}});
  }
  return sets;
}

}  // namespace

int main(int count, char** words) {
  fs::path folder = "../shared/data/psplib";
  SearchOptions options;
  bool json = false;
  for (int i = 1; i < count; ++i) {
    const bool value = i + 1 < count;
    if (!std::strcmp(words[i], "--json")) json = true;
    else if (value && !std::strcmp(words[i], "--psplib")) folder = words[++i];
    else if (value && !std::strcmp(words[i], "--schedules")) options.schedules = std::atoi(words[++i]);
    else if (value && !std::strcmp(words[i], "--seed")) options.seed = std::strtoull(words[++i], nullptr, 10);
  }
  std::vector<Set> sets = read_sets(folder);
  if (sets.empty()) sets = random_sets();

  if (json) std::print("{{\"sets\":[");
  else std::println("{:10} {:>9} {:>10} {:>12} {:>12} {:>12} {:>8}", "set", "instances", "infeasible", "% over best", "% over path", "schedules/s", "seconds");
  for (std::size_t s = 0; s < sets.size(); ++s) {
    SetResult total;
    const auto start = std::chrono::steady_clock::now();
    for (const Instance& instance : sets[s].instances)
      if (const auto result = level_instance(instance, options)) total.add(instance, *result);
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    const auto number = [&](const std::optional<double>& value) { return value ? std::format("{:.3f}", *value) : json ? "null" : "-"; };
    if (json)
      std::print("{}{{\"name\":\"{}\",\"instances\":{},\"infeasible\":{},\"mean_deviation_best\":{},\"mean_deviation_critical_path\":{},\"schedules_per_second\":{:.0f},\"seconds\":{:.3f}}}",
                 s ? "," : "", sets[s].name, total.instances, total.infeasible, number(total.mean_deviation_best),
                 number(total.mean_deviation_critical_path), total.schedules / seconds, seconds);
    else
      std::println("{:10} {:>9} {:>10} {:>12} {:>12} {:>12.0f} {:>8.2f}", sets[s].name, total.instances, total.infeasible,
                   number(total.mean_deviation_best), number(total.mean_deviation_critical_path), total.schedules / seconds, seconds);
  }
  if (json) std::println("]}}");
  return 0;
}
