#include "app/ui/table/record_table.h"

#include <algorithm>
#include <cmath>

#include "imgui_internal.h"

#include "app/ui/platform.h"
#include "app/ui/text_field.h"
#include "app/ui/widgets/pressable.h"
#include "app/ui/widgets/widgets.h"

namespace pmo::ui {
namespace {

constexpr float row_height = Theme::row, header_height = 36, cell_padding = 10, narrowest_column = 48;

bool is_long(const FieldInfo& field) { return field.options.lines || field.options.markdown; }

bool opens_picker(const FieldInfo& field) {
  return field.kind == Kind::choice || field.kind == Kind::reference || field.kind == Kind::references;
}

bool has_picker(const FieldInfo& field) {
  return opens_picker(field) || field.kind == Kind::day || field.kind == Kind::minute || is_long(field);
}

Key label_of(const Column& column) { return column.field ? column.field->label_key() : "table.number"_key; }

// Dates that are over, of something that is not: shown in red.
bool is_late(const FieldInfo& field, const Value& value, Day today) {
  const bool deadline = field.name == "due" || field.name == "deadline" || field.name == "next_review" || field.name == "review_due";
  const auto* number = std::get_if<std::int64_t>(&value);
  if (!deadline || !number) return false;
  const auto day = field.kind == Kind::minute ? Minute{*number}.day() : Day{static_cast<std::int32_t>(*number)};
  return day < today;
}

bool is_over(const RegisterInfo& info, const Record& record) {
  const FieldInfo* status = info.find("status");
  if (!status || status->kind != Kind::choice) return false;
  const Value value = status->get(record);
  const auto& name = std::get<std::string>(value);
  return name == "done" || name == "closed" || name == "resolved" || name == "cancelled" || name == "obsolete" || name == "superseded";
}

std::string first_line(std::string text) {
  std::ranges::replace(text, '\n', ' ');
  return text;
}

}  // namespace

void draw_value(Context& context, const CellTexts& texts, const FieldInfo& field, const Value& value, ImVec2 from, ImVec2 to) {
  const Theme& t = context.theme;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float width = to.x - from.x, y = middle(from.y, to.y - from.y, size_of(Type::body));
  if (field.kind == Kind::boolean) {
    if (value == Value{true}) draw_text(list, {from.x, y}, Type::body, t.accent, icon::check);
    return;
  }
  const std::string shown = is_long(field) ? first_line(texts.shown(field, value)) : texts.shown(field, value);
  if (shown.empty()) return;
  if (field.kind == Kind::choice) {
    const Tone tone = choice_tone(field, std::get<std::string>(value));
    if (tone != Tone::neutral) return draw_chip(list, {from.x - 4, middle(from.y, to.y - from.y, 22)}, shown, tone, "", width + 4);
  }
  if (field.kind == Kind::permille && field.options.maximum == 1000) {
    const auto* number = std::get_if<std::int64_t>(&value);
    const float share = number ? static_cast<float>(*number) / 1000 : 0;
    draw_progress(list, {from.x, to.y - 7}, {to.x, to.y - 4}, share, Tone::accent);
  }
  if (is_number_kind(field.kind)) {
    const float size = measure(Type::body, shown).x;
    const bool negative = shown.front() == '-';
    draw_text_cut(list, {std::max(from.x, to.x - size), y}, width, Type::body, negative ? t.tone(Tone::bad).ink : t.ink, shown);
    return;
  }
  if (field.kind == Kind::reference && field.target == "person" && width > 60) {
    draw_avatar(list, {from.x - 2, middle(from.y, to.y - from.y, 22)}, shown, 22);
    draw_text_cut(list, {from.x + 27, y}, width - 27, Type::body, t.ink, shown);
    return;
  }
  draw_text_cut(list, {from.x, y}, width, Type::body, is_long(field) ? t.ink_soft : t.ink, shown);
}

RecordTable::RecordTable(const RegisterInfo& info) : view(usual_view(info)), info_(info), column_(info.title()) {}

const Rows& RecordTable::rows(const Context& context) {
  const Built now{&context.project, context.project.revision(), view.version, context.language};
  if (!(built_ == now)) {
    rows_ = build_rows(view, info_, CellTexts(context.project, context.language, context.today));
    built_ = now;
  }
  return rows_;
}

// ---- changing things ----------------------------------------------------------------------------------------------

const Record* RecordTable::add(Context& context, const std::function<void(Transaction&, const Record&)>& prepare) {
  const Record* made = nullptr;
  Transaction transaction(context.project, "transaction.add"_key, {argument_of(info_.one_key())});
  Record& record = transaction.create_record(info_, {});
  for (const FieldInfo& field : info_.fields) {
    if (!field.options.required || field.kind != Kind::text) continue;
    (void)transaction.set(record, info_, field, std::string(context.text(info_.one_key())));
  }
  if (prepare) prepare(transaction, record);
  made = &record;
  if (auto committed = transaction.commit(); !committed) {
    context.messages.error(committed.error());
    return nullptr;
  }
  context.selection.only(info_, made->id);
  const auto row = rows(context).find(made->id);
  if (!row && view.filtered()) view.clear_filters();
  if (const auto now = rows(context).find(made->id)) {
    selecting_.click(context.selection, info_, rows_, *now, false, false);
    reveal_ = *now;
  }
  column_ = info_.title() ? info_.title() : column_;
  if (column_) {
    const CellTexts texts(context.project, context.language, context.today);
    begin_edit(context, texts, *made, *column_);
  }
  context.platform.request_frame();
  return made;
}

void RecordTable::erase_selected(Context& context) {
  const auto records = selected_records(context.selection, info_, rows(context));
  if (records.empty()) return;
  const auto number = std::to_string(records.size());
  if (!context.change("transaction.erase"_key, {number}, [&](Transaction& change) {
        for (const Record* record : records) change.erase(info_, *record);
      }))
    return;
  context.selection.clear();
  context.messages.success(context.text("table.erased"_key, {number}));
}

void RecordTable::duplicate_selected(Context& context) {
  const auto records = selected_records(context.selection, info_, rows(context));
  context.change("transaction.duplicate"_key, {std::to_string(records.size())}, [&](Transaction& change) -> Result<void> {
    for (const Record* record : records) {
      const Record& copy = change.create_record(info_, {});
      for (const FieldInfo& field : info_.fields)
        if (auto set = change.set(copy, info_, field, field.get(*record)); !set) return set;
    }
    return {};
  });
}

void RecordTable::copy_selected(Context& context) {
  const CellTexts texts(context.project, context.language, context.today);
  const auto records = selected_records(context.selection, info_, rows(context));
  if (records.empty()) return;
  TextGrid grid;
  if (records.size() == 1 && column_) grid = {{texts.typed(*column_, column_->get(*records.front()))}};
  else grid = grid_of(view, info_, texts, records, true);
  context.platform.copy({to_tsv(grid), to_html(grid)});
}

void RecordTable::fill_down(Context& context) {
  const auto records = selected_records(context.selection, info_, rows(context));
  if (records.size() < 2 || !column_) return;
  const Value value = column_->get(*records.front());
  context.change("transaction.fill"_key, {std::to_string(records.size() - 1)}, [&](Transaction& change) -> Result<void> {
    for (const Record* record : records)
      if (column_->get(*record) != value)
        if (auto set = change.set(*record, info_, *column_, value); !set) return set;
    return {};
  });
}

std::string RecordTable::csv(const Context& context) {
  const CellTexts texts(context.project, context.language, context.today);
  std::vector<const Record*> records;
  for (const Row& row : rows(context).list)
    if (row.record) records.push_back(row.record);
  return to_csv(grid_of(view, info_, texts, records, true));
}

bool RecordTable::write(Context& context, const Record& record, const FieldInfo& field, const Value& value) {
  std::vector<const Record*> records{&record};
  const bool several = context.selection.info == &info_ && context.selection.records.size() > 1 &&
                       context.selection.contains(record.id) && !field.options.title;
  if (several) records = selected_records(context.selection, info_, rows(context));
  std::erase_if(records, [&](const Record* each) { return field.get(*each) == value; });
  if (records.empty()) return true;
  const bool done = context.change("transaction.edit"_key, {argument_of(field.label_key()), std::to_string(records.size())},
                                   [&](Transaction& change) -> Result<void> {
                                     for (const Record* each : records)
                                       if (auto set = change.set(*each, info_, field, value); !set) return set;
                                     return {};
                                   });
  if (done && records.size() > 1)
    context.messages.success(context.text("table.changed"_key, {std::to_string(records.size())}));
  return done;
}

// ---- geometry -----------------------------------------------------------------------------------------------------

void RecordTable::lay_out(float width) {
  places_.clear();
  float x = 0;
  bool frozen = true;
  std::size_t last = 0;
  for (std::size_t c = 0; c < view.columns.size(); ++c) {
    const Column& column = view.columns[c];
    if (!column.shown) continue;
    places_.push_back({c, x, x + column.width, frozen});
    x += column.width;
    last = c;
    // The number and the title stay in place; without a title the first column does.
    if (frozen && (column.field || !info_.title())) {
      frozen = false;
      frozen_width_ = x;
    }
  }
  // The last column takes what is left, so that rows end where the table ends.
  if (!places_.empty() && x < width && places_.back().column == last) {
    places_.back().right = width;
    if (places_.back().frozen) frozen_width_ = width;
    x = width;
  }
  width_ = x;
}

std::optional<RecordTable::Place> RecordTable::place_of(const FieldInfo* field) const {
  for (const Place& place : places_)
    if (view.columns[place.column].field == field) return place;
  return std::nullopt;
}

const Column* RecordTable::current_column() const {
  const auto place = place_of(column_);
  return place && column_ ? &view.columns[place->column] : nullptr;
}

void RecordTable::move_column(int by) {
  if (places_.empty()) return;
  std::ptrdiff_t at = -1;
  for (std::size_t i = 0; i < places_.size(); ++i)
    if (view.columns[places_[i].column].field == column_) at = static_cast<std::ptrdiff_t>(i);
  at = std::clamp<std::ptrdiff_t>(at + by, 0, static_cast<std::ptrdiff_t>(places_.size()) - 1);
  // The number cannot be edited: the cell beside it is the first one.
  if (at == 0 && places_.size() > 1 && !view.columns[places_.front().column].field) at = 1;
  if (const FieldInfo* field = view.columns[places_[static_cast<std::size_t>(at)].column].field) column_ = field;
}

void RecordTable::reveal(std::size_t row) {
  const float top = static_cast<float>(row) * row_height, height = body_to_.y - body_from_.y;
  if (height <= row_height) return;
  if (top < ImGui::GetScrollY()) ImGui::SetScrollY(top);
  else if (top + row_height > ImGui::GetScrollY() + height) ImGui::SetScrollY(top + row_height - height);
  if (const auto place = place_of(column_); place && !place->frozen) {
    const float room = body_to_.x - body_from_.x;
    if (place->left - frozen_width_ < scroll_x_) ImGui::SetScrollX(place->left - frozen_width_);
    else if (place->right > scroll_x_ + room) ImGui::SetScrollX(place->right - room);
  }
}

// ---- header -------------------------------------------------------------------------------------------------------

void RecordTable::draw_header(Context& context, float width) {
  const Theme& t = context.theme;
  ImGui::BeginChild("head", {width, header_height}, 0, ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse);
  const ImVec2 origin = ImGui::GetCursorScreenPos();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(origin, {origin.x + width, origin.y + header_height}, t.sunken);
  for (const bool frozen : {false, true}) {
    const float from = frozen ? origin.x : origin.x + frozen_width_;
    ImGui::PushClipRect({from, origin.y}, {frozen ? origin.x + frozen_width_ : origin.x + width, origin.y + header_height}, true);
    for (const Place& place : places_) {
      if (place.frozen != frozen) continue;
      const float shift = frozen ? 0 : scroll_x_;
      draw_header_cell(context, place, {origin.x + place.left - shift, origin.y},
                       {origin.x + place.right - shift, origin.y + header_height});
    }
    ImGui::PopClipRect();
  }
  list.AddLine({origin.x, origin.y + header_height - 0.5f}, {origin.x + width, origin.y + header_height - 0.5f}, t.line);
  ImGui::EndChild();
}

void RecordTable::draw_header_cell(Context& context, const Place& place, ImVec2 from, ImVec2 to) {
  const Theme& t = context.theme;
  Column& column = view.columns[place.column];
  const std::string name = column.field ? std::string(column.field->name) : "number";
  const std::string label(context.text(label_of(column)));
  ImGui::SetCursorScreenPos(from);
  const Press press = pressable(label + "###column." + name, {std::max(8.0f, to.x - from.x - 8), header_height}, true,
                                Role::column_header, {}, {}, 0);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  if (const ImU32 ground = veil(press)) list.AddRectFilled(from, to, ground);
  const float y = middle(from.y, header_height, size_of(Type::caption));
  const bool right = column.field && is_number_kind(column.field->kind);
  const SortKey* sorted = view.find_sort(column.field);
  const Filter* filter = column.field ? view.find_filter(*column.field) : nullptr;
  std::string marks;
  if (sorted) marks += sorted->descending ? icon::arrow_down : icon::arrow_up;
  if (filter && filter->active()) marks += icon::filter;
  if (column.field && view.group == column.field) marks += icon::group;
  const float marks_width = marks.empty() ? 0 : measure(Type::caption, marks).x + 6;
  const float room = to.x - from.x - 2 * cell_padding - marks_width;
  const float size = std::min(room, measure(Type::caption, label).x);
  const float x = right ? to.x - cell_padding - marks_width - size : from.x + cell_padding;
  draw_text_cut(list, {x, y}, room, Type::caption, t.ink_soft, label);
  if (!marks.empty()) draw_text(list, {x + size + 6, y}, Type::caption, t.accent, marks);
  if (ImGui::IsItemActive() && std::abs(ImGui::GetMouseDragDelta(0, 6).x) > 6 && !place.frozen) {
    // Dragged over a neighbour's middle: they change places.
    const float pointer = ImGui::GetMousePos().x;
    for (const Place& other : places_) {
      if (other.frozen || other.column == place.column) continue;
      const float left = from.x - place.left + other.left, width = other.right - other.left;
      const bool passed = other.column > place.column ? pointer > left + width / 2 && pointer < left + width
                                                      : pointer < left + width / 2 && pointer > left;
      if (!passed) continue;
      std::swap(view.columns[place.column], view.columns[other.column]);
      view.changed();
      break;
    }
  } else if (press.clicked && !ImGui::IsMouseDragPastThreshold(0, 6)) {
    view.toggle_sort(column.field, ImGui::GetIO().KeyShift);
  }
  const std::string menu = "menu." + name;
  if (press.hovered && ImGui::IsMouseReleased(ImGuiMouseButton_Right)) ImGui::OpenPopup(menu.c_str());
  if (press.hovered) tooltip(label);
  if (begin_menu(menu.c_str(), false)) {
    draw_header_menu(context, column);
    end_menu();
  }
  const std::string filtering = "filter." + name;
  if (header_menu_ && header_menu_ == column.field) {
    ImGui::OpenPopup(filtering.c_str());
    header_menu_ = nullptr;
  }
  if (column.field) draw_filter(context, filtering.c_str(), *column.field);
  draw_resize_handle(place, to.x, from.y, header_height);
}

void RecordTable::draw_resize_handle(const Place& place, float right, float top, float height) {
  Column& column = view.columns[place.column];
  ImGui::SetCursorScreenPos({right - 8, top});
  ImGui::PushID(static_cast<int>(place.column));
  ImGui::InvisibleButton("###resize", {8, height});
  ImGui::PopID();
  const bool active = ImGui::IsItemActive();
  if (active || ImGui::IsItemHovered()) ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
  const Theme& t = current_theme();
  ImGui::GetWindowDrawList()->AddLine({right - 0.5f, top + 9}, {right - 0.5f, top + height - 9},
                                      active ? t.accent : ImGui::IsItemHovered() ? t.line_strong : t.line);
  if (active) column.width = std::max(narrowest_column, column.width + ImGui::GetIO().MouseDelta.x);
}

void RecordTable::draw_header_menu(Context& context, const Column& column) {
  const FieldInfo* field = column.field;
  const auto sort = [&](bool descending) {
    view.sort = {{field, descending}};
    view.changed();
  };
  if (menu_item(labelled(context.text("table.sort_up"_key), "sort_up"), {.icon = icon::sort_up})) sort(false);
  if (menu_item(labelled(context.text("table.sort_down"_key), "sort_down"), {.icon = icon::sort_down})) sort(true);
  if (!field) return;
  menu_line();
  if (menu_item(labelled(context.text("table.filter"_key), "filter"), {.icon = icon::filter})) header_menu_ = field;
  const bool grouped = view.group == field;
  if (menu_item(labelled(context.text("table.group_by"_key), "group"), {.icon = icon::group, .checked = grouped})) {
    view.group = grouped ? nullptr : field;
    view.changed();
  }
  if (!field->options.title && menu_item(labelled(context.text("table.hide"_key), "hide"), {.icon = icon::eye_off})) {
    view.find_column(field)->shown = false;
    view.changed();
  }
}

// ---- filters and columns ------------------------------------------------------------------------------------------

void RecordTable::draw_filter(Context& context, const char* id, const FieldInfo& field) {
  if (!begin_popover(id, 280)) return;
  Filter& filter = view.filter_of(field);
  bool changed = false;
  text(Type::strong, context.text(field.label_key()));
  const auto tick = [&](const std::string& label, const std::string& name) {
    bool on = filter.choices.contains(name);
    if (!checkbox(label, on)) return;
    changed = true;
    if (on) filter.choices.insert(name);
    else filter.choices.erase(name);
  };
  const CellTexts texts(context.project, context.language, context.today);
  if (field.kind == Kind::choice) {
    for (const auto choice : field.choices) tick(labelled(context.text(field.choice_key(choice)), choice), std::string(choice));
  } else if (field.kind == Kind::boolean) {
    tick(labelled(context.text("value.yes"_key), "true"), "true");
    tick(labelled(context.text("value.no"_key), "false"), "false");
  } else if (field.kind == Kind::reference || field.kind == Kind::references) {
    ImGui::BeginChild("targets", {0, 240});
    for (const RecordPointer& target : find_targets(context.project, field, {}, 200)) {
      const auto name = target.record->id.text();
      tick(labelled(record_title(context.project, *target.info, *target.record), name), name);
    }
    ImGui::EndChild();
  } else if (field.kind == Kind::text || field.kind == Kind::structured) {
    changed |= search_box("text", filter.text, context.text("table.contains"_key), {.width = 248, .clear_name = context.text("field.clear"_key)});
  } else {
    // A range: the same text forms as in the cells.
    FieldInfo bound = field;
    if (field.kind == Kind::minute) bound.kind = Kind::day;
    bound.optional = true;
    bound.options = {};
    const auto limit = [&](const char* name, Key label, std::optional<std::int64_t>& value) {
      std::string shown = value ? texts.typed(bound, Value{*value}) : std::string();
      text(Type::caption, context.text(label), context.theme.ink_soft);
      if (!input_text(name, shown, {.width = 248, .label = context.text(label)}).committed) return;
      const auto parsed = texts.read(bound, shown);
      const auto* number = parsed ? std::get_if<std::int64_t>(&*parsed) : nullptr;
      value = number && !plain_text(shown).empty() ? std::optional(*number) : std::nullopt;
      changed = true;
    };
    limit("###from", "table.from"_key, filter.from);
    limit("###to", "table.to"_key, filter.to);
  }
  gap(0.5f);
  changed |= checkbox(labelled(context.text("table.only_empty"_key), "only_empty"), filter.only_empty);
  if (filter.active()) {
    if (button(labelled(context.text("table.clear_filter"_key), "clear"), {.icon = icon::filter_off, .emphasis = Emphasis::quiet, .small = true})) {
      filter = {.field = &field};
      changed = true;
    }
  }
  if (changed) view.changed();
  end_popover();
}

void RecordTable::draw_filter_chips(Context& context) {
  if (!view.filtered()) return;
  const CellTexts texts(context.project, context.language, context.today);
  for (const Filter& filter : view.filters) {
    if (!filter.active()) continue;
    std::string what;
    for (const auto& choice : filter.choices) {
      if (!what.empty()) what += context.language == Language::chinese ? "、" : ", ";
      if (filter.field->kind == Kind::choice) what += context.text(filter.field->choice_key(choice));
      else if (filter.field->kind == Kind::boolean) what += context.text(choice == "true" ? "value.yes"_key : "value.no"_key);
      else if (const auto id = Id::parse(choice)) what += texts.title_of(*id);
    }
    if (!filter.text.empty()) what = filter.text;
    if (filter.only_empty) what = context.text("table.empty_value"_key);
    FieldInfo bound = *filter.field;
    if (bound.kind == Kind::minute) bound.kind = Kind::day;
    if (filter.from || filter.to)
      what = (filter.from ? texts.shown(bound, Value{*filter.from}) : std::string()) + " – " +
             (filter.to ? texts.shown(bound, Value{*filter.to}) : std::string());
    const std::string label = context.text("table.filtered_by"_key, {std::string(context.text(filter.field->label_key())), what});
    if (filter_chip(labelled(label, "chip." + std::string(filter.field->name)), true, icon::x)) {
      view.filter_of(*filter.field) = {.field = filter.field};
      view.changed();
      return;
    }
    ImGui::SameLine(0, 6);
  }
  if (text_link(labelled(context.text("table.clear_filters"_key), "clear_filters"))) view.clear_filters();
}

void RecordTable::draw_column_chooser(Context& context, const char* id) {
  if (!begin_popover(id, 280)) return;
  text(Type::strong, context.text("table.columns"_key));
  ImGui::BeginChild("columns", {0, std::min(420.0f, 30.0f * static_cast<float>(view.columns.size()))});
  for (Column& column : view.columns) {
    if (!column.field || column.field->options.title) continue;
    if (checkbox(labelled(context.text(column.field->label_key()), column.field->name), column.shown)) view.changed();
  }
  ImGui::EndChild();
  if (button(labelled(context.text("table.usual"_key), "usual"), {.icon = icon::reset, .emphasis = Emphasis::quiet, .small = true})) {
    auto usual = usual_view(info_);
    view.columns = std::move(usual.columns);
    view.changed();
  }
  end_popover();
}

// ---- body ---------------------------------------------------------------------------------------------------------

void RecordTable::draw(Context& context, float height) {
  const Theme& t = context.theme;
  const CellTexts texts(context.project, context.language, context.today);
  rows(context);
  ImGui::PushID(info_.name.c_str());
  const ImVec2 room = ImGui::GetContentRegionAvail();
  if (height <= 0) height = std::max(room.y, 3 * row_height);
  ImGui::PushStyleColor(ImGuiCol_ChildBg, t.surface);
  ImGui::PushStyleVar(ImGuiStyleVar_ChildRounding, 8.0f);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(1, 1));
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, 0));
  ImGui::BeginChild("table", {0, height}, ImGuiChildFlags_Borders, ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse);
  ImGui::PopStyleVar(2);
  ImGui::PushStyleVar(ImGuiStyleVar_ChildRounding, 0.0f);
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, 0));
  const float width = ImGui::GetContentRegionAvail().x;
  lay_out(width - ImGui::GetStyle().ScrollbarSize);
  draw_header(context, width);
  const bool totals = std::ranges::any_of(places_, [&](const Place& place) { return is_summed(view.columns[place.column]); }) && rows_.records > 0;
  draw_body(context, texts, ImGui::GetContentRegionAvail().y - (totals ? header_height : 0));
  if (totals) draw_totals(context, texts, width);
  ImGui::PopStyleVar(2);
  ImGui::EndChild();
  ImGui::PopStyleVar();
  ImGui::PopStyleColor();
  draw_paste_preview(context, texts);
  ImGui::PopID();
}

