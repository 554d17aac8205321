#include "storage/database.h"

#include <sqlite3.h>

#include <algorithm>
#include <cassert>
#include <cstring>

namespace pmo::storage {
namespace {

std::unexpected<Error> database_error(sqlite3* handle) {
  const int code = sqlite3_extended_errcode(handle);
  switch (code & 0xff) {
    case SQLITE_FULL: return fail("error.database.full"_key);
    case SQLITE_READONLY: return fail("error.database.read_only"_key);
    case SQLITE_CORRUPT: case SQLITE_NOTADB: return fail("error.database.damaged"_key, {"SQLite " + std::to_string(code)});  // it speaks English only
    case SQLITE_BUSY: case SQLITE_LOCKED: return fail("error.database.busy"_key);
    default: return fail("error.database.other"_key, {std::string(sqlite3_errmsg(handle)) + " (" + std::to_string(code) + ")"});
  }
}

}  // namespace

// --- statement ------------------------------------------------------------------------------------------------

Statement& Statement::bind(int index, std::int64_t value) {
  sqlite3_bind_int64(statement_, index + 1, value);
  return *this;
}

Statement& Statement::bind(int index, std::string_view text) {
  sqlite3_bind_text64(statement_, index + 1, text.empty() ? "" : text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
  return *this;
}

Statement& Statement::bind_blob(int index, std::string_view bytes) {
  sqlite3_bind_blob64(statement_, index + 1, bytes.empty() ? "" : bytes.data(), bytes.size(), SQLITE_TRANSIENT);
  return *this;
}

Statement& Statement::bind_null(int index) {
  sqlite3_bind_null(statement_, index + 1);
  return *this;
}

Result<bool> Statement::step() {
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  auto error = database_error(sqlite3_db_handle(statement_));
  sqlite3_reset(statement_);
  return error;
}

Result<void> Statement::run() {
  while (PMO_TRY(step())) {}
  reset();
  return {};
}

void Statement::reset() {
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
}

bool Statement::is_null(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }
std::int64_t Statement::integer(int column) const { return sqlite3_column_int64(statement_, column); }
int Statement::columns() const { return sqlite3_column_count(statement_); }

std::string_view Statement::text(int column) const {
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
  return {text ? text : "", static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

std::string_view Statement::blob(int column) const {
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_, column));
  return {bytes ? bytes : "", static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

// --- database -------------------------------------------------------------------------------------------------

Result<Database> Database::open(const std::string& path, const char* vfs) {
  sqlite3* handle = nullptr;
  const int code = sqlite3_open_v2(path.c_str(), &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_URI, vfs);
  Database database(handle);
  if (code != SQLITE_OK) return database_error(handle);
  sqlite3_extended_result_codes(handle, 1);
  return database;
}

Result<Database> Database::open_image(std::string_view file) {
  auto database = PMO_TRY(open(":memory:"));
  constexpr std::pair<int, int> wary[] = {{SQLITE_DBCONFIG_DEFENSIVE, 1}, {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
                                          {SQLITE_DBCONFIG_ENABLE_TRIGGER, 0}, {SQLITE_DBCONFIG_ENABLE_VIEW, 0}};
  for (const auto& [setting, value] : wary) sqlite3_db_config(database.handle_, setting, value, nullptr);
  PMO_TRY_VOID(database.execute("PRAGMA cell_size_check = ON"));
  auto* bytes = static_cast<unsigned char*>(sqlite3_malloc64(std::max<std::size_t>(file.size(), 1)));
  if (!bytes) return fail("error.database.full"_key);
  std::memcpy(bytes, file.data(), file.size());
  // Other programs leave a mark of their journal's form there (2), with which a database in memory cannot be opened.
  constexpr std::size_t write_version = 18, read_version = 19;
  if (file.size() > read_version) bytes[write_version] = bytes[read_version] = 1;
  const auto size = static_cast<sqlite3_int64>(file.size());
  if (sqlite3_deserialize(database.handle_, "main", bytes, size, size, SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_READONLY) != SQLITE_OK)
    return database_error(database.handle_);
  return database;
}

Database::Database(Database&& other) noexcept
    : handle_(std::exchange(other.handle_, nullptr)), statements_(std::move(other.statements_)) {
  other.statements_.clear();
}

Database& Database::operator=(Database&& other) noexcept {
  if (this == &other) return *this;
  close();
  handle_ = std::exchange(other.handle_, nullptr);
  statements_ = std::move(other.statements_);
  other.statements_.clear();
  return *this;
}

Database::~Database() { close(); }

void Database::close() {
  for (const auto& [sql, statement] : statements_) sqlite3_finalize(statement);
  statements_.clear();
  if (handle_) sqlite3_close(handle_);
  handle_ = nullptr;
}

Result<void> Database::execute(const std::string& sql) {
  if (sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) return database_error(handle_);
  return {};
}

Result<Statement> Database::prepare(std::string_view sql) {
  auto& kept = statements_[std::string(sql)];
  if (!kept && sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT, &kept,
                                  nullptr) != SQLITE_OK) {
    statements_.erase(std::string(sql));
    return database_error(handle_);
  }
  Statement statement(kept);
  statement.reset();
  return statement;
}

Result<std::string> Database::image() const {
  sqlite3_int64 size = 0;
  auto* bytes = sqlite3_serialize(handle_, "main", &size, 0);
  if (!bytes) return database_error(handle_);
  std::string image(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
  sqlite3_free(bytes);
  return image;
}

Result<void> Database::check() {
  auto rows = PMO_TRY(prepare("PRAGMA integrity_check(1)"));
  const bool answered = PMO_TRY(rows.step());
  const std::string found(answered ? rows.text(0) : "");
  rows.reset();
  if (found != "ok") return fail("error.database.damaged"_key, {found});
  return {};
}

Result<DatabaseTransaction> DatabaseTransaction::begin(Database& database) {
  PMO_TRY_VOID(database.execute("BEGIN IMMEDIATE"));
  return DatabaseTransaction(database);
}

DatabaseTransaction::~DatabaseTransaction() {
  // After some errors SQLite has rolled back by itself; then this does nothing.
  if (database_ && !sqlite3_get_autocommit(database_->handle())) (void)database_->execute("ROLLBACK");
}

Result<void> DatabaseTransaction::commit() {
  PMO_TRY_VOID(database_->execute("COMMIT"));
  database_ = nullptr;
  return {};
}

}  // namespace pmo::storage
