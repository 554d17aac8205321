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
        r.accrual = from_.accrual(node, "AccrueAt");
        r.notes = words(node, "Notes");
      });
      from_.resources[from_.whole(node, "UID")] = resource.id;
      read_availability(node, resource);
      read_rates(node.child("Rates"), resource);
      from_.read_custom_values(node, register_of<Resource>(), resource);
      from_.keep_later(node, resource_elements, resource.id, node);
    }
  }

 private:
  // The rates of table A (0) from the beginning on are those of the resource itself, unless it says otherwise.
  void read_rates(xml_node rates, const Resource& resource) {
    bool some = false;
    for (const auto node : rates.children("Rate")) {
      const auto table = static_cast<CostRateTable>(from_.whole(node, "RateTable", 0, 4, 0));
      const Day since = Minute::parse(text(node, "RatesFrom")).value_or(Minute::at(open_from)).day();
      const Money standard = from_.rate(node, "StandardRate"), overtime = from_.rate(node, "OvertimeRate");
      const Money per_use{std::max<std::int64_t>(0, from_.money(node, "CostPerUse").value)};
      const bool own = standard == resource.standard_rate && overtime == resource.overtime_rate && per_use == resource.cost_per_use;
      if (table == CostRateTable::a && since <= open_from && own) continue;
      some = true;
      from_.transaction.create<ResourceRate>([&](ResourceRate& r) {
        r.resource = {resource.id};
        r.table = table;
        r.valid_from = since;
        r.standard_rate = standard;
        r.overtime_rate = overtime;
        r.cost_per_use = per_use;
      });
    }
    from_.count.rates += some;
  }

  static std::optional<Day> since(std::optional<Minute> moment) { return moment && moment->day() > open_from ? std::optional(moment->day()) : std::nullopt; }
  static std::optional<Day> until(std::optional<Minute> moment) { return moment && moment->day() < open_to ? std::optional(moment->day()) : std::nullopt; }

  // One period with the maximum units are the days of the resource itself.
  void read_availability(xml_node node, const Resource& resource) {
    const auto periods = node.child("AvailabilityPeriods");
    const auto first = periods.child("AvailabilityPeriod");
    if (!first) return;
    const auto units = [&](xml_node period) { return text(period, "AvailableUnits").empty() ? resource.maximum_units : Permille{from_.thousandths(period, "AvailableUnits")}; };
    if (!first.next_sibling("AvailabilityPeriod") && units(first) == resource.maximum_units) {
      from_.transaction.set(resource, &Resource::available_from, since(from_.moment(first, "AvailableFrom")));
      from_.transaction.set(resource, &Resource::available_to, until(from_.moment(first, "AvailableTo")));
      return;
    }
    ++from_.count.availability;
    for (const auto period : periods.children("AvailabilityPeriod"))
      from_.transaction.create<AvailabilityPeriod>([&](AvailabilityPeriod& p) {
        p.resource = {resource.id};
        p.first = since(from_.moment(period, "AvailableFrom"));
        p.last = until(from_.moment(period, "AvailableTo"));
        p.units = units(period);
      });
  }

  Reading& from_;
};

}  // namespace

void read_resources(Reading& from) { ResourcesReader(from).read(); }

}  // namespace pmo::storage::mspdi
