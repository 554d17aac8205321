#include "web/host_calls.h"

#include <emscripten.h>

// clang-format off
EM_JS(void, host_wake, (), { Module.host.wake(); })

EM_JS(void, host_glyph, (int face, int character, float em, int only_advance, void* ink, void* pixels, int room), {
  Module.host.glyph(face, character, em, only_advance, ink, pixels, room);
})
EM_JS(void, host_icon, (int character, int size, void* ink, void* pixels, int room), {
  Module.host.icon(character, size, ink, pixels, room);
})

EM_JS(void, host_set_appearance, (int chinese, int dark, unsigned background), {
  Module.host.set_appearance(chinese, dark, background);
})
EM_JS(void, host_set_title, (const char* text, int length), { Module.host.set_title(text, length); })
EM_JS(void, host_set_cursor, (int shape), { Module.host.set_cursor(shape); })
EM_JS(void, host_announce, (const char* text, int length, int urgent), { Module.host.announce(text, length, urgent); })

EM_JS(void, host_text_entry, (const void* request), { Module.host.text_entry(request); })

EM_JS(void, host_copy, (const char* text, int text_length, const char* html, int html_length), {
  Module.host.copy(text, text_length, html, html_length);
})
EM_JS(void, host_request_paste, (), { Module.host.request_paste(); })

EM_JS(void, host_open_files, (int request, const char* extensions, int length, int several, double max_bytes), {
  Module.host.open_files(request, extensions, length, several, max_bytes);
})
EM_JS(void, host_download, (const char* name, int name_length, const char* type, int type_length, int content), {
  Module.host.download(name, name_length, type, type_length, content);
})
EM_JS(void, host_download_painted, (const char* name, int name_length, const char* svg, int svg_length), {
  Module.host.download_painted(name, name_length, svg, svg_length);
})
EM_JS(void, host_save_as, (int request, const char* name, int name_length, const char* type, int type_length, int content), {
  Module.host.save_as(request, name, name_length, type, type_length, content);
})
EM_JS(int, host_share, (const char* name, int name_length, const char* type, int type_length, const char* bytes, int size), {
  return Module.host.share(name, name_length, type, type_length, bytes, size);
})

EM_JS(void, host_print, (const char* html, int length), { Module.host.print(html, length); })
EM_JS(void, host_show_document, (const char* html, int length), { Module.host.show_document(html, length); })
EM_JS(void, host_open_link, (const char* address, int length), { Module.host.open_link(address, length); })

EM_JS(void, host_apply_update, (), { Module.host.apply_update(); })
EM_JS(void, host_install, (), { Module.host.install(); })
EM_JS(void, host_set_full_screen, (int on), { Module.host.set_full_screen(on); })

EM_JS(int, host_setting, (const char* name, int length), { return Module.host.setting(name, length); })
EM_JS(void, host_set_setting, (const char* name, int name_length, const char* value, int value_length), {
  Module.host.set_setting(name, name_length, value, value_length);
})

EM_JS(double, host_local_minutes, (), { return Module.host.local_minutes(); })

EM_JS(void, host_store_load, (int request, const char* name, int length), { Module.host.store_load(request, name, length); })
EM_JS(void, host_store_load_second, (int request, const char* name, int length), { Module.host.store_load_second(request, name, length); })
EM_JS(void, host_store_write, (int request, const char* name, int length, const char* heads, int heads_length, int changed, const void* numbers, const void* sizes, const void* bytes), {
  Module.host.store_write(request, name, length, heads, heads_length, changed, numbers, sizes, bytes);
})
EM_JS(void, host_store_reconnect, (), { Module.host.store_reconnect(); })
EM_JS(void, host_store_release, (const char* name, int length), { Module.host.store_release(name, length); })
EM_JS(void, host_store_remove, (const char* name, int length, int damaged), { Module.host.store_remove(name, length, damaged); })
EM_JS(void, host_store_put_snapshot, (int request, const char* name, int length, const char* info, int info_length, const void* bytes, int size, int keep), {
  Module.host.store_put_snapshot(request, name, length, info, info_length, bytes, size, keep);
})
EM_JS(void, host_store_list_names, (int request), { Module.host.store_list_names(request); })
EM_JS(void, host_store_list_snapshots, (int request, const char* name, int length), {
  Module.host.store_list_snapshots(request, name, length);
})
EM_JS(void, host_store_get_snapshot, (int request, const char* name, int length, double id), {
  Module.host.store_get_snapshot(request, name, length, id);
})
EM_JS(void, host_store_quarantine, (int request, const char* name, int length), {
  Module.host.store_quarantine(request, name, length);
})
EM_JS(void, host_store_take, (int request, const char* name, int length), { Module.host.store_take(request, name, length); })
EM_JS(void, host_store_put_blob, (int request, const char* sha256, int length, int content), {
  Module.host.store_put_blob(request, sha256, length, content);
})
EM_JS(void, host_store_get_blob, (int request, const char* sha256, int length, int second), {
  Module.host.store_get_blob(request, sha256, length, second);
})
EM_JS(void, host_store_room, (int request), { Module.host.store_room(request); })
EM_JS(void, host_store_refer, (const char* project, int length, const char* contents, int contents_length), {
  Module.host.store_refer(project, length, contents, contents_length);
})
EM_JS(void, host_store_discard, (const char* hash, int length), { Module.host.store_discard(hash, length); })
EM_JS(void, host_store_find_unused, (int request, double grace), { Module.host.store_find_unused(request, grace); })
EM_JS(void, host_store_collect, (double grace), { Module.host.store_collect(grace); })

EM_JS(void, host_content_read, (int request, int content, double from, double size), { Module.host.content_read(request, content, from, size); })
EM_JS(int, host_content_make, (const void* pieces, int count), { return Module.host.content_make(pieces, count); })
EM_JS(void, host_content_release, (int content), { Module.host.content_release(content); })

EM_JS(void, host_after, (int request, int milliseconds), { Module.host.after(request, milliseconds); })
// clang-format on
