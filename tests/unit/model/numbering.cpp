#include "app/model/numbering.h"

#include <doctest/doctest.h>

#include "app/model/describe_record.h"
#include "app/model/records/issue.h"
#include "app/model/records/risk.h"
#include "app/model/transaction.h"

using namespace pmo;

namespace {

struct NumberedOffice {
  FixedSurroundings surroundings;
  Project project{product_schema(), Id{1, 1}, surroundings};
  const Issue* issue = nullptr;

  NumberedOffice() {
    Transaction change(project, "transaction.add"_key);
    issue = &change.create<Issue>([](auto& i) { i.title = "Water"; });
    REQUIRE(change.commit());
  }
  Result<void> number(std::string_view name, std::string_view prefix, std::int64_t digits) {
    Transaction change(project, "transaction.number"_key);
    change.create<Numbering>([&](auto& n) { n.numbered = name; n.prefix = prefix; n.digits = digits; });
    const auto done = change.commit();
    return done ? Result<void>{} : std::unexpected(done.error());
  }
  std::string text() const { return record_number(project, register_of<Issue>(), *issue); }
};

}  // namespace

TEST_CASE_FIXTURE(NumberedOffice, "records are numbered as the project says, and as delivered again after an undo") {
  const std::string usual = text();
  CHECK(usual == register_of<Issue>().prefix + "-1");
  REQUIRE(number("issue", "问题", 3));
  CHECK(text() == "问题-001");
  CHECK(issue->number == 1);
  REQUIRE(project.undo());
  CHECK(text() == usual);
}

TEST_CASE_FIXTURE(NumberedOffice, "a prefix tells one register: neither another's own nor its delivered one can be taken") {
  CHECK(number("issue", register_of<Risk>().prefix, 1).error().message == "error.numbering.taken"_key);
  REQUIRE(number("risk", "RISK", 1));
  CHECK(number("issue", "RISK", 1).error().message == "error.numbering.taken"_key);
  CHECK(number("issue", register_of<Risk>().prefix, 1));  // which is free now
  CHECK_FALSE(number("issue", "", 1));
  CHECK_FALSE(number("issue", "ISS", 9));
}
