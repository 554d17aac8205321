#include "app/cli/diagnostics.h"

#include "app/cli/json.h"
#include "app/cli/output.h"

namespace pmo::cli {
namespace {

std::string names_of(const Project& project, const engine::Plan& plan, const engine::Diagnostic& diagnostic) {
  const bool way = diagnostic.kind == engine::DiagnosticKind::cycle;
  std::string names;
  for (const auto t : diagnostic.tasks)
    names += (names.empty() ? "" : way ? " → " : ", ") + project.find(Ref<Task>{plan.tasks[static_cast<std::size_t>(t)].id})->name;
  return names;
}

}  // namespace

void tell_diagnostics(const Session& session, const Project& project, const engine::Plan& plan, const engine::Schedule& schedule,
                      Json& json) {
  for (const auto& diagnostic : schedule.diagnostics) {
    const auto key = engine::diagnostic_key(diagnostic.kind);
    const auto names = names_of(project, plan, diagnostic);
    const auto text = session.text(key, {names});
    if (session.json()) json["diagnostics"].push_back({{"id", key.name}, {"tasks", names}, {"text", text}});
    else tell_line(text);
  }
}

}  // namespace pmo::cli
