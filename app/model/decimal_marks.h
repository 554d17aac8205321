// Tables that other programs wrote: does "1,234" mean a thousand or a little more than one? The texts that leave no doubt
// ("1.234,56", "0,5", "1,234,567") tell it for those that do.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace pmo {

// What the numbers in some texts say of the mark before their decimals.
class DecimalMarks {
 public:
  void take(std::string_view text);  // "1.234,56 €", "2,5d 4h"
  void take(const DecimalMarks& others);

  bool any() const { return points_ + commas_ + doubtful_ > 0; }
  bool doubtful() const { return doubtful_ > 0; }
  // '.' or ',', of a column: as all its numbers without doubt agree; where it has none, as those of the whole table do, or
  // as the separator says, for spreadsheets separate by semicolons where the comma is the decimal mark. None: it stays
  // open.
  std::optional<char> mark(const DecimalMarks& whole, char separator) const;

 private:
  void take_number(std::string_view number);
  std::optional<char> agreed() const;
  std::size_t points_ = 0, commas_ = 0, doubtful_ = 0;
};

// "1.234,56 €" -> "1,234.56 €", as the product reads numbers (app/model/format.h).
std::string with_decimal_point(std::string text);

}  // namespace pmo
