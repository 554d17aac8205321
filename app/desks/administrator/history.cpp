// Everything that was changed, by whom and when: the change log, newest first, by person, time, record and words; what
// one transaction did, and the way back of a record or a field.
#include "app/desks/pages.h"
#include "app/model/describe_record.h"
#include "app/model/history.h"
#include "app/ui/form/record_form.h"
#include "app/ui/icons.h"
#include "app/ui/platform.h"
#include "app/ui/widgets/menu.h"
#include "app/ui/widgets/pressable.h"
#include "app/ui/widgets/widgets.h"

#include <algorithm>

namespace pmo::desks {
namespace {

using namespace ui;

constexpr float commit_line_height = 56;

class HistoryPage final : public Page {
 public:
  std::string_view name() const override { return "history"; }
  Key title() const override { return "history.title"_key; }
  const char* icon() const override { return icon::history; }
  Desk desk() const override { return Desk::administrator; }

  void draw(Context& context) override {
    read(context);
    if (commits_.empty()) {
      empty_state({.icon = icon::history, .title = context.text("history.none"_key), .about = context.text("history.none.about"_key)});
      return;
    }
    draw_filters(context);
    gap(0.5f);
    const Commit* chosen = chosen_commit();
    const ImVec2 room = ImGui::GetContentRegionAvail();
    {
      const Card log("log", {.width = chosen ? room.x * 0.55f : 0, .height = room.y, .padding = 8});
      if (shown_.empty()) paragraph(Type::body, context.text("history.nothing_found"_key), context.theme.ink_soft);
      else draw_list(context);
    }
    if (!chosen) return;
    ImGui::SameLine(0, 12);
    if (Card details("details", {.height = room.y}); details) draw_details(context, *chosen);
  }

  void forget() override {
    chosen_ = {};
    author_ = {};
    looked_at_ = nullptr;
  }

 private:
  void read(const Context& context) {
    if (looked_at_ == &context.project && revision_ == context.project.revision() && language_ == context.language) return;
    looked_at_ = &context.project;
    revision_ = context.project.revision();
    language_ = context.language;
    commits_.clear();
    if (auto all = context.project.journal().since({})) commits_ = std::move(*all);
    std::ranges::reverse(commits_);
    authors_.clear();
    for (const Commit& commit : commits_)
      if (!std::ranges::contains(authors_, commit.stamp.actor)) authors_.push_back(commit.stamp.actor);
    filter(context);
  }

  const Commit* chosen_commit() const {
    const auto at = std::ranges::find(commits_, chosen_, &Commit::id);
    return chosen_ && at != commits_.end() ? &*at : nullptr;
  }

  void draw_filters(Context& context) {
    bool changed = search_box("search", query_, context.text("history.search"_key), {.width = 240, .clear_name = context.text("field.clear"_key)});
    ImGui::SameLine();
    changed |= choose_author(context);
    ImGui::SameLine();
    const Choice periods[] = {{labelled(context.text("history.period.all"_key), "period.all")},
                              {labelled(context.text("history.period.day"_key), "period.day")},
                              {labelled(context.text("history.period.week"_key), "period.week")},
                              {labelled(context.text("history.period.month"_key), "period.month")}};
    changed |= segments("period", periods, period_);
    if (context.selection.current || only_record_) {
      ImGui::SameLine();
      bool only = bool(only_record_);
      if (checkbox(labelled(context.text("history.only_selected"_key), "only_selected"), only)) {
        only_record_ = only ? context.selection.current : Id{};
        changed = true;
      }
    }
    if (changed) filter(context);
  }

  bool choose_author(Context& context) {
    bool changed = false;
    const std::string shown = author_ ? author_name(context, author_) : std::string(context.text("history.everybody"_key));
    if (button(labelled(shown, "author"), {.icon = icon::users, .opens_menu = true})) open_menu("authors");
    if (!begin_menu("authors")) return false;
    const auto item = [&](const std::string& name, Id actor) {
      if (!menu_item(labelled(name, "author." + actor.text()), {.checked = author_ == actor})) return;
      author_ = actor;
      changed = true;
    };
    item(std::string(context.text("history.everybody"_key)), {});
    for (const Id actor : authors_) item(author_name(context, actor), actor);
    end_menu();
    return changed;
  }

