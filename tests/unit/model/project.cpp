#include "app/model/project.h"

#include <doctest/doctest.h>

#include "app/model/describe_record.h"
#include "app/model/list_registers.h"
#include "app/model/records/meeting.h"
#include "app/model/records/project_settings.h"
#include "app/model/records/task.h"
#include "app/model/transaction.h"

using namespace pmo;

namespace {

struct ProjectFixture {
  FixedSurroundings surroundings;
  Project project{product_schema(), Id{1, 1}, surroundings};

  const Task& add_task(std::string name) {
    Transaction change(project, "transaction.test"_key);
    const auto& task = change.create<Task>([&](Task& t) { t.name = name; });
    REQUIRE(change.commit().has_value());
    return task;
  }
};

}  // namespace

TEST_CASE_FIXTURE(ProjectFixture, "a transaction that is not committed leaves no trace") {
  const auto& task = add_task("Survey");
  const auto revision = project.revision();
  {
    Transaction change(project, "transaction.test"_key);
    change.set(task, &Task::name, "Changed");
    change.set(task, &Task::duration, WorkMinutes{60});
    change.create<Task>([](Task& t) { t.name = "New"; });
    CHECK(task.name == "Changed");
    CHECK(project.all<Task>().size() == 2);
    change.erase(task);
    CHECK(project.all<Task>().find(task.id) == nullptr);
  }
  CHECK(task.name == "Survey");
  CHECK(task.duration == WorkMinutes{480});
  CHECK(project.all<Task>().size() == 1);
  CHECK(project.all<Task>().find(task.id) == &task);
  CHECK(project.revision() == revision);
  CHECK(project.undo_steps().size() == 1);
}

TEST_CASE_FIXTURE(ProjectFixture, "a commit keeps one change a field and gives all writes one stamp") {
  const auto& task = add_task("Survey");
  Transaction change(project, "transaction.test"_key, {"3"});
  change.set(task, &Task::name, "A");
  change.set(task, &Task::name, "B");
  change.set(task, &Task::milestone, true);
  change.set(task, &Task::priority, 700);
  change.set(task, &Task::priority, 500);
  const auto commit = change.commit();
  REQUIRE(commit.has_value());
  REQUIRE(commit->changes.size() == 2);
  CHECK(commit->changes[0].before == Value{std::string("Survey")});
  CHECK(commit->changes[0].after == Value{std::string("B")});
  CHECK(task.stamp_of(commit->changes[0].field->index) == commit->stamp);
  CHECK(task.stamp_of(field_of<Task>(&Task::notes).index) == task.created);
  CHECK(project.seen().covers(commit->stamp));
}

TEST_CASE_FIXTURE(ProjectFixture, "undo and redo restore field writes, creations and deletions with their parts") {
  const auto& first = add_task("First");
  const auto& second = add_task("Second");
  {
    Transaction change(project, "transaction.test"_key);
    change.create<Link>([&](Link& link) {
      link.predecessor = {first.id};
      link.successor = {second.id};
    });
    REQUIRE(change.commit().has_value());
  }
  {
    Transaction change(project, "transaction.test"_key);
    change.erase(first);
    REQUIRE(change.commit().has_value());
  }
  CHECK(project.all<Task>().size() == 1);
  CHECK(project.all<Link>().empty());
  REQUIRE(project.undo().has_value());
  CHECK(project.all<Task>().size() == 2);
  CHECK(project.all<Link>().size() == 1);
  REQUIRE(project.redo().has_value());
  CHECK(project.all<Link>().empty());
  for (int step = 0; step < 4; ++step) REQUIRE(project.undo().has_value());
  CHECK(project.all<Task>().empty());
  CHECK(project.undo().error().message == "error.history.nothing_to_undo"_key);
  for (int step = 0; step < 4; ++step) REQUIRE(project.redo().has_value());
  CHECK(project.all<Task>().size() == 1);
  CHECK(project.all<Task>().at(0).name == "Second");
}

TEST_CASE_FIXTURE(ProjectFixture, "what is written and then deleted in one transaction is deleted; undone and done again, too") {
  const auto& task = add_task("Survey");
  const auto& tasks = project.all<Task>();
  {
    Transaction change(project, "transaction.test"_key);
    change.set(task, &Task::name, "Given up");
    change.erase(task);
    REQUIRE(change.commit().has_value());
  }
  CHECK(task.deleted());
  CHECK(tasks.find(task.id) == nullptr);
  REQUIRE(project.undo().has_value());
  REQUIRE(tasks.find(task.id) == &task);
  CHECK(task.name == "Survey");
  CHECK(tasks.size() == 1);
  REQUIRE(project.redo().has_value());
  CHECK(task.deleted());
  CHECK(tasks.empty());
}

