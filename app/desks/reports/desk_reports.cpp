// Reports of single desks: risks, costs, minutes, open work, the change log, the list of any register.
#include <cmath>
#include <map>

#include "app/desks/reports/reports.h"
#include "app/desks/risk/risk_matrix.h"
#include "app/engine/control/exchange.h"
#include "app/engine/derived_fields.h"
#include "app/engine/risk/risk.h"
#include "app/model/describe_record.h"
#include "app/model/records/cost.h"
#include "app/model/records/document.h"
#include "app/model/records/meeting.h"
#include "app/model/sort_stably.h"
#include "app/ui/charts/svg.h"
#include "app/ui/control_analyses.h"
#include "app/ui/form/record_form.h"
#include "app/ui/table/cell_text.h"
#include "app/ui/work_list.h"

namespace pmo::desks {

using namespace ui;

namespace {

std::string label(const ReportInput& input, const FieldInfo& field) { return std::string(input.text(field.label_key())); }

std::vector<const Record*> records_of(const ReportInput& input, const RegisterInfo& info) {
  const auto& records = input.project.table(info).records();
  return {records.begin(), records.end()};
}

// The parts of a record in one register.
template <class R>
std::vector<const Record*> parts(const ReportInput& input, Ref<Meeting> R::* owner, Id meeting) {
  std::vector<const Record*> found;
  for (const auto& record : input.project.all<R>())
    if ((record.*owner).id == meeting) found.push_back(&record);
  return found;
}

std::string names(const ReportInput& input, const Refs<Person>& people) {
  std::string text;
  for (const auto ref : people)
    if (const Person* person = input.project.find(ref))
      text += (text.empty() ? "" : input.language == Language::chinese ? "、" : ", ") + person->name;
  return text;
}

}  // namespace

Report risk_report(const ReportInput& input) {
  Report report(head_of(input, std::string(input.text("report.risks"_key))));
  const auto& info = register_of<Risk>();
  std::vector<const Record*> risks;
  std::array<int, 5> counts{};
  Money reserve;
  for (const auto& risk : input.project.all<Risk>()) {
    if (!is_open(info, risk)) continue;
    risks.push_back(&risk);
    ++counts[static_cast<std::size_t>(engine::risk_level(engine::risk_score(risk), engine::risk_scale_of(input.project)))];
    reserve += risk.reserve;
  }
  sort_stably(risks, std::greater{}, [](const Record* risk) { return engine::risk_score(static_cast<const Risk&>(*risk)).value_or(0); });
  const Scales scales = scales_of(input.project);
  const auto number = [&](Key key, int count, Tone tone) { return ReportFact{std::string(input.text(key)), std::to_string(count), tone}; };
  report.facts({number("report.open_risks"_key, static_cast<int>(risks.size()), Tone::neutral), number("report.extreme"_key, counts[4], Tone::bad),
                number("report.high"_key, counts[3], Tone::bad), number("report.not_assessed"_key, counts[0], Tone::caution),
                {std::string(input.text("report.expected"_key)), format_money_short(engine::risk_exposure(input.project).expected_cost, scales, input.language)},
                {std::string(input.text("report.reserve"_key)), format_money_short(reserve, scales, input.language)}});
  if (!risks.empty()) {
    std::vector<const Risk*> open;
    for (const Record* risk : risks) open.push_back(static_cast<const Risk*>(risk));
    for (const bool residual : {false, true}) {
      const HeatMap map = risk_matrix(input.project, open, residual, input.language);
      report.svg(write_svg(map, {.size = {720, 180}, .locale = {input.language, scales}}), map.title);
    }
  }
  report.heading(input.text("report.open_risks"_key));
  report.table(table_of(input, info, risks, {"title", "category", "probability", "score", "level", "expected_value", "residual_score", "strategy", "owner", "next_review"}, "report.top_risks.none"_key));
  report.heading(input.text("report.responses"_key));
  for (const Record* record : risks) {
    const auto& risk = static_cast<const Risk&>(*record);
    report.subheading(record_number(input.project, info, risk) + "  " + risk.title);
    report.details({{label(input, field_of<Risk>(&Risk::cause)), risk.cause}, {label(input, field_of<Risk>(&Risk::event)), risk.event},
                    {label(input, field_of<Risk>(&Risk::effect)), risk.effect}, {label(input, field_of<Risk>(&Risk::trigger)), risk.trigger},
                    {label(input, field_of<Risk>(&Risk::preventive_actions)), risk.preventive_actions},
                    {label(input, field_of<Risk>(&Risk::contingency_plan)), risk.contingency_plan},
                    {label(input, field_of<Risk>(&Risk::actionee)), person_name(input, risk.actionee)}});
  }
  return report;
}

Report cost_report(const ReportInput& input) {
  Report report(head_of(input, std::string(input.text("report.costs"_key))));
  const auto& finances = input.analyses.of<FinancesOf>();
  const engine::AccountFinance& all = finances.sum;
  const Scales scales = scales_of(input.project);
  const auto whole = [](double amount) { return Money{std::llround(amount)}; };
  const auto money = [&](double amount) { return ReportCell(format_amount(whole(amount), scales)); };
  const auto left = [&](const engine::AccountFinance& of) {
    const Money rest = whole(of.budget - of.actual - of.committed);
    return ReportCell(format_amount(rest, scales), rest.value < 0 ? Tone::bad : Tone::neutral);
  };
  const auto fact = [&](Key name, double amount) { return ReportFact{std::string(input.text(name)), format_money_short(whole(amount), scales, input.language)}; };
  report.facts({fact("budget.column.budget"_key, all.budget), fact("budget.column.actual"_key, all.actual), fact("budget.column.committed"_key, all.committed),
                fact("report.left"_key, all.budget - all.actual - all.committed)});
  report.heading(input.text("report.by_account"_key, {scales.currency}));
  ReportTable table{.empty = std::string(input.text("report.by_account.none"_key))};
  table.columns = {{label(input, field_of<CostAccount>(&CostAccount::code))}, {label(input, field_of<CostAccount>(&CostAccount::name))}};
  for (const Key key : {"budget.column.budget"_key, "budget.column.actual"_key, "budget.column.committed"_key, "report.left"_key}) table.columns.emplace_back(std::string(input.text(key)), true);
  std::vector<std::pair<const CostAccount*, engine::AccountFinance>> accounts;
  for (const auto& one : finances.accounts) accounts.emplace_back(input.project.find(Ref<CostAccount>{one.account}), one);
  sort_stably(accounts, [](const auto& a, const auto& b) { return a.first && (!b.first || a.first->code < b.first->code); });
  for (const auto& [account, one] : accounts) {
    const std::string name = account ? account->name : std::string(input.text("report.no_account"_key));
    table.rows.push_back({ReportCell(account ? account->code : std::string()), ReportCell(name), money(one.budget), money(one.actual), money(one.committed), left(one)});
  }
  table.rows.push_back({ReportCell(), ReportCell(std::string(input.text("report.sum"_key))), money(all.budget), money(all.actual), money(all.committed), left(all)});
  for (auto& cell : table.rows.back()) cell.strong = true;
  report.table(table);
  if (!finances.without_rate.empty()) report.paragraph(input.text("budget.cash.no_rate"_key, {finances.without_rate}));
  std::map<std::int32_t, Money> by_month;  // first day of the month
  const engine::ExchangeRates rates(input.project);
  for (const auto& entry : input.project.all<CostEntry>())
    if (entry.kind != CostKind::commitment && entry.date <= input.status())
      by_month[month_of(entry.date).value] += Money{std::llround(rates.own_amount(entry, &CostEntry::amount, input.status()).value_or(0))};
  report.heading(input.text("report.by_month"_key, {scales.currency}));
  ReportTable months{.empty = std::string(input.text("report.by_month.none"_key))};
  months.columns = {{std::string(input.text("report.month"_key))}, {std::string(input.text("report.spent"_key)), true}, {std::string(input.text("report.cumulative"_key)), true}};
  Money cumulative;
  for (const auto& [day, amount] : by_month) {
    cumulative += amount;
    months.rows.push_back({ReportCell(format_month(Day{day}, input.language)), ReportCell(format_amount(amount, scales)), ReportCell(format_amount(cumulative, scales))});
  }
  report.table(months);
  return report;
}

Report minutes_report(const ReportInput& input) {
  const Meeting* meeting = input.project.all<Meeting>().find(input.subject);
  if (!meeting) return Report(head_of(input, std::string(input.text("report.minutes"_key))));
  auto head = head_of(input, input.text("report.minutes_of"_key, {meeting->title}));
  head.status.clear();
  Report report(head);
  const CellTexts texts(input.project, input.language, input.today);
  const auto shown = [&](const FieldInfo& field) { return ReportFact{label(input, field), texts.shown(field, field.get(*meeting))}; };
  report.details({shown(field_of<Meeting>(&Meeting::kind)), shown(field_of<Meeting>(&Meeting::start)), shown(field_of<Meeting>(&Meeting::length)),
                  shown(field_of<Meeting>(&Meeting::place)), shown(field_of<Meeting>(&Meeting::chair)), shown(field_of<Meeting>(&Meeting::recorder)),
                  {label(input, field_of<Meeting>(&Meeting::attended)), names(input, meeting->attended)},
                  {label(input, field_of<Meeting>(&Meeting::invited)), names(input, meeting->invited)},
                  {label(input, field_of<Meeting>(&Meeting::purpose)), meeting->purpose}});
  report.heading(input.text(register_of<AgendaItem>().label_key()));
  auto agenda = parts(input, &AgendaItem::meeting, meeting->id);
  sort_stably(agenda, {}, [](const Record* item) { return static_cast<const AgendaItem&>(*item).order; });
  if (agenda.empty()) report.paragraph(input.text("report.agenda.none"_key));
  int number = 0;
  for (const Record* record : agenda) {
    const auto& item = static_cast<const AgendaItem&>(*record);
    const std::string presenter = person_name(input, item.presenter);
    report.subheading(std::to_string(++number) + "  " + item.topic + (presenter.empty() ? "" : " (" + presenter + ")"));
    report.paragraph(item.discussion);
  }
  if (!meeting->minutes.empty()) {
    report.heading(label(input, field_of<Meeting>(&Meeting::minutes)));
    report.formatted(meeting->minutes);
  }
  report.heading(input.text(register_of<Decision>().label_key()));
  report.table(table_of(input, register_of<Decision>(), parts(input, &Decision::meeting, meeting->id), {"title", "reasons", "decided_by"}, "report.decisions.none"_key));
  report.heading(input.text(register_of<ActionItem>().label_key()));
  report.table(table_of(input, register_of<ActionItem>(), parts(input, &ActionItem::meeting, meeting->id), {"title", "owner", "due", "status"}, "report.actions.none"_key));
  return report;
}

Report open_work_report(const ReportInput& input) {
  Report report(head_of(input, std::string(input.text("report.open_work"_key))));
  std::map<std::string, std::vector<WorkItem>> by_person;
  for (const auto& item : input.analyses.of<WorkListOf>()) {
    if (item.info == &register_of<Task>() && item.due && *item.due > input.today + 30) continue;  // not yet anybody's concern
    const Record* record = input.project.table(*item.info).find(item.record);
    if (!record || !comes_up(item, input.today) || input.leaves_out(*item.info, *record)) continue;
    by_person[person_name(input, item.responsible)].push_back(item);
  }
  if (by_person.empty()) report.paragraph(input.text("report.open_work.none"_key));
  for (const auto& [person, items] : by_person) {
    report.heading(person.empty() ? std::string(input.text("report.nobody"_key)) : person);
    ReportTable table;
    for (const Key key : {"report.number"_key, "report.what"_key, "report.kind"_key, "report.due"_key, "report.state"_key}) table.columns.emplace_back(std::string(input.text(key)));
    for (const auto& item : items) {
      const Record* record = input.project.table(*item.info).find(item.record);
      if (!record) continue;
      const bool late = item.due && *item.due < input.today;
      table.rows.push_back({ReportCell(record_number(input.project, *item.info, *record)), ReportCell(record_title(input.project, *item.info, *record)),
                            ReportCell(std::string(input.text(item.info->one_key()))), ReportCell(item.due ? format_day(*item.due, input.language) : ""),
                            ReportCell(item.due ? format_due(*item.due, input.today, input.language) : "", late ? Tone::bad : Tone::neutral)});
    }
    report.table(table);
  }
  return report;
}

Report change_log_report(const ReportInput& input) {
  auto head = head_of(input, std::string(input.text("report.changes"_key)));
  head.wide = true;
  Report report(head);
  constexpr std::size_t most = 500;
  const CellTexts texts(input.project, input.language, input.today);
  ReportTable table{.empty = std::string(input.text("history.none"_key))};
  for (const Key key : {"report.when"_key, "report.record"_key, "report.what"_key, "report.before"_key, "report.after"_key}) table.columns.emplace_back(std::string(input.text(key)));
  auto commits = input.project.journal().since({});
  if (!commits) return report;
  for (auto commit = commits->rbegin(); commit != commits->rend() && table.rows.size() < most; ++commit)
    for (const auto& change : commit->changes) {
      const Record* record = input.project.table(*change.info).find_any(change.record);
      if (!record || input.leaves_out(*change.info, *record) || (change.field && input.names_left_out(*change.field, *record))) continue;
      const std::string when = format_day(Day{static_cast<std::int32_t>(commit->stamp.milliseconds() / 86'400'000)}, input.language);
      const std::string number = record_number(input.project, *change.info, *record);
      const std::string name = (number.empty() ? std::string(input.text(change.info->one_key())) : number) + " " + record_title(input.project, *change.info, *record);
      const auto told = texts.told(change);
      if (told.field.empty() && (change.field || change.action == Action::superseded)) continue;
      Key what = "form.history.created"_key;
      if (change.action == Action::erase) what = "form.history.erased"_key;
      if (change.action == Action::revive) what = "form.history.revived"_key;
      table.rows.push_back({ReportCell(when), ReportCell(name), ReportCell(told.field.empty() ? std::string(input.text(what)) : told.field),
                            ReportCell(told.before), ReportCell(told.after)});
    }
  report.paragraph(input.text("report.changes.newest"_key, {std::to_string(table.rows.size())}));
  report.table(table);
  return report;
}

Report register_report(const ReportInput& input) {
  const RegisterInfo& info = *input.info;
  auto head = head_of(input, std::string(input.text(info.label_key())));
  std::vector<std::string_view> fields;
  constexpr std::size_t most = 9;
  for (const auto& field : info.fields)
    if (!field.options.hidden && !field.options.lines && !field.options.markdown && !field.options.confidential && fields.size() < most) fields.push_back(field.name);
  for (const FieldInfo& field : engine::derived_fields(info)) fields.push_back(field.name);
  head.wide = fields.size() > 6;
  Report report(head);
  report.table(table_of(input, info, records_of(input, info), fields, "report.empty"_key));
  return report;
}

}  // namespace pmo::desks
