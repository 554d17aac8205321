// All widgets at once.
#pragma once

#include "app/ui/icons.h"
#include "app/ui/theme.h"
#include "app/ui/widgets/button.h"
#include "app/ui/widgets/card.h"
#include "app/ui/widgets/chip.h"
#include "app/ui/widgets/dialog.h"
#include "app/ui/widgets/empty_state.h"
#include "app/ui/widgets/menu.h"
#include "app/ui/widgets/search_box.h"
#include "app/ui/widgets/splitter.h"
#include "app/ui/widgets/tabs.h"
#include "app/ui/widgets/text.h"
#include "app/ui/widgets/tooltip.h"
