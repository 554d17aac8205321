// The form of one record, for the inspector: its fields by kind, its parts as lists, where it is used, its history.
// Derived from the register's description alone.
#pragma once

#include "app/ui/editors/field_editor.h"
#include "app/ui/form/part_table.h"
#include "app/ui/form/relation_list.h"

namespace pmo::ui {

class RecordForm {
 public:
  void draw(Context& context, const RegisterInfo& info, Id record);

 private:
  void draw_fields(Context& context, const RegisterInfo& info, const Record& record);
  void draw_parts(Context& context, const Record& record);
  void draw_part_list(Context& context, const RegisterInfo& info, const FieldInfo& owner, const Record& record,
                      const std::vector<RecordPointer>& parts);
  void draw_uses(Context& context, const Record& record);
  void draw_authors(Context& context, const Record& record);
  void draw_history(Context& context, const RegisterInfo& info, const Record& record);
  void set(Context& context, const RegisterInfo& info, const Record& record, const FieldInfo& field, const Value& value);

  FieldEditor editor_;
  RelationList relations_;
  std::map<const RegisterInfo*, PartTable> part_tables_;  // of the record shown
  Id shown_;
  // Reading the history goes through all commits: done when asked for, again after a commit.
  bool history_open_ = false;
  std::uint64_t history_revision_ = 0;
  struct Entry {
    Stamp stamp;
    Change change;
  };
  std::vector<Entry> history_;
  // Looking for uses goes through all registers: done after a commit only.
  std::uint64_t uses_revision_ = 0;
  std::vector<Use> uses_;
  std::vector<RecordPointer> parts_;
};

// Who made a stamp: the person of the installation, its name, or that it is another copy.
std::string author_name(const Context& context, Id actor);

}  // namespace pmo::ui
