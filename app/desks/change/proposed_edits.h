// The proposed edits of a change request: what is proposed so far, and a form for one more.
#pragma once

#include <map>

#include "app/engine/change/proposed_edits.h"
#include "app/model/predecessors.h"
#include "app/ui/editors/field_editor.h"

namespace pmo::desks {

class ProposedEditsCard {
 public:
  void draw(ui::Context& context, const ChangeRequest& request);

 private:
  // A record to choose: one of the plan, or one that the request proposes.
  struct Chooser {
    Id chosen;
    ui::ReferencePicker picker;
    bool open = false;  // the picker, in the next frame
  };

  void draw_list(ui::Context& context, const ChangeRequest& request);
  void draw_edit(ui::Context& context, const ChangeRequest& request, const ProposedEdit& edit);
  // The fields of a proposed link or assignment, to be written anew.
  void draw_in_place(ui::Context& context, const ProposedEdit& proposal);
  std::optional<Lag> draw_lag(ui::Context& context, const ProposedEdit& proposal, float width);
  void draw_form(ui::Context& context, const ChangeRequest& request);
  void draw_write(ui::Context& context, const ChangeRequest& request);
  void draw_new_task(ui::Context& context, const ChangeRequest& request);
  void draw_new_link(ui::Context& context, const ChangeRequest& request);
  void draw_new_assignment(ui::Context& context, const ChangeRequest& request);
  void draw_deletion(ui::Context& context, const ChangeRequest& request);
  void choose(ui::Context& context, const ChangeRequest& request, const char* id, Key hint, const RegisterInfo& info, Chooser& chooser);
  // An editor of a field of the record that is being described.
  void draw_draft(ui::Context& context, const RegisterInfo& info, const FieldInfo& field, float width);
  void propose(ui::Context& context, const ChangeRequest& request, const RegisterInfo& info, const std::string& title, engine::FieldValues values);

  int form_ = 0, deleted_kind_ = 0;
  Chooser task_, from_, to_, resource_, gone_;
  std::string_view field_ = "duration";
  std::map<const FieldInfo*, Value> draft_;
  ui::FieldEditor editor_;
};

}  // namespace pmo::desks
