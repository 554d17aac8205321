// Quality and speed of levelling on PSPLIB (storage/interchange/psplib_sets.h); without files, on random instances of the
// same sizes (where only the deviation from the critical path is known). Exit status 1: an instance could not be taken.
//   bench_levelling [--psplib DIR] [--schedules N] [--seed K] [--json]
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <format>
#include <print>

#include "app/words/words.h"
#include "storage/interchange/psplib_sets.h"

using namespace pmo;
using namespace pmo::engine::levelling;
using storage::PsplibSet;

namespace {

std::vector<PsplibSet> random_sets() {
  std::vector<PsplibSet> sets;
  for (const int size : {30, 60, 120}) {
    PsplibSet& set = sets.emplace_back(std::format("random{}", size));
    for (int i = 0; i < 24; ++i)
      set.instances.push_back({std::format("{}_{}", set.name, i),
                               random_problem(size, 1.5 + 0.3 * (i % 3), 0.25 + 0.25 * (i % 4), 0.1 + 0.2 * (i % 4), i), {}});
  }
  return sets;
}

}  // namespace

int main(int count, char** words) {
  std::filesystem::path folder = "../shared/data/psplib";
  SearchOptions options;
  bool json = false;
  for (int i = 1; i < count; ++i) {
    const bool value = i + 1 < count;
    if (!std::strcmp(words[i], "--json")) json = true;
    else if (value && !std::strcmp(words[i], "--psplib")) folder = words[++i];
    else if (value && !std::strcmp(words[i], "--schedules")) options.schedules = std::atoi(words[++i]);
    else if (value && !std::strcmp(words[i], "--seed")) options.seed = std::strtoull(words[++i], nullptr, 10);
  }
  auto read = storage::read_psplib_sets(folder);
  if (!read && read.error().message != "error.psplib.none"_key) {
    std::println(stderr, "{}", describe(read.error(), Language::english));
    return 1;
  }
  auto [sets, failed] = std::move(read).value_or(storage::PsplibSets{random_sets(), {}});

  if (json) std::print("{{\"sets\":[");
  else std::println("{:10} {:>9} {:>10} {:>12} {:>12} {:>12} {:>8}", "set", "instances", "infeasible", "% over best", "% over path", "schedules/s", "seconds");
  for (std::size_t s = 0; s < sets.size(); ++s) {
    SetResult total;
    const auto start = std::chrono::steady_clock::now();
    for (const Instance& instance : sets[s].instances)
      if (auto result = level_instance(instance, options)) total.add(instance, *result);
      else failed.push_back(std::move(result.error()));
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
  for (const Error& error : failed) std::println(stderr, "{}", describe(error, Language::english));
  return failed.empty() ? 0 : 1;
}
