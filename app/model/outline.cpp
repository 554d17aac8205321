#include "app/model/outline.h"

#include <algorithm>
#include <format>
#include <span>

#include "app/model/circles.h"
#include "app/model/order_key.h"

namespace pmo {
namespace {

struct Family {
  std::vector<const Task*> tasks;
  std::vector<std::uint64_t> orders;  // the first letters of each order key as a number that compares alike
  std::vector<std::size_t> parent;    // index, or Outline::none
  IdMap index;
};

std::uint64_t first_letters(std::string_view text) {
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < 8; ++i) number = number << 8 | (i < text.size() ? static_cast<unsigned char>(text[i]) : 0);
  return number;
}

Family family_of(Records<Task> table) {
  Family family;
  family.index = IdMap(table.size());
  family.tasks.reserve(table.size());
  family.orders.reserve(table.size());
  for (const auto& task : table) {
    family.index.add(task.id, static_cast<std::uint32_t>(family.tasks.size()));
    family.tasks.push_back(&task);
    family.orders.push_back(first_letters(task.order));
  }
  family.parent.reserve(table.size());
  for (const auto* task : family.tasks) {
    const auto found = family.index.find(task->parent.id);
    family.parent.push_back(found ? *found : Outline::none);
  }
  return family;
}

// Makes the task of smallest id in each circle of parents a top task.
void open_circles(Family& family) {
  enum : unsigned char { unknown, on_the_way, sound };
  std::vector<unsigned char> state(family.tasks.size(), unknown);
  std::vector<std::size_t> way;
  for (std::size_t start = 0; start < family.tasks.size(); ++start) {
    way.clear();
    std::size_t at = start;
    while (at != Outline::none && state[at] == unknown) {
      state[at] = on_the_way;
      way.push_back(at);
      at = family.parent[at];
    }
    if (at != Outline::none && state[at] == on_the_way) {
      const auto circle = std::ranges::find(way, at);
      const auto smallest = std::min_element(circle, way.end(), [&](std::size_t a, std::size_t b) {
        return family.tasks[a]->id < family.tasks[b]->id;
      });
      family.parent[*smallest] = Outline::none;
    }
    for (const auto passed : way) state[passed] = sound;
  }
}

bool comes_before(const Task& a, const Task& b) { return a.order != b.order ? a.order < b.order : a.id < b.id; }

}  // namespace

Outline::Outline(const Project& project) {
  auto family = family_of(project.all<Task>());
  open_circles(family);
  const auto count = family.tasks.size();
  // All tasks by parent (top tasks first), then by order: each task's parts are one range.
  std::vector<std::size_t> sorted(count), first(count + 2, 0);
  const auto slot = [&](std::size_t task) { return family.parent[task] == none ? 0 : family.parent[task] + 1; };
  for (std::size_t task = 0; task < count; ++task) ++first[slot(task) + 1];
  for (std::size_t at = 1; at < first.size(); ++at) first[at] += first[at - 1];
  auto fill = first;
  for (std::size_t task = 0; task < count; ++task) sorted[fill[slot(task)]++] = task;
  const auto before = [&](std::size_t a, std::size_t b) {
    if (family.orders[a] != family.orders[b]) return family.orders[a] < family.orders[b];
    return comes_before(*family.tasks[a], *family.tasks[b]);
  };
  for (std::size_t at = 0; at <= count; ++at) {
    const std::span siblings(sorted.data() + first[at], first[at + 1] - first[at]);
    if (!std::ranges::is_sorted(siblings, before)) std::ranges::sort(siblings, before);
  }
  // Depth first, without recursion: a plan may be as deep as it is long.
  struct Open { std::size_t next, first, last, row; };
  std::vector<Open> open{{first[0], first[0], first[1], none}};
  rows_.reserve(count);
  std::vector<std::uint32_t> row_of(count);
  while (!open.empty()) {
    auto& top = open.back();
    if (top.next == top.last) {
      if (top.row != none) rows_[top.row].end = rows_.size();
      open.pop_back();
      continue;
    }
    const auto task = sorted[top.next++];
    const auto begin = first[task + 1], last = first[task + 2];
    const auto position = static_cast<int>(top.next - top.first);
    row_of[task] = static_cast<std::uint32_t>(rows_.size());
    rows_.push_back({.task = family.tasks[task], .parent = top.row, .level = static_cast<int>(open.size()) - 1, .position = position, .summary = begin != last});
    if (begin == last) rows_.back().end = rows_.size();
    else open.push_back({begin, begin, last, rows_.size() - 1});
  }
  by_id_ = std::move(family.index);
  by_id_.move_to(row_of);
}

