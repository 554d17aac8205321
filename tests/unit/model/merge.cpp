#include "app/model/merge.h"

#include <doctest/doctest.h>

#include <cstdlib>

#include "app/model/list_registers.h"
#include "app/model/records/common.h"
#include "app/model/records/risk.h"

using namespace pmo;

namespace {

// A small schema of its own, which also shows that a register is one description.
struct Note : Record {
  std::string text;
  std::int64_t weight = 0;
  Ref<Note> parent;
};


}  // namespace

template <>
struct pmo::Describe<Note> {
  static RegisterInfo make() {
    return Describer<Note>("N", Desk::manager)
        .field("text", &Note::text, {.title = true})
        .field("weight", &Note::weight)
        .field("parent", &Note::parent);
  }
};

namespace {

const Schema& note_schema() {
  static const Schema schema{&register_of<Note>()};
  return schema;
}

// A clock that somebody sets back now and then.
struct SetClock final : Surroundings {
  explicit SetClock(std::uint64_t seed) : counted(seed) {}
  std::uint64_t milliseconds() override { return counted.milliseconds() - set_back; }
  std::uint64_t random() override { return counted.random(); }

  FixedSurroundings counted;
  std::uint64_t set_back = 0;
};

struct NoteCopy {
  explicit NoteCopy(std::uint64_t number) : surroundings(number), project(note_schema(), Id{number, number}, surroundings) {}

  SetClock surroundings;
  Project project;

  const Note& add(std::string text) {
    Transaction change(project, "transaction.test"_key);
    const auto& note = change.create<Note>([&](Note& n) { n.text = text; });
    REQUIRE(change.commit().has_value());
    return note;
  }
  void write(Id id, std::string text) {
    Transaction change(project, "transaction.test"_key);
    change.set(*project.all<Note>().find(id), &Note::text, text);
    REQUIRE(change.commit().has_value());
  }
  void erase(Id id) {
    Transaction change(project, "transaction.test"_key);
    change.erase(*project.all<Note>().find(id));
    REQUIRE(change.commit().has_value());
  }
  Commit take(const NoteCopy& from) {
    auto commit = merge(project, from.project, "transaction.test"_key);
    REQUIRE(commit.has_value());
    return *commit;
  }
  const Note* note(Id id) const { return project.all<Note>().find(id); }
};

// Everything that must be equal in the end, as text.
std::string state(const Project& project) {
  std::map<Id, std::string> lines;
  const auto& table = project.table(register_of<Note>());
  const auto add = [&](const Record* record) {
    std::string line = record->id.text() + (record->deleted() ? " deleted" : " live");
    const auto& note = static_cast<const Note&>(*record);
    line += " " + note.text + " " + std::to_string(note.weight) + " " + note.parent.id.text();
    for (const auto& [field, stamp] : record->written.list())
      line += " " + std::to_string(field) + ":" + std::to_string(stamp.clock) + "@" + std::to_string(stamp.actor.low);
    if (record->deletion) line += " x" + std::to_string(record->deletion->stamp.clock);
    line += " #" + std::to_string(record->number);
    lines[record->id] = line;
  };
  for (const auto* record : table.records()) add(record);
  for (const auto* record : table.deleted()) add(record);
  std::string text;
  for (const auto& [id, line] : lines) text += line + "\n";
  std::set<std::string> conflicts;
  const auto told = [](const Value& value) {
    const auto* words = std::get_if<std::string>(&value);
    return words ? *words : std::to_string(value.index());
  };
  for (const auto& conflict : project.conflicts())
    conflicts.insert(conflict.record.text() + " " + std::to_string(conflict.winner.clock) + ">" + std::to_string(conflict.loser.clock) + " " +
                     told(conflict.winning) + ">" + told(conflict.losing) + (project.open(conflict) ? " open" : ""));
  for (const auto& line : conflicts) text += line + "\n";
  return text;
}

}  // namespace