  bool passes(const Context& context, const Commit& commit) const {
    constexpr std::uint64_t day = 24ull * 60 * 60 * 1000;
    constexpr std::uint64_t reach[] = {0, day, 7 * day, 30 * day};
    if (author_ && commit.stamp.actor != author_) return false;
    if (period_ > 0 && commit.stamp.milliseconds() + reach[period_] < context.platform.utc_milliseconds()) return false;
    return !only_record_ || std::ranges::contains(commit.changes, only_record_, &Change::record);
  }

  // What one transaction did, record by record, with the way back.
  void draw_details(Context& context, const Commit& commit) {
    text_cut(Type::heading, title_of(context, commit));
    const std::string author = author_name(context, commit.stamp.actor);
    text_cut(Type::caption, context.text("form.by"_key, {author, format_ago(commit.stamp.milliseconds(), context.platform.utc_milliseconds(), context.language)}));
    gap(0.5f);
    ImGui::BeginChild("changes");
    std::vector<Id> records;
    for (const Change& change : commit.changes)
      if (!std::ranges::contains(records, change.record)) records.push_back(change.record);
    constexpr std::size_t most = 200;
    if (records.size() > most) records.resize(most);
    for (const Id record : records)
      if (!draw_record(context, commit, record)) break;  // the project has changed: the rest is drawn anew
    ImGui::EndChild();
  }

  bool draw_record(Context& context, const Commit& commit, Id id) {
    const Change& first = *std::ranges::find(commit.changes, id, &Change::record);
    const Record* record = context.project.table(*first.info).find_any(id);
    if (!record) return true;
    const std::string name = record_title(context.project, *first.info, *record);
    if (text_link(labelled(name, "history.open." + id.text()))) context.navigation.open_record(*first.info, id);
    const CellTexts texts(context.project, context.language, context.today);
    bool created = false;
    for (const Change& change : commit.changes) {
      if (change.record != id) continue;
      created |= change.action == Action::create;
      if (change.action == Action::create) text(Type::caption, context.text("form.history.created"_key), context.theme.ink_soft);
      if (change.action == Action::erase) text(Type::caption, context.text("form.history.erased"_key), context.theme.ink_soft);
      if (change.action == Action::revive) text(Type::caption, context.text("form.history.revived"_key), context.theme.ink_soft);
      const auto told = texts.told(change);
      if (told.field.empty()) continue;
      const std::string back = "###history.field." + id.text() + "." + std::string(change.field ? change.field->name : change.unknown_field);
      if (icon_button(back.c_str(), icon::reset, context.text("history.restore_field"_key), {.enabled = change.field != nullptr, .small = true})) {
        go_back(context, commit, *first.info, *record, change.field, name);
        return false;
      }
      ImGui::SameLine(0, 6);
      text_cut(Type::body, format_pair(told.field, format_change(told.before, told.after), context.language));
    }
    if (!created && button(labelled(context.text("history.restore_record"_key), "history.restore." + id.text()), {.icon = icon::history, .small = true})) {
      go_back(context, commit, *first.info, *record, nullptr, name);
      return false;
    }
    gap();
    return true;
  }

  void go_back(Context& context, const Commit& commit, const RegisterInfo& info, const Record& record, const FieldInfo* field, const std::string& name) {
    const bool done = context.change("transaction.restore_record"_key, {name}, [&](Transaction& change) {
      return restore_record(change, commits_, info, record, commit.stamp, field);
    });
    if (done) context.messages.success(context.text("history.restored"_key, {name}));
  }

