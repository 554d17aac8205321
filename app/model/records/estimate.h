// How what is estimated by three points varies: app/engine/simulation/distribution.h has the formulas.
#pragma once

namespace pmo {

enum class EstimateShape : unsigned char { pert, triangular, uniform, normal, lognormal };

}  // namespace pmo
