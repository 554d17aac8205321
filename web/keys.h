// Keys by the names that browsers give them ("KeyK", "ArrowLeft").
#pragma once

#include "imgui.h"

#include <string_view>

namespace pmo::web {

ImGuiKey key_named(std::string_view name);  // ImGuiKey_None when it is unknown

}  // namespace pmo::web
