// Meetings, and the action items that come of them. Agenda, decisions and minutes are in the meeting's form.
#include "app/model/records/meeting.h"

#include "app/desks/pages.h"
#include "app/desks/quick_filters.h"
#include "app/ui/icons.h"

namespace pmo::desks {
namespace {

class MeetingPage final : public TrackedPage {
 public:
  MeetingPage() : TrackedPage("meetings", register_of<Meeting>(), ui::icon::meeting, {"held", "minutes_issued", "cancelled"}, {}) {
    table_.view.sort = {{&field_of<Meeting>(&Meeting::start), true}};
  }

 private:
  void prepare(ui::Context& context, Transaction& change, const Record& record) override {
    change.set(static_cast<const Meeting&>(record), &Meeting::start, std::optional(Minute::at(context.today + 1, 9 * 60)));
  }
};

}  // namespace

std::unique_ptr<ui::Page> make_meeting_page() { return std::make_unique<MeetingPage>(); }

std::unique_ptr<ui::Page> make_action_page() {
  return std::make_unique<TrackedPage>("actions", register_of<ActionItem>(), ui::icon::list_checks,
                                       std::vector<std::string>{"done", "cancelled"}, "due");
}

}  // namespace pmo::desks
