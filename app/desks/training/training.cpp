// Training: what roles need against what persons can, and what sessions brought.
#include "app/engine/resources/certificates.h"
#include "app/engine/resources/competency_gaps.h"

#include <algorithm>
#include <format>
#include <map>

#include "app/desks/matrix.h"
#include "app/desks/pages.h"
#include "app/model/consequences.h"
#include "app/model/format.h"
#include "app/ui/icons.h"
#include "app/ui/widgets/widgets.h"

namespace pmo::desks {
namespace {

using namespace ui;
using namespace engine;

class GapPage final : public Page {
 public:
  std::string_view name() const override { return "competency_gaps"; }
  Key title() const override { return "page.competency_gaps"_key; }
  const char* icon() const override { return icon::radar; }
  Desk desk() const override { return Desk::training; }

  void draw(Context& context) override {
    const auto gaps = competency_gaps(context.project, context.today);
    if (gaps.empty()) {
      const auto answer = empty_state({.icon = icon(), .title = context.text(title()), .about = context.text("training.no_gaps.about"_key),
                                       .action = labelled(context.text("training.to_competencies"_key), "gaps.competencies"), .action_icon = icon::star});
      if (answer == EmptyAnswer::action) context.navigation.open_page("competency");
      return;
    }
    paragraph(Type::body, context.text("training.gaps.about"_key), context.theme.ink_soft, 760);
    gap(1);
    draw_gaps(context, gaps);
    gap(1);
    if (Card card("sessions", {.title = context.text("training.evaluation"_key), .icon = icon::chart_bar}); card) draw_sessions(context);
    draw_certificates(context);
  }

 private:
  // Who must be trained again, and by when.
  static void draw_certificates(Context& context) {
    const auto list = certificates(context.project, context.today);
    if (list.empty()) return;
    gap(1);
    Card card("certificates", {.title = context.text("training.certificates"_key), .icon = icon::badge});
    if (!card) return;
    Matrix matrix{.corner = std::string(context.text(register_of<Person>().one_key())), .title_width = 180, .cell_width = 150};
    for (const Key key : {"training.course"_key, "training.certificate"_key, "training.expires"_key, "training.certificate_state"_key}) matrix.columns.emplace_back(context.text(key));
    for (const Certificate& one : list) {
      constexpr Key states[] = {"training.certificate.valid"_key, "training.certificate.expiring"_key, "training.certificate.expired"_key};
      constexpr Tone tones[] = {Tone::good, Tone::caution, Tone::bad};
      const auto state = static_cast<std::size_t>(one.state);
      const Person* person = context.project.find(Ref<Person>{one.person});
      const Course* course = context.project.find(Ref<Course>{one.course});
      matrix.rows.push_back({person ? person->name : std::string("–"),
                             {{course ? course->title : std::string("–")}, {one.name},
                              {one.expires ? format_day(*one.expires, context.language) : std::string(context.text("training.for_ever"_key))},
                              {std::string(context.text(states[state])), tones[state], {}, true}},
                             "certificate." + one.attendance.text()});
    }
    if (const auto pressed = draw_matrix("certificates.matrix", matrix)) context.navigation.open_record(register_of<Attendance>(), list[pressed->row].attendance);
  }

  static MatrixCell cell_of(const Context& context, const CompetencyGap* gap) {
    if (!gap || (!gap->required && !gap->assessed)) return {};
    const auto level = [](const std::optional<std::int64_t>& value) { return value ? std::to_string(*value) : std::string("–"); };
    MatrixCell cell{.text = level(gap->assessed) + " / " + level(gap->required)};
    const auto size = gap->gap();
    if (!gap->required) cell.detail = context.text("training.not_required"_key);
    else if (!size) cell.tone = Tone::caution, cell.detail = context.text("training.not_assessed"_key);
    else if (*size <= 0) cell.tone = Tone::good, cell.detail = context.text("training.fulfilled"_key);
    else {
      cell.tone = *size >= 2 || gap->mandatory ? Tone::bad : Tone::caution;
      cell.detail = context.text("training.gap"_key, {std::to_string(static_cast<int>(*size))});
      cell.strong = true;
    }
    return cell;
  }

