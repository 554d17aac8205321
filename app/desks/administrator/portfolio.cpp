// All projects of the workspace: health, dates, cost, risk, and whom several of them ask for at the same time.
#include "app/desks/administrator/portfolio.h"

#include <algorithm>
#include <cmath>
#include <format>
#include <numeric>
#include <utility>

#include "app/desks/matrix.h"
#include "app/desks/pages.h"
#include "app/model/open_work.h"
#include "app/model/sort_stably.h"
#include "app/ui/icons.h"
#include "app/ui/platform.h"
#include "app/ui/table/cell_text.h"
#include "app/ui/widgets/fact_table.h"
#include "app/ui/widgets/widgets.h"
#include "app/ui/work_list.h"

namespace pmo::desks {

using namespace ui;
using engine::Health;
using engine::ProjectSummary;

// ---- reading -----------------------------------------------------------------------------------------------------

void PortfolioReader::follow(const Project* open, Day today) {
  const auto entries = workspace_.projects();
  summaries_.clear();
  waiting_ = unreadable_ = 0;
  for (const ProjectEntry& entry : entries) {
    const bool is_open = open && entry.id == workspace_.project_id();
    const std::uint64_t state = is_open ? open->revision() : entry.changed;
    const auto known = known_.find(entry.id);
    const bool fresh = known != known_.end() && known->second.state == state && known->second.today == today;
    if (known != known_.end()) {
      if (known->second.summary) summaries_.push_back(*known->second.summary);
      else ++unreadable_;
    }
    if (fresh) continue;
    ++waiting_;
    if (looking_) continue;
    looking_ = true;
    workspace_.look_into(entry.id, [this, alive = std::weak_ptr(alive_), id = entry.id, state, today](Result<const Project*> project) {
      if (alive.expired()) return;
      looking_ = false;
      auto& kept = known_[id];
      kept = {.state = state, .today = today, .summary = std::nullopt};
      if (project) kept.summary = engine::summarise(**project, today);
    });
  }
}

std::string money_of(const ProjectSummary& project, double amount, Language language) {
  Scales scales;
  scales.currency = project.currency;
  scales.currency_digits = static_cast<int>(project.currency_digits);
  return format_money_short({std::llround(amount)}, scales, language);
}

namespace {

struct HealthWords {
  Key name;
  Tone tone;
  const char* icon;
};
HealthWords words_of(Health health) {
  switch (health) {
    case Health::good: return {"portfolio.good"_key, Tone::good, icon::success};
    case Health::warning: return {"portfolio.warning"_key, Tone::caution, icon::warning};
    case Health::bad: return {"portfolio.bad"_key, Tone::bad, icon::octagon_alert};
    case Health::unknown: break;
  }
  return {"portfolio.unknown"_key, Tone::neutral, icon::info};
}

Tone tone_of(std::optional<double> index, const engine::IndexThresholds& limits) { return words_of(engine::health_of_index(index, limits)).tone; }

std::string two_digits(std::optional<double> value, Language language) {
  return value ? std::format("{:.2f}", *value) : std::string(word("analysis.no_value"_key, language));
}

std::string day_text(std::optional<Day> day, Language language) {
  return day ? format_day(*day, language) : std::string(word("analysis.no_value"_key, language));
}

// "12 days late"
std::string lateness(const ProjectSummary& project, Language language) {
  if (!project.days_late) return std::string(word("portfolio.no_baseline"_key, language));
  return format_lateness(*project.days_late, language);
}

Tone tone_of_lateness(const ProjectSummary& project) {
  if (!project.days_late) return Tone::neutral;
  return *project.days_late > 0 ? Tone::bad : Tone::good;
}

struct Fact {
  std::string text;
  Tone tone = Tone::neutral;
};
// What a column is sorted by: a number, with amounts of money in the currency of the first project; nothing comes last.
using Rank = std::optional<double>;
struct PortfolioColumn {
  Key title;
  float width;
  bool number;
  Fact (*fact)(const ProjectSummary&, Language);
  Rank (*rank)(const ProjectSummary&, std::optional<double> conversion);  // null: by name
};

Rank rank_of(std::optional<double> value) { return value; }
Rank rank_of(std::optional<int> value) { return value ? Rank(*value) : std::nullopt; }
Rank rank_of(std::optional<Day> day) { return day ? Rank(day->value) : std::nullopt; }
Rank rank_of_money(std::optional<double> amount, std::optional<double> conversion) {
  return amount && conversion ? Rank(*amount * *conversion) : std::nullopt;
}

std::string budget_text(const ProjectSummary& project, double amount, Language language) {
  return project.budget > 0 ? money_of(project, amount, language) : std::string(word("analysis.no_value"_key, language));
}

// What is said of each project, on the page and in the report alike.
constexpr PortfolioColumn columns[] = {
    {"portfolio.project"_key, 0, false, [](const ProjectSummary& p, Language) { return Fact{p.name}; }, nullptr},
    {"portfolio.health"_key, 96, false,
     [](const ProjectSummary& p, Language language) { return Fact{std::string(word(words_of(p.health).name, language)), words_of(p.health).tone}; },
     [](const ProjectSummary& p, std::optional<double>) { return p.health == Health::unknown ? Rank() : Rank(static_cast<double>(p.health)); }},
    {"portfolio.progress"_key, 76, true,
     [](const ProjectSummary& p, Language language) {
       return Fact{p.progress ? format_share(*p.progress) : std::string(word("analysis.no_value"_key, language))};
     },
     [](const ProjectSummary& p, std::optional<double>) { return rank_of(p.progress); }},
    {"portfolio.start"_key, 98, true, [](const ProjectSummary& p, Language language) { return Fact{day_text(p.start, language)}; },
     [](const ProjectSummary& p, std::optional<double>) { return rank_of(p.start); }},
    {"portfolio.finish"_key, 98, true, [](const ProjectSummary& p, Language language) { return Fact{day_text(p.finish, language)}; },
     [](const ProjectSummary& p, std::optional<double>) { return rank_of(p.finish); }},
    {"portfolio.variance"_key, 108, true, [](const ProjectSummary& p, Language language) { return Fact{lateness(p, language), tone_of_lateness(p)}; },
     [](const ProjectSummary& p, std::optional<double>) { return rank_of(p.days_late); }},
    {"portfolio.budget"_key, 98, true, [](const ProjectSummary& p, Language language) { return Fact{budget_text(p, p.budget, language)}; },
     [](const ProjectSummary& p, std::optional<double> rate) { return p.budget > 0 ? rank_of_money(p.budget, rate) : Rank(); }},
    {"portfolio.actual"_key, 98, true, [](const ProjectSummary& p, Language language) { return Fact{money_of(p, p.actual, language)}; },
     [](const ProjectSummary& p, std::optional<double> rate) { return rank_of_money(p.actual, rate); }},
    {"portfolio.forecast"_key, 98, true,
     [](const ProjectSummary& p, Language language) {
       if (!p.forecast) return Fact{std::string(word("analysis.no_value"_key, language))};
       return Fact{money_of(p, *p.forecast, language), *p.forecast > p.budget ? Tone::bad : Tone::good};
     },
     [](const ProjectSummary& p, std::optional<double> rate) { return rank_of_money(p.forecast, rate); }},
    {"earned_value.short_spi"_key, 52, true, [](const ProjectSummary& p, Language language) { return Fact{two_digits(p.schedule_index, language), tone_of(p.schedule_index, p.index_limits.schedule)}; },
     [](const ProjectSummary& p, std::optional<double>) { return rank_of(p.schedule_index); }},
    {"earned_value.short_cpi"_key, 52, true, [](const ProjectSummary& p, Language language) { return Fact{two_digits(p.cost_index, language), tone_of(p.cost_index, p.index_limits.cost)}; },
     [](const ProjectSummary& p, std::optional<double>) { return rank_of(p.cost_index); }},
    {"portfolio.exposure"_key, 108, true,
     [](const ProjectSummary& p, Language language) {
       if (p.exposure.counted == 0) return Fact{std::string(word("analysis.no_value"_key, language))};
       return Fact{money_of(p, static_cast<double>(p.exposure.expected_cost.value), language)};
     },
     [](const ProjectSummary& p, std::optional<double> rate) {
       return p.exposure.counted > 0 ? rank_of_money(static_cast<double>(p.exposure.expected_cost.value), rate) : Rank();
     }},
    {"portfolio.issues"_key, 64, true, [](const ProjectSummary& p, Language) { return Fact{format_integer(p.open_issues)}; },
     [](const ProjectSummary& p, std::optional<double>) { return Rank(p.open_issues); }},
    {"portfolio.late"_key, 64, true,
     [](const ProjectSummary& p, Language) { return Fact{format_integer(p.late_work), p.late_work > 0 ? Tone::bad : Tone::neutral}; },
     [](const ProjectSummary& p, std::optional<double>) { return Rank(p.late_work); }},
};

// The months of the shared load: the current one and those that follow.
constexpr int months_shown = 12;
std::vector<Day> months_from(Day today) {
  std::vector<Day> months;
  auto date = civil(today);
  for (int i = 0; i < months_shown; ++i) {
    months.push_back(Day::of(date.year, date.month, 1));
    if (++date.month > 12) date.month = 1, ++date.year;
  }
  return months;
}

std::string month_text(Day month, Language language) {
  const auto date = civil(month);
  return std::string(month_name(date.month, language)) + (date.month == 1 ? " " + std::to_string(date.year) : "");
}

Fact load_of(const engine::SharedResource& shared, Day month) {
  const auto found = shared.months.find(month);
  if (found == shared.months.end()) return {};
  const auto used = found->second.utilisation();
  if (!used) return {found->second.load.value > 0 ? "!" : "", Tone::bad};
  if (*used < 0.005) return {};
  return {std::format("{:.0f}%", *used * 100), *used > 1.005 ? Tone::bad : *used > 0.8 ? Tone::caution : Tone::good};
}

// The places of the projects, sorted by a column; what has no value comes last either way.
std::vector<std::size_t> sorted_places(const std::vector<ProjectSummary>& projects, int column, bool descending) {
  std::vector<std::size_t> places(projects.size());
  std::iota(places.begin(), places.end(), std::size_t{0});
  if (column < 0) return places;
  const PortfolioColumn& by = columns[column];
  std::vector<Rank> ranks;
  for (const auto& project : projects) ranks.push_back(by.rank ? by.rank(project, engine::conversion(projects.front(), project)) : std::nullopt);
  sort_stably(places, [&](std::size_t a, std::size_t b) {
    if (!by.rank) return descending ? projects[b].name < projects[a].name : projects[a].name < projects[b].name;
    if (!ranks[a] || !ranks[b]) return ranks[a].has_value() && !ranks[b];
    return descending ? *ranks[b] < *ranks[a] : *ranks[a] < *ranks[b];
  });
  return places;
}

// Name and value of what all projects come to; without a rate between two currencies a reason instead of sums.
struct Total {
  const char* id;
  Key name;
  std::string value, reason;
};
std::vector<Total> totals_of(const std::vector<ProjectSummary>& projects, Language language) {
  const auto totals = engine::portfolio_totals(projects);
  ProjectSummary scale;
  scale.currency = totals.currency;
  scale.currency_digits = totals.currency_digits;
  std::string currencies;
  for (const auto& currency : totals.without_rate) currencies += (currencies.empty() ? "" : ", ") + currency;
  const std::vector<std::string> named = {currencies};
  const std::string no_rate = currencies.empty() ? std::string() : phrase("portfolio.no_rate"_key, named, language);
  const auto total = [&](const char* id, Key name, std::optional<double> amount) {
    const bool known = no_rate.empty() && amount;
    const std::string reason = known ? std::string() : !no_rate.empty() ? no_rate : std::string(word("portfolio.no_forecast"_key, language));
    return Total{id, name, known ? money_of(scale, *amount, language) : std::string(word("analysis.no_value"_key, language)), reason};
  };
  return {total("total_budget", "portfolio.total_budget"_key, totals.budget), total("total_actual", "portfolio.total_actual"_key, totals.actual),
          total("total_forecast", "portfolio.total_forecast"_key, totals.forecast), total("total_exposure", "portfolio.total_exposure"_key, totals.exposure)};
}

class PortfolioPage final : public Page {
 public:
  explicit PortfolioPage(WorkspacePort& workspace) : workspace_(workspace), reader_(workspace) {}

