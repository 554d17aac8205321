// The doors through which the TypeScript host answers the page store: part of the module, apart from web/page.cpp so that
// a test page without the interface has them too.
#pragma once

#include "web/browser_page_store.h"

namespace pmo::web {

// What a module provides: its page, as handed out to the host.
struct Page;
BrowserPageStore& store_of(Page& page);
std::string_view inbox_of(Page& page, int length);

}  // namespace pmo::web
