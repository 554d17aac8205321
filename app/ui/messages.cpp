#include "app/ui/messages.h"

#include <algorithm>

#include "app/model/format.h"
#include "app/ui/annotate.h"
#include "app/ui/platform.h"
#include "app/ui/widgets/widgets.h"

namespace pmo::ui {
namespace {

constexpr float message_width = 360, margin = 16;
constexpr std::size_t most = 4;

const char* icon_of(Tone tone) {
  if (tone == Tone::bad) return icon::error;
  return tone == Tone::caution ? icon::warning : icon::success;
}

// What tells a moment says how long ago that was.
Error told_at(Error problem, std::uint64_t now, Language language) {
  for (auto& argument : problem.arguments)
    if (const auto moment = moment_in(argument)) argument = format_ago(*moment, now, language);
  return problem;
}

std::string text_of(const Toasts::Toast& toast, std::uint64_t now, Language language) {
  std::string text = toast.text.empty() ? describe(told_at(toast.problem, now, language), language) : toast.text;
  if (toast.times > 1) text += " ×" + std::to_string(toast.times);
  return text;
}

// One message; answers its height. The bottom edge is given, because messages grow upwards. One that passes by itself is
// never in the way: it takes no clicks, and steps aside for the pointer.
float draw_toast(const Toasts::Toast& toast, const std::string& text, float bottom, Language language, bool& closed) {
  const Theme& t = current_theme();
  const float text_width = message_width - 16 - 26 - 36;
  const float height = paragraph_height(Type::body, text, text_width) + 24;
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  const ImVec2 from(screen.x - margin - message_width, bottom - height);
  const ImVec2 to(from.x + message_width, from.y + height);
  const bool passes = toast.seconds > 0;
  if (passes && ImGui::IsMouseHoveringRect(from, to, false)) return height;
  ImGui::SetNextWindowPos(from);
  ImGui::SetNextWindowSize({message_width, height});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(16, 12));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, 8.0f);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 1.0f);
  ImGui::PushStyleColor(ImGuiCol_WindowBg, t.raised);
  ImGui::PushStyleColor(ImGuiCol_Border, t.line);
  const std::string id = "###toast" + std::to_string(toast.id);
  ImGui::Begin(id.c_str(), nullptr, ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
               ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoFocusOnAppearing | ImGuiWindowFlags_NoNav |
               (passes ? ImGuiWindowFlags_NoMouseInputs : 0));
  ImGui::PopStyleColor(2);
  ImGui::PopStyleVar(3);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  draw_shadow(list, from, to, 8);
  list.AddRectFilled(from, {from.x + 4, to.y}, t.tone(toast.tone).fill, 8, ImDrawFlags_RoundCornersLeft);
  draw_text(list, {from.x + 16, from.y + 13}, Type::body, t.tone(toast.tone).fill, icon_of(toast.tone));
  ImGui::SetCursorPos({16 + 26, 12});
  paragraph(Type::body, text, 0, text_width);
  if (!passes) {
    ImGui::SetCursorPos({message_width - 34, 6});
    closed = icon_button("###close", icon::x, word("shell.close"_key, language), {.small = true});
  }
  annotate_area("toast", {from.x, from.y, to.x, to.y}, toast.tone == Tone::bad ? Role::alert : Role::status, text);
  ImGui::End();
  return height;
}

}  // namespace

void Toasts::success(std::string text) { add({.tone = Tone::good, .text = std::move(text), .seconds = 4}); }
void Toasts::warning(std::string text) { add({.tone = Tone::caution, .text = std::move(text), .seconds = 8}); }
void Toasts::error(const Error& error) { add({.tone = Tone::bad, .problem = error}); }

void Toasts::add(Toast toast) {
  const auto same = std::ranges::find_if(toasts_, [&](const Toast& shown) {
    return shown.text == toast.text && shown.problem == toast.problem;
  });
  if (same != toasts_.end()) {
    ++same->times;
    same->until = -1;
    return;
  }
  toast.id = ++last_id_;
  toasts_.push_back(std::move(toast));
  while (toasts_.size() > most) {  // what passes goes first: an error stays until it is read
    const auto passing = std::ranges::find_if(toasts_, [](const Toast& shown) { return shown.seconds > 0; });
    toasts_.erase(passing == toasts_.end() ? toasts_.begin() : passing);
  }
}

void Toasts::draw(Platform& platform, Language language) {
  const double now = platform.seconds();
  float bottom = ImGui::GetIO().DisplaySize.y - margin;
  for (auto toast = toasts_.rbegin(); toast != toasts_.rend(); ++toast) {
    const std::string text = text_of(*toast, platform.utc_milliseconds(), language);
    if (toast->until < 0) {
      toast->until = now + toast->seconds;
      platform.announce(text, toast->tone == Tone::bad);
    }
    bool closed = false;
    bottom -= draw_toast(*toast, text, bottom, language, closed) + 8;
    if (closed) {
      toast->seconds = 1;
      toast->until = 0;
    } else if (toast->seconds > 0) {
      platform.request_frame_in(std::max(0.0, toast->until - now));
    }
  }
  const auto before = toasts_.size();
  std::erase_if(toasts_, [&](const Toast& toast) { return toast.seconds > 0 && toast.until <= now; });
  if (toasts_.size() != before) platform.request_frame();
}

}  // namespace pmo::ui
