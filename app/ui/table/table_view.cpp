#include "app/ui/table/table_view.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "app/engine/control/exchange.h"
#include "app/engine/derived_fields.h"
#include "app/model/own_choices.h"
#include "app/model/sort_stably.h"

namespace pmo::ui {
namespace {

bool is_empty(const Value& value) {
  if (std::holds_alternative<std::monostate>(value)) return true;
  if (const auto* text = std::get_if<std::string>(&value)) return text->empty();
  if (const auto* ids = std::get_if<std::vector<Id>>(&value)) return ids->empty();
  return false;
}

// About as wide as the text in a caption or a chip: the first view is made before anything is drawn.
float rough_width(std::string_view text) {
  float width = 0;
  for (const char byte : text) {
    const auto bits = static_cast<unsigned char>(byte);
    if (bits < 0x80) width += 7;
    else if (bits >= 0xC0) width += 13.5f;
  }
  return width;
}

float rough_width(Key key) { return std::max(rough_width(word(key, Language::english)), rough_width(word(key, Language::chinese))); }

// Room for values of the kind.
float value_width(const FieldInfo& field) {
  if (field.options.title) return 280;
  switch (field.kind) {
    case Kind::boolean: return 88;
    case Kind::integer: return 92;
    case Kind::permille: return 92;
    case Kind::number: return 104;
    case Kind::money: return 128;
    case Kind::day: return 116;
    case Kind::minute: return 152;
    case Kind::work: return 104;
    case Kind::choice: return 132;
    case Kind::reference: return 148;
    case Kind::references: return 180;
    case Kind::structured: return 190;
    default: return field.is_long() ? 280 : 148;
  }
}

// Room for its values, its choices and its heading, as far as that is sensible.
float usual_width(const FieldInfo& field) {
  constexpr float padding = 30, widest = 190;
  float words = rough_width(field.label_key());
  for (const auto choice : field.choices) words = std::max(words, rough_width(field.choice_key(choice)));
  return std::max(value_width(field), std::min(words + padding, widest));
}

// The key of the group a record belongs to; empty for no value.
std::string group_key(const FieldInfo& field, const Value& value) {
  if (is_empty(value)) return {};
  if (const auto* text = std::get_if<std::string>(&value)) return field.kind == Kind::text ? lower(*text) : *text;  // as it is sorted
  if (const auto* id = std::get_if<Id>(&value)) return id->text();
  if (const auto* number = std::get_if<std::int64_t>(&value))
    return field.kind == Kind::minute ? std::to_string(Minute{*number}.day().value) : std::to_string(*number);
  if (const auto* flag = std::get_if<bool>(&value)) return *flag ? "true" : "false";
  std::string key;
  for (const Id id : std::get<std::vector<Id>>(value)) key += id.text() + ' ';
  return key;
}

bool in_choices(const Filter& filter, const Value& value) {
  if (const auto* ids = std::get_if<std::vector<Id>>(&value))
    return std::ranges::any_of(*ids, [&](Id id) { return filter.choices.contains(id.text()); });
  return filter.choices.contains(group_key(*filter.field, value));
}

bool found_in(const std::string& wanted, const TableView& view, const RegisterInfo& info, const CellTexts& texts,
              const Record& record) {
  if (lower(texts.source.number(texts.project, info, record)).contains(wanted)) return true;
  for (const Column& column : view.columns)
    if (column.field && lower(texts.shown(*column.field, texts.value(*column.field, record), &record)).contains(wanted)) return true;
  return false;
}

// Sorting by shown text formats each value once, not once a comparison.
struct SortValue {
  bool empty = false;
  std::int64_t number = 0;
  std::string text;
};

SortValue sort_value(const CellTexts& texts, const FieldInfo* field, const Record& record) {
  if (!field) return {.number = record.number};
  const Value value = texts.value(*field, record);
  if (is_empty(value)) return {.empty = true};
  if (const auto* number = std::get_if<std::int64_t>(&value)) return {.number = *number};
  if (const auto* flag = std::get_if<bool>(&value)) return {.number = *flag};
  if (field->kind == Kind::choice) {
    const auto& choice = std::get<std::string>(value);
    return {.number = std::ranges::find(field->choices, base_choice(choice)) - field->choices.begin(), .text = choice};
  }
  return {.text = lower(texts.shown(*field, value, &record))};
}

int compare(const SortValue& a, const SortValue& b) {
  if (a.number != b.number) return a.number < b.number ? -1 : 1;
  const int order = a.text.compare(b.text);
  return order < 0 ? -1 : order > 0;
}

void sort_records(std::vector<const Record*>& records, const std::vector<SortKey>& keys, const CellTexts& texts) {
  if (keys.empty()) return;
  std::vector<SortValue> values;
  values.reserve(records.size() * keys.size());
  for (const Record* record : records)
    for (const SortKey& key : keys) values.push_back(sort_value(texts, key.field, *record));
  std::vector<std::size_t> order(records.size());
  std::iota(order.begin(), order.end(), 0u);
  sort_stably(order, [&](std::size_t a, std::size_t b) {
    for (std::size_t k = 0; k < keys.size(); ++k) {
      const SortValue &left = values[a * keys.size() + k], &right = values[b * keys.size() + k];
      if (left.empty != right.empty) return right.empty;  // no value is last in both directions
      if (const int sign = compare(left, right)) return keys[k].descending ? sign > 0 : sign < 0;
    }
    return false;
  });
  std::vector<const Record*> sorted;
  sorted.reserve(records.size());
  for (const auto index : order) sorted.push_back(records[index]);
  records = std::move(sorted);
}

// Of a register whose sums may be in another currency.
using Rates = std::optional<engine::ExchangeRates>;

// Sums in another currency are added as what they are worth in the project's; without a rate they are left out.
void add_totals(std::vector<std::int64_t>& totals, const TableView& view, const RegisterInfo& info, const CellTexts& texts, const Rates& rates, const Record& record) {
  const bool foreign = rates && engine::in_other_currency(texts.project, info, record);
  for (std::size_t c = 0; c < view.columns.size(); ++c) {
    if (!is_summed(view.columns[c])) continue;
    const FieldInfo& field = *view.columns[c].field;
    const Value value = texts.value(field, record);
    const auto* number = std::get_if<std::int64_t>(&value);
    if (!number) continue;
    totals[c] += foreign && field.kind == Kind::money ? std::llround(rates->own_amount(info, record, Money{*number}, texts.today).value_or(0)) : *number;
  }
}

// How many of the records are in another currency, and of how many of them no rate says what they are worth.
void count_currency(Rows& rows, const RegisterInfo& info, const CellTexts& texts, const Rates& rates, const Record& record) {
  if (!rates || !engine::in_other_currency(texts.project, info, record)) return;
  ++rows.converted;
  rows.without_rate += !rates->own_amount(info, record, Money{}, texts.today);
}

Rows indexed(Rows rows) {
  rows.places.reserve(rows.list.size());
  for (std::size_t row = 0; row < rows.list.size(); ++row)
    if (rows.list[row].record) rows.places.emplace(rows.list[row].record->id, row);
  return rows;
}

// Records in outline order. What a filter finds stays below its summaries, and is shown even when those are folded.
template <class Keeps>
void add_outline(Rows& rows, const TableView& view, const RegisterInfo& info, const CellTexts& texts, const Rates& rates, std::span<const OutlinePlace> outline, Keeps&& keeps) {
  rows.outline = true;
  rows.groups.push_back({});
  const bool filtered = view.filtered() || view.only || view.quick;
  std::vector<bool> shown(outline.size(), false);
  std::vector<std::size_t> above;  // the summaries of the place looked at
  for (std::size_t i = 0; i < outline.size(); ++i) {
    above.resize(std::min(above.size(), static_cast<std::size_t>(outline[i].level)));
    if (keeps(*outline[i].record)) {
      ++rows.records;
      if (!outline[i].summary) add_totals(rows.totals, view, info, texts, rates, *outline[i].record);
      shown[i] = true;
      for (const auto summary : above) shown[summary] = true;
    }
    above.push_back(i);
  }
  rows.groups.back().count = rows.records;
  int hidden_below = -1;  // parts of a folded summary at this level are hidden
  for (std::size_t i = 0; i < outline.size(); ++i) {
    const OutlinePlace& place = outline[i];
    if (hidden_below >= 0 && place.level > hidden_below) continue;
    hidden_below = -1;
    if (!shown[i]) continue;
    const bool folded = place.summary && !filtered && view.folded.contains(place.record->id.text());
    if (folded) hidden_below = place.level;
    rows.list.push_back({.record = place.record, .group = 0, .level = place.level, .summary = place.summary, .folded = folded});
  }
}

}  // namespace

Filter& TableView::filter_of(const FieldInfo& field) {
  for (Filter& filter : filters)
    if (filter.field == &field) return filter;
  return filters.emplace_back(Filter{.field = &field});
}

const Filter* TableView::find_filter(const FieldInfo& field) const {
  const auto found = std::ranges::find(filters, &field, &Filter::field);
  return found == filters.end() ? nullptr : &*found;
}

void TableView::clear_filters() {
  filters.clear();
  search.clear();
  changed();
}

bool TableView::filtered() const { return !search.empty() || std::ranges::any_of(filters, &Filter::active); }

const SortKey* TableView::find_sort(const FieldInfo* field) const {
  const auto found = std::ranges::find(sort, field, &SortKey::field);
  return found == sort.end() ? nullptr : &*found;
}

Column* TableView::find_column(const FieldInfo* field) {
  const auto found = std::ranges::find(columns, field, &Column::field);
  return found == columns.end() ? nullptr : &*found;
}

void TableView::toggle_sort(const FieldInfo* field, bool add) {
  const auto found = std::ranges::find(sort, field, &SortKey::field);
  const bool known = found != sort.end();
  const bool was_descending = known && found->descending;
  if (!add) {
    sort.clear();
    if (!known) sort.push_back({field, false});
    else if (!was_descending) sort.push_back({field, true});
  } else if (!known) {
    sort.push_back({field, false});
  } else if (!was_descending) {
    found->descending = true;
  } else {
    sort.erase(found);
  }
  changed();
}

const FieldInfo* leading_field(const RegisterInfo& info) {
  const FieldInfo* title = info.title();
  if (title && title->options.required) return title;
  const auto first = std::ranges::find_if(info.fields, [](const FieldInfo& field) { return !field.options.hidden && !field.options.owner && !field.is_long(); });
  return first == info.fields.end() ? title : &*first;
}

TableView usual_view(const RegisterInfo& info) {
  TableView view;
  const FieldInfo* leading = leading_field(info);
  if (!info.prefix.empty()) view.columns.push_back({nullptr, 72, true});
  if (leading) view.columns.push_back({leading, std::max(usual_width(*leading), 200.0f), true});
  for (const FieldInfo& field : engine::derived_fields(info)) view.columns.push_back({&field, usual_width(field), true});
  constexpr std::size_t wide_enough = 12;
  for (const FieldInfo& field : info.fields) {
    if (&field == leading || field.options.hidden) continue;
    const bool shown = !field.is_long() && view.columns.size() < wide_enough;
    view.columns.push_back({&field, usual_width(field), shown});
  }
  return view;
}

std::string filter_text(const Filter& filter, const CellTexts& texts) {
  if (filter.only_empty) return std::string(word("table.empty_value"_key, texts.language));
  if (filter.from || filter.to) {
    FieldInfo bound = *filter.field;
    if (bound.kind == Kind::minute) bound.kind = Kind::day;
    return (filter.from ? texts.shown(bound, Value{*filter.from}) : std::string()) + " – " + (filter.to ? texts.shown(bound, Value{*filter.to}) : std::string());
  }
  if (!filter.text.empty()) return filter.text;
  std::string words;
  for (const auto& choice : filter.choices) {
    if (!words.empty()) words += texts.language == Language::chinese ? "、" : ", ";
    if (filter.field->kind == Kind::choice) words += choice_label(texts.project, *filter.field, choice, texts.language);
    else if (filter.field->kind == Kind::boolean) words += word(choice == "true" ? "value.yes"_key : "value.no"_key, texts.language);
    else if (const auto id = Id::parse(choice)) words += texts.title_of(*id);
  }
  return words;
}

bool passes(const Filter& filter, const CellTexts& texts, const Record& record) {
  if (!filter.active()) return true;
  const Value value = texts.value(*filter.field, record);
  if (filter.only_empty) return is_empty(value);
  if (!filter.choices.empty() && !in_choices(filter, value)) return false;
  if (filter.from || filter.to) {
    const auto* number = std::get_if<std::int64_t>(&value);
    if (!number) return false;
    const std::int64_t compared = filter.field->kind == Kind::minute ? Minute{*number}.day().value : *number;
    if ((filter.from && compared < *filter.from) || (filter.to && compared > *filter.to)) return false;
  }
  return filter.text.empty() || contains_text(texts.shown(*filter.field, value, &record), filter.text);
}

std::optional<std::size_t> Rows::find(Id record) const {
  const auto found = places.find(record);
  return found == places.end() ? std::nullopt : std::optional(found->second);
}

bool is_summed(const Column& column) {
  if (!column.field) return false;
  return (column.field->kind == Kind::money && !column.field->options.per_unit) || column.field->kind == Kind::work;
}

std::string group_of(const TableView& view, const CellTexts& texts, const Record& record) { return group_key(*view.group, texts.value(*view.group, record)); }

std::string total_text(const Rows& rows, const CellTexts& texts) {
  if (rows.converted == 0) return std::string(word("table.total"_key, texts.language));
  const std::vector<std::string> arguments{std::string(texts.scales.currency), std::to_string(rows.without_rate)};
  return phrase(rows.without_rate == 0 ? "table.total_in"_key : "table.total_without_rate"_key, arguments, texts.language);
}

Rows build_rows(const TableView& view, const RegisterInfo& info, const CellTexts& texts) {
  Rows rows;
  const std::string wanted = lower(plain_text(view.search));
  rows.totals.resize(view.columns.size());
  const auto keeps = [&](const Record& record) {
    if (view.only && !view.only(record)) return false;
    if (view.quick && !view.quick(record)) return false;
    ++rows.all;
    if (!std::ranges::all_of(view.filters, [&](const Filter& filter) { return passes(filter, texts, record); })) return false;
    return wanted.empty() || found_in(wanted, view, info, texts, record);
  };
  const Rates rates = info.currency() ? Rates(texts.project) : std::nullopt;
  if (const auto outline = texts.source.outline(); !outline.empty() && view.follows_outline()) {
    add_outline(rows, view, info, texts, rates, outline, keeps);
    return indexed(std::move(rows));
  }
  std::vector<const Record*> kept;
  for (const Record* record : texts.project.table(info).records())
    if (keeps(*record)) kept.push_back(record);
  rows.records = kept.size();
  std::vector<SortKey> keys = view.sort;
  if (view.group) {
    const SortKey* chosen = view.find_sort(view.group);
    keys.insert(keys.begin(), {view.group, chosen && chosen->descending});
  }
  // A copy that came from a bundle has its records in another order than the one that made them.
  if (!info.prefix.empty()) sort_stably(kept, {}, &Record::number);
  sort_records(kept, keys, texts);
  if (!view.group) rows.groups.push_back({});
  for (const Record* record : kept) {
    if (view.group) {
      const Value value = texts.value(*view.group, *record);
      const std::string key = group_key(*view.group, value);
      if (rows.groups.empty() || rows.groups.back().key != key) {
        rows.groups.push_back({.key = key, .title = texts.shown(*view.group, value), .folded = view.folded.contains(key)});
        rows.groups.back().totals.resize(view.columns.size());
        rows.list.push_back({.group = static_cast<std::uint32_t>(rows.groups.size() - 1)});
      }
      add_totals(rows.groups.back().totals, view, info, texts, rates, *record);
    }
    Group& group = rows.groups.back();
    ++group.count;
    add_totals(rows.totals, view, info, texts, rates, *record);
    count_currency(rows, info, texts, rates, *record);  // of folded groups, too: they are in the sums
    if (!group.folded) rows.list.push_back({.record = record, .group = static_cast<std::uint32_t>(rows.groups.size() - 1)});
  }
  return indexed(std::move(rows));
}

}  // namespace pmo::ui
