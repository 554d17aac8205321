#include "app/ui/shell/desk_names.h"

#include "app/ui/icons.h"

namespace pmo::ui {
namespace {

struct DeskFace {
  Key name, about;
  const char* icon;
};

// In the order of Desk.
constexpr DeskFace faces[desk_count] = {
    {"desk.manager"_key, "desk.manager.about"_key, icon::flag},
    {"desk.coordinator"_key, "desk.coordinator.about"_key, icon::workflow},
    {"desk.controller"_key, "desk.controller.about"_key, icon::gauge},
    {"desk.risk"_key, "desk.risk.about"_key, icon::risk},
    {"desk.quality"_key, "desk.quality.about"_key, icon::quality},
    {"desk.finance"_key, "desk.finance.about"_key, icon::wallet},
    {"desk.resources"_key, "desk.resources.about"_key, icon::users},
    {"desk.communications"_key, "desk.communications.about"_key, icon::megaphone},
    {"desk.procurement"_key, "desk.procurement.about"_key, icon::cart},
    {"desk.change"_key, "desk.change.about"_key, icon::change},
    {"desk.documents"_key, "desk.documents.about"_key, icon::files},
    {"desk.training"_key, "desk.training.about"_key, icon::training},
    {"desk.administrator"_key, "desk.administrator.about"_key, icon::settings},
};

const DeskFace& face_of(Desk desk) { return faces[static_cast<int>(desk)]; }

}  // namespace

Key desk_name(Desk desk) { return face_of(desk).name; }
Key desk_about(Desk desk) { return face_of(desk).about; }
const char* desk_icon(Desk desk) { return face_of(desk).icon; }
std::string desk_page_name(Desk desk) { return "desk." + std::string(enum_name(desk)); }

}  // namespace pmo::ui
