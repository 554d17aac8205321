// Procurement: offers compared by weighted scores, deliveries against the schedule, how vendors do.
#include "app/engine/procurement/purchasing.h"

#include <algorithm>
#include <cmath>
#include <format>

#include "app/desks/desk_charts.h"
#include "app/desks/matrix.h"
#include "app/desks/pages.h"
#include "app/engine/control/exchange.h"
#include "app/model/consequences.h"
#include "app/model/describe_record.h"
#include "app/model/format.h"
#include "app/ui/icons.h"
#include "app/ui/nothing_of.h"
#include "app/ui/plan_analyses.h"
#include "app/ui/table/cell_text.h"
#include "app/ui/widgets/widgets.h"
#include "app/ui/work_list.h"

namespace pmo::desks {
namespace {

using namespace ui;
using namespace engine;

std::string two_digits(double value) { return std::format("{:.2f}", value); }

class OfferComparisonPage final : public Page {
 public:
  std::string_view name() const override { return "offer_comparison"; }
  Key title() const override { return "page.offer_comparison"_key; }
  const char* icon() const override { return icon::compare; }
  Desk desk() const override { return Desk::procurement; }

  void draw(Context& context) override {
    const auto items = with_offers(context.project);
    if (items.empty()) {
      empty_state({.icon = icon(), .title = context.text(title()), .about = context.text(no_comparison_key(NoComparison::no_offers))});
      return;
    }
    if (std::ranges::find(items, chosen_, &ProcurementItem::id) == items.end()) chosen_ = items.front()->id;
    for (const auto* item : items)
      if (chip_in_row(labelled(item->title, "item." + item->id.text()), item->id == chosen_, item == items.front())) chosen_ = item->id;
    gap(1);
    const ProcurementItem& item = *context.project.all<ProcurementItem>().find(chosen_);
    const OfferComparison comparison = compare_offers(context.project, item);
    if (comparison.missing != NoComparison::none) return paragraph(Type::body, context.text(no_comparison_key(comparison.missing)), context.theme.ink_soft);
    draw_comparison(context, comparison);
    draw_deviations(context, comparison);
    draw_award(context, item, comparison);
  }

 private:
  static std::vector<const ProcurementItem*> with_offers(const Project& project) {
    std::vector<const ProcurementItem*> items;
    for (const ProcurementItem& item : project.all<ProcurementItem>())
      for (const Offer& offer : project.all<Offer>())
        if (offer.item.id == item.id) {
          items.push_back(&item);
          break;
        }
    return items;
  }

  void draw_comparison(Context& context, const OfferComparison& comparison) {
    const Scales scales = scales_of(context.project);
    Matrix matrix{.corner = std::string(context.text(register_of<Offer>().one_key())), .title_width = 180, .cell_width = 72};
    matrix.columns = {std::string(context.text("procurement.place"_key)), std::string(context.text("procurement.score"_key))};
    for (std::size_t i = 0; i < comparison.criteria.size(); ++i)
      matrix.columns.push_back(context.project.all<SelectionCriterion>().find(comparison.criteria[i])->title + " " + format_share(comparison.weights[i]));
    matrix.columns.emplace_back(context.text(field_of<Offer>(&Offer::price).label_key()));
    matrix.columns.emplace_back(context.text(field_of<Offer>(&Offer::delivery_time).label_key()));
    for (const ComparedOffer& compared : comparison.offers) matrix.rows.push_back(row_of(context, comparison, compared, scales));
    if (const auto pressed = draw_matrix("comparison", matrix))
      context.navigation.open_record(register_of<Offer>(), comparison.offers[pressed->row].offer);
  }

