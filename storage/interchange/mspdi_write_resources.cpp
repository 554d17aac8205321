#include <format>

#include "app/model/sort_stably.h"
#include "storage/interchange/mspdi_writing.h"

namespace pmo::storage::mspdi {
namespace {

class ResourcesWriter {
 public:
  explicit ResourcesWriter(Writing& to) : to_(to) {}

  void write(xml_node root) {
    auto list = root.append_child("Resources");
    for (const auto& resource : to_.project.all<Resource>()) {
      auto node = list.append_child("Resource");
      const auto number = to_.number_of(Ref<Resource>{resource.id});
      put(node, "UID", number);
      put(node, "ID", number);
      put(node, "Name", resource.name);
      put(node, "Type", resource.kind == ResourceKind::cost ? 2 : resource.kind == ResourceKind::material ? 0 : 1);
      put_flag(node, "IsNull", false);
      put_some(node, "MaterialLabel", resource.unit);
      put_some(node, "Group", resource.group);
      put(node, "MaxUnits", share(resource.maximum_units));
      put(node, "AccrueAt", accrual_number(resource.accrual));
      put(node, "StandardRate", to_.rate(resource.standard_rate));
      put(node, "StandardRateFormat", resource.kind == ResourceKind::material ? 8 : 2);
      put(node, "OvertimeRate", to_.rate(resource.overtime_rate));
      put(node, "OvertimeRateFormat", 2);
      to_.put_cost(node, "CostPerUse", resource.cost_per_use);
      if (const auto own = to_.own_calendars.find(resource.id); own != to_.own_calendars.end()) put(node, "CalendarUID", own->second);
      else if (resource.calendar) put(node, "CalendarUID", to_.number_of(resource.calendar));
      put_some(node, "Notes", resource.notes);
      to_.write_custom_values(node, register_of<Resource>(), resource, "ExtendedAttribute");
      to_.write_custom_values(node, register_of<Resource>(), resource, "OutlineCode");
      put_flag(node, "IsCostResource", resource.kind == ResourceKind::cost);
      write_availability(node, resource);
      write_rates(node, resource);
      to_.give(node, resource.id, resource_elements);
      // Periods that an earlier version kept as they came hold the units that were changed here.
      const bool own_periods = resource.available_from || resource.available_to || !parts<AvailabilityPeriod>(resource).empty();
      if (resource.written.find(field_of<Resource>(&Resource::maximum_units).index) && !own_periods)
        to_.outdated += node.remove_child("AvailabilityPeriods");
    }
  }

 private:
  template <class R>
  std::vector<const R*> parts(const Resource& resource) const {
    std::vector<const R*> list;
    for (const auto* part : to_.project.table(register_of<R>()).parts_of(resource.id)) list.push_back(static_cast<const R*>(part));
    return list;
  }

  // The cost rate tables, one after another. Table A begins with the rates of the resource itself, until its first dated one.
  void write_rates(xml_node node, const Resource& resource) const {
    auto rates = parts<ResourceRate>(resource);
    std::erase_if(rates, [](const ResourceRate* rate) { return rate->status != EntryStatus::in_use; });
    if (rates.empty()) return;
    sort_stably(rates, {}, [](const ResourceRate* rate) { return std::pair(rate->table, rate->valid_from); });
    auto list = node.append_child("Rates");
    const ResourceRate& first = *rates.front();
    if (first.table == CostRateTable::a && first.valid_from > open_from)
      write_rate(list, resource, CostRateTable::a, open_from, first.valid_from, resource);
    for (std::size_t i = 0; i < rates.size(); ++i) {
      const bool last = i + 1 == rates.size() || rates[i + 1]->table != rates[i]->table;
      write_rate(list, resource, rates[i]->table, rates[i]->valid_from, last ? open_to + 1 : rates[i + 1]->valid_from, *rates[i]);
    }
  }
  template <class Rated>
  void write_rate(xml_node list, const Resource& resource, CostRateTable table, Day from, Day next, const Rated& rated) const {
    auto one = list.append_child("Rate");
    put_moment(one, "RatesFrom", Minute::at(from));
    put_moment(one, "RatesTo", Minute::at(next) - 1);
    put(one, "RateTable", static_cast<int>(table));
    put(one, "StandardRate", to_.rate(rated.standard_rate));
    put(one, "StandardRateFormat", resource.kind == ResourceKind::material ? 8 : 2);
    put(one, "OvertimeRate", to_.rate(rated.overtime_rate));
    put(one, "OvertimeRateFormat", 2);
    to_.put_cost(one, "CostPerUse", rated.cost_per_use);
  }

  void write_availability(xml_node node, const Resource& resource) const {
    auto periods = parts<AvailabilityPeriod>(resource);
    sort_stably(periods, {}, &AvailabilityPeriod::first);
    if (periods.empty() && !resource.available_from && !resource.available_to) return;
    auto list = node.append_child("AvailabilityPeriods");
    const auto put_period = [&](std::optional<Day> first, std::optional<Day> last, Permille units) {
      auto period = list.append_child("AvailabilityPeriod");
      put_moment(period, "AvailableFrom", Minute::at(first.value_or(open_from)));
      put_moment(period, "AvailableTo", Minute::at(last.value_or(open_to), 23 * 60 + 59));
      put(period, "AvailableUnits", share(units));
    };
    if (periods.empty()) return put_period(resource.available_from, resource.available_to, resource.maximum_units);
    for (const AvailabilityPeriod* period : periods) {
      const auto first = std::max(period->first, resource.available_from);  // none is before every day
      const auto last = period->last && resource.available_to ? std::min(period->last, resource.available_to) : period->last ? period->last : resource.available_to;
      if (!first || !last || *first <= *last) put_period(first, last, period->units);
    }
  }

  Writing& to_;
};

}  // namespace

void write_resources(Writing& to, xml_node root) { ResourcesWriter(to).write(root); }

}  // namespace pmo::storage::mspdi
