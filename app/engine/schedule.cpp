#include "app/engine/schedule.h"

#include <algorithm>

#include "app/engine/plan_calendars.h"
#include "app/engine/schedule_network.h"

namespace pmo::engine {
namespace {

constexpr Minute never_before{std::numeric_limits<std::int64_t>::min() / 4};
constexpr Minute never_after{std::numeric_limits<std::int64_t>::max() / 4};

// What one task does in working time. Nearly always one part; several when resources have different calendars (S9).
struct Part {
  const WorkTime* time;
  std::int64_t work;  // of the whole task, breaks included
};

struct Effort {
  const WorkTime* time = nullptr;  // of the task: links, float
  Part only{};
  Index first_part = 0, part_count = 0;  // 0: `only`
  std::int64_t remaining = 0;            // minutes of `only.work` still to do
};

class Scheduler {
 public:
  Scheduler(const Plan& plan, Schedule& result) : plan_(plan), tasks_(plan.tasks), result_(result), calendars_(plan) {}

  void run() {
    compute();
    take_out_joins();
  }

  FloatPaths paths(Index target, std::int32_t most) {
    compute();
    if (target < 0) target = last_task();
    else if (tasks_[target].summary) target = std::ranges::max(leaves(target), {}, [&](Index t) { return result_.finish[t]; });
    FloatPaths paths{.number = std::vector<std::int32_t>(tasks_.size(), 0), .room = std::vector<std::int64_t>(tasks_.size(), 0)};
    if (target >= 0) number_paths(paths, target, most);
    paths.number.resize(plan_.tasks.size());
    paths.room.resize(plan_.tasks.size());
    return paths;
  }

 private:
  void compute() {
    prepare();
    forward();
    add_links_from_summary_starts();
    if (plan_.from == ScheduleFrom::finish && plan_.finish) schedule_from_finish();
    else schedule_from_start();
    take_dates();
    floats();
    roll_up();
    mark_longest_path();
    diagnose();
  }

  // --- set up

  void prepare() {
    add_joins();
    const auto count = tasks_.size();
    auto& r = result_;
    for (auto* dates : {&r.early_start, &r.early_finish, &r.late_start, &r.late_finish, &r.start, &r.finish})
      dates->assign(count, plan_.start);
    r.total_float.assign(count, 0);
    r.free_float.assign(count, 0);
    for (auto* flags : {&r.critical, &r.longest_path, &r.scheduled}) flags->assign(count, 0);
    r.start_reason.assign(count, {});
    r.late_reason.assign(count, {ReasonKind::project_finish});
    start_ = plan_.start;
    if (plan_.reschedule_unfinished && plan_.status_date) status_ = Minute::at({plan_.status_date->value + 1});
    prepare_efforts();
    network_ = network_of(tasks_, edges(false));
    r.diagnostics = network_.cycles;
  }

  // S2. A link from the finish of one summary to another holds between each task of the one and each of the other. In
  // between stands a join, a task that takes no time: as many links as there are tasks, instead of their product. Percent
  // lags differ from task to task and have none.
  bool has_join(const PlanLink& link) const {
    return link.from >= 0 && link.to >= 0 && tasks_[link.from].summary && tasks_[link.to].summary && !leaves_start(link.type) &&
           link.unit != LagUnit::percent;
  }
  void add_joins() {
    joins_from_ = static_cast<Index>(plan_.tasks.size());
    const auto joins = std::ranges::count_if(plan_.links, [&](const PlanLink& link) { return has_join(link); });
    if (joins == 0) return;
    with_joins_.reserve(plan_.tasks.size() + static_cast<std::size_t>(joins));
    with_joins_ = plan_.tasks;
    with_joins_.resize(with_joins_.size() + static_cast<std::size_t>(joins), PlanTask{.milestone = true, .active = false, .elapsed = true});
    tasks_ = with_joins_;
  }
  bool is_join(Index task) const { return task >= joins_from_; }

  void join(std::vector<Edge>& list, Index link_index, Index at) {
    const auto& link = plan_.links[link_index];
    const auto from = leaves(link.from), to = leaves(link.to);
    const auto is_active = [&](Index t) { return tasks_[t].active; };
    auto& between = with_joins_[at];
    between.active = std::ranges::any_of(from, is_active) && std::ranges::any_of(to, is_active);
    const auto finished = [&](Index t) { return !is_active(t) || tasks_[t].actual_finish; };
    if (std::ranges::all_of(from, finished)) between.actual_finish = start_;  // that it has one is what matters
    for (const auto f : from) list.push_back({f, at, link_index});
    for (const auto t : to) list.push_back({at, t, link_index, link.type, link.unit, link.lag});
  }

