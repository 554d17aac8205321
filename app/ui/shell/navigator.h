// Where the user is and was: the page, the record, and the way back.
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "app/ui/page.h"

namespace pmo::ui {

class Navigator final : public Navigation {
 public:
  Navigator(const Pages& pages, Selection& selection) : pages_(pages), selection_(selection) {}

  void open_page(std::string_view page) override;
  void open_register(const RegisterInfo& info) override;
  void open_record(const RegisterInfo& info, Id record) override;
  void back() override;
  void open_project(Id project) override {
    if (project_opener) project_opener(project);
  }
  std::function<void(Id)> project_opener;

  // Another project was opened: nothing to go back to. Goes to the page when it exists, else to the first one.
  void reset(std::string_view page);

  Page* page() const;  // null only without pages
  std::string_view page_name() const { return current_.page; }
  bool can_go_back() const { return !past_.empty(); }
  Page* find(std::string_view name) const;
  // The page that shows the register's records, or its owner's.
  Page* page_of(const RegisterInfo& info) const;
  // A record was opened in this frame: the inspector is to show it.
  bool take_reveal() { return std::exchange(reveal_, false); }

 private:
  struct Place {
    std::string page;
    const RegisterInfo* info = nullptr;
    Id record;
    friend bool operator==(const Place&, const Place&) = default;
  };
  Place here() const { return {current_.page, selection_.info, selection_.current}; }
  void remember();

  const Pages& pages_;
  Selection& selection_;
  Place current_;
  std::vector<Place> past_;
  bool reveal_ = false;
};

}  // namespace pmo::ui
