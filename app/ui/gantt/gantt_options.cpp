#include "app/ui/gantt/gantt_options.h"

#include <algorithm>

#include "app/model/type_names.h"
#include "app/ui/gantt/baseline_marks.h"

namespace pmo::ui {
namespace {

struct OptionFlag {
  std::string_view name;
  bool GanttOptions::*on;
};
constexpr OptionFlag option_flags[] = {{"critical", &GanttOptions::critical},       {"links", &GanttOptions::links},
                                       {"total_float", &GanttOptions::total_float}, {"constraints", &GanttOptions::constraints},
                                       {"progress_line", &GanttOptions::progress_line}};

std::string_view take_part(std::string_view& text, char end) {
  const auto at = std::min(text.find(end), text.size());
  const auto part = text.substr(0, at);
  text.remove_prefix(std::min(at + 1, text.size()));
  return part;
}

}  // namespace

std::string write_options(const GanttOptions& options) {
  std::string text = "chart";
  for (const auto& [name, on] : option_flags)
    if (options.*on) text += " " + std::string(name);
  text += "\nchart.label " + std::string(enum_name(options.label)) + "\n";
  for (const auto baseline : options.baselines) text += "chart.baseline " + baseline.id.text() + "\n";
  return text;
}

std::optional<GanttOptions> read_options(std::string_view text) {
  std::optional<GanttOptions> read;
  while (!text.empty()) {
    auto line = take_part(text, '\n');
    const auto what = take_part(line, ' ');
    if (what != "chart" && !what.starts_with("chart.")) continue;
    if (!read) read.emplace();
    if (what == "chart.label") {
      const auto& names = enum_names<BarLabel>();
      if (const auto at = std::ranges::find(names, line); at != names.end()) read->label = static_cast<BarLabel>(at - names.begin());
    } else if (what == "chart.baseline") {
      if (const auto id = Id::parse(line); id && read->baselines.size() < most_baselines) read->baselines.push_back({*id});
    } else if (what == "chart") {
      for (const auto& flag : option_flags) read.value().*flag.on = false;
      while (!line.empty()) {
        const auto name = take_part(line, ' ');
        for (const auto& flag : option_flags)
          if (flag.name == name) read.value().*flag.on = true;
      }
    }
  }
  return read;
}

}  // namespace pmo::ui