  static MatrixRow row_of(const Context& context, const OfferComparison& comparison, const ComparedOffer& compared, const Scales& scales) {
    const Offer& offer = *context.project.all<Offer>().find(compared.offer);
    const bool best = compared.place == 1;
    MatrixRow row{.title = offer.title, .cells = {}, .id = "offer." + offer.id.text()};
    const std::string none(context.text("analysis.no_value"_key));
    const std::string missing = compared.result.missing.empty() ? std::string() : context.text("procurement.not_scored"_key, {names_of(context, comparison, compared.result.missing)});
    row.cells.push_back({compared.place ? std::to_string(*compared.place) : "–", best ? Tone::good : Tone::neutral, missing, true});
    row.cells.push_back({compared.result.score ? two_digits(*compared.result.score) : none, best ? Tone::good : compared.result.score ? Tone::neutral : Tone::caution, missing, true});
    for (std::size_t i = 0; i < comparison.criteria.size(); ++i) {
      const auto& mean = compared.result.criterion_mean[i];
      const auto& spread = compared.result.criterion_spread[i];
      row.cells.push_back({mean ? two_digits(*mean) : none, mean ? Tone::neutral : Tone::caution,
                           spread && *spread > 0 ? context.text("procurement.spread"_key, {two_digits(*spread)}) : std::string()});
    }
    row.cells.push_back(price_cell(context, offer, scales));
    row.cells.push_back({format_integer(offer.delivery_time)});
    return row;
  }

  // In the project's currency, with what was offered under the pointer; as offered where there is no rate.
  static MatrixCell price_cell(const Context& context, const Offer& offer, const Scales& scales) {
    const auto price = own_amount(context.project, offer, &Offer::price, context.today);
    const bool foreign = in_other_currency(context.project, register_of<Offer>(), offer);
    const std::string offered = foreign ? format_amount(offer.price, scales) + " " + offer.currency : std::string();
    if (!price) return {offered, Tone::caution, context.text("procurement.no_rate"_key, {offer.currency})};
    return {format_money_short({std::llround(*price)}, scales, context.language), Tone::neutral, offered};
  }

  static std::string names_of(const Context& context, const OfferComparison& comparison, const std::vector<int>& criteria) {
    std::string names;
    for (const int place : criteria) {
      if (!names.empty()) names += context.language == Language::chinese ? "、" : ", ";
      names += context.project.all<SelectionCriterion>().find(comparison.criteria[static_cast<std::size_t>(place)])->title;
    }
    return names;
  }

  static void draw_deviations(Context& context, const OfferComparison& comparison) {
    gap(1);
    for (const ComparedOffer& compared : comparison.offers) {
      if (compared.result.missing.empty()) continue;
      const Offer& offer = *context.project.all<Offer>().find(compared.offer);
      paragraph(Type::body, format_pair(offer.title, context.text("procurement.not_scored"_key, {names_of(context, comparison, compared.result.missing)}), context.language),
                context.theme.tone(Tone::caution).ink);
    }
  }

  // The best offer wins by a press; its reason is the comparison, and may be rewritten in its form.
  void draw_award(Context& context, const ProcurementItem& item, const OfferComparison& comparison) {
    const auto best = std::ranges::find(comparison.offers, std::optional(1), &ComparedOffer::place);
    if (best == comparison.offers.end() || item.status >= ProcurementStatus::awarded) return;
    const Offer& offer = *context.project.all<Offer>().find(best->offer);
    gap(1);
    if (!button(labelled(context.text("procurement.award"_key, {offer.title}), "award"), {.icon = icon::award, .emphasis = Emphasis::primary, .enabled = static_cast<bool>(offer.vendor)}))
      return;
    const std::string reason = context.text("procurement.award_reason"_key, {two_digits(*best->result.score), std::to_string(comparison.offers.size())});
    const bool done = context.change("transaction.award"_key, {offer.title}, [&](Transaction& change) {
      change.set(offer, &Offer::award_reason, reason);
      offer_awarded(change, offer);
    });
    if (done) context.messages.success(context.text("procurement.awarded"_key, {offer.title}));
  }

  Id chosen_;
};

// What arrives too late for the work that waits for it, and what must be ordered now.
class SupplyPage final : public Page {
 public:
  std::string_view name() const override { return "supply_outlook"; }
  Key title() const override { return "page.supply_outlook"_key; }
  const char* icon() const override { return icon::calendar_clock; }
  Desk desk() const override { return Desk::procurement; }
  void forget() override { chart_.forget(); }

