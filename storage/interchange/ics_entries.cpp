#include "storage/interchange/ics_entries.h"

#include <algorithm>
#include <charconv>
#include <chrono>

#include "app/model/format.h"
#include "app/model/utf8.h"
#include "storage/interchange/encoding.h"

namespace pmo::storage::ics {
namespace {

constexpr std::size_t most_entries = 20'000, deepest = 10, most_zones = 50, most_observances = 500;

std::string unescaped(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 1 == text.size()) plain += text[i];
    else if (const char next = text[++i]; next == 'n' || next == 'N') plain += '\n';
    else plain += next;
  }
  return plain;
}

std::optional<int> digits(std::string_view text, std::size_t at, std::size_t count) {
  int value = 0;
  if (at + count > text.size()) return {};
  const char* end = text.data() + at + count;
  const auto [stop, error] = std::from_chars(text.data() + at, end, value);
  return error == std::errc{} && stop == end && text[at] != '-' ? std::optional(value) : std::nullopt;
}

// As it is written, before any zone counts.
struct Written {
  Minute minute;
  bool whole_day = false, utc = false;
};

// 20260303, 20260303T233000, 20260303T233000Z
std::optional<Written> written_moment(std::string_view text) {
  const auto year = digits(text, 0, 4), month = digits(text, 4, 2), day = digits(text, 6, 2);
  if (!year || !month || !day) return {};
  const std::chrono::year_month_day date{std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok() || *year < 1900 || *year > 2200) return {};
  const Day on = Day::of(*year, *month, *day);
  if (text.size() == 8) return Written{Minute::at(on), true, false};
  const auto hour = digits(text, 9, 2), minute = digits(text, 11, 2);
  if (text[8] != 'T' || !hour || !minute || *hour > 23 || *minute > 59) return {};
  return Written{Minute::at(on, *hour * 60 + *minute), false, text.ends_with('Z')};
}

// A property a line: each with its continuations (which begin with a space or tab) joined to it.
struct UnfoldedLines {
  std::string text;
  std::vector<std::size_t> numbers;  // where each begins in the file
};

// Other programs fold inside of characters, so this comes before anything is made of the bytes.
UnfoldedLines unfold(std::string_view bytes) {
  UnfoldedLines lines;
  for (std::size_t number = 1; !bytes.empty(); ++number) {
    const auto end = std::min(bytes.find('\n'), bytes.size());
    auto line = bytes.substr(0, end);
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    const bool goes_on = number > 1 && (line.starts_with(' ') || line.starts_with('\t'));
    if (goes_on) line.remove_prefix(1);
    else lines.numbers.push_back(number);
    if (!goes_on && number > 1) lines.text += '\n';
    lines.text += line;
  }
  return lines;
}

// "NAME;PARAMETER=x:value": where the value begins, colons in quotes left out.
std::size_t value_at(std::string_view line) {
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '"') quoted = !quoted;
    if (line[i] == ':' && !quoted) return i + 1;
  }
  return line.npos;
}

// The value of a parameter in the head of a property: "dtstart;tzid=europe/berlin;value=date-time".
std::string parameter(std::string_view head, std::string_view name) {
  const std::string wanted = ";" + lower(name) + "=";
  const auto at = lower(head).find(wanted);
  if (at == std::string::npos) return {};
  auto value = head.substr(at + wanted.size());
  value = value.substr(0, value.starts_with('"') ? value.find('"', 1) : value.find(';'));
  return std::string(value.starts_with('"') ? value.substr(1) : value);
}

// "+0130" -> 90
std::int64_t offset_of(std::string_view text) {
  const auto hours = digits(text, 1, 2), minutes = digits(text, 3, 2);
  const std::int64_t size = hours.value_or(0) * 60 + minutes.value_or(0);
  return text.starts_with('-') ? -size : size;
}

