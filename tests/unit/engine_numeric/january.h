// The time of the small projects in these tests: they begin on Monday 5 January 2026.
#pragma once
#include "app/model/values.h"

constexpr pmo::Day monday = pmo::Day::of(2026, 1, 5);
inline pmo::Minute at(int day, int hour) { return pmo::Minute::at(monday + day, hour * 60); }