  std::string_view name() const override { return "portfolio"; }
  Key title() const override { return "portfolio.title"_key; }
  const char* icon() const override { return icon::briefcase; }
  Desk desk() const override { return Desk::administrator; }

  void draw(Context& context) override {
    reader_.follow(&context.project, context.today);
    if (reader_.waiting() > 0) context.platform.request_frame();
    const auto& projects = reader_.summaries();
    paragraph(Type::body, context.text("portfolio.about"_key), context.theme.ink_soft, 760);
    gap(0.75f);
    draw_report_buttons(context);
    if (reader_.waiting() > 0) {
      ImGui::SameLine(0, 16);
      text(Type::body, context.text("portfolio.reading"_key, {std::to_string(reader_.waiting())}), context.theme.ink_soft);
    }
    if (reader_.unreadable() > 0)
      paragraph(Type::body, context.text("portfolio.unreadable"_key, {std::to_string(reader_.unreadable())}), context.theme.tone(Tone::caution).ink);
    gap(0.75f);
    draw_figures(context, projects);
    gap(1);
    if (Card card("projects", {.title = context.text("portfolio.projects"_key), .icon = icon()}); card) draw_projects(context, projects);
    gap(1);
    if (Card card("shared", {.title = context.text("portfolio.shared"_key), .icon = icon::users}); card) draw_shared(context, projects);
  }

