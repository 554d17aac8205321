// Registers whose page needs little beyond their description: an icon, the day that is noted when a record is added, a
// tool of its own.
#pragma once

#include "app/ui/page.h"

namespace pmo::desks {

void add_plain_registers(ui::Pages& pages, const Schema& schema);

// Its records are written by the product: nobody adds them by hand or from a table.
bool written_by_product(const RegisterInfo& info);

// Adds the records of the register's template, where the product has one; nothing otherwise.
void draw_template_button(ui::Context& context, const RegisterInfo& info);

// --- tools of single registers, at the end of their toolbar

// Makes what the communication plan asks for and is not there yet.
void draw_due_communications(ui::Context& context);

}  // namespace pmo::desks
