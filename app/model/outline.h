// The work breakdown of a project: tasks as a tree, in the order in which people see them, and the edits that change it.
//
// The tree is stored as one parent and one order key a task, so moving a task writes two fields of that task only and
// moves made in two copies merge. A copy may come back from a merge with a task whose parent is gone, or with tasks
// that are each other's parents; the outline shows the first at the top level and opens the circle at its smallest id,
// in all copies alike, until somebody moves them.
#pragma once

#include <optional>
#include "app/model/id_map.h"
#include "app/model/records/task.h"
#include "app/model/transaction.h"

namespace pmo {

class Outline {
 public:
  static constexpr std::size_t none = static_cast<std::size_t>(-1);
  struct Row {
    const Task* task;
    std::size_t parent = none;  // row of its summary task
    std::size_t end = 0;        // behind its last descendant; index + 1 when it has none
    int level = 0;              // 0: top
    int position = 1;           // among its siblings, from 1
    bool summary = false;       // has tasks below it
  };

  explicit Outline(const Project& project);

  const std::vector<Row>& rows() const { return rows_; }  // a summary before its parts
  std::size_t size() const { return rows_.size(); }
  const Row& operator[](std::size_t row) const { return rows_[row]; }
  std::optional<std::size_t> find(Id task) const;
  // "2.1.3"
  std::string number(std::size_t row) const;
  // The task's own WBS code, or its outline number.
  std::string wbs(std::size_t row) const;

  std::size_t previous_sibling(std::size_t row) const;  // or none
  std::size_t next_sibling(std::size_t row) const;      // or none

 private:
  std::vector<Row> rows_;
  IdMap by_id_;
};

// --- edits. Tasks below another given one move along with it; ids that are no tasks are passed over.

// Puts the tasks, in outline order, below a summary (empty: at the top), before a task that is there (empty: at the
// end). Fails when a task would come below itself (error.outline.below_itself).
Result<void> move_tasks(Transaction& transaction, const std::vector<Id>& tasks, Id parent, Id before);

// One level down: each task becomes the last part of the sibling before it. The first of its siblings stays.
Result<void> indent_tasks(Transaction& transaction, const std::vector<Id>& tasks);

// One level up, keeping the lines where they are: the siblings behind a task become its parts. Top tasks stay.
Result<void> outdent_tasks(Transaction& transaction, const std::vector<Id>& tasks);

// One place up or down among their siblings, together; at the edge they stay.
Result<void> move_tasks_up(Transaction& transaction, const std::vector<Id>& tasks);
Result<void> move_tasks_down(Transaction& transaction, const std::vector<Id>& tasks);

// A new task below a summary (empty: top), before a task that is there (empty: at the end).
template <class Fill>
Result<Id> insert_task(Transaction& transaction, Id parent, Id before, Fill&& fill) {
  const Id id = transaction.create<Task>([&](Task& task) {
    fill(task);
    task.parent = {parent};
  }).id;
  PMO_TRY_VOID(move_tasks(transaction, {id}, parent, before));
  return id;
}

}  // namespace pmo