void RecordTable::draw_body(Context& context, const CellTexts& texts, float height) {
  if (focus_) ImGui::SetNextWindowFocus();
  focus_ = false;
  ImGui::SetNextWindowContentSize({width_, static_cast<float>(rows_.list.size()) * row_height});
  ImGui::BeginChild("body", {0, height}, 0, ImGuiWindowFlags_HorizontalScrollbar | ImGuiWindowFlags_NoNav);
  body_from_ = ImGui::GetWindowPos();
  const ImVec2 size = ImGui::GetWindowSize();
  body_to_ = {body_from_.x + size.x - (ImGui::GetScrollMaxY() > 0 ? ImGui::GetStyle().ScrollbarSize : 0),
              body_from_.y + size.y - (ImGui::GetScrollMaxX() > 0 ? ImGui::GetStyle().ScrollbarSize : 0)};
  scroll_x_ = ImGui::GetScrollX();
  if (rows_.list.empty()) draw_nothing_found(context);
  take_keys(context, texts);
  take_paste(context, texts);
  const auto first = static_cast<std::size_t>(std::max(0.0f, ImGui::GetScrollY() / row_height));
  const auto count = static_cast<std::size_t>(size.y / row_height) + 2;
  for (std::size_t row = first; row < std::min(rows_.list.size(), first + count); ++row) {
    if (rows_.list[row].record) draw_row(context, texts, row);
    else draw_group(context, texts, row);
  }
  draw_current_cell(context, texts);
  if (frozen_width_ < width_)
    ImGui::GetWindowDrawList()->AddLine({body_from_.x + frozen_width_ - 0.5f, body_from_.y},
                                        {body_from_.x + frozen_width_ - 0.5f, body_to_.y},
                                        scroll_x_ > 0 ? context.theme.line_strong : context.theme.line);
  if (reveal_) reveal(std::min(*reveal_, rows_.list.size()));
  reveal_.reset();
  draw_row_menu(context);
  ImGui::EndChild();
}

