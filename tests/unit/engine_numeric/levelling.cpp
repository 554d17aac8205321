#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <numeric>

#include "app/engine/levelling/evaluation.h"
#include "storage/interchange/psplib.h"

using namespace pmo;
using namespace pmo::engine;
using namespace pmo::engine::levelling;

namespace {

Activity activity(Time duration, std::vector<Demand> demands = {}) { return {duration, 0, {}, std::move(demands)}; }

// Three jobs of 3 that share one machine, the last also after the first.
Problem shared_machine() {
  return {.activities = {activity(3, {{0, 1}}), activity(3, {{0, 1}}), activity(3, {{0, 1}})},
          .lags = {{0, 2, 0}},
          .capacities = {Capacity::constant(1)}};
}

// The best makespan by trying every precedence-feasible order: active schedules hold an optimum.
Time best_by_enumeration(const Network& network) {
  std::vector<int> list(network.size());
  std::iota(list.begin(), list.end(), 0);
  std::vector<Time> starts(network.size());
  std::vector<int> place(network.size());
  Generator generator(network);
  Time best = network.horizon();
  do {
    for (int i = 0; i < network.size(); ++i) place[list[i]] = i;
    bool feasible = true;
    for (int i = 0; i < network.size(); ++i)
      for (const auto& arc : network.successors(i)) feasible = feasible && place[i] < place[arc.activity];
    if (feasible) best = std::min(best, generator.forward(list, starts));
  } while (std::ranges::next_permutation(list).found);
  return best;
}

std::vector<Time> searched(const Network& network, int schedules, std::uint64_t seed = 1) {
  Search search(network, {.schedules = schedules, .seed = seed});
  search.run();
  return {search.best().begin(), search.best().end()};
}

}  // namespace

TEST_CASE("one machine serves its jobs one after the other") {
  const Problem problem = shared_machine();
  const auto network = Network::compile(problem);
  REQUIRE(network);
  CHECK(network->critical_path() == 6);
  CHECK(network->lower_bound() == 9);
  Search search(*network, {.schedules = 100});
  search.run();
  CHECK(search.best_makespan() == 9);
  CHECK(search.proven_optimal());
  CHECK(search.generated() < 100);  // stops when the bound is reached
  CHECK(check_schedule(problem, search.best()));
}

TEST_CASE("lags of every kind and leads keep their distance") {
  // 0 -(3)-> 1 finish-to-start; 0 -> 2 start-to-start 1 = finish-to-start 1 - 4; 2 -> 3 lead of 2
  const Problem problem{.activities = {activity(4), activity(2), activity(5), activity(1)},
                        .lags = {{0, 1, 3}, {0, 2, 1 - 4}, {2, 3, -2}},
                        .capacities = {}};
  const auto network = Network::compile(problem);
  REQUIRE(network);
  CHECK(searched(*network, 10) == std::vector<Time>{0, 7, 1, 4});
}

TEST_CASE("capacity that changes and releases move work to where it fits") {
  Problem problem = shared_machine();
  problem.capacities[0].steps = {{0, 1}, {2, 0}, {10, 2}};  // away between 2 and 10, then two machines
  problem.activities[1].release = 11;
  const auto network = Network::compile(problem);
  REQUIRE(network);
  const auto starts = searched(*network, 200);
  CHECK(starts == std::vector<Time>{10, 11, 13});
  CHECK(check_schedule(problem, starts));
}

TEST_CASE("fixed activities stay and take their resources first") {
  Problem problem = shared_machine();
  problem.activities[1].fixed_start = 1;
  const auto network = Network::compile(problem);
  REQUIRE(network);
  const auto starts = searched(*network, 50);
  CHECK(starts == std::vector<Time>{4, 1, 7});
  CHECK(check_schedule(problem, starts));

  problem.lags.push_back({0, 1, 0});  // the link into the fixed one is broken by it: the rest goes on
  const auto linked = Network::compile(problem);
  REQUIRE(linked);
  CHECK(searched(*linked, 50) == std::vector<Time>{4, 1, 7});
}

TEST_CASE("what cannot be levelled is refused with its reason") {
  const auto error = [](Problem problem) {
    const auto network = Network::compile(problem);
    REQUIRE_FALSE(network.has_value());
    return network.error();
  };
  Problem cycle = shared_machine();
  cycle.lags = {{0, 1, 0}, {1, 2, 0}, {2, 1, 0}};
  CHECK(error(cycle) == Error{"error.levelling.cycle"_key, {"3", "2"}});
  Problem greedy = shared_machine();
  greedy.activities[1].demands = {{0, 2}};
  CHECK(error(greedy) == Error{"error.levelling.demand"_key, {"2", "1", "2", "1"}});
  Problem negative = shared_machine();
  negative.activities[2].duration = -1;
  CHECK(error(negative).message == "error.levelling.negative"_key);
  Problem stranger = shared_machine();
  stranger.lags.push_back({0, 3, 0});
  CHECK(error(stranger).message == "error.levelling.link"_key);
  Problem endless = shared_machine();
  endless.activities[0].release = 1 << 27;
  CHECK(error(endless).message == "error.levelling.horizon"_key);
  Problem unordered = shared_machine();
  unordered.capacities[0].steps = {{0, 1}, {5, 2}, {5, 1}};
  CHECK(error(unordered).message == "error.levelling.capacity"_key);
}

