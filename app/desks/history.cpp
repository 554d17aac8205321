// Everything that was changed, by whom and when: the change log, newest first.
#include "app/desks/pages.h"
#include "app/ui/form/record_form.h"
#include "app/ui/icons.h"
#include "app/ui/platform.h"
#include "app/ui/widgets/pressable.h"
#include "app/ui/widgets/widgets.h"

#include <algorithm>

namespace pmo::desks {
namespace {

using namespace ui;

constexpr float line_height = 56;

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
    if (search_box("search", query_, context.text("history.search"_key), {.width = 280, .clear_name = context.text("field.clear"_key)})) filter(context);
    gap(0.5f);
    if (Card card("log", {.height = ImGui::GetContentRegionAvail().y, .padding = 8}); card) draw_list(context);
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
    filter(context);
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
      if (!change.field || change.field->options.hidden) continue;
      if (listed++ > 0) details += "    ";
      const std::string before = texts.shown(*change.field, change.before), after = texts.shown(*change.field, change.after);
      details += std::string(context.text(change.field->label_key())) + ": " + (before.empty() ? "" : before + " → ") + after;
    }
    std::ranges::replace(details, '\n', ' ');
    return details;
  }

  void filter(const Context& context) {
    shown_.clear();
    for (const Commit& commit : commits_) {
      Line line{&commit, title_of(context, commit), details_of(context, commit)};
      if (query_.empty() || contains_text(line.title, query_) || contains_text(line.details, query_)) shown_.push_back(std::move(line));
    }
  }

  void draw_list(Context& context) {
    ImGui::PushStyleVarY(ImGuiStyleVar_ItemSpacing, 0);
    ImGui::BeginChild("lines");
    ImGuiListClipper clipper;
    clipper.Begin(static_cast<int>(shown_.size()), line_height);
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
    const Press press = pressable(line.title + "###commit." + commit.id.text(), {ImGui::GetContentRegionAvail().x, line_height}, true, Role::list_item, {}, {}, 4);
    ImDrawList& list = *ImGui::GetWindowDrawList();
    if (const ImU32 ground = veil(press)) list.AddRectFilled(press.from, press.to, ground, 4);
    const std::string author = author_name(context, commit.stamp.actor);
    const std::string when = format_ago(commit.stamp.milliseconds(), context.platform.utc_milliseconds(), context.language);
    const std::string by = context.text("form.by"_key, {author, when});
    const float by_width = measure(Type::caption, by).x;
    draw_avatar(list, {press.from.x + 10, press.from.y + 13}, author, 30);
    draw_text_cut(list, {press.from.x + 54, press.from.y + 8}, press.size().x - 80 - by_width, Type::body, t.ink, line.title);
    draw_text_cut(list, {press.from.x + 54, press.from.y + 31}, press.size().x - 70, Type::caption, t.ink_soft, line.details);
    draw_text(list, {press.to.x - 12 - by_width, press.from.y + 10}, Type::caption, t.ink_faint, by);
    if (!press.clicked) return;
    for (const Change& change : commit.changes)
      if (context.project.table(*change.info).find(change.record)) return context.navigation.open_record(*change.info, change.record);
  }

  std::vector<Commit> commits_;  // newest first
  std::vector<Line> shown_;
  std::string query_;
  const Project* looked_at_ = nullptr;
  std::uint64_t revision_ = 0;
  Language language_ = Language::english;
};

}  // namespace

std::unique_ptr<Page> make_history_page() { return std::make_unique<HistoryPage>(); }

}  // namespace pmo::desks
