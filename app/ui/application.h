// What the platform calls: the application as the browser page (or a test) sees it.
#pragma once

#include "app/ui/platform.h"

#include <memory>

namespace pmo::ui {

class Application {
 public:
  virtual ~Application() = default;

  // Draws one frame, between ImGui::NewFrame and ImGui::Render.
  virtual void frame() = 0;
  // Something is under way whose result will show: a job, an unfinished save. Tests wait for it.
  virtual bool busy() const { return false; }
  // A JSON object that says where the user is and what is open: for tests and problem reports.
  virtual std::string summary() const { return "{}"; }
  // Files dropped on the page, or handed over by the system.
  virtual void open(std::vector<File> files) = 0;
  // The page goes to the background or away: get everything to the store now.
  virtual void leave() {}
};

}  // namespace pmo::ui
