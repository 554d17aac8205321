// How a register's records lie in a SQLite table: one column a field, named like it, after those that every record has. The
// type of a column says the kind of its field ("INTEGER_day"), so that an earlier version can read what a later one has added.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/model/register.h"
#include "storage/database.h"

namespace pmo::storage {

using Columns = std::map<std::string, std::string, std::less<>>;          // column: type
using TableColumns = std::map<std::string, Columns, std::less<>>;         // table: its columns

// In front of the fields, in this order: identifier, number, clock and actor of the creation; as JSON stamps, deletion and
// what this version does not know.
inline constexpr int first_field = 7;

std::string column_definition(const FieldInfo& field);      // "name" TYPE
std::string create_table_sql(const RegisterInfo& info);
std::string save_sql(const RegisterInfo& info);             // columns that this version does not know stay as they are
// All rows, in the order in which they were written. With `present`: nothing for a column that is not among them.
std::string select_sql(const RegisterInfo& info, const std::vector<FieldInfo>& newer, const Columns* present);

void bind_value(Statement& statement, int index, const FieldInfo& field, const Value& value);
std::optional<Value> column_value(const Statement& row, int column, const FieldInfo& field);

// Of all tables but virtual ones.
Result<TableColumns> columns_of(Database& database);
const Columns& columns_of(const TableColumns& all, const RegisterInfo& info);
// The fields that a newer version has added to a table, as far as they need to be known to be read.
std::vector<FieldInfo> newer_fields(const TableColumns& all, const RegisterInfo& info);

std::string quoted_name(std::string_view name);

}  // namespace pmo::storage
