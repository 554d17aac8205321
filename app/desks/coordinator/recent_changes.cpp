// Recently changed, over all desks: the records that somebody made, edited or removed lately, each with its last author,
// the register, and the fields that were touched since the beginning of the period. From the change log, and for what
// that does not tell of from the records' stamps.
#include <algorithm>
#include <map>

#include "app/desks/pages.h"
#include "app/model/describe_record.h"
#include "app/model/format.h"
#include "app/model/sort_stably.h"
#include "app/ui/form/record_form.h"
#include "app/ui/icons.h"
#include "app/ui/platform.h"
#include "app/ui/shell/desk_names.h"
#include "app/ui/widgets/menu.h"
#include "app/ui/widgets/pressable.h"
#include "app/ui/widgets/widgets.h"

namespace pmo::desks {
namespace {

using namespace ui;

constexpr float changed_line_height = 52;

struct ChangedRecord {
  const RegisterInfo* info = nullptr;
  Id record;
  Stamp last;           // of its latest change
  bool created = false, erased = false;
  std::vector<const FieldInfo*> fields = {};  // the latest first, each once
};

// The project's changes of a period, gathered by record, the latest first.
std::vector<ChangedRecord> gather(const Project& project, const std::vector<Commit>& commits, std::uint64_t since, Id without_author) {
  std::map<Id, ChangedRecord> found;
  for (const Commit& commit : commits)
    for (const Change& change : commit.changes) {
      if (change.stamp.milliseconds() < since || change.stamp.actor == without_author || change.action == Action::superseded) continue;
      if (change.info->prefix.empty()) continue;  // parts of records and what nobody keeps by hand
      ChangedRecord& record = found[change.record];
      record.info = change.info;
      record.record = change.record;
      record.last = std::max(record.last, change.stamp);
      record.created |= change.action == Action::create;
      if (change.field && !change.field->options.hidden) {
        std::erase(record.fields, change.field);
        record.fields.insert(record.fields.begin(), change.field);
      }
    }
  // What the log does not tell of: records that came with a file, or with the sample.
  for (const auto* info : project.schema().registers()) {
    if (info->prefix.empty()) continue;
    for (const Record* record : project.table(*info).records()) {
      const Stamp last = record->last_written();
      if (last.milliseconds() < since || last.actor == without_author || found.contains(record->id)) continue;
      found[record->id] = {info, record->id, last, record->created.milliseconds() >= since};
    }
  }
  std::vector<ChangedRecord> sorted;
  for (auto& [id, record] : found) sorted.push_back(std::move(record));
  sort_stably(sorted, [](const ChangedRecord& a, const ChangedRecord& b) { return b.last < a.last; });
  return sorted;
}

class RecentChangesPage final : public Page {
 public:
  std::string_view name() const override { return "recent_changes"; }
  Key title() const override { return "recent.title"_key; }
  const char* icon() const override { return icon::history; }
  Desk desk() const override { return Desk::coordinator; }
  bool pinned() const override { return true; }

  void draw(Context& context) override {
    read(context);
    draw_filters(context);
    gap(0.75f);
    if (shown_.empty()) {
      empty_state({.icon = icon::history, .title = context.text("recent.nothing"_key), .about = context.text("recent.nothing.about"_key)});
      return;
    }
    const Card list("recent", {.height = ImGui::GetContentRegionAvail().y, .padding = 8});
    ImGui::PushStyleVarY(ImGuiStyleVar_ItemSpacing, 0);
    ImGui::BeginChild("lines");
    ImGuiListClipper clipper;
    clipper.Begin(static_cast<int>(shown_.size()), changed_line_height);
    while (clipper.Step())
      for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) draw_line(context, *shown_[static_cast<std::size_t>(i)]);
    ImGui::EndChild();
    ImGui::PopStyleVar();
  }

  void forget() override { looked_at_ = nullptr, desk_.reset(); }

 private:
  void read(const Context& context) {
    if (looked_at_ == &context.project && revision_ == context.project.revision()) return;
    looked_at_ = &context.project;
    revision_ = context.project.revision();
    commits_.clear();
    if (auto all = context.project.journal().since({})) commits_ = std::move(*all);
    collect(context);
  }

  void collect(const Context& context) {
    constexpr std::uint64_t day = 24ull * 60 * 60 * 1000;
    const std::uint64_t now = context.platform.utc_milliseconds();
    const std::uint64_t reach[] = {day, 7 * day, 30 * day, now};
    records_ = gather(context.project, commits_, now - std::min(now, reach[period_]), without_own_ ? context.project.actor() : Id{});
    for (ChangedRecord& record : records_) record.erased = !context.project.table(*record.info).find(record.record);
    choose(desk_);
  }

