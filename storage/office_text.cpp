#include "storage/office_text.h"

#include <algorithm>
#include <charconv>
#include <span>

#include "app/model/format.h"
#include "app/model/sort_stably.h"
#include "app/model/turns.h"
#include "storage/bundle/zip.h"
#include "storage/file_text.h"
#include "storage/interchange/encoding.h"
#include "storage/marked_text.h"

namespace pmo::storage {
namespace {

enum class Office : unsigned char { none, document, slides, sheets, open_document };

struct OfficeName {
  std::string_view ending;
  Office office;
};
constexpr OfficeName office_names[] = {{".docx", Office::document}, {".docm", Office::document}, {".pptx", Office::slides}, {".pptm", Office::slides},
                                       {".xlsx", Office::sheets}, {".xlsm", Office::sheets},
                                       {".odt", Office::open_document}, {".ods", Office::open_document}, {".odp", Office::open_document}};

// The parts that hold text, in the order in which they are read: those of one line by their numbers.
struct OfficePart {
  Office office;
  std::string_view beginning;  // of the part's name; all end in ".xml"
};
constexpr OfficePart office_parts[] = {{Office::document, "word/document"}, {Office::document, "word/footnotes"}, {Office::document, "word/endnotes"},
                                       {Office::document, "word/comments"}, {Office::document, "word/header"}, {Office::document, "word/footer"},
                                       {Office::slides, "ppt/slides/slide"}, {Office::slides, "ppt/notesSlides/notesSlide"},
                                       {Office::sheets, "xl/workbook"}, {Office::sheets, "xl/sharedStrings"}, {Office::sheets, "xl/worksheets/sheet"},
                                       {Office::open_document, "content"}};

Office office_of(std::string_view file_name) {
  const std::string name = lower(file_name);
  const auto found = std::ranges::find_if(office_names, [&](const OfficeName& one) { return name.ends_with(one.ending); });
  return found == std::end(office_names) ? Office::none : found->office;
}

// Its line above; none: it holds no text.
std::optional<std::size_t> line_of(Office office, std::string_view name) {
  const auto found = std::ranges::find_if(office_parts, [&](const OfficePart& part) { return part.office == office && name.starts_with(part.beginning); });
  if (found == std::end(office_parts) || !name.ends_with(".xml")) return {};
  return static_cast<std::size_t>(found - office_parts);
}

// --- flowing text

enum class Meaning : unsigned char { none, words, paragraph, paragraph_of_words, line, tab, space, left_out };

struct NamedMeaning {
  std::string_view name;
  Meaning meaning;
};
// Of Word and of slides. Paragraph properties define tabs, which are none of the text; a fallback says again what stands beside it.
constexpr NamedMeaning in_office_open[] = {{"t", Meaning::words}, {"p", Meaning::paragraph}, {"tab", Meaning::tab}, {"br", Meaning::line},
                                           {"cr", Meaning::line}, {"pPr", Meaning::left_out}, {"Fallback", Meaning::left_out},
                                           {"moveFrom", Meaning::left_out}};
constexpr NamedMeaning in_open_document[] = {{"p", Meaning::paragraph_of_words}, {"h", Meaning::paragraph_of_words}, {"tab", Meaning::tab}, {"s", Meaning::space},
                                             {"line-break", Meaning::line}, {"tracked-changes", Meaning::left_out}};

class FlowingText final : public MarkVisitor {
 public:
  FlowingText(std::span<const NamedMeaning> meanings, std::string& text) : meanings_(meanings), text_(text) {}

  void mark(const Mark& mark) override {
    const int deeper = mark.opens - mark.closes;
    if (!left_out_.empty()) {
      if (mark.name == left_out_) depth_ += deeper;
      if (depth_ <= 0) left_out_ = {};
      return;
    }
    const auto found = std::ranges::find(meanings_, mark.name, &NamedMeaning::name);
    switch (found == meanings_.end() ? Meaning::none : found->meaning) {
      case Meaning::none: return;
      case Meaning::words: return count(deeper);
      case Meaning::paragraph_of_words: count(deeper); [[fallthrough]];
      case Meaning::paragraph:
        if (mark.closes) end_line();
        return;
      case Meaning::line: return end_line();
      case Meaning::tab: text_ += '\t'; return;
      case Meaning::space: text_ += ' '; return;
      case Meaning::left_out:
        if (deeper > 0) left_out_ = mark.name, depth_ = 1;
        return;
    }
  }
  void characters(std::string_view marked) override {
    if (takes()) append_unescaped(marked, text_);
  }
  void literal(std::string_view text) override {
    if (takes()) text_ += text;
  }
  bool enough() const override { return text_.size() > longest_kept_text; }

 private:
  bool takes() const { return words_ > 0 && left_out_.empty(); }
  void count(int deeper) { words_ = std::max(0, words_ + deeper); }
  void end_line() {
    if (!text_.empty() && text_.back() != '\n') text_ += '\n';
  }

  std::span<const NamedMeaning> meanings_;
  std::string& text_;
  std::string_view left_out_;  // the element that is under way, with all that is in it
  int depth_ = 0, words_ = 0;
};

// --- sheets

// The texts that cells refer to by their place. What tells how Japanese is spoken is none of the text.
class SharedTexts final : public MarkVisitor {
 public:
  std::vector<std::string> all;