 private:
  void draw_report_buttons(Context& context) {
    const auto made = [&] {
      const Person* me = context.project.find(own_person(context.project));
      return portfolio_report(reader_.summaries(), context.language, context.today, me ? me->name : std::string()).html();
    };
    if (button(labelled(context.text("report.show"_key), "show.portfolio"), {.icon = icon::eye})) context.platform.show_document(made());
    ImGui::SameLine(0, 8);
    if (button(labelled(context.text("report.print"_key), "print.portfolio"), {.icon = icon::print})) context.platform.print(made());
    ImGui::SameLine(0, 8);
    if (button(labelled(context.text("report.save"_key), "save.portfolio"), {.icon = icon::download}))
      context.platform.download(std::string(context.text("portfolio.title"_key)) + ".html", "text/html", made());
  }

  static void draw_figures(Context& context, const std::vector<ProjectSummary>& projects) {
    const float width = std::max(150.0f, std::floor((ImGui::GetContentRegionAvail().x - 3 * 12) / 4));
    const auto card = [&](const char* id, Key name, std::int64_t value, Tone tone, bool beside) {
      if (beside) ImGui::SameLine(0, 12);
      if (Card one(id, {.width = width, .height = 76, .padding = 12}); one) figure(context.text(name), format_integer(value), {}, tone);
    };
    const auto count = [&](auto fits) { return static_cast<std::int64_t>(std::ranges::count_if(projects, fits)); };
    card("count", "portfolio.count"_key, std::ssize(projects), Tone::neutral, false);
    card("bad", "portfolio.count_bad"_key, count([](const auto& p) { return p.health == Health::bad; }), Tone::bad, true);
    card("late", "portfolio.count_late"_key, count([](const auto& p) { return p.days_late.value_or(0) > 0; }), Tone::bad, true);
    card("over", "portfolio.count_over"_key, count([](const auto& p) { return p.forecast && *p.forecast > p.budget; }), Tone::bad, true);
    if (projects.empty()) return;
    gap(0.5f);
    bool beside = false;
    for (const Total& total : totals_of(projects, context.language)) {
      if (std::exchange(beside, true)) ImGui::SameLine(0, 12);
      if (Card one(total.id, {.width = width, .height = 88, .padding = 12}); one) figure(context.text(total.name), total.value, total.reason);
    }
  }

