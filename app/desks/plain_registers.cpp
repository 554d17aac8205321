#include "app/desks/plain_registers.h"

#include <algorithm>

#include "app/engine/control/exchange.h"
#include "app/sample/sample.h"
#include "app/ui/icons.h"
#include "app/ui/register_page.h"
#include "app/ui/widgets/widgets.h"

namespace pmo::desks {
namespace {

using namespace ui;

struct Face {
  std::string_view name;
  const char* icon;
  std::string_view noted_day = {};  // the field that is set to today when a record is added
  void (*tools)(Context&) = nullptr;
  bool written = false;  // by the product: nobody adds records by hand
  std::string (*title)(const Project&) = nullptr;  // of a record that is added, where the name of its kind says nothing
};

constexpr Face faces[] = {
    // quality
    {"quality_objective", icon::target},
    {"quality_plan_item", icon::clipboard_list},
    {"quality_gate", icon::milestone},
    {"inspection", icon::clipboard_check},
    {"measurement", icon::ruler, "measured_on"},
    {"nonconformity", icon::octagon_alert, "found_on"},
    {"quality_cost", icon::coins, "date"},
    {"customer_need", icon::contact, "raised_on"},
    {"survey", icon::clipboard},
    {"feedback", icon::messages, "given_on"},
    // manager, coordinator, controller
    {"charter", icon::book_open},
    {"plan_publication", icon::megaphone, "published_on"},
    {"status_report", icon::file_chart},
    {"recognition", icon::award, "given_on"},
    {"lesson_learned", icon::lightbulb, "noted_on"},
    {"work_order", icon::list_checks},
    {"escalation", icon::trending_up, "raised_on"},
    {"corrective_action", icon::wrench, "raised_on"},
    {"estimate_to_complete", icon::calculator, "estimated_on"},
    // risk
    {"risk_review", icon::meeting, "held_on"},
    {"risk_prompt", icon::clipboard_list},
    {"risk_breakdown", icon::list_tree},
    // change
    {"change_request", icon::change, "requested_on"},
    // procurement
    {"procurement_item", icon::cart},
    {"vendor", icon::vendor},
    {"quotation_request", icon::send},
    {"offer", icon::scale, "received_on"},
    {"contract", icon::contract},
    {"contract_milestone", icon::milestone},
    {"delivery", icon::truck},
    {"payment", icon::wallet},
    {"claim", icon::handshake, "raised_on"},
    {"vendor_evaluation", icon::badge, "evaluated_on"},
    // communications
    {"stakeholder", icon::contact},
    {"communication_plan_item", icon::calendar_range},
    {"communication", icon::mail, {}, draw_due_communications},
    {"distribution_list", icon::users},
    {"acknowledgement", icon::user_check, "asked_on"},
    {"communication_feedback", icon::messages, "given_on"},
    // organisation and training
    {"scale_level", icon::scale},
    {"organisation_unit", icon::network},
    {"project_role", icon::badge},
    {"role_holder", icon::user_check},
    {"competency", icon::star},
    {"competency_need", icon::target},
    {"competency_assessment", icon::gauge, "assessed_on"},
    {"training_need", icon::training},
    {"course", icon::book},
    {"training_session", icon::calendar_days},
    {"attendance", icon::users},
    // finance
    {"budget_version", icon::budget, "made_on"},
    {"budget_entry", icon::list_tree},
    {"reserve_draw", icon::umbrella, "date"},
    {"funding", icon::coins},
    {"invoice", icon::receipt, "date"},
    {.name = "exchange_rate", .icon = icon::currency, .noted_day = "valid_from", .title = engine::currency_for_rate},
    {"budget_review", icon::file_search, "reviewed_on"},
    {"financial_report", icon::file_chart},
    {"business_case_flow", icon::briefcase},
    // resources
    {"resource_request", icon::inbox},
    {"absence", icon::calendar_off},
    {"resource_skill", icon::star},
    {"resource_rate", icon::money, "valid_from"},
    {"timesheet_entry", icon::clock, "date"},
    {"material_movement", icon::boxes, "date"},
    {"stock_rule", icon::warehouse},
    {"equipment_hire", icon::factory},
    {"maintenance", icon::wrench},
    {"raci_entry", icon::users},
    {"resource_measure", icon::trending_up},
    {"required_document", icon::file_check},
    {.name = "document_access", .icon = icon::eye, .written = true},
    // files of other programs
    {.name = "import_report", .icon = icon::package_open, .written = true},
    {"custom_field", icon::table},
};

class PlainRegisterPage final : public RegisterPage {
 public:
  PlainRegisterPage(const RegisterInfo& info, const Face& face)
      : RegisterPage(info.name, info, face.icon), noted_day_(info.find(face.noted_day)), tools_(face.tools), title_(face.title), written_(face.written) {}

 private:
  void prepare(Context& context, Transaction& change, const Record& record) override {
    if (noted_day_) (void)change.set(record, table_.info(), *noted_day_, Value{std::int64_t{context.today.value}});
    if (title_) (void)change.set(record, table_.info(), *table_.info().title(), Value{title_(context.project)});
  }

  bool can_add() const override { return !written_; }

  void draw_tools(Context& context) override {
    if (tools_) tools_(context);
    draw_template_button(context, table_.info());
  }

  const FieldInfo* noted_day_;
  void (*tools_)(Context&);
  std::string (*title_)(const Project&);
  bool written_;
};

}  // namespace

bool written_by_product(const RegisterInfo& info) {
  return std::ranges::any_of(faces, [&](const Face& face) { return face.written && face.name == info.name; });
}

void draw_template_button(Context& context, const RegisterInfo& info) {
  if (!has_template(info)) return;
  ImGui::SameLine(0, 4);
  if (!button(labelled(context.text("action.template"_key), "template"), {.icon = icon::templates, .emphasis = Emphasis::quiet})) return;
  if (auto done = apply_template(info, context.project, context.language, context.today); !done) context.messages.error(done.error());
  else context.messages.success(std::string(context.text("action.template.done"_key)));
}

void add_plain_registers(Pages& pages, const Schema& schema) {
  for (const Face& face : faces) {
    const RegisterInfo* info = schema.find(face.name);
    if (!info || std::ranges::any_of(pages, [&](const auto& page) { return page->shows() == info; })) continue;
    pages.push_back(std::make_unique<PlainRegisterPage>(*info, face));
  }
}

}  // namespace pmo::desks
