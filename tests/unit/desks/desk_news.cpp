// The first pages of the desks: key figures, what waits for whom, what others have changed since the last visit.
#include "app/desks/desk_news.h"

#include "tests/unit/desks/sample_desk.h"

#include "app/engine/documents/document_control.h"
#include "app/model/merge.h"
#include "app/model/open_work.h"
#include "app/model/records/communication.h"
#include "app/model/records/document.h"
#include "app/model/records/issue.h"
#include "app/model/records/management.h"
#include "app/model/records/project_settings.h"
#include "app/model/records/quality.h"
#include "app/model/records/resource_use.h"
#include "app/model/records/risk.h"
#include "app/ui/last_visit.h"
#include "app/ui/shell/desk_names.h"

using namespace pmo;
using namespace pmo::ui;

namespace {

struct FirstPages : SampleDesk {
  explicit FirstPages(Language language = Language::english, bool with_sample = true) : SampleDesk(language, with_sample) {
    complete_desks(pages, product_schema(), desks::tell_desk);
  }
  DeskNews told(Desk desk) {
    DeskNews news;
    show([&](Context& context) { news = desks::tell_desk(context, desk); });
    return news;
  }
  template <class Edit>
  void edit(Edit&& edit_it) {
    Transaction change(project, "transaction.test"_key);
    edit_it(change);
    REQUIRE(change.commit().has_value());
  }
  bool shows(std::string_view part) const {
    return std::ranges::any_of(platform.widgets(), [&](const Widget& widget) { return widget.label.contains(part); });
  }
};

}  // namespace

TEST_CASE("the first page of every desk draws in both languages, and an empty project's") {
  for (const Language language : all_languages)
    for (const bool with_sample : {true, false}) {
      FirstPages desk(language, with_sample);
      for (int i = 0; i < desk_count; ++i) {
        desk.open(desk_page_name(static_cast<Desk>(i)));
        CHECK(desk.platform.widgets().size() > 1);
      }
    }
}

TEST_CASE("every desk has key figures in the sample project, and each leads to a page that exists") {
  FirstPages desk;
  for (int i = 0; i < desk_count; ++i) {
    const auto news = desk.told(static_cast<Desk>(i));
    CHECK_MESSAGE(news.figures.size() >= 2, std::string(desk_page_name(static_cast<Desk>(i))));
    for (const DeskFigure& figure : news.figures) {
      CHECK_FALSE(figure.value.empty());
      CHECK_MESSAGE(std::ranges::any_of(desk.pages, [&](const auto& page) { return page->name() == figure.page; }), std::string(figure.page));
    }
  }
  desk.open("desk.documents");
  desk.platform.click("figure.0");
  CHECK(desk.navigation.opened_page == "required_document");
}

TEST_CASE("the first pages of an empty project have no charts") {
  FirstPages desk(Language::english, false);
  for (int i = 0; i < desk_count; ++i) CHECK_FALSE(desk.told(static_cast<Desk>(i)).chart.picture);
}

TEST_CASE("every desk has a small chart in the sample project that leads to a page that exists") {
  for (const Language language : all_languages) {
    FirstPages desk(language);
    for (int i = 0; i < desk_count; ++i) {
      const auto of = static_cast<Desk>(i);
      const DeskChart chart = desk.told(of).chart;
      INFO(desk_page_name(of));
      CHECK(std::ranges::any_of(desk.pages, [&](const auto& page) { return page->name() == chart.page; }));
      if (of == Desk::administrator) continue;  // nobody has changed anything of the sample yet
      REQUIRE(chart.picture);
      CHECK_FALSE(chart.title.empty());
      const Picture picture = chart.picture({.size = {474, 146}, .locale = {.language = language}});
      CHECK_FALSE(picture.empty);
      CHECK(picture.plot_to.y - picture.plot_from.y >= 40);
      CHECK(picture.plot_to.x - picture.plot_from.x >= 200);
    }
  }
}

TEST_CASE("the pages that small charts lead to have them in full") {
  struct Place {
    std::string_view page, press;
  };
  SampleDesk desk;
  for (const auto& [page, press] : {Place{"supply_outlook", ""}, Place{"change_effects", ""}, Place{"chasing", "by_week"},
                                    Place{"earned_value", "curve.indices"}, Place{"documents", "documents.chart"}}) {
    desk.open(page);
    if (!press.empty()) desk.platform.click(press);
    CHECK_MESSAGE(desk.platform.find("desk_chart.full"), std::string(page));
  }
}

