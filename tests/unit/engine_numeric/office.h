// An empty project that begins on Monday 4 May 2026, and the shortest way to put records into it.
#pragma once
#include <doctest/doctest.h>

#include "app/model/records/project_settings.h"
#include "app/model/transaction.h"

struct Office {
  pmo::FixedSurroundings surroundings;
  pmo::Project project{pmo::product_schema(), pmo::Id{1, 1}, surroundings};
  const pmo::Day monday = pmo::Day::of(2026, 5, 4);

  Office() {
    edit([&](pmo::Transaction& change) {
      change.create<pmo::ProjectSettings>([&](auto& p) {
        p.name = "Library";
        p.start = pmo::Minute::at(monday, 8 * 60);
      });
    });
  }
  template <class Edit>
  void edit(Edit&& make) {
    pmo::Transaction change(project, pmo::Key{"transaction.add"});
    make(change);
    const auto commit = change.commit();
    REQUIRE_MESSAGE(commit.has_value(), (commit ? "" : std::string(commit.error().message.name)));
  }
  template <class R, class Fill>
  const R& add(Fill&& fill) {
    const R* made = nullptr;
    edit([&](pmo::Transaction& change) { made = &change.create<R>(std::forward<Fill>(fill)); });
    return *made;
  }
};