// "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU;UNTIL=20061029T060000Z": when an observance begins each year.
void read_onset(std::string_view rule, Observance& observance) {
  const std::string small = lower(rule);
  const auto part = [&](std::string_view name) {
    const auto at = small.find(name);
    return at == std::string::npos ? std::string_view{} : std::string_view(small).substr(at + name.size(), small.find(';', at) - at - name.size());
  };
  const auto month = part("bymonth="), day = part("byday=");
  if (const auto until = written_moment(part("until=").substr(0, 8))) observance.last = until->minute.day() + 1;  // that is in UTC
  constexpr std::string_view days[] = {"mo", "tu", "we", "th", "fr", "sa", "su"};
  if (!small.contains("freq=yearly") || month.empty() || day.size() < 3) return;
  int position = 0;
  std::from_chars(day.data() + (day[0] == '+'), day.data() + day.size() - 2, position);
  std::from_chars(month.data(), month.data() + month.size(), observance.month);
  observance.position = std::clamp(position, -5, 5);  // a month has five of each weekday at the most
  observance.weekday = static_cast<int>(std::ranges::find(days, day.substr(day.size() - 2)) - std::begin(days)) % 7;
}

Minute onset_in(const Observance& observance, int year) {
  if (observance.month < 1 || observance.month > 12) return observance.onset;
  const Day first = Day::of(year, observance.month, 1);
  const Day next = observance.month == 12 ? Day::of(year + 1, 1, 1) : Day::of(year, observance.month + 1, 1);
  int day = (observance.weekday - first.weekday() + 7) % 7 + 7 * (std::max(observance.position, 1) - 1);
  if (observance.position < 0) day = (next - first) - 1 - (((next - first) - 1 + first.weekday() - observance.weekday) % 7 + 7) % 7;
  return Minute::at(first + day, observance.onset.minute_of_day());
}

// Minutes east of UTC at a local time.
std::int64_t offset_at(const std::vector<Observance>& zone, Minute local) {
  const Observance* latest = &zone.front();
  Minute since{std::numeric_limits<std::int64_t>::min()};
  const int year = std::clamp(std::atoi(local.text().c_str()), 1900, 2200);
  for (const auto& observance : zone) {
    const int newest = std::min(year, civil(observance.last).year);
    for (const int in : {newest - 1, newest}) {
      const Minute onset = onset_in(observance, in);
      if (onset <= local && onset >= observance.onset && onset.day() <= observance.last && onset > since) since = onset, latest = &observance;
    }
  }
  return latest->offset;
}

class EntryReader {
 public:
  Result<CalendarEntries> read(std::string_view text, const std::vector<std::size_t>& numbers) {
    for (const std::size_t number : numbers) {
      const auto line = text.substr(0, text.find('\n'));
      text.remove_prefix(std::min(line.size() + 1, text.size()));
      if (line.find_first_not_of(" \t") == line.npos) continue;
      const auto value = value_at(line);
      const auto head = line.substr(0, value == line.npos ? 0 : value - 1);
      const auto name = lower(head.substr(0, head.find(';')));
      const bool fits = value != line.npos && take(name, head, line.substr(value), number);
      if (!fits) return fail("error.ics.shape"_key, {}, std::to_string(number));
      if (calendar_.entries.size() > most_entries) return fail("error.ics.too_many"_key, {std::to_string(most_entries)});
    }
    if (!open_.empty()) return fail("error.ics.truncated"_key, {}, std::to_string(numbers.back()));
    if (calendar_.entries.empty()) return fail("error.ics.no_entries"_key);
    if (calendar_.zone.empty() && !calendar_.zones.empty()) calendar_.zone = calendar_.zones.begin()->first;
    return std::move(calendar_);
  }

 private:
  bool take(const std::string& name, std::string_view head, std::string_view value, std::size_t line) {
    if (name == "begin") return begin(lower(value));
    if (open_.empty()) return false;
    if (name == "end") {
      if (open_.back() != lower(value)) return false;
      open_.pop_back();
      return true;
    }
    const bool entry = open_.size() == 2 && (open_.back() == "vevent" || open_.back() == "vtodo");
    if (open_.size() == 1 && name == "x-wr-calname") calendar_.name = unescaped(value);
    if (open_.size() == 1 && name == "x-wr-timezone") calendar_.zone = value;
    if (open_.size() >= 2 && open_[1] == "vtimezone") take_zone(name, value);
    if (!entry) return true;
    Property property{std::string(value), lower(parameter(head, "value")) == "date", parameter(head, "tzid"), line};
    if (name == "exdate") calendar_.entries.back().left_out.push_back(std::move(property));
    else calendar_.entries.back().properties.try_emplace(name, std::move(property));
    return true;
  }

