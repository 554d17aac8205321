// What a report is made from when it speaks of a period that is over: the project as its figures stood then.
#pragma once

#include <optional>

#include "app/desks/reports/reports.h"
#include "app/engine/control/past_project.h"
#include "app/ui/analyses.h"

namespace pmo::desks {

class AsOf {
 public:
  // Without a day, or with one that is not before the status date: the project as it is.
  AsOf(const ReportInput& now, std::optional<Day> day);
  const ReportInput& input() const { return then_ ? *then_ : now_; }
  // Says of which day the figures are, and what could not be taken back to it; nothing of a project as it is.
  void say(ui::Report& report) const;

 private:
  const ReportInput& now_;
  std::optional<engine::PastProject> past_;
  std::optional<ui::Analyses> analyses_;
  std::optional<ReportInput> then_;
};

}  // namespace pmo::desks
