// Work = duration × units: which of the three follows when another one is edited.
#include "app/model/work_equation.h"

#include <doctest/doctest.h>

#include "app/model/records/resource.h"
#include "app/model/records/task.h"

using namespace pmo;

namespace {

constexpr std::int64_t day = 480;

struct Site {
  FixedSurroundings surroundings;
  Project project{product_schema(), Id{1, 1}, surroundings};
  const Task* task = nullptr;
  const Resource *anna = nullptr, *boris = nullptr;
  const Assignment* first = nullptr;

  explicit Site(TaskType type, bool effort_driven = false) {
    Transaction change(project, "transaction.test"_key);
    task = &change.create<Task>([&](Task& made) {
      made.name = "Formwork";
      made.type = type;
      made.effort_driven = effort_driven;
      made.duration = WorkMinutes{10 * day};
    });
    anna = &change.create<Resource>([](Resource& made) { made.name = "Anna"; });
    boris = &change.create<Resource>([](Resource& made) { made.name = "Boris"; });
    first = &assign(change, *anna);
    REQUIRE(change.commit().has_value());
  }
  const Assignment& assign(Transaction& change, const Resource& resource) {
    return change.create<Assignment>([&](Assignment& made) {
      made.task = {task->id};
      made.resource = {resource.id};
    });
  }
  template <class Edit>
  void edit(Edit&& make) {
    Transaction change(project, "transaction.test"_key);
    make(change);
    keep_work_equation(change);
    REQUIRE(change.commit().has_value());
  }
  void set_units(int permille) {
    edit([&](Transaction& change) { change.set(*first, &Assignment::units, Permille{permille}); });
  }
  void set_work(std::int64_t minutes) {
    edit([&](Transaction& change) { change.set(*first, &Assignment::work, std::optional(WorkMinutes{minutes})); });
  }
  void set_duration(std::int64_t minutes) {
    edit([&](Transaction& change) { change.set(*task, &Task::duration, WorkMinutes{minutes}); });
  }
  std::int64_t days() const { return task->duration.value / day; }
};

}  // namespace

TEST_CASE("fixed units: the duration follows units and work, the work follows the duration") {
  Site site(TaskType::fixed_units);
  site.set_units(500);
  CHECK(site.days() == 20);
  site.set_work(5 * day);
  CHECK(site.days() == 10);
  site.set_duration(20 * day);
  CHECK(site.first->work == WorkMinutes{10 * day});
  CHECK(site.first->units == Permille{500});
}

TEST_CASE("fixed duration: the work follows units and duration, the units follow the work") {
  Site site(TaskType::fixed_duration);
  site.set_work(5 * day);
  CHECK(site.first->units == Permille{500});
  site.set_units(1000);
  CHECK(site.first->work == WorkMinutes{10 * day});
  CHECK(site.days() == 10);
  site.set_duration(20 * day);
  CHECK(site.first->work == WorkMinutes{20 * day});
}

TEST_CASE("fixed work: the units follow the duration, the duration follows the units") {
  Site site(TaskType::fixed_work);
  site.set_duration(5 * day);
  CHECK(site.first->units == Permille{2000});
  site.set_units(1000);
  CHECK(site.days() == 10);
}

TEST_CASE("somebody more: the same work takes less time when the task is driven by effort, else more is done") {
  for (const bool by_effort : {true, false}) {
    Site site(TaskType::fixed_units, by_effort);
    site.edit([&](Transaction& change) { site.assign(change, *site.boris); });
    CHECK(site.days() == (by_effort ? 5 : 10));
    REQUIRE(site.project.undo().has_value());
    CHECK(site.days() == 10);
  }
  Site shared(TaskType::fixed_duration, true);
  shared.edit([&](Transaction& change) { shared.assign(change, *shared.boris); });
  CHECK(shared.days() == 10);
  CHECK(shared.first->units == Permille{500});
}

TEST_CASE("somebody less: the others take longer; the last one leaves the duration as it is") {
  Site site(TaskType::fixed_work);
  const Assignment* second = nullptr;
  site.edit([&](Transaction& change) { second = &site.assign(change, *site.boris); });
  CHECK(site.days() == 5);
  site.edit([&](Transaction& change) { change.erase(*second); });
  CHECK(site.days() == 10);
  site.edit([&](Transaction& change) { change.erase(*site.first); });
  CHECK(site.days() == 10);
}

TEST_CASE("overtime takes work out of the time of the task") {
  const auto set_overtime = [](Site& site, std::int64_t minutes) {
    site.edit([&](Transaction& change) { change.set(*site.first, &Assignment::overtime, WorkMinutes{minutes}); });
  };
  Site site(TaskType::fixed_units);
  set_overtime(site, 2 * day);
  CHECK(site.days() == 8);
  CHECK_FALSE(site.first->work);  // 8 days of ordinary time and 2 of overtime
  site.set_work(14 * day);
  CHECK(site.days() == 12);
  site.set_duration(6 * day);
  CHECK(site.first->work == WorkMinutes{8 * day});
  set_overtime(site, 0);
  CHECK(site.days() == 8);
  CHECK(site.first->work == WorkMinutes{8 * day});

  Site fixed(TaskType::fixed_duration);
  fixed.set_work(10 * day);
  set_overtime(fixed, 5 * day);
  CHECK(fixed.days() == 10);
  CHECK(fixed.first->units == Permille{500});
  fixed.set_units(1000);
  CHECK(fixed.first->work == WorkMinutes{15 * day});

  Transaction change(fixed.project, "transaction.test"_key);
  change.set(*fixed.first, &Assignment::overtime, WorkMinutes{16 * day});
  const auto more_than_all = change.commit();
  REQUIRE_FALSE(more_than_all);
  CHECK(more_than_all.error().message == "error.field.less"_key);
}

TEST_CASE("who is not the longest keeps their work") {
  Site site(TaskType::fixed_units);
  const Assignment* second = nullptr;
  site.edit([&](Transaction& change) { second = &site.assign(change, *site.boris); });
  site.set_units(500);
  CHECK(site.days() == 20);
  CHECK(second->work == WorkMinutes{10 * day});
}

TEST_CASE("a task that began, and one that the same transaction made, keep what they say") {
  Site site(TaskType::fixed_units);
  site.edit([&](Transaction& change) { change.set(*site.task, &Task::actual_start, Minute::parse("2026-05-11T08:00")); });
  site.set_units(500);
  CHECK(site.days() == 10);
  site.edit([&](Transaction& change) {
    const auto& made = change.create<Task>([](Task& task) { task.name = "Pour"; });
    change.set(made, &Task::duration, WorkMinutes{3 * day});
    const auto& assignment = change.create<Assignment>([&](Assignment& one) {
      one.task = {made.id};
      one.resource = {site.anna->id};
    });
    change.set(assignment, &Assignment::units, Permille{500});
    CHECK(made.duration == WorkMinutes{3 * day});
  });
}
