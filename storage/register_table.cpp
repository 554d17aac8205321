#include "storage/register_table.h"

#include <algorithm>
#include <array>
#include <format>
#include <nlohmann/json.hpp>

#include "storage/bundle/json_value.h"
#include "storage/id_bytes.h"

namespace pmo::storage {
namespace {

constexpr std::array<std::string_view, first_field> meta_columns{"record_id", "record_number", "record_created", "record_creator",
                                                                 "record_stamps", "record_deletion", "record_unknown"};

// How SQLite keeps it, and its kind: so that an earlier version can read what a later one has added.
std::string column_type(Kind kind) {
  const auto affinity = [kind] {
    switch (kind) {
      case Kind::text: case Kind::choice: case Kind::structured: case Kind::references: return "TEXT";
      case Kind::reference: return "BLOB";
      default: return "INTEGER";
    }
  };
  return std::format("{}_{}", affinity(), enum_name(kind));
}

// Nothing for a column from before kinds were told.
std::optional<Kind> kind_of_column(std::string_view type) {
  for (std::size_t index = 0; index < enum_names<Kind>().size(); ++index)
    if (column_type(static_cast<Kind>(index)) == type) return static_cast<Kind>(index);
  return std::nullopt;
}

}  // namespace

std::string quoted_name(std::string_view name) {
  std::string quoted = "\"";
  for (const char c : name) quoted += c == '"' ? "\"\"" : std::string(1, c);
  return quoted + "\"";
}

std::string column_definition(const FieldInfo& field) { return std::format("{} {}", quoted_name(field.name), column_type(field.kind)); }

std::string create_table_sql(const RegisterInfo& info) {
  std::string sql = std::format(
      "CREATE TABLE {} (record_id BLOB UNIQUE NOT NULL, record_number INTEGER, record_created INTEGER NOT NULL,"
      " record_creator BLOB NOT NULL, record_stamps TEXT, record_deletion TEXT, record_unknown TEXT", quoted_name(info.name));
  for (const auto& field : info.fields) sql += ", " + column_definition(field);
  return sql + ")";
}

void bind_value(Statement& statement, int index, const FieldInfo& field, const Value& value) {
  if (const auto* flag = std::get_if<bool>(&value)) statement.bind(index, std::int64_t{*flag});
  else if (const auto* number = std::get_if<std::int64_t>(&value)) statement.bind(index, *number);
  else if (const auto* text = std::get_if<std::string>(&value)) statement.bind(index, std::string_view(*text));
  else if (const auto* id = std::get_if<Id>(&value)) statement.bind_blob(index, id_bytes(*id));
  else if (std::holds_alternative<std::vector<Id>>(value))
    statement.bind(index, std::string_view(canonical_text(value_to_json(field, value))));
  else statement.bind_null(index);
}

std::optional<Value> column_value(const Statement& row, int column, const FieldInfo& field) {
  if (row.is_null(column)) return Value{};
  switch (field.kind) {
    case Kind::boolean: return row.integer(column) != 0;
    case Kind::text: case Kind::choice: case Kind::structured: return std::string(row.text(column));
    case Kind::reference: return id_from_bytes(row.blob(column));
    case Kind::references: {
      const auto json = parse_json(row.text(column));
      auto value = json ? value_from_json(field, *json) : std::unexpected(json.error());
      return value ? std::optional<Value>(std::move(*value)) : std::nullopt;
    }
    default: return row.integer(column);
  }
}


std::string save_sql(const RegisterInfo& info) {
  std::string columns, marks, changes;
  const auto add = [&](const std::string& column) {
    const std::string comma = columns.empty() ? "" : ", ";
    columns += comma + column;
    marks += comma + "?";
    if (column != meta_columns[0]) changes += std::format("{}{} = excluded.{}", changes.empty() ? "" : ", ", column, column);
  };
  for (const auto column : meta_columns) add(std::string(column));
  for (const auto& field : info.fields) add(quoted_name(field.name));
  return std::format("INSERT INTO {} ({}) VALUES ({}) ON CONFLICT ({}) DO UPDATE SET {}", quoted_name(info.name), columns, marks,
                     meta_columns[0], changes);
}

std::string select_sql(const RegisterInfo& info, const std::vector<FieldInfo>& newer, const Columns* present) {
  std::string columns;
  const auto add = [&](std::string_view column) {
    if (!columns.empty()) columns += ", ";
    columns += !present || present->contains(column) ? quoted_name(column) : "NULL";
  };
  for (const auto column : meta_columns) add(column);
  for (const auto& field : info.fields) add(field.name);
  for (const auto& field : newer) add(field.name);
  return std::format("SELECT {} FROM {} ORDER BY rowid", columns, quoted_name(info.name));
}

Result<TableColumns> columns_of(Database& database) {
  TableColumns all;
  auto rows = PMO_TRY(database.prepare("SELECT t.name, c.name, c.type FROM sqlite_master t JOIN pragma_table_info(t.name) c WHERE t.type = 'table' AND t.rootpage > 0"));
  while (PMO_TRY(rows.step())) all[std::string(rows.text(0))].emplace(rows.text(1), rows.text(2));
  rows.reset();
  return all;
}

const Columns& columns_of(const TableColumns& all, const RegisterInfo& info) {
  static const Columns none;
  const auto table = all.find(info.name);
  return table == all.end() ? none : table->second;
}

// The fields that a newer version has added to a table, as far as they need to be known to be read.
std::vector<FieldInfo> newer_fields(const TableColumns& all, const RegisterInfo& info) {
  std::vector<FieldInfo> newer;
  for (const auto& [name, type] : columns_of(all, info))
    if (const auto kind = kind_of_column(type); kind && !info.find(name)) newer.push_back({{.kind = *kind}, name});
  return newer;
}

}  // namespace pmo::storage
