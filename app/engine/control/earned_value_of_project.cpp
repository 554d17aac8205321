#include "app/engine/control/earned_value_of_project.h"

#include <algorithm>
#include <cmath>

#include "app/engine/control/budget_of_project.h"
#include "app/engine/control/exchange.h"
#include "app/engine/control/planned_value.h"
#include "app/model/records/cost.h"

namespace pmo::engine {
namespace {

std::int64_t worked(const WorkTime& time, std::span<const WorkedStretch> stretches) {
  std::int64_t minutes = 0;
  for (const auto& [from, to] : stretches) minutes += time.between(from, to);
  return minutes;
}

// What of the stretches lies between two moments; where nothing does, all between them.
std::vector<WorkedStretch> cut(std::span<const WorkedStretch> stretches, Minute from, Minute to) {
  std::vector<WorkedStretch> list;
  for (const auto& [start, finish] : stretches)
    if (std::max(start, from) < std::min(finish, to)) list.push_back({std::max(start, from), std::min(finish, to)});
  if (list.empty()) list.push_back({from, to});
  return list;
}

class Calculation {
 public:
  Calculation(const Project& project, const Outline& outline, const Plan& plan, const Schedule& schedule, const EarnedValueSettings& settings)
      : project_(project), outline_(outline), plan_(plan), schedule_(schedule), settings_(settings), calendars_(plan),
        account_of_task_(accounts_of(outline)), spent_(engine::actual_costs(project, outline, account_of_task_, settings.date)) {
    result_.date = settings.date;
    result_.baseline = settings.baseline.id;
  }

  ProjectEarnedValue run() {
    planned_ = planned_tasks(project_, outline_, plan_, schedule_, settings_.baseline, calendars_);
    find_range();
    planned_values();
    earned_values();
    actual_costs();
    roll_up_tasks();
    if (project_.all<CostAccount>().empty()) result_.cost_of_plan = cost_of_plan();
    accounts();
    curve();
    earned_schedule_figures();
    return std::move(result_);
  }

 private:
  std::size_t count() const { return plan_.tasks.size(); }
  bool leaf(std::size_t row) const { return !plan_.tasks[row].summary; }

  void find_range() {
    bool any = false;
    Day first = plan_.start.day(), last = first, planned_last = first;
    for (const PlannedTask& planned : planned_) {
      if (!planned.known) continue;
      first = any ? std::min(first, planned.start.day()) : planned.start.day();
      planned_last = any ? std::max(planned_last, planned.finish.day()) : planned.finish.day();
      any = true;
    }
    result_.planned_start = first;
    result_.planned_finish = planned_last;
    last = std::max({planned_last, settings_.date, schedule_.project_finish.day()});
    for (const CostEntry& entry : project_.all<CostEntry>())
      if (entry.date <= settings_.date) first = std::min(first, std::max(entry.date, plan_.start.day() - longest_lead));
    for (std::size_t row = 0; row < count(); ++row)
      if (plan_.tasks[row].actual_start) first = std::min(first, std::max(plan_.tasks[row].actual_start->day(), plan_.start.day() - longest_lead));
    first_ = first;
    last_ = std::min(last, first + longest_days);
    pv_.emplace(first_, last_);
    ev_.emplace(first_, last_);
    ac_.emplace(first_, last_);
  }

  // E1
  void planned_values() {
    result_.tasks.resize(count());
    for (std::size_t row = 0; row < count(); ++row) {
      if (!planned_[row].known) continue;
      for (const CostPart& part : planned_[row].parts) pv_->add(part);
      result_.tasks[row].planned_value = planned_by_date(row);
      result_.tasks[row].budget_at_completion = planned_[row].budget;
    }
    pv_->sum_up();
  }

  double planned_by_date(std::size_t row) const { return planned_before(planned_[row], end_of(settings_.date)); }

  // Share of the task's work that was done by the date, and since when until when it grew.
  struct Done {
    Minute from, to;
    double share = 0;
    bool finished = false;
  };
  Done done_by_date(std::size_t row) const {
    const PlanTask& task = plan_.tasks[row];
    const Minute date = end_of(settings_.date);
    Done done{task.actual_start.value_or(schedule_.start[row]), date, 0, false};
    done.finished = task.actual_finish || task.percent >= 1000;
    if (done.finished) done.to = task.actual_finish.value_or(schedule_.finish[row]);
    const auto* record = outline_[row].task;
    const bool physical = record->earned_value_method == EarnedValueMethod::physical_percent ||
                          record->earned_value_method == EarnedValueMethod::weighted_milestones;
    done.share = physical ? record->physical_percent.value / 1000.0 : done.finished ? 1.0 : task.percent / 1000.0;
    return done;
  }