TEST_CASE("copies that edit different fields merge without conflict, the same field with one") {
  NoteCopy a(1), b(2);
  const auto id = a.add("first").id;
  b.take(a);
  a.write(id, "from A");
  {
    Transaction change(b.project, "transaction.test"_key);
    change.set(*b.note(id), &Note::weight, 7);
    REQUIRE(change.commit().has_value());
  }
  CHECK(plan_merge(a.project, b.project).conflicts == 0);
  a.take(b);
  CHECK(a.note(id)->text == "from A");
  CHECK(a.note(id)->weight == 7);

  b.write(id, "from B");
  const auto plan = plan_merge(a.project, b.project);
  REQUIRE(plan.conflicts == 1);
  const auto commit = a.take(b);
  b.take(a);
  CHECK(a.note(id)->text == b.note(id)->text);
  REQUIRE(a.project.conflicts().size() == 1);
  CHECK(a.project.conflicts() == b.project.conflicts());
  CHECK(a.project.open(a.project.conflicts()[0]));
  b.write(id, "decided");
  a.take(b);
  CHECK_FALSE(a.project.open(a.project.conflicts()[0]));
  CHECK(a.note(id)->text == "decided");
}

TEST_CASE("importing the same copy twice changes nothing") {
  NoteCopy a(1), b(2);
  b.add("x");
  a.take(b);
  const auto before = state(a.project);
  CHECK(plan_merge(a.project, b.project).nothing_new());
  CHECK_FALSE(a.take(b).id);
  CHECK(state(a.project) == before);
}

TEST_CASE("an edit beats a deletion that had not seen it and is put up for review on both sides") {
  NoteCopy a(1), b(2);
  const auto id = a.add("first").id;
  b.take(a);
  a.erase(id);
  b.write(id, "still needed");
  a.take(b);
  b.take(a);
  REQUIRE(a.note(id));
  REQUIRE(b.note(id));
  CHECK(a.note(id)->text == "still needed");
  CHECK(state(a.project) == state(b.project));
  CHECK(a.project.conflicts().size() == 1);
  a.erase(id);
  b.take(a);
  CHECK(b.note(id) == nullptr);
}

TEST_CASE("a third writer who had seen but one side of a conflict does not close it, in whatever order copies meet") {
  const auto story = [](bool conflict_first) {
    NoteCopy a(1), b(2), c(3), d(4);
    const auto id = a.add("first").id;
    for (auto* copy : {&b, &c, &d}) copy->take(a);
    a.write(id, "from A");
    for (int i = 0; i < 50; ++i) b.surroundings.milliseconds();
    b.write(id, "from B");
    c.take(b);
    c.write(id, "from C");
    a.take(b);
    CHECK(plan_merge(a.project, c.project).conflicts == 1);
    if (conflict_first) d.take(a);
    d.take(c);
    if (!conflict_first) d.take(a);
    CHECK(d.note(id)->text == "from C");
    std::set<Value> losers;
    for (const auto& conflict : d.project.conflicts())
      if (d.project.open(conflict)) losers.insert(conflict.losing);
    CHECK(losers == std::set<Value>{Value(std::string("from A"))});
    CHECK(plan_merge(d.project, a.project).nothing_new());
    CHECK(plan_merge(d.project, c.project).nothing_new());
    // Who writes with both in view has decided.
    d.write(id, "from D");
    a.take(d);
    c.take(d);
    for (auto* copy : {&a, &c})
      CHECK(std::ranges::none_of(copy->project.conflicts(), [&](const Conflict& conflict) { return copy->project.open(conflict); }));
    return d.project.conflicts().size();
  };
  CHECK(story(true) == story(false));
}

TEST_CASE("an edit by somebody who did not know of a deletion leaves its review open") {
  NoteCopy a(1), b(2), c(3);
  const auto id = a.add("first").id;
  b.take(a);
  a.erase(id);
  for (int i = 0; i < 50; ++i) b.surroundings.milliseconds();
  b.write(id, "still needed");
  c.take(b);
  c.write(id, "and used");
  a.take(b);
  a.take(c);
  const auto open = std::ranges::count_if(a.project.conflicts(), [&](const Conflict& conflict) { return !conflict.field && a.project.open(conflict); });
  CHECK(open == 1);
}

