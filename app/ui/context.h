// What every panel gets: the open project to read, and where to send what the user wants. Data flows one way: a panel
// reads the project and its analyses, draws, and answers with a command or a transaction; it never reaches across to
// another panel.
#pragma once

#include <functional>
#include <map>
#include <set>

#include "app/model/transaction.h"
#include "app/words/words.h"

namespace pmo::ui {

class Analyses;   // app/ui/analyses.h: schedule and the like, computed when asked for and cached by table revision
class Commands;   // app/ui/commands.h: the registry behind menus, toolbar, palette and shortcuts
class Platform;   // app/ui/platform.h: text entry, clipboard, files, time
struct Theme;     // app/ui/theme.h: colours, spacing, fonts

// What is selected, in which register. Rows keep their selection by id, so it survives sorting and filtering.
struct Selection {
  const RegisterInfo* info = nullptr;
  std::set<Id> records;
  Id current;  // the one with the keyboard focus; shown in the inspector

  void clear() { *this = {}; }
  void only(const RegisterInfo& in, Id record) { info = &in; records = {record}; current = record; }
  bool contains(Id record) const { return records.contains(record); }
};

// Where the user is, and where links lead.
class Navigation {
 public:
  virtual ~Navigation() = default;
  virtual void open_page(std::string_view page) = 0;               // by the page's name
  virtual void open_register(const RegisterInfo&) {}                 // the page that shows its records
  virtual void open_record(const RegisterInfo& info, Id record) = 0;  // its page, selected, inspector open
  virtual void back() = 0;
  virtual void open_project(Id) {}                                 // in the place of the open one, before the next frame
};

// Short messages to the user. An error stays until read; a success fades.
class Messages {
 public:
  virtual ~Messages() = default;
  virtual void success(std::string text) = 0;
  virtual void warning(std::string text) = 0;
  virtual void error(const Error& error) = 0;
};

struct Context {
  Project& project;
  Analyses& analyses;
  Commands& commands;
  Platform& platform;
  const Theme& theme;
  Selection& selection;
  Navigation& navigation;
  Messages& messages;
  Language language;
  Day today;

  std::string_view text(Key key) const { return word(key, language); }
  std::string text(Key key, std::vector<std::string> arguments) const { return phrase(key, arguments, language); }

  // Runs a group of edits as one transaction; tells the user what is wrong when it is refused. True when committed.
  template <class Edit>
  bool change(Key name, std::vector<std::string> arguments, Edit&& edit) {
    return told(attempt(name, std::move(arguments), std::forward<Edit>(edit)));
  }
  // The same, for a caller that tells himself what is wrong, where it is.
  template <class Edit>
  Result<void> attempt(Key name, std::vector<std::string> arguments, Edit&& edit) {
    Transaction transaction(project, name, std::move(arguments));
    if constexpr (std::is_void_v<decltype(edit(transaction))>) edit(transaction);
    else if (Result<void> edited = edit(transaction); !edited) return edited;
    return finish(transaction);
  }
  // Adds what follows from the edits and commits them; tells the user what is wrong when they are refused.
  bool commit(Transaction& transaction) const { return told(finish(transaction)); }

 private:
  Result<void> finish(Transaction& transaction) const;
  bool told(const Result<void>& done) const {
    if (!done) messages.error(done.error());
    return done.has_value();
  }
};

}  // namespace pmo::ui
