// Reports: choose one, read it, print it, save it, in either language. All of them in one place, and those of each desk at it.
#include <algorithm>

#include "app/desks/pages.h"
#include "app/desks/reports/reports.h"
#include "app/model/access_log.h"
#include "app/model/describe_record.h"
#include "app/model/open_work.h"
#include "app/model/sealing.h"
#include "app/ui/editors/pickers.h"
#include "app/ui/icons.h"
#include "app/ui/platform.h"
#include "app/ui/shell/desk_names.h"
#include "app/ui/widgets/widgets.h"

namespace pmo::desks {
namespace {

using namespace ui;

class ReportsPage final : public Page {
 public:
  explicit ReportsPage(std::optional<Desk> desk) : name_(desk ? "reports." + std::string(enum_name(*desk)) : "reports"), desk_(desk) {}

  std::string_view name() const override { return name_; }
  Key title() const override { return "report.page"_key; }
  const char* icon() const override { return icon::file_chart; }
  Desk desk() const override { return desk_.value_or(Desk::manager); }
  bool pinned() const override { return !desk_; }

  void draw(Context& context) override {
    if (!language_) language_ = context.language;
    const Choice languages[] = {{"中文###report.zh"}, {"English###report.en"}};
    int chosen = *language_ == Language::chinese ? 0 : 1;
    label_beside(context.text("report.language"_key), 320);
    ImGui::SameLine(0, 12);
    if (segments("language", languages, chosen, true)) language_ = chosen == 0 ? Language::chinese : Language::english;
    if (const auto locked = locked_records(context.project); !locked.empty()) {
      ImGui::SameLine(0, 24);
      ImGui::SetCursorPosY(ImGui::GetCursorPosY() + 4);  // to the middle of the choice beside it
      checkbox(labelled(context.text("report.with_locked"_key), "report.with_locked"), with_locked_);
    }
    gap(0.75f);
    for (int i = 0; i < enum_size<Desk>; ++i)
      if (const auto desk = static_cast<Desk>(i); !desk_ || desk == *desk_) draw_desk(context, desk);
    draw_registers(context);
  }

 private:
  static constexpr float buttons_width = 300;

  void draw_desk(Context& context, Desk desk) {
    bool first = true;
    for (const ReportKind& kind : report_kinds()) {
      if (kind.desk() != desk) continue;
      if (first && !desk_) {
        gap(0.5f);
        text(Type::heading, context.text(desk_name(desk)), context.theme.ink_soft);
      }
      first = false;
      draw_kind(context, kind);
    }
  }

  void draw_kind(Context& context, const ReportKind& kind) {
    ImGui::PushID(kind.name.data(), kind.name.data() + kind.name.size());
    if (Card card("card", {.padding = 14}); card) {
      draw_about(context, kind.icon, kind.title, kind.about);
      if (kind.subject) draw_subject(context, kind);
      const bool ready = !kind.subject || context.project.table(*kind.subject).find(subject_);
      draw_buttons(context, kind.name, ready, kind.make, nullptr, std::string(word(kind.title, *language_)));
    }
    ImGui::PopID();
    gap(0.5f);
  }

  void draw_about(Context& context, const char* icon, Key title, Key about) {
    const float room = ImGui::GetContentRegionAvail().x - buttons_width;
    top_ = ImGui::GetCursorPos();
    right_ = top_.x + ImGui::GetContentRegionAvail().x;
    ImGui::BeginGroup();
    text(Type::strong, std::string(icon) + "  " + std::string(context.text(title)));
    paragraph(Type::body, context.text(about), context.theme.ink_soft, room);
    ImGui::EndGroup();
  }

  void draw_subject(Context& context, const ReportKind& kind) {
    const Record* record = context.project.table(*kind.subject).find(subject_);
    const std::string shown = record ? record_title(context.project, *kind.subject, *record)
                                     : context.text("report.choose"_key, {argument_of(kind.subject->one_key())});
    if (button(labelled(shown, "subject"), {.icon = icon::search, .small = true})) ImGui::OpenPopup("subject.choose");
    FieldInfo field{{.kind = Kind::reference, .target = kind.subject->name}, "subject", kind.subject->one_label};
    if (const auto chosen = picker_.draw(context, "subject.choose", field, Value{subject_}))
      if (const auto* id = std::get_if<Id>(&*chosen)) subject_ = *id;
  }

