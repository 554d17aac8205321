// What two people wrote into the same field without knowing of each other: both values side by side, until somebody
// decides. Choices are collected and become one transaction.
#include <algorithm>
#include <map>

#include "app/desks/pages.h"
#include "app/model/describe_record.h"
#include "app/model/history.h"
#include "app/ui/form/record_form.h"
#include "app/ui/icons.h"
#include "app/ui/platform.h"
#include "app/ui/widgets/widgets.h"

namespace pmo::desks {
namespace {

using namespace ui;

class ConflictsPage final : public Page {
 public:
  std::string_view name() const override { return "conflicts"; }
  Key title() const override { return "conflicts.title"_key; }
  const char* icon() const override { return icon::merge; }
  Desk desk() const override { return Desk::administrator; }
  void forget() override {
    chosen_.clear();
    read_at_ = {};
  }

  void draw(Context& context) override {
    std::vector<const Conflict*> open;
    for (const Conflict& conflict : context.project.conflicts())
      if (context.project.open(conflict)) open.push_back(&conflict);
    if (open.empty()) {
      chosen_.clear();
      empty_state({.icon = icon::merge, .title = context.text("conflicts.none"_key), .about = context.text("conflicts.none.about"_key)});
      return;
    }
    draw_tools(context, open);
    ImGui::BeginChild("conflicts");
    for (std::size_t i = 0; i < open.size(); ++i) draw_conflict(context, *open[i], i);
    ImGui::EndChild();
  }

 private:
  enum class Side : unsigned char { standing, other };
  using Place = std::tuple<Id, const FieldInfo*, Stamp, Stamp>;

  static Place place_of(const Conflict& conflict) { return {conflict.record, conflict.field, conflict.winner, conflict.loser}; }

  void draw_tools(Context& context, const std::vector<const Conflict*>& open) {
    paragraph(Type::body, context.text("conflicts.about"_key), context.theme.ink_soft);
    gap(0.5f);
    const auto count = std::to_string(chosen_.size());
    if (button(labelled(context.text("conflicts.decide"_key, {count}), "conflicts.decide"),
               {.icon = icon::success, .emphasis = Emphasis::primary, .enabled = !chosen_.empty()}))
      settle(context, open);
    ImGui::SameLine();
    if (button(labelled(context.text("conflicts.keep_all"_key), "conflicts.keep_all")))
      for (const Conflict* conflict : open) chosen_[place_of(*conflict)] = Side::standing;
    gap();
  }

  void settle(Context& context, const std::vector<const Conflict*>& open) {
    const std::vector<Conflict> all = [&] {  // the list moves when the transaction takes effect
      std::vector<Conflict> copies;
      for (const Conflict* conflict : open) copies.push_back(*conflict);
      return copies;
    }();
    const bool done = context.change("transaction.decide"_key, {std::to_string(chosen_.size())}, [&](Transaction& change) -> Result<void> {
      for (const Conflict& conflict : all)
        if (const auto at = chosen_.find(place_of(conflict)); at != chosen_.end()) {
          const bool standing = at->second == Side::standing;
          PMO_TRY_VOID(decide(change, conflict, standing ? conflict.winning : conflict.losing, standing));
        }
      return {};
    });
    if (!done) return;
    context.messages.success(context.text("conflicts.decided"_key, {std::to_string(chosen_.size())}));
    chosen_.clear();
  }

  void draw_conflict(Context& context, const Conflict& conflict, std::size_t index) {
    const Record* record = context.project.table(*conflict.info).find(conflict.record);
    if (!record) return;
    const std::string number = std::to_string(index);
    ImGui::PushID(number.c_str());
    {
      const Card card("conflict");
      if (text_link(labelled(record_title(context.project, *conflict.info, *record), "conflict.open." + number)))
        context.navigation.open_record(*conflict.info, conflict.record);
      std::string what(context.text(conflict.info->one_key()));
      if (conflict.field) what += " · " + std::string(context.text(conflict.field->label_key()));
      text_cut(Type::caption, what, 0, context.theme.ink_soft);
      gap(0.5f);
      const CellTexts texts(context.project, context.language, context.today);
      const auto shown = [&](const Value& value, bool standing) {
        if (!conflict.field) return std::string(context.text(standing ? "conflicts.keep_record"_key : "conflicts.delete_record"_key));
        const auto words = texts.shown(*conflict.field, value, record);
        return words.empty() ? std::string(context.text("conflicts.empty"_key)) : words;
      };
      if (conflict.field) {
        const auto before = value_before(history(context), *record, *conflict.field, std::min(conflict.winner, conflict.loser));
        text_cut(Type::caption, context.text("conflicts.before"_key, {shown(before, true)}), 0, context.theme.ink_soft);
      }
      draw_side(context, conflict, Side::standing, shown(conflict.winning, true), conflict.winner, number);
      draw_side(context, conflict, Side::other, shown(conflict.losing, false), conflict.loser, number);
    }
    ImGui::PopID();
    gap();
  }

  void draw_side(Context& context, const Conflict& conflict, Side side, const std::string& value, const Stamp& stamp, const std::string& number) {
    const auto place = place_of(conflict);
    const auto at = chosen_.find(place);
    bool on = at != chosen_.end() && at->second == side;
    const bool standing = side == Side::standing;
    if (checkbox(labelled(value, (standing ? "conflict.standing." : "conflict.other.") + number), on)) {
      if (on) chosen_[place] = side;
      else chosen_.erase(place);
    }
    ImGui::SameLine(0, 12);
    ImGui::SetCursorPosY(ImGui::GetCursorPosY() + (Theme::control - size_of(Type::caption)) / 2 - 4);
    const auto when = format_ago(stamp.milliseconds(), context.platform.utc_milliseconds(), context.language);
    const auto by = context.text("form.by"_key, {author_name(context, stamp.actor), when});
    text_cut(Type::caption, standing ? by + " · " + std::string(context.text("conflicts.standing"_key)) : by, 0, context.theme.ink_faint);
  }

  // All commits, read when there are new ones.
  std::span<const Commit> history(const Context& context) {
    if (read_at_ != context.project.revision()) {
      history_ = context.project.journal().since({}).value_or(std::vector<Commit>());
      read_at_ = context.project.revision();
    }
    return history_;
  }

  std::map<Place, Side> chosen_;
  std::vector<Commit> history_;
  std::optional<std::uint64_t> read_at_;
};

}  // namespace

std::unique_ptr<Page> make_conflicts_page() { return std::make_unique<ConflictsPage>(); }

}  // namespace pmo::desks
