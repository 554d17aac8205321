// A way to look at a register, kept under a name with the project: for everybody, or for one person.
#pragma once

#include "app/model/records/person.h"

namespace pmo {

struct SavedView : Record {
  std::string name;
  std::string register_name;  // of the register that it shows
  std::string content;        // columns, order, filters, grouping: app/ui/table/saved_view.h
  Ref<Person> person;         // whose it is; empty: everybody's
};

template <>
struct Describe<SavedView> {
  static RegisterInfo make() {
    return Describer<SavedView>("", Desk::administrator)
        .field("name", &SavedView::name, {.required = true, .title = true})
        .field("register_name", &SavedView::register_name, {.required = true, .hidden = true})
        .field("content", &SavedView::content, {.hidden = true})
        .field("person", &SavedView::person);
  }
};

}  // namespace pmo
