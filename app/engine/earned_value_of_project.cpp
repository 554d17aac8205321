#include "app/engine/earned_value_of_project.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "app/engine/budget_of_project.h"
#include "app/engine/exchange.h"
#include "app/engine/plan_calendars.h"
#include "app/model/records/cost.h"

namespace pmo::engine {
namespace {

Minute end_of(Day day) { return Minute::at(day + 1); }

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

// Amounts added to days, made cumulative at the end.
class Timeline {
 public:
  Timeline(Day first, Day last) : first_(first), values_(static_cast<std::size_t>(std::max(0, last - first) + 1)) {}

  void add(Day day, double amount) { values_[place(day)] += amount; }

  // Evenly over the working time of stretches; there must be one.
  void spread(const WorkTime& time, std::span<const WorkedStretch> stretches, double amount) {
    if (amount == 0) return;
    const auto total = static_cast<double>(worked(time, stretches));
    if (total <= 0) return add(stretches.back().finish.day(), amount);
    for (const auto& [from, to] : stretches)
      for (Day day = from.day(); Minute::at(day) < to; day = day + 1) {
        const auto part = time.between(std::max(from, Minute::at(day)), std::min(to, end_of(day)));
        if (part > 0) add(day, amount * static_cast<double>(part) / total);
      }
  }

  void sum_up() {
    for (std::size_t i = 1; i < values_.size(); ++i) values_[i] += values_[i - 1];
  }
  double at(Day day) const { return day < first_ ? 0 : values_[place(day)]; }

 private:
  std::size_t place(Day day) const {
    return static_cast<std::size_t>(std::clamp<std::int64_t>(day - first_, 0, std::ssize(values_) - 1));
  }
  Day first_;
  std::vector<double> values_;
};

// Planned dates and budget of one task.
struct Planned {
  bool known = false;
  Minute start, finish;
  double budget = 0;  // without its parts
  std::vector<WorkedStretch> stretches;  // of a split task several
};

class Calculation {
 public:
  Calculation(const Project& project, const Outline& outline, const Plan& plan, const Schedule& schedule, const EarnedValueSettings& settings)
      : project_(project), outline_(outline), plan_(plan), schedule_(schedule), settings_(settings), calendars_(plan) {
    result_.date = settings.date;
    result_.baseline = settings.baseline.id;
  }

  ProjectEarnedValue run() {
    plan_budgets();
    find_range();
    planned_values();
    earned_values();
    actual_costs();
    roll_up_tasks();
    accounts();
    curve();
    earned_schedule_figures();
    return std::move(result_);
  }

 private:
  std::size_t count() const { return plan_.tasks.size(); }
  bool leaf(std::size_t row) const { return !plan_.tasks[row].summary; }

  // E1, E4
  void plan_budgets() {
    planned_.resize(count());
    std::vector<double> with_parts(count());
    const auto parts = parts_of(project_, outline_, settings_.baseline);
    const auto costs = costs_of(project_, plan_);
    for (std::size_t row = 0; row < count(); ++row) {
      auto& planned = planned_[row];
      if (settings_.baseline) {
        planned.known = parts[row] != nullptr;
        if (!planned.known) continue;
        planned = {true, parts[row]->start, parts[row]->finish, static_cast<double>(parts[row]->cost.value),
                   stretches_of(*calendars_.of_task(static_cast<Index>(row)), *parts[row])};
      } else if (schedule_.scheduled[row]) {
        planned = {true, schedule_.start[row], schedule_.finish[row], costs[row].total(), stretches_of(schedule_, static_cast<Index>(row))};
      }
    }
    if (!settings_.baseline) return;
    std::vector<double> below(count());
    for (std::size_t row = count(); row-- > 0;) {
      auto& budget = planned_[row].budget;
      const double whole = std::max(budget, below[row]);
      budget = leaf(row) ? budget : whole - below[row];
      if (const Index parent = plan_.tasks[row].parent; parent >= 0) below[parent] += whole;
    }
  }