  // E2, E3
  void earned_values() {
    const auto steps = steps_by_task(project_);
    for (std::size_t row = 0; row < count(); ++row) {
      if (!leaf(row) || !planned_[row].known || planned_[row].budget == 0) continue;
      const auto method = outline_[row].task->earned_value_method;
      const auto own = steps.find(outline_[row].task->id);
      if (method == EarnedValueMethod::apportioned) continue;
      if (method == EarnedValueMethod::level_of_effort) earn_as_planned(row);
      else if (method == EarnedValueMethod::weighted_milestones && own != steps.end()) earn_by_steps(row, own->second);
      else earn(row, method);
    }
    followed_.resize(count());
    for (std::size_t row = 0; row < count(); ++row) earn_apportioned(row);
    for (std::size_t row = count(); row-- > 0;)
      if (!leaf(row) && planned_[row].budget > 0) earn_as_parts(row);
  }

  void earn_as_planned(std::size_t row) {
    const Minute date = end_of(settings_.date);
    for (const CostPart& part : planned_[row].parts)
      if (part.from < date) ev_->add({part.from, std::min(part.to, date), planned_before(part, date), part.time});
    result_.tasks[row].earned_value = planned_by_date(row);
  }

  void earn_by_steps(std::size_t row, const std::vector<const TaskStep*>& steps) {
    Progress progress;
    for (const TaskStep* step : steps) progress.milestones.emplace_back(static_cast<double>(step->weight), step->achieved_on && *step->achieved_on <= settings_.date);
    const auto share = earned_share(EarnedValueMethod::weighted_milestones, progress);
    if (!share) return;
    double weights = 0;
    for (const auto& [weight, achieved] : progress.milestones) weights += weight;
    for (std::size_t i = 0; i < steps.size(); ++i)
      if (progress.milestones[i].second) ev_->add(*steps[i]->achieved_on, planned_[row].budget * progress.milestones[i].first / weights);
    result_.tasks[row].earned_value = planned_[row].budget * *share;
  }

  void earn(std::size_t row, EarnedValueMethod method) {
    const Done done = done_by_date(row);
    const double budget = planned_[row].budget;
    const Day date = settings_.date;
    const bool started = plan_.tasks[row].actual_start || done.share > 0;
    if (!started || done.from.day() > date) return;
    const WorkTime& time = *calendars_.of_task(static_cast<Index>(row));
    double& earned = result_.tasks[row].earned_value;
    const bool finished_by_date = done.finished && done.to.day() <= date;
    if (method == EarnedValueMethod::zero_hundred || method == EarnedValueMethod::fifty_fifty) {
      const double at_start = method == EarnedValueMethod::fifty_fifty ? budget / 2 : 0;
      ev_->add(done.from.day(), at_start);
      if (finished_by_date) ev_->add(done.to.day(), budget - at_start);
      earned = finished_by_date ? budget : at_start;
      return;
    }
    // A finish after the date (a report for an earlier day): what had been done by then.
    double share = done.share;
    const Minute to = std::min(done.to, end_of(date));
    if (done.finished && !finished_by_date) {
      const auto stretches = stretches_of(schedule_, static_cast<Index>(row));
      const auto total = worked(time, cut(stretches, done.from, done.to));
      share *= total > 0 ? static_cast<double>(worked(time, cut(stretches, done.from, to))) / static_cast<double>(total) : 0;
    }
    earned = budget * share;
    spread(time, cut(stretches_of(schedule_, static_cast<Index>(row)), done.from, std::max(done.from, to)), earned);
  }

  bool apportioned(std::size_t row) const {
    return leaf(row) && planned_[row].known && planned_[row].budget != 0 && outline_[row].task->earned_value_method == EarnedValueMethod::apportioned;
  }

