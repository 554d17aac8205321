#include "app/model/outline.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <set>

#include "app/model/order_key.h"

using namespace pmo;

namespace {

// A project whose outline is written as text: one task a line, two blanks a level.
struct OutlineFixture {
  FixedSurroundings surroundings;
  Project project{product_schema(), Id{1, 1}, surroundings};
  std::vector<Id> ids;  // by name: 'a' is the first

  void plant(std::string_view text) {
    Transaction change(project, "transaction.test"_key);
    std::vector<Id> way;
    while (!text.empty()) {
      const auto end = std::min(text.find('\n'), text.size());
      const auto line = text.substr(0, end);
      text.remove_prefix(std::min(end + 1, text.size()));
      const auto level = line.find_first_not_of(' ') / 2;
      way.resize(level);
      const auto id = insert_task(change, way.empty() ? Id{} : way.back(), {}, [&](Task& task) { task.name = line.substr(level * 2); });
      REQUIRE(id.has_value());
      way.push_back(*id);
    }
    REQUIRE(change.commit().has_value());
  }

  Id id(std::string_view name) const {
    for (const auto& task : project.all<Task>())
      if (task.name == name) return task.id;
    FAIL("no task ", std::string(name));
    return {};
  }

  std::vector<Id> of(std::initializer_list<std::string_view> names) const {
    std::vector<Id> found;
    for (const auto name : names) found.push_back(id(name));
    return found;
  }

  std::string text() const {
    const Outline outline(project);
    std::string text;
    for (const auto& row : outline.rows()) text += std::string(static_cast<std::size_t>(row.level) * 2, ' ') + row.task->name + "\n";
    return text;
  }

  template <class Edit>
  Result<void> edit(Edit edit) {
    Transaction change(project, "transaction.test"_key);
    PMO_TRY_VOID(edit(change));
    PMO_TRY(change.commit());
    return {};
  }

  Result<void> link(std::string_view from, std::string_view to) {
    return edit([&](Transaction& change) -> Result<void> {
      change.create<Link>([&](Link& link) {
        link.predecessor = {id(from)};
        link.successor = {id(to)};
      });
      return {};
    });
  }
};

}  // namespace

