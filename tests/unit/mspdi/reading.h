// What the tests of MSPDI files have in common.
#pragma once
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "app/words/words.h"
#include "storage/interchange/mspdi.h"

inline std::string contents(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

inline pmo::FixedSurroundings surroundings;

inline pmo::Result<pmo::storage::MspdiRead> try_to_read(std::string_view text) {
  return pmo::storage::read_mspdi(text, pmo::product_schema(), pmo::Id{1, 1}, surroundings);
}

inline pmo::storage::MspdiRead read(std::string_view text) {
  auto result = try_to_read(text);
  REQUIRE_MESSAGE(result.has_value(), (result ? "" : pmo::describe(result.error(), pmo::Language::english)));
  return std::move(*result);
}
