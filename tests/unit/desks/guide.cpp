// The user guide (docs/guide) tells of the application as it is: a page for every desk, a place for every analysis, every
// shortcut. What can be checked without the application is checked in tests/browser/guide.test.mjs.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "app/desks/desk_pages.h"
#include "app/desks/workspace/stored_workspace.h"
#include "app/ui/headless_platform.h"
#include "app/ui/shell/desk_names.h"
#include "app/ui/shell/guide.h"
#include "app/ui/shell/shell.h"

using namespace pmo;
using namespace pmo::ui;

namespace {

struct GuideFixture {
  FixedSurroundings surroundings;
  storage::MemoryHost host;
  StoredWorkspace workspace{host, surroundings};
  HeadlessPlatform platform{{.size = {1280, 720}}};
  Shell shell{platform, workspace, desk_parts(workspace)};
};

// The text behind an address of the guide, and the place that it asks for.
struct Passage {
  std::string text, place;
};

Passage passage(const std::string& address) {
  const auto end = address.find(".html");
  std::ifstream file("docs/" + address.substr(0, end) + ".md", std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  const auto mark = address.find('#');
  return {text.str(), mark == address.npos ? std::string() : address.substr(mark + 1)};
}

bool here() {
  if (std::filesystem::exists("docs/guide")) return true;
  MESSAGE("skipped: not run from the checkout");
  return false;
}

// "| Undo | `Ctrl+Z` |": the lines of the table of shortcuts.
std::set<std::string> shortcut_lines(const std::string& text) {
  std::set<std::string> lines;
  const auto from = text.find("<a id=\"shortcuts\">");
  std::istringstream rest(from == text.npos ? std::string() : text.substr(from, text.find("\n## ", text.find("\n## ", from) + 1) - from));
  for (std::string line; std::getline(rest, line);)
    if (line.starts_with("| ") && line.ends_with("` |")) lines.insert(line);
  return lines;
}

}  // namespace

TEST_CASE("the guide has a page for every desk, in both languages, and tells of every analysis") {
  if (!here()) return;
  GuideFixture f;
  for (const Language language : all_languages)
    for (const auto& page : f.shell.parts.pages) {
      const std::string address = guide_address(page.get(), language);
      const auto [text, place] = passage(address);
      CAPTURE(address);
      CHECK(!text.empty());
      const bool analysis = !page->shows() && page->name() != desk_page_name(page->desk());
      if (analysis) CHECK(text.contains("<a id=\"" + place + "\"></a>"));
    }
}

TEST_CASE("the guide lists every shortcut of the application, and no other") {
  if (!here()) return;
  GuideFixture f;
  for (const Language language : all_languages) {
    std::set<std::string> expected;
    for (const Command& command : f.shell.commands.list())
      if (!command.shortcut.empty()) expected.insert("| " + std::string(word(command.label, language)) + " | `" + std::string(command.shortcut) + "` |");
    const auto [text, place] = passage(language == Language::chinese ? "guide/zh/keyboard.html" : "guide/en/keyboard.html");
    CHECK(shortcut_lines(text) == expected);
  }
}

TEST_CASE("the guide opens at what is on the screen, in the user's language") {
  GuideFixture f;
  CHECK(guide_address(nullptr, Language::english) == "guide/en/start.html");
  const auto address = [&](std::string_view page, Language language) { return guide_address(f.shell.navigation.find(page), language); };
  CHECK(address("simulation", Language::english) == "guide/en/risk.html#simulation");
  CHECK(address("desk.risk", Language::chinese) == "guide/zh/risk.html");
  CHECK(address("inbox", Language::chinese) == "guide/zh/everyday.html#inbox");
}
