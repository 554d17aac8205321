// The command registry: everything a user can do is registered once, and menus, toolbars, the palette (Ctrl+K), the
// shortcut help and the tests all come from here.
#pragma once

#include "app/ui/context.h"

namespace pmo::ui {

// "Ctrl+Shift+K", "F2", "Alt+Shift+Right". Ctrl is Command on a Mac. Empty: no shortcut.
using Shortcut = std::string_view;

struct Command {
  std::string_view name;  // "task.indent": stable, for tests and settings
  Key label;
  const char* icon = "";
  Shortcut shortcut = {};
  std::string_view page = {};  // only on this page; empty: everywhere
  std::function<bool(const Context&)> enabled = {};  // empty: always
  std::function<void(Context&)> run;
  std::function<bool(const Context&)> checked = {};  // for toggles
};

class Commands {
 public:
  void add(Command command) { list_.push_back(std::move(command)); }
  const std::vector<Command>& list() const { return list_; }
  const Command* find(std::string_view name) const;
  bool enabled(const Command& command, const Context& context, std::string_view page) const;
  // Runs the command when it exists and is enabled.
  bool run(std::string_view name, Context& context);

 private:
  std::vector<Command> list_;
};

}  // namespace pmo::ui
