#include "storage/database_host.h"

#include <format>
#include <ranges>

namespace pmo::storage {
namespace {

std::string memory_path(const void* host, const std::string& name) {
  return std::format("file:/{}-{}?vfs=memdb", reinterpret_cast<std::uintptr_t>(host), name);
}

}  // namespace

void MemoryHost::load(const std::string& name, std::function<void(Result<void>)> loaded) {
  if (!kept_.contains(name)) {
    auto database = Database::open(memory_path(this, name));
    if (!database) return loaded(std::unexpected(database.error()));
    kept_.emplace(name, std::move(*database));
  }
  loaded({});
}

Result<Database> MemoryHost::open(const std::string& name) { return Database::open(memory_path(this, name)); }

void MemoryHost::remove(const std::string& name) { kept_.erase(name); }

void MemoryHost::list_names(std::function<void(KeptNames)> listed) {
  listed({.names = std::views::keys(kept_) | std::ranges::to<std::vector>()});
}

}  // namespace pmo::storage
