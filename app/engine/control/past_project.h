// A project as its figures stood at the end of a day, as far as its records carry dates: for reports of a period that is over.
//
//   P1  what is dated later is not there: costs, invoices, contracts, reviews, draws from reserves, timesheets, movements of
//       material; baselines and versions of the budget. What was paid later is not paid yet
//   P2  of versions of the budget the one counts that was approved last by then, of agreed baselines that which was taken last
//   P3  progress grew evenly over the working time since the actual start (as E2 of earned_value_of_project.h); what
//       started or finished later has not yet
//   P4  its status date is that day. What carries no date (the plan, amounts of accounts and contracts) is as it is today
#pragma once

#include "app/model/transaction.h"

namespace pmo::engine {

class PastProject {
 public:
  // Today: up to when progress is reported where the project has no status date.
  PastProject(const Project& project, Day day, Day today);
  PastProject(const PastProject&) = delete;
  const Project& project() const { return project_; }

 private:
  void take_back_payments(Day day);
  void put_in_force(Day day);
  void take_back_progress(Day day, Day reported);

  FixedSurroundings surroundings_;
  Project project_;
  Transaction change_;  // never committed: the copy is read and thrown away
};

}  // namespace pmo::engine