TEST_CASE_FIXTURE(ProjectFixture, "what is made and deleted in one transaction can be undone; no stamp is of the future, and it can be brought back") {
  Id id;
  {
    Transaction change(project, "transaction.test"_key);
    const auto& task = change.create<Task>([](Task& t) { t.name = "Tried"; });
    id = task.id;
    change.erase(task);
    REQUIRE(change.commit().has_value());
  }
  REQUIRE(project.undo().has_value());
  REQUIRE(project.redo().has_value());
  const auto& task = *project.table(register_of<Task>()).find_any(id);
  REQUIRE(task.deleted());
  for (const auto& seen : task.deletion->seen.list()) CHECK(seen.stamp.clock <= project.clock());
  Transaction change(project, "transaction.test"_key);
  change.revive(register_of<Task>(), task);
  REQUIRE(change.commit().has_value());
  CHECK_FALSE(task.deleted());
}

TEST_CASE_FIXTURE(ProjectFixture, "undo leaves alone what was written since") {
  const auto& task = add_task("Survey");
  const auto write = [&](std::string name, std::int64_t priority) {
    Transaction change(project, "transaction.test"_key);
    change.set(task, &Task::name, name);
    change.set(task, &Task::priority, priority);
    REQUIRE(change.commit().has_value());
  };
  write("A", 100);
  // as if a merge had written the name meanwhile
  RecordWriter(project).write(register_of<Task>(), const_cast<Task&>(task), field_of<Task>(&Task::name), std::string("Theirs"));
  REQUIRE(project.undo().has_value());
  CHECK(task.name == "Theirs");
  CHECK(task.priority == 500);
}

TEST_CASE_FIXTURE(ProjectFixture, "bad values are refused with the field and the record") {
  const auto& task = add_task("Survey");
  Transaction change(project, "transaction.test"_key);
  const auto& info = register_of<Task>();
  const auto wrong = [&](const FieldInfo& field, Value value) { return change.set(task, info, field, std::move(value)).error(); };
  CHECK(wrong(field_of<Task>(&Task::percent_complete), std::int64_t{1001}).message == "error.field.range"_key);
  CHECK(wrong(field_of<Task>(&Task::percent_complete), std::int64_t{1001}).place == "T-1");
  CHECK(wrong(field_of<Task>(&Task::duration), std::string("x")).message == "error.field.shape"_key);
  CHECK(wrong(field_of<Task>(&Task::type), std::string("fixed_mood")).message == "error.field.choice"_key);
  CHECK(wrong(field_of<Task>(&Task::deadline), std::numeric_limits<std::int64_t>::max()).message == "error.field.date"_key);
  change.set(task, &Task::name, "  ");
  CHECK(change.commit().error().message == "error.field.required"_key);
  change.set(task, &Task::name, "Survey 2");
  change.set(task, &Task::calendar, Ref<Calendar>{Id{7, 7}});
  CHECK(change.commit().error().message == "error.field.reference"_key);
  change.set(task, &Task::calendar, Ref<Calendar>{});
  CHECK(change.commit().has_value());
}

TEST_CASE("a limit is told in the units in which the value is written") {
  const auto limits = [](const FieldInfo& field, std::int64_t value) {
    const auto arguments = check_value(field, Value{value}).error().arguments;
    return arguments[1] + (arguments.size() > 2 ? " " + arguments[2] : "");
  };
  CHECK(limits(field_of<Task>(&Task::percent_complete), 1001) == "0% 100%");
  CHECK(limits(field_of<Task>(&Task::duration), -1) == "0h 878,400h");
  CHECK(limits(field_of<Task>(&Task::optimistic_cost), -1) == "0");
  CHECK(limits(field_of<Task>(&Task::priority), 1001) == "0 1,000");
  CHECK(limits(field_of<ProjectSettings>(&ProjectSettings::minutes_per_day), 0) == "1min 24h");
  CHECK(limits(field_of<ProjectSettings>(&ProjectSettings::schedule_index_red), -1) == "0 2");
}

TEST_CASE_FIXTURE(ProjectFixture, "a journal that refuses leaves the project as it was before the commit was tried") {
  struct Refusing final : Journal {
    Result<void> append(const Commit&) override { return fail("error.history.missing"_key); }
    Result<Commit> read(Id) const override { return fail("error.history.missing"_key); }
    Result<std::vector<Commit>> since(const VersionVector&) const override { return std::vector<Commit>{}; }
  } refusing;
  const auto& task = add_task("Survey");
  const auto stamps = task.written;
  project.set_journal(refusing);
  {
    Transaction change(project, "transaction.test"_key);
    change.set(task, &Task::name, "Lost");
    CHECK_FALSE(change.commit().has_value());
  }
  CHECK(task.name == "Survey");
  CHECK(task.written == stamps);
}

TEST_CASE_FIXTURE(ProjectFixture, "numbers count up in a register and mark another maker") {
  const auto& first = add_task("First");
  const auto& second = add_task("Second");
  CHECK(record_number(project, register_of<Task>(), first) == "T-1");
  CHECK(record_number(project, register_of<Task>(), second) == "T-2");
  {
    Transaction change(project, "transaction.test"_key);
    change.create<Task>([](Task& t) { t.name = "Given up"; });
    change.create<Task>([](Task& t) { t.name = "Given up, too"; });
  }
  CHECK(record_number(project, register_of<Task>(), add_task("Third")) == "T-3");
}