  void mark(const Mark& mark) override {
    if (mark.name == "si" && mark.opens) all.emplace_back();
    if (mark.name == "rPh") spoken_ = mark.opens && !mark.closes;
    if (mark.name == "t") within_ = mark.opens && !mark.closes;
  }
  void characters(std::string_view marked) override {
    if (within_ && !spoken_ && !all.empty()) append_unescaped(marked, all.back());
  }
  void literal(std::string_view text) override {
    if (within_ && !spoken_ && !all.empty()) all.back() += text;
  }
  bool enough() const override { return false; }

 private:
  bool within_ = false, spoken_ = false;
};

// Rows of cells; of the workbook the names of its sheets.
class SheetText final : public MarkVisitor {
 public:
  SheetText(const std::vector<std::string>& shared, std::string& text) : shared_(shared), text_(text) {}

  void mark(const Mark& mark) override {
    if (mark.name == "sheet" && mark.opens) add(attribute_of(mark, "name"));
    if (mark.name == "c" && mark.opens) is_shared_ = attribute_of(mark, "t") == "s", value_.clear();
    if (mark.name == "v" || mark.name == "t") within_ = mark.opens && !mark.closes;
    if (mark.name == "c" && mark.closes) add(is_shared_ ? shared() : value_);
    if ((mark.name == "row" || mark.name == "sheets") && mark.closes && begun_) text_ += '\n', begun_ = false;
  }
  void characters(std::string_view marked) override {
    if (within_) append_unescaped(marked, value_);
  }
  void literal(std::string_view text) override {
    if (within_) value_ += text;
  }
  bool enough() const override { return text_.size() > longest_kept_text; }

 private:
  std::string_view shared() const {
    std::size_t place = 0;
    const auto read = std::from_chars(value_.data(), value_.data() + value_.size(), place);
    return read.ec == std::errc{} && place < shared_.size() ? std::string_view(shared_[place]) : std::string_view{};
  }
  void add(std::string_view value) {
    if (value.empty()) return;
    if (begun_) text_ += '\t';
    text_ += value.substr(0, longest_kept_text);
    begun_ = true;
  }

  const std::vector<std::string>& shared_;
  std::string& text_;
  std::string value_;
  bool is_shared_ = false, within_ = false, begun_ = false;
};

// --- a file

struct PartText {
  std::size_t line = 0;  // of office_parts
  std::string name, xml;
};

// Numbers in names have no leading zeros: the shorter name is the earlier part.
void sort_parts(std::vector<PartText>& parts) {
  sort_stably(parts, [](const PartText& a, const PartText& b) {
    return std::tuple(a.line, a.name.size(), std::string_view(a.name)) < std::tuple(b.line, b.name.size(), std::string_view(b.name));
  });
}

std::string text_of_parts(Office office, std::vector<PartText> parts) {
  sort_parts(parts);
  std::string text;
  SharedTexts shared;
  for (const PartText& part : parts) {
    if (part.name.starts_with("xl/sharedStrings")) {
      walk_marks(part.xml, shared);
    } else if (office == Office::sheets) {
      SheetText sheet(shared.all, text);
      walk_marks(part.xml, sheet);
    } else {
      FlowingText flowing(office == Office::open_document ? std::span<const NamedMeaning>(in_open_document) : in_office_open, text);
      walk_marks(part.xml, flowing);
    }
  }
  return kept_part(std::move(text));
}

// Reads the parts one after the other, wherever the file lies.
struct PartReader : std::enable_shared_from_this<PartReader> {
  Office office = Office::none;
  std::vector<ZipEntry> entries;
  std::vector<PartText> parts;
  std::function<void(Result<std::string>)> done;
  Turns turns;

  void go_on() { turns.next([this] { read_next(); }); }

  void read_next() {
    if (parts.size() == entries.size()) return done(text_of_parts(office, std::move(parts)));
    const ZipEntry& entry = entries[parts.size()];
    read_whole(entry.content, [self = shared_from_this(), name = entry.name](Result<std::string> bytes) {
      if (!bytes) return self->done(std::unexpected(bytes.error()));
      auto decoded = decode_text(*bytes);
      self->parts.push_back({line_of(self->office, name).value_or(0), name, decoded ? std::move(decoded->text) : std::string()});
      self->go_on();
    });
  }
};

}  // namespace

bool is_office_file(std::string_view name) { return office_of(name) != Office::none; }

void text_in_office_file(const std::string& name, const ContentPtr& file, std::function<void(Result<std::string>)> done) {
  const auto reader = std::make_shared<PartReader>();
  reader->office = office_of(name);
  reader->done = std::move(done);
  const auto wanted = [office = reader->office, left = largest_office_text](std::string_view part, std::uint64_t size) mutable {
    if (size > left || !line_of(office, part)) return false;
    left -= size;
    return true;
  };
  read_zip(file, [reader](Result<std::vector<ZipEntry>> entries) {
    if (!entries) return reader->done(std::unexpected(entries.error()));
    if (entries->empty()) return reader->done(fail("error.zip.damaged"_key));
    reader->entries = std::move(*entries);
    reader->go_on();
  }, wanted);
}

}  // namespace pmo::storage
