#include "app/ui/table/row_selection.h"

#include <algorithm>

namespace pmo::ui {
namespace {

void select_range(Selection& selection, const Rows& rows, std::size_t from, std::size_t to) {
  selection.records.clear();
  for (std::size_t row = std::min(from, to); row <= std::max(from, to); ++row)
    if (rows.list[row].record) selection.records.insert(rows.list[row].record->id);
}

}  // namespace

void RowSelection::click(Selection& selection, const RegisterInfo& info, const Rows& rows, std::size_t row, bool shift,
                         bool control) {
  if (row >= rows.list.size() || !rows.list[row].record) return;
  const Id id = rows.list[row].record->id;
  if (selection.info != &info) selection.clear();
  selection.info = &info;
  const auto anchor = rows.find(anchor_);
  if (shift && anchor) {
    select_range(selection, rows, *anchor, row);
  } else if (control) {
    if (!selection.records.erase(id)) selection.records.insert(id);
    anchor_ = id;
  } else {
    selection.only(info, id);
    anchor_ = id;
  }
  selection.current = id;
}

std::optional<std::size_t> RowSelection::move(Selection& selection, const RegisterInfo& info, const Rows& rows, int by,
                                              bool shift) {
  if (rows.list.empty()) return std::nullopt;
  const auto now = selection.info == &info ? rows.find(selection.current) : std::nullopt;
  const auto last = static_cast<std::ptrdiff_t>(rows.list.size()) - 1;
  const int step = by < 0 ? -1 : 1;
  std::ptrdiff_t at = now ? static_cast<std::ptrdiff_t>(*now) : by < 0 ? last + 1 : -1;
  std::ptrdiff_t best = now ? at : -1;
  for (int left = std::abs(by); left > 0 && at + step >= 0 && at + step <= last;) {
    at += step;
    if (!rows.list[static_cast<std::size_t>(at)].record) continue;
    best = at;
    --left;
  }
  if (best < 0) return std::nullopt;
  click(selection, info, rows, static_cast<std::size_t>(best), shift, false);
  return static_cast<std::size_t>(best);
}

void RowSelection::all(Selection& selection, const RegisterInfo& info, const Rows& rows) {
  const Id current = selection.current;
  selection.clear();
  selection.info = &info;
  for (const Row& row : rows.list) {
    if (!row.record) continue;
    selection.records.insert(row.record->id);
    if (!selection.current) selection.current = row.record->id;
  }
  if (selection.contains(current)) selection.current = current;
}

std::vector<const Record*> selected_records(const Selection& selection, const RegisterInfo& info, const Rows& rows) {
  std::vector<const Record*> list;
  if (selection.info != &info) return list;
  for (const Row& row : rows.list)
    if (row.record && selection.contains(row.record->id)) list.push_back(row.record);
  return list;
}

}  // namespace pmo::ui
