#include "app/desks/pages.h"
#include "app/model/records/issue.h"
#include "app/ui/icons.h"
#include "app/ui/register_page.h"

namespace pmo::desks {
namespace {

class IssuePage final : public ui::RegisterPage {
 public:
  IssuePage() : RegisterPage("issues", register_of<Issue>(), ui::icon::issue) {}

 private:
  void prepare(ui::Context& context, Transaction& change, const Record& record) override {
    change.set(static_cast<const Issue&>(record), &Issue::raised_on, std::optional(context.today));
  }
};

}  // namespace

std::unique_ptr<ui::Page> make_issue_page() { return std::make_unique<IssuePage>(); }

}  // namespace pmo::desks
