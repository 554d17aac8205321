// How the records of each register are numbered in this project.
#include "app/desks/pages.h"
#include "app/model/numbering.h"
#include "app/ui/icons.h"
#include "app/ui/shell/desk_names.h"
#include "app/ui/text_field.h"
#include "app/ui/widgets/widgets.h"

namespace pmo::desks {
namespace {

using namespace ui;

class NumberingPage final : public Page {
 public:
  std::string_view name() const override { return "numbering"; }
  Key title() const override { return "page.numbering"_key; }
  const char* icon() const override { return icon::hash; }
  Desk desk() const override { return Desk::administrator; }

  void draw(Context& context) override {
    paragraph(Type::body, context.text("numbering.about"_key), context.theme.ink_soft, 760);
    gap(1);
    for (int number = 0; number <= static_cast<int>(Desk::administrator); ++number) {
      const auto desk = static_cast<Desk>(number);
      const std::string id(desk_name(desk).name);
      if (Card card(id.c_str(), {.title = context.text(desk_name(desk)), .icon = desk_icon(desk)}); card) draw_desk(context, desk);
      gap(1);
    }
  }

 private:
  static constexpr float register_width = 260, prefix_width = 120, example_width = 140;

  void draw_desk(Context& context, Desk desk) {
    text(Type::caption, context.text("numbering.numbered"_key), context.theme.ink_soft);
    ImGui::SameLine(register_width);
    text(Type::caption, context.text("numbering.prefix"_key), context.theme.ink_soft);
    ImGui::SameLine(register_width + prefix_width + 16);
    text(Type::caption, context.text("numbering.example"_key), context.theme.ink_soft);
    for (const RegisterInfo* info : context.project.schema().registers())
      if (info->desk == desk && !info->prefix.empty()) draw_register(context, *info);
  }

  void draw_register(Context& context, const RegisterInfo& info) {
    const Numbering* own = numbering_of(context.project, info);
    const auto label = context.text(info.label_key());
    label_beside(label, register_width - 16);
    ImGui::SameLine(register_width);
    const auto [prefix_now, digits_now] = number_form(context.project, info);
    const std::string before(prefix_now);  // a commit below may change the record that holds it
    const NumberForm form{before, digits_now};
    const std::string id = "###prefix." + info.name;
    std::string prefix = draft_or(id.c_str(), before);
    if (input_text(id.c_str(), prefix, {.width = prefix_width, .label = label, .placeholder = info.prefix, .max_length = 12}).committed && prefix != before)
      number(context, info, prefix.empty() ? info.prefix : prefix, form.digits);
    ImGui::SameLine(0, 16);
    const std::string menu = "digits.menu." + info.name;
    if (button(labelled(form.text(7), "digits." + info.name), {.opens_menu = true, .width = example_width})) open_menu(menu.c_str());
    if (begin_menu(menu.c_str())) {
      for (std::int64_t count = 1; count <= 5; ++count)
        if (menu_item(labelled(NumberForm{before, count}.text(7), "digits." + std::to_string(count)), {.checked = count == form.digits})) number(context, info, before, count);
      end_menu();
    }
    if (!own) return;
    ImGui::SameLine(0, 16);
    if (icon_button(("###usual." + info.name).c_str(), icon::undo, context.text("numbering.usual"_key), {.emphasis = Emphasis::quiet, .small = true}))
      context.change("transaction.number"_key, {std::string(label)}, [&](Transaction& change) { change.erase(*own); });
  }

  // The first time it makes the record that holds it.
  static void number(Context& context, const RegisterInfo& info, const std::string& prefix, std::int64_t digits) {
    context.change("transaction.number"_key, {std::string(context.text(info.label_key()))}, [&](Transaction& change) {
      const Numbering* own = numbering_of(context.project, info);
      if (!own)
        own = &change.create<Numbering>([&](Numbering& made) {
          made.numbered = info.name;
          made.prefix = prefix;
        });
      change.set(*own, &Numbering::prefix, prefix);
      change.set(*own, &Numbering::digits, digits);
    });
  }
};

}  // namespace

std::unique_ptr<Page> make_numbering_page() { return std::make_unique<NumberingPage>(); }

}  // namespace pmo::desks
