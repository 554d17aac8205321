// Resources, roles and their rates, assignments, expenses.
#include <algorithm>
#include <cmath>

#include "app/model/sort_stably.h"
#include "storage/interchange/xer_reading.h"

namespace pmo::storage::xer {

void Reading::read_resources() {
  std::map<std::string, std::string, std::less<>> unit_names;
  for (const Row& row : rows("UMEASURE")) unit_names[std::string(row.text("unit_id"))] = row.text("unit_abbrev");
  for (const Row& row : rows("RSRC")) {
    const auto& resource = transaction.create<Resource>([&](Resource& r) {
      r.name = std::string(row.text("rsrc_name"));
      if (r.name.empty()) r.name = std::string(row.text("rsrc_short_name"));
      if (r.name.empty()) r.name = "?";
      const auto type = row.text("rsrc_type");
      r.kind = type == "RT_Mat" ? ResourceKind::material : type == "RT_Equip" ? ResourceKind::equipment : ResourceKind::person;
      r.role = std::string(row.text("rsrc_title_name"));
      r.notes = text_of_html(row.text("rsrc_notes"));
      if (const auto unit = unit_names.find(row.text("unit_id")); unit != unit_names.end()) r.unit = unit->second;
      r.calendar = known<Calendar>(calendars, row.text("clndr_id"));
      if (r.calendar == settings().calendar) r.calendar = {};
    });
    resources[std::string(row.text("rsrc_id"))] = resource.id;
  }
  read_roles();
  read_rates("RSRCRATE", "rsrc_id", resources);
  read_rates("ROLERATE", "role_id", roles);
}

// Roles to which work is assigned without a person.
void Reading::read_roles() {
  std::set<std::string, std::less<>> wanted;
  for (const Row& row : of_project("TASKRSRC"))
    if (row.text("rsrc_id").empty()) wanted.emplace(row.text("role_id"));
  for (const Row& row : rows("ROLES")) {
    if (!wanted.contains(row.text("role_id"))) continue;
    ++count.roles;
    roles[std::string(row.text("role_id"))] = transaction.create<Resource>([&](Resource& r) {
      r.name = std::string(row.text("role_name"));
      if (r.name.empty()) r.name = std::string(row.text("role_short_name"));
      if (r.name.empty()) r.name = "?";
      r.role = r.name;
    }).id;
  }
}

// The rate that applies first stands; where it changes, all of them are kept, and units that change as periods.
void Reading::read_rates(std::string_view table, std::string_view id, const Ids& resources) {
  std::map<std::string, std::vector<Row>, std::less<>> by_resource;
  for (const Row& row : rows(table)) by_resource[std::string(row.text(id))].push_back(row);
  for (auto& [key, list] : by_resource) {
    const auto* resource = project.find(known<Resource>(resources, key));
    if (!resource) continue;
    sort_stably(list, {}, [](const Row& row) { return row.text("start_date"); });
    const auto rate = [&](const Row& row) { return price(row, "cost_per_qty"); };
    read_further_prices(*resource, list);
    for (const Row& row : list) prices[resource->id].insert(rate(row));
    transaction.set(*resource, &Resource::standard_rate, rate(list.front()));
    const auto units = [&](const Row& row) { return Permille{share(row, "max_qty_per_hr", 1, 1000)}; };
    if (resource->kind != ResourceKind::material) transaction.set(*resource, &Resource::maximum_units, units(list.back()));
    if (list.size() < 2) continue;
    if (resource->kind != ResourceKind::material && std::ranges::any_of(list, [&](const Row& row) { return units(row) != units(list.back()); })) read_units(*resource, list);
    for (const Row& row : list)
      if (const auto from = moment(row, "start_date"))
        transaction.create<ResourceRate>([&](ResourceRate& r) {
          r.resource = {resource->id};
          r.valid_from = from->day();
          r.standard_rate = rate(row);
        });
  }
}

Money Reading::price(const Row& row, std::string_view field) { return {std::max<std::int64_t>(0, std::llround(cost(row, field) * 100))}; }

// What P6 calls the other price types are the cost rate tables after the first.
void Reading::read_further_prices(const Resource& resource, const std::vector<Row>& list) {
  static constexpr std::pair<std::string_view, CostRateTable> types[] = {{"cost_per_qty2", CostRateTable::b}, {"cost_per_qty3", CostRateTable::c},
                                                                         {"cost_per_qty4", CostRateTable::d}, {"cost_per_qty5", CostRateTable::e}};
  for (const auto& [field, table] : types) {
    if (std::ranges::none_of(list, [&](const Row& row) { return price(row, field).value > 0; })) continue;
    for (const Row& row : list)
      transaction.create<ResourceRate>([&](ResourceRate& r) {
        r.resource = {resource.id};
        r.table = table;
        r.valid_from = moment(row, "start_date").value_or(Minute::at(mspdi::open_from)).day();
        r.standard_rate = price(row, field);
        prices[resource.id].insert(r.standard_rate);
      });
  }
}

void Reading::read_units(const Resource& resource, const std::vector<Row>& list) {
  const auto day = [&](const Row& row) {
    const auto from = moment(row, "start_date");
    return from ? std::optional(from->day()) : std::nullopt;
  };
  for (std::size_t i = 0; i < list.size(); ++i) {
    const auto next = i + 1 < list.size() ? day(list[i + 1]) : std::nullopt;
    transaction.create<AvailabilityPeriod>([&](AvailabilityPeriod& p) {
      p.resource = {resource.id};
      if (i > 0) p.first = day(list[i]);
      if (next) p.last = *next - 1;
      p.units = {share(list[i], "max_qty_per_hr", 1, 1000)};
    });
  }
}

void Reading::read_assignments() {
  for (const Row& row : of_project("TASKRSRC")) {
    const auto task = known<Task>(tasks, row.text("task_id"));
    const bool role = row.text("rsrc_id").empty();
    const auto* resource = project.find(role ? known<Resource>(roles, row.text("role_id")) : known<Resource>(resources, row.text("rsrc_id")));
    if (!task || !resource) {
      ++count.unknown;
      continue;
    }
    count.curves += !row.text("curv_id").empty();
    const auto own_price = price(row, "cost_per_qty");
    count.prices += own_price.value > 0 && !prices[resource->id].contains(own_price);
    const auto& assignment = transaction.create<Assignment>([&](Assignment& a) {
      a.task = task;
      a.resource = {resource->id};
      if (const auto type = row.text("rate_type"); type.size() == 13 && type.starts_with("COST_PER_QTY"))
        a.rate_table = static_cast<CostRateTable>(std::clamp(type.back() - '1', 0, 4));
      a.units = {share(row, "target_qty_per_hr", 1, 1000)};
      a.delay = work(row, "target_lag_drtn_hr_cnt");
      if (resource->kind == ResourceKind::material) {
        a.quantity = Number{std::llround(std::max(0.0, decimal(row, "target_qty")) * static_cast<double>(number_scale))};
        return;
      }
      a.work = work(row, "target_qty");
      a.actual_work = {std::max<std::int64_t>(0, minutes(row, "act_reg_qty") + minutes(row, "act_ot_qty"))};
      a.remaining_work = work(row, "remain_qty");
    });
    assignments.try_emplace(std::string(row.text("taskrsrc_id")), assignment.id);
  }
}

void Reading::read_expenses() {
  std::map<Id, double> costs;
  for (const Row& row : of_project("PROJCOST"))
    if (const auto task = known<Task>(tasks, row.text("task_id"))) {
      ++count.expenses;
      costs[task.id] += cost(row, "act_cost") + (row.text("remain_cost").empty() ? std::max(0.0, cost(row, "target_cost") - cost(row, "act_cost")) : cost(row, "remain_cost"));
    }
  constexpr double most = 1e15;
  for (const auto& [task, sum] : costs) transaction.set(*project.find(Ref<Task>{task}), &Task::fixed_cost, Money{std::llround(std::clamp(sum, -most, most) * 100)});
}

}  // namespace pmo::storage::xer
