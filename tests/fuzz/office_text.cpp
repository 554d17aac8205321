// Office files: as an archive of any bytes, and as a part of one that is whole.
#include "storage/bundle/zip.h"
#include "storage/file_text.h"

using namespace pmo;
using namespace pmo::storage;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  const auto ignore = [](const Result<std::string>&) {};
  constexpr std::pair<const char*, const char*> parts[] = {{"a.docx", "word/document.xml"}, {"a.xlsx", "xl/sharedStrings.xml"}, {"a.xlsx", "xl/worksheets/sheet1.xml"}, {"a.odt", "content.xml"}};
  for (const auto& [file, part] : parts) {
    read_file_text(file, "", content_of(bytes), ignore);
    write_zip({{part, content_of(bytes)}}, [&](const Result<ContentPtr>& archive) { read_file_text(file, "", *archive, ignore); });
  }
  return 0;
}
