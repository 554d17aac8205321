#include "storage/bundle/archive.h"

#include <algorithm>

#include "app/model/turns.h"
#include "storage/blob_store.h"
#include "storage/bundle/bundle_format.h"
#include "storage/bundle/json_value.h"
#include "storage/digest.h"

namespace pmo::storage {
namespace {

struct Verifier : std::enable_shared_from_this<Verifier> {
  std::vector<ZipEntry> left;
  Contents good;
  std::function<void(Contents)> done;
  Turns turns;

  void go_on() { turns.next([this] { verify_next(); }); }

  void verify_next() {
    while (!left.empty() && left.back().content->size() > largest_attachment) take(true);  // is refused for its size
    if (left.empty()) return done(std::move(good));
    sha256_of(left.back().content, [self = shared_from_this()](Result<std::string> hash) {
      self->take(hash && std::string(attachments_folder) + *hash == self->left.back().name);
      self->go_on();
    });
  }
  void take(bool is_good) {
    if (is_good) good.emplace(left.back().name.substr(attachments_folder.size()), std::move(left.back().content));
    left.pop_back();
  }
};

}  // namespace

void check_attachments(std::vector<ZipEntry> entries, std::function<void(Contents)> done) {
  std::erase_if(entries, [](const ZipEntry& entry) { return !entry.name.starts_with(attachments_folder); });
  const auto verifier = std::make_shared<Verifier>();
  verifier->left = std::move(entries);
  verifier->done = std::move(done);
  verifier->go_on();
}

bool holds_bundle(const std::vector<ZipEntry>& entries) { return std::ranges::contains(entries, document_name, &ZipEntry::name); }

void read_bundle_entries(std::vector<ZipEntry> entries, const Schema& schema, Id actor, Surroundings& surroundings,
                         std::function<void(Result<Bundle>)> done) {
  const auto document = std::ranges::find(entries, document_name, &ZipEntry::name);
  if (document == entries.end()) return done(fail("error.bundle.not_a_bundle"_key));
  const auto content = document->content;
  if (content->size() > JsonLimits{}.bytes) return done(fail("error.json.too_large"_key, {std::to_string(JsonLimits{}.bytes >> 20)}));
  read_whole(content, [&schema, actor, &surroundings, done = std::move(done), entries = std::move(entries)](Result<std::string> text) mutable {
    if (!text) return done(std::unexpected(text.error()));
    check_attachments(std::move(entries), [&schema, actor, &surroundings, done, text = std::move(*text)](Contents beside) {
      done(read_document(text, std::move(beside), schema, actor, surroundings));
    });
  });
}

void read_bundle_archive(ContentPtr archive, const Schema& schema, Id actor, Surroundings& surroundings,
                         std::function<void(Result<Bundle>)> done) {
  read_zip(std::move(archive), [&schema, actor, &surroundings, done = std::move(done)](Result<std::vector<ZipEntry>> entries) {
    if (entries) read_bundle_entries(std::move(*entries), schema, actor, surroundings, done);
    else done(std::unexpected(entries.error()));
  });
}

}  // namespace pmo::storage
