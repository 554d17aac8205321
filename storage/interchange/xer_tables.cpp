#include "storage/interchange/xer_tables.h"

#include <algorithm>

namespace pmo::storage::xer {
namespace {

std::vector<std::string> cells_of(std::string_view line) {
  std::vector<std::string> cells;
  for (;;) {
    const auto tab = line.find('\t');
    cells.emplace_back(line.substr(0, tab));
    if (tab == std::string_view::npos) return cells;
    line.remove_prefix(tab + 1);
  }
}

bool is_end(std::string_view line) { return line.starts_with("%E") && line.find_first_not_of(" \t\x1a", 2) == line.npos; }

// A text may have lines that begin with a percent sign, too.
bool is_marked_line(std::string_view line) {
  return line.size() >= 2 && line[0] == '%' && std::string_view("TFR").contains(line[1]) && (line.size() == 2 || line[2] == '\t');
}

// The rest of a row that has a line end in one of its texts.
void go_on_with_row(Table& table, std::string_view line) {
  auto& row = table.rows.back();
  row.back() += '\n';
  bool first = true;
  for (auto& cell : cells_of(line)) {
    if (first) row.back() += cell;
    else if (row.size() < table.fields.size()) row.push_back(std::move(cell));
    else (row.back() += '\t') += cell;
    first = false;
  }
}

class NestedReader {
 public:
  explicit NestedReader(std::string_view text) : text_(text) {}

  std::optional<Node> read() {
    auto node = read_node(0);
    return node;
  }

 private:
  static constexpr int deepest = 16;

  // P6 writes its line ends as 0x7F.
  void skip() {
    while (!text_.empty() && (static_cast<unsigned char>(text_.front()) <= ' ' || text_.front() == '\x7f')) text_.remove_prefix(1);
  }
  bool take(char c) {
    skip();
    if (!text_.starts_with(c)) return false;
    text_.remove_prefix(1);
    return true;
  }
  std::optional<std::string_view> until(char c) {
    const auto end = text_.find(c);
    if (end == std::string_view::npos) return {};
    const auto found = text_.substr(0, end);
    text_.remove_prefix(end + 1);
    return found;
  }

  std::optional<Node> read_node(int depth) {
    if (depth > deepest || !take('(')) return {};
    const auto head = until('(');
    if (!head) return {};
    Node node;
    const auto bar = head->rfind('|');
    node.name = std::string(bar == std::string_view::npos ? *head : head->substr(bar + 1));
    const auto attributes = until(')');
    if (!attributes || !take('(')) return {};
    read_attributes(*attributes, node);
    for (skip(); text_.starts_with('('); skip()) {
      auto part = read_node(depth + 1);
      if (!part) return {};
      node.parts.push_back(std::move(*part));
    }
    if (!take(')') || !take(')')) return {};
    return node;
  }

  static void read_attributes(std::string_view text, Node& node) {
    std::vector<std::string> list;
    while (!text.empty()) {
      const auto bar = std::min(text.find('|'), text.size());
      list.emplace_back(text.substr(0, bar));
      text.remove_prefix(std::min(bar + 1, text.size()));
    }
    for (std::size_t i = 0; i + 1 < list.size(); i += 2) node.attributes[list[i]] = list[i + 1];
  }

  std::string_view text_;
};

}  // namespace

Result<Tables> read_tables(std::string_view text) {
  std::string_view rest = text;
  if (!rest.starts_with("ERMHDR")) return fail("error.xer.format"_key);
  Tables tables;
  Table* table = nullptr;
  for (int line_number = 1; !rest.empty(); ++line_number) {
    auto end = std::min(rest.find('\n'), rest.size());
    auto line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (is_end(line)) return tables;
    if (!is_marked_line(line)) {
      if (table && !table->rows.empty() && !table->rows.back().empty()) go_on_with_row(*table, line);
      continue;
    }
    auto cells = cells_of(line);
    const std::string mark = cells.front();
    cells.erase(cells.begin());
    if (mark == "%T" && !cells.empty()) table = &tables[cells.front()];
    else if (!table) return fail("error.xer.row"_key, {}, std::to_string(line_number));
    else if (mark == "%F") table->fields = std::move(cells);
    else if (mark == "%R") table->rows.push_back(std::move(cells));
  }
  return fail("error.xer.truncated"_key);
}

std::string_view Row::text(std::string_view field) const {
  const auto at = static_cast<std::size_t>(std::ranges::find(table->fields, field) - table->fields.begin());
  const auto& cells = table->rows[number];
  return at < cells.size() ? std::string_view(cells[at]) : std::string_view{};
}

std::vector<Row> rows_of(const Tables& tables, std::string_view table) {
  std::vector<Row> list;
  const auto at = tables.find(table);
  if (at == tables.end()) return list;
  for (std::size_t i = 0; i < at->second.rows.size(); ++i) list.push_back({&at->second, i});
  return list;
}

const Node* Node::find(std::string_view part) const {
  const auto at = std::ranges::find(parts, part, &Node::name);
  return at == parts.end() ? nullptr : &*at;
}

std::optional<Node> read_nested(std::string_view text) { return NestedReader(text).read(); }

}  // namespace pmo::storage::xer
