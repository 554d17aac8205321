// The face of a card on a board (record_board.h): number, due day, title, who is responsible, and its most telling choice.
#pragma once

#include "app/ui/context.h"
#include "app/ui/table/cell_text.h"
#include "imgui.h"

namespace pmo::ui {

std::string card_title(const RegisterInfo& info, const CellTexts& texts, const Record& record);
void draw_card_face(const Context& context, const RegisterInfo& info, const CellTexts& texts, const Record& record, ImVec2 from, ImVec2 to);
// What is wrong with a move, below the card, in the colour of errors.
void draw_card_error(const Context& context, std::string_view message, ImVec2 card_from, ImVec2 card_to);

}  // namespace pmo::ui