TEST_CASE_FIXTURE(ProjectFixture, "uses and parts of a record are found") {
  Transaction change(project, "transaction.test"_key);
  const auto& person = change.create<Person>([](Person& p) { p.name = "王芳"; });
  const auto& meeting = change.create<Meeting>([&](Meeting& m) {
    m.title = "Kick-off";
    m.invited = {{person.id}};
  });
  change.create<AgendaItem>([&](AgendaItem& item) {
    item.topic = "Scope";
    item.meeting = {meeting.id};
  });
  REQUIRE(change.commit().has_value());
  CHECK(parts_of(project, meeting.id).size() == 1);
  REQUIRE(uses_of(project, person.id).size() == 1);
  CHECK(uses_of(project, person.id)[0].field->name == "invited");
  CHECK(record_title(project, register_of<Person>(), person) == "王芳");
}

TEST_CASE_FIXTURE(ProjectFixture, "parts follow their owner: moved, deleted, brought back, rolled back") {
  const auto commit = [&](auto&& edit) {
    Transaction change(project, "transaction.test"_key);
    edit(change);
    REQUIRE(change.commit().has_value());
  };
  const auto &first = add_task("First"), &second = add_task("Second"), &part = add_task("Part");
  const auto parts = [&](const Task& task) { return parts_of(project, task.id).size(); };
  commit([&](Transaction& change) { change.set(part, &Task::parent, Ref<Task>{first.id}); });
  CHECK(parts(first) == 1);
  commit([&](Transaction& change) { change.set(part, &Task::parent, Ref<Task>{second.id}); });
  CHECK(parts(first) == 0);
  CHECK(parts(second) == 1);
  {
    Transaction change(project, "transaction.test"_key);
    change.set(part, &Task::parent, Ref<Task>{first.id});
    change.create<Task>([&](Task& task) { task.name = "Another", task.parent = {first.id}; });
    CHECK(parts(first) == 2);
  }
  CHECK(parts(first) == 0);
  CHECK(parts(second) == 1);
  commit([&](Transaction& change) { change.erase(second); });
  CHECK(part.deleted());
  CHECK(parts(second) == 0);
  REQUIRE(project.undo().has_value());
  CHECK(parts(second) == 1);
}

TEST_CASE_FIXTURE(ProjectFixture, "tasks that a merge has made each other's parents are deleted with each other, and come back") {
  const auto &first = add_task("First"), &second = add_task("Second");
  RecordWriter writer(project);
  const auto put_below = [&](const Task& part, const Task& owner) {
    writer.write(register_of<Task>(), *writer.find(register_of<Task>(), part.id), field_of<Task>(&Task::parent), owner.id);
  };
  put_below(first, second);
  put_below(second, first);
  Transaction change(project, "transaction.test"_key);
  change.erase(first);
  REQUIRE(change.commit().has_value());
  CHECK((first.deleted() && second.deleted()));
  REQUIRE(project.undo().has_value());
  CHECK(project.all<Task>().size() == 2);
  REQUIRE(project.redo().has_value());
  CHECK(project.all<Task>().empty());
}

TEST_CASE("names come from the types") {
  CHECK(type_name<AgendaItem>() == "agenda_item");
  CHECK(enum_size<MeetingStatus> == 5);
  CHECK(enum_name(MeetingStatus::minutes_issued) == "minutes_issued");
  CHECK(register_of<Task>().label == "register.task");
  CHECK(field_of<Task>(&Task::deadline).label == "task.deadline");
}

namespace {

struct Trip : Record {
  std::string name;
  std::optional<Day> from, to;
};

Result<void> there_and_back(const Trip& trip) {
  if (trip.from && trip.to && *trip.to < *trip.from) return fail("error.test"_key);
  return {};
}

}  // namespace

template <>
struct pmo::Describe<Trip> {
  static RegisterInfo make() {
    return Describer<Trip>("X", Desk::manager)
        .field("name", &Trip::name)
        .field("from", &Trip::from)
        .field("to", &Trip::to)
        .check<there_and_back>(&Trip::from, &Trip::to);
  }
};

TEST_CASE("what must hold between fields is checked when one of them is written, and only then") {
  const Schema schema{&register_of<Trip>()};
  FixedSurroundings surroundings;
  Project project(schema, Id{1, 1}, surroundings);
  const auto add = [&](std::int32_t from, std::int32_t to) {
    Transaction change(project, "transaction.test"_key);
    change.create<Trip>([&](Trip& trip) { trip.from = Day{from}; trip.to = Day{to}; });
    return change.commit().has_value();
  };
  CHECK(add(1, 2));
  CHECK_FALSE(add(2, 1));
  const auto& trip = project.all<Trip>().at(0);
  RecordWriter writer(project);  // came in wrong
  writer.write(register_of<Trip>(), *writer.find(register_of<Trip>(), trip.id), field_of<Trip>(&Trip::to), std::int64_t{0});
  Transaction named(project, "transaction.test"_key);
  named.set(trip, &Trip::name, "North");
  CHECK(named.commit().has_value());
  Transaction later(project, "transaction.test"_key);
  later.set(trip, &Trip::from, Day{5});
  const auto refused = later.commit();
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().place == "X-1");
}