void RecordTable::draw_nothing_found(Context& context) {
  const std::string_view shown = context.text("table.nothing_found"_key);
  const ImVec2 size = measure(Type::body, shown);
  draw_text(*ImGui::GetWindowDrawList(), {body_from_.x + ((body_to_.x - body_from_.x) - size.x) / 2, body_from_.y + 48},
            Type::body, context.theme.ink_soft, shown);
}

void RecordTable::draw_row(Context& context, const CellTexts& texts, std::size_t index) {
  const Theme& t = context.theme;
  const Row& row = rows_.list[index];
  const Record& record = *row.record;
  const float y = body_from_.y - ImGui::GetScrollY() + static_cast<float>(index) * row_height;
  ImGui::SetCursorScreenPos({body_from_.x, y});
  const std::string id = "###row." + record.id.text();
  ImGui::SetNextItemAllowOverlap();
  ImGui::InvisibleButton(id.c_str(), {std::max(1.0f, body_to_.x - body_from_.x), row_height},
                         ImGuiButtonFlags_MouseButtonLeft | ImGuiButtonFlags_MouseButtonRight | ImGuiButtonFlags_PressedOnClick);
  const bool selected = context.selection.info == &info_ && context.selection.contains(record.id);
  annotate(Role::row, record_title(context.project, info_, record), {},
           {.selected = selected ? Flag::yes : Flag::no, .position = static_cast<int>(index) + 1, .count = static_cast<int>(rows_.list.size())});
  const bool hovered = ImGui::IsItemHovered();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const bool focused = ImGui::IsWindowFocused(ImGuiFocusedFlags_ChildWindows);
  if (selected) list.AddRectFilled({body_from_.x, y}, {body_to_.x, y + row_height}, focused ? t.selected : t.selected_quiet);
  else if (hovered) list.AddRectFilled({body_from_.x, y}, {body_to_.x, y + row_height}, t.hover);
  list.AddLine({body_from_.x, y + row_height - 0.5f}, {body_to_.x, y + row_height - 0.5f}, with_alpha(t.line, 0.6f));
  if (hovered && (ImGui::IsMouseClicked(0) || (ImGui::IsMouseClicked(1) && !selected))) {
    const float x = ImGui::GetMousePos().x - body_from_.x;
    for (const Place& place : places_) {
      const float shift = place.frozen ? 0 : scroll_x_;
      const bool visible_part = place.frozen || x >= frozen_width_;
      if (visible_part && x >= place.left - shift && x < place.right - shift && view.columns[place.column].field)
        column_ = view.columns[place.column].field;
    }
    selecting_.click(context.selection, info_, rows_, index, ImGui::GetIO().KeyShift, ImGui::GetIO().KeyCtrl);
  }
  if (hovered && ImGui::IsMouseClicked(1)) ImGui::OpenPopup("row.menu");
  if (hovered && ImGui::IsMouseDoubleClicked(0) && column_) begin_edit(context, texts, record, *column_);
  for (const bool frozen : {false, true}) draw_cells(context, texts, row, {body_from_.x, y}, frozen);
}

