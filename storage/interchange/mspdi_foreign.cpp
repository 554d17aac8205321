#include "storage/interchange/mspdi_foreign.h"

#include <array>

#include "storage/interchange/mspdi_values.h"

namespace pmo::storage::mspdi {
namespace {

using pugi::xml_node;
constexpr const char* tied_name = "Tied";

struct XmlText final : pugi::xml_writer {
  std::string text;
  void write(const void* data, std::size_t size) override { text.append(static_cast<const char*>(data), size); }
};

bool says_nothing(xml_node node, const Element* element) {
  if (node.first_child().type() == pugi::node_element) return false;
  const std::string_view value = node.text().get();
  if (value.empty()) return true;
  if (!element) return false;
  if (element->fate == Fate::tied && (value == "0" || value == "PT0H0M0S" || value.starts_with("1984-01-01T00:00"))) return true;
  return !element->usual.empty() && value == element->usual;
}

// Read as ours, but not in this form: an external link, a baseline without dates. The reader marks it so.
bool is_marked(xml_node node) { return node.attribute("pmo-keep"); }

// Elements of ours of which there may be several.
bool repeats(std::string_view name) {
  return name == "Baseline" || name == "PredecessorLink" || name == "ExtendedAttribute" || name == "OutlineCode" || name == "TimephasedData";
}

bool same_unit(std::string_view theirs, std::string_view ours) {
  const auto a = integer(theirs).value_or(7), b = integer(ours).value_or(7);
  return elapsed_format(a) == elapsed_format(b) && percent_format(a) == percent_format(b) && (estimated_format(a) == estimated_format(b) || a == 53 || a == 21);
}

// Behind the last child that does not come later in the schema. There may be thousands, most of them in their order.
void insert(xml_node node, xml_node child, const Elements& elements) {
  const auto place = elements.place(child.name());
  auto there = node.last_child();
  while (there && elements.place(there.name()) > place) there = there.previous_sibling();
  if (there) node.insert_copy_after(child, there);
  else node.prepend_copy(child);
}

void take_place(xml_node node, xml_node child, const Elements& elements, std::set<std::string>& replaced) {
  if (replaced.insert(child.name()).second)
    while (node.remove_child(child.name())) {}
  insert(node, child, elements);
}

}  // namespace

std::string xml_of(xml_node node) {
  XmlText text;
  node.print(text, "", pugi::format_raw | pugi::format_no_declaration);
  return text.text;
}

std::string leftover(xml_node node, const Elements& elements, xml_node anchor, std::set<std::string>& names) {
  std::string kept, tied;
  for (auto child = node.first_child(); child; child = child.next_sibling()) {
    if (child.type() != pugi::node_element) continue;
    const Element* element = elements.find(child.name());
    const Fate fate = element ? element->fate : Fate::kept;
    const bool marked = is_marked(child);
    if (!marked && (fate == Fate::ours || fate == Fate::computed || says_nothing(child, element))) continue;
    if (marked) child.remove_attribute("pmo-keep");
    if (fate != Fate::shown) names.insert(child.name());
    (fate == Fate::tied && !marked ? tied : kept) += xml_of(child);
  }
  if (tied.empty()) return kept;
  pugi::xml_document wrap;
  auto head = wrap.append_child(tied_name);
  for (const char* date : {"Start", "Finish"}) head.append_attribute(date) = anchor.child(date).text().get();
  std::string open = xml_of(head);
  open.replace(open.rfind("/>"), 2, ">");
  return kept + open + tied + "</" + tied_name + ">";
}

bool fits(std::string_view leftover, std::string_view start, std::string_view finish) {
  pugi::xml_document content;
  content.load_buffer(leftover.data(), leftover.size(), pugi::parse_default | pugi::parse_fragment);
  const auto tied = content.child(tied_name);
  const auto same = [&](const char* date, std::string_view now) {
    const std::string_view then = tied.attribute(date).value();
    return then.empty() || now == then;
  };
  return same("Start", start) && same("Finish", finish);
}

bool give_back(xml_node node, std::string_view leftover, const Elements& elements, bool with_tied) {
  pugi::xml_document content;
  if (!content.load_buffer(leftover.data(), leftover.size(), pugi::parse_default | pugi::parse_fragment | pugi::parse_ws_pcdata_single)) return false;
  std::set<std::string> replaced;
  for (const auto child : content.children()) {
    if (std::string_view(child.name()) == tied_name) {
      if (with_tied)
        for (const auto part : child.children()) take_place(node, part, elements, replaced);
      continue;
    }
    const Element* element = elements.find(child.name());
    if (element && element->fate == Fate::shown) {
      auto there = node.child(child.name());
      if (there && same_unit(child.text().get(), there.text().get())) there.text().set(child.text().get());
    } else if (auto there = node.child(child.name()); there && std::string_view(child.name()) == "Rates") {
      for (const auto rate : child.children()) there.append_copy(rate);
    } else if (repeats(child.name()) || !there) {
      insert(node, child, elements);
    } else if (!element || element->fate != Fate::ours) {
      take_place(node, child, elements, replaced);
    }
  }
  return !with_tied && content.child(tied_name);
}

}  // namespace pmo::storage::mspdi
