#include "app/model/decimal_marks.h"

#include <algorithm>

#include "app/model/letters.h"

namespace pmo {
namespace {

bool is_mark(char c) { return c == '.' || c == ','; }

// Marks belong to a number where they stand between digits.
bool stands_in_number(std::string_view text, std::size_t at) {
  if (is_digit(text[at])) return true;
  return is_mark(text[at]) && at > 0 && at + 1 < text.size() && is_digit(text[at - 1]) && is_digit(text[at + 1]);
}

}  // namespace

void DecimalMarks::take(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    std::size_t end = at;
    while (end < text.size() && stands_in_number(text, end)) ++end;
    if (end > at) take_number(text.substr(at, end - at));
    at = end;
  }
}

void DecimalMarks::take_number(std::string_view number) {
  const auto last = number.find_last_of(".,");
  if (last == number.npos) return;
  const char mark = number[last], other = mark == '.' ? ',' : '.';
  const auto vote = [&](char decimal_mark) { ++(decimal_mark == '.' ? points_ : commas_); };
  const bool repeated = number.find(mark) != last, both = number.contains(other), three_behind = number.size() - last == 4;
  if (repeated) {
    if (three_behind && !both) vote(other);  // it separates groups
    return;
  }
  const bool may_be_group = three_behind && last <= 3 && number.front() != '0';
  if (both || !may_be_group) vote(mark);
  else ++doubtful_;
}

void DecimalMarks::take(const DecimalMarks& others) {
  points_ += others.points_;
  commas_ += others.commas_;
  doubtful_ += others.doubtful_;
}

std::optional<char> DecimalMarks::agreed() const {
  if ((points_ > 0) == (commas_ > 0)) return {};
  return points_ > 0 ? '.' : ',';
}

std::optional<char> DecimalMarks::mark(const DecimalMarks& whole, char separator) const {
  if (points_ + commas_ > 0) return agreed();
  if (const auto of_all = whole.agreed()) return of_all;
  return separator == ';' ? std::optional(',') : std::nullopt;
}

std::string with_decimal_point(std::string text) {
  for (std::size_t at = 0; at < text.size(); ++at)
    if (is_mark(text[at]) && stands_in_number(text, at)) text[at] = text[at] == '.' ? ',' : '.';
  return text;
}

}  // namespace pmo
