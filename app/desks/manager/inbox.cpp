// What is waiting for one person, or for everybody: open records of all desks and unfinished tasks, the late ones first.
#include <algorithm>
#include <array>

#include "app/desks/pages.h"
#include "app/model/records/common.h"
#include "app/ui/editors/pickers.h"
#include "app/model/format.h"
#include "app/ui/icons.h"
#include "app/ui/shell/settings.h"
#include "app/ui/widgets/widgets.h"
#include "app/ui/work_list.h"

namespace pmo::desks {
namespace {

using namespace ui;

class InboxPage final : public Page {
 public:
  std::string_view name() const override { return "inbox"; }
  Key title() const override { return "inbox.title"_key; }
  const char* icon() const override { return icon::inbox; }
  Desk desk() const override { return Desk::manager; }
  bool pinned() const override { return true; }

  void draw(Context& context) override {
    draw_tools(context);
    const Ref<Person> me = own_person(context.project);
    if (whose_ == Whose::mine && !me) return ask_who(context);
    const auto& all = context.analyses.of<WorkListOf>();
    items_.clear();
    for (const auto& item : all)
      if (comes_up(item, context.today) && belongs(item, me)) items_.push_back(item);
    if (items_.empty()) {
      empty_state({.icon = icon::inbox, .title = context.text(whose_ == Whose::mine ? "inbox.done"_key : "inbox.nothing"_key), .about = context.text("inbox.done.about"_key)});
      return;
    }
    draw_sections(context);
  }

 private:
  // What a person answers for; what belongs to the desks of the positions that the user has taken; everything.
  enum class Whose : unsigned char { mine, own_desks, everybody };

  bool belongs(const WorkItem& item, Ref<Person> me) const {
    switch (whose_) {
      case Whose::mine: return item.responsible == me;
      case Whose::own_desks: return item.responsible == me || positions_.contains(item.info->desk);
      case Whose::everybody: break;
    }
    return true;
  }

  void draw_tools(Context& context) {
    positions_ = load_settings(context.platform).positions;
    std::vector<Choice> choices = {{labelled(context.text("inbox.mine"_key), "mine"), icon::user_check}};
    std::vector<Whose> meaning = {Whose::mine};
    if (!positions_.empty()) {
      choices.push_back({labelled(context.text("inbox.own_desks"_key), "own_desks"), icon::baseline});
      meaning.push_back(Whose::own_desks);
    }
    choices.push_back({labelled(context.text("inbox.everybody"_key), "everybody"), icon::team});
    meaning.push_back(Whose::everybody);
    int current = static_cast<int>(std::ranges::find(meaning, whose_) - meaning.begin());
    if (current == std::ssize(meaning)) current = 0;  // the positions were given up
    segments("whose", choices, current);
    whose_ = meaning[static_cast<std::size_t>(current)];
    if (const Person* me = context.project.find(own_person(context.project)); me && whose_ == Whose::mine) {
      ImGui::SameLine(0, 12);
      if (button(labelled(context.text("inbox.for"_key, {me->name}), "who"), {.icon = icon::user_check, .emphasis = Emphasis::quiet})) ImGui::OpenPopup("who.choose");
      choose_person(context);
    }
    gap(0.75f);
  }

  void ask_who(Context& context) {
    if (context.project.all<Person>().empty()) {
      const auto answer = empty_state({.icon = icon::team, .title = context.text("inbox.nobody"_key), .about = context.text("inbox.nobody.about"_key),
                                       .action = labelled(context.text("inbox.people"_key), "inbox.people"), .action_icon = icon::plus});
      if (answer == EmptyAnswer::action) context.navigation.open_page("people");
      return;
    }
    const auto answer = empty_state({.icon = icon::user_check, .title = context.text("inbox.who"_key), .about = context.text("inbox.who.about"_key),
                                     .action = labelled(context.text("inbox.choose"_key), "inbox.choose"), .action_icon = icon::user_check});
    if (answer == EmptyAnswer::action) ImGui::OpenPopup("who.choose");
    choose_person(context);
  }

  void choose_person(Context& context) {
    const auto chosen = picker_.draw(context, "who.choose", field_of<Installation>(&Installation::person), Value{own_person(context.project).id});
    if (!chosen) return;
    const auto* id = std::get_if<Id>(&*chosen);
    const Person* person = id ? context.project.all<Person>().find(*id) : nullptr;
    context.change("transaction.own_person"_key, {person ? person->name : "–"},
                   [&](Transaction& change) { return set_own_person(change, person ? Ref<Person>{person->id} : Ref<Person>{}); });
  }

  void draw_sections(Context& context) {
    struct Section {
      Key name;
      const char* id;
      const char* icon;
    };
    constexpr std::array sections = {Section{"inbox.late"_key, "late", icon::alarm}, Section{"inbox.soon"_key, "soon", icon::calendar_clock},
                                     Section{"inbox.later"_key, "later", icon::calendar}, Section{"inbox.undated"_key, "undated", icon::inbox}};
    const auto section_of = [&](const WorkItem& item) -> std::size_t {
      if (!item.due) return 3;
      if (*item.due < context.today) return 0;
      return *item.due <= context.today + soon_days ? 1 : 2;
    };
    std::size_t from = 0;  // items are sorted by day, so each section is one range
    for (std::size_t i = 0; i < sections.size(); ++i) {
      std::size_t to = from;
      while (to < items_.size() && section_of(items_[to]) == i) ++to;
      if (to > from) {
        const std::string title = std::string(context.text(sections[i].name)) + "  " + format_integer(static_cast<std::int64_t>(to - from));
        if (Card card(sections[i].id, {.title = title, .icon = sections[i].icon}); card)
          draw_work(context, std::span(items_).subspan(from, to - from), sections[i].id, whose_ != Whose::mine);
        gap(0.75f);
      }
      from = to;
    }
  }

  Whose whose_ = Whose::mine;
  std::set<Desk> positions_;
  ReferencePicker picker_;
  std::vector<WorkItem> items_;
};

}  // namespace

std::unique_ptr<Page> make_inbox_page() { return std::make_unique<InboxPage>(); }

}  // namespace pmo::desks
