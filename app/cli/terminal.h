// What the command line learns from its surroundings, native and in Node.
#pragma once

#include <optional>
#include <string>

namespace pmo::cli {

std::optional<std::string> environment(const char* name);
// One line from the terminal, without showing what is typed; from anywhere else, the next line.
std::string typed_secret(const std::string& prompt);

}  // namespace pmo::cli
