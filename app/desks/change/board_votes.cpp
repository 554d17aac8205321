#include "app/desks/change/board_votes.h"

#include "app/engine/change/change_approval.h"
#include "app/ui/widgets/widgets.h"

namespace pmo::desks {

void draw_votes(ui::Context& context, const ChangeRequest& request) {
  const engine::VoteTally tally = engine::votes_of(context.project, request);
  if (tally.asked() == 0) return;
  const auto number = [](int votes) { return std::to_string(votes); };
  const bool undecided = !engine::is_approved(request.status) && request.status < ChangeStatus::rejected;
  const bool warn = undecided && (tally.pending > 0 || tally.reject >= tally.approve);
  ui::paragraph(ui::Type::body, context.text("change.votes"_key, {number(tally.approve), number(tally.reject), number(tally.defer), number(tally.abstain), number(tally.pending)}),
                warn ? context.theme.tone(ui::Tone::caution).ink : context.theme.ink_soft);
}

}  // namespace pmo::desks
