// The Gantt chart for paper: names and bars of the rows that the table shows, cut into pictures of which each fits a page,
// beginning with the first rows from left to right. Pictures on which there is nothing are left out. Pure: no drawing.
//
// Of what the chart shows, the progress line and the marks of constraints stay on the screen.
#pragma once

#include "app/ui/charts/picture.h"
#include "app/ui/gantt/gantt_options.h"
#include "app/ui/table/table_view.h"
#include "app/ui/tasks/task_edits.h"

namespace pmo::ui {

struct GanttPage {
  Picture picture;      // as wide as A4 on its side, in pixels of a browser
  std::string caption;  // "Rows 1 to 22 of 60, 2 Mar 2026 to 28 Jun 2026"
};

struct GanttPrint {
  const Rows& rows;
  const CellTexts& texts;
  const TaskEditing& editing;
  const TaskFacts& facts;
  const GanttOptions& options;
  double day_width;  // of the chart on the screen: pages are as wide, or what goes evenly into the least number of them
};

std::vector<GanttPage> gantt_pages(const GanttPrint& print);

}  // namespace pmo::ui
