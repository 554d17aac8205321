#include "app/desks/document_versions.h"

#include <algorithm>

#include "app/engine/text_difference.h"
#include "app/model/access_log.h"
#include "app/model/sealing.h"
#include "app/ui/commands.h"
#include "app/ui/icons.h"
#include "app/ui/platform.h"
#include "app/ui/report/view_report.h"
#include "app/ui/table/cell_text.h"
#include "app/ui/widgets/widgets.h"

namespace pmo::desks {

using namespace ui;

namespace {

// The text of a version; what is locked asks for the passphrase, and the look at it is noted.
std::optional<std::string> opened_content(Context& context, const DocumentVersion& version) {
  auto content = opened_text(context.project, version.id, field_of<DocumentVersion>(&DocumentVersion::content), version.content);
  if (content) {
    if (is_sealed(version.content)) note_look(context.project, register_of<DocumentVersion>(), version, context.platform.local_now());
    return std::move(*content);
  }
  if (!context.project.content_key()) context.commands.run("vault.unlock", context);
  else context.messages.error(content.error());
  return {};
}

// A locked document that is put on paper leaves the project: that is noted.
void note_leaving(Context& context, const DocumentVersion& version) {
  if (is_sealed(version.content)) (void)note_access(context.project, AccessEvent::exported, {version.document}, context.platform.local_now());
}

ReportHead head_for(const Project& project, const DocumentVersion& version, std::string title, Language language, Day today) {
  auto head = report_head(project, std::move(title), language, today, {});
  // The document's own where that is higher than the project's, as on every report.
  if (const Document* document = project.find(version.document))
    head.confidentiality = mark_of(project, std::max(level_of(project), document->confidentiality), language);
  return head;
}

std::string document_title(const Project& project, const DocumentVersion& version) {
  const Document* document = project.find(version.document);
  return document ? document->title : std::string();
}

}  // namespace

std::vector<const DocumentVersion*> versions_of(const Project& project, Id document) {
  std::vector<const DocumentVersion*> versions;
  for (const DocumentVersion& version : project.all<DocumentVersion>())
    if (version.document.id == document) versions.push_back(&version);
  std::ranges::stable_sort(versions, {}, [](const DocumentVersion* version) { return version->date; });
  return versions;
}

Report version_report(const Project& project, const DocumentVersion& version, std::string_view content, Language language, Day today) {
  Report report(head_for(project, version, document_title(project, version) + " · " + version.version, language, today));
  const CellTexts texts(project, language, today);
  std::vector<ReportFact> facts;
  for (const FieldInfo* field : {&field_of<DocumentVersion>(&DocumentVersion::date), &field_of<DocumentVersion>(&DocumentVersion::author), &field_of<DocumentVersion>(&DocumentVersion::change_note)})
    facts.push_back({std::string(word(field->label_key(), language)), texts.shown(*field, field->get(version), &version)});
  report.details(facts);
  if (content.empty()) report.paragraph(word("document.no_content"_key, language));
  report.formatted(content);
  return report;
}

Report comparison_report(const Project& project, const DocumentVersion& earlier, std::string_view before, const DocumentVersion& later,
                         std::string_view after, Language language, Day today) {
  Report report(head_for(project, later, document_title(project, later) + " · " + earlier.version + " → " + later.version, language, today));
  const auto pieces = engine::text_difference(before, after);
  const auto count = [&](engine::PieceKind kind) { return format_integer(static_cast<std::int64_t>(engine::words_in(pieces, kind))); };
  const std::string numbers[] = {count(engine::PieceKind::added), count(engine::PieceKind::removed)};
  const bool differ = std::ranges::any_of(pieces, [](const auto& piece) { return piece.kind != engine::PieceKind::kept; });
  report.paragraph(differ ? phrase("document.difference"_key, numbers, language) : std::string(word("document.no_difference"_key, language)));
  report.changes(pieces);
  return report;
}

// The newest, and the one before it, until others are chosen.
void VersionPanel::choose(const Context& context, Id document) {
  versions_ = versions_of(context.project, document);
  const auto there = [&](Id id) { return std::ranges::contains(versions_, id, [](const auto* version) { return version->id; }); };
  if (document_ == document && there(shown_) && (versions_.size() < 2 || there(earlier_))) return;
  document_ = document;
  if (versions_.empty()) return;
  shown_ = versions_.back()->id;
  earlier_ = versions_.size() > 1 ? versions_[versions_.size() - 2]->id : Id{};
}

const DocumentVersion* VersionPanel::pick(Context& context, const char* id, Key label, Id& chosen) {
  const auto found = std::ranges::find(versions_, chosen, [](const auto* version) { return version->id; });
  const DocumentVersion* version = found == versions_.end() ? versions_.back() : *found;
  if (button(labelled(context.text(label, {version->version}), id), {.small = true, .opens_menu = true})) open_menu(id);
  if (begin_menu(id)) {
    for (const DocumentVersion* one : versions_) {
      const std::string shown = one->version + "  " + format_day(one->date, context.language);
      if (menu_item(labelled(shown, std::string(id) + "." + one->id.text()), {.checked = one == version})) chosen = one->id;
    }
    end_menu();
  }
  return version;
}

void VersionPanel::draw(Context& context, Id document) {
  choose(context, document);
  if (versions_.empty()) return;
  const DocumentVersion* version = pick(context, "version.shown", "document.version"_key, shown_);
  ImGui::SameLine(0, 6);
  const bool show = button(labelled(context.text("report.show"_key), "version.show"), {.icon = icon::eye, .small = true});
  ImGui::SameLine(0, 6);
  const bool print = button(labelled(context.text("report.print"_key), "version.print"), {.icon = icon::print, .small = true});
  if (show || print)
    if (const auto content = opened_content(context, *version)) {
      const auto html = version_report(context.project, *version, *content, context.language, context.today).html();
      if (print) note_leaving(context, *version), context.platform.print(html);
      else context.platform.show_document(html);
    }
  if (versions_.size() > 1) draw_comparing(context);
  gap(0.75f);
}

void VersionPanel::draw_comparing(Context& context) {
  const DocumentVersion* earlier = pick(context, "version.earlier", "document.compared_with"_key, earlier_);
  ImGui::SameLine(0, 6);
  const bool other = earlier_ != shown_;
  if (!button(labelled(context.text("document.compare"_key), "version.compare"), {.icon = icon::compare, .enabled = other, .small = true})) return;
  const DocumentVersion* later = *std::ranges::find(versions_, shown_, [](const auto* version) { return version->id; });
  const auto before = opened_content(context, *earlier);
  if (!before) return;
  const auto after = opened_content(context, *later);
  if (after) context.platform.show_document(comparison_report(context.project, *earlier, *before, *later, *after, context.language, context.today).html());
}

}  // namespace pmo::desks