  void choose(std::optional<Desk> desk) {
    desk_ = desk;
    shown_.clear();
    for (const ChangedRecord& record : records_)
      if (!desk_ || record.info->desk == *desk_) shown_.push_back(&record);
  }

  void draw_filters(Context& context) {
    const Choice periods[] = {{labelled(context.text("history.period.day"_key), "period.day")},
                              {labelled(context.text("history.period.week"_key), "period.week")},
                              {labelled(context.text("history.period.month"_key), "period.month")},
                              {labelled(context.text("history.period.all"_key), "period.all")}};
    bool changed = segments("period", periods, period_);
    ImGui::SameLine(0, 12);
    const std::string shown(desk_ ? context.text(desk_name(*desk_)) : context.text("recent.all_desks"_key));
    if (button(labelled(shown, "desk"), {.icon = icon::baseline, .opens_menu = true})) open_menu("desks");
    if (begin_menu("desks")) {
      if (menu_item(labelled(context.text("recent.all_desks"_key), "desk.all"), {.checked = !desk_})) choose({});
      for (int i = 0; i < desk_count; ++i) {
        const auto desk = static_cast<Desk>(i);
        if (!std::ranges::contains(records_, desk, [](const ChangedRecord& record) { return record.info->desk; })) continue;
        if (menu_item(labelled(context.text(desk_name(desk)), "desk." + std::string(enum_name(desk))), {.checked = desk_ == desk})) choose(desk);
      }
      end_menu();
    }
    ImGui::SameLine(0, 12);
    ImGui::SetCursorPosY(ImGui::GetCursorPosY() + 4);  // to the middle of the buttons beside it
    changed |= checkbox(labelled(context.text("recent.without_own"_key), "without_own"), without_own_);
    if (changed) collect(context);
  }

  // "Status, Owner and 3 more"
  static std::string fields_of(const Context& context, const ChangedRecord& changed) {
    if (changed.erased) return std::string(context.text("form.history.erased"_key));
    if (changed.created) return std::string(context.text("form.history.created"_key));
    constexpr std::size_t most = 4;
    std::string names;
    for (std::size_t i = 0; i < std::min(most, changed.fields.size()); ++i)
      names += (i == 0 ? "" : context.language == Language::chinese ? "、" : ", ") + std::string(context.text(changed.fields[i]->label_key()));
    if (changed.fields.size() > most) return context.text("recent.and_more"_key, {names, std::to_string(changed.fields.size() - most)});
    return names;
  }

  void draw_line(Context& context, const ChangedRecord& changed) {
    const Theme& t = context.theme;
    const Record* record = context.project.table(*changed.info).find_any(changed.record);
    if (!record) return ImGui::Dummy({1, changed_line_height});
    const std::string title = record_title(context.project, *changed.info, *record);
    const std::string author = author_name(context, changed.last.actor);
    const std::string by = context.text("form.by"_key, {author, format_ago(changed.last.milliseconds(), context.platform.utc_milliseconds(), context.language)});
    const std::string fields = fields_of(context, changed);
    const std::string below = std::string(context.text(changed.info->one_key())) + (fields.empty() ? "" : " · " + fields);
    const Press press = pressable(title + "###changed." + changed.record.text(), {ImGui::GetContentRegionAvail().x, changed_line_height}, !changed.erased,
                                  Role::list_item, {}, title + ", " + below + ", " + by, 4);
    ImDrawList& list = *ImGui::GetWindowDrawList();
    if (const ImU32 ground = veil(press)) list.AddRectFilled(press.from, press.to, ground, 4);
    const float by_width = measure(Type::caption, by).x, left = press.from.x + 54, right = press.to.x - 12;
    draw_avatar(list, {press.from.x + 10, press.from.y + 11}, author, 30);
    draw_text_cut(list, {left, press.from.y + 6}, right - left - by_width - 16, Type::body, changed.erased ? t.ink_faint : t.ink, title);
    draw_text_cut(list, {left, press.from.y + 29}, right - left, Type::caption, t.ink_soft, below);
    draw_text(list, {right - by_width, press.from.y + 8}, Type::caption, t.ink_faint, by);
    list.AddLine({left, press.to.y - 0.5f}, {right, press.to.y - 0.5f}, t.line);
    if (press.clicked) context.navigation.open_record(*changed.info, changed.record);
  }

  std::vector<Commit> commits_;
  std::vector<ChangedRecord> records_;
  std::vector<const ChangedRecord*> shown_;
  std::optional<Desk> desk_;  // none: all
  int period_ = 1;
  bool without_own_ = false;
  const Project* looked_at_ = nullptr;
  std::uint64_t revision_ = 0;
};

}  // namespace

std::unique_ptr<Page> make_recent_changes_page() { return std::make_unique<RecentChangesPage>(); }

}  // namespace pmo::desks
