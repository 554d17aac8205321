// Versions of documents: shown formatted, printed, compared; what a required document lacks.
#include "tests/unit/desks/sample_desk.h"

#include "app/desks/documents/document_versions.h"
#include "app/model/records/common.h"
#include "app/model/records/document.h"
#include "app/model/records/management.h"
#include "app/model/records/project_settings.h"

using namespace pmo;
using namespace pmo::ui;

TEST_CASE("versions stand by date, those of one day as they were added") {
  FixedSurroundings surroundings;
  Project project(product_schema(), Id{1, 1}, surroundings);
  Transaction change(project, "transaction.test"_key);
  const auto& document = change.create<Document>([](Document& d) { d.title = "Plan"; });
  const auto add = [&](const char* name, int day) {
    change.create<DocumentVersion>([&](DocumentVersion& v) { v.document = {document.id}, v.version = name, v.date = Day{day}; });
  };
  add("2.0", 30), add("1.0", 10), add("1.1", 10);
  std::string names;
  for (const DocumentVersion* version : desks::versions_of(project, document.id)) names += version->version + " ";
  CHECK(names == "1.0 1.1 2.0 ");
}

TEST_CASE("the form of a document shows and prints the newest version as it is formatted, and compares it with the one before") {
  for (const Language language : all_languages) {
    SampleDesk desk(language);
    const bool english = language == Language::english;
    const Document& charter = desk.named<Document>(english ? "Project charter" : "项目章程");
    desk.open_form(register_of<Document>(), charter.id);
    desk.platform.click("version.show");
    REQUIRE(desk.platform.kept.shown.size() == 1);
    CHECK(desk.platform.kept.shown[0].contains(english ? "<h1>Riverside Library</h1>" : "<h1>滨江图书馆</h1>"));
    CHECK(desk.platform.kept.shown[0].contains("<li>"));
    desk.platform.click("version.print");
    REQUIRE(desk.platform.kept.printed.size() == 1);
    CHECK(desk.platform.kept.printed[0] == desk.platform.kept.shown[0]);
    desk.platform.click("version.compare");
    REQUIRE(desk.platform.kept.shown.size() == 2);
    const std::string& compared = desk.platform.kept.shown[1];
    CHECK(compared.contains("0.9 → 1.0"));
    CHECK(compared.contains("<ins>"));
    CHECK(compared.contains(english ? "Opening on time" : "</ins>"));
    CHECK_FALSE(compared.contains("<del>"));  // version 1.0 only adds
    CHECK(desk.messages.errors.empty());
  }
}

TEST_CASE("attached files in which there is text are compared with each other, and with versions") {
  SampleDesk desk;
  const Document& charter = desk.named<Document>("Project charter");
  Transaction change(desk.project, "transaction.test"_key);
  const auto& plan = change.create<Document>([](Document& d) { d.title = "Survey plan"; });
  const auto attach = [&](const Document& to, const std::string& name, const std::string& text) {
    return change.create<Attachment>([&](Attachment& a) { a.record = {to.id}, a.file_name = name, a.sha256 = std::string(64, 'a'), a.extracted_text = text; }).id;
  };
  attach(plan, "plan 1.docx", "Pump the well\n");
  attach(plan, "photo.odt", "\n");  // nothing in it
  const auto texts = [&](const Document& of) {
    std::string names;
    for (const auto& text : desks::texts_of(desk.project, of.id, Language::english)) names += text.name + ", ";
    return names;
  };
  CHECK(texts(plan) == "plan 1.docx, ");
  attach(plan, "plan 2.docx", "Pump the new well\n");
  const Id beside = attach(charter, "charter.docx", "Another text\n");
  REQUIRE(change.commit().has_value());
  CHECK(texts(plan) == "plan 1.docx, plan 2.docx, ");
  desk.open_form(register_of<Document>(), plan.id);
  CHECK_FALSE(desk.platform.find("version.show"));
  desk.platform.click("version.compare");
  REQUIRE(desk.platform.kept.shown.size() == 1);
  CHECK(desk.platform.kept.shown[0].contains("plan 1.docx → plan 2.docx"));
  CHECK(desk.platform.kept.shown[0].contains("<ins>"));
  CHECK_FALSE(desk.platform.kept.shown[0].contains("<del>"));
  desk.open_form(register_of<Document>(), charter.id);  // its versions come first
  desk.platform.click("version.earlier");
  desk.platform.click("version.earlier." + beside.text());
  desk.platform.click("version.compare");
  REQUIRE(desk.platform.kept.shown.size() == 2);
  CHECK(desk.platform.kept.shown[1].contains("charter.docx → 1.0"));
}

TEST_CASE("a version is marked with the document's confidentiality, but never with less than the project's") {
  FixedSurroundings surroundings;
  Project project(product_schema(), Id{1, 1}, surroundings);
  Transaction change(project, "transaction.test"_key);
  change.create<ProjectSettings>([](ProjectSettings& s) { s.name = "Bridge", s.confidentiality = Confidentiality::confidential; });
  const auto marked = [&](Confidentiality level, const char* mark) {
    const auto& document = change.create<Document>([&](Document& d) { d.title = "Plan", d.confidentiality = level; });
    DocumentVersion version;
    version.document = {document.id}, version.version = "1";
    return desks::version_report(project, version, "a", Language::chinese, Day{20'000}).html().contains(mark);
  };
  const auto name = [](Confidentiality level) { return std::string(word(field_of<Document>(&Document::confidentiality).choice_key(enum_name(level)), Language::chinese)); };
  CHECK(marked(Confidentiality::internal, name(Confidentiality::confidential).c_str()));
  CHECK(marked(Confidentiality::open, name(Confidentiality::confidential).c_str()));
  CHECK(marked(Confidentiality::secret, name(Confidentiality::secret).c_str()));
}

TEST_CASE("what stands in a text that is compared is shown as it is") {
  FixedSurroundings surroundings;
  Project project(product_schema(), Id{1, 1}, surroundings);
  const auto html = desks::comparison_report(project, {}, {"1", "a <b>c</b>"}, {"2", "a <script>c</script>"}, Language::english, Day{20'000}).html();
  CHECK_FALSE(html.contains("<script>"));
  CHECK_FALSE(html.contains("<b>c"));
  CHECK(html.contains("<del>"));
  const auto same = desks::comparison_report(project, {}, {"1", "a"}, {"2", "a"}, Language::english, Day{20'000}).html();
  CHECK(same.contains("are the same"));
}

TEST_CASE("a required document says in its form what is lacking, and leads to what there is") {
  SampleDesk desk;
  const RequiredDocument& quality = desk.named<RequiredDocument>("Quality plan");
  desk.open_form(register_of<RequiredDocument>(), quality.id);
  CHECK_FALSE(desk.platform.find("action.open_document"));
  Transaction change(desk.project, "transaction.test"_key);
  change.set(*desk.project.find(quality.document), &Document::status, DocumentStatus::draft);
  REQUIRE(change.commit().has_value());
  desk.open_form(register_of<RequiredDocument>(), quality.id);
  desk.platform.click("action.open_document");
  CHECK(desk.navigation.opened == std::pair(&register_of<Document>(), quality.document.id));
}
