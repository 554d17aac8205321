// Monte Carlo simulation of a network of tasks: when it finishes and what it costs, with what probability.
// Sources: D. Hulett, "Integrated Cost-Schedule Risk Analysis" (2011); McKay, Beckman, Conover (1979, Latin hypercube);
// Iman, Conover (1982, rank correlation); AACE 57R-09.
//
//   S1  Iterations come in batches of 1024. In a batch every varying quantity takes each of 1024 equally likely strata
//       once (Latin hypercube), in an order that is a keyed bijection of the iteration's number: nothing is drawn in
//       sequence, one seed gives the same numbers everywhere.
//   S2  Correlated durations keep their strata but exchange their order so that ranks follow a Gaussian copula: of the
//       coefficients given for pairs, and between all other durations of one common factor and those of groups: a factor is
//       one normal variable in several scores, and two scores correlate by the sum over it of the roots of their shares.
//       The delays of one event on several tasks, and its cost, are one draw: it is as bad for each of them.
//   S3  Times are whole minutes; a task lives in working minutes of its own calendar, links convert between calendars.
//   S4  A task is critical in an iteration when it lies on the longest path: it finishes last, or one of its links holds
//       a critical successor exactly where it is. (With one calendar that is a total float of zero.)
#pragma once

#include <optional>

#include "app/engine/simulation/distribution.h"
#include "app/engine/simulation/work_clock.h"
#include "app/model/records/task.h"
#include "app/words/error.h"

namespace pmo::engine::simulation {

struct SimulatedTask {
  Distribution duration;            // working minutes; below 0 counts as 0
  int calendar = -1;                // index into calendars; -1: around the clock
  Offset earliest = 0;              // start no earlier than this moment (minutes since the origin)
  Offset delay = 0;                 // working minutes that it waits beyond what its links ask for (levelling)
  Distribution cost;                // minor units, whatever the duration
  double cost_per_minute = 0;       // minor units a working minute of duration
};

struct SimulatedLink {
  int predecessor = 0;
  int successor = 0;
  LinkType type = LinkType::finish_to_start;
  Offset lag = 0;        // working minutes, or elapsed; negative: a lead
  bool elapsed = false;
  std::optional<int> lag_calendar = {};  // in which the lag counts; none: the successor's
};

struct EventEffect {
  int task = 0;
  Distribution delay;  // working minutes added to its duration (negative: saved)
};

struct RiskEvent {
  double probability = 0;  // 0..1, each event on its own
  std::vector<EventEffect> effects;
  Distribution cost;       // if it occurs
};

struct Correlation {
  int first = 0, second = 0;  // tasks
  double coefficient = 0;     // of the normal scores of their durations, -1..1
};

// A normal variable in the scores of several durations, as shares of their variance (0..1).
struct CommonFactor {
  struct Share {
    int task = 0;
    double share = 0;
  };
  std::vector<Share> shares;  // a task once; over all factors and the common correlation no more than 1 a task
};

struct Model {
  std::vector<SimulatedTask> tasks;
  std::vector<SimulatedLink> links;
  std::vector<std::vector<WorkSpan>> calendars;
  std::vector<RiskEvent> events;
  std::vector<Correlation> correlations;
  double common_correlation = 0;  // 0..1, of the normal scores of every two durations that no pair names
  std::vector<CommonFactor> factors;  // of durations that no pair names: more than that
  std::vector<int> milestones;  // tasks whose finishes are kept
};

inline constexpr int most_iterations = 1'000'000;

struct Options {
  int iterations = 10'000;
  std::uint64_t seed = 1;
};

struct TaskOutcome {
  double criticality = 0;             // share of iterations in which it is critical, 0..1
  std::optional<double> sensitivity;  // Spearman, duration against project finish; none for constant durations
  double mean_duration = 0;           // working minutes
};

struct Outcome {
  int iterations = 0;
  std::vector<Offset> finish;                  // of the project, one an iteration
  std::vector<double> cost;                    // one an iteration
  std::vector<std::vector<Offset>> milestones; // as asked for
  std::vector<TaskOutcome> tasks;
  std::vector<double> event_share;             // of iterations in which each event occurred
  double correlation_kept = 1;                 // factor by which impossible correlations were pulled to 0; 1: none
};

class Simulation {
 public:
  // Errors: a cycle (its tasks in order), an index out of range, an estimate out of order, a probability or
  // coefficient outside its range, no iterations, too many (more than 1,000,000).
  static Result<Simulation> prepare(const Model& model, const Options& options);

