// A SQLite connection with errors as values. Statements are compiled once and kept.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "app/words/error.h"

struct sqlite3;
struct sqlite3_stmt;

namespace pmo::storage {

// A compiled statement, in use until it is reset (which the next use of the same text does). Parameters and columns
// count from 0.
class Statement {
 public:
  explicit Statement(sqlite3_stmt* statement) : statement_(statement) {}

  Statement& bind(int index, std::int64_t value);
  Statement& bind(int index, std::string_view text);
  Statement& bind_blob(int index, std::string_view bytes);
  Statement& bind_null(int index);

  // True: a row is there; false: done.
  Result<bool> step();
  // For statements without rows: steps to the end and resets.
  Result<void> run();
  void reset();

  bool is_null(int column) const;
  std::int64_t integer(int column) const;
  std::string_view text(int column) const;  // valid until the next step
  std::string_view blob(int column) const;
  int columns() const;

 private:
  sqlite3_stmt* statement_;
};

class Database {
 public:
  // A file, or ":memory:". `vfs` names a registered VFS; empty is the default one.
  static Result<Database> open(const std::string& path, const char* vfs = nullptr);
  // A database file from outside, in memory and only to be read. Triggers and views of it do not run, and no function in it
  // that could do anything; what is damaged or no database is told by what reads it.
  static Result<Database> open_image(std::string_view file);
  Database(Database&&) noexcept;
  Database& operator=(Database&&) noexcept;
  ~Database();

  Result<void> execute(const std::string& sql);    // one or several statements without parameters
  Result<Statement> prepare(std::string_view sql);  // kept and reused by its text
  // The whole content as a database file.
  Result<std::string> image() const;
  // SQLite's own full check; what it finds is told as error.database.damaged.
  Result<void> check();
  sqlite3* handle() const { return handle_; }

 private:
  explicit Database(sqlite3* handle) : handle_(handle) {}
  void close();

  sqlite3* handle_ = nullptr;
  std::unordered_map<std::string, sqlite3_stmt*> statements_;
};

// BEGIN IMMEDIATE ... COMMIT; rolls back when it is left without commit().
class DatabaseTransaction {
 public:
  static Result<DatabaseTransaction> begin(Database& database);
  DatabaseTransaction(DatabaseTransaction&& other) noexcept : database_(std::exchange(other.database_, nullptr)) {}
  ~DatabaseTransaction();
  Result<void> commit();

 private:
  explicit DatabaseTransaction(Database& database) : database_(&database) {}
  Database* database_;
};

}  // namespace pmo::storage