TEST_CASE("the chart of changes counts by month what was raised and decided, and what waits at its end") {
  FirstPages desk;
  const Picture picture = desk.told(Desk::change).chart.picture({.size = {474, 146}});
  // Of each month the bar of what was raised, then that of what was decided with the line. March to May.
  REQUIRE(picture.reads.size() == 6);
  const auto read = [&](std::size_t place) {
    std::string values = picture.reads[place].title;
    for (const auto& line : picture.reads[place].lines) values += " " + line.value;
    return values;
  };
  CHECK(read(0) == "Mar 1");
  CHECK(read(1) == "Mar 1 0");
  CHECK(read(2) == "Apr 1");
  CHECK(read(3) == "Apr 1 0");
  CHECK(read(4) == "May 3");
  CHECK(read(5) == "May 1 2");
}

TEST_CASE("the chart of what is due follows an edit; what was closed is not in it") {
  FirstPages desk;
  const auto late = [&] { return std::stoi(desk.told(Desk::coordinator).chart.picture({.size = {474, 146}}).reads.at(0).lines.at(0).value); };
  const int before = late();
  Id made;
  desk.edit([&](Transaction& change) { made = change.create<Issue>([](Issue& issue) { issue.title = "Late", issue.due = Day::of(2026, 5, 10); }).id; });
  CHECK(late() == before + 1);
  desk.edit([&](Transaction& change) { change.erase(*desk.project.all<Issue>().find(made)); });
  CHECK(late() == before);
}

TEST_CASE("a first page lays its chart out again only when the project has changed, and a press leads to its page") {
  SampleDesk desk;
  int laid_out = 0;
  complete_desks(desk.pages, product_schema(), [&](Context&, Desk) {
    return DeskNews{.chart = {.title = "Small", .picture = [&](const PictureOptions& options) { return ++laid_out, Picture{.size = options.size}; }, .page = "risks"}};
  });
  desk.open("desk.risk");
  const int before = laid_out;
  CHECK(before > 0);
  desk.platform.move({700, 500});
  desk.platform.settle();
  CHECK(laid_out == before);
  {
    Transaction change(desk.project, "transaction.test"_key);
    change.create<Issue>([](Issue& issue) { issue.title = "New"; });
    REQUIRE(change.commit().has_value());
  }
  desk.open("desk.risk");
  CHECK(laid_out > before);
  desk.platform.click("desk_chart");
  CHECK(desk.navigation.opened_page == "risks");
}

TEST_CASE("the documents' first page lists what is missing, and a figure follows an edit") {
  FirstPages desk;
  const auto before = engine::lacking_documents(desk.project).size();
  const RequiredDocument& safety = desk.named<RequiredDocument>("Safety and health plan");
  desk.open("desk.documents");
  CHECK(desk.platform.find("work." + safety.id.text() + ".0"));
  desk.edit([&](Transaction& change) {
    change.create<Document>([](Document& d) { d.title = "Safety and Health Plan", d.type = DocumentType::plan, d.status = DocumentStatus::issued; });
  });
  CHECK(engine::lacking_documents(desk.project).size() == before - 1);
  for (const DeskList& list : desk.told(Desk::documents).lists)
    CHECK_FALSE(std::ranges::contains(list.items, safety.id, &WorkItem::record));
}

TEST_CASE("a first page shows the first of what is due, and all of it by a press") {
  FirstPages desk;
  std::vector<std::string> lines;  // the ten that are due longest
  desk.edit([&](Transaction& change) {
    for (int i = 0; i < 10; ++i) {
      const auto& issue = change.create<Issue>([&](Issue& one) { one.title = "Late", one.due = Day::of(2020, 1, 1) + i; });
      lines.push_back("work." + issue.id.text() + "." + std::to_string(i));
    }
  });
  desk.open("desk.manager");
  CHECK(desk.platform.find(lines[7]));
  CHECK_FALSE(desk.platform.find(lines[8]));
  desk.platform.click("due.all");
  CHECK(desk.platform.find(lines[9]));
}

TEST_CASE("confirmations are filtered by what is late as other registers are; a confirmed one is closed") {
  FixedSurroundings surroundings;
  Project project(product_schema(), Id{1, 1}, surroundings);
  const Day today = Day::of(2026, 5, 11);
  Transaction change(project, "transaction.test"_key);
  const Id person = change.create<Person>([](Person& p) { p.name = "Wu"; }).id;
  const auto ask = [&](Day due, std::optional<Day> confirmed) -> const Acknowledgement& {
    return change.create<Acknowledgement>([&](Acknowledgement& a) { a.record = {person}, a.person = {person}, a.due = due, a.acknowledged_on = confirmed; });
  };
  const auto& info = register_of<Acknowledgement>();
  CHECK(is_late(info, ask(today - 1, {}), today));
  CHECK_FALSE(is_late(info, ask(today, {}), today));
  const Acknowledgement& confirmed = ask(today - 5, today - 2);
  CHECK_FALSE(is_open(info, confirmed));
  CHECK_FALSE(is_late(info, confirmed, today));
}

