#include "web/make_application.h"

#include "app/desks/stored_workspace.h"
#include "app/ui/shell/desktop.h"

#include <sqlite3.h>

namespace pmo::web {
namespace {

// SQLite takes its randomness from the default file system, and the one it brings along would look for /dev/urandom in
// a page for ever.
struct DefaultFiles {
  explicit DefaultFiles(const std::string& name) { sqlite3_vfs_register(sqlite3_vfs_find(name.c_str()), 1); }
};

// The application with everything it stands on.
class Product final : public ui::Application {
 public:
  Product(ui::Platform& platform, storage::PageStore& store)
      : host_(store), files_(host_.vfs().name()), workspace_(host_, surroundings_),
        desktop_(ui::make_desktop(platform, workspace_, {})) {
    host_.on_change = [&platform] { platform.request_frame(); };
  }

  void frame() override { desktop_->frame(); }
  bool busy() const override { return desktop_->busy(); }
  std::string summary() const override { return desktop_->summary(); }
  void open(std::vector<ui::File> files) override { desktop_->open(std::move(files)); }
  void leave() override { desktop_->leave(); }

 private:
  SystemSurroundings surroundings_;
  storage::MirrorHost host_;
  DefaultFiles files_;
  StoredWorkspace workspace_;
  std::unique_ptr<ui::Application> desktop_;
};

}  // namespace

std::unique_ptr<ui::Application> make_application(ui::Platform& platform, storage::PageStore& store) {
  return std::make_unique<Product>(platform, store);
}

}  // namespace pmo::web