TEST_CASE("an import can be undone and done again") {
  NoteCopy a(1), b(2);
  const auto id = a.add("first").id;
  b.take(a);
  b.write(id, "theirs");
  const auto extra = b.add("extra").id;
  a.take(b);
  REQUIRE(a.project.undo().has_value());
  CHECK(a.note(id)->text == "first");
  CHECK(a.note(extra) == nullptr);
  REQUIRE(a.project.redo().has_value());
  CHECK(a.note(id)->text == "theirs");
  CHECK(a.note(extra) != nullptr);
  CHECK(state(a.project) == state(b.project));
}

TEST_CASE("an import that was undone takes nothing from anybody, and importing again brings it back") {
  NoteCopy a(1), b(2), c(3);
  const auto id = a.add("first").id, gone = a.add("to go").id, kept = a.add("kept").id;
  b.take(a);
  c.take(a);
  a.write(kept, "mine");
  b.write(id, "theirs");
  b.erase(gone);
  const auto extra = b.add("extra").id;
  const auto before = state(a.project);
  a.take(b);
  CHECK(a.note(gone) == nullptr);
  const auto undone = a.project.undo();
  REQUIRE(undone.has_value());

  // As it was, with the stamps that were there: nothing that could be mailed says anything against what the others wrote.
  CHECK(state(a.project) == before);
  CHECK(a.note(gone));
  CHECK_FALSE(a.project.table(register_of<Note>()).find_any(extra));
  for (const auto& change : undone->changes) CHECK(change.action == Action::superseded);
  CHECK_FALSE(a.project.seen().covers(b.note(id)->stamp_of(field_of<Note>(&Note::text).index)));
  CHECK_FALSE(a.project.seen().covers(b.note(extra)->created));
  b.take(a);
  CHECK(b.note(extra));
  CHECK(b.note(id)->text == "theirs");
  CHECK(b.note(gone) == nullptr);
  CHECK(b.note(kept)->text == "mine");
  c.take(a);
  CHECK(c.note(id)->text == "first");

  // The same mail once more brings it all back, and a third one agrees.
  const auto plan = plan_merge(a.project, b.project);
  CHECK(plan.added == 1);
  CHECK(plan.deleted == 1);
  CHECK(plan.conflicts == 0);
  a.take(b);
  c.take(a);
  CHECK(state(a.project) == state(b.project));
  CHECK(state(c.project) == state(b.project));
  CHECK(a.note(id)->text == "theirs");
}

TEST_CASE("what was written since an import stays when it is undone") {
  NoteCopy a(1), b(2);
  const auto id = a.add("first").id, other = a.add("other").id;
  b.take(a);
  b.write(id, "theirs");
  b.write(other, "theirs too");
  const auto extra = b.add("extra").id, loose = b.add("loose").id;
  const auto import = a.take(b);
  a.write(id, "after");
  a.write(extra, "used here");
  // The edits are undone, so their fields have the import's values again, by other writes.
  REQUIRE(a.project.undo().has_value());
  REQUIRE(a.project.undo().has_value());
  CHECK(a.note(extra)->text == "extra");
  REQUIRE(a.project.undo().has_value());
  CHECK(a.note(id)->text == "first");         // a write of this copy, as its own edit was one
  CHECK(a.note(other)->text == "other");      // given back
  CHECK(a.note(extra));                       // written here since: it stays
  CHECK_FALSE(a.project.table(register_of<Note>()).find_any(loose));
  b.take(a);
  a.take(b);
  CHECK(state(a.project) == state(b.project));
  CHECK(a.note(other)->text == "theirs too");
  CHECK(a.note(loose));
  CHECK(import.found);
}

