#include "app/model/problems.h"

#include <unordered_map>

#include "app/model/describe_record.h"
#include "app/model/records/task.h"
#include "app/words/words.h"

namespace pmo {
namespace {

// As if all of a register had just been written, which is what a rule looks at.
std::vector<Change> all_written(const Table& table) {
  std::vector<Change> changes;
  for (const auto* record : table.records()) {
    changes.push_back({.info = &table.info(), .record = record->id, .action = Action::create});
    for (const auto& field : table.info().fields)
      if (field.kind == Kind::reference) changes.push_back({.info = &table.info(), .record = record->id, .field = &field});
  }
  return changes;
}

void add_broken_rules(const Project& project, std::vector<Error>& problems) {
  for (const auto* info : project.schema().registers()) {
    if (info->rules.empty()) continue;
    const auto changes = all_written(project.table(*info));
    for (const auto rule : info->rules)
      if (auto holds = rule(project, changes); !holds && !std::ranges::contains(problems, holds.error())) problems.push_back(std::move(holds.error()));
  }
}

void add_broken_records(const Project& project, std::vector<Error>& problems) {
  for (const auto* info : project.schema().registers())
    for (const auto& rule : info->record_rules)
      for (const auto* record : project.table(*info).records())
        if (auto holds = rule.holds(*record); !holds) {
          holds.error().place = record_number(project, *info, *record);
          problems.push_back(std::move(holds.error()));
        }
}

void add_orphans(const Project& project, std::vector<Error>& problems) {
  const auto& info = register_of<Task>();
  if (!project.schema().find(info.name)) return;
  const auto& tasks = project.all<Task>();
  for (const auto& task : tasks)
    if (task.parent && !tasks.find(task.parent))
      problems.push_back({"problem.outline.orphan"_key, {task.name}, record_number(project, info, task)});
}

// What one copy has added to something that the other one deleted; the outline shows tasks all the same.
void add_lost_parts(const Project& project, std::vector<Error>& problems) {
  std::unordered_map<Id, RecordPointer> deleted;
  for (const auto* info : project.schema().registers())
    for (const auto* record : project.table(*info).deleted()) deleted.emplace(record->id, RecordPointer{info, record});
  const auto look_at = [&](const RegisterInfo& info, const FieldInfo& field, const Record& record) {
    const Value value = field.get(record);
    const auto* id = std::get_if<Id>(&value);
    const auto owner = id ? deleted.find(*id) : deleted.end();
    if (owner == deleted.end() || !has_own_title(info, record)) return;
    const auto& [of, gone] = owner->second;
    problems.push_back({"problem.part.orphan"_key,
                        {record_title(project, info, record), argument_of(of->one_key()), record_title(project, *of, *gone)},
                        record_number(project, info, record)});
  };
  for (const auto* info : project.schema().registers())
    for (const auto& field : info->fields)
      if (field.options.owner && info != &register_of<Task>())
        for (const auto* record : project.table(*info).records()) look_at(*info, field, *record);
}

}  // namespace

std::vector<Error> problems_of(const Project& project) {
  std::vector<Error> problems;
  add_broken_rules(project, problems);
  add_broken_records(project, problems);
  add_orphans(project, problems);
  add_lost_parts(project, problems);
  return problems;
}

std::vector<Error> new_problems(const Project& project, const std::vector<Error>& before) {
  auto problems = problems_of(project);
  std::erase_if(problems, [&](const Error& problem) { return std::ranges::contains(before, problem); });
  return problems;
}

std::vector<Error> problems_after_merge(const Project& mine, const Project& theirs, const MergePlan& plan) {
  FixedSurroundings surroundings;
  Project trial(mine.schema(), mine.actor(), surroundings);
  copy_records(mine, trial);
  if (!merge(trial, theirs, plan, "transaction.import"_key)) return {};
  return new_problems(trial, problems_of(mine));
}

}  // namespace pmo
