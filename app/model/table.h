// All records of one register, in memory. Live records keep the order in which they were added and never move;
// deleted ones stay aside, because merging and undo need them. Only Transaction and RecordWriter change a table.
#pragma once

#include <memory>
#include <ranges>
#include <unordered_map>

#include "app/model/record.h"

namespace pmo {

struct RegisterInfo;

// A record that knows how to go, whatever its type.
using OwnedRecord = std::unique_ptr<Record, void (*)(Record*)>;

class Table {
 public:
  explicit Table(const RegisterInfo& info) : info_(info) {}
  Table(const Table&) = delete;

  const RegisterInfo& info() const { return info_; }
  const std::vector<Record*>& records() const { return live_; }  // live ones
  const std::vector<Record*>& deleted() const { return deleted_; }
  std::size_t size() const { return live_.size(); }
  bool empty() const { return live_.empty(); }
  const Record& at(std::size_t index) const { return *live_[index]; }
  const Record* find(Id id) const;      // live ones only
  const Record* find_any(Id id) const;  // deleted ones too
  // The live records that are part of this one, of any register.
  std::vector<const Record*> parts_of(Id owner) const;
  // Grows with every change to the table: what an analysis compares to know whether it must run again.
  std::uint64_t revision() const { return revision_; }
  std::int64_t next_number() const { return last_number_ + 1; }

 private:
  friend class RecordWriter;

  const RegisterInfo& info_;
  std::unordered_map<Id, OwnedRecord> by_id_;
  std::vector<Record*> live_, deleted_;
  std::unordered_map<Id, std::vector<Record*>> by_owner_;  // deleted ones too
  std::uint64_t revision_ = 0;
  std::int64_t last_number_ = 0;
};

// The live records of a table as what they are: a view, valid as long as the table.
template <class R>
class Records : public std::ranges::view_base {
 public:
  explicit Records(const Table& table) : table_(&table) {}

  std::size_t size() const { return table_->size(); }
  bool empty() const { return size() == 0; }
  const R& at(std::size_t index) const { return static_cast<const R&>(table_->at(index)); }
  const R* find(Id id) const { return static_cast<const R*>(table_->find(id)); }
  const R* find(Ref<R> ref) const { return find(ref.id); }
  const std::vector<Record*>& records() const { return table_->records(); }
  const std::vector<Record*>& deleted() const { return table_->deleted(); }
  std::uint64_t revision() const { return table_->revision(); }

  struct Iterator {
    using value_type = R;
    using difference_type = std::ptrdiff_t;
    Record* const* at = nullptr;
    const R& operator*() const { return static_cast<const R&>(**at); }
    Iterator& operator++() { ++at; return *this; }
    Iterator operator++(int) { auto before = *this; ++at; return before; }
    friend bool operator==(const Iterator&, const Iterator&) = default;
  };
  Iterator begin() const { return {table_->records().data()}; }
  Iterator end() const { return {table_->records().data() + size()}; }

 private:
  const Table* table_;
};

}  // namespace pmo

template <class R>
inline constexpr bool std::ranges::enable_borrowed_range<pmo::Records<R>> = true;
