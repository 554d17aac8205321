#include "web/store_doors.h"

#include <emscripten.h>

// The answers of web/host/store.ts, which wakes the page after each.

using pmo::web::inbox_of;
using pmo::web::Page;
using pmo::web::store_of;

extern "C" {

// An image that is about to arrive, and its head (commit 0: nothing is stored). Flags: 1 writable here, 2 there was data,
// 4 rescued.
EMSCRIPTEN_KEEPALIVE std::uint8_t* pmo_image(Page* page, int request, double bytes, int format, double commit,
                                             double file_size, int epoch, double digest, int writer_length, int flags) {
  pmo::storage::Head head{.commit = static_cast<std::uint64_t>(commit),
                          .file_size = static_cast<std::uint64_t>(file_size),
                          .epoch = static_cast<std::uint32_t>(epoch),
                          .writer = std::string(inbox_of(*page, writer_length)),
                          .digest = static_cast<std::uint64_t>(digest),
                          .format = static_cast<std::uint32_t>(format)};
  return store_of(*page).image_arriving(request, static_cast<std::uint64_t>(bytes), std::move(head), (flags & 1) != 0, (flags & 2) != 0,
                                        (flags & 4) != 0);
}

EMSCRIPTEN_KEEPALIVE void pmo_image_done(Page* page, int request) {
  store_of(*page).image_arrived(request);
}

EMSCRIPTEN_KEEPALIVE void pmo_image_failed(Page* page, int request, int length) {
  store_of(*page).image_failed(request, std::string(inbox_of(*page, length)));
}

EMSCRIPTEN_KEEPALIVE void pmo_outcome(Page* page, int request, int outcome) {
  store_of(*page).outcome(request, static_cast<pmo::storage::FlushOutcome>(outcome));
}

EMSCRIPTEN_KEEPALIVE void pmo_listed(Page* page, int request, int length) {
  store_of(*page).listed(request, inbox_of(*page, length));
}

// Another window asks for a database (wanted) or has written one.
EMSCRIPTEN_KEEPALIVE void pmo_other_window(Page* page, int wanted, int length) {
  const auto& tell = wanted ? store_of(*page).wanted : store_of(*page).changed;
  if (tell) tell(std::string(inbox_of(*page, length)));
}

// What was stored may be gone, or (removed) is.
EMSCRIPTEN_KEEPALIVE void pmo_stores(Page* page, int removed) {
  if (const auto& tell = store_of(*page).in_doubt) tell(removed != 0);
}

// Whether something that was committed is not stored yet.
EMSCRIPTEN_KEEPALIVE int pmo_unsaved(Page* page) { return store_of(*page).unsaved && store_of(*page).unsaved(); }

EMSCRIPTEN_KEEPALIVE void pmo_after(Page* page, int request) { store_of(*page).time_is_up(request); }

// Flags: 1 protected from eviction, 2 the second copy has everything.
EMSCRIPTEN_KEEPALIVE void pmo_storage(Page* page, int persistent, int flags) {
  store_of(*page).known(persistent != 0, (flags & 1) != 0, (flags & 2) != 0);
}
}
