#include "storage/interchange/mspdi_reading.h"

#include <algorithm>
#include <cmath>
#include <format>

#include "app/engine/schedule/plan_of_project.h"
#include "app/model/utf8.h"

namespace pmo::storage::mspdi {

Reading::Reading(Project& into, xml_node from)
    : project(into), root(from), transaction(into, "transaction.import"_key, {words(from, "Name")}),
      minor_units_(std::pow(10.0, static_cast<double>(whole(from, "CurrencyDigits", 0, 4, 2)))) {}

void Reading::wrong(xml_node node, const char* name) {
  if (error) return;
  error = Error{"error.mspdi.value"_key, {std::string(cut_to_bytes(text(node, name), 60))},
                std::format("{} {}: {}", node.name(), text(node, "UID"), name)};
}

std::int64_t Reading::whole(xml_node node, const char* name, std::int64_t least, std::int64_t most, std::int64_t otherwise) {
  const auto number = whole(node, name, otherwise);
  if (number < least || number > most) wrong(node, name);
  return std::clamp(number, least, most);
}

std::optional<WorkMinutes> Reading::some_minutes(xml_node node, const char* name) {
  if (text(node, name).empty()) return {};
  return WorkMinutes{minutes(node, name)};
}

// MS Project writes the first moment of 1984 for "none". Others add parts of seconds or a time zone, which a plan has not.
std::optional<Minute> Reading::moment(xml_node node, const char* name) {
  constexpr std::size_t seconds_end = 19;
  auto raw = text(node, name);
  if (raw.size() > seconds_end && std::string_view(".Z+-").contains(raw[seconds_end])) raw = raw.substr(0, seconds_end);
  if (raw.empty() || raw.starts_with("1984-01-01T00:00")) return {};
  const auto parsed = Minute::parse(raw);
  if (!parsed) wrong(node, name);
  return parsed;
}

Money Reading::money(xml_node node, const char* name) {
  const auto raw = text(node, name);
  if (raw.empty()) return {};
  const auto parsed = money_of(raw, minor_units_);
  if (!parsed) wrong(node, name);
  return parsed.value_or(Money{});
}

Money Reading::rate(xml_node node, const char* name) { return {std::max<std::int64_t>(0, std::llround(value(node, name, decimal, 0.0) * minor_units_))}; }

std::int32_t Reading::thousandths(xml_node node, const char* name) {
  return static_cast<std::int32_t>(std::clamp(value(node, name, decimal, 1.0), 0.0, 1000.0) * 1000 + 0.5);
}

Accrual Reading::accrual(xml_node node, const char* name) {
  static constexpr Accrual accruals[] = {Accrual::prorated, Accrual::start, Accrual::finish, Accrual::prorated};
  return accruals[whole(node, name, 0, 3, 3)];
}

Id Reading::named(const RegisterInfo& info, const std::string& title) {
  const auto [at, added] = named_.try_emplace({&info, title});
  if (!added) return at->second;
  const Record& record = transaction.create_record(info, {});
  static_cast<void>(transaction.set(record, info, *info.title(), title));
  return at->second = record.id;
}

const engine::WorkTime& Reading::time_of(const Task& task) {
  const auto calendar = task.calendar ? task.calendar : settings().calendar;
  auto& slot = times_[calendar.id];
  if (!slot) {
    const auto plan = engine::plan_of(project);
    const auto found = std::ranges::find(plan.calendar_ids, calendar.id);
    const auto standard = engine::standard_calendar();
    slot = found == plan.calendar_ids.end()
               ? engine::WorkTime::compile(std::span(&standard, 1), 0)
               : engine::WorkTime::compile(plan.calendars, static_cast<engine::Index>(found - plan.calendar_ids.begin()));
  }
  return *slot;
}

void Reading::keep(xml_node node, const Elements& elements, Id record, xml_node anchor, std::string_view form) {
  auto content = leftover(node, elements, anchor, kept);
  if (!content.empty()) add_foreign(record, form, std::move(content));
}

void Reading::add_foreign(Id record, std::string_view form, std::string content) {
  transaction.create<ForeignData>([&](ForeignData& data) {
    data.record = {record};
    data.form = form;
    data.content = std::move(content);
  });
}

void Reading::keep_the_rest() {
  keep(root, project_elements, settings().id, root);
  for (const auto& [node, id, elements, anchor] : rest_) keep(node, *elements, id, anchor);
  if (summary_task) keep(summary_task, task_elements, settings().id, summary_task, summary_task_form);
}

}  // namespace pmo::storage::mspdi