TEST_CASE("an index on a first page has the colour that the project's own limits give it") {
  FirstPages desk;
  const auto tone_of_cost_index = [&] {
    for (const DeskFigure& figure : desk.told(Desk::manager).figures)
      if (figure.page == "earned_value") return figure.tone;
    return Tone::neutral;
  };
  const auto with_limits = [&](std::int64_t amber, std::int64_t red) {
    desk.edit([&](Transaction& change) {
      change.set(desk.project.all<ProjectSettings>().at(0), &ProjectSettings::cost_index_amber, Number{amber * number_scale});
      change.set(desk.project.all<ProjectSettings>().at(0), &ProjectSettings::cost_index_red, Number{red * number_scale});
    });
    return tone_of_cost_index();
  };
  CHECK(with_limits(0, 0) == Tone::good);
  CHECK(with_limits(2, 0) == Tone::caution);
  CHECK(with_limits(2, 2) == Tone::bad);
}

TEST_CASE("away today is whose absence is approved, not who has only asked or was declined") {
  FirstPages desk;
  const Day today = Day::of(2026, 5, 11);
  const auto away = [&] {
    for (const DeskFigure& figure : desk.told(Desk::resources).figures)
      if (figure.page == "absence") return std::stoi(figure.value);
    return -1;
  };
  const int before = away();
  REQUIRE(before >= 0);
  desk.edit([&](Transaction& change) {
    for (const auto status : {AbsenceStatus::requested, AbsenceStatus::approved, AbsenceStatus::declined})
      change.create<Absence>([&](Absence& a) { a.title = "Leave", a.status = status, a.first = today - 1, a.last = today; });
  });
  CHECK(away() == before + 1);
}

TEST_CASE("a required document is lacking until it is released; its day is its own or its stage's gate's") {
  FixedSurroundings surroundings;
  Project project(product_schema(), Id{1, 1}, surroundings);
  Transaction change(project, "transaction.test"_key);
  const auto& plan = change.create<Document>([](Document& d) { d.title = "Plan"; });
  const auto& required = change.create<RequiredDocument>([&](RequiredDocument& r) { r.title = "Any name", r.stage = "Design", r.document = {plan.id}; });
  change.create<RequiredDocument>([](RequiredDocument& r) { r.title = "Not this one", r.status = RequiredStatus::not_needed; });
  for (const int day : {30, 20, 40})
    change.create<QualityGate>([&](QualityGate& g) { g.title = "Gate", g.stage = "Design", g.due = Day{day}; });
  const auto lack = [&] {
    const auto lacking = engine::lacking_documents(project);
    return lacking.empty() ? std::optional<engine::DocumentLack>() : lacking.front().lack;
  };
  REQUIRE(engine::lacking_documents(project).size() == 1);
  CHECK(engine::lacking_documents(project).front().document == plan.id);
  CHECK(engine::lacking_documents(project).front().due == Day{20});
  CHECK(lack() == engine::DocumentLack::in_preparation);
  change.set(required, &RequiredDocument::due, std::optional(Day{5}));
  CHECK(engine::lacking_documents(project).front().due == Day{5});
  change.set(plan, &Document::status, DocumentStatus::approved);
  CHECK_FALSE(lack());
  change.set(plan, &Document::status, DocumentStatus::obsolete);
  CHECK(lack() == engine::DocumentLack::withdrawn);
  change.set(required, &RequiredDocument::document, Ref<Document>{});
  CHECK(lack() == engine::DocumentLack::no_document);
}

TEST_CASE("a document whose retention is over is asked of its owner until it is disposed of") {
  FirstPages desk;
  const Document& charter = desk.named<Document>("Project charter");
  const auto asked = [&] {
    bool found = false;
    desk.show([&](Context& context) {
      const auto& work = context.analyses.of<WorkListOf>();
      found = std::ranges::any_of(work, [&](const WorkItem& item) { return item.record == charter.id && item.due == charter.retain_until; });
    });
    return found;
  };
  const Day today = Day::of(2026, 5, 11);
  desk.edit([&](Transaction& change) { change.set(charter, &Document::retain_until, std::optional(today - 1)); });
  CHECK(asked());
  CHECK(engine::retention_over(desk.project, today) == std::vector{charter.id});
  CHECK(engine::retention_over(desk.project, today - 1).empty());
  desk.edit([&](Transaction& change) { change.set(charter, &Document::disposed_on, std::optional(today)); });
  CHECK_FALSE(asked());
  CHECK(engine::retention_over(desk.project, today).empty());
}

