#include "app/ui/shell/desk_page.h"

#include <algorithm>
#include <tuple>

#include "app/model/describe_record.h"
#include "app/model/records/task.h"
#include "app/model/sort_stably.h"
#include "app/ui/commands.h"
#include "app/model/format.h"
#include "app/ui/icons.h"
#include "app/ui/platform.h"
#include "app/ui/shell/desk_names.h"
#include "app/ui/widgets/pressable.h"
#include "app/ui/widgets/widgets.h"
#include "app/ui/work_list.h"

namespace pmo::ui {
namespace {

constexpr std::size_t most_recent = 12, most_due = 10;
constexpr int due_days = 14;

struct Recent {
  const RegisterInfo* info;
  const Record* record;
  std::uint64_t changed;
};

std::vector<Desk> enum_desks() {
  std::vector<Desk> desks;
  for (int i = 0; i < desk_count; ++i) desks.push_back(static_cast<Desk>(i));
  return desks;
}

class DeskPage final : public Page {
 public:
  DeskPage(Desk desk, const Schema& schema, const Pages& pages) : pages_(pages), name_(desk_page_name(desk)), desk_(desk) {
    // Parts of other records are shown inside them, not as registers of their own.
    for (const auto* info : schema.registers())
      if (info->desk == desk && !info->prefix.empty()) registers_.push_back(info);
  }

  std::string_view name() const override { return name_; }
  Key title() const override { return desk_name(desk_); }
  const char* icon() const override { return desk_icon(desk_); }
  Desk desk() const override { return desk_; }

  void draw(Context& context) override {
    paragraph(Type::body, context.text(desk_about(desk_)), context.theme.ink_soft, 720);
    gap(1);
    if (registers_.empty()) return draw_without_registers(context);
    draw_registers(context);
    gap(1);
    if (std::ranges::any_of(registers_, [](const auto* info) { return info->due() || info == &register_of<Task>(); })) {
      draw_due(context);
      gap(1);
    }
    draw_recent(context);
  }

 private:
  void draw_without_registers(Context& context) {
    const auto answer = empty_state({.icon = desk_icon(desk_), .title = context.text("desk.without_registers"_key),
                                     .about = context.text("desk.without_registers.about"_key),
                                     .action = labelled(context.text("desk.find"_key), "desk.find"),
                                     .action_icon = icon::search});
    if (answer == EmptyAnswer::action) context.commands.run("view.palette", context);
  }

  void draw_registers(Context& context) {
    const float room = ImGui::GetContentRegionAvail().x;
    const int columns = std::clamp(static_cast<int>(room / 260), 1, 4);
    const float width = std::floor((room - 16.0f * static_cast<float>(columns - 1)) / static_cast<float>(columns));
    int column = 0;
    for (const auto* info : registers_) {
      if (column > 0) ImGui::SameLine(0, 16);
      draw_register(context, *info, std::min(width, 420.0f));
      column = (column + 1) % columns;
    }
  }

  void draw_register(Context& context, const RegisterInfo& info, float width) {
    const Theme& t = context.theme;
    const std::string label = labelled(context.text(info.label_key()), "register." + info.name);
    const Page* page = page_of(info);
    const Press press = pressable(label, {width, 88}, page != nullptr, Role::link, {}, {}, 8);
    ImDrawList& list = *ImGui::GetWindowDrawList();
    list.AddRectFilled(press.from, press.to, over(veil(press), t.surface), 8);
    list.AddRect(press.from, press.to, press.hovered && page ? t.accent : t.line, 8);
    draw_text_cut(list, {press.from.x + 16, press.from.y + 14}, width - 48, Type::body, t.ink_soft, visible(label));
    const auto count = static_cast<std::int64_t>(context.project.table(info).size());
    draw_text(list, {press.from.x + 16, press.from.y + 42}, Type::title, t.ink, format_integer(count));
    if (info.status()) draw_state(context, info, list, {press.to.x - 16, press.from.y + 50});
    if (!page) return;
    draw_text(list, {press.to.x - 32, press.from.y + 14}, Type::body, press.hovered ? t.accent : t.ink_faint, icon::arrow_right);
    if (press.clicked) context.navigation.open_page(page->name());
  }

  // "4 open · 2 late", ending at a point.
  static void draw_state(Context& context, const RegisterInfo& info, ImDrawList& list, ImVec2 end) {
    const auto& records = context.project.table(info).records();
    const auto open = std::ranges::count_if(records, [&](const Record* record) { return is_open(info, *record); });
    const auto late = std::ranges::count_if(records, [&](const Record* record) { return is_late(info, *record, context.today); });
    const auto draw = [&](Key key, std::int64_t count, ImU32 ink) {
      const std::string words = context.text(key, {format_integer(count)});
      end.x -= measure(Type::body, words).x;
      draw_text(list, end, Type::body, ink, words);
      end.x -= 12;
    };
    if (late > 0) draw("desk.late"_key, late, context.theme.tone(Tone::bad).ink);
    if (open > 0) draw("desk.open"_key, open, context.theme.ink_soft);
  }

