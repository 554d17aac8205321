// Choices as a project words them: other names, left out, and choices of its own that count as one of the product's.
#include "app/model/own_choices.h"

#include <doctest/doctest.h>

#include "app/model/open_work.h"
#include "app/model/merge.h"
#include "app/model/records/issue.h"
#include "app/model/records/lists.h"

using namespace pmo;

namespace {

struct ChoosingOffice {
  FixedSurroundings surroundings;
  Project project{product_schema(), Id{1, 1}, surroundings};
  const FieldInfo& status = *register_of<Issue>().find("status");
  const Issue* issue = nullptr;

  ChoosingOffice() {
    edit([&](Transaction& change) { issue = &change.create<Issue>([](auto& i) { i.title = "Water"; }); });
  }
  template <class Edit>
  void edit(Edit&& make) {
    Transaction change(project, "transaction.add"_key);
    make(change);
    REQUIRE(change.commit());
  }
  const OwnChoice& word(const char* name, const char* base, bool added, bool offered = true) {
    const OwnChoice* made = nullptr;
    edit([&](Transaction& change) {
      made = &change.create<OwnChoice>([&](auto& own) { own.name = name; own.list = "issue_status"; own.base = base; own.added = added; own.offered = offered; });
    });
    return *made;
  }
  std::string label(std::string_view choice) const { return choice_label(project, status, choice, Language::english); }
  std::vector<std::string> offered(std::string_view now = {}) const {
    std::vector<std::string> labels;
    for (const auto& choice : offered_choices(project, status, Language::english, now)) labels.push_back(choice.label);
    return labels;
  }
};

}  // namespace

TEST_CASE_FIXTURE(ChoosingOffice, "a project without own choices has the product's") {
  CHECK(label("waiting") == "Waiting");
  CHECK(offered().size() == status.choices.size());
}

TEST_CASE_FIXTURE(ChoosingOffice, "a choice is called otherwise, or not offered, without any record changing") {
  word("On hold", "waiting", false);
  word("", "resolved", false, false);
  CHECK(label("waiting") == "On hold");
  CHECK(offered() == std::vector<std::string>{"Open", "In progress", "On hold", "Closed"});
  CHECK(offered("resolved").size() == 5);  // what a record has stays to be chosen
}

TEST_CASE_FIXTURE(ChoosingOffice, "a choice of the project's own is kept by a record and counts as the product's in every rule") {
  const OwnChoice& own = word("Filed", "closed", true);
  const std::string stored = "closed." + own.id.text();
  CHECK(offered() == std::vector<std::string>{"Open", "In progress", "Waiting", "Resolved", "Closed", "Filed"});
  CHECK(is_open(register_of<Issue>(), *issue));
  edit([&](Transaction& change) { REQUIRE(change.set(*issue, register_of<Issue>(), status, Value{stored})); });
  CHECK(issue->status == IssueStatus::closed);
  CHECK(status.get(*issue) == Value{stored});
  CHECK(label(stored) == "Filed");
  CHECK_FALSE(is_open(register_of<Issue>(), *issue));

  SUBCASE("undo brings the old one back, redo the own one") {
    REQUIRE(project.undo());
    CHECK(status.get(*issue) == Value{std::string("open")});
    REQUIRE(project.redo());
    CHECK(status.get(*issue) == Value{stored});
  }
  SUBCASE("code that writes the product's choice replaces it") {
    edit([&](Transaction& change) { change.set(*issue, &Issue::status, IssueStatus::open); });
    CHECK(status.get(*issue) == Value{std::string("open")});
  }
  SUBCASE("without its record it is called what it counts as") {
    edit([&](Transaction& change) { change.erase(own); });
    CHECK(label(stored) == "Closed");
  }
  SUBCASE("a copy of the project has it") {
    Project copy(product_schema(), Id{2, 2}, surroundings);
    copy_records(project, copy);
    CHECK(status.get(copy.all<Issue>().at(0)) == Value{stored});
    CHECK(choice_label(copy, status, stored, Language::english) == "Filed");
  }
}

TEST_CASE_FIXTURE(ChoosingOffice, "what counts as no choice of the product is refused") {
  Transaction change(project, "transaction.add"_key);
  for (const char* wrong : {"gone", "gone.0198c0de-0000-7000-8000-000000000000", "closed.", "closed.filed"})
    CHECK_MESSAGE(!change.set(*issue, register_of<Issue>(), status, Value{std::string(wrong)}), wrong);
}