  // info: of a register's list.
  void draw_buttons(Context& context, std::string_view name, bool ready, Report (*make)(const ReportInput&), const RegisterInfo* info, const std::string& file) {
    const ImVec2 end = ImGui::GetCursorPos();
    constexpr float space = 6;
    const auto label = [&](Key key, std::string_view what) { return labelled(context.text(key), std::string(what) + "." + std::string(name)); };
    const std::string show = label("report.show"_key, "show"), print = label("report.print"_key, "print"), save = label("report.save"_key, "save");
    const ButtonOptions showing{.icon = icon::eye, .enabled = ready}, printing{.icon = icon::print, .enabled = ready}, saving{.icon = icon::download, .enabled = ready};
    ImGui::SetCursorPos({right_ - button_width(show, showing) - button_width(print, printing) - button_width(save, saving) - 2 * space, top_.y + 4});
    const auto html = [&] { return html_of(context, info, make); };
    if (button(show, showing)) context.platform.show_document(html());
    ImGui::SameLine(0, space);
    if (button(print, printing)) context.platform.print(html());
    ImGui::SameLine(0, space);
    if (button(save, saving)) context.platform.download(file + ".html", "text/html", html());
    ImGui::SetCursorPos({end.x, end.y - ImGui::GetStyle().ItemSpacing.y});
    ImGui::Dummy({0, 0});
  }

  void draw_registers(Context& context) {
    if (!info_) info_ = first_register(context.project.schema());
    if (!info_) return;
    if (!desk_) {
      gap(0.5f);
      text(Type::heading, context.text("report.registers"_key), context.theme.ink_soft);
    }
    ImGui::PushID("registers");
    if (Card card("card", {.padding = 14}); card) {
      draw_about(context, icon::table, "report.registers"_key, "report.registers.about"_key);
      if (button(labelled(context.text(info_->label_key()), "register"), {.icon = icon::table, .small = true})) open_menu("register.choose");
      if (begin_menu("register.choose")) {
        for (const auto* info : context.project.schema().registers()) {
          if (!offers(*info)) continue;
          if (menu_item(labelled(context.text(info->label_key()), info->name), {.checked = info == info_})) info_ = info;
        }
        end_menu();
      }
      draw_buttons(context, "register", true, register_report, info_, std::string(word(info_->label_key(), *language_)));
    }
    ImGui::PopID();
  }

  bool offers(const RegisterInfo& info) const { return !info.prefix.empty() && (!desk_ || info.desk == *desk_); }
  const RegisterInfo* first_register(const Schema& schema) const {
    const auto& all = schema.registers();
    const auto found = std::ranges::find_if(all, [&](const RegisterInfo* info) { return offers(*info); });
    return desk_ ? (found == all.end() ? nullptr : *found) : schema.find("risk");
  }

  ReportInput input(Context& context) const {
    const Person* me = context.project.find(own_person(context.project));
    return {.project = context.project, .analyses = context.analyses, .language = *language_, .today = context.today,
            .made_by = me ? me->name : std::string(), .subject = subject_,
            .locked = locked_records(context.project), .with_locked = with_locked_};
  }

  // The report as HTML; that locked documents leave with it is noted.
  std::string html_of(Context& context, const RegisterInfo* info, Report (*make)(const ReportInput&)) const {
    ReportInput wanted = input(context);
    wanted.info = info;
    auto html = finished(wanted, make(wanted));
    std::vector<Ref<Document>> documents;
    for (const Id id : wanted.told) {
      const auto [info, record] = context.project.find_any(id);
      if (const auto document = record ? document_of(context.project, *info, *record) : Ref<Document>{}; document && !std::ranges::contains(documents, document))
        documents.push_back(document);
    }
    // A window that only reads cannot note it.
    if (!documents.empty()) (void)note_access(context.project, AccessEvent::exported, documents, context.platform.local_now());
    return html;
  }

  std::string name_;
  std::optional<Desk> desk_;          // none: all of them
  std::optional<Language> language_;  // of the reports
  bool with_locked_ = false;
  Id subject_;
  const RegisterInfo* info_ = nullptr;
  ReferencePicker picker_;
  ImVec2 top_ = {0, 0};
  float right_ = 0;
};

}  // namespace

std::unique_ptr<Page> make_reports_page(std::optional<Desk> desk) { return std::make_unique<ReportsPage>(desk); }

}  // namespace pmo::desks
