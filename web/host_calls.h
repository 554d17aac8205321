// What the module asks of the browser: implemented by HostCalls in web/host/host_calls.ts, same names, same
// order. Texts and bytes are (start, length); they are copied before the call returns.
#pragma once

extern "C" {

void host_wake();

void host_glyph(int face, int character, float em, int only_advance, void* ink, void* pixels, int room);
void host_icon(int character, int size, void* ink, void* pixels, int room);

void host_set_appearance(int chinese, int dark, unsigned background);
void host_set_title(const char* text, int length);
void host_set_cursor(int shape);
void host_announce(const char* text, int length, int urgent);

void host_text_entry(const void* request);

void host_copy(const char* text, int text_length, const char* html, int html_length);
void host_request_paste();

void host_open_files(int request, const char* extensions, int length, int several, double max_bytes);
void host_download(const char* name, int name_length, const char* type, int type_length, int content);
void host_download_painted(const char* name, int name_length, const char* svg, int svg_length);
void host_save_as(int request, const char* name, int name_length, const char* type, int type_length, int content);
int host_share(const char* name, int name_length, const char* type, int type_length, const char* bytes,
               int size);

void host_print(const char* html, int length);
void host_show_document(const char* html, int length);
void host_open_link(const char* address, int length);

void host_apply_update();
void host_install();
void host_set_full_screen(int on);

int host_setting(const char* name, int length);  // leaves the value in the inbox
void host_set_setting(const char* name, int name_length, const char* value, int value_length);

double host_local_minutes();

void host_store_load(int request, const char* name, int length);
void host_store_load_second(int request, const char* name, int length);
void host_store_write(int request, const char* name, int length, const char* heads, int heads_length, int changed,
                      const void* numbers, const void* sizes, const void* bytes);
void host_store_reconnect();
void host_store_release(const char* name, int length);
void host_store_remove(const char* name, int length, int damaged);
void host_store_put_snapshot(int request, const char* name, int length, const char* info, int info_length,
                             const void* bytes, int size, int keep);
void host_store_list_names(int request);
void host_store_list_snapshots(int request, const char* name, int length);
void host_store_get_snapshot(int request, const char* name, int length, double id);
void host_store_quarantine(int request, const char* name, int length);
void host_store_take(int request, const char* name, int length);
void host_store_put_blob(int request, const char* sha256, int length, int content);
void host_store_get_blob(int request, const char* sha256, int length, int second);
void host_store_room(int request);
void host_store_refer(const char* project, int length, const char* contents, int contents_length);
void host_store_discard(const char* hash, int length);
void host_store_find_unused(int request, double grace);
void host_store_collect(double grace);

void host_content_read(int request, int content, double from, double size);
int host_content_make(const void* pieces, int count);
void host_content_release(int content);

void host_after(int request, int milliseconds);
}
