// The columns of the tasks table: the fields of a task, and what follows from the schedule, the links and the outline.
#pragma once

#include "app/ui/table/table_view.h"
#include "app/ui/tasks/task_edits.h"

namespace pmo::ui {

class TaskSource final : public CellSource {
 public:
  TaskSource();

  // Takes outline and schedule as they are now. Call before the table is drawn, and after a change that it must show
  // in the same frame.
  void refresh(Analyses& analyses, const Project& project);
  void forget();  // another project is open
  const Outline& outline_now() const { return *outline_; }
  // The task that the column of float paths is about; the empty id: the one that finishes last.
  void set_path_target(Id task);
  Id path_target() const { return path_target_; }
  std::vector<Column> usual_columns() const;

  std::vector<const FieldInfo*> further_fields() const override;
  Value get(const FieldInfo& field, const Record& record) const override;
  std::string number(const Project& project, const RegisterInfo& info, const Record& record) const override;
  std::optional<std::string> shown(const CellTexts& texts, const FieldInfo& field, const Value& value,
                                   const Record* record) const override;
  std::optional<Error> locked(const FieldInfo& field, const Record& record) const override;
  Result<Value> read(const CellTexts& texts, const FieldInfo& field, const Record* record, std::string_view text) const override;
  Result<void> write(Transaction& change, const RegisterInfo& info, const Record& record, const FieldInfo& field,
                     const Value& value) const override;
  void added(Transaction& change, const Record& record) const override;
  std::span<const OutlinePlace> outline() const override { return places_; }
  std::uint64_t version() const override { return version_; }

 private:
  Value computed(const FieldInfo& field, std::size_t row) const;
  const engine::FloatPaths& float_paths() const;
  const TaskNames& names() const;
  std::string duration_text(std::int64_t minutes, const Task* task, Language language) const;
  std::string links_text(std::size_t row, bool entering) const;
  TaskEditing editing() const { return {*outline_, *plan_, *time_}; }

  FieldInfo start_, finish_, total_float_, free_float_, float_path_, critical_, predecessors_, successors_, resources_;
  // Of the analyses: valid from refresh() to the end of the frame.
  Analyses* analyses_ = nullptr;
  const Outline* outline_ = nullptr;
  const PlanSchedule* plan_ = nullptr;
  const ProjectTime* time_ = nullptr;
  const TaskFacts* facts_ = nullptr;
  const Project* project_ = nullptr;
  Scales scales_;
  Id path_target_;
  mutable std::optional<engine::FloatPaths> paths_;  // to the target, while the plan stays as it is
  mutable std::optional<TaskNames> names_;           // of the tasks, while the plan stays as it is
  std::vector<OutlinePlace> places_;
  std::uint64_t version_ = 0, revision_ = 0;
};

}  // namespace pmo::ui