  void draw_projects(Context& context, const std::vector<ProjectSummary>& projects) {
    std::vector<FactColumn> heads;
    for (const auto& column : columns) heads.push_back({std::string(context.text(column.title)), column.width, column.number});
    const auto places = sorted_places(projects, sorted_, descending_);
    const auto at = [&](int row) -> const ProjectSummary& { return projects[places[static_cast<std::size_t>(row)]]; };
    const FactTableOptions options{.sorted = sorted_, .descending = descending_, .sort = [this](int column) { sort_by(column); }};
    const int pressed = fact_table("portfolio", heads, static_cast<int>(projects.size()), [&](int row, int column) -> FactCell {
      const auto& project = at(row);
      const Fact fact = columns[column].fact(project, context.language);
      FactCell cell{fact.text, fact.tone == Tone::neutral ? 0 : context.theme.tone(fact.tone).ink};
      cell.strong = column == 0;
      if (column == 1) cell.icon = words_of(project.health).icon;
      return cell;
    }, options);
    if (pressed < 0) return;
    const Id wanted = at(pressed).project;
    if (wanted == workspace_.project_id()) return context.navigation.open_page("tasks");
    context.navigation.open_project(wanted);
  }

  static void draw_shared(Context& context, const std::vector<ProjectSummary>& projects) {
    const auto shared = engine::shared_resources(projects);
    if (shared.empty()) return paragraph(Type::body, context.text("portfolio.shared.none"_key), context.theme.ink_soft, 760);
    paragraph(Type::body, context.text("portfolio.shared.about"_key), context.theme.ink_soft, 760);
    gap(0.5f);
    const auto months = months_from(context.today);
    Matrix matrix{.corner = std::string(context.text("resource_load.resource"_key)), .title_width = 220, .cell_width = 64};
    for (const Day month : months) matrix.columns.push_back(month_text(month, context.language));
    for (const auto& one : shared) {
      MatrixRow row{.title = one.name, .cells = {}};
      std::string names;
      for (const auto place : one.projects) names += (names.empty() ? "" : " · ") + projects[place].name;
      for (const Day month : months) {
        const Fact fact = load_of(one, month);
        row.cells.push_back({fact.text, fact.tone, names, fact.tone == Tone::bad});
      }
      matrix.rows.push_back(std::move(row));
    }
    draw_matrix("shared.matrix", matrix);
  }

