#include "app/ui/text_field.h"

#include "app/ui/headless_platform.h"
#include "imgui.h"

#include <doctest/doctest.h>

using namespace pmo::ui;

namespace {

struct Form {
  HeadlessPlatform platform;
  std::string name = "old", cost = "7", note;
  InputEvents last;  // the latest that said something
  bool picker = false;

  Form() {
    platform.draw([this] {
      ImGui::SetNextItemWidth(200);
      keep(input_text("Name###name", name, {.label = "Name", .list_keys = picker}));
      keep(input_text("cost", cost, {.width = 200, .label = "Cost"}));
      keep(input_text("note", note, {.width = 200, .lines = 3, .label = "Note"}));
      ImGui::Button("elsewhere");
    });
  }
  void keep(const InputEvents& events) {
    if (events.changed || events.committed || events.cancelled) last = events;
  }
};

}  // namespace

TEST_CASE("a click begins the editing, Enter commits") {
  Form form;
  form.platform.click("name");
  CHECK(form.platform.element() != 0);
  form.platform.type("er");
  CHECK(form.name == "older");
  form.platform.press(ImGuiKey_Enter);
  CHECK(form.last.committed);
  CHECK(form.last.end == TextEntryEnd::enter);
  CHECK(form.platform.element() == 0);
  CHECK(ImGui::GetCurrentContext() != nullptr);
}

TEST_CASE("Escape brings the old text back") {
  Form form;
  form.platform.click("name");
  form.platform.type("er and older");
  form.platform.press(ImGuiKey_Escape);
  CHECK(form.name == "old");
  CHECK(form.last.cancelled);
  CHECK_FALSE(form.last.committed);
}

TEST_CASE("a text read anew in each frame keeps what is typed until it is taken") {
  Form form;
  std::string kept = "record";
  form.platform.draw([&] {
    std::string shown = draft_or("field", kept);
    if (input_text("field", shown, {.width = 200}).committed) kept = shown;
  });
  form.platform.click("field");
  for (const char* letter : {"e", "r", "s"}) form.platform.type(letter);
  CHECK(form.platform.element_text() == "recorders");
  CHECK(kept == "record");
  form.platform.press(ImGuiKey_Escape);
  CHECK(kept == "record");
  form.platform.click("field");
  form.platform.type("s");
  form.platform.type("!");
  form.platform.press(ImGuiKey_Enter);
  CHECK(kept == "records!");
}

TEST_CASE("a composition shows in the text, and is told as such until it ends") {
  Form form;
  bool composing_seen = false;
  form.platform.draw([&] {
    const InputEvents events = input_text("name", form.name, {.width = 200});
    composing_seen |= events.composing && form.name == "oldxiang";
  });
  form.platform.click("name");
  form.platform.compose("xiang", "项目");
  CHECK(composing_seen);
  CHECK(form.name == "old项目");
}

TEST_CASE("Tab commits and goes on to the next field, Shift+Tab back") {
  Form form;
  form.platform.click("name");
  form.platform.press(ImGuiKey_Tab);
  form.platform.type("42");
  CHECK(form.cost == "42");  // all of it was selected
  form.platform.press(ImGuiMod_Shift | ImGuiKey_Tab);
  form.platform.type("new");
  form.platform.press(ImGuiKey_Enter);
  CHECK(form.name == "new");
}

TEST_CASE("clicking elsewhere commits once, and the click counts") {
  Form form;
  int commits = 0, clicks = 0;
  form.platform.draw([&] {
    commits += input_text("name", form.name, {.width = 200}).committed;
    clicks += ImGui::Button("elsewhere");
  });
  form.platform.click("name");
  form.platform.type("!");
  form.platform.click("elsewhere");
  CHECK(form.name == "old!");
  CHECK(commits == 1);
  CHECK(clicks == 1);
}

TEST_CASE("what lies above an edited field is found by the pointer and by its first click") {
  Form form;
  int clicks = 0, selected = 0;
  std::string seen;
  form.platform.draw([&] {
    clicks += ImGui::Button("above");
    ImGui::Button("row");
    if (ImGui::IsItemHovered() && ImGui::IsMouseClicked(0)) ++selected, seen = form.name;
    std::string shown = draft_or("name", form.name);
    if (input_text("name", shown, {.width = 200}).committed) form.name = shown;
  });
  form.platform.click("name");
  form.platform.type("er");
  form.platform.type("!");
  form.platform.move({20, 10});
  CHECK(ImGui::GetHoveredID() != 0);
  form.platform.click("above");
  CHECK(clicks == 1);
  CHECK(form.name == "older!");
  form.platform.click("name");
  form.platform.type("?");
  form.platform.click("row");
  CHECK(selected == 1);
  CHECK(seen == "older!?");  // taken before the press counts
}

