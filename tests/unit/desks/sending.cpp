// What leaves the project from its desks, and what follows there from a status that is written in a cell.
#include "tests/unit/desks/sample_desk.h"

#include "app/model/records/budget.h"
#include "app/model/records/common.h"
#include "app/model/records/communication.h"
#include "app/model/records/management.h"

using namespace pmo;
using namespace pmo::ui;

namespace {

template <class R, class Fill>
const R& added(SampleDesk& desk, Fill&& fill) {
  Transaction change(desk.project, "transaction.add"_key);
  const R& made = change.create<R>(std::forward<Fill>(fill));
  REQUIRE(change.commit());
  return made;
}

// As a cell writes it.
template <class R, class T, class V>
void write(SampleDesk& desk, const R& record, T R::* member, V value) {
  desk.show([&](Context& context) { context.change("transaction.edit"_key, {}, [&](Transaction& change) { change.set(record, member, value); }); });
  desk.platform.settle();
  desk.show([](Context&) {});
}

std::string text_of(const File& file) {
  REQUIRE(file.content->in_memory());
  return *file.content->in_memory();
}

}  // namespace

TEST_CASE("a communication is filled in from what it is about and sent by mail with a file; who must is asked to confirm") {
  SampleDesk desk;
  const CommunicationPlanItem& item = desk.named<CommunicationPlanItem>("Site knows an approved change");
  const ChangeRequest& piles = desk.named<ChangeRequest>("Sheet piles on the river side");
  const Person& wu = desk.named<Person>("Wu Gang");
  const Communication& news = added<Communication>(desk, [&](auto& c) {
    c.title = "Sheet piles";
    c.plan_item = {item.id};
    c.source = {piles.id};
    c.recipients = {{wu.id}};
  });
  desk.open_form(register_of<Communication>(), news.id);
  CHECK_FALSE(desk.platform.find("action.send"));
  desk.platform.click("action.fill_communication");
  CHECK(news.content.contains("46 m of sheet piles"));
  CHECK(news.status == CommunicationStatus::prepared);
  const auto asked = desk.project.all<Acknowledgement>().size();
  desk.platform.click("action.send");
  CHECK(desk.messages.errors.empty());
  CHECK(news.status == CommunicationStatus::sent);
  CHECK(news.sent_at.has_value());
  CHECK(desk.project.all<Acknowledgement>().size() == asked + 1);
  REQUIRE(desk.platform.kept.links.size() == 1);
  CHECK(desk.platform.kept.links[0].starts_with("mailto:wu.gang@example.org?subject=Sheet%20piles"));
  REQUIRE(desk.platform.kept.downloads.size() == 1);
  CHECK(desk.platform.kept.downloads[0].name == "Sheet piles.html");
  CHECK(text_of(desk.platform.kept.downloads[0]).contains("46 m of sheet piles"));
  CHECK(desk.platform.find("action.ask_acknowledgement"));
}

TEST_CASE("minutes go to everybody who was there and to the distribution list") {
  SampleDesk desk;
  const Meeting& site = desk.named<Meeting>("Site meeting 14");
  REQUIRE_FALSE(site.minutes.empty());
  write(desk, site, &Meeting::distribution_list, Ref<DistributionList>{desk.named<DistributionList>("Steering committee").id});
  desk.open_form(register_of<Meeting>(), site.id);
  desk.platform.click("action.send_minutes");
  REQUIRE(desk.platform.kept.links.size() == 1);
  CHECK(desk.platform.kept.links[0].contains("wang"));
  CHECK(text_of(desk.platform.kept.downloads.at(0)).contains("Water in zone A"));
  CHECK(desk.platform.find("action.send_minutes"));
}

TEST_CASE("a request for quotation goes to its vendor") {
  SampleDesk desk;
  const Vendor& vendor = added<Vendor>(desk, [](auto& v) { v.name = "Pump works"; v.email = "sales@example.org"; });
  const ProcurementItem& item = added<ProcurementItem>(desk, [](auto& i) { i.title = "Pumps"; i.specification = "80 m³/h"; });
  const QuotationRequest& request = added<QuotationRequest>(desk, [&](auto& r) { r.title = "RFQ pumps"; r.item = {item.id}; r.vendor = {vendor.id}; });
  desk.open_form(register_of<QuotationRequest>(), request.id);
  desk.platform.click("action.send_quotation");
  CHECK(request.status == TenderStatus::sent);
  CHECK(request.sent_on == Day::of(2026, 5, 11));
  CHECK(item.status == ProcurementStatus::tendering);
  CHECK(desk.platform.kept.links.at(0).starts_with("mailto:sales@example.org"));
  CHECK(text_of(desk.platform.kept.downloads.at(0)).contains("80 m³/h"));
  CHECK_FALSE(desk.platform.find("action.send_quotation"));
}

TEST_CASE("an inspection that failed leads to its nonconformity") {
  SampleDesk desk;
  const Inspection& test = added<Inspection>(desk, [](auto& i) { i.title = "Weld test"; i.status = InspectionStatus::done; i.result = InspectionResult::failed; i.carried_out = Day::of(2026, 5, 8); });
  desk.open_form(register_of<Inspection>(), test.id);
  desk.platform.click("action.report_nonconformity");
  CHECK(desk.navigation.opened.first == &register_of<Nonconformity>());
  desk.platform.click("action.plan_retest");
  CHECK(desk.navigation.opened.first == &register_of<Inspection>());
}

TEST_CASE("a status in a cell does what the button does, as one step") {
  SampleDesk desk;
  const Risk& steel = desk.named<Risk>("Steel delivered late");
  const auto issues = desk.project.all<Issue>().size(), escalations = desk.project.all<Escalation>().size();
  write(desk, steel, &Risk::status, RiskStatus::occurred);
  CHECK(desk.project.all<Issue>().size() == issues + 1);
  CHECK(desk.project.all<Escalation>().size() == escalations + 1);
  REQUIRE(desk.project.undo());
  CHECK(desk.project.all<Issue>().size() == issues);

  const ChangeRequest& piles = desk.named<ChangeRequest>("Sheet piles on the river side");
  const Task& dewatering = desk.named<Task>("Dewatering");
  write(desk, piles, &ChangeRequest::status, ChangeStatus::approved);
  CHECK(desk.messages.errors.empty());
  CHECK(dewatering.duration == WorkMinutes{14'400});
  CHECK(piles.decided_on == Day::of(2026, 5, 11));
  CHECK(desk.project.all<BudgetVersion>().at(desk.project.all<BudgetVersion>().size() - 1).change_request.id == piles.id);
  REQUIRE(desk.project.undo());
  CHECK(dewatering.duration == WorkMinutes{16'800});
}

TEST_CASE("a task that somebody changed after it was proposed for a change is shown, and confirmed by a press") {
  SampleDesk desk;
  const Task& dewatering = desk.named<Task>("Dewatering");
  write(desk, dewatering, &Task::duration, WorkMinutes{15'000});
  desk.open("change_impact");
  desk.platform.click("change.approve");
  CHECK(dewatering.duration == WorkMinutes{15'000});
  const ProposedEdit* edit = nullptr;
  for (const ProposedEdit& one : desk.project.all<ProposedEdit>())
    if (one.target.id == dewatering.id) edit = &one;
  REQUIRE(edit);
  desk.platform.click("confirm." + edit->id.text());
  desk.platform.click("change.approve");
  CHECK(dewatering.duration == WorkMinutes{14'400});
}
