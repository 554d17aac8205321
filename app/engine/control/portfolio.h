// One project among others: what a portfolio says of it, and what several projects ask of the same people and machines.
//
//   P1  finish: of the schedule; its variance against the baseline that was taken last, in calendar days
//   P2  cost: earned value at the project's status date (or the given day); forecast by the typical estimate (BAC / CPI)
//   P3  risk: expected value of open risks
//   P4  health: the worst of the two indices by the project's limits (index_limits.h) and of open work that is late: more than a tenth of
//       it is a warning, more than a third is bad; unknown without any of the three
//   P5  the same resource in two projects is the one with the same e-mail address, otherwise with the same name, whatever
//       the case
//   P6  sums over projects are in the currency of the first; amounts in another one need a rate between the two, from the
//       exchange rates of either project as of its status date; without one there is no sum
#pragma once

#include <map>

#include "app/engine/control/index_limits.h"
#include "app/engine/procurement/purchasing.h"
#include "app/engine/resources/resource_load.h"
#include "app/engine/risk/risk.h"
#include "app/model/project.h"
#include "app/model/records/management.h"

namespace pmo::engine {

// Work asked of one resource in one month, and what its calendar and units offer in the whole of it. In minutes.
struct MonthlyLoad {
  WorkMinutes load, available;
};

struct ResourceShare {
  std::string identity;  // e-mail or name in lower case
  std::string name;
  std::map<Day, MonthlyLoad> months;  // by the first of the month
};

// What one project has learned or seen of vendors, for the others.
struct SharedLesson {
  Id id;
  std::string title, situation, cause, recommendation;
  LessonArea area;
};
struct SharedVendor {
  std::string name;
  VendorScore score;
};

struct ProjectSummary {
  Id project;
  std::string name, code, manager, currency;
  std::int64_t currency_digits = 2;
  Day status;
  Health health = Health::unknown;
  std::optional<Day> start, finish;
  std::optional<int> days_late;  // against the baseline; negative: early
  double budget = 0, actual = 0;  // minor units
  std::optional<double> forecast, progress, schedule_index, cost_index;
  IndexLimits index_limits;  // the project's own
  RiskExposure exposure;
  int high_risks = 0, open_issues = 0;
  int open_work = 0, late_work = 0;
  std::vector<ResourceShare> resources;
  std::vector<SharedLesson> lessons;
  std::vector<SharedVendor> vendors;  // with which there was business
  // What one unit of another currency is worth in this project's, as of the status date.
  std::map<std::string, double> rates;
};

ProjectSummary summarise(const Project& project, Day today);

// A resource that several projects ask for: the loads by month and project, against what is there once.
struct SharedMonth {
  WorkMinutes load, available;  // the greatest offer of any project: it is one person
  std::optional<double> utilisation() const;
};
struct SharedResource {
  std::string name;
  std::vector<std::size_t> projects;  // places in the list that was given
  std::map<Day, SharedMonth> months;
};
// In the order of their greatest utilisation.
std::vector<SharedResource> shared_resources(const std::vector<ProjectSummary>& projects);

// How many minor units of one project's currency a minor unit of another's is worth.
std::optional<double> conversion(const ProjectSummary& into, const ProjectSummary& from);

// What all projects come to, in the currency of the first.
struct PortfolioTotals {
  std::string currency;
  std::int64_t currency_digits = 2;
  double budget = 0, actual = 0, exposure = 0;  // minor units; expected cost of open risks
  std::optional<double> forecast;               // none when a project with a budget has no forecast
  std::vector<std::string> without_rate;        // currencies that cannot be converted: then there are no sums
};
PortfolioTotals portfolio_totals(const std::vector<ProjectSummary>& projects);

}  // namespace pmo::engine