  // Tasks that follow each other in a circle, which merges may bring, earn nothing by each other.
  void earn_apportioned(std::size_t row) {
    if (!apportioned(row) || followed_[row]) return;
    followed_[row] = 1;
    const auto base = outline_.find(outline_[row].task->apportioned_to.id);
    const auto parent = outline_[row].parent;
    const std::size_t from = base ? *base : parent == Outline::none ? 0 : parent + 1;
    const std::size_t to = base ? outline_[*base].end : parent == Outline::none ? count() : outline_[parent].end;
    double earned = 0, budget = 0;
    for (std::size_t other = from; other < to; ++other) {
      if (other == row || !leaf(other) || (!base && outline_[other].parent != parent) || (other != base && apportioned(other))) continue;
      earn_apportioned(other);
      earned += result_.tasks[other].earned_value;
      budget += planned_[other].budget;
    }
    earn_share(row, budget > 0 ? earned / budget : 0);
  }

  void earn_as_parts(std::size_t row) {
    double earned = 0, budget = 0;
    for (std::size_t other = row + 1; other < outline_[row].end; ++other) {
      earned += result_.tasks[other].earned_value;
      budget += planned_[other].budget;
    }
    earn_share(row, budget > 0 ? earned / budget : 0);
  }

  void earn_share(std::size_t row, double share) {
    const double earned = planned_[row].budget * share;
    result_.tasks[row].earned_value = earned;
    const Minute to = std::min(end_of(settings_.date), std::max(planned_[row].finish, planned_[row].start));
    spread(*calendars_.of_task(static_cast<Index>(row)), cut(planned_[row].stretches, std::min(planned_[row].start, to), to), earned);
  }
  void spread(const WorkTime& time, std::span<const WorkedStretch> stretches, double earned) {
    for (const CostPart& part : evenly(stretches, earned, time)) ev_->add(part);
  }

  void actual_costs() {
    for (const ActualCost& cost : spent_) {
      ac_->add(cost.date, cost.amount);
      result_.total.actual_cost += cost.amount;
      if (const auto row = outline_.find(cost.task)) result_.tasks[*row].actual_cost += cost.amount;
      else result_.actual_without_task += cost.amount;
    }
    ev_->sum_up();
    ac_->sum_up();
  }

  void roll_up_tasks() {
    own_ = result_.tasks;
    for (std::size_t row = count(); row-- > 0;) {
      if (const Index parent = plan_.tasks[row].parent; parent >= 0) result_.tasks[parent] += result_.tasks[row];
      else add_to_total(result_.tasks[row]);
    }
  }
  void add_to_total(const EarnedValueAmounts& amounts) {
    result_.total.planned_value += amounts.planned_value;
    result_.total.earned_value += amounts.earned_value;
    result_.total.budget_at_completion += amounts.budget_at_completion;
  }

  double cost_of_plan() {
    if (!settings_.baseline) return result_.total.budget_at_completion;
    double sum = 0;
    for (const TaskCost& cost : costs_of(project_, plan_, schedule_)) sum += cost.total();
    return sum;
  }

  void accounts() {
    const AccountTree tree(project_);
    auto& list = result_.accounts;
    for (std::size_t place = 0; place < tree.size(); ++place) list.push_back({.account = tree.account(place), .parent = tree.parent(place)});
    for (std::size_t row = 0; row < count(); ++row) {
      EarnedValueAmounts amounts = own_[row];
      amounts.actual_cost = 0;  // an entry may name another account than its task's
      list[tree.place(account_of_task_[row])].amounts += amounts;
    }
    for (const ActualCost& cost : spent_) list[tree.place(cost.account)].amounts.actual_cost += cost.amount;
    for (const auto& [account, open] : open_commitments(project_, settings_.date)) list[tree.place(account)].committed += open;
    add_up_accounts(tree);
    estimates(tree);
    const auto& rest = list.back();
    if (rest.amounts.budget_at_completion != 0 || rest.amounts.actual_cost != 0 || rest.committed != 0) return;
    std::erase(result_.accounts_parts_first, static_cast<int>(tree.none()));
    list.pop_back();
  }

  void add_up_accounts(const AccountTree& tree) {
    auto& list = result_.accounts;
    std::vector<double> below(list.size());
    const auto granted = granted_budgets(project_);
    result_.accounts_parts_first = tree.parts_first();
    for (const int i : result_.accounts_parts_first) {
      const auto at = static_cast<std::size_t>(i);
      AccountEarnedValue& account = list[at];
      const CostAccount* kept = project_.find(Ref<CostAccount>{account.account});
      const auto own = granted.find(account.account);
      if (own != granted.end()) account.budget = own->second + below[at];
      else if (tree.size() == 1) account.budget = account.amounts.budget_at_completion;
      else account.budget = std::max(kept ? static_cast<double>(kept->budget.value) : 0, below[at]);
      if (account.parent < 0) continue;
      AccountEarnedValue& above = list[static_cast<std::size_t>(account.parent)];
      below[static_cast<std::size_t>(account.parent)] += account.budget;
      above.committed += account.committed;
      above.amounts += account.amounts;
    }
  }

