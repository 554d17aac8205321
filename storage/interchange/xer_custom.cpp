#include "storage/interchange/xer_custom.h"

#include <algorithm>
#include <format>

#include "app/model/format.h"

namespace pmo::storage::xer {
namespace {

CustomFieldKind kind_of(std::string_view type) {
  if (type == "FT_START_DATE" || type == "FT_END_DATE") return CustomFieldKind::date;
  if (type == "FT_INT" || type == "FT_FLOAT_2_DECIMALS") return CustomFieldKind::number;
  if (type == "FT_MONEY") return CustomFieldKind::cost;
  return type == "FT_STATICTYPE" ? CustomFieldKind::code : CustomFieldKind::text;
}

// What codes are called in their table, with those above them: "Site.North".
struct CodeTables {
  std::string_view register_table, types, type_id, type_name, codes, code_id, code_name, parent, values, record;
};
constexpr CodeTables code_tables[] = {
    {"TASK", "ACTVTYPE", "actv_code_type_id", "actv_code_type", "ACTVCODE", "actv_code_id", "actv_code_name", "parent_actv_code_id", "TASKACTV", "task_id"},
    {"RSRC", "RCATTYPE", "rsrc_catg_type_id", "rsrc_catg_type", "RCATVAL", "rsrc_catg_id", "rsrc_catg_name", "parent_rsrc_catg_id", "RSRCRCAT", "rsrc_id"}};

std::map<std::string, std::string> code_texts(const Tables& tables, const CodeTables& names) {
  std::map<std::string, std::pair<std::string, std::string>> codes;  // text and parent
  for (const Row& row : rows_of(tables, names.codes)) {
    std::string text(row.text(names.code_name));
    if (text.empty()) text = row.text("short_name");
    codes[std::string(row.text(names.code_id))] = {text, std::string(row.text(names.parent))};
  }
  std::map<std::string, std::string> texts;
  for (const auto& [id, code] : codes) {
    std::string text = code.first;
    auto parent = codes.find(code.second);
    for (int depth = 0; parent != codes.end() && depth < 50; ++depth) {
      text = parent->second.first + "." + text;
      parent = codes.find(parent->second.second);
    }
    texts[id] = text;
  }
  return texts;
}

}  // namespace

std::vector<AddedField> user_defined_fields(const Tables& tables) {
  std::vector<AddedField> fields;
  std::map<std::string, std::size_t, std::less<>> by_id;
  for (const Row& row : rows_of(tables, "UDFTYPE")) {
    const std::string id(row.text("udf_type_id"));
    by_id[id] = fields.size();
    fields.push_back({.name = std::string(row.text("udf_type_label")), .source = "UDF " + id, .table = std::string(row.text("table_name")),
                      .kind = kind_of(row.text("logical_data_type")), .values = {}});
    if (fields.back().name.empty()) fields.back().name = fields.back().source;
  }
  for (const Row& row : rows_of(tables, "UDFVALUE")) {
    const auto field = by_id.find(row.text("udf_type_id"));
    if (field == by_id.end()) continue;
    std::string value;
    for (const auto* part : {"udf_text", "udf_number", "udf_date", "udf_code_id"})
      if (value.empty()) value = row.text(part);
    if (!value.empty()) fields[field->second].values[std::string(row.text("fk_id"))] = value;
  }
  std::erase_if(fields, [](const AddedField& field) { return field.values.empty(); });
  return fields;
}

std::vector<AddedField> codes(const Tables& tables) {
  std::vector<AddedField> fields;
  for (const CodeTables& names : code_tables) {
    const auto texts = code_texts(tables, names);
    std::map<std::string, std::size_t, std::less<>> by_id;
    for (const Row& row : rows_of(tables, names.types)) {
      by_id[std::string(row.text(names.type_id))] = fields.size();
      fields.push_back({.name = std::string(row.text(names.type_name)), .source = std::format("{} {}", names.types, row.text(names.type_id)),
                        .table = std::string(names.register_table), .kind = CustomFieldKind::code, .values = {}});
      if (fields.back().name.empty()) fields.back().name = fields.back().source;
    }
    for (const Row& row : rows_of(tables, names.values)) {
      const auto field = by_id.find(row.text(names.type_id));
      const auto text = texts.find(std::string(row.text(names.code_id)));
      if (field != by_id.end() && text != texts.end()) fields[field->second].values[std::string(row.text(names.record))] = text->second;
    }
  }
  std::erase_if(fields, [](const AddedField& field) { return field.values.empty(); });
  return fields;
}

std::string text_of_html(std::string_view html) {
  std::string text;
  for (std::size_t i = 0; i < html.size(); ++i) {
    if (html[i] == '\x7f') {  // P6's line end
      if (!text.ends_with('\n')) text += '\n';
    } else if (html[i] == '<') {
      const auto end = std::min(html.find('>', i), html.size());
      const std::string tag = lower(html.substr(i + 1, end - i - 1));
      if ((tag.starts_with("br") || tag.starts_with("p") || tag.starts_with("/p") || tag.starts_with("div") || tag.starts_with("li")) && !text.empty() && !text.ends_with('\n')) text += '\n';
      i = end;
    } else if (html[i] == '&') {
      constexpr std::pair<std::string_view, std::string_view> entities[] = {{"&lt;", "<"}, {"&gt;", ">"}, {"&amp;", "&"}, {"&quot;", "\""}, {"&nbsp;", " "}, {"&#39;", "'"}};
      const auto known = std::ranges::find_if(entities, [&](const auto& entity) { return html.substr(i).starts_with(entity.first); });
      if (known == std::end(entities)) text += '&';
      else text += known->second, i += known->first.size() - 1;
    } else {
      text += html[i];
    }
  }
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
  return text;
}

std::map<std::string, std::string> notebooks(const Tables& tables, std::string_view table, std::string_view id_field) {
  std::map<std::string, std::string, std::less<>> topics;
  for (const Row& row : rows_of(tables, "MEMOTYPE")) topics[std::string(row.text("memo_type_id"))] = row.text("memo_type");
  std::map<std::string, std::string> notes;
  for (const Row& row : rows_of(tables, table)) {
    const std::string content = text_of_html(row.text(table == "TASKMEMO" ? "task_memo" : "wbs_memo"));
    if (content.empty()) continue;
    auto& note = notes[std::string(row.text(id_field))];
    if (!note.empty()) note += "\n\n";
    if (const auto topic = topics.find(row.text("memo_type_id")); topic != topics.end() && !topic->second.empty()) note += "**" + topic->second + "**\n\n";
    note += content;
  }
  return notes;
}

}  // namespace pmo::storage::xer
