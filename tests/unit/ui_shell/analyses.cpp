#include "app/ui/analyses.h"

#include <doctest/doctest.h>

#include "app/model/records/person.h"
#include "app/model/records/risk.h"
#include "app/model/transaction.h"

using namespace pmo;
using namespace pmo::ui;

namespace {

struct People {
  using Result = std::size_t;
  static std::vector<const RegisterInfo*> reads() { return {&register_of<Person>()}; }
  static std::size_t compute(const Project& project, Analyses&) { return project.all<Person>().size(); }
};

struct PeopleAndRisks {
  using Result = std::size_t;
  static std::vector<const RegisterInfo*> reads() { return {&register_of<Risk>()}; }
  static std::size_t compute(const Project& project, Analyses& analyses) {
    return analyses.of<People>() + project.all<Risk>().size();
  }
};

struct AnalysesFixture {
  FixedSurroundings surroundings;
  Project project{product_schema(), Id{1, 1}, surroundings};
  Analyses analyses{project};

  void add_person() {
    Transaction change(project, "transaction.test"_key);
    change.create<Person>([](Person& person) { person.name = "Anna"; });
    REQUIRE(change.commit());
  }
  void add_risk() {
    Transaction change(project, "transaction.test"_key);
    change.create<Risk>([](Risk& risk) { risk.title = "Late steel"; });
    REQUIRE(change.commit());
  }
};

}  // namespace

TEST_CASE("an analysis is computed when asked for, and again only when what it reads has changed") {
  AnalysesFixture f;
  CHECK(f.analyses.computed() == 0);
  CHECK(f.analyses.of<People>() == 0);
  CHECK(f.analyses.of<People>() == 0);
  CHECK(f.analyses.computed() == 1);
  f.add_risk();
  CHECK(f.analyses.of<People>() == 0);
  CHECK(f.analyses.computed() == 1);
  f.add_person();
  CHECK(f.analyses.of<People>() == 1);
  CHECK(f.analyses.computed() == 2);
}

TEST_CASE("an analysis depends on what the analyses it asks for read") {
  AnalysesFixture f;
  CHECK(f.analyses.of<PeopleAndRisks>() == 0);
  f.add_person();
  CHECK(f.analyses.of<PeopleAndRisks>() == 1);
  f.add_risk();
  CHECK(f.analyses.of<PeopleAndRisks>() == 2);
  CHECK(f.analyses.computed() == 5);  // the people only twice
}
