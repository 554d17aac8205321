#include "app/desks/communications/sending.h"

#include <algorithm>

#include "app/desks/record_actions.h"
#include "app/desks/reports/reports.h"
#include "app/model/communicating.h"
#include "app/model/describe_record.h"
#include "app/model/format.h"
#include "app/model/open_work.h"
#include "app/model/records/management.h"
#include "app/model/sort_stably.h"
#include "app/model/utf8.h"
#include "app/ui/icons.h"
#include "app/ui/platform.h"
#include "app/ui/table/cell_text.h"
#include "app/ui/widgets/widgets.h"
#include "storage/interchange/ics.h"

namespace pmo::desks {
namespace {

using namespace ui;

bool pressed(Context& context, Key name, const char* id, const char* icon) { return button(labelled(context.text(name), id), {.icon = icon, .small = true}); }

std::string addresses_of(const Project& project, const Refs<Person>& persons) {
  std::string addresses;
  for (const auto person : persons)
    if (const Person* found = project.find(person); found && !found->email.empty()) addresses += (addresses.empty() ? "" : ",") + found->email;
  return addresses;
}

// Mail programs take an address of some two thousand characters, in which an ideograph needs nine: what is longer ends
// with a line that points to the attached file.
std::string in_a_mail(const Context& context, std::string text) {
  constexpr std::size_t most = 480;
  if (text.size() <= most) return text;
  std::size_t end = cut_to_bytes(text, most).size();
  if (const auto line = text.rfind('\n', end); line != text.npos && line > most / 2) end = line;
  return text.substr(0, end) + "\n" + std::string(context.text("action.send.attached"_key));
}

ReportInput input_of(Context& context, Id subject) {
  const Person* me = context.project.find(own_person(context.project));
  return {.project = context.project, .analyses = context.analyses, .language = context.language, .today = context.today,
          .made_by = me ? me->name : std::string(), .subject = subject};
}

void mail(Context& context, const std::string& addresses, const std::string& title, const std::string& text, const std::string& html) {
  context.platform.download(safe_file_name(title + ".html"), "text/html", html);
  context.platform.open_link(mail_to(addresses, title, in_a_mail(context, text)));
}

// What the mail says: when, where, what about, and the agenda.
std::string invitation_text(const Context& context, const Meeting& meeting) {
  std::string text = context.text("action.invite.body"_key, {meeting.title, format_minute(*meeting.start, context.language), std::to_string(meeting.length),
                                                              meeting.place + (meeting.link.empty() ? "" : " " + meeting.link)});
  if (!meeting.purpose.empty()) text += "\n" + meeting.purpose;
  std::vector<const AgendaItem*> agenda;
  for (const AgendaItem& item : context.project.all<AgendaItem>())
    if (item.meeting.id == meeting.id) agenda.push_back(&item);
  sort_stably(agenda, {}, &AgendaItem::order);
  for (const AgendaItem* item : agenda) {
    const Person* presenter = context.project.find(item->presenter);
    text += "\n- " + item->topic + " (" + std::to_string(item->time_box) + " min" + (presenter ? ", " + presenter->name : "") + ")";
  }
  return text;
}

// What a communication is about: the record it names; for a report of the plan the one that was issued last.
AnyRef source_of(const Project& project, const Communication& communication) {
  if (project.find_any(communication.source.id).second) return communication.source;
  const CommunicationPlanItem* item = project.find(communication.plan_item);
  if (!item || item->format != CommunicationFormat::report) return {};
  const StatusReport* latest = nullptr;
  for (const StatusReport& report : project.all<StatusReport>())
    if (report.status == ReportStatus::issued && (!latest || report.issued_on >= latest->issued_on)) latest = &report;
  return {latest ? latest->id : Id{}};
}

// A record in words: its texts under their names. What is confidential or sealed is not told.
std::string told(const Context& context, const RegisterInfo& info, const Record& record) {
  const CellTexts texts(context.project, context.language, context.today);
  std::string lines, chapters;
  for (const FieldInfo& field : info.fields) {
    const FieldOptions& options = field.options;
    if (options.hidden || options.owner || options.title || options.confidential || options.sealed || options.level) continue;
    const Value value = field.get(record);
    const auto* number = std::get_if<std::int64_t>(&value);
    const std::string shown = number && *number == 0 ? std::string() : texts.shown(field, value, &record);
    if (shown.empty()) continue;
    const std::string name(context.text(field.label_key()));
    if (field.is_long()) chapters += "\n## " + name + "\n\n" + shown + "\n";
    else lines += "- " + format_pair(name, shown, texts.language) + "\n";
  }
  return lines + chapters;
}

// From the record that it is about, or as the plan words it.
std::string content_for(const Context& context, const Communication& communication) {
  const auto [info, record] = context.project.find_any(source_of(context.project, communication).id);
  const CommunicationPlanItem* item = context.project.find(communication.plan_item);
  if (!record) return item ? item->content : std::string();
  if (info == &register_of<Meeting>()) return static_cast<const Meeting&>(*record).minutes;
  return told(context, *info, *record);
}

void fill_in(Context& context, const Communication& communication) {
  if (!communication.content.empty()) return;
  const std::string content = content_for(context, communication);
  if (content.empty() || !pressed(context, "action.fill_communication"_key, "action.fill_communication", icon::file_text)) return;
  context.change("action.fill_communication"_key, {}, [&](Transaction& change) {
    if (!communication.source) change.set(communication, &Communication::source, source_of(context.project, communication));
    change.set(communication, &Communication::content, content);
    if (communication.status == CommunicationStatus::due) change.set(communication, &Communication::status, CommunicationStatus::prepared);
  });
}

std::string as_document(Context& context, const Communication& communication) {
  ReportHead head = head_of(input_of(context, {}), communication.title);
  head.confidentiality = context.text(field_of<Communication>(&Communication::confidentiality).choice_key(enum_name(communication.confidentiality)));
  Report report(std::move(head));
  report.formatted(communication.content);
  return report.html();
}

void send(Context& context, const Communication& communication) {
  if (!pressed(context, "action.send"_key, "action.send", icon::send)) return;
  int asked = 0;
  const bool sent = context.change("action.send"_key, {}, [&](Transaction& change) -> Result<void> {
    asked = PMO_TRY(send_communication(change, communication, context.platform.local_now()));
    return {};
  });
  if (!sent) return;
  const std::string document = as_document(context, communication);
  if (communication.channel == CommunicationChannel::email) mail(context, addresses_of(context.project, communication.recipients), communication.title, communication.content, document);
  else context.platform.show_document(document);  // to print, to read out, to put up
  context.messages.success(context.text("action.send.done"_key, {communication.title, std::to_string(asked)}));
}

void ask_to_confirm(Context& context, Id record, const Refs<Person>& persons) {
  constexpr int days_to_read = 5;
  if (persons.empty() || !pressed(context, "action.ask_acknowledgement"_key, "action.ask_acknowledgement", icon::user_check)) return;
  int asked = 0;
  const bool done = context.change("action.ask_acknowledgement"_key, {}, [&](Transaction& change) {
    asked = ask_acknowledgements(change, record, persons, context.today, context.today + days_to_read);
  });
  if (done) context.messages.success(context.text("action.ask_acknowledgement.done"_key, {std::to_string(asked)}));
}

// What is asked of the vendor: the request's own words, or what the item says.
std::string quotation_text(const Context& context, const QuotationRequest& request) {
  const ProcurementItem* item = context.project.find(request.item);
  std::string text = request.text;
  if (text.empty() && item)
    text = context.text("action.send_quotation.body"_key, {item->title, format_number(item->quantity), item->unit}) + (item->specification.empty() ? "" : "\n" + item->specification);
  if (request.due) text += "\n" + context.text("action.send_quotation.until"_key, {format_day(*request.due, context.language)});
  return text;
}

}  // namespace

void draw_invitation(Context& context, const Meeting& meeting) {
  if (!meeting.start || meeting.invited.empty() || meeting.status > MeetingStatus::invited) return;
  if (!pressed(context, "action.invite"_key, "action.invite", icon::mail)) return;
  context.platform.download(meeting.title + ".ics", "text/calendar", storage::write_invitation(context.project, meeting, context.platform.utc_milliseconds(), context.language));
  context.platform.open_link(mail_to(addresses_of(context.project, meeting.invited), meeting.title, invitation_text(context, meeting)));
  if (context.change("action.invite"_key, {}, [&](Transaction& change) { change.set(meeting, &Meeting::status, MeetingStatus::invited); }))
    context.messages.success(context.text("action.invite.done"_key, {meeting.title}));
}

void draw_minutes(Context& context, const Meeting& meeting) {
  if (meeting.minutes.empty() || !pressed(context, "action.send_minutes"_key, "action.send_minutes", icon::send)) return;
  constexpr int days_to_read = 5;
  const Refs<Person> readers = readers_of_minutes(context.project, meeting);
  int asked = 0;
  const bool done = context.change("action.send_minutes"_key, {}, [&](Transaction& change) {
    change.set(meeting, &Meeting::status, MeetingStatus::minutes_issued);
    asked = ask_acknowledgements(change, meeting.id, readers, context.today, context.today + days_to_read);
  });
  if (!done) return;
  const std::string title = context.text("report.minutes_of"_key, {meeting.title});
  mail(context, addresses_of(context.project, readers), title, meeting.minutes, minutes_report(input_of(context, meeting.id)).html());
  context.messages.success(context.text("action.send.done"_key, {title, std::to_string(asked)}));
}

void draw_sending(Context& context, const Communication& communication) {
  if (communication.status == CommunicationStatus::cancelled) return;
  if (communication.status == CommunicationStatus::sent) return ask_to_confirm(context, communication.id, communication.recipients);
  fill_in(context, communication);
  if (communication.content.empty()) return;
  send(context, communication);
}

void draw_sending(Context& context, const QuotationRequest& request) {
  const Vendor* vendor = context.project.find(request.vendor);
  if (request.status != TenderStatus::draft || !vendor) return;
  if (!pressed(context, "action.send_quotation"_key, "action.send_quotation", icon::send)) return;
  const bool sent = context.change("action.send_quotation"_key, {}, [&](Transaction& change) {
    change.set(request, &QuotationRequest::status, TenderStatus::sent);
    change.set(request, &QuotationRequest::sent_on, std::optional(context.today));
    const ProcurementItem* item = context.project.find(request.item);
    if (item && item->status < ProcurementStatus::tendering) change.set(*item, &ProcurementItem::status, ProcurementStatus::tendering);
  });
  if (!sent) return;
  const std::string text = quotation_text(context, request);
  ReportHead head = head_of(input_of(context, {}), request.title);
  head.confidentiality.clear();  // it is meant for others
  Report report(std::move(head));
  report.paragraph(text);
  mail(context, vendor->email, request.title, text, report.html());
  context.messages.success(context.text("action.send_quotation.done"_key, {request.title, vendor->name}));
}

}  // namespace pmo::desks
