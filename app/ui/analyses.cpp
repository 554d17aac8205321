#include "app/ui/analyses.h"

#include <algorithm>
#include <cassert>

namespace pmo::ui {

void Analyses::set_today(Day today) {
  if (today == today_) return;
  today_ = today;
  slots_.clear();
}

bool Analyses::fresh(const Slot& slot) const {
  if (!slot.value) return false;
  for (std::size_t i = 0; i < slot.reads.size(); ++i)
    if (project_.table(*slot.reads[i]).revision() != slot.revisions[i]) return false;
  return true;
}

void Analyses::begin(Slot& slot) {
  assert(std::ranges::find(under_way_, &slot) == under_way_.end() && "an analysis asks for itself");
  under_way_.push_back(&slot);
}

void Analyses::end(Slot& slot) {
  under_way_.pop_back();
  ++computed_;
  slot.revisions.clear();
  for (const auto* info : slot.reads) slot.revisions.push_back(project_.table(*info).revision());
  note_reading(slot);  // what it turned out to read while it was computed
}

void Analyses::note_reading(const Slot& read) {
  if (under_way_.empty() || under_way_.back() == &read) return;
  auto& reads = under_way_.back()->reads;
  for (const auto* info : read.reads)
    if (std::ranges::find(reads, info) == reads.end()) reads.push_back(info);
}

}  // namespace pmo::ui