  void estimates(const AccountTree& tree) {
    auto left = estimate_to_complete(project_, outline_, tree, account_of_task_, own_, settings_.date);
    result_.to_complete = left.total;
    result_.tasks_to_complete = std::move(left.tasks);
    for (std::size_t place = 0; place < tree.size(); ++place) result_.accounts[place].to_complete = left.accounts[place];
  }

  void curve() {
    for (Day day = first_; day <= last_; day = day + 1) {
      EarnedValuePoint point{day, pv_->at(day), {}, {}};
      if (day <= settings_.date) {
        point.earned_value = ev_->at(day);
        point.actual_cost = ac_->at(day);
      }
      result_.days.push_back(point);
    }
  }

  // The date, or before it the day on which nothing was left to earn.
  Day last_of_work() const {
    constexpr double rounding = 0.5;
    const double budget = result_.total.budget_at_completion;
    Day day = settings_.date;
    if (budget <= 0 || result_.total.earned_value < budget - rounding) return day;
    while (day > first_ && ev_->at(day - 1) >= budget - rounding) day = day - 1;
    return day;
  }

  // E6
  void earned_schedule_figures() {
    std::int64_t minutes_per_day = 480;
    for (const auto& settings : project_.all<ProjectSettings>()) minutes_per_day = std::max<std::int64_t>(1, settings.minutes_per_day.value);
    const WorkTime& time = *calendars_.project();
    const Minute start = Minute::at(result_.planned_start);
    const auto days_to = [&](Day day) { return static_cast<double>(time.between(start, end_of(day))) / static_cast<double>(minutes_per_day); };
    std::vector<Curve::Point> points;
    for (Day day = result_.planned_start; day <= result_.planned_finish && day <= last_; day = day + 1)
      if (time.works(day) || day == result_.planned_finish) points.push_back({days_to(day), pv_->at(day)});
    result_.actual_time = days_to(last_of_work());
    result_.planned_duration = days_to(result_.planned_finish);
    result_.schedule = earned_schedule(Curve(points), result_.total.earned_value, result_.actual_time, result_.planned_duration);
    const auto pace = result_.schedule.estimate_current_pace;
    if (!pace || !std::isfinite(*pace) || *pace > longest_days) return;
    result_.forecast_finish = time.add(start, std::llround(*pace * static_cast<double>(minutes_per_day))).day();
  }

  static constexpr std::int32_t longest_days = 366 * 60, longest_lead = 366 * 5;

  const Project& project_;
  const Outline& outline_;
  const Plan& plan_;
  const Schedule& schedule_;
  const EarnedValueSettings settings_;
  PlanCalendars calendars_;
  const std::vector<Id> account_of_task_;
  const std::vector<ActualCost> spent_;
  Day first_, last_;
  std::vector<PlannedTask> planned_;
  std::vector<std::uint8_t> followed_;  // flags: of apportioned tasks, that they have earned
  std::vector<EarnedValueAmounts> own_;
  std::optional<Timeline> pv_, ev_, ac_;
  ProjectEarnedValue result_;
};

}  // namespace

ProjectEarnedValue earned_value_of(const Project& project, const Outline& outline, const Plan& plan, const Schedule& schedule,
                                   const EarnedValueSettings& settings) {
  return Calculation(project, outline, plan, schedule, settings).run();
}

std::vector<ActualCost> actual_costs(const Project& project, const Outline& outline, std::span<const Id> account_of_task, Day date) {
  const ExchangeRates rates(project);
  std::vector<ActualCost> costs;
  for (const CostEntry& entry : project.all<CostEntry>()) {
    if (entry.date > date || entry.kind == CostKind::commitment) continue;
    ActualCost cost{.date = entry.date, .task = entry.task.id, .account = entry.account.id, .amount = rates.own_amount(entry, &CostEntry::amount, date).value_or(0)};
    if (!cost.account)
      if (const auto row = outline.find(cost.task)) cost.account = account_of_task[*row];
    costs.push_back(cost);
  }
  return costs;
}

Day status_day(const Project& project, Day otherwise) {
  for (const auto& settings : project.all<ProjectSettings>())
    if (settings.status_date) return *settings.status_date;
  return otherwise;
}

}  // namespace pmo::engine