  void find_range() {
    bool any = false;
    Day first = plan_.start.day(), last = first, planned_last = first;
    for (const Planned& planned : planned_) {
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

  // Budget planned to be used by the end of a day, of one task.
  double planned_by(std::size_t row, Day day) {
    const Planned& planned = planned_[row];
    if (!planned.known) return 0;
    const WorkTime& time = *calendars_.of_task(static_cast<Index>(row));
    const auto total = worked(time, planned.stretches);
    if (total <= 0) return end_of(day) >= planned.finish ? planned.budget : 0;
    std::int64_t done = 0;
    for (const auto& [start, finish] : planned.stretches) done += time.between(start, std::clamp(end_of(day), start, finish));
    return planned.budget * static_cast<double>(done) / static_cast<double>(total);
  }

  void planned_values() {
    result_.tasks.resize(count());
    for (std::size_t row = 0; row < count(); ++row) {
      if (!planned_[row].known) continue;
      pv_->spread(*calendars_.of_task(static_cast<Index>(row)), planned_[row].stretches, planned_[row].budget);
      result_.tasks[row].planned_value = planned_by(row, settings_.date);
      result_.tasks[row].budget_at_completion = planned_[row].budget;
    }
    pv_->sum_up();
  }

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
    std::vector<std::size_t> apportioned;
    for (std::size_t row = 0; row < count(); ++row) {
      if (!leaf(row) || !planned_[row].known || planned_[row].budget == 0) continue;
      const auto method = outline_[row].task->earned_value_method;
      if (method == EarnedValueMethod::apportioned) apportioned.push_back(row);
      else if (method == EarnedValueMethod::level_of_effort) earn_as_planned(row);
      else earn(row, method);
    }
    for (const auto row : apportioned) earn_beside(row);
    for (std::size_t row = count(); row-- > 0;)
      if (!leaf(row) && planned_[row].budget > 0) earn_as_parts(row);
  }

  void earn_as_planned(std::size_t row) {
    const auto finish = std::min(planned_[row].finish, end_of(settings_.date));
    const double share = planned_by(row, settings_.date);
    if (finish > planned_[row].start)
      ev_->spread(*calendars_.of_task(static_cast<Index>(row)), cut(planned_[row].stretches, planned_[row].start, finish), share);
    result_.tasks[row].earned_value = share;
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
    ev_->spread(time, cut(stretches_of(schedule_, static_cast<Index>(row)), done.from, std::max(done.from, to)), earned);
  }

  void earn_beside(std::size_t row) {
    double earned = 0, budget = 0;
    for (std::size_t other = 0; other < count(); ++other) {
      const bool beside = other != row && plan_.tasks[other].parent == plan_.tasks[row].parent && leaf(other);
      if (!beside || outline_[other].task->earned_value_method == EarnedValueMethod::apportioned) continue;
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
    ev_->spread(*calendars_.of_task(static_cast<Index>(row)), cut(planned_[row].stretches, std::min(planned_[row].start, to), to), earned);
  }

  // In the project's currency; nothing without a rate.
  double amount_of(const CostEntry& entry) const { return own_amount(project_, entry, &CostEntry::amount, settings_.date).value_or(0); }

  // E5
  void actual_costs() {
    for (const CostEntry& entry : project_.all<CostEntry>()) {
      if (entry.date > settings_.date || entry.kind == CostKind::commitment) continue;
      const double amount = amount_of(entry);
      ac_->add(entry.date, amount);
      result_.total.actual_cost += amount;
      if (const auto row = outline_.find(entry.task.id)) result_.tasks[*row].actual_cost += amount;
      else result_.actual_without_task += amount;
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

  void accounts() {
    const auto& table = project_.all<CostAccount>();
    std::unordered_map<Id, int> places;
    auto& list = result_.accounts;
    for (const CostAccount& account : table) {
      places.emplace(account.id, static_cast<int>(list.size()));
      list.push_back({.account = account.id});
    }
    const auto none = list.size();
    list.push_back({});
    const auto place = [&](Id account) {
      const auto found = places.find(account);
      return found == places.end() ? none : static_cast<std::size_t>(found->second);
    };
    std::vector<int> parents;
    for (const CostAccount& account : table) parents.push_back(account.parent ? static_cast<int>(place(account.parent.id)) : -1);
    parents.push_back(-1);
    std::vector<EarnedValueAmounts> own(list.size());
    const auto account_of_task = accounts_of(outline_);
    for (std::size_t row = 0; row < count(); ++row) {
      EarnedValueAmounts amounts = own_[row];
      amounts.actual_cost = 0;  // an entry may name another account than its task's
      own[place(account_of_task[row])] += amounts;
    }
    for (const CostEntry& entry : project_.all<CostEntry>()) {
      if (entry.date > settings_.date) continue;
      Id account = entry.account.id;
      if (!account)
        if (const auto row = outline_.find(entry.task.id)) account = account_of_task[*row];
      if (entry.kind != CostKind::commitment) own[place(account)].actual_cost += amount_of(entry);
    }
    for (const auto& [account, open] : open_commitments(project_, settings_.date)) list[place(account)].committed += open;
    const auto totals = roll_up(parents, own);
    for (std::size_t i = 0; i < list.size(); ++i) {
      list[i].amounts = totals[i];
      list[i].parent = parents[i] == static_cast<int>(none) ? -1 : parents[i];
    }
    add_up_accounts();
    const auto& rest = list.back();
    if (rest.amounts.budget_at_completion == 0 && rest.amounts.actual_cost == 0 && rest.committed == 0) list.pop_back();
  }

  // Budgets and commitments of accounts, with those below them. Accounts in a circle stand each for itself.
  void add_up_accounts() {
    auto& list = result_.accounts;
    std::vector<int> parents;
    for (const AccountEarnedValue& account : list) parents.push_back(account.parent);
    const auto order = parts_first(parents);
    std::vector<bool> done(list.size());
    std::vector<double> below(list.size());
    const auto granted = granted_budgets(project_);
    for (const int i : order) {
      const auto at = static_cast<std::size_t>(i);
      AccountEarnedValue& account = list[at];
      done[at] = true;
      if (account.parent >= 0 && done[static_cast<std::size_t>(account.parent)]) account.parent = -1;
      const CostAccount* kept = project_.find(Ref<CostAccount>{account.account});
      const auto own = granted.find(account.account);
      if (own != granted.end()) account.budget = own->second + below[at];
      else account.budget = std::max(kept ? static_cast<double>(kept->budget.value) : 0, below[at]);
      if (account.parent < 0) continue;
      below[static_cast<std::size_t>(account.parent)] += account.budget;
      list[static_cast<std::size_t>(account.parent)].committed += account.committed;
    }
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
    result_.actual_time = days_to(settings_.date);
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
  Day first_, last_;
  std::vector<Planned> planned_;
  std::vector<EarnedValueAmounts> own_;
  std::optional<Timeline> pv_, ev_, ac_;
  ProjectEarnedValue result_;
};

}  // namespace

ProjectEarnedValue earned_value_of(const Project& project, const Outline& outline, const Plan& plan, const Schedule& schedule,
                                   const EarnedValueSettings& settings) {
  return Calculation(project, outline, plan, schedule, settings).run();
}

Day status_day(const Project& project, Day otherwise) {
  for (const auto& settings : project.all<ProjectSettings>())
    if (settings.status_date) return *settings.status_date;
  return otherwise;
}

}  // namespace pmo::engine
