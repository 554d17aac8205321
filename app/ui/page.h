// A page of the application: what the middle of the window shows. A desk offers one or several.
#pragma once

#include "app/ui/context.h"

namespace pmo::ui {

class Page {
 public:
  virtual ~Page() = default;
  virtual std::string_view name() const = 0;  // "tasks", "risks": stable, in addresses and saved settings
  virtual Key title() const = 0;
  virtual const char* icon() const = 0;       // from app/ui/icons.h
  virtual Desk desk() const = 0;
  // Stands above the desks in the rail, because it is about all of them.
  virtual bool pinned() const { return false; }
  // The register whose records this page shows, so that links to a record find their page.
  virtual const RegisterInfo* shows() const { return nullptr; }
  virtual void add_commands(Commands&) {}     // those that belong to this page alone
  virtual void forget() {}  // another project is open now: nothing kept from the last one holds
  virtual void draw(Context& context) = 0;    // into the current ImGui child window
};

using Pages = std::vector<std::unique_ptr<Page>>;

}  // namespace pmo::ui