  void draw_gaps(Context& context, const std::vector<CompetencyGap>& gaps) {
    std::map<std::pair<Id, Id>, const CompetencyGap*> by_place;
    for (const CompetencyGap& gap : gaps) by_place[{gap.person, gap.competency}] = &gap;
    Matrix matrix{.corner = std::string(context.text("training.has_of_needed"_key)), .title_width = 150, .cell_width = 92};
    std::vector<Id> persons, competencies;
    for (const Competency& competency : context.project.all<Competency>()) {
      competencies.push_back(competency.id);
      matrix.columns.push_back(competency.name);
    }
    for (const Person& person : context.project.all<Person>()) {
      if (std::ranges::none_of(gaps, [&](const auto& gap) { return gap.person == person.id; })) continue;
      MatrixRow row{.title = person.name, .cells = {}, .id = "person." + person.id.text()};
      for (const Id competency : competencies) {
        const auto found = by_place.find({person.id, competency});
        row.cells.push_back(cell_of(context, found == by_place.end() ? nullptr : found->second));
      }
      persons.push_back(person.id);
      matrix.rows.push_back(std::move(row));
    }
    const auto pressed = draw_matrix("gaps", matrix);
    if (!pressed) return;
    if (pressed->title) return context.navigation.open_record(register_of<Person>(), persons[pressed->row]);
    const auto found = by_place.find({persons[pressed->row], competencies[pressed->column]});
    if (found == by_place.end()) return;
    const auto size = found->second->gap();
    if (!size || *size <= 0) return context.navigation.open_record(register_of<Competency>(), competencies[pressed->column]);
    flag(context, *found->second);
  }

  // A press on a gap makes the training need, or leads to the one that is there.
  static void flag(Context& context, const CompetencyGap& gap) {
    for (const TrainingNeed& need : context.project.all<TrainingNeed>())
      if (need.person.id == gap.person && need.competency.id == gap.competency && need.status < TrainingNeedStatus::met)
        return context.navigation.open_record(register_of<TrainingNeed>(), need.id);
    Id made;
    const bool done = context.change("transaction.training_gap"_key, {}, [&](Transaction& change) -> Result<void> {
      auto need = flag_training_gap(change, {{gap.person}, {gap.competency}, gap.required.value_or(0), gap.assessed.value_or(0)});
      if (!need) return std::unexpected(need.error());
      made = need->id;
      return {};
    });
    if (done) context.navigation.open_record(register_of<TrainingNeed>(), made);
  }

  static void draw_sessions(Context& context) {
    Matrix matrix{.corner = std::string(context.text(register_of<TrainingSession>().one_key())), .title_width = 260};
    for (const Key key : {"training.attended"_key, "training.reaction"_key, "training.learning"_key, "training.behaviour"_key, "training.return"_key})
      matrix.columns.emplace_back(context.text(key));
    std::vector<Id> ids;
    const std::string none(context.text("analysis.no_value"_key)), why(context.text("training.nobody_answered"_key));
    const auto mark = [&](const std::optional<double>& value) {
      if (!value) return MatrixCell{none, Tone::neutral, why};
      return MatrixCell{std::format("{:.1f}", *value), *value >= 4 ? Tone::good : *value >= 3 ? Tone::caution : Tone::bad};
    };
    const auto share = [&](const std::optional<double>& value) {
      if (!value) return MatrixCell{none, Tone::neutral, why};
      return MatrixCell{format_share(*value), *value > 0.3 ? Tone::good : *value > 0 ? Tone::caution : Tone::bad};
    };
    for (const TrainingSession& session : context.project.all<TrainingSession>()) {
      const SessionEvaluation found = evaluate_session(context.project, session);
      matrix.rows.push_back({session.title,
                             {{std::to_string(found.attended) + " / " + std::to_string(found.invited)}, mark(found.reaction), share(found.learning_gain), mark(found.behaviour), share(found.return_)},
                             "session." + session.id.text()});
      ids.push_back(session.id);
    }
    if (ids.empty()) return text(Type::body, context.text(register_of<TrainingSession>().about_key()), context.theme.ink_soft);
    if (const auto pressed = draw_matrix("sessions.matrix", matrix)) context.navigation.open_record(register_of<TrainingSession>(), ids[pressed->row]);
  }
};

}  // namespace

std::unique_ptr<Page> make_gap_page() { return std::make_unique<GapPage>(); }

}  // namespace pmo::desks
