#include "app/engine/control/cost_of_project.h"

#include <algorithm>
#include <limits>

#include "app/engine/resources/resource_rates.h"
#include "app/model/records/cost.h"

namespace pmo::engine {
namespace {

class Costing {
 public:
  Costing(const Project& project, const Plan& plan, const Schedule& schedule, PlanCalendars& calendars)
      : project_(project), plan_(plan), schedule_(schedule), calendars_(calendars), rates_(project),
        result_{std::vector<TaskCost>(plan.tasks.size()), std::vector<std::vector<CostPart>>(plan.tasks.size()), std::vector<std::uint8_t>(plan.tasks.size(), 1)} {}

  PhasedCosts run() {
    std::vector<std::uint8_t> assigned(plan_.tasks.size());
    for (const PlanAssignment& planned : plan_.assignments) {
      const auto* assignment = project_.find(Ref<Assignment>{planned.id});
      const auto* resource = assignment ? project_.find(assignment->resource) : nullptr;
      if (!resource || !plan_.tasks[planned.task].active) continue;
      add_assignment(planned, *assignment, *resource);
      assigned[planned.task] = 1;
    }
    for (Index t = 0; t < std::ssize(plan_.tasks); ++t) {
      const auto* task = project_.find(Ref<Task>{plan_.tasks[t].id});
      if (!task || !task->active) continue;
      result_.tasks[t].fixed += minor_units(task->fixed_cost);
      phase(t, task->fixed_cost_accrual, minor_units(task->fixed_cost), *calendars_.of_task(t));
      if (!assigned[t]) result_.tasks[t].work += static_cast<double>(task->work.value);
    }
    return std::move(result_);
  }

 private:
  void add_assignment(const PlanAssignment& planned, const Assignment& assignment, const Resource& resource) {
    const Index t = planned.task;
    TaskCost& cost = result_.tasks[t];
    const double units = assignment.units.value / 1000.0;
    if (resource.kind == ResourceKind::cost) {
      cost.fixed += minor_units(assignment.cost.value_or(Money{}));
      return phase(t, resource.accrual, minor_units(assignment.cost.value_or(Money{})), *calendars_.of_task(t));
    }
    const auto rates = rates_.of(resource, assignment.rate_table);
    const double per_use = rate_on(rates, first_day(t)).per_use;
    const WorkTime& time = *calendars_.of_assignment(planned);
    if (resource.kind == ResourceKind::material) {
      const double quantity = assignment.quantity ? real(*assignment.quantity) : units;
      cost.fixed += phase(t, resource.accrual, quantity, rates, time) + per_use;
      return use(t, resource.accrual, per_use);
    }
    const auto regular = regular_work(assignment);
    const double work = regular ? static_cast<double>(*regular) : units * static_cast<double>(plan_.tasks[t].duration);
    const auto overtime = static_cast<double>(assignment.overtime.value);
    cost.work += work + overtime;
    cost.by_time += phase(t, resource.accrual, work / 60, rates, time);
    if (overtime > 0) cost.fixed += phase(t, resource.accrual, overtime / 60, overtime_of(rates), time);
    cost.fixed += units * per_use;
    use(t, resource.accrual, units * per_use);
  }

  static std::vector<RatePeriod> overtime_of(std::span<const RatePeriod> rates) {
    std::vector<RatePeriod> list(rates.begin(), rates.end());
    for (RatePeriod& rate : list) rate.standard = rate.overtime;
    return list;
  }

  Day first_day(Index t) const { return schedule_.scheduled[t] ? schedule_.start[t].day() : plan_.start.day(); }

  // A cost per use (C5).
  void use(Index t, Accrual accrual, double amount) {
    at_once(t, accrual == Accrual::finish ? Accrual::finish : Accrual::start, amount);
  }

  void at_once(Index t, Accrual accrual, double amount) {
    if (amount == 0 || !schedule_.scheduled[t]) return;
    const Minute at = accrual == Accrual::finish ? schedule_.finish[t] : schedule_.start[t];
    add_part(t, {at, at, amount, calendars_.of_task(t)});
    result_.even[t] = 0;
  }

