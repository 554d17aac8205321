// The first page of a desk that brings none of its own. It begins with what needs attention: the desk's key figures and its
// chart, what waits for the user, what is late and due, what the desk itself asks to look at, what others have changed since the last
// visit; the registers stand after that.
#pragma once

#include "app/ui/charts/picture.h"
#include "app/ui/page.h"
#include "app/ui/theme.h"
#include "app/ui/work_list.h"

namespace pmo::ui {

// A key figure; a press opens the page that explains it.
struct DeskFigure {
  Key name;
  std::string value, note = {};
  Tone tone = Tone::neutral;
  std::string_view page = {};  // lasts as long as the program; empty: it leads nowhere
};

// Records that need a look although no day of theirs says so: documents that are missing, deliveries that come too late.
struct DeskList {
  Key title;
  const char* icon = "";
  std::vector<WorkItem> items;
};

// A small chart that says how the desk stands; a press opens the page that has it in full.
struct DeskChart {
  std::string title, summary = {};
  std::function<Picture(const PictureOptions&)> picture = {};  // lays it out; empty: there is nothing to show yet
  std::string_view page = {};  // lasts as long as the program
};

struct DeskNews {
  std::vector<DeskFigure> figures;
  DeskChart chart;
  std::vector<DeskList> lists;
};

// What a desk has to tell; asked again only when the project, the day or the language has changed.
using TellDesk = std::function<DeskNews(Context&, Desk)>;

// Adds the first pages that are missing ("desk.risk") and sorts: desks in the order of the rail, in each its first page,
// then the others as they came. The added pages look into `pages`, which must stay where it is.
void complete_desks(Pages& pages, const Schema& schema, const TellDesk& tell = {});

}  // namespace pmo::ui
