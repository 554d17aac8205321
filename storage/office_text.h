// The text inside an office file, for the search: Office Open XML (.docx, .xlsx, .pptx, ISO/IEC 29500) and OpenDocument
// (.odt, .ods, .odp, ISO/IEC 26300). Both are zip archives of XML. Only the parts that hold text are unpacked, only as far
// as largest_office_text allows, whatever their sizes promise; nothing of a file is run, fetched or followed.
//
// Lines are paragraphs, and rows of a sheet, whose cells are apart by tabs; what a document keeps as deleted is left out.
// The older binary files (.doc, .xls, .ppt) are none of these.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "app/model/content.h"

namespace pmo::storage {

inline constexpr std::uint64_t largest_office_text = 24u << 20;  // bytes, unpacked, of all parts; a part that is beyond is left out

// By its name: its bytes are not looked at.
bool is_office_file(std::string_view name);

// Cut like any text that is kept (kept_part). Errors: error.zip.damaged, also for what is no archive and for one without
// such parts (a document that is protected by a password is neither); error.zip.packed; the content cannot be read.
void text_in_office_file(const std::string& name, const ContentPtr& file, std::function<void(Result<std::string>)> done);

}  // namespace pmo::storage
