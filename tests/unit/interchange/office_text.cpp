// The text inside office files. The files are made here, by the product's own writer of archives.
#include "storage/office_text.h"

#include <doctest/doctest.h>

#include "storage/bundle/zip.h"
#include "storage/file_text.h"

using namespace pmo;
using namespace pmo::storage;

namespace {

std::string archive_of(std::vector<std::pair<std::string, std::string>> parts) {
  std::vector<ZipEntry> entries;
  for (auto& [name, bytes] : parts) entries.push_back({name, content_of(std::move(bytes))});
  std::string archive;
  write_zip(std::move(entries), [&](const Result<ContentPtr>& written) { read_whole(*written, [&](Result<std::string> bytes) { archive = *bytes; }); });
  return archive;
}

Result<std::string> text_in(const std::string& name, std::string bytes) {
  Result<std::string> text = fail("error.file.unreadable"_key);
  read_file_text(name, "", content_of(std::move(bytes)), [&](Result<std::string> read) { text = std::move(read); });
  return text;
}

std::string document(const std::string& body) { return "<?xml version=\"1.0\"?><w:document xmlns:w=\"x\"><w:body>" + body + "</w:body></w:document>"; }

}  // namespace

TEST_CASE("office files are known by their names") {
  for (const char* name : {"a.docx", "B.DOCM", "c.xlsx", "d.pptx", "e.odt", "f.ods", "图.odp"}) {
    CHECK_MESSAGE(is_office_file(name), name);
    CHECK(is_searched(name, "", 100u << 20));
  }
  for (const char* name : {"a.doc", "b.pdf", "docx", "c.xls", "d.zip", "e.docx.bak"}) CHECK_FALSE_MESSAGE(is_office_file(name), name);
  CHECK(is_searched("a.txt", "", largest_text_file));
  CHECK_FALSE(is_searched("a.txt", "", largest_text_file + 1));
}

TEST_CASE("of a Word file the paragraphs are read, words in several runs as one, then its notes; what was deleted is not") {
  const std::string body =
      "<w:p><w:pPr><w:tabs><w:tab w:val=\"left\"/></w:tabs></w:pPr><w:r><w:t>Ground</w:t></w:r><w:r><w:t xml:space=\"preserve\">water &amp; soil</w:t></w:r></w:p><w:p/>"
      "<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>地下水</w:t></w:r><w:del><w:r><w:delText>gone</w:delText></w:r></w:del>"
      "<w:moveFrom><w:r><w:t>moved</w:t></w:r></w:moveFrom><w:instrText>PAGE</w:instrText></w:p>";
  const auto text = text_in("plan.docx", archive_of({{"word/footnotes.xml", "<w:footnotes><w:p><w:r><w:t>Note</w:t></w:r></w:p></w:footnotes>"},
                                                     {"word/styles.xml", "<w:t>never</w:t>"},
                                                     {"word/media/image1.png", "never"},
                                                     {"word/document.xml", document(body)}}));
  CHECK(text.value() == "Groundwater & soil\na\tb\n地下水\nNote\n");
}

TEST_CASE("slides are read in their order") {
  const auto slide = [](const std::string& words) { return "<p:sld><p:txBody><a:p><a:r><a:t>" + words + "</a:t></a:r></a:p></p:txBody></p:sld>"; };
  CHECK(text_in("talk.pptx", archive_of({{"ppt/slides/slide10.xml", slide("Last")},
                                         {"ppt/slides/slide2.xml", slide("Second")},
                                         {"ppt/slides/slide1.xml", slide("First")},
                                         {"ppt/slides/_rels/slide1.xml.rels", slide("never")},
                                         {"ppt/notesSlides/notesSlide1.xml", slide("Say this")}})).value() == "First\nSecond\nLast\nSay this\n");
}

