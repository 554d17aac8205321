#include "storage/interchange/ics.h"

#include <chrono>
#include <format>

#include "app/engine/schedule/plan_of_project.h"
#include "app/engine/schedule/schedule.h"
#include "app/model/describe_record.h"
#include "app/model/open_work.h"
#include "app/model/records/meeting.h"
#include "app/model/records/project_settings.h"
#include "app/model/utf8.h"

namespace pmo::storage {
namespace {

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\r') continue;
    if (c == '\\' || c == ';' || c == ',') out += '\\';
    if (c == '\n') out += "\\n";
    else out += c;
  }
  return out;
}

std::string day_text(Day day) {
  std::string text = day.text();
  std::erase(text, '-');
  return text;
}

std::string moment_text(Minute moment) {
  std::string text = moment.text();
  std::erase(text, '-');
  std::erase(text, ':');
  return text + "00";
}

class IcsWriter {
 public:
  IcsWriter(const Project& project, std::uint64_t milliseconds, Language language) : project_(project), language_(language) {
    const std::chrono::sys_seconds now{std::chrono::seconds{milliseconds / 1000}};
    stamp_ = std::format("{:%Y%m%dT%H%M%SZ}", now);
  }

  std::string write() {
    open("PUBLISH");
    for (const auto& settings : project_.all<ProjectSettings>()) line("X-WR-CALNAME", escaped(settings.name));
    write_milestones();
    for (const auto& meeting : project_.all<Meeting>()) write_meeting(meeting);
    for (const auto* info : project_.schema().registers())
      if (info->due() && info != &register_of<Meeting>()) write_due(*info);
    line("END", "VCALENDAR");
    return std::move(text_);
  }

  std::string write_invitation(const Meeting& meeting) {
    open("REQUEST");
    write_meeting(meeting, true);
    line("END", "VCALENDAR");
    return std::move(text_);
  }

 private:
  void open(std::string_view method) {
    line("BEGIN", "VCALENDAR");
    line("VERSION", "2.0");
    line("PRODID", "-//PMO Desk//PMO Desk//EN");
    line("CALSCALE", "GREGORIAN");
    line("METHOD", method);
  }

  // Lines end with CR LF and are folded before the 76th byte, between characters.
  void line(std::string_view name, std::string_view value) {
    std::string whole = std::format("{}:{}", name, value);
    std::size_t room = 75;
    std::string_view rest = whole;
    while (rest.size() > room) {
      const auto part = cut_to_bytes(rest, room);
      text_ += part;
      text_ += "\r\n ";
      rest.remove_prefix(part.size());
      room = 74;
    }
    text_ += rest;
    text_ += "\r\n";
  }
  void some(std::string_view name, std::string_view value) {
    if (!value.empty()) line(name, escaped(value));
  }

  void begin(const RegisterInfo& info, const Record& record, std::string_view title) {
    line("BEGIN", "VEVENT");
    line("UID", std::format("{}@pmo-desk", record.id.text()));
    line("DTSTAMP", stamp_);
    some("SUMMARY", title);
    some("CATEGORIES", word(info.one_key(), language_));
  }
  void all_day(Day day) {
    line("DTSTART;VALUE=DATE", day_text(day));
    line("DTEND;VALUE=DATE", day_text(Day{day.value + 1}));
    line("TRANSP", "TRANSPARENT");
  }

  void write_milestones() {
    const Outline outline(project_);
    const auto dates = engine::schedule(engine::plan_of(project_, outline));
    for (std::size_t row = 0; row < outline.size(); ++row) {
      const Task& task = *outline[row].task;
      if (outline[row].summary || !dates.scheduled[row] || !(task.milestone || task.duration == WorkMinutes{0})) continue;
      begin(register_of<Task>(), task, task.name);
      all_day(dates.finish[row].day());
      some("DESCRIPTION", task.notes);
      line("END", "VEVENT");
    }
  }

  // Who has no address cannot be invited by a calendar program.
  void somebody(std::string_view property, std::string_view parameters, Ref<Person> of) {
    const Person* person = project_.find(of);
    if (!person || person->email.empty() || person->email.find_first_of(" \r\n\t") != std::string::npos) return;
    std::string name = person->name;
    std::erase_if(name, [](char c) { return c == '"' || c == '\r' || c == '\n'; });
    line(std::format("{};CN=\"{}\"{}", property, name, parameters), "mailto:" + person->email);
  }

  void write_meeting(const Meeting& meeting, bool invites = false) {
    if (!meeting.start || meeting.status == MeetingStatus::cancelled) return;
    begin(register_of<Meeting>(), meeting, meeting.title);
    line("DTSTART", moment_text(*meeting.start));
    line("DTEND", moment_text(Minute{meeting.start->value + meeting.length}));
    some("LOCATION", meeting.place);
    some("DESCRIPTION", meeting.purpose);
    if (meeting.link.starts_with("http")) line("URL", meeting.link);
    if (invites) {
      somebody("ORGANIZER", "", meeting.chair);
      for (const auto person : meeting.invited) somebody("ATTENDEE", ";RSVP=TRUE", person);
    }
    line("END", "VEVENT");
  }

  void write_due(const RegisterInfo& info) {
    for (const Record* record : project_.table(info).records()) {
      const auto due = due_on(info, *record);
      if (!due || !is_open(info, *record)) continue;
      const std::string number = record_number(project_, info, *record), title = record_title(project_, info, *record);
      begin(info, *record, number.empty() || number == title ? title : number + " " + title);
      all_day(*due);
      if (const Person* person = project_.find(responsible_for(info, *record)))
        some("DESCRIPTION", phrase("ics.responsible"_key, std::vector{person->name}, language_));
      line("END", "VEVENT");
    }
  }

  const Project& project_;
  Language language_;
  std::string stamp_, text_;
};

}  // namespace

std::string write_invitation(const Project& project, const Meeting& meeting, std::uint64_t milliseconds, Language language) {
  return IcsWriter(project, milliseconds, language).write_invitation(meeting);
}

std::string write_ics(const Project& project, std::uint64_t milliseconds, Language language) {
  return IcsWriter(project, milliseconds, language).write();
}

}  // namespace pmo::storage
