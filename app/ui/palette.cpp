#include "app/ui/palette.h"

#include <algorithm>

#include "app/model/describe_record.h"
#include "app/model/records/common.h"
#include "app/model/sealing.h"
#include "app/model/sort_stably.h"
#include "app/ui/shell/desk_names.h"
#include "app/ui/shortcut.h"
#include "app/ui/text_field.h"
#include "app/ui/text_search.h"
#include "app/ui/widgets/pressable.h"
#include "app/ui/widgets/widgets.h"

namespace pmo::ui {
namespace {

constexpr int worst_rank = 100;
constexpr float width = 640, row_height = 40, most_height = 420;

bool starts_word(std::string_view text, std::size_t at) {
  return at == 0 || text[at - 1] == ' ' || text[at - 1] == '-' || static_cast<unsigned char>(text[at - 1]) >= 0x80;
}

std::vector<std::string_view> words_of(std::string_view query) {
  std::vector<std::string_view> words;
  while (!query.empty()) {
    const auto space = std::min(query.find(' '), query.size());
    if (space > 0) words.push_back(query.substr(0, space));
    query.remove_prefix(std::min(space + 1, query.size()));
  }
  return words;
}

void add_pages(std::vector<PaletteHit>& hits, const Context& context, const Pages& pages, std::string_view query) {
  for (const auto& page : pages) {
    const std::string title(context.text(page->title()));
    const int rank = fit(title, query);
    if (rank < 0) continue;
    hits.push_back({.kind = PaletteHit::Kind::page, .title = title,
                    .detail = std::string(context.text(page->name() == desk_page_name(page->desk())
                                                           ? "palette.desk"_key
                                                           : desk_name(page->desk()))),
                    .icon = page->icon(),
                    .page = page.get(), .rank = rank * 3});
  }
}

void add_commands(std::vector<PaletteHit>& hits, const Context& context, std::string_view page, std::string_view query) {
  for (const auto& command : context.commands.list()) {
    if (!context.commands.enabled(command, context, page)) continue;
    const std::string title(context.text(command.label));
    const int rank = fit(title, query);
    if (rank < 0) continue;
    hits.push_back({.kind = PaletteHit::Kind::command, .title = title, .icon = command.icon,
                    .shortcut = shortcut_text(command.shortcut, context.platform.surroundings().apple),
                    .command = &command, .rank = rank * 3 + 1});
  }
}

void add_records(std::vector<PaletteHit>& hits, const Context& context, std::string_view query, std::size_t most) {
  if (query.empty()) return;
  for (const auto* info : context.project.schema().registers()) {
    if (!info->title() || (info->owner() && info->prefix.empty())) continue;
    for (const Record* record : context.project.table(*info).records()) {
      const std::string title = record_title(context.project, *info, *record);
      const std::string number = record_number(context.project, *info, *record);
      int rank = fit(title, query);
      if (find_text(number, query) == 0) rank = number.size() == query.size() ? 0 : std::max(rank, 1);
      if (rank < 0) continue;
      std::string detail(context.text(info->one_key()));
      if (!number.empty()) detail = number + " · " + detail;
      hits.push_back({.kind = PaletteHit::Kind::record, .title = title, .detail = std::move(detail),
                      .icon = desk_icon(info->desk), .info = info, .record = record->id, .rank = rank * 3 + 2});
      if (hits.size() > most * 8) return;
    }
  }
}

// An attached file is seen in the form of its record.
std::pair<const RegisterInfo*, Id> shown_with(const Project& project, const RegisterInfo& info, const Record& record) {
  if (&info == &register_of<Attachment>())
    if (const auto [owner_info, owner] = project.find_any(static_cast<const Attachment&>(record).record.id); owner) return {owner_info, owner->id};
  return {&info, record.id};
}

// What stands in any other text of any record, and in attached files: descriptions, minutes, the contents of documents.
void add_contents(std::vector<PaletteHit>& hits, const Context& context, std::string_view query, std::size_t most) {
  if (query.size() < 2) return;
  for (const auto* info : context.project.schema().registers())
    for (const auto& field : info->fields) {
      if (field.kind != Kind::text || field.options.title || (field.options.hidden && !field.options.searched)) continue;
      for (const Record* record : context.project.table(*info).records()) {
        const Value value = field.get(*record);
        const auto* kept = std::get_if<std::string>(&value);
        if (!kept || kept->size() < query.size()) continue;
        const auto text = opened_text(context.project, record->id, field, *kept);
        if (!text) continue;  // locked
        const auto at = find_text(*text, query);
        if (at == std::string_view::npos) continue;
        std::string title = record_title(context.project, *info, *record);
        if (fit(title, query) >= 0) continue;  // found already
        constexpr std::size_t before = 18, after = 60;
        const auto [shown_info, shown] = shown_with(context.project, *info, *record);
        hits.push_back({.kind = PaletteHit::Kind::record, .title = std::move(title),
                        .detail = excerpt(*text, at, query.size(), before, after), .icon = desk_icon(info->desk),
                        .info = shown_info, .record = shown, .rank = worst_rank});
        if (hits.size() > most * 8) return;
      }
    }
}

}  // namespace

int fit(std::string_view text, std::string_view query) {
  const auto words = words_of(query);
  if (words.empty()) return 0;
  if (find_text(text, query) == 0) return 0;
  int rank = 1;
  for (const auto word : words) {
    auto at = find_text(text, word);
    if (at == std::string_view::npos) return -1;
    while (at != std::string_view::npos && !starts_word(text, at)) at = find_text(text, word, at + 1);
    if (at == std::string_view::npos) rank = 2;
  }
  return rank;
}

std::vector<PaletteHit> find_hits(const Context& context, const Pages& pages, std::string_view page,
                                  std::string_view query, std::size_t most) {
  std::vector<PaletteHit> hits;
  add_pages(hits, context, pages, query);
  add_commands(hits, context, page, query);
  add_records(hits, context, query, most);
  add_contents(hits, context, query, most);
  sort_stably(hits, {}, &PaletteHit::rank);
  if (hits.size() > most) hits.resize(most);
  return hits;
}

void Palette::open() {
  open_ = true;
  fresh_ = 4;  // it is measured before it is seen
  query_.clear();
  asked_ = "\n";  // something that nobody has asked
  current_ = 0;
}

void Palette::move(int by) {
  if (hits_.empty()) return;
  const int count = static_cast<int>(hits_.size());
  current_ = (current_ + by + count) % count;
  scroll_ = true;
}

void Palette::choose(const PaletteHit& hit, Context& context) {
  open_ = false;
  switch (hit.kind) {
    case PaletteHit::Kind::page: context.navigation.open_page(hit.page->name()); break;
    case PaletteHit::Kind::record: context.navigation.open_record(*hit.info, hit.record); break;
    case PaletteHit::Kind::command: context.commands.run(std::string(hit.command->name), context); break;
  }
}

namespace {

bool draw_hit(const PaletteHit& hit, int index, bool current, const Context& context) {
  const Theme& t = context.theme;
  const std::string id = "###hit" + std::to_string(index);
  const Press press = pressable(id, {ImGui::GetContentRegionAvail().x, row_height}, true, Role::option,
                                {.selected = current ? Flag::yes : Flag::no}, hit.title);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  if (current) list.AddRectFilled(press.from, press.to, t.selected, Theme::rounding);
  else if (press.hovered) list.AddRectFilled(press.from, press.to, t.hover, Theme::rounding);
  const float y = middle(press.from.y, row_height, size_of(Type::body));
  draw_text(list, {press.from.x + 12, y}, Type::body, current ? t.tone(Tone::accent).ink : t.ink_soft,
            *hit.icon ? hit.icon : icon::chevron_right);
  const std::string& right = hit.shortcut.empty() ? hit.detail : hit.shortcut;
  const float spare = press.size().x - 82 - measure(Type::body, hit.title).x;
  const float right_width = std::min(std::max(200.0f, spare), measure(Type::caption, right).x);
  draw_text_cut(list, {press.to.x - 12 - right_width, y + 1}, right_width + 1, Type::caption, t.ink_faint, right);
  draw_text_cut(list, {press.from.x + 42, y}, press.size().x - 42 - 12 - right_width - 16, Type::body, t.ink, hit.title);
  return press.clicked;
}

}  // namespace

void Palette::draw(Context& context, const Pages& pages, std::string_view page) {
  if (!open_) return;
  const Theme& t = context.theme;
  constexpr const char* id = "palette";
  if (!ImGui::IsPopupOpen(id)) ImGui::OpenPopup(id);
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  const float wide = std::min(width, screen.x - 32);
  ImGui::SetNextWindowPos({screen.x / 2, std::min(96.0f, screen.y * 0.1f)}, ImGuiCond_Always, {0.5f, 0});
  ImGui::SetNextWindowSize({wide, 0});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(12, 12));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, 12.0f);
  ImGui::PushStyleVar(ImGuiStyleVar_PopupRounding, 12.0f);
  ImGui::PushStyleColor(ImGuiCol_ModalWindowDimBg, with_alpha(t.scrim, 0.25f));
  const bool shown = ImGui::BeginPopupModal(id, nullptr, ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                                            ImGuiWindowFlags_AlwaysAutoResize | ImGuiWindowFlags_NoSavedSettings);
  ImGui::PopStyleColor();
  ImGui::PopStyleVar(3);
  if (!shown) return;
  const ImVec2 from = ImGui::GetWindowPos(), size = ImGui::GetWindowSize();
  draw_shadow(*ImGui::GetWindowDrawList(), from, {from.x + size.x, from.y + size.y}, 12);
  const std::string hint(context.text("palette.hint"_key));
  const InputEvents events = input_text("###palette.query", query_, {.width = -1, .label = hint, .placeholder = hint,
                                        .icon = icon::search, .kind = TextKind::search, .list_keys = true,
                                        .keeps_tab = true, .start = fresh_ > 0});
  fresh_ = events.editing ? 0 : std::max(0, fresh_ - 1);
  if (asked_ != query_ && !events.composing) {
    hits_ = find_hits(context, pages, page, query_);
    asked_ = query_;
    current_ = 0;
    scroll_ = true;
  }
  if (ImGui::IsKeyPressed(ImGuiKey_DownArrow)) move(1);
  if (ImGui::IsKeyPressed(ImGuiKey_UpArrow)) move(-1);
  const PaletteHit* chosen = nullptr;
  const bool entered = events.end == TextEntryEnd::enter || (!events.editing && ImGui::IsKeyPressed(ImGuiKey_Enter));
  if (entered && current_ < static_cast<int>(hits_.size())) chosen = &hits_[static_cast<std::size_t>(current_)];
  const float height = std::min(most_height, static_cast<float>(hits_.size()) * row_height);
  if (hits_.empty()) {
    gap(1);
    text(Type::body, context.text("palette.nothing"_key), t.ink_soft);
  } else {
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, 0));
    ImGui::BeginChild("###hits", {0, height});
    for (int i = 0; i < static_cast<int>(hits_.size()); ++i) {
      if (draw_hit(hits_[static_cast<std::size_t>(i)], i, i == current_, context))
        chosen = &hits_[static_cast<std::size_t>(i)];
      if (scroll_ && i == current_) ImGui::SetScrollHereY(0.5f);
    }
    scroll_ = false;
    ImGui::EndChild();
    ImGui::PopStyleVar();
  }
  const bool outside = ImGui::IsMouseClicked(ImGuiMouseButton_Left) && !ImGui::IsWindowHovered(ImGuiHoveredFlags_ChildWindows) &&
                       !ImGui::IsWindowAppearing();
  if (events.end == TextEntryEnd::escape || ImGui::IsKeyPressed(ImGuiKey_Escape) || outside) open_ = false;
  const PaletteHit hit = chosen ? *chosen : PaletteHit{};
  if (chosen) open_ = false;
  if (!open_) ImGui::CloseCurrentPopup();
  ImGui::EndPopup();
  if (chosen) choose(hit, context);
}

}  // namespace pmo::ui