TEST_CASE("what waits for the user stands on its desk, apart from what is due for others") {
  FirstPages desk;
  const Person& feng = desk.named<Person>("Feng Tao");
  Id mine, theirs;
  desk.edit([&](Transaction& change) {
    const Day today = Day::of(2026, 5, 11);
    mine = change.create<Issue>([&](Issue& issue) { issue.title = "Mine", issue.owner = {feng.id}, issue.due = today - 400; }).id;
    theirs = change.create<Issue>([&](Issue& issue) { issue.title = "Theirs", issue.due = today - 401; }).id;
    REQUIRE(set_own_person(change, {feng.id}));
  });
  desk.open("desk.manager");
  CHECK(desk.shows("Mine###work." + mine.text()));
  CHECK(desk.shows("Theirs###work." + theirs.text()));
  desk.open("desk.quality");
  CHECK_FALSE(desk.shows("###work." + mine.text()));
}

TEST_CASE("a visit is kept as text; what is no visit is none") {
  Visit visit{.before_at = 12, .seen_at = 34};
  visit.before.saw({7, Id{1, 2}});
  visit.seen.saw({8, Id{1, 2}});
  visit.seen.saw({9, Id{3, 4}});
  CHECK(visit_of(text_of(visit)) == visit);
  CHECK(visit_of(text_of(Visit{})) == Visit{});
  for (const char* text : {"", "x", "1", "1 2 nonsense", "1 2 a=1", "1 x | "}) CHECK(visit_of(text) == Visit{});
}

TEST_CASE("what came with the sample is not called a change; what is edited afterwards is") {
  FirstPages desk;
  const Risk& steel = desk.named<Risk>("Steel delivered late");
  const auto listed = [&] {
    return std::ranges::count_if(desk.platform.widgets(), [](const Widget& widget) { return widget.label.contains("###recent."); });
  };
  desk.open("desk.risk");
  CHECK(listed() == 0);
  desk.edit([&](Transaction& change) { change.set(steel, &Risk::cause, std::string("Strike")); });
  desk.open("desk.quality");
  desk.open("desk.risk");
  CHECK(listed() == 1);
  CHECK(desk.shows("###recent." + steel.id.text()));
}

TEST_CASE("what a merge brings is new on the next visit, however old its stamps are; one's own edits are not") {
  FirstPages desk;
  const Risk& steel = desk.named<Risk>("Steel delivered late");
  FixedSurroundings elsewhere{9};
  Project other(product_schema(), Id{9, 9}, elsewhere);
  copy_records(desk.project, other);
  {
    Transaction change(other, "transaction.test"_key);
    change.set(*other.all<Risk>().find(steel.id), &Risk::cause, std::string("Strike"));
    REQUIRE(change.commit().has_value());
  }
  const std::uint64_t now = desk.platform.utc_milliseconds();
  const std::string setting = "visit." + desk.project.all<ProjectSettings>().at(0).id.text() + ".desk.risk";
  const Visit first = look_at(desk.project, "desk.risk", desk.platform);
  CHECK(first.before_at == 0);
  CHECK_FALSE(is_new_since(first, desk.project, steel));
  CHECK(visit_of(desk.platform.setting(setting)) == first);
  // Somebody was here an hour ago.
  Visit ago = first;
  ago.seen_at = now - 60ull * 60 * 1000;
  desk.platform.set_setting(setting, text_of(ago));
  REQUIRE(merge(desk.project, other, "transaction.test"_key).has_value());
  const Risk& own = *std::ranges::find_if(desk.project.all<Risk>(), [&](const Risk& risk) { return risk.id != steel.id; });
  desk.edit([&](Transaction& change) { change.set(own, &Risk::cause, std::string("Mine")); });
  const Visit second = look_at(desk.project, "desk.risk", desk.platform);
  CHECK(second.before_at == ago.seen_at);
  CHECK(is_new_since(second, desk.project, steel));
  CHECK_FALSE(is_new_since(second, desk.project, own));
  desk.open("desk.risk");
  CHECK(desk.shows("###recent." + steel.id.text()));
  CHECK_FALSE(desk.shows("###recent." + own.id.text()));
}