  // Behind the joins stand the tasks that people know.
  void take_out_joins() {
    if (with_joins_.empty()) return;
    auto& r = result_;
    for (auto* reasons : {&r.start_reason, &r.late_reason}) {
      for (Index t = 0; t < joins_from_; ++t)
        if (auto& reason = (*reasons)[t]; is_join(reason.task)) reason.task = (*reasons)[reason.task].task;
      reasons->resize(plan_.tasks.size());
    }
    for (auto* dates : {&r.early_start, &r.early_finish, &r.late_start, &r.late_finish, &r.start, &r.finish}) dates->resize(plan_.tasks.size());
    for (auto* floats : {&r.total_float, &r.free_float}) floats->resize(plan_.tasks.size());
    for (auto* flags : {&r.critical, &r.longest_path, &r.scheduled}) flags->resize(plan_.tasks.size());
    for (auto& diagnostic : r.diagnostics) std::erase_if(diagnostic.tasks, [&](Index t) { return is_join(t); });
    tasks_ = plan_.tasks;
  }

  // Tasks without parts below a task, itself when it has none.
  void collect_children() {
    if (!first_child_.empty()) return;
    const auto count = tasks_.size();
    first_child_.assign(count + 1, 0);
    for (const auto& task : tasks_)
      if (task.parent >= 0) ++first_child_[task.parent + 1];
    for (std::size_t t = 0; t < count; ++t) first_child_[t + 1] += first_child_[t];
    children_.resize(static_cast<std::size_t>(first_child_[count]));
    auto next = first_child_;
    for (std::size_t t = 0; t < count; ++t)
      if (tasks_[t].parent >= 0) children_[next[tasks_[t].parent]++] = static_cast<Index>(t);
  }
  std::vector<Index> leaves(Index task) {
    if (!tasks_[task].summary) return {task};
    collect_children();
    std::vector<Index> found, stack{task};
    while (!stack.empty()) {
      const auto t = stack.back();
      stack.pop_back();
      if (!tasks_[t].summary) found.push_back(t);
      for (auto c = first_child_[t + 1]; c > first_child_[t]; --c) stack.push_back(children_[c - 1]);
    }
    return found;
  }
  bool within(Index task, Index summary) const {
    while (task >= 0 && task != summary) task = tasks_[task].parent;
    return task == summary;
  }

  // S2. Links that leave from the start of a summary need its earliest task, which only a first pass tells.
  std::vector<Edge> edges(bool summary_starts_known) {
    std::vector<Edge> list;
    list.reserve(plan_.links.size());
    auto next_join = joins_from_;
    for (std::size_t i = 0; i < plan_.links.size(); ++i) {
      const auto& link = plan_.links[i];
      const auto index = static_cast<Index>(i);
      if (link.from < 0 || link.to < 0) continue;
      const bool from_summary = tasks_[link.from].summary, to_summary = tasks_[link.to].summary;
      if (!from_summary && !to_summary) {
        list.push_back({link.from, link.to, index, link.type, link.unit, link.lag});
        continue;
      }
      const auto join_at = has_join(link) ? next_join++ : -1;
      if (within(link.from, link.to) || within(link.to, link.from)) {
        if (!summary_starts_known) own_summary_.push_back(index);
        continue;
      }
      if (join_at >= 0) {
        join(list, index, join_at);
        continue;
      }
      auto from = leaves(link.from);
      if (from_summary && leaves_start(link.type)) {
        needs_summary_starts_ = true;
        if (!summary_starts_known) continue;
        from = {*std::ranges::min_element(from, {}, [&](Index t) { return result_.early_start[t]; })};
      }
      const auto to = leaves(link.to);
      for (const auto f : from)
        for (const auto t : to) list.push_back({f, t, index, link.type, link.unit, link.lag});
    }
    return list;
  }

  void add_links_from_summary_starts() {
    if (!needs_summary_starts_) return;
    network_ = network_of(tasks_, edges(true));
    result_.diagnostics = network_.cycles;
    forward();
  }

