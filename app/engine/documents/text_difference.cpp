#include "app/engine/documents/text_difference.h"

#include <algorithm>
#include <optional>
#include <span>
#include <unordered_map>

#include "app/model/letters.h"

namespace pmo::engine {
namespace {

using Tokens = std::vector<std::string_view>;
using Match = std::pair<std::size_t, std::size_t>;  // places in both that say the same

constexpr int most_edits = 1500;

Tokens lines_of(std::string_view text) {
  Tokens lines;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size() - 1) + 1;  // a line ends with its line end
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return lines;
}

struct Character {
  char32_t code;
  std::size_t length;
};

// Bytes that are no UTF-8 count as characters of their own.
Character character_at(std::string_view text) {
  const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
  const unsigned lead = byte(0);
  const std::size_t length = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
  if (length == 1 || length > text.size()) return {lead, 1};
  char32_t code = lead & (0x7Fu >> length);
  for (std::size_t i = 1; i < length; ++i) code = code << 6 | (byte(i) & 0x3F);
  return {code, length};
}

bool is_blank(char32_t code) { return code == ' ' || code == '\t' || code == '\r' || code == 0xA0 || code == 0x3000; }

// Letters and digits of writings that put spaces between words: up to the punctuation signs of U+2000, and behind them
// what comes before the first CJK radical.
bool is_in_word(char32_t code) {
  if (code < 0x80) return is_letter(static_cast<char>(code)) || is_digit(static_cast<char>(code));
  return (code >= 0xC0 && code < 0x2000) || (code >= 0x2C00 && code < 0x2E00);
}

Tokens words_of(std::string_view text) {
  Tokens words;
  while (!text.empty()) {
    const Character first = character_at(text);
    std::size_t length = first.length;
    const auto extend = [&](auto&& belongs) {
      while (length < text.size()) {
        const Character next = character_at(text.substr(length));
        if (!belongs(next.code)) break;
        length += next.length;
      }
    };
    if (is_in_word(first.code)) extend(is_in_word);
    else if (is_blank(first.code)) extend(is_blank);
    words.push_back(text.substr(0, length));
    text.remove_prefix(length);
  }
  return words;
}

// The furthest places that d edits reach, by diagonal; then the way back (Myers, figure 2). None: beyond the limit.
class Matching {
 public:
  Matching(std::span<const int> a, std::span<const int> b) : a_(a), b_(b), most_(std::min(static_cast<int>(a.size() + b.size()), most_edits)) {}

  std::optional<std::vector<Match>> find() {
    reach_.assign(static_cast<std::size_t>(2 * most_ + 3), 0);
    for (int d = 0; d <= most_; ++d) {
      for (int k = -d; k <= d; k += 2) {
        int x = goes_down(k, d, [&](int at) { return reach(at); }) ? reach(k + 1) : reach(k - 1) + 1;
        int y = x - k;
        while (x < size(a_) && y < size(b_) && a_[static_cast<std::size_t>(x)] == b_[static_cast<std::size_t>(y)]) ++x, ++y;
        reach(k) = x;
        if (x >= size(a_) && y >= size(b_)) return way_back(d);
      }
      const auto middle = reach_.begin() + most_ + 1;
      trail_.emplace_back(middle - d, middle + d + 1);
    }
    return {};
  }

 private:
  static int size(std::span<const int> tokens) { return static_cast<int>(tokens.size()); }
  int& reach(int k) { return reach_[static_cast<std::size_t>(k + most_ + 1)]; }

  // Whether diagonal k is reached by an addition (from k + 1) rather than by a removal (from k - 1).
  template <class Reach>
  static bool goes_down(int k, int d, Reach&& reach) {
    return k == -d || (k != d && reach(k - 1) < reach(k + 1));
  }

  std::vector<Match> way_back(int edits) const {
    std::vector<Match> matches;
    int x = size(a_), y = size(b_);
    const auto keep_until = [&](int until) {
      while (x > until) matches.emplace_back(static_cast<std::size_t>(--x), static_cast<std::size_t>(--y));
    };
    for (int d = edits; d > 0; --d) {
      const auto& before = trail_[static_cast<std::size_t>(d - 1)];
      const auto reached = [&](int k) { return before[static_cast<std::size_t>(k + d - 1)]; };
      const int k = x - y;
      const bool down = goes_down(k, d, reached);
      const int from = reached(down ? k + 1 : k - 1);
      keep_until(down ? from : from + 1);
      x = from;
      y = from - (down ? k + 1 : k - 1);
    }
    keep_until(0);
    std::ranges::reverse(matches);
    return matches;
  }

