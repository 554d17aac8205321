// Contents of locked documents: ciphertext wherever they rest, text only in the memory of a session that knows the passphrase.
//
// A record is locked when its level, or that of what it is part of (FieldOptions::level), reaches the project's: the level
// of its settings. In a locked record a field described as `sealed` holds an envelope, and one described as `address`
// names a sealed content. An envelope is text like any other, so tables, the change log, conflicts, bundles and
// snapshots carry it without knowing.
//
//   C1  what is edited here is sealed before it is logged; without the key such an edit is refused
//   C2  sealing changes how a value is written, not what it says nor when it was written: its stamp stays
//   C3  a text sealed at the same place with the same key gives the same envelope, so copies that seal on their own agree
//   C4  of two forms of a value with one stamp the sealed one stands (of two sealed ones the greater), on every copy alike
//   C5  an edit that would lock a file too large to be sealed is refused
//   C6  what came by a merge or an undo while the key was missing waits: unsealed() names it until the key is there
//
//   envelope   sealed:1:<id of the vault>:<base64: nonce, ciphertext, tag>
//   address    sealed:1:<SHA-256 of the sealed content>
#pragma once

#include <set>

#include "app/model/project.h"

namespace pmo {

// Opens and seals. What is sealed opens at its own place only: an envelope that was put elsewhere is refused.
class ContentKey {
 public:
  virtual ~ContentKey() = default;
  // Whether something is looked at for the first time since the passphrase was given: then it is worth a line in the log.
  bool first_look(Id record) const { return looked_at_.insert(record).second; }

  virtual std::string seal(std::string_view place, std::string_view text) const = 0;
  // Errors: error.vault.locked when it was sealed with another passphrase, error.vault.damaged.
  virtual Result<std::string> open(std::string_view place, std::string_view envelope) const = 0;

 private:
  mutable std::set<Id> looked_at_;
};

inline constexpr std::string_view sealed_mark = "sealed:1:";
// A file is sealed in one piece, in memory. What has a larger one cannot be locked.
inline constexpr std::uint32_t largest_sealed_file = 100 << 20;  // bytes

bool is_sealed(std::string_view text);
bool holds_sealed(const Value& value);  // false for all but texts
// Of an `address`: where the content lies, sealed or not.
std::string content_hash(std::string_view address);
std::string sealed_address(std::string_view sha256);

// Where a text is sealed: "<record>.<field>".
std::string sealing_place(Id record, const FieldInfo& field);

bool is_locked(const Project& project, const RegisterInfo& info, const Record& record);
// All of them, deleted ones too.
std::set<Id> locked_records(const Project& project);

// A text or a content that lies open in a locked record.
struct Unsealed {
  const RegisterInfo* info;
  const Record* record;
  const FieldInfo* field;
};
std::vector<Unsealed> unsealed(const Project& project);
// The fields of a register that may hold such things.
std::vector<const FieldInfo*> sealed_fields(const RegisterInfo& info);

// What a value says: an envelope opened with the project's key, anything else as it is.
Result<std::string> opened_text(const Project& project, Id record, const FieldInfo& field, std::string_view text);

// A copy of the project without these records: what leaves when they are to stay. It says what it lacks.
std::unique_ptr<Project> copy_without(const Project& project, const std::set<Id>& left_out);

// What of a project leaves: all of it, or without what is locked. The project must outlive it.
class WhatLeaves {
 public:
  WhatLeaves(const Project& project, bool with_locked) : whole_(project) {
    if (with_locked) return;
    if (const auto locked = locked_records(project); !locked.empty()) part_ = copy_without(project, locked);
  }
  const Project& project() const { return part_ ? *part_ : whole_; }

 private:
  const Project& whole_;
  std::unique_ptr<Project> part_;
};

}  // namespace pmo
