#include "app/engine/control/index_limits.h"

#include "app/model/records/project_settings.h"

namespace pmo::engine {

IndexLimits index_limits_of(const Project& project) {
  const auto& all = project.all<ProjectSettings>();
  const ProjectSettings usual, &settings = all.empty() ? usual : all.at(0);
  return {{real(settings.schedule_index_amber), real(settings.schedule_index_red)}, {real(settings.cost_index_amber), real(settings.cost_index_red)}};
}

}  // namespace pmo::engine