  std::span<const int> a_, b_;
  const int most_;
  std::vector<int> reach_;
  std::vector<std::vector<int>> trail_;  // after each d: diagonals -d to d
};

std::optional<std::vector<Match>> matches_of(const Tokens& a, const Tokens& b) {
  std::unordered_map<std::string_view, int> numbers;
  const auto numbered = [&](const Tokens& tokens) {
    std::vector<int> list;
    for (const auto token : tokens) list.push_back(numbers.try_emplace(token, static_cast<int>(numbers.size())).first->second);
    return list;
  };
  const auto first = numbered(a), second = numbered(b);
  return Matching(first, second).find();
}

bool only_blanks(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c == ' ' || c == '\t'; });
}

class Pieces {
 public:
  void kept(std::string_view text) {
    // A blank between two replacements belongs to both: "one two" became "three four".
    if (only_blanks(text) && !removed_.empty() && !added_.empty() && blank_.empty()) return void(blank_ = text);
    flush();
    put(PieceKind::kept, text);
  }
  void removed(std::string_view text) { change(removed_, text); }
  void added(std::string_view text) { change(added_, text); }
  std::vector<TextPiece> take() {
    flush();
    return std::move(list_);
  }

 private:
  void change(std::string& side, std::string_view text) {
    if (text.empty()) return;
    if (!blank_.empty()) {
      removed_ += blank_;
      added_ += blank_;
      blank_.clear();
    }
    side += text;
  }
  void flush() {
    put(PieceKind::removed, removed_);
    put(PieceKind::added, added_);
    put(PieceKind::kept, blank_);
    removed_.clear(), added_.clear(), blank_.clear();
  }
  void put(PieceKind kind, std::string_view text) {
    if (text.empty()) return;
    if (!list_.empty() && list_.back().kind == kind) list_.back().text += text;
    else list_.push_back({kind, std::string(text)});
  }

  std::vector<TextPiece> list_;
  std::string removed_, added_, blank_;
};

std::string_view joined(const Tokens& tokens, std::size_t from, std::size_t to) {
  if (from == to) return {};
  return {tokens[from].data(), static_cast<std::size_t>(tokens[to - 1].data() + tokens[to - 1].size() - tokens[from].data())};
}

// Calls differs(a, b) for what stands between two matches, and same(text) for what is equal.
template <class Differs, class Same>
void walk(const Tokens& a, const Tokens& b, const std::vector<Match>& matches, Differs&& differs, Same&& same) {
  std::size_t in_a = 0, in_b = 0;
  const auto up_to = [&](std::size_t at_a, std::size_t at_b) {
    if (at_a > in_a || at_b > in_b) differs(joined(a, in_a, at_a), joined(b, in_b, at_b));
  };
  for (const auto& [at_a, at_b] : matches) {
    up_to(at_a, at_b);
    same(a[at_a]);
    in_a = at_a + 1;
    in_b = at_b + 1;
  }
  up_to(a.size(), b.size());
}

void compare_words(std::string_view before, std::string_view after, Pieces& pieces) {
  const Tokens a = words_of(before), b = words_of(after);
  const auto replaced = [&](std::string_view from, std::string_view to) {
    pieces.removed(from);
    pieces.added(to);
  };
  const auto matches = matches_of(a, b);
  if (!matches) return replaced(before, after);
  walk(a, b, *matches, replaced, [&](std::string_view text) { pieces.kept(text); });
}

}  // namespace

std::vector<TextPiece> text_difference(std::string_view before, std::string_view after) {
  Pieces pieces;
  const Tokens a = lines_of(before), b = lines_of(after);
  if (const auto matches = matches_of(a, b))
    walk(a, b, *matches, [&](std::string_view from, std::string_view to) { compare_words(from, to, pieces); }, [&](std::string_view text) { pieces.kept(text); });
  else compare_words(before, after, pieces);
  return pieces.take();
}

std::size_t words_in(const std::vector<TextPiece>& pieces, PieceKind kind) {
  std::size_t count = 0;
  for (const TextPiece& piece : pieces)
    if (piece.kind == kind)
      for (const auto word : words_of(piece.text)) count += !is_blank(character_at(word).code);
  return count;
}

}  // namespace pmo::engine
