#include "app/ui/commands.h"

#include <algorithm>

namespace pmo::ui {

const Command* Commands::find(std::string_view name) const {
  const auto at = std::ranges::find(list_, name, &Command::name);
  return at == list_.end() ? nullptr : &*at;
}

bool Commands::enabled(const Command& command, const Context& context, std::string_view page) const {
  if (!command.page.empty() && command.page != page) return false;
  return !command.enabled || command.enabled(context);
}

bool Commands::run(std::string_view name, Context& context) {
  const Command* command = find(name);
  if (!command || !command->run || (command->enabled && !command->enabled(context))) return false;
  // A copy, because the command may add to the registry.
  const auto action = command->run;
  action(context);
  return true;
}

}  // namespace pmo::ui
