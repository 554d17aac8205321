#include "app/desks/documents/document_versions.h"

#include <algorithm>

#include "app/engine/documents/text_difference.h"
#include "app/model/access_log.h"
#include "app/model/records/common.h"
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

std::string kept_text(const DocumentText& text) { return std::get<std::string>(text.field->get(*text.part)); }

// What is locked asks for the passphrase, and the look at it is noted.
std::optional<std::string> opened_content(Context& context, const DocumentText& text) {
  const std::string kept = kept_text(text);
  auto content = opened_text(context.project, text.part->id, *text.field, kept);
  if (content) {
    if (is_sealed(kept)) note_look(context.project, *text.info, *text.part, context.platform.local_now());
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

std::string document_title(const Project& project, Ref<Document> of) {
  const Document* document = project.find(of);
  return document ? document->title : std::string();
}

// "Plan · 1.0", marked as the document where that is higher than the project's own, as on every report.
ReportHead head_for(const Project& project, Ref<Document> of, const std::string& part, Language language, Day today) {
  auto head = report_head(project, document_title(project, of) + " · " + part, language, today, {});
  if (const Document* document = project.find(of))
    head.confidentiality = mark_of(project, std::max(level_of(project), document->confidentiality), language);
  return head;
}

bool is_version(const DocumentText& text) { return text.info == &register_of<DocumentVersion>(); }
bool says_something(std::string_view text) { return text.find_first_not_of(" \n") != text.npos; }

}  // namespace

std::vector<const DocumentVersion*> versions_of(const Project& project, Id document) {
  std::vector<const DocumentVersion*> versions;
  for (const DocumentVersion& version : project.all<DocumentVersion>())
    if (version.document.id == document) versions.push_back(&version);
  std::ranges::stable_sort(versions, {}, [](const DocumentVersion* version) { return version->date; });
  return versions;
}

std::vector<DocumentText> texts_of(const Project& project, Id document, Language language) {
  std::vector<DocumentText> texts;
  for (const DocumentVersion* version : versions_of(project, document))
    texts.push_back({&register_of<DocumentVersion>(), version, &field_of<DocumentVersion>(&DocumentVersion::content), version->version, version->version + "  " + format_day(version->date, language)});
  for (const Attachment& file : project.all<Attachment>())
    if (file.record.id == document && says_something(file.extracted_text))
      texts.push_back({&register_of<Attachment>(), &file, &field_of<Attachment>(&Attachment::extracted_text), file.file_name});
  return texts;
}

Report version_report(const Project& project, const DocumentVersion& version, std::string_view content, Language language, Day today) {
  Report report(head_for(project, version.document, version.version, language, today));
  const CellTexts texts(project, language, today);
  std::vector<ReportFact> facts;
  for (const FieldInfo* field : {&field_of<DocumentVersion>(&DocumentVersion::date), &field_of<DocumentVersion>(&DocumentVersion::author), &field_of<DocumentVersion>(&DocumentVersion::change_note)})
    facts.push_back({std::string(word(field->label_key(), language)), texts.shown(*field, field->get(version), &version)});
  report.details(facts);
  if (content.empty()) report.paragraph(word("document.no_content"_key, language));
  report.formatted(content);
  return report;
}

Report comparison_report(const Project& project, Ref<Document> document, const ComparedText& earlier, const ComparedText& later, Language language, Day today) {
  Report report(head_for(project, document, earlier.name + " → " + later.name, language, today));
  const auto pieces = engine::text_difference(earlier.text, later.text);
  const auto count = [&](engine::PieceKind kind) { return format_integer(static_cast<std::int64_t>(engine::words_in(pieces, kind))); };
  const std::string numbers[] = {count(engine::PieceKind::added), count(engine::PieceKind::removed)};
  const bool differ = std::ranges::any_of(pieces, [](const auto& piece) { return piece.kind != engine::PieceKind::kept; });
  report.paragraph(differ ? phrase("document.difference"_key, numbers, language) : std::string(word("document.no_difference"_key, language)));
  report.changes(pieces);
  return report;
}

// The newest version, and the one before it, until others are chosen; of a document without versions its files.
void VersionPanel::choose(const Context& context, Id document) {
  texts_ = texts_of(context.project, document, context.language);
  const auto there = [&](Id id) { return std::ranges::contains(texts_, id, [](const DocumentText& text) { return text.part->id; }); };
  if (document_ == document && there(shown_) && (texts_.size() < 2 || there(earlier_))) return;
  document_ = document;
  shown_ = earlier_ = {};
  const auto versions = static_cast<std::size_t>(std::ranges::count_if(texts_, is_version));
  const std::size_t usual = versions > 0 ? versions : texts_.size();  // of how many the last two are chosen
  if (usual > 0) shown_ = texts_[usual - 1].part->id;
  if (texts_.size() > 1) earlier_ = texts_[usual > 1 ? usual - 2 : 1].part->id;
}

const DocumentText& VersionPanel::text_of(Id part) const {
  const auto found = std::ranges::find(texts_, part, [](const DocumentText& text) { return text.part->id; });
  return found == texts_.end() ? texts_.front() : *found;
}

// room_beside: for the buttons at the right.
void VersionPanel::pick(const char* id, const std::string& label, float room_beside, Id& chosen) {
  ButtonOptions options{.small = true, .opens_menu = true};
  const std::string shown = labelled(label, id);
  options.width = std::min(button_width(shown, options), std::max(120.0f, ImGui::GetContentRegionAvail().x - room_beside));
  if (button(shown, options)) open_menu(id);
  if (!begin_menu(id)) return;
  for (const DocumentText& one : texts_)
    if (menu_item(labelled(one.dated.empty() ? one.name : one.dated, std::string(id) + "." + one.part->id.text()), {.checked = one.part->id == chosen})) chosen = one.part->id;
  end_menu();
}

void VersionPanel::draw(Context& context, Id document) {
  choose(context, document);
  const bool has_version = !texts_.empty() && is_version(texts_.front());
  if (!has_version && texts_.size() < 2) return;  // one file is opened where it is attached
  const std::string& name = text_of(shown_).name;
  pick("version.shown", is_version(text_of(shown_)) ? context.text("document.version"_key, {name}) : name, 190, shown_);
  if (is_version(text_of(shown_))) draw_version(context, text_of(shown_));
  if (texts_.size() > 1) draw_comparing(context);
  gap(0.75f);
}

void VersionPanel::draw_version(Context& context, const DocumentText& text) {
  ImGui::SameLine(0, 6);
  const bool show = button(labelled(context.text("report.show"_key), "version.show"), {.icon = icon::eye, .small = true});
  ImGui::SameLine(0, 6);
  const bool print = button(labelled(context.text("report.print"_key), "version.print"), {.icon = icon::print, .small = true});
  if (!show && !print) return;
  const auto content = opened_content(context, text);
  if (!content) return;
  const auto& version = static_cast<const DocumentVersion&>(*text.part);
  const auto html = version_report(context.project, version, *content, context.language, context.today).html();
  if (print) note_leaving(context, version), context.platform.print(html);
  else context.platform.show_document(html);
}

void VersionPanel::draw_comparing(Context& context) {
  pick("version.earlier", context.text("document.compared_with"_key, {text_of(earlier_).name}), 130, earlier_);
  ImGui::SameLine(0, 6);
  const bool other = earlier_ != shown_;
  if (!button(labelled(context.text("document.compare"_key), "version.compare"), {.icon = icon::compare, .enabled = other, .small = true})) return;
  const DocumentText &earlier = text_of(earlier_), &later = text_of(shown_);
  const auto before = opened_content(context, earlier);
  if (!before) return;
  const auto after = opened_content(context, later);
  if (after) context.platform.show_document(comparison_report(context.project, {document_}, {earlier.name, *before}, {later.name, *after}, context.language, context.today).html());
}

}  // namespace pmo::desks
