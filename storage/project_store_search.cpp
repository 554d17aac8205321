// The search index of a stored project.
#include <algorithm>
#include <format>

#include "app/model/records/common.h"
#include "storage/id_bytes.h"
#include "storage/project_store.h"

namespace pmo::storage {
namespace {

// The full-text index is addressed by row number: 62 random bits of the identifier.
std::int64_t search_row(Id id) { return static_cast<std::int64_t>(id.low & 0x3fff'ffff'ffff'ffff); }

bool is_searchable(const FieldInfo& field) { return field.kind == Kind::text && (!field.options.hidden || field.options.searched); }

std::vector<std::string> split_words(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : text) {
    if (c != ' ' && c != '\t' && c != '\n') { word += c; continue; }
    if (!word.empty()) words.push_back(std::exchange(word, {}));
  }
  if (!word.empty()) words.push_back(word);
  return words;
}

std::size_t characters(std::string_view utf8) {
  return static_cast<std::size_t>(std::ranges::count_if(utf8, [](char c) { return (c & 0xc0) != 0x80; }));
}

std::string escaped(std::string_view text, char what, std::string_view with) {
  std::string out;
  for (const char c : text) {
    if (c == what) out += with;
    else out += c;
  }
  return out;
}

// An index query needs three characters a word; otherwise every word is looked for by LIKE.
std::string like_pattern(const std::string& word) {
  auto text = escaped(word, '\\', "\\\\");
  text = escaped(text, '%', "\\%");
  return "%" + escaped(text, '_', "\\_") + "%";
}

std::string around(std::string_view text, std::string_view word) {
  const auto at = text.find(word);
  if (at == std::string_view::npos) return std::string(text.substr(0, std::min<std::size_t>(text.size(), 60)));
  auto start = at > 30 ? at - 30 : 0;
  while (start > 0 && (text[start] & 0xc0) == 0x80) --start;
  auto end = std::min(text.size(), at + word.size() + 60);
  while (end < text.size() && (text[end] & 0xc0) == 0x80) ++end;
  return (start ? "…" : "") + std::string(text.substr(start, at - start)) + "\x01" + std::string(word) + "\x02" +
         std::string(text.substr(at + word.size(), end - at - word.size())) + (end < text.size() ? "…" : "");
}

}  // namespace

Result<void> ProjectStore::remove_from_index(Id record) {
  auto remove = PMO_TRY(database_.prepare("DELETE FROM search WHERE rowid = ?"));
  return remove.bind(0, search_row(record)).run();
}

Result<void> ProjectStore::index_record(const RegisterInfo& info, const Record& record) {
  PMO_TRY_VOID(remove_from_index(record.id));
  if (record.deleted()) return {};
  std::string body;
  for (const auto& field : info.fields) {
    if (!is_searchable(field) || field.options.title) continue;
    const auto value = field.get(record);
    if (const auto& text = std::get<std::string>(value); !text.empty() && !is_sealed(text)) body += text + "\n";
  }
  const auto* title_field = info.title();
  const auto title = title_field ? std::get<std::string>(title_field->get(record)) : std::string();
  if (title.empty() && body.empty()) return {};
  auto insert = PMO_TRY(database_.prepare("INSERT INTO search (rowid, title, body, register, record) VALUES (?,?,?,?,?)"));
  insert.bind(0, search_row(record.id)).bind(1, std::string_view(title)).bind(2, std::string_view(body));
  return insert.bind(3, std::string_view(info.name)).bind_blob(4, id_bytes(record.id)).run();
}

Result<void> ProjectStore::keep_texts(const std::map<Id, std::string>& texts) {
  const auto& info = register_of<Attachment>();
  const auto& field = field_of<Attachment>(&Attachment::extracted_text);
  RecordWriter writer(project_);
  std::vector<Record*> written;
  const auto write_all_of_them = [&]() -> Result<void> {
    auto transaction = PMO_TRY(DatabaseTransaction::begin(database_));
    for (const auto& [id, text] : texts) {
      Record* file = writer.find(info, id);
      if (!file || file->deleted() || field.get(*file) != Value{std::string()}) continue;
      const bool locked = is_locked(project_, info, *file);
      if (locked && !project_.content_key()) continue;
      writer.write(info, *file, field, locked ? project_.content_key()->seal(sealing_place(id, field), text) : text);
      written.push_back(file);
      PMO_TRY_VOID(save_record(info, *file));
    }
    return transaction.commit();
  };
  auto kept = write_all_of_them();
  if (!kept)
    for (Record* file : written) writer.write(info, *file, field, std::string());
  return kept;
}

Result<std::vector<SearchHit>> ProjectStore::search(std::string_view text, std::size_t limit) const {
  const auto words = split_words(text);
  std::vector<SearchHit> hits;
  if (words.empty()) return hits;
  const bool indexed = std::ranges::all_of(words, [](const auto& word) { return characters(word) >= 3; });
  const auto run = [&](Statement& rows, bool with_snippet) -> Result<void> {
    while (PMO_TRY(rows.step())) {
      const auto* info = project_.schema().find(rows.text(0));
      if (!info) continue;
      auto excerpt = with_snippet ? std::string(rows.text(2))
                                  : around(std::string(rows.text(2)) + " " + std::string(rows.text(3)), words.front());
      hits.push_back({info, id_from_bytes(rows.blob(1)), std::move(excerpt)});
    }
    rows.reset();
    return {};
  };
  if (indexed) {
    std::string query;
    for (const auto& word : words) query += (query.empty() ? "\"" : " \"") + escaped(word, '"', "\"\"") + "\"";
    auto rows = PMO_TRY(database_.prepare(
        "SELECT register, record, snippet(search, -1, char(1), char(2), '…', 24) FROM search WHERE search MATCH ?1"
        " ORDER BY bm25(search, 4.0, 1.0) LIMIT ?2"));
    rows.bind(0, std::string_view(query)).bind(1, static_cast<std::int64_t>(limit));
    PMO_TRY_VOID(run(rows, true));
    return hits;
  }
  std::string condition;
  for (std::size_t i = 0; i < words.size(); ++i)
    condition += std::format("{}(title LIKE ?{} ESCAPE '\\' OR body LIKE ?{} ESCAPE '\\')", i ? " AND " : "", i + 2, i + 2);
  auto rows = PMO_TRY(database_.prepare("SELECT register, record, title, body FROM search WHERE " + condition + " LIMIT ?1"));
  rows.bind(0, static_cast<std::int64_t>(limit));
  for (std::size_t i = 0; i < words.size(); ++i)
    rows.bind(static_cast<int>(i) + 1, std::string_view(like_pattern(words[i])));
  PMO_TRY_VOID(run(rows, false));
  return hits;
}

}  // namespace pmo::storage
