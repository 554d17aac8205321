// Records that hang on records of any register: relations between two, attached files, and who works on which copy.
#pragma once

#include "app/model/records/person.h"

namespace pmo {

struct Relation : Record {
  AnyRef from, to;
  std::string meaning;
};

template <>
struct Describe<Relation> {
  static RegisterInfo make() {
    return Describer<Relation>("", Desk::administrator)
        .field("from", &Relation::from, {.required = true, .owner = true})
        .field("to", &Relation::to, {.required = true, .owner = true})
        .field("meaning", &Relation::meaning, {.title = true});
  }
};

struct Attachment : Record {
  AnyRef record;
  std::string file_name;
  std::string media_type;
  std::int64_t size = 0;  // bytes
  std::string sha256;     // of the content, in lower-case hexadecimal: its address in the attachment store. Of a locked
                          // record marked as sealed (content_hash of app/model/sealing.h), and of the ciphertext
  std::string extracted_text;  // what the search finds in it; a line end alone: it was read, and there is no text in it
};

template <>
struct Describe<Attachment> {
  static RegisterInfo make() {
    return Describer<Attachment>("", Desk::documents)
        .field("record", &Attachment::record, {.required = true, .owner = true})
        .field("file_name", &Attachment::file_name, {.required = true, .title = true})
        .field("media_type", &Attachment::media_type)
        .field("size", &Attachment::size, {.minimum = 0})
        .field("sha256", &Attachment::sha256, {.required = true, .address = true})
        .field("extracted_text", &Attachment::extracted_text, {.lines = true, .sealed = true, .hidden = true, .searched = true});
  }
};

// One installation that edits copies of the project. Its id is the actor of its stamps.
struct Installation : Record {
  std::string name;
  Ref<Person> person;
};

template <>
struct Describe<Installation> {
  static RegisterInfo make() {
    return Describer<Installation>("", Desk::administrator)
        .field("name", &Installation::name, {.title = true})
        .field("person", &Installation::person);
  }
};

}  // namespace pmo