  void prepare_efforts() {
    const auto count = tasks_.size();
    efforts_.resize(count);
    for (std::size_t t = 0; t < count; ++t) {
      const auto& task = tasks_[t];
      auto& effort = efforts_[t];
      effort.time = task.elapsed ? calendars_.always() : calendars_.of(task.calendar);
      const auto duration = std::max<std::int64_t>(0, task.duration);
      effort.only = {effort.time, duration + task.breaks};
      effort.remaining = task.remaining_duration ? std::clamp<std::int64_t>(*task.remaining_duration, 0, 1LL << 36)
                                                 : duration - duration * std::clamp(task.percent, 0, 1000) / 1000;
    }
    add_assignments();
  }

  // S9. The work of assignments is scaled so that the longest takes the task's duration.
  void add_assignments() {
    struct Share { Index task; const WorkTime* time; std::int64_t minutes; };
    std::vector<Share> shares;
    for (const auto& assignment : plan_.assignments) {
      const auto& task = tasks_[assignment.task];
      const auto& resource = plan_.resources[assignment.resource];
      if (resource.kind != ResourceKind::person && resource.kind != ResourceKind::equipment) continue;
      if (task.elapsed || task.summary || task.ignore_resource_calendars) continue;
      const WorkTime* time = calendars_.of(resource.calendar);
      if (task.calendar >= 0) time = calendars_.both(efforts_[assignment.task].time, time);
      const bool by_work = assignment.work && assignment.units > 0 && task.type != TaskType::fixed_duration;
      const auto minutes = by_work ? *assignment.work * 1000 / assignment.units : task.duration;
      shares.push_back({assignment.task, time, minutes});
    }
    std::ranges::stable_sort(shares, {}, &Share::task);
    for (std::size_t begin = 0, end = 0; begin < shares.size(); begin = end) {
      std::int64_t longest = 0;
      bool one_calendar = true;
      for (end = begin; end < shares.size() && shares[end].task == shares[begin].task; ++end) {
        longest = std::max(longest, shares[end].minutes);
        one_calendar &= shares[end].time == shares[begin].time;
      }
      auto& effort = efforts_[shares[begin].task];
      effort.only.time = shares[begin].time;
      if (one_calendar) continue;
      const auto& task = tasks_[shares[begin].task];
      effort.first_part = static_cast<Index>(parts_.size());
      for (auto s = begin; s < end; ++s) {
        const auto scaled = longest > 0 ? static_cast<std::int64_t>(static_cast<double>(shares[s].minutes) *
                                                                    static_cast<double>(task.duration) /
                                                                    static_cast<double>(longest) + 0.5)
                                        : task.duration;
        parts_.push_back({shares[s].time, scaled + task.breaks});
      }
      effort.part_count = static_cast<Index>(parts_.size()) - effort.first_part;
    }
  }

  // --- one task in time

  template <class Each, class Best>
  Minute over_parts(const Effort& effort, Each each, Best best) const {
    if (effort.part_count == 0) return each(effort.only);
    Minute result = each(parts_[effort.first_part]);
    for (Index p = 1; p < effort.part_count; ++p) result = best(result, each(parts_[effort.first_part + p]));
    return result;
  }
  static Minute later(Minute a, Minute b) { return std::max(a, b); }
  static Minute earlier(Minute a, Minute b) { return std::min(a, b); }

  Minute finish_from(const Effort& effort, Minute start) const {
    return over_parts(effort, [&](const Part& part) { return part.time->add(start, part.work); }, later);
  }
  Minute start_from(const Effort& effort, Minute finish) const {
    return over_parts(effort, [&](const Part& part) { return part.time->add(finish, -part.work); }, earlier);
  }
  // Next moment at which the task can begin (S1).
  Minute working_start(const Effort& effort, Minute moment) const {
    const auto next = over_parts(effort, [&](const Part& part) { return part.time->next_start(moment); }, earlier);
    if (next > moment && effort.only.work == 0 && effort.only.time->previous_finish(moment) == moment) return moment;
    return next;
  }
  Minute working_finish(const Effort& effort, Minute moment) const {
    return over_parts(effort, [&](const Part& part) { return part.time->previous_finish(moment); }, later);
  }

