#include "app/ui/last_visit.h"

#include <charconv>

#include "app/model/records/project_settings.h"

namespace pmo::ui {
namespace {

std::string_view next_word(std::string_view& text) {
  const auto space = std::min(text.find(' '), text.size());
  const auto word = text.substr(0, space);
  text.remove_prefix(std::min(space + 1, text.size()));
  return word;
}

std::optional<std::uint64_t> number_of(std::string_view word) {
  std::uint64_t number = 0;
  const auto read = std::from_chars(word.data(), word.data() + word.size(), number);
  if (read.ec != std::errc{} || read.ptr != word.data() + word.size()) return {};
  return number;
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
  const auto before = number_of(next_word(text)), seen = number_of(next_word(text));
  if (!before || !seen) return {};
  visit.before_at = *before;
  visit.seen_at = *seen;
  VersionVector* vector = &visit.before;
  while (!text.empty()) {
    const auto word = next_word(text);
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
