// Places among siblings as texts: between any two keys there is room for another, so inserting or moving a record
// writes that record only, and two people who insert at different places offline do not meet.
//
// A key is a fraction in base 62, digits after the point: "V" is one half, "001V" comes before "002V". Keys compare as
// bytes. The digits are 0-9, A-Z, a-z; the last one is never 0.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace pmo {

// Whether there is a key between the two: both are keys (or empty: no neighbour on that side), the first is less.
bool has_room(std::string_view low, std::string_view high);

// A key between the two; has_room() must hold. Behind the last and before the first key it leaves room for many more
// without growing longer.
std::string order_between(std::string_view low, std::string_view high);

// As many keys in ascending order between the two.
std::vector<std::string> orders_between(std::string_view low, std::string_view high, std::size_t count);

}  // namespace pmo
