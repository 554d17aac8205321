// How the thirteen desks are called and marked.
#pragma once

#include <string>

#include "app/model/register.h"

namespace pmo::ui {

inline constexpr int desk_count = 13;

Key desk_name(Desk desk);
Key desk_about(Desk desk);  // one sentence: what the position looks after
const char* desk_icon(Desk desk);
// "desk.risk": name of the desk's first page.
std::string desk_page_name(Desk desk);

}  // namespace pmo::ui
