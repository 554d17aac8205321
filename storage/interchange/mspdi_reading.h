// What the parts of the MSPDI reader share: values of elements, what they refer to by number, custom fields, and what is kept
// for an export because we have no field for it. Internal to the reader.
#pragma once

#include <map>
#include <pugixml.hpp>
#include <set>

#include "app/engine/schedule/calendar.h"
#include "app/model/records/imported.h"
#include "app/model/records/project_settings.h"
#include "app/model/records/resource_use.h"
#include "app/model/transaction.h"
#include "storage/interchange/mspdi_custom.h"
#include "storage/interchange/mspdi_fields.h"
#include "storage/interchange/mspdi_foreign.h"
#include "storage/interchange/mspdi_values.h"

namespace pmo::storage::mspdi {

using pugi::xml_node;

inline std::string_view text(xml_node node, const char* name) { return node.child(name).text().get(); }
inline std::string words(xml_node node, const char* name) { return std::string(text(node, name)); }
inline void keep_as_it_is(xml_node node) { node.append_attribute("pmo-keep"); }

// Of what the notes of an import count.
struct ReadingCount {
  std::int64_t custom_fields = 0, outline_codes = 0, external = 0, recurring = 0, blank = 0, rates = 0, availability = 0, contours = 0,
               partial_baselines = 0, unknown = 0, unread = 0, whole_project = 0;
};

class Reading {
 public:
  Reading(Project& into, xml_node from);

  Project& project;
  const xml_node root;
  Transaction transaction;
  std::optional<Error> error;  // of the first value that could not be read
  ReadingCount count;
  std::map<std::int64_t, Id> calendars, tasks, resources;  // by UID
  xml_node summary_task;       // the line that stands for the whole project
  std::set<std::string> kept;  // names of elements

  const ProjectSettings& settings() const { return *project.all<ProjectSettings>().begin(); }

  void wrong(xml_node node, const char* name);
  template <class T>
  T value(xml_node node, const char* name, std::optional<T> (*parse)(std::string_view), T otherwise) {
    const auto raw = text(node, name);
    if (raw.empty()) return otherwise;
    const auto parsed = parse(raw);
    if (!parsed) wrong(node, name);
    return parsed.value_or(otherwise);
  }
  std::int64_t whole(xml_node node, const char* name, std::int64_t otherwise = 0) { return value(node, name, integer, otherwise); }
  std::int64_t whole(xml_node node, const char* name, std::int64_t least, std::int64_t most, std::int64_t otherwise);
  bool flag(xml_node node, const char* name, bool otherwise = false) { return value(node, name, boolean, otherwise); }
  std::int64_t minutes(xml_node node, const char* name) { return std::max<std::int64_t>(0, value(node, name, duration, std::int64_t{0})); }
  std::optional<WorkMinutes> some_minutes(xml_node node, const char* name);
  std::optional<Minute> moment(xml_node node, const char* name);
  Money money(xml_node node, const char* name);
  Money rate(xml_node node, const char* name);  // a decimal
  std::int32_t thousandths(xml_node node, const char* name);  // units
  Accrual accrual(xml_node node, const char* name);

  template <class R>
  static Ref<R> known(const std::map<std::int64_t, Id>& ids, std::int64_t uid) {
    const auto found = ids.find(uid);
    return found == ids.end() ? Ref<R>{} : Ref<R>{found->second};
  }
  // The record of this title, made when it is first asked for.
  Id named(const RegisterInfo& info, const std::string& title);
  Ref<Person> person(const std::string& name) { return {named(register_of<Person>(), name)}; }

  // When a task may be worked on, by its calendar; once calendars are read.
  const engine::WorkTime& time_of(const Task& task);

  // What we have no field for. The dates of the task at `anchor` are those to which costs and time-phased work belong.
  void keep_later(xml_node node, const Elements& elements, Id record, xml_node anchor) { rest_.push_back({node, record, &elements, anchor}); }
  void add_foreign(Id record, std::string_view form, std::string content);
  void keep_the_rest();  // last, when it is known what became of everything

  // Custom fields and outline codes (mspdi_read_custom.cpp); our own fields among them.
  void read_custom_fields();
  void read_custom_values(xml_node node, const RegisterInfo& info, const Record& record);
  bool is_own_value(xml_node node) { return own_fields_.contains(whole(node, "FieldID", -1)); }
  void read_own_values(xml_node node, const RegisterInfo& info, const Record& record);

 private:
  struct KnownField {
    Id id;
    CustomFieldKind kind = CustomFieldKind::text;
    std::map<std::string, std::string> texts;  // of its look-up table
  };
  struct Rest {
    xml_node node;
    Id record;
    const Elements* elements;
    xml_node anchor;
  };
  void keep(xml_node node, const Elements& elements, Id record, xml_node anchor, std::string_view form = element_form);
  bool is_own(xml_node definition);
  Id add_custom_field(xml_node node, CustomFieldKind kind, const std::string& source);
  bool read_custom_value(xml_node node, std::int64_t field_id, Id record);
  void read_own_value(const FieldInFile& field, const Record& record, const std::string& raw);

  double minor_units_ = 100;
  std::vector<Rest> rest_;
  std::map<Id, std::optional<engine::WorkTime>> times_;  // by calendar
  std::map<std::int64_t, KnownField> custom_fields_;
  std::map<std::int64_t, FieldInFile> own_fields_;  // by the custom field in which they came
  std::map<std::pair<const RegisterInfo*, std::string>, Id> named_;
};

void read_calendars(Reading& from);
void read_tasks(Reading& from);  // with their links
void read_resources(Reading& from);
void read_assignments(Reading& from);

}  // namespace pmo::storage::mspdi