  bool begin(std::string component) {
    if (open_.empty() != (component == "vcalendar") || open_.size() == deepest) return false;
    open_.push_back(std::move(component));
    if (open_.size() == 2 && (open_.back() == "vevent" || open_.back() == "vtodo")) calendar_.entries.push_back({.to_do = open_.back() == "vtodo"});
    if (open_.size() == 2 && open_.back() == "vtimezone") zone_.clear();
    if (open_.size() == 3 && open_[1] == "vtimezone") begin_observance();
    return true;
  }

  // Nothing is kept of a zone that is one too many: its times are taken as they stand.
  void begin_observance() {
    observance_ = nullptr;
    if (calendar_.zones.size() == most_zones && !calendar_.zones.contains(zone_)) return;
    auto& zone = calendar_.zones[zone_];
    if (zone.size() < most_observances) observance_ = &zone.emplace_back();
  }

  void take_zone(const std::string& name, std::string_view value) {
    if (open_.size() == 2 && name == "tzid") zone_ = value;
    if (open_.size() != 3 || !observance_) return;
    if (name == "tzoffsetto") observance_->offset = offset_of(value);
    else if (name == "rrule") read_onset(value, *observance_);
    else if (const auto onset = name == "dtstart" ? written_moment(value) : std::nullopt) observance_->onset = onset->minute;
  }

  CalendarEntries calendar_;
  std::vector<std::string> open_;  // components, the innermost last
  std::string zone_;
  Observance* observance_ = nullptr;  // that is being read
};

}  // namespace

const Property* Entry::find(std::string_view name) const {
  const auto found = properties.find(name);
  return found == properties.end() ? nullptr : &found->second;
}

std::string Entry::text(std::string_view name) const {
  const auto* property = find(name);
  return property ? unescaped(property->value) : std::string();
}

// Into UTC from the zone of the property, and from there into the zone of the calendar.
std::optional<Moment> CalendarEntries::moment_of(const Property& property) const {
  const auto written = written_moment(property.value);
  if (!written) return {};
  Moment moment{written->minute, written->whole_day || property.whole_day};
  if (moment.whole_day || (!written->utc && (property.zone.empty() || property.zone == zone))) return moment;
  const auto from = zones.find(property.zone), to = zones.find(zone);
  const bool known = to != zones.end() && !to->second.empty() && (written->utc || (from != zones.end() && !from->second.empty()));
  moment.zone_unknown = !known;
  if (!known) return moment;
  Minute utc = written->minute;
  if (!written->utc) utc.value -= offset_at(from->second, utc);
  const Minute about{utc.value + offset_at(to->second, utc)};
  moment.minute.value = utc.value + offset_at(to->second, about);
  moment.shifted = moment.minute != written->minute;
  return moment;
}

std::optional<std::int64_t> span_of(std::string_view text) {
  std::int64_t total = 0;
  if (text.starts_with('+')) text.remove_prefix(1);
  if (!text.starts_with('P') || text.size() < 3) return {};
  text.remove_prefix(1);
  while (!text.empty()) {
    if (text[0] == 'T') { text.remove_prefix(1); continue; }
    const auto end = std::min(text.find_first_not_of("0123456789"), text.size());
    const auto amount = end > 0 && end < 8 ? digits(text, 0, end) : std::nullopt;
    if (!amount || end == text.size()) return {};
    switch (text[end]) {
      case 'W': total += std::int64_t{*amount} * 7 * 24 * 60; break;
      case 'D': total += std::int64_t{*amount} * 24 * 60; break;
      case 'H': total += std::int64_t{*amount} * 60; break;
      case 'M': total += *amount; break;
      case 'S': total += (*amount + 59) / 60; break;
      default: return {};
    }
    text.remove_prefix(end + 1);
    constexpr std::int64_t longest = std::int64_t{100} * 366 * 24 * 60;  // so that no sum with a date overflows
    if (total > longest) return {};
  }
  return total;
}

std::unexpected<Error> wrong(const Property& property, Key message) {
  return std::unexpected(Error{message, {std::string(cut_to_bytes(property.value, 80))}, std::to_string(property.line)});
}

Result<CalendarEntries> read_entries(std::string_view bytes) {
  const auto lines = unfold(bytes);
  const auto decoded = PMO_TRY(decode_text(lines.text));
  auto calendar = PMO_TRY(EntryReader().read(decoded.text, lines.numbers));
  calendar.encoding = decoded.encoding;
  return calendar;
}

}  // namespace pmo::storage::ics
