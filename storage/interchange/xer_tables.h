// The text form of XER: tables of rows, and the nested data of calendars. Internal to its reader.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/words/error.h"

namespace pmo::storage::xer {

struct Table {
  std::vector<std::string> fields;
  std::vector<std::vector<std::string>> rows;
};

using Tables = std::map<std::string, Table, std::less<>>;

// A row with the names of its table's fields.
struct Row {
  const Table* table = nullptr;
  std::size_t number = 0;

  std::string_view text(std::string_view field) const;  // empty where there is none
};
std::vector<Row> rows_of(const Tables& tables, std::string_view table);

// %T names a table, %F its fields, %R is a row, %E the end; a line without such a mark goes on with a text of the row
// before. Errors: no XER, a row without a table (its line).
Result<Tables> read_tables(std::string_view text);

// "(0||CalendarData()((0||DaysOfWeek()(...))))": a name, attributes "s|08:00|f|12:00", parts.
struct Node {
  std::string name;
  std::map<std::string, std::string, std::less<>> attributes;
  std::vector<Node> parts;

  const Node* find(std::string_view part) const;
};
std::optional<Node> read_nested(std::string_view text);

}  // namespace pmo::storage::xer