TEST_CASE("another item that takes the activity ends the editing") {
  Form form;
  bool take = false;
  int commits = 0;
  form.platform.draw([&] {
    commits += input_text("name", form.name, {.width = 200}).committed;
    commits += input_text("cost", form.cost, {.width = 200, .start = std::exchange(take, false)}).committed;
  });
  form.platform.click("name");
  take = true;
  form.platform.request_frame();
  form.platform.settle();
  CHECK(commits == 1);
  form.platform.type("1");
  CHECK(form.cost == "1");
}

TEST_CASE("in several lines Enter makes a line and Ctrl+Enter commits") {
  Form form;
  form.platform.click("note");
  form.platform.type("a");
  form.platform.press(ImGuiKey_Enter);
  form.platform.type("b");
  CHECK(form.note == "a\nb");
  CHECK_FALSE(form.last.committed);
  form.platform.press(ImGuiMod_Ctrl | ImGuiKey_Enter);
  CHECK(form.last.committed);
}

TEST_CASE("with a list of proposals open, up and down are the list's") {
  Form form;
  form.picker = true;
  bool down = false;
  form.platform.draw([&] {
    input_text("name", form.name, {.width = 200, .list_keys = form.picker});
    down |= ImGui::IsKeyPressed(ImGuiKey_DownArrow);
  });
  form.platform.click("name");
  form.platform.press(ImGuiKey_DownArrow);
  CHECK(down);
  CHECK(form.platform.element() != 0);
}

TEST_CASE("a field that may not be changed takes no keyboard") {
  HeadlessPlatform platform;
  std::string text = "fixed";
  platform.draw([&] { input_text("field", text, {.width = 200, .read_only = true}); });
  platform.click("field");
  CHECK(platform.element() == 0);
}

TEST_CASE("typing over a selected cell begins its editing with what was typed") {
  HeadlessPlatform platform;
  std::string value = "value", draft;
  bool editing = false, start = false;
  platform.draw([&] {
    if (!editing && input_begins("cell", {10, 10}, {100, 18}, draft)) {
      editing = start = true;
      return;
    }
    if (!editing) return;
    ImGui::SetCursorScreenPos({10, 10});
    const InputEvents events = input_text("cell", draft,
                                          {.width = 100,
                                           .frameless = true,
                                           .start = std::exchange(start, false),
                                           .start_selection = TextSelection::kept});
    if (events.committed) value = draft;
    if (events.committed || events.cancelled) editing = false;
  });
  platform.compose("zhi", "质");
  platform.type("量");
  CHECK(editing);
  CHECK(draft == "质量");
  platform.press(ImGuiKey_Enter);
  CHECK(value == "质量");
  platform.type("x");
  platform.press(ImGuiKey_Escape);
  CHECK(value == "质量");
}

TEST_CASE("a field that goes away while it is edited leaves the keyboard to others") {
  HeadlessPlatform platform;
  std::string text, draft;
  bool gone = false, begun = false;
  platform.draw([&] {
    if (!gone)
      input_text("field", text, {.width = 200});
    else
      begun |= input_begins("cell", {10, 10}, {100, 18}, draft);
  });
  platform.click("field");
  platform.type("half");
  gone = true;
  platform.request_frame();
  platform.settle();
  platform.type("x");
  CHECK(begun);
  CHECK(draft == "x");
}

TEST_CASE("the map tells the field's name and value, but no password") {
  HeadlessPlatform platform;
  std::string name = "项目", secret = "secret";
  platform.draw([&] {
    input_text("Label###name", name, {.width = 200, .label = "Name"});
    input_text("secret", secret, {.width = 200, .label = "Password", .password = true});
  });
  REQUIRE(platform.find("name"));
  CHECK(platform.find("name")->value == "项目");
  CHECK(platform.find("Name")->role == Role::text_box);
  CHECK(platform.find("Password")->value.empty());
  CHECK(platform.map().json().find("secret\"") != std::string::npos);  // its label
  CHECK(platform.map().json().find("\"value\":\"secret\"") == std::string::npos);
}
