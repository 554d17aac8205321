// `registers`: every register and field with kind and both labels.
#include <format>

#include "app/cli/command.h"
#include "app/cli/json.h"
#include "app/cli/output.h"

namespace pmo::cli {
namespace {

Json labels(Key key) { return {{"en", word(key, Language::english)}, {"zh-CN", word(key, Language::chinese)}}; }

Json field_json(const FieldInfo& field) {
  Json json{{"name", field.name}, {"kind", enum_name(field.kind)}, {"label", labels(field.label_key())}};
  if (field.options.required) json["required"] = true;
  if (field.options.confidential) json["confidential"] = true;
  if (field.kind == Kind::reference || field.kind == Kind::references)
    json["target"] = field.target.empty() ? "any" : field.target;
  for (const auto choice : field.choices)
    json["choices"].push_back({{"name", choice}, {"label", labels(field.choice_key(choice))}});
  return json;
}

Json register_json(const RegisterInfo& info) {
  Json json{{"name", info.name}, {"desk", enum_name(info.desk)}, {"label", labels(info.label_key())},
            {"one", labels(info.one_key())}, {"about", labels(info.about_key())}};
  if (!info.prefix.empty()) json["prefix"] = info.prefix;
  for (const auto& field : info.fields) json["fields"].push_back(field_json(field));
  return json;
}

// What every record has beside its own fields.
Json common_json() {
  Json list = Json::array();
  const std::pair<const char*, Key> common[] = {{"number", "report.number"_key}, {"created", "form.created"_key}, {"updated", "form.updated"_key},
                                                {"links", "register.relation"_key}, {"used_by", "form.uses"_key},
                                                {"attachments", "register.attachment"_key}, {"history", "form.history"_key}};
  for (const auto& [name, key] : common) list.push_back({{"name", name}, {"label", labels(key)}});
  return list;
}

}  // namespace

Result<void> list_registers(Session& session) {
  if (session.json()) {
    Json list = Json::array();
    for (const auto* info : product_schema().registers()) list.push_back(register_json(*info));
    print_line(lines_of(Json{{"every_record", common_json()}, {"registers", list}}));
    return {};
  }
  for (const auto* info : product_schema().registers()) {
    print_line(std::format("{}  {}", info->name, word(info->label_key(), session.language)));
    for (const auto& field : info->fields)
      print_line(std::format("    {}  {}  {}", field.name, enum_name(field.kind), word(field.label_key(), session.language)));
  }
  return {};
}

}  // namespace pmo::cli
