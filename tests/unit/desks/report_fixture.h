// A project and what a report of it is made from.
#pragma once

#include "app/desks/reports/reports.h"
#include "app/model/records/risk.h"
#include "app/model/transaction.h"
#include "app/ui/analyses.h"

struct ReportFixture {
  pmo::FixedSurroundings surroundings;
  pmo::Project project{pmo::product_schema(), pmo::Id{1, 1}, surroundings};
  pmo::ui::Analyses analyses{project};
  const pmo::Day today = *pmo::Day::parse("2026-05-12");
  ReportFixture() { analyses.set_today(today); }

  pmo::desks::ReportInput input(pmo::Language language) {
    return {.project = project, .analyses = analyses, .language = language, .today = today, .made_by = "Li <b>Qiang</b>", .info = &pmo::register_of<pmo::Risk>()};
  }
};

inline std::size_t count_of(std::string_view text, std::string_view part) {
  std::size_t count = 0;
  for (auto at = text.find(part); at != text.npos; at = text.find(part, at + 1)) ++count;
  return count;
}

// From a heading to the next of its rank.
inline std::string_view section_of(std::string_view html, std::string_view title) {
  const auto from = html.find("<h2>" + std::string(title));
  if (from == html.npos) return {};
  return html.substr(from, html.find("<h2>", from + 4) - from);
}
