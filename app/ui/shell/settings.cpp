#include "app/ui/shell/settings.h"

#include <algorithm>
#include <cmath>

namespace pmo::ui {
namespace {

template <class E>
std::optional<E> choice_of(std::string_view name) {
  const auto& names = enum_names<E>();
  const auto at = std::ranges::find(names, name);
  if (at == names.end()) return std::nullopt;
  return static_cast<E>(at - names.begin());
}

std::set<Desk> desks_of(std::string_view list) {
  std::set<Desk> desks;
  while (!list.empty()) {
    const auto comma = std::min(list.find(','), list.size());
    if (const auto desk = choice_of<Desk>(list.substr(0, comma))) desks.insert(*desk);
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
  return desks;
}

std::string list_of(const std::set<Desk>& desks) {
  std::string list;
  for (const Desk desk : desks) {
    if (!list.empty()) list += ',';
    list += enum_name(desk);
  }
  return list;
}

// A whole number of pixels; what cannot be read is the usual value.
float pixels_of(const std::string& text, float usual) {
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9' || value > 10'000) return usual;
    value = value * 10 + (c - '0');
  }
  return text.empty() ? usual : static_cast<float>(value);
}

}  // namespace

Settings load_settings(const Platform& platform) {
  Settings settings;
  const std::string language = platform.setting("language");
  settings.language = language.empty() ? platform.surroundings().language : language_from_tag(language);
  settings.theme = choice_of<ThemeChoice>(platform.setting("theme")).value_or(ThemeChoice::light);
  settings.rail_open = platform.setting("rail") != "closed";
  settings.inspector_open = platform.setting("inspector") == "open";
  settings.inspector_width = std::clamp(pixels_of(platform.setting("inspector_width"), settings.inspector_width),
                                        narrowest_inspector, widest_inspector);
  settings.positions = desks_of(platform.setting("positions"));
  settings.last_page = platform.setting("page");
  settings.last_project = platform.setting("project");
  return settings;
}

void save_settings(Platform& platform, const Settings& settings) {
  platform.set_setting("language", language_tag(settings.language));
  platform.set_setting("theme", enum_name(settings.theme));
  platform.set_setting("rail", settings.rail_open ? "open" : "closed");
  platform.set_setting("inspector", settings.inspector_open ? "open" : "closed");
  platform.set_setting("inspector_width", std::to_string(std::lround(settings.inspector_width)));
  platform.set_setting("positions", list_of(settings.positions));
  platform.set_setting("page", settings.last_page);
  platform.set_setting("project", settings.last_project);
}

}  // namespace pmo::ui
