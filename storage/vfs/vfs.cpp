#include "storage/vfs/vfs.h"

#include <sqlite3.h>

#include <chrono>
#include <cstring>
#include <format>
#include <random>

namespace pmo::storage {
namespace {

// One open file: a mirrored database, or bytes in memory (journal, temporary file).
struct File {
  sqlite3_file base;
  MirrorVfs* vfs;
  MirroredFile* database;  // null: in memory
  Bytes* memory;
  bool journal;
  int lock;
};

File& of(sqlite3_file* file) { return *reinterpret_cast<File*>(file); }

void trace(const File& file, std::string_view call) {
  if (file.vfs->trace && (file.database || file.journal)) file.vfs->trace(file.journal ? "journal_" + std::string(call) : call);
}

void set_lock(File& file, int level) {
  if (file.database) {
    file.database->locks += int{level > SQLITE_LOCK_NONE} - int{file.lock > SQLITE_LOCK_NONE};
    if ((level >= SQLITE_LOCK_RESERVED) != (file.lock >= SQLITE_LOCK_RESERVED)) file.database->reserved = level >= SQLITE_LOCK_RESERVED;
  }
  file.lock = level;
}

int close_file(sqlite3_file* base) {
  auto& file = of(base);
  if (file.journal) trace(file, "close");
  if (file.database) file.database->mirror.discard();
  set_lock(file, SQLITE_LOCK_NONE);
  delete file.memory;
  file.memory = nullptr;
  return SQLITE_OK;
}

int read_file(sqlite3_file* base, void* into, int length, sqlite3_int64 offset) {
  auto& file = of(base);
  const std::span bytes(static_cast<std::uint8_t*>(into), static_cast<std::size_t>(length));
  if (file.database)
    return file.database->mirror.read(static_cast<std::uint64_t>(offset), bytes) ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
  const auto& memory = *file.memory;
  const auto start = static_cast<std::size_t>(offset);
  const auto there = start < memory.size() ? std::min(bytes.size(), memory.size() - start) : 0;
  std::copy_n(memory.begin() + static_cast<std::ptrdiff_t>(there ? start : 0), there, bytes.begin());
  std::fill(bytes.begin() + static_cast<std::ptrdiff_t>(there), bytes.end(), 0);
  return there == bytes.size() ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

int write_file(sqlite3_file* base, const void* from, int length, sqlite3_int64 offset) {
  auto& file = of(base);
  trace(file, "write");
  const std::span bytes(static_cast<const std::uint8_t*>(from), static_cast<std::size_t>(length));
  if (file.database) {
    file.database->mirror.write(static_cast<std::uint64_t>(offset), bytes);
    return SQLITE_OK;
  }
  auto& memory = *file.memory;
  const auto end = static_cast<std::size_t>(offset) + bytes.size();
  if (memory.size() < end) memory.resize(end);
  std::ranges::copy(bytes, memory.begin() + static_cast<std::ptrdiff_t>(offset));
  return SQLITE_OK;
}

int truncate_file(sqlite3_file* base, sqlite3_int64 size) {
  auto& file = of(base);
  trace(file, "truncate");
  if (file.database) file.database->mirror.truncate(static_cast<std::uint64_t>(size));
  else file.memory->resize(static_cast<std::size_t>(size));
  return SQLITE_OK;
}

int sync_file(sqlite3_file* base, int) {
  trace(of(base), "sync");
  return SQLITE_OK;
}

int file_size(sqlite3_file* base, sqlite3_int64* size) {
  const auto& file = of(base);
  *size = static_cast<sqlite3_int64>(file.database ? file.database->mirror.size() : file.memory->size());
  return SQLITE_OK;
}

int lock_file(sqlite3_file* base, int level) {
  auto& file = of(base);
  // A transaction that holds RESERVED already may end, whatever has happened since.
  const bool begins_write = level >= SQLITE_LOCK_RESERVED && file.lock < SQLITE_LOCK_RESERVED;
  if (begins_write && file.database && file.database->read_only) return SQLITE_READONLY;
  if (begins_write && file.database && file.database->reserved) return SQLITE_BUSY;
  if (level == SQLITE_LOCK_RESERVED || level == SQLITE_LOCK_EXCLUSIVE) trace(file, level == SQLITE_LOCK_RESERVED ? "reserved" : "exclusive");
  set_lock(file, std::max(file.lock, level));
  return SQLITE_OK;
}

int unlock_file(sqlite3_file* base, int level) {
  auto& file = of(base);
  const bool ends_write = file.lock >= SQLITE_LOCK_RESERVED && level < SQLITE_LOCK_RESERVED;
  if (ends_write && file.database && file.database->mirror.writing()) {
    trace(file, "dropped");
    file.database->mirror.discard();
  }
  if (ends_write) trace(file, "unlock");
  set_lock(file, level);
  return SQLITE_OK;
}

int check_reserved(sqlite3_file* base, int* reserved) {
  const auto& file = of(base);
  *reserved = file.database && file.database->reserved;
  return SQLITE_OK;
}

void commit_file(MirroredFile& file) {
  if (!file.mirror.writing()) return;
  file.mirror.commit();
  if (file.committed) file.committed();
}

int control_file(sqlite3_file* base, int operation, void*) {
  auto& file = of(base);
  if (!file.database) return SQLITE_NOTFOUND;
  switch (operation) {
    case SQLITE_FCNTL_BEGIN_ATOMIC_WRITE: trace(file, "begin_atomic"); return SQLITE_OK;
    case SQLITE_FCNTL_COMMIT_ATOMIC_WRITE: trace(file, "commit_atomic"); return SQLITE_OK;
    case SQLITE_FCNTL_ROLLBACK_ATOMIC_WRITE:
      trace(file, "rollback_atomic");
      file.database->mirror.discard();
      return SQLITE_OK;
    case SQLITE_FCNTL_SYNC:
      trace(file, "fcntl_sync");
      if (has(file.database->mirror.flaw, Flaw::commit_at_sync)) commit_file(*file.database);
      return SQLITE_OK;
    case SQLITE_FCNTL_COMMIT_PHASETWO:
      trace(file, "commit_phasetwo");
      if (!has(file.database->mirror.flaw, Flaw::commit_at_sync)) commit_file(*file.database);
      return SQLITE_OK;
    default: return SQLITE_NOTFOUND;
  }
}

int sector_size(sqlite3_file*) { return 4096; }

int characteristics(sqlite3_file* base) {
  return of(base).database ? SQLITE_IOCAP_BATCH_ATOMIC | SQLITE_IOCAP_POWERSAFE_OVERWRITE | SQLITE_IOCAP_SAFE_APPEND |
                                 SQLITE_IOCAP_SEQUENTIAL | SQLITE_IOCAP_UNDELETABLE_WHEN_OPEN
                           : 0;
}

const sqlite3_io_methods methods = {
    .iVersion = 1, .xClose = close_file, .xRead = read_file, .xWrite = write_file, .xTruncate = truncate_file,
    .xSync = sync_file, .xFileSize = file_size, .xLock = lock_file, .xUnlock = unlock_file,
    .xCheckReservedLock = check_reserved, .xFileControl = control_file, .xSectorSize = sector_size,
    .xDeviceCharacteristics = characteristics, .xShmMap = nullptr, .xShmLock = nullptr, .xShmBarrier = nullptr,
    .xShmUnmap = nullptr, .xFetch = nullptr, .xUnfetch = nullptr};

int open_file(sqlite3_vfs* vfs, const char* name, sqlite3_file* base, int flags, int* out_flags) {
  auto& owner = *static_cast<MirrorVfs*>(vfs->pAppData);
  auto& file = of(base);
  file = File{.base = {nullptr}, .vfs = &owner, .database = nullptr, .memory = nullptr,
              .journal = (flags & SQLITE_OPEN_MAIN_JOURNAL) != 0, .lock = SQLITE_LOCK_NONE};
  if (flags & SQLITE_OPEN_MAIN_DB) {
    file.database = name ? owner.find(name) : nullptr;
    if (!file.database) return SQLITE_CANTOPEN;
  } else {
    file.memory = new Bytes;
    if (file.journal) trace(file, "open");
  }
  file.base.pMethods = &methods;
  if (out_flags) *out_flags = flags;
  return SQLITE_OK;
}

int delete_file(sqlite3_vfs*, const char*, int) { return SQLITE_OK; }  // journals vanish when they are closed

int access_file(sqlite3_vfs* vfs, const char* name, int, int* there) {
  *there = static_cast<MirrorVfs*>(vfs->pAppData)->find(name) != nullptr;
  return SQLITE_OK;
}

int full_path(sqlite3_vfs*, const char* name, int size, char* out) {
  sqlite3_snprintf(size, out, "%s", name);
  return SQLITE_OK;
}

int randomness(sqlite3_vfs*, int length, char* out) {
  std::random_device device;
  for (int i = 0; i < length; ++i) out[i] = static_cast<char>(device());
  return length;
}

int sleep_for(sqlite3_vfs*, int microseconds) { return microseconds; }

int current_time(sqlite3_vfs*, sqlite3_int64* milliseconds) {
  constexpr sqlite3_int64 unix_epoch = 210866760000000;  // of the Julian day number
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  *milliseconds = unix_epoch + std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
  return SQLITE_OK;
}

int current_day(sqlite3_vfs* vfs, double* day) {
  sqlite3_int64 milliseconds = 0;
  current_time(vfs, &milliseconds);
  *day = static_cast<double>(milliseconds) / 86'400'000.0;
  return SQLITE_OK;
}

// A browser has no files: SQLite's own VFS, which sqlite3_randomness() asks when it is the default one, would look for
// /dev/urandom for ever.
#ifdef __EMSCRIPTEN__
constexpr bool only_vfs = true;
#else
constexpr bool only_vfs = false;
#endif

}  // namespace

MirrorVfs::MirrorVfs(std::string name) : name_(std::move(name)), vfs_(std::make_unique<sqlite3_vfs>()) {
  *vfs_ = sqlite3_vfs{};
  vfs_->iVersion = 2;
  vfs_->szOsFile = sizeof(File);
  vfs_->mxPathname = 256;
  vfs_->zName = name_.c_str();
  vfs_->pAppData = this;
  vfs_->xOpen = open_file;
  vfs_->xDelete = delete_file;
  vfs_->xAccess = access_file;
  vfs_->xFullPathname = full_path;
  vfs_->xRandomness = randomness;
  vfs_->xSleep = sleep_for;
  vfs_->xCurrentTime = current_day;
  vfs_->xCurrentTimeInt64 = current_time;
  sqlite3_vfs_register(vfs_.get(), only_vfs ? 1 : 0);
}

MirrorVfs::~MirrorVfs() { sqlite3_vfs_unregister(vfs_.get()); }

MirroredFile& MirrorVfs::add(const std::string& file, PageMirror mirror) {
  auto& added = files_[file];
  added = std::make_unique<MirroredFile>();
  added->mirror = std::move(mirror);
  return *added;
}

MirroredFile* MirrorVfs::find(const std::string& file) {
  const auto at = files_.find(file);
  return at == files_.end() ? nullptr : at->second.get();
}

void MirrorVfs::remove(const std::string& file) { files_.erase(file); }

}  // namespace pmo::storage
