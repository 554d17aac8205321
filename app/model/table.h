// All records of one register, in memory. Live records keep the order in which they were added and never move;
// deleted ones stay aside, because merging and undo need them. Only Transaction and RecordWriter change a table.
#pragma once

#include <memory>
#include <unordered_map>

#include "app/model/record.h"

namespace pmo {

struct RegisterInfo;

class AnyTable {
 public:
  explicit AnyTable(const RegisterInfo& info) : info_(info) {}
  virtual ~AnyTable() = default;
  AnyTable(const AnyTable&) = delete;

  const RegisterInfo& info() const { return info_; }
  std::size_t size() const { return live_.size(); }
  bool empty() const { return live_.empty(); }
  const Record& at(std::size_t index) const { return *live_[index]; }
  const std::vector<Record*>& records() const { return live_; }      // live ones
  const std::vector<Record*>& deleted() const { return deleted_; }
  const Record* find(Id id) const;      // live ones only
  const Record* find_any(Id id) const;  // deleted ones too
  // Grows with every change to the table: what an analysis compares to know whether it must run again.
  std::uint64_t revision() const { return revision_; }
  std::int64_t next_number() const { return last_number_ + 1; }

 protected:
  virtual Record& allocate() = 0;
  virtual void release(Record& record) = 0;  // forgets a record that was never part of a committed state

 private:
  friend class RecordWriter;

  const RegisterInfo& info_;
  std::vector<Record*> live_, deleted_;
  std::unordered_map<Id, Record*> by_id_;
  std::uint64_t revision_ = 0;
  std::int64_t last_number_ = 0;
};

template <class R>
class Table final : public AnyTable {
 public:
  using AnyTable::AnyTable;

  const R& at(std::size_t index) const { return static_cast<const R&>(AnyTable::at(index)); }
  const R* find(Id id) const { return static_cast<const R*>(AnyTable::find(id)); }
  const R* find(Ref<R> ref) const { return find(ref.id); }

  struct Iterator {
    using value_type = R;
    using difference_type = std::ptrdiff_t;
    Record* const* at = nullptr;
    const R& operator*() const { return static_cast<const R&>(**at); }
    Iterator& operator++() { ++at; return *this; }
    Iterator operator++(int) { auto before = *this; ++at; return before; }
    friend bool operator==(const Iterator&, const Iterator&) = default;
  };
  Iterator begin() const { return {records().data()}; }
  Iterator end() const { return {records().data() + records().size()}; }

 private:
  Record& allocate() override { return *storage_.emplace_back(std::make_unique<R>()); }
  void release(Record& record) override {
    std::erase_if(storage_, [&](const auto& owned) { return owned.get() == &record; });
  }

  std::vector<std::unique_ptr<R>> storage_;
};

template <class R>
std::unique_ptr<AnyTable> make_table_of(const RegisterInfo& info) { return std::make_unique<Table<R>>(info); }

}  // namespace pmo
