#include "app/cli/terminal.h"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>

#include "app/cli/output.h"

#ifdef __EMSCRIPTEN__
#include <emscripten/em_js.h>

// Emscripten's own environment is empty, and its terminal cannot be told to be silent: Node is asked instead.
// clang-format off
EM_JS_DEPS(pmo_terminal, "$UTF8ToString,$stringToUTF8")
// -1 when there is none; as much as there is room for.
EM_JS(int, pmo_environment, (const char* name, char* value, int room), {
  const found = process.env[UTF8ToString(name)];
  return found === undefined ? -1 : stringToUTF8(found, value, room);
})
EM_JS(void, pmo_echo, (bool shown), {
  if (process.stdin.isTTY) require('child_process').spawnSync('stty', [shown ? 'echo' : '-echo'], {stdio: 'inherit'});
})
// clang-format on
#else
#include <termios.h>
#endif

namespace pmo::cli {
namespace {

void echo(bool shown) {
#ifdef __EMSCRIPTEN__
  pmo_echo(shown);
#else
  termios terminal{};
  if (tcgetattr(STDIN_FILENO, &terminal) != 0) return;
  terminal.c_lflag = shown ? terminal.c_lflag | ECHO : terminal.c_lflag & ~static_cast<tcflag_t>(ECHO);
  tcsetattr(STDIN_FILENO, TCSANOW, &terminal);
#endif
}

}  // namespace

std::optional<std::string> environment(const char* name) {
#ifdef __EMSCRIPTEN__
  std::string value(1 << 12, '\0');
  const int length = pmo_environment(name, value.data(), static_cast<int>(value.size()));
  if (length < 0) return {};
  value.resize(static_cast<std::size_t>(length));
  return value;
#else
  const char* value = std::getenv(name);
  return value ? std::optional<std::string>(value) : std::nullopt;
#endif
}

std::string typed_secret(const std::string& prompt) {
  tell(prompt);
  echo(false);
  std::string line;
  for (int c; (c = std::getchar()) != EOF && c != '\n';) line += static_cast<char>(c);
  echo(true);
  tell("\n");
  return line;
}

}  // namespace pmo::cli