void RecordTable::draw_cells(Context& context, const CellTexts& texts, const Row& row, ImVec2 origin, bool frozen) {
  const float left = frozen ? body_from_.x : body_from_.x + frozen_width_;
  const float right = frozen ? body_from_.x + frozen_width_ : body_to_.x;
  ImGui::PushClipRect({left, body_from_.y}, {right, body_to_.y}, true);
  for (const Place& place : places_) {
    if (place.frozen != frozen) continue;
    const float shift = frozen ? 0 : scroll_x_;
    const ImVec2 from(origin.x + place.left - shift, origin.y), to(origin.x + place.right - shift, origin.y + row_height);
    if (to.x <= left || from.x >= right) continue;
    draw_cell(context, texts, *row.record, view.columns[place.column], from, to);
  }
  ImGui::PopClipRect();
}

void RecordTable::draw_cell(Context& context, const CellTexts& texts, const Record& record, const Column& column, ImVec2 from, ImVec2 to) {
  const Theme& t = context.theme;
  const ImVec2 inner_from(from.x + cell_padding, from.y), inner_to(to.x - cell_padding, to.y);
  if (!column.field) {
    draw_text_cut(*ImGui::GetWindowDrawList(), {inner_from.x, middle(from.y, row_height, size_of(Type::caption))},
                  inner_to.x - inner_from.x, Type::caption, t.ink_faint, record_number(context.project, info_, record));
    return;
  }
  const FieldInfo& field = *column.field;
  const Value value = field.get(record);
  const std::string key = record.id.text() + "." + std::string(field.name);
  annotate_area(key.c_str(), {from.x, from.y, to.x, to.y}, Role::cell, context.text(field.label_key()), texts.shown(field, value));
  if (is_late(field, value, context.today) && !is_over(info_, record)) {
    draw_text_cut(*ImGui::GetWindowDrawList(), {inner_from.x, middle(from.y, row_height, size_of(Type::body))},
                  inner_to.x - inner_from.x, Type::body, t.tone(Tone::bad).ink, texts.shown(field, value));
    return;
  }
  draw_value(context, texts, field, value, inner_from, inner_to);
}

