#include "app/ui/table/add_label.h"

namespace pmo::ui {

// Inside a sentence English writes the name of a record small, unless it is an abbreviation.
std::string add_label(const Context& context, const RegisterInfo& info) {
  std::string name(context.text(info.one_key()));
  const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  if (name.size() > 1 && is_capital(name[0]) && !is_capital(name[1])) name[0] = static_cast<char>(name[0] - 'A' + 'a');
  return context.text("table.add"_key, {name});
}

}  // namespace pmo::ui
