// Reads the checkout itself: no file includes from a higher rung of the ladder (docs/architecture.md), and no file names
// a place of one machine or a host that the product has no business with.
#include <doctest/doctest.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace {

namespace fs = std::filesystem;

// A rung and the rungs it may include from. Every file of ours belongs to exactly one.
const std::map<std::string, std::set<std::string>> ladder = {
    {"app/words", {}},
    {"app/model", {"app/words"}},
    {"app/sample", {"app/words", "app/model"}},
    {"app/engine", {"app/words", "app/model"}},
    {"storage", {"app/words", "app/model", "app/engine"}},
    {"app/ui", {"app/words", "app/model", "app/engine"}},
    {"app/desks", {"app/words", "app/model", "app/sample", "app/engine", "storage", "app/ui"}},
    {"app/cli", {"app/words", "app/model", "app/sample", "app/engine", "storage"}},
    {"web", {"app/words", "app/model", "app/sample", "app/engine", "storage", "app/ui", "app/desks"}},
};

// "app/model" of "app/model/records/task.h"; empty when the path is on no rung.
std::string rung_of(const std::string& path) {
  for (const auto& [rung, below] : ladder)
    if (path.starts_with(rung + "/")) return rung;
  return {};
}

// Calls visit(line) for every line of the text.
template <class Visit>
void for_each_line(std::string_view text, const Visit& visit) {
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    visit(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

// "app/words/words.h" of `#include "app/words/words.h"`; empty for any other line.
std::string_view included_by(std::string_view line) {
  const auto skip_blanks = [&] { line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size())); };
  skip_blanks();
  if (!line.starts_with('#')) return {};
  line.remove_prefix(1);
  skip_blanks();
  if (!line.starts_with("include")) return {};
  line.remove_prefix(7);
  skip_blanks();
  if (!line.starts_with('"')) return {};
  return line.substr(1, line.find('"', 1) - 1);
}

// What is wrong with the includes of a file: one line each.
std::vector<std::string> ladder_faults(const std::string& path, std::string_view text) {
  const std::string rung = rung_of(path);
  if (rung.empty()) return {path + " is on no rung of the ladder"};
  std::vector<std::string> faults;
  for_each_line(text, [&](std::string_view line) {
    const std::string included(included_by(line));
    if (included.empty()) return;
    if (included.starts_with("imgui")) {
      if (rung != "app/ui" && rung != "app/desks" && rung != "web") faults.push_back(path + " must not use Dear ImGui");
      return;
    }
    const std::string from = rung_of(included);
    if (from.empty()) faults.push_back(path + " includes \"" + included + "\": write it from the top of the checkout");
    else if (from != rung && !ladder.at(rung).contains(from)) faults.push_back(path + " includes " + included + ", up the ladder");
  });
  return faults;
}

bool is_name(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '_'; }

// Whether the text holds `folder` as the beginning of a path from the root, followed by a name.
bool names_folder(std::string_view text, std::string_view folder) {
  for (auto at = text.find(folder); at != text.npos; at = text.find(folder, at + 1)) {
    const bool from_root = at == 0 || !(is_name(text[at - 1]) || std::string_view("./~}$\"").contains(text[at - 1]));
    if (from_root && at + folder.size() < text.size() && is_name(text[at + folder.size()])) return true;
  }
  return false;
}

// Places of one machine, and addresses beyond the few that documents and formats need.
std::vector<std::string> foreign_names(const std::string& path, std::string_view text) {
  static const std::set<std::string, std::less<>> allowed = {
      "127.0.0.1", "localhost", "github.com", "www.w3.org", "schemas.microsoft.com", "www.sqlite.org"};
  std::vector<std::string> faults;
  for (const auto* folder : {"/home/", "/Users/", "/root/", "C:\\Users\\"})
    if (names_folder(text, folder)) faults.push_back(path + " names a folder of one machine");
  // The lock file lists where authors take donations; what matters there is that no package has a fixed address.
  if (path.ends_with("package-lock.json")) {
    if (text.contains("\"resolved\"")) faults.push_back(path + " fixes the address of a package");
    return faults;
  }
  for (auto at = text.find("://"); at != text.npos; at = text.find("://", at + 1)) {
    if (!text.substr(0, at).ends_with("http") && !text.substr(0, at).ends_with("https")) continue;
    const auto rest = text.substr(at + 3);
    const auto host = rest.substr(0, std::ranges::find_if(rest, [](char c) { return !is_name(c) && c != '.'; }) - rest.begin());
    if (!host.empty() && !allowed.contains(host)) faults.push_back(path + " names the host " + std::string(host));
  }
  return faults;
}