  void draw(Context& context) override {
    chart_.draw_card(context);
    const PlanSchedule& plan = context.analyses.of<ScheduleOf>();
    if (Card card("orders", {.title = context.text("procurement.orders"_key), .icon = icon::cart}); card) draw_orders(context, plan);
    gap(1);
    if (Card card("deliveries", {.title = context.text("procurement.deliveries"_key), .icon = icon::truck}); card) draw_deliveries(context, plan);
    gap(1);
    if (Card card("vendors", {.title = context.text("procurement.scorecard"_key), .icon = icon::vendor}); card) draw_vendors(context);
  }

 private:
  static std::string day_text(const Context& context, std::optional<Day> day) {
    return day ? format_day(*day, context.language) : std::string(context.text("analysis.no_value"_key));
  }

  static void draw_orders(Context& context, const PlanSchedule& plan) {
    Matrix matrix{.corner = std::string(context.text(register_of<ProcurementItem>().one_key())), .title_width = 300};
    for (const Key key : {"procurement.need_by"_key, "procurement.lead_time"_key, "procurement.latest_order"_key, "procurement.time_left"_key})
      matrix.columns.emplace_back(context.text(key));
    std::vector<Id> ids;
    for (const ProcurementItem& item : context.project.all<ProcurementItem>()) {
      if (item.status >= ProcurementStatus::ordered) continue;
      const OrderDate dates = order_date(item, plan.plan, plan.schedule);
      MatrixCell left{std::string(context.text("analysis.no_value"_key)), Tone::neutral, std::string(context.text("procurement.no_need_by"_key))};
      if (dates.latest_order) {
        const int days = *dates.latest_order - context.today;
        left = {days < 0 ? format_lateness(-days, context.language) : context.text("procurement.days"_key, {std::to_string(days)}), days < 0 ? Tone::bad : days <= 21 ? Tone::caution : Tone::good, {}, true};
      }
      matrix.rows.push_back({item.title, {{day_text(context, dates.need_by)}, {format_integer(item.lead_time)}, {day_text(context, dates.latest_order)}, left}, "item." + item.id.text()});
      ids.push_back(item.id);
    }
    if (ids.empty()) return text(Type::body, context.text("procurement.all_ordered"_key), context.theme.ink_soft);
    if (const auto pressed = draw_matrix("orders.matrix", matrix)) context.navigation.open_record(register_of<ProcurementItem>(), ids[pressed->row]);
  }

  static void draw_deliveries(Context& context, const PlanSchedule& plan) {
    Matrix matrix{.corner = std::string(context.text(register_of<Delivery>().one_key())), .title_width = 300};
    for (const Key key : {"procurement.arrives"_key, "procurement.needed"_key, "procurement.against_task"_key, "procurement.against_promise"_key})
      matrix.columns.emplace_back(context.text(key));
    std::vector<Id> ids;
    for (const DeliveryOutlook& outlook : delivery_outlook(context.project, plan.plan, plan.schedule)) {
      const Delivery& delivery = *context.project.all<Delivery>().find(outlook.delivery);
      if (delivery.status >= DeliveryStatus::accepted) continue;
      const auto days = [&](std::optional<int> late) {
        if (!late) return MatrixCell{std::string(context.text("analysis.no_value"_key))};
        return MatrixCell{format_lateness(*late, context.language), *late > 0 ? Tone::bad : Tone::good, {}, *late > 0};
      };
      matrix.rows.push_back({delivery.title, {{day_text(context, outlook.arrives)}, {day_text(context, outlook.needed)}, days(outlook.days_late), days(outlook.days_after_promise)}, "delivery." + delivery.id.text()});
      ids.push_back(delivery.id);
    }
    if (ids.empty()) return text(Type::body, context.text("procurement.none_open"_key), context.theme.ink_soft);
    if (const auto pressed = draw_matrix("deliveries.matrix", matrix)) context.navigation.open_record(register_of<Delivery>(), ids[pressed->row]);
  }

