#include <algorithm>

#include "storage/interchange/mspdi_reading.h"

namespace pmo::storage::mspdi {
namespace {

class ResourcesReader {
 public:
  explicit ResourcesReader(Reading& from) : from_(from) {}

  void read() {
    for (const auto node : from_.root.child("Resources").children("Resource")) {
      const auto name = words(node, "Name");
      if (from_.flag(node, "IsNull") || name.empty()) continue;
      const auto& resource = from_.transaction.create<Resource>([&](Resource& r) {
        r.name = name;
        const auto type = from_.whole(node, "Type", 0, 2, 1);
        r.kind = type == 2 || from_.flag(node, "IsCostResource") ? ResourceKind::cost : type == 0 ? ResourceKind::material : ResourceKind::person;
        r.group = words(node, "Group");
        r.unit = words(node, "MaterialLabel");
        r.maximum_units = {from_.thousandths(node, "MaxUnits")};
        r.calendar = Reading::known<Calendar>(from_.calendars, from_.whole(node, "CalendarUID", -1));
        r.standard_rate = from_.rate(node, "StandardRate");
        r.overtime_rate = from_.rate(node, "OvertimeRate");
        r.cost_per_use = {std::max<std::int64_t>(0, from_.money(node, "CostPerUse").value)};
        static constexpr Accrual accruals[] = {Accrual::prorated, Accrual::start, Accrual::finish, Accrual::prorated};
        r.accrual = accruals[from_.whole(node, "AccrueAt", 0, 3, 3)];
        r.notes = words(node, "Notes");
        read_availability(node, r);
      });
      from_.resources[from_.whole(node, "UID")] = resource.id;
      read_rates(node.child("Rates"), resource.id);
      from_.read_custom_values(node, register_of<Resource>(), resource);
      from_.keep_later(node, resource_elements, resource.id, node);
    }
  }

 private:
  // Table A (0) over time is ours, the tables B to E are kept.
  void read_rates(xml_node rates, Id resource) {
    std::vector<xml_node> of_table_a;
    for (const auto node : rates.children("Rate"))
      if (from_.whole(node, "RateTable", 0, 4, 0) == 0) of_table_a.push_back(node);
    const auto since = [](xml_node node) { return Minute::parse(text(node, "RatesFrom")).value_or(Minute::at(open_from)).day(); };
    if (of_table_a.size() > 1 || (of_table_a.size() == 1 && since(of_table_a[0]) > open_from)) {
      ++from_.count.rates;
      for (const auto node : of_table_a)
        from_.transaction.create<ResourceRate>([&](ResourceRate& r) {
          r.resource = {resource};
          r.valid_from = since(node);
          r.standard_rate = from_.rate(node, "StandardRate");
          r.overtime_rate = from_.rate(node, "OvertimeRate");
          r.cost_per_use = from_.money(node, "CostPerUse");
        });
    }
    for (const auto node : of_table_a) rates.remove_child(node);
    if (rates.child("Rate")) keep_as_it_is(rates);
  }

  void read_availability(xml_node node, Resource& r) {
    const auto period = node.child("AvailabilityPeriods").child("AvailabilityPeriod");
    if (period.next_sibling("AvailabilityPeriod")) {
      keep_as_it_is(node.child("AvailabilityPeriods"));
      ++from_.count.availability;
      return;
    }
    const auto from = from_.moment(period, "AvailableFrom"), to = from_.moment(period, "AvailableTo");
    if (from && from->day() > open_from) r.available_from = from->day();
    if (to && to->day() < open_to) r.available_to = to->day();
  }

  Reading& from_;
};

}  // namespace

void read_resources(Reading& from) { ResourcesReader(from).read(); }

}  // namespace pmo::storage::mspdi
