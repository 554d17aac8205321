// The document register. The search box looks into the contents of all versions and of attached files, too.
#include "app/model/records/document.h"

#include <algorithm>

#include "app/desks/desk_charts.h"
#include "app/desks/pages.h"
#include "app/model/records/common.h"
#include "app/model/sealing.h"
#include "app/ui/commands.h"
#include "app/ui/icons.h"
#include "app/ui/register_page.h"
#include "app/ui/text_search.h"
#include "app/ui/widgets/widgets.h"

namespace pmo::desks {
namespace {

using namespace ui;

class DocumentPage final : public RegisterPage {
 public:
  DocumentPage() : RegisterPage("documents", register_of<Document>(), icon::file_text) {}
  void forget() override {
    RegisterPage::forget();
    chart_.forget();
  }

 private:
  void draw_tools(Context& context) override {
    ImGui::SameLine(0, 4);
    if (icon_button("###documents.chart", icon::chart_bar, context.text("desk_chart.documents"_key), {.emphasis = Emphasis::quiet, .on = with_chart_})) with_chart_ = !with_chart_;
    struct Offer {
      std::string_view command;
      Key label;
      const char* icon;
    };
    const Offer offers[] = {{"vault.set", "documents.protect"_key, icon::file_lock}, {"vault.unlock", "vault.unlock"_key, icon::unlock}};
    for (const Offer& offer : offers) {
      const Command* command = context.commands.find(offer.command);
      if (!command || !context.commands.enabled(*command, context, name())) continue;
      ImGui::SameLine(0, 4);
      if (button(labelled(context.text(offer.label), "documents." + std::string(offer.command)), {.icon = offer.icon, .emphasis = Emphasis::quiet}))
        context.commands.run(offer.command, context);
    }
  }

  struct Hit {
    Id document, part;  // the version, or the attached file
    std::string name;
    std::string around;  // the words about the place where it was found
  };

  void draw_above(Context& context) override {
    if (with_chart_) chart_.draw_card(context);
    if (search_box("contents", query_, context.text("documents.search"_key), {.width = 360, .clear_name = context.text("field.clear"_key)}))
      find(context);
    if (query_.empty()) return gap(0.5f);
    draw_hits(context);
  }

  void find(const Context& context) {
    hits_.clear();
    const std::string wanted = plain_text(query_);
    if (wanted.empty()) return;
    constexpr std::size_t most = 30;
    locked_ = 0;
    const auto look = [&](Id document, const Record& part, const std::string& name, const std::string& note, const FieldInfo& field, const std::string& kept) {
      if (hits_.size() == most || !context.project.all<Document>().find(document)) return;
      const auto text = opened_text(context.project, part.id, field, kept);
      if (!text) ++locked_;
      const std::string whole = note + "\n" + text.value_or(std::string());
      const auto at = find_text(whole, wanted);
      if (at != whole.npos) hits_.push_back({document, part.id, name, excerpt(whole, at, wanted.size())});
    };
    for (const DocumentVersion& version : context.project.all<DocumentVersion>())
      look(version.document.id, version, version.version, version.change_note, field_of<DocumentVersion>(&DocumentVersion::content), version.content);
    for (const Attachment& file : context.project.all<Attachment>())
      look(file.record.id, file, file.file_name, {}, field_of<Attachment>(&Attachment::extracted_text), file.extracted_text);
  }

  void draw_hits(Context& context) {
    Card card("hits", {.title = context.text("documents.found"_key, {format_integer(static_cast<std::int64_t>(hits_.size()))}), .icon = icon::file_search});
    if (!card) return;
    if (revision_ != context.project.revision() || unlocked_ != (context.project.content_key() != nullptr)) find(context);
    revision_ = context.project.revision();
    unlocked_ = context.project.content_key() != nullptr;
    if (locked_ > 0 && text_link(labelled(context.text("documents.locked"_key, {format_integer(locked_)}), "hits.unlock"), icon::lock))
      context.commands.run("vault.unlock", context);
    for (const Hit& hit : hits_) {
      const Document* document = context.project.all<Document>().find(hit.document);
      if (!document) continue;
      const std::string label = document->title + " · " + hit.name;
      if (text_link(labelled(label, "hit." + hit.part.text()), icon::file_text))
        context.navigation.open_record(register_of<Document>(), document->id);
      paragraph(Type::caption, hit.around, context.theme.ink_soft);
    }
  }

  bool with_chart_ = false;
  FullDeskChart chart_{Desk::documents};
  std::string query_;
  std::vector<Hit> hits_;
  std::int64_t locked_ = 0;  // texts that could not be looked into
  bool unlocked_ = false;
  std::uint64_t revision_ = 0;
};

}  // namespace

std::unique_ptr<Page> make_document_page() { return std::make_unique<DocumentPage>(); }

}  // namespace pmo::desks
