#include "app/engine/control/index_alerts.h"

#include <algorithm>

#include "app/model/open_work.h"

namespace pmo::engine {
namespace {

class Alerts {
 public:
  explicit Alerts(const IndexLimits& limits) : limits_(limits) {}

  void add(const EarnedValueAmounts& amounts, Ref<Task> task, Ref<CostAccount> account) {
    if (!under_way(amounts)) return;
    const auto figures = earned_value(amounts);
    add(Indicator::schedule_index, figures.schedule_performance_index, limits_.schedule, {.amounts = amounts, .task = task, .account = account});
    add(Indicator::cost_index, figures.cost_performance_index, limits_.cost, {.amounts = amounts, .task = task, .account = account});
  }
  void add_time(const ProjectEarnedValue& value) {
    if (under_way(value.total))
      add(Indicator::schedule_index_time, value.schedule.schedule_performance_index, limits_.schedule, {.amounts = value.total});
  }
  std::vector<IndexAlert> sorted() {
    std::ranges::stable_sort(list_, [](const IndexAlert& a, const IndexAlert& b) {
      return a.health != b.health ? a.health == Health::bad : a.value / a.limit < b.value / b.limit;
    });
    return std::move(list_);
  }

 private:
  static bool under_way(const EarnedValueAmounts& amounts) { return amounts.budget_at_completion > 0 && amounts.earned_value < amounts.budget_at_completion; }

  void add(Indicator indicator, std::optional<double> value, const IndexThresholds& limits, IndexAlert alert) {
    alert.health = health_of_index(value, limits);
    if (alert.health != Health::warning && alert.health != Health::bad) return;
    alert.indicator = indicator;
    alert.value = *value;
    alert.limit = alert.health == Health::bad ? limits.bad_below : limits.warning_below;
    list_.push_back(alert);
  }

  IndexLimits limits_;
  std::vector<IndexAlert> list_;
};

}  // namespace

std::vector<IndexAlert> index_alerts(const Project& project, const Outline& outline, const ProjectEarnedValue& value) {
  Alerts alerts(index_limits_of(project));
  alerts.add(value.total, {}, {});
  alerts.add_time(value);
  const auto roots = std::ranges::count_if(outline.rows(), [](const auto& row) { return row.level == 0; });
  const int main_level = roots == 1 ? 1 : 0;
  for (std::size_t row = 0; row < outline.size() && row < value.tasks.size(); ++row)
    if (outline[row].level == main_level) alerts.add(value.tasks[row], {outline[row].task->id}, {});
  for (const AccountEarnedValue& account : value.accounts)
    if (account.account) alerts.add(account.amounts, {}, {account.account});
  return alerts.sorted();
}

const CorrectiveAction* action_for(const Project& project, const IndexAlert& alert) {
  for (const CorrectiveAction& action : project.all<CorrectiveAction>())
    if (action.indicator == alert.indicator && action.task == alert.task && action.account == alert.account && is_open(register_of<CorrectiveAction>(), action)) return &action;
  return nullptr;
}

}  // namespace pmo::engine
