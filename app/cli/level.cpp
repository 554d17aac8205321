// `level --psplib DIR`: quality and speed of the levelling search on folders of published instances.
#include <chrono>

#include "app/cli/command.h"
#include "app/cli/json.h"
#include "app/cli/output.h"
#include "storage/interchange/psplib_sets.h"

namespace pmo::cli {
namespace {

namespace levelling = engine::levelling;

// Instances that cannot be scheduled are told and do not count.
Json measure(const storage::PsplibSet& set, const levelling::SearchOptions& options, std::vector<Error>& failed) {
  levelling::SetResult total;
  const auto start = std::chrono::steady_clock::now();
  for (const auto& instance : set.instances) {
    auto result = levelling::level_instance(instance, options);
    if (result) {
      total.add(instance, *result);
      continue;
    }
    failed.push_back(std::move(result.error()));
    failed.back().place = set.name + "/" + instance.name;
  }
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return Json{{"name", set.name}, {"instances", total.instances}, {"infeasible", total.infeasible},
              {"mean_deviation_best", number(total.mean_deviation_best)},
              {"mean_deviation_critical_path", number(total.mean_deviation_critical_path)},
              {"schedules_per_second", seconds > 0 ? Json(static_cast<double>(total.schedules) / seconds) : Json(nullptr)},
              {"seconds", seconds}};
}

}  // namespace

Result<void> level(Session& session) {
  const auto folder = session.arguments.get("--psplib");
  if (!folder) return fail("error.cli.value"_key, {"--psplib"});
  constexpr std::int64_t most_schedules = 100'000'000;
  const std::int64_t schedules = PMO_TRY(session.arguments.integer("--schedules", 5000, {1, most_schedules}));
  const std::int64_t seed = PMO_TRY(session.arguments.integer("--seed", 1, {}));
  const levelling::SearchOptions options{.schedules = static_cast<int>(schedules), .seed = static_cast<std::uint64_t>(seed)};
  auto [sets, failed] = PMO_TRY(storage::read_psplib_sets(*folder));
  Json json{{"sets", Json::array()}};
  for (const auto& set : sets) {
    json["sets"].push_back(measure(set, options, failed));
    if (session.json()) continue;
    print_line(line_of(json["sets"].back()));
    flush_output();  // the next set may take minutes
  }
  if (session.json()) print_line(lines_of(json));
  for (const Error& error : failed) tell_line(describe(error, session.language));
  if (!failed.empty()) return fail("error.psplib.failed"_key, {std::to_string(failed.size())});
  return {};
}

}  // namespace pmo::cli
