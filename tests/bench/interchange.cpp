// Speed of the files of other programs: a plan of 10,000 tasks with twice as many links, written for MS Project (its dates
// computed on the way) and as a table, and read again.
//   bench_interchange [--json]
#include <algorithm>
#include <chrono>
#include <cstring>
#include <format>
#include <print>
#include <set>

#include "app/model/records/project_settings.h"
#include "app/model/records/task.h"
#include "app/model/transaction.h"
#include "app/words/words.h"
#include "storage/interchange/csv.h"
#include "storage/interchange/mspdi.h"

using namespace pmo;

namespace {

constexpr std::size_t tasks = 10'000;

void fill(Project& project) {
  FixedSurroundings random(1);
  const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random.random() % n); };
  Transaction change(project, "transaction.import"_key, {""});
  change.create<ProjectSettings>([](ProjectSettings& s) { s.name = "Plan", s.start = *Minute::parse("2026-03-02T08:00"); });
  std::vector<Id> ids;
  Id summary;
  for (std::size_t i = 0; i < tasks; ++i) {
    const bool heads = i % 10 == 0;
    ids.push_back(change.create<Task>([&](Task& t) {
      t.name = std::format("Task {}", i + 1);
      t.order = std::format("{:06}V", i + 1);
      if (!heads) t.parent = {summary};
      t.duration = {60 * static_cast<std::int64_t>(1 + below(80))};
      t.notes = i % 20 == 3 ? "As agreed with the site manager." : "";
    }).id);
    if (heads) summary = ids.back();
  }
  // Forward, within chains of 200: plans grow wide rather than centuries long.
  std::set<std::pair<std::size_t, std::size_t>> linked;
  for (std::size_t made = 0; made < 2 * tasks;) {
    const auto chain = below(tasks / 200) * 200, from = chain + below(199), to = from + 1 + below(chain + 199 - from);
    if (from % 10 == 0 || to % 10 == 0 || !linked.emplace(from, to).second) continue;
    change.create<Link>([&](Link& l) { l.predecessor = {ids[from]}, l.successor = {ids[to]}; });
    ++made;
  }
  change.take_as_it_is();
  if (!change.commit()) std::abort();
}

template <class Work>
double best_milliseconds(Work work) {
  double best = 1e9;
  for (int run = 0; run < 3; ++run) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    best = std::min(best, std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count());
  }
  return best;
}

}  // namespace

int main(int count, char** words) {
  const bool json = count > 1 && std::strcmp(words[1], "--json") == 0;
  FixedSurroundings surroundings;
  Project project(product_schema(), Id{1, 1}, surroundings);
  fill(project);
  std::string rows;
  const auto row = [&](std::string_view form, double write, double read, std::size_t bytes) {
    if (json)
      rows += std::format("{}{{\"form\":\"{}\",\"tasks\":{},\"bytes\":{},\"write_ms\":{:.1f},\"read_ms\":{:.1f}}}",
                          rows.empty() ? "" : ",", form, tasks, bytes, write, read);
    else
      std::println("{:<6} {:>7} tasks   {:>9} bytes   write {:8.1f} ms   read {:8.1f} ms", form, tasks, bytes, write, read);
  };
  std::string text;
  bool read = true;
  double write_time = best_milliseconds([&] { text = storage::write_mspdi(project).bytes; });
  double read_time = best_milliseconds(
      [&] { read = read && storage::read_mspdi(text, product_schema(), Id{1, 1}, surroundings).has_value(); });
  row("mspdi", write_time, read_time, text.size());
  write_time = best_milliseconds([&] { text = storage::write_csv(project, Language::english); });
  read_time = best_milliseconds(
      [&] {
        const auto table = storage::read_csv("plan.csv", text, product_schema(), Id{1, 1}, surroundings);
        if (!table) std::println(stderr, "{}", describe(table.error(), Language::english));
        read = read && table;
      });
  row("csv", write_time, read_time, text.size());
  if (json) std::println("{{\"interchange\":[{}]}}", rows);
  return read ? 0 : 1;
}
