#include <algorithm>
#include <cmath>
#include <format>

#include "app/model/format.h"
#include "storage/interchange/encoding.h"
#include "storage/interchange/mspdi.h"
#include "storage/interchange/mspdi_reading.h"

namespace pmo::storage {
namespace {

using namespace mspdi;

std::string line_and_column(std::string_view bytes, std::ptrdiff_t offset) {
  const auto before = bytes.substr(0, static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(offset, 0, std::ssize(bytes))));
  const auto line = std::ranges::count(before, '\n') + 1;
  const auto start = before.rfind('\n');
  const auto column = before.size() - (start == std::string_view::npos ? 0 : start + 1) + 1;
  return std::format("{}:{}", line, column);
}

// Without a title of its own, the project is called after the file in which Microsoft Project kept it.
std::string name_of_file(std::string name) {
  for (const std::string_view ending : {".xml", ".mpp"})
    if (name.ends_with(ending)) name.resize(name.size() - ending.size());
  return name;
}

void read_settings(Reading& from) {
  from.transaction.create<ProjectSettings>([&](ProjectSettings& settings) {
    settings.name = words(from.root, "Title");
    if (settings.name.empty()) settings.name = name_of_file(words(from.root, "Name"));
    if (settings.name.empty()) settings.name = "Project";
    settings.start = from.moment(from.root, "StartDate").value_or(Minute{});
    if (from.flag(from.root, "ScheduleFromStart", true)) settings.schedule_from = ScheduleFrom::start;
    else {
      settings.schedule_from = ScheduleFrom::finish;
      settings.finish = from.moment(from.root, "FinishDate");
    }
    if (const auto status = from.moment(from.root, "StatusDate")) settings.status_date = status->day();
    if (const auto code = words(from.root, "CurrencyCode"); !code.empty()) settings.currency = code;
    settings.currency_digits = from.whole(from.root, "CurrencyDigits", 0, 4, 2);
    settings.minutes_per_day = {from.whole(from.root, "MinutesPerDay", 1, 1440, 480)};
    settings.minutes_per_week = {from.whole(from.root, "MinutesPerWeek", 1, 10080, 2400)};
    settings.days_per_month = from.whole(from.root, "DaysPerMonth", 1, 31, 20);
    settings.critical_threshold = {from.whole(from.root, "CriticalSlackLimit", -36'600, 36'600, 0) * settings.minutes_per_day.value};
    settings.progress_logic = ProgressLogic::override_logic;  // resume dates tell where remaining work goes on
  });
  if (const auto manager = words(from.root, "Manager"); !manager.empty()) from.transaction.set(from.settings(), &ProjectSettings::manager, from.person(manager));
}

Result<void> read_all(Reading& from) {
  read_settings(from);
  from.read_custom_fields();
  read_calendars(from);
  read_tasks(from);
  read_resources(from);
  read_assignments(from);
  from.keep_the_rest();
  if (from.error) return std::unexpected(*from.error);
  from.transaction.take_as_it_is();
  auto commit = from.transaction.commit();
  if (!commit) return std::unexpected(commit.error());
  return {};
}

std::vector<Error> notes_of(const Reading& from) {
  std::vector<Error> notes;
  const auto add = [&](Key key, std::int64_t count) {
    if (count > 0) notes.push_back({key, {std::to_string(count)}});
  };
  const auto& count = from.count;
  add("mspdi.note.custom_fields"_key, count.custom_fields);
  add("mspdi.note.outline_codes"_key, count.outline_codes);
  add("mspdi.note.external"_key, count.external);
  add("mspdi.note.recurring"_key, count.recurring);
  add("mspdi.note.blank"_key, count.blank);
  add("mspdi.note.rates"_key, count.rates);
  add("mspdi.note.availability"_key, count.availability);
  add("mspdi.note.contours"_key, count.contours);
  add("mspdi.note.baselines_without_dates"_key, count.partial_baselines);
  add("mspdi.note.external_links"_key, count.unknown);
  add("mspdi.note.unread"_key, count.unread);
  add("mspdi.note.whole_project"_key, count.whole_project);
  std::string kept;
  for (const auto& name : from.kept) kept += (kept.empty() ? "" : ", ") + name;
  if (!kept.empty()) notes.push_back({"mspdi.note.kept"_key, {kept}});
  return notes;
}

// The parser knows UTF-8, UTF-16 and Latin-1. Chinese programs declare others, and some files are not in what they declare.
Result<std::optional<DecodedText>> decoded_by_us(std::string_view bytes) {
  const std::string head = lower(bytes.substr(0, 200));
  const auto declaration = std::string_view(head).substr(0, head.find("?>"));
  const auto declares = [&](std::string_view name) { return declaration.contains("encoding=\"" + std::string(name)) || declaration.contains("encoding='" + std::string(name)); };
  if (declares("gb")) return PMO_TRY(decode_text(bytes, TextEncoding::gb18030));
  const bool wide = bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF") || bytes.substr(0, 4).contains('\0');
  if (wide || declares("iso-8859-1") || declares("latin1") || is_utf8(bytes)) return std::nullopt;
  return PMO_TRY(decode_text(bytes));
}

// What is no text, such as half of a surrogate pair written by its number, is no XML.
struct TextWalker final : pugi::xml_tree_walker {
  xml_node wrong;

  bool for_each(xml_node& node) override {
    const bool texts = is_utf8(node.value()) && std::ranges::all_of(node.attributes(), [](const auto& attribute) { return is_utf8(attribute.value()); });
    if (!texts) wrong = node;
    return texts;
  }
};

}  // namespace

Result<MspdiRead> read_mspdi(std::string_view bytes, const Schema& schema, Id actor, Surroundings& surroundings) {
  const auto decoded = PMO_TRY(decoded_by_us(bytes));
  if (decoded) bytes = decoded->text;
  pugi::xml_document document;
  const auto parsed = document.load_buffer(bytes.data(), bytes.size());
  if (!parsed) return fail("error.mspdi.xml"_key, {}, line_and_column(bytes, parsed.offset));
  if (TextWalker walker; !document.traverse(walker)) return fail("error.mspdi.xml"_key, {}, line_and_column(bytes, walker.wrong.offset_debug()));
  const auto root = document.child("Project");
  if (!root || !root.child("Tasks")) return fail("error.mspdi.format"_key);
  MspdiRead result{std::make_unique<Project>(schema, actor, surroundings), {}};
  Reading from(*result.project, root);
  PMO_TRY_VOID(read_all(from));
  result.notes = notes_of(from);
  if (decoded)
    if (auto note = encoding_note(decoded->encoding)) result.notes.insert(result.notes.begin(), std::move(*note));
  return result;
}

}  // namespace pmo::storage
