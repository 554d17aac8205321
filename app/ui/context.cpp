#include "app/ui/context.h"

#include "app/engine/follow_edits.h"
#include "app/model/work_equation.h"

namespace pmo::ui {

Result<void> Context::finish(Transaction& transaction) const {
  PMO_TRY_VOID(engine::follow_edits(transaction, today));
  keep_work_equation(transaction);
  PMO_TRY(transaction.commit());
  return {};
}

}  // namespace pmo::ui
