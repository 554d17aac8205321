// What the user chose about the application itself, kept in this browser.
#pragma once

#include <set>

#include "app/model/register.h"
#include "app/ui/platform.h"

namespace pmo::ui {

enum class ThemeChoice : unsigned char { light, dark, system };

struct Settings {
  Language language = Language::english;
  ThemeChoice theme = ThemeChoice::light;
  bool rail_open = true;
  bool inspector_open = false;
  float inspector_width = 360;
  std::set<Desk> positions;  // of the user; empty: all desks alike
  std::string last_page;
  std::string last_project;  // open when the browser page was left; empty: the start page was shown

  bool dark(bool system_dark) const {
    return theme == ThemeChoice::dark || (theme == ThemeChoice::system && system_dark);
  }
};

inline constexpr float narrowest_inspector = 300, widest_inspector = 640;

Settings load_settings(const Platform& platform);
void save_settings(Platform& platform, const Settings& settings);

}  // namespace pmo::ui
