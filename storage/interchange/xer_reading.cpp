#include "storage/interchange/xer_reading.h"

#include <algorithm>
#include <cmath>
#include <format>

#include "app/model/utf8.h"

namespace pmo::storage::xer {

Reading::Reading(Project& into, const Tables& from)
    : project(into), tables(from), transaction(into, "transaction.import"_key, {}), task_notes(notebooks(from, "TASKMEMO", "task_id")),
      wbs_notes(notebooks(from, "WBSMEMO", "wbs_id")) {}

std::vector<Row> Reading::of_project(std::string_view table) const {
  auto list = rows(table);
  std::erase_if(list, [&](const Row& row) { return row.text("proj_id") != project_id; });
  return list;
}

void Reading::wrong(const Row& row, std::string_view field) {
  if (error) return;
  const auto table = std::ranges::find_if(tables, [&](const auto& entry) { return &entry.second == row.table; });
  error = Error{"error.mspdi.value"_key, {std::string(cut_to_bytes(row.text(field), 60))}, std::format("{} {}: {}", table->first, row.number + 1, field)};
}

// P6 writes no marks between thousands, and before the decimals the one of the machine.
double Reading::decimal(const Row& row, std::string_view field, double otherwise, double most) {
  std::string raw(row.text(field));
  if (raw.empty()) return otherwise;
  std::ranges::replace(raw, ',', '.');
  const auto value = mspdi::decimal(raw);
  if (!value || std::abs(*value) > most) wrong(row, field);
  return value && std::abs(*value) <= most ? *value : otherwise;
}

std::int64_t Reading::minutes(const Row& row, std::string_view field) { return std::llround(decimal(row, field) * 60); }

WorkMinutes Reading::work(const Row& row, std::string_view field) { return {std::max<std::int64_t>(0, minutes(row, field))}; }

std::int32_t Reading::share(const Row& row, std::string_view field, double otherwise, double scale) {
  return static_cast<std::int32_t>(std::lround(std::clamp(decimal(row, field, otherwise) * scale, 0.0, 1e6)));
}

std::optional<Minute> Reading::moment(const Row& row, std::string_view field) {
  std::string raw(row.text(field));
  if (raw.empty()) return {};
  std::ranges::replace(raw, ' ', 'T');
  const auto parsed = Minute::parse(raw);
  if (!parsed) wrong(row, field);
  return parsed;
}

}  // namespace pmo::storage::xer
