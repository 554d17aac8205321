// A register printed as it is looked at: the filters in force, the order, the shown columns, groups with their sums. What is
// folded stays folded. Locked records are left out, and cells that would name one say that it is locked.
#pragma once

#include "app/model/records/confidentiality.h"
#include "app/ui/report/report.h"
#include "app/ui/table/table_view.h"

namespace pmo::ui {

// The mark of a level of confidentiality, as the project calls it; empty for what is open to everybody. The project's level.
std::string mark_of(const Project& project, Confidentiality level, Language language);
Confidentiality level_of(const Project& project);

// What stands in the head of every report on this project; made_by may be empty.
ReportHead report_head(const Project& project, std::string title, Language language, Day today, const std::string& made_by);

// How the view differs from the whole register, in words: name and value of each filter, search, order and grouping.
std::vector<ReportFact> view_facts(const TableView& view, const CellTexts& texts);

// Without totals where some rows are parts of others.
Report view_report(const TableView& view, const RegisterInfo& info, const Rows& rows, const CellTexts& texts, ReportHead head, bool with_totals = true);

}  // namespace pmo::ui
