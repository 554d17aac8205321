// What somebody has seen of a page of this project before, so that it can show what is new. Kept in this browser, because
// it is about who looks and not about the project: by what the copy had seen (its version vector), not by the clock, so
// what a colleague wrote long ago and today's merge has brought is new.
#pragma once

#include "app/model/project.h"
#include "app/ui/platform.h"

namespace pmo::ui {

struct Visit {
  VersionVector before, seen;                // of the project, when the visit before ended, and at the last look
  std::uint64_t before_at = 0, seen_at = 0;  // milliseconds since 1970; before_at 0: there was none
  friend bool operator==(const Visit&, const Visit&) = default;
};

// Who comes back within this time goes on with the same visit.
inline constexpr std::uint64_t visit_pause_milliseconds = 30ull * 60 * 1000;

// "before_at seen_at actor=clock ... | actor=clock ...". A text that is no visit is none.
std::string text_of(const Visit& visit);
Visit visit_of(std::string_view text);

// The page is looked at now; keeps that, and tells where the visit stands. A project without settings has no visits.
Visit look_at(const Project& project, std::string_view page, Platform& platform);

// Somebody else has written the record since the visit before. Nothing is new on the first visit.
bool is_new_since(const Visit& visit, const Project& project, const Record& record);

}  // namespace pmo::ui