  static MatrixCell grade_cell(const Context& context, const VendorScore& score) {
    constexpr Tone tones[] = {Tone::neutral, Tone::good, Tone::good, Tone::caution, Tone::bad};
    const FieldInfo& grades = field_of<VendorEvaluation>(&VendorEvaluation::grade);
    return {std::string(context.text(grades.choice_key(enum_name(score.grade)))), tones[static_cast<std::size_t>(score.grade)], std::string(context.text("procurement.grade.rule"_key)), true};
  }

  static MatrixCell probation_cell(const Context& context, const Vendor& vendor, const VendorScore& score) {
    if (vendor.status == VendorStatus::probation) {
      const bool over = vendor.probation_until && *vendor.probation_until < context.today;
      const std::string until = vendor.probation_until ? format_day(*vendor.probation_until, context.language) : std::string(context.text("procurement.no_end"_key));
      return {context.text("procurement.until"_key, {until}), over ? Tone::bad : Tone::caution, vendor.probation_terms, over};
    }
    if (asks_for_probation(vendor, score.grade)) return {std::string(context.text("procurement.ask_probation"_key)), Tone::bad, std::string(context.text("procurement.ask_probation.why"_key))};
    return {"–"};
  }

  static void draw_vendors(Context& context) {
    const Scales scales = scales_of(context.project);
    Matrix matrix{.corner = std::string(context.text(register_of<Vendor>().one_key())), .title_width = 220};
    for (const Key key : {"procurement.ordered"_key, "procurement.arrived"_key, "procurement.on_time_share"_key, "procurement.reject_rate"_key,
                          "procurement.evaluation"_key, "procurement.open_claims"_key, "procurement.grade"_key, "procurement.probation"_key})
      matrix.columns.emplace_back(context.text(key));
    std::vector<Id> ids;
    const std::string none(context.text("analysis.no_value"_key));
    for (const VendorScore& score : vendor_scores(context.project, context.today)) {
      const Vendor& vendor = *context.project.all<Vendor>().find(score.vendor);
      const auto cell = [&](const std::optional<double>& value, std::string shown, Tone tone, Key why) {
        return value ? MatrixCell{std::move(shown), tone} : MatrixCell{none, Tone::neutral, std::string(context.text(why))};
      };
      const auto tone = [](double value, double good, double fair) { return value >= good ? Tone::good : value >= fair ? Tone::caution : Tone::bad; };
      const double on_time = score.on_time.value_or(0), reject = score.reject_rate.value_or(0), evaluation = score.evaluation.value_or(0);
      matrix.rows.push_back({vendor.name,
                             {{format_money_short(score.ordered, scales, context.language)},
                              {std::to_string(score.deliveries)},
                              cell(score.on_time, format_share(on_time), tone(on_time, 0.9, 0.7), "procurement.nothing_arrived"_key),
                              cell(score.reject_rate, format_share(reject), tone(-reject, -0.02, -0.05), "procurement.nothing_arrived"_key),
                              cell(score.evaluation, two_digits(evaluation), tone(evaluation, 4, 3), "procurement.not_evaluated"_key),
                              {std::to_string(score.open_claims), score.open_claims > 0 ? Tone::caution : Tone::neutral},
                              grade_cell(context, score), probation_cell(context, vendor, score)},
                             "vendor." + vendor.id.text()});
      ids.push_back(vendor.id);
    }
    if (ids.empty()) return nothing_of(context, register_of<Vendor>());
    if (const auto pressed = draw_matrix("vendors.matrix", matrix)) context.navigation.open_record(register_of<Vendor>(), ids[pressed->row]);
  }

  FullDeskChart chart_{Desk::procurement};
};

}  // namespace

std::unique_ptr<Page> make_offer_comparison_page() { return std::make_unique<OfferComparisonPage>(); }
std::unique_ptr<Page> make_supply_page() { return std::make_unique<SupplyPage>(); }

}  // namespace pmo::desks
