#include "storage/interchange/psplib_sets.h"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "app/model/sort_stably.h"
#include "storage/interchange/psplib.h"

namespace pmo::storage {
namespace {

namespace fs = std::filesystem;
using BestKnownTable = std::map<std::string, BestKnown, std::less<>>;

Result<std::string> text_of_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text(std::istreambuf_iterator<char>(file), {});
  if (!file) return fail("error.file.unreadable"_key, {}, path.string());
  return text;
}

Result<BestKnownTable> best_known_beside(const fs::path& folder) {
  for (const fs::path& place : {folder / "best_known.csv", folder / ".." / "best_known.csv"}) {
    std::error_code none;
    if (fs::is_regular_file(place, none)) return read_best_known(PMO_TRY(text_of_file(place)), place.string());
  }
  return BestKnownTable{};
}

Result<engine::levelling::Instance> read_instance(const fs::path& path, const BestKnownTable& best) {
  engine::levelling::Instance instance{path.stem().string(), PMO_TRY(read_psplib(PMO_TRY(text_of_file(path)), path.string())), {}};
  if (const auto row = best.find(instance.name); row != best.end()) instance.best_known = row->second.makespan;
  return instance;
}

}  // namespace

Result<PsplibSets> read_psplib_sets(const fs::path& folder) {
  std::error_code error;
  std::vector<fs::path> files;
  for (fs::recursive_directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error))
    if (entry->path().extension() == ".sm") files.push_back(entry->path());
  if (files.empty()) return fail("error.psplib.none"_key, {folder.string()});
  sort_stably(files);
  const auto best = PMO_TRY(best_known_beside(folder));
  PsplibSets found;
  std::map<fs::path, PsplibSet> sets;
  for (const fs::path& path : files) {
    auto instance = read_instance(path, best);
    if (!instance) {
      found.unread.push_back(std::move(instance.error()));
      continue;
    }
    auto& set = sets[path.parent_path()];
    set.name = fs::weakly_canonical(path.parent_path(), error).filename().string();
    set.instances.push_back(std::move(*instance));
  }
  for (auto& [path, set] : sets) found.sets.push_back(std::move(set));
  sort_stably(found.sets, {}, [](const PsplibSet& set) { return set.instances.front().problem.activities.size(); });
  return found;
}

}  // namespace pmo::storage
