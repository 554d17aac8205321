#include "app/ui/context.h"

#include "app/engine/follow_edits.h"
#include "app/model/work_equation.h"

namespace pmo::ui {

bool Context::commit(Transaction& transaction) const {
  if (auto followed = engine::follow_edits(transaction, today); !followed) {
    messages.error(followed.error());
    return false;
  }
  keep_work_equation(transaction);
  auto committed = transaction.commit();
  if (!committed) messages.error(committed.error());
  return committed.has_value();
}

}  // namespace pmo::ui