  // Up, down, and as they are kept: the one changed last first.
  void sort_by(int column) {
    if (sorted_ != column) sorted_ = column, descending_ = false;
    else if (!descending_) descending_ = true;
    else sorted_ = -1;
  }

  WorkspacePort& workspace_;
  PortfolioReader reader_;
  int sorted_ = -1;
  bool descending_ = false;
};

}  // namespace

Report portfolio_report(const std::vector<ProjectSummary>& projects, Language language, Day today, const std::string& made_by) {
  const auto say = [&](Key key) { return std::string(word(key, language)); };
  const std::string day = format_day(today, language);
  ReportHead head{.title = say("portfolio.report"_key), .language = language, .wide = true};
  const std::vector<std::string> made = made_by.empty() ? std::vector{day} : std::vector{made_by, day};
  head.made = phrase(made_by.empty() ? "report.made"_key : "report.made_by"_key, made, language);
  Report report(std::move(head));
  const auto count = [&](auto fits) { return std::to_string(std::ranges::count_if(projects, fits)); };
  report.facts({{say("portfolio.count"_key), std::to_string(projects.size())},
                {say("portfolio.count_bad"_key), count([](const auto& p) { return p.health == Health::bad; })},
                {say("portfolio.count_late"_key), count([](const auto& p) { return p.days_late.value_or(0) > 0; })},
                {say("portfolio.count_over"_key), count([](const auto& p) { return p.forecast && *p.forecast > p.budget; })}});
  if (!projects.empty())
    for (const Total& total : totals_of(projects, language))
      report.facts({{say(total.name), total.reason.empty() ? total.value : total.value + " (" + total.reason + ")"}});
  report.heading(say("portfolio.projects"_key));
  ReportTable table{.empty = say("report.empty"_key)};
  for (const auto& column : columns) table.columns.emplace_back(say(column.title), column.number);
  for (const auto& project : projects) {
    auto& row = table.rows.emplace_back();
    for (const auto& column : columns) {
      Fact fact = column.fact(project, language);
      row.emplace_back(std::move(fact.text), fact.tone);
    }
  }
  report.table(table);
  report.heading(say("portfolio.shared"_key));
  const auto months = months_from(today);
  ReportTable loads{.columns = {{say("resource_load.resource"_key)}}, .rows = {}, .empty = say("portfolio.shared.none"_key)};
  for (const Day month : months) loads.columns.emplace_back(month_text(month, language), true);
  for (const auto& shared : engine::shared_resources(projects)) {
    auto& row = loads.rows.emplace_back();
    row.emplace_back(shared.name);
    for (const Day month : months) {
      Fact fact = load_of(shared, month);
      row.emplace_back(std::move(fact.text), fact.tone);
    }
  }
  report.table(loads);
  return report;
}

std::unique_ptr<Page> make_portfolio_page(WorkspacePort& workspace) { return std::make_unique<PortfolioPage>(workspace); }

}  // namespace pmo::desks