  Minute with_lag(const Edge& edge, Minute moment, bool backwards) const {
    auto lag = edge.lag;
    if (lag == 0) return moment;
    bool elapsed = edge.unit == LagUnit::elapsed;
    if (edge.unit == LagUnit::percent) {
      lag = tasks_[edge.from].duration * lag / 1000;
      elapsed = tasks_[edge.from].elapsed;
    }
    if (backwards) lag = -lag;
    return elapsed ? calendars_.always()->add(moment, lag) : efforts_[edge.to].time->add(moment, lag);
  }

  // --- forward pass

  void forward() {
    for (const auto t : network_.order) forward(t);
  }

  struct Bound {
    Minute moment;
    Reason reason;
  };

  // The earliest start that one link allows.
  Minute start_by(const Edge& edge) const {
    const bool late = late_known_ && tasks_[edge.from].constraint == ConstraintType::as_late_as_possible;  // S7
    const auto& starts = late ? result_.late_start : result_.early_start;
    const auto& finishes = late ? result_.late_finish : result_.early_finish;
    const auto moment = with_lag(edge, edge.leaves_start() ? starts[edge.from] : finishes[edge.from], false);
    return edge.enters_start() ? moment : start_from(efforts_[edge.to], moment);
  }

  Bound bound_by_links(Index t) const {
    Bound bound{never_before, {}};
    for (auto e = network_.first_in[t]; e < network_.first_in[t + 1]; ++e) {
      const auto& edge = network_.edges[e];
      const auto moment = start_by(edge);
      if (moment > bound.moment) bound = {moment, {ReasonKind::link, edge.link, edge.from}};
    }
    return bound;
  }

  void forward(Index t) {
    const auto& task = tasks_[t];
    result_.scheduled[t] = 1;
    if (is_join(t)) {
      const auto latest = bound_by_links(t);
      const auto moment = latest.moment == never_before ? start_ : latest.moment;
      return put_early(t, moment, moment, latest.reason);
    }
    if (task.actual_start || task.actual_finish) return forward_started(t);
    if (task.manual && task.manual_start) {
      const auto finish = task.manual_finish && *task.manual_finish >= *task.manual_start
                              ? *task.manual_finish
                              : finish_from(efforts_[t], *task.manual_start);
      return put_early(t, *task.manual_start, finish, {ReasonKind::manual});
    }
    const auto& effort = efforts_[t];
    Bound bound{start_, {ReasonKind::project_start}};
    const bool free = network_.first_in[t] == network_.first_in[t + 1];
    if (!free) {
      if (const auto by_links = bound_by_links(t); by_links.moment > bound.moment) bound = by_links;
    }
    bound.moment = working_start(effort, bound.moment);
    if (status_ && bound.moment < *status_) bound = {working_start(effort, *status_), {ReasonKind::status_date}};  // S11
    if (task.levelling_delay > 0)
      bound = {working_start(effort, effort.only.time->add(bound.moment, task.levelling_delay)), {ReasonKind::levelling}};
    const auto moved = constrained(task, effort, bound, free);
    put_early(t, moved.moment, exact_finish(task, effort, moved), moved.reason);
  }

  // S3
  Bound constrained(const PlanTask& task, const Effort& effort, Bound bound, bool free) const {
    if (!task.constraint_date) return bound;
    const auto date = *task.constraint_date;
    const auto not_before = [&](Minute moment) {
      if (moment > bound.moment || (free && moment != bound.moment)) bound = {moment, {ReasonKind::constraint}};
    };
    const auto not_after = [&](Minute moment) {
      if (moment < bound.moment) bound = {moment, {ReasonKind::constraint}};
    };
    switch (task.constraint) {
      case ConstraintType::start_no_earlier_than: not_before(working_start(effort, date)); break;
      case ConstraintType::finish_no_earlier_than: not_before(working_start(effort, start_from(effort, date))); break;
      case ConstraintType::start_no_later_than: not_after(working_start(effort, date)); break;
      case ConstraintType::finish_no_later_than: not_after(working_start(effort, start_from(effort, date))); break;
      case ConstraintType::must_start_on: bound = {working_start(effort, date), {ReasonKind::constraint}}; break;
      case ConstraintType::must_finish_on: bound = {working_start(effort, start_from(effort, date)), {ReasonKind::constraint}}; break;
      default: break;
    }
    return bound;
  }