  void draw_due(Context& context) {
    due_.clear();
    for (const auto& item : context.analyses.of<WorkListOf>()) {
      if (!item.due || *item.due > context.today + due_days || due_.size() == most_due) break;  // sorted by day
      if (std::ranges::contains(registers_, item.info)) due_.push_back(item);
    }
    Card card("due", {.title = context.text("desk.due"_key), .icon = icon::alarm});
    if (!card) return;
    if (due_.empty()) return text(Type::body, context.text("desk.due.none"_key), context.theme.ink_soft);
    draw_work(context, due_, "due", true);
  }

  void draw_recent(Context& context) {
    find_recent(context);
    Card card("recent", {.title = context.text("desk.recent"_key), .icon = icon::history});
    if (!card) return;
    if (recent_.empty()) return text(Type::body, context.text("desk.recent.none"_key), context.theme.ink_soft);
    ImGui::PushStyleVarY(ImGuiStyleVar_ItemSpacing, 0);
    for (const Recent& recent : recent_) draw_recent_line(context, recent);
    ImGui::PopStyleVar();
  }

  void draw_recent_line(Context& context, const Recent& recent) {
    const Theme& t = context.theme;
    const std::string title = record_title(context.project, *recent.info, *recent.record);
    const std::string label = title + "###recent." + recent.record->id.text();
    const float width = ImGui::GetContentRegionAvail().x;
    const Press press = pressable(label, {width, Theme::row}, true, Role::link, {}, {}, 4);
    ImDrawList& list = *ImGui::GetWindowDrawList();
    if (const ImU32 ground = veil(press)) list.AddRectFilled(press.from, press.to, ground, 4);
    const float y = middle(press.from.y, Theme::row, size_of(Type::body));
    const std::string number = record_number(context.project, *recent.info, *recent.record);
    draw_text_cut(list, {press.from.x + 8, y}, 72, Type::body, t.ink_faint, number);
    const float kind_width = width > 900 ? 180 : 120;
    draw_text_cut(list, {press.from.x + 88, y}, width - 88 - kind_width - 160, Type::body, t.ink, title);
    draw_text_cut(list, {press.to.x - kind_width - 148, y}, kind_width, Type::body, t.ink_soft, context.text(recent.info->one_key()));
    const std::string ago = format_ago(recent.changed, context.platform.utc_milliseconds(), context.language);
    draw_text(list, {press.to.x - 8 - measure(Type::body, ago).x, y}, Type::body, t.ink_soft, ago);
    if (press.clicked) context.navigation.open_record(*recent.info, recent.record->id);
  }

  // Looks again only when the project has changed.
  void find_recent(const Context& context) {
    if (looked_at_ == &context.project && revision_ == context.project.revision()) return;
    looked_at_ = &context.project;
    revision_ = context.project.revision();
    recent_.clear();
    for (const auto* info : registers_)
      for (const Record* record : context.project.table(*info).records())
        recent_.push_back({info, record, record->last_written().milliseconds()});
    const auto kept = std::min(most_recent, recent_.size());
    std::ranges::partial_sort(recent_, recent_.begin() + static_cast<std::ptrdiff_t>(kept), std::greater{}, &Recent::changed);
    recent_.resize(kept);
  }

  void forget() override { looked_at_ = nullptr; }

  const Page* page_of(const RegisterInfo& info) const {
    const auto found = std::ranges::find_if(pages_, [&](const auto& page) { return page->shows() == &info; });
    return found == pages_.end() ? nullptr : found->get();
  }

  const Pages& pages_;
  std::string name_;
  Desk desk_;
  std::vector<const RegisterInfo*> registers_;
  std::vector<Recent> recent_;
  std::vector<WorkItem> due_;
  const Project* looked_at_ = nullptr;
  std::uint64_t revision_ = 0;
};

}  // namespace

void complete_desks(Pages& pages, const Schema& schema) {
  for (const Desk desk : enum_desks())
    if (std::ranges::none_of(pages, [&](const auto& page) { return page->name() == desk_page_name(desk); }))
      pages.push_back(std::make_unique<DeskPage>(desk, schema, pages));
  // Desks in the order of the rail; in each its first page, then its analyses, then its registers, each as they came.
  sort_stably(pages, {}, [](const auto& page) {
    return std::tuple(page->desk(), page->name() != desk_page_name(page->desk()), page->shows() != nullptr);
  });
}

}  // namespace pmo::ui
