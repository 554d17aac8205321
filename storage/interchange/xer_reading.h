// What the parts of the XER reader share: rows and their values, what they refer to by id, and what the notes of an import
// count. Internal to the reader.
#pragma once

#include <map>
#include <set>

#include "app/engine/schedule/calendar.h"
#include "app/model/records/project_settings.h"
#include "app/model/records/resource_use.h"
#include "app/model/transaction.h"
#include "storage/interchange/mspdi_values.h"
#include "storage/interchange/xer_custom.h"
#include "storage/interchange/xer_tables.h"

namespace pmo::storage::xer {

using Ids = std::map<std::string, Id, std::less<>>;  // of our records by those of P6

class Reading {
 public:
  Reading(Project& into, const Tables& from);

  Result<void> read();
  std::vector<Error> notes() const;

 private:
  // Rows and values (xer_reading.cpp). A value that cannot be read is an error of the whole; the first one is kept.
  std::vector<Row> rows(std::string_view table) const { return rows_of(tables, table); }
  std::vector<Row> of_project(std::string_view table) const;
  void wrong(const Row& row, std::string_view field);
  double decimal(const Row& row, std::string_view field, double otherwise = 0, double most = 1e9);
  double cost(const Row& row, std::string_view field) { return decimal(row, field, 0, 1e13); }
  std::int64_t minutes(const Row& row, std::string_view field);
  WorkMinutes work(const Row& row, std::string_view field);
  std::int32_t share(const Row& row, std::string_view field, double otherwise, double scale);
  std::optional<Minute> moment(const Row& row, std::string_view field);
  template <class R>
  static Ref<R> known(const Ids& ids, std::string_view id) {
    const auto found = ids.find(id);
    return found == ids.end() ? Ref<R>{} : Ref<R>{found->second};
  }

  // The project (xer_read.cpp)
  bool choose_project();
  static std::string name_of_project(const Row& row);
  void read_settings();
  void read_currency(ProjectSettings& settings);
  void read_options(ProjectSettings& settings);
  const ProjectSettings& settings() const { return project.all<ProjectSettings>().at(0); }
  std::string other_tables() const;

  // Calendars (xer_read_calendars.cpp)
  void read_calendars();
  static std::optional<Shifts> shifts(const Node& day);
  static bool read_week(const Node& data, Calendar& c);
  void usual_week(const Row& row, Calendar& c);
  void read_exceptions(const Node& exceptions, Id calendar);

  // The work breakdown (xer_read_tasks.cpp): the nodes that have activities below them, and the activities
  struct Branch {
    Row row;
    std::vector<std::size_t> branches;
    std::vector<Row> activities;
    bool used = false;
  };
  void read_breakdown();
  static bool has_activities(const std::vector<Branch>& branches, std::size_t at, int depth);
  void read_branch(std::vector<Branch>& branches, std::size_t at, Ref<Task> parent, const std::string& path, int depth);
  std::string note_of(const std::map<std::string, std::string>& notes, std::string_view id);
  void place(Task& t, Ref<Task> parent);
  void read_activity(const Row& row, Ref<Task> parent);
  void read_effort(const Row& row, Task& t);
  void read_links();

  // Constraints, and what has no place here and becomes a custom field (xer_read_constraints.cpp)
  void read_constraints(const Row& row, Task& t);
  void keep_text(const Row& row, Key name, std::string text);

  // Progress (xer_read_progress.cpp)
  void collect_units();
  void read_progress(const Row& row, Task& t);
  void read_percent_of_units(const Row& row, Task& t);
  void read_actual_durations();
  void read_suspension(const Row& row, const Task& task, const engine::WorkTime& time, std::optional<Minute> data_date);

  // Resources (xer_read_resources.cpp)
  void read_resources();
  void read_roles();
  void read_rates(std::string_view table, std::string_view id, const Ids& resources);
  Money price(const Row& row, std::string_view field);
  void read_further_prices(const Resource& resource, const std::vector<Row>& list);
  void read_units(const Resource& resource, const std::vector<Row>& list);
  void read_assignments();
  void read_expenses();

  // Codes and fields of the users (xer_read_added.cpp)
  void read_added_fields();

  struct Count {
    std::int64_t level_of_effort = 0, efforts_links = 0, constraints = 0, empty_nodes = 0, calendars = 0, unknown = 0, roles = 0, custom_fields = 0,
                 expenses = 0, notebooks = 0, suspended = 0, percent_of_units = 0, curves = 0, prices = 0;
  };
  struct Units {
    double actual = 0, in_all = 0;  // at completion
  };
  static constexpr int deepest = 100;

  Project& project;
  const Tables& tables;
  Transaction transaction;
  Row project_row;
  std::string project_id, other_projects;
  LagUnit lag_unit = LagUnit::working;
  std::map<std::string, std::string> task_notes, wbs_notes;
  std::map<Key, AddedField> kept_texts;  // second constraints, expected finishes ... by their labels
  std::map<std::string, Units, std::less<>> units;  // of people and machines, by activity
  std::set<std::string, std::less<>> efforts;
  std::optional<Error> error;
  Count count;
  int line = 0;
  Ids calendars, tasks, nodes, resources, roles, assignments;
  std::map<Id, std::set<Money>> prices;                  // of resources, of whatever table and day
  std::map<std::string, std::size_t> fields_elsewhere;   // values of user-defined fields, by tables of P6 that have no records here
};

}  // namespace pmo::storage::xer
