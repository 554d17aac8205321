// The tasks page of the house on a platform without a screen, to be used with mouse and keyboard.
#pragma once

#include <doctest/doctest.h>

#include "app/desks/pages.h"
#include "app/ui/commands.h"
#include "app/ui/headless_platform.h"
#include "app/ui/theme.h"
#include "tests/unit/gantt/house.h"

namespace {  // every batch of tests has its own

using namespace pmo;
using namespace pmo::ui;

struct Nowhere final : Navigation {
  void open_page(std::string_view) override {}
  void open_record(const RegisterInfo&, Id record) override { opened = record; }
  void back() override {}
  Id opened;
};

struct Heard final : Messages {
  void success(std::string) override {}
  void warning(std::string) override { ++warnings; }
  void error(const Error& error) override { errors.emplace_back(error.message.name); }
  std::vector<std::string> errors;
  int warnings = 0;
};

struct Office {
  House house;
  HeadlessPlatform platform;
  Theme theme = make_theme(false, false, platform.fonts());
  Commands commands;
  Selection selection;
  Nowhere navigation;
  Heard messages;
  Language language = Language::english;
  std::unique_ptr<Page> page = desks::make_tasks_page();

  Office() {
    page->add_commands(commands);
    show();
  }
  Context context() {
    return {house.project, house.analyses, commands, platform, theme, selection, navigation, messages, language, house.today};
  }
  void show() {
    platform.draw([this] {
      apply(theme);
      Context now = context();
      page->draw(now);
    });
  }
  void run(std::string_view command) {
    Context now = context();
    CHECK(commands.run(command, now));
    platform.settle();
  }
  static std::string named(std::string_view kind, Id id) { return std::string(kind) + "." + id.text(); }
  void click_row(Id id) { platform.click(named("row", id)); }
  ImVec4 box(std::string_view kind, Id id) {
    const auto found = platform.find(named(kind, id));
    REQUIRE(found);
    return found->box;
  }
  ImVec2 middle(std::string_view kind, Id id) {
    const ImVec4 at = box(kind, id);
    return {(at.x + at.z) / 2, (at.y + at.w) / 2};
  }
  std::optional<Widget> note() {  // beside the pointer during a drag
    for (const Widget& widget : platform.widgets())
      if (widget.role == Role::status) return widget;
    return std::nullopt;
  }
  float day_width() { return (box("bar", house.garden).z - box("bar", house.garden).x) / 4; }
};

}  // namespace
