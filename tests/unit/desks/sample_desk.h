// The sample project on a screen without a window: draws pages and forms, presses what they offer.
#pragma once

#include <doctest/doctest.h>

#include "app/desks/pages.h"
#include "app/model/describe_record.h"
#include "app/sample/sample.h"
#include "app/ui/analyses.h"
#include "app/ui/commands.h"
#include "app/ui/headless_platform.h"
#include "app/ui/theme.h"

namespace pmo::ui {

struct Here final : Navigation {
  void open_page(std::string_view page) override { opened_page = page; }
  void open_record(const RegisterInfo& info, Id record) override { opened = {&info, record}; }
  void back() override {}
  std::string opened_page;
  std::pair<const RegisterInfo*, Id> opened;
};

struct Heard final : Messages {
  void success(std::string text) override { successes.push_back(std::move(text)); }
  void warning(std::string) override {}
  void error(const Error& error) override { errors.emplace_back(error.message.name); }
  std::vector<std::string> successes, errors;
};

struct SampleDesk {
  explicit SampleDesk(Language language = Language::english, bool with_sample = true) : language(language) {
    if (with_sample) REQUIRE(make_sample_project(project, language));
  }
  void show(std::function<void(Context&)> draw) {
    platform.draw([this, draw = std::move(draw)] {
      apply(theme);
      Context now{project, analyses, commands, platform, theme, selection, navigation, messages, language, Day::of(2026, 5, 11)};
      draw(now);
    });
  }
  // Draws the page of this name in the next frames.
  void open(std::string_view name) {
    page = nullptr;
    for (const auto& one : pages)
      if (one->name() == name) page = one.get();
    REQUIRE_MESSAGE(page, std::string(name));
    show([this](Context& context) { page->draw(context); });
  }
  void open_form(const RegisterInfo& info, Id record) {
    show([this, &info, record](Context& context) { form(context, info, record); });
  }
  template <class R>
  const R& named(std::string_view title) const {
    for (const R& record : project.all<R>())
      if (std::get<std::string>(register_of<R>().title()->get(record)) == title) return record;
    FAIL(std::string(title));
    __builtin_unreachable();
  }

  Language language;
  FixedSurroundings surroundings;
  Project project{product_schema(), Id{1, 1}, surroundings};
  HeadlessPlatform platform{{.size = {1440, 900}}};
  Theme theme = make_theme(false, false, platform.fonts());
  Analyses analyses{project};
  Commands commands;
  Selection selection;
  Here navigation;
  Heard messages;
  Pages pages = desks::make_pages(product_schema());
  std::function<void(Context&, const RegisterInfo&, Id)> form = desks::make_record_form();
  Page* page = nullptr;
};


}  // namespace pmo::ui