std::optional<std::size_t> Outline::find(Id task) const {
  return by_id_.find(task);
}

std::string Outline::number(std::size_t row) const {
  auto number = std::to_string(rows_[row].position);
  for (auto at = rows_[row].parent; at != none; at = rows_[at].parent) number = std::to_string(rows_[at].position) + "." + number;
  return number;
}

std::string Outline::wbs(std::size_t row) const { return rows_[row].task->wbs.empty() ? number(row) : rows_[row].task->wbs; }

std::size_t Outline::next_sibling(std::size_t row) const {
  const auto next = rows_[row].end;
  return next < rows_.size() && rows_[next].parent == rows_[row].parent ? next : none;
}

std::size_t Outline::previous_sibling(std::size_t row) const {
  if (rows_[row].position == 1) return none;
  auto at = row - 1;
  while (rows_[at].parent != rows_[row].parent) at = rows_[at].parent;
  return at;
}

// --- edits ------------------------------------------------------------------------------------------------------

namespace {

// The rows of the tasks, from top to bottom, without those below another one of them.
std::vector<std::size_t> heads(const Outline& outline, const std::vector<Id>& tasks) {
  std::vector<std::size_t> rows;
  for (const auto id : tasks)
    if (const auto row = outline.find(id)) rows.push_back(*row);
  std::ranges::sort(rows);
  std::vector<std::size_t> heads;
  for (const auto row : rows)
    if (heads.empty() || row >= outline[heads.back()].end) heads.push_back(row);
  return heads;
}

std::vector<Id> ids_of(const Outline& outline, const std::vector<std::size_t>& rows) {
  std::vector<Id> ids;
  for (const auto row : rows) ids.push_back(outline[row].task->id);
  return ids;
}

// The parts of a task (none: the top tasks), in order.
std::vector<std::size_t> parts(const Outline& outline, std::size_t parent) {
  std::vector<std::size_t> rows;
  const auto end = parent == Outline::none ? outline.size() : outline[parent].end;
  for (auto row = parent == Outline::none ? 0 : parent + 1; row < end; row = outline[row].end) rows.push_back(row);
  return rows;
}

Id id_at(const Outline& outline, std::size_t row) { return row == Outline::none ? Id{} : outline[row].task->id; }

struct Block {  // neighbouring siblings that move together
  std::size_t first, last;
};

std::vector<Block> blocks(const Outline& outline, const std::vector<std::size_t>& rows) {
  std::vector<Block> blocks;
  for (const auto row : rows) {
    if (!blocks.empty() && outline.next_sibling(blocks.back().last) == row) blocks.back().last = row;
    else blocks.push_back({row, row});
  }
  return blocks;
}

std::vector<Id> ids_of(const Outline& outline, Block block) {
  std::vector<Id> ids;
  for (auto row = block.first;; row = outline.next_sibling(row)) {
    ids.push_back(outline[row].task->id);
    if (row == block.last) return ids;
  }
}

}  // namespace

