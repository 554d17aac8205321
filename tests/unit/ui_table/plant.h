// A small project for the tests of tables.
#pragma once

#include "app/model/records/meeting.h"
#include "app/model/transaction.h"

struct Plant {
  pmo::FixedSurroundings surroundings;
  pmo::Project project{pmo::product_schema(), pmo::Id{1, 1}, surroundings};
  pmo::Day today = pmo::Day::of(2024, 3, 1);
  const pmo::Person *zhang, *anna, *anna_wu;
  const pmo::Issue *steel, *permit, *noise;

  Plant() {
    using namespace pmo;
    Transaction change(project, "transaction.add"_key, {"test"});
    zhang = &change.create<Person>([](Person& p) { p.name = "张三"; p.initials = "zs"; });
    anna = &change.create<Person>([](Person& p) { p.name = "Anna Li"; p.initials = "al"; });
    anna_wu = &change.create<Person>([](Person& p) { p.name = "Anna Wu"; p.initials = "aw"; });
    steel = &change.create<Issue>([&](Issue& i) {
      i.title = "Late steel"; i.priority = Priority::high; i.owner = {zhang->id}; i.due = Day::of(2024, 3, 5); i.parties = {{anna->id}};
      i.description = "Two lines,\nwith \"quotes\""; i.severity = 3;
    });
    permit = &change.create<Issue>([&](Issue& i) { i.title = "Permit missing"; i.priority = Priority::low; i.status = IssueStatus::closed; i.owner = {anna->id}; });
    noise = &change.create<Issue>([&](Issue& i) { i.title = "Noise at night"; i.priority = Priority::high; i.due = Day::of(2024, 2, 20); });
    if (!change.commit()) std::abort();
  }
};
