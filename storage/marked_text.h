// Texts with marks (XML, HTML), read for their words: in one pass, without a tree of them, and nothing is refused.
#pragma once

#include <string>
#include <string_view>

namespace pmo::storage {

// With what each "&...;" stands for; one that nobody knows stays as it is.
void append_unescaped(std::string_view marked, std::string& text);

struct Mark {
  std::string_view name;        // without the prefix of its namespace
  std::string_view attributes;
  bool opens = false, closes = false;  // <a/>: both
};
// The value of an attribute of this name, whatever its prefix; empty: there is none.
std::string attribute_of(const Mark& mark, std::string_view name);

class MarkVisitor {
 public:
  virtual ~MarkVisitor() = default;
  virtual void mark(const Mark& mark) = 0;
  virtual void characters(std::string_view marked) = 0;  // as they stand there (append_unescaped)
  virtual void literal(std::string_view text) = 0;       // of a CDATA section
  virtual bool enough() const = 0;                       // what stands behind does not matter
};
void walk_marks(std::string_view text, MarkVisitor& visitor);

}  // namespace pmo::storage
