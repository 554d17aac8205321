#include "app/ui/nothing_of.h"

#include "app/ui/icons.h"
#include "app/ui/widgets/widgets.h"

namespace pmo::ui {

void nothing_of(Context& context, const RegisterInfo& info) {
  paragraph(Type::body, context.text(info.about_key()), context.theme.ink_soft);
  if (text_link(labelled(context.text(info.label_key()), "to." + info.name), icon::list_checks)) context.navigation.open_register(info);
}

}  // namespace pmo::ui
