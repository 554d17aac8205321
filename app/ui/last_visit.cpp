#include "app/ui/last_visit.h"

#include "app/model/records/project_settings.h"
#include "app/model/text_parts.h"

namespace pmo::ui {
namespace {

// Moments and clocks of this browser's own text.
std::optional<std::uint64_t> number_of(std::string_view word) {
  const auto number = whole_number(word);
  return number && *number >= 0 ? std::optional(static_cast<std::uint64_t>(*number)) : std::nullopt;
}

void write(std::string& text, const VersionVector& vector) {
  for (const auto& [actor, clock] : vector.clocks()) text += ' ' + actor.text() + '=' + std::to_string(clock);
}

}  // namespace

std::string text_of(const Visit& visit) {
  std::string text = std::to_string(visit.before_at) + ' ' + std::to_string(visit.seen_at);
  write(text, visit.before);
  text += " |";
  write(text, visit.seen);
  return text;
}

Visit visit_of(std::string_view text) {
  Visit visit;
  const auto before = number_of(take_until(text, ' ')), seen = number_of(take_until(text, ' '));
  if (!before || !seen) return {};
  visit.before_at = *before;
  visit.seen_at = *seen;
  VersionVector* vector = &visit.before;
  while (!text.empty()) {
    const auto word = take_until(text, ' ');
    if (word == "|") {
      vector = &visit.seen;
      continue;
    }
    const auto equals = word.find('=');
    if (equals == word.npos) return {};
    const auto actor = Id::parse(word.substr(0, equals));
    const auto clock = number_of(word.substr(equals + 1));
    if (!actor || !clock) return {};
    vector->saw({*clock, *actor});
  }
  return visit;
}

Visit look_at(const Project& project, std::string_view page, Platform& platform) {
  const auto& settings = project.all<ProjectSettings>();
  if (settings.empty()) return {};
  const std::string name = "visit." + settings.at(0).id.text() + "." + std::string(page);
  const Visit kept = visit_of(platform.setting(name));
  const std::uint64_t now = platform.utc_milliseconds();
  Visit visit = kept;
  if (kept.seen_at > 0 && now > kept.seen_at + visit_pause_milliseconds) {
    visit.before = kept.seen;
    visit.before_at = kept.seen_at;
  }
  visit.seen = project.seen();
  visit.seen_at = now;
  if (visit != kept) platform.set_setting(name, text_of(visit));
  return visit;
}

bool is_new_since(const Visit& visit, const Project& project, const Record& record) {
  if (visit.before_at == 0) return false;
  const Stamp last = record.last_written();
  return last.actor != project.actor() && !visit.before.covers(last);
}

}  // namespace pmo::ui
