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
      static constexpr int accruals[] = {1, 3, 2};  // by Accrual
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
      put(node, "AccrueAt", accruals[static_cast<int>(resource.accrual)]);
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
      // Periods of availability hold the units that were changed here.
      if (resource.written.find(field_of<Resource>(&Resource::maximum_units).index) && !resource.available_from && !resource.available_to)
        to_.outdated += node.remove_child("AvailabilityPeriods");
    }
  }

 private:
  // Cost rate table A: the rates over time; the other tables come back with the rest.
  void write_rates(xml_node node, const Resource& resource) const {
    std::vector<const ResourceRate*> rates;
    for (const auto* part : to_.project.table(register_of<ResourceRate>()).parts_of(resource.id)) rates.push_back(static_cast<const ResourceRate*>(part));
    if (rates.empty()) return;
    sort_stably(rates, {}, &ResourceRate::valid_from);
    auto list = node.append_child("Rates");
    for (std::size_t i = 0; i < rates.size(); ++i) {
      auto one = list.append_child("Rate");
      put_moment(one, "RatesFrom", Minute::at(rates[i]->valid_from));
      const auto to = i + 1 < rates.size() ? Minute{Minute::at(rates[i + 1]->valid_from).value - 1} : Minute::at(open_to, 23 * 60 + 59);
      put_moment(one, "RatesTo", to);
      put(one, "RateTable", 0);
      put(one, "StandardRate", to_.rate(rates[i]->standard_rate));
      put(one, "StandardRateFormat", resource.kind == ResourceKind::material ? 8 : 2);
      put(one, "OvertimeRate", to_.rate(rates[i]->overtime_rate));
      put(one, "OvertimeRateFormat", 2);
      to_.put_cost(one, "CostPerUse", rates[i]->cost_per_use);
    }
  }
  static void write_availability(xml_node node, const Resource& resource) {
    if (!resource.available_from && !resource.available_to) return;
    auto period = node.append_child("AvailabilityPeriods").append_child("AvailabilityPeriod");
    put_moment(period, "AvailableFrom", Minute::at(resource.available_from.value_or(open_from)));
    put_moment(period, "AvailableTo", Minute::at(resource.available_to.value_or(open_to), 23 * 60 + 59));
    put(period, "AvailableUnits", share(resource.maximum_units));
  }

  Writing& to_;
};

}  // namespace

void write_resources(Writing& to, xml_node root) { ResourcesWriter(to).write(root); }

}  // namespace pmo::storage::mspdi
