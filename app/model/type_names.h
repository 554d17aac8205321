// Names of types and enumerators as the compiler knows them, in snake_case: the register of struct AgendaItem is
// "agenda_item", and the names of an enum's values are its enumerators. So a name is written once, in the code.
#pragma once

#include <algorithm>
#include <array>
#include <span>
#include <string_view>
#include <utility>

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

constexpr bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }

// Names as characters of their own, so that the program holds them without what the compiler wraps them in.
template <auto V>
inline constexpr auto enumerator = [] {
  constexpr auto name = unqualified(pretty_value<V>());
  std::array<char, name.size()> characters{};
  std::ranges::copy(name, characters.begin());
  return characters;
}();

template <class T>
inline constexpr auto snake = [] {
  constexpr auto name = unqualified(pretty_type<T>());
  std::array<char, name.size() + std::ranges::count_if(name.substr(1), is_capital)> characters{};
  auto at = characters.begin();
  for (const char& c : name) {
    if (is_capital(c) && &c != name.data()) *at++ = '_';
    *at++ = is_capital(c) ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return characters;
}();

template <class E>
inline constexpr auto enumerators = []<int... V>(std::integer_sequence<int, V...>) {
  return std::array{std::string_view(enumerator<static_cast<E>(V)>)...};
}(std::make_integer_sequence<int, enumerator_count<E>()>{});

}  // namespace names

// "agenda_item" for AgendaItem; works for incomplete types too.
template <class T>
constexpr std::string_view type_name() { return std::string_view(names::snake<T>); }

// How many enumerators E has: they count up from 0 without gaps.
template <class E>
inline constexpr int enum_size = names::enumerator_count<E>();

// The enumerators' names in order.
template <class E>
constexpr std::span<const std::string_view> enum_names() { return names::enumerators<E>; }

template <class E>
constexpr std::string_view enum_name(E value) { return enum_names<E>()[static_cast<std::size_t>(value)]; }

}  // namespace pmo
