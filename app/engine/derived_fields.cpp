#include "app/engine/derived_fields.h"

#include "app/engine/risk/risk.h"

namespace pmo::engine {
namespace {

// A value that a register could have as a member, or none.
template <class T, class R, std::optional<T> (*compute)(const Project&, const R&)>
FieldInfo derived(std::string_view name, Key label) {
  FieldInfo field{shape_of<std::optional<T>>};
  field.name = name;
  field.label = label.name;
  field.index = 0xfffe;  // no place in the description, and none in the choices that projects add
  field.derived = [](const Project& project, const Record& record) { return FieldType<std::optional<T>>::read(compute(project, static_cast<const R&>(record))); };
  return field;
}

std::optional<std::int64_t> score(const Project&, const Risk& risk) { return risk_score(risk); }
std::optional<std::int64_t> score_left(const Project&, const Risk& risk) { return residual_score(risk); }
std::optional<Money> value_expected(const Project& project, const Risk& risk) { return expected_value(risk, usual_shape(project)); }
std::optional<RiskLevel> level(const Project& project, const Risk& risk) {
  const auto of = risk_score(risk);
  return of ? std::optional(risk_level(of, risk_scale_of(project))) : std::nullopt;
}

const std::vector<FieldInfo>& of_risks() {
  static const std::vector<FieldInfo> fields{
      derived<std::int64_t, Risk, score>("score", "risk.score"_key), derived<RiskLevel, Risk, level>("level", "risk.level"_key),
      derived<Money, Risk, value_expected>("expected_value", "risk.expected_value"_key), derived<std::int64_t, Risk, score_left>("residual_score", "risk.residual_score"_key)};
  return fields;
}

}  // namespace

std::span<const FieldInfo> derived_fields(const RegisterInfo& info) {
  if (&info == &register_of<Risk>()) return of_risks();
  return {};
}

const FieldInfo* find_field(const RegisterInfo& info, std::string_view name) {
  if (const FieldInfo* own = info.find(name)) return own;
  for (const FieldInfo& field : derived_fields(info))
    if (field.name == name) return &field;
  return nullptr;
}

}  // namespace pmo::engine