Result<void> move_tasks(Transaction& transaction, const std::vector<Id>& tasks, Id parent, Id before) {
  const Outline outline(transaction.project());
  const auto moved = heads(outline, tasks);
  const auto into = parent ? outline.find(parent) : std::optional(Outline::none);
  if (!into) return fail("error.outline.no_parent"_key);
  for (const auto row : moved)
    if (*into != Outline::none && *into >= row && *into < outline[row].end)
      return fail("error.outline.below_itself"_key, {outline[row].task->name});
  // The siblings as they will be, and where the moved ones come in.
  auto siblings = parts(outline, *into);
  std::erase_if(siblings, [&](std::size_t row) { return std::ranges::contains(moved, row); });
  auto place = std::ranges::find(siblings, before, [&](std::size_t row) { return outline[row].task->id; });
  if (place == siblings.end() && before && std::ranges::contains(moved, before, [&](std::size_t row) { return outline[row].task->id; })) {
    // Before one of the moved: where that one stands now.
    const auto at = *outline.find(before);
    place = std::ranges::find_if(siblings, [&](std::size_t row) { return row > at; });
  }
  const auto key = [&](std::size_t row) { return std::string_view(outline[row].task->order); };
  const auto low = place == siblings.begin() ? std::string_view() : key(*std::prev(place));
  const auto high = place == siblings.end() ? std::string_view() : key(*place);
  const bool room = has_room(low, high) && (place == siblings.begin() || !low.empty()) && (place == siblings.end() || !high.empty());
  const auto write = [&](std::size_t row, const std::string& order) {
    const auto& task = *outline[row].task;
    if (task.parent.id != parent) transaction.set(task, &Task::parent, Ref<Task>{parent});
    if (task.order != order) transaction.set(task, &Task::order, order);
  };
  if (room) {
    const auto keys = orders_between(low, high, moved.size());
    for (std::size_t at = 0; at < moved.size(); ++at) write(moved[at], keys[at]);
    return {};
  }
  // Two copies gave neighbours the same key, or a file gave none: all siblings get new ones.
  siblings.insert(place, moved.begin(), moved.end());
  const auto keys = orders_between({}, {}, siblings.size());
  for (std::size_t at = 0; at < siblings.size(); ++at) write(siblings[at], keys[at]);
  return {};
}

Result<void> indent_tasks(Transaction& transaction, const std::vector<Id>& tasks) {
  const Outline outline(transaction.project());
  for (const auto block : blocks(outline, heads(outline, tasks))) {
    const auto above = outline.previous_sibling(block.first);
    if (above != Outline::none) PMO_TRY_VOID(move_tasks(transaction, ids_of(outline, block), id_at(outline, above), {}));
  }
  return {};
}

Result<void> outdent_tasks(Transaction& transaction, const std::vector<Id>& tasks) {
  const Outline outline(transaction.project());
  const auto rows = heads(outline, tasks);
  const auto rising = blocks(outline, rows);
  for (auto block = rising.rbegin(); block != rising.rend(); ++block) {  // from the bottom, so that each finds the siblings behind it
    const auto parent = outline[block->last].parent;
    if (parent == Outline::none) continue;
    std::vector<std::size_t> behind;
    for (auto next = outline.next_sibling(block->last); next != Outline::none; next = outline.next_sibling(next))
      if (!std::ranges::binary_search(rows, next)) behind.push_back(next);
      else break;  // what is behind that one went with it
    if (!behind.empty()) PMO_TRY_VOID(move_tasks(transaction, ids_of(outline, behind), id_at(outline, block->last), {}));
    const Outline now(transaction.project());
    const auto summary = *now.find(outline[parent].task->id);
    PMO_TRY_VOID(move_tasks(transaction, ids_of(outline, *block), id_at(now, now[summary].parent), id_at(now, now.next_sibling(summary))));
  }
  return {};
}

Result<void> move_tasks_up(Transaction& transaction, const std::vector<Id>& tasks) {
  const Outline outline(transaction.project());
  for (const auto block : blocks(outline, heads(outline, tasks))) {
    const auto above = outline.previous_sibling(block.first);
    if (above == Outline::none) continue;
    PMO_TRY_VOID(move_tasks(transaction, ids_of(outline, block), id_at(outline, outline[block.first].parent), id_at(outline, above)));
  }
  return {};
}

Result<void> move_tasks_down(Transaction& transaction, const std::vector<Id>& tasks) {
  const Outline outline(transaction.project());
  const auto moving = blocks(outline, heads(outline, tasks));
  for (auto block = moving.rbegin(); block != moving.rend(); ++block) {
    const auto below = outline.next_sibling(block->last);
    if (below == Outline::none) continue;
    PMO_TRY_VOID(move_tasks(transaction, ids_of(outline, *block), id_at(outline, outline[block->last].parent), id_at(outline, outline.next_sibling(below))));
  }
  return {};
}

// --- rules ------------------------------------------------------------------------------------------------------

Result<void> no_circle_of_parts(const Project& project, const std::vector<Change>& changes) {
  return no_circle_along(project, changes, register_of<Task>(), field_of<Task>(&Task::parent), "error.outline.below_itself"_key);
}

