// The portfolio: what is known of the projects of this browser, read when somebody looks at it.
#pragma once

#include <deque>

#include "app/desks/reports/reports.h"
#include "app/engine/control/portfolio.h"
#include "app/ui/workspace_port.h"

namespace pmo::desks {

// Looks into the projects one after the other, each once for every state of it, and keeps only their summaries.
class PortfolioReader {
 public:
  explicit PortfolioReader(ui::WorkspacePort& workspace) : workspace_(workspace) {}

  // Asks for what is missing or old; at most one project is looked into at a time. Call it every frame.
  void follow(const Project* open, Day today);
  const std::vector<engine::ProjectSummary>& summaries() const { return summaries_; }  // as in the list of projects
  std::size_t waiting() const { return waiting_; }
  std::size_t unreadable() const { return unreadable_; }

 private:
  struct Known {
    std::uint64_t state = 0;  // of what was read: the time of its last change, or the revision of the open project
    Day today;
    std::optional<engine::ProjectSummary> summary;  // none: it could not be read
  };

  ui::WorkspacePort& workspace_;
  std::map<Id, Known> known_;
  std::vector<engine::ProjectSummary> summaries_;
  std::size_t waiting_ = 0, unreadable_ = 0;
  bool looking_ = false;
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);  // answers may come when this is gone
};

ui::Report portfolio_report(const std::vector<engine::ProjectSummary>& projects, Language language, Day today, const std::string& made_by);

// "¥1.2M" of one project.
std::string money_of(const engine::ProjectSummary& project, double amount, Language language);

}  // namespace pmo::desks