void RecordTable::draw_group(Context& context, const CellTexts& texts, std::size_t index) {
  const Theme& t = context.theme;
  Group& group = rows_.groups[rows_.list[index].group];
  const float y = body_from_.y - ImGui::GetScrollY() + static_cast<float>(index) * row_height;
  ImGui::SetCursorScreenPos({body_from_.x, y});
  const std::string title = group.title.empty() ? std::string(context.text("table.empty_value"_key)) : group.title;
  const Press press = pressable(title + "###group." + group.key, {body_to_.x - body_from_.x, row_height}, true, Role::button,
                                {.expanded = group.folded ? Flag::no : Flag::yes}, {}, 0);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(press.from, press.to, over(veil(press), t.sunken));
  const float text_y = middle(y, row_height, size_of(Type::strong));
  draw_text(list, {body_from_.x + 8, text_y}, Type::body, t.ink_soft, group.folded ? icon::chevron_right : icon::chevron_down);
  draw_text(list, {body_from_.x + 32, text_y}, Type::strong, t.ink, title);
  const float after = body_from_.x + 32 + measure(Type::strong, title).x + 10;
  draw_text(list, {after, text_y + 1}, Type::caption, t.ink_faint, format_integer(static_cast<std::int64_t>(group.count)));
  ImGui::PushClipRect({std::max(body_from_.x + frozen_width_, after + 40), body_from_.y}, body_to_, true);
  for (const Place& place : places_) {
    const Column& column = view.columns[place.column];
    if (!is_summed(column)) continue;
    draw_value(context, texts, *column.field, Value{group.totals[place.column]},
               {body_from_.x + place.left - scroll_x_ + cell_padding, y}, {body_from_.x + place.right - scroll_x_ - cell_padding, y + row_height});
  }
  ImGui::PopClipRect();
  if (!press.clicked) return;
  if (!view.folded.erase(group.key)) view.folded.insert(group.key);
  view.changed();
}

