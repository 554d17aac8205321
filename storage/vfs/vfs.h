// The SQLite VFS over page mirrors. Journals and temporary files live in memory for as long as they are open.
//
// What SQLite calls, and what it means here (traced on the pinned version: tests/unit/vfs):
//   BATCH_ATOMIC is reported, so a normal commit writes each page once and keeps no journal file
//   FCNTL_COMMIT_PHASETWO comes once per commit, after the last truncate, never for a rollback: the commit boundary
//   FCNTL_SYNC comes too early (before the truncate of an auto-vacuum) and also on a rollback after a spill: ignored
//   an unlock with a transaction still in the overlay means that it was rolled back: the overlay is dropped
//   a commit is refused at the RESERVED lock, since an error at COMMIT_PHASETWO would come too late
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "storage/vfs/page_mirror.h"

struct sqlite3_vfs;

namespace pmo::storage {

struct MirroredFile {
  PageMirror mirror;
  bool read_only = false;              // refuses the RESERVED lock
  int locks = 0;                       // connections that are reading or writing just now
  bool locked() const { return locks > 0; }
  bool reserved = false;               // a write transaction is open
  std::function<void()> committed;     // called after each commit boundary
};

// Registers itself with SQLite under its name while it lives. Databases are the mirrors added to it.
class MirrorVfs {
 public:
  explicit MirrorVfs(std::string name);
  ~MirrorVfs();
  MirrorVfs(const MirrorVfs&) = delete;

  const char* name() const { return name_.c_str(); }
  MirroredFile& add(const std::string& file, PageMirror mirror);
  MirroredFile* find(const std::string& file);
  void remove(const std::string& file);  // no connection may be open

  // For the trace test: every call that reaches the main file or its journal, as a short text.
  std::function<void(std::string_view)> trace;
  Flaw flaw = Flaw::none;  // of the files that are added from now on

 private:
  std::string name_;
  std::unique_ptr<sqlite3_vfs> vfs_;
  std::map<std::string, std::unique_ptr<MirroredFile>, std::less<>> files_;
};

}  // namespace pmo::storage
