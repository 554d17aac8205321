// Bundles that somebody broke or forged, made from a good one: each is refused with a message in both languages, or what
// it carries is only text. Truncations, duplicates and check sums are in bundle.cpp.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "app/model/records/project_settings.h"
#include "app/model/records/risk.h"
#include "app/model/records/task.h"
#include "app/words/words.h"
#include "storage/bundle/bundle.h"
#include "storage/bundle/json_value.h"
#include "storage/bundle/zip.h"
#include "storage/digest.h"
#include "storage/protection.h"

using namespace pmo;
using namespace pmo::storage;

namespace {

using Json = nlohmann::json;

struct Sender {
  FixedSurroundings surroundings;
  Project project{product_schema(), Id{1, 1}, surroundings};

  Sender() {
    Transaction change(project, "transaction.test"_key);
    change.create<ProjectSettings>([](ProjectSettings& p) { p.name = "地铁车站"; p.start = *Minute::parse("2024-01-02T08:00"); });
    const auto& task = change.create<Task>([](Task& t) { t.name = "Survey"; t.deadline = Minute::parse("2024-03-01T17:00"); });
    change.create<Risk>([&](Risk& r) { r.title = "Late steel"; r.tasks = {{task.id}}; });
    REQUIRE(change.commit().has_value());
  }
  Json document() { return *parse_json(write_bundle(project, {})); }
  static std::string sealed(Json json) {
    json.erase("integrity");
    json["integrity"] = {{"hash", sha256(canonical_text(json))}};
    return canonical_text(json);
  }
  Result<Bundle> read(const std::string& text) { return read_bundle(text, product_schema(), Id{2, 2}, surroundings); }
};

struct Hostile {
  const char* what;
  void (*change)(Json&);
};

Json& task(Json& json) { return json["data"]["task"][0]; }
Json& field(Json& json, const char* name) { return task(json)["fields"][name]; }

const Hostile forged[] = {
    {"no data", [](Json& j) { j.erase("data"); }},
    {"data is a list", [](Json& j) { j["data"] = Json::array(); }},
    {"data is a text", [](Json& j) { j["data"] = "x"; }},
    {"a register is an object", [](Json& j) { j["data"]["task"] = Json::object(); }},
    {"a record is a number", [](Json& j) { task(j) = 7; }},
    {"a record is null", [](Json& j) { task(j) = nullptr; }},
    {"a record has no fields", [](Json& j) { task(j).erase("fields"); }},
    {"fields are a list", [](Json& j) { task(j)["fields"] = Json::array(); }},
    {"no identifier", [](Json& j) { task(j).erase("id"); }},
    {"the empty identifier", [](Json& j) { task(j)["id"] = Id{}.text(); }},
    {"an identifier that is a number", [](Json& j) { task(j)["id"] = 5; }},
    {"an identifier with a path", [](Json& j) { task(j)["id"] = "../../etc/passwd"; }},
    {"the same identifier in two registers", [](Json& j) { j["data"]["risk"][0]["id"] = task(j)["id"]; }},
    {"the same record twice", [](Json& j) { const Json copy = task(j); j["data"]["task"].push_back(copy); }},
    {"no creation stamp", [](Json& j) { task(j).erase("created"); }},
    {"a stamp without an actor", [](Json& j) { task(j)["created"] = "018f3c1e4a2b0003"; }},
    {"a stamp of letters", [](Json& j) { task(j)["created"] = "zzzzzzzzzzzzzzzz@x"; }},
    {"stamps are a list", [](Json& j) { task(j)["written"] = Json::array({1}); }},
    {"a stamp of a field is a number", [](Json& j) { task(j)["written"] = {{"name", 1}}; }},
    {"a deletion is true", [](Json& j) { task(j)["deletion"] = true; }},
    {"a deletion without a stamp", [](Json& j) { task(j)["deletion"] = Json::object(); }},
    {"a number below zero", [](Json& j) { task(j)["number"] = -1; }},
    {"a number beyond all", [](Json& j) { task(j)["number"] = 9'000'000'000'000'000; }},
    {"a number that is a text", [](Json& j) { task(j)["number"] = "1"; }},
    {"a name that is a number", [](Json& j) { field(j, "name") = 12; }},
    {"a name that is an object", [](Json& j) { field(j, "name") = {{"a", 1}}; }},
    {"a deadline that is no day", [](Json& j) { field(j, "deadline") = "2024-13-45T99:99"; }},
    {"a deadline that is a number", [](Json& j) { field(j, "deadline") = 1; }},
    {"progress beyond its range", [](Json& j) { field(j, "percent_complete") = 1'000'000; }},
    {"progress below zero", [](Json& j) { field(j, "percent_complete") = -5; }},
    {"a choice that there is not", [](Json& j) { j["data"]["risk"][0]["fields"]["status"] = "Exploded!"; }},
    {"references that are one text", [](Json& j) { j["data"]["risk"][0]["fields"]["tasks"] = "x"; }},
    {"references with a number among them", [](Json& j) { j["data"]["risk"][0]["fields"]["tasks"] = Json::array({1}); }},
    {"version zero", [](Json& j) { j["version"]["major"] = 0; }},
    {"a version of text", [](Json& j) { j["version"] = "1.0"; }},
    {"a much newer version", [](Json& j) { j["version"]["major"] = 4'000'000'000; }},
    {"something that must be understood", [](Json& j) { j["must_understand"] = Json::array({"<script>"}); }},
    {"another format", [](Json& j) { j["format"] = "pmo-desk-bundle2"; }},
    {"no project", [](Json& j) { j.erase("project"); }},
    {"another project in the header", [](Json& j) { j["project"]["id"] = Id{7, 7}.text(); }},
    {"what was seen, as a list", [](Json& j) { j["seen"] = Json::array(); }},
    {"what was seen, with a forged actor", [](Json& j) { j["seen"] = {{"me", "018f3c1e4a2b0003"}}; }},
    {"what was seen, with a clock of 17 digits", [](Json& j) { j["seen"] = {{Id{1, 1}.text(), "018f3c1e4a2b00033"}}; }},
    {"conflicts are an object", [](Json& j) { j["conflicts"] = Json::object(); }},
    {"history is a text", [](Json& j) { j["history"] = "long"; }},
    {"history holds null", [](Json& j) { j["history"] = Json::array({nullptr}); }},
    {"history holds a commit without a stamp", [](Json& j) { j["history"] = Json::array({{{"id", Id{3, 3}.text()}}}); }},
    {"what it lacks, as a text", [](Json& j) { j["lacking"] = "everything"; }},
    {"since a clock of letters", [](Json& j) { j["since"] = {{Id{1, 1}.text(), "since yesterday!"}}; }},
    {"contents of attachments as a list", [](Json& j) { j["attachments"] = Json::array({"x"}); }},
    {"a content under the name of a path", [](Json& j) { j["attachments"] = {{"../../etc/passwd", "eA=="}}; }},
    {"a stamp of an unknown field", [](Json& j) { task(j)["written"] = {{"mood", true}}; }},
};
static_assert(std::size(forged) > 50);

// Envelopes of protected bundles: a hostile one must neither open nor keep its reader busy.
const Hostile envelopes[] = {
    {"no rounds", [](Json& j) { j["key"].erase("iterations"); }},
    {"no round at all", [](Json& j) { j["key"]["iterations"] = 0; }},
    {"rounds below zero", [](Json& j) { j["key"]["iterations"] = -600'000; }},
    {"one round too few", [](Json& j) { j["key"]["iterations"] = least_key_rounds - 1; }},
    {"an hour of rounds", [](Json& j) { j["key"]["iterations"] = 2'000'000'000; }},
    {"rounds beyond all", [](Json& j) { j["key"]["iterations"] = 9'000'000'000'000'000; }},
    {"rounds as a text", [](Json& j) { j["key"]["iterations"] = "600000"; }},
    {"rounds with a fraction", [](Json& j) { j["key"]["iterations"] = 600'000.5; }},
    {"no salt", [](Json& j) { j["key"].erase("salt"); }},
    {"an empty salt", [](Json& j) { j["key"]["salt"] = ""; }},
    {"a salt of a megabyte", [](Json& j) { j["key"]["salt"] = std::string(1 << 20, 'A'); }},
    {"a salt that is no base64", [](Json& j) { j["key"]["salt"] = "<script>"; }},
    {"another derivation", [](Json& j) { j["key"]["method"] = "none"; }},
    {"a check that is cut", [](Json& j) { j["key"]["check"] = "AAAA"; }},
    {"a short nonce", [](Json& j) { j["cipher"]["nonce"] = "AAAA"; }},
    {"a short tag", [](Json& j) { j["cipher"]["tag"] = "AAAA"; }},
    {"another cipher", [](Json& j) { j["cipher"]["method"] = "AES-256-ECB"; }},
    {"another packing", [](Json& j) { j["packing"] = "zstd"; }},
    {"no content", [](Json& j) { j.erase("content"); }},
    {"a content of objects", [](Json& j) { j["content"] = Json::object(); }},
    {"a later version", [](Json& j) { j["version"] = 3; }},
    {"version zero", [](Json& j) { j["version"] = 0; }},
    {"a key that is a list", [](Json& j) { j["key"] = Json::array(); }},
};

void check_message(const Error& error) {
  CHECK_FALSE(error.message.name.empty());
  const auto english = describe(error, Language::english), chinese = describe(error, Language::chinese);
  CHECK(english.size() > 10);
  CHECK(chinese.size() > 10);
  CHECK(english != chinese);
  CHECK_FALSE(english.contains("error."));
}

}  // namespace

TEST_CASE_FIXTURE(Sender, "forged bundles with a fitting check sum are refused, each with its message") {
  for (const auto& [what, change] : forged) {
    CAPTURE(what);
    auto json = document();
    change(json);
    const auto bundle = read(sealed(json));
    CHECK_FALSE(bundle.has_value());
    if (!bundle) check_message(bundle.error());
  }
}

TEST_CASE_FIXTURE(Sender, "envelopes of protected bundles are held to their bounds before any key is derived") {
  const auto file = protect(write_bundle(project, {}), "word", surroundings, least_key_rounds).value();
  REQUIRE(unprotect(file, "word").has_value());
  for (const auto& [what, change] : envelopes) {
    CAPTURE(what);
    auto json = Json::parse(file);
    change(json);
    const auto opened = unprotect(json.dump(), "word");
    REQUIRE_FALSE(opened.has_value());
    CHECK(opened.error().message != "error.protection.passphrase"_key);
    check_message(opened.error());
  }
}

TEST_CASE_FIXTURE(Sender, "a bundle that is cut off is refused wherever that was, also inside an archive") {
  const auto good = write_bundle(project, {});
  std::string zip;
  write_zip({{"bundle.json", pmo::content_of(good)}}, [&](const Result<ContentPtr>& archive) {
    read_whole(archive.value(), [&](Result<std::string> bytes) { zip = bytes.value(); });
  });
  for (std::size_t length = 0; length < good.size(); length += 37) CHECK_FALSE(read(good.substr(0, length)).has_value());
  for (std::size_t length = 0; length < zip.size(); length += 37)
    read_bundle_archive(pmo::content_of(zip.substr(0, length)), product_schema(), Id{2, 2}, surroundings,
                        [](const Result<Bundle>& bundle) { CHECK_FALSE(bundle.has_value()); });
}

TEST_CASE_FIXTURE(Sender, "what was refused has changed nothing") {
  const auto before = revision_of(project);
  const auto commits = project.journal().since({})->size();
  auto json = document();
  task(json)["id"] = 5;
  CHECK_FALSE(read(sealed(json)).has_value());
  CHECK(revision_of(project) == before);
  CHECK(project.journal().since({})->size() == commits);
}

TEST_CASE_FIXTURE(Sender, "bytes that are no JSON are refused, each with its message") {
  const auto good = write_bundle(project, {});
  std::string deep = "{\"format\":\"pmo-desk-bundle\",\"data\":";
  for (int i = 0; i < 200; ++i) deep += "{\"a\":";
  const std::string bad[] = {
      "", " ", "\xff\xfe", std::string("\0\0\0\0", 4), "null", "7", "\"text\"", "{", "[[[[", deep, std::string(200'000, '{'),
      std::string(good).replace(good.find("Survey"), 2, "\xc3\x28"),  // wrong UTF-8
      std::string(good).replace(good.find("Survey"), 1, "\xed\xa0\x80"),  // a lone surrogate in UTF-8
      std::string(good).replace(good.find("Survey"), 1, "\\udc00"), std::string(good).replace(good.find("Survey"), 1, std::string(1, '\0')),
      good + good, good + "x", "\xef\xbb\xbf{\"a\":1}x", "{\"a\":1e999}", "{\"a\":-1e-999}", "{\"a\":0x10}", "{'a':1}", "{\"a\":01}",
      "{\"format\":\"pmo-desk-bundle\",\"format\":\"pmo-desk-bundle\"}",
  };
  for (const auto& text : bad) {
    CAPTURE(text.substr(0, 40));
    const auto bundle = read(text);
    CHECK_FALSE(bundle.has_value());
    if (!bundle) check_message(bundle.error());
  }
}

TEST_CASE_FIXTURE(Sender, "lines that a mail program has broken are joined again; what else it did is told") {
  const auto good = write_bundle(project, {});
  const auto name = good.find("Survey");
  for (const std::string_view line_end : {"\n", "\r\n"}) {
    const auto read_wrapped = [&](std::string text) {
      for (std::size_t at = 76; at < text.size(); at += 76 + line_end.size()) text.insert(at, line_end);
      return read(text);
    };
    const auto bundle = read_wrapped(good);
    REQUIRE(bundle.has_value());
    CHECK(revision_of(*bundle->project) == revision_of(project));
    CHECK(read_wrapped(std::string(good).replace(name, 1, "s")).error().message == "error.bundle.changed"_key);
    CHECK(read_wrapped(std::string(good).insert(name, 1, '"')).error().message == "error.bundle.changed"_key);
  }
}

TEST_CASE_FIXTURE(Sender, "script and control characters in a text stay text") {
  auto json = document();
  field(json, "name") = "<script>alert(1)</script>";
  json["data"]["risk"][0]["fields"]["title"] = "=cmd|' /C calc'!A0";
  const auto bundle = read(sealed(json));
  REQUIRE(bundle.has_value());
  CHECK(bundle->project->all<Task>().at(0).name == "<script>alert(1)</script>");
  CHECK(bundle->project->all<Risk>().at(0).title == "=cmd|' /C calc'!A0");
}
