// The register of docs/registers.md, described here and nowhere else, goes through everything that is derived from a
// description: checks, SQL, the canonical JSON of a bundle, history, undo, merge, open work.
#include <doctest/doctest.h>

#include "app/model/list_registers.h"
#include "app/model/describe_record.h"
#include "app/model/merge.h"
#include "app/model/open_work.h"
#include "app/model/records/project_settings.h"
#include "app/model/records/task.h"
#include "storage/bundle/bundle.h"
#include "storage/project_store.h"

using namespace pmo;
using namespace pmo::storage;

namespace pmo::example {  // enumerators of an unnamed namespace have no names

enum class PermitStatus : unsigned char { needed, applied, granted, refused };

struct Permit : Record {
  std::string title;
  std::string authority;
  PermitStatus status = PermitStatus::needed;
  std::optional<Day> due, granted_on;
  Money fee;
  Ref<Person> owner;
  Refs<Task> tasks;
};

Result<void> granted_has_a_day(const Permit& permit) {
  if (permit.status == PermitStatus::granted && !permit.granted_on) return fail("error.test"_key);
  return {};
}

}  // namespace pmo::example

using namespace pmo::example;

template <>
struct pmo::Describe<Permit> {
  static RegisterInfo make() {
    return Describer<Permit>("PE", Desk::coordinator)
        .field("title", &Permit::title, {.required = true, .title = true})
        .field("authority", &Permit::authority)
        .field("status", &Permit::status, {.closed = "granted refused"})
        .field("due", &Permit::due, {.due = true})
        .field("granted_on", &Permit::granted_on)
        .field("fee", &Permit::fee, {.confidential = true, .minimum = 0})
        .field("owner", &Permit::owner, {.responsible = true})
        .field("tasks", &Permit::tasks)
        .check<granted_has_a_day>(&Permit::status, &Permit::granted_on);
  }
};

namespace {

const Schema& schema() {
  static const Schema schema{&register_of<ProjectSettings>(), &register_of<Person>(), &register_of<Calendar>(), &register_of<Task>(), &register_of<Link>(), &register_of<Permit>()};
  return schema;
}

// A copy of the project at somebody's desk, in a database of its own.
struct Copy {
  explicit Copy(std::uint64_t actor) : surroundings(actor), project(schema(), Id{actor, actor}, surroundings) {
    database.emplace(std::move(*Database::open(":memory:")));
    store = std::move(*ProjectStore::open(*database, project));
  }
  FixedSurroundings surroundings;
  Project project;
  std::optional<Database> database;
  std::unique_ptr<ProjectStore> store;
};

const Permit& plant(Copy& copy) {
  Transaction change(copy.project, "transaction.test"_key);
  change.create<ProjectSettings>([](ProjectSettings& p) { p.name = "Bridge"; });
  const auto& anna = change.create<Person>([](Person& p) { p.name = "Anna"; });
  const auto& task = change.create<Task>([](Task& t) { t.name = "Dredge"; });
  const auto& permit = change.create<Permit>([&](Permit& p) {
    p.title = "疏浚许可";
    p.authority = "Water authority";
    p.due = Day{20'000};
    p.fee = Money{120'000};
    p.owner = {anna.id};
    p.tasks = {{task.id}};
  });
  REQUIRE(change.commit());
  return permit;
}

template <class T, class V>
Result<Commit> write(Copy& copy, T Permit::* member, V value) {
  Transaction change(copy.project, "transaction.test"_key);
  change.set(copy.project.all<Permit>().at(0), member, value);
  return change.commit();
}

}  // namespace

TEST_CASE("a register of one's own: checks, numbers, open work, undo") {
  Copy copy(1);
  const auto& permit = plant(copy);
  CHECK(record_number(copy.project, register_of<Permit>(), permit) == "PE-1");
  CHECK(is_late(register_of<Permit>(), permit, Day{20'001}));
  CHECK_FALSE(write(copy, &Permit::title, std::string()));
  CHECK_FALSE(write(copy, &Permit::fee, Money{-1}));
  CHECK_FALSE(write(copy, &Permit::status, PermitStatus::granted));
  REQUIRE(write(copy, &Permit::status, PermitStatus::applied));
  REQUIRE(copy.project.undo());
  CHECK(permit.status == PermitStatus::needed);
  REQUIRE(copy.project.redo());
  CHECK(permit.status == PermitStatus::applied);
}

TEST_CASE("a register of one's own: read back from SQL, with its history and found by its words") {
  Copy copy(1);
  plant(copy);
  REQUIRE(write(copy, &Permit::status, PermitStatus::applied));
  const auto hits = copy.store->search("Water");
  REQUIRE((hits && hits->size() == 1));
  const auto bundle = write_bundle(copy.project, {.confidential = true});
  copy.store.reset();
  FixedSurroundings surroundings{9};
  Project again(schema(), Id{1, 1}, surroundings);
  const auto store = ProjectStore::open(*copy.database, again);
  REQUIRE(store);
  CHECK(write_bundle(again, {.confidential = true}) == bundle);
  const auto& permit = again.all<Permit>().at(0);
  CHECK(permit.status == PermitStatus::applied);
  CHECK(permit.fee == Money{120'000});
  REQUIRE(permit.tasks.size() == 1);
  CHECK((*store)->history(permit.id, 10)->size() == 2);
}

TEST_CASE("a register of one's own: mailed as JSON, edited in two places, merged the same in both") {
  Copy anna(1), bo(2);
  plant(anna);
  const auto open = [](Copy& copy, const std::string& text) {
    auto bundle = read_bundle(text, schema(), copy.project.actor(), copy.surroundings);
    REQUIRE(bundle);
    return std::move(bundle->project);
  };
  const auto mailed = write_bundle(anna.project, {.confidential = true});
  CHECK(mailed.contains("疏浚许可"));
  CHECK_FALSE(write_bundle(anna.project, {}).contains("120000"));  // the fee is confidential
  REQUIRE(merge(bo.project, *open(bo, mailed), "transaction.import"_key, {}));
  REQUIRE(write(anna, &Permit::authority, std::string("Port authority")));
  REQUIRE(write(bo, &Permit::due, std::optional(Day{20'500})));
  REQUIRE(write(anna, &Permit::fee, Money{1}));
  REQUIRE(write(bo, &Permit::fee, Money{2}));
  const auto from_anna = write_bundle(anna.project, {.confidential = true}), from_bo = write_bundle(bo.project, {.confidential = true});
  REQUIRE(merge(anna.project, *open(anna, from_bo), "transaction.import"_key, {}));
  REQUIRE(merge(bo.project, *open(bo, from_anna), "transaction.import"_key, {}));
  for (auto* copy : {&anna, &bo}) {
    const auto& permit = copy->project.all<Permit>().at(0);
    CHECK(permit.authority == "Port authority");
    CHECK(permit.due == Day{20'500});
    REQUIRE(copy->project.conflicts().size() == 1);  // both wrote the fee
    CHECK(copy->project.conflicts()[0].field == &field_of<Permit>(&Permit::fee));
  }
  CHECK(anna.project.all<Permit>().at(0).fee == bo.project.all<Permit>().at(0).fee);
}