  Minute exact_finish(const PlanTask& task, const Effort& effort, const Bound& bound) const {
    if (effort.only.work == 0 && bound.reason.kind != ReasonKind::constraint) return bound.moment;
    if (task.constraint == ConstraintType::must_finish_on && task.constraint_date && effort.only.work > 0)
      return working_finish(effort, *task.constraint_date);
    return finish_from(effort, bound.moment);
  }

  // S4
  void forward_started(Index t) {
    const auto& task = tasks_[t];
    const auto& effort = efforts_[t];
    const auto start = task.actual_start ? *task.actual_start : start_from(effort, *task.actual_finish);
    Reason reason{ReasonKind::actual};
    if (task.actual_finish) return put_early(t, start, std::max(start, *task.actual_finish), reason);
    const auto done = task.actual_duration ? *task.actual_duration : task.duration - effort.remaining;
    if (task.manual && task.manual_finish && *task.manual_finish >= start)
      return put_early(t, start, *task.manual_finish, reason);
    Minute go_on = effort.only.time->add(start, std::max<std::int64_t>(0, done));
    bool moved = false;
    if (task.resume && *task.resume > go_on) { go_on = *task.resume; moved = true; }
    if (status_ && go_on < *status_ && effort.remaining > 0) {
      go_on = effort.only.time->next_start(*status_);
      moved = true;
      reason = {ReasonKind::status_date};
    }
    if (plan_.progress == ProgressLogic::retained && effort.remaining > 0) {
      for (auto e = network_.first_in[t]; e < network_.first_in[t + 1]; ++e) {
        const auto& edge = network_.edges[e];
        if (edge.type != LinkType::finish_to_start || tasks_[edge.from].actual_finish) continue;
        const auto moment = start_by(edge);
        if (moment > effort.only.time->next_start(go_on)) { go_on = moment; moved = true; reason = {ReasonKind::resume, edge.link, edge.from}; }
      }
    }
    const auto finish = moved ? effort.only.time->add(go_on, effort.remaining)
                              : effort.only.time->add(start, std::max<std::int64_t>(0, done) + effort.remaining + task.breaks);
    put_early(t, start, finish, reason);
  }

  void put_early(Index t, Minute start, Minute finish, Reason reason) {
    result_.early_start[t] = start;
    result_.early_finish[t] = finish;
    result_.start_reason[t] = reason;
  }

  // --- backward pass

  void backward() {
    late_for_links_.assign(tasks_.size(), finish_);
    for (auto t = network_.order.rbegin(); t != network_.order.rend(); ++t) backward(*t);
  }

  // The latest finish of the predecessor that one link allows (S5).
  Minute finish_by(const Edge& edge) const {
    if (edge.leaves_start() && tasks_[edge.from].actual_start) return finish_;  // its start is past
    if (edge.type == LinkType::start_to_start && tasks_[edge.to].actual_start) return finish_;
    const auto moment = with_lag(edge, edge.enters_start() ? late_for_links_[edge.to] : result_.late_finish[edge.to], true);
    return edge.leaves_start() ? finish_from(efforts_[edge.from], moment) : moment;
  }

  void backward(Index t) {
    const auto& task = tasks_[t];
    const auto& effort = efforts_[t];
    if (task.actual_finish) {
      put_late(t, result_.early_start[t], result_.early_finish[t], {ReasonKind::actual});
      late_for_links_[t] = result_.early_start[t];
      return;
    }
    Bound bound{finish_, {ReasonKind::project_finish}};
    for (auto e = network_.first_out[t]; e < network_.first_out[t + 1]; ++e) {
      const auto& edge = network_.edges[network_.out[e]];
      if (tasks_[edge.to].actual_finish) continue;
      const auto moment = finish_by(edge);
      if (moment < bound.moment) bound = {moment, {ReasonKind::link, edge.link, edge.to}};
    }
    bound = late_constrained(task, effort, bound);
    if (task.deadline && *task.deadline < bound.moment) bound = {*task.deadline, {ReasonKind::deadline}};
    const auto raw = bound.moment;
    bound.moment = working_finish(effort, bound.moment);
    // A task without duration need not step back over free time when that would put it before its early date.
    if (effort.only.work == 0 && bound.moment < result_.early_finish[t] && raw >= result_.early_finish[t] && plan_.from == ScheduleFrom::start)
      bound.moment = result_.early_finish[t];
    const bool started = task.actual_start.has_value();
    const auto late = started ? effort.only.time->add(bound.moment, -effort.remaining) : start_from(effort, bound.moment);
    late_for_links_[t] = late;
    put_late(t, started ? *task.actual_start : late, bound.moment, bound.reason);
  }

