// Finding words in texts of any language, and showing where they stand.
#pragma once

#include <string>
#include <string_view>

namespace pmo::ui {

// Where the part first stands at or behind a place; letters a-z of any case are alike. npos: nowhere.
std::size_t find_text(std::string_view text, std::string_view part, std::size_t from = 0);

// The words about a place in one line, with … where something is left out: "… the second pump came late …".
std::string excerpt(std::string_view text, std::size_t at, std::size_t length, std::size_t before = 48, std::size_t after = 120);

}  // namespace pmo::ui
