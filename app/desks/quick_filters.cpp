#include "app/desks/quick_filters.h"

#include <algorithm>

#include "app/ui/widgets/widgets.h"

namespace pmo::desks {

using namespace ui;

bool TrackedPage::is_open(const Record& record) const {
  if (!status_) return true;
  const Value value = status_->get(record);
  return std::ranges::find(closed_, std::get<std::string>(value)) == closed_.end();
}

bool TrackedPage::is_late(const Record& record, Day today) const {
  if (!due_ || !is_open(record)) return false;
  const Value value = due_->get(record);
  const auto* day = std::get_if<std::int64_t>(&value);
  return day && *day < today.value;
}

void TrackedPage::choose(Context& context, bool open, bool late) {
  open_ = open;
  late_ = late;
  const Day today = context.today;
  if (!open && !late) table_.view.only = {};
  else table_.view.only = [this, late, today](const Record& record) { return late ? is_late(record, today) : is_open(record); };
  table_.view.changed();
}

void TrackedPage::draw_above(Context& context) {
  std::int64_t open = 0, late = 0;
  for (const Record* record : context.project.table(table_.info()).records()) {
    open += is_open(*record);
    late += is_late(*record, context.today);
  }
  const auto label = [&](Key key, std::int64_t count) { return context.text(key, {format_integer(count)}); };
  const auto total = static_cast<std::int64_t>(context.project.table(table_.info()).size());
  if (filter_chip(labelled(label("quick.all"_key, total), "quick.all"), !open_ && !late_)) choose(context, false, false);
  ImGui::SameLine(0, 6);
  if (filter_chip(labelled(label("quick.open"_key, open), "quick.open"), open_)) choose(context, true, false);
  if (due_) {
    ImGui::SameLine(0, 6);
    if (filter_chip(labelled(label("quick.late"_key, late), "quick.late"), late_, icon::alarm)) choose(context, false, true);
  }
  gap(0.5f);
}

}  // namespace pmo::desks
