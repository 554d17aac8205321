// Values of any field as people read and type them: what a cell shows, what stands in its editor, what a typed or
// pasted text means. No drawing; one place for tables, forms, paste and CSV.
#pragma once

#include "app/model/format.h"
#include "app/ui/table/cell_source.h"

namespace pmo::ui {

// What texts depend on beside the value itself.
struct CellTexts {
  const Project& project;
  Language language;
  Day today;
  Scales scales;
  const CellSource& source;

  CellTexts(const Project& project, Language language, Day today, const CellSource& source = plain_source());

  Value value(const FieldInfo& field, const Record& record) const { return field.derived ? field.derived(project, record) : source.get(field, record); }

  // For reading: "5 Mar 2024", "Anna Li", "High". Empty for no value. What is sealed is opened for its record where the
  // passphrase was given; otherwise it says that it is locked.
  std::string shown(const FieldInfo& field, const Value& value, const Record* record = nullptr) const;
  // For an editor, and for spreadsheets: as shown, but numbers without units, texts whole.
  std::string typed(const FieldInfo& field, const Value& value, const Record* record = nullptr) const;
  // A text typed or pasted. An empty one is "no value" where the field allows that. The value is checked against the
  // field (check_value); references are found by number, title or initials.
  Result<Value> read(const FieldInfo& field, std::string_view text) const;
  // A field's change as history tells it: its name, from what, to what. No name: the change is of a whole record, or of a
  // field that is hidden.
  struct Told {
    std::string field, before, after;
  };
  Told told(const Change& change) const;
  // "R-12 Late steel"; empty when the record is gone.
  std::string title_of(Id record) const;
};

// The records a reference field may point to that match what was typed, best first: the number ("R-12", "12"), the
// title, its beginning, its words, initials ("zs" finds 张三 whose initials are kept). An empty query finds all.
std::vector<RecordPointer> find_targets(const Project& project, const FieldInfo& field, std::string_view query,
                                        std::size_t at_most);

bool contains_text(std::string_view text, std::string_view part);  // without case

// How values of a kind stand in a column.
bool is_number_kind(Kind kind);  // right-aligned, summed: integer, permille, number, money, work

}  // namespace pmo::ui
