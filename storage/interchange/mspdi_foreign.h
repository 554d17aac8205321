// What an element of an MSPDI file holds beyond our fields, as text, and how it goes back into the element that is
// written. Internal to its reader and writer.
#pragma once

#include <pugixml.hpp>
#include <set>
#include <string>

#include "storage/interchange/mspdi_elements.h"

namespace pmo::storage::mspdi {

// The children that are kept, as XML; those that are tied to the plan in one element <Tied Start= Finish=> with the dates
// of the task at `anchor`. Adds the names of what is kept to `names`. Empty: nothing.
std::string leftover(pugi::xml_node node, const Elements& elements, pugi::xml_node anchor, std::set<std::string>& names);
std::string xml_of(pugi::xml_node node);

// Whether what is tied still fits a task with these dates, as the file writes them.
bool fits(std::string_view leftover, std::string_view start, std::string_view finish);
// Puts everything back in the order of the schema; an element that is there already stays, except that what is tied (when
// it fits) and units take its place. Answers whether something tied was left out.
bool give_back(pugi::xml_node node, std::string_view leftover, const Elements& elements, bool with_tied);

}  // namespace pmo::storage::mspdi
