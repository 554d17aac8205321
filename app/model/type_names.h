// Names of types and enumerators as the compiler knows them, in snake_case: the register of struct AgendaItem is
// "agenda_item", and the names of an enum's values are its enumerators. So a name is written once, in the code.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace pmo {

namespace names {

template <class T>
constexpr std::string_view pretty_type() { return __PRETTY_FUNCTION__; }

template <auto V>
constexpr std::string_view pretty_value() { return __PRETTY_FUNCTION__; }

// "... [T = pmo::AgendaItem]" -> "AgendaItem"
constexpr std::string_view unqualified(std::string_view pretty) {
  const auto start = pretty.find("= ") + 2;
  auto name = pretty.substr(start, pretty.size() - 1 - start);
  if (const auto colon = name.rfind(':'); colon != std::string_view::npos) name.remove_prefix(colon + 1);
  return name;
}

// An enum value without an enumerator prints as a cast: "(pmo::Kind)7".
template <auto V>
constexpr bool is_enumerator() { return !pretty_value<V>().contains("= ("); }

template <class E, int V = 0>
consteval int enumerator_count() {
  if constexpr (!is_enumerator<static_cast<E>(V)>()) return V;
  else return enumerator_count<E, V + 1>();
}

inline std::string snake(std::string_view name) {
  std::string out;
  for (const char c : name) {
    const bool upper = c >= 'A' && c <= 'Z';
    if (upper && !out.empty()) out += '_';
    out += upper ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return out;
}

}  // namespace names

// "agenda_item" for AgendaItem; works for incomplete types too.
template <class T>
const std::string& type_name() {
  static const std::string name = names::snake(names::unqualified(names::pretty_type<T>()));
  return name;
}

// How many enumerators E has: they count up from 0 without gaps.
template <class E>
inline constexpr int enum_size = names::enumerator_count<E>();

// The enumerators' names in order.
template <class E>
const std::vector<std::string_view>& enum_names() {
  static const std::vector<std::string_view> list = []<int... V>(std::integer_sequence<int, V...>) {
    return std::vector<std::string_view>{names::unqualified(names::pretty_value<static_cast<E>(V)>())...};
  }(std::make_integer_sequence<int, enum_size<E>>{});
  return list;
}

template <class E>
std::string_view enum_name(E value) { return enum_names<E>()[static_cast<std::size_t>(value)]; }

}  // namespace pmo