  std::string title_of(const Context& context, const Commit& commit) const {
    std::string title = phrase(Key{commit.name}, commit.arguments, context.language);
    if (commit.origin == Origin::undo) title = std::string(context.text("history.undone"_key)) + " · " + title;
    if (commit.origin == Origin::redo) title = std::string(context.text("history.redone"_key)) + " · " + title;
    if (commit.origin == Origin::import) title = std::string(context.text("history.imported"_key)) + " · " + title;
    return title;
  }

  // The first changes in words: "Late steel: Status Open → Closed".
  std::string details_of(const Context& context, const Commit& commit) const {
    const CellTexts texts(context.project, context.language, context.today);
    std::string details;
    constexpr std::size_t most = 3;
    std::size_t listed = 0;
    for (const Change& change : commit.changes) {
      if (listed == most) {
        details += " …";
        break;
      }
      const auto told = texts.told(change);
      if (told.field.empty()) continue;
      if (listed++ > 0) details += "    ";
      details += format_pair(told.field, told.before.empty() ? told.after : format_change(told.before, told.after), context.language);
    }
    std::ranges::replace(details, '\n', ' ');
    return details;
  }

  void filter(const Context& context) {
    shown_.clear();
    for (const Commit& commit : commits_) {
      if (!passes(context, commit)) continue;
      Line line{&commit, title_of(context, commit), details_of(context, commit)};
      if (query_.empty() || contains_text(line.title, query_) || contains_text(line.details, query_)) shown_.push_back(std::move(line));
    }
  }

  void draw_list(Context& context) {
    ImGui::PushStyleVarY(ImGuiStyleVar_ItemSpacing, 0);
    ImGui::BeginChild("lines");
    ImGuiListClipper clipper;
    clipper.Begin(static_cast<int>(shown_.size()), commit_line_height);
    while (clipper.Step())
      for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) draw_line(context, shown_[static_cast<std::size_t>(i)]);
    ImGui::EndChild();
    ImGui::PopStyleVar();
  }

  struct Line {
    const Commit* commit;
    std::string title, details;
  };

  void draw_line(Context& context, const Line& line) {
    const Theme& t = context.theme;
    const Commit& commit = *line.commit;
    const Press press = pressable(line.title + "###commit." + commit.id.text(), {ImGui::GetContentRegionAvail().x, commit_line_height}, true, Role::list_item, {}, {}, 4);
    ImDrawList& list = *ImGui::GetWindowDrawList();
    if (const ImU32 ground = chosen_ == commit.id ? t.sunken : veil(press)) list.AddRectFilled(press.from, press.to, ground, 4);
    const std::string author = author_name(context, commit.stamp.actor);
    const std::string when = format_ago(commit.stamp.milliseconds(), context.platform.utc_milliseconds(), context.language);
    const std::string by = context.text("form.by"_key, {author, when});
    const float by_width = measure(Type::caption, by).x;
    draw_avatar(list, {press.from.x + 10, press.from.y + 13}, author, 30);
    draw_text_cut(list, {press.from.x + 54, press.from.y + 8}, press.size().x - 80 - by_width, Type::body, t.ink, line.title);
    draw_text_cut(list, {press.from.x + 54, press.from.y + 31}, press.size().x - 70, Type::caption, t.ink_soft, line.details);
    draw_text(list, {press.to.x - 12 - by_width, press.from.y + 10}, Type::caption, t.ink_faint, by);
    if (press.clicked) chosen_ = chosen_ == commit.id ? Id{} : commit.id;
  }

  std::vector<Commit> commits_;  // newest first
  std::vector<Line> shown_;
  std::string query_;
  std::vector<Id> authors_;
  Id chosen_;       // the transaction whose details are shown
  Id author_;       // empty: everybody
  Id only_record_;  // empty: all
  int period_ = 0;
  const Project* looked_at_ = nullptr;
  std::uint64_t revision_ = 0;
  Language language_ = Language::english;
};

}  // namespace

std::unique_ptr<Page> make_history_page() { return std::make_unique<HistoryPage>(); }

}  // namespace pmo::desks
