#include "app/ui/annotate.h"

#include "app/ui/headless_platform.h"
#include "app/ui/icons.h"
#include "imgui.h"

#include <doctest/doctest.h>

using namespace pmo::ui;

TEST_CASE("ImGui's own items are in the map with their visible name") {
  HeadlessPlatform platform;
  bool on = true;
  platform.draw([&] {
    ImGui::Button("Save###file.save");
    ImGui::Checkbox("Critical", &on);
    ImGui::BeginDisabled();
    ImGui::Button("Delete");
    ImGui::EndDisabled();
  });
  REQUIRE(platform.find("file.save"));
  CHECK(platform.find("file.save")->name == "Save");
  CHECK(platform.find("file.save")->role == Role::button);
  CHECK(platform.find("Critical")->role == Role::checkbox);
  CHECK(platform.find("Critical")->state.checked == Flag::yes);
  CHECK(platform.find("Delete")->state.disabled);
}

TEST_CASE("icons and window paths are not spoken") {
  HeadlessPlatform platform;
  platform.draw([] {
    ImGui::Button((std::string(icon::save) + "  Save").c_str());
    ImGui::BeginChild("list", {100, 100});
    ImGui::EndChild();
  });
  CHECK(platform.find("Save"));
  CHECK(platform.find("list")->role == Role::region);
  for (const Widget& widget : platform.widgets()) CHECK(widget.label.find("Debug") == std::string_view::npos);
}

TEST_CASE("what we know of an item is added to it") {
  HeadlessPlatform platform;
  platform.draw([] {
    ImGui::Selectable("row1");
    annotate(Role::row, "Foundation", "in progress",
             {.selected = Flag::yes, .expanded = Flag::no, .level = 2, .position = 3, .count = 9});
    annotate_area("total", {10, 200, 90, 220}, Role::status, "Total", "12");
  });
  const auto row = platform.find("Foundation");
  REQUIRE(row);
  CHECK(row->role == Role::row);
  CHECK(row->label == "row1");
  CHECK(row->value == "in progress");
  CHECK(row->state.selected == Flag::yes);
  CHECK(row->state.level == 2);
  CHECK(platform.find("Total")->value == "12");
}

TEST_CASE("what is scrolled out of sight is known but not visible, what is cut off is so") {
  HeadlessPlatform platform;
  platform.draw([] {
    ImGui::BeginChild("list", {200, 100});
    for (int i = 0; i < 20; ++i) ImGui::Button(("b" + std::to_string(i)).c_str(), {100, 40});
    ImGui::EndChild();
  });
  CHECK(platform.find("b0"));
  CHECK_FALSE(platform.find("b19"));
  const auto cut = platform.find("b2");
  REQUIRE(cut);
  CHECK(cut->visible.w < cut->box.w);
}

TEST_CASE("a click by name reaches the item, a covered one does not answer") {
  HeadlessPlatform platform;
  int clicks = 0;
  platform.draw([&] { clicks += ImGui::Button("Save###file.save"); });
  platform.click("file.save");
  platform.click("Save");
  CHECK(clicks == 2);
}

TEST_CASE("the map as JSON survives quotes, controls and Chinese") {
  HeadlessPlatform platform;
  platform.draw([] {
    ImGui::Button("b");
    annotate(Role::button, "a \"quoted\"\nline\\", "值");
  });
  const std::string json = platform.map().json();
  CHECK(json.find(R"("name":"a \"quoted\"\u000aline\\")") != std::string::npos);
  CHECK(json.find(R"("value":"值")") != std::string::npos);
}
