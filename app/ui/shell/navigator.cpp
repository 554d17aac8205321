#include "app/ui/shell/navigator.h"

#include <algorithm>
#include <utility>

#include "app/ui/shell/desk_names.h"

namespace pmo::ui {
namespace {

constexpr std::size_t longest_past = 50;

}  // namespace

Page* Navigator::find(std::string_view name) const {
  const auto at = std::ranges::find_if(pages_, [&](const auto& page) { return page->name() == name; });
  return at == pages_.end() ? nullptr : at->get();
}

Page* Navigator::page() const {
  if (Page* page = find(current_.page)) return page;
  return pages_.empty() ? nullptr : pages_.front().get();
}

Page* Navigator::page_of(const RegisterInfo& info) const {
  const auto at = std::ranges::find_if(pages_, [&](const auto& page) { return page->shows() == &info; });
  if (at != pages_.end()) return at->get();
  return find(desk_page_name(info.desk));
}

void Navigator::remember() {
  if (current_.page.empty()) return;
  const Place place = here();
  if (!past_.empty() && past_.back() == place) return;
  past_.push_back(place);
  if (past_.size() > longest_past) past_.erase(past_.begin());
}

void Navigator::open_page(std::string_view page) {
  if (page == current_.page || !find(page)) return;
  remember();
  current_.page = page;
  selection_.clear();
}

void Navigator::open_register(const RegisterInfo& info) {
  if (const Page* page = page_of(info)) open_page(page->name());
}

void Navigator::open_record(const RegisterInfo& info, Id record) {
  remember();
  if (const Page* page = page_of(info)) current_.page = page->name();
  selection_.only(info, record);
  reveal_ = true;
}

void Navigator::back() {
  if (past_.empty()) return;
  const Place place = past_.back();
  past_.pop_back();
  current_.page = place.page;
  selection_.clear();
  if (place.info && place.record) selection_.only(*place.info, place.record);
}

void Navigator::reset(std::string_view page) {
  past_.clear();
  selection_.clear();
  current_ = {};
  if (find(page)) current_.page = page;
  else if (!pages_.empty()) current_.page = pages_.front()->name();
}

}  // namespace pmo::ui
