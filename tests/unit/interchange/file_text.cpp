// The text inside attached files, for the search.
#include "storage/file_text.h"

#include <doctest/doctest.h>

using namespace pmo::storage;

TEST_CASE("text files are known by their names, else by their media types") {
  for (const char* name : {"a.txt", "A.MD", "b.csv", "c.json", "d.XML", "e.html", "f.htm"}) CHECK_MESSAGE(is_text_file(name, ""), name);
  CHECK(is_text_file("README", "text/plain"));
  CHECK(is_text_file("feed", "application/xml"));
  for (const char* name : {"a.docx", "b.pdf", "txt", "c.png"}) CHECK_FALSE_MESSAGE(is_text_file(name, "application/octet-stream"), name);
}

TEST_CASE("plain text is taken as it is, in any encoding that is known") {
  CHECK(text_in_file("a.txt", "", "\xEF\xBB\xBFGroundwater\nrises") == "Groundwater\nrises");
  CHECK(text_in_file("a.csv", "", "\xB5\xD8\xCF\xC2\xCB\xAE,\xCB\xAE\xCE\xBB\n") == "地下水,水位\n");  // GBK
  CHECK(text_in_file("a.txt", "", std::string("\0\1\2\0\0", 5)).empty());
  CHECK(text_in_file("a.pdf", "", "text").empty());
}

TEST_CASE("of HTML and XML the marks, scripts and styles are left out, entities are read") {
  CHECK(text_in_file("a.html", "", "<html><head><style>p{color:red}</style><SCRIPT>alert('x')</Script></head><body><p>Pump &amp; well</p><!-- hidden --><p>2&nbsp;m&#178;</p></body>") ==
        "Pump & well 2 m² ");
  CHECK(text_in_file("a.xml", "", "<?xml version=\"1.0\"?><a><b>one</b><![CDATA[two <three>]]></a>") == "one two <three> ");
  CHECK(text_in_file("a.html", "", "a & b &unknown; &#x6C34; &#xFFFFFFFF;") == "a & b &unknown; 水 ");  // there is no such character
  for (const char* broken : {"<", "<p", "<!--", "<script>never closed", "<![CDATA[open", "&", "&#", "&#;"}) (void)text_in_file("a.html", "", broken);
}

TEST_CASE("a large file is not searched, a long text only at its beginning, cut between characters") {
  CHECK(text_in_file("a.txt", "", std::string(largest_text_file + 1, 'a')).empty());
  std::string chinese;
  while (chinese.size() <= longest_kept_text) chinese += "水";
  const std::string kept = text_in_file("a.txt", "", chinese);
  CHECK(kept.size() <= longest_kept_text);
  CHECK(kept.size() % 3 == 0);
  CHECK(chinese.starts_with(kept));
}