TEST_CASE("an empty problem has an empty schedule") {
  const auto network = Network::compile({});
  REQUIRE(network);
  Search search(*network, {.schedules = 10});
  search.run();
  CHECK(search.best_makespan() == 0);
}

TEST_CASE("small problems: the search finds what enumeration finds") {
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    const Problem problem = random_problem(7, 1.2, 0.6, 0.2, seed);
    const auto network = Network::compile(problem);
    REQUIRE(network);
    Search search(*network, {.schedules = 2000, .seed = seed});
    search.run();
    CHECK(search.best_makespan() == best_by_enumeration(*network));
    CHECK(check_schedule(problem, search.best()));
  }
}

TEST_CASE("random problems with lags, releases, profiles, fixed activities and many resources: always valid") {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    RandomStream random(seed);
    Problem problem = random_problem(20 + random.below(30), 1.6, 0.5, 0.3, seed);
    for (auto& lag : problem.lags) lag.lag = random.below(5) ? 0 : random.below(16) - 8;
    for (auto& each : problem.activities) {
      if (random.below(6) == 0) each.release = random.below(60);
      if (random.below(10) == 0) each.fixed_start = random.below(60);
      if (random.below(10) == 0) each.duration = 0;
    }
    for (auto& capacity : problem.capacities) {
      const int units = capacity.steps[0].units;
      if (seed % 2) capacity.steps = {{0, units}, {20, units / 2}, {35, 0}, {40, units + 3}};
    }
    if (seed % 3 == 0)  // many resources, and units beyond 16 bits
      for (int r = 0; r < 5; ++r) {
        problem.capacities.push_back(Capacity::constant(100'000));
        for (auto& each : problem.activities) each.demands.push_back({4 + r, 1 + random.below(60'000)});
      }
    const auto network = Network::compile(problem);
    REQUIRE(network);
    Generator generator(*network);
    std::vector<Time> starts(network->size());
    std::vector<int> list(network->size());
    for (const auto rule : {PriorityRule::latest_finish, PriorityRule::latest_start, PriorityRule::most_successors,
                            PriorityRule::rank_weight, PriorityRule::shortest}) {
      const auto keys = priorities(*network, rule);
      CHECK(generator.parallel(keys, starts) == makespan(*network, starts));
      CHECK(check_schedule(problem, starts));
      generator.list_by_keys(keys, list);
      CHECK(generator.forward(list, starts) == makespan(*network, starts));
      CHECK(check_schedule(problem, starts));
    }
    Search search(*network, {.schedules = 300, .seed = seed});
    while (!search.finished()) {
      search.step(50);
      REQUIRE(check_schedule(problem, search.best()));  // whenever it is stopped
      REQUIRE(makespan(*network, search.best()) == search.best_makespan());
    }
    CHECK((search.generated() == 300 || search.proven_optimal()));
  }
}

TEST_CASE("justification never lengthens a schedule") {
  for (std::uint64_t seed = 1; seed <= 30; ++seed) {
    const Problem problem = random_problem(40, 1.8, 0.6, 0.2, seed);
    const auto network = Network::compile(problem);
    REQUIRE(network);
    Generator generator(*network);
    std::vector<Time> starts(network->size()), right(network->size());
    std::vector<int> list(network->size());
    const Time before = generator.parallel(priorities(*network, PriorityRule::latest_finish), starts);
    generator.list_by_falling_finish(starts, list);
    REQUIRE(generator.backward(list, right, before));
    CHECK(check_schedule(problem, right));
    for (int i = 0; i < network->size(); ++i) CHECK(right[i] >= starts[i]);
    generator.list_by_start(right, list);
    CHECK(generator.forward(list, starts) <= before);
  }
}

TEST_CASE("one seed, one result; the search does better than its first schedule") {
  const Problem problem = random_problem(60, 1.8, 0.75, 0.2, 5);
  const auto network = Network::compile(problem);
  REQUIRE(network);
  CHECK(searched(*network, 600, 3) == searched(*network, 600, 3));
  Search stepped(*network, {.schedules = 600, .seed = 3});
  const Time first = stepped.best_makespan();
  while (!stepped.finished()) stepped.step(1);
  CHECK(std::ranges::equal(stepped.best(), searched(*network, 600, 3)));
  CHECK(stepped.best_makespan() < first);
}

TEST_CASE("check_schedule sees each broken rule") {
  Problem problem = shared_machine();
  problem.activities[1].release = 3;
  const auto valid = [&](std::vector<Time> starts) { return check_schedule(problem, starts); };
  CHECK(valid({0, 3, 6}));
  CHECK_FALSE(valid({0, 2, 6}));  // before its release
  CHECK_FALSE(valid({0, 3, 5}));  // two on the machine
  CHECK_FALSE(valid({6, 3, 0}));  // before its predecessor
  CHECK_FALSE(valid({0, 3}));
  problem.activities[0].fixed_start = 1;
  CHECK_FALSE(valid({0, 4, 7}));  // not where it is fixed
}

TEST_CASE("PSPLIB text is read, and refused with the line where it is wrong") {
  const std::string text =
      "file with basedata            : x.bas\n"
      "jobs (incl. supersource/sink ):  3\n"
      "horizon                       :  9\n"
      "RESOURCES\n  - renewable                 :  2   R\n  - nonrenewable              :  0   N\n"
      "PRECEDENCE RELATIONS:\njobnr.    #modes  #successors   successors\n"
      "   1        1          1           2\n   2        1          1           3\n   3        1          0        \n"
      "REQUESTS/DURATIONS:\njobnr. mode duration  R 1  R 2\n---\n"
      "  1      1     0       0    0\n  2      1     8       4    1\n  3      1     0       0    0\n"
      "RESOURCEAVAILABILITIES:\n  R 1  R 2\n   12   13\n";
  const auto problem = storage::read_psplib(text, "x.sm");
  REQUIRE(problem);
  CHECK(problem->activities.size() == 3);
  CHECK(problem->activities[1].duration == 8);
  CHECK(problem->activities[1].demands.size() == 2);
  CHECK(problem->lags.size() == 2);
  CHECK(problem->capacities[1].steps[0].units == 13);

  const auto refused = [&](std::string_view what, std::string_view by) {
    std::string broken = text;
    broken.replace(broken.find(what), what.size(), by);
    const auto result = storage::read_psplib(broken, "x.sm");
    REQUIRE_FALSE(result.has_value());
    return result.error();
  };
  CHECK(refused("   2        1          1           3", "   2        1          1           7").place == "x.sm:10");
  CHECK(refused("   2        1          1", "   2        2          1").message == "error.psplib.modes"_key);
  CHECK(refused("8       4    1", "8       4").place == "x.sm:16");
  CHECK(refused("   12   13\n", "").message == "error.psplib.format"_key);
  CHECK_FALSE(storage::read_psplib("", "empty").has_value());
  CHECK_FALSE(storage::read_psplib("jobs : 999999999\n", "large").has_value());

  const auto best = storage::read_best_known("instance,critical_path,lower_bound,best_known\nj301_1,38,43,43\r\n", "b.csv");
  REQUIRE(best);
  CHECK(best->at("j301_1").makespan == 43);
  CHECK(storage::read_best_known("instance,x\nj301_1,38,43\n", "b.csv").error().place == "b.csv:2");
  CHECK(storage::read_best_known("instance,x\nno comma\n", "b.csv").error().place == "b.csv:2");
}

TEST_CASE("published instances: valid and close to the best known makespans") {
  const std::filesystem::path folder = "../shared/data/psplib";
  if (!std::filesystem::is_directory(folder)) {
    MESSAGE("skipped: no " << folder.string());
    return;
  }
  const auto contents = [](const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(file), {});
  };
  const auto best = storage::read_best_known(contents(folder / "best_known.csv"), "best_known.csv");
  REQUIRE(best);
  SetResult total;
  for (const auto& entry : std::filesystem::directory_iterator(folder / "j30")) {
    auto problem = storage::read_psplib(contents(entry.path()), entry.path().filename().string());
    REQUIRE(problem);
    const auto& known = best->at(entry.path().stem().string());
    const Instance instance{entry.path().stem().string(), std::move(*problem), known.makespan};
    const auto result = level_instance(instance, {.schedules = 1000});
    REQUIRE(result);
    CHECK(result->critical_path == known.critical_path);
    CHECK(result->makespan >= known.makespan);
    total.add(instance, *result);
  }
  CHECK(total.infeasible == 0);
  CHECK(*total.mean_deviation_best < 0.6);
}

TEST_CASE("orders of a schedule keep every link, however ties are shuffled") {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    RandomStream random(seed);
    Problem problem = random_problem(30, 1.8, 0.6, 0.4, seed);
    for (auto& activity : problem.activities)
      if (random.below(3) == 0) activity.duration = 0;  // milestones start and finish together with what they are linked to
    const auto network = Network::compile(problem);
    REQUIRE(network);
    REQUIRE(network->starts_follow_links());
    Generator generator(*network);
    std::vector<Time> starts(network->size());
    std::vector<int> list(network->size()), place(network->size());
    generator.parallel(priorities(*network, PriorityRule::latest_finish), starts);
    bool varied = false;
    std::vector<int> before;
    for (int round = 0; round < 10; ++round) {
      generator.shuffle_ties(random);
      for (const bool forward : {true, false}) {
        if (forward) generator.list_by_start(starts, list);
        else generator.list_by_falling_finish(starts, list);
        for (int i = 0; i < network->size(); ++i) place[list[i]] = i;
        for (const auto& lag : problem.lags) CHECK((place[lag.predecessor] < place[lag.successor]) == forward);
        if (forward) varied |= !before.empty() && before != list, before = list;
      }
    }
    CHECK(varied);
  }
}
