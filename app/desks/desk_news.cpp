#include "app/desks/desk_news.h"

#include <algorithm>
#include <cmath>
#include <format>

#include "app/desks/desk_charts.h"
#include "app/engine/change/change_approval.h"
#include "app/engine/control/index_limits.h"
#include "app/engine/control/status_assessment.h"
#include "app/engine/documents/document_control.h"
#include "app/engine/procurement/purchasing.h"
#include "app/engine/quality/control_chart_of.h"
#include "app/engine/quality/satisfaction.h"
#include "app/engine/resources/certificates.h"
#include "app/engine/resources/competency_gaps.h"
#include "app/engine/risk/risk.h"
#include "app/model/format.h"
#include "app/model/problems.h"
#include "app/model/records/change_request.h"
#include "app/model/records/communication.h"
#include "app/model/records/issue.h"
#include "app/model/records/management.h"
#include "app/model/records/meeting.h"
#include "app/model/records/resource_use.h"
#include "app/ui/control_analyses.h"
#include "app/ui/icons.h"

namespace pmo::desks {
namespace {

using namespace ui;

// What a figure says; the table below adds its name and its page. None: there is nothing to judge yet.
struct Said {
  std::string value, note = {};
  Tone tone = Tone::neutral;
};
using Saying = std::optional<Said>;

Saying counted(std::size_t count, Tone when_some = Tone::bad, std::string note = {}) {
  return Said{format_integer(static_cast<std::int64_t>(count)), std::move(note), count > 0 ? when_some : Tone::good};
}

template <class R, class Test>
std::size_t count_of(const Project& project, Test&& test) {
  return static_cast<std::size_t>(std::ranges::count_if(project.all<R>(), test));
}

template <class R>
std::size_t open_of(const Project& project) {
  return count_of<R>(project, [](const R& record) { return is_open(register_of<R>(), record); });
}

std::string short_money(const Context& context, double minor) {
  return format_money_short({std::llround(minor)}, scales_of(context.project), context.language);
}

// ---- time and cost

Saying finish(Context& context) {
  if (context.project.all<Task>().empty()) return {};
  const Day day = context.analyses.of<ScheduleOf>().schedule.project_finish.day();
  Said said{format_day(day, context.language)};
  if (const auto& value = context.analyses.of<EarnedValueOf>(); value.baseline) {
    const int late = day - value.planned_finish;
    said.note = context.text("desk_figure.to_baseline"_key, {format_lateness(late, context.language)});
    said.tone = late > 0 ? Tone::bad : Tone::good;
  }
  return said;
}

Saying late_tasks(Context& context) {
  if (context.project.all<Task>().empty()) return {};
  const Day status = engine::status_day(context.project, context.today);
  const auto late = engine::late_tasks(context.analyses.of<OutlineOf>(), context.analyses.of<ScheduleOf>().schedule, status);
  return counted(late.size(), Tone::bad, context.text("analysis.as_of"_key, {format_day(status, context.language)}));
}

Tone tone_of_health(engine::Health health) {
  switch (health) {
    case engine::Health::good: return Tone::good;
    case engine::Health::warning: return Tone::caution;
    case engine::Health::bad: return Tone::bad;
    default: return Tone::neutral;
  }
}

// Judged by the project's own limits, as on the page that it leads to.
Saying performance(std::optional<double> index, const engine::IndexThresholds& limits, std::string note) {
  if (!index) return {};
  return Said{std::format("{:.2f}", *index), std::move(note), tone_of_health(engine::health_of_index(index, limits))};
}

Saying schedule_performance(Context& context) {
  const auto& total = context.analyses.of<EarnedValueOf>().total;
  const auto figures = engine::earned_value(total);
  return performance(figures.schedule_performance_index, engine::index_limits_of(context.project).schedule, context.text("desk_figure.variance"_key, {short_money(context, figures.schedule_variance)}));
}

Saying cost_performance(Context& context) {
  const auto& total = context.analyses.of<EarnedValueOf>().total;
  const auto figures = engine::earned_value(total);
  return performance(figures.cost_performance_index, engine::index_limits_of(context.project).cost, context.text("desk_figure.variance"_key, {short_money(context, figures.cost_variance)}));
}

Saying forecast(Context& context) {
  const auto& sum = context.analyses.of<FinancesOf>().sum;
  if (sum.forecast == 0) return {};
  const Key note = sum.over_budget() ? "desk_figure.over_budget"_key : "desk_figure.within_budget"_key;
  return Said{short_money(context, sum.forecast), context.text(note, {short_money(context, std::fabs(sum.variance()))}), sum.over_budget() ? Tone::bad : Tone::good};
}

Saying used_budget(Context& context) {
  const auto& sum = context.analyses.of<FinancesOf>().sum;
  const auto used = sum.used();
  if (!used) return {};
  return Said{format_share(*used), context.text("desk_figure.of"_key, {short_money(context, sum.budget)}), *used > 1 ? Tone::bad : Tone::neutral};
}

Saying reserve(Context& context) {
  const auto figures = engine::reserve_of(context.project, ReserveKind::contingency, context.analyses.of<EarnedValueOf>());
  if (figures.reserve <= 0) return {};
  const double left = figures.reserve - figures.drawn;
  return Said{short_money(context, left), context.text("desk_figure.of"_key, {short_money(context, figures.reserve)}), left < figures.reserve * 0.2 ? Tone::bad : Tone::neutral};
}

Saying lowest_cash(Context& context) {
  const auto* lowest = engine::lowest_balance(context.analyses.of<FinancesOf>().cash);
  if (!lowest) return {};
  return Said{short_money(context, lowest->balance), format_month(lowest->month, context.language), lowest->balance < 0 ? Tone::bad : Tone::good};
}

// ---- people and their agreements

Saying urgent_issues(Context& context) {
  const auto& info = register_of<Issue>();
  return counted(count_of<Issue>(context.project, [&](const Issue& issue) { return issue.priority >= Priority::high && is_open(info, issue); }),
                 Tone::bad, context.text("desk_figure.of_open"_key, {format_integer(static_cast<std::int64_t>(open_of<Issue>(context.project)))}));
}

Saying late_work(Context& context) {
  const auto& work = context.analyses.of<WorkListOf>();
  return counted(static_cast<std::size_t>(std::ranges::count_if(work, [&](const WorkItem& item) { return item.due && *item.due < context.today && comes_up(item, context.today); })));
}

Saying without_person(Context& context) {
  const auto& work = context.analyses.of<WorkListOf>();
  return counted(static_cast<std::size_t>(std::ranges::count_if(work, [&](const WorkItem& item) { return !item.responsible && comes_up(item, context.today); })), Tone::caution);
}

Saying next_meeting(Context& context) {
  const Meeting* next = nullptr;
  for (const Meeting& meeting : context.project.all<Meeting>()) {
    const bool to_come = meeting.start && meeting.start->day() >= context.today && meeting.status <= MeetingStatus::invited;
    if (to_come && (!next || *meeting.start < *next->start)) next = &meeting;
  }
  if (!next) return {};
  return Said{format_due(next->start->day(), context.today, context.language), next->title};
}

Saying unconfirmed(Context& context) {
  const auto& all = context.project.all<Acknowledgement>();
  if (all.empty()) return {};
  return counted(count_of<Acknowledgement>(context.project, [](const Acknowledgement& one) { return !one.acknowledged_on; }), Tone::caution,
                 context.text("desk_figure.of"_key, {format_integer(static_cast<std::int64_t>(all.size()))}));
}

Saying late_communications(Context& context) {
  const auto& info = register_of<Communication>();
  return counted(count_of<Communication>(context.project, [&](const Communication& one) { return is_late(info, one, context.today); }));
}

Saying late_contacts(Context& context) {
  return counted(count_of<Stakeholder>(context.project, [&](const Stakeholder& one) { return one.status == EntryStatus::in_use && one.next_contact && *one.next_contact < context.today; }), Tone::caution);
}

// ---- risk and quality

Saying exposure(Context& context) {
  if (context.project.all<Risk>().empty()) return {};
  const auto found = engine::risk_exposure(context.project);
  Said said{short_money(context, static_cast<double>(found.expected_cost.value))};
  if (found.without_figures > 0) said.note = context.text("desk_figure.without_figures"_key, {std::to_string(found.without_figures)}), said.tone = Tone::caution;
  return said;
}

Saying high_risks(Context& context) {
  const auto& info = register_of<Risk>();
  const auto scale = engine::risk_scale_of(context.project);
  return counted(count_of<Risk>(context.project, [&](const Risk& risk) { return is_open(info, risk) && engine::risk_level(engine::risk_score(risk), scale) >= engine::RiskLevel::high; }),
                 Tone::bad, context.text("desk_figure.of_open"_key, {format_integer(static_cast<std::int64_t>(open_of<Risk>(context.project)))}));
}

Saying late_risks(Context& context) {
  const auto& info = register_of<Risk>();
  return counted(count_of<Risk>(context.project, [&](const Risk& risk) { return is_late(info, risk, context.today); }));
}

Saying out_of_control(Context& context) {
  std::size_t charts = 0, out = 0;
  for (const QualityPlanItem& item : context.project.all<QualityPlanItem>()) {
    const auto chart = engine::control_chart_of(context.project, item);
    if (chart.missing != engine::NoChart::none) continue;
    ++charts;
    out += !chart.signals.empty() || !chart.spread_signals.empty();
  }
  if (charts == 0) return {};
  return counted(out, Tone::bad, context.text("desk_figure.of_charts"_key, {std::to_string(charts)}));
}

Saying open_nonconformities(Context& context) { return counted(open_of<Nonconformity>(context.project), Tone::caution); }

Saying satisfaction(Context& context) {
  const auto months = engine::satisfaction_by_month(context.project);
  const auto last = std::find_if(months.rbegin(), months.rend(), [](const auto& month) { return month.satisfied.has_value(); });
  if (last == months.rend()) return {};
  const double share = *last->satisfied;
  return Said{format_percent({static_cast<std::int32_t>(std::lround(share * 10))}), format_month(last->month, context.language), share >= 80 ? Tone::good : share >= 60 ? Tone::caution : Tone::bad};
}

// ---- resources, purchases, changes

Saying overloaded(Context& context) {
  const auto& demand = context.analyses.of<ResourceDemandOf>();
  if (demand.empty()) return {};
  return counted(static_cast<std::size_t>(std::ranges::count_if(demand, [](const auto& one) { return !one.conflicts.empty(); })), Tone::bad,
                 context.text("desk_figure.of"_key, {std::to_string(demand.size())}));
}

Saying open_requests(Context& context) { return counted(open_of<ResourceRequest>(context.project), Tone::caution); }

Saying away(Context& context) {
  return counted(count_of<Absence>(context.project, [&](const Absence& one) { return one.status == AbsenceStatus::approved && one.first && one.last && *one.first <= context.today && context.today <= *one.last; }), Tone::caution);
}

std::vector<engine::DeliveryOutlook> late_deliveries(Context& context) {
  const auto& [plan, schedule] = context.analyses.of<ScheduleOf>();
  auto outlook = engine::delivery_outlook(context.project, plan, schedule);
  std::erase_if(outlook, [&](const engine::DeliveryOutlook& one) {
    const Delivery* delivery = context.project.all<Delivery>().find(one.delivery);
    return !delivery || delivery->status >= DeliveryStatus::accepted || one.days_late.value_or(0) <= 0;
  });
  return outlook;
}

Saying deliveries_late(Context& context) {
  if (context.project.all<Delivery>().empty()) return {};
  return counted(late_deliveries(context).size());
}

Saying to_order(Context& context) {
  if (context.project.all<ProcurementItem>().empty()) return {};
  const auto& plan = context.analyses.of<ScheduleOf>();
  return counted(count_of<ProcurementItem>(context.project, [&](const ProcurementItem& item) {
    if (item.status >= ProcurementStatus::ordered) return false;
    const auto latest = engine::order_date(item, plan.plan, plan.schedule).latest_order;
    return latest && *latest < context.today;
  }));
}

Saying open_claims(Context& context) { return counted(open_of<Claim>(context.project), Tone::caution); }

Saying undecided(Context& context) {
  return counted(count_of<ChangeRequest>(context.project, [](const ChangeRequest& one) { return one.status < ChangeStatus::approved && one.status != ChangeStatus::draft; }), Tone::caution);
}

Saying missing_votes(Context& context) {
  std::size_t pending = 0;
  for (const ChangeRequest& request : context.project.all<ChangeRequest>())
    if (request.status < ChangeStatus::approved) pending += static_cast<std::size_t>(engine::votes_of(context.project, request).pending);
  return counted(pending, Tone::caution);
}

// Of what was approved: with the budget in mind.
Saying cost_of_changes(Context& context) {
  Money sum;
  bool any = false;
  for (const ChangeRequest& request : context.project.all<ChangeRequest>())
    if (engine::is_approved(request.status) && request.cost_effect) sum += *request.cost_effect, any = true;
  if (!any) return {};
  return Said{short_money(context, static_cast<double>(sum.value))};
}

// ---- documents, training, administration

Saying lacking(Context& context) {
  const auto& required = context.project.all<RequiredDocument>();
  if (required.empty()) return {};
  return counted(engine::lacking_documents(context.project).size(), Tone::bad, context.text("desk_figure.of"_key, {std::to_string(required.size())}));
}

Saying late_reviews(Context& context) {
  const auto& info = register_of<Document>();
  return counted(count_of<Document>(context.project, [&](const Document& document) { return is_late(info, document, context.today); }));
}

Saying to_dispose(Context& context) { return counted(engine::retention_over(context.project, context.today).size(), Tone::caution); }

Saying gaps(Context& context) {
  std::size_t all = 0, mandatory = 0;
  for (const auto& one : engine::competency_gaps(context.project, context.today)) {
    const bool lacks = one.required && one.assessed.value_or(0) < *one.required;
    all += lacks;
    mandatory += lacks && one.mandatory;
  }
  return counted(mandatory, Tone::bad, context.text("desk_figure.of_gaps"_key, {std::to_string(all)}));
}

Saying expiring(Context& context) {
  const auto all = engine::certificates(context.project, context.today);
  if (all.empty()) return {};
  const auto of = [&](engine::CertificateState state) { return static_cast<std::size_t>(std::ranges::count(all, state, &engine::Certificate::state)); };
  const auto expired = of(engine::CertificateState::expired), soon = of(engine::CertificateState::expiring);
  return counted(expired + soon, expired > 0 ? Tone::bad : Tone::caution, context.text("desk_figure.expired"_key, {std::to_string(expired)}));
}

Saying conflicts(Context& context) {
  const auto& all = context.project.conflicts();
  return counted(static_cast<std::size_t>(std::ranges::count_if(all, [&](const Conflict& one) { return context.project.open(one); })), Tone::caution);
}

Saying contradictions(Context& context) {
  const auto problems = problems_of(context.project);
  return counted(problems.size(), Tone::bad, problems.empty() ? std::string() : describe(problems.front(), context.language));
}

struct FigureOfDesk {
  Desk desk;
  Key name;
  std::string_view page;
  Saying (*say)(Context&);
};

constexpr FigureOfDesk figures[] = {
    {Desk::manager, "desk_figure.finish"_key, "tasks", finish},
    {Desk::manager, "desk_figure.late_tasks"_key, "tasks", late_tasks},
    {Desk::manager, "desk_figure.cpi"_key, "earned_value", cost_performance},
    {Desk::manager, "desk_figure.urgent_issues"_key, "issues", urgent_issues},
    {Desk::coordinator, "desk_figure.late_work"_key, "chasing", late_work},
    {Desk::coordinator, "desk_figure.without_person"_key, "chasing", without_person},
    {Desk::coordinator, "desk_figure.next_meeting"_key, "meetings", next_meeting},
    {Desk::coordinator, "desk_figure.unconfirmed"_key, "acknowledgement", unconfirmed},
    {Desk::controller, "desk_figure.finish"_key, "baselines", finish},
    {Desk::controller, "desk_figure.spi"_key, "earned_value", schedule_performance},
    {Desk::controller, "desk_figure.cpi"_key, "earned_value", cost_performance},
    {Desk::controller, "desk_figure.forecast"_key, "budget_overview", forecast},
    {Desk::risk, "desk_figure.high_risks"_key, "risks", high_risks},
    {Desk::risk, "desk_figure.exposure"_key, "risks", exposure},
    {Desk::risk, "desk_figure.reserve"_key, "budget_overview", reserve},
    {Desk::risk, "desk_figure.late_risks"_key, "risk_responses", late_risks},
    {Desk::quality, "desk_figure.out_of_control"_key, "quality_analysis", out_of_control},
    {Desk::quality, "desk_figure.nonconformities"_key, "nonconformity", open_nonconformities},
    {Desk::quality, "desk_figure.satisfaction"_key, "quality_analysis", satisfaction},
    {Desk::finance, "desk_figure.forecast"_key, "budget_overview", forecast},
    {Desk::finance, "desk_figure.used_budget"_key, "budget_overview", used_budget},
    {Desk::finance, "desk_figure.reserve"_key, "budget_overview", reserve},
    {Desk::finance, "desk_figure.lowest_cash"_key, "budget_overview", lowest_cash},
    {Desk::resources, "desk_figure.overloaded"_key, "resource_load", overloaded},
    {Desk::resources, "desk_figure.open_requests"_key, "resource_request", open_requests},
    {Desk::resources, "desk_figure.away"_key, "absence", away},
    {Desk::communications, "desk_figure.late_communications"_key, "communication", late_communications},
    {Desk::communications, "desk_figure.unconfirmed"_key, "acknowledgement", unconfirmed},
    {Desk::communications, "desk_figure.late_contacts"_key, "stakeholder", late_contacts},
    {Desk::procurement, "desk_figure.deliveries_late"_key, "supply_outlook", deliveries_late},
    {Desk::procurement, "desk_figure.to_order"_key, "supply_outlook", to_order},
    {Desk::procurement, "desk_figure.open_claims"_key, "claim", open_claims},
    {Desk::change, "desk_figure.undecided"_key, "change_impact", undecided},
    {Desk::change, "desk_figure.missing_votes"_key, "change_impact", missing_votes},
    {Desk::change, "desk_figure.cost_of_changes"_key, "change_effects", cost_of_changes},
    {Desk::documents, "desk_figure.lacking"_key, "required_document", lacking},
    {Desk::documents, "desk_figure.late_reviews"_key, "documents", late_reviews},
    {Desk::documents, "desk_figure.to_dispose"_key, "documents", to_dispose},
    {Desk::training, "desk_figure.gaps"_key, "competency_gaps", gaps},
    {Desk::training, "desk_figure.expiring"_key, "attendance", expiring},
    {Desk::administrator, "desk_figure.conflicts"_key, "conflicts", conflicts},
    {Desk::administrator, "desk_figure.contradictions"_key, "history", contradictions},
};

// ---- lists

std::vector<WorkItem> documents_lacking(Context& context) {
  std::vector<WorkItem> items;
  for (const auto& one : engine::lacking_documents(context.project)) {
    const RequiredDocument* required = context.project.all<RequiredDocument>().find(one.required);
    items.push_back({&register_of<RequiredDocument>(), one.required, one.due, required ? required->owner : Ref<Person>{}});
  }
  return items;
}

std::vector<WorkItem> deliveries_too_late(Context& context) {
  std::vector<WorkItem> items;
  for (const auto& one : late_deliveries(context)) {
    const Delivery* delivery = context.project.all<Delivery>().find(one.delivery);
    items.push_back({&register_of<Delivery>(), one.delivery, one.needed, responsible_for(register_of<Delivery>(), *delivery)});
  }
  return items;
}

struct ListOfDesk {
  Desk desk;
  Key title;
  const char* icon;
  std::vector<WorkItem> (*items)(Context&);
};

constexpr ListOfDesk lists[] = {
    {Desk::documents, "desk_list.lacking"_key, icon::file_check, documents_lacking},
    {Desk::procurement, "desk_list.deliveries_late"_key, icon::truck, deliveries_too_late},
};

}  // namespace

DeskNews tell_desk(Context& context, Desk desk) {
  DeskNews news{.chart = chart_of_desk(context, desk)};
  for (const FigureOfDesk& one : figures)
    if (one.desk == desk)
      if (auto said = one.say(context)) news.figures.push_back({one.name, std::move(said->value), std::move(said->note), said->tone, one.page});
  for (const ListOfDesk& one : lists)
    if (one.desk == desk)
      if (auto items = one.items(context); !items.empty()) news.lists.push_back({one.title, one.icon, std::move(items)});
  return news;
}

}  // namespace pmo::desks
