// The texts of attached files that the search does not know yet.
#include <map>

#include "app/desks/workspace/stored_workspace.h"
#include "app/model/sealing.h"
#include "app/model/turns.h"
#include "storage/file_text.h"

namespace pmo {
namespace {

constexpr std::int64_t largest_read_again = 25 << 20, most_read_again = 100 << 20;  // bytes of a file; of all at one opening
constexpr std::size_t texts_at_once = 16;

}  // namespace

struct StoredWorkspace::TextReading {
  Id project;
  std::vector<Id> left;
  std::map<Id, std::string> texts;  // that were read and are not kept yet
  Turns turns;
};

bool StoredWorkspace::lacks_text(const Attachment& file) const {
  if (!file.extracted_text.empty() || file.size > largest_read_again) return false;
  if (!open_->vault && is_locked(*open_->project, register_of<Attachment>(), file)) return false;
  return storage::is_searched(file.file_name, file.media_type, static_cast<std::uint64_t>(file.size));
}

void StoredWorkspace::read_missing_texts() {
  if (!open_ || host_.read_only(database_name(open_->id))) return;
  const auto reading = std::make_shared<TextReading>();
  reading->project = open_->id;
  std::int64_t bytes = 0;
  for (const auto& file : open_->project->all<Attachment>()) {
    if (!lacks_text(file) || bytes + file.size > most_read_again) continue;
    bytes += file.size;
    reading->left.push_back(file.id);
  }
  if (!reading->left.empty()) read_next_text(reading);
}

void StoredWorkspace::read_next_text(const std::shared_ptr<TextReading>& reading) {
  reading->turns.next([this, reading] {
    if (project_id() != reading->project) return;
    if (reading->left.empty() || reading->texts.size() == texts_at_once) keep_texts(*reading);
    if (reading->left.empty()) return;
    const auto* file = open_->project->all<Attachment>().find(reading->left.back());
    reading->left.pop_back();
    if (!file) return read_next_text(reading);
    fetch(file->sha256, [this, reading, id = file->id, name = file->file_name, type = file->media_type](Result<ContentPtr> content) {
      if (!content) return read_next_text(reading);  // it is not in this browser, or locked
      storage::read_file_text(name, type, *content, answer([this, reading, id](const Result<std::string>& text) {
        if (text || text.error().message != "error.file.unreadable"_key) reading->texts.emplace(id, searched_text(text));
        read_next_text(reading);
      }));
    });
  });
}

// What cannot be kept now is read again at the next opening.
void StoredWorkspace::keep_texts(TextReading& reading) {
  const auto texts = std::exchange(reading.texts, {});
  if (texts.empty() || !open_->database || host_.read_only(database_name(open_->id))) return;
  (void)open_->store->keep_texts(texts);
}

}  // namespace pmo
