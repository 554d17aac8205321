#include "app/model/sort_stably.h"

#include <doctest/doctest.h>

#include <memory>
#include <string>

namespace pmo {

TEST_CASE("equal elements stay in their order, whatever the order is asked by") {
  struct Row {
    int key;
    std::string name;
  };
  std::vector<Row> rows{{2, "a"}, {1, "b"}, {2, "c"}, {1, "d"}, {0, "e"}};
  const auto names = [&] {
    std::string text;
    for (const Row& row : rows) text += row.name;
    return text;
  };
  sort_stably(rows, {}, &Row::key);
  CHECK(names() == "ebdac");
  sort_stably(rows, std::greater{}, [](const Row& row) { return row.key; });
  CHECK(names() == "acbde");
  sort_stably(rows, [](const Row& a, const Row& b) { return a.name < b.name; });
  CHECK(names() == "abcde");
}

TEST_CASE("what can only be moved is sorted, too; nothing and one element are in order") {
  std::vector<std::unique_ptr<int>> list;
  sort_stably(list, {}, [](const auto& number) { return *number; });
  CHECK(list.empty());
  for (const int number : {3, 1, 2}) list.push_back(std::make_unique<int>(number));
  sort_stably(list, {}, [](const auto& number) { return *number; });
  CHECK(*list[0] == 1);
  CHECK(*list[1] == 2);
  CHECK(*list[2] == 3);
}

}  // namespace pmo