  Bound late_constrained(const PlanTask& task, const Effort& effort, Bound bound) const {
    if (!task.constraint_date) return bound;
    const auto date = *task.constraint_date;
    const auto not_after = [&](Minute moment) {
      if (moment < bound.moment) bound = {moment, {ReasonKind::constraint}};
    };
    switch (task.constraint) {
      case ConstraintType::must_start_on: bound = {finish_from(effort, date), {ReasonKind::constraint}}; break;
      case ConstraintType::must_finish_on: bound = {date, {ReasonKind::constraint}}; break;
      case ConstraintType::start_no_later_than: not_after(finish_from(effort, date)); break;
      case ConstraintType::finish_no_later_than: not_after(date); break;
      default: break;
    }
    return bound;
  }

  void put_late(Index t, Minute start, Minute finish, Reason reason) {
    result_.late_start[t] = start;
    result_.late_finish[t] = finish;
    result_.late_reason[t] = reason;
  }

  // --- both passes

  Minute latest_finish() const {
    Minute latest = never_before;
    for (const auto t : network_.order) latest = std::max(latest, result_.early_finish[t]);
    return latest == never_before ? start_ : latest;
  }

  void schedule_from_start() {
    finish_ = latest_finish();
    backward();
    late_known_ = true;
    if (has_late_tasks()) forward();
  }

  bool has_late_tasks() const {
    return std::ranges::any_of(tasks_, [](const PlanTask& task) {
      return task.constraint == ConstraintType::as_late_as_possible && !task.summary;
    });
  }

  // S8: the start follows from the late dates.
  void schedule_from_finish() {
    finish_ = *plan_.finish;
    backward();
    Minute first = never_after;
    for (const auto t : network_.order) first = std::min(first, result_.late_start[t]);
    if (first != never_after) start_ = first;
    forward();
  }

  bool takes_late(const PlanTask& task) const {
    if (task.actual_start || task.manual) return false;
    return task.constraint == ConstraintType::as_late_as_possible || (plan_.from == ScheduleFrom::finish && plan_.finish);
  }

  void take_dates() {
    for (const auto t : network_.order) {
      const bool late = takes_late(tasks_[t]);
      result_.start[t] = late ? result_.late_start[t] : result_.early_start[t];
      result_.finish[t] = late ? result_.late_finish[t] : result_.early_finish[t];
    }
    result_.project_start = never_after;
    result_.project_finish = never_before;
    for (const auto t : network_.order) {
      result_.project_start = std::min(result_.project_start, result_.start[t]);
      result_.project_finish = std::max(result_.project_finish, result_.finish[t]);
    }
    if (network_.order.empty()) result_.project_start = result_.project_finish = plan_.start;
  }

  // S6
  void floats() {
    for (const auto t : network_.order) {
      const auto& task = tasks_[t];
      const auto& time = *efforts_[t].time;
      auto& total = result_.total_float[t];
      const auto finish_float = time.between(result_.early_finish[t], result_.late_finish[t]);
      if (task.actual_finish) total = 0;
      else if (task.actual_start) total = finish_float;
      else if (task.constraint == ConstraintType::as_late_as_possible) total = 0;
      else total = std::min(finish_float, time.between(result_.early_start[t], result_.late_start[t]));
      result_.critical[t] = !task.actual_finish && total <= plan_.critical_threshold;
    }
    // A join hands on what its successors leave.
    free_limit_.resize(with_joins_.size() - std::min(with_joins_.size(), plan_.tasks.size()), never_after);
    for (auto t = network_.order.rbegin(); !with_joins_.empty() && t != network_.order.rend(); ++t)
      if (is_join(*t)) free_limit_[*t - joins_from_] = free_limit(*t);
    for (const auto t : network_.order) result_.free_float[t] = is_join(t) ? 0 : free_float(t);
  }

