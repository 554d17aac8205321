// A small plan for the tests of the tasks page: Monday to Friday, 8 to 12 and 13 to 17, beginning on Monday 4 March 2024.
//
//   1 House          summary
//   2   Ground       3d
//   3   Walls        5d   2
//   4   Roof         2d   3FS+1d
//   5 Garden         4d
//   6 Handed over    0d   4, 5
#pragma once

#include "app/ui/tasks/task_edits.h"

inline pmo::Minute at(int date, int hour) { return pmo::Minute::at(pmo::Day::of(2024, 3, date), hour * 60); }

struct House {
  pmo::FixedSurroundings surroundings;
  pmo::Project project{pmo::product_schema(), pmo::Id{1, 1}, surroundings};
  pmo::ui::Analyses analyses{project};
  pmo::Day today = pmo::Day::of(2024, 3, 6);
  pmo::Id house, ground, walls, roof, garden, handed_over;

  House() {
    using namespace pmo;
    Transaction change(project, "transaction.add"_key, {"test"});
    change.create<ProjectSettings>([](ProjectSettings& settings) {
      settings.name = "House";
      settings.start = Minute::at(Day::of(2024, 3, 4), 8 * 60);
    });
    const auto add = [&](Id parent, const char* name, int days) {
      const auto id = insert_task(change, parent, {}, [&](Task& task) {
        task.name = name;
        task.duration = {days * 480};
        task.milestone = days == 0;
      });
      if (!id) std::abort();
      return *id;
    };
    house = add({}, "House", 1);
    ground = add(house, "Ground", 3);
    walls = add(house, "Walls", 5);
    roof = add(house, "Roof", 2);
    garden = add({}, "Garden", 4);
    handed_over = add({}, "Handed over", 0);
    const auto link = [&](Id from, Id to, std::int64_t lag = 0) {
      change.create<Link>([&](Link& made) {
        made.predecessor = {from};
        made.successor = {to};
        made.lag = lag;
      });
    };
    link(ground, walls);
    link(walls, roof, 480);
    link(roof, handed_over);
    link(garden, handed_over);
    if (!change.commit()) std::abort();
  }

  const pmo::Task& task(pmo::Id id) const { return *project.find(pmo::Ref<pmo::Task>{id}); }
  std::size_t row(pmo::Id id) { return *analyses.of<pmo::ui::OutlineOf>().find(id); }
  std::string start(pmo::Id id) { return analyses.of<pmo::ui::ScheduleOf>().schedule.start[row(id)].text(); }
  std::string finish(pmo::Id id) { return analyses.of<pmo::ui::ScheduleOf>().schedule.finish[row(id)].text(); }

  template <class Edit>
  void change(Edit&& edit) {
    using namespace pmo;
    Transaction transaction(project, "transaction.edit"_key, {"test", "1"});
    edit(transaction);
    if (!transaction.commit()) std::abort();
  }
};
