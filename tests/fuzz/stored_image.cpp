// What lies in the browser's storage may be damaged: a database with a project in it, some bytes of which are changed, is
// opened or refused; never a crash or a hang. The same image as a file from outside: what is taken can be mailed on. An input is a length (two bytes, of 64ths of the image) and then
// patches: three bytes of place, one of value.
#include <algorithm>
#include <cstdlib>

#include "app/model/records/project_settings.h"
#include "app/model/records/task.h"
#include "app/model/transaction.h"
#include "storage/bundle/bundle.h"
#include "storage/database_file.h"
#include "storage/project_store.h"
#include "storage/vfs/vfs.h"

using namespace pmo;

namespace {

storage::MirrorVfs& files() {
  static storage::MirrorVfs vfs("fuzz");
  return vfs;
}

storage::Bytes good_image() {
  auto& file = files().add("good", {});
  {
    FixedSurroundings surroundings;
    Project project(product_schema(), Id{1, 1}, surroundings);
    auto database = storage::Database::open("good", files().name());
    const auto store = storage::ProjectStore::open(*database, project);
    Transaction change(project, "transaction.new_project"_key);
    change.create<ProjectSettings>([](ProjectSettings& s) { s.name = "House"; });
    for (int i = 0; i < 20; ++i) change.create<Task>([&](Task& t) { t.name = "Roof " + std::to_string(i); });
    if (!store || !change.commit()) std::abort();
  }
  storage::Bytes image(file.mirror.size());
  file.mirror.read(0, image);
  files().remove("good");
  return image;
}

storage::Bytes damaged(const std::uint8_t* data, std::size_t size) {
  static const storage::Bytes good = good_image();
  storage::Bytes image = good;
  if (size < 2) return image;
  image.resize(image.size() * std::min(64u, data[0] + data[1] * 256u) / 64);
  for (std::size_t at = 2; at + 4 <= size && !image.empty(); at += 4)
    image[(data[at] + data[at + 1] * 256u + data[at + 2] * 65536u) % image.size()] = data[at + 3];
  return image;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto image = damaged(data, size);
  {
    FixedSurroundings surroundings;
    const auto file = storage::read_database_file({reinterpret_cast<const char*>(image.data()), image.size()}, product_schema(), Id{2, 2}, surroundings);
    if (file && !storage::read_bundle(storage::write_bundle(*file->project, {.confidential = true, .locked = true}), product_schema(), Id{3, 3}, surroundings)) std::abort();
  }
  files().add("image", storage::PageMirror(image, 1));
  {
    FixedSurroundings surroundings;
    Project project(product_schema(), Id{1, 1}, surroundings);
    if (auto database = storage::Database::open("image", files().name()))
      if (const auto store = storage::ProjectStore::open(*database, project)) {
        (void)(*store)->history({}, 20);
        (void)(*store)->since({});
        (void)(*store)->search("roof");
      }
  }
  files().remove("image");
  return 0;
}