  std::int64_t free_float(Index t) const {
    if (tasks_[t].actual_finish) return 0;
    std::int64_t least = std::numeric_limits<std::int64_t>::max();
    for (auto e = network_.first_out[t]; e < network_.first_out[t + 1]; ++e) {
      const auto& edge = network_.edges[network_.out[e]];
      const auto limit = free_limit(edge);
      if (limit == never_after) continue;
      const auto from = edge.leaves_start() ? result_.start[t] : result_.finish[t];
      least = std::min(least, efforts_[t].time->between(from, limit));
    }
    return least == std::numeric_limits<std::int64_t>::max() ? result_.total_float[t] : least;
  }

  // Up to when the predecessor may move without moving the successor, lag taken from the successor's side.
  Minute free_limit(const Edge& edge) const {
    if (is_join(edge.to)) return free_limit_[edge.to - joins_from_];
    if (tasks_[edge.to].actual_finish) return never_after;
    return with_lag(edge, edge.enters_start() ? result_.start[edge.to] : result_.finish[edge.to], true);
  }
  Minute free_limit(Index join) const {
    Minute least = never_after;
    for (auto e = network_.first_out[join]; e < network_.first_out[join + 1]; ++e)
      least = std::min(least, free_limit(network_.edges[network_.out[e]]));
    return least;
  }

  // Summaries span their parts.
  void roll_up() {
    const auto count = tasks_.size();
    std::vector<std::uint8_t> filled(count, 0);
    for (std::size_t i = count; i-- > 0;) {
      const auto& task = tasks_[i];
      auto& r = result_;
      if (task.summary && filled[i]) finish_summary(static_cast<Index>(i));
      if (task.parent < 0 || !r.scheduled[i]) continue;
      const auto p = task.parent;
      const auto join = [&](std::vector<Minute>& dates, bool least) {
        dates[p] = !filled[p] ? dates[i] : least ? std::min(dates[p], dates[i]) : std::max(dates[p], dates[i]);
      };
      join(r.early_start, true);
      join(r.late_start, true);
      join(r.start, true);
      join(r.early_finish, false);
      join(r.late_finish, false);
      join(r.finish, false);
      r.critical[p] |= r.critical[i];
      r.free_float[p] = filled[p] ? std::min(r.free_float[p], r.free_float[i]) : r.free_float[i];
      r.total_float[p] = filled[p] ? std::min(r.total_float[p], r.total_float[i]) : r.total_float[i];
      filled[p] = r.scheduled[p] = 1;
    }
  }
  void finish_summary(Index t) {
    result_.start_reason[t] = {ReasonKind::summary};
    result_.late_reason[t] = {ReasonKind::summary};
    const auto& time = *efforts_[t].time;
    result_.total_float[t] = std::min(time.between(result_.early_finish[t], result_.late_finish[t]),
                                      time.between(result_.early_start[t], result_.late_start[t]));
  }

  void mark_longest_path() {
    for (const auto t : network_.order)
      if (result_.finish[t] == result_.project_finish) result_.longest_path[t] = 1;
    for (auto t = network_.order.rbegin(); t != network_.order.rend(); ++t) {
      const auto& reason = result_.start_reason[*t];
      const bool driven = reason.kind == ReasonKind::link || reason.kind == ReasonKind::resume;
      if (result_.longest_path[*t] && driven) result_.longest_path[reason.task] = 1;
    }
  }

  void diagnose() {
    const auto add = [&](DiagnosticKind kind, Index t) { result_.diagnostics.push_back({kind, {t}}); };
    for (Index t = 0; t < std::ssize(tasks_); ++t) {
      const auto& task = tasks_[t];
      if (!task.active || task.summary) continue;
      if (!efforts_[t].only.time->ever_works() && task.duration > 0) add(DiagnosticKind::no_working_time, t);
      if (task.deadline && result_.finish[t] > *task.deadline) add(DiagnosticKind::missed_deadline, t);
      if (breaks_constraint(t)) add(DiagnosticKind::broken_constraint, t);
    }
    for (const auto link : own_summary_)
      result_.diagnostics.push_back({DiagnosticKind::cycle, {plan_.links[link].from, plan_.links[link].to}});
  }

  // --- float paths

  Index last_task() const {
    Index last = -1;
    for (const auto t : network_.order)
      if (!is_join(t) && !tasks_[t].actual_finish && (last < 0 || result_.finish[t] >= result_.finish[last])) last = t;
    return last;
  }

