// Going back in the history of a record, and deciding what two copies wrote apart.
#include "app/model/history.h"

#include <doctest/doctest.h>

#include "app/model/merge.h"
#include "app/model/records/document.h"
#include "app/model/records/task.h"

using namespace pmo;

namespace {

struct Copy {
  explicit Copy(std::uint64_t actor) : surroundings(actor), project(product_schema(), Id{actor, actor}, surroundings) {}

  template <class Edit>
  Commit change(Edit&& edit) {
    Transaction transaction(project, "transaction.test"_key);
    edit(transaction);
    auto commit = transaction.commit();
    REQUIRE(commit.has_value());
    return *commit;
  }
  Commit rename(std::string name) {
    return change([&](Transaction& t) { t.set(task(), &Task::name, std::move(name)); });
  }
  const Task& task() const { return project.all<Task>().at(0); }
  std::vector<Commit> history() const { return *project.journal().since({}); }

  FixedSurroundings surroundings;
  Project project;
};

const FieldInfo& name_field() { return field_of<Task>(&Task::name); }

}  // namespace

TEST_CASE("a record goes back to what it was before a change, and the way back can be undone") {
  Copy copy(1);
  copy.change([](Transaction& t) { t.create<Task>([](Task& task) { task.name = "A"; }); });
  const auto second = copy.rename("B");
  const auto third = copy.change([&](Transaction& t) {
    t.set(copy.task(), &Task::name, std::string("C"));
    t.set(copy.task(), &Task::percent_complete, Permille{300});
  });
  CHECK(value_before(copy.history(), copy.task(), name_field(), second.stamp) == Value{std::string("A")});
  CHECK(value_before(copy.history(), copy.task(), name_field(), third.stamp) == Value{std::string("B")});

  copy.change([&](Transaction& t) {
    REQUIRE(restore_record(t, copy.history(), register_of<Task>(), copy.task(), third.stamp, &name_field()).has_value());
  });
  CHECK(copy.task().name == "B");
  CHECK(copy.task().percent_complete == Permille{300});  // only the one field
  copy.change([&](Transaction& t) { REQUIRE(restore_record(t, copy.history(), register_of<Task>(), copy.task(), second.stamp).has_value()); });
  CHECK(copy.task().name == "A");
  CHECK(copy.task().percent_complete == Permille{0});
  REQUIRE(copy.project.undo().has_value());
  CHECK(copy.task().name == "B");
}

TEST_CASE("a deleted record comes back as it was") {
  Copy copy(1);
  copy.change([](Transaction& t) { t.create<Task>([](Task& task) { task.name = "A"; }); });
  const auto rename = copy.rename("B");
  const Task& task = copy.task();
  copy.change([&](Transaction& t) { t.erase(task); });
  REQUIRE(copy.project.all<Task>().empty());
  copy.change([&](Transaction& t) { REQUIRE(restore_record(t, copy.history(), register_of<Task>(), task, rename.stamp).has_value()); });
  CHECK(copy.task().name == "A");
}

TEST_CASE("a deleted record comes back with the parts that went with it, and can go again") {
  Copy copy(1);
  Id summary, part, below, other, earlier, link;
  copy.change([&](Transaction& t) {
    summary = t.create<Task>([](Task& task) { task.name = "Summary"; }).id;
    part = t.create<Task>([&](Task& task) { task.name = "Part"; task.parent = {summary}; }).id;
    below = t.create<Task>([&](Task& task) { task.name = "Below"; task.parent = {part}; }).id;
    earlier = t.create<Task>([&](Task& task) { task.name = "Earlier"; task.parent = {summary}; }).id;
    other = t.create<Task>([](Task& task) { task.name = "Other"; }).id;
    link = t.create<Link>([&](Link& made) { made.predecessor = {below}; made.successor = {other}; }).id;
  });
  const auto& tasks = copy.project.all<Task>();
  const auto erase = [&](Id id) {
    return copy.change([&](Transaction& t) { t.erase(*tasks.find(id)); }).stamp;
  };
  const auto bring_back = [&](const Stamp& moment) {
    const auto* gone = copy.project.table(register_of<Task>()).find_any(summary);
    copy.change([&](Transaction& t) { REQUIRE(restore_record(t, copy.history(), register_of<Task>(), *gone, moment).has_value()); });
  };
  erase(earlier);
  bring_back(erase(summary));
  CHECK((tasks.find(summary) && tasks.find(part) && tasks.find(below)));
  CHECK(copy.project.all<Link>().find(link));
  CHECK_FALSE(tasks.find(earlier));
  REQUIRE(copy.project.undo().has_value());
  CHECK(tasks.size() == 1);
  REQUIRE(copy.project.redo().has_value());
  CHECK(tasks.size() == 4);

  const auto moment = erase(summary);
  erase(other);
  bring_back(moment);
  CHECK(tasks.size() == 3);
  CHECK(copy.project.all<Link>().empty());  // its other end is not there
}