  // Runs the next batch (up to 1024 iterations).
  void step();
  void run() { while (!finished()) step(); }
  bool finished() const { return done_ >= options_.iterations; }
  int done() const { return done_; }
  int wanted() const { return options_.iterations; }

  // Of the iterations done so far: stopping early is valid.
  Outcome outcome() const;

 private:
  // A link as its successor sees it: compared in place when both tasks count in the same working minutes.
  struct Arc {
    int task;
    LinkType type;
    Offset lag;
    bool elapsed, direct;
    int lag_clock;
    int link;  // row of driving_
  };
  struct Rank {  // running Spearman correlation of a task
    double sum = 0;
    int weight = 0;
  };

  Simulation() = default;
  Result<void> order(const Model& model);
  Result<void> check_longest_path() const;
  void decompose_correlations();
  void correlate_strata();
  void weigh_factors();
  void share_factors(int batch);
  void reorder_strata(int task, std::span<const double> scores);
  void simulate_block(int batch, int block, int count);
  void sample_durations(int batch, int block);
  void apply_events(int batch, int block);
  void add_costs(int batch, int block);
  void forward(int block);
  void backward(int count);
  void earliest_by(const Arc& arc, int task, const Offset* durations, Offset* limits) const;
  void draw(std::uint64_t stream, int batch, int block);
  void correlate_with_finish(int count);
  Offset* durations_of(int block, int task);

  Model model_;
  Options options_;
  std::vector<WorkClock> clocks_;       // by calendar + 1
  std::vector<Offset> earliest_;        // in working minutes
  std::vector<int> order_;
  std::vector<std::vector<Arc>> incoming_;
  std::vector<Sampler> durations_, costs_, event_costs_;
  std::vector<std::vector<Sampler>> delays_;
  std::vector<char> ranked_by_value_;   // events or correlations change the task's duration
  std::vector<int> correlated_;
  std::vector<double> factor_;          // lower triangle over correlated_
  double correlation_kept_ = 1;
  struct Mixture {  // of the score of a task's duration: factors (0: the common one) and what is its own
    std::vector<std::pair<int, double>> weights;
    double own = 1;
  };
  std::vector<Mixture> mixtures_;  // by task
  std::vector<int> factors_used_;

  std::vector<unsigned short> strata_;  // of durations: task by iteration of the batch
  std::vector<Offset> duration_;        // block by task by iteration of the block
  std::vector<Offset> finish_;          // task by iteration of the block
  std::vector<std::uint8_t> driving_;   // link by iteration of the block: it holds its successor; 0 or 1
  std::vector<std::uint8_t> critical_now_;  // task by iteration of the block; 0 or 1
  std::vector<unsigned short> stratum_; // of one quantity in one block
  std::vector<float> within_, values_;
  std::vector<Offset> row_, limits_, block_finish_;

  std::vector<Offset> project_finish_;
  std::vector<double> cost_;
  std::vector<std::vector<Offset>> milestone_finish_;
  std::vector<std::int64_t> critical_, event_count_;
  std::vector<double> duration_sum_;
  std::vector<Rank> rank_;
  int done_ = 0;
};

// The value that `share` (0..1) of the iterations do not exceed. None for no iterations.
std::optional<double> percentile(std::span<const Offset> values, double share);
std::optional<double> percentile(std::span<const double> values, double share);

// Between which values the percentile lies with 95 % confidence, by its order statistics (wider than it need be: the strata
// of S1 make the estimate better than one of independent draws). None for no iterations.
struct Interval {
  double low = 0, high = 0;
};
std::optional<Interval> percentile_interval(std::span<const Offset> values, double share);

// Share of iterations that finish by the moment and within the cost. None for no iterations.
std::optional<double> joint_confidence(const Outcome& outcome, Offset finish, double cost);

// Pxx - base: what must be added to the base for this confidence. None for no iterations.
std::optional<double> contingency(std::span<const double> values, double share, double base);

}  // namespace pmo::engine::simulation
