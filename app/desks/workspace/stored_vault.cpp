// The vault of the open project. Its keys live here, in memory, while the passphrase counts as given; whatever lies open
// in locked documents is sealed as soon as they are there, and then the past that still holds it is given up.
#include <algorithm>

#include "app/desks/workspace/stored_workspace.h"
#include "app/model/access_log.h"
#include "app/model/records/common.h"
#include "app/model/records/project_settings.h"
#include "app/model/records/vault.h"
#include "storage/digest.h"

namespace pmo {

ui::VaultState StoredWorkspace::state() const {
  if (!open_ || open_->project->all<Vault>().empty()) return ui::VaultState::none;
  return open_->vault ? ui::VaultState::open : ui::VaultState::locked;
}

bool StoredWorkspace::all_open() const {
  return open_ && open_->vault && std::ranges::all_of(open_->project->all<Vault>(), [&](const Vault& vault) { return open_->vault->opens(vault.id); });
}

Result<void> StoredWorkspace::set_passphrase(const std::string& passphrase, Confidentiality locked_from, Minute now) {
  if (!open_) return fail("error.workspace.open_first"_key);
  if (state() == ui::VaultState::open) return fail("error.vault.exists"_key);
  Project& project = *open_->project;
  auto vault = std::make_unique<storage::OpenVault>();
  const auto id = project.make_id();
  vault->make(id, surroundings_);
  {
    Transaction change(project, "transaction.passphrase"_key);
    change.never_undone();
    static_cast<Vault&>(change.create_record(register_of<Vault>(), id)).wrapped_key = vault->wrap(id, passphrase, surroundings_, passphrase_rounds);
    change.set(project.all<ProjectSettings>().at(0), &ProjectSettings::locked_from, std::optional(locked_from));
    use(std::move(vault));
    if (auto commit = change.commit(); !commit) {
      lock();
      return std::unexpected(commit.error());
    }
  }
  return note_access(project, AccessEvent::passphrase_set, {Ref<Document>{}}, now);
}

Result<std::unique_ptr<storage::OpenVault>> StoredWorkspace::opened_by(const std::string& passphrase, Minute now) {
  if (!open_) return fail("error.workspace.open_first"_key);
  auto vault = std::make_unique<storage::OpenVault>();
  Error refusal{"error.vault.none"_key, {}};
  for (const auto& record : open_->project->all<Vault>())
    if (const auto unlocked = vault->unlock(record.id, record.wrapped_key, passphrase); !unlocked) refusal = unlocked.error();
  if (!vault->empty()) return vault;
  // A window that only reads cannot note it.
  if (refusal.message == "error.vault.passphrase"_key) (void)note_access(*open_->project, AccessEvent::unlock_failed, {Ref<Document>{}}, now);
  return std::unexpected(refusal);
}

Result<void> StoredWorkspace::unlock(const std::string& passphrase, Minute now) {
  auto vault = PMO_TRY(opened_by(passphrase, now));
  if (open_->vault) vault->add(*open_->vault);
  use(std::move(vault));
  (void)note_access(*open_->project, AccessEvent::unlocked, {Ref<Document>{}}, now);
  look_for_open_texts();
  read_missing_texts();
  return {};
}

Result<void> StoredWorkspace::change_passphrase(const std::string& before, const std::string& after, Minute now) {
  const auto vault = PMO_TRY(opened_by(before, now));
  Project& project = *open_->project;
  Transaction change(project, "transaction.passphrase"_key);
  change.never_undone();
  for (const auto& record : project.all<Vault>())
    if (vault->opens(record.id)) change.set(record, &Vault::wrapped_key, vault->wrap(record.id, after, surroundings_, passphrase_rounds));
  if (auto commit = change.commit(); !commit) return std::unexpected(commit.error());
  return note_access(project, AccessEvent::passphrase_changed, {Ref<Document>{}}, now);
}

void StoredWorkspace::lock() {
  if (!open_) return;
  open_->project->set_content_key(nullptr);
  open_->vault.reset();
}

void StoredWorkspace::use(std::unique_ptr<storage::OpenVault> vault) {
  open_->project->set_content_key(vault.get());
  open_->vault = std::move(vault);
}

// --- sealing ------------------------------------------------------------------------------------------------------

// Whether a commit may have left something open that was not sealed with it.
bool StoredWorkspace::may_lie_open(const Commit& commit) {
  if (commit.origin != Origin::edit && commit.origin != Origin::vault) return true;
  return std::ranges::any_of(commit.changes, [](const Change& change) {
    if (change.field) return change.field->options.level || change.field->options.owner || change.field->options.address;
    return change.action == Action::create && !sealed_fields(*change.info).empty();
  });
}

void StoredWorkspace::look_for_open_texts() {
  if (open_->vault) seal_what_lies_open();
  else open_->waiting_texts = open_->store->count_open().value_or(0);
  if (!open_->sealing) forget_past();
}

// Files first: their records name them by what they are sealed to.
void StoredWorkspace::seal_what_lies_open() {
  if (!open_ || !open_->vault || !open_->database || open_->sealing || host_.read_only(database_name(open_->id))) return;
  const auto open = open_->store->count_open();
  if (!open || *open == 0) return;
  std::set<std::string> files;
  for (const auto& [info, record, field] : unsealed(*open_->project))
    if (field->options.address) files.insert(std::get<std::string>(field->get(*record)));
  open_->sealing = true;
  seal_files({files.begin(), files.end()}, {}, [this, project = open_->id](const std::map<std::string, std::string>& sealed) {
    if (project_id() != project) return;
    open_->sealing = false;
    if (!open_->vault || !open_->database) return;
    const auto count = open_->store->seal(*open_->vault, sealed);
    if (!count) return tell(count.error());
    open_->waiting_texts = 0;
    if (*count > 0) notices_.push_back({"vault.sealed"_key, {std::to_string(*count)}});
    forget_past();
  });
}

void StoredWorkspace::seal_files(std::vector<std::string> hashes, std::map<std::string, std::string> sealed,
                                 std::function<void(const std::map<std::string, std::string>&)> then) {
  if (hashes.empty() || !open_ || !open_->vault) return then(sealed);
  auto hash = std::move(hashes.back());
  hashes.pop_back();
  const auto next = [this, hashes = std::move(hashes), then](std::map<std::string, std::string> so_far) { seal_files(hashes, std::move(so_far), then); };
  host_.blobs().get(hash, answer([this, hash, sealed = std::move(sealed), next](Result<ContentPtr> content) mutable {
    if (!content) return next(std::move(sealed));  // a content that is not here needs no sealing here
    if ((*content)->size() > largest_sealed_file) {
      tell({"error.vault.file_too_large"_key, {std::to_string(largest_sealed_file >> 20)}});
      return next(std::move(sealed));
    }
    read_whole(*content, answer([this, hash, sealed = std::move(sealed), next](const Result<std::string>& bytes) mutable {
      if (!bytes || !open_ || !open_->vault) return next(std::move(sealed));
      const auto secret = content_of(open_->vault->seal_file(*bytes));
      const auto secret_hash = storage::sha256(*secret->in_memory());
      host_.blobs().put(secret_hash, secret, answer([hash, secret_hash, sealed = std::move(sealed), next](Result<void> kept) mutable {
        if (kept) sealed.emplace(hash, secret_hash);
        next(std::move(sealed));
      }));
    }));
  }));
}

// Earlier states of the database, and contents that lay beside it, hold in the open what is sealed now. Another project may
// need such a content: what the projects have told of that may be lost, so each is asked before. While one cannot be, the
// past stays noted, and the next opening tries again.
void StoredWorkspace::forget_past() {
  if (!open_->database || host_.read_only(database_name(open_->id)) || forgetting_) return;
  const auto past = open_->store->past_to_forget();
  if (!past) return;
  if (past->empty()) return forget_earlier_states();
  forgetting_ = true;
  learn_all_uses([this, project = open_->id](bool known) {
    forgetting_ = false;
    if (!known || project_id() != project || !open_->database) return;
    refer_contents();
    for (const auto& hash : open_->store->past_to_forget().value_or(std::vector<std::string>{})) host_.blobs().discard(hash);
    forget_earlier_states();
  });
}

void StoredWorkspace::forget_earlier_states() {
  if (const auto written = open_->store->write_anew(); !written) return tell(written);
  host_.forget_past(database_name(open_->id), answer([this, project = open_->id](Result<void> forgotten) {
    list_snapshots(project);
    if (!forgotten) return tell(forgotten);
    if (project_id() != project || !open_->database) return;
    tell(open_->store->past_is_forgotten());
    notices_.push_back({"vault.past_removed"_key, {}});
  }));
}

}  // namespace pmo