void RecordTable::draw_totals(Context& context, const CellTexts& texts, float width) {
  const Theme& t = context.theme;
  const ImVec2 origin = ImGui::GetCursorScreenPos();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(origin, {origin.x + width, origin.y + header_height}, t.sunken);
  list.AddLine(origin, {origin.x + width, origin.y}, t.line);
  draw_text(list, {origin.x + cell_padding, middle(origin.y, header_height, size_of(Type::strong))}, Type::strong, t.ink_soft,
            context.text("table.total"_key));
  ImGui::PushClipRect({origin.x + frozen_width_, origin.y}, {body_to_.x, origin.y + header_height}, true);
  for (const Place& place : places_) {
    const Column& column = view.columns[place.column];
    if (!is_summed(column)) continue;
    const Value total{rows_.totals[place.column]};
    const ImVec2 from(origin.x + place.left - scroll_x_ + cell_padding, origin.y);
    const ImVec2 to(origin.x + place.right - scroll_x_ - cell_padding, origin.y + header_height);
    TextStyle style(Type::strong);
    draw_value(context, texts, *column.field, total, from, to);
    const std::string key = "total." + std::string(column.field->name);
    annotate_area(key.c_str(), {from.x, from.y, to.x, to.y}, Role::cell, context.text("table.total"_key), texts.shown(*column.field, total));
  }
  ImGui::PopClipRect();
  ImGui::Dummy({width, header_height});
}

// ---- the current cell ---------------------------------------------------------------------------------------------

void RecordTable::draw_current_cell(Context& context, const CellTexts& texts) {
  const Theme& t = context.theme;
  if (context.selection.info != &info_) return;
  const auto row = rows_.find(context.selection.current);
  const Column* column = current_column();
  const auto place = place_of(column_);
  if (!row || !column || !place) {
    if (editing_.field) editing_ = {};
    return;
  }
  const Record& record = *rows_.list[*row].record;
  const float shift = place->frozen ? 0 : scroll_x_;
  const float y = body_from_.y - ImGui::GetScrollY() + static_cast<float>(*row) * row_height;
  const ImVec2 from(body_from_.x + place->left - shift, y), to(body_from_.x + place->right - shift, y + row_height);
  const bool on_screen = to.y > body_from_.y && from.y < body_to_.y;
  const float clip_left = place->frozen ? body_from_.x : body_from_.x + frozen_width_;
  ImGui::PushClipRect({clip_left, body_from_.y}, body_to_, true);
  const bool editing = editing_.field == column_ && editing_.record == record.id;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const bool focused = ImGui::IsWindowFocused(ImGuiFocusedFlags_ChildWindows);
  if (editing) {
    draw_editor(context, texts, record, from, to);
  } else if (on_screen) {
    const InputOptions options{.width = to.x - from.x, .label = context.text(column_->label_key()), .frameless = true, .keeps_tab = true};
    if (focused && !has_picker(*column_) && column_->kind != Kind::boolean) {
      std::string typed;
      const std::string id = "###edit";
      ImGui::SetCursorScreenPos({from.x + cell_padding, from.y + 7});
      if (input_begins(id.c_str(), {from.x + cell_padding, middle(from.y, row_height, ImGui::GetTextLineHeight())},
                       {to.x - from.x - 2 * cell_padding, ImGui::GetTextLineHeight()}, typed, options))
        editing_ = {record.id, column_, typed, false, TextSelection::kept, {}};
    }
    if (focused) list.AddRect({from.x + 0.5f, from.y}, {to.x - 0.5f, to.y - 1}, t.accent, 3, 0, 1.5f);
    draw_pickers(context, record, from, to);
  }
  ImGui::PopClipRect();
}

void RecordTable::draw_editor(Context& context, const CellTexts& texts, const Record& record, ImVec2 from, ImVec2 to) {
  const Theme& t = context.theme;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const bool wrong = editing_.error.has_value();
  list.AddRectFilled(from, {to.x, to.y - 1}, t.surface);
  list.AddRect({from.x + 0.5f, from.y}, {to.x - 0.5f, to.y - 1}, wrong ? t.tone(Tone::bad).fill : t.accent, 3, 0, 2);
  ImGui::SetCursorScreenPos({from.x + cell_padding, middle(from.y, row_height, ImGui::GetTextLineHeight())});
  const InputEvents events = input_text(
      "###edit", editing_.text, {.width = to.x - from.x - 2 * cell_padding, .label = context.text(column_->label_key()),
                                 .align = is_number_kind(column_->kind) ? TextAlign::right : TextAlign::left,
                                 .frameless = true, .invalid = wrong, .keeps_tab = true, .start = editing_.start,
                                 .start_selection = editing_.selection});
  editing_.start = false;
  if (wrong) {
    const std::string message = phrase(editing_.error->message, editing_.error->arguments, context.language);
    const ImVec2 size = measure(Type::caption, message);
    ImDrawList& front = *ImGui::GetForegroundDrawList();
    const ImVec2 at(from.x, to.y + 4);
    front.AddRectFilled(at, {at.x + size.x + 20, at.y + 28}, t.tone(Tone::bad).fill, 6);
    draw_text(front, {at.x + 10, at.y + 7}, Type::caption, t.on_fill, message);
  }
  if (events.changed) editing_.error.reset();
  if (events.cancelled) {
    editing_ = {};
    focus_ = true;
  } else if (events.committed) {
    const int across = events.end == TextEntryEnd::tab ? 1 : events.end == TextEntryEnd::back_tab ? -1 : 0;
    finish_edit(context, texts, record, events.end == TextEntryEnd::enter, across);
    if (events.end != TextEntryEnd::left) focus_ = true;
  }
}

