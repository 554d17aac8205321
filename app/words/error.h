// Expected failures are values: what happened (a key), with what (arguments), and where (a place the user can
// find: a file, a line, a field). Bugs are asserts, never errors.
#pragma once

#include <expected>
#include <string>
#include <utility>
#include <vector>

#include "app/words/key.h"

namespace pmo {

struct Error {
  Key message;                         // the sentence, with {0}, {1} ... for the arguments
  std::vector<std::string> arguments;  // already formatted values: names, numbers, excerpts
  std::string place = {};              // "bundle.json: data.task[12].name", "line 7, column 3"; empty when unknown
  friend bool operator==(const Error&, const Error&) = default;
};

template <class T>
using Result = std::expected<T, Error>;

inline std::unexpected<Error> fail(Key message, std::vector<std::string> arguments = {}, std::string place = {}) {
  return std::unexpected(Error{message, std::move(arguments), std::move(place)});
}

// Returns the error from the enclosing function, or goes on with the value:  const auto day = PMO_TRY(parse(text));
// (a statement expression, which both compilers of the project know)
#define PMO_TRY(expression)                                                         \
  ({                                                                                \
    auto&& pmo_result = (expression);                                               \
    if (!pmo_result) return std::unexpected(std::move(pmo_result).error());         \
    std::move(pmo_result).value();                                                  \
  })

// The same for a Result<void>.
#define PMO_TRY_VOID(expression)                                                    \
  do {                                                                              \
    if (auto&& pmo_result = (expression); !pmo_result)                              \
      return std::unexpected(std::move(pmo_result).error());                        \
  } while (false)

}  // namespace pmo
