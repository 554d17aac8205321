// Meetings, and the action items that come of them. Agenda, decisions and minutes are in the meeting's form.
#include "app/model/records/meeting.h"

#include "app/desks/pages.h"
#include "app/desks/plain_registers.h"
#include "app/ui/icons.h"
#include "app/ui/register_page.h"

namespace pmo::desks {
namespace {

class MeetingPage final : public ui::RegisterPage {
 public:
  MeetingPage() : RegisterPage("meetings", register_of<Meeting>(), ui::icon::meeting) {
    table_.view.sort = {{&field_of<Meeting>(&Meeting::start), true}};
  }

 private:
  void draw_tools(ui::Context& context) override { draw_template_button(context, table_.info()); }

  void prepare(ui::Context& context, Transaction& change, const Record& record) override {
    change.set(static_cast<const Meeting&>(record), &Meeting::start, std::optional(Minute::at(context.today + 1, 9 * 60)));
  }
};

}  // namespace

std::unique_ptr<ui::Page> make_meeting_page() { return std::make_unique<MeetingPage>(); }

std::unique_ptr<ui::Page> make_action_page() {
  return std::make_unique<ui::RegisterPage>("actions", register_of<ActionItem>(), ui::icon::list_checks);
}

}  // namespace pmo::desks
