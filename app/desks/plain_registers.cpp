#include "app/desks/plain_registers.h"

#include <algorithm>

#include "app/ui/icons.h"
#include "app/ui/register_page.h"

namespace pmo::desks {
namespace {

using namespace ui;

struct Face {
  std::string_view name;
  const char* icon;
  std::string_view noted_day = {};  // the field that is set to today when a record is added
};

constexpr Face faces[] = {
    // quality
    {"quality_objective", icon::target},
    {"quality_plan_item", icon::clipboard_list},
    {"inspection", icon::clipboard_check},
    {"measurement", icon::ruler, "measured_on"},
    {"nonconformity", icon::octagon_alert, "found_on"},
    {"quality_cost", icon::coins, "date"},
    {"customer_need", icon::contact, "raised_on"},
    {"survey", icon::clipboard},
    {"feedback", icon::messages, "given_on"},
};

class PlainRegisterPage final : public RegisterPage {
 public:
  PlainRegisterPage(const RegisterInfo& info, const Face& face)
      : RegisterPage(info.name, info, face.icon), noted_day_(info.find(face.noted_day)) {}

 private:
  void prepare(Context& context, Transaction& change, const Record& record) override {
    if (noted_day_) (void)change.set(record, table_.info(), *noted_day_, Value{std::int64_t{context.today.value}});
  }

  const FieldInfo* noted_day_;
};

}  // namespace

void add_plain_registers(Pages& pages, const Schema& schema) {
  for (const Face& face : faces) {
    const RegisterInfo* info = schema.find(face.name);
    if (!info || std::ranges::any_of(pages, [&](const auto& page) { return page->shows() == info; })) continue;
    pages.push_back(std::make_unique<PlainRegisterPage>(*info, face));
  }
}

}  // namespace pmo::desks