namespace {

// Tasks and links as a network of beginnings and ends: a summary begins before its parts and ends after them, and a link
// leads from an end to a beginning, whatever its type. A way from a beginning back to itself is a circle.
class Network {
 public:
  explicit Network(const Project& project) : outline_(project), out_(2 * outline_.size()) {
    for (std::size_t row = 0; row < outline_.size(); ++row) {
      if (!outline_[row].summary) out_[begin(row)].push_back(end(row));
      if (const auto parent = outline_[row].parent; parent != Outline::none) {
        out_[begin(parent)].push_back(begin(row));
        out_[end(row)].push_back(end(parent));
      }
    }
    for (const auto& link : project.all<Link>()) {
      const auto from = outline_.find(link.predecessor.id), to = outline_.find(link.successor.id);
      if (from && to) out_[end(*from)].push_back(begin(*to));
    }
  }

  bool has_circle() const {
    std::vector<std::size_t> waiting(out_.size(), 0), ready;
    for (const auto& next : out_)
      for (const auto node : next) ++waiting[node];
    for (std::size_t node = 0; node < out_.size(); ++node)
      if (waiting[node] == 0) ready.push_back(node);
    for (std::size_t at = 0; at < ready.size(); ++at)
      for (const auto node : out_[ready[at]])
        if (--waiting[node] == 0) ready.push_back(node);
    return ready.size() < out_.size();
  }

  // What the link closes a circle of, or nothing: the tasks on the way from its successor to its predecessor.
  std::vector<std::string> closed_by(const Link& link) const { return between(link.successor.id, false, link.predecessor.id, true); }
  // The same for the place of a task below its summary.
  std::vector<std::string> closed_by(const Task& part) const {
    auto names = between(part.id, false, part.parent.id, false);
    return names.empty() ? between(part.parent.id, true, part.id, true) : names;
  }

 private:
  static std::size_t begin(std::size_t row) { return 2 * row; }
  static std::size_t end(std::size_t row) { return 2 * row + 1; }

  // The names of the tasks that the shortest way from one node to another passes; empty: there is no way.
  std::vector<std::string> between(Id first, bool first_end, Id last, bool last_end) const {
    const auto first_row = outline_.find(first), last_row = outline_.find(last);
    if (!first_row || !last_row) return {};
    const auto from = first_end ? end(*first_row) : begin(*first_row), to = last_end ? end(*last_row) : begin(*last_row);
    constexpr auto unseen = static_cast<std::size_t>(-1);
    std::vector<std::size_t> came(out_.size(), unseen), queue{from};
    came[from] = from;
    for (std::size_t at = 0; at < queue.size() && came[to] == unseen; ++at)
      for (const auto next : out_[queue[at]])
        if (came[next] == unseen) {
          came[next] = queue[at];
          queue.push_back(next);
        }
    if (came[to] == unseen) return {};
    std::vector<std::size_t> rows;
    for (auto at = to;; at = came[at]) {
      if (rows.empty() || rows.back() != at / 2) rows.push_back(at / 2);
      if (came[at] == at) break;
    }
    std::vector<std::string> names;
    for (auto row = rows.rbegin(); row != rows.rend(); ++row) names.push_back(outline_[*row].task->name);
    return names;
  }

  Outline outline_;
  std::vector<std::vector<std::size_t>> out_;
};

constexpr std::size_t names_shown = 6;

Error circle_of(std::vector<std::string> names) {
  if (names.size() > names_shown) {
    names.erase(names.begin() + names_shown / 2, names.end() - names_shown / 2);
    names.insert(names.begin() + names_shown / 2, "…");
  }
  std::string text;
  for (const auto& name : names) text += name + " → ";
  return {"error.link.circle"_key, {text + names.front()}};
}

}  // namespace

Result<void> no_circle_of_links(const Project& project, const std::vector<Change>& changes) {
  const Network network(project);
  if (!network.has_circle()) return {};
  // There is one. Only what these changes closed is refused: a plan that came with a circle must be mendable.
  for (const auto& change : changes) {
    std::vector<std::string> names;
    if (change.info == &register_of<Link>()) {
      if (const auto* link = project.all<Link>().find(change.record)) names = network.closed_by(*link);
    } else if (change.field == &field_of<Task>(&Task::parent)) {
      if (const auto* task = project.all<Task>().find(change.record)) names = network.closed_by(*task);
    }
    if (!names.empty()) return std::unexpected(circle_of(std::move(names)));
  }
  return {};
}

}  // namespace pmo
