// `level --psplib DIR`: quality and speed of the levelling search on folders of published instances.
#include <algorithm>
#include <chrono>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <print>

#include "app/cli/command.h"
#include "app/engine/levelling/evaluation.h"
#include "storage/interchange/psplib.h"

namespace pmo::cli {
namespace {

using Json = nlohmann::ordered_json;
namespace fs = std::filesystem;
namespace levelling = engine::levelling;
using BestKnownTable = std::map<std::string, storage::BestKnown, std::less<>>;

struct Set {
  std::string name;
  std::vector<levelling::Instance> instances;
};

// best_known.csv of the folder or of its parent; none is no error.
Result<BestKnownTable> best_known(const fs::path& folder) {
  for (const fs::path& place : {folder / "best_known.csv", folder / ".." / "best_known.csv"}) {
    std::error_code none;
    if (!fs::is_regular_file(place, none)) continue;
    return storage::read_best_known(PMO_TRY(read_file(place.string())), place.string());
  }
  return BestKnownTable{};
}

// The .sm files below the folder, a set for each folder that holds some, smallest problems first.
Result<std::vector<Set>> read_sets(const fs::path& folder) {
  std::error_code error;
  std::vector<fs::path> files;
  for (fs::recursive_directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error))
    if (entry->path().extension() == ".sm") files.push_back(entry->path());
  if (files.empty()) return fail("error.psplib.none"_key, {folder.string()});
  std::ranges::sort(files);
  const BestKnownTable best = PMO_TRY(best_known(folder));
  std::map<fs::path, Set> sets;
  for (const fs::path& path : files) {
    levelling::Instance instance{path.stem().string(), PMO_TRY(storage::read_psplib(PMO_TRY(read_file(path.string())), path.string())), {}};
    if (const auto row = best.find(instance.name); row != best.end()) instance.best_known = row->second.makespan;
    Set& set = sets[path.parent_path()];
    set.name = fs::weakly_canonical(path.parent_path(), error).filename().string();
    set.instances.push_back(std::move(instance));
  }
  std::vector<Set> list;
  for (auto& [path, set] : sets) list.push_back(std::move(set));
  std::ranges::stable_sort(list, {}, [](const Set& set) { return set.instances.front().problem.activities.size(); });
  return list;
}

Json percent(const std::optional<double>& value) { return value ? Json(*value) : Json(nullptr); }

Result<Json> measure(const Set& set, const levelling::SearchOptions& options) {
  levelling::SetResult total;
  const auto start = std::chrono::steady_clock::now();
  for (const auto& instance : set.instances) total.add(instance, PMO_TRY(levelling::level_instance(instance, options)));
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return Json{{"name", set.name}, {"instances", total.instances}, {"infeasible", total.infeasible},
              {"mean_deviation_best", percent(total.mean_deviation_best)},
              {"mean_deviation_critical_path", percent(total.mean_deviation_critical_path)},
              {"schedules_per_second", seconds > 0 ? Json(static_cast<double>(total.schedules) / seconds) : Json(nullptr)},
              {"seconds", seconds}};
}

}  // namespace

Result<void> level(Session& session) {
  const auto folder = session.arguments.get("--psplib");
  if (!folder) return fail("error.cli.value"_key, {"--psplib"});
  const std::int64_t schedules = PMO_TRY(session.arguments.integer("--schedules", 5000));
  const std::int64_t seed = PMO_TRY(session.arguments.integer("--seed", 1));
  const levelling::SearchOptions options{.schedules = static_cast<int>(std::clamp<std::int64_t>(schedules, 1, 100'000'000)),
                                         .seed = static_cast<std::uint64_t>(seed)};
  Json json{{"sets", Json::array()}};
  for (const Set& set : PMO_TRY(read_sets(*folder))) {
    const Json row = PMO_TRY(measure(set, options));
    if (!session.json()) std::println("{}", row.dump());
    json["sets"].push_back(row);
  }
  if (session.json()) std::println("{}", json.dump(2));
  return {};
}

}  // namespace pmo::cli
