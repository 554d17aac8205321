// Differences of texts: what was taken out, what was put in.
#include "app/engine/documents/text_difference.h"

#include <doctest/doctest.h>

#include <random>

using namespace pmo::engine;

namespace {

// "[-two-]{+2+}" between what was kept.
std::string marked(std::string_view before, std::string_view after) {
  std::string text;
  for (const TextPiece& piece : text_difference(before, after))
    text += piece.kind == PieceKind::kept ? piece.text : piece.kind == PieceKind::removed ? "[-" + piece.text + "-]" : "{+" + piece.text + "+}";
  return text;
}

std::string side(const std::vector<TextPiece>& pieces, PieceKind own) {
  std::string text;
  for (const TextPiece& piece : pieces)
    if (piece.kind == PieceKind::kept || piece.kind == own) text += piece.text;
  return text;
}

}  // namespace

TEST_CASE("words are compared as a whole, and neighbours that were replaced together stand together") {
  CHECK(marked("one two three", "one 2 three") == "one [-two-]{+2+} three");
  CHECK(marked("a b", "c d") == "[-a b-]{+c d+}");
  CHECK(marked("kept at 6 %", "kept at 6.5 %") == "kept at 6{+.5+} %");
  CHECK(marked("Prüfung läuft", "Prüfungen läuft") == "[-Prüfung-]{+Prüfungen+} läuft");
  CHECK(marked("", "new").compare("{+new+}") == 0);
  CHECK(marked("gone", "") == "[-gone-]");
  CHECK(text_difference("", "").empty());
  CHECK(text_difference("same\n", "same\n") == std::vector{TextPiece{PieceKind::kept, "same\n"}});
}

TEST_CASE("Chinese is compared by character") {
  CHECK(marked("质量计划按专业检查。", "质量方案按专业检查。") == "质量[-计划-]{+方案+}按专业检查。");
  CHECK(marked("水位 2.0 米报警", "水位 2.5 米报警并通知") == "水位 2.[-0-]{+5+} 米报警{+并通知+}");
}

TEST_CASE("lines that stayed are not searched for words") {
  CHECK(marked("# Plan\n\nGoals\n- one\n- two\n", "# Plan\n\nGoals\n- one\n- two\n- three\n") == "# Plan\n\nGoals\n- one\n- two\n{+- three\n+}");
  CHECK(marked("first\nsecond\nthird\n", "first\nthird\n") == "first\n[-second\n-]third\n");
}

TEST_CASE("kept and removed pieces are the text before, kept and added ones the text after, whatever the texts are") {
  std::mt19937 random(7);
  const std::vector<std::string> parts{"a", "b", "word", " ", "  ", "\n", "质", "量", "。", "é", ",", "\xFF", "\xE8\xB4"};
  const auto text = [&] {
    std::string made;
    for (auto count = random() % 40; count > 0; --count) made += parts[random() % parts.size()];
    return made;
  };
  for (int turn = 0; turn < 300; ++turn) {
    const std::string before = text(), after = turn % 3 ? text() : before + text();
    const auto pieces = text_difference(before, after);
    CHECK(side(pieces, PieceKind::removed) == before);
    CHECK(side(pieces, PieceKind::added) == after);
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      CHECK_FALSE(pieces[i].text.empty());
      if (i > 0) CHECK(pieces[i].kind != pieces[i - 1].kind);
    }
  }
}

TEST_CASE("texts that have little in common are replaced as a whole, in bounded time") {
  std::string before, after;
  for (int i = 0; i < 4000; ++i) {
    before += "b" + std::to_string(i) + "\n";
    after += "a" + std::to_string(i) + "\n";
  }
  const auto pieces = text_difference(before, after);
  REQUIRE(pieces.size() == 2);
  CHECK(pieces[0] == TextPiece{PieceKind::removed, before});
  CHECK(pieces[1] == TextPiece{PieceKind::added, after});
}

TEST_CASE("words and ideographs are counted, blanks are not") {
  const auto pieces = text_difference("one two", "one two 三 four, 五");
  CHECK(words_in(pieces, PieceKind::kept) == 2);
  CHECK(words_in(pieces, PieceKind::added) == 4);  // with the comma
  CHECK(words_in(pieces, PieceKind::removed) == 0);
}