TEST_CASE("of a spreadsheet the names of its sheets are read, and their rows; shared texts where cells refer to them") {
  const auto text = text_in("costs.xlsx", archive_of({
      {"xl/worksheets/sheet1.xml", "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>1</v></c><c r=\"B1\"><f>1+2</f><v>12.5</v></c></row>"
                                   "<row><c t=\"inlineStr\"><is><t>here</t></is></c><c t=\"s\"><v>0</v></c><c t=\"s\"><v>99</v></c><c/></row><row/></sheetData></worksheet>"},
      {"xl/sharedStrings.xml", "<sst><si><t>Pump</t></si><si><r><t>Steel </t></r><r><t>pipe</t></r><rPh><t>spoken</t></rPh></si></sst>"},
      {"xl/workbook.xml", "<workbook><sheets><sheet name=\"Costs &amp; dates\" sheetId=\"1\"/><sheet sheetId=\"2\" name=\"水位\"/></sheets></workbook>"}}));
  CHECK(text.value() == "Costs & dates\t水位\nSteel pipe\t12.5\nhere\tPump\n");
}

TEST_CASE("of an OpenDocument file headings and paragraphs are read; what was deleted is not") {
  const std::string content =
      "<office:document-content><office:automatic-styles><style:style/></office:automatic-styles><office:body><office:text>"
      "<text:tracked-changes><text:deletion><text:p>gone</text:p></text:deletion></text:tracked-changes>"
      "<text:h>Title</text:h><text:p>one<text:s text:c=\"2\"/>two<text:tab/>three <text:span>four</text:span><text:line-break/>five</text:p>"
      "</office:text></office:body></office:document-content>";
  for (const char* name : {"a.odt", "a.ods", "a.odp"})
    CHECK(text_in(name, archive_of({{"mimetype", "application/vnd.oasis.opendocument.text"}, {"content.xml", content}, {"styles.xml", "<text:p>never</text:p>"}})).value() ==
          "Title\none two\tthree four\nfive\n");
}

TEST_CASE("an office file that is damaged, locked or none gives a reason and no text; wherever it ends, nothing breaks") {
  CHECK(text_in("a.docx", "").error().message == "error.zip.damaged"_key);
  CHECK(text_in("a.docx", "\xD0\xCF\x11\xE0 protected by a password").error().message == "error.zip.damaged"_key);
  CHECK(text_in("a.docx", archive_of({{"content.xml", "<text:p>of another kind</text:p>"}})).error().message == "error.zip.damaged"_key);
  const std::string whole = archive_of({{"word/document.xml", document("<w:p><w:r><w:t>words that are packed, words that are packed</w:t></w:r></w:p>")}});
  for (std::size_t size = 0; size < whole.size(); ++size) CHECK_FALSE(text_in("a.docx", whole.substr(0, size)));
  for (const char* broken : {"<", "<w:t", "<w:t>never closed", "</w:t></w:t>", "<!--", "<?", "<![CDATA[", "<!DOCTYPE", "<w:t a='>'>&", "<w:pPr>", "<>", "</>", "<//>", "<w:t/>", "\xFF\xFE"})
    CHECK(text_in("a.docx", archive_of({{"word/document.xml", broken}})).has_value());
}

TEST_CASE("what promises to become very large is left out, and a long text is cut between characters") {
  const std::string huge(largest_office_text + (2u << 20), ' ');  // so large that it is not even packed
  CHECK(text_in("a.docx", archive_of({{"word/document.xml", huge}})).error().message == "error.zip.damaged"_key);
  CHECK(text_in("a.docx", archive_of({{"word/document.xml", huge}, {"word/comments.xml", "<w:p><w:t>Note</w:t></w:p>"}})).value() == "Note\n");
  std::string chinese;
  for (std::size_t text = 0; text <= longest_kept_text; text += 7) chinese += "<w:p><w:t>水位</w:t></w:p>";
  const auto kept = text_in("a.docx", archive_of({{"word/document.xml", document(chinese)}})).value();
  CHECK(kept.size() <= longest_kept_text);
  CHECK(kept.size() > longest_kept_text - 8);
  CHECK(kept.starts_with("水位\n水位\n"));
}