TEST_CASE("of an import that was refused by the journal, done or undone, nothing stays") {
  NoteCopy a(1), b(2);
  const auto id = a.add("first").id;
  b.take(a);
  b.write(id, "theirs");
  b.add("extra");
  a.take(b);
  const auto after = state(a.project);
  struct Full final : Journal {
    explicit Full(const Journal& journal) : kept(journal) {}
    Result<void> append(const Commit&) override { return fail("error.database.full"_key); }
    Result<Commit> read(Id commit) const override { return kept.read(commit); }
    Result<std::vector<Commit>> since(const VersionVector& seen) const override { return kept.since(seen); }
    const Journal& kept;
  };
  const Journal& journal = a.project.journal();
  Full full(journal);
  a.project.set_journal(full);
  CHECK(a.project.undo().error().message == "error.database.full"_key);
  CHECK(state(a.project) == after);
  CHECK(a.project.undo_steps().size() == 2);
  a.project.set_journal(const_cast<Journal&>(journal));
  REQUIRE(a.project.undo().has_value());
  a.project.set_journal(full);
  CHECK(a.project.redo().error().message == "error.database.full"_key);
  a.project.set_journal(const_cast<Journal&>(journal));
  REQUIRE(a.project.redo().has_value());
  CHECK(state(a.project) == after);
}

namespace {

// Every text that the project holds or remembers.
std::set<std::string> remembered(const Project& project) {
  std::set<std::string> texts;
  const auto add = [&](const Value& value) {
    if (const auto* text = std::get_if<std::string>(&value)) texts.insert(*text);
  };
  const auto& table = project.table(register_of<Note>());
  for (const auto* record : table.records()) texts.insert(static_cast<const Note*>(record)->text);
  for (const auto* record : table.deleted()) texts.insert(static_cast<const Note*>(record)->text);
  for (const auto& commit : *project.journal().since({}))
    for (const auto& change : commit.changes) {
      add(change.before);
      add(change.after);
    }
  return texts;
}

// PMO_MERGE_HISTORIES: how many random histories to try; a few hundred take a second.
std::uint64_t histories() {
  const char* wanted = std::getenv("PMO_MERGE_HISTORIES");
  return wanted ? std::strtoull(wanted, nullptr, 10) : 300;
}

}  // namespace

TEST_CASE("random copies with lost, repeated and reordered mails end equal, and no value is lost") {
  for (std::uint64_t seed = 1; seed <= histories(); ++seed) {
    FixedSurroundings dice(seed);
    const auto roll = [&](std::uint64_t sides) { return dice.random() % sides; };
    std::vector<std::unique_ptr<NoteCopy>> copies;
    const auto count = 2 + roll(4);
    for (std::uint64_t i = 0; i < count; ++i) copies.push_back(std::make_unique<NoteCopy>(i + 1));
    std::vector<Id> ids;
    std::set<std::string> written;
    std::vector<std::unique_ptr<NoteCopy>> mails;
    for (int step = 0; step < 40; ++step) {
      auto& copy = *copies[roll(count)];
      for (auto jump = roll(3) ? 0 : roll(400); jump > 0; --jump) copy.surroundings.milliseconds();
      if (roll(20) == 0) copy.surroundings.set_back += roll(2'000);
      const auto text = "v" + std::to_string(step);
      const auto known = ids.empty() ? Id{} : ids[roll(ids.size())];
      switch (roll(6)) {
        case 0: ids.push_back(copy.add(text).id); written.insert(text); break;
        case 1: case 2: if (copy.note(known)) { copy.write(known, text); written.insert(text); } break;
        case 3: if (copy.note(known) && roll(2)) copy.erase(known); break;
        case 4: {
          auto mail = std::make_unique<NoteCopy>(99);
          copy_records(copy.project, mail->project);
          REQUIRE(copy_history(copy.project, mail->project).has_value());
          mails.push_back(std::move(mail));
          break;
        }
        case 5: if (!mails.empty()) copy.take(*mails[roll(mails.size())]); break;
      }
      if (roll(8) == 0 && !copy.project.undo_steps().empty()) REQUIRE(copy.project.undo().has_value());
      if (roll(16) == 0 && !copy.project.redo_steps().empty()) REQUIRE(copy.project.redo().has_value());
    }
    for (std::uint64_t round = 0; round <= count; ++round)
      for (auto& to : copies)
        for (auto& from : copies)
          if (to != from) to->take(*from);
    for (auto& copy : copies) {
      REQUIRE_MESSAGE(state(copy->project) == state(copies[0]->project), seed);
      const auto known = remembered(copy->project);
      for (const auto& text : written) REQUIRE_MESSAGE(known.contains(text), seed << " lost " << text);
    }
  }
}
