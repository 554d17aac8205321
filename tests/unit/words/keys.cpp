// Reads the sources: every key that is used has its texts, and every text is used.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string_view>

#include "app/model/register.h"
#include "app/words/words.h"

using namespace pmo;

namespace {

namespace fs = std::filesystem;

std::string contents(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// Every "name"_key outside of comments, which hold examples.
void collect_keys(std::string_view text, std::set<std::string>& keys) {
  constexpr std::string_view suffix = "\"_key";
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    auto line = text.substr(0, end);
    line = line.substr(0, line.find("//"));
    for (auto at = line.find(suffix); at != line.npos; at = line.find(suffix, at + 1))
      if (const auto from = line.rfind('"', at - 1); at > 1 && from < at - 1) keys.emplace(line.substr(from + 1, at - from - 1));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

std::set<std::string> used_in_sources() {
  std::set<std::string> keys;
  for (const auto* folder : {"app", "storage", "web"})
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
      const auto extension = entry.path().extension();
      if (entry.path().string().contains("node_modules") || (extension != ".cpp" && extension != ".h")) continue;
      collect_keys(contents(entry.path()), keys);
    }
  return keys;
}

// The labels that follow from the descriptions of the registers.
std::set<std::string> derived_from_descriptions() {
  std::set<std::string> keys;
  for (const auto* info : product_schema().registers()) {
    for (const auto key : {info->label_key(), info->one_key(), info->about_key()}) keys.emplace(key.name);
    for (const auto& field : info->fields) {
      keys.emplace(field.label);
      for (const auto choice : field.choices) keys.emplace(field.choice_key(choice).name);
    }
  }
  return keys;
}

}  // namespace

TEST_CASE("every key that the code uses is in the catalogues") {
  if (!fs::exists("app/words")) {
    MESSAGE("skipped: not run from the checkout");
    return;
  }
  const auto used = used_in_sources();
  CHECK(used.size() > 50);
  for (const auto& key : used) CHECK_MESSAGE(has_word(Key{key}), key);
}

TEST_CASE("every register, field and choice has its texts") {
  for (const auto& key : derived_from_descriptions()) CHECK_MESSAGE(has_word(Key{key}), key);
}

TEST_CASE("no text of the catalogues is left unused") {
  if (!fs::exists("app/words")) return;
  const auto used = used_in_sources();
  const auto derived = derived_from_descriptions();
  for (const auto key : all_keys()) {
    const std::string name(key.name);
    // Families whose names are put together in code: words of formats and desks.
    if (name.starts_with("format.") || name.starts_with("desk.")) continue;
    CHECK_MESSAGE((used.contains(name) || derived.contains(name)), name);
  }
}