  // What arises in the same time is one part.
  void add_part(Index t, const CostPart& part) {
    if (part.amount == 0) return;
    auto& parts = result_.parts[t];
    const auto same = std::ranges::find_if(parts, [&](const CostPart& other) { return other.from == part.from && other.to == part.to && other.time == part.time; });
    if (same == parts.end()) parts.push_back(part);
    else same->amount += part.amount;
  }

  void phase(Index t, Accrual accrual, double amount, const WorkTime& time) {
    const RatePeriod one{.from = {}, .standard = amount};
    phase(t, accrual, 1, {&one, 1}, time);
  }

  // So many hours or units of material at the rates of the days on which they fall (C4); what they cost in all.
  double phase(Index t, Accrual accrual, double quantity, std::span<const RatePeriod> rates, const WorkTime& time) {
    const double first = rate_on(rates, first_day(t)).standard;
    if (!schedule_.scheduled[t]) return quantity * first;
    if (std::ranges::all_of(rates, [](const RatePeriod& rate) { return rate.standard == 0; })) return 0;
    struct Worked {
      Minute from, to;
      std::int64_t minutes;
      double rate;
    };
    std::vector<Worked> parts;
    std::int64_t total = 0;
    for (const auto& [start, finish] : stretches_of(schedule_, t))
      for (Minute from = start; from < finish;) {
        const Minute to = std::min(finish, next_rate(rates, from));
        if (const auto minutes = time.between(from, to); minutes > 0) parts.push_back({from, to, minutes, rate_on(rates, from.day()).standard});
        from = to;
      }
    for (const Worked& part : parts) total += part.minutes;
    if (total == 0) {
      at_once(t, accrual, quantity * first);
      return quantity * first;
    }
    double sum = 0;
    for (const Worked& part : parts) {
      const double amount = quantity * part.rate * (static_cast<double>(part.minutes) / static_cast<double>(total));
      sum += amount;
      if (accrual == Accrual::prorated) add_part(t, {part.from, part.to, amount, &time});
      if (part.rate != parts.front().rate) result_.even[t] = 0;
    }
    if (accrual != Accrual::prorated) at_once(t, accrual, sum);
    return sum;
  }

  static Minute next_rate(std::span<const RatePeriod> rates, Minute after) {
    const auto later = std::ranges::upper_bound(rates, after.day(), {}, &RatePeriod::from);
    return later == rates.end() ? Minute{std::numeric_limits<std::int64_t>::max()} : Minute::at(later->from);
  }

  const Project& project_;
  const Plan& plan_;
  const Schedule& schedule_;
  PlanCalendars& calendars_;
  ResourceRates rates_;
  PhasedCosts result_;
};

}  // namespace

TaskCost& TaskCost::operator+=(const TaskCost& other) {
  fixed += other.fixed;
  by_time += other.by_time;
  work += other.work;
  return *this;
}

PhasedCosts phased_costs(const Project& project, const Plan& plan, const Schedule& schedule, PlanCalendars& calendars) {
  return Costing(project, plan, schedule, calendars).run();
}

std::vector<TaskCost> costs_of(const Project& project, const Plan& plan, const Schedule& schedule) {
  PlanCalendars calendars(plan);
  return phased_costs(project, plan, schedule, calendars).tasks;
}

std::vector<TaskCost> with_parts(const Plan& plan, std::vector<TaskCost> own) {
  for (std::size_t t = own.size(); t-- > 0;)
    if (const Index parent = plan.tasks[t].parent; parent >= 0) own[parent] += own[t];
  return own;
}

std::vector<Id> accounts_of(const Outline& outline) {
  std::vector<Id> accounts;
  accounts.reserve(outline.size());
  for (const auto& row : outline.rows()) {
    Id account = row.task->cost_account.id;
    if (!account && row.parent != Outline::none) account = accounts[row.parent];
    accounts.push_back(account);
  }
  return accounts;
}

}  // namespace pmo::engine
