// Chasing: what is late, due soon, blocked or has not been touched for long, by the person who owes it, with a reminder
// for all of a person's things at once.
#include <algorithm>
#include <array>
#include <format>
#include <map>

#include "app/desks/desk_charts.h"
#include "app/desks/pages.h"
#include "app/desks/record_actions.h"
#include "app/model/describe_record.h"
#include "app/model/records/issue.h"
#include "app/model/records/management.h"
#include "app/model/records/project_settings.h"
#include "app/model/sort_stably.h"
#include "app/ui/icons.h"
#include "app/ui/platform.h"
#include "app/ui/table/cell_text.h"
#include "app/ui/widgets/widgets.h"
#include "app/ui/work_list.h"

namespace pmo::desks {
namespace {

using namespace ui;

enum class Chase : unsigned char { late, soon, blocked, silent };

class ChasingPage final : public Page {
 public:
  std::string_view name() const override { return "chasing"; }
  Key title() const override { return "page.chasing"_key; }
  const char* icon() const override { return icon::alarm; }
  Desk desk() const override { return Desk::coordinator; }
  void forget() override { chart_.forget(); }

  void draw(Context& context) override {
    const auto lists = sorted(context);
    const std::string days = std::to_string(silent_after(context.project));
    const auto count = [&](Chase chase) { return std::to_string(lists[static_cast<std::size_t>(chase)].size()); };
    const Choice choices[] = {{labelled(context.text("chasing.late"_key, {count(Chase::late)}), "late"), icon::alarm},
                              {labelled(context.text("chasing.soon"_key, {count(Chase::soon)}), "soon"), icon::calendar_clock},
                              {labelled(context.text("chasing.blocked"_key, {count(Chase::blocked)}), "blocked"), icon::octagon_alert},
                              {labelled(context.text("chasing.silent"_key, {count(Chase::silent), days}), "silent"), icon::history},
                              {labelled(context.text("chasing.by_week"_key), "by_week"), icon::chart_bar}};
    tabs("chasing.views", choices, view_);
    gap(1);
    if (view_ == static_cast<int>(enum_size<Chase>)) return chart_.draw_card(context);
    const auto& shown = lists[static_cast<std::size_t>(view_)];
    if (shown.empty()) {
      empty_state({.icon = icon::check, .title = context.text("chasing.nothing"_key), .about = context.text("chasing.nothing.about"_key)});
      return;
    }
    draw_persons(context, shown);
  }

 private:
  using Lists = std::array<std::vector<WorkItem>, enum_size<Chase>>;

  static std::int64_t silent_after(const Project& project) {
    const auto& settings = project.all<ProjectSettings>();
    return settings.empty() ? ProjectSettings{}.silent_days : settings.at(0).silent_days;
  }

  static bool is_blocked(const RegisterInfo& info, const Record& record) {
    if (&info == &register_of<WorkOrder>()) return static_cast<const WorkOrder&>(record).status == WorkOrderStatus::blocked;
    return &info == &register_of<Issue>() && static_cast<const Issue&>(record).status == IssueStatus::waiting;
  }

  // Work that has begun, or should have: what begins in a month need not be touched now.
  static bool is_silent(const Context& context, const WorkItem& item, const Record& record, std::int64_t days) {
    const bool near = !item.due || *item.due <= context.today + soon_days * 2;
    return near && days_without_update(record, context.platform.utc_milliseconds()) >= days;
  }

  static Lists sorted(Context& context) {
    Lists lists;
    const std::int64_t days = silent_after(context.project);
    for (const WorkItem& item : context.analyses.of<WorkListOf>()) {
      const Record* record = context.project.table(*item.info).find(item.record);
      if (!record || !comes_up(item, context.today)) continue;
      const auto put = [&](Chase chase) { lists[static_cast<std::size_t>(chase)].push_back(item); };
      if (item.due && *item.due < context.today) put(Chase::late);
      else if (item.due && *item.due <= context.today + soon_days) put(Chase::soon);
      if (is_blocked(*item.info, *record)) put(Chase::blocked);
      if (is_silent(context, item, *record, days)) put(Chase::silent);
    }
    return lists;
  }

  void draw_persons(Context& context, const std::vector<WorkItem>& items) {
    std::vector<Ref<Person>> persons;
    std::map<Id, std::vector<WorkItem>> by_person;
    for (const WorkItem& item : items) {
      if (!by_person.contains(item.responsible.id)) persons.push_back(item.responsible);
      by_person[item.responsible.id].push_back(item);
    }
    // Who owes most stands first; what nobody answers for stands before all.
    sort_stably(persons, std::greater{}, [&](Ref<Person> person) { return person ? by_person[person.id].size() : items.size() + 1; });
    for (const Ref<Person> person : persons) draw_person(context, person, by_person[person.id]);
  }

  void draw_person(Context& context, Ref<Person> of, const std::vector<WorkItem>& items) {
    const Person* person = context.project.find(of);
    const std::string id = "person." + of.id.text();
    const std::string title = (person ? person->name : std::string(context.text("report.nobody"_key))) + "  " + std::to_string(items.size());
    if (Card card(id.c_str(), {.title = title, .icon = person ? icon::user_check : icon::warning}); card) {
      if (person && !person->email.empty() && button(labelled(context.text("chasing.remind_all"_key, {person->name}), "remind." + of.id.text()), {.icon = icon::mail, .small = true}))
        remind(context, *person, items);
      gap(0.5f);
      draw_work(context, items, id.c_str(), false);
    }
    gap(0.75f);
  }

  // One mail for everything: who gets ten mails answers none.
  static void remind(Context& context, const Person& person, const std::vector<WorkItem>& items) {
    std::string list;
    constexpr std::size_t most = 30;  // a mail's address has a limit
    for (std::size_t i = 0; i < std::min(most, items.size()); ++i) {
      const WorkItem& item = items[i];
      const Record* record = context.project.table(*item.info).find(item.record);
      if (!record) continue;
      list += "\n- " + record_title(context.project, *item.info, *record);
      if (item.due) list += " (" + format_day(*item.due, context.language) + ")";
    }
    const std::string subject = context.text("chasing.subject"_key, {std::to_string(items.size())});
    context.platform.open_link(mail_to(person.email, subject, context.text("chasing.body"_key, {person.name, list})));
  }

  int view_ = 0;
  FullDeskChart chart_{Desk::coordinator};
};

}  // namespace

std::unique_ptr<Page> make_chasing_page() { return std::make_unique<ChasingPage>(); }

}  // namespace pmo::desks
