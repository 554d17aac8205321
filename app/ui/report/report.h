// A report: a document of its own, for screen, paper and mail. One HTML file without anything from elsewhere; printed on
// A4 with page numbers, repeated table headings, the status date and the confidentiality on every page.
//
//   Report report({.title = "Status report", .project = "Library", .language = Language::english});
//   report.heading("Milestones");
//   report.table({.columns = {{"Name"}, {"Finish"}}, .rows = ...});
//   platform.show_document(report.html());
//
// Every text given is shown as it is, whatever it contains; only svg() takes markup, which must be our own.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/engine/documents/text_difference.h"
#include "app/model/values.h"
#include "app/ui/theme.h"
#include "app/words/words.h"

namespace pmo::ui {

struct ReportHead {
  std::string title;
  std::string project;              // name and code
  std::string status;               // "Status date 11 May 2026"; empty: none
  std::string confidentiality;      // "Internal", at head and foot of every page; empty: none
  std::string made;                 // "Made by Li Qiang, 12 May 2026"
  Language language = Language::english;
  bool wide = false;                // A4 landscape, for registers of many columns
  bool bare = false;                // without the head: sheets that are handed to persons
};

struct ReportCell {
  std::string text;
  Tone tone = Tone::neutral;  // beside its words, never alone
  bool strong = false;
  int level = 0;              // indented, as in an outline
  ReportCell(std::string text = {}, Tone tone = Tone::neutral) : text(std::move(text)), tone(tone) {}
};

struct ReportColumn {
  std::string title;
  bool number = false;    // right-aligned
  bool unbroken = false;  // short words: they stay in one line where the others need the room
  ReportColumn(std::string title, bool number = false) : title(std::move(title)), number(number) {}
};

struct ReportTable {
  std::vector<ReportColumn> columns;
  std::vector<std::vector<ReportCell>> rows;
  std::string empty;  // said instead of a table without rows
};

struct ReportFact {
  std::string name, value;
  Tone tone = Tone::neutral;
  std::string note = {};
};

// A sheet in a frame, for a wall or a personal file: what it is, for whom, what for, and who signs.
struct ReportSheet {
  std::string title, before, name, after, subject;  // "Certificate", "We confirm that", "Li Qiang", "has completed", "Contract law"
  std::vector<ReportFact> facts;
  std::vector<std::string> signatures;              // who signs below which line
  std::string foot;
};

class Report {
 public:
  explicit Report(ReportHead head) : head_(std::move(head)) {}

  void heading(std::string_view text);
  void subheading(std::string_view text);
  void paragraph(std::string_view text);       // line ends stay
  void formatted(std::string_view markdown);   // headings, lists, tables, emphasis; no HTML
  void changes(const std::vector<engine::TextPiece>& pieces);  // what was added is underlined, what was removed struck out
  void facts(const std::vector<ReportFact>& facts);         // great figures side by side
  void details(const std::vector<ReportFact>& facts);       // name and value, a line each; those without value left out
  void table(const ReportTable& table);
  void sheet(const ReportSheet& sheet);  // on a page of its own
  void svg(std::string_view drawing, std::string_view caption);

  void mark(std::string confidentiality) { head_.confidentiality = std::move(confidentiality); }

  std::string html() const;

 private:
  ReportHead head_;
  std::string body_;
};

std::string escape_html(std::string_view text);

}  // namespace pmo::ui
