#include "app/cli/output.h"

#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <string>

namespace pmo::cli {
namespace {

constexpr std::size_t enough = 1 << 16;

// What is still to be written to the one stdout of the process.
struct Pending {
  std::string text;
  bool failed = false;
};
Pending& pending() {
  static Pending one;
  return one;
}

// 0, or why it could not be written. A pipe that is full for the moment is waited for: Node may have made it so.
int write_out(int file, std::string_view text) {
  constexpr unsigned pause = 1000;  // microseconds
  while (!text.empty()) {
    const auto written = ::write(file, text.data(), text.size());
    if (written >= 0) text.remove_prefix(static_cast<std::size_t>(written));
    else if (errno == EAGAIN) ::usleep(pause);
    else if (errno != EINTR) return errno;
  }
  return 0;
}

}  // namespace

void print_line(std::string_view line) {
  auto& text = pending().text;
  text += line;
  text += '\n';
  if (text.size() >= enough) flush_output();
}

bool flush_output() {
  auto& [text, failed] = pending();
  const int problem = write_out(STDOUT_FILENO, text);
  if (problem == EPIPE) std::_Exit(0);
  failed |= problem != 0;
  text.clear();
  return !failed;
}

void tell(std::string_view text) {
  flush_output();
  write_out(STDERR_FILENO, text);  // nobody is left to be told that it failed
}

void tell_line(std::string_view line) { tell(std::string(line) + '\n'); }

}  // namespace pmo::cli
