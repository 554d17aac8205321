#include "app/engine/control/past_project.h"

#include <algorithm>
#include <cmath>

#include "app/engine/control/earned_value_of_project.h"
#include "app/engine/schedule/plan_calendars.h"
#include "app/engine/schedule/plan_of_project.h"
#include "app/engine/schedule/schedule.h"
#include "app/model/merge.h"
#include "app/model/records/baseline.h"
#include "app/model/records/budget.h"
#include "app/model/records/resource_use.h"

namespace pmo::engine {
namespace {

// P1
class Later {
 public:
  Later(const Project& project, Day day) : project_(project), day_(day) {
    add(&CostEntry::date);
    add(&Invoice::date);
    add(&Contract::signed_on);
    add(&BudgetReview::reviewed_on);
    add(&ReserveDraw::date);
    add(&BudgetVersion::approved_on);
    add(&TimesheetEntry::date);
    add(&MaterialMovement::date);
    for (const Baseline& baseline : project.all<Baseline>())
      if (baseline.taken.day() > day) ids_.insert(baseline.id);
    for (const Payment& payment : project.all<Payment>())  // of what was not signed yet
      if (ids_.contains(payment.contract.id)) ids_.insert(payment.id);
  }
  const std::set<Id>& ids() const { return ids_; }

 private:
  template <class R>
  void add(Day R::* date) {
    for (const R& record : project_.all<R>())
      if (record.*date > day_) ids_.insert(record.id);
  }
  template <class R>
  void add(std::optional<Day> R::* date) {
    for (const R& record : project_.all<R>())
      if (record.*date && *(record.*date) > day_) ids_.insert(record.id);
  }

  const Project& project_;
  Day day_;
  std::set<Id> ids_;
};

}  // namespace

PastProject::PastProject(const Project& project, Day day, Day today)
    : project_(project.schema(), project.actor(), surroundings_), change_((copy_records(project, project_, Later(project, day).ids()), project_), "transaction.what_if"_key) {
  take_back_payments(day);
  put_in_force(day);
  take_back_progress(day, status_day(project, today));
  if (const auto& settings = project_.all<ProjectSettings>(); !settings.empty()) change_.set(settings.at(0), &ProjectSettings::status_date, std::optional(day));
}

void PastProject::take_back_payments(Day day) {
  for (const Invoice& invoice : project_.all<Invoice>()) {
    if (invoice.status != InvoiceStatus::paid || !invoice.paid_on || *invoice.paid_on <= day) continue;
    change_.set(invoice, &Invoice::status, InvoiceStatus::approved);
    change_.set(invoice, &Invoice::paid_on, std::optional<Day>{});
  }
  for (const Payment& payment : project_.all<Payment>()) {
    if (payment.status != PaymentStatus::paid || !payment.paid_on || *payment.paid_on <= day) continue;
    change_.set(payment, &Payment::status, PaymentStatus::due);
    change_.set(payment, &Payment::paid_on, std::optional<Day>{});
  }
}

// P2
void PastProject::put_in_force(Day day) {
  const BudgetVersion* budget = nullptr;
  for (const BudgetVersion& version : project_.all<BudgetVersion>())
    if (version.approved_on && *version.approved_on <= day && (!budget || *version.approved_on >= *budget->approved_on)) budget = &version;
  if (budget) change_.set(*budget, &BudgetVersion::status, BudgetStatus::approved);
  const Baseline* reference = nullptr;
  const auto was_agreed = [](BaselineStatus status) { return status == BaselineStatus::agreed || status == BaselineStatus::superseded; };
  for (const Baseline& baseline : project_.all<Baseline>())
    if (was_agreed(baseline.status) && (!reference || baseline.taken >= reference->taken)) reference = &baseline;
  if (reference) change_.set(*reference, &Baseline::status, BaselineStatus::agreed);
}

// P3
void PastProject::take_back_progress(Day day, Day reported) {
  const Outline outline(project_);
  const Plan plan = plan_of(project_, outline);
  const Schedule dates = schedule(plan);
  PlanCalendars calendars(plan);
  const Minute end = Minute::at(day + 1);
  for (std::size_t row = 0; row < outline.size(); ++row) {
    const Task& task = *outline[row].task;
    const bool finished = task.actual_finish || task.percent_complete.value >= 1000;
    const bool started = finished || task.actual_start || task.percent_complete.value > 0 || task.physical_percent.value > 0;
    if (outline[row].summary || !started) continue;
    const Minute from = task.actual_start.value_or(dates.start[row]);
    const Minute to = finished ? task.actual_finish.value_or(dates.finish[row]) : Minute::at(reported + 1);
    if (to <= end) continue;
    const WorkTime& time = *calendars.of_task(static_cast<Index>(row));
    const auto whole = time.between(from, to);
    const double share = from >= end || whole <= 0 ? 0 : std::clamp(static_cast<double>(time.between(from, end)) / static_cast<double>(whole), 0.0, 1.0);
    const auto part = [&](Permille of) { return Permille{static_cast<std::int32_t>(std::lround(of.value * share))}; };
    change_.set(task, &Task::percent_complete, part(task.percent_complete));
    change_.set(task, &Task::physical_percent, part(task.physical_percent));
    change_.set(task, &Task::actual_finish, std::optional<Minute>{});
    change_.set(task, &Task::actual_duration, std::optional<WorkMinutes>{});
    change_.set(task, &Task::remaining_duration, std::optional<WorkMinutes>{});
    change_.set(task, &Task::resume, std::optional<Minute>{});
    if (from >= end) change_.set(task, &Task::actual_start, std::optional<Minute>{});
  }
}

}  // namespace pmo::engine
