// The constraints of activities. A task of ours has one and a deadline; "finish on or before" beside another one is the
// deadline. What has no place stands in a custom field.
#include <algorithm>

#include "app/words/words.h"
#include "storage/interchange/xer_reading.h"

namespace pmo::storage::xer {
namespace {

// All but the mandatory ones give way to links in P6.
struct NamedConstraint {
  std::string_view name;
  ConstraintType type;
  bool gives_way = false;
};
constexpr NamedConstraint named_constraints[] = {
    {"CS_MSO", ConstraintType::must_start_on, true},     {"CS_MANDSTART", ConstraintType::must_start_on},
    {"CS_MEO", ConstraintType::must_finish_on, true},    {"CS_MANDFIN", ConstraintType::must_finish_on},
    {"CS_MSOA", ConstraintType::start_no_earlier_than},  {"CS_MSOB", ConstraintType::start_no_later_than, true},
    {"CS_MEOA", ConstraintType::finish_no_earlier_than}, {"CS_MEOB", ConstraintType::finish_no_later_than, true},
    {"CS_ALAP", ConstraintType::as_late_as_possible}};

struct GivenConstraint {
  const NamedConstraint* kind = nullptr;
  std::optional<Minute> date;

  bool is(std::string_view name) const { return kind && kind->name == name; }
};

}  // namespace

void Reading::read_constraints(const Row& row, Task& t) {
  const auto given = [&](const char* type, const char* date) {
    const auto name = row.text(type);
    const auto* found = std::ranges::find(named_constraints, name, &NamedConstraint::name);
    if (!name.empty() && found == std::end(named_constraints)) wrong(row, type);
    return GivenConstraint{found == std::end(named_constraints) ? nullptr : found, moment(row, date)};
  };
  GivenConstraint first = given("cstr_type", "cstr_date"), second = given("cstr_type2", "cstr_date2");
  if (second.kind && first.is("CS_MEOB")) std::swap(first, second);
  if (first.kind) {
    t.constraint = first.kind->type;
    t.constraint_date = first.date;
    t.constraint_gives_way = first.kind->gives_way;
  }
  const auto date_text = [](std::optional<Minute> date) { return date ? date->day().text() : std::string(); };
  if (second.is("CS_MEOB") && second.date) {
    t.deadline = second.date;
  } else if (second.kind) {
    const FieldInfo& field = field_of<Task>(&Task::constraint);
    const std::string type(word(field.choice_key(enum_name(second.kind->type)), Language::english));
    keep_text(row, "xer.field.second_constraint"_key, type + " " + date_text(second.date));
    ++count.constraints;
  }
  if (const auto expected = moment(row, "expect_end_date")) {
    keep_text(row, "xer.field.expected_finish"_key, date_text(expected));
    ++count.constraints;
  }
}

void Reading::keep_text(const Row& row, Key name, std::string text) {
  kept_texts[name].values[std::string(row.text("task_id"))] = std::move(text);
}

}  // namespace pmo::storage::xer
