// A field to search in what is shown: magnifying glass, text, cross.
#pragma once

#include <string>
#include <string_view>

namespace pmo::ui {

struct SearchOptions {
  float width = 240;
  bool start = false;      // take the keyboard in this frame
  bool list_keys = false;  // up and down go to a list of results
  std::string_view clear_name = {};  // spoken name of the cross
  bool* entered = nullptr;           // set when Enter ended the typing
};

// True when the text changed.
bool search_box(const char* id, std::string& text, std::string_view placeholder, const SearchOptions& options = {});

}  // namespace pmo::ui
