// Keys by the names that browsers give them ("KeyK", "ArrowLeft").
#pragma once

#include <string_view>

#include "imgui.h"

namespace pmo::web {

ImGuiKey key_named(std::string_view name);  // ImGuiKey_None when it is unknown

}  // namespace pmo::web
