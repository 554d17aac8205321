// The reports of the project office: each is a function from the project to a document.
#pragma once

#include "app/model/records/confidentiality.h"
#include "app/model/records/person.h"
#include "app/ui/context.h"
#include "app/ui/report/report.h"

namespace pmo::desks {

// What a report is made from. It may speak another language than the interface.
struct ReportInput {
  const Project& project;
  ui::Analyses& analyses;
  Language language;
  Day today;
  std::string made_by;  // empty: unknown
  Id subject;           // the meeting of minutes; of other reports empty
  const RegisterInfo* info = nullptr;  // of a register's list
  std::set<Id> locked = {};            // records that are not to leave
  bool with_locked = false;            // unless it is asked for
  mutable std::set<Id> told = {};      // those of the locked ones that the report speaks of
  mutable Confidentiality level = Confidentiality::open;  // the highest of the documents that the report speaks of

  std::string_view text(Key key) const { return word(key, language); }
  std::string text(Key key, std::vector<std::string> arguments) const { return phrase(key, arguments, language); }
  // Asked for every record that a report is about to speak of.
  bool leaves_out(Id record) const {
    if (with_locked && locked.contains(record)) told.insert(record);
    return !with_locked && locked.contains(record);
  }
  // The same, of one that has no name of its own and is called after what it refers to.
  bool leaves_out(const RegisterInfo& info, const Record& record) const;
  // Whether a cell would name a record that is left out.
  bool names_left_out(const FieldInfo& field, const Record& record) const;
  // The day for which the report speaks: the project's status date, or today.
  Day status() const;
  // What its variances and indices are measured against, in a sentence.
  std::string measured_against() const;
};

struct ReportKind {
  std::string_view name;  // stable: "status"
  Key title, about;
  const char* icon;
  ui::Report (*make)(const ReportInput&);
  const RegisterInfo* subject = nullptr;  // a record must be chosen: the meeting of minutes
  Desk home = Desk::manager;              // whose report it is; of one with a subject, the desk of that
  Desk desk() const { return subject ? subject->desk : home; }
};

const std::vector<ReportKind>& report_kinds();

ui::Report status_report(const ReportInput& input);
ui::Report kept_status_report(const ReportInput& input);
ui::Report look_ahead(const ReportInput& input);
ui::Report risk_report(const ReportInput& input);
ui::Report cost_report(const ReportInput& input);
ui::Report financial_report(const ReportInput& input);
ui::Report account_months_report(const ReportInput& input);
ui::Report minutes_report(const ReportInput& input);
ui::Report open_work_report(const ReportInput& input);
ui::Report change_log_report(const ReportInput& input);
ui::Report register_report(const ReportInput& input);
ui::Report quality_report(const ReportInput& input);
ui::Report change_requests_report(const ReportInput& input);
ui::Report offer_report(const ReportInput& input);
ui::Report procurement_report(const ReportInput& input);
ui::Report communication_report(const ReportInput& input);
ui::Report training_report(const ReportInput& input);
ui::Report resource_report(const ReportInput& input);
ui::Report satisfaction_report(const ReportInput& input);
ui::Report breakdown_report(const ReportInput& input);
ui::Report budget_versions_report(const ReportInput& input);
ui::Report certificates_report(const ReportInput& input);

// The report as HTML, marked as its project asks, or higher where it speaks of a document that is.
std::string finished(const ReportInput& input, ui::Report report);

// --- for the reports
ui::ReportHead head_of(const ReportInput& input, std::string title);
// The records with the fields of these names as columns, after their numbers; texts as in the register's table.
ui::ReportTable table_of(const ReportInput& input, const RegisterInfo& info, const std::vector<const Record*>& records,
                         const std::vector<std::string_view>& fields, Key empty);
std::string person_name(const ReportInput& input, Ref<Person> person);
// The accounts by month of a period; without one, around the status date.
void add_account_months(const ReportInput& input, ui::Report& report, std::optional<Day> from, std::optional<Day> to);

}  // namespace pmo::desks
