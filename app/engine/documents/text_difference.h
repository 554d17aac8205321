// What was taken out of a text and what was put in. Lines are compared first, then the words of the lines that differ;
// Chinese, Japanese and Korean, which put no spaces between words, by character.
// Source: E. Myers, "An O(ND) difference algorithm and its variations", Algorithmica 1 (1986).
//
//   T1  the kept and the removed pieces together are the text before, the kept and the added ones the text after
//   T2  where something is replaced, what was removed stands before what was added
//   T3  texts of which more than the limit of edits differs are not searched further: that part is replaced as a whole
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace pmo::engine {

enum class PieceKind : unsigned char { kept, removed, added };

struct TextPiece {
  PieceKind kind = PieceKind::kept;
  std::string text;
  friend bool operator==(const TextPiece&, const TextPiece&) = default;
};

// Neighbours are of different kinds; empty pieces there are none.
std::vector<TextPiece> text_difference(std::string_view before, std::string_view after);

// Words, ideographs and line ends; blanks do not count.
std::size_t words_in(const std::vector<TextPiece>& pieces, PieceKind kind);

}  // namespace pmo::engine