std::string contents(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// Files of the checkout, without what is built, fetched or Git's own.
template <class Visit>
void for_each_file(const fs::path& folder, const Visit& visit) {
  static const std::set<std::string> not_ours = {".git", "build", "dist", "dev-dist", "node_modules", ".cache", ".vite", ".claude"};
  for (const auto& entry : fs::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    if (not_ours.contains(name)) continue;
    if (entry.is_directory()) for_each_file(entry.path(), visit);
    else if (entry.is_regular_file()) visit(fs::relative(entry.path(), ".").generic_string(), contents(entry.path()));
  }
}

bool is_checkout() { return fs::exists("CMakeLists.txt") && fs::exists("app/words"); }

}  // namespace

TEST_CASE("no file includes from a higher rung of the ladder") {
  if (!is_checkout()) {
    MESSAGE("skipped: not run from the checkout");
    return;
  }
  int read = 0;
  for (const auto* folder : {"app", "storage", "web"})
    for_each_file(folder, [&](const std::string& path, const std::string& text) {
      if (!path.ends_with(".cpp") && !path.ends_with(".h")) return;
      ++read;
      for (const auto& fault : ladder_faults(path, text)) FAIL_CHECK(fault);
    });
  CHECK(read > 50);
}

TEST_CASE("the ladder check finds what it is for") {
  CHECK(ladder_faults("app/model/a.h", "#include \"app/words/words.h\"\n#include <vector>\n").empty());
  CHECK(ladder_faults("app/model/a.h", "// x\n  #  include \"app/engine/risk/risk.h\"\n").size() == 1);
  CHECK(ladder_faults("app/engine/a.cpp", "#include \"storage/database.h\"\n").size() == 1);
  CHECK(ladder_faults("app/ui/a.cpp", "#include \"storage/database.h\"\n").size() == 1);
  CHECK(ladder_faults("app/model/a.h", "#include \"values.h\"\n").size() == 1);
  CHECK(ladder_faults("storage/a.cpp", "#include \"imgui.h\"\n").size() == 1);
  CHECK(ladder_faults("app/elsewhere/a.cpp", "").size() == 1);
}

TEST_CASE("no file names a place of one machine or a foreign host") {
  if (!is_checkout()) {
    MESSAGE("skipped: not run from the checkout");
    return;
  }
  const std::string here = fs::current_path().string();
  for_each_file(".", [&](const std::string& path, const std::string& text) {
    if (path == "tests/unit/source_rules/source_rules.cpp") return;  // holds the examples
    if (text.size() > (4u << 20) || text.find('\0') != std::string::npos) return;
    for (const auto& fault : foreign_names(path, text)) FAIL_CHECK(fault);
    CHECK_MESSAGE(!text.contains(here), path << " names this checkout's folder");
  });
}

TEST_CASE("the check for foreign names finds what it is for") {
  CHECK(foreign_names("a.md", "see https://github.com/ocornut/imgui and ~/.cache, $HOME/x, ./home/x").empty());
  CHECK(foreign_names("a.md", "in /home/someone/project").size() == 1);
  CHECK(foreign_names("a.md", "C:\\Users\\someone").size() == 1);
  CHECK(foreign_names("pmo", "curl https://packages.example.net/x").size() == 1);
  CHECK(foreign_names("web/package-lock.json", "\"resolved\": \"x\"").size() == 1);
}
