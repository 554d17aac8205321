// What several reports say in the same way.
#pragma once

#include "app/desks/reports/reports.h"
#include "app/model/describe_record.h"
#include "app/ui/charts/chart.h"
#include "app/ui/table/cell_text.h"

namespace pmo::desks {

std::string no_value(const ReportInput& input);
std::string two_digits(const ReportInput& input, const std::optional<double>& value);
std::string share_text(const ReportInput& input, const std::optional<double>& value);  // 0.5: 50%
std::string hours_text(WorkMinutes work);                                              // 1,234 h
std::string optional_day(const ReportInput& input, const std::optional<Day>& day);     // empty: none
ui::ReportColumn column(const ReportInput& input, Key title, bool number = false);
ui::ReportFact fact(const ReportInput& input, Key name, std::string value, ui::Tone tone = ui::Tone::neutral, std::string note = {});
ui::ChartLocale locale_of(const ReportInput& input);

template <class R>
std::vector<const Record*> all_of(const ReportInput& input) {
  std::vector<const Record*> records;
  for (const R& record : input.project.all<R>()) records.push_back(&record);
  return records;
}

// A register with its name as heading. Fits: which of its records; none: all.
template <class R, class Fits>
void add_register(ui::Report& report, const ReportInput& input, const std::vector<std::string_view>& fields, Fits fits) {
  const auto& info = register_of<R>();
  std::vector<const Record*> records;
  for (const R& record : input.project.all<R>())
    if (fits(record)) records.push_back(&record);
  report.heading(input.text(info.label_key()));
  report.table(table_of(input, info, records, fields, "report.empty"_key));
}
template <class R>
void add_register(ui::Report& report, const ReportInput& input, const std::vector<std::string_view>& fields) {
  add_register<R>(report, input, fields, [](const R&) { return true; });
}

}  // namespace pmo::desks
