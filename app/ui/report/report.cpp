#include "app/ui/report/report.h"

#include <format>

#include <md4c-html.h>

#include "app/model/type_names.h"

namespace pmo::ui {
namespace {

// Colours of the light theme: reports are printed. Tones differ in their mark, too.
constexpr std::string_view style = R"(
*{box-sizing:border-box}
html{font:10pt/1.5 "Noto Sans CJK SC","Source Han Sans SC","PingFang SC","Microsoft YaHei",system-ui,sans-serif;color:#1b2430;background:#eef0f4}
body{margin:0}
main{max-width:210mm;margin:24px auto;padding:18mm 16mm;background:#fff;box-shadow:0 1px 8px #0002}
.wide main{max-width:297mm}
header{border-bottom:2px solid #2c5fe6;padding-bottom:10px;margin-bottom:18px}
h1{font-size:19pt;line-height:1.25;margin:0 0 4px}
h2{font-size:13pt;margin:22px 0 8px;break-after:avoid}
h3{font-size:10.5pt;margin:14px 0 6px;break-after:avoid}
p{margin:0 0 8px;white-space:pre-line}
.about{display:flex;flex-wrap:wrap;gap:2px 18px;color:#576070}
.mark{color:#9a3412;font-weight:600}
table{width:100%;border-collapse:collapse;margin:0 0 12px;font-size:9pt}
thead{display:table-header-group}
tr{break-inside:avoid}
th{text-align:left;font-weight:600;color:#576070;border-bottom:1.5px solid #c6ccd6;padding:4px 8px 4px 0;vertical-align:bottom}
td{border-bottom:1px solid #e4e7ec;padding:4px 8px 4px 0;vertical-align:top;white-space:pre-line;overflow-wrap:anywhere}
.number{text-align:right;font-variant-numeric:tabular-nums}
.number,.unbroken{white-space:nowrap}
.strong{font-weight:600}
.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(98px,1fr));gap:10px;margin:0 0 14px}
.fact{border:1px solid #dde1e8;border-radius:6px;padding:8px 10px;break-inside:avoid}
.fact b{display:block;font-size:13pt;line-height:1.35;white-space:nowrap}
.fact>span{color:#576070}
.fact small{display:block}
.details{display:grid;grid-template-columns:max-content 1fr;gap:2px 16px;margin:0 0 12px}
.details dt{color:#576070}
.details dd{margin:0;white-space:pre-line}
.good{color:#15693f}.caution{color:#8a5300}.bad{color:#b3261e}.accent{color:#1d4ed8}
.bad::before{content:"▲ "}.caution::before{content:"● "}.good::before{content:"✓ "}
figure{margin:0 0 14px;break-inside:avoid}
figure svg{width:100%;height:auto}
figcaption,.none{color:#576070}
.changes{white-space:pre-wrap;overflow-wrap:anywhere}
ins{background:#dff3e4;color:#15693f;text-decoration:underline}
del{background:#fbe3e1;color:#b3261e;text-decoration:line-through}
.sheet{border:3px double #2c5fe6;padding:16mm 14mm 12mm;margin:0 0 18px;text-align:center;break-inside:avoid;break-after:page}
.sheet:last-child{break-after:auto}
.sheet h2{font-size:24pt;letter-spacing:.12em;margin:0 0 12mm}
.sheet p{margin:0 0 4mm;color:#576070}
.sheet .name{font-size:20pt;font-weight:600;color:#1b2430}
.sheet .subject{font-size:15pt;font-weight:600;color:#1b2430;margin-bottom:10mm}
.sheet dl{width:max-content;max-width:100%;margin:0 auto 16mm;text-align:left}
.signatures{display:flex;justify-content:space-around;gap:14mm;margin:0 0 10mm}
.signatures div{flex:1;max-width:70mm;border-top:1px solid #576070;padding-top:4px;margin-top:14mm}
@media print{html{background:#fff}main,.wide main{max-width:none;margin:0;padding:0;box-shadow:none}}
)";

// Text inside a CSS string, which stands inside a style element: nothing in it may end either.
std::string css_text(std::string_view text) {
  std::string css = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80 || std::isalnum(byte) || c == ' ' || c == '-' || c == '.' || c == ',') css += c;
    else css += std::format("\\{:06x}", byte);
  }
  return css + "\"";
}

std::string page_style(const ReportHead& head) {
  std::string left = head.project;
  for (const auto& part : {head.status, head.confidentiality})
    if (!part.empty()) left += (left.empty() ? "" : "  ·  ") + part;
  return std::format(
      "@page{{size:A4 {};margin:18mm 16mm 20mm;@top-right{{content:{};font-size:8pt;font-weight:600;color:#9a3412}}@bottom-left{{content:{};font-size:8pt;color:#576070}}"
      "@bottom-right{{content:counter(page) \" / \" counter(pages);font-size:8pt;color:#576070}}}}",
      head.wide ? "landscape" : "portrait", css_text(head.confidentiality), css_text(left));
}

std::string_view class_of(Tone tone) {
  switch (tone) {
    case Tone::good: return "good";
    case Tone::caution: return "caution";
    case Tone::bad: return "bad";
    default: return "";
  }
}

std::string spanned(std::string_view text, Tone tone) {
  const auto name = class_of(tone);
  if (name.empty() || text.empty()) return escape_html(text);
  return std::format("<span class=\"{}\">{}</span>", name, escape_html(text));
}

std::string cell(const ReportCell& cell, const ReportColumn& column) {
  std::string classes = column.number ? "number" : column.unbroken ? "unbroken" : "";
  if (cell.strong) classes += classes.empty() ? "strong" : " strong";
  std::string attributes = classes.empty() ? "" : " class=\"" + classes + "\"";
  if (cell.level > 0) attributes += std::format(" style=\"padding-left:{}em\"", cell.level * 1.2);
  return "<td" + attributes + ">" + spanned(cell.text, cell.tone) + "</td>";
}

}  // namespace

std::string escape_html(std::string_view text) {
  std::string html;
  html.reserve(text.size());
  for (const char c : text) switch (c) {
      case '&': html += "&amp;"; break;
      case '<': html += "&lt;"; break;
      case '>': html += "&gt;"; break;
      case '"': html += "&quot;"; break;
      case '\'': html += "&#39;"; break;
      default:
        if (static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t') html += c;
    }
  return html;
}

void Report::heading(std::string_view text) { body_ += "<h2>" + escape_html(text) + "</h2>\n"; }
void Report::subheading(std::string_view text) { body_ += "<h3>" + escape_html(text) + "</h3>\n"; }

void Report::paragraph(std::string_view text) {
  if (!text.empty()) body_ += "<p>" + escape_html(text) + "</p>\n";
}

void Report::formatted(std::string_view markdown) {
  const auto take = [](const MD_CHAR* text, MD_SIZE size, void* body) { static_cast<std::string*>(body)->append(text, size); };
  // A link could lead anywhere and a picture would be fetched from elsewhere: both stay text.
  std::string plain;
  bool escaped = false;  // by a backslash of the text itself
  for (const char c : markdown) {
    if (!escaped && (c == '[' || c == '<')) plain += '\\';
    plain += c;
    escaped = !escaped && c == '\\';
  }
  md_html(plain.data(), static_cast<MD_SIZE>(plain.size()), take, &body_,
          MD_FLAG_NOHTML | MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_TASKLISTS, MD_HTML_FLAG_SKIP_UTF8_BOM);
}

void Report::changes(const std::vector<engine::TextPiece>& pieces) {
  using enum engine::PieceKind;
  body_ += "<div class=\"changes\">";
  for (const auto& [kind, text] : pieces) {
    const std::string_view mark = kind == added ? "ins" : kind == removed ? "del" : "span";
    body_ += std::format("<{}>{}</{}>", mark, escape_html(text), mark);
  }
  body_ += "</div>\n";
}

void Report::facts(const std::vector<ReportFact>& facts) {
  body_ += "<div class=\"facts\">";
  for (const auto& fact : facts) {
    body_ += "<div class=\"fact\"><span>" + escape_html(fact.name) + "</span><b>" + escape_html(fact.value) + "</b>";
    if (!fact.note.empty()) body_ += "<small>" + spanned(fact.note, fact.tone) + "</small>";
    body_ += "</div>";
  }
  body_ += "</div>\n";
}

void Report::details(const std::vector<ReportFact>& facts) {
  body_ += "<dl class=\"details\">";
  for (const auto& fact : facts)
    if (!fact.value.empty()) body_ += "<dt>" + escape_html(fact.name) + "</dt><dd>" + spanned(fact.value, fact.tone) + "</dd>";
  body_ += "</dl>\n";
}

void Report::table(const ReportTable& table) {
  if (table.rows.empty()) {
    body_ += "<p class=\"none\">" + escape_html(table.empty) + "</p>\n";
    return;
  }
  body_ += "<table><thead><tr>";
  for (const auto& column : table.columns)
    body_ += std::string(column.number ? "<th class=\"number\">" : column.unbroken ? "<th class=\"unbroken\">" : "<th>") + escape_html(column.title) + "</th>";
  body_ += "</tr></thead><tbody>\n";
  for (const auto& row : table.rows) {
    body_ += "<tr>";
    for (std::size_t i = 0; i < table.columns.size(); ++i) body_ += cell(i < row.size() ? row[i] : ReportCell{}, table.columns[i]);
    body_ += "</tr>\n";
  }
  body_ += "</tbody></table>\n";
}

void Report::sheet(const ReportSheet& sheet) {
  const auto line = [&](std::string_view kind, std::string_view text) {
    if (!text.empty()) body_ += "<p class=\"" + std::string(kind) + "\">" + escape_html(text) + "</p>";
  };
  body_ += "<div class=\"sheet\"><h2>" + escape_html(sheet.title) + "</h2>";
  line("before", sheet.before);
  line("name", sheet.name);
  line("after", sheet.after);
  line("subject", sheet.subject);
  details(sheet.facts);
  body_ += "<div class=\"signatures\">";
  for (const auto& signer : sheet.signatures) body_ += "<div>" + escape_html(signer) + "</div>";
  body_ += "</div>";
  line("foot", sheet.foot);
  body_ += "</div>\n";
}

void Report::svg(std::string_view drawing, std::string_view caption) {
  body_ += "<figure>" + std::string(drawing) + "<figcaption>" + escape_html(caption) + "</figcaption></figure>\n";
}

std::string Report::html() const {
  std::string about, header;
  for (const auto& [text, name] : {std::pair(head_.project, ""), std::pair(head_.status, ""), std::pair(head_.made, ""), std::pair(head_.confidentiality, "mark")})
    if (!text.empty()) about += std::format("<span class=\"{}\">{}</span>", name, escape_html(text));
  if (!head_.bare) header = "<header><h1>" + escape_html(head_.title) + "</h1><div class=\"about\">" + about + "</div></header>\n";
  return std::format(
      "<!doctype html>\n<html lang=\"{}\"{}>\n<head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
      "<title>{}</title>\n<style>{}{}</style></head>\n<body><main>\n{}{}</main></body></html>\n",
      language_tag(head_.language), head_.wide ? " class=\"wide\"" : "", escape_html(head_.title + (head_.project.empty() ? "" : " – " + head_.project)), style,
      page_style(head_), header, body_);
}

}  // namespace pmo::ui
