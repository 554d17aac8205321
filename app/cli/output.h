// What the command line writes. A reader that is gone (`| head`) ends the run without a word and with 0: it has what it
// wanted. The standard library's own printing would throw there.
#pragma once

#include <string_view>

namespace pmo::cli {

// To stdout, when enough has come together, at flush_output() and before anything is told.
void print_line(std::string_view line);
// False: something could not be written, now or before, as on a full disk.
bool flush_output();
// To stderr, at once: notes, errors, questions.
void tell(std::string_view text);
void tell_line(std::string_view line);

}  // namespace pmo::cli