void RecordTable::finish_edit(Context& context, const CellTexts& texts, const Record& record, bool down, int across) {
  const FieldInfo& field = *editing_.field;
  auto value = texts.read(field, editing_.text);
  if (!value) {
    editing_.error = value.error();
    editing_.start = down || across != 0;
    if (!editing_.start) {  // left by a click elsewhere: the old value stays, and the user is told why
      context.messages.error(*editing_.error);
      editing_ = {};
    }
    return;
  }
  editing_ = {};
  write(context, record, field, *value);
  rows(context);
  if (down) reveal_ = selecting_.move(context.selection, info_, rows_, 1, false);
  if (across) move_column(across), reveal_ = rows_.find(context.selection.current);
  context.platform.request_frame();
}

void RecordTable::begin_edit(Context& context, const CellTexts& texts, const Record& record, const FieldInfo& field) {
  column_ = &field;
  if (field.kind == Kind::boolean) {
    write(context, record, field, Value{field.get(record) != Value{true}});
  } else if (opens_picker(field) || is_long(field)) {
    open_picker_ = true;
  } else {
    editing_ = {record.id, &field, texts.typed(field, field.get(record)), true, TextSelection::end, {}};
  }
  context.platform.request_frame();
}

void RecordTable::draw_pickers(Context& context, const Record& record, ImVec2 from, ImVec2 to) {
  if (!has_picker(*column_)) return;
  const Theme& t = context.theme;
  const FieldInfo& field = *column_;
  ImGui::SetCursorScreenPos({to.x - 28, from.y + 2});
  ImGui::SetNextItemAllowOverlap();
  const bool date = field.kind == Kind::day || field.kind == Kind::minute;
  const Press press = pressable("###pick", {26, row_height - 4}, true, Role::button, {}, context.text("table.choose"_key), 4);
  if (press.hovered || ImGui::IsWindowHovered()) {
    ImDrawList& list = *ImGui::GetWindowDrawList();
    list.AddRectFilled({to.x - 28, from.y + 2}, {to.x - 2, to.y - 3}, t.surface, 4);
    draw_text(list, {to.x - 23, middle(from.y, row_height, size_of(Type::body))}, Type::body, t.ink_soft,
              date ? icon::calendar : is_long(field) ? icon::edit : icon::chevron_down);
  }
  ImGui::SetCursorScreenPos(from);
  ImGui::Dummy({to.x - from.x, row_height});  // what the picker hangs on
  if (press.clicked || open_picker_) {
    ImGui::OpenPopup("pick");
    const Value now = field.get(record);
    if (const auto* written = std::get_if<std::string>(&now)) long_text_ = *written;
  }
  open_picker_ = false;
  if (!ImGui::IsPopupOpen("pick")) return;
  const Value current = field.get(record);
  std::optional<Value> chosen;
  if (field.kind == Kind::choice) {
    chosen = choice_picker(context, "pick", field, current);
  } else if (date) {
    chosen = days_.draw(context, "pick", field, current);
  } else if (!is_long(field)) {
    chosen = references_.draw(context, "pick", field, current);
  } else if (begin_popover("pick", 420)) {
    const bool appearing = ImGui::IsWindowAppearing();
    text(Type::strong, context.text(field.label_key()));
    const auto events = input_text("###long", long_text_, {.width = 388, .lines = 8, .label = context.text(field.label_key()),
                                                           .spell_check = true, .start = appearing});
    if (events.committed && Value{long_text_} != current) chosen = Value{long_text_};
    if (events.end == TextEntryEnd::enter || events.end == TextEntryEnd::escape) ImGui::CloseCurrentPopup();
    end_popover();
  }
  if (chosen) {
    write(context, record, field, *chosen);
    if (field.kind != Kind::references) focus_ = true;
  }
}

// ---- keys, clipboard, menu ----------------------------------------------------------------------------------------

void RecordTable::take_keys(Context& context, const CellTexts& texts) {
  const bool popup = ImGui::IsPopupOpen("", ImGuiPopupFlags_AnyPopupId | ImGuiPopupFlags_AnyPopupLevel);
  if (!ImGui::IsWindowFocused() || editing_.field || popup || context.platform.edited.id) return;
  const auto pressed = [](ImGuiKey key) { return ImGui::IsKeyPressed(key, true); };
  const ImGuiIO& io = ImGui::GetIO();
  const int page = std::max(1, static_cast<int>((body_to_.y - body_from_.y) / row_height) - 1);
  const int all = static_cast<int>(rows_.list.size());
  int by = 0;
  if (!io.KeyAlt) {
    if (pressed(ImGuiKey_DownArrow)) by = io.KeyCtrl ? all : 1;
    if (pressed(ImGuiKey_UpArrow)) by = io.KeyCtrl ? -all : -1;
    if (pressed(ImGuiKey_PageDown)) by = page;
    if (pressed(ImGuiKey_PageUp)) by = -page;
    if (pressed(ImGuiKey_Home) && io.KeyCtrl) by = -all;
    if (pressed(ImGuiKey_End) && io.KeyCtrl) by = all;
    if (by != 0) reveal_ = selecting_.move(context.selection, info_, rows_, by, io.KeyShift);
    const int columns = static_cast<int>(places_.size());
    int across = 0;
    if (pressed(ImGuiKey_LeftArrow)) across = -1;
    if (pressed(ImGuiKey_RightArrow)) across = 1;
    if (pressed(ImGuiKey_Tab)) across = io.KeyShift ? -1 : 1;
    if (pressed(ImGuiKey_Home) && !io.KeyCtrl) across = -columns;
    if (pressed(ImGuiKey_End) && !io.KeyCtrl) across = columns;
    if (across != 0) {
      move_column(across);
      reveal_ = rows_.find(context.selection.current);
    }
  }
  if (ImGui::Shortcut(ImGuiMod_Ctrl | ImGuiKey_A)) selecting_.all(context.selection, info_, rows_);
  if (ImGui::Shortcut(ImGuiMod_Ctrl | ImGuiKey_C)) copy_selected(context);
  if (ImGui::Shortcut(ImGuiMod_Ctrl | ImGuiKey_D)) fill_down(context);
  const auto row = context.selection.info == &info_ ? rows_.find(context.selection.current) : std::nullopt;
  if (!row || !column_ || !place_of(column_)) return;
  const Record& record = *rows_.list[*row].record;
  if (pressed(ImGuiKey_F2) || pressed(ImGuiKey_Enter) || pressed(ImGuiKey_KeypadEnter)) begin_edit(context, texts, record, *column_);
  if (column_->kind == Kind::boolean && pressed(ImGuiKey_Space)) begin_edit(context, texts, record, *column_);
  if (io.KeyAlt && pressed(ImGuiKey_DownArrow)) open_picker_ = true;
  if (pressed(ImGuiKey_Delete) && !io.KeyCtrl && !column_->options.required)
    if (const auto empty = texts.read(*column_, {})) write(context, record, *column_, *empty);
}

