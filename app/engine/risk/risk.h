// Risk figures. Sources: ISO 31000, IEC 31010 (consequence/probability matrix), PMI Practice Standard for Project Risk
// Management (expected monetary value).
#pragma once

#include "app/engine/simulation/distribution.h"
#include "app/model/project.h"
#include "app/model/records/risk.h"

namespace pmo::engine {

enum class RiskLevel : unsigned char { none, low, medium, high, extreme };

// Scores (probability x impact, both 1..5) from which a level begins.
struct RiskScale {
  int medium = 5;
  int high = 10;
  int extreme = 17;
};

// probability x greatest impact; none while either is not assessed (0).
std::optional<int> risk_score(const Risk& risk);
std::optional<int> residual_score(const Risk& risk);
// As the project's settings have it.
RiskScale risk_scale_of(const Project& project);
RiskLevel risk_level(std::optional<int> score, const RiskScale& scale = {});
Key risk_level_key(RiskLevel level);  // "risk_level.<name>"

// An effect may be entered with either sign: the kind of the risk decides what it is for the project. A threat costs money
// and time (positive), an opportunity saves them (negative). 1 or -1, by which the entered amount is multiplied.
int effect_sign(RiskKind kind, double entered);

// Of three-point estimates that name none, and of the effects of risks: as the project's settings have it.
simulation::Shape usual_shape(const Project& project);

// What the risk costs, and how long it delays, if it occurs, signed by its kind: a three-point estimate where least or most
// is given (likely, when it is not: the middle), else the one value. None: nothing is given.
std::optional<simulation::Distribution> cost_effect(const Risk& risk, simulation::Shape shape);   // minor units
std::optional<simulation::Distribution> delay_effect(const Risk& risk, simulation::Shape shape);  // working minutes

// Expected monetary value: probability x mean of the cost effect. None without probability in percent or cost effect, and
// of a risk that is not open: what has occurred or is closed is expected no more. The shape is the project's.
std::optional<Money> expected_value(const Risk& risk, simulation::Shape shape);
// With the responses in place: residual probability x residual cost effect.
std::optional<Money> residual_expected_value(const Risk& risk);
// The same for the delay.
std::optional<WorkMinutes> expected_delay(const Risk& risk, simulation::Shape shape);

struct RiskExposure {
  Money expected_cost;          // sum of expected values of open risks: the expected reserve
  Money worst_cost;             // all open threats at their highest cost, no opportunity taken
  WorkMinutes expected_delay;   // sum, as if all lay on the critical path
  // Of the sum, taking the risks as independent: correlation is ignored, the true spread is wider when they go together.
  Money standard_deviation;
  int counted = 0;              // risks with figures
  int without_figures = 0;      // open risks that lack probability or cost effect
};
// Open: neither occurred nor closed. What every page and report calls the risk exposure.
RiskExposure risk_exposure(std::span<const Risk> risks, simulation::Shape shape);
RiskExposure risk_exposure(const Project& project);

}  // namespace pmo::engine