TEST_CASE("order keys: always one between, and they stay short at the ends") {
  CHECK(order_between("", "") == "V");
  CHECK(order_between("1", "2") == "1V");
  CHECK(order_between("1", "1V") == "1F");
  std::mt19937 random(7);
  std::vector<std::string> keys{order_between("", "")};
  for (int made = 0; made < 3000; ++made) {
    const auto at = random() % (keys.size() + 1);
    const auto low = at == 0 ? std::string() : keys[at - 1], high = at == keys.size() ? std::string() : keys[at];
    REQUIRE(has_room(low, high));
    const auto key = order_between(low, high);
    REQUIRE((low.empty() || low < key));
    REQUIRE((high.empty() || key < high));
    REQUIRE(key.back() != '0');
    keys.insert(keys.begin() + static_cast<std::ptrdiff_t>(at), key);
  }
  std::string last;
  for (int made = 0; made < 10'000; ++made) last = order_between(last, {});
  CHECK(last.size() <= 4);
  std::string first;
  for (int made = 0; made < 5'000; ++made) first = order_between({}, first);
  CHECK(first.size() <= 4);
}

TEST_CASE("order keys: many between two, and no room where keys are the same or no keys") {
  const auto keys = orders_between("4", "5", 500);
  REQUIRE(keys.size() == 500);
  CHECK(std::ranges::is_sorted(keys));
  CHECK(std::set<std::string>(keys.begin(), keys.end()).size() == 500);
  CHECK((keys.front() > "4" && keys.back() < "5"));
  CHECK(std::ranges::is_sorted(orders_between("", "5", 20)));
  CHECK_FALSE(has_room("4", "4"));
  CHECK_FALSE(has_room("40", "5"));
  CHECK_FALSE(has_room("a b", "c"));
}

TEST_CASE_FIXTURE(OutlineFixture, "an outline knows numbers, levels and ends") {
  plant("a\n  b\n  c\n    d\n  e\nf");
  const Outline outline(project);
  CHECK(outline.number(3) == "1.2.1");
  CHECK(outline.number(5) == "2");
  CHECK(outline[0].end == 5);
  CHECK(outline[2].end == 4);
  CHECK(outline[2].summary);
  CHECK_FALSE(outline[3].summary);
  CHECK(outline.previous_sibling(4) == 2);
  CHECK(outline.previous_sibling(5) == 0);
  CHECK(outline.next_sibling(2) == 4);
  CHECK(outline.next_sibling(4) == Outline::none);
  REQUIRE(edit([&](Transaction& change) -> Result<void> { change.set(*project.all<Task>().find(id("d")), &Task::wbs, "X.1"); return {}; }));
  CHECK(Outline(project).wbs(3) == "X.1");
  CHECK(Outline(project).wbs(2) == "1.2");
}

TEST_CASE_FIXTURE(OutlineFixture, "indenting puts tasks below the one before, with what is below them") {
  plant("a\nb\n  c\nd\ne");
  REQUIRE(edit([&](Transaction& change) { return indent_tasks(change, of({"b", "c", "d"})); }));
  CHECK(text() == "a\n  b\n    c\n  d\ne\n");
  REQUIRE(edit([&](Transaction& change) { return indent_tasks(change, of({"a", "b"})); }));
  CHECK(text() == "a\n  b\n    c\n  d\ne\n");  // both are the first of their siblings
}

TEST_CASE_FIXTURE(OutlineFixture, "outdenting keeps every line in its place") {
  plant("a\n  b\n  c\n    d\n  e\n  f\ng");
  REQUIRE(edit([&](Transaction& change) { return outdent_tasks(change, of({"c"})); }));
  CHECK(text() == "a\n  b\nc\n  d\n  e\n  f\ng\n");
  REQUIRE(project.undo());
  REQUIRE(edit([&](Transaction& change) { return outdent_tasks(change, of({"b", "e"})); }));
  CHECK(text() == "a\nb\n  c\n    d\ne\n  f\ng\n");
  REQUIRE(project.undo());
  REQUIRE(edit([&](Transaction& change) { return outdent_tasks(change, of({"b", "c"})); }));
  CHECK(text() == "a\nb\nc\n  d\n  e\n  f\ng\n");
}

TEST_CASE_FIXTURE(OutlineFixture, "tasks move up, down and elsewhere, together") {
  plant("a\nb\n  c\nd\ne");
  REQUIRE(edit([&](Transaction& change) { return move_tasks_up(change, of({"d", "e"})); }));
  CHECK(text() == "a\nd\ne\nb\n  c\n");
  REQUIRE(edit([&](Transaction& change) { return move_tasks_down(change, of({"a", "d"})); }));
  CHECK(text() == "e\na\nd\nb\n  c\n");
  REQUIRE(edit([&](Transaction& change) { return move_tasks(change, of({"a", "e"}), id("b"), id("c")); }));
  CHECK(text() == "d\nb\n  e\n  a\n  c\n");
  REQUIRE(edit([&](Transaction& change) { return move_tasks(change, of({"e", "c"}), id("b"), id("e")); }));
  CHECK(text() == "d\nb\n  e\n  c\n  a\n");
  const auto refused = edit([&](Transaction& change) { return move_tasks(change, of({"b"}), id("c"), {}); });
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message == "error.outline.below_itself"_key);
  CHECK(text() == "d\nb\n  e\n  c\n  a\n");
}

TEST_CASE_FIXTURE(OutlineFixture, "a move writes the moved task only, unless neighbours have the same key") {
  plant("a\nb\nc");
  Transaction change(project, "transaction.test"_key);
  REQUIRE(move_tasks(change, of({"c"}), {}, id("b")));
  const auto commit = change.commit();
  REQUIRE(commit);
  CHECK(commit->changes.size() == 1);
  REQUIRE(edit([&](Transaction& same) -> Result<void> {
    same.set(*project.all<Task>().find(id("b")), &Task::order, project.all<Task>().find(id("a"))->order);
    return {};
  }));
  const auto before = text();
  REQUIRE(edit([&](Transaction& change) { return move_tasks(change, of({"c"}), {}, {}); }));
  CHECK(text() == "a\nb\nc\n");
  REQUIRE(edit([&](Transaction& change) { return move_tasks(change, of({"c"}), {}, id("b")); }));
  CHECK(text() == "a\nc\nb\n");
}

TEST_CASE_FIXTURE(OutlineFixture, "what a merge may leave is shown, and can be mended") {
  plant("a\n  b\nc\n  d");
  RecordWriter writer(project);  // as two copies that moved a below d and c below b at the same time
  const auto& info = register_of<Task>();
  writer.write(info, *writer.find(info, id("a")), field_of<Task>(&Task::parent), id("d"));
  writer.write(info, *writer.find(info, id("c")), field_of<Task>(&Task::parent), id("b"));
  CHECK(Outline(project).size() == 4);
  CHECK(text() == "a\n  b\n    c\n      d\n");
  REQUIRE(edit([&](Transaction& change) { return move_tasks(change, of({"a"}), {}, {}); }));
  writer.write(info, *writer.find(info, id("b")), field_of<Task>(&Task::parent), Id{9, 9});
  CHECK(Outline(project).size() == 4);
}

TEST_CASE_FIXTURE(OutlineFixture, "a link that closes a circle is refused and names the tasks") {
  plant("a\nb\nS\n  c\n  d");
  REQUIRE(link("a", "b"));
  REQUIRE(link("b", "S"));
  const auto refused = link("d", "a");
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message == "error.link.circle"_key);
  CHECK(refused.error().arguments[0] == "a → b → S → d → a");
  CHECK(project.all<Link>().size() == 2);
  CHECK_FALSE(link("c", "S"));
  CHECK_FALSE(link("S", "c"));
  CHECK_FALSE(link("a", "a"));
  REQUIRE(link("c", "d"));
  // A move may close one, too.
  CHECK_FALSE(edit([&](Transaction& change) { return move_tasks(change, of({"a"}), id("S"), {}); }));
  CHECK(text() == "a\nb\nS\n  c\n  d\n");
}

TEST_CASE_FIXTURE(OutlineFixture, "a plan that came with a circle can be edited and mended") {
  plant("a\nb\nc");
  REQUIRE(link("a", "b"));
  {
    Transaction change(project, "transaction.test"_key);
    change.create<Link>([&](Link& link) { link.predecessor = {id("b")}; link.successor = {id("a")}; });
    change.take_as_it_is();
    REQUIRE(change.commit());
  }
  CHECK(link("b", "c"));
  CHECK_FALSE(link("c", "a"));
  REQUIRE(edit([&](Transaction& change) -> Result<void> { change.erase(project.all<Link>().at(1)); return {}; }));
}