void RecordTable::take_paste(Context& context, const CellTexts& texts) {
  const Clip* clip = context.platform.pasted();
  if (!clip || editing_.field || !ImGui::IsWindowFocused(ImGuiFocusedFlags_ChildWindows)) return;
  const TextGrid grid = parse_grid(clip->text);
  if (grid.empty()) return;
  std::vector<const Record*> targets;
  const auto selected = selected_records(context.selection, info_, rows_);
  if (selected.size() > 1) {
    targets = selected;
  } else if (context.selection.info == &info_) {
    const auto current = rows_.find(context.selection.current);
    for (std::size_t row = current.value_or(rows_.list.size()); row < rows_.list.size(); ++row)
      if (rows_.list[row].record) targets.push_back(rows_.list[row].record);
  }
  auto plan = plan_paste(view, info_, texts, targets, column_, grid);
  // One cell without trouble needs no preview.
  if (plan.errors == 0 && plan.created == 0 && plan.changes <= 1) {
    context.change("transaction.paste"_key, {std::to_string(plan.changes)}, [&](Transaction& change) { return apply_paste(change, info_, plan); });
    return;
  }
  paste_ = std::move(plan);
  paste_shown_ = true;
}

void RecordTable::draw_paste_preview(Context& context, const CellTexts&) {
  if (!paste_) return;
  const Theme& t = context.theme;
  const PastePlan& plan = *paste_;
  bool done = false;
  if (Dialog dialog("table.paste", context.text("paste.title"_key), paste_shown_,
                    {.icon = icon::paste, .width = 880, .close_name = context.text("shell.close"_key)}); dialog) {
    const auto number = [](std::size_t count) { return format_integer(static_cast<std::int64_t>(count)); };
    paragraph(Type::body, context.text("paste.about"_key, {number(plan.changes), number(plan.created)}), t.ink_soft);
    if (plan.errors > 0) {
      gap(0.5f);
      chip(context.text("paste.errors"_key, {number(plan.errors)}), Tone::bad, icon::warning);
    }
    gap(1);
    std::vector<const FieldInfo*> fields;
    for (const auto* field : plan.fields)
      if (field) fields.push_back(field);
    ImGui::BeginChild("preview", {0, 360}, ImGuiChildFlags_Borders, ImGuiWindowFlags_HorizontalScrollbar);
    constexpr float column_width = 168;
    ImDrawList& list = *ImGui::GetWindowDrawList();
    ImVec2 at = ImGui::GetCursorScreenPos();
    for (std::size_t c = 0; c < fields.size(); ++c)
      draw_text_cut(list, {at.x + 64 + column_width * static_cast<float>(c), at.y + 6}, column_width - 12, Type::caption, t.ink_soft,
                    context.text(fields[c]->label_key()));
    ImGui::Dummy({64 + column_width * static_cast<float>(fields.size()), 28});
    constexpr std::size_t most_shown = 200;
    for (std::size_t i = 0; i < std::min(plan.rows.size(), most_shown); ++i) {
      const PasteRow& row = plan.rows[i];
      at = ImGui::GetCursorScreenPos();
      draw_text_cut(list, {at.x, at.y + 6}, 60, Type::caption, row.record ? t.ink_faint : t.tone(Tone::good).ink,
                    row.record ? record_number(context.project, info_, *row.record) : std::string(context.text("paste.new"_key)));
      for (const PasteCell& cell : row.cells) {
        const auto column = static_cast<float>(std::ranges::find(fields, cell.field) - fields.begin());
        const ImVec2 from(at.x + 64 + column_width * column, at.y);
        const ImU32 ink = cell.error ? t.tone(Tone::bad).ink : cell.before == cell.after ? t.ink_faint : t.ink;
        if (cell.error) list.AddRectFilled({from.x - 6, from.y + 1}, {from.x + column_width - 12, from.y + 27}, t.tone(Tone::bad).soft, 4);
        draw_text_cut(list, {from.x, from.y + 5}, column_width - 20, Type::body, ink, cell.after);
        if (cell.error && ImGui::IsMouseHoveringRect(from, {from.x + column_width - 12, from.y + 28}))
          ImGui::SetTooltip("%s", phrase(cell.error->message, cell.error->arguments, context.language).c_str());
      }
      ImGui::Dummy({64 + column_width * static_cast<float>(fields.size()), 28});
    }
    ImGui::EndChild();
    const int answer = dialog_buttons(dialog, labelled(context.text("shell.cancel"_key), "cancel"),
                                      labelled(context.text("paste.apply"_key), "paste.apply"), Emphasis::primary, plan.changes > 0);
    if (answer == 1)
      context.change("transaction.paste"_key, {std::to_string(plan.changes)}, [&](Transaction& change) { return apply_paste(change, info_, plan); });
    if (answer != 0) dialog.close();
    done = answer != 0;
  }
  if (done || !paste_shown_) paste_.reset();
}

void RecordTable::draw_row_menu(Context& context) {
  if (!begin_menu("row.menu", true)) return;
  if (menu_item(labelled(context.text("table.details"_key), "details"), {.icon = icon::inspector}) && context.selection.current)
    context.navigation.open_record(info_, context.selection.current);
  menu_line();
  if (menu_item(labelled(context.text("table.copy"_key), "copy"), {.icon = icon::copy, .shortcut = "Ctrl+C"})) copy_selected(context);
  if (menu_item(labelled(context.text("table.paste"_key), "paste"), {.icon = icon::paste, .shortcut = "Ctrl+V"})) context.platform.request_paste();
  if (menu_item(labelled(context.text("table.fill_down"_key), "fill_down"),
                {.icon = icon::arrow_down, .shortcut = "Ctrl+D", .enabled = context.selection.records.size() > 1}))
    fill_down(context);
  if (menu_item(labelled(context.text("table.duplicate"_key), "duplicate"), {.icon = icon::duplicate})) duplicate_selected(context);
  menu_line();
  if (menu_item(labelled(context.text("table.erase"_key), "erase"), {.icon = icon::trash, .danger = true})) erase_selected(context);
  end_menu();
}

}  // namespace pmo::ui
