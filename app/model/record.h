// What every record has beside its own fields: identity, number, and the stamps that merging needs.
//
//   R1  a field that was never written after creation has the record's creation stamp
//   R2  a record is deleted exactly when it has a deletion and no field was written that the deleter had not seen:
//       an edit beats a deletion, on every copy alike
//   R3  a field with the zero stamp is one whose value never came to this copy: a mail left it out as confidential. It shows
//       its default, tells others nothing, and is filled by the first copy that knows it
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/model/stamp.h"

namespace pmo {

struct FieldStamp {
  std::uint16_t field = 0;  // index of the field in its register's description
  Stamp stamp;
  friend bool operator==(const FieldStamp&, const FieldStamp&) = default;
};

// Stamps of single fields, sorted by field.
class FieldStamps {
 public:
  // Written when a deleted record is brought back: makes rule R2 see an edit although no field changed.
  static constexpr std::uint16_t life = 0xffff;

  const Stamp* find(std::uint16_t field) const;
  bool is_told(std::uint16_t field) const;  // false: rule R3
  void put(std::uint16_t field, const Stamp& stamp);
  void drop(std::uint16_t field);
  void join(const FieldStamps& other);  // the greater stamp of each field; what the other was never told (R3) adds nothing
  FieldStamps told() const;             // without those of rule R3
  const std::vector<FieldStamp>& list() const { return list_; }
  bool empty() const { return list_.empty(); }
  friend bool operator==(const FieldStamps&, const FieldStamps&) = default;

 private:
  std::vector<FieldStamp> list_;
};

struct Deletion {
  Stamp stamp;
  FieldStamps seen;  // the field stamps that the deleter knew
  friend bool operator==(const Deletion&, const Deletion&) = default;
};

// A field that this version does not know, as a newer one wrote it. It is joined like any other field, exported again,
// and becomes a field when this installation is updated to a version that knows it.
struct UnknownField {
  std::string value;    // canonical JSON; empty when it was left out (the field has its default)
  Stamp stamp;          // zero when it was not written after the record was made
  Stamp deletion_seen;  // what the record's deleter knew; zero when nothing
  bool withheld = false;  // rule R3: then there is neither value nor stamp
  friend bool operator==(const UnknownField&, const UnknownField&) = default;
};

using UnknownFields = std::map<std::string, UnknownField>;  // by name

// Choices that the project has added to a list of the product, by field: "technical.<id of the OwnChoice>". The member
// itself holds the product's choice that it counts as, so that code need not know of them: app/model/own_choices.h. Also
// those that only a newer version knows (is_newer_choice in field.h).
using OwnChoices = std::map<std::uint16_t, std::string>;

// Takes what the other copy wrote later; of two values with one stamp, the greater text. Says whether anything changed.
bool join(UnknownFields& mine, const UnknownFields& theirs);

struct Record {
  Id id;
  std::int64_t number = 0;  // counts within the register; shown with the register's prefix
  Stamp created;
  FieldStamps written;
  std::optional<Deletion> deletion;
  UnknownFields unknown;
  OwnChoices own_choices;

  const Stamp& stamp_of(std::uint16_t field) const;  // rule R1
  Stamp last_written() const;                        // the greatest stamp of the record
  bool deleted() const;                              // rule R2
};

// Every stamp that says when something of the record was written.
template <class Visit>
void for_each_stamp(const Record& record, Visit&& visit) {
  visit(record.created);
  for (const auto& field : record.written.list())
    if (field.stamp != Stamp{}) visit(field.stamp);
  for (const auto& [name, field] : record.unknown)
    if (field.stamp != Stamp{}) visit(field.stamp);
  if (record.deletion) visit(record.deletion->stamp);
}

// A reference to a record of register R; empty when the id is.
template <class R>
struct Ref {
  Id id;
  friend auto operator<=>(const Ref&, const Ref&) = default;
  explicit operator bool() const { return static_cast<bool>(id); }
};

// A reference to a record of any register.
using AnyRef = Ref<Record>;

template <class R>
using Refs = std::vector<Ref<R>>;

}  // namespace pmo
