#include "app/desks/reports/as_of.h"

#include "app/model/format.h"

namespace pmo::desks {

AsOf::AsOf(const ReportInput& now, std::optional<Day> day) : now_(now) {
  if (!day || *day >= now.status()) return;
  past_.emplace(now.project, *day, now.today);
  analyses_.emplace(past_->project());
  analyses_->set_today(*day);
  then_.emplace(ReportInput{.project = past_->project(), .analyses = *analyses_, .language = now.language, .today = *day, .made_by = now.made_by, .subject = now.subject,
                            .info = now.info, .locked = now.locked, .with_locked = now.with_locked});
}

void AsOf::say(ui::Report& report) const {
  if (then_) report.paragraph(now_.text("report.as_of"_key, {format_day(then_->today, now_.language)}));
}

}  // namespace pmo::desks
