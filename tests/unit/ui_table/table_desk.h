// The issues of a small project on a platform without a screen, as a table or as a board.
#pragma once

#include <doctest/doctest.h>

#include "app/ui/analyses.h"
#include "app/ui/commands.h"
#include "app/ui/headless_platform.h"
#include "app/ui/table/record_board.h"
#include "tests/unit/ui_table/plant.h"

namespace {  // every batch of tests has its own

using namespace pmo;
using namespace pmo::ui;

struct TableDesk : Navigation, Messages {
  Plant plant;
  HeadlessPlatform platform;
  Theme theme = make_theme(false, false, platform.fonts());
  Analyses analyses{plant.project};
  Commands commands;
  Selection selection;
  Id opened;
  std::vector<std::string> errors, warnings, successes;
  RecordTable table;
  RecordBoard board{table};

  explicit TableDesk(const RegisterInfo& info = register_of<Issue>(), bool as_board = false) : table(info) {
    table.view.board = as_board;
    platform.draw([this] {
      apply(theme);
      Context now = context();
      if (table.view.board) board.draw(now);
      else table.draw(now);
    });
  }
  Context context() { return {plant.project, analyses, commands, platform, theme, selection, *this, *this, Language::english, plant.today}; }
  void select(std::initializer_list<const Record*> records) {
    selection.only(table.info(), (*records.begin())->id);
    for (const Record* record : records) selection.records.insert(record->id);
  }

  void open_page(std::string_view) override {}
  void open_record(const RegisterInfo&, Id record) override { opened = record; }
  void back() override {}
  void success(std::string text) override { successes.push_back(std::move(text)); }
  void warning(std::string text) override { warnings.push_back(std::move(text)); }
  void error(const Error& error) override { errors.emplace_back(error.message.name); }
};

}  // namespace
