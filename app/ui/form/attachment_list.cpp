#include "app/ui/form/attachment_list.h"

#include "app/model/access_log.h"
#include "app/model/format.h"
#include "app/model/records/common.h"
#include "app/model/sealing.h"
#include "app/ui/commands.h"
#include "app/ui/widgets/pressable.h"
#include "app/ui/widgets/widgets.h"

namespace pmo::ui {
namespace {

constexpr int megabyte = 20;  // bits
constexpr std::uint64_t takes_a_while = 20ull << megabyte;  // bytes from which on a user is told that it goes on

void choose_files(Context& context, AttachedFiles& kept, Id record) {
  // The answer comes when this frame and its context are gone; what the context refers to lasts.
  context.platform.open_files({.extensions = {}, .several = true, .max_bytes = kept.largest()},
                              [context, &kept, record](std::vector<File> files) mutable { attach_files(context, kept, record, files); });
}

void download(Context& context, AttachedFiles& kept, const Attachment& attachment) {
  if (is_sealed(attachment.sha256) && !context.project.content_key()) return (void)context.commands.run("vault.unlock", context);
  kept.fetch(attachment.sha256, [context, id = attachment.id, name = attachment.file_name, type = attachment.media_type](Result<ContentPtr> content) {
    if (const Attachment* opened = context.project.all<Attachment>().find(id); content && opened && is_sealed(opened->sha256))
      note_look(context.project, register_of<Attachment>(), *opened, context.platform.local_now());
    if (content) context.platform.download(safe_file_name(name), type.empty() ? "application/octet-stream" : type, *content);
    else context.messages.error({content.error().message, content.error().arguments, name});
    context.platform.request_frame();
  });
}

void remove(Context& context, const Attachment& attachment) {
  context.change("transaction.detach"_key, {attachment.file_name}, [&](Transaction& change) { change.erase(attachment); });
}

void attach_file(Context context, AttachedFiles& kept, Id record, const File& file) {
  if (file.size > takes_a_while) context.messages.success(context.text("attachments.adding"_key, {file.name, format_bytes(file.size)}));
  kept.attach(record, file.name, file.type, file.content, [context, name = file.name](Result<void> done) {
    if (done) context.messages.success(context.text("attachments.added"_key, {name}));
    else context.messages.error(done.error().place.empty() ? Error{done.error().message, done.error().arguments, name} : done.error());
    context.platform.request_frame();
  });
}

// True when the attachment is to be removed.
bool draw_one(Context& context, AttachedFiles& kept, const Attachment& attachment, float width) {
  constexpr float height = Theme::dense_row, button_room = 36;
  const std::string name = attachment.id.text();
  const Press press = pressable(labelled(context.text("attachments.open"_key, {attachment.file_name}), "attachment." + name),
                                {width - button_room, height}, true, Role::link, {}, {}, 4);
  const Theme& t = context.theme;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  if (const ImU32 ground = veil(press)) list.AddRectFilled(press.from, press.to, ground, 4);
  const std::string size = format_bytes(static_cast<std::uint64_t>(attachment.size));
  const float size_width = measure(Type::caption, size).x;
  const float y = middle(press.from.y, height, size_of(Type::body));
  draw_text(list, {press.from.x + 8, y}, Type::body, t.ink_soft, is_sealed(attachment.sha256) ? icon::lock : icon::attach);
  draw_text_cut(list, {press.from.x + 30, y}, press.size().x - 46 - size_width, Type::body, t.ink, attachment.file_name);
  draw_text(list, {press.to.x - 8 - size_width, y + 1}, Type::caption, t.ink_faint, size);
  if (press.clicked) download(context, kept, attachment);
  ImGui::SameLine(0, 4);
  const std::string id = "###attachment.remove." + name;
  return icon_button(id.c_str(), icon::trash, context.text("attachments.remove"_key, {attachment.file_name}),
                     {.emphasis = Emphasis::quiet, .small = true});
}

}  // namespace

void attach_files(Context& context, AttachedFiles& kept, Id record, const std::vector<File>& files) {
  for (const auto& file : files) {
    if (file.too_large || file.size > kept.largest())
      context.messages.error({"error.attachment.too_large"_key, {std::to_string(kept.largest() >> megabyte)}, file.name});
    else
      attach_file(context, kept, record, file);
  }
}

void draw_attachments(Context& context, AttachedFiles& kept, Id record) {
  std::vector<const Attachment*> attached;
  for (const auto& attachment : context.project.all<Attachment>())
    if (attachment.record.id == record) attached.push_back(&attachment);
  gap(1);
  rule();
  gap(0.5f);
  const float width = ImGui::GetContentRegionAvail().x - 8;
  const float left = ImGui::GetCursorPosX();
  text(Type::strong, context.text("register.attachment"_key));
  if (!attached.empty()) {
    ImGui::SameLine(0, 8);
    text(Type::strong, format_integer(static_cast<std::int64_t>(attached.size())), context.theme.ink_faint);
  }
  ImGui::SameLine(left + width - 28);
  if (icon_button("###attachment.add", icon::attach, context.text("attachments.add"_key), {.emphasis = Emphasis::quiet, .small = true}))
    choose_files(context, kept, record);
  if (attached.empty()) return paragraph(Type::caption, context.text("attachments.none"_key), context.theme.ink_faint, width);
  const Attachment* removed = nullptr;
  ImGui::PushStyleVarY(ImGuiStyleVar_ItemSpacing, 0);
  for (const auto* attachment : attached)
    if (draw_one(context, kept, *attachment, width)) removed = attachment;
  ImGui::PopStyleVar();
  if (removed) remove(context, *removed);
}

}  // namespace pmo::ui
