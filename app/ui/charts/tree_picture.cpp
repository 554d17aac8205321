// Layout of a structure: bands of columns, in each a part with its own parts below it.
#include <algorithm>
#include <cmath>

#include "app/ui/charts/picture.h"

namespace pmo::ui {
namespace {

constexpr float whole_height = 32, part_height = 30, leaf_height = 24, between = 8, column_gap = 14, narrowest = 132, gutter = 14;
constexpr std::size_t most_leaves = 12;

class TreePicture {
 public:
  TreePicture(const Tree& tree, const PictureOptions& options) : tree_(tree), options_(options) {}

  Picture run() {
    picture_.size = options_.size;
    if (tree_.parts.empty()) {
      picture_.empty = true;
      return std::move(picture_);
    }
    const auto room = static_cast<std::size_t>(std::max(1.0f, (options_.size.x - gutter + column_gap) / (narrowest + column_gap)));
    const std::size_t columns = std::min(room, tree_.parts.size());
    width_ = (options_.size.x - gutter - column_gap * static_cast<float>(columns - 1)) / static_cast<float>(columns);
    const bool one_band = columns == tree_.parts.size();
    // With several bands the trunk goes down at the left of all columns.
    const float trunk = one_band ? (options_.size.x + gutter) / 2 : gutter / 2;
    const float whole_from = one_band ? trunk - std::min(240.0f, options_.size.x) / 2 : 0;
    box({whole_from, 0}, std::min(240.0f, options_.size.x), whole_height, tree_.whole, Tone::accent, true);
    float y = whole_height;
    for (std::size_t first = 0; first < tree_.parts.size(); first += columns) {
      const std::size_t count = std::min(columns, tree_.parts.size() - first);
      const float bus = y + 10;
      line({trunk, first == 0 ? whole_height : last_bus_}, {trunk, bus});
      line({std::min(trunk, middle_of(0)), bus}, {std::max(trunk, middle_of(count - 1)), bus});
      last_bus_ = bus;
      float lowest = bus;
      for (std::size_t i = 0; i < count; ++i) lowest = std::max(lowest, part(tree_.parts[first + i], i, bus));
      y = lowest + between;
    }
    picture_.size.y = std::ceil(y);
    return std::move(picture_);
  }

 private:
  float left_of(std::size_t column) const { return gutter + static_cast<float>(column) * (width_ + column_gap); }
  float middle_of(std::size_t column) const { return left_of(column) + width_ / 2; }

  // Returns where its column ends.
  float part(const TreePart& part, std::size_t column, float bus) {
    const float left = left_of(column);
    float y = bus + 10;
    line({middle_of(column), bus}, {middle_of(column), y});
    box({left, y}, width_, part_height, part.name, Tone::info, true);
    y += part_height;
    const float spine_from = y;
    for (std::size_t i = 0; i < part.parts.size() && i < most_leaves; ++i) {
      y += between;
      const float middle = y + leaf_height / 2;
      const bool rest = i + 1 == most_leaves && part.parts.size() > most_leaves;
      box({left + 16, y}, width_ - 16, leaf_height, rest ? "… +" + std::to_string(part.parts.size() - i) : part.parts[i], Tone::neutral, false);
      line({left + 7, i == 0 ? spine_from : last_leaf_}, {left + 7, middle});
      line({left + 7, middle}, {left + 16, middle});
      last_leaf_ = middle;
      y += leaf_height;
    }
    return y;
  }

  void line(ImVec2 from, ImVec2 to) { picture_.lines.push_back({{from, to}, {InkRole::axis}, 1}); }
  void box(ImVec2 at, float width, float height, const std::string& text, Tone tone, bool strong) {
    const Ink ink = tone == Tone::neutral ? Ink{InkRole::sunken} : Ink{InkRole::tone_soft, static_cast<int>(tone)};
    picture_.boxes.push_back({at, {at.x + width, at.y + height}, ink, 4});
    picture_.texts.push_back({{at.x + width / 2, at.y + (height - chart_text) / 2}, cut_to(options_, text, width - 12), {InkRole::ink}, TextPlace::center, strong});
  }

  const Tree& tree_;
  const PictureOptions& options_;
  Picture picture_;
  float width_ = 0, last_bus_ = 0, last_leaf_ = 0;
};

}  // namespace

Picture picture_of(const Tree& tree, const PictureOptions& options) { return TreePicture(tree, options).run(); }

}  // namespace pmo::ui