  // How far the predecessor may move before this link moves the successor.
  std::int64_t room_of(const Edge& edge) const {
    const auto from = edge.leaves_start() ? result_.start[edge.from] : result_.finish[edge.from];
    const auto limit = with_lag(edge, edge.enters_start() ? result_.start[edge.to] : result_.finish[edge.to], true);
    return std::max<std::int64_t>(0, efforts_[is_join(edge.from) ? edge.to : edge.from].time->between(from, limit));
  }

  void number_paths(FloatPaths& paths, Index target, std::int32_t most) const {
    constexpr auto far = std::numeric_limits<std::int64_t>::max();
    std::vector<std::int64_t> room(tasks_.size(), far);
    std::vector<Index> next(tasks_.size(), -1);
    std::vector<Index> reached;
    room[target] = 0;
    for (auto t = network_.order.rbegin(); t != network_.order.rend(); ++t) {
      if (room[*t] == far) continue;
      reached.push_back(*t);
      for (auto e = network_.first_in[*t]; e < network_.first_in[*t + 1]; ++e) {
        const auto& edge = network_.edges[e];
        if (tasks_[edge.from].actual_finish) continue;
        if (const auto sum = room[*t] + room_of(edge); sum < room[edge.from]) room[edge.from] = sum, next[edge.from] = *t;
      }
    }
    // The predecessor that leads here with the least room, among those on no path.
    const auto tightest = [&](Index t) {
      Index best = -1;
      for (auto e = network_.first_in[t]; e < network_.first_in[t + 1]; ++e) {
        const auto p = network_.edges[e].from;
        if (next[p] == t && paths.number[p] == 0 && (best < 0 || room[p] < room[best])) best = p;
      }
      return best;
    };
    std::ranges::stable_sort(reached, {}, [&](Index t) { return room[t]; });  // the target comes first: nothing leads on from it
    std::int32_t count = 0;
    for (const auto first : reached) {
      if (paths.number[first] != 0 || (is_join(first) && tightest(first) < 0)) continue;
      if (++count > most) break;
      for (auto t = first; t >= 0; t = tightest(t)) {
        paths.number[t] = count;
        paths.room[t] = room[t];
      }
    }
  }

  bool breaks_constraint(Index t) const {
    const auto& task = tasks_[t];
    if (task.actual_start || task.manual || !task.constraint_date) return false;
    switch (task.constraint) {
      case ConstraintType::must_start_on:
      case ConstraintType::must_finish_on:
      case ConstraintType::start_no_later_than:
      case ConstraintType::finish_no_later_than: break;
      default: return false;
    }
    return working_start(efforts_[t], bound_by_links(t).moment == never_before ? start_ : bound_by_links(t).moment) >
           result_.early_start[t];
  }

  const Plan& plan_;
  std::span<const PlanTask> tasks_;   // of the plan, and behind them the joins
  std::vector<PlanTask> with_joins_;  // empty when there are none
  Index joins_from_ = 0;
  std::vector<Minute> free_limit_;  // of each join
  Schedule& result_;
  PlanCalendars calendars_;
  Network network_;
  std::vector<Effort> efforts_;
  std::vector<Part> parts_;
  std::vector<Index> first_child_, children_, own_summary_;
  std::vector<Minute> late_for_links_;  // late start as predecessors see it: of the remaining work when started
  Minute start_, finish_;
  std::optional<Minute> status_;  // end of the status date, when unfinished work waits for it
  bool late_known_ = false;
  bool needs_summary_starts_ = false;
};

}  // namespace

Schedule schedule(const Plan& plan) {
  Schedule result;
  Scheduler(plan, result).run();
  return result;
}

FloatPaths float_paths(const Plan& plan, Index target, std::int32_t most) {
  Schedule result;
  return Scheduler(plan, result).paths(target, most);
}

Key diagnostic_key(DiagnosticKind kind) {
  switch (kind) {
    case DiagnosticKind::cycle: return "error.schedule.cycle"_key;
    case DiagnosticKind::no_working_time: return "error.schedule.no_working_time"_key;
    case DiagnosticKind::missed_deadline: return "error.schedule.missed_deadline"_key;
    default: return "error.schedule.broken_constraint"_key;
  }
}

}  // namespace pmo::engine
