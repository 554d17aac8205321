// How a user looks at a register: which columns, sorted, filtered and grouped how; and the rows that follow from it.
// Pure: no drawing. Built anew only when the register or the view changes.
#pragma once

#include <set>
#include <unordered_map>

#include "app/ui/table/cell_text.h"

namespace pmo::ui {

// A column shows a field; without one, the record's number.
struct Column {
  const FieldInfo* field = nullptr;
  float width = 120;
  bool shown = true;
};

struct SortKey {
  const FieldInfo* field = nullptr;  // null: the number
  bool descending = false;
  friend bool operator==(const SortKey&, const SortKey&) = default;
};

// What a record must fulfil in one field. Only the part that fits the field's kind is used.
struct Filter {
  const FieldInfo* field = nullptr;
  std::string text;                  // contained in what is shown
  std::set<std::string> choices;     // one of these names; booleans: "true", "false"; references: ids as text
  std::optional<std::int64_t> from;  // numbers, durations, dates (days); inclusive
  std::optional<std::int64_t> to;
  bool only_empty = false;
  bool active() const { return !text.empty() || !choices.empty() || from || to || only_empty; }
};

struct TableView {
  std::vector<Column> columns;       // the first shown one stays in place when scrolling
  std::vector<SortKey> sort;         // the first decides
  std::vector<Filter> filters;       // all must hold
  const FieldInfo* group = nullptr;
  std::set<std::string> folded;      // groups whose records are hidden, by their key; summaries by their id
  std::string search;                // in any shown field
  bool board = false;                // cards by status instead of rows, in lanes when grouped (record_board.h)
  std::function<bool(const Record&)> only = {};   // what the page itself shows: one owner's parts, a matrix cell
  std::function<bool(const Record&)> quick = {};  // the quick filter that is on: open, late, mine
  std::uint64_t version = 0;         // grows with every change, so that rows are built anew

  Filter& filter_of(const FieldInfo& field);  // made when missing
  const Filter* find_filter(const FieldInfo& field) const;
  void clear_filters();
  bool filtered() const;
  // The outline is shown unless another order was asked for.
  bool follows_outline() const { return sort.empty() && !group; }
  void changed() { ++version; }
  // A click on a header: ascending, descending, none. With add, other keys stay.
  void toggle_sort(const FieldInfo* field, bool add);
  const SortKey* find_sort(const FieldInfo* field) const;
  Column* find_column(const FieldInfo* field);
};

// What a table begins with and a new record is named by: the title, where every record has one, else its first field
// of its own.
const FieldInfo* leading_field(const RegisterInfo& info);

// The columns a register begins with: number, title, what follows from its fields (engine/derived_fields.h), then its short
// fields; long texts are there but not shown.
TableView usual_view(const RegisterInfo& info);

// What it lets through, in words: "High, Urgent", "1 Mar 2024 – ".
std::string filter_text(const Filter& filter, const CellTexts& texts);
bool passes(const Filter& filter, const CellTexts& texts, const Record& record);

struct Row {
  const Record* record = nullptr;  // null: the heading of a group
  std::uint32_t group = 0;         // index in groups; 0 without grouping
  int level = 0;                   // in the outline, when the rows follow it
  bool summary = false;            // has parts in the outline
  bool folded = false;             // which are not shown
};

struct Group {
  std::string key;    // stable: the choice's name, the id, the text
  std::string title;
  std::size_t count = 0;
  std::vector<std::int64_t> totals;  // by column; only of those that are summed
  bool folded = false;
};

struct Rows {
  std::vector<Row> list;
  std::vector<Group> groups;         // one without a title when nothing is grouped
  std::vector<std::int64_t> totals;  // by column, in the project's currency
  std::size_t converted = 0, without_rate = 0;  // records in another one; those of which no rate says what they are worth
  std::size_t records = 0;           // shown ones, folded ones included
  std::size_t all = 0;               // of the register, before filtering
  bool outline = false;              // the rows follow the outline
  std::unordered_map<Id, std::size_t> places;  // of the records in the list

  std::optional<std::size_t> find(Id record) const;
};

// Only sums of money and durations add up; what one unit costs does not.
bool is_summed(const Column& column);

// The key of the group that the record belongs to, in a view that is grouped.
std::string group_of(const TableView& view, const CellTexts& texts, const Record& record);

// What the sums of all rows are called: in which currency, and how many records of another one they lack.
std::string total_text(const Rows& rows, const CellTexts& texts);

Rows build_rows(const TableView& view, const RegisterInfo& info, const CellTexts& texts);

}  // namespace pmo::ui
