// What leaves the project: each is handed to the user's own mail program with a text, and saved as one HTML file to attach;
// the record keeps that and when it was sent.
#pragma once

#include "app/model/records/communication.h"
#include "app/model/records/meeting.h"
#include "app/model/records/procurement.h"
#include "app/ui/context.h"

namespace pmo::desks {

void draw_invitation(ui::Context& context, const Meeting& meeting);  // with a calendar file
void draw_minutes(ui::Context& context, const Meeting& meeting);
void draw_sending(ui::Context& context, const Communication& communication);  // filled in from what it is about, sent, confirmed
void draw_sending(ui::Context& context, const QuotationRequest& request);

}  // namespace pmo::desks
