// The contents of attached files, for the panels that attach, open and remove them. The records themselves are
// `attachment`s of the project; what they refer to lies beside the project.
#pragma once

#include <functional>
#include <string>

#include "app/model/content.h"
#include "app/model/project.h"

namespace pmo::ui {

class AttachedFiles {
 public:
  virtual ~AttachedFiles() = default;

  // Keeps the content, and then makes the record: answers when both are done, or with why not.
  virtual void attach(Id record, const std::string& name, const std::string& type, ContentPtr content,
                      std::function<void(Result<void>)> done) = 0;
  // The content that an attachment names (Attachment::sha256); of a locked one error.vault.locked without the passphrase.
  virtual void fetch(const std::string& address, std::function<void(Result<ContentPtr>)> got) = 0;
  virtual std::uint64_t largest() const = 0;  // bytes of one file
};

}  // namespace pmo::ui
