// Names of the format that writing and reading share. Internal to storage/bundle; docs/bundle.md specifies them.
#pragma once

#include <string>
#include <string_view>

#include "app/model/project.h"
#include "storage/bundle/bundle.h"

namespace pmo::storage {

inline constexpr std::string_view format_name = "pmo-desk-bundle";
// Features that a reader must understand.
inline constexpr std::string_view changes_only = "since", part_only = "lacking", values_left_out = "withheld";
inline constexpr int major_version = 1, minor_version = 2;
// Earlier ones left out confidential values without a word.
inline constexpr int first_that_tells_what_is_left_out = 2;
// In the zip form.
inline constexpr std::string_view document_name = "bundle.json", attachments_folder = "attachments/";

// Of a register of a newer version only the name is known.
inline RegisterInfo undescribed(const std::string& name) { return {name, "", Desk::manager, nullptr}; }

// The record that says which project it is; null in an empty one.
inline const Record* settings_of(const Project& project) {
  const auto& table = project.table(*project.schema().registers().front());
  return table.empty() ? nullptr : &table.at(0);
}

// Reads a document of which the attached contents lie beside it, checked: under a hash lies what has it.
Result<Bundle> read_document(std::string_view text, Contents beside, const Schema& schema, Id actor, Surroundings& surroundings);

}  // namespace pmo::storage