TEST_CASE("a decision settles the conflict on every copy, whichever value is taken") {
  for (const int choice : {0, 1, 2}) {
    CAPTURE(choice);
    Copy mine(1), theirs(2);
    mine.change([](Transaction& t) { t.create<Task>([](Task& task) { task.name = "A"; }); });
    REQUIRE(merge(theirs.project, mine.project, "transaction.test"_key).has_value());
    mine.rename("Mine");
    theirs.rename("Theirs");
    REQUIRE(merge(mine.project, theirs.project, "transaction.test"_key).has_value());
    REQUIRE(mine.project.conflicts().size() == 1);
    const auto conflict = mine.project.conflicts()[0];
    REQUIRE(mine.project.open(conflict));
    const Value values[] = {conflict.winning, conflict.losing, Value{std::string("Both")}};
    mine.change([&](Transaction& t) { REQUIRE(decide(t, conflict, values[choice]).has_value()); });
    CHECK_FALSE(mine.project.open(conflict));
    REQUIRE(merge(theirs.project, mine.project, "transaction.test"_key).has_value());
    CHECK(Value{theirs.task().name} == values[choice]);
    REQUIRE(theirs.project.conflicts().size() == 1);
    CHECK_FALSE(theirs.project.open(theirs.project.conflicts()[0]));
  }
}

TEST_CASE("an edit that met a deletion is kept or deleted by a decision") {
  for (const bool keep : {true, false}) {
    CAPTURE(keep);
    Copy mine(1), theirs(2);
    mine.change([](Transaction& t) { t.create<Task>([](Task& task) { task.name = "A"; }); });
    REQUIRE(merge(theirs.project, mine.project, "transaction.test"_key).has_value());
    mine.change([&](Transaction& t) { t.erase(mine.task()); });
    theirs.rename("Still needed");
    REQUIRE(merge(mine.project, theirs.project, "transaction.test"_key).has_value());
    REQUIRE(mine.project.conflicts().size() == 1);
    const auto conflict = mine.project.conflicts()[0];
    REQUIRE(mine.project.open(conflict));
    mine.change([&](Transaction& t) { REQUIRE(decide(t, conflict, {}, keep).has_value()); });
    CHECK_FALSE(mine.project.open(conflict));
    CHECK(mine.project.all<Task>().empty() == !keep);
  }
}

TEST_CASE("what is kept against a deletion comes with what it is part of, on every copy") {
  Copy mine(1), theirs(2);
  mine.change([](Transaction& t) {
    const auto document = t.create<Document>([](Document& made) { made.title = "Manual"; }).id;
    for (const char* name : {"1", "2"})
      t.create<DocumentVersion>([&](DocumentVersion& made) { made.document = {document}; made.version = name; });
  });
  REQUIRE(merge(theirs.project, mine.project, "transaction.test"_key).has_value());
  mine.change([&](Transaction& t) { t.erase(mine.project.all<Document>().at(0)); });
  theirs.change([&](Transaction& t) { t.set(theirs.project.all<DocumentVersion>().at(0), &DocumentVersion::change_note, std::string("Still needed")); });
  REQUIRE(merge(mine.project, theirs.project, "transaction.test"_key).has_value());
  REQUIRE(mine.project.conflicts().size() == 1);
  CHECK(mine.project.all<Document>().empty());
  mine.change([&](Transaction& t) { REQUIRE(decide(t, mine.project.conflicts()[0], {}, true).has_value()); });
  REQUIRE(merge(theirs.project, mine.project, "transaction.test"_key).has_value());
  for (const Copy* copy : {&mine, &theirs}) {
    CHECK(copy->project.all<Document>().size() == 1);
    CHECK(copy->project.all<DocumentVersion>().size() == 2);
    for (const auto& conflict : copy->project.conflicts()) CHECK_FALSE(copy->project.open(conflict));
  }
}
